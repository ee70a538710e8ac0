//! The fixture: a first start, an office by ticket, a confirmed clock; and a look into the store after closing.

use jiff::{SignedDuration, Timestamp};
use onedoor_desk::{
    Commands, Demo, Desk, DeskConfig, Host, clock::Clock, dto::*, keyring::Keyring,
};
use onedoor_protocol::{
    enrol::{Counter, Enrolment, Lease, Mission, Office, Ticket},
    journal::{self, Body},
    sign::{SecretKey, Signed, Tag},
};
use onedoor_store::{KeyFile, Store, StorePaths, lock};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::runtime::Handle;
use uuid::Uuid;

pub const HEAD: &str = "Trần Thị Thu Hà";
pub const PASSWORD: &str = "mật khẩu thử";
/// Certified signatures: done on the same day, one flat fee, one paper to hand in.
pub const SIGNATURE: &str = "2.000884";
/// A copy from the civil register: a fee for each copy.
pub const COPY: &str = "2.000635";

/// The workstation of all tickets.
pub const WS: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_00AB_CDEF);

struct OfficeClock(FakeClock);

impl Clock for OfficeClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn mono_ms(&self) -> u64 {
        self.0.mono()
    }
    fn boot(&self) -> Uuid {
        self.0.boot()
    }
}

/// Remembers which files a viewer was asked to show, and may have a keyring.
#[derive(Default)]
pub struct Viewer(pub Mutex<Vec<PathBuf>>, pub Mutex<Option<Arc<dyn Keyring>>>);

impl Viewer {
    /// What somebody reads on the PDF that was shown last, with single spaces.
    pub fn words(&self) -> String {
        let shown = self.0.lock().unwrap().last().cloned();
        let tool = Command::new("pdftotext")
            .args(["-enc", "UTF-8", "-layout"])
            .arg(shown.expect("a PDF was shown"))
            .arg("-")
            .output()
            .expect("this test needs pdftotext (Debian package poppler-utils)");
        let words = String::from_utf8(tool.stdout).unwrap();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Host for Viewer {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        self.0.lock().unwrap().push(path.to_path_buf());
        Ok(())
    }

    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        self.1.lock().unwrap().clone()
    }
}

pub struct World {
    pub folder: Folder,
    pub clock: FakeClock,
    pub viewer: Arc<Viewer>,
    pub desk: Desk,
    pub commands: Commands,
    /// What the recovery paper says, after [`World::started`].
    pub recovery: String,
}

impl World {
    /// A PC on which nothing has happened yet, on a Monday morning.
    pub fn new() -> Self {
        Self::over(Folder::new(), FakeClock::monday())
    }

    /// A desk over a folder that may hold something.
    pub fn over(folder: Folder, clock: FakeClock) -> Self {
        let viewer = Arc::new(Viewer::default());
        let desk = desk(&folder, &clock, &viewer, None);
        World {
            commands: Commands(desk.clone()),
            folder,
            clock,
            viewer,
            desk,
            recovery: String::new(),
        }
    }

    /// The same PC with this keyring, or without one.
    pub fn with_keyring(self, keyring: Option<Arc<dyn Keyring>>) -> Self {
        *self.viewer.1.lock().unwrap() = keyring;
        self
    }

    /// A supervisor is named; no office yet.
    pub async fn started() -> Self {
        Self::new().start().await
    }

    pub async fn start(mut self) -> Self {
        let world = &mut self;
        let first = world.commands.staff_first(HEAD.into(), PASSWORD.into());
        world.recovery = first.await.unwrap().recovery_code;
        self
    }

    /// Ready to receive.
    pub async fn at_work() -> Self {
        Self::started().await.join().await
    }

    /// Joins the office and confirms the clock.
    pub async fn join(self) -> Self {
        self.join_by(ticket()).await
    }

    async fn join_by(self, ticket: String) -> Self {
        self.commands.enrol_by_ticket(ticket).await.unwrap();
        self.confirm_clock().await;
        self
    }

    /// A mission in Berlin, ready to receive at ten past nine there; `currency` is what it takes fees in.
    pub async fn mission(currency: &str) -> Self {
        Self::mission_in("DE", currency).await
    }

    /// The same in another country's books.
    pub async fn mission_in(host: &str, currency: &str) -> Self {
        let world = Self::new();
        world.clock.advance(SignedDuration::from_mins(7 * 60 + 40));
        let ticket = ticket_for("http://127.0.0.1:9", berlin(host, currency));
        world.start().await.join_by(ticket).await
    }

    pub async fn confirm_clock(&self) {
        let ask = self.commands.app_state().await.unwrap().clock;
        let at = ask
            .and_then(|ask| ask.proposed)
            .expect("a clock to be confirmed");
        let answer = self.commands.session_confirm_clock(at, false).await;
        assert_eq!(answer.unwrap(), ClockAnswer::Confirmed, "Enter is enough");
    }

    /// Another clerk beside the supervisor.
    pub async fn clerk(&self, name: &str) -> String {
        let added = self
            .commands
            .staff_add(name.into(), StaffRole::Clerk, PASSWORD.into());
        let staff = added.await.unwrap().staff;
        staff.into_iter().find(|card| card.name == name).unwrap().id
    }

    pub async fn sign_in(&self, clerk: &str) -> AppState {
        self.commands
            .session_sign_in(clerk.into(), PASSWORD.into())
            .await
            .unwrap()
    }

    /// The id of the supervisor, who is the first on the sign-in page.
    pub async fn head(&self) -> String {
        self.commands.app_state().await.unwrap().staff[0].id.clone()
    }

    /// The program ends and starts again on the same folder.
    pub async fn restarted(self) -> Self {
        let World {
            folder,
            clock,
            recovery,
            desk,
            commands,
            viewer,
        } = self;
        drop((desk, commands));
        freed(folder.path()).await;
        clock.reboot(SignedDuration::from_mins(1));
        let keyring = viewer.keyring();
        World {
            recovery,
            ..Self::over(folder, clock).with_keyring(keyring)
        }
    }

    /// Ends the program and gives what its store and folder hold.
    pub async fn closed(self) -> (Folder, Store) {
        let World {
            folder,
            desk,
            commands,
            ..
        } = self;
        drop((desk, commands));
        freed(folder.path()).await;
        let store = open(folder.path());
        (folder, store)
    }
}

pub fn desk(folder: &Folder, clock: &FakeClock, viewer: &Arc<Viewer>, demo: Option<Demo>) -> Desk {
    // Once is enough for all tests of the process; the second is told that it is there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Desk::new(DeskConfig {
        folder: folder.join("data"),
        version: "0.1.0".into(),
        clock: Arc::new(OfficeClock(clock.clone())),
        host: viewer.clone(),
        print_server: "ipp://127.0.0.1:9/".into(),
        runtime: Handle::current(),
        demo,
    })
    .unwrap()
}

/// Waits until the last task of an ended desk has let go of the store; the lock itself has no event to wait for.
async fn freed(folder: &Path) {
    let paths = StorePaths::new(&folder.join("data"));
    let began = Instant::now();
    while lock(&paths).is_err() {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "the store is never let go"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn open(folder: &Path) -> Store {
    let paths = StorePaths::new(&folder.join("data"));
    let keys = KeyFile::load(&paths.keys()).unwrap().unwrap();
    let slot = keys
        .slots
        .iter()
        .find(|slot| !slot.name.is_empty())
        .unwrap();
    let master = keys.open_clerk(slot.id, PASSWORD, None).unwrap();
    let lock = Arc::new(lock(&paths).unwrap());
    Store::open(&paths, lock, &master.derive().unwrap(), keys.store).unwrap()
}

/// Everything that a store's journal says, in order.
pub fn journal(store: &Store) -> Vec<Body> {
    let lines = store.read(|reader| reader.lines(1, 10_000)).unwrap();
    let read = lines
        .iter()
        .map(|line| journal::decode(&line.line).unwrap().body);
    read.collect()
}

/// A ticket file, as a centre without a network hands it out. Nothing listens there: all of this works without one.
pub fn ticket() -> String {
    ticket_of("http://127.0.0.1:9")
}

/// A ticket file that names a centre.
pub fn ticket_of(centre: &str) -> String {
    ticket_for(centre, ea_tul())
}

fn ea_tul() -> Office {
    Office {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: "H15.50.05.13".into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    }
}

/// An embassy.
pub fn berlin(host: &str, currency: &str) -> Office {
    Office {
        id: "berlin".into(),
        name: "ĐẠI SỨ QUÁN VIỆT NAM TẠI CHLB ĐỨC".into(),
        parent: "BỘ NGOẠI GIAO".into(),
        place: "Berlin".into(),
        agency: "G16.99.01".into(),
        symbol: "ĐSQ".into(),
        time_zone: "Europe/Berlin".into(),
        mission: Some(Mission {
            host: host.into(),
            currency: currency.into(),
        }),
    }
}

fn ticket_for(centre: &str, office: Office) -> String {
    let key = SecretKey::from_seed(&[7; 32]);
    let enrolment = Enrolment {
        ws: WS,
        office,
        counter: Counter {
            number: 2,
            name: "Quầy 2".into(),
        },
        lease: Lease {
            slot: [2000, 2999],
            reserve: Some([9100, 9199]),
            valid_from: "2026-11-23".into(),
            valid_to: "2027-05-21".into(),
        },
        server_keys: vec![key.public().hex()],
    };
    let ticket = Ticket {
        enrolment,
        centre: centre.into(),
        secret: "0011223344556677".into(),
    };
    let signed = Signed::seal(&key, Tag::Office, b"", &ticket).unwrap();
    serde_json::to_string(&signed).unwrap()
}

/// A filing that lacks nothing.
pub fn filing(name: &str, id_number: &str) -> DraftValues {
    DraftValues {
        procedure: SIGNATURE.into(),
        applicant: PersonValues {
            name: name.into(),
            birth: "15/03/1990".into(),
            sex: Some(SexChoice::Female),
            id_number: id_number.into(),
            address: "Buôn Yao, xã Ea Tul, tỉnh Đắk Lắk".into(),
            phone: "0905 123 456".into(),
            ..PersonValues::default()
        },
        papers: vec![PaperValue {
            document: "d2".into(),
            state: Some(PaperStateChoice::Original),
            copies: 2,
            reason: String::new(),
        }],
        sets: "1".into(),
        copies: "1".into(),
        ..DraftValues::default()
    }
}

pub fn mrs_nie() -> DraftValues {
    filing("H’Len Niê", "066190912345")
}

impl World {
    pub async fn receive(&self, values: DraftValues) -> Received {
        self.commands.draft_save(values.clone()).await.unwrap();
        self.commands.filing_receive(values, false).await.unwrap()
    }

    /// The number that the next filing gets: a look that uses it up.
    pub async fn next_number(&self) -> String {
        self.receive(filing("Người Cuối Cùng", ""))
            .await
            .filing
            .code
    }
}
