//! The whole catalogue at the counter: found as the office offers it, and received also where no rule could read a page.

use crate::world::{PASSWORD, World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::{Body, FilingReceived};

/// A page whose time is a number without a unit.
const NO_UNIT: &str = "1.000025";
/// A page whose papers are one run of text, free, ten working days or so.
const UNPARTED: &str = "1.001521";
/// A page without a row for the counter.
const ELSEWHERE: &str = "1.000005";
/// Birth: free in time, extracts on request.
pub const BIRTH: &str = "1.001193";
/// A certificate of marital status: the province sets the fee.
pub const MARITAL: &str = "1.004873";
/// A page with one amount.
pub const FLAT: &str = "1.000279";

pub fn of(procedure: &str) -> DraftValues {
    DraftValues {
        procedure: procedure.into(),
        papers: Vec::new(),
        ..mrs_nie()
    }
}

pub fn codes(notes: &[FieldNote]) -> Vec<(&str, &str)> {
    notes
        .iter()
        .map(|note| (note.field.as_str(), note.code.as_str()))
        .collect()
}

async fn find(world: &World, query: &str, all: bool) -> ProcedureHits {
    let found = world.commands.procedure_find(query.into(), all).await;
    found.unwrap()
}

pub async fn check(world: &World, values: DraftValues) -> Check {
    world.commands.filing_check(values).await.unwrap()
}

/// The line of the last filing.
pub async fn last_line(world: World) -> FilingReceived {
    let (_folder, store) = world.closed().await;
    let lines = journal(&store).into_iter().rev();
    let mut filings = lines.filter_map(|body| match body {
        Body::FilingReceived(filing) => Some(*filing),
        _ => None,
    });
    filings.next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_offers_comes_first_and_everything_else_is_one_key_away() {
    let world = World::at_work().await;
    let own = find(&world, "khai sinh", false).await;
    assert!(
        own.hits.iter().all(|hit| hit.offered),
        "only what is offered here"
    );
    assert!(own.hits.iter().any(|hit| hit.code == BIRTH));
    assert!(own.more_elsewhere > 0, "and it says that there is more");
    let all = find(&world, "khai sinh", true).await;
    let elsewhere = all.hits.iter().filter(|hit| !hit.offered).count();
    assert!(
        elsewhere > 0,
        "among all procedures the others are shown too"
    );
    let first_foreign = all.hits.iter().position(|hit| !hit.offered).unwrap();
    assert!(
        all.hits[..first_foreign]
            .iter()
            .any(|hit| hit.code == BIRTH),
        "behind the office's own"
    );
    let page = all.hits.iter().find(|hit| !hit.offered).unwrap();
    assert!(!page.ministry.is_empty(), "a page says whose it is");
    assert!(!page.checked, "and that nobody compared it");

    let tax = find(&world, "hóa đơn điện tử", false).await;
    assert_eq!(tax.hits, [], "nothing of that is offered in a commune");
    assert!(tax.more_elsewhere > 0, "but it is there");
    let outright = find(&world, NO_UNIT, false).await;
    assert_eq!(
        outright.hits[0].code, NO_UNIT,
        "its whole code names it outright"
    );
    assert!(outright.hits[0].review, "and a person must look at it");
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_and_what_was_used_last_stand_on_top_and_stay_after_a_restart() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let pinned = world.commands.procedure_pin(NO_UNIT.into(), true).await;
    assert!(pinned.unwrap().pinned);
    world
        .commands
        .procedure_pin(MARITAL.into(), true)
        .await
        .unwrap();
    let world = world.restarted().await;
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let top = find(&world, "", false).await.hits;
    let tops: Vec<_> = top.iter().take(3).map(|hit| hit.code.as_str()).collect();
    assert_eq!(
        tops,
        [NO_UNIT, MARITAL, &mrs_nie().procedure],
        "pins in their order, then the last used"
    );
    assert!(top[0].offered, "what is pinned is offered");
    assert!(top[2].last_used);
    let unpinned = world
        .commands
        .procedure_pin(NO_UNIT.into(), false)
        .await
        .unwrap();
    assert!(
        !unpinned.pinned && unpinned.offered,
        "unpinned it stays on the list"
    );
    let unknown = world.commands.procedure_pin("9.999999".into(), true).await;
    assert_eq!(unknown.unwrap_err().code, ErrorCode::ProcedureUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_chooses_what_it_offers_and_names_it_and_a_clerk_may_not() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let taken = commands
        .procedure_offer(vec![FLAT.into(), NO_UNIT.into()], true)
        .await;
    assert_eq!(taken.unwrap(), 2);
    commands
        .procedure_offer(vec![BIRTH.into()], false)
        .await
        .unwrap();
    let hits = find(&world, "dang ky khai sinh", false).await.hits;
    assert!(
        hits.iter().all(|hit| hit.code != BIRTH),
        "taken off the list"
    );
    assert!(
        find(&world, FLAT, false).await.hits[0].offered,
        "taken into it"
    );
    let named = commands
        .procedure_nickname(FLAT.into(), "Hoa tiêu".into())
        .await
        .unwrap();
    assert_eq!(named.nickname.as_deref(), Some("Hoa tiêu"));
    assert_eq!(
        find(&world, "hoa tieu", false).await.hits[0].code,
        FLAT,
        "found by the office's own name"
    );
    let wrong = commands
        .procedure_offer(vec![FLAT.into(), "9.999999".into()], false)
        .await;
    assert_eq!(wrong.unwrap_err().code, ErrorCode::ProcedureUnknown);
    assert!(
        find(&world, FLAT, false).await.hits[0].offered,
        "then nothing of it is done"
    );

    let clerk = world.clerk("Y Thim Mlô").await;
    commands.session_lock().await.unwrap();
    commands
        .session_sign_in(clerk, PASSWORD.into())
        .await
        .unwrap();
    let refused = commands.procedure_offer(vec![BIRTH.into()], true).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    let refused = commands.procedure_nickname(FLAT.into(), "x".into()).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    commands
        .procedure_pin(FLAT.into(), true)
        .await
        .expect("a pin is everybody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_limit_that_no_rule_could_read_is_stated_by_the_clerk_and_never_guessed() {
    let world = World::at_work().await;
    let view = world.commands.procedure_get(NO_UNIT.into()).await.unwrap();
    assert!(!view.term_known);
    assert!(!view.term_text.is_empty(), "the page's own words are shown");
    let unit = ReviewView {
        what: ReviewWhat::Term,
        reason: "unit_missing".into(),
    };
    assert!(view.review.contains(&unit), "and why: {:?}", view.review);
    assert!(
        !view.source.is_empty() && !view.ways.is_empty(),
        "with the page itself"
    );

    let silent = check(&world, of(NO_UNIT)).await;
    assert_eq!(codes(&silent.problems), [("term", "required")]);
    assert_eq!(silent.due, None, "no day is promised");
    let refused = world.commands.filing_receive(of(NO_UNIT), false).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::FieldsWrong);

    let stated = DraftValues {
        term: TermValues {
            n: "5".into(),
            kind: Some(TermKind::WorkingDays),
        },
        ..of(NO_UNIT)
    };
    let said = check(&world, stated.clone()).await;
    assert_eq!(said.problems, []);
    assert_eq!(
        &said.due.unwrap().at[..10],
        "2026-12-01",
        "five working days from Monday; the 24th is a holiday"
    );
    let received = world.receive(stated).await;
    assert_eq!(&received.due.at[..10], "2026-12-01", "and that is promised");
    let line = last_line(world).await;
    assert!(
        line.details.term_by_clerk,
        "the line says whose reading it is"
    );
    assert_eq!(
        line.procedure.term_text, view.term_text,
        "beside the page's words"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_time_limit_is_the_catalogues_whatever_is_typed() {
    let world = World::at_work().await;
    let stated = DraftValues {
        term: TermValues {
            n: "90".into(),
            kind: Some(TermKind::Days),
        },
        ..mrs_nie()
    };
    let received = world.receive(stated).await;
    assert_eq!(&received.due.at[..10], "2026-11-23", "done on the same day");
    assert!(!last_line(world).await.details.term_by_clerk);
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_that_no_rule_could_part_are_one_line_in_the_pages_own_words() {
    let world = World::at_work().await;
    let view = world.commands.procedure_get(UNPARTED.into()).await.unwrap();
    let [line] = view.documents.as_slice() else {
        panic!("one line: {:?}", view.documents)
    };
    assert!(line.name.vi.len() > 40, "all of it: {}", line.name.vi);
    assert_eq!(line.doubts, ["papers_not_split"]);
    let ticked = DraftValues {
        papers: vec![PaperValue {
            document: line.id.clone(),
            state: Some(PaperStateChoice::Original),
            copies: 1,
            reason: String::new(),
        }],
        ..of(UNPARTED)
    };
    assert_eq!(check(&world, ticked.clone()).await.problems, []);
    let received = world.receive(ticked).await;
    assert!(received.receipt_stored, "its receipt holds the long line");
    assert_eq!(last_line(world).await.papers[0].name, line.name.vi);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_row_for_the_counter_says_so_and_can_still_be_received() {
    let world = World::at_work().await;
    let view = world
        .commands
        .procedure_get(ELSEWHERE.into())
        .await
        .unwrap();
    let ways = ReviewView {
        what: ReviewWhat::Ways,
        reason: "not_at_counter".into(),
    };
    assert!(view.review.contains(&ways), "{:?}", view.review);
    let values = DraftValues {
        term: TermValues {
            n: String::new(),
            kind: Some(TermKind::SameDay),
        },
        ..of(ELSEWHERE)
    };
    let received = world.receive(values).await;
    assert_eq!(&received.due.at[..10], "2026-11-23");
}

pub fn birth(born: &str) -> DraftValues {
    let own = [
        ("child_name", "Y Khoa Niê"),
        ("child_birth", born),
        ("child_sex", "male"),
    ];
    DraftValues {
        fields: own
            .map(|(id, value)| (id.to_string(), value.to_string()))
            .into(),
        ..of(BIRTH)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_decide_which_papers_and_fields_are_asked_for() {
    let world = World::at_work().await;
    let view = world.commands.procedure_get(BIRTH.into()).await.unwrap();
    let cases: Vec<_> = view.cases.iter().map(|case| case.id.as_str()).collect();
    assert!(cases.contains(&"authorised"), "{cases:?}");
    let of_case: Vec<_> = view
        .documents
        .iter()
        .filter(|paper| paper.case.as_deref() == Some("authorised"))
        .collect();
    assert!(!of_case.is_empty(), "a case asks for papers of its own");
    let missing = |check: &Check| {
        check
            .warnings
            .iter()
            .filter(|note| note.code == "paper_missing")
            .map(|note| note.field.clone())
            .collect::<Vec<_>>()
    };
    let plain = check(&world, birth("01/11/2026")).await;
    assert!(
        plain.warnings.iter().all(|note| note.code != "no_case"),
        "most births are no special case"
    );
    let chosen = DraftValues {
        cases: vec!["authorised".into()],
        ..birth("01/11/2026")
    };
    let more = check(&world, chosen.clone()).await;
    assert!(missing(&more).len() >= missing(&plain).len());
    let kinds: Vec<_> = view
        .fields
        .iter()
        .map(|field| (field.id.as_str(), field.kind))
        .collect();
    assert!(
        kinds.contains(&("mother", FieldKindView::Person))
            && kinds.contains(&("child_birth", FieldKindView::Date))
    );
    world.receive(chosen).await;
    let line = last_line(world).await;
    assert_eq!(line.details.cases, ["authorised"]);
    let child = line
        .details
        .fields
        .iter()
        .find(|field| field.id == "child_name")
        .unwrap();
    assert_eq!(child.value, "Y Khoa Niê");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_birth_of_the_same_child_is_shown_whoever_reports_it() {
    let world = World::at_work().await;
    let received = world.receive(birth("01/11/2026")).await;
    let father = DraftValues {
        applicant: filing("Y Thim Mlô", "066090912345").applicant,
        ..birth("1/11/2026")
    };
    let again = check(&world, father.clone()).await;
    let found: Vec<_> = again.duplicates.iter().map(|row| &row.code).collect();
    assert_eq!(found, [&received.filing.code], "the mother was here before");
    assert_eq!(again.problems, [], "shown, never blocked");
    let mut sister = father;
    sister.fields.insert("child_name".into(), "H'Mi Niê".into());
    assert_eq!(
        check(&world, sister).await.duplicates,
        [],
        "another child is another matter"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_number_is_known_by_name_and_birth() {
    let world = World::at_work().await;
    let without = |name: &str, birth: &str| {
        let mut values = filing(name, "");
        values.applicant.birth = birth.into();
        values
    };
    let received = world.receive(without("H’Len Niê", "1950")).await;
    let again = check(&world, without("h'len nie", "1950")).await;
    let found: Vec<_> = again.duplicates.iter().map(|row| &row.code).collect();
    assert_eq!(found, [&received.filing.code]);
    assert_eq!(
        check(&world, without("H’Len Niê", "1951")).await.duplicates,
        []
    );
    assert_eq!(
        check(&world, without("H’Len Niê", "")).await.duplicates,
        [],
        "a name alone says nothing"
    );
}
