//! The procedures worked out by hand, as they ship; and files of them that contradict themselves.
//! Not here: how fees are added up and fields checked (domain).

use std::collections::BTreeSet;

use jiff::civil::date;
use onedoor_catalogue::curated::{CatalogueError, EntryWrong, Source};
use onedoor_catalogue::{Catalogue, calendar};
use onedoor_domain::due::Term;
use onedoor_domain::fee::{FeeProblem, FeeRule};
use onedoor_domain::fields::SpecProblem;
use onedoor_domain::money::Currency;
use onedoor_domain::procedure::{PaperWay, Procedure};
use serde_json::{Value, json};

fn all(catalogue: &Catalogue) -> impl Iterator<Item = &Procedure> {
    let listed = catalogue.listed.iter().map(|listed| listed.sheet());
    catalogue.procedures.iter().chain(listed)
}

#[test]
fn a_commune_has_its_commonest_procedures_in_depth_and_three_of_each_other_field() {
    let catalogue = Catalogue::shipped().unwrap();
    assert_eq!(catalogue.procedures.len(), 26 + 16);
    assert!(
        catalogue.listed.is_empty(),
        "each has a time limit that a text states"
    );
    let in_fields = |fields: &[&str]| {
        let of = |p: &&Procedure| fields.contains(&p.field.vi.as_str());
        catalogue.procedures.iter().filter(of).count()
    };
    for fields in [
        &["Đất đai"][..],
        &["Hoạt động xây dựng"],
        &["Thuế"],
        &["Bảo hiểm", "Thực hiện chính sách BHXH"],
        &["Giảm nghèo"],
    ] {
        assert!(in_fields(fields) >= 3, "{fields:?}: {}", in_fields(fields));
    }
    for code in ["1.013978", "1.013225", "2.000986", "2.000815"] {
        assert!(catalogue.get(code).is_some(), "{code}");
    }
}

#[test]
fn every_curated_procedure_has_an_english_title_own_fields_and_words_for_each_label() {
    for catalogue in [
        Catalogue::shipped().unwrap(),
        Catalogue::consular().unwrap(),
    ] {
        for procedure in all(&catalogue) {
            let code = &procedure.code;
            assert!(
                procedure.title.en.is_some() && procedure.field.en.is_some(),
                "{code}"
            );
            assert!(
                (2..=7).contains(&procedure.fields.len()),
                "{code}: {} fields",
                procedure.fields.len()
            );
            assert!(
                procedure.fields.iter().any(|field| field.required),
                "{code}: a form with nothing to fill in"
            );
            assert!(
                procedure
                    .fields
                    .iter()
                    .all(|field| field.label.en.is_some()),
                "{code}"
            );
            let papers = &procedure.documents;
            assert!(papers.iter().all(|paper| paper.name.en.is_some()), "{code}");
            assert!(
                procedure.cases.iter().all(|case| case.label.en.is_some()),
                "{code}"
            );
            assert!(
                !procedure.fees.items.is_empty() && !procedure.fee_text.is_empty(),
                "{code}"
            );
        }
    }
}

#[test]
fn a_certified_copy_costs_two_thousand_a_page_one_thousand_from_the_third_and_never_above_the_cap()
{
    let catalogue = Catalogue::shipped().unwrap();
    let copy = catalogue.get("2.000815").unwrap();
    let FeeRule::PerPage { steps, cap } = copy.fees.principal() else {
        panic!("{:?}", copy.fees);
    };
    let steps: Vec<(u32, i64)> = steps
        .iter()
        .map(|step| (step.from_page, step.each.minor))
        .collect();
    assert_eq!(steps, [(1, 2_000), (3, 1_000)]);
    assert_eq!(cap.map(|cap| cap.minor), Some(200_000));
    assert_eq!(
        copy.documents[0].way,
        PaperWay::Show,
        "the original goes back to its owner"
    );
}

#[test]
fn a_late_birth_is_told_by_the_childs_birth_date_and_residence_costs_less_online() {
    let catalogue = Catalogue::shipped().unwrap();
    let birth = catalogue.get("1.001193").unwrap();
    assert_eq!(birth.fees.event_field(), Some("child_birth"));
    let residence = catalogue.get("1.004222").unwrap();
    let amounts: Vec<i64> = residence
        .fees
        .items
        .iter()
        .filter_map(|item| match &item.rule {
            FeeRule::Flat { amount } => Some(amount.minor),
            _ => None,
        })
        .collect();
    assert_eq!(amounts, [20_000, 10_000]);
    assert!(
        residence
            .fees
            .items
            .iter()
            .all(|item| !item.channels.is_empty()),
        "one or the other, never both"
    );
    assert_eq!(residence.fees.exemptions.len(), 7);
}

#[test]
fn papers_follow_the_case() {
    let catalogue = Catalogue::shipped().unwrap();
    let birth = catalogue.get("1.001193").unwrap();
    let papers = |cases: &[&str]| birth.documents_in(cases).count();
    assert_eq!(
        papers(&[]),
        3,
        "form, certificate of birth, identity paper shown"
    );
    assert_eq!(papers(&["abandoned"]), 4);
    let land = catalogue.get("1.013978").unwrap();
    assert_eq!(
        land.documents_in(&["registered"]).count(),
        2,
        "form and notice"
    );
    assert_eq!(land.documents_in(&["citizens"]).count(), 16);
}

#[test]
fn a_mission_shows_its_forty_five_procedures_as_not_yet_checked_with_dollars_and_provisional_codes()
{
    let catalogue = Catalogue::consular().unwrap();
    assert_eq!(all(&catalogue).count(), 45);
    assert!(all(&catalogue).all(|procedure| !procedure.checked));
    let codes: BTreeSet<&str> = all(&catalogue)
        .map(|procedure| procedure.code.as_str())
        .collect();
    assert_eq!(codes.len(), 45);
    assert_eq!(
        codes.iter().filter(|code| code.starts_with("LS-")).count(),
        32
    );
    let visa = catalogue.get("LS-12").unwrap();
    assert_eq!(visa.term, Term::WorkingDays(3));
    let FeeRule::Flat { amount } = &visa.fees.items[0].rule else {
        panic!("{:?}", visa.fees);
    };
    assert_eq!(
        (amount.minor, amount.currency),
        (2_500, Currency::Usd),
        "a single entry costs 25 dollars"
    );
    assert!(
        visa.fees.items.iter().all(|item| item.case.is_some()),
        "each kind of visa has its own price"
    );
}

#[test]
fn a_consular_procedure_without_a_stated_time_limit_waits_for_the_office_to_state_one() {
    let catalogue = Catalogue::consular().unwrap();
    assert_eq!(catalogue.listed.len(), 20);
    let marriage = catalogue
        .listed
        .iter()
        .find(|listed| listed.code() == "LS-20")
        .unwrap();
    assert!(
        catalogue.get("LS-20").is_none(),
        "nothing can promise a day for it"
    );
    let stated = marriage.with_term(Term::WorkingDays(10));
    assert_eq!(stated.term, Term::WorkingDays(10));
    assert_eq!(stated.title, marriage.sheet().title);
}

#[test]
fn a_note_tells_what_papers_do_not() {
    let catalogue = Catalogue::shipped().unwrap();
    assert_eq!(
        catalogue.note("1.000894"),
        Some("Hai bên nam, nữ phải cùng có mặt")
    );
    assert_eq!(catalogue.note("1.001193"), None);
}

fn entry() -> Value {
    json!({
        "code": "1.000001", "version": 1, "from": "2026-07-20",
        "title": {"vi": "Thủ tục", "en": null}, "field": {"vi": "Hộ tịch", "en": null},
        "decision": "", "agency": "UBND cấp xã", "term": {"days": 3}, "term_text": "3 ngày",
        "fees": {"items": [{"id": "f1", "label": {"vi": "Lệ phí"}, "rule": {"flat": 5000}}]},
        "fee_text": "5.000 đồng",
        "cases": [{"id": "late", "label": {"vi": "Quá hạn"}}],
        "documents": [{
            "id": "d1", "name": {"vi": "Tờ khai"}, "originals": 1, "copies": 0, "way": "submit", "case": "late",
        }],
        "fields": [{"id": "born", "label": {"vi": "Ngày sinh"}, "kind": {"date": "past"}, "required": true}],
        "nicknames": [], "checked": false,
    })
}

fn read(entries: &[Value]) -> Result<Catalogue, CatalogueError> {
    let json = json!({"procedures": entries}).to_string();
    let source = Source {
        file: "test.json",
        json: &json,
    };
    Catalogue::read(&[source], calendar::shipped().unwrap())
}

fn wrong(change: impl FnOnce(&mut Value)) -> Vec<EntryWrong> {
    let mut entry = entry();
    change(&mut entry);
    match read(&[entry]) {
        Err(CatalogueError::Wrong { problems, .. }) => {
            problems.into_iter().map(|problem| problem.wrong).collect()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn an_entry_without_a_mistake_is_read() {
    assert_eq!(wrong(|_| ()), []);
}

#[test]
fn contradictions_are_refused_by_name() {
    let item = || "f1".to_owned();
    assert_eq!(
        wrong(|e| e["fees"]["items"][0]["rule"] = json!({"flat": -1})),
        [EntryWrong::Fee(FeeProblem::BelowZero { item: item() })]
    );
    assert_eq!(
        wrong(|e| e["documents"][0]["case"] = Value::Null),
        [EntryWrong::UnusedCase("late".to_owned())]
    );
    assert_eq!(
        wrong(|e| e["cases"] = json!([])),
        [EntryWrong::UnknownCase {
            place: "document d1".to_owned(),
            case: "late".to_owned()
        }]
    );
    let paper = entry()["documents"][0].clone();
    assert_eq!(
        wrong(|e| e["documents"] = json!([paper.clone(), paper.clone()])),
        [EntryWrong::TwiceDocument("d1".to_owned())]
    );
    assert_eq!(
        wrong(|e| e["documents"][0]["originals"] = json!(0)),
        [EntryWrong::NoPaper("d1".to_owned())]
    );
    assert_eq!(
        wrong(|e| e["documents"][0]["when"] = json!({"vi": "Quá hạn"})),
        [EntryWrong::RepeatsCase("d1".to_owned())],
        "a condition that its case already says would be printed twice"
    );
    assert_eq!(
        wrong(|e| e["documents"][0]["when"] = json!({"vi": "Quá hạn trên 1 năm"})),
        [],
        "a condition of its own beside the case stays"
    );
    assert_eq!(
        wrong(|e| e["until"] = json!("2026-07-19")),
        [EntryWrong::EndsBefore]
    );
    assert_eq!(
        wrong(|e| e["title"]["vi"] = json!(" ")),
        [EntryWrong::NoTitle]
    );
    let field = entry()["fields"][0].clone();
    assert_eq!(
        wrong(|e| e["fields"] = json!([field.clone(), field.clone()])),
        [EntryWrong::Field(SpecProblem::TwiceId("born".to_owned()))]
    );
    let late = json!({"on_time": {"within_days": 60, "event": "birthday", "late": {"flat": 0}}});
    assert_eq!(
        wrong(|e| e["fees"]["items"][0]["rule"] = late),
        [EntryWrong::EventField("birthday".to_owned())]
    );
}

#[test]
fn a_code_that_stands_twice_is_refused_with_its_file_in_the_message() {
    let message = read(&[entry(), entry()]).unwrap_err().to_string();
    assert_eq!(message, "test.json: 1.000001: version 1 stands twice");
    let mut second = entry();
    second["version"] = json!(2);
    let message = read(&[entry(), second]).unwrap_err().to_string();
    assert_eq!(
        message,
        "test.json: 1.000001: versions 1 and 2 hold on the same day"
    );
}

#[test]
fn a_new_version_holds_from_its_day_and_a_withdrawn_procedure_is_gone_the_day_after() {
    let (mut first, mut second) = (entry(), entry());
    first["until"] = json!("2027-02-28");
    second["version"] = json!(2);
    second["from"] = json!("2027-03-01");
    second["until"] = json!("2027-12-31");
    let catalogue = read(&[first, second]).unwrap();
    let version = |day| {
        catalogue
            .get_on("1.000001", day)
            .map(|procedure| procedure.version)
    };
    assert_eq!(version(date(2027, 2, 28)), Some(1));
    assert_eq!(
        version(date(2027, 3, 1)),
        Some(2),
        "the law changes on this day"
    );
    assert_eq!(version(date(2027, 12, 31)), Some(2));
    assert_eq!(version(date(2028, 1, 1)), None);
    assert_eq!(
        catalogue.get("1.000001").map(|procedure| procedure.version),
        Some(2)
    );
}

#[test]
fn a_file_of_another_shape_is_refused_with_its_line() {
    let source = Source {
        file: "test.json",
        json: "{\n\"procedures\": [{}]}",
    };
    let error = Catalogue::read(&[source], calendar::shipped().unwrap()).unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("test.json: missing field") && message.contains("line 2"),
        "{message}"
    );
}
