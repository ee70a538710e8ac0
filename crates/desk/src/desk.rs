//! The desk: what the commands share. A cheap clone. Not here: the commands' bodies (one module per area).

use crate::{
    clock::{self, Clock},
    dto::{Damage, DamageKind, ErrorCode},
    error::{DeskError, Result},
    keyring::Keyring,
    numbers::Missing,
    readers::Following,
    rules,
    sync_link::EngineHandle,
    texts::Texts,
};
use jiff::{Zoned, tz::TimeZone};
use onedoor_domain::access::Role;
use onedoor_store::{
    Context, KeyFile, Lock, MasterKey, Store, StoreError, StorePaths, lock,
    tables::workstation::WorkstationState,
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;
use uuid::Uuid;

/// What the desk needs of the program around it.
pub trait Host: Send + Sync {
    /// Shows a PDF in the system's own viewer.
    fn open_pdf(&self, path: &Path) -> std::io::Result<()>;

    /// The system's keyring; none where the program shall not use one. Asked only when a slot is opened or made, never
    /// on the way to the sign-in page.
    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        None
    }

    /// The system's name of this machine, the same after every start; none where it has none.
    fn machine_id(&self) -> Option<String> {
        crate::incarnation::system_machine_id()
    }
}

/// How a desk is set up.
#[derive(Clone)]
pub struct DeskConfig {
    /// The data folder.
    pub folder: PathBuf,
    /// Version of the program.
    pub version: String,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The program around.
    pub host: Arc<dyn Host>,
    /// The print server's address, `ipp://localhost:631`.
    pub print_server: String,
    /// Where async work runs.
    pub runtime: tokio::runtime::Handle,
    /// Sample data with this centre and one-time code; only builds with the feature `demo` can set it.
    pub demo: Option<Demo>,
}

/// A demo office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The centre's address.
    pub centre: String,
    /// A one-time code.
    pub code: String,
    /// What it shows.
    pub office: DemoOffice,
}

/// Which office the demo shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DemoOffice {
    /// A commune.
    #[default]
    Commune,
    /// A mission abroad.
    Mission,
}

/// A hint to read again; never the only copy of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something under these tags changed (`filings`, `draft`, `staff`, `settings`).
    Changed(Vec<&'static str>),
    /// The state of sync changed.
    Sync,
    /// Who works, or whether the store is open, changed.
    Session,
    /// A serial reader sent this text while somebody was signed in: `person_read` says what it is. The only event that
    /// carries something; if it is missed, the clerk scans again.
    Scanned(String),
}

/// Who works now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionState {
    /// The clerk.
    pub clerk: Uuid,
    /// Full name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Local time of signing in.
    pub since: String,
    /// How.
    pub how: &'static str,
    /// The centre said since that this one has left: only the draft is still kept.
    pub left: bool,
}

/// What is there once somebody signed in since the start.
pub struct Open {
    /// The store.
    pub store: Store,
    /// Keeps the keys in memory so that sync goes on while locked.
    pub master: MasterKey,
    /// None = locked.
    pub session: Option<SessionState>,
    /// The clock was confirmed since the start.
    pub clock_confirmed: bool,
    /// Confirmed time minus wall clock.
    pub offset_ms: i64,
    /// The office's time zone.
    pub zone: TimeZone,
    /// Office, counter, lease; none before enrolment.
    pub workstation: Option<WorkstationState>,
    /// The sync engine, once enrolled.
    pub engine: Option<EngineHandle>,
}

#[derive(Default)]
pub(crate) struct State {
    pub lock: Option<Arc<Lock>>,
    pub damage: Option<Damage>,
    pub open: Option<Open>,
    pub wrong_tries: u32,
    pub next_try_ms: u64,
    /// The window's states told so far (`AppState::turn`).
    pub turn: u32,
}

pub(crate) struct Inner {
    pub config: DeskConfig,
    /// Of a commune until an office is known.
    pub rules: rules::Kept,
    pub texts: Texts,
    pub paths: StorePaths,
    pub state: Mutex<State>,
    /// Held while a form is rendered and named: mending after a start and a clerk may come to the same filing.
    pub rendering: Mutex<()>,
    /// Held while the key file is changed.
    pub keys: Mutex<()>,
    /// The missing numbers as they were found last.
    pub missing: Mutex<Option<Missing>>,
    /// The serial reader that is listened to.
    pub reader: Mutex<Option<Following>>,
    pub events: broadcast::Sender<Event>,
}

/// The use cases of one workstation.
#[derive(Clone)]
pub struct Desk(pub(crate) Arc<Inner>);

/// What most commands need: the open store, who acts, and what time it is.
pub(crate) struct At {
    pub store: Store,
    pub session: SessionState,
    pub now: Zoned,
    pub context: Context,
}

impl Desk {
    /// A desk over a data folder. Takes the store's lock; damage is a state, not a failure.
    pub fn new(config: DeskConfig) -> Result<Self> {
        let rules = rules::Kept::shipped()?;
        let paths = StorePaths::new(&config.folder);
        let mut state = State::default();
        match lock(&paths) {
            Ok(lock) => state.lock = Some(Arc::new(lock)),
            Err(error) => state.damage = Some(damage_of(&error, &paths)),
        }
        let events = broadcast::channel(256).0;
        let texts = Texts::shipped();
        let inner = Inner {
            config,
            rules,
            texts,
            paths,
            state: Mutex::new(state),
            rendering: Mutex::default(),
            keys: Mutex::default(),
            missing: Mutex::default(),
            reader: Mutex::default(),
            events,
        };
        let desk = Desk(Arc::new(inner));
        desk.empty_opened();
        desk.follow_reader(&desk.settings().reader);
        Ok(desk)
    }

    /// Hints for the screen.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody listening is fine: the next reader sees the facts themselves.
        let _ = self.0.events.send(event);
    }

    pub(crate) fn key_file(&self) -> Result<Option<KeyFile>> {
        Ok(KeyFile::load(&self.0.paths.keys())?)
    }

    /// The office's time now; before anybody signed in, Vietnam's.
    pub(crate) fn now(&self) -> Zoned {
        let (offset, zone) = match &self.state().open {
            Some(open) => (open.offset_ms, open.zone.clone()),
            None => (0, clock::zone("Asia/Ho_Chi_Minh")),
        };
        clock::local(self.0.config.clock.now(), offset, &zone)
    }

    pub(crate) fn context(&self, now: &Zoned, clerk: Option<Uuid>) -> Context {
        Context {
            wall: clock::wall_text(now),
            wall_ms: u64::try_from(now.timestamp().as_millisecond()).unwrap_or(0),
            boot: self.0.config.clock.boot(),
            mono: self.0.config.clock.mono_ms(),
            day: now.date().to_string(),
            clerk,
        }
    }

    /// The open store, whoever works.
    pub(crate) fn store(&self) -> Result<Store> {
        let state = self.state();
        state
            .open
            .as_ref()
            .map(|open| open.store.clone())
            .ok_or(DeskError::new(ErrorCode::NotSignedIn))
    }

    /// The session and all that an act needs. Refused while the clock is not confirmed: a number carries its day.
    pub(crate) fn at_work(&self) -> Result<At> {
        let (store, session) = {
            let state = self.state();
            let open = state
                .open
                .as_ref()
                .ok_or(DeskError::new(ErrorCode::NotSignedIn))?;
            let session = open
                .session
                .clone()
                .ok_or(DeskError::new(ErrorCode::NotSignedIn))?;
            if open.workstation.is_none() {
                return Err(DeskError::new(ErrorCode::NotEnrolled));
            }
            if !open.clock_confirmed {
                return Err(DeskError::new(ErrorCode::ClockNotConfirmed));
            }
            (open.store.clone(), session)
        };
        let now = self.now();
        let context = self.context(&now, Some(session.clerk));
        Ok(At {
            store,
            session,
            now,
            context,
        })
    }

    pub(crate) fn workstation(&self) -> Result<WorkstationState> {
        let state = self.state();
        let open = state
            .open
            .as_ref()
            .ok_or(DeskError::new(ErrorCode::NotSignedIn))?;
        open.workstation
            .clone()
            .ok_or(DeskError::new(ErrorCode::NotEnrolled))
    }

    pub(crate) fn demo(&self) -> bool {
        self.0.config.demo.is_some()
    }

    /// Remembers why the store can't be used, and shows the damage page.
    pub(crate) fn note_damage(&self, error: &StoreError) {
        let damage = damage_of(error, &self.0.paths);
        tracing::error!(reference = %damage.reference, %error, "the store can't be used");
        self.state().damage = Some(damage);
        self.tell(Event::Session);
    }

    pub(crate) fn opened_folder(&self) -> PathBuf {
        self.0.config.folder.join("opened")
    }

    /// PDFs opened for printing lie in the clear; they go at lock and at start.
    pub(crate) fn empty_opened(&self) {
        let folder = self.opened_folder();
        if folder.exists()
            && let Err(error) = std::fs::remove_dir_all(&folder)
        {
            tracing::warn!(%error, "opened PDFs could not be removed");
        }
    }
}

/// Whether an error is about the store as a whole.
pub(crate) fn is_damage(error: &StoreError) -> bool {
    !matches!(
        error,
        StoreError::WrongSecret
            | StoreError::ShareMissing
            | StoreError::NotFound(_)
            | StoreError::Refused(_)
    )
}

fn damage_of(error: &StoreError, paths: &StorePaths) -> Damage {
    let kind = match error {
        StoreError::InUse => DamageKind::InUse,
        StoreError::NewerSchema { .. } => DamageKind::NewerSchema,
        StoreError::Foreign => DamageKind::ForeignStore,
        StoreError::Missing => DamageKind::Missing,
        StoreError::BrokenChain(_) => DamageKind::BrokenChain,
        StoreError::Disk(_) | StoreError::Io { .. } => DamageKind::Disk,
        _ => DamageKind::Damaged,
    };
    let kept = [paths.keys(), paths.database(), paths.blobs()];
    let kept = kept.iter().filter(|path| path.exists());
    let kept = kept
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let reference = Uuid::new_v4().simple().to_string()[..8].to_uppercase();
    Damage {
        kind,
        reference,
        kept,
    }
}
