//! What the service turns away: one workstation that asks without end, bodies that dawdle, more than the disk holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use onedoor_central::limits::{Rate, Room};
use onedoor_central::{Central, Options};

use super::blobs::{naming, put, scan};
use super::desk::{Answer, Centre, filled};

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn a_workstation_that_asks_without_end_waits_and_its_colleagues_do_not() {
    let rate = Rate {
        per_second: 2,
        burst: 10,
    };
    let centre = Centre::open_with(|options| Options {
        requests: Some(rate),
        ..options
    });
    let centre = centre.await;
    let (one, two) = (centre.workstation(1).await, centre.workstation(2).await);
    let one = filled(one, 1);
    for _ in 0..5 {
        let answer = centre.ask(&one, "GET", "/v1/feed?after=0", "").await;
        assert_eq!(answer.status, 200);
        centre.take(one.batch_from(1)).await;
    }
    for answer in [
        centre.ask(&one, "GET", "/v1/feed?after=0", "").await,
        centre.get_signed(&one, "/v1/filings").await,
    ] {
        assert_eq!(refused(&answer), (429, "too_many_requests".into()));
        assert_eq!(answer.header("retry-after"), "1");
    }
    let batch = centre.send(one.batch_from(1)).await;
    assert_eq!(refused(&batch), (429, "busy".into()), "batches too");
    assert_eq!(batch.header("retry-after"), "1");
    let answer = centre.ask(&two, "GET", "/v1/feed?after=0", "").await;
    assert_eq!(answer.status, 200, "the other has a share of its own");
    let mut forged = filled(two.clone(), 1);
    forged.key = one.key.clone();
    for _ in 0..20 {
        centre.send(forged.batch_from(1)).await;
    }
    let answer = centre.ask(&two, "GET", "/v1/feed?after=0", "").await;
    assert_eq!(answer.status, 200, "nobody spends another's share");
    centre.clock.advance(SignedDuration::from_secs(1));
    for expected in [200, 200, 429] {
        let answer = centre.send(one.batch_from(1)).await;
        assert_eq!(answer.status, expected, "two a second, from then on");
    }
}

#[tokio::test]
async fn a_disk_that_fills_up_turns_away_scans_first_and_batches_last() {
    let free = Arc::new(AtomicU64::new(u64::MAX));
    let reading = free.clone();
    let room = Room {
        free: Arc::new(move || Some(reading.load(Ordering::Relaxed))),
        keep: 1000,
    };
    let centre = Centre::open_with(|options| Options {
        room: Some(room),
        ..options
    });
    let centre = centre.await;
    let bytes = scan(700, 0);
    let blob = onedoor_protocol::blob::AskedBlob::of(&bytes);
    let mut journal = naming(&centre, 1, &[&bytes]).await;
    free.store(1999, Ordering::Relaxed);
    let answer = put(&centre, &journal, &blob, 0, &bytes).await;
    assert_eq!(refused(&answer), (503, "busy".into()), "no scan");
    assert_ne!(answer.header("retry-after"), "");
    journal.receive("H15.50.05.13-261123-1900");
    centre.take(journal.batch_from(1)).await;
    free.store(999, Ordering::Relaxed);
    journal.receive("H15.50.05.13-261123-1901");
    let answer = centre.send(journal.batch_from(1)).await;
    assert_eq!(refused(&answer), (503, "busy".into()), "no batch");
    assert_eq!(
        centre.stored(&journal).await.len(),
        3,
        "nothing is half kept"
    );
    let feed = centre.ask(&journal, "GET", "/v1/feed?after=0", "").await;
    assert_eq!(feed.status, 200, "who only asks is answered");
    free.store(2000, Ordering::Relaxed);
    centre.take(journal.batch_from(1)).await;
    assert_eq!(put(&centre, &journal, &blob, 0, &bytes).await.status, 200);
}

/// A body of so many parts of 100 bytes, one in each so many seconds.
fn dribble(parts: usize, every: u64) -> Body {
    let part = move |_| async move {
        tokio::time::sleep(Duration::from_secs(every)).await;
        Ok::<_, std::io::Error>(Bytes::from_static(&[7; 100]))
    };
    Body::from_stream(stream::iter(0..parts).then(part))
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_dribbles_is_given_up_and_a_slow_one_is_not() {
    let (router, _folder) = unclocked().await;
    let send = async |body| {
        let request = axum::http::Request::post("/v1/batches").body(body).unwrap();
        tower::ServiceExt::oneshot(router.clone(), request)
            .await
            .unwrap()
    };
    let begun = tokio::time::Instant::now();
    let given_up = send(dribble(1000, 10)).await;
    assert_eq!(given_up.status(), 503, "come back with less");
    assert_eq!(given_up.headers()["connection"], "close");
    assert!(given_up.headers().contains_key("retry-after"));
    let waited = begun.elapsed().as_secs();
    assert!((60..75).contains(&waited), "after {waited} s");
    let slow = send(dribble(5, 11)).await;
    assert_eq!(slow.status(), 400, "it is read to its end, and no envelope");
}

/// A router whose centre was opened before the clock of the test stood still.
async fn unclocked() -> (axum::Router, onedoor_testkit::temp::Folder) {
    let folder = onedoor_testkit::temp::Folder::new();
    let central = Central::open(Options::new(folder.path())).await.unwrap();
    (central.router(), folder)
}
