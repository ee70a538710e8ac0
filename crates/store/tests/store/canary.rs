//! The canary beside the data folder: a store that was put back is known by it, whatever came with it.

use crate::office::{Matter, Office, receive};
use onedoor_store::{CanaryReport, Op, Standing, Store};
use std::fs;

/// A store that received so many filings, closed.
fn after(office: &Office, store: Store, filings: usize) {
    for _ in 0..filings {
        receive(&store, &Matter::of("H’Len Niê")).unwrap();
    }
    drop(store);
    assert!(office.paths.canary().exists());
}

fn opened(office: &Office) -> (Store, CanaryReport) {
    let store = office.open().unwrap();
    let report = store.canary();
    (store, report)
}

/// Only the database is put back; the folder around it stays.
fn put_back(office: &Office, database: &[u8]) {
    fs::write(office.paths.database(), database).unwrap();
    let _ = fs::remove_file(office.paths.folder.join("onedoor.db-wal"));
}

#[test]
fn a_database_that_was_put_back_is_behind_its_canary_and_each_time_again() {
    let office = Office::new();
    after(&office, office.enrolled(), 2);
    let backup = fs::read(office.paths.database()).unwrap();
    let (store, report) = opened(&office);
    assert_eq!(report.standing, Standing::Fits);
    assert_eq!(report.found.unwrap().number, Some(1001));
    after(&office, store, 3);

    for time in ["first", "second"] {
        put_back(&office, &backup);
        let (store, report) = opened(&office);
        assert_eq!(report.standing, Standing::Behind, "{time} time");
        let found = report.found.unwrap();
        assert_eq!(
            (found.day.as_str(), found.number),
            ("2026-11-23", Some(1004)),
            "it names the last number that was printed"
        );
        // Goes on; a canary written by it would hide the same thing the next time.
        after(&office, store, 1);
    }
}

#[test]
fn a_database_that_lost_only_its_last_line_is_behind() {
    let office = Office::new();
    after(&office, office.enrolled(), 2);
    let backup = fs::read(office.paths.database()).unwrap();
    after(&office, office.open().unwrap(), 1);
    put_back(&office, &backup);
    assert_eq!(opened(&office).1.standing, Standing::Behind);
}

#[test]
fn a_canary_that_is_gone_or_altered_is_told_apart_from_one_that_never_was() {
    let office = Office::new();
    after(&office, office.enrolled(), 3);
    let canary = office.paths.canary();
    let text = fs::read_to_string(&canary).unwrap();

    fs::write(&canary, text.replace("1002", "1001")).unwrap();
    let (store, report) = opened(&office);
    assert_eq!(report, missing(Standing::Damaged));
    drop(store);
    fs::remove_file(&canary).unwrap();
    let (store, report) = opened(&office);
    assert_eq!(report, missing(Standing::Missing));
    after(&office, store, 1);
    assert_eq!(
        opened(&office).1.standing,
        Standing::Fits,
        "the next line brings a new one"
    );

    let young = Office::new();
    drop(young.enrolled());
    fs::remove_file(young.paths.canary()).unwrap();
    assert_eq!(
        opened(&young).1.standing,
        Standing::Fits,
        "the power may go before the first one is on the disk"
    );
}

fn missing(standing: Standing) -> CanaryReport {
    CanaryReport {
        standing,
        found: None,
        unwritten: false,
    }
}

#[test]
fn the_canary_of_another_store_says_nothing_of_this_one() {
    let (office, other) = (Office::new(), Office::with_master(8));
    after(&other, other.enrolled(), 5);
    after(&office, office.enrolled(), 2);
    fs::copy(other.paths.canary(), office.paths.canary()).unwrap();
    assert_eq!(
        opened(&office).1.standing,
        Standing::Damaged,
        "not of its keys: lost, and not ahead"
    );
}

#[test]
fn a_canary_that_can_not_be_written_stops_nobody_and_is_told() {
    let office = Office::new();
    let store = office.enrolled();
    // A folder in its place can't be replaced by a file.
    receive(&store, &Matter::of("A")).unwrap();
    // The next write waits for the canary of the one before it.
    store.write(Op::local(|_| Ok(()))).unwrap();
    fs::remove_file(office.paths.canary()).unwrap();
    fs::create_dir_all(office.paths.canary().join("in the way")).unwrap();
    let number = receive(&store, &Matter::of("B")).unwrap().value;
    assert_eq!(number, Some(1001));
    store.write(Op::local(|_| Ok(()))).unwrap();
    assert!(store.canary().unwritten);

    fs::remove_dir_all(office.paths.canary()).unwrap();
    receive(&store, &Matter::of("C")).unwrap();
    store.write(Op::local(|_| Ok(()))).unwrap();
    assert!(!store.canary().unwritten);
}
