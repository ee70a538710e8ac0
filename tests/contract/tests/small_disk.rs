//! A disk that is full, on either side of a contact: nothing is called done that is not, nothing is lost, and when there is
//! room again the same programs go on by themselves. The disk is a few megabytes of memory, mounted for one test alone;
//! where that is not allowed the test says so and proves nothing. Linux only.

#![cfg(target_os = "linux")]

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_contract::{
    centre::{counter, office},
    link,
};
use onedoor_protocol::journal::decode;
use onedoor_store::{Op, Store};
use onedoor_sync::{Link, shelf::Shelf};
use onedoor_testkit::temp::Folder;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};
use tokio::{net::TcpListener, runtime::Runtime};
use uuid::Uuid;

const ROLE: &str = "ONEDOOR_SMALL_DISK";
const NO_MOUNT: &str = "no mount";
const DONE: &str = "the disk was full and is not";

/// Runs an ignored test of this program where only it sees what it mounts.
fn alone(role: &str) {
    let program = std::env::current_exe().unwrap();
    let run = Command::new("unshare")
        .args(["--mount", "--propagation", "private"])
        .arg(program)
        .args([role, "--exact", "--ignored", "--nocapture"])
        .env(ROLE, "1")
        .output();
    let Ok(run) = run else {
        eprintln!("SKIPPED {role}: there is no unshare");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let why = String::from_utf8_lossy(&run.stderr).into_owned();
    if said.contains(NO_MOUNT) || why.contains("unshare failed") {
        eprintln!(
            "SKIPPED {role}: mounting is not allowed here ({})",
            why.trim()
        );
        return;
    }
    assert!(run.status.success() && said.contains(DONE), "{said}{why}");
}

/// A disk of so many megabytes over a new folder; none where mounting is not allowed, or nobody asked for it.
fn small_disk(megabytes: u32) -> Option<(Folder, PathBuf)> {
    std::env::var_os(ROLE)?;
    let folder = Folder::new();
    let place = folder.join("disk");
    fs::create_dir(&place).unwrap();
    let size = format!("size={megabytes}m");
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
        .arg(&place)
        .status();
    if !mount.is_ok_and(|status| status.success()) {
        println!("{NO_MOUNT}");
        return None;
    }
    Some((folder, place))
}

/// Fills a disk to its last byte; gives what to remove again.
fn fill(disk: &Path) -> PathBuf {
    let ballast = disk.join("ballast");
    let mut file = File::create(&ballast).unwrap();
    for part in [64 * 1024, 4096, 1] {
        while file.write_all(&vec![1; part]).is_ok() {}
    }
    ballast
}

async fn serve(data: &Path) -> (Central, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let central = Central::open(Options::new(data)).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(central.clone().serve(listener));
    let record = OfficeRecord {
        office: office(),
        province: "Đắk Lắk".into(),
    };
    central.add_office(record).await.unwrap();
    (central, url)
}

async fn joined(central: &Central, url: &str, data: &Path, number: u16) -> (Store, Uuid) {
    let ticket = central.ticket("eatul", counter(number), url).await.unwrap();
    let (store, ticket) = link::make(data, &ticket).unwrap();
    link::bind(url, &ticket, &store).await.unwrap();
    link::converge(&store, url).await.unwrap();
    (store, ticket.enrolment.ws)
}

/// Every line of the store is at the centre, once.
async fn complete(central: &Central, ws: Uuid, store: &Store) {
    let there = central.ledger().lines(ws, 1, 1_000).await.unwrap();
    let own = store.read(|reader| {
        reader.verify_chain(1)?;
        reader.lines(1, 1_000)
    });
    let own: Vec<_> = own.unwrap().into_iter().map(|line| line.line).collect();
    assert_eq!(there, own, "each line once");
    let seqs = there.iter().map(|line| decode(line).unwrap().stamp.seq);
    assert!(seqs.eq(1..=own.len() as u64));
    assert!(central.verify_journal(ws).await.unwrap().broken.is_empty());
}

#[test]
#[ignore = "plays a workstation in a_workstation_without_room_says_what_waits_and_goes_on"]
fn workstation() {
    let Some((folder, disk)) = small_disk(6) else {
        return;
    };
    Runtime::new().unwrap().block_on(async {
        let (central, url) = serve(&folder.join("centre")).await;
        let (colleague, _) = joined(&central, &url, &folder.join("colleague"), 2).await;
        let (filing, paper) = link::receive(&colleague, &link::code(20), 20, 900_000).unwrap();
        link::converge(&colleague, &url).await.unwrap();
        let (store, ws) = joined(&central, &url, &disk.join("data"), 1).await;
        let want = Op::local(move |tx| tx.want_form(filing, "01"));
        assert!(store.write(want).unwrap().value);
        for n in 1..=3 {
            link::receive(&store, &link::code(n), n, 30_000).unwrap();
        }
        let ballast = fill(&disk);
        for _ in 0..3 {
            link::contact(Arc::new(store.clone()), &url).await.unwrap();
        }
        let lengths = store.lengths(10).unwrap();
        let waits = lengths.next <= lengths.head || !lengths.blobs.is_empty();
        assert!(
            waits && !lengths.wanted.is_empty(),
            "it waits still: {lengths:?}"
        );
        assert!(
            store.blobs().get(&paper).is_err(),
            "no paper came by halves"
        );
        fs::remove_file(ballast).unwrap();
        link::converge(&store, &url).await.unwrap();
        complete(&central, ws, &store).await;
        assert_eq!(store.blobs().get(&paper).unwrap(), link::scan(20, 900_000));
    });
    println!("{DONE}");
}

#[test]
fn a_workstation_without_room_says_what_waits_and_goes_on() {
    alone("workstation");
}

#[test]
#[ignore = "plays a centre in a_centre_without_room_turns_away_and_goes_on"]
fn centre() {
    let Some((folder, disk)) = small_disk(16) else {
        return;
    };
    Runtime::new().unwrap().block_on(async {
        let (central, url) = serve(&disk.join("centre")).await;
        let (store, ws) = joined(&central, &url, &folder.join("data"), 1).await;
        let before = central.ledger().lines(ws, 1, 1_000).await.unwrap().len();
        let ballast = fill(&disk);
        // More than what the database still has room for in its own files.
        for n in 1..=120 {
            link::receive(&store, &link::code(n), n, 300).unwrap();
        }
        let mut ended = Link::Online;
        for _ in 0..3 {
            ended = link::contact(Arc::new(store.clone()), &url).await.unwrap();
        }
        assert_eq!(
            ended,
            Link::ServerDown,
            "the workstation is told to come back"
        );
        let there = central.ledger().lines(ws, 1, 1_000).await.unwrap();
        let lengths = store.lengths(500).unwrap();
        assert!(
            lengths.next <= there.len() as u64 + 1,
            "no more is believed than is there"
        );
        assert!(there.len() < before + 240, "the disk was full");
        fs::remove_file(ballast).unwrap();
        link::converge(&store, &url).await.unwrap();
        complete(&central, ws, &store).await;
    });
    println!("{DONE}");
}

#[test]
fn a_centre_without_room_turns_away_and_goes_on() {
    alone("centre");
}

#[test]
#[ignore = "plays a workstation in a_full_disk_has_room_again_once_papers_that_the_centre_has_may_go"]
fn letting_go() {
    let Some((folder, disk)) = small_disk(8) else {
        return;
    };
    Runtime::new().unwrap().block_on(async {
        let (central, url) = serve(&folder.join("centre")).await;
        let (store, _) = joined(&central, &url, &disk.join("data"), 1).await;
        for n in 1..=40 {
            let (filing, _) = link::receive(&store, &link::code(n), n, 60_000).unwrap();
            link::withdraw(&store, filing).unwrap();
        }
        link::converge(&store, &url).await.unwrap();
        fill(&disk);
        let refused = link::receive(&store, &link::code(50), 50, 60_000);
        assert!(refused.is_err() && store.room().refused, "the disk is full");
        assert_eq!(store.let_go(&link::terms(), 300).unwrap().files, 40);
        store.try_room().unwrap();
        link::receive(&store, &link::code(51), 51, 60_000).unwrap();
    });
    println!("{DONE}");
}

#[test]
fn a_full_disk_has_room_again_once_papers_that_the_centre_has_may_go() {
    alone("letting_go");
}
