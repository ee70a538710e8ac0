//! `kill -9` at the durable calls of letting papers go: each paper is here, or a row says that it is at the centre; the next
//! run ends what was begun. Every second point by default, all of them with `ONEDOOR_SWEEP=all`. Linux only, by strace. Not
//! here: a contact (`sync_sweep`).

#![cfg(target_os = "linux")]

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_contract::{
    centre::{counter, office},
    link,
    sweep::{self, Ended, Point, at_each, chosen, own_points, told},
};
use onedoor_protocol::Hash32;
use onedoor_store::Store;
use onedoor_testkit::{folders, temp::Folder};
use std::path::{Path, PathBuf};
use tokio::{net::TcpListener, runtime::Runtime};

const PROGRAM: &str = env!("CARGO_BIN_EXE_let_go_once");
/// The sentence that the planted fault has to bring.
const NEITHER: &str = "a paper is neither here nor said to be at the centre";

/// A store whose papers the centre has: two that may go, and one of a filing that is open.
struct Prepared {
    folder: Folder,
    over: Vec<Hash32>,
    open: Hash32,
}

impl Prepared {
    fn new() -> Self {
        let folder = Folder::new();
        let data = folder.join("data");
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (over, open) = Runtime::new().unwrap().block_on(async {
            let options = Options::new(folder.join("centre"));
            let central = Central::open(options).await.unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            tokio::spawn(central.clone().serve(listener));
            let record = OfficeRecord {
                office: office(),
                province: "Đắk Lắk".into(),
            };
            central.add_office(record).await.unwrap();
            let ticket = central.ticket("eatul", counter(1), &url).await.unwrap();
            let (store, ticket) = link::make(&data, &ticket).unwrap();
            link::bind(&url, &ticket, &store).await.unwrap();
            let mut over = Vec::new();
            for n in 1..=2 {
                let (filing, sha256) = link::receive(&store, &link::code(n), n, 9_000).unwrap();
                link::withdraw(&store, filing).unwrap();
                over.push(sha256);
            }
            let (_, open) = link::receive(&store, &link::code(3), 3, 9_000).unwrap();
            link::converge(&store, &url).await.unwrap();
            (over, open)
        });
        drop(link::closed(&data).unwrap());
        Prepared { folder, over, open }
    }

    fn copy(&self) -> (Folder, PathBuf) {
        let folder = Folder::new();
        let data = folder.join("data");
        folders::copy(&self.folder.join("data"), &data).unwrap();
        (folder, data)
    }

    /// What is wrong after a kill, as sentences.
    fn wrongs(&self, data: &Path) -> Vec<String> {
        let mut wrongs = Vec::new();
        let mut wrong = |is_so: bool, words: &str| {
            if is_so {
                wrongs.push(words.to_string());
            }
        };
        let here = |store: &Store, sha256: &Hash32| store.blobs().get(sha256).is_ok();
        let said = |store: &Store, sha256: &Hash32| {
            let day = store.read(|reader| reader.let_go(sha256));
            day.unwrap().is_some()
        };
        let store = link::open(data).unwrap();
        store.read(|reader| reader.verify_chain(1)).unwrap();
        let all = self.over.iter().chain([&self.open]);
        let neither = all
            .clone()
            .any(|sha256| !here(&store, sha256) && !said(&store, sha256));
        wrong(neither, NEITHER);
        wrong(!here(&store, &self.open), "a paper of an open filing went");
        let lacking = store.read(|reader| reader.unpublished(9)).unwrap();
        wrong(
            !lacking.is_empty(),
            "what the centre signed for is forgotten",
        );
        // The next run, as a start makes it.
        store.let_go(&link::terms(), 300).unwrap();
        let over = |sha256: &Hash32| !here(&store, sha256) && said(&store, sha256);
        wrong(!self.over.iter().all(over), "what was begun is not ended");
        let total = store.read(|reader| reader.let_go_total()).unwrap();
        wrong(total.files != 2, "another count of what is gone");
        let files = folders::files(&data.join("blobs")).unwrap();
        wrong(files.len() != 1, "a file is left that no row speaks of");
        wrongs
    }
}

fn arguments<'a>(place: &'a str, planted: &[&'a str]) -> Vec<&'a str> {
    [&[place], planted].concat()
}

fn points(prepared: &Prepared, planted: &[&str]) -> Vec<Point> {
    let (_folder, data) = prepared.copy();
    let place = data.to_string_lossy();
    let log = prepared.folder.join("points.log");
    let program = Path::new(PROGRAM);
    let found = sweep::points(
        program,
        &arguments(&place, planted),
        &log,
        "/nonexistent/marker",
    );
    let side = if planted.is_empty() {
        "writer"
    } else {
        "files"
    };
    own_points(side, found.unwrap().aimed)
}

fn kill(prepared: &Prepared, planted: &[&str], point: &Point) -> (Ended, Vec<String>) {
    let (_folder, data) = prepared.copy();
    let place = data.to_string_lossy();
    let program = Path::new(PROGRAM);
    let arguments = arguments(&place, planted);
    let (ended, _) = sweep::kill_at(program, &arguments, &point.call, point.nth).unwrap();
    (ended, prepared.wrongs(&data))
}

#[test]
fn a_pc_that_is_killed_while_papers_leave_it_has_each_or_knows_where_it_is() {
    let prepared = Prepared::new();
    let points = chosen(points(&prepared, &[]));
    let (killed, wrongs) = at_each(&points, |point| kill(&prepared, &[], point));
    told("letting go", &points, killed);
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(
        killed >= 5 && 3 * killed >= 2 * points.len(),
        "{killed} of {}",
        points.len()
    );
}

#[test]
fn files_that_go_before_their_row_are_found_out() {
    let prepared = Prepared::new();
    let planted = ["--files-first"];
    let writes = points(&prepared, &planted).into_iter();
    // After the first file went, and before anything is committed.
    let points: Vec<Point> = writes
        .filter(|point| point.call == "unlink")
        .skip(1)
        .collect();
    let (_, wrongs) = at_each(&points, |point| kill(&prepared, &planted, point));
    assert!(
        wrongs.iter().any(|wrong| wrong.contains(NEITHER)),
        "the sweep sees it: {wrongs:?}"
    );
}
