//! Search over filings and persons: what a clerk types in a hurry finds what was stored.

use crate::office::{Matter, Office, receive};
use onedoor_store::{Store, tables::filings::Which};
use proptest::{prelude::*, test_runner::TestRunner};

fn stocked() -> (Office, Store) {
    let office = Office::new();
    let store = office.enrolled();
    let people = [
        ("Nguyễn Thị Ứng", "066190012345", "0912345678"),
        ("H'Hen Niê", "066192000777", "0383111222"),
        ("Đặng Văn Đức", "", "02623855555"),
        ("Y Ƀŏk Kbuôr", "066085009999", ""),
    ];
    for (name, id_number, phone) in people {
        let mut matter = Matter::of(name);
        matter.id_number = id_number.into();
        matter.phone = phone.into();
        receive(&store, &matter).unwrap();
    }
    (office, store)
}

fn found(store: &Store, text: &str) -> Vec<String> {
    let rows = store.read(|reader| reader.filings(&Which::All, text, 50));
    rows.unwrap().into_iter().map(|row| row.applicant).collect()
}

fn persons(store: &Store, text: &str) -> Vec<String> {
    let rows = store.read(|reader| reader.persons(text, 50)).unwrap();
    rows.into_iter().map(|person| person.name).collect()
}

#[test]
fn a_name_is_found_without_marks_in_any_case_and_order_and_half_typed() {
    let (_office, store) = stocked();
    for text in [
        "Nguyễn Thị Ứng",
        "nguyen thi ung",
        "UNG NGUYEN",
        "ngu",
        "ứ thị",
        "Nguyê\u{303}n",
        "  nguyen   thi ",
    ] {
        assert_eq!(found(&store, text), ["Nguyễn Thị Ứng"], "{text:?}");
        assert_eq!(persons(&store, text), ["Nguyễn Thị Ứng"], "{text:?}");
    }
    assert_eq!(found(&store, "dang van duc"), ["Đặng Văn Đức"]);
    assert_eq!(found(&store, "bok"), ["Y Ƀŏk Kbuôr"]);
    assert!(
        found(&store, "nguyen hen").is_empty(),
        "all words must be there"
    );
}

#[test]
fn an_apostrophe_of_any_kind_finds_the_name() {
    let (_office, store) = stocked();
    for text in ["H'Hen", "h’hen nie", "hʼhen", "hen nie"] {
        assert_eq!(found(&store, text), ["H'Hen Niê"], "{text:?}");
        assert_eq!(persons(&store, text), ["H'Hen Niê"], "{text:?}");
    }
}

#[test]
fn a_code_is_found_with_its_separators_and_without() {
    let (_office, store) = stocked();
    for text in [
        "H15.50.05.13-261123-1001",
        "h15.50.05.13-261123-1001",
        "H15500513-261123-1001",
        "H155005132611231001",
        "261123-1001",
        "1001",
    ] {
        assert_eq!(found(&store, text), ["H'Hen Niê"], "{text:?}");
    }
}

#[test]
fn a_telephone_number_is_found_as_people_write_it() {
    let (_office, store) = stocked();
    for text in [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "09123",
    ] {
        assert_eq!(found(&store, text), ["Nguyễn Thị Ứng"], "{text:?}");
        assert_eq!(persons(&store, text), ["Nguyễn Thị Ứng"], "{text:?}");
    }
    assert_eq!(persons(&store, "+84 912 345 678"), ["Nguyễn Thị Ứng"]);
    assert_eq!(found(&store, "+84 912 345 678"), ["Nguyễn Thị Ứng"]);
}

#[test]
fn an_id_number_is_found_by_its_beginning() {
    let (_office, store) = stocked();
    assert_eq!(
        persons(&store, "0661"),
        ["H'Hen Niê", "Nguyễn Thị Ứng"],
        "last seen first"
    );
    assert_eq!(persons(&store, "06619001"), ["Nguyễn Thị Ứng"]);
    assert_eq!(persons(&store, "066 190 012 345"), ["Nguyễn Thị Ứng"]);
    assert_eq!(found(&store, "066085009999"), ["Y Ƀŏk Kbuôr"]);
    assert!(
        persons(&store, "9999").is_empty(),
        "only from its beginning"
    );
}

#[test]
fn a_corrected_person_is_found_by_the_new_name_only() {
    let (_office, store) = stocked();
    let mut matter = Matter::of("Lê Thị Hồng");
    receive(&store, &matter).unwrap();
    matter.filing = uuid::Uuid::now_v7();
    matter.name = "Lê Thị Hường".into();
    receive(&store, &matter).unwrap();
    assert_eq!(
        persons(&store, "le thi"),
        ["Lê Thị Hường"],
        "one person, newest record"
    );
    assert!(persons(&store, "hong").is_empty());
    assert_eq!(
        found(&store, "le thi"),
        ["Lê Thị Hường", "Lê Thị Hồng"],
        "each filing keeps the name it was received under"
    );
}

#[test]
fn nothing_typed_lists_all_and_signs_alone_find_nothing() {
    let (_office, store) = stocked();
    assert_eq!(found(&store, "").len(), 4);
    assert_eq!(found(&store, "   ").len(), 4);
    for signs in ["\"", "*", "-", "()", "'", "…"] {
        assert!(found(&store, signs).is_empty(), "{signs:?}");
        assert!(persons(&store, signs).is_empty(), "{signs:?}");
    }
}

#[test]
fn a_page_of_text_pasted_into_the_field_is_harmless() {
    let (_office, store) = stocked();
    assert!(found(&store, &"nguyen thi ung ".repeat(2000)).len() <= 1);
    assert!(found(&store, &"a".repeat(100_000)).is_empty());
    assert!(persons(&store, &"không có ai ".repeat(2000)).is_empty());
}

#[test]
fn the_same_matter_is_found_again_while_it_is_open() {
    let (_office, store) = stocked();
    let same = |id_number: &str, procedure: &str| {
        let which = Which::SameMatter {
            id_number: id_number.into(),
            procedure: procedure.into(),
        };
        store.read(|reader| reader.count(&which)).unwrap()
    };
    assert_eq!(same("066190012345", "2.000635"), 1);
    assert_eq!(same("066190012345", "1.000001"), 0);
    assert_eq!(
        same("", "2.000635"),
        0,
        "people without a number are not each other"
    );
}

#[test]
fn no_text_is_syntax() {
    let (_office, store) = stocked();
    let texts = prop_oneof![
        "\\PC{0,40}",
        "[\"'*:^(){}\\[\\]+\\-. \\\\,;!?%_@#/|&<>=~0-9a-dA-D]{0,40}",
        "(AND|OR|NOT|NEAR|fold:|numbers:|rowid| |\\(|\\)|\"|\\*|[0-9]{1,5}){0,12}",
    ];
    // Not `proptest!`: its body has no place for one store for all cases that is closed when the test ends.
    TestRunner::new(ProptestConfig::with_cases(300))
        .run(&texts, |text| {
            let read = store.read(|reader| {
                reader.filings(&Which::All, &text, 50)?;
                reader.persons(&text, 50)
            });
            prop_assert!(read.is_ok(), "{read:?}");
            Ok(())
        })
        .unwrap();
}
