//! The sweep killed at each call that takes something away: the next one leaves nothing half.

use std::path::Path;
use std::process::{Command, Stdio};

use onedoor_central::ledger::manifest;
use onedoor_central::{Central, Options};
use onedoor_protocol::blob::{AskedBlob, CHUNK};
use onedoor_testkit::temp::Folder;
use uuid::Uuid;

use crate::done;

/// Calls that take something away or make it durable, and up to which one the sweep is killed.
const POINTS: [(&str, usize); 4] = [("unlink", 3), ("rmdir", 2), ("fsync", 2), ("fdatasync", 3)];
/// So many rounds must have ended by a kill, or they prove nothing.
const KILLS: usize = 5;

/// A stage of two chunks that was last touched long ago.
fn stage_of_long_ago(data: &Path, round: u8) -> AskedBlob {
    let bytes = vec![round; 2 * CHUNK + 1];
    let blob = AskedBlob::of(&bytes);
    let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let central = Central::open(Options::new(data)).await.unwrap();
        let staged = central
            .ledger()
            .stage_blobs(Uuid::from_u128(1), vec![blob.clone()], long_ago);
        staged.await.unwrap();
    });
    let folder = data.join(format!(
        "scans/stage/{}/{}",
        blob.sha256,
        &manifest(&blob).hex()[..16]
    ));
    std::fs::create_dir_all(&folder).unwrap();
    for (index, chunk) in bytes.chunks(CHUNK).take(2).enumerate() {
        std::fs::write(folder.join(index.to_string()), chunk).unwrap();
    }
    blob
}

#[test]
fn a_sweep_killed_anywhere_leaves_nothing_half_for_the_next_one() {
    let folder = Folder::new();
    let data = folder.join("data");
    let (mut kills, mut round) = (Vec::new(), 0);
    for (call, last) in POINTS {
        for nth in 1..=last {
            round += 1;
            let blob = stage_of_long_ago(&data, round);
            let inject = format!("inject={call}:signal=KILL:when={nth}");
            let trace = format!("trace={call}");
            let swept = Command::new("strace")
                .args(["-f", "-qq", "-e", &trace, "-e", &inject, "-o", "/dev/null"])
                .args([env!("CARGO_BIN_EXE_onedoor-central"), "sweep", "--data"])
                .arg(&data)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .expect("strace is installed");
            if !swept.success() {
                kills.push((call, nth));
            }
            done(&["sweep"], &data);
            let left = data.join(format!("scans/stage/{}", blob.sha256));
            assert!(!left.exists(), "{call} {nth}: {} is left", left.display());
            let said = done(&["sweep"], &data);
            assert_eq!(
                said, "stale 0\tstray 0\thalf-written 0",
                "{call} {nth}: and no row"
            );
        }
    }
    println!("killed at {kills:?}");
    assert!(kills.len() >= KILLS, "only {kills:?}");
}
