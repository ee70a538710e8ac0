//! Scans and forms on their way back: whole, in parts, to those who were told of them.

use axum::http::StatusCode;
use onedoor_protocol::blob::{AskedBlob, CHUNK};
use onedoor_protocol::request::{HEADER, sign_request};
use onedoor_testkit::journal::Journal;

use super::blobs::{naming, put, scan};
use super::desk::{Answer, Centre};

fn path(blob: &AskedBlob) -> String {
    format!("/v1/blobs/{}", blob.sha256)
}

async fn fetch(centre: &Centre, journal: &Journal, blob: &AskedBlob, range: &str) -> Answer {
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "GET", &path(blob), at, b"");
    let request = axum::http::Request::get(path(blob))
        .header(HEADER, signed.header())
        .header("range", range);
    let request = request.body(axum::body::Body::empty()).unwrap();
    centre.request(request).await
}

#[tokio::test]
async fn a_scan_comes_back_byte_for_byte_and_goes_on_where_the_line_died() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK + 7, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    let early = centre.ask(&journal, "GET", &path(&blob), "").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "not there yet");
    put(&centre, &journal, &blob, 0, &bytes).await;
    let colleague = centre.workstation(2).await;
    let whole = centre.ask(&colleague, "GET", &path(&blob), "").await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.header("content-type"), "application/octet-stream");
    assert_eq!(whole.header("content-length"), bytes.len().to_string());
    assert_eq!(whole.header("etag"), format!("\"{}\"", blob.sha256));
    assert_eq!(
        AskedBlob::of(&whole.body),
        blob,
        "its name is its hash, so whoever gets it can check it"
    );
    let mut got = bytes[..CHUNK + 11].to_vec();
    while got.len() < bytes.len() {
        let last = (got.len() + 100_000).min(bytes.len()) - 1;
        let range = format!("bytes={}-{last}", got.len());
        let part = fetch(&centre, &colleague, &blob, &range).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{range}");
        let said = format!("bytes {}-{last}/{}", got.len(), bytes.len());
        assert_eq!(part.header("content-range"), said);
        got.extend_from_slice(&part.body);
    }
    assert_eq!(got, bytes, "in parts it is the same scan");
    let beyond = format!("bytes={}-", bytes.len());
    let beyond = fetch(&centre, &colleague, &blob, &beyond).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let said = format!("bytes */{}", bytes.len());
    assert_eq!(beyond.header("content-range"), said);
}

#[tokio::test]
async fn an_empty_scan_can_be_fetched_too() {
    let centre = Centre::open().await;
    let blob = AskedBlob::of(b"");
    let journal = naming(&centre, 1, &[b""]).await;
    put(&centre, &journal, &blob, 0, b"").await;
    let whole = centre.ask(&journal, "GET", &path(&blob), "").await;
    assert_eq!((whole.status, whole.body), (StatusCode::OK, Vec::new()));
}

#[tokio::test]
async fn a_scan_is_given_to_nobody_who_was_not_told_of_it() {
    let centre = Centre::open().await;
    let bytes = scan(900, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    put(&centre, &journal, &blob, 0, &bytes).await;
    let other = centre.elsewhere(1).await;
    let refused = centre.ask(&other, "GET", &path(&blob), "").await;
    assert_eq!(refused.code(), "not_found", "another office");
    let mut forged = journal.clone();
    forged.key = other.key.clone();
    let refused = centre.ask(&forged, "GET", &path(&blob), "").await;
    assert_eq!(refused.code(), "unauthorized");
    let token = centre.central.token("operator").await.unwrap();
    let bearer = format!("Bearer {token}");
    let refused = centre.get_as(&bearer, &path(&blob)).await;
    assert_eq!(refused.code(), "unauthorized", "nor to an operator");
    centre.central.revoke(journal.ws).await.unwrap();
    let refused = centre.ask(&journal, "GET", &path(&blob), "").await;
    assert_eq!(refused.code(), "revoked");
}

#[tokio::test]
async fn a_file_that_is_gone_is_not_sent_as_something_else() {
    let centre = Centre::open().await;
    let bytes = scan(900, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    put(&centre, &journal, &blob, 0, &bytes).await;
    std::fs::remove_file(&super::blobs::files(&centre, "blob")[0]).unwrap();
    let gone = centre.ask(&journal, "GET", &path(&blob), "").await;
    assert_eq!(gone.code(), "not_found");
}
