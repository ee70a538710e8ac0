//! A procedure's own fields: what is taken, what is refused and where it is said.

use onedoor_domain::fields::{
    FieldKind, FieldOption, FieldSpec, FieldValue, Source, SpecProblem, Typed, When, check,
    check_all, spec_problems,
};
use onedoor_domain::filing::FieldProblem;
use onedoor_domain::identity::{Birth, BirthProblem, IdProblem};
use onedoor_domain::procedure::Bilingual;
use onedoor_domain::text::TextProblem;
use proptest::prelude::*;

use crate::fixture::day;

fn label() -> Bilingual {
    Bilingual {
        vi: "Nơi sinh".to_owned(),
        en: Some("Place of birth".to_owned()),
    }
}

fn spec(id: &str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        id: id.to_owned(),
        label: label(),
        kind,
        required: false,
        autofill: None,
        case: None,
    }
}

fn options(ids: &[&str]) -> FieldKind {
    FieldKind::Choice {
        options: ids
            .iter()
            .map(|id| FieldOption {
                id: (*id).to_owned(),
                label: label(),
            })
            .collect(),
    }
}

fn typed(entries: &[(&str, &str)]) -> Typed {
    entries
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn one(kind: FieldKind, text: &str) -> Result<Option<FieldValue>, FieldProblem> {
    let result = check(&spec("f", kind), &typed(&[("f", text)]), day("2026-11-23"));
    result.map_err(|problems| {
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems[0].field, "fields.f",
            "the page finds the field by its path"
        );
        problems[0].problem
    })
}

#[test]
fn each_kind_takes_what_it_is_for() {
    let text = |s: &str| FieldValue::Text(s.to_owned());
    let area = || FieldKind::Number {
        min: 0,
        max: 100_000,
    };
    let date = |when| FieldKind::Date { when };
    let out = FieldProblem::Range {
        min: 0,
        max: 100_000,
    };
    let not_a_date = FieldProblem::Birth(BirthProblem::NotADate);
    let table = [
        (FieldKind::Text { max: 5 }, "  Ê  a ", Ok(Some(text("Ê a")))),
        (
            FieldKind::Text { max: 3 },
            "Ea Tul",
            Err(FieldProblem::Text(TextProblem::TooLong { max: 3, len: 6 })),
        ),
        (FieldKind::Text { max: 3 }, "   ", Ok(None)),
        (area(), "120", Ok(Some(FieldValue::Number(120)))),
        (area(), "1.250", Ok(Some(FieldValue::Number(1_250)))),
        (area(), "100.000", Ok(Some(FieldValue::Number(100_000)))),
        (area(), "100.001", Err(out)),
        (area(), "-1", Err(out)),
        (area(), "99999999999999999999", Err(out)),
        (area(), "1.25", Err(FieldProblem::NotANumber)),
        (area(), "12.50.000", Err(FieldProblem::NotANumber)),
        (area(), "1,5", Err(FieldProblem::NotANumber)),
        (area(), "1000.000", Err(FieldProblem::NotANumber)),
        (area(), "+5", Err(FieldProblem::NotANumber)),
        (area(), "năm", Err(FieldProblem::NotANumber)),
        (area(), "-", Err(FieldProblem::NotANumber)),
        (
            date(When::Past),
            "23/11/2026",
            Ok(Some(FieldValue::Date(day("2026-11-23")))),
        ),
        (
            date(When::Past),
            "24/11/2026",
            Err(FieldProblem::Birth(BirthProblem::InFuture)),
        ),
        (
            date(When::Future),
            "23.11.2026",
            Ok(Some(FieldValue::Date(day("2026-11-23")))),
        ),
        (date(When::Future), "22/11/2026", Err(FieldProblem::InPast)),
        (
            date(When::Any),
            "01/01/1700",
            Ok(Some(FieldValue::Date(day("1700-01-01")))),
        ),
        (date(When::Any), "2026", Err(not_a_date)),
        (date(When::Any), "11/2026", Err(not_a_date)),
        (date(When::Any), "31/02/2026", Err(not_a_date)),
        (
            FieldKind::Birth,
            "1950",
            Ok(Some(FieldValue::Birth(Birth::Year(1950)))),
        ),
        (
            FieldKind::Birth,
            "1700",
            Err(FieldProblem::Birth(BirthProblem::TooOld)),
        ),
        (
            options(&["single", "multiple"]),
            "single",
            Ok(Some(FieldValue::Choice("single".to_owned()))),
        ),
        (options(&["single"]), "both", Err(FieldProblem::NotAChoice)),
        (
            FieldKind::Place,
            "Buôn  Ea Tul",
            Ok(Some(FieldValue::Place("Buôn Ea Tul".to_owned()))),
        ),
        (
            FieldKind::Place,
            "a\u{202e}b",
            Err(FieldProblem::Text(TextProblem::ControlCharacters)),
        ),
    ];
    for (kind, text, expected) in table {
        let shown = format!("{kind:?} ← {text:?}");
        assert_eq!(one(kind, text), expected, "{shown}");
    }
}

#[test]
fn a_person_is_checked_part_by_part() {
    let mother = FieldSpec {
        required: true,
        ..spec("mother", FieldKind::Person)
    };
    let check = |entries: &[(&str, &str)]| {
        check(&mother, &typed(entries), day("2026-11-23")).map_err(|problems| {
            problems
                .into_iter()
                .map(|p| (p.field, p.problem))
                .collect::<Vec<_>>()
        })
    };
    let at = |part: &str, problem| (format!("fields.mother.{part}"), problem);
    assert_eq!(
        check(&[]),
        Err(vec![at("name", FieldProblem::Required)]),
        "the first part is where the clerk must go"
    );
    assert_eq!(
        check(&[("mother.birth", "1990")]),
        Err(vec![at("name", FieldProblem::Required)]),
        "a birth without a name is nobody"
    );
    assert_eq!(
        check(&[
            ("mother.name", "H'Hen Niê"),
            ("mother.birth", "1/1/2030"),
            ("mother.id_number", "12"),
        ]),
        Err(vec![
            at("birth", FieldProblem::Birth(BirthProblem::InFuture)),
            at(
                "id_number",
                FieldProblem::Id(IdProblem::Length { digits: 2 })
            ),
        ]),
        "everything wrong is said at once"
    );
    let Ok(Some(FieldValue::Person(person))) = check(&[("mother.name", "H'Hen Niê")]) else {
        panic!("a name alone is enough: many have no number")
    };
    assert_eq!(
        (person.name.as_str(), person.birth),
        ("H'Hen Niê", Birth::Unknown)
    );
}

#[test]
fn only_the_fields_of_the_chosen_case_are_asked_for() {
    let mut found_child = spec("found_at", FieldKind::Place);
    found_child.case = Some("abandoned".to_owned());
    found_child.required = true;
    let specs = [spec("name", FieldKind::Text { max: 50 }), found_child];
    let today = day("2026-11-23");
    let (values, problems) = check_all(&specs, &[], &Typed::new(), today);
    assert_eq!(
        (values.len(), problems),
        (1, vec![]),
        "an ordinary birth is not asked where the child was found"
    );
    let (_, problems) = check_all(&specs, &["abandoned"], &Typed::new(), today);
    assert_eq!(problems[0].field, "fields.found_at");
}

#[test]
fn a_wrong_field_takes_nothing_from_the_others() {
    let specs = [
        spec("area", FieldKind::Number { min: 1, max: 9 }),
        spec("name", FieldKind::Text { max: 50 }),
        spec("rooms", FieldKind::Number { min: 1, max: 9 }),
    ];
    let typed = typed(&[("area", "many"), ("name", "Buôn Yao"), ("rooms", "10")]);
    let (values, problems) = check_all(&specs, &[], &typed, day("2026-11-23"));
    let kept: Vec<_> = values.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(kept, ["name"], "what is right is kept");
    let wrong: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(
        wrong,
        ["fields.area", "fields.rooms"],
        "and everything wrong is said at once, in the order of the page"
    );
}

#[test]
fn a_description_that_cannot_work_is_refused_by_name() {
    let named = |id: &str| spec(id, FieldKind::Place);
    let filled = |kind, source| FieldSpec {
        autofill: Some(source),
        ..spec("a", kind)
    };
    let a = || "a".to_owned();
    let mut other_case = named("a");
    other_case.case = Some("none such".to_owned());
    let table = [
        (vec![named("")], vec![SpecProblem::Id(String::new())]),
        (vec![named("Tên")], vec![SpecProblem::Id("Tên".to_owned())]),
        (
            vec![named("a"), named("a")],
            vec![SpecProblem::TwiceId(a())],
        ),
        (
            vec![spec("a", FieldKind::Number { min: 2, max: 1 })],
            vec![SpecProblem::Range(a())],
        ),
        (
            vec![spec("a", FieldKind::Text { max: 0 })],
            vec![SpecProblem::Range(a())],
        ),
        (
            vec![spec("a", options(&[]))],
            vec![SpecProblem::Options(a())],
        ),
        (
            vec![spec("a", options(&["x", "x"]))],
            vec![SpecProblem::Options(a())],
        ),
        (vec![other_case], vec![SpecProblem::UnknownCase(a())]),
        (
            vec![filled(FieldKind::Place, Source::Today)],
            vec![SpecProblem::Autofill(a())],
        ),
        (
            vec![filled(FieldKind::Place, Source::ApplicantAddress)],
            vec![],
        ),
        (vec![filled(FieldKind::Person, Source::Applicant)], vec![]),
        (vec![named("mother_2")], vec![]),
    ];
    for (specs, expected) in table {
        assert_eq!(spec_problems(&specs, &["abandoned"]), expected, "{specs:?}");
    }
}

proptest! {
    #[test]
    fn no_typed_text_breaks_the_check(text in any::<String>(), pick in 0usize..7) {
        let kinds = [
            FieldKind::Text { max: 20 },
            FieldKind::Number { min: i64::MIN, max: i64::MAX },
            FieldKind::Date { when: When::Any },
            FieldKind::Birth,
            options(&["x"]),
            FieldKind::Place,
            FieldKind::Person,
        ];
        let typed = typed(&[("f", &text), ("f.name", &text), ("f.birth", &text), ("f.id_number", &text)]);
        if let Ok(Some(FieldValue::Text(kept))) = check(&spec("f", kinds[pick].clone()), &typed, day("2026-11-23")) {
            prop_assert!(kept.chars().count() <= 20);
        }
    }
}
