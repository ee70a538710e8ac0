//! A full centre: scans are turned away long before events, and everybody is told when to come back.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures_util::{future::join_all, poll, stream};
use onedoor_protocol::blob::AskedBlob;
use onedoor_protocol::request::sign_request;

use super::desk::{Answer, Centre, filled};

fn told_to_come_back(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert_eq!(answer.code(), "busy");
    let seconds: u32 = answer.header("retry-after").parse().unwrap();
    assert!((5..=15).contains(&seconds), "after {seconds} s");
}

/// A body of which nothing ever comes.
fn silence() -> Body {
    Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>())
}

#[tokio::test]
async fn scans_that_dawdle_hold_up_neither_events_nor_each_other_for_ever() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 1);
    let blob = AskedBlob::of(b"scan");
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", &path, at, b"scan");
    let header = signed.header();
    let mut slow: Vec<_> = (0..32)
        .map(|_| Box::pin(centre.ask_with(&header, "PUT", &path, silence())))
        .collect();
    for request in &mut slow {
        assert!(poll!(request).is_pending(), "it is being served");
    }
    let one_more = centre.ask(&journal, "PUT", &path, b"scan".to_vec()).await;
    told_to_come_back(&one_more);
    let taken = centre.take(journal.batch_from(1)).await;
    assert_eq!(taken.next_seq, 2, "events go on");
    let feed = centre.ask(&journal, "GET", "/v1/feed?after=0", "").await;
    assert_eq!(feed.status, StatusCode::OK, "and so does the feed");
    drop(slow);
    let again = centre.ask(&journal, "PUT", &path, b"scan".to_vec()).await;
    assert_eq!(again.code(), "not_named", "there is room again");
}

#[tokio::test]
async fn a_centre_full_of_batches_says_so_in_the_words_of_a_batch() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 1);
    let mut slow: Vec<_> = (0..256).map(|_| Box::pin(centre.send(silence()))).collect();
    for request in &mut slow {
        assert!(poll!(request).is_pending(), "it is being served");
    }
    let answer = centre.send(journal.batch_from(1)).await;
    told_to_come_back(&answer);
    let refusal: onedoor_protocol::batch::BatchRefusal = answer.json();
    assert_eq!(refusal.next_seq, None, "nothing is said of the journal");
    told_to_come_back(&centre.get("/v1/hello?nonce=07").await);
    let health = centre.get("/healthz").await;
    assert_eq!(health.status, StatusCode::OK, "it lives");
    drop(slow);
    let many = (0..40).map(|_| centre.send(journal.batch_from(1)));
    let answers = join_all(many).await;
    let taken = answers.iter().all(|answer| answer.status == StatusCode::OK);
    assert!(taken, "and works on");
}
