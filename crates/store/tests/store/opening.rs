//! Opening: each refusal has its own name and leaves every file as it was.

use crate::office::{Matter, Office, STORE, journal_length, receive};
use onedoor_store::{Store, StoreError, lock};
use std::{fs, sync::Arc};
use uuid::Uuid;

/// A closed store with some filings.
fn closed(filings: usize) -> Office {
    let office = Office::new();
    let store = office.enrolled();
    for _ in 0..filings {
        receive(&store, &Matter::of("Nguyễn Thị Ứng")).unwrap();
    }
    drop(store);
    office
}

#[test]
fn a_second_start_finds_the_store_in_use_until_the_first_ends() {
    let office = Office::new();
    let store = office.enrolled();
    assert!(matches!(office.open(), Err(StoreError::InUse)));
    let clone = store.clone();
    drop(store);
    assert!(
        matches!(office.open(), Err(StoreError::InUse)),
        "a clone still works on it"
    );
    drop(clone);
    office.open().unwrap();
}

#[test]
fn making_a_store_where_one_lies_is_refused_and_changes_nothing() {
    let office = closed(1);
    let before = office.files();
    let lock = Arc::new(lock(&office.paths).unwrap());
    let again = Store::create(&office.paths, lock, &office.keys, STORE);
    assert!(matches!(again, Err(StoreError::Refused(_))));
    assert_eq!(office.files(), before);
}

#[test]
fn a_journal_left_without_its_database_is_not_mixed_into_a_new_store() {
    let office = closed(1);
    let wal = office.paths.database().with_extension("db-wal");
    fs::remove_file(office.paths.database()).unwrap();
    fs::write(&wal, b"pages of a lost database").unwrap();
    let lock = Arc::new(lock(&office.paths).unwrap());
    let made = Store::create(&office.paths, lock, &office.keys, STORE);
    assert!(
        matches!(made, Err(StoreError::Refused(_))),
        "SQLite would replay the leftover into the new file"
    );
    assert_eq!(fs::read(&wal).unwrap(), b"pages of a lost database");
}

#[test]
fn a_store_truncated_while_closed_is_called_damaged_and_kept() {
    let office = closed(5);
    let path = office.paths.database();
    let whole = fs::read(&path).unwrap();
    let lengths = [
        0,
        1,
        100,
        4095,
        4096,
        8192,
        whole.len() / 2 / 4096 * 4096,
        whole.len() - 4096,
        whole.len() - 1,
    ];
    for clean in [true, false] {
        for length in lengths {
            fs::write(&path, &whole[..length]).unwrap();
            let marker = office.paths.folder.join("closed");
            if !clean && marker.exists() {
                fs::remove_file(marker).unwrap();
            }
            let before = office.files();
            let opened = office.open();
            assert!(
                matches!(opened, Err(StoreError::Damaged(_))),
                "{length} of {} bytes: {:?}",
                whole.len(),
                opened.err()
            );
            assert_eq!(office.files(), before, "{length} bytes stay as they are");
        }
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(journal_length(&office.open().unwrap()), 6);
}

#[test]
fn a_byte_flipped_anywhere_behind_the_first_page_is_damage_after_an_unclean_end() {
    let office = closed(5);
    let path = office.paths.database();
    let whole = fs::read(&path).unwrap();
    fs::remove_file(office.paths.folder.join("closed")).unwrap();
    for page in 1..whole.len() / 4096 {
        let mut flipped = whole.clone();
        flipped[page * 4096 + 97 * page % 4096] ^= 1;
        fs::write(&path, &flipped).unwrap();
        let opened = office.open();
        assert!(
            matches!(opened, Err(StoreError::Damaged(_))),
            "page {page}: {:?}",
            opened.err()
        );
        assert_eq!(fs::read(&path).unwrap(), flipped);
    }
}

#[test]
fn a_page_that_went_bad_after_a_clean_end_is_damage_when_it_is_read() {
    let office = closed(200);
    let path = office.paths.database();
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4096;
    for page in pages / 2..pages {
        bytes[page * 4096 + 1000] ^= 1;
    }
    fs::write(&path, &bytes).unwrap();
    let outcome = office
        .open()
        .and_then(|store| store.read(|reader| reader.verify_chain(1)));
    assert!(
        matches!(outcome, Err(StoreError::Damaged(_))),
        "not a mystery of SQL: {:?}",
        outcome.err()
    );
}

#[test]
fn the_store_of_another_pc_is_foreign_and_left_alone() {
    let office = closed(1);
    let other = Office::with_master(8);
    drop(other.enrolled());
    fs::copy(other.paths.database(), office.paths.database()).unwrap();
    let before = office.files();
    assert!(matches!(office.open(), Err(StoreError::Foreign)));
    assert_eq!(office.files(), before);
}

#[test]
fn a_store_that_opens_with_our_keys_but_is_not_ours_is_foreign() {
    let office = closed(1);
    let before = office.files();
    let opened = office.open_as(&office.keys, Uuid::from_u128(99));
    assert!(
        matches!(opened, Err(StoreError::Foreign)),
        "a copied data folder with exchanged files must not go on"
    );
    assert_eq!(office.files(), before);
}

#[test]
fn any_other_file_in_the_databases_place_is_foreign() {
    let office = closed(0);
    for bytes in [vec![0; 8192], b"SQLite format 3\0".repeat(512)] {
        fs::write(office.paths.database(), &bytes).unwrap();
        assert!(matches!(office.open(), Err(StoreError::Foreign)));
        assert_eq!(fs::read(office.paths.database()).unwrap(), bytes);
    }
}

#[test]
fn a_missing_database_is_missed_and_not_made_anew() {
    let office = closed(1);
    fs::remove_file(office.paths.database()).unwrap();
    assert!(matches!(office.open(), Err(StoreError::Missing)));
    assert!(
        !office.paths.database().exists(),
        "an empty new store would hide the loss"
    );
}

#[test]
fn the_store_of_a_newer_program_is_refused_and_left_alone() {
    let office = closed(1);
    office
        .tamper()
        .execute(
            "insert into refinery_schema_history values (99, 'from_the_future', '2030-01-01', '0')",
            [],
        )
        .unwrap();
    let before = office.files();
    match office.open().err() {
        Some(StoreError::NewerSchema { found, known }) => {
            assert_eq!((found, known), (99, onedoor_store::open::SCHEMA))
        }
        other => panic!("an old program must not write a newer store: {other:?}"),
    }
    assert_eq!(office.files(), before);
}

#[test]
fn a_refusal_leaves_the_unwritten_pages_of_a_killed_program_in_their_file() {
    let office = Office::new();
    let store = office.enrolled();
    receive(&store, &Matter::of("A")).unwrap();
    // What a power cut leaves: database and write-ahead log as they are on disk at this moment.
    let (database, wal) = (
        fs::read(office.paths.database()).unwrap(),
        fs::read(office.paths.database().with_extension("db-wal")).unwrap(),
    );
    drop(store);
    let cut = Office::new();
    fs::write(cut.paths.database(), database).unwrap();
    fs::write(cut.paths.database().with_extension("db-wal"), wal).unwrap();
    let before = cut.files();
    for refused in [
        cut.open_as(&cut.keys, Uuid::from_u128(99)),
        cut.open_as(&Office::with_master(8).keys, STORE),
    ] {
        assert!(matches!(refused, Err(StoreError::Foreign)));
        let after: Vec<_> = cut
            .files()
            .into_iter()
            .filter(|(name, _)| !name.ends_with("-shm"))
            .collect();
        assert_eq!(after, before, "a refusal does not even tidy up");
    }
    assert_eq!(journal_length(&cut.open().unwrap()), 2, "nothing was lost");
}

#[test]
fn the_mark_of_a_good_end_is_there_exactly_while_the_store_is_closed() {
    let office = Office::new();
    let marker = office.paths.folder.join("closed");
    let store = office.enrolled();
    assert!(!marker.exists(), "while it is open a kill must show");
    drop(store);
    assert!(marker.exists());
    let store = office.open().unwrap();
    assert!(!marker.exists());
    drop(store);
}
