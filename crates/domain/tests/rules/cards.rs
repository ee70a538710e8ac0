//! Cards and tax codes: what is read from them, what is kept when it cannot be read, and what is refused.

use onedoor_domain::identity::damage::{self, Damage};
use onedoor_domain::identity::qr::{self, HealthCard, IdCard, Qr, QrProblem, Unread};
use onedoor_domain::identity::tax_code::{TaxCode, TaxProblem, TaxWarning};
use onedoor_domain::identity::{Age, Birth, IdProblem, Sex};
use onedoor_domain::text::TextProblem;

use crate::fixture::day;

const CARD: &str = "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021";

fn card(text: &str) -> IdCard {
    match qr::parse(text) {
        Ok(Qr::IdCard(card)) => card,
        other => panic!("{text}: {other:?}"),
    }
}

fn health(text: &str) -> HealthCard {
    match qr::parse(text) {
        Ok(Qr::HealthCard(card)) => card,
        other => panic!("{text}: {other:?}"),
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn an_identity_card_fills_in_the_person() {
    let card = card(CARD);
    assert_eq!(card.number.as_str(), "048090001234");
    assert_eq!(card.old_number.unwrap().as_str(), "201234567");
    assert_eq!(card.name, "Nguyễn Văn An");
    assert_eq!(card.birth, Birth::Day(day("1990-03-15")));
    assert_eq!(card.sex, Some(Sex::Male));
    assert_eq!(card.address, "Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng");
    assert_eq!(card.issued, Some(day("2021-04-25")));
    assert!(card.rest.is_empty() && card.unread.is_empty());
}

#[test]
fn a_newer_card_may_say_more_and_nothing_of_it_is_lost() {
    let card = card(&format!("{CARD}|Nguyễn Văn Cha|048060000001||x"));
    assert_eq!(card.rest, ["Nguyễn Văn Cha", "048060000001", "", "x"]);
}

#[test]
fn what_cannot_be_read_is_kept_as_text_and_named() {
    let text = "048090001234|12|H'Hen Niê|32131990|khác|Buôn\u{202e}|hôm qua";
    let card = card(text);
    assert_eq!(card.name, "H'Hen Niê", "every letter");
    assert_eq!(
        card.unread,
        [
            (Unread::OldNumber, "12".to_owned()),
            (Unread::Issued, "hôm qua".to_owned()),
            (Unread::Birth, "32131990".to_owned()),
            (Unread::Sex, "khác".to_owned()),
            (Unread::Address, "Buôn\u{202e}".to_owned()),
        ]
    );
    assert_eq!((card.birth, card.sex), (Birth::Unknown, None));
}

#[test]
fn a_birth_of_which_only_the_year_is_known_is_read() {
    let with = |birth: &str| card(&CARD.replace("15031990", birth)).birth;
    assert_eq!(with("00001950"), Birth::Year(1950));
    assert_eq!(with("1950"), Birth::Year(1950));
    assert_eq!(
        with("00031950"),
        Birth::Month {
            year: 1950,
            month: 3
        }
    );
    assert_eq!(card(&CARD.replace("15031990", "00991950")).unread.len(), 1);
}

#[test]
fn decomposed_letters_arrive_composed_and_are_the_same_name() {
    let decomposed = CARD.replace("Nguyễn", "Nguye\u{302}\u{303}n");
    assert_eq!(card(&decomposed).name, "Nguyễn Văn An");
}

#[test]
fn a_code_that_is_no_card_is_refused_with_its_reason() {
    let with_name = |name: &str| CARD.replace("Nguyễn Văn An", name);
    let few = |found| Err(QrProblem::TooFewFields { found });
    let length = |digits| Err(QrProblem::Number(IdProblem::Length { digits }));
    let table = [
        (String::new(), Err(QrProblem::Empty)),
        (" \r\n".to_owned(), Err(QrProblem::Empty)),
        ("https://example.vn".to_owned(), few(1)),
        ("048090001234|201234567|Nguyễn".to_owned(), few(3)),
        (CARD.replace("048090001234", "04809000123"), length(11)),
        (CARD.replace("048090001234", "201234567"), length(9)),
        (
            CARD.replace("048090001234", "003090001234"),
            Err(QrProblem::Number(IdProblem::UnknownProvince)),
        ),
        (with_name("  "), Err(QrProblem::NoName)),
        (
            with_name("An\u{202e}Bình"),
            Err(QrProblem::Name(TextProblem::ControlCharacters)),
        ),
        (
            with_name("NguyeenX Van An"),
            Err(QrProblem::Damaged(Damage::Telex)),
        ),
        (
            with_name("Nguye6n4 Van An"),
            Err(QrProblem::Damaged(Damage::Vni)),
        ),
        (
            with_name("Nguy?n Van An"),
            Err(QrProblem::Damaged(Damage::LostLetter)),
        ),
        (
            with_name("Nguyá»…n VÄƒn An"),
            Err(QrProblem::Damaged(Damage::Encoding)),
        ),
        ("x|".repeat(5_000), Err(QrProblem::TooLong)),
    ];
    for (text, expected) in table {
        assert_eq!(qr::parse(&text), expected, "{text:.60}");
    }
}

#[test]
fn a_health_insurance_card_spells_its_name_in_hexadecimal() {
    let text = format!(
        "DN4010112345678|{}|01/02/1990|2|{}|01 - 001|01/01/2026|31/12/2026|-|$",
        hex("Trần Thị Bích"),
        hex("Ea Tul, Đắk Lắk")
    );
    let card = health(&text);
    assert_eq!(card.number, "DN4010112345678");
    assert_eq!(card.name, "Trần Thị Bích");
    assert_eq!(card.birth, Birth::Day(day("1990-02-01")));
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(card.address, "Ea Tul, Đắk Lắk");
    assert_eq!(card.rest.len(), 5);
    let short = format!("0112345678|{}|1990|1|-|x", hex("Y Blok"));
    let card = health(&short);
    assert_eq!((card.birth, card.address.as_str()), (Birth::Year(1990), ""));
}

#[test]
fn names_as_people_bear_them_are_no_damage() {
    let names = [
        "Nguyễn Thị Ừng",
        "H'Hen Niê",
        "Y Blok Ksor",
        "Rơ Châm H'Phík",
        "Đinh Văn Đoan",
        "Ksor Y Bhiăp",
        "NGUYỄN XUÂN HOÀ",
        "Lò Văn Pếng",
        "A Lúi",
        "Alex Nguyễn",
        "Thạch Sa Rôn",
        "Y Ƀŏk",
        "Kim Soo Nà",
        "Ma Seo Sử",
    ];
    for name in names {
        assert_eq!(damage::of_name(name), None, "{name}");
    }
}

#[test]
fn traces_of_an_input_method_in_a_name_are_seen() {
    let table = [
        ("NguyeenX Thij Ungwf", Damage::Telex),
        ("Nguyeenx Van An", Damage::Telex),
        ("DDoanf Van An", Damage::Telex),
        ("Traanf Thij Bichs", Damage::Telex),
        ("NGUYEENX VAWN AN", Damage::Telex),
        ("Nguyễn Văn NamS", Damage::Telex),
        ("Tra62n Thi5 Bi1ch", Damage::Vni),
        ("Tr\u{FFFD}n", Damage::LostLetter),
        ("Tráº§n", Damage::Encoding),
    ];
    for (name, expected) in table {
        assert_eq!(damage::of_name(name), Some(expected), "{name}");
    }
}

#[test]
fn traces_of_an_input_method_in_a_code_are_seen() {
    for code in ["HĐ5.50.05", "0480Â90001234", "LƯ898902C3"] {
        assert_eq!(damage::of_code(code), Some(Damage::Telex), "{code}");
    }
    for code in [
        "H15.50.05.13-261123-0001",
        "048090001234",
        "Nguyễn Đình Âu",
        "xin chào 123",
    ] {
        assert_eq!(damage::of_code(code), None, "{code}");
    }
}

#[test]
fn tax_codes_are_read_as_papers_write_them() {
    let organisation = |s: &str| Ok(TaxCode::Organisation(s.to_owned()));
    let branch = || {
        Ok(TaxCode::Branch {
            organisation: "0100109106".to_owned(),
            branch: "001".to_owned(),
        })
    };
    let table = [
        ("0100109106", organisation("0100109106")),
        (" 0300 588 569 ", organisation("0300588569")),
        ("0100109106-001", branch()),
        ("0100109106001", branch()),
        ("0100109106 – 001", branch()),
        ("", Err(TaxProblem::Length { digits: 0 })),
        ("010010910", Err(TaxProblem::Length { digits: 9 })),
        ("01001091061", Err(TaxProblem::Length { digits: 11 })),
        ("01001091060011", Err(TaxProblem::Length { digits: 14 })),
        ("MST 0100109106", Err(TaxProblem::NotDigits)),
        (
            "003090001234",
            Err(TaxProblem::Person(IdProblem::UnknownProvince)),
        ),
    ];
    for (typed, expected) in table {
        assert_eq!(TaxCode::parse(typed), expected, "{typed:?}");
    }
    let person = TaxCode::parse("048090001234").unwrap();
    assert!(matches!(person, TaxCode::Person(_)));
    assert_eq!(
        person.warning(),
        None,
        "a personal number has no check digit"
    );
}

#[test]
fn a_mistyped_tax_code_warns_with_the_digit_that_would_agree() {
    let warning = |typed: &str| TaxCode::parse(typed).unwrap().warning();
    for right in ["0100109106", "0300588569", "0100109106-123"] {
        assert_eq!(warning(right), None, "{right}");
    }
    assert_eq!(
        warning("0100109107"),
        Some(TaxWarning::CheckDigit { expected: Some(6) })
    );
    assert_eq!(
        warning("0000000000"),
        Some(TaxWarning::CheckDigit { expected: None }),
        "no digit agrees with these nine"
    );
    assert_eq!(
        TaxCode::parse("0100109106 001").unwrap().to_string(),
        "0100109106-001"
    );
}

#[test]
fn an_age_is_told_as_exactly_as_the_birth_is_known() {
    let age = |birth: Birth, on: &str| {
        birth
            .age_on(day(on))
            .map(|Age { at_least, at_most }| (at_least, at_most))
    };
    let born = |s: &str| Birth::Day(day(s));
    let table = [
        (
            born("2012-11-23"),
            "2026-11-23",
            Some((14, 14)),
            "on the birthday",
        ),
        (
            born("2012-11-24"),
            "2026-11-23",
            Some((13, 13)),
            "the day before",
        ),
        (
            born("2008-02-29"),
            "2026-02-28",
            Some((17, 17)),
            "a leap day is not yet there",
        ),
        (
            born("2008-02-29"),
            "2026-03-01",
            Some((18, 18)),
            "and now it is",
        ),
        (born("2026-11-23"), "2026-11-23", Some((0, 0)), "born today"),
        (born("2026-11-24"), "2026-11-23", None, "not yet born"),
        (
            Birth::Year(1950),
            "2026-11-23",
            Some((75, 76)),
            "only the year is known",
        ),
        (Birth::Year(2026), "2026-11-23", Some((0, 0)), "this year"),
        (
            Birth::Month {
                year: 1950,
                month: 11,
            },
            "2026-11-23",
            Some((75, 76)),
            "the month of birth is not over",
        ),
        (
            Birth::Month {
                year: 1950,
                month: 10,
            },
            "2026-11-23",
            Some((76, 76)),
            "it is over",
        ),
        (Birth::Unknown, "2026-11-23", None, "nothing is known"),
    ];
    for (birth, on, expected, why) in table {
        assert_eq!(age(birth, on), expected, "{why}");
    }
}
