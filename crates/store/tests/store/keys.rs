//! `keys.json`: who opens the store with what, and what a changed or damaged file does.

use crate::office::{CLERK, Office, STORE};
use onedoor_store::{Bound, KeyFile, MasterKey, RecoveryCode, Share, StoreError};
use proptest::prelude::*;
use std::fs;
use uuid::Uuid;

const PASSWORD: &str = "đường quê 7 nhịp";

/// A key file with one clerk; sealing a password costs time, so tests share it as text.
fn one_clerk() -> (KeyFile, MasterKey) {
    let master = MasterKey::from_bytes([7; 32]);
    let mut keys = KeyFile::new(STORE);
    keys.set_clerk((CLERK, "H'Hen Niê", "clerk"), PASSWORD, None, &master)
        .unwrap();
    (keys, master)
}

fn opens(opened: Result<MasterKey, StoreError>, master: &MasterKey) -> bool {
    let hex = |key: &MasterKey| key.derive().unwrap().hex("db");
    opened.is_ok_and(|opened| hex(&opened) == hex(master))
}

#[test]
fn fifty_wrong_passwords_change_nothing_and_the_right_one_still_opens() {
    let office = Office::new();
    drop(office.enrolled());
    let (keys, master) = one_clerk();
    keys.save(&office.paths.keys()).unwrap();
    let before = office.files();
    let loaded = KeyFile::load(&office.paths.keys()).unwrap().unwrap();
    for n in 0..50 {
        let wrong = loaded.open_clerk(CLERK, &format!("{PASSWORD}{n}"), None);
        assert!(matches!(wrong, Err(StoreError::WrongSecret)), "try {n}");
    }
    assert_eq!(office.files(), before, "no try locks anybody out");
    let opened = loaded.open_clerk(CLERK, PASSWORD, None).unwrap();
    office.open_as(&opened.derive().unwrap(), STORE).unwrap();
    assert!(opens(Ok(opened), &master));
}

#[test]
fn nobody_opens_with_a_name_that_has_no_slot() {
    let (keys, _) = one_clerk();
    let stranger = keys.open_clerk(Uuid::from_u128(5), PASSWORD, None);
    assert!(matches!(stranger, Err(StoreError::NotFound("clerk"))));
}

#[test]
fn a_new_password_replaces_the_old_one() {
    let (mut keys, master) = one_clerk();
    keys.set_clerk((CLERK, "H'Hen Niê", "clerk"), "another one", None, &master)
        .unwrap();
    assert_eq!(keys.slots.len(), 1, "one slot a clerk");
    let old = keys.open_clerk(CLERK, PASSWORD, None);
    assert!(matches!(old, Err(StoreError::WrongSecret)));
    assert!(opens(keys.open_clerk(CLERK, "another one", None), &master));
}

#[test]
fn the_recovery_paper_opens_however_its_code_is_typed_and_a_new_paper_ends_the_old() {
    let (mut keys, master) = one_clerk();
    let none = keys.open_paper(&RecoveryCode::generate().unwrap());
    assert!(matches!(none, Err(StoreError::NotFound(_))));

    let first = RecoveryCode::generate().unwrap();
    keys.set_paper(&first, &master).unwrap();
    let typed = first.groups().to_lowercase().replace('-', " ");
    let typed = typed.replace('0', "o").replace('1', "l");
    let typed = RecoveryCode::parse(&typed).unwrap();
    assert!(opens(keys.open_paper(&typed), &master));

    let second = RecoveryCode::generate().unwrap();
    keys.set_paper(&second, &master).unwrap();
    assert!(opens(keys.open_paper(&second), &master));
    assert!(
        matches!(keys.open_paper(&first), Err(StoreError::WrongSecret)),
        "a paper that was lost is worth nothing once there is a new one"
    );
    assert!(opens(keys.open_clerk(CLERK, PASSWORD, None), &master));
}

#[test]
fn a_slot_moved_to_another_clerk_or_store_does_not_open() {
    let (keys, _) = one_clerk();
    let mut moved = keys.clone();
    moved.slots[0].id = Uuid::from_u128(77);
    let other_clerk = moved.open_clerk(Uuid::from_u128(77), PASSWORD, None);
    assert!(matches!(other_clerk, Err(StoreError::WrongSecret)));
    let mut elsewhere = keys;
    elsewhere.store = Uuid::from_u128(78);
    let other_store = elsewhere.open_clerk(CLERK, PASSWORD, None);
    assert!(matches!(other_store, Err(StoreError::WrongSecret)));
}

const OTHER: Uuid = Uuid::from_u128(0xB0);

#[test]
fn a_bound_slot_needs_password_and_share_and_neither_is_enough() {
    let (mut keys, master) = one_clerk();
    assert_eq!(keys.bound(), Bound::None, "a password was enough so far");
    let share = Share::from_bytes([9; 32]);
    keys.set_clerk(
        (OTHER, "Y Ƀliêng", "clerk"),
        PASSWORD,
        Some(&share),
        &master,
    )
    .unwrap();
    assert_eq!(keys.bound(), Bound::Some, "one of the two");
    assert!(opens(
        keys.open_clerk(OTHER, PASSWORD, Some(&share)),
        &master
    ));
    let alone = keys.open_clerk(OTHER, PASSWORD, None);
    assert!(
        matches!(alone, Err(StoreError::ShareMissing)),
        "a copied folder knows the password and still does not open"
    );
    let elsewhere = keys.open_clerk(OTHER, PASSWORD, Some(&Share::from_bytes([8; 32])));
    assert!(
        matches!(elsewhere, Err(StoreError::ShareMissing)),
        "another PC's share is told from a wrong password"
    );
    let guessed = keys.open_clerk(OTHER, "không phải", Some(&share));
    assert!(
        matches!(guessed, Err(StoreError::WrongSecret)),
        "who has the session still needs the password"
    );
    assert!(
        opens(keys.open_clerk(CLERK, PASSWORD, Some(&share)), &master),
        "a slot from before the keyring opens as it did"
    );
    keys.set_clerk(
        (CLERK, "H'Hen Niê", "clerk"),
        PASSWORD,
        Some(&share),
        &master,
    )
    .unwrap();
    assert_eq!(keys.bound(), Bound::All);
}

#[test]
fn the_marker_of_a_share_cannot_be_struck_out_or_forged() {
    let (mut keys, master) = one_clerk();
    let share = Share::from_bytes([9; 32]);
    keys.set_clerk(
        (CLERK, "H'Hen Niê", "clerk"),
        PASSWORD,
        Some(&share),
        &master,
    )
    .unwrap();
    let office = Office::new();
    let path = office.paths.keys();
    keys.save(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        !text.contains(&share.hex()),
        "the share itself is not in the file"
    );
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    file["slots"][0]
        .as_object_mut()
        .unwrap()
        .remove("share")
        .unwrap();
    fs::write(&path, file.to_string()).unwrap();
    let struck = KeyFile::load(&path).unwrap().unwrap();
    let opened = struck.open_clerk(CLERK, PASSWORD, None);
    assert!(
        matches!(opened, Err(StoreError::WrongSecret)),
        "the share is part of the key, not a note beside it"
    );
}

#[test]
fn a_file_from_before_shares_is_still_read() {
    let (keys, master) = one_clerk();
    let office = Office::new();
    let path = office.paths.keys();
    keys.save(&path).unwrap();
    let mut file: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    file["slots"][0]["keyring"] = false.into();
    fs::write(&path, file.to_string()).unwrap();
    let before = KeyFile::load(&path).unwrap().unwrap();
    assert!(opens(before.open_clerk(CLERK, PASSWORD, None), &master));
}

#[test]
fn the_keyring_keeps_a_share_as_text_and_only_that_text_is_a_share() {
    let share = Share::generate().unwrap();
    assert!(Share::from_hex(&share.hex()).is_some_and(|again| again == share));
    for wrong in [
        "",
        "00",
        &share.hex()[1..],
        &format!("{}00", share.hex()),
        "ẩ",
    ] {
        assert!(Share::from_hex(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn a_damaged_key_file_is_called_damaged_and_kept_and_a_missing_one_is_none() {
    let office = Office::new();
    let path = office.paths.keys();
    assert!(KeyFile::load(&path).unwrap().is_none());
    let (keys, _) = one_clerk();
    keys.save(&path).unwrap();
    let whole = fs::read(&path).unwrap();
    for length in [0, 1, whole.len() / 2, whole.len() - 2] {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(
            matches!(KeyFile::load(&path), Err(StoreError::Damaged(_))),
            "{length} of {} bytes",
            whole.len()
        );
        assert_eq!(fs::read(&path).unwrap(), &whole[..length]);
    }
}

#[test]
fn the_key_file_of_a_newer_program_is_refused_by_its_version() {
    let office = Office::new();
    let path = office.paths.keys();
    one_clerk().0.save(&path).unwrap();
    let newer = fs::read_to_string(&path)
        .unwrap()
        .replace("\"v\": 1", "\"v\": 2");
    fs::write(&path, &newer).unwrap();
    let loaded = KeyFile::load(&path);
    assert!(
        matches!(loaded, Err(StoreError::NewerSchema { found: 2, known: 1 })),
        "saving it again would lose what the newer program keeps there"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn a_price_that_no_program_of_ours_sets_is_damage_and_eats_no_memory() {
    let office = Office::new();
    let path = office.paths.keys();
    one_clerk().0.save(&path).unwrap();
    let whole = fs::read_to_string(&path).unwrap();
    for (ours, theirs) in [
        ("\"memory\": 65536", "\"memory\": 4294967295"),
        ("\"passes\": 3", "\"passes\": 4294967295"),
        ("\"memory\": 65536", "\"memory\": 0"),
    ] {
        let changed = whole.replace(ours, theirs);
        assert_ne!(changed, whole, "the test must change something");
        fs::write(&path, changed).unwrap();
        let opened = KeyFile::load(&path)
            .unwrap()
            .unwrap()
            .open_clerk(CLERK, PASSWORD, None);
        assert!(matches!(opened, Err(StoreError::Damaged(_))), "{theirs}");
    }
}

#[test]
fn the_key_file_says_nothing_of_password_or_key() {
    let (keys, _) = one_clerk();
    let office = Office::new();
    keys.save(&office.paths.keys()).unwrap();
    let text = fs::read_to_string(office.paths.keys()).unwrap();
    assert!(!text.contains(PASSWORD));
    assert!(!text.contains(&"07".repeat(32)));
    assert!(text.contains("H'Hen Niê"), "the sign-in page shows names");
}

proptest! {
    #[test]
    fn a_recovery_code_is_read_back_from_its_printed_groups(_ in 0..16) {
        let code = RecoveryCode::generate().unwrap();
        let printed = code.groups();
        prop_assert_eq!(printed.len(), 8 * 4 + 7);
        prop_assert!(RecoveryCode::parse(&printed).unwrap() == code);
        prop_assert!(RecoveryCode::parse(&printed[1..]).is_none(), "a letter is missing");
    }

    #[test]
    fn no_typed_text_upsets_the_recovery_field(text in "\\PC{0,60}") {
        if let Some(code) = RecoveryCode::parse(&text) {
            prop_assert!(RecoveryCode::parse(&code.groups()).is_some_and(|again| again == code));
        }
    }
}
