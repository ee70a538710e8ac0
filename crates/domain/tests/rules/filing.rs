//! The check before receiving: what blocks, what only warns, and the clean values.

use onedoor_domain::fee::{FeeRule, FeeSchedule};
use onedoor_domain::filing::{
    Checked, DraftInput, FieldProblem, FieldWarning, GiveBack, IdentityInput, Paper, PaperState,
    PersonInput, Status, check, check_person,
};
use onedoor_domain::identity::{Birth, BirthProblem, IdProblem, IdWarning, PhoneProblem, Sex};
use onedoor_domain::money::Money;
use onedoor_domain::procedure::{Bilingual, PaperWay, Procedure, RequiredDocument};
use onedoor_domain::text::TextProblem;
use proptest::prelude::*;

use crate::fixture::day;
use crate::procedure::procedure;

fn document(id: &str, way: PaperWay, when: Option<&str>) -> RequiredDocument {
    let bilingual = |vi: &str| Bilingual {
        vi: vi.to_owned(),
        en: None,
    };
    RequiredDocument {
        id: id.to_owned(),
        name: bilingual(id),
        originals: 1,
        copies: 0,
        choice: false,
        way,
        when: when.map(bilingual),
        case: None,
    }
}

fn birth_registration() -> Procedure {
    let documents = vec![
        document("d1", PaperWay::Submit, None),
        document("d2", PaperWay::Submit, None),
        document("d3", PaperWay::Submit, Some("Nếu ủy quyền")),
        document("d4", PaperWay::Show, None),
    ];
    let title = "Thủ tục đăng ký khai sinh";
    Procedure {
        documents,
        ..procedure("1.001193", title, "Birth registration", "Hộ tịch", &["ks"])
    }
}

fn paper(document: &str, state: PaperState) -> Paper {
    Paper {
        document: document.to_owned(),
        state: Some(state),
        copies: 1,
        reason: String::new(),
    }
}

fn draft() -> DraftInput {
    DraftInput {
        procedure: Some("1.001193".to_owned()),
        applicant: PersonInput {
            name: "Nguyễn Thị Ừng".to_owned(),
            birth: "1950".to_owned(),
            sex: Some(Sex::Female),
            id_number: "066 150 001 234".to_owned(),
            address: "Buôn Sah, xã Ea Tul, tỉnh Đắk Lắk".to_owned(),
            phone: "+84 912 345 678".to_owned(),
            email: " ung@example.vn ".to_owned(),
            identity: IdentityInput::default(),
        },
        papers: vec![
            paper("d2", PaperState::Copy),
            paper("d1", PaperState::Original),
        ],
        sets: 1,
        copies: 1,
        content: String::new(),
        give_back: GiveBack::AtCounter,
        note: String::new(),
        behalf: None,
        cases: Vec::new(),
        fields: Vec::new(),
    }
}

fn checked(draft: &DraftInput) -> Checked {
    check(draft, Some(&birth_registration()), day("2026-11-23"))
}

fn problems(draft: &DraftInput) -> Vec<(String, FieldProblem)> {
    checked(draft)
        .problems
        .into_iter()
        .map(|p| (p.field, p.problem))
        .collect()
}

fn warnings(draft: &DraftInput) -> Vec<(String, FieldWarning)> {
    checked(draft)
        .warnings
        .into_iter()
        .map(|w| (w.field, w.warning))
        .collect()
}

/// The one problem of the sample draft after `change`.
fn problem_after(change: impl FnOnce(&mut DraftInput)) -> (String, FieldProblem) {
    let mut draft = draft();
    change(&mut draft);
    assert!(
        checked(&draft).filing.is_none(),
        "a filing with a problem must not be received"
    );
    let found = problems(&draft);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn a_complete_draft_comes_out_clean() {
    let result = checked(&draft());
    assert_eq!((result.problems, result.warnings), (vec![], vec![]));
    let filing = result.filing.unwrap();
    assert_eq!(
        filing.content, "Thủ tục đăng ký khai sinh",
        "nothing typed means the title"
    );
    assert_eq!(filing.applicant.birth, Birth::Year(1950));
    assert_eq!(filing.applicant.id_number.unwrap().as_str(), "066150001234");
    assert_eq!(
        (
            filing.applicant.phone.as_str(),
            filing.applicant.email.as_str()
        ),
        ("0912345678", "ung@example.vn")
    );
    let order: Vec<_> = filing.papers.iter().map(|p| p.document.as_str()).collect();
    assert_eq!(
        order,
        ["d1", "d2"],
        "papers stand on the receipt in the order of the checklist"
    );
}

#[test]
fn only_procedure_name_and_address_are_required() {
    let mut least = draft();
    let empty = String::new;
    least.applicant = PersonInput {
        name: "H’Hen Niê".to_owned(),
        birth: empty(),
        sex: None,
        id_number: empty(),
        address: "Buôn Sah".to_owned(),
        phone: empty(),
        email: empty(),
        identity: IdentityInput::default(),
    };
    assert_eq!(
        warnings(&least),
        [("applicant.id_number".to_owned(), FieldWarning::NoIdNumber)]
    );
    assert_eq!(checked(&least).filing.unwrap().applicant.name, "H’Hen Niê");

    for (field, typed) in [("applicant.name", " \t "), ("applicant.address", "")] {
        let found = problem_after(|d| {
            let target = if field == "applicant.name" {
                &mut d.applicant.name
            } else {
                &mut d.applicant.address
            };
            *target = typed.to_owned();
        });
        assert_eq!(found, (field.to_owned(), FieldProblem::Required));
    }
    assert_eq!(
        problem_after(|d| d.procedure = None),
        ("procedure".to_owned(), FieldProblem::Required)
    );
}

#[test]
fn a_person_alone_needs_a_name_and_what_is_typed_must_be_right() {
    let today = day("2026-11-23");
    let without_address = PersonInput {
        address: "  ".to_owned(),
        ..draft().applicant
    };
    let person = check_person(&without_address, today).unwrap();
    assert_eq!(
        (person.name.as_str(), person.address.as_str()),
        ("Nguyễn Thị Ừng", ""),
        "a slip is given out before anybody asks where the citizen lives"
    );
    let wrong = PersonInput {
        name: String::new(),
        phone: "09".to_owned(),
        ..without_address
    };
    let problems = check_person(&wrong, today).unwrap_err();
    let fields: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(fields, ["applicant.name", "applicant.phone"]);
}

#[test]
fn a_procedure_that_the_catalogue_lost_is_not_received() {
    let result = check(&draft(), None, day("2026-11-23"));
    assert_eq!(result.problems[0].problem, FieldProblem::UnknownProcedure);
    assert!(result.filing.is_none());
    let other = problem_after(|d| d.procedure = Some("1.000894".to_owned()));
    assert_eq!(
        other,
        ("procedure".to_owned(), FieldProblem::UnknownProcedure),
        "checked against another's checklist"
    );
}

#[test]
fn bad_input_is_named_at_its_field() {
    let long = FieldProblem::Text(TextProblem::TooLong {
        max: 200,
        len: 10_000,
    });
    let name = problem_after(|d| d.applicant.name = "x".repeat(10_000));
    assert_eq!(name, ("applicant.name".to_owned(), long));
    let control = problem_after(|d| d.applicant.address = "Buôn\u{0}Sah".to_owned());
    assert_eq!(
        control,
        (
            "applicant.address".to_owned(),
            FieldProblem::Text(TextProblem::ControlCharacters)
        )
    );
    let half = problem_after(|d| d.applicant.id_number = "0661500".to_owned());
    assert_eq!(
        half,
        (
            "applicant.id_number".to_owned(),
            FieldProblem::Id(IdProblem::Length { digits: 7 })
        )
    );
    let no_day = problem_after(|d| d.applicant.birth = "31/02/1990".to_owned());
    assert_eq!(
        no_day,
        (
            "applicant.birth".to_owned(),
            FieldProblem::Birth(BirthProblem::NotADate)
        )
    );
    let short = problem_after(|d| d.applicant.phone = "0912".to_owned());
    assert_eq!(
        short,
        (
            "applicant.phone".to_owned(),
            FieldProblem::Phone(PhoneProblem::Length)
        )
    );
    let email = problem_after(|d| d.applicant.email = "ung@".to_owned());
    assert_eq!(email, ("applicant.email".to_owned(), FieldProblem::Email));
    let sets = problem_after(|d| d.sets = 0);
    assert_eq!(sets, ("sets".to_owned(), FieldProblem::Number));
}

#[test]
fn copies_matter_only_where_copies_are_sold() {
    let mut none = draft();
    none.copies = 0;
    assert!(checked(&none).filing.is_some());
    let sold = Procedure {
        fees: FeeSchedule::single(
            birth_registration().title,
            FeeRule::PerCopy {
                amount: Money::vnd(8_000),
            },
        ),
        ..birth_registration()
    };
    let result = check(&none, Some(&sold), day("2026-11-23"));
    assert_eq!(
        (
            result.problems[0].field.as_str(),
            result.problems[0].problem
        ),
        ("copies", FieldProblem::Number)
    );
}

#[test]
fn a_number_that_disagrees_warns_and_is_received() {
    let mut odd = draft();
    odd.applicant.sex = Some(Sex::Male);
    odd.applicant.birth = "1951".to_owned();
    let at = || "applicant.id_number".to_owned();
    let expected = [
        (at(), FieldWarning::Id(IdWarning::SexDiffers)),
        (at(), FieldWarning::Id(IdWarning::BirthYearDiffers)),
    ];
    assert_eq!(warnings(&odd), expected);
    assert!(
        checked(&odd).filing.is_some(),
        "the clerk sees the card; the software does not"
    );
}

#[test]
fn a_missing_paper_warns_and_never_blocks() {
    let mut bare = draft();
    bare.papers = vec![paper("d1", PaperState::Missing)];
    let missing = |id: &str| (format!("papers.{id}"), FieldWarning::PaperMissing);
    assert_eq!(
        warnings(&bare),
        [missing("d1"), missing("d2")],
        "neither the conditional paper nor the shown one"
    );
    assert!(checked(&bare).filing.is_some());
}

#[test]
fn a_database_that_could_not_be_asked_needs_its_reason() {
    let found = problem_after(|d| d.papers.push(paper("d4", PaperState::NotReachable)));
    assert_eq!(found, ("papers.d4".to_owned(), FieldProblem::NeedsReason));
    let mut told = draft();
    told.papers.push(Paper {
        reason: " Mất  mạng ".to_owned(),
        ..paper("d4", PaperState::NotReachable)
    });
    assert_eq!(checked(&told).filing.unwrap().papers[2].reason, "Mất mạng");
}

#[test]
fn papers_of_another_procedure_do_not_reach_the_receipt() {
    let mut switched = draft();
    switched.papers.push(paper("d9", PaperState::Original));
    let filing = checked(&switched).filing.unwrap();
    assert!(
        filing.papers.iter().all(|p| p.document != "d9"),
        "left over from the procedure chosen before"
    );
}

#[test]
fn problems_come_in_the_order_of_the_page() {
    let mut wrong = draft();
    wrong.applicant.name.clear();
    wrong.applicant.phone = "x".to_owned();
    wrong.procedure = None;
    wrong.sets = 0;
    let fields: Vec<_> = problems(&wrong)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(
        fields,
        ["procedure", "applicant.name", "applicant.phone", "sets"],
        "the first one gets the focus"
    );
}

#[test]
fn words_for_the_wire_are_stable() {
    let words: Vec<_> = Status::ALL.iter().map(|s| s.as_str()).collect();
    assert_eq!(
        words.join(" "),
        "draft received transferred being_solved supplement_asked result_ready handed_over refused stopped withdrawn"
    );
    let words: Vec<_> = PaperState::ALL.iter().map(|s| s.as_str()).collect();
    assert_eq!(
        words.join(" "),
        "original copy certified shown from_database not_reachable missing"
    );
    assert!(
        Status::ALL
            .iter()
            .all(|s| Status::parse(s.as_str()) == Some(*s))
    );
    assert!(
        PaperState::ALL
            .iter()
            .all(|s| PaperState::parse(s.as_str()) == Some(*s))
    );
    assert!(
        GiveBack::ALL
            .iter()
            .all(|g| GiveBack::parse(g.as_str()) == Some(*g))
    );
    assert_eq!(Status::parse("Received"), None);
}

proptest! {
    #[test]
    fn a_filing_is_there_exactly_when_nothing_is_wrong(
        name in any::<String>(), birth in "[0-9/]{0,10}", id in "[0-9 ]{0,13}", phone in "[+0-9]{0,12}", reason in any::<String>(),
    ) {
        let mut draft = draft();
        draft.applicant = PersonInput { name, birth, id_number: id, phone, ..draft.applicant };
        draft.papers.push(Paper { reason, ..paper("d4", PaperState::NotReachable) });
        let result = checked(&draft);
        prop_assert_eq!(result.filing.is_some(), result.problems.is_empty());
        if let Some(filing) = result.filing {
            prop_assert!(!filing.applicant.name.is_empty() && !filing.applicant.name.chars().any(char::is_control));
        }
    }
}
