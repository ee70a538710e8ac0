//! Signed requests: what binds them, what changes them, and the time of the centre under a refusal.

use onedoor_protocol::{
    Hash32,
    request::{CentreTime, MAX_SKEW_MS, RequestError, SignedRequest, sign_request, verify_request},
    sign::SecretKey,
};
use proptest::prelude::*;
use uuid::Uuid;

const NOW: u64 = 1_795_394_460_000;
const WS: Uuid = Uuid::from_u128(1);

fn key() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

fn signed(body: &[u8]) -> SignedRequest {
    sign_request(&key(), WS, "PUT", "/v1/blobs/x/0", NOW, body)
}

#[test]
fn a_request_holds_for_its_method_path_and_time_only() {
    let request = signed(b"chunk");
    let ask = |method, path, now| verify_request(&request, &key().public(), method, path, now);
    assert_eq!(ask("PUT", "/v1/blobs/x/0", NOW), Ok(()));
    assert_eq!(
        ask("GET", "/v1/blobs/x/0", NOW),
        Err(RequestError::Signature)
    );
    assert_eq!(
        ask("PUT", "/v1/blobs/x/1", NOW),
        Err(RequestError::Signature)
    );
    for (now, fits) in [
        (NOW + MAX_SKEW_MS, true),
        (NOW - MAX_SKEW_MS, true),
        (NOW + MAX_SKEW_MS + 1, false),
        (NOW - MAX_SKEW_MS - 1, false),
    ] {
        let expected = if fits {
            Ok(())
        } else {
            Err(RequestError::Stale)
        };
        assert_eq!(ask("PUT", "/v1/blobs/x/0", now), expected, "at {now}");
    }
    let other = SecretKey::from_seed(&[2; 32]).public();
    assert_eq!(
        verify_request(&request, &other, "PUT", "/v1/blobs/x/0", NOW),
        Err(RequestError::Signature),
        "another workstation's key"
    );
}

#[test]
fn the_body_is_bound_and_nothing_is_a_body_too() {
    assert!(signed(b"chunk").is_about(&Hash32::of(&[b"chunk"])));
    assert!(!signed(b"chunk").is_about(&Hash32::of(&[b"chunks"])));
    let empty = signed(b"");
    assert!(empty.is_about(&Hash32::of(&[])));
    assert!(!empty.header().contains("body="), "nothing is left out");
    let mut moved = signed(b"chunk");
    moved.body = Hash32::of(&[]);
    assert_eq!(
        verify_request(&moved, &key().public(), "PUT", "/v1/blobs/x/0", NOW),
        Err(RequestError::Signature),
        "a body that was signed can't be left out"
    );
}

#[test]
fn a_header_is_read_in_its_one_form_only() {
    for body in [b"".as_slice(), b"chunk"] {
        let header = signed(body).header();
        assert_eq!(SignedRequest::parse(&header), Some(signed(body)));
        for wrong in [
            header.replace(";at=", "; at="),
            header.replace(";at=", ";at=0"),
            header.replace(";at=", ";at=+"),
            header.replace("ws=", "WS="),
            header.to_uppercase(),
            format!("{header};"),
            format!("{header};more=1"),
            header.replace("ws=", "ws={"),
            String::new(),
        ] {
            assert_eq!(SignedRequest::parse(&wrong), None, "{wrong}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "[ -~]{0,300}") {
        let _ = SignedRequest::parse(&text);
    }
}

#[test]
fn the_centres_time_answers_one_refused_request() {
    let centre = SecretKey::from_seed(&[9; 32]);
    let time = CentreTime {
        server_time: "2026-11-23T00:41:00.000Z".into(),
    };
    let refused = signed(b"chunk").sig;
    let sealed = time.seal(&centre, &refused).unwrap();
    let keys = [key().public(), centre.public()];
    assert_eq!(CentreTime::open(&sealed, &keys, &refused), Some(time));
    assert_eq!(
        CentreTime::open(&sealed, &keys, &signed(b"another").sig),
        None,
        "an old answer can't set the clock"
    );
    assert_eq!(
        CentreTime::open(&sealed, &[key().public()], &refused),
        None,
        "nor can anybody but the centre"
    );
}
