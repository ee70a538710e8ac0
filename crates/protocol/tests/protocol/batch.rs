//! Batches: what was sealed is what is opened; everything else is refused and never upsets the reader.

use onedoor_protocol::{
    Hash32,
    batch::{self, BatchError, BlobRef, Header},
    chain, limits,
    sign::{SecretKey, Tag},
};
use proptest::prelude::*;
use uuid::Uuid;

fn key() -> SecretKey {
    SecretKey::from_seed(&[3; 32])
}

fn header(first: u64) -> Header {
    Header {
        v: 0,
        ws: Uuid::from_u128(1),
        office: "eatul".into(),
        first,
        n: 0,
        prev: Hash32::of(&[b"before"]),
        head: Hash32([0; 32]),
        sent: "117664966410240000".into(),
        app: "0.1.0".into(),
        schema: 1,
        blobs: vec![BlobRef {
            sha256: Hash32::of(&[b"%PDF"]),
            size: 4,
            mime: "application/pdf".into(),
        }],
    }
}

fn lines(count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .map(|n| format!("{{\"t\":\"looked\",\"n\":{n},\"name\":\"Nguyễn Thị Ứng\"}}").into_bytes())
        .collect()
}

fn sealed(count: usize) -> Vec<u8> {
    batch::seal(&key(), header(101), &lines(count)).unwrap()
}

/// Compresses lines as they are, so that a test can send what `seal` would not.
fn packed(plain: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(plain, 3).unwrap()
}

fn unpacked(bytes: &[u8]) -> String {
    String::from_utf8(zstd::bulk::decompress(bytes, limits::MAX_EXPANDED).unwrap()).unwrap()
}

#[test]
fn a_batch_comes_back_with_its_lines_byte_for_byte_and_its_signature_holds() {
    for count in [1, 2, limits::MAX_EVENTS] {
        let bytes = sealed(count);
        let opened = batch::open(&bytes).unwrap();
        assert_eq!(opened.lines, lines(count));
        assert_eq!(opened.header.first, 101);
        assert_eq!(opened.header.n as usize, count);
        let head = chain::head(header(1).prev, lines(count).iter().map(Vec::as_slice));
        assert_eq!(opened.header.head, head);
        assert!(opened.signed_by(&key().public()));
        assert!(!opened.signed_by(&SecretKey::from_seed(&[4; 32]).public()));
    }
}

#[test]
fn a_batch_cut_off_anywhere_is_refused() {
    let bytes = sealed(5);
    for length in 0..bytes.len() {
        let cut = batch::open(&bytes[..length]);
        assert!(cut.is_err(), "{length} of {} bytes", bytes.len());
    }
}

#[test]
fn a_flipped_bit_never_leaves_a_batch_that_is_signed() {
    let bytes = sealed(20);
    let whole = batch::open(&bytes).unwrap();
    let mut seed = 0x2026_1122_u64;
    for _ in 0..500 {
        // Xorshift: the same 500 places in every run.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let bit = (seed % (bytes.len() as u64 * 8)) as usize;
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        // A bit that zstd does not look at changes nothing; then all is still as it was signed.
        if let Ok(opened) = batch::open(&flipped) {
            let same = opened.lines == whole.lines && opened.header == whole.header;
            assert!(same || !opened.signed_by(&key().public()), "bit {bit}");
        }
    }
}

#[test]
fn every_flipped_byte_of_the_plain_lines_is_noticed() {
    let plain = unpacked(&sealed(2)).into_bytes();
    for at in 0..plain.len() {
        let mut flipped = plain.clone();
        flipped[at] ^= 1;
        let accepted =
            batch::open(&packed(&flipped)).is_ok_and(|opened| opened.signed_by(&key().public()));
        assert!(!accepted, "byte {at} of {}", plain.len());
    }
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let bomb = packed(&vec![b'a'; 300 * 1024 * 1024]);
    assert!(bomb.len() < limits::MAX_COMPRESSED, "it looks harmless");
    assert_eq!(batch::open(&bomb), Err(BatchError::TooLarge));
    let fat = vec![0; limits::MAX_COMPRESSED + 1];
    assert_eq!(batch::open(&fat), Err(BatchError::TooLarge));
}

#[test]
fn a_frame_that_asks_for_a_giant_window_is_refused_before_memory_is_given() {
    // A zstd frame: window as a power of two (eighths above 10), one empty last block.
    let frame = |log: u8| [0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3, 1, 0, 0];
    for log in [25, 27, 30] {
        assert_eq!(
            batch::open(&frame(log)),
            Err(BatchError::Compression),
            "2^{log}"
        );
    }
    assert_eq!(
        batch::open(&frame(24)),
        Err(BatchError::Form),
        "read, and found empty"
    );
}

#[test]
fn a_wrong_count_or_number_is_refused() {
    let plain = unpacked(&sealed(3));
    for (n, replacement) in ["\"n\":2", "\"n\":4", "\"n\":0"].into_iter().enumerate() {
        let wrong = packed(plain.replace("\"n\":3", replacement).as_bytes());
        // Inner lines have an `n` of their own, all below 3.
        assert_eq!(batch::open(&wrong), Err(BatchError::Count), "case {n}");
    }
    for first in ["0", "9007199254740993", "18446744073709551615"] {
        let wrong = plain.replace("\"first\":101", &format!("\"first\":{first}"));
        let opened = batch::open(&packed(wrong.as_bytes()));
        assert_eq!(opened, Err(BatchError::Count), "line {first} can't be");
    }
}

#[test]
fn lines_that_do_not_lead_to_the_head_are_refused() {
    let plain = unpacked(&sealed(3));
    let all: Vec<&str> = plain.lines().collect();
    let swapped = [all[0], all[2], all[1], all[3], all[4], ""].join("\n");
    assert_eq!(
        batch::open(&packed(swapped.as_bytes())),
        Err(BatchError::Chain)
    );
    let doubled = [all[0], all[1], all[1], all[3], all[4], ""].join("\n");
    assert_eq!(
        batch::open(&packed(doubled.as_bytes())),
        Err(BatchError::Chain)
    );
}

#[test]
fn another_envelope_version_is_named_as_that() {
    let plain = unpacked(&sealed(1)).replace("{\"v\":1,", "{\"v\":2,");
    assert_eq!(
        batch::open(&packed(plain.as_bytes())),
        Err(BatchError::Version)
    );
}

#[test]
fn a_header_with_fields_of_a_newer_program_is_read_and_still_signed() {
    let key = key();
    let plain = unpacked(&sealed(1));
    let mut all: Vec<String> = plain.lines().map(str::to_string).collect();
    all[0] = all[0].replace("\"schema\":1", "\"schema\":1,\"later\":[true]");
    let head = batch::open(&sealed(1)).unwrap().header.head;
    let sig = key.sign(Tag::Batch, &[&Hash32::of(&[all[0].as_bytes()]).0, &head.0]);
    let last = all.len() - 1;
    all[last] = format!("{{\"sig\":\"{}\"}}", sig.hex());
    let opened = batch::open(&packed((all.join("\n") + "\n").as_bytes())).unwrap();
    assert!(
        opened.signed_by(&key.public()),
        "the bytes are signed, not a re-serialisation of what this side understands"
    );
}

#[test]
fn a_batch_signed_for_another_use_is_not_signed() {
    let key = key();
    let plain = unpacked(&sealed(1));
    let mut all: Vec<String> = plain.lines().map(str::to_string).collect();
    let head = batch::open(&sealed(1)).unwrap().header.head;
    for tag in [
        Tag::Ack,
        Tag::Hello,
        Tag::Enrol,
        Tag::Office,
        Tag::Read,
        Tag::Capsule,
    ] {
        let sig = key.sign(tag, &[&Hash32::of(&[all[0].as_bytes()]).0, &head.0]);
        let last = all.len() - 1;
        all[last] = format!("{{\"sig\":\"{}\"}}", sig.hex());
        let opened = batch::open(&packed((all.join("\n") + "\n").as_bytes())).unwrap();
        assert!(!opened.signed_by(&key.public()), "{tag:?}");
    }
}

#[test]
fn what_no_centre_would_take_is_not_sealed() {
    let seal = |first, lines: &[Vec<u8>]| batch::seal(&key(), header(first), lines);
    assert_eq!(seal(1, &[]), Err(BatchError::Count));
    assert_eq!(
        seal(1, &lines(limits::MAX_EVENTS + 1)),
        Err(BatchError::Count)
    );
    assert_eq!(seal(0, &lines(1)), Err(BatchError::Count));
    assert_eq!(seal(1, &[b"two\nlines".to_vec()]), Err(BatchError::Form));
    let long = vec![b'a'; limits::MAX_LINE + 1];
    assert_eq!(seal(1, &[long]), Err(BatchError::TooLarge));
    let many = vec![vec![b'a'; limits::MAX_LINE]; 40];
    assert_eq!(
        seal(1, &many),
        Err(BatchError::TooLarge),
        "it would be refused for ever and stop the line"
    );
    let noise: Vec<Vec<u8>> = (0..40_u64).map(noise).collect();
    assert_eq!(seal(1, &noise), Err(BatchError::TooLarge), "compressed");
}

/// Letters that do not compress below half.
fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed * 2 + 1;
    (0..100_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            b'a' + (state >> 60) as u8
        })
        .collect()
}

proptest! {
    #[test]
    fn whatever_is_sealed_is_opened(
        texts in prop::collection::vec("[^\\n]{0,200}", 1..40),
        first in 1_u64..1 << 53,
        prev in any::<[u8; 32]>(),
    ) {
        let lines: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
        let header = Header { prev: Hash32(prev), ..header(first) };
        let bytes = batch::seal(&key(), header, &lines).unwrap();
        let opened = batch::open(&bytes).unwrap();
        prop_assert_eq!(&opened.lines, &lines);
        prop_assert!(opened.signed_by(&key().public()));
    }

    #[test]
    fn no_bytes_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(batch::open(&bytes).is_err());
        prop_assert!(batch::open(&packed(&bytes)).is_err());
    }
}
