//! Slips: what a citizen takes home when papers are missing or the filing is not taken. The draft stays; a slip is
//! numbered, journaled and stored as a receipt is.

use crate::world::{World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;
use std::fs;

/// A birth registration: two papers always, one in the case of an abandoned child, one only shown.
const BIRTH: &str = "1.001193";

fn birth() -> DraftValues {
    DraftValues {
        procedure: BIRTH.into(),
        papers: Vec::new(),
        ..mrs_nie()
    }
}

fn paper(document: &str, state: PaperStateChoice, reason: &str) -> PaperValue {
    PaperValue {
        document: document.into(),
        state: Some(state),
        copies: 1,
        reason: reason.into(),
    }
}

async fn issue(world: &World, values: DraftValues, form: SlipForm, reason: &str) -> SlipView {
    let issued = world.commands.slip_issue(values, form, reason.into());
    issued.await.unwrap()
}

async fn refused(world: &World, values: DraftValues, form: SlipForm, reason: &str) -> ErrorCode {
    let issued = world.commands.slip_issue(values, form, reason.into());
    issued.await.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplement_asks_at_once_for_every_paper_that_is_not_there() {
    let world = World::at_work().await;
    let values = DraftValues {
        cases: vec!["abandoned".into()],
        papers: vec![
            paper("d1", PaperStateChoice::Original, ""),
            paper("d2", PaperStateChoice::Missing, "chưa ký"),
        ],
        ..birth()
    };
    world.commands.draft_save(values.clone()).await.unwrap();
    let slip = issue(&world, values.clone(), SlipForm::Supplement, "").await;
    assert_eq!(slip.items.len(), 2, "{:?}", slip.items);
    assert!(
        slip.items[0].starts_with("Giấy chứng sinh") && slip.items[0].ends_with(": chưa ký"),
        "what the clerk noted stands beside the paper: {}",
        slip.items[0]
    );
    assert!(
        slip.items[1].starts_with("Biên bản về việc trẻ bị bỏ rơi"),
        "the chosen case's paper, though it was not ticked: {}",
        slip.items[1]
    );
    assert!(slip.items[1].contains("01 bản chính"), "and how many of it");
    assert_eq!(
        slip.reason, "Thành phần hồ sơ chưa đầy đủ theo quy định",
        "no dots on the paper where the ground is plain"
    );
    assert_eq!(slip.applicant, "H’Len Niê");
    assert!(slip.stored, "the PDF is there before anything is printed");
    let draft = world.commands.draft_get().await.unwrap();
    assert_eq!(
        draft.values, values,
        "the citizen may come back in an hour: nothing typed is lost"
    );
    assert_eq!(
        world.next_number().await,
        "H15.50.05.13-261123-2000",
        "a slip takes no dossier number"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_form_counts_its_own_numbers_also_after_a_restart() {
    let world = World::at_work().await;
    let head = world.head().await;
    let first = issue(&world, birth(), SlipForm::Supplement, "").await;
    let second = issue(&world, birth(), SlipForm::Supplement, "").await;
    let refusal = issue(&world, birth(), SlipForm::Refusal, "Không thuộc thẩm quyền").await;
    assert_eq!((first.number, second.number, refusal.number), (1, 2, 1));
    let world = world.restarted().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let third = issue(&world, birth(), SlipForm::Supplement, "").await;
    assert_eq!(third.number, 3, "a number is never given twice");
    let list = world.commands.slip_list(10).await.unwrap();
    let numbers: Vec<_> = list.iter().map(|slip| (slip.form, slip.number)).collect();
    assert_eq!(
        numbers,
        [
            (SlipForm::Supplement, 3),
            (SlipForm::Refusal, 1),
            (SlipForm::Supplement, 2),
            (SlipForm::Supplement, 1)
        ],
        "newest first"
    );
    assert_eq!(world.commands.slip_list(0).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_gives_its_reason_and_only_the_papers_that_were_marked() {
    let world = World::at_work().await;
    let code = refused(&world, birth(), SlipForm::Refusal, "  ").await;
    assert_eq!(code, ErrorCode::ReasonRequired, "the law asks for one");
    let slip = issue(&world, birth(), SlipForm::Refusal, "Không thuộc thẩm quyền").await;
    assert!(
        slip.items.is_empty(),
        "papers that nobody looked at are no ground: {:?}",
        slip.items
    );
    assert_eq!(slip.reason, "Không thuộc thẩm quyền");
    let marked = DraftValues {
        papers: vec![paper("d1", PaperStateChoice::Missing, "")],
        ..birth()
    };
    let slip = issue(&world, marked, SlipForm::Refusal, "Chưa đủ điều kiện").await;
    assert_eq!(slip.items.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_needs_a_name_a_procedure_and_something_to_say() {
    let world = World::at_work().await;
    let nobody = DraftValues {
        applicant: PersonValues::default(),
        ..birth()
    };
    let code = refused(&world, nobody, SlipForm::Supplement, "").await;
    assert_eq!(code, ErrorCode::NameRequired);
    let nothing = DraftValues {
        procedure: String::new(),
        ..birth()
    };
    let code = refused(&world, nothing, SlipForm::Supplement, "").await;
    assert_eq!(code, ErrorCode::ProcedureUnknown);
    // Everything is there, and no reason was given: such a slip would be an empty page.
    let code = refused(&world, mrs_nie(), SlipForm::Supplement, "").await;
    assert_eq!(code, ErrorCode::ReasonRequired);
    let wrong = DraftValues {
        applicant: PersonValues {
            phone: "09".into(),
            ..birth().applicant
        },
        ..birth()
    };
    let code = refused(&world, wrong, SlipForm::Supplement, "").await;
    assert_eq!(
        code,
        ErrorCode::FieldsWrong,
        "a half-typed telephone would overwrite the register's"
    );
    let unknown = DraftValues {
        applicant: PersonValues {
            name: "Y Bhăm".into(),
            ..PersonValues::default()
        },
        ..birth()
    };
    let slip = issue(&world, unknown, SlipForm::Supplement, "").await;
    assert_eq!(slip.number, 1, "a name is enough, and nothing was used up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_a_crash_left_without_its_paper_gets_it_at_the_next_start() {
    let world = World::at_work().await;
    let head = world.head().await;
    // A file where the folder of blobs should be: the program ends between the line and the paper.
    let blobs = world.folder.join("data").join("blobs");
    let aside = world.folder.join("aside");
    fs::rename(&blobs, &aside).unwrap();
    fs::write(&blobs, b"").unwrap();
    let slip = issue(&world, birth(), SlipForm::Supplement, "").await;
    assert!(!slip.stored, "the page is told");
    fs::remove_file(&blobs).unwrap();
    fs::rename(&aside, &blobs).unwrap();

    let world = world.restarted().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let desk = world.desk.clone();
    let mend = move || desk.mend().map_err(|error| error.view());
    tokio::task::spawn_blocking(mend).await.unwrap().unwrap();
    let mended = &world.commands.slip_list(1).await.unwrap()[0];
    assert!(mended.stored);
    assert_eq!((&mended.id, mended.number), (&slip.id, slip.number));
    let (_folder, store) = world.closed().await;
    let named = journal(&store);
    let named = named
        .iter()
        .filter(|body| matches!(body, Body::SlipRendered(_)));
    assert_eq!(named.count(), 1, "mended once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_previewed_shown_and_opened_and_the_journal_says_so() {
    let world = World::at_work().await;
    let before = world.commands.sync_state().await.unwrap().lines_here;
    for values in [DraftValues::default(), birth(), filing("Ê\u{0}", "12")] {
        let known = !values.procedure.is_empty();
        let preview = world
            .commands
            .slip_preview(values, SlipForm::Refusal, String::new(), 0.5)
            .await;
        assert_eq!(
            preview.is_ok_and(|png| png.starts_with(b"\x89PNG")),
            known,
            "a preview wants no more than a procedure"
        );
    }
    let after = world.commands.sync_state().await.unwrap().lines_here;
    assert_eq!(before, after, "a preview is no act");

    let slip = issue(&world, birth(), SlipForm::Supplement, "").await;
    let picture = world.commands.slip_picture(slip.id.clone(), 1.0).await;
    assert!(picture.unwrap().starts_with(b"\x89PNG"));
    let opened = world.commands.slip_open(slip.id.clone()).await.unwrap();
    assert_eq!(opened, PrintOutcome::Printed);
    let printed = world.commands.slip_print(slip.id.clone()).await.unwrap();
    assert_eq!(printed, PrintOutcome::NoPrinter);
    let shown = world.viewer.0.lock().unwrap()[0].clone();
    assert!(fs::read(&shown).unwrap().starts_with(b"%PDF-1."));
    let unknown = world.commands.slip_open("00".into()).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::SlipUnknown);

    let (_folder, store) = world.closed().await;
    let bodies = journal(&store);
    let tags: Vec<_> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::SlipIssued(_) => Some("issued"),
            Body::SlipRendered(_) => Some("rendered"),
            Body::Printed(printed) => {
                assert_eq!(printed.form, "02");
                Some("printed")
            }
            _ => None,
        })
        .collect();
    assert_eq!(tags, ["issued", "rendered", "printed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_got_a_slip_is_known_when_coming_back() {
    let world = World::at_work().await;
    issue(&world, birth(), SlipForm::Supplement, "").await;
    let found = world.commands.person_find("h len".into()).await.unwrap();
    assert_eq!(found.len(), 1);
    let known = DraftValues {
        applicant: found[0].clone(),
        ..mrs_nie()
    };
    let received = world.receive(known).await;
    let again = world.commands.person_find("066190912345".into()).await;
    let again = again.unwrap();
    assert_eq!(again.len(), 1, "slip and filing are of one person");
    assert_eq!(again[0].person, found[0].person);
    assert_eq!(received.filing.applicant, "H’Len Niê");
}
