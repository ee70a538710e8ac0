//! What goes wrong on the PC itself while a clerk works: a disk that takes no more, a clock that was set back.
//! Linux only where the kernel's limits are used.

#![cfg(target_os = "linux")]

use jiff::SignedDuration;
use onedoor_contract::{
    centre::{AGENCY, Centre},
    counter::{self, NoViewer, filing},
};
use onedoor_desk::{
    Commands, Desk,
    dto::{ClockAnswer, DamageKind, ErrorCode, FilingFilter},
};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

const FOLDER: &str = "ONEDOOR_CONTRACT_TEST_FOLDER";

/// A desk at a counter that joined by a ticket; nobody listens at the centre's address.
async fn at_work(folder: &Path, clock: &FakeClock) -> Desk {
    let centre = Centre::open(clock).await;
    let ticket = centre.ticket("http://127.0.0.1:9").await;
    let desk = counter::desk(folder, clock, Arc::new(NoViewer));
    let commands = Commands(desk.clone());
    counter::first_clerk(&commands).await.unwrap();
    commands.enrol_by_ticket(ticket).await.unwrap();
    counter::confirm_clock(&commands).await.unwrap();
    desk
}

/// The running number at the end of a code.
fn number(code: &str) -> u32 {
    code.rsplit('-').next().unwrap().parse().unwrap()
}

async fn received(commands: &Commands) -> Vec<String> {
    let list = commands.filing_list(FilingFilter::All, String::new(), 500);
    let rows = list.await.unwrap();
    rows.into_iter().map(|row| row.code).collect()
}

/// Fills the disk while a filing is typed; then makes space again.
async fn receive_on_a_full_disk(desk: &Desk, fill: impl Fn(), free: impl Fn()) {
    let commands = Commands(desk.clone());
    let first = commands.filing_receive(filing("A"), false).await.unwrap();
    let mut last = number(&first.filing.code);
    let typed = filing("Nguyễn Thị Ứng");
    for round in 0..3 {
        commands.draft_save(typed.clone()).await.unwrap();
        let mut kept = true;
        fill();
        // A first filing may still fit into what the log has taken already.
        let refused = loop {
            match commands.filing_receive(typed.clone(), false).await {
                Ok(fitted) => {
                    last = number(&fitted.filing.code);
                    kept = commands.draft_save(typed.clone()).await.is_ok();
                }
                Err(refused) => break refused,
            }
        };
        assert_eq!(refused.code, ErrorCode::DiskFull, "round {round}");
        let disk = commands.sync_state().await.unwrap().disk;
        assert!(disk.is_some(), "every page says so");
        assert!(
            refused.retryable,
            "the same key stroke may go through later"
        );
        let draft = commands.draft_get().await.unwrap().values;
        assert!(
            !kept || draft == typed,
            "what was kept is still in the draft"
        );
        let before = received(&commands).await;
        assert_eq!(
            before.iter().map(|code| number(code)).max(),
            Some(last),
            "nothing was numbered"
        );
        free();
        commands.draft_save(typed.clone()).await.unwrap();
        let again = commands.filing_receive(typed.clone(), false).await;
        let again = again.unwrap().filing.code;
        assert_eq!(number(&again), last + 1, "no number was used up");
        assert_eq!(received(&commands).await.len(), before.len() + 1);
        last += 1;
    }
    let mut hints = desk.events();
    while commands.sync_state().await.unwrap().disk.is_some() {
        // It is over by itself, and the desk says so.
        hints.recv().await.unwrap();
    }
    let mending = desk.clone();
    let mended = tokio::task::spawn_blocking(move || mending.mend().map_err(|e| e.view()));
    mended.await.unwrap().unwrap();
    let list = commands.filing_list(FilingFilter::All, String::new(), 500);
    for row in list.await.unwrap() {
        let view = commands.filing_get(row.id).await.unwrap();
        assert!(view.receipt_stored, "with space every receipt is made");
    }
    println!("three times full");
}

/// Sets how large files of this process may grow; none = no limit.
fn limit_files(bytes: Option<u64>) {
    let limit = bytes.map_or("unlimited".into(), |bytes| bytes.to_string());
    let pid = std::process::id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &pid, &format!("--fsize={limit}:unlimited")])
        .status();
    assert!(set.unwrap().success(), "util-linux has prlimit");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "plays the program of a_file_that_may_not_grow_is_a_full_disk_to_the_clerk"]
async fn program_whose_files_may_not_grow() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let desk = at_work(&folder, &FakeClock::monday()).await;
    let log = folder.join("onedoor.db-wal");
    let fill = || limit_files(Some(fs::metadata(&log).unwrap().len()));
    receive_on_a_full_disk(&desk, fill, || limit_files(None)).await;
}

#[test]
fn a_file_that_may_not_grow_is_a_full_disk_to_the_clerk() {
    let folder = Folder::new();
    // The kernel's signal for a file that grew too large would end the child: it is started deaf to it.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args([
            "program_whose_files_may_not_grow",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder.join("data"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    let whole = output.status.success() && said.contains("three times full");
    assert!(whole, "{said}{why}");
}

/// A small disk of its own, unmounted in the end.
struct SmallDisk(Folder);

impl SmallDisk {
    /// None where mounting is not permitted.
    fn mount() -> Option<Self> {
        let folder = Folder::new();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        let mounted = mounted.is_ok_and(|status| status.success());
        mounted.then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: files of a desk may still be open. A test can do no more about it.
        let folder = self.0.path();
        let _ = Command::new("umount").arg("-l").arg(folder).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_numbers_nothing_and_with_space_the_same_filing_goes_through() {
    let Some(disk) = SmallDisk::mount() else {
        // The test above has the same demands and needs no rights.
        println!("not checked: mounting a small disk is not permitted here");
        return;
    };
    let desk = at_work(&disk.0.join("data"), &FakeClock::monday()).await;
    let ballast = disk.0.join("ballast");
    let fill = || {
        let mut file = fs::File::create(&ballast).unwrap();
        let full = io::copy(&mut io::repeat(1), &mut file);
        assert!(full.is_err(), "an endless file fills any disk");
    };
    receive_on_a_full_disk(&desk, fill, || fs::remove_file(&ballast).unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_is_asked_about_twice_and_no_number_comes_again() {
    let folder = Folder::new();
    let clock = FakeClock::monday();
    let data = folder.join("data");
    {
        let commands = Commands(at_work(&data, &clock).await);
        commands.filing_receive(filing("A"), false).await.unwrap();
    }
    let mut codes = BTreeSet::new();
    for hours in [72, -72, 72] {
        clock.reboot(SignedDuration::from_hours(hours));
        let commands = started_again(&data, &clock).await;
        let ask = commands.app_state().await.unwrap().clock.unwrap();
        let wall = commands.app_state().await.unwrap().now;
        let back = hours < 0;
        assert_eq!(
            ask.proposed.is_none(),
            back,
            "a doubtful time is not proposed"
        );
        let answer = commands.session_confirm_clock(wall.clone(), false).await;
        if back {
            assert_eq!(answer.unwrap(), ClockAnswer::BehindLastEvent);
            let early = commands.filing_receive(filing("B"), false).await;
            assert_eq!(
                early.unwrap_err().code,
                ErrorCode::ClockNotConfirmed,
                "nothing is numbered on a day that nobody confirmed"
            );
            let answer = commands.session_confirm_clock(wall, true).await;
            assert_eq!(answer.unwrap(), ClockAnswer::Confirmed);
        } else {
            assert_eq!(answer.unwrap(), ClockAnswer::Confirmed);
        }
        for name in ["B", "C"] {
            let received = commands.filing_receive(filing(name), false).await;
            codes.insert(received.unwrap().filing.code);
        }
    }
    let days = codes
        .iter()
        .map(|code| &code[AGENCY.len() + 1..AGENCY.len() + 7]);
    let days: Vec<&str> = days.collect();
    assert_eq!(
        days,
        ["261123", "261123", "261126", "261126", "261126", "261126"],
        "each of the six filings has a number of its own, and both days went on where they were"
    );
    let numbers: Vec<u32> = codes.iter().map(|code| number(code)).collect();
    assert_eq!(
        numbers[1],
        numbers[0] + 1,
        "after Monday's first, the next two"
    );
    assert_eq!(
        numbers[5],
        numbers[2] + 3,
        "Thursday's four follow each other"
    );
}

/// The program ends and starts; somebody signs in.
async fn started_again(data: &Path, clock: &FakeClock) -> Commands {
    loop {
        let desk = counter::desk(data, clock, Arc::new(NoViewer));
        let commands = Commands(desk);
        let state = commands.app_state().await.unwrap();
        // The desk before this one lets go of the store when its engine has ended.
        if let Some(damage) = state.damage {
            assert_eq!(damage.kind, DamageKind::InUse, "the store is whole");
            tokio::task::yield_now().await;
            continue;
        }
        let clerk = state.staff[0].id.clone();
        let signed_in = commands.session_sign_in(clerk, counter::PASSWORD.into());
        signed_in.await.unwrap();
        return commands;
    }
}
