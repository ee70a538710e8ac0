//! The digits in the QR of a receipt.

use jiff::civil::DateTime;
use onedoor_protocol::{capsule::Capsule, sign::SecretKey};
use proptest::prelude::*;

fn key() -> SecretKey {
    SecretKey::from_seed(&[5; 32])
}

fn receipt() -> Capsule {
    Capsule {
        code: "H15.50.05.13-261123-1000".into(),
        procedure: "2.000635".into(),
        received: "2026-11-23T07:41".parse().unwrap(),
        due: "2026-11-25T17:00".parse().unwrap(),
        fee: Some(16_000),
        papers: 3,
        seq: 2,
        hash: [1, 2, 3, 4, 5, 6, 7, 8],
    }
}

#[test]
fn a_typical_receipt_fits_a_small_qr_and_reads_back() {
    let digits = receipt().digits(&key()).unwrap();
    assert!(digits.len() <= 400, "{} digits", digits.len());
    assert!(
        digits.bytes().all(|byte| byte.is_ascii_digit()),
        "an input method rewrites letters of keyboard scanners"
    );
    let others = SecretKey::from_seed(&[6; 32]).public();
    let read = Capsule::read(&digits, &[others, key().public()]);
    assert_eq!(
        read,
        Some(receipt()),
        "any workstation of the office reads it"
    );
}

#[test]
fn any_changed_missing_or_added_digit_is_refused() {
    let digits = receipt().digits(&key()).unwrap();
    let keys = [key().public()];
    for at in 0..digits.len() {
        for digit in b'0'..=b'9' {
            let mut changed = digits.clone().into_bytes();
            if changed[at] == digit {
                continue;
            }
            changed[at] = digit;
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(
                Capsule::read(&changed, &keys),
                None,
                "place {at}, digit {digit}"
            );
        }
        let shorter = format!("{}{}", &digits[..at], &digits[at + 1..]);
        assert_eq!(Capsule::read(&shorter, &keys), None, "without place {at}");
    }
    for added in [
        format!("{digits}0"),
        format!("0{digits}"),
        format!(" {digits}"),
    ] {
        assert_eq!(Capsule::read(&added, &keys), None, "{added}");
    }
}

#[test]
fn a_key_that_did_not_sign_verifies_nothing() {
    let digits = receipt().digits(&key()).unwrap();
    assert_eq!(Capsule::read(&digits, &[]), None);
    let other = SecretKey::from_seed(&[6; 32]).public();
    assert_eq!(Capsule::read(&digits, &[other]), None);
}

#[test]
fn what_does_not_fit_the_layout_is_not_printed_as_something_else() {
    let wrong = [
        Capsule {
            code: "Ứ".into(),
            ..receipt()
        },
        Capsule {
            code: "1".repeat(61),
            ..receipt()
        },
        Capsule {
            procedure: "1".repeat(31),
            ..receipt()
        },
        Capsule {
            received: "2019-12-31T23:59".parse().unwrap(),
            ..receipt()
        },
        Capsule {
            seq: 1 << 48,
            ..receipt()
        },
        Capsule {
            fee: Some(u32::MAX),
            ..receipt()
        },
    ];
    for capsule in wrong {
        assert_eq!(capsule.digits(&key()), None, "{capsule:?}");
    }
}

#[test]
fn no_text_upsets_the_reader() {
    let keys = [key().public()];
    for text in [
        "",
        "0",
        "1",
        "256",
        "２５６",
        "-1",
        "1e9",
        &"9".repeat(1000),
        &"9".repeat(100_000),
    ] {
        assert_eq!(Capsule::read(text, &keys), None);
    }
}

prop_compose! {
    fn any_minute()(minutes in 0_i64..100 * 366 * 24 * 60) -> DateTime {
        let start = DateTime::constant(2020, 1, 1, 0, 0, 0, 0);
        start.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap()
    }
}

proptest! {
    #[test]
    fn every_capsule_reads_back_as_it_was(
        code in "[ -~]{0,60}",
        procedure in "[ -~]{0,30}",
        received in any_minute(),
        due in any_minute(),
        fee in prop::option::of(0..u32::MAX),
        papers in any::<u8>(),
        seq in 0_u64..1 << 48,
        hash in any::<[u8; 8]>(),
    ) {
        let capsule = Capsule { code, procedure, received, due, fee, papers, seq, hash };
        let digits = capsule.digits(&key()).unwrap();
        prop_assert_eq!(Capsule::read(&digits, &[key().public()]), Some(capsule));
    }

    #[test]
    fn no_digits_upset_the_reader(digits in "[0-9]{0,500}") {
        prop_assert_eq!(Capsule::read(&digits, &[key().public()]), None);
    }
}
