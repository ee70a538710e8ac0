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
