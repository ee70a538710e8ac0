//! A PC becomes a workstation, and only one PC does.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_central::Refused;
use onedoor_protocol::enrol::{EnrolRequest, Enrolment, Ticket};
use onedoor_protocol::hello::Standing;
use onedoor_protocol::sign::{SecretKey, Signed, Tag};

use super::desk::{Centre, counter_of, filled};

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

#[tokio::test]
async fn a_one_time_code_makes_a_workstation_and_the_same_question_gets_the_same_answer() {
    let centre = Centre::open().await;
    let code = centre
        .central
        .enrolment_code("eatul", counter_of(1))
        .await
        .unwrap();
    assert_eq!(code.code.len(), 8, "it is read over the telephone");
    assert!(
        code.code.bytes().all(|byte| byte.is_ascii_digit()),
        "so it is digits only"
    );
    let request = EnrolRequest::new(&key(1), &code.code, "1.0");
    let first = centre.enrol(&request).await;
    let signed: Signed = first.json();
    let enrolment: Enrolment = signed
        .open(&centre.central.public_key(), Tag::Office, b"")
        .unwrap();
    assert_eq!(enrolment.ws, code.ws, "the expected workstation");
    assert_eq!(
        enrolment.lease.slot,
        [1000, 1999],
        "with the numbers of its counter"
    );
    assert_eq!(enrolment.counter.name, "Quầy 1", "and its name");
    let again = centre.enrol(&request).await;
    assert_eq!(
        (again.status, &again.body),
        (StatusCode::OK, &first.body),
        "a lost answer costs nothing"
    );
}

#[tokio::test]
async fn a_code_used_unknown_expired_or_without_its_proof_is_refused_by_name() {
    let centre = Centre::open().await;
    let code = centre
        .central
        .enrolment_code("eatul", counter_of(1))
        .await
        .unwrap()
        .code;
    centre
        .enrol(&EnrolRequest::new(&key(1), &code, "1.0"))
        .await;
    let used = centre
        .enrol(&EnrolRequest::new(&key(2), &code, "1.0"))
        .await;
    assert_eq!(
        (used.status, used.code().as_str()),
        (StatusCode::CONFLICT, "code_used"),
        "another machine"
    );
    let other = if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    };
    let unknown = centre
        .enrol(&EnrolRequest::new(&key(2), other, "1.0"))
        .await;
    assert_eq!(
        (unknown.status, unknown.code().as_str()),
        (StatusCode::NOT_FOUND, "code_unknown"),
        "no such code"
    );
    let late = centre
        .central
        .enrolment_code("eatul", counter_of(2))
        .await
        .unwrap()
        .code;
    let mut stolen = EnrolRequest::new(&key(2), &late, "1.0");
    stolen.public_key = key(3).public().hex();
    let bad = centre.enrol(&stolen).await;
    assert_eq!(
        (bad.status, bad.code().as_str()),
        (StatusCode::BAD_REQUEST, "bad_proof"),
        "a key nobody holds"
    );
    centre.clock.advance(SignedDuration::from_hours(25));
    let expired = centre
        .enrol(&EnrolRequest::new(&key(2), &late, "1.0"))
        .await;
    assert_eq!(expired.code(), "code_unknown", "after a day");
    let garbage = centre
        .post("/v1/enrol", "application/json", "{\"code\":1")
        .await;
    assert_eq!(
        (garbage.status, garbage.code().as_str()),
        (StatusCode::BAD_REQUEST, "malformed"),
        "no JSON"
    );
}

#[tokio::test]
async fn guessing_codes_is_slow_and_right_codes_do_not_count() {
    let centre = Centre::open().await;
    let code = centre
        .central
        .enrolment_code("eatul", counter_of(1))
        .await
        .unwrap()
        .code;
    for _ in 0..20 {
        let right = centre
            .enrol(&EnrolRequest::new(&key(1), &code, "1.0"))
            .await;
        assert_eq!(right.status, StatusCode::OK, "a right code is no guess");
    }
    for _ in 0..10 {
        let wrong = centre
            .enrol(&EnrolRequest::new(&key(2), "not a code", "1.0"))
            .await;
        assert_eq!(
            wrong.status,
            StatusCode::NOT_FOUND,
            "ten guesses are answered"
        );
    }
    let stopped = centre
        .enrol(&EnrolRequest::new(&key(2), "not a code", "1.0"))
        .await;
    assert_eq!(
        stopped.status,
        StatusCode::TOO_MANY_REQUESTS,
        "the eleventh waits"
    );
    assert_eq!(stopped.header("retry-after"), "60", "and is told how long");
    centre.clock.advance(SignedDuration::from_secs(60));
    let right = centre
        .enrol(&EnrolRequest::new(&key(1), &code, "1.0"))
        .await;
    assert_eq!(right.status, StatusCode::OK, "after a minute it goes on");
}

#[tokio::test]
async fn a_ticket_works_before_the_first_contact_and_binds_its_key_then() {
    let centre = Centre::open().await;
    let text = centre
        .central
        .ticket("eatul", counter_of(1), "http://centre.example")
        .await
        .unwrap();
    let ticket = Ticket::read(&text).expect("the ticket is signed by the key that it names");
    assert_eq!(
        ticket.enrolment.server_keys,
        [centre.central.public_key().hex()],
        "the centre's key"
    );
    assert_eq!(ticket.centre, "http://centre.example", "and address");
    let offline = filled(
        onedoor_testkit::journal::Journal::new(ticket.enrolment.ws, key(1), "eatul"),
        2,
    );
    let (status, refusal) = centre.refuse(offline.batch_from(1)).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "the key is not known yet");
    assert_eq!(
        refusal.code,
        onedoor_protocol::batch::RefusalCode::UnknownWorkstation,
        "and it says so"
    );
    centre
        .enrol(&EnrolRequest::new(&key(1), &ticket.secret, "1.0"))
        .await;
    assert_eq!(
        centre.take(offline.batch_from(1)).await.next_seq,
        3,
        "what was received offline arrives"
    );
}

#[tokio::test]
async fn the_operator_is_refused_what_would_give_one_number_twice() {
    let centre = Centre::open().await;
    let first = centre.workstation(1).await;
    let again = centre.central.enrolment_code("eatul", counter_of(1)).await;
    assert!(
        matches!(again, Err(Refused::SlotTaken(ws)) if ws == first.ws),
        "{again:?}"
    );
    let outside = centre.central.enrolment_code("eatul", counter_of(9)).await;
    assert!(
        matches!(outside, Err(Refused::CounterOutsidePlan(9))),
        "{outside:?}"
    );
    let nowhere = centre
        .central
        .enrolment_code("nowhere", counter_of(1))
        .await;
    assert!(
        matches!(nowhere, Err(Refused::OfficeUnknown(_))),
        "{nowhere:?}"
    );
    centre.central.revoke(first.ws).await.unwrap();
    assert!(
        centre
            .central
            .enrolment_code("eatul", counter_of(1))
            .await
            .is_ok(),
        "after revoking it can go on"
    );
}

#[tokio::test]
async fn hello_proves_the_centre_and_says_where_the_journal_stands() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 3);
    centre.take(journal.batch(1..=2)).await;
    let nonce = [3; 16];
    let path = format!("/v1/hello?nonce={}&ws={}", hex::encode(nonce), journal.ws);
    let signed: Signed = centre.get(&path).await.json();
    let key = centre.central.public_key();
    assert!(
        signed
            .open::<onedoor_protocol::hello::Hello>(&key, Tag::Hello, &[4; 16])
            .is_none(),
        "not for another nonce"
    );
    let hello: onedoor_protocol::hello::Hello = signed.open(&key, Tag::Hello, &nonce).unwrap();
    let state = hello.workstation.unwrap();
    assert_eq!(
        (state.next_seq, state.head),
        (3, journal.hash(2)),
        "two lines are there"
    );
    assert_eq!(state.standing, Standing::Active, "more are welcome");
    assert_eq!(
        hello.server_time, "2026-11-23T00:30:00.000Z",
        "the centre's clock, in UTC"
    );
    for bad in [
        "",
        "?nonce=12",
        "?nonce=zz000000000000000000000000000000",
        "?ws=1&nonce=00",
    ] {
        let refused = centre.get(&format!("/v1/hello{bad}")).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::BAD_REQUEST, "malformed"),
            "{bad}"
        );
    }
}
