//! Births, personal numbers, telephones and e-mail as clerks type them.

use onedoor_domain::identity::{
    Birth, BirthProblem, IdProblem, IdWarning, PersonalId, PhoneProblem, Sex, email_ok, phone,
};
use proptest::prelude::*;

use crate::fixture::day;

fn birth(typed: &str) -> Result<Birth, BirthProblem> {
    Birth::parse(typed, day("2026-11-23"))
}

#[test]
fn a_birth_is_read_as_people_write_it() {
    let ides = Birth::Day(day("1990-03-15"));
    let table = [
        ("15/03/1990", ides),
        ("15/3/1990", ides),
        ("15-03-1990", ides),
        ("15.3.1990", ides),
        (" 15031990 ", ides),
        ("1990-03-15", ides),
        (
            "03/1950",
            Birth::Month {
                year: 1950,
                month: 3,
            },
        ),
        (
            "3/1950",
            Birth::Month {
                year: 1950,
                month: 3,
            },
        ),
        ("1950", Birth::Year(1950)),
        ("", Birth::Unknown),
        ("29/02/2024", Birth::Day(day("2024-02-29"))),
        ("23/11/2026", Birth::Day(day("2026-11-23"))),
        ("2026", Birth::Year(2026)),
    ];
    for (typed, expected) in table {
        assert_eq!(birth(typed), Ok(expected), "{typed}");
    }
}

#[test]
fn a_birth_that_cannot_be_is_refused_with_its_reason() {
    use BirthProblem::{InFuture, NotADate, TooOld};
    let table = [
        ("31/02/1990", NotADate),
        ("29/02/2023", NotADate),
        ("13/1950", NotADate),
        ("15/03/90", NotADate),
        ("15/03", NotADate),
        ("150390", NotADate),
        ("+199", NotADate),
        ("năm 1950", NotADate),
        ("1/2/3/1990", NotADate),
        ("24/11/2026", InFuture),
        ("12/2026", InFuture),
        ("2027", InFuture),
        ("01/01/1875", TooOld),
    ];
    for (typed, expected) in table {
        assert_eq!(birth(typed), Err(expected), "{typed}");
    }
}

#[test]
fn a_birth_is_shown_with_no_more_than_is_known() {
    let table = [
        ("15/3/1990", "15/03/1990", "1990-03-15"),
        ("3/1950", "03/1950", "1950-03"),
        ("1950", "1950", "1950"),
        ("", "", ""),
    ];
    for (typed, shown, wire) in table {
        let known = birth(typed).unwrap();
        assert_eq!(
            (known.to_string().as_str(), known.to_wire().as_str()),
            (shown, wire)
        );
        assert_eq!(
            Birth::from_wire(wire),
            Some(known),
            "what was sent comes back"
        );
    }
    for bad in [
        "15/03/1990",
        "1990-3-15",
        "1990-02-30",
        "1990-13",
        "90",
        " 1990",
    ] {
        assert_eq!(Birth::from_wire(bad), None, "{bad}");
    }
}

#[test]
fn a_number_says_sex_and_year() {
    let table = [
        ("048090001234", Some(Sex::Male), Some(1990)),
        ("048 190 001 234", Some(Sex::Female), Some(1990)),
        ("066.305.001.234", Some(Sex::Female), Some(2005)),
        ("001226000001", Some(Sex::Male), Some(2026)),
        ("112090001234", Some(Sex::Male), Some(1990)),
        ("201234567", None, None),
    ];
    for (typed, sex, year) in table {
        let id = PersonalId::parse(typed).unwrap();
        assert_eq!((id.sex(), id.birth_year()), (sex, year), "{typed}");
    }
    assert_eq!(
        PersonalId::parse("048 190.001 234").unwrap().as_str(),
        "048190001234"
    );
}

#[test]
fn a_half_typed_number_is_told_from_a_wrong_one() {
    let table = [
        ("04809000123", IdProblem::Length { digits: 11 }),
        ("0480900012345", IdProblem::Length { digits: 13 }),
        ("", IdProblem::Length { digits: 0 }),
        ("04809000123A", IdProblem::NotDigits),
        ("०48090001234", IdProblem::NotDigits),
        ("003090001234", IdProblem::UnknownProvince),
        ("000090001234", IdProblem::UnknownProvince),
    ];
    for (typed, problem) in table {
        assert_eq!(PersonalId::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn a_number_that_disagrees_warns_and_nothing_unstated_is_compared() {
    let id = PersonalId::parse("048090001234").unwrap();
    assert_eq!(id.warnings(Some(Sex::Male), &Birth::Year(1990)), []);
    assert_eq!(id.warnings(None, &Birth::Unknown), []);
    assert_eq!(
        id.warnings(Some(Sex::Female), &Birth::Year(1991)),
        [IdWarning::SexDiffers, IdWarning::BirthYearDiffers]
    );
    let old = PersonalId::parse("201234567").unwrap();
    assert_eq!(
        old.warnings(Some(Sex::Female), &Birth::Year(1950)),
        [IdWarning::OldNineDigits]
    );
}

#[test]
fn telephones_come_in_one_form() {
    let table = [
        ("0912 345 678", Ok("0912345678")),
        ("+84 912.345.678", Ok("0912345678")),
        ("+84 (0)912 345 678", Ok("0912345678")),
        ("84912345678", Ok("0912345678")),
        ("0084912345678", Ok("0912345678")),
        ("(0262) 385-1234", Ok("02623851234")),
        ("0212345678", Ok("0212345678")),
        ("091234567", Err(PhoneProblem::Length)),
        ("09123456789", Err(PhoneProblem::Length)),
        ("0", Err(PhoneProblem::Length)),
        ("0412345678", Err(PhoneProblem::Prefix)),
        ("1234567890", Err(PhoneProblem::Prefix)),
        ("+1 202 555 0100", Err(PhoneProblem::Prefix)),
        ("không có", Err(PhoneProblem::NotDigits)),
        ("+", Err(PhoneProblem::NotDigits)),
    ];
    for (typed, expected) in table {
        assert_eq!(phone(typed), expected.map(str::to_owned), "{typed}");
    }
}

#[test]
fn an_e_mail_address_can_exist_or_is_refused() {
    for good in ["an@example.vn", "nguyen.van-an+ubnd@mail.eatul.gov.vn"] {
        assert!(email_ok(good), "{good}");
    }
    for bad in [
        "", "an", "an@", "@a.vn", "an@vn", "a n@a.vn", "an@a..vn", ".an@a.vn", "an@-a.vn",
        "an@@a.vn", "ân@a.vn",
    ] {
        assert!(!email_ok(bad), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_birth_survives_the_wire_and_the_screen(offset in 0i64..50_000) {
        let date = day("1890-01-01").saturating_add(jiff::Span::new().days(offset));
        let births = [Birth::Day(date), Birth::Month { year: date.year(), month: date.month() }, Birth::Year(date.year())];
        for known in births {
            prop_assert_eq!(Birth::from_wire(&known.to_wire()), Some(known));
            prop_assert_eq!(Birth::parse(&known.to_string(), day("2030-01-01")), Ok(known));
        }
    }

    #[test]
    fn nothing_typed_can_break_the_readers(s in any::<String>()) {
        let _ = birth(&s);
        if let Ok(id) = PersonalId::parse(&s) {
            prop_assert!(matches!(id.as_str().len(), 9 | 12));
        }
        if let Ok(number) = phone(&s) {
            prop_assert_eq!(phone(&number), Ok(number.clone()), "a stored number is typed again unchanged");
        }
        prop_assert!(!email_ok(&s) || s.contains('@'));
    }
}
