//! Persons once: what the register knows beside what was read, addresses of today, and doubles made one.
//! Names and numbers are invented.

use crate::{
    reading::{ANNA, CARD, codes, read},
    world::{World, filing, journal, mrs_nie},
};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

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
async fn a_telephone_that_was_left_empty_once_is_still_known_next_time() {
    let world = World::at_work().await;
    let commands = &world.commands;
    world.receive(mrs_nie()).await;
    let known = commands
        .person_find("H’Len".into())
        .await
        .unwrap()
        .remove(0);
    let hasty = DraftValues {
        applicant: PersonValues {
            phone: String::new(),
            address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
            ..known.clone()
        },
        ..mrs_nie()
    };
    let second = world.receive(hasty).await.filing;
    let view = commands.filing_get(second.id).await.unwrap();
    assert_eq!(
        view.applicant.phone, "",
        "the filing keeps what was typed for it"
    );
    let found = commands.person_find("H’Len".into()).await.unwrap();
    assert_eq!(found.len(), 1, "one person");
    assert_eq!(
        found[0].phone, known.phone,
        "and the next filing is filled with the number that nobody took back"
    );
    assert!(found[0].address.starts_with("Buôn Sah A"), "she moved");
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

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_that_is_typed_finds_its_person_and_a_strangers_is_kept_as_theirs() {
    let world = World::at_work().await;
    world.receive(filing("Trần Thị Bình", "048190001234")).await;
    let known = read(&world, "0905 123 456").await;
    assert_eq!(known.kind, PersonReadKind::Telephone);
    assert_eq!(known.person.unwrap().name, "Trần Thị Bình");
    let stranger = read(&world, "0905 999 888").await;
    assert!(stranger.known.is_empty(), "nobody has this number yet");
    let person = stranger.person.unwrap();
    assert_eq!(
        (person.name.as_str(), person.phone.as_str()),
        ("", "0905999888"),
        "the name is still to be typed"
    );
}
