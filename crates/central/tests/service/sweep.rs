//! Scans that nobody finished: cleared away after seven days, never under somebody's hands.

use axum::body::{Body, Bytes};
use futures_util::{poll, stream};
use jiff::SignedDuration;
use onedoor_central::Swept;
use onedoor_protocol::blob::{AskedBlob, CHUNK};
use onedoor_protocol::request::sign_request;
use tokio::sync::mpsc;

use super::blobs::{complete, files, is_published, missing, naming, put, scan, state};
use super::desk::Centre;

const NOTHING: Swept = Swept {
    stale: 0,
    strays: 0,
    half_written: 0,
};
const ONE_STALE: Swept = Swept {
    stale: 1,
    strays: 0,
    half_written: 0,
};

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[tokio::test]
async fn a_stage_that_nobody_finished_goes_after_seven_days_and_can_be_begun_anew() {
    let centre = Centre::open().await;
    let (given_up, going_on) = (scan(3 * CHUNK, 0), scan(3 * CHUNK, 1));
    let journal = naming(&centre, 1, &[&given_up, &going_on]).await;
    let (left, kept) = (AskedBlob::of(&given_up), AskedBlob::of(&going_on));
    for (blob, bytes) in [(&left, &given_up), (&kept, &going_on)] {
        missing(&centre, &journal, blob).await;
        put(&centre, &journal, blob, 0, &bytes[..CHUNK]).await;
    }
    centre.clock.advance(days(6));
    put(&centre, &journal, &kept, 1, &going_on[CHUNK..2 * CHUNK]).await;
    assert_eq!(centre.central.sweep().await.unwrap(), NOTHING, "six days");
    assert_eq!(files(&centre, "stage").len(), 3);
    centre.clock.advance(days(2));
    assert_eq!(centre.central.sweep().await.unwrap(), ONE_STALE);
    assert_eq!(files(&centre, "stage").len(), 2, "the other one stays");
    let late = put(&centre, &journal, &left, 1, &given_up[CHUNK..]).await;
    assert_eq!(late.code(), "not_staged", "it is told to ask anew");
    assert_eq!(missing(&centre, &journal, &left).await, [[0, 2]]);
    for (blob, bytes) in [(&left, &given_up), (&kept, &going_on)] {
        put(&centre, &journal, blob, 0, &bytes[..2 * CHUNK]).await;
        put(&centre, &journal, blob, 2, &bytes[2 * CHUNK..]).await;
        is_published(&centre, &complete(&centre, &journal, blob).await, blob);
    }
}

#[tokio::test]
async fn a_stage_that_is_being_written_is_not_swept() {
    let centre = Centre::open().await;
    let bytes = scan(3 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    put(&centre, &journal, &blob, 0, &bytes[..CHUNK]).await;
    centre.clock.advance(days(8));
    let path = format!("/v1/blobs/{}/1", blob.sha256);
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", &path, at, &bytes[CHUNK..]);
    let (sender, mut receiver) = mpsc::unbounded_channel::<Result<Bytes, std::io::Error>>();
    let body = Body::from_stream(stream::poll_fn(move |context| receiver.poll_recv(context)));
    let header = signed.header();
    let mut writing = Box::pin(centre.ask_with(&header, "PUT", &path, body));
    let part = |range: std::ops::Range<usize>| Ok(Bytes::copy_from_slice(&bytes[range]));
    sender.send(part(CHUNK..2 * CHUNK)).unwrap();
    while files(&centre, "stage").len() < 2 {
        assert!(poll!(&mut writing).is_pending(), "the rest is awaited");
        tokio::task::yield_now().await;
    }
    assert_eq!(centre.central.sweep().await.unwrap(), NOTHING);
    sender.send(part(2 * CHUNK..3 * CHUNK)).unwrap();
    drop(sender);
    assert!(state(&writing.await).missing.is_empty(), "all chunks count");
    is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
}

#[tokio::test]
async fn what_no_workstation_speaks_of_is_cleared_away_with_the_halves_of_a_killed_program() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    put(&centre, &journal, &blob, 0, &bytes[..CHUNK]).await;
    let stage = files(&centre, "stage")[0].parent().unwrap().to_path_buf();
    // As a kill leaves it: the row is gone, a chunk is whole, the next one is half written.
    let ledger = centre.central.ledger();
    ledger.unstage_blob(blob.sha256, None).await.unwrap();
    std::fs::write(stage.join("1#1"), b"half").unwrap();
    let swept = centre.central.sweep().await.unwrap();
    assert_eq!((swept.stale, swept.strays), (0, 1));
    assert!(!stage.exists(), "nothing is left");
    assert_eq!(centre.central.sweep().await.unwrap(), NOTHING);
    assert_eq!(missing(&centre, &journal, &blob).await, [[0, 1]]);
}

#[tokio::test]
async fn what_a_kill_left_half_written_is_swept_and_what_is_being_written_is_not() {
    let centre = Centre::open().await;
    let folder = centre.data().join("scans/blob/aa/bb");
    std::fs::create_dir_all(&folder).unwrap();
    let [old, fresh, scan] = ["aabb#1", "aabb#2", "aabb"].map(|name| folder.join(name));
    for file in [&old, &fresh, &scan] {
        std::fs::write(file, b"bytes").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7_200);
    for file in [&old, &scan] {
        let file = std::fs::OpenOptions::new().append(true).open(file).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let swept = centre.central.sweep().await.unwrap();
    assert_eq!(swept.half_written, 1);
    assert!(!old.exists() && fresh.exists() && scan.exists());
}
