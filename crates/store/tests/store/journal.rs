//! The journal's chain, against somebody who has the keys and a database tool.

use crate::office::{Matter, Office, receive};
use onedoor_store::StoreError;

/// What the check of the whole chain says after `sql` was done to a closed store with 6 lines.
fn after(sql: &str) -> Result<(), StoreError> {
    let office = Office::new();
    let store = office.enrolled();
    for _ in 0..5 {
        receive(&store, &Matter::of("Nguyễn Thị Ứng")).unwrap();
    }
    drop(store);
    office.tamper().execute_batch(sql).unwrap();
    office.open()?.read(|reader| reader.verify_chain(1))
}

fn breaks_at(sql: &str, line: u64) {
    match after(sql) {
        Err(StoreError::BrokenChain(at)) => assert_eq!(at, line, "{sql}"),
        other => panic!("an edited history must not pass: {sql}: {other:?}"),
    }
}

#[test]
fn an_untouched_journal_passes() {
    after("select 1").unwrap();
}

#[test]
fn a_changed_byte_is_found_at_its_line() {
    breaks_at(
        "update journal set line = cast(replace(cast(line as text), '8000', '9000') as blob) where seq = 4",
        4,
    );
}

#[test]
fn a_changed_hash_is_found_at_its_line() {
    breaks_at("update journal set hash = zeroblob(32) where seq = 3", 3);
}

#[test]
fn a_removed_line_is_found_where_it_was() {
    breaks_at("delete from journal where seq = 3", 3);
    breaks_at("delete from journal where seq = 1", 1);
}

#[test]
fn a_dropped_end_is_found() {
    breaks_at("delete from journal where seq >= 5", 5);
}

#[test]
fn an_appended_line_that_the_head_does_not_know_is_found() {
    breaks_at(
        "insert into journal (seq, line, hash, t) select 7, line, hash, t from journal where seq = 6",
        7,
    );
}

#[test]
fn two_lines_in_each_others_place_are_found() {
    breaks_at(
        "update journal set seq = 99 where seq = 3;
         update journal set seq = 3 where seq = 4;
         update journal set seq = 4 where seq = 99",
        3,
    );
}

#[test]
fn another_workstations_identity_under_the_same_lines_is_found() {
    breaks_at("update workstation set seed = zeroblob(32)", 1);
}

#[test]
fn a_check_from_the_middle_sees_what_comes_after_it() {
    let office = Office::new();
    let store = office.enrolled();
    for _ in 0..4 {
        receive(&store, &Matter::of("A")).unwrap();
    }
    drop(store);
    office
        .tamper()
        .execute("update journal set line = x'7b7d' where seq = 3", [])
        .unwrap();
    let store = office.open().unwrap();
    let from = |first| store.read(|reader| reader.verify_chain(first));
    assert!(matches!(from(1), Err(StoreError::BrokenChain(3))));
    assert!(matches!(from(3), Err(StoreError::BrokenChain(3))));
    from(4).unwrap();
    from(6).unwrap();
    assert!(
        matches!(from(7), Err(StoreError::BrokenChain(_))),
        "there is no line 6 to begin from"
    );
}
