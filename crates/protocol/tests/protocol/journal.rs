//! Journal lines: their bytes, types of newer programs, and the clock that orders them.

use onedoor_protocol::{
    Hash32, chain,
    journal::{
        Body, ClockConfirmed, LookUpSettled, Looked, Printed, SessionOpened, StaffAdded, Stamp,
        StatusChanged, decode, encode, next_hlc,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

fn stamp() -> Stamp {
    Stamp {
        seq: 7,
        hlc: 117_664_966_410_240_000,
        wall: "2026-11-23T07:41:00.000+07:00".into(),
        boot: Uuid::from_u128(0xb007),
        mono: u64::MAX,
        day: "2026-11-23".into(),
        clerk: None,
    }
}

fn bodies(text: &str) -> Vec<Body> {
    let (id, text) = (Uuid::from_u128(9), text.to_string());
    vec![
        StaffAdded {
            clerk: id,
            name: text.clone(),
            role: "clerk".into(),
        }
        .into(),
        SessionOpened { how: text.clone() }.into(),
        ClockConfirmed {
            at: text.clone(),
            proposed: None,
            doubt: Some(text.clone()),
        }
        .into(),
        StatusChanged {
            filing: id,
            status: "received".into(),
            reason: text.clone(),
            approved_by: None,
        }
        .into(),
        LookUpSettled {
            filing: id,
            document: "d2".into(),
            outcome: "found".into(),
            note: text.clone(),
        }
        .into(),
        Printed {
            filing: id,
            form: "01".into(),
            sha256: Hash32([1; 32]),
            how: text,
        }
        .into(),
        Looked { filing: id }.into(),
    ]
}

#[test]
fn a_line_names_the_filing_it_is_about() {
    let line = decode(
        &encode(
            &stamp(),
            &Looked {
                filing: Uuid::from_u128(9),
            }
            .into(),
        )
        .unwrap(),
    );
    assert_eq!(line.unwrap().dossier, Some(Uuid::from_u128(9)));
    let line = decode(&encode(&stamp(), &SessionOpened { how: "demo".into() }.into()).unwrap());
    assert_eq!(line.unwrap().dossier, None);
}

#[test]
fn numbers_above_2_to_the_53_are_text_so_that_every_reader_keeps_them() {
    let bytes = encode(&stamp(), &SessionOpened { how: "demo".into() }.into()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\"hlc\":\"117664966410240000\""), "{text}");
    assert!(text.contains("\"mono\":\"18446744073709551615\""), "{text}");
}

#[test]
fn a_type_or_version_of_a_newer_program_is_kept_as_unknown() {
    let bytes = encode(
        &stamp(),
        &Looked {
            filing: Uuid::from_u128(9),
        }
        .into(),
    )
    .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for (from, to, t, v) in [
        ("\"t\":\"looked\"", "\"t\":\"fee_paid\"", "fee_paid", 1),
        ("\"v\":1", "\"v\":2", "looked", 2),
    ] {
        let newer = text
            .replacen(from, to, 1)
            .replace("\"body\":{", "\"body\":{\"later\":1,");
        let line = decode(newer.as_bytes()).unwrap();
        assert_eq!(line.body, Body::Unknown { t: t.into(), v });
        assert_eq!(
            line.stamp,
            stamp(),
            "when and by whom is known all the same"
        );
        assert_eq!(line.body.tag(), t);
        let again = encode(&line.stamp, &line.body);
        assert!(again.is_err(), "only its own bytes stand for it");
    }
}

#[test]
fn more_fields_than_we_know_do_not_make_a_line_unreadable() {
    let bytes = encode(&stamp(), &SessionOpened { how: "demo".into() }.into()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let newer = text.replace("\"body\":{", "\"later\":[1],\"body\":{\"later\":{},");
    assert_ne!(newer, text);
    let line = decode(newer.as_bytes()).unwrap();
    assert_eq!(line.body, SessionOpened { how: "demo".into() }.into());
}

#[test]
fn what_is_no_line_is_an_error() {
    let bytes = encode(&stamp(), &SessionOpened { how: "demo".into() }.into()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for wrong in [
        String::new(),
        "null".into(),
        "{}".into(),
        "[]".into(),
        text.replace("\"how\":\"demo\"", "\"how\":7"),
        text.replace("\"hlc\":\"117664966410240000\"", "\"hlc\":\"soon\""),
        text.replace("\"seq\":7", "\"seq\":-7"),
        text.replace("\"boot\":\"", "\"boot\":\"x"),
        format!("{text}{text}"),
    ] {
        assert!(decode(wrong.as_bytes()).is_err(), "{wrong}");
    }
    for length in 0..text.len() {
        assert!(
            decode(&text.as_bytes()[..length]).is_err(),
            "{length} bytes"
        );
    }
}

#[test]
fn a_chain_depends_on_every_byte_and_on_the_order() {
    let start = chain::genesis(Uuid::from_u128(1), &[2; 32]);
    let head = |lines: &[&[u8]]| chain::head(start, lines.iter().copied());
    assert_ne!(head(&[b"a", b"b"]), head(&[b"b", b"a"]));
    assert_ne!(
        head(&[b"ab"]),
        head(&[b"a", b"b"]),
        "where a line ends counts"
    );
    assert_ne!(start, chain::genesis(Uuid::from_u128(2), &[2; 32]));
    assert_ne!(start, chain::genesis(Uuid::from_u128(1), &[3; 32]));
    assert_eq!(head(&[]), start);
}

proptest! {
    #[test]
    fn a_line_is_read_as_it_was_written_whatever_its_text(
        text in any::<String>(),
        seq in 0..u64::MAX,
        hlc in any::<u64>(),
        clerk in prop::option::of(any::<u128>()),
    ) {
        let stamp = Stamp { seq, hlc, clerk: clerk.map(Uuid::from_u128), ..stamp() };
        for body in bodies(&text) {
            let bytes = encode(&stamp, &body).unwrap();
            prop_assert!(!bytes.contains(&b'\n'), "a newline ends a line on the wire");
            let line = decode(&bytes).unwrap();
            prop_assert_eq!(&line.stamp, &stamp);
            prop_assert_eq!(&line.body, &body);
            prop_assert_eq!(encode(&line.stamp, &line.body).unwrap(), bytes);
        }
    }

    #[test]
    fn no_bytes_upset_the_reader_of_lines(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn the_clock_of_the_journal_only_goes_forward(
        walls in prop::collection::vec(0_u64..1 << 47, 1..50),
        start in 0_u64..1 << 62,
    ) {
        let mut previous = start;
        for wall in walls {
            let next = next_hlc(previous, wall);
            prop_assert!(next > previous, "also when the wall clock was set back");
            prop_assert!(next >= wall << 16, "and never lags behind the wall");
            previous = next;
        }
    }
}
