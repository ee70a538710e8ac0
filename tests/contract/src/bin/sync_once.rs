//! The program that the sweep of sync kills. Says on standard output what it may be held to. Not a tool for anybody else.
//!
//! `sync_once workstation DATA URL writer|files [--mark-before-answer]`: one contact of the store in DATA.
//! `sync_once centre DATA ENROLMENT writer|files [--answer-before-commit]`: a centre over DATA takes lines and a scan.
//!
//! strace counts system calls thread by thread and kills whoever comes to a number first. So one of the two threads that
//! write, the database's or the one for files, is put so far ahead that its numbers are its own.

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use axum::{Router, body::Body, http::Request};
use onedoor_central::{Central, Options};
use onedoor_contract::link;
use onedoor_protocol::{
    Hash32,
    batch::BatchAnswer,
    blob::{AskedBlob, BlobQuery, BlobStates, CHUNK},
    feed::FeedLine,
    keys::KeyStatement,
    request::{HEADER, sign_request},
    sign::PublicKey,
    snapshot::Offer,
};
use onedoor_store::{
    Op, Store, StorePaths,
    tables::{blobs::Published, journal::StoredLine},
};
use onedoor_sync::{
    machine::{Believed, Fed, Fetched, Kept},
    shelf::{self, Lengths, Sender, Shelf, ShelfError},
};
use onedoor_testkit::journal::Journal;
use std::{fs, os::unix::fs::FileExt, path::Path, sync::Arc};
use tower::ServiceExt;

/// More calls than the other thread makes in its whole life here.
const AHEAD: usize = 120;
/// Writes that put the database's thread as far ahead.
const WRITES: usize = 24;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // One thread for all files, so that its calls can be counted.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(1)
        .enable_all()
        .build()?;
    match words.as_slice() {
        ["workstation", data, url, ahead, planted @ ..] => {
            let planted = !planted.is_empty();
            runtime.block_on(workstation(Path::new(data), url, ahead, planted))?;
        }
        ["centre", data, enrolment, ahead, planted @ ..] => {
            let planted = !planted.is_empty();
            runtime.block_on(centre(Path::new(data), enrolment, ahead, planted))?;
        }
        _ => bail!("which side, and which folder?"),
    }
    drop(runtime);
    println!("closed");
    Ok(())
}

async fn workstation(data: &Path, url: &str, ahead: &str, planted: bool) -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = link::open(data)?;
    if ahead == "writer" {
        for n in 0..WRITES {
            store.write(Op::local(move |tx| tx.set("ahead", &n.to_string())))?;
        }
    }
    let shelf: Arc<dyn Shelf> = match planted {
        true => Arc::new(EagerMark(store, data.to_path_buf())),
        false => Arc::new(store),
    };
    tokio::task::spawn_blocking({
        let calls = if ahead == "files" { AHEAD } else { 0 };
        move || idle_calls(calls)
    })
    .await?;
    link::contact(shelf, url).await?;
    Ok(())
}

/// Calls that change nothing, and at their end the marker from which the sweep counts.
fn idle_calls(calls: usize) {
    if let Ok(nothing) = fs::OpenOptions::new().write(true).open("/dev/null") {
        for _ in 0..calls {
            // None of these has an effect, and their errors mean nothing.
            let _ = nothing.write_at(b"-", 0);
            let _ = nothing.sync_all();
            let _ = nothing.sync_data();
            let _ = fs::rename("/nonexistent/from", "/nonexistent/to");
            let _ = fs::remove_file("/nonexistent/from");
        }
    }
    let _ = fs::remove_file("/nonexistent/marker");
}

/// THE PLANTED FAULT: the mark moves when lines are read for a batch, before the centre has answered. The sweep has to
/// find it; the workstation has no such path.
struct EagerMark(Store, std::path::PathBuf);

impl EagerMark {
    fn move_mark(&self, last: &StoredLine) -> Result<()> {
        let path = StorePaths::new(&self.1).database();
        let connection = rusqlite::Connection::open(path)?;
        let key = link::keys()?.hex("db").context("a key")?;
        connection.execute_batch(&format!("pragma key = \"x'{key}'\""))?;
        connection.execute(
            "update mark set next_seq = ?1, head = ?2 where name = 'centre'",
            (last.seq.cast_signed() + 1, last.hash.0),
        )?;
        Ok(())
    }
}

impl Shelf for EagerMark {
    fn sender(&self) -> shelf::Result<Option<Sender>> {
        self.0.sender()
    }
    fn lengths(&self, blobs: usize) -> shelf::Result<Lengths> {
        self.0.lengths(blobs)
    }
    fn lines(&self, first: u64, most: usize) -> shelf::Result<Vec<StoredLine>> {
        let lines = self.0.lines(first, most)?;
        let last = lines.last().ok_or_else(|| ShelfError("no line".into()))?;
        self.move_mark(last)
            .map_err(|error| ShelfError(error.to_string()))?;
        Ok(lines)
    }
    fn hash_at(&self, seq: u64) -> shelf::Result<Option<Hash32>> {
        self.0.hash_at(seq)
    }
    fn acknowledge(&self, answer: &BatchAnswer) -> shelf::Result<Believed> {
        self.0.acknowledge(answer)
    }
    fn blob(&self, sha256: &Hash32) -> shelf::Result<Vec<u8>> {
        Shelf::blob(&self.0, sha256)
    }
    fn published(&self, receipt: &Published) -> shelf::Result<Kept> {
        self.0.published(receipt)
    }
    fn arrived(&self, sha256: &Hash32, bytes: &[u8]) -> shelf::Result<bool> {
        self.0.arrived(sha256, bytes)
    }
    fn read_feed(&self, after: u64, page: &[u8]) -> shelf::Result<Fed> {
        self.0.read_feed(after, page)
    }
    fn restart_feed(&self) -> shelf::Result<()> {
        self.0.restart_feed()
    }
    fn accept(&self, after: u64, offer: &Offer) -> shelf::Result<Fed> {
        self.0.accept(after, offer)
    }
    fn keep_snapshot_part(&self, name: &Hash32, first: u64, bytes: &[u8]) -> shelf::Result<()> {
        self.0.keep_snapshot_part(name, first, bytes)
    }
    fn verify_snapshot(&self, name: &Hash32) -> shelf::Result<Fetched> {
        self.0.verify_snapshot(name)
    }
    fn snapshot_part(&self, first: u64) -> shelf::Result<Option<Vec<u8>>> {
        self.0.snapshot_part(first)
    }
    fn take_snapshot(&self, from: u64, lines: &[FeedLine], last: bool) -> shelf::Result<Fed> {
        self.0.take_snapshot(from, lines, last)
    }
    fn drop_snapshot(&self) -> shelf::Result<()> {
        self.0.drop_snapshot()
    }
    fn follow_keys(&self, said: &[KeyStatement], answered: &PublicKey) -> shelf::Result<()> {
        self.0.follow_keys(said, answered)
    }
}

/// Says what the centre of this process answered, so that it can be held to it after a kill.
struct Asker {
    router: Router,
    journal: Journal,
}

impl Asker {
    async fn send(&self, request: Request<Body>) -> Result<Vec<u8>> {
        let response = self.router.clone().oneshot(request).await?;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        ensure!(status.is_success(), "{status} {body:?}");
        Ok(body.to_vec())
    }

    async fn signed(&self, method: &str, path: &str, body: Vec<u8>) -> Result<BlobStates> {
        let at = u64::try_from(jiff::Timestamp::now().as_millisecond())?;
        let signed = sign_request(&self.journal.key, self.journal.ws, method, path, at, &body);
        let request = Request::builder().method(method).uri(path);
        let request = request.header(HEADER, signed.header());
        let answer = self.send(request.body(Body::from(body))?).await?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

async fn centre(data: &Path, enrolment: &str, ahead: &str, planted: bool) -> Result<()> {
    let central = Central::open(Options::new(data)).await?;
    let (journal, scan) = link::at_the_centre(enrolment)?;
    let office = journal.office.clone();
    if ahead == "writer" {
        for n in 0..WRITES {
            let body = format!("{{\"text\":\"{n}\"}}");
            central.publish(&office, "message", &body).await?;
        }
    }
    let calls = if ahead == "files" { AHEAD } else { 0 };
    tokio::task::spawn_blocking(move || idle_calls(calls)).await?;
    let asker = Asker {
        router: central.router(),
        journal,
    };
    let last = asker.journal.next_seq() - 1;
    for first in (1..=last).step_by(2) {
        let end = (first + 1).min(last);
        if planted {
            // THE PLANTED FAULT: the answer goes out before anything is stored.
            println!("acked {}", end + 1);
        }
        let batch = asker.journal.batch(first..=end);
        let request = Request::post("/v1/batches").header("content-type", "application/zstd");
        let answer = asker.send(request.body(Body::from(batch))?).await?;
        let answer: BatchAnswer = serde_json::from_slice(&answer)?;
        println!("acked {}", answer.next_seq);
    }
    let blob = AskedBlob::of(&scan);
    let query = BlobQuery {
        blobs: vec![blob.clone()],
    };
    let states = asker.signed("POST", "/v1/blobs/query", serde_json::to_vec(&query)?);
    let missing = states.await?.blobs.remove(0).missing;
    for [from, to] in missing {
        for index in from..=to {
            let begin = index as usize * CHUNK;
            let end = (begin + CHUNK).min(scan.len());
            let chunk = scan.get(begin..end).ok_or_else(|| anyhow!("a chunk"))?;
            let path = format!("/v1/blobs/{}/{index}", blob.sha256);
            asker.signed("PUT", &path, chunk.to_vec()).await?;
        }
    }
    let path = format!("/v1/blobs/{}/complete", blob.sha256);
    let done = asker.signed("POST", &path, Vec::new()).await?;
    let keys = [central.public_key()];
    let state = done.blobs.first().context("a state")?;
    ensure!(
        state.published_by(&keys, blob.size, &done.at),
        "nobody signed for the scan"
    );
    println!("published");
    Ok(())
}
