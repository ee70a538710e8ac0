//! What a card, a passport or a code says when it is read. What the register knows beside it: `people`.
//! Names and numbers are invented.

use crate::world::{World, filing, mrs_nie};
use onedoor_desk::dto::*;

pub const CARD: &str = "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021";
pub const ANNA: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

pub async fn read(world: &World, text: &str) -> PersonRead {
    world.commands.person_read(text.into()).await.unwrap()
}

pub fn codes(read: &PersonRead) -> Vec<(&str, &str)> {
    let notes = read.notes.iter();
    notes
        .map(|note| (note.field.as_str(), note.code.as_str()))
        .collect()
}

/// The two lines of a passport with their check digits.
pub fn zone(issuer: &str, names: &str, number: &str, expires: &str, personal: &str) -> String {
    use onedoor_domain::identity::mrz::check_digit;
    let number = format!("{number:<<9}");
    let personal = format!("{personal:<<14}");
    let birth = "900315";
    let dated = format!("{birth}{}", check_digit(birth));
    let valid = format!("{expires}{}", check_digit(expires));
    let owned = format!("{personal}{}", check_digit(&personal));
    let numbered = format!("{number}{}", check_digit(&number));
    let all = check_digit(&format!("{numbered}{dated}{valid}{owned}"));
    format!(
        "{:<<44}\n{numbered}{issuer}{dated}F{valid}{owned}{all}",
        format!("P<{issuer}{names}")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_an_identity_card_fills_the_person_every_letter_kept() {
    let world = World::at_work().await;
    for end in ["", "\r\n", "\r"] {
        let read = read(&world, &format!("{CARD}{end}")).await;
        assert_eq!(read.kind, PersonReadKind::CardQr);
        let person = read.person.clone().expect("a person");
        assert_eq!(person.name, "Nguyễn Văn An");
        assert_eq!(person.birth, "15/03/1990", "as it is typed");
        assert_eq!(person.sex, Some(SexChoice::Male));
        assert_eq!(person.id_number, "048090001234");
        assert_eq!(
            person.address, "Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng",
            "the card's own words until the clerk takes today's"
        );
        assert_eq!(codes(&read), [], "nothing to say");
        assert!(read.known.is_empty());
        let address = read.address.expect("what it is today");
        assert_eq!(address.outcome, AddressOutcome::One);
        assert_eq!(address.text, "Tổ 5, phường Cẩm Lệ, thành phố Đà Nẵng");
        assert_eq!(address.commune, "20260");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn newer_cards_with_more_fields_and_names_of_all_peoples_are_read() {
    let world = World::at_work().await;
    for name in ["H’Hen Niê", "Y Ƀŏk Kbuôr", "Nguyê\u{303}n", "Y Blok Ksor"] {
        let text = format!("066190012345||{name}|00001950|Nữ|Buôn Yao, Ea Tul|01072024|Con ai|1");
        let read = read(&world, &text).await;
        let person = read.person.expect("a person");
        let composed = onedoor_domain::text::nfc(name);
        assert_eq!(person.name, composed, "only its normal form is chosen");
        assert_eq!(person.birth, "1950", "a year is all that the card knows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_card_says_unreadably_is_said_with_its_text() {
    let world = World::at_work().await;
    let text = "048090001234|20123|Nguyễn Văn An|31021990|?|Ea Tul|25042021";
    let read = read(&world, text).await;
    assert_eq!(read.kind, PersonReadKind::CardQr);
    let mut said = codes(&read);
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ("birth", "unread_birth"),
            ("id_number", "unread_old_number"),
            ("sex", "unread_sex")
        ]
    );
    let birth = read
        .notes
        .iter()
        .find(|note| note.field == "birth")
        .unwrap();
    assert_eq!(birth.params["text"], "31021990", "nothing is lost");
    assert_eq!(read.person.unwrap().birth, "", "and nothing guessed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_input_method_damaged_is_said_and_never_used() {
    let world = World::at_work().await;
    let mut known = filing("Nguyễn Văn An", "048090001234");
    known.applicant.sex = Some(SexChoice::Male);
    world.receive(known).await;
    let damaged = [
        (
            "048090001234|201234567|NguyeenX Vawn An|15031990|Nam|Ea Tul|25042021",
            "damaged_telex",
        ),
        (
            "048090001234|201234567|Nguye6n4 Va8n An|15031990|Nam|Ea Tul|25042021",
            "damaged_vni",
        ),
        (
            "048090001234|201234567|Nguyá»…n VÄƒn An|15031990|Nam|Ea Tul|25042021",
            "damaged_encoding",
        ),
        (
            "048090001234|201234567|Nguy?n V?n An|15031990|Nam|Ea Tul|25042021",
            "damaged_letter_lost",
        ),
        ("048090001234|201234567|Nguyễn Vă", "scan_incomplete"),
    ];
    for (text, code) in damaged {
        let read = read(&world, text).await;
        assert_eq!(read.kind, PersonReadKind::Damaged, "{text}");
        assert!(read.person.is_none(), "no letter of it is used: {text}");
        assert_eq!(read.notes[0].code, code, "{text}");
        assert_eq!(
            read.known[0].name, "Nguyễn Văn An",
            "its digits still find who is known"
        );
    }
    let read = read(&world, "HĐ5123").await;
    assert_eq!(
        codes(&read),
        [("", "damaged_telex")],
        "letters in a code of capitals"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_lost_its_letters_is_said_beside_the_address() {
    let world = World::at_work().await;
    let text =
        "048090001234||Nguyễn Văn An|15031990|Nam|Tổ 5, H?a Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021";
    let read = read(&world, text).await;
    assert_eq!(
        read.kind,
        PersonReadKind::CardQr,
        "number and name are right"
    );
    assert!(codes(&read).contains(&("address", "damaged_letter_lost")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_health_card_gives_name_and_birth_but_no_personal_number() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let hex = |text: &str| {
        text.bytes()
            .map(|byte| format!("{byte:02X}"))
            .collect::<String>()
    };
    let text = format!(
        "DN4660112345678|{}|15/03/1990|2|{}|66",
        hex("H’Len Niê"),
        hex("Ea Tul")
    );
    let read = read(&world, &text).await;
    assert_eq!(read.kind, PersonReadKind::HealthCard);
    let person = read.person.expect("a person");
    assert_eq!(
        (person.name.as_str(), person.birth.as_str()),
        ("H’Len Niê", "15/03/1990")
    );
    assert_eq!(
        read.known[0].id_number, "066190912345",
        "the register knows name and birth"
    );
    assert_eq!(read.notes[0].code, "health_number");
    assert_eq!(read.notes[0].params["number"], "DN4660112345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lines_of_a_passport_fill_the_foreigner() {
    let world = World::at_work().await;
    for text in [
        ANNA.to_string(),
        ANNA.replace('\n', "\r"),
        ANNA.replace('\n', ""),
        ANNA.to_lowercase(),
    ] {
        let read = read(&world, &text).await;
        assert_eq!(read.kind, PersonReadKind::Passport, "{text}");
        let person = read.person.clone().expect("a person");
        assert_eq!(person.name, "ERIKSSON ANNA MARIA", "as the zone writes it");
        assert_eq!(person.birth, "12/08/1974");
        assert_eq!(person.identity.passport, "L898902C3");
        assert_eq!(person.identity.nationality, "UTO");
        assert_eq!(
            person.id_number, "",
            "only Vietnam writes a personal number there"
        );
        assert_eq!(
            codes(&read),
            [
                ("name", "mrz_name_plain"),
                ("identity.passport", "passport_expired")
            ],
            "a name without its marks, and a passport of long ago"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_passport_warns_and_a_german_or_vietnamese_one_is_filled_as_papers_write_it() {
    let world = World::at_work().await;
    let german = read(
        &world,
        &zone("D<<", "MUELLER<<HANS", "C01X00T47", "200101", ""),
    )
    .await;
    let expired = german
        .notes
        .iter()
        .find(|note| note.code == "passport_expired");
    assert_eq!(expired.expect("a warning").params["day"], "01/01/2020");
    assert_eq!(german.person.unwrap().identity.nationality, "DEU");
    let text = zone(
        "VNM",
        "NGUYEN<<THI<UNG",
        "C1234567",
        "330101",
        "066190912345",
    );
    let own = read(&world, &text).await.person.unwrap();
    assert_eq!(own.id_number, "066190912345");
    assert_eq!(own.name, "NGUYEN THI UNG");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misread_passport_is_refused_with_the_part_and_a_suggestion() {
    let world = World::at_work().await;
    let misread = read(&world, &ANNA.replace("L898902C36", "L8989O2C36")).await;
    assert_eq!(misread.kind, PersonReadKind::Damaged);
    assert!(misread.person.is_none());
    let note = &misread.notes[0];
    assert_eq!(
        (note.field.as_str(), note.code.as_str()),
        ("identity.passport", "mrz_check_digit")
    );
    assert!(
        note.params["suggestion"].starts_with("L898902C36"),
        "offered, not taken"
    );
    let first_line = ANNA.lines().next().unwrap();
    for (text, code) in [
        (first_line.to_string(), "mrz_incomplete"),
        (ANNA.replace("MARIA", "MẢIA<"), "damaged_telex"),
    ] {
        let read = read(&world, &text).await;
        assert_eq!(
            (read.kind, codes(&read)),
            (PersonReadKind::Damaged, vec![("", code)])
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tax_code_fills_the_organisation_that_the_register_knows() {
    let world = World::at_work().await;
    let first = read(&world, "0100109106-001").await;
    assert_eq!(first.kind, PersonReadKind::TaxCode);
    let mut values = filing("Công ty TNHH Cà phê Ea Tul", "");
    values.applicant = PersonValues {
        name: "Công ty TNHH Cà phê Ea Tul".into(),
        address: "Buôn Yao, xã Ea Tul".into(),
        ..first.person.expect("an organisation")
    };
    assert!(values.applicant.identity.organisation);
    world.receive(values).await;
    let again = read(&world, "0100109106001").await;
    let person = again.person.expect("an organisation");
    assert_eq!(person.name, "Công ty TNHH Cà phê Ea Tul", "typed once");
    assert!(!person.person.is_empty(), "as the entry of the register");
    let wrong = read(&world, "0100109107").await;
    assert_eq!(codes(&wrong), [("identity.tax_code", "tax_check_digit")]);
    assert_eq!(wrong.notes[0].params["expected"], "6");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_personal_number_is_the_person_whom_the_register_knows() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let known = read(&world, "066190912345").await;
    assert_eq!(
        known.kind,
        PersonReadKind::TaxCode,
        "since 2025 it is the tax code"
    );
    assert_eq!(known.person.expect("her").name, "H’Len Niê");
    let unknown = read(&world, "066090912346").await.person.expect("a number");
    assert_eq!(
        (unknown.id_number.as_str(), unknown.name.as_str()),
        ("066090912346", "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_none_of_these_stays_where_it_was_typed() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let long = "x|".repeat(9_000);
    for text in [
        "",
        "  \r\n",
        "Nguyễn Thị Ứng",
        "a < b",
        "a|b",
        "<<",
        "12345",
        "khai sinh",
    ] {
        let read = read(&world, text).await;
        assert_eq!(
            (read.kind, read.notes.len()),
            (PersonReadKind::NotKnown, 0),
            "{text:?}"
        );
    }
    let read = read(&world, &long).await;
    assert_eq!(
        codes(&read),
        [("", "damaged_too_long")],
        "more than a scanner sends"
    );
}
