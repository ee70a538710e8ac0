//! Other processes: this test program starts itself again with one ignored test, which plays the other program.

use crate::office::{Matter, Office, STORE, journal_length, receive};
use onedoor_store::{MasterKey, Store, StoreError, StorePaths, lock};
use std::{path::PathBuf, process::Command, sync::Arc};

const FOLDER: &str = "ONEDOOR_STORE_TEST_FOLDER";

/// A command that runs the ignored test `role` over the office's folder.
pub fn play(role: &str, office: &Office) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([role, "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, &office.paths.folder);
    command
}

/// The folder that the parent names; none when somebody runs all ignored tests by hand.
pub fn folder() -> Option<StorePaths> {
    let folder = std::env::var_os(FOLDER)?;
    Some(StorePaths::new(&PathBuf::from(folder)))
}

/// Opens the parent's store with the keys every office of these tests has.
pub fn open(paths: &StorePaths) -> Result<Store, StoreError> {
    let keys = MasterKey::from_bytes([7; 32]).derive()?;
    Store::open(paths, Arc::new(lock(paths)?), &keys, STORE)
}

#[test]
#[ignore = "plays the second program of a_second_program_finds_the_store_in_use"]
fn second_program() {
    let Some(paths) = folder() else { return };
    assert!(
        matches!(open(&paths), Err(StoreError::InUse)),
        "two programs would give one number twice"
    );
    println!("found in use");
}

#[test]
fn a_second_program_finds_the_store_in_use() {
    let office = Office::new();
    let store = office.enrolled();
    let output = play("child::second_program", &office).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("found in use"),
        "the child must have looked: {said}"
    );
    receive(&store, &Matter::of("A")).unwrap();
}

#[test]
#[ignore = "plays the program that dies in what_was_received_before_a_kill_is_there_after_it"]
fn dying_program() {
    let Some(paths) = folder() else { return };
    let store = open(&paths).unwrap();
    for _ in 0..3 {
        receive(&store, &Matter::of("Nguyễn Thị Ứng")).unwrap();
    }
    std::process::abort();
}

#[test]
fn what_was_received_before_a_kill_is_there_after_it() {
    let office = Office::new();
    drop(office.enrolled());
    let marker = office.paths.folder.join("closed");
    assert!(marker.exists());
    for round in 1..=2_u64 {
        let status = play("child::dying_program", &office)
            .output()
            .unwrap()
            .status;
        assert!(!status.success(), "the child must have died");
        assert!(!marker.exists(), "so that the next start checks every page");
        let store = office.open().unwrap();
        assert_eq!(journal_length(&store), 1 + 4 * round - 1);
        let next = receive(&store, &Matter::of("B")).unwrap().value;
        assert_eq!(next, Some(1000 + 4 * round as u32 - 1), "the numbers go on");
        drop(store);
        assert!(marker.exists());
    }
}
