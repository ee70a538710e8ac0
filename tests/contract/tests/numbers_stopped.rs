//! After the centre found two histories of one workstation, or refuses it, another PC may hold the counter's numbers:
//! from then on only provisional numbers, also after a restart and without a network, and the page says so.

use onedoor_contract::{
    centre::{AGENCY, Centre},
    counter::{self, NoViewer, filing},
};
use onedoor_desk::{
    Commands, Event, Host,
    dto::{EnrolByCode, Link, SyncState},
};
use onedoor_store::{StorePaths, lock};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{sync::broadcast, time::timeout};

/// Far longer than anything here takes; only a test that hangs meets it.
const PATIENCE: Duration = Duration::from_secs(60);

/// One PC and what it hears.
struct Pc {
    commands: Commands,
    events: broadcast::Receiver<Event>,
}

/// A machine with a name of its own.
struct Named(&'static str);

impl Host for Named {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        NoViewer.open_pdf(path)
    }
    fn machine_id(&self) -> Option<String> {
        Some(self.0.repeat(16))
    }
}

/// The machine of most tests.
const HERE: Named = Named("a1");

impl Pc {
    fn over(data: &Path, clock: &FakeClock) -> Self {
        Pc::on(HERE, data, clock)
    }

    fn on(machine: Named, data: &Path, clock: &FakeClock) -> Self {
        let desk = counter::desk(data, clock, Arc::new(machine));
        Pc {
            events: desk.events(),
            commands: Commands(desk),
        }
    }

    async fn joined(data: &Path, clock: &FakeClock, centre: &Centre, address: SocketAddr) -> Self {
        let pc = Pc::over(data, clock);
        counter::first_clerk(&pc.commands).await.unwrap();
        let request = EnrolByCode {
            centre: format!("http://{address}"),
            code: centre.code(1).await,
        };
        pc.commands.enrol_by_code(request).await.unwrap();
        counter::confirm_clock(&pc.commands).await.unwrap();
        pc
    }

    /// The program starts over what lies there, and the clerk signs in.
    async fn started(data: &Path, clock: &FakeClock) -> Self {
        Pc::started_on(HERE, data, clock).await
    }

    async fn started_on(machine: Named, data: &Path, clock: &FakeClock) -> Self {
        clock.reboot(jiff::SignedDuration::from_mins(1));
        let pc = Pc::on(machine, data, clock);
        counter::sign_in(&pc.commands).await.unwrap();
        pc
    }

    async fn receive(&self) -> String {
        let received = self.commands.filing_receive(filing("H’Len Niê"), false);
        received.await.unwrap().filing.code
    }

    async fn state_until(&mut self, wanted: impl Fn(&SyncState) -> bool) -> SyncState {
        self.commands.sync_now().await.unwrap();
        let seen = timeout(PATIENCE, async {
            loop {
                let state = self.commands.sync_state().await.unwrap();
                if wanted(&state) {
                    return state;
                }
                // A hint that was missed changes nothing: the state is read again.
                let _ = self.events.recv().await;
            }
        });
        match seen.await {
            Ok(state) => state,
            Err(_) => panic!("it stays {:?}", self.commands.sync_state().await),
        }
    }

    async fn end(self, data: &Path) {
        drop(self);
        let paths = StorePaths::new(data);
        let freed = timeout(PATIENCE, async {
            // The lock of an ended program has no event to wait for.
            while lock(&paths).is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        freed.await.expect("the store is let go");
    }
}

fn says_stopped(state: &SyncState) -> bool {
    says(state, "numbers_stopped")
}

fn says(state: &SyncState, what: &str) -> bool {
    let mut codes = state.attention.iter().map(|item| item.code.as_str());
    codes.any(|code| code == what)
}

fn sent(state: &SyncState) -> bool {
    state.link == Link::Online && state.lines_here == 0
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
    let mut first = Pc::joined(&data, &clock, &centre, address).await;
    assert!(is_legal(&first.receive().await));
    first.state_until(sent).await;
    first.end(&data).await;
    copy(&data, &clone);

    let mut first = Pc::started(&data, &clock).await;
    assert!(is_legal(&first.receive().await));
    first.state_until(sent).await;

    let mut second = Pc::started(&clone, &clock).await;
    let forked = second.state_until(|state| state.link == Link::Fork && says_stopped(state));
    let state = forked.await;
    assert!(
        state.attention.iter().any(|item| item.code == "fork"),
        "why, beside what follows from it: {:?}",
        state.attention
    );
    let code = second.receive().await;
    assert!(
        is_provisional(&code),
        "the first PC holds the numbers: {code}"
    );

    second.end(&clone).await;
    centre_is_silent(&clone, &clock).await;
    let code = first.receive().await;
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
    let code = pc.receive().await;
    assert!(is_provisional(&code), "also after a restart: {code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_pc_gives_provisional_numbers_also_after_a_restart() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let data = folder.join("data");
    let mut pc = Pc::joined(&data, &clock, &centre, address).await;
    assert!(is_legal(&pc.receive().await));
    let state = pc.state_until(sent).await;
    assert!(!says_stopped(&state), "a welcome PC has its numbers");
    let ws = centre.central.workstations().await.unwrap()[0].ws;
    centre.central.revoke(ws).await.unwrap();

    let refused = pc.state_until(|state| state.link == Link::Refused && says_stopped(state));
    refused.await;
    let code = pc.receive().await;
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
    let pc = Pc::joined(&data, &clock, &centre, address).await;
    let mut printed = vec![pc.receive().await];
    pc.end(&data).await;
    copy(&data, &backup);

    let pc = Pc::started(&data, &clock).await;
    printed.extend([pc.receive().await, pc.receive().await]);
    assert!(printed.iter().all(|code| is_legal(code)), "{printed:?}");
    pc.end(&data).await;

    fs::remove_dir_all(&data).unwrap();
    copy(&backup, &data);
    let pc = Pc::started(&data, &clock).await;
    let code = pc.receive().await;
    assert!(is_provisional(&code), "{code} might stand on {printed:?}");
    let state = pc.commands.sync_state().await.unwrap();
    assert!(says(&state, "store_restored"), "{state:?}");
    pc.end(&data).await;

    let pc = Pc::started(&data, &clock).await;
    assert!(
        is_provisional(&pc.receive().await),
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
    let pc = Pc::joined(&data, &clock, &centre, address).await;
    assert!(is_legal(&pc.receive().await));
    pc.end(&data).await;
    copy(&data, &away);

    let other = Pc::started_on(Named("b2"), &away, &clock).await;
    let code = other.receive().await;
    assert!(
        is_provisional(&code),
        "{code}: the first machine may give it too"
    );
    let state = other.commands.sync_state().await.unwrap();
    assert!(says(&state, "other_machine"), "{state:?}");

    let pc = Pc::started(&data, &clock).await;
    assert!(
        is_legal(&pc.receive().await),
        "the machine that owns the numbers goes on"
    );
}
