//! After the centre found two histories of one workstation, or refuses it, another PC may hold the counter's numbers:
//! from then on only provisional numbers, also after a restart and without a network, and the page says so.

use onedoor_contract::{
    centre::{AGENCY, Centre},
    pc::{Named, Pc, sent},
};
use onedoor_desk::dto::{Link, SyncState};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{fs, path::Path};

fn says_stopped(state: &SyncState) -> bool {
    says(state, "numbers_stopped")
}

fn says(state: &SyncState, what: &str) -> bool {
    let mut codes = state.attention.iter().map(|item| item.code.as_str());
    codes.any(|code| code == what)
}

fn is_legal(code: &str) -> bool {
    code.starts_with(AGENCY)
}

fn is_provisional(code: &str) -> bool {
    code.starts_with("T-")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_pc_gives_provisional_numbers_from_the_fork_on_also_after_a_restart() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let (data, clone) = (folder.join("first"), folder.join("clone"));
    let mut first = Pc::joined(&data, &clock, &centre, address, 1).await;
    assert!(is_legal(&first.receive("H’Len Niê").await));
    first.state_until(sent).await;
    first.end(&data).await;
    copy(&data, &clone);

    let mut first = Pc::started(&data, &clock).await;
    assert!(is_legal(&first.receive("H’Len Niê").await));
    first.state_until(sent).await;

    let mut second = Pc::started(&clone, &clock).await;
    let forked = second.state_until(|state| state.link == Link::Fork && says_stopped(state));
    let state = forked.await;
    assert!(
        state.attention.iter().any(|item| item.code == "fork"),
        "why, beside what follows from it: {:?}",
        state.attention
    );
    let code = second.receive("H’Len Niê").await;
    assert!(
        is_provisional(&code),
        "the first PC holds the numbers: {code}"
    );

    second.end(&clone).await;
    centre_is_silent(&clone, &clock).await;
    let code = first.receive("H’Len Niê").await;
    assert!(
        is_legal(&code),
        "the PC that the centre believes goes on: {code}"
    );
}

/// After a restart without an answer from the centre, the stop still holds and is still said.
async fn centre_is_silent(data: &Path, clock: &FakeClock) {
    let pc = Pc::started(data, clock).await;
    let state = pc.commands.sync_state().await.unwrap();
    assert!(says_stopped(&state), "before anybody asked the centre");
    let code = pc.receive("H’Len Niê").await;
    assert!(is_provisional(&code), "also after a restart: {code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_pc_gives_provisional_numbers_also_after_a_restart() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let data = folder.join("data");
    let mut pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    assert!(is_legal(&pc.receive("H’Len Niê").await));
    let state = pc.state_until(sent).await;
    assert!(!says_stopped(&state), "a welcome PC has its numbers");
    let ws = centre.central.workstations().await.unwrap()[0].ws;
    centre.central.revoke(ws).await.unwrap();

    let refused = pc.state_until(|state| state.link == Link::Refused && says_stopped(state));
    refused.await;
    let code = pc.receive("H’Len Niê").await;
    assert!(
        is_provisional(&code),
        "its numbers may be another's: {code}"
    );
    pc.end(&data).await;
    centre_is_silent(&data, &clock).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_database_gives_no_number_again_though_no_network_is_there() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let (data, backup) = (folder.join("data"), folder.join("backup"));
    let pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    let mut printed = vec![pc.receive("H’Len Niê").await];
    pc.end(&data).await;
    copy(&data, &backup);

    let pc = Pc::started(&data, &clock).await;
    printed.extend([pc.receive("H’Len Niê").await, pc.receive("H’Len Niê").await]);
    assert!(printed.iter().all(|code| is_legal(code)), "{printed:?}");
    pc.end(&data).await;

    fs::remove_dir_all(&data).unwrap();
    copy(&backup, &data);
    let pc = Pc::started(&data, &clock).await;
    let code = pc.receive("H’Len Niê").await;
    assert!(is_provisional(&code), "{code} might stand on {printed:?}");
    let state = pc.commands.sync_state().await.unwrap();
    assert!(says(&state, "store_restored"), "{state:?}");
    pc.end(&data).await;

    let pc = Pc::started(&data, &clock).await;
    assert!(
        is_provisional(&pc.receive("H’Len Niê").await),
        "a restart changes nothing"
    );
}

/// A store that was closed after one number, and what was printed.
async fn worked_one_day(data: &Path, clock: &FakeClock, centre: &Centre) -> String {
    let address = centre.serve().await;
    let pc = Pc::joined(data, clock, centre, address, 1).await;
    let printed = pc.receive("H’Len Niê").await;
    pc.end(data).await;
    printed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_put_back_again_and_again_gives_no_number_twice() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let data = folder.join("data");
    worked_one_day(&data, &clock, &centre).await;
    let backup = fs::read(data.join("onedoor.db")).unwrap();
    let pc = Pc::started(&data, &clock).await;
    let printed = pc.receive("H’Len Niê").await;
    assert!(is_legal(&printed));
    pc.end(&data).await;
    for _ in 0..2 {
        // Only the database: keys, blobs and all that lies beside it are of today.
        fs::write(data.join("onedoor.db"), &backup).unwrap();
        let pc = Pc::started(&data, &clock).await;
        let code = pc.receive("H’Len Niê").await;
        assert!(is_provisional(&code), "{code}, and {printed} is on paper");
        let state = pc.commands.sync_state().await.unwrap();
        assert!(says(&state, "store_restored"), "{state:?}");
        pc.end(&data).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_canary_costs_the_rest_of_the_day_and_no_more() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let data = folder.join("data");
    let canary = folder.join("data.canary");
    worked_one_day(&data, &clock, &centre).await;
    let whole = fs::read_to_string(&canary).unwrap();
    fs::remove_file(&canary).unwrap();

    let pc = Pc::started(&data, &clock).await;
    let state = pc.commands.sync_state().await.unwrap();
    assert!(says(&state, "canary_lost"), "{state:?}");
    let code = pc.receive("H’Len Niê").await;
    assert!(is_provisional(&code), "it may be an old database: {code}");
    let pads = pc.commands.pad_reserve(1).await;
    assert!(pads.is_err(), "sheets printed ahead take numbers too");
    pc.end(&data).await;
    let pc = Pc::started(&data, &clock).await;
    let code = pc.receive("H’Len Niê").await;
    assert!(
        is_provisional(&code),
        "a restart makes it no younger: {code}"
    );
    pc.end(&data).await;

    // Numbers begin anew each day: whatever the lost canary knew, tomorrow's are nobody's yet.
    clock.advance(jiff::SignedDuration::from_hours(24));
    let pc = Pc::started(&data, &clock).await;
    let code = pc.receive("H’Len Niê").await;
    assert!(
        is_legal(&code),
        "an honest office is not locked out: {code}"
    );
    let state = pc.commands.sync_state().await.unwrap();
    assert!(!says(&state, "canary_lost"), "{state:?}");
    pc.end(&data).await;

    // Somebody wrote an older end into it by hand.
    let forged = whole.replace("2026-11-23", "2026-11-22");
    assert_ne!(forged, whole);
    fs::write(&canary, forged).unwrap();
    let pc = Pc::started(&data, &clock).await;
    let code = pc.receive("H’Len Niê").await;
    assert!(is_provisional(&code), "not its own hand: {code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_folder_on_another_machine_gives_provisional_numbers_on_its_own_machine_legal_ones()
{
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let (data, away) = (folder.join("data"), folder.join("away"));
    let pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    assert!(is_legal(&pc.receive("H’Len Niê").await));
    pc.end(&data).await;
    copy(&data, &away);

    let other = Pc::started_on(Named("b2"), &away, &clock).await;
    let code = other.receive("H’Len Niê").await;
    assert!(
        is_provisional(&code),
        "{code}: the first machine may give it too"
    );
    let state = other.commands.sync_state().await.unwrap();
    assert!(says(&state, "other_machine"), "{state:?}");

    let pc = Pc::started(&data, &clock).await;
    assert!(
        is_legal(&pc.receive("H’Len Niê").await),
        "the machine that owns the numbers goes on"
    );
}
