//! One counter: a desk over a folder with a clock that tests set, and what a clerk does at it.

use onedoor_desk::{
    Commands, Desk, DeskConfig, Host,
    clock::Clock,
    dto::{DraftValues, ErrorView, PaperStateChoice, PaperValue, PersonValues, Phase},
};
use onedoor_testkit::clock::FakeClock;
use std::{fs, io::Write, path::Path, path::PathBuf, sync::Arc};
use uuid::Uuid;

/// The one clerk's password.
pub const PASSWORD: &str = "mat-khau-thu";
/// The one clerk.
pub const CLERK: &str = "Trần Thị Hoa";

/// A fake clock as the desk reads it.
pub struct SetClock(pub FakeClock);

impl Clock for SetClock {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }
    fn mono_ms(&self) -> u64 {
        self.0.mono()
    }
    fn boot(&self) -> Uuid {
        self.0.boot()
    }
}

/// A viewer that opens nothing.
pub struct NoViewer;

impl Host for NoViewer {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        fs::metadata(path).map(|_| ())
    }
}

/// A viewer that prints: the PDF is durable in this folder when it answers.
pub struct Spool(pub PathBuf);

impl Spool {
    /// Puts a paper into the spool.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn put(&self, name: &str, pdf: &[u8]) -> std::io::Result<()> {
        let mut file = fs::File::create(self.0.join(name))?;
        file.write_all(pdf)?;
        file.sync_all()?;
        fs::File::open(&self.0)?.sync_all()
    }
}

impl Host for Spool {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        let name = path
            .file_name()
            .ok_or(std::io::ErrorKind::InvalidInput)?
            .to_string_lossy();
        self.put(&name, &fs::read(path)?)
    }
}

/// A desk over `folder`, on the current tokio runtime. Not a demo: passwords and clock are asked for.
///
/// # Panics
/// When the shipped catalogue is broken.
pub fn desk(folder: &Path, clock: &FakeClock, host: Arc<dyn Host>) -> Desk {
    // As the programs do at their start; a second time changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let desk = Desk::new(DeskConfig {
        folder: folder.to_path_buf(),
        version: "0.1.0".into(),
        clock: Arc::new(SetClock(clock.clone())),
        host,
        print_server: "ipp://127.0.0.1:9/".into(),
        runtime: tokio::runtime::Handle::current(),
        demo: None,
    });
    desk.unwrap_or_else(|error| panic!("a desk: {error:?}"))
}

/// Names the first clerk and so makes the store.
///
/// # Errors
/// As the command.
pub async fn first_clerk(commands: &Commands) -> Result<(), ErrorView> {
    commands
        .staff_first(CLERK.into(), PASSWORD.into())
        .await
        .map(|_| ())
}

/// Signs the first clerk in and confirms the proposed clock, if it is asked.
///
/// # Errors
/// As the commands.
pub async fn sign_in(commands: &Commands) -> Result<(), ErrorView> {
    let clerk = commands.app_state().await?.staff.first().cloned();
    let clerk = clerk.map(|card| card.id).unwrap_or_default();
    let state = commands.session_sign_in(clerk, PASSWORD.into()).await?;
    if state.phase == Phase::ConfirmClock {
        confirm_clock(commands).await?;
    }
    Ok(())
}

/// Believes the time that the sign-in page proposes, or the wall clock where it proposes none.
///
/// # Errors
/// As the commands.
pub async fn confirm_clock(commands: &Commands) -> Result<(), ErrorView> {
    let state = commands.app_state().await?;
    let proposed = state.clock.and_then(|ask| ask.proposed);
    let at = proposed.unwrap_or(state.now);
    commands.session_confirm_clock(at, false).await.map(|_| ())
}

/// A filing for a certificate of marital status (three working days), ready to be received.
pub fn filing(name: &str) -> DraftValues {
    DraftValues {
        procedure: "1.004873".into(),
        applicant: PersonValues {
            name: name.into(),
            birth: "05/03/1994".into(),
            address: "Buôn Tah, xã Ea Tul, tỉnh Đắk Lắk".into(),
            phone: "0912 345 678".into(),
            ..PersonValues::default()
        },
        papers: vec![PaperValue {
            document: "d1".into(),
            state: Some(PaperStateChoice::Original),
            copies: 1,
            reason: String::new(),
        }],
        sets: "1".into(),
        ..DraftValues::default()
    }
}
