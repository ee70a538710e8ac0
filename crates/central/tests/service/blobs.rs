//! Scans and forms on their way in: chunks in any order, by any instance, again and again; and what goes wrong.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures_util::StreamExt;
use futures_util::stream;
use onedoor_protocol::blob::{
    AskedBlob, BlobQuery, BlobRefusal, BlobStanding, BlobState, BlobStates, CHUNK,
};
use onedoor_protocol::journal::FormRendered;
use onedoor_protocol::request::sign_request;
use onedoor_testkit::journal::Journal;

use super::desk::{Answer, Centre, code};

/// Bytes that look like no others.
pub fn scan(size: usize, seed: u8) -> Vec<u8> {
    let byte = |at: usize| u8::try_from((at * 31 + at / 251) % 251).unwrap() ^ seed;
    (0..size).map(byte).collect()
}

/// A workstation whose line names this scan, taken by the centre.
pub async fn naming(centre: &Centre, counter: u16, scans: &[&[u8]]) -> Journal {
    let mut journal = centre.workstation(counter).await;
    for (number, scan) in (0..).zip(scans) {
        let (filing, _) = journal.receive(&code(u32::from(counter) * 1000 + number));
        journal.say(FormRendered {
            filing,
            form: "01".into(),
            template: "01@1".into(),
            sha256: AskedBlob::of(scan).sha256,
            size: scan.len() as u64,
        });
    }
    let answer = centre.take(journal.batch_from(1)).await;
    assert!(answer.quarantined.is_empty(), "{answer:?}");
    journal
}

/// What the centre says of these blobs.
pub async fn query(centre: &Centre, journal: &Journal, blobs: Vec<AskedBlob>) -> BlobStates {
    let body = serde_json::to_vec(&BlobQuery { blobs }).unwrap();
    let answer = centre.ask(journal, "POST", "/v1/blobs/query", body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

/// The ranges that a query says are missing.
pub async fn missing(centre: &Centre, journal: &Journal, blob: &AskedBlob) -> Vec<[u32; 2]> {
    let state = query(centre, journal, vec![blob.clone()]).await.blobs;
    assert_eq!(state[0].state, BlobStanding::Missing, "{state:?}");
    state[0].missing.clone()
}

pub async fn put(
    centre: &Centre,
    journal: &Journal,
    blob: &AskedBlob,
    first: u32,
    bytes: &[u8],
) -> Answer {
    let path = format!("/v1/blobs/{}/{first}", blob.sha256);
    centre.ask(journal, "PUT", &path, bytes).await
}

pub async fn complete(centre: &Centre, journal: &Journal, blob: &AskedBlob) -> Answer {
    let path = format!("/v1/blobs/{}/complete", blob.sha256);
    centre.ask(journal, "POST", &path, "").await
}

pub fn state(answer: &Answer) -> BlobState {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json::<BlobStates>().blobs.remove(0)
}

/// The answer must be a countersigned `have` over the workstation's own size.
pub fn is_published(centre: &Centre, answer: &Answer, blob: &AskedBlob) {
    let states: BlobStates = answer.json();
    let keys = [centre.central.public_key()];
    let published = states.blobs[0].published_by(&keys, blob.size, &states.at);
    assert!(published, "the centre signs that it has it: {answer:?}");
}

/// Status, code and missing chunks of a refusal.
pub fn refused(answer: &Answer) -> (u16, String, Vec<[u32; 2]>) {
    let refusal: BlobRefusal = answer.json();
    (answer.status.as_u16(), answer.code(), refusal.missing)
}

/// Files below a folder of the blob store.
pub fn files(centre: &Centre, folder: &str) -> Vec<std::path::PathBuf> {
    let mut folders = vec![centre.data().join("scans").join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found
}

#[tokio::test]
async fn a_scan_comes_in_chunks_in_any_order_and_is_published_once() {
    let centre = Centre::open().await;
    let bytes = scan(5 * CHUNK + 77, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    assert_eq!(missing(&centre, &journal, &blob).await, [[0, 5]]);
    let after = state(&put(&centre, &journal, &blob, 5, &bytes[5 * CHUNK..]).await);
    assert_eq!(after.missing, [[0, 4]], "the last one first");
    let two = &bytes[CHUNK..3 * CHUNK];
    for _ in 0..2 {
        let after = state(&put(&centre, &journal, &blob, 1, two).await);
        assert_eq!(after.missing, [[0, 0], [3, 4]], "again changes nothing");
    }
    let early = complete(&centre, &journal, &blob).await;
    let expected = (409, "incomplete".into(), vec![[0, 0], [3, 4]]);
    assert_eq!(refused(&early), expected, "not before all are there");
    put(&centre, &journal, &blob, 0, &bytes[..CHUNK]).await;
    let last = put(&centre, &journal, &blob, 3, &bytes[3 * CHUNK..5 * CHUNK]).await;
    assert_eq!(state(&last).state, BlobStanding::Missing, "not yet whole");
    assert!(state(&last).missing.is_empty(), "but all are there");
    for _ in 0..2 {
        is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
    }
    is_published(&centre, &put(&centre, &journal, &blob, 1, two).await, &blob);
    let states = query(&centre, &journal, vec![blob.clone()]).await;
    assert_eq!(states.blobs[0].state, BlobStanding::Have);
    let stored = files(&centre, "blob");
    assert_eq!(stored.len(), 1, "one file");
    assert_eq!(std::fs::read(&stored[0]).unwrap(), bytes, "byte for byte");
    assert!(files(&centre, "stage").is_empty(), "and nothing left over");
    let answer = centre.take(journal.batch_from(1)).await;
    assert!(answer.want.is_empty(), "nothing is wanted any more");
}

#[tokio::test]
async fn one_put_publishes_a_small_scan_without_a_query() {
    let centre = Centre::open().await;
    let (small, nothing, larger) = (scan(500, 1), Vec::new(), scan(3 * CHUNK, 2));
    let scans: [&[u8]; 3] = [&small, &nothing, &larger];
    let journal = naming(&centre, 1, &scans).await;
    for bytes in scans {
        let blob = AskedBlob::of(bytes);
        let answer = put(&centre, &journal, &blob, 0, bytes).await;
        is_published(&centre, &answer, &blob);
    }
    assert_eq!(files(&centre, "blob").len(), 3);
    assert!(files(&centre, "stage").is_empty());
}

#[tokio::test]
async fn an_empty_scan_may_come_by_query_too() {
    let centre = Centre::open().await;
    let journal = naming(&centre, 1, &[b""]).await;
    let blob = AskedBlob::of(b"");
    assert_eq!(missing(&centre, &journal, &blob).await, [[0, 0]]);
    is_published(&centre, &put(&centre, &journal, &blob, 0, b"").await, &blob);
}

#[tokio::test]
async fn a_bit_flipped_in_a_chunk_is_refused_and_the_chunks_before_it_are_kept() {
    let centre = Centre::open().await;
    let bytes = scan(6 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let mut flipped = bytes.clone();
    flipped[2 * CHUNK + 5] ^= 1;
    let answer = put(&centre, &journal, &blob, 0, &flipped).await;
    assert_eq!(
        refused(&answer),
        (422, "chunk_mismatch".into(), vec![[2, 5]]),
        "two chunks came well"
    );
    state(&put(&centre, &journal, &blob, 2, &bytes[2 * CHUNK..]).await);
    is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
}

#[tokio::test]
async fn a_body_cut_anywhere_keeps_its_whole_chunks() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK + 10, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let short = put(&centre, &journal, &blob, 0, &bytes[..CHUNK + 9]).await;
    assert_eq!(refused(&short), (400, "malformed".into(), vec![[1, 2]]));
    let long = [&bytes[2 * CHUNK..], b"more"].concat();
    let long = put(&centre, &journal, &blob, 2, &long).await;
    assert_eq!(refused(&long), (400, "malformed".into(), vec![[1, 1]]));
    for first in [3, u32::MAX] {
        let beyond = put(&centre, &journal, &blob, first, &bytes[..10]).await;
        assert_eq!(refused(&beyond).1, "malformed", "chunk {first}");
    }
}

#[tokio::test]
async fn a_connection_that_dies_keeps_the_chunks_that_came() {
    let centre = Centre::open().await;
    let bytes = scan(3 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", &path, at, &bytes);
    let came = Bytes::copy_from_slice(&bytes[..CHUNK + 1000]);
    let died = Err(std::io::Error::other("the line went dead"));
    let body = Body::from_stream(stream::iter([Ok(came), died]));
    let answer = centre.ask_with(&signed.header(), "PUT", &path, body).await;
    assert_eq!(refused(&answer).1, "malformed", "to whoever still listens");
    assert_eq!(missing(&centre, &journal, &blob).await, [[1, 2]]);
}

#[tokio::test]
async fn a_caller_that_goes_away_loses_nothing_that_came() {
    let centre = Centre::open().await;
    let bytes = scan(3 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", &path, at, &bytes);
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel::<Bytes>();
    let parts = stream::poll_fn(move |context| receiver.poll_recv(context));
    let body = Body::from_stream(parts.map(Ok::<_, std::io::Error>));
    let header = signed.header();
    {
        let asking = centre.ask_with(&header, "PUT", &path, body);
        let mut asking = std::pin::pin!(asking);
        sender
            .send(Bytes::copy_from_slice(&bytes[..CHUNK]))
            .unwrap();
        while files(&centre, "stage").is_empty() {
            let waited = futures_util::poll!(&mut asking);
            assert!(waited.is_pending(), "the rest is awaited");
            tokio::task::yield_now().await;
        }
        // Here the server drops the handler, since its connection is gone; what is in the pipe still arrives.
    }
    let more = Bytes::copy_from_slice(&bytes[CHUNK..2 * CHUNK + 1]);
    sender.send(more).expect("somebody still reads");
    drop(sender);
    let kept = async {
        while missing(&centre, &journal, &blob).await != [[2, 2]] {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(20);
    tokio::time::timeout(patience, kept)
        .await
        .expect("the second chunk is kept");
}

#[tokio::test]
async fn a_blob_that_no_line_of_the_office_names_is_not_spoken_of() {
    let centre = Centre::open().await;
    let bytes = scan(700, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    is_published(
        &centre,
        &put(&centre, &journal, &blob, 0, &bytes).await,
        &blob,
    );
    let mut other = centre.elsewhere(1).await;
    let states = query(&centre, &other, vec![blob.clone()]).await;
    assert_eq!(
        states.blobs[0].state,
        BlobStanding::NotNamed,
        "though it is there"
    );
    assert_eq!(states.blobs[0].countersignature, None);
    for answer in [
        put(&centre, &other, &blob, 0, &bytes).await,
        complete(&centre, &other, &blob).await,
    ] {
        assert_eq!(refused(&answer), (404, "not_named".into(), vec![]));
    }
    let (filing, _) = other.receive("H15.50.05.14-261123-1000");
    other.say(FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256: blob.sha256,
        size: blob.size,
    });
    let answer = centre.take(other.batch_from(1)).await;
    assert!(answer.want.is_empty(), "nobody sends it twice");
    let states = query(&centre, &other, vec![blob]).await;
    assert_eq!(states.blobs[0].state, BlobStanding::Have);
}

#[tokio::test]
async fn a_workstation_that_lists_other_chunks_harms_nobody() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    let liar = centre.workstation(2).await;
    let wrong = scan(2 * CHUNK, 9);
    let claimed = AskedBlob {
        sha256: blob.sha256,
        ..AskedBlob::of(&wrong)
    };
    assert_eq!(missing(&centre, &journal, &blob).await, [[0, 1]]);
    assert_eq!(missing(&centre, &liar, &claimed).await, [[0, 1]]);
    state(&put(&centre, &liar, &claimed, 0, &wrong).await);
    state(&put(&centre, &journal, &blob, 0, &bytes[..CHUNK]).await);
    let answer = complete(&centre, &liar, &claimed).await;
    assert_eq!(
        refused(&answer),
        (422, "hash_mismatch".into(), vec![]),
        "all chunks as promised, and the whole is not the blob"
    );
    assert_eq!(
        refused(&complete(&centre, &liar, &claimed).await).1,
        "not_staged",
        "its stage is gone"
    );
    assert_eq!(
        missing(&centre, &journal, &blob).await,
        [[1, 1]],
        "the honest one goes on"
    );
    state(&put(&centre, &journal, &blob, 1, &bytes[CHUNK..]).await);
    is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
}

#[tokio::test]
async fn strangers_and_revoked_workstations_leave_no_byte() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    let other = centre.workstation(2).await;
    missing(&centre, &journal, &blob).await;
    let mut forged = journal.clone();
    forged.key = other.key.clone();
    let answer = put(&centre, &forged, &blob, 0, &bytes).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (401, "unauthorized")
    );
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", &path, at, b"other bytes");
    let answer = centre
        .ask_with(&signed.header(), "PUT", &path, scan(9, 3))
        .await;
    assert_eq!(refused(&answer).1, "malformed", "not the signed body");
    centre.central.revoke(journal.ws).await.unwrap();
    let answer = put(&centre, &journal, &blob, 0, &bytes).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (401, "revoked")
    );
    assert!(files(&centre, "stage").is_empty(), "nothing was kept");
    assert!(files(&centre, "blob").is_empty());
}

#[tokio::test]
async fn what_is_beyond_the_limits_is_refused() {
    let centre = Centre::open().await;
    let bytes = scan(17 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let answer = put(&centre, &journal, &blob, 0, &bytes).await;
    let (status, code, _) = refused(&answer);
    assert_eq!((status, code.as_str()), (413, "too_large"), "17 chunks");
    let ask = async |blobs: Vec<AskedBlob>| {
        let body = serde_json::to_vec(&BlobQuery { blobs }).unwrap();
        let answer = centre.ask(&journal, "POST", "/v1/blobs/query", body).await;
        (answer.status.as_u16(), answer.code())
    };
    let small = AskedBlob::of(b"x");
    assert_eq!(ask(vec![small; 201]).await, (413, "too_large".into()));
    let huge = AskedBlob::of(&vec![0; 1024 * CHUNK]);
    let many = vec![huge; 20];
    assert_eq!(ask(many).await, (413, "too_large".into()), "over 1 MiB");
    let wrong = AskedBlob {
        size: 1,
        ..blob.clone()
    };
    assert_eq!(ask(vec![wrong]).await, (400, "malformed".into()));
    assert_eq!(ask(vec![]).await, (400, "malformed".into()));
    let unsigned = centre
        .post("/v1/blobs/query", "application/json", "{}")
        .await;
    assert_eq!(unsigned.code(), "unauthorized");
}

#[tokio::test]
async fn a_chunk_spoilt_by_a_power_cut_is_asked_for_again() {
    let centre = Centre::open().await;
    let bytes = scan(3 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let (first, rest) = bytes.split_at(CHUNK);
    put(&centre, &journal, &blob, 0, first).await;
    put(&centre, &journal, &blob, 1, rest).await;
    let mut staged = files(&centre, "stage");
    staged.sort();
    std::fs::write(&staged[0], b"").unwrap();
    std::fs::write(&staged[1], vec![0; CHUNK]).unwrap();
    assert_eq!(
        missing(&centre, &journal, &blob).await,
        [[0, 0]],
        "one is too short"
    );
    put(&centre, &journal, &blob, 0, first).await;
    let answer = complete(&centre, &journal, &blob).await;
    assert_eq!(
        refused(&answer),
        (409, "incomplete".into(), vec![[1, 1]]),
        "the other is found when the whole is hashed"
    );
    put(&centre, &journal, &blob, 1, &rest[..CHUNK]).await;
    is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
}

#[tokio::test]
async fn have_is_never_said_of_a_file_that_is_gone() {
    let centre = Centre::open().await;
    let bytes = scan(900, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    put(&centre, &journal, &blob, 0, &bytes).await;
    std::fs::remove_file(&files(&centre, "blob")[0]).unwrap();
    assert_eq!(
        missing(&centre, &journal, &blob).await,
        [[0, 0]],
        "nobody drops a copy on the word of a row"
    );
    let again = put(&centre, &journal, &blob, 0, &bytes).await;
    is_published(&centre, &again, &blob);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_fill_one_stage_and_publish_one_file() {
    let one = Centre::open().await;
    let two = one.another_instance().await;
    let bytes = scan(8 * CHUNK, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&one, 1, &[&bytes]).await;
    missing(&one, &journal, &blob).await;
    for (index, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
        let instance = if index % 2 == 0 { &one } else { &two };
        state(&put(instance, &journal, &blob, index, chunk).await);
    }
    let (left, right) = tokio::join!(
        complete(&one, &journal, &blob),
        complete(&two, &journal, &blob)
    );
    is_published(&one, &left, &blob);
    is_published(&two, &right, &blob);
    let stored = files(&one, "blob");
    assert_eq!(stored.len(), 1);
    assert_eq!(std::fs::read(&stored[0]).unwrap(), bytes);
}
