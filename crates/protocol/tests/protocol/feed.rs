//! Pages of the feed: signed for one question, whole, in order.

use onedoor_protocol::{
    feed::{MAX_LINES, MAX_PAGE, PageError, PageMark, close, open},
    sign::{PublicKey, SecretKey},
};
use uuid::Uuid;

const WS: Uuid = Uuid::from_u128(1);

fn centre() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

fn keys() -> [PublicKey; 1] {
    [centre().public()]
}

fn page(seqs: &[u64], next: u64) -> Vec<u8> {
    let lines: String = seqs
        .iter()
        .map(|seq| format!("{{\"feed_seq\":{seq},\"kind\":\"new\",\"body\":{{\"a\" : 1}}}}\n"))
        .collect();
    let mark = PageMark {
        ws: WS,
        after: 4,
        next,
        more: false,
        server_time: "2026-11-23T00:41:00.000Z",
    };
    close(&centre(), &mark, lines.into_bytes()).unwrap()
}

#[test]
fn a_page_is_read_with_bodies_as_they_were_written() {
    let read = open(&page(&[5, 7], 9), &keys(), WS, 4).unwrap();
    let seqs: Vec<u64> = read.lines.iter().map(|line| line.feed_seq).collect();
    assert_eq!((seqs, read.end.next), (vec![5, 7], 9));
    assert_eq!(read.lines[0].body.get(), "{\"a\" : 1}");
    let empty = open(&page(&[], 12), &keys(), WS, 4).unwrap();
    assert!(
        empty.lines.is_empty() && empty.end.next == 12,
        "only the cursor moves"
    );
}

#[test]
fn a_page_answers_one_question_of_one_workstation() {
    let bytes = page(&[5], 5);
    for (ws, after, what) in [
        (WS, 3, "another cursor"),
        (Uuid::from_u128(2), 4, "another workstation"),
    ] {
        assert_eq!(
            open(&bytes, &keys(), ws, after).err(),
            Some(PageError::Signature),
            "{what}"
        );
    }
    let stranger = [SecretKey::from_seed(&[8; 32]).public()];
    assert_eq!(
        open(&bytes, &stranger, WS, 4).err(),
        Some(PageError::Signature)
    );
}

#[test]
fn a_page_cut_or_changed_anywhere_is_refused() {
    let bytes = page(&[5, 6], 6);
    for end in 0..bytes.len() {
        assert!(
            open(&bytes[..end], &keys(), WS, 4).is_err(),
            "cut at {end} of {}",
            bytes.len()
        );
    }
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        assert!(
            open(&flipped, &keys(), WS, 4).is_err(),
            "a bit flipped at {at}"
        );
    }
}

#[test]
fn lines_out_of_order_or_beyond_the_cursor_are_refused_though_signed() {
    for (seqs, next) in [
        (vec![6, 5], 6),
        (vec![5, 5], 5),
        (vec![4], 5),
        (vec![5, 9], 8),
        (vec![], 3),
    ] {
        assert_eq!(
            open(&page(&seqs, next), &keys(), WS, 4).err(),
            Some(PageError::Order),
            "{seqs:?} up to {next}"
        );
    }
}

#[test]
fn a_page_beyond_the_limits_is_refused() {
    let many: Vec<u64> = (5..=5 + u64::from(MAX_LINES)).collect();
    assert_eq!(
        open(&page(&many, 1000), &keys(), WS, 4).err(),
        Some(PageError::TooLarge)
    );
    let huge = vec![b'\n'; MAX_PAGE + 1];
    assert_eq!(open(&huge, &keys(), WS, 4).err(), Some(PageError::TooLarge));
}
