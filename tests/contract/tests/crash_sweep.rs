//! `kill -9` at every durable call of a receive: after each, nothing printed is unknown, no number is lost or given
//! twice, no typed word is gone. A program that prints before it stores must fail this. Linux only, by strace.

#![cfg(target_os = "linux")]

use jiff::SignedDuration;
use onedoor_contract::{
    centre::{AGENCY, Centre},
    counter::{self, NoViewer, PASSWORD, filing},
    sweep::{self, Ended, Point},
};
use onedoor_desk::{
    Commands, Desk,
    dto::{FilingFilter, FilingRow, Phase},
};
use onedoor_protocol::journal::{Body, decode};
use onedoor_store::{
    Hash32, KeyFile, Keys, Lock, Store, StoreError, StorePaths, lock, tables::filings::Which,
};
use onedoor_testkit::{clock::FakeClock, folders, temp::Folder};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const PROGRAM: &str = env!("CARGO_BIN_EXE_receive_once");
const TYPED: &str = "Nguyễn Thị Ứng";
/// The sentence that the planted fault has to bring.
const UNKNOWN_PAPER: &str = "a printed number that no filing has";
/// Two cores are what the tests are promised on.
const AT_ONCE: usize = 2;

/// An enrolled store, closed in good order, from which every run starts.
struct Prepared {
    folder: Folder,
    keys: Keys,
    store: uuid::Uuid,
    first: u32,
}

fn runtime() -> Runtime {
    Runtime::new().unwrap()
}

impl Prepared {
    fn new() -> Self {
        let folder = Folder::new();
        let data = folder.join("data");
        let first = runtime().block_on(async {
            let clock = FakeClock::monday();
            let centre = Centre::open(&clock).await;
            // Nobody listens there: the whole sweep happens without a network.
            let ticket = centre.ticket("http://127.0.0.1:9").await;
            let desk = counter::desk(&data, &clock, Arc::new(NoViewer));
            let commands = Commands(desk);
            counter::first_clerk(&commands).await.unwrap();
            commands.enrol_by_ticket(ticket).await.unwrap();
            let known = centre.central.workstations().await.unwrap();
            known[0].lease.clone().unwrap().slot[0].max(1)
        });
        let file = KeyFile::load(&StorePaths::new(&data).keys())
            .unwrap()
            .unwrap();
        let clerk = file.slots[0].id;
        let keys = file
            .open_clerk(clerk, PASSWORD, None)
            .unwrap()
            .derive()
            .unwrap();
        Prepared {
            store: file.store,
            folder,
            keys,
            first,
        }
    }

    fn code(&self, nth: usize) -> String {
        format!("{AGENCY}-261123-{:04}", self.first as usize + nth)
    }

    /// A fresh copy with an empty spool.
    fn copy(&self) -> (Folder, PathBuf, PathBuf) {
        let folder = Folder::new();
        let (data, spool) = (folder.join("data"), folder.join("spool"));
        folders::copy(&self.folder.join("data"), &data).unwrap();
        let canary = |data: &Path| StorePaths::new(data).canary();
        fs::copy(canary(&self.folder.join("data")), canary(&data)).unwrap();
        fs::create_dir(&spool).unwrap();
        (folder, data, spool)
    }
}

/// The dossier codes that a reader of the papers in the spool sees.
fn printed(spool: &Path) -> Vec<String> {
    let mut codes = Vec::new();
    for paper in folders::files(spool).unwrap() {
        let pdf = fs::read(&paper).unwrap();
        // A file that was never written to its end is no paper yet.
        if !pdf.trim_ascii_end().ends_with(b"%%EOF") {
            continue;
        }
        let text = Command::new("pdftotext").arg(&paper).arg("-").output();
        let text = text.expect("no pdftotext: install the package poppler-utils");
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        let code = text
            .split(|letter: char| letter.is_whitespace())
            .find_map(|word| Some(&word[word.find(AGENCY)?..]))
            .unwrap_or_else(|| panic!("a whole paper shows its number: {text}"));
        codes.push(code.trim_end_matches(['.', ',', ';']).to_string());
    }
    codes
}

/// What is wrong after a crash, as sentences; nothing is what the test wants.
fn wrongs(prepared: &Prepared, data: &Path, spool: &Path, said: &str) -> Vec<String> {
    let twin = Folder::new();
    folders::copy(data, &twin.join("data")).unwrap();
    let mut wrongs = quick_check(prepared, &twin.join("data"));
    let papers = printed(spool);
    let seen = runtime().block_on(after_start(prepared, data, said, &mut wrongs));
    let known: BTreeSet<&str> = seen.rows.iter().map(|row| row.code.as_str()).collect();
    for code in papers.iter().filter(|code| !known.contains(code.as_str())) {
        wrongs.push(format!("{UNKNOWN_PAPER}: {code}"));
    }
    let forms = journal(prepared, data, &mut wrongs);
    if seen.mended > 0 {
        drop(lock_when_free(&StorePaths::new(&twin.join("data"))));
        runtime().block_on(async {
            let desk = reopened(&twin.join("data"));
            counter::sign_in(&Commands(desk.clone())).await.unwrap();
            blocking(&desk, |desk| desk.mend().unwrap()).await;
        });
        let again = journal(prepared, &twin.join("data"), &mut wrongs);
        let same = again
            .iter()
            .all(|(code, form)| forms.get(code) == Some(form));
        if !same || again.is_empty() {
            wrongs.push("a receipt rendered twice after a crash differs".into());
        }
    }
    wrongs
}

fn quick_check(prepared: &Prepared, data: &Path) -> Vec<String> {
    let path = StorePaths::new(data).database();
    let connection = rusqlite::Connection::open(path).unwrap();
    let key = prepared.keys.hex("db").unwrap();
    let key = format!("pragma key = \"x'{key}'\"");
    connection.execute_batch(&key).unwrap();
    let verdict: Result<String, _> =
        connection.query_row("pragma quick_check", [], |row| row.get(0));
    match verdict {
        Ok(verdict) if verdict == "ok" => Vec::new(),
        other => vec![format!("quick_check: {other:?}")],
    }
}

struct Seen {
    rows: Vec<FilingRow>,
    mended: usize,
}

fn reopened(data: &Path) -> Desk {
    let clock = FakeClock::monday();
    clock.reboot(SignedDuration::from_mins(20));
    counter::desk(data, &clock, Arc::new(NoViewer))
}

async fn blocking<T: Send + 'static>(
    desk: &Desk,
    body: impl FnOnce(Desk) -> T + Send + 'static,
) -> T {
    let desk = desk.clone();
    tokio::task::spawn_blocking(move || body(desk))
        .await
        .unwrap()
}

/// The next morning: start, sign in, mend, look, receive the next citizen.
async fn after_start(
    prepared: &Prepared,
    data: &Path,
    said: &str,
    wrongs: &mut Vec<String>,
) -> Seen {
    let desk = reopened(data);
    let commands = Commands(desk.clone());
    let state = commands.app_state().await.unwrap();
    if state.phase != Phase::SignedOut {
        wrongs.push(format!(
            "the sign-in page does not come: {:?}",
            state.damage
        ));
    }
    let clerk = state.staff[0].id.clone();
    commands
        .session_sign_in(clerk, PASSWORD.into())
        .await
        .unwrap();
    // Before the clock is confirmed, so that the desk's own mending finds nothing left to do.
    let mended = blocking(&desk, |desk| desk.mend().unwrap()).await;
    counter::confirm_clock(&commands).await.unwrap();
    let list = commands.filing_list(FilingFilter::All, String::new(), 100);
    let rows = list.await.unwrap();
    let draft = commands.draft_get().await.unwrap().values;
    let typed = filing(TYPED);
    if said.contains("draft") && rows.is_empty() && draft != typed {
        wrongs.push("what was typed is neither received nor in the draft".into());
    }
    if !rows.is_empty() && draft == typed {
        wrongs.push("a received filing still lies in the draft".into());
    }
    if said.contains("received") && rows.is_empty() {
        wrongs.push("a filing that was called received is gone".into());
    }
    if let Some(row) = rows.iter().find(|row| row.applicant != TYPED) {
        wrongs.push(format!("the filing is another's: {}", row.applicant));
    }
    for row in &rows {
        if !commands
            .filing_get(row.id.clone())
            .await
            .unwrap()
            .receipt_stored
        {
            wrongs.push(format!("{} has no receipt after a start", row.code));
        }
    }
    let next = commands.filing_receive(filing("Y Ƀliêng Niê"), false).await;
    let next = next.unwrap().filing.code;
    if next != prepared.code(rows.len()) {
        wrongs.push(format!("after {} filings comes {next}", rows.len()));
    }
    Seen { rows, mended }
}

/// The lock of a store that was just closed. A program that another thread starts meanwhile holds a copy of every open
/// file from its fork to its exec, and with it the lock: nothing tells when that moment is over.
fn lock_when_free(paths: &StorePaths) -> Lock {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        match lock(paths) {
            Err(StoreError::InUse) if Instant::now() < deadline => std::thread::yield_now(),
            held => return held.unwrap(),
        }
    }
}

/// Checks the journal against the tables; returns each code with the hash of its receipt.
fn journal(prepared: &Prepared, data: &Path, wrongs: &mut Vec<String>) -> BTreeMap<String, Hash32> {
    let paths = StorePaths::new(data);
    let held = Arc::new(lock_when_free(&paths));
    let store = Store::open(&paths, held, &prepared.keys, prepared.store).unwrap();
    let (lines, rows) = store
        .read(|reader| {
            if let Err(error) = reader.verify_chain(1) {
                wrongs.push(format!("the chain: {error}"));
            }
            Ok((
                reader.lines(1, 1000)?,
                reader.filings(&Which::All, "", 100)?,
            ))
        })
        .unwrap();
    let (mut numbered, mut forms) = (BTreeMap::new(), BTreeMap::new());
    for line in lines {
        match decode(&line.line).unwrap().body {
            Body::FilingReceived(body) => {
                let code = body.code.unwrap_or_default();
                if numbered.insert(code.clone(), body.filing).is_some() {
                    wrongs.push(format!("the number {code} was given twice"));
                }
            }
            Body::FormRendered(body) => {
                if forms.insert(body.filing, body.sha256).is_some() {
                    wrongs.push("a receipt was named twice".into());
                }
                if store.blobs().get(&body.sha256).is_err() {
                    wrongs.push("the journal names a receipt that is not there".into());
                }
            }
            _ => {}
        }
    }
    let filed: BTreeMap<_, _> = rows
        .iter()
        .map(|row| (row.code.clone().unwrap_or_default(), row.id))
        .collect();
    if filed != numbered {
        wrongs.push(format!("numbers {numbered:?}, filings {filed:?}"));
    }
    numbered
        .into_iter()
        .filter_map(|(code, filing)| Some((code, *forms.get(&filing)?)))
        .collect()
}

/// Kills the program at each point, two at a time. Returns how many kills came, and what was wrong after them.
fn sweep(
    prepared: &Prepared,
    points: &[Point],
    ahead: &str,
    planted: &[&str],
) -> (usize, Vec<String>) {
    let (next, killed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(Vec::new());
    let work = || {
        while let Some(point) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
            let (_folder, data, spool) = prepared.copy();
            let paths = [data.to_string_lossy(), spool.to_string_lossy()];
            let arguments = [&[&paths[0], &paths[1], ahead], planted].concat();
            let run = sweep::kill_at(Path::new(PROGRAM), &arguments, &point.call, point.nth);
            let (ended, said) = run.unwrap();
            if ended == Ended::Killed {
                killed.fetch_add(1, Ordering::SeqCst);
            }
            let told = wrongs(prepared, &data, &spool, &said)
                .into_iter()
                .map(|wrong| format!("{} {}: {wrong} (said {said:?})", point.call, point.nth));
            found.lock().unwrap().extend(told);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    (killed.into_inner(), found.into_inner().unwrap())
}

/// The points of one of the two threads, when that one is ahead; and all calls after the marker.
fn points(prepared: &Prepared, ahead: &str, planted: &[&str]) -> (Vec<Point>, Vec<Point>) {
    let (_folder, data, spool) = prepared.copy();
    let paths = [data.to_string_lossy(), spool.to_string_lossy()];
    let arguments = [&[&paths[0], &paths[1], ahead], planted].concat();
    let log = prepared.folder.join(format!("{ahead}.log"));
    let points = sweep::points(Path::new(PROGRAM), &arguments, &log, "/nonexistent/marker");
    let points = points.unwrap();
    assert!(
        printed(&spool).contains(&prepared.code(0)),
        "an undisturbed run prints the counter's first number"
    );
    let own = |point: &Point| point.by_marker == (ahead == "commands");
    (points.aimed.into_iter().filter(own).collect(), points.all)
}

#[test]
fn a_receive_that_is_killed_at_any_durable_call_loses_nothing_and_numbers_nothing_twice() {
    let prepared = Prepared::new();
    let (mut killed, mut wrongs, mut all) = (0, Vec::new(), 0);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for ahead in ["commands", "writer"] {
        let (points, calls) = points(&prepared, ahead, &[]);
        all = calls.len();
        for point in &points {
            *told.entry(point.call.clone()).or_default() += 1;
        }
        let (kills, found) = sweep(&prepared, &points, ahead, &[]);
        killed += kills;
        wrongs.extend(found);
    }
    let told: Vec<_> = told.iter().map(|(call, n)| format!("{call} {n}")).collect();
    eprintln!(
        "crash points: {killed} ({}) of {all} durable calls from the kept draft to the closed store",
        told.join(", ")
    );
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    // Left out are only the rename and the removals that close the store.
    assert!(killed + 5 >= all, "{killed} kills for {all} calls");
}

#[test]
fn a_program_that_prints_before_it_stores_is_found_out() {
    let prepared = Prepared::new();
    let planted = ["--print-before-commit", &prepared.code(0)];
    let (points, _) = points(&prepared, "writer", &planted);
    // A kill before an fsync leaves what the kernel already holds: only a write that never came loses the filing.
    let writes = points.into_iter().filter(|point| point.call == "pwrite64");
    let points: Vec<Point> = writes.step_by(4).collect();
    let (killed, wrongs) = sweep(&prepared, &points, "writer", &planted);
    let found = wrongs
        .iter()
        .filter(|wrong| wrong.contains(UNKNOWN_PAPER))
        .count();
    eprintln!("planted fault: {found} of {killed} crash points show it");
    assert!(
        found > 0,
        "the sweep has to see a paper whose filing is gone"
    );
}
