//! The register: who is found by what, what a merge means, who may be the same, and how fast among many.

use crate::office::{Matter, Office, lease, receive, today};
use onedoor_protocol::journal::{PersonRecord, PersonsMerged};
use onedoor_store::{
    Lines, Op, Store,
    tables::{filings::Which, persons::Number},
};
use uuid::Uuid;

/// Receives a filing of a person whose record is changed by `change`; gives the entry's id.
fn known(store: &Store, name: &str, change: impl FnOnce(&mut PersonRecord)) -> Uuid {
    let mut matter = Matter::of(name);
    matter.id_number = String::new();
    matter.phone = String::new();
    let mut line = matter.filing(&today().day, None);
    change(&mut line.applicant);
    let person = line.applicant.person;
    store
        .write(Op::act(today(), move |tx| {
            line.code = tx
                .next_dossier_number(&lease())?
                .map(|number| format!("H15.50.05.13-261123-{number:04}"));
            Ok((Lines::one(line), ()))
        }))
        .unwrap();
    person
}

fn merge(store: &Store, kept: Uuid, dropped: Uuid) {
    store
        .write(Op::act(today(), move |_| {
            Ok((Lines::one(PersonsMerged { kept, dropped }), ()))
        }))
        .unwrap();
}

fn ids(found: Vec<PersonRecord>) -> Vec<Uuid> {
    found.into_iter().map(|record| record.person).collect()
}

fn found(store: &Store, text: &str) -> Vec<Uuid> {
    ids(store.read(|reader| reader.persons(text, 8)).unwrap())
}

#[test]
fn a_foreigner_is_found_by_passport_and_an_organisation_by_tax_code_and_name() {
    let office = Office::new();
    let store = office.enrolled();
    let anna = known(&store, "Anna Eriksson", |person| {
        person.identity.passport = "L898902C3".into();
    });
    let mill = known(&store, "Công ty TNHH Cà phê Ea Tul", |person| {
        person.birth = String::new();
        person.identity.organisation = true;
        person.identity.tax_code = "0100109106-001".into();
    });
    for text in ["L898902C3", "l8989", "L898 902C3", "eriksson an"] {
        assert_eq!(found(&store, text), [anna], "{text:?}");
    }
    for text in [
        "0100109106-001",
        "0100109106001",
        "01001091",
        "ca phe ea tul",
    ] {
        assert_eq!(found(&store, text), [mill], "{text:?}");
    }
    assert!(found(&store, "8989").is_empty(), "a number has a beginning");
}

#[test]
fn the_entry_seen_last_comes_first() {
    let office = Office::new();
    let store = office.enrolled();
    let mut first = Matter::of("H'Hen Niê");
    receive(&store, &first).unwrap();
    let second = Matter::of("H'Hen Niê");
    receive(&store, &second).unwrap();
    assert_eq!(found(&store, "hen nie"), [second.person, first.person]);
    first.filing = Uuid::now_v7();
    receive(&store, &first).unwrap();
    assert_eq!(
        found(&store, "hen nie"),
        [first.person, second.person],
        "who came again was seen last, and is there once"
    );
}

#[test]
fn a_merged_entry_is_found_as_the_kept_one_by_all_that_either_knows() {
    let office = Office::new();
    let store = office.enrolled();
    let old = known(&store, "H'Len Nie", |person| {
        person.id_number = "240123456".into()
    });
    let new = known(&store, "H'Len Niê Kđăm", |person| {
        person.id_number = "066190012345".into();
    });
    merge(&store, new, old);
    for text in ["240123456", "066190012345", "len nie"] {
        assert_eq!(found(&store, text), [new], "{text:?}");
    }
    let numbered = store.read(|reader| reader.persons_numbered(Number::Personal("240123456")));
    assert_eq!(ids(numbered.unwrap()), [new]);
    store
        .read(|reader| {
            assert_eq!(reader.person_today(old)?, new);
            assert_eq!(reader.person_today(new)?, new);
            assert_eq!(ids(reader.persons_merged(new)?), [old]);
            assert_eq!(
                reader.filings(&Which::Person(new), "", 9)?.len(),
                2,
                "all history"
            );
            Ok(())
        })
        .unwrap();
    merge(&store, old, new);
    assert_eq!(found(&store, "066190012345"), [old], "turned round");
}

#[test]
fn doubles_share_a_number_or_name_and_birth() {
    let office = Office::new();
    let store = office.enrolled();
    let own = known(&store, "Y Thim Mlô", |person| {
        person.id_number = "066090012345".into()
    });
    let number = known(&store, "Y Thim", |person| {
        person.id_number = "066090012345".into()
    });
    let name = known(&store, "Y THIM MLO", |_| ());
    known(&store, "Y Thim Mlô", |person| person.birth = "1950".into());
    known(&store, "Y Thim Mlô", |person| person.birth = String::new());
    let doubles = |person| ids(store.read(|reader| reader.doubles(person)).unwrap());
    assert_eq!(
        doubles(own),
        [name, number],
        "and neither another birth nor none"
    );
    merge(&store, own, name);
    assert_eq!(
        doubles(own),
        [number],
        "what is merged is no double any more"
    );
    assert_eq!(doubles(number), [own]);
}

/// A province's worth of people, half of whom have the same first word and most the same beginning of the number.
fn hundred_thousand(office: &Office) {
    let connection = office.tamper();
    connection.execute_batch("begin").unwrap();
    let family = ["Nguyễn", "Nguyễn", "Trần", "H'", "Y"];
    let middle = ["Thị", "Văn", "Hữu", "Len", "Ngọc", "Thanh", "Minh"];
    let given = [
        "An", "Bình", "Hoa", "Hùng", "Lan", "Mai", "Niê", "Phúc", "Sơn", "Ứng", "Yến",
    ];
    let mut person = connection
        .prepare(
            "insert into person (id, name, name_fold, birth, id_number, address, phone, email, seen, tax_code, passport)
             values (?1, ?2, ?3, ?4, ?5, 'Ea Tul', ?6, '', ?7, ?8, ?9)",
        )
        .unwrap();
    let mut words = connection
        .prepare("insert into person_words (rowid, fold) values (?1, ?2)")
        .unwrap();
    for n in 0..100_000_usize {
        let name = format!(
            "{} {} {}",
            family[n % 5],
            middle[n / 5 % 7],
            given[n / 35 % 11]
        );
        let fold = onedoor_domain::text::fold(&name);
        let company = n % 50 == 0;
        person
            .execute((
                Uuid::now_v7().into_bytes(),
                &name,
                &fold,
                format!("{}", 1940 + n % 70),
                format!("066{:09}", n * 37 % 1_000_000),
                format!("09{:08}", n * 91),
                i64::try_from(n).unwrap(),
                if company {
                    format!("{:010}", n * 53)
                } else {
                    String::new()
                },
                if n % 40 == 0 {
                    format!("C{n:07}")
                } else {
                    String::new()
                },
            ))
            .unwrap();
        words
            .execute((connection.last_insert_rowid(), &fold))
            .unwrap();
    }
    drop((person, words));
    connection.execute_batch("commit").unwrap();
}

#[test]
fn among_a_hundred_thousand_every_way_to_ask_finds_somebody_and_the_newest_first() {
    let office = Office::new();
    drop(office.enrolled());
    hundred_thousand(&office);
    let store = office.open().unwrap();
    let own = known(&store, "Nguyễn Hữu Ứng", |person| {
        person.id_number = "066190012345".into();
        person.birth = "1950".into();
    });
    let texts = [
        "n",
        "ng",
        "nguyen",
        "nguyen thi",
        "nguyen thi ung",
        "ung",
        "0661",
        "066190012345",
        "0900",
        "0000",
        "C000",
        "C0000040",
        "y",
        "h len",
    ];
    for text in texts {
        assert!(!found(&store, text).is_empty(), "nothing by {text}");
    }
    let newest = store
        .read(|reader| reader.persons("nguyen huu ung", 5))
        .unwrap();
    assert_eq!(newest[0].person, own, "who was seen last stands on top");
    let doubles = store.read(|reader| reader.doubles(own)).unwrap();
    assert!(!doubles.is_empty(), "another entry has this number");
    let numbered = store
        .read(|reader| reader.persons_numbered(Number::Personal("066190012345")))
        .unwrap();
    assert!(numbered.iter().any(|person| person.person == own));
}
