//! Chunks whose line broke in their middle: the next request goes on behind what came.

use axum::body::{Body, Bytes};
use futures_util::stream;
use onedoor_protocol::blob::{AskedBlob, Begun, CHUNK};
use onedoor_protocol::request::sign_request;
use onedoor_testkit::journal::Journal;

use super::blobs::{
    complete, files, is_published, missing, naming, put, query, refused, scan, state,
};
use super::desk::Centre;

/// A `PUT` whose line goes dead after these bytes of it.
async fn put_and_die(centre: &Centre, journal: &Journal, path: &str, body: &[u8], came: usize) {
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, "PUT", path, at, body);
    let came = Bytes::copy_from_slice(&body[..came]);
    let died = Err(std::io::Error::other("the line went dead"));
    let body = Body::from_stream(stream::iter([Ok(came), died]));
    let answer = centre.ask_with(&signed.header(), "PUT", path, body).await;
    assert_eq!(refused(&answer).1, "malformed", "to whoever still listens");
}

#[tokio::test]
async fn a_chunk_that_was_begun_is_gone_on_with_where_its_line_broke() {
    let centre = Centre::open().await;
    let bytes = scan(2 * CHUNK + 10, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    put_and_die(&centre, &journal, &path, &bytes, CHUNK + 100_000).await;
    let begun = |chunk, bytes| Some(Begun { chunk, bytes });
    let asked = query(&centre, &journal, vec![blob.clone()]).await.blobs;
    assert_eq!(asked[0].missing, [[1, 2]]);
    assert_eq!(asked[0].begun, begun(1, 100_000), "the rest can follow");
    // Broken again: the same chunk has more of it now.
    let path = format!("/v1/blobs/{}/1?from=100000", blob.sha256);
    let rest = &bytes[CHUNK + 100_000..];
    put_and_die(&centre, &journal, &path, rest, 50_000).await;
    let asked = query(&centre, &journal, vec![blob.clone()]).await.blobs;
    assert_eq!(asked[0].begun, begun(1, 150_000));
    let more = format!("/v1/blobs/{}/1?from=150001", blob.sha256);
    let refusal = centre.ask(&journal, "PUT", &more, &bytes[..10]).await;
    let none = (409, "not_staged".into(), vec![[1, 2]]);
    assert_eq!(refused(&refusal), none, "more than is there");
    let path = format!("/v1/blobs/{}/1?from=150000", blob.sha256);
    let rest = &bytes[CHUNK + 150_000..];
    let answer = centre.ask(&journal, "PUT", &path, rest).await;
    assert_eq!(
        (state(&answer).missing, state(&answer).begun),
        (vec![], None)
    );
    is_published(&centre, &complete(&centre, &journal, &blob).await, &blob);
    assert!(files(&centre, "stage").is_empty(), "and nothing left over");
}

#[tokio::test]
async fn a_spoilt_beginning_is_dropped_and_the_chunk_comes_whole() {
    let centre = Centre::open().await;
    let bytes = scan(CHUNK + 10, 0);
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&centre, 1, &[&bytes]).await;
    missing(&centre, &journal, &blob).await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    put_and_die(&centre, &journal, &path, &bytes, 9_000).await;
    let begun = files(&centre, "stage").pop().expect("it is kept");
    let mut spoilt = std::fs::read(&begun).unwrap();
    spoilt[17] ^= 1;
    std::fs::write(&begun, spoilt).unwrap();
    let path = format!("/v1/blobs/{}/0?from=9000", blob.sha256);
    let answer = centre.ask(&journal, "PUT", &path, &bytes[9_000..]).await;
    let expected = (422, "chunk_mismatch".into(), vec![[0, 1]]);
    assert_eq!(refused(&answer), expected);
    let asked = query(&centre, &journal, vec![blob.clone()]).await.blobs;
    assert_eq!(asked[0].begun, None, "nobody goes on with it");
    is_published(
        &centre,
        &put(&centre, &journal, &blob, 0, &bytes).await,
        &blob,
    );
}
