//! A line that the kernel itself makes weak: a network of its own for one program, a megabit a second, a queue so short that
//! packets are lost. Where the kernel can also delay packets each way takes a tenth of a second more; where it can't, or
//! gives no network of its own, the test says what it did not check. Linux only.

#![cfg(target_os = "linux")]

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_contract::{
    centre::{counter, office},
    link,
};
use onedoor_sync::shelf::Shelf;
use onedoor_testkit::temp::Folder;
use std::process::Command;
use tokio::{net::TcpListener, runtime::Runtime};

const ROLE: &str = "ONEDOOR_WEAK_LINE";
const NO_LINE: &str = "no weak line";
const NO_DELAY: &str = "no delay";
const DONE: &str = "all came over the weak line";
/// Bytes of the one scan: some seconds of the line.
const SCAN: usize = 400_000;

fn shell(line: &str) -> Option<String> {
    let run = Command::new("sh").args(["-c", line]).output().ok()?;
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    run.status.success().then_some(said)
}

/// The loopback of this network, made weak; false where the kernel can't.
fn weaken() -> bool {
    let narrow = "ip link set lo mtu 1500 up && tc qdisc add dev lo root handle 1: tbf rate 1mbit burst 16kb latency 100ms";
    if shell(narrow).is_none() {
        println!("{NO_LINE}");
        return false;
    }
    if shell("tc qdisc add dev lo parent 1: handle 2: netem delay 100ms limit 20").is_none() {
        println!("{NO_DELAY}");
    }
    true
}

/// What the kernel counted: bytes sent over the line, and packets that it threw away.
fn counted() -> (usize, usize) {
    let said = shell("tc -s qdisc show dev lo root").unwrap();
    let number = |before: &str| -> usize {
        let rest = said.split(before).nth(1).unwrap();
        let digits = rest.trim_start().split(|c: char| !c.is_ascii_digit());
        digits.into_iter().next().unwrap().parse().unwrap()
    };
    (number("Sent"), number("dropped"))
}

#[test]
#[ignore = "plays both ends in a_weak_line_brings_everything_once"]
fn both_ends() {
    if std::env::var_os(ROLE).is_none() || !weaken() {
        return;
    }
    let folder = Folder::new();
    Runtime::new().unwrap().block_on(async {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let central = Central::open(Options::new(folder.join("centre")))
            .await
            .unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(central.clone().serve(listener));
        let record = OfficeRecord {
            office: office(),
            province: "Đắk Lắk".into(),
        };
        central.add_office(record).await.unwrap();
        let ticket = central.ticket("eatul", counter(1), &url).await.unwrap();
        let (store, ticket) = link::make(&folder.join("data"), &ticket).unwrap();
        link::bind(&url, &ticket, &store).await.unwrap();
        for (n, bytes) in [SCAN].into_iter().chain([300; 29]).enumerate() {
            let n = u32::try_from(n).unwrap();
            link::receive(&store, &link::code(n), n, bytes).unwrap();
        }
        link::converge(&store, &url).await.unwrap();

        let ws = ticket.enrolment.ws;
        let there = central.ledger().lines(ws, 1, 1_000).await.unwrap();
        let own = store.read(|reader| reader.lines(1, 1_000)).unwrap();
        let own: Vec<_> = own.into_iter().map(|line| line.line).collect();
        assert_eq!(there, own, "each line once");
        let broken = central.verify_journal(ws).await.unwrap().broken;
        assert!(broken.is_empty(), "{broken:?}");
        let lengths = store.lengths(10).unwrap();
        assert!(lengths.blobs.is_empty(), "the centre signed for every scan");
    });
    let (sent, lost) = counted();
    assert!(sent > SCAN, "it went over the weak line: {sent} bytes");
    println!("{DONE}: {sent} bytes, {lost} packets lost");
}

#[test]
fn a_weak_line_brings_everything_once() {
    let program = std::env::current_exe().unwrap();
    let run = Command::new("unshare")
        .args(["--map-root-user", "--net"])
        .arg(program)
        .args(["both_ends", "--exact", "--ignored", "--nocapture"])
        .env(ROLE, "1")
        .output();
    let Ok(run) = run else {
        eprintln!("SKIPPED: there is no unshare");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let why = String::from_utf8_lossy(&run.stderr).into_owned();
    if said.contains(NO_LINE) || why.contains("unshare failed") {
        eprintln!(
            "SKIPPED: no network of its own, or no queue, is to be had here ({})",
            why.trim()
        );
        return;
    }
    assert!(run.status.success() && said.contains(DONE), "{said}{why}");
    let figures = said.lines().find(|line| line.contains(DONE));
    eprintln!("{}", figures.unwrap_or_default());
    if said.contains(NO_DELAY) {
        eprintln!("NOT CHECKED: delay; this kernel has no netem");
    }
}
