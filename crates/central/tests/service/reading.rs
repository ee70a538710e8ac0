//! Reading: nobody without a proof, a workstation its own office, an operator everything.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_central::ledger::OfficeRecord;
use onedoor_protocol::enrol::{EnrolRequest, Enrolment, Office};
use onedoor_protocol::read::ReadAuthorization;
use onedoor_protocol::sign::{SecretKey, Signed};
use onedoor_testkit::journal::{self, Journal};
use serde_json::Value;

use super::desk::{Centre, code, counter_of};

const PATHS: [&str; 3] = ["/v1/filings", "/v1/workstations", "/v1/quarantine"];

/// A workstation of another office, with one filing.
async fn elsewhere(centre: &Centre) -> Journal {
    let office = Office {
        id: "krongbuk".into(),
        agency: "H15.50.06.01".into(),
        ..journal::office()
    };
    centre
        .central
        .add_office(OfficeRecord {
            office,
            province: "daklak".into(),
        })
        .await
        .unwrap();
    let made = centre
        .central
        .enrolment_code("krongbuk", counter_of(1))
        .await
        .unwrap();
    let key = SecretKey::from_seed(&[40; 32]);
    let signed: Signed = centre
        .enrol(&EnrolRequest::new(&key, &made.code, "test"))
        .await
        .json();
    let enrolment: Enrolment = signed.peek().unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "krongbuk");
    journal.receive("H15.50.06.01-261123-1000");
    centre.take(journal.batch_from(1)).await;
    journal
}

#[tokio::test]
async fn nobody_reads_without_a_proof_and_the_refusal_brings_a_nonce() {
    let centre = Centre::open().await;
    let journal = centre.workstation(1).await;
    for path in PATHS
        .into_iter()
        .map(String::from)
        .chain([format!("/v1/events/{}", journal.ws)])
    {
        let refused = centre.get(&path).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::UNAUTHORIZED, "unauthorized"),
            "{path}"
        );
        let nonce = refused.header("onedoor-nonce");
        let signed = ReadAuthorization::sign(&journal.key, journal.ws, "GET", &path, nonce);
        assert_eq!(
            centre.get_as(&signed.header(), &path).await.status,
            StatusCode::OK,
            "{path}: signed over it"
        );
        let guessed = centre.get_as("Bearer odc_guess", &path).await;
        assert_eq!(
            guessed.status,
            StatusCode::UNAUTHORIZED,
            "{path}: a guessed token"
        );
    }
}

#[tokio::test]
async fn a_signature_is_good_for_one_path_one_key_and_ten_minutes() {
    let centre = Centre::open().await;
    let journal = centre.workstation(1).await;
    let nonce = centre.hello().await.read_nonce;
    let sign = |key: &SecretKey, path: &str, nonce: &str| {
        ReadAuthorization::sign(key, journal.ws, "GET", path, nonce).header()
    };
    let good = sign(&journal.key, "/v1/filings", &nonce);
    assert_eq!(
        centre.get_as(&good, "/v1/filings").await.status,
        StatusCode::OK,
        "as signed"
    );
    let moved = centre.get_as(&good, "/v1/filings?limit=1").await;
    assert_eq!(moved.code(), "unauthorized", "not for another query");
    let forged = sign(&SecretKey::from_seed(&[99; 32]), "/v1/filings", &nonce);
    assert_eq!(
        centre.get_as(&forged, "/v1/filings").await.code(),
        "unauthorized",
        "not by another key"
    );
    let own = sign(&journal.key, "/v1/filings", &"0".repeat(nonce.len()));
    assert_eq!(
        centre.get_as(&own, "/v1/filings").await.code(),
        "nonce_expired",
        "not over a nonce of one's own"
    );
    let stranger = ReadAuthorization::sign(
        &journal.key,
        uuid::Uuid::from_u128(1),
        "GET",
        "/v1/filings",
        &nonce,
    );
    assert_eq!(
        centre
            .get_as(&stranger.header(), "/v1/filings")
            .await
            .code(),
        "unknown_workstation",
        "not as another"
    );
    centre.clock.advance(SignedDuration::from_secs(601));
    assert_eq!(
        centre.get_as(&good, "/v1/filings").await.code(),
        "nonce_expired",
        "not for ever"
    );
    centre.central.revoke(journal.ws).await.unwrap();
    let revoked = centre.get_signed(&journal, "/v1/filings").await;
    assert_eq!(
        revoked.code(),
        "revoked",
        "a stolen machine reads nothing more"
    );
}

#[tokio::test]
async fn a_workstation_sees_its_own_office_and_an_operator_sees_all() {
    let centre = Centre::open().await;
    let mut own = centre.workstation(1).await;
    let (filing, seq) = own.receive(&code(1000));
    own.render(filing);
    own.raw("no line");
    centre.take(own.batch_from(1)).await;
    let other = elsewhere(&centre).await;
    let token = centre.central.token("checker").await.unwrap();
    let operator = format!("Bearer {token}");

    let listed: Value = centre.get_signed(&own, "/v1/filings").await.json();
    assert_eq!(
        listed["filings"].as_array().unwrap().len(),
        1,
        "only its own office's filing"
    );
    assert_eq!(
        listed["filings"][0]["code"],
        code(1000),
        "by its legal number"
    );
    let all: Value = centre.get_as(&operator, "/v1/filings").await.json();
    assert_eq!(
        all["filings"].as_array().unwrap().len(),
        2,
        "the operator sees both"
    );
    let by_code: Value = centre
        .get_as(&operator, &format!("/v1/filings?code={}", code(1000)))
        .await
        .json();
    let found = &by_code["filings"][0];
    assert_eq!(
        (found["ws"].as_str(), found["seq"].as_u64()),
        (Some(own.ws.to_string().as_str()), Some(seq)),
        "whence"
    );

    let whole: Value = centre
        .get_signed(&own, &format!("/v1/filings/{filing}"))
        .await
        .json();
    assert_eq!(
        whole["forms"][0]["form"], "01",
        "a single filing comes with its forms"
    );
    let hidden = centre
        .get_signed(&other, &format!("/v1/filings/{filing}"))
        .await;
    assert_eq!(
        (hidden.status, hidden.code().as_str()),
        (StatusCode::NOT_FOUND, "not_found"),
        "as if it were not there"
    );
    let hidden = centre
        .get_signed(&other, &format!("/v1/events/{}", own.ws))
        .await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "nor its lines");

    let faults: Value = centre.get_as(&operator, "/v1/quarantine").await.json();
    assert_eq!(
        faults["lines"][0]["code"], "unreadable_line",
        "what can't be applied is listed"
    );
    let faults: Value = centre.get_signed(&other, "/v1/quarantine").await.json();
    assert_eq!(
        faults["lines"].as_array().unwrap().len(),
        0,
        "to its own office only"
    );
    let known: Value = centre.get_signed(&own, "/v1/workstations").await.json();
    assert_eq!(
        known["workstations"][0]["head"],
        own.head().hex(),
        "and where the journal stands"
    );
    assert_eq!(
        known["workstations"].as_array().unwrap().len(),
        1,
        "of its office"
    );
}

#[tokio::test]
async fn lines_come_back_byte_for_byte_in_pages() {
    let centre = Centre::open().await;
    let mut journal = centre.workstation(1).await;
    for number in 0..5 {
        journal.receive(&code(1000 + number));
    }
    journal.raw("{\"t\" : \"spaces stay\" }");
    centre.take(journal.batch_from(1)).await;
    let page = centre
        .get_signed(
            &journal,
            &format!("/v1/events/{}?from=5&limit=100", journal.ws),
        )
        .await;
    assert_eq!(
        page.header("content-type"),
        "application/x-ndjson",
        "one line each"
    );
    let expected = [
        journal.lines[4].as_slice(),
        b"\n",
        journal.lines[5].as_slice(),
        b"\n",
    ]
    .concat();
    assert_eq!(page.body, expected, "so that anyone can check the chain");
    let two = centre
        .get_signed(&journal, &format!("/v1/events/{}?limit=2", journal.ws))
        .await;
    assert_eq!(
        two.body.iter().filter(|byte| **byte == b'\n').count(),
        2,
        "a page is as long as asked"
    );
}

#[tokio::test]
async fn questions_that_make_no_sense_are_refused_and_never_fail() {
    let centre = Centre::open().await;
    let operator = format!("Bearer {}", centre.central.token("checker").await.unwrap());
    for path in [
        "/v1/filings?day=2026-02-30",
        "/v1/filings?code=a%00b",
        "/v1/filings?after=1",
        "/v1/filings?limit=-1",
        "/v1/events/019a9f6e-0000-7000-8000-000000000000?from=99999999999999999999",
        "/v1/events/019a9f6e-0000-7000-8000-000000000000?from=18446744073709551615",
    ] {
        let refused = centre.get_as(&operator, path).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::BAD_REQUEST, "malformed"),
            "{path}"
        );
    }
    for path in [
        "/v1/filings/nonsense",
        "/v1/events/nonsense",
        "/v1/nothing",
        "/",
    ] {
        let refused = centre.get_as(&operator, path).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::NOT_FOUND, "not_found"),
            "{path}"
        );
    }
}
