//! The code of a transfer: the published vectors, and what no bank would take.

use onedoor_domain::vietqr::{BankAccount, BankAccountError, bank_name, crc, purpose};
use proptest::prelude::*;

fn vietcombank() -> BankAccount {
    BankAccount::read("970436", "0123 456 789", " UBND XA EA TUL ").unwrap()
}

#[test]
fn the_check_sum_is_that_of_the_standard() {
    assert_eq!(crc(b"123456789"), 0x29B1);
}

#[test]
fn the_payload_is_the_published_one() {
    assert_eq!(
        vietcombank()
            .payload(8_000, "H48.53.12 261122 0007")
            .unwrap(),
        "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704\
         540480005802VN62250821H48.53.12 261122 00076304DF9C"
    );
    assert_eq!(bank_name("970436"), Some("Vietcombank"));
    assert_eq!(bank_name("123456"), None);
}

#[test]
fn a_purpose_keeps_letters_and_digits_of_the_code() {
    assert_eq!(purpose("H15.50.05.13-261123-0007"), "H15500513 261123 0007");
    assert_eq!(purpose("T-0ABCDEF-12"), "T 0ABCDEF 12");
}

#[test]
fn an_account_that_no_bank_has_is_refused_by_the_part_that_is_wrong() {
    let read = |bin, number, holder| BankAccount::read(bin, number, holder).unwrap_err();
    assert_eq!(read("97043", "0123456789", "A"), BankAccountError::Bin);
    assert_eq!(read("97043x", "0123456789", "A"), BankAccountError::Bin);
    assert_eq!(read("970436", "012", "A"), BankAccountError::Number);
    assert_eq!(read("970436", "0123-456", "A"), BankAccountError::Number);
    assert_eq!(read("970436", "0123456789", "  "), BankAccountError::Holder);
}

#[test]
fn nothing_and_words_that_banks_change_make_no_code() {
    let account = vietcombank();
    assert_eq!(account.payload(0, "H15"), None);
    assert_eq!(account.payload(8_000, ""), None);
    assert_eq!(account.payload(8_000, "lệ phí"), None);
    assert_eq!(account.payload(8_000, &"A".repeat(26)), None);
}

/// The tags of a payload, as a bank's app walks them.
fn tags(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length: usize = rest[2..4].parse().unwrap();
        found.push((rest[..2].to_string(), rest[4..4 + length].to_string()));
        rest = &rest[4 + length..];
    }
    found
}

proptest! {
    #[test]
    fn a_banks_app_reads_back_what_was_said(
        number in "[0-9A-Z]{4,19}",
        dong in 1..10_000_000_000_i64,
        said in "[A-Z0-9 ]{1,25}",
    ) {
        let account = BankAccount::read("970405", &number, "UBND XÃ").unwrap();
        let payload = account.payload(dong, &said).unwrap();
        let found = tags(&payload);
        let value = |tag: &str| found.iter().find(|(known, _)| known == tag).map(|(_, v)| v.clone());
        prop_assert_eq!(value("54"), Some(dong.to_string()));
        prop_assert_eq!(tags(&value("62").unwrap()), [("08".to_string(), said)]);
        let bank = tags(&tags(&value("38").unwrap())[1].1);
        prop_assert_eq!(&bank[1].1, &number);
        let (body, check) = payload.split_at(payload.len() - 4);
        prop_assert_eq!(format!("{:04X}", crc(body.as_bytes())), check);
    }
}
