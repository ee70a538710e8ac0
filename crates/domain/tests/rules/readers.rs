//! Passports' zones and scanners that type: what is read, which sign is wrong, what is offered and never taken.

use onedoor_domain::identity::damage::Damage;
use onedoor_domain::identity::mrz::{self, MrzField, MrzProblem, Passport, check_digit};
use onedoor_domain::identity::wedge::{self, Outcome, Pass, Wedge};
use onedoor_domain::identity::{Birth, Sex};

use crate::fixture::day;

/// The specimen of ICAO Doc 9303.
const FIRST: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const SECOND: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn read(text: &str) -> Result<Passport, MrzProblem> {
    mrz::parse(text, day("2026-11-23"))
}

/// A zone with right check digits, of parts that a test chooses.
fn zone(names: &str, number: &str, birth: &str, sex: &str, expiry: &str, personal: &str) -> String {
    let pad = |s: &str, n: usize| format!("{s:<<n$}");
    let number = pad(number, 9);
    let personal = pad(personal, 14);
    let digit = |field: &str| check_digit(field).to_string();
    let (a, b) = (
        format!("{number}{}", digit(&number)),
        format!("{birth}{}", digit(birth)),
    );
    let c = format!("{expiry}{}{personal}{}", digit(expiry), digit(&personal));
    let all = digit(&format!("{a}{b}{c}"));
    format!(
        "{}\n{a}VNM{b}{sex}{c}{all}",
        pad(&format!("P<VNM{names}"), 44)
    )
}

fn vietnamese() -> String {
    zone(
        "NGUYEN<<VAN<AN",
        "C1234567",
        "900315",
        "M",
        "340425",
        "048090001234",
    )
}

#[test]
fn the_check_digits_are_those_of_the_standard() {
    assert_eq!(
        (
            check_digit("L898902C3"),
            check_digit("740812"),
            check_digit("120415")
        ),
        (6, 2, 9)
    );
    assert_eq!(check_digit("ZE184226B<<<<<"), 1);
}

#[test]
fn the_specimen_of_the_standard_is_read() {
    let found = read(&format!("{FIRST}\n{SECOND}")).unwrap();
    assert_eq!(found.name(), "ERIKSSON ANNA MARIA");
    assert_eq!((found.kind.as_str(), found.issuer.as_str()), ("P", "UTO"));
    assert_eq!(
        (found.number.as_str(), found.nationality.as_str()),
        ("L898902C3", "UTO")
    );
    assert_eq!(found.birth, Birth::Day(day("1974-08-12")));
    assert_eq!(
        (found.sex, found.expires),
        (Some(Sex::Female), day("2012-04-15"))
    );
    assert_eq!(found.personal, "ZE184226B");
    assert!(!found.name_may_be_cut);
}

#[test]
fn a_vietnamese_passport_is_read_in_any_way_it_arrives() {
    let lines = vietnamese();
    let run = lines.replace('\n', "");
    let spaced = lines.to_lowercase().replace('\n', "  \r\n  \r\n ");
    for text in [&lines, &run, &spaced] {
        let found = read(text).unwrap();
        assert_eq!(
            (found.surname.as_str(), found.given.as_str()),
            ("NGUYEN", "VAN AN")
        );
        assert_eq!(
            (found.number.as_str(), found.personal.as_str()),
            ("C1234567", "048090001234")
        );
        assert_eq!(found.expires, day("2034-04-25"));
    }
}

#[test]
fn a_single_name_an_unstated_sex_and_half_a_birth_are_read() {
    let found = read(&zone("HHEN", "B7654321", "50<<<<", "<", "301231", "")).unwrap();
    assert_eq!(
        (found.surname.as_str(), found.given.as_str(), found.name()),
        ("HHEN", "", "HHEN".to_owned())
    );
    assert_eq!((found.birth, found.sex), (Birth::Year(1950), None));
    let unknown = read(&zone("HHEN", "B7654321", "<<<<<<", "X", "301231", "")).unwrap();
    assert_eq!(unknown.birth, Birth::Unknown);
    let month = read(&zone("HHEN", "B7654321", "5003<<", "F", "301231", "")).unwrap();
    assert_eq!(
        month.birth,
        Birth::Month {
            year: 1950,
            month: 3
        }
    );
}

#[test]
fn two_digits_of_a_year_mean_what_they_can_mean_today() {
    let born = |yymmdd: &str| {
        read(&zone("AN", "C1", yymmdd, "M", "301231", ""))
            .unwrap()
            .birth
    };
    assert_eq!(born("261123"), Birth::Day(day("2026-11-23")), "born today");
    assert_eq!(
        born("261124"),
        Birth::Day(day("1926-11-24")),
        "nobody is born tomorrow"
    );
    assert_eq!(born("300101"), Birth::Day(day("1930-01-01")));
    let valid = |yymmdd: &str| {
        read(&zone("AN", "C1", "900101", "M", yymmdd, ""))
            .unwrap()
            .expires
    };
    assert_eq!(valid("360101"), day("2036-01-01"));
    assert_eq!(valid("991231"), day("1999-12-31"), "expired long ago");
}

#[test]
fn names_that_fill_the_line_may_have_been_cut() {
    let long = "NGUYEN<PHAM<TRAN<<HOANG<MINH<QUOC<BAOAN";
    assert_eq!(long.len(), 39);
    assert!(
        read(&zone(long, "C1", "900101", "M", "301231", ""))
            .unwrap()
            .name_may_be_cut
    );
}

#[test]
fn the_field_that_was_misread_is_named() {
    let broken = |place: usize, sign: &str| {
        let mut second = SECOND.to_owned();
        second.replace_range(place..=place, sign);
        match read(&format!("{FIRST}\n{second}")) {
            Err(MrzProblem::CheckDigit { field, .. }) => field,
            other => panic!("{place}: {other:?}"),
        }
    };
    for (place, field) in [
        (1, MrzField::Number),
        (9, MrzField::Number),
        (14, MrzField::Birth),
        (22, MrzField::Expiry),
        (30, MrzField::Personal),
        (43, MrzField::Composite),
    ] {
        assert_eq!(broken(place, "5"), field, "sign {place}");
    }
}

#[test]
fn an_o_for_a_zero_is_offered_and_never_taken() {
    let mistyped = SECOND.replace("L898902C3", "L8989O2C3");
    assert_eq!(
        read(&format!("{FIRST}\n{mistyped}")),
        Err(MrzProblem::CheckDigit {
            field: MrzField::Number,
            suggestion: Some(SECOND.to_owned())
        }),
        "a number is never changed behind the clerk's back"
    );
    let in_dates = SECOND.replace("1204159", "12O4159");
    let problem = read(&format!("{FIRST}\n{in_dates}")).unwrap_err();
    assert!(
        matches!(&problem, MrzProblem::CheckDigit { suggestion: Some(line), .. } if line == SECOND),
        "a date has digits only: {problem:?}"
    );
    let hopeless = SECOND.replace("L898902C3", "L898903C3");
    let problem = read(&format!("{FIRST}\n{hopeless}")).unwrap_err();
    assert!(
        matches!(
            problem,
            MrzProblem::CheckDigit {
                suggestion: None,
                ..
            }
        ),
        "nothing to offer"
    );
}

#[test]
fn what_is_no_zone_is_refused_with_its_place() {
    let with = |first: &str, second: &str| read(&format!("{first}\n{second}"));
    assert_eq!(read(""), Err(MrzProblem::Lines { found: 0 }));
    assert_eq!(read(FIRST), Err(MrzProblem::Lines { found: 1 }));
    assert_eq!(
        read(&format!("{FIRST}\n{SECOND}\n{SECOND}")),
        Err(MrzProblem::Lines { found: 3 })
    );
    assert_eq!(
        with(FIRST, &SECOND[1..]),
        Err(MrzProblem::Length { line: 2, found: 43 })
    );
    assert_eq!(
        with(&FIRST.replace("ANNA", "ÂNNA"), SECOND),
        Err(MrzProblem::Sign {
            line: 1,
            at: 16,
            found: 'Â'
        }),
        "Telex made AA an Â, and the place is named"
    );
    assert_eq!(
        with(&FIRST.replacen('P', "V", 1), SECOND),
        Err(MrzProblem::NotAPassport)
    );
    let nobody = zone("", "C1", "900101", "M", "301231", "");
    assert_eq!(read(&nobody), Err(MrzProblem::NoName));
    let no_day = zone("AN", "C1", "900231", "M", "301231", "");
    assert_eq!(
        read(&no_day),
        Err(MrzProblem::Date {
            field: MrzField::Birth
        })
    );
    let no_end = zone("AN", "C1", "900101", "M", "301331", "");
    assert_eq!(
        read(&no_end),
        Err(MrzProblem::Date {
            field: MrzField::Expiry
        })
    );
}

fn keys(text: &str, from: u64, gap: u64) -> Vec<(char, u64)> {
    text.chars().zip((0..).map(|n| from + n * gap)).collect()
}

const CARD: &str = "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Đà Nẵng|25042021";

#[test]
fn a_burst_is_a_scan_and_its_enter_does_nothing() {
    let mut wedge = Wedge::default();
    for (key, at) in keys(CARD, 1_000, 8) {
        let reaction = wedge.key(key, at);
        assert_eq!((reaction.ended, reaction.pass), (None, Pass::Through));
    }
    let end = wedge.key('\r', 1_000 + 8 * CARD.chars().count() as u64);
    assert_eq!(
        end.pass,
        Pass::Swallow,
        "otherwise the scan would send the page off"
    );
    assert_eq!(end.ended, Some(Outcome::Scan(CARD.to_owned())));
    let typed = wedge.key('\r', 9_000);
    assert_eq!(typed.pass, Pass::Through, "the next Enter is the clerk's");
    assert_eq!(typed.ended, None);
}

#[test]
fn a_person_types_at_any_pace_that_fingers_have() {
    for gap in [45, 60, 120, 400] {
        let mut typed = keys("nguyen van an", 0, gap);
        typed.push(('\r', 13 * gap));
        assert_eq!(wedge::read(&typed), Outcome::Typed, "{gap} ms between keys");
    }
    let mut wedge = Wedge::default();
    for (key, at) in keys("0123", 0, 5) {
        wedge.key(key, at);
    }
    assert_eq!(
        wedge.key('\r', 25).pass,
        Pass::Through,
        "four quick keys are no scan: Enter stays an Enter"
    );
}

#[test]
fn a_held_key_is_no_scan() {
    assert_eq!(wedge::read(&keys(&"0".repeat(60), 0, 25)), Outcome::Typed);
}

#[test]
fn a_scan_without_enter_ends_with_silence() {
    let mut wedge = Wedge::default();
    for (key, at) in keys("H15.50.05.13-261123-0001", 0, 10) {
        wedge.key(key, at);
    }
    assert_eq!(wedge.silence(250), None, "it may still go on");
    assert_eq!(
        wedge.silence(400),
        Some(Outcome::Scan("H15.50.05.13-261123-0001".to_owned()))
    );
    assert_eq!(wedge.silence(900), None, "told once");
}

#[test]
fn typing_before_a_scan_is_not_part_of_it() {
    let mut wedge = Wedge::default();
    wedge.key('a', 0);
    wedge.key('n', 180);
    let mut outcomes = Vec::new();
    for (key, at) in keys("048090001234\r", 1_000, 10) {
        outcomes.extend(wedge.key(key, at).ended);
    }
    assert_eq!(
        outcomes,
        [Outcome::Typed, Outcome::Scan("048090001234".to_owned())]
    );
}

#[test]
fn a_damaged_scan_is_said_and_not_used() {
    let table = [
        (
            CARD.replace("Nguyễn Văn An", "NguyeenX VawnX An"),
            Damage::Telex,
        ),
        (
            CARD.replace("Nguyễn Văn An", "Nguye6n4 Va8n An"),
            Damage::Vni,
        ),
        (CARD.replace("Nguyễn", "Nguy?n"), Damage::LostLetter),
        ("HĐ5.50.05.13-261123-0001".to_owned(), Damage::Telex),
        ("7".repeat(2_500) + &"8".repeat(2_500), Damage::TooLong),
    ];
    for (text, why) in table {
        let Outcome::Damaged { why: found, .. } = wedge::read(&keys(&text, 0, 5)) else {
            panic!("{text:.40} must be said to be damaged")
        };
        assert_eq!(found, why, "{text:.40}");
    }
}

#[test]
fn a_health_card_is_a_scan_and_its_hexadecimal_name_is_watched_too() {
    let card = "DN4010112345678|4e677579e1bb856e20416e|01/02/1990|2|456120|01 - 001|01/01/2026|$";
    assert_eq!(
        wedge::read(&keys(card, 0, 8)),
        Outcome::Scan(card.to_owned()),
        "its third field is a birth, not a name with digits in it"
    );
    let damaged = card.replace("6e20", "6ê20");
    let Outcome::Damaged { why, .. } = wedge::read(&keys(&damaged, 0, 8)) else {
        panic!("ee became ê on the way")
    };
    assert_eq!(why, Damage::Telex);
}

#[test]
fn a_clock_that_runs_backwards_breaks_nothing() {
    let mut wedge = Wedge::default();
    for (n, key) in (0u64..).zip("048090001234".chars()) {
        wedge.key(key, 1_000 - n);
    }
    assert!(matches!(wedge.silence(2_000), Some(Outcome::Scan(_))));
}
