//! Requests that a workstation signs: taken at the centre's time only, and refused with what helps.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use onedoor_protocol::request::{CentreTime, SignedRequest, StaleRefusal, sign_request};
use onedoor_protocol::sign::SecretKey;
use onedoor_testkit::journal::Journal;

use super::desk::{Answer, Centre, code};

const PATH: &str = "/v1/filings?limit=10";

fn at(time: Timestamp) -> u64 {
    u64::try_from(time.as_millisecond()).unwrap()
}

fn signed(journal: &Journal, time: Timestamp) -> SignedRequest {
    sign_request(&journal.key, journal.ws, "GET", PATH, at(time), b"")
}

async fn get(centre: &Centre, request: &SignedRequest) -> Answer {
    centre.ask_with(&request.header(), "GET", PATH, "").await
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn a_workstation_reads_its_office_by_a_signed_request() {
    let centre = Centre::open().await;
    let mut journal = centre.workstation(1).await;
    journal.receive(&code(1000));
    centre.take(journal.batch_from(1)).await;
    let answer = centre.ask(&journal, "GET", PATH, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let found: serde_json::Value = answer.json();
    assert_eq!(found["filings"][0]["code"], code(1000).as_str());
}

#[tokio::test]
async fn a_wall_clock_three_days_off_is_mended_by_one_refusal() {
    let centre = Centre::open().await;
    let journal = centre.workstation(1).await;
    for days in [-3, 3] {
        let wrong = centre.clock.now() + SignedDuration::from_hours(24 * days);
        let request = signed(&journal, wrong);
        let answer = get(&centre, &request).await;
        assert_eq!(refused(&answer), (401, "stale".into()), "{days} days off");
        let refusal: StaleRefusal = answer.json();
        let keys = [centre.central.public_key()];
        let time = CentreTime::open(&refusal.time, &keys, &request.sig)
            .expect("the centre signed its time for this request");
        let time: Timestamp = time.server_time.parse().unwrap();
        assert_eq!(time, centre.clock.now(), "it is the centre's time");
        let again = get(&centre, &signed(&journal, time)).await;
        assert_eq!(again.status, StatusCode::OK, "and with it one is let in");
    }
    for (seconds, expected) in [(600, 200), (601, 401), (-600, 200), (-601, 401)] {
        let time = centre.clock.now() + SignedDuration::from_secs(seconds);
        let answer = get(&centre, &signed(&journal, time)).await;
        assert_eq!(answer.status.as_u16(), expected, "{seconds} s off");
    }
}

#[tokio::test]
async fn another_workstations_signature_opens_nothing() {
    let centre = Centre::open().await;
    let (journal, other) = (centre.workstation(1).await, centre.workstation(2).await);
    let now = centre.clock.now();
    let mut forged = signed(&other, now);
    forged.ws = journal.ws;
    assert_eq!(
        refused(&get(&centre, &forged).await),
        (401, "unauthorized".into()),
        "another's signature under its name"
    );
    let elsewhere = sign_request(&journal.key, journal.ws, "GET", "/v1/filings", at(now), b"");
    assert_eq!(
        refused(&get(&centre, &elsewhere).await),
        (401, "unauthorized".into()),
        "a signature for another path"
    );
    let body = sign_request(&journal.key, journal.ws, "GET", PATH, at(now), b"body");
    assert_eq!(
        refused(&get(&centre, &body).await),
        (400, "malformed".into()),
        "a signature over a body that did not come"
    );
    for header in ["", "ws=", "ws=1;at=2;sig=3", "Bearer x"] {
        let answer = centre.ask_with(header, "GET", PATH, "").await;
        assert_eq!(refused(&answer), (401, "unauthorized".into()), "{header:?}");
    }
}

#[tokio::test]
async fn unknown_and_revoked_workstations_are_told_so() {
    let centre = Centre::open().await;
    let journal = centre.workstation(1).await;
    let unknown = Journal::new(uuid::Uuid::from_u128(7), journal.key.clone(), "eatul");
    assert_eq!(
        refused(&centre.ask(&unknown, "GET", PATH, "").await),
        (401, "unknown_workstation".into())
    );
    centre.central.revoke(journal.ws).await.unwrap();
    assert_eq!(
        refused(&centre.ask(&journal, "GET", PATH, "").await),
        (401, "revoked".into())
    );
    let mut forged = journal.clone();
    forged.key = SecretKey::from_seed(&[66; 32]);
    assert_eq!(
        refused(&centre.ask(&forged, "GET", PATH, "").await),
        (401, "unauthorized".into()),
        "a stranger learns nothing about it"
    );
}
