//! Persons once: what a card, a passport or a code says, what the register knows beside it, and doubles made one.
//! Names and numbers are invented.

use crate::world::{World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

const CARD: &str = "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021";
const ANNA: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

async fn read(world: &World, text: &str) -> PersonRead {
    world.commands.person_read(text.into()).await.unwrap()
}

fn codes(read: &PersonRead) -> Vec<(&str, &str)> {
    let notes = read.notes.iter();
    notes
        .map(|note| (note.field.as_str(), note.code.as_str()))
        .collect()
}

/// The two lines of a passport with their check digits.
fn zone(issuer: &str, names: &str, number: &str, expires: &str, personal: &str) -> String {
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
        "0905 123 456",
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

#[tokio::test(flavor = "multi_thread")]
async fn what_the_register_knows_otherwise_is_said_beside_the_field() {
    let world = World::at_work().await;
    let mut values = filing("Nguyễn Văn Ân", "048090001234");
    values.applicant.birth = "16/03/1990".into();
    world.receive(values).await;
    let read = read(&world, CARD).await;
    assert_eq!(read.known.len(), 1);
    let person = read.person.clone().unwrap();
    assert_eq!(person.name, "Nguyễn Văn An", "the card is what was read");
    assert_eq!(
        person.phone, "0905123456",
        "the register adds what no card has"
    );
    assert_eq!(person.person, read.known[0].person);
    assert_eq!(
        codes(&read),
        [
            ("name", "known_name_differs"),
            ("birth", "known_birth_differs"),
            ("sex", "known_sex_differs"),
            ("address", "known_address_differs")
        ]
    );
    assert_eq!(read.notes[0].params["known"], "Nguyễn Văn Ân");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_somebody_elses_fills_nothing_of_theirs() {
    let world = World::at_work().await;
    world.receive(filing("Trần Thị Bình", "048090001234")).await;
    let read = read(&world, CARD).await;
    let person = read.person.clone().unwrap();
    assert_eq!((person.person.as_str(), person.phone.as_str()), ("", ""));
    assert!(codes(&read).contains(&("name", "known_name_differs")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_turned_into_todays_is_not_asked_about_again() {
    let world = World::at_work().await;
    let first = read(&world, CARD).await;
    let (mut person, address) = (first.person.unwrap(), first.address.unwrap());
    person.identity.former_address = std::mem::replace(&mut person.address, address.text);
    person.identity.commune = address.commune;
    world
        .receive(DraftValues {
            applicant: person,
            ..mrs_nie()
        })
        .await;
    let again = read(&world, CARD).await;
    let person = again.person.clone().unwrap();
    assert_eq!(person.address, "Tổ 5, phường Cẩm Lệ, thành phố Đà Nẵng");
    assert_eq!(
        person.identity.former_address,
        "Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng"
    );
    assert_eq!(again.address.unwrap().outcome, AddressOutcome::Current);
    assert_eq!(again.notes, [], "and differs from nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_address_becomes_the_new_commune_by_one_answer_and_a_split_one_asks() {
    let world = World::at_work().await;
    let modern = |text: &str| world.commands.address_modern(text.into());
    let old = "Thôn 2, Ea BHốk, Cư Kuin, Đắk Lắk";
    let split = modern(old).await.unwrap();
    assert_eq!(split.outcome, AddressOutcome::Split, "its area went to two");
    assert_eq!(
        (split.text.as_str(), split.commune.as_str()),
        (old, ""),
        "nothing is chosen silently"
    );
    let codes: Vec<_> = split.candidates.iter().map(|hit| &hit.commune).collect();
    assert_eq!(codes, ["24561", "24544"], "the likeliest first");
    let likeliest = &split.candidates[0].text;
    assert!(
        likeliest.starts_with("Thôn 2, xã ") && likeliest.ends_with(", tỉnh Đắk Lắk"),
        "choosing one gives the whole address: {likeliest}"
    );
    let current = modern("Tổ 5, Phường Cẩm Lệ, Thành phố Đà Nẵng")
        .await
        .unwrap();
    assert_eq!(
        (current.outcome, current.commune.as_str()),
        (AddressOutcome::Current, "20260")
    );
    let unknown = modern("12 Rue de la Paix, Paris").await.unwrap();
    assert_eq!(unknown.outcome, AddressOutcome::Unknown);
    assert_eq!(
        unknown.text, "12 Rue de la Paix, Paris",
        "free text is kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_is_found_by_half_its_name_and_by_the_name_of_before() {
    let world = World::at_work().await;
    let find = |text: &str| world.commands.address_find(text.into());
    let hits = find("cam le da").await.unwrap();
    assert_eq!(hits[0].text, "Phường Cẩm Lệ, thành phố Đà Nẵng");
    assert_eq!(
        (hits[0].commune.as_str(), hits[0].province.as_str()),
        ("20260", "thành phố Đà Nẵng")
    );
    assert_eq!(hits[0].was, None);
    let hits = find("hoa tho dong").await.unwrap();
    assert_eq!(hits[0].commune, "20260");
    assert!(
        hits[0]
            .was
            .as_deref()
            .is_some_and(|was| was.contains("Hòa Thọ Đông"))
    );
    assert!(find("").await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn doubles_become_one_and_turn_round_again_with_all_their_history() {
    let world = World::at_work().await;
    world.receive(filing("H’Len Niê", "")).await;
    let mut card = mrs_nie();
    card.applicant.identity.passport = "C7654321".into();
    world.receive(card).await;
    let found = world.commands.person_find("len nie".into()).await.unwrap();
    assert_eq!(found.len(), 2, "entered twice: once without a number");
    let (numbered, bare) = (&found[0].person, &found[1].person);
    let view = world.commands.person_get(numbered.clone()).await.unwrap();
    assert_eq!(view.doubles[0].person, *bare, "same name and birth");
    assert_eq!(view.filings.len(), 1);

    let one = world
        .commands
        .person_merge(numbered.clone(), bare.clone())
        .await
        .unwrap();
    assert_eq!(
        (one.filings.len(), one.merged.len(), one.doubles.len()),
        (2, 1, 0)
    );
    let found = world.commands.person_find("len nie".into()).await.unwrap();
    assert_eq!(found.len(), 1, "the list shows one");
    let again = world
        .commands
        .person_merge(numbered.clone(), bare.clone())
        .await
        .unwrap();
    assert_eq!(again, one, "once is enough");

    // A draft, or another counter, still holds the dropped entry.
    let mut late = mrs_nie();
    late.applicant.person = bare.clone();
    late.applicant.identity.passport = "C7654321".into();
    world.receive(late).await;
    let view = world.commands.person_get(bare.clone()).await.unwrap();
    assert_eq!(
        view.values.person, *numbered,
        "the dropped entry means the kept one"
    );
    assert_eq!(view.filings.len(), 3);
    assert_eq!(view.merged.len(), 1, "and stays dropped");

    let back = world
        .commands
        .person_merge(bare.clone(), numbered.clone())
        .await
        .unwrap();
    assert_eq!(
        (&back.values.person, back.filings.len()),
        (bare, 3),
        "turned round"
    );
    let found = world.commands.person_find("C7654321".into()).await.unwrap();
    assert_eq!(
        found[0].person, *bare,
        "what the other entry knows finds it too"
    );

    let (numbered, bare) = (numbered.clone(), bare.clone());
    let (_folder, store) = world.closed().await;
    let merges = journal(&store).into_iter().filter_map(|body| match body {
        Body::PersonsMerged(merged) => Some((merged.kept.to_string(), merged.dropped.to_string())),
        _ => None,
    });
    let merges: Vec<_> = merges.collect();
    assert_eq!(
        merges,
        [(numbered.clone(), bare.clone()), (bare, numbered)],
        "each on record, once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn three_entries_become_one_in_any_order() {
    let world = World::at_work().await;
    for number in ["", "066190912345", "066190912346"] {
        world.receive(filing("H’Len Niê", number)).await;
    }
    let found = world.commands.person_find("len nie".into()).await.unwrap();
    let [a, b, c] = [0, 1, 2].map(|place: usize| found[place].person.clone());
    let merge = |kept: &String, dropped: &String| {
        world.commands.person_merge(kept.clone(), dropped.clone())
    };
    merge(&a, &b).await.unwrap();
    // The clerk's list is older than the merge: b stands for a by now.
    let view = merge(&c, &b).await.unwrap();
    assert_eq!(view.values.person, c);
    assert_eq!(
        (view.filings.len(), view.merged.len()),
        (3, 2),
        "nobody is left behind"
    );
    assert_eq!(
        world
            .commands
            .person_find("len nie".into())
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_not_there_or_is_itself_is_not_merged() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let her = world.commands.person_find("len nie".into()).await.unwrap()[0]
        .person
        .clone();
    let nobody = uuid::Uuid::now_v7().to_string();
    for (kept, dropped, code) in [
        (her.clone(), nobody.clone(), ErrorCode::PersonUnknown),
        (nobody, her.clone(), ErrorCode::PersonUnknown),
        (her.clone(), "x".into(), ErrorCode::PersonUnknown),
        (her.clone(), her.clone(), ErrorCode::BadRequest),
    ] {
        let refused = world
            .commands
            .person_merge(kept, dropped)
            .await
            .unwrap_err();
        assert_eq!(refused.code, code);
    }
    assert_eq!(
        world
            .commands
            .person_find("len nie".into())
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreigner_is_one_entry_by_passport_and_keeps_the_name_as_the_page_writes_it() {
    let world = World::at_work().await;
    let mut page = read(&world, ANNA).await.person.unwrap();
    page.name = "Eriksson Änna Maria".into();
    page.address = "Buôn Yao, xã Ea Tul".into();
    world
        .receive(DraftValues {
            applicant: page,
            ..mrs_nie()
        })
        .await;
    let again = read(&world, ANNA).await;
    let person = again.person.clone().unwrap();
    assert_eq!(
        person.name, "Eriksson Änna Maria",
        "its marks were typed once"
    );
    assert_eq!(
        codes(&again),
        [
            ("identity.passport", "passport_expired"),
            ("name", "name_from_register")
        ],
        "and that is said"
    );
    world
        .receive(DraftValues {
            applicant: PersonValues {
                person: String::new(),
                ..person
            },
            ..mrs_nie()
        })
        .await;
    let found = world
        .commands
        .person_find("L898902C3".into())
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "the same number and name is the same entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_list_of_units_is_checked_before_anything_is_done_with_it() {
    let world = World::at_work().await;
    let list = r#"{"effective":"2027-01-01","meta":{"decree":"NQ 1"},
        "provinces":[{"code":"48","name":"Đà Nẵng","type":"thành phố"}],
        "communes":[{"code":"20260","name":"Cẩm Lệ","type":"phường","province":"48"},
                    {"code":"20261","name":"Cẩm Mới","type":"phường","province":"48"}]}"#;
    let report = world.commands.units_check(list.into()).await.unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(
        (report.version.as_str(), report.from.as_str()),
        ("NQ 1", "2027-01-01")
    );
    assert_eq!(
        (report.communes, report.changes),
        (2, 1),
        "one that is not known today"
    );
    let wrong = world
        .commands
        .units_check(list.replace("\"20261\"", "\"20260\""))
        .await
        .unwrap();
    assert!(
        wrong.problems[0].contains("20260"),
        "its place: {:?}",
        wrong.problems
    );
    assert_eq!(
        world
            .commands
            .units_check("no list".into())
            .await
            .unwrap()
            .problems
            .len(),
        1
    );
}

/// A serial reader: what it sends, and the name of its port as the settings know it.
#[cfg(target_os = "linux")]
struct Reader {
    wire: serialport::TTYPort,
    id: String,
    /// Somebody holds the port's end, so that the wire lives while the desk does not have it.
    _end: std::fs::File,
    heard: tokio::sync::broadcast::Receiver<onedoor_desk::Event>,
}

#[cfg(target_os = "linux")]
impl Reader {
    fn beside(world: &World) -> Self {
        use serialport::{SerialPort, TTYPort};
        let (wire, mut port) = TTYPort::pair().unwrap();
        port.set_exclusive(false).unwrap();
        let name = port.name().unwrap();
        let end = std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(&name);
        Reader {
            wire,
            id: name.trim_start_matches("/dev/").to_string(),
            _end: end.unwrap(),
            heard: world.desk.events(),
        }
    }

    /// Sends a text again and again, as a clerk scans again, until the desk says what it heard; what `before` was is
    /// an echo of that.
    async fn scan(&mut self, text: &str, before: &str) -> String {
        use std::io::Write;
        for _ in 0..60 {
            write!(self.wire, "{text}\r\n").unwrap();
            let next = async {
                loop {
                    match self.heard.recv().await.unwrap() {
                        onedoor_desk::Event::Scanned(text) if text != before => return text,
                        _ => {}
                    }
                }
            };
            let patience = std::time::Duration::from_millis(400);
            if let Ok(text) = tokio::time::timeout(patience, next).await {
                return text;
            }
        }
        panic!("nothing was heard of {text}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_serial_reader_is_heard_once_it_is_chosen_and_after_a_restart_but_never_without_a_clerk()
{
    use std::io::Write;
    let world = World::at_work().await;
    let mut reader = Reader::beside(&world);
    let settings = world.commands.app_state().await.unwrap().settings;
    let wrong = Settings {
        reader: "../etc/passwd".into(),
        ..settings.clone()
    };
    assert_eq!(
        world.commands.settings_save(wrong).await.unwrap_err().code,
        ErrorCode::BadRequest,
        "a port, never a path"
    );
    let chosen = Settings {
        reader: reader.id.clone(),
        ..settings
    };
    world.commands.settings_save(chosen).await.unwrap();
    let card = reader.scan(CARD, "").await;
    assert_eq!(card, CARD, "without its line end");
    let passport = reader.scan(&ANNA.replace('\n', "\r\n"), &card).await;
    assert_eq!(
        read(&world, &passport).await.kind,
        PersonReadKind::Passport,
        "two lines are one text: {passport}"
    );

    world.commands.session_lock().await.unwrap();
    write!(reader.wire, "066190912345\r\n").unwrap();
    let head = world.head().await;
    // Checking a password takes longer than reading a port.
    let wrong = world
        .commands
        .session_sign_in(head.clone(), "không phải".into());
    assert!(wrong.await.is_err());
    world.sign_in(&head).await;
    let next = reader.scan("0100109106", &passport).await;
    assert_eq!(next, "0100109106", "what came while locked is gone");

    let world = world.restarted().await;
    reader.heard = world.desk.events();
    world.sign_in(&head).await;
    assert_eq!(reader.scan(CARD, "0100109106").await, CARD, "still chosen");
}
