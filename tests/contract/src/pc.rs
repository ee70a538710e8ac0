//! A PC of the office with a centre behind it: what tests of several counters do. Not here: one counter's own acts
//! (`counter`).

use crate::{
    centre::Centre,
    counter::{self, NoViewer, filing},
};
use onedoor_desk::{
    Commands, Event, Host,
    dto::{EnrolByCode, Link, SyncState},
};
use onedoor_store::{StorePaths, lock};
use onedoor_testkit::clock::FakeClock;
use std::{fmt::Debug, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{sync::broadcast, time::timeout};

/// Far longer than anything here takes; only a test that hangs meets it.
const PATIENCE: Duration = Duration::from_secs(60);

/// One PC and what it hears.
pub struct Pc {
    /// What its screen would call.
    pub commands: Commands,
    events: broadcast::Receiver<Event>,
}

/// A machine with a name of its own.
pub struct Named(pub &'static str);

impl Host for Named {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        NoViewer.open_pdf(path)
    }
    fn machine_id(&self) -> Option<String> {
        Some(self.0.repeat(16))
    }
}

/// The machine of most tests.
pub const HERE: Named = Named("a1");

impl Pc {
    /// The program over what lies in a folder.
    pub fn over(data: &Path, clock: &FakeClock) -> Self {
        Pc::on(HERE, data, clock)
    }

    fn on(machine: Named, data: &Path, clock: &FakeClock) -> Self {
        let desk = counter::desk(data, clock, Arc::new(machine));
        Pc {
            events: desk.events(),
            commands: Commands(desk),
        }
    }

    /// A new PC of the office, as this counter of it.
    pub async fn joined(
        data: &Path,
        clock: &FakeClock,
        centre: &Centre,
        address: SocketAddr,
        number: u16,
    ) -> Self {
        let pc = Pc::over(data, clock);
        let done = async {
            counter::first_clerk(&pc.commands).await?;
            let request = EnrolByCode {
                centre: format!("http://{address}"),
                code: centre.code(number).await,
            };
            pc.commands.enrol_by_code(request).await?;
            counter::confirm_clock(&pc.commands).await
        };
        ok(done.await);
        pc
    }

    /// The program starts over what lies there, and the clerk signs in.
    pub async fn started(data: &Path, clock: &FakeClock) -> Self {
        Pc::started_on(HERE, data, clock).await
    }

    /// The same on this machine.
    pub async fn started_on(machine: Named, data: &Path, clock: &FakeClock) -> Self {
        clock.reboot(jiff::SignedDuration::from_mins(1));
        let pc = Pc::on(machine, data, clock);
        ok(counter::sign_in(&pc.commands).await);
        pc
    }

    /// Receives a filing and gives its number.
    pub async fn receive(&self, name: &str) -> String {
        let received = self.commands.filing_receive(filing(name), false);
        ok(received.await).filing.code
    }

    /// Presses "send now" and waits until the sync page shows what is wanted.
    pub async fn state_until(&mut self, wanted: impl Fn(&SyncState) -> bool) -> SyncState {
        self.eventually(async |commands| Some(ok(commands.sync_state().await)).filter(&wanted))
            .await
    }

    /// Presses "send now" and looks again at every hint of the desk, until there is something to see.
    pub async fn eventually<T>(&mut self, look: impl AsyncFn(&Commands) -> Option<T>) -> T {
        ok(self.commands.sync_now().await);
        let seen = timeout(PATIENCE, async {
            loop {
                if let Some(seen) = look(&self.commands).await {
                    return seen;
                }
                // A hint that was missed changes nothing: it is looked at again.
                let _ = self.events.recv().await;
            }
        });
        match seen.await {
            Ok(seen) => seen,
            Err(_) => panic!("it stays {:?}", self.commands.sync_state().await),
        }
    }

    /// Ends the program.
    pub async fn end(self, data: &Path) {
        drop(self);
        let paths = StorePaths::new(data);
        let freed = timeout(PATIENCE, async {
            // The lock of an ended program has no event to wait for.
            while lock(&paths).is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        ok(freed.await);
    }
}

/// Everything of this PC is at the centre.
pub fn sent(state: &SyncState) -> bool {
    state.link == Link::Online && state.lines_here == 0
}

fn ok<T, E: Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("a fixture failed: {error:?}"))
}
