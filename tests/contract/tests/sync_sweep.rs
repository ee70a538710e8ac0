//! `kill -9` at the durable calls of a contact, on either side: what was acknowledged is there, nothing is there twice, and
//! what was left half written is swept. Every second point by default, all of them with `ONEDOOR_SWEEP=all`. Linux only,
//! by strace. Not here: receiving (`crash_sweep`).

#![cfg(target_os = "linux")]

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_contract::{
    centre::{counter, office},
    link,
    sweep::{self, Ended, Point, at_each, chosen, own_points, told},
};
use onedoor_protocol::{
    Hash32,
    enrol::{EnrolRequest, Ticket},
    journal::decode,
};
use onedoor_store::{
    Op,
    tables::{filings::Which, mirror::Keeper},
};
use onedoor_testkit::{folders, temp::Folder};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tokio::{net::TcpListener, runtime::Runtime, task::JoinHandle};
use uuid::Uuid;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sync_once");
/// The sentences that the planted faults have to bring.
const NOT_THERE: &str = "a line that was called acknowledged is not at the centre";
const SAID_AND_LOST: &str = "the centre had answered for more lines than it has";

/// A centre in this process, over a folder.
struct Serving {
    central: Central,
    url: String,
    task: JoinHandle<()>,
}

impl Serving {
    async fn start(data: &Path) -> Self {
        let central = Central::open(Options::new(data)).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = central.clone();
        let task = tokio::spawn(async move {
            service.serve(listener).await.unwrap();
        });
        Serving { central, url, task }
    }

    fn has(&self, data: &Path, sha256: &Hash32) -> bool {
        let name = sha256.hex();
        let place = data.join("scans/blob").join(&name[..2]).join(&name[2..4]);
        fs::read(place.join(&name)).is_ok_and(|bytes| Hash32::of(&[&bytes]) == *sha256)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn runtime() -> Runtime {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Runtime::new().unwrap()
}

/// What every run starts from: a centre, and a workstation with lines and a scan to send, a page to read, and a
/// colleague's paper to fetch.
struct Prepared {
    folder: Folder,
    ws: Uuid,
    /// Of the filings, own and colleagues'.
    codes: Vec<String>,
    wanted: Hash32,
    own: Vec<Hash32>,
}

impl Prepared {
    fn new() -> Self {
        let folder = Folder::new();
        let (centre, data) = (folder.join("centre"), folder.join("data"));
        let (mut codes, mut own) = (Vec::new(), Vec::new());
        let (ws, wanted) = runtime().block_on(async {
            let serving = Serving::start(&centre).await;
            let record = OfficeRecord {
                office: office(),
                province: "Đắk Lắk".into(),
            };
            serving.central.add_office(record).await.unwrap();
            let mut made = Vec::new();
            for (number, place) in [(1, data.clone()), (2, folder.join("colleague"))] {
                let ticket = serving
                    .central
                    .ticket("eatul", counter(number), &serving.url);
                let (store, ticket) = link::make(&place, &ticket.await.unwrap()).unwrap();
                link::bind(&serving.url, &ticket, &store).await.unwrap();
                made.push((store, ticket));
            }
            let [(store, ticket), (colleague, _)] = made.try_into().ok().unwrap();
            let mut receive = |store: &onedoor_store::Store, n: u32, size: usize| {
                codes.push(link::code(n));
                link::receive(store, &link::code(n), n, size).unwrap()
            };
            let (filing, wanted) = receive(&colleague, 20, 70_000);
            link::converge(&colleague, &serving.url).await.unwrap();
            link::converge(&store, &serving.url).await.unwrap();
            let want = Op::local(move |tx| tx.want_form(filing, "01"));
            assert!(
                store.write(want).unwrap().value,
                "the colleague's form is known"
            );
            for n in [21, 22] {
                receive(&colleague, n, 3_000);
            }
            link::converge(&colleague, &serving.url).await.unwrap();
            for (n, size) in [(1, 400_000), (2, 9_000)] {
                own.push(receive(&store, n, size).1);
            }
            (ticket.enrolment.ws, wanted)
        });
        drop(link::closed(&data).unwrap());
        folders::let_go(&centre).unwrap();
        codes.sort();
        Prepared {
            folder,
            ws,
            codes,
            wanted,
            own,
        }
    }

    fn copy(&self) -> (Folder, PathBuf, PathBuf) {
        let folder = Folder::new();
        let (centre, data) = (folder.join("centre"), folder.join("data"));
        folders::copy(&self.folder.join("centre"), &centre).unwrap();
        folders::copy(&self.folder.join("data"), &data).unwrap();
        (folder, centre, data)
    }

    /// What is wrong after a kill of the workstation, as sentences.
    async fn wrongs(&self, serving: &Serving, centre: &Path, data: &Path) -> Vec<String> {
        let mut wrongs = Vec::new();
        let mut wrong = |is_so: bool, words: &str| {
            if is_so {
                wrongs.push(words.to_string());
            }
        };
        let store = link::open(data).unwrap();
        let there = serving.central.ledger().lines(self.ws, 1, 1_000);
        let there = there.await.unwrap();
        let top = serving.central.ledger().feed_top("eatul").await.unwrap();
        let (own, mark, cursor, waiting, filings) = store
            .read(|reader| {
                reader.verify_chain(1)?;
                Ok((
                    reader.lines(1, 1_000)?,
                    reader.mark(Keeper::Centre)?.map_or(1, |mark| mark.next_seq),
                    reader.feed_cursor()?,
                    reader.unpublished(100)?,
                    reader.filings(&Which::All, "", 100)?,
                ))
            })
            .unwrap();
        let acknowledged = own.iter().filter(|line| line.seq < mark);
        let same = acknowledged
            .zip(&there)
            .all(|(own, there)| own.line == *there);
        wrong(there.len() as u64 + 1 < mark || !same, NOT_THERE);
        let heard = filings.len() == self.codes.len();
        wrong(
            cursor >= top && !heard,
            "the cursor is behind what was never read",
        );
        let open = |sha256: &Hash32| waiting.iter().any(|(one, _)| one.sha256 == *sha256);
        let lost = self
            .own
            .iter()
            .any(|sha256| !open(sha256) && !serving.has(centre, sha256));
        wrong(lost, "a paper that was called sent is not at the centre");
        if let Err(error) = link::converge(&store, &serving.url).await {
            wrong(true, &format!("it does not go on: {error}"));
            return wrongs;
        }
        let there = serving.central.ledger().lines(self.ws, 1, 1_000);
        let there: Vec<u64> = there
            .await
            .unwrap()
            .iter()
            .map(|line| decode(line).unwrap().stamp.seq)
            .collect();
        let all: Vec<u64> = own.iter().map(|line| line.seq).collect();
        wrong(there != all, "a line is not at the centre, or twice");
        let filings = store.read(|reader| reader.filings(&Which::All, "", 100));
        let filings = filings.unwrap().into_iter();
        let mut codes: Vec<String> = filings.filter_map(|row| row.code).collect();
        codes.sort();
        wrong(codes != self.codes, "a filing is missing, or twice");
        let held = self.own.iter().all(|sha256| serving.has(centre, sha256));
        wrong(!held, "a paper did not arrive");
        let fetched = store.blobs().get(&self.wanted);
        wrong(fetched.is_err(), "the wanted paper did not come");
        store.blobs().sweep(SystemTime::now()).unwrap();
        let files = folders::files(&data.join("blobs")).unwrap();
        let parts = files.iter().filter(|file| file.extension().is_some());
        wrong(parts.count() > 0, "something half written stays");
        wrongs
    }
}

fn kill_workstation(
    prepared: &Prepared,
    ahead: &str,
    planted: &[&str],
    point: &Point,
) -> (Ended, Vec<String>) {
    let (_folder, centre, data) = prepared.copy();
    let runtime = runtime();
    let serving = runtime.block_on(Serving::start(&centre));
    let place = data.to_string_lossy();
    let arguments = [&["workstation", &place, &serving.url, ahead], planted].concat();
    let run = sweep::kill_at(Path::new(PROGRAM), &arguments, &point.call, point.nth);
    let (ended, _) = run.unwrap();
    (
        ended,
        runtime.block_on(prepared.wrongs(&serving, &centre, &data)),
    )
}

fn workstation_points(prepared: &Prepared, ahead: &str, planted: &[&str]) -> Vec<Point> {
    let (_folder, centre, data) = prepared.copy();
    let runtime = runtime();
    let serving = runtime.block_on(Serving::start(&centre));
    let place = data.to_string_lossy();
    let arguments = [&["workstation", &place, &serving.url, ahead], planted].concat();
    let log = prepared.folder.join(format!("{ahead}.log"));
    let points = sweep::points(Path::new(PROGRAM), &arguments, &log, "/nonexistent/marker");
    own_points(ahead, points.unwrap().aimed)
}

#[test]
fn a_workstation_that_is_killed_during_a_contact_loses_nothing_and_has_nothing_twice() {
    let prepared = Prepared::new();
    let (mut all, mut kills, mut wrongs) = (Vec::new(), 0, Vec::new());
    for ahead in ["writer", "files"] {
        let points = chosen(workstation_points(&prepared, ahead, &[]));
        let (killed, found) = at_each(&points, |point| {
            kill_workstation(&prepared, ahead, &[], point)
        });
        kills += killed;
        wrongs.extend(found);
        all.extend(points);
    }
    told("a workstation", &all, kills);
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    // Where the database tidies its log differs from run to run: some points are not met again.
    assert!(
        kills >= 10 && 3 * kills >= 2 * all.len(),
        "{kills} of {}",
        all.len()
    );
}

#[test]
fn a_workstation_that_moves_its_mark_before_the_answer_is_found_out() {
    let prepared = Prepared::new();
    let planted = ["--mark-before-answer"];
    let points = workstation_points(&prepared, "files", &planted);
    // Between the mark and the answer only the file's own sync can be killed.
    let syncs = points.into_iter().filter(|point| point.call == "fsync");
    let points: Vec<Point> = syncs.take(4).collect();
    let (_, wrongs) = at_each(&points, |point| {
        kill_workstation(&prepared, "files", &planted, point)
    });
    let found = wrongs
        .iter()
        .filter(|wrong| wrong.contains(NOT_THERE))
        .count();
    eprintln!(
        "planted fault: {found} of {} crash points show it",
        points.len()
    );
    assert!(found > 0, "{wrongs:?}");
}

/// A centre that knows a workstation whose journal is always the same.
fn prepared_centre() -> (Folder, String) {
    let folder = Folder::new();
    let ws = runtime().block_on(async {
        let central = Central::open(Options::new(folder.join("centre")))
            .await
            .unwrap();
        let record = OfficeRecord {
            office: office(),
            province: "Đắk Lắk".into(),
        };
        central.add_office(record).await.unwrap();
        let ticket = central
            .ticket("eatul", counter(1), "http://127.0.0.1:9")
            .await;
        let ticket = Ticket::read(&ticket.unwrap()).unwrap();
        let ws = ticket.enrolment.ws.to_string();
        let (journal, _) = link::at_the_centre(&ws).unwrap();
        let request = EnrolRequest::new(&journal.key, &ticket.secret, "test");
        let body = serde_json::to_vec(&request).unwrap();
        let request = axum::http::Request::post("/v1/enrol")
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body));
        let answer = tower::ServiceExt::oneshot(central.router(), request.unwrap()).await;
        assert!(answer.unwrap().status().is_success(), "it is enrolled");
        ws
    });
    folders::let_go(&folder.join("centre")).unwrap();
    (folder, ws)
}

fn centre_run<'a>(data: &'a str, ws: &'a str, ahead: &'a str, planted: &[&'a str]) -> Vec<&'a str> {
    [&["centre", data, ws, ahead], planted].concat()
}

fn kill_centre(
    prepared: &(Folder, String),
    ahead: &str,
    planted: &[&str],
    point: &Point,
) -> (Ended, Vec<String>) {
    let (folder, ws) = prepared;
    let copy = Folder::new();
    let data = copy.join("centre");
    folders::copy(&folder.join("centre"), &data).unwrap();
    let place = data.to_string_lossy();
    let arguments = centre_run(&place, ws, ahead, planted);
    let run = sweep::kill_at(Path::new(PROGRAM), &arguments, &point.call, point.nth);
    let (ended, said) = run.unwrap();
    let mut wrongs = Vec::new();
    let acked = said.lines().filter_map(|line| line.strip_prefix("acked "));
    let acked: u64 = acked.filter_map(|seq| seq.parse().ok()).max().unwrap_or(1);
    let published = said.contains("published");
    let (journal, scan) = link::at_the_centre(ws).unwrap();
    let lines = async || {
        let central = Central::open(Options::new(&data)).await.unwrap();
        let lines = central.ledger().lines(journal.ws, 1, 1_000).await.unwrap();
        let verified = central.verify_journal(journal.ws).await.unwrap();
        (lines, verified.broken.is_empty())
    };
    let (there, holds) = runtime().block_on(lines());
    if acked > there.len() as u64 + 1 || !journal.lines.starts_with(&there) {
        wrongs.push(SAID_AND_LOST.to_string());
    }
    if !holds {
        wrongs.push("the journal at the centre does not hold".into());
    }
    let name = Hash32::of(&[&scan]).hex();
    let file = data.join("scans/blob").join(&name[..2]).join(&name[2..4]);
    if published && fs::read(file.join(&name)).ok().as_ref() != Some(&scan) {
        wrongs.push("a scan that the centre signed for is not there".into());
    }
    // The same again, by the workstation that heard no answer.
    let again = std::process::Command::new(PROGRAM)
        .args(centre_run(&place, ws, "files", &[]))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    if !said.contains("published") || runtime().block_on(lines()) != (journal.lines.clone(), true) {
        let why = String::from_utf8_lossy(&again.stderr);
        wrongs.push(format!("it does not go on: {said} {why}"));
    }
    wrongs.extend(runtime().block_on(left_over(&data)));
    (ended, wrongs)
}

/// What no sweep clears away, an hour after the kill.
async fn left_over(data: &Path) -> Option<String> {
    let files = folders::files(&data.join("scans")).unwrap();
    for file in files
        .iter()
        .filter(|file| file.to_string_lossy().contains('#'))
    {
        let before = SystemTime::now() - Duration::from_secs(7_200);
        let file = fs::OpenOptions::new().append(true).open(file).unwrap();
        file.set_modified(before).unwrap();
    }
    let central = Central::open(Options::new(data)).await.unwrap();
    central.sweep().await.unwrap();
    let files = folders::files(&data.join("scans")).unwrap();
    (files.len() != 1).then(|| format!("more than the scan is left: {files:?}"))
}

fn centre_points(prepared: &(Folder, String), ahead: &str, planted: &[&str]) -> Vec<Point> {
    let (folder, ws) = prepared;
    let copy = Folder::new();
    let data = copy.join("centre");
    folders::copy(&folder.join("centre"), &data).unwrap();
    let place = data.to_string_lossy();
    let log = copy.join("log");
    let arguments = centre_run(&place, ws, ahead, planted);
    let points = sweep::points(Path::new(PROGRAM), &arguments, &log, "/nonexistent/marker");
    own_points(ahead, points.unwrap().aimed)
}

#[test]
fn a_centre_that_is_killed_while_it_takes_lines_and_a_scan_keeps_its_word() {
    let prepared = prepared_centre();
    let (mut all, mut kills, mut wrongs) = (Vec::new(), 0, Vec::new());
    for ahead in ["writer", "files"] {
        let points = chosen(centre_points(&prepared, ahead, &[]));
        let (killed, found) = at_each(&points, |point| kill_centre(&prepared, ahead, &[], point));
        kills += killed;
        wrongs.extend(found);
        all.extend(points);
    }
    told("a centre", &all, kills);
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    // Where the database tidies its log differs from run to run: some points are not met again.
    assert!(
        kills >= 10 && 3 * kills >= 2 * all.len(),
        "{kills} of {}",
        all.len()
    );
}

#[test]
fn a_centre_that_answers_before_it_stores_is_found_out() {
    let prepared = prepared_centre();
    let planted = ["--answer-before-commit"];
    let points = centre_points(&prepared, "writer", &planted);
    let points: Vec<Point> = points.into_iter().take(6).step_by(2).collect();
    let (_, wrongs) = at_each(&points, |point| {
        kill_centre(&prepared, "writer", &planted, point)
    });
    let found = wrongs
        .iter()
        .filter(|wrong| wrong.contains(SAID_AND_LOST))
        .count();
    eprintln!(
        "planted fault: {found} of {} crash points show it",
        points.len()
    );
    assert!(found > 0, "{wrongs:?}");
}
