//! Signing in and out, the first start. Keys come into memory only here. Not here: the clock's question, staff and the
//! recovery paper (`staff`).

use crate::{
    clock,
    clock_question::clock_ask,
    desk::{Desk, Event, Open, SessionState, is_damage},
    dto::*,
    error::{DeskError, Result},
    keyring::machine_bound,
    office_label::office_info,
};
use onedoor_domain::{
    access::{Permission, Role, may},
    text,
};
use onedoor_protocol::journal::SessionOpened;
use onedoor_store::{KeyFile, Lines, MasterKey, Op, RecoveryCode, Store, StoreError, keys::Slot};
use uuid::Uuid;

/// Shortest password.
const SHORTEST: usize = 8;
/// In a demo office a name is enough; its slots open with this.
const DEMO_PASSWORD: &str = "mot-cua-demo";
/// Wrong tries that cost nothing; then each doubles the wait.
const FREE_TRIES: u32 = 3;
const LONGEST_WAIT_MS: u64 = 30_000;
/// What the screen of somebody who has left may still do, before it locks.
const KEEPS_DRAFT: &str = "draft_save";

const PERMISSIONS: [(Permission, &str); 8] = [
    (Permission::Receive, "receive"),
    (Permission::FindFilings, "find_filings"),
    (Permission::PrintReceipt, "print_receipt"),
    (Permission::SeeSync, "see_sync"),
    (Permission::SendNow, "send_now"),
    (Permission::ManageStaff, "manage_staff"),
    (Permission::ManageOffice, "manage_office"),
    (Permission::OpenPaper, "open_paper"),
];

impl From<StaffRole> for Role {
    fn from(role: StaffRole) -> Role {
        match role {
            StaffRole::Clerk => Role::Clerk,
            StaffRole::Supervisor => Role::Supervisor,
            StaffRole::Admin => Role::Admin,
        }
    }
}

pub(crate) fn staff_role(role: Role) -> StaffRole {
    match role {
        Role::Clerk => StaffRole::Clerk,
        Role::Supervisor => StaffRole::Supervisor,
        Role::Admin => StaffRole::Admin,
    }
}

fn card(id: Uuid, name: &str, role: Role) -> StaffCard {
    StaffCard {
        id: id.to_string(),
        name: name.to_string(),
        role: staff_role(role),
    }
}

impl Desk {
    pub(crate) fn app_state(&self) -> Result<AppState> {
        let keys = self.key_file().unwrap_or_default();
        let now = self.now();
        let settings = self.settings();
        let signed_in = |open: &Open| open.session.as_ref().map(|_| open.store.clone());
        let store = self.state().open.as_ref().and_then(signed_in);
        let gone = match &store {
            Some(store) => self.staff_gone(store)?,
            None => Vec::new(),
        };
        let mut state = self.state();
        state.turn += 1;
        let open = state.open.as_ref();
        let session = open.and_then(|open| open.session.as_ref());
        let workstation = open.and_then(|open| open.workstation.as_ref());
        let phase = match (&state.damage, open, session) {
            (Some(_), ..) => Phase::Damaged,
            (None, None, _) if keys.is_none() => Phase::FirstStart,
            (None, None, _) | (None, Some(_), None) => Phase::SignedOut,
            (None, Some(_), Some(_)) if workstation.is_none() => Phase::Enrol,
            (None, Some(open), Some(_)) if !open.clock_confirmed => Phase::ConfirmClock,
            (None, Some(_), Some(_)) => Phase::SignedIn,
        };
        let clock = match (phase, open) {
            (Phase::ConfirmClock, Some(open)) => Some(clock_ask(&open.store, now.datetime())?),
            _ => None,
        };
        let slots = keys
            .iter()
            .flat_map(|keys| &keys.slots)
            .filter(|slot| !slot.name.is_empty());
        Ok(AppState {
            turn: state.turn,
            phase,
            version: self.0.config.version.clone(),
            demo: self.demo(),
            // Before the first unlock only the label is at hand.
            office: match open {
                Some(_) => workstation.map(|of| office_info(of, self.rules().calendar_missing)),
                None => keys.as_ref().and_then(|_| self.office_label()),
            },
            staff: slots
                .map(|s| card(s.id, &s.name, Role::parse(&s.role).unwrap_or(Role::Clerk)))
                .collect(),
            gone,
            session: session.map(|session| Session {
                clerk: card(session.clerk, &session.name, session.role),
                since: session.since.clone(),
                left: session.left,
                permissions: permissions(session.role),
            }),
            clock,
            damage: state.damage.clone(),
            bound: keys.as_ref().map(machine_bound),
            settings,
            now: clock::local_text(now.datetime()),
        })
    }

    /// Whether the command may run now. Everything else is checked again in the body.
    pub(crate) fn guard(&self, command: &str, needed: Option<Permission>) -> Result<()> {
        let Some(permission) = needed else {
            return Ok(());
        };
        let state = self.state();
        let session = state.open.as_ref().and_then(|open| open.session.as_ref());
        let session = session.ok_or(DeskError::new(ErrorCode::NotSignedIn))?;
        if session.left && command != KEEPS_DRAFT {
            return Err(DeskError::new(ErrorCode::StaffLeft));
        }
        let role = session.role;
        if may(role, permission) {
            return Ok(());
        }
        let able = [Role::Clerk, Role::Supervisor, Role::Admin]
            .into_iter()
            .filter(|role| may(*role, permission));
        let who = able.map(Role::as_str).collect::<Vec<_>>().join(",");
        Err(DeskError::new(ErrorCode::NotAllowed).with("who", who))
    }

    /// Makes the store, its first slot (a supervisor, who may do everything in a one-person office) and the paper's.
    pub(crate) fn staff_first(&self, name: String, password: String) -> Result<FirstStarted> {
        let (name, password) = (self.name(&name)?, self.password(password)?);
        let lock = self
            .state()
            .lock
            .clone()
            .ok_or(DeskError::new(ErrorCode::StoreBusy))?;
        if self.key_file()?.is_some() || self.0.paths.database().exists() {
            return Err(DeskError::new(ErrorCode::AlreadyStarted));
        }
        let (master, code) = (MasterKey::generate()?, RecoveryCode::generate()?);
        let (store_id, clerk) = (Uuid::now_v7(), Uuid::now_v7());
        let mut keys = KeyFile::new(store_id);
        let share = self.share_for_new_slot(store_id);
        let who = (clerk, name.as_str(), Role::Supervisor.as_str());
        keys.set_clerk(who, &password, share.as_ref(), &master)?;
        keys.set_paper(&code, &master)?;
        // The database first: keys without a database would look like a lost store; a database without keys holds nothing yet.
        let store = Store::create(&self.0.paths, lock, &master.derive()?, store_id)?;
        keys.save(&self.0.paths.keys())?;
        let session = self.session(clerk, &name, Role::Supervisor, "password");
        self.opened(store, master, session)?;
        Ok(FirstStarted {
            recovery_code: code.groups(),
            state: self.app_state()?,
        })
    }

    fn session(&self, clerk: Uuid, name: &str, role: Role, how: &'static str) -> SessionState {
        let since = clock::local_text(self.now().datetime());
        SessionState {
            clerk,
            name: name.to_string(),
            role,
            since,
            how,
            left: false,
        }
    }

    fn opened(&self, store: Store, master: MasterKey, session: SessionState) -> Result<()> {
        let workstation = store.read(|reader| reader.workstation())?;
        let name = workstation
            .as_ref()
            .map_or("", |w| w.enrolment.office.time_zone.as_str());
        let zone = clock::zone(name);
        let session = Some(session);
        self.watch_room(&store);
        self.state().open = Some(Open {
            store,
            master,
            session,
            clock_confirmed: false,
            offset_ms: 0,
            zone,
            workstation,
            engine: None,
        });
        if let Ok(workstation) = self.workstation() {
            self.check_incarnation()?;
            self.read_rules()?;
            self.keep_office_label(&workstation);
            self.start_engine()?;
        }
        self.warm_catalogue();
        self.tell(Event::Session);
        Ok(())
    }

    pub(crate) fn session_sign_in(&self, clerk: String, password: String) -> Result<AppState> {
        let clerk: Uuid = clerk
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        let keys = self
            .key_file()?
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let slot = keys
            .slots
            .iter()
            .find(|slot| slot.id == clerk)
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let how = if self.demo() { "demo" } else { "password" };
        let master = self.open_slot(&keys, slot, &password)?;
        let role = Role::parse(&slot.role).unwrap_or(Role::Clerk);
        self.enter(&keys, master, clerk, &slot.name, role, how)
    }

    /// The master key by a clerk's own password; in a demo office picking the name is enough. Wrong tries are counted.
    pub(crate) fn open_slot(
        &self,
        keys: &KeyFile,
        slot: &Slot,
        password: &str,
    ) -> Result<MasterKey> {
        let password = match password.is_empty() && self.demo() {
            true => DEMO_PASSWORD,
            false => password,
        };
        self.counted(
            || {
                let share = self.share_of(keys.store, slot);
                keys.open_clerk(slot.id, password, share.as_ref())
            },
            ErrorCode::WrongPassword,
        )
    }

    /// Opens the store if it is not open yet, and lets the clerk in.
    fn enter(
        &self,
        keys: &KeyFile,
        master: MasterKey,
        clerk: Uuid,
        name: &str,
        role: Role,
        how: &'static str,
    ) -> Result<AppState> {
        let open = self.state().open.as_ref().map(|open| open.store.clone());
        let store = match open {
            Some(store) => store,
            None => self.open_store(keys, &master)?,
        };
        let (name, role) = self.who(&store, clerk, (name, role))?;
        let session = self.session(clerk, &name, role, how);
        if self.state().open.is_none() {
            self.opened(store, master, session)?;
        } else if let Some(open) = &mut self.state().open {
            open.session = Some(session);
        }
        self.journal_session()?;
        self.tell(Event::Session);
        self.app_state()
    }

    fn open_store(&self, keys: &KeyFile, master: &MasterKey) -> Result<Store> {
        let lock = self
            .state()
            .lock
            .clone()
            .ok_or(DeskError::new(ErrorCode::StoreBusy))?;
        Store::open(&self.0.paths, lock, &master.derive()?, keys.store).map_err(|error| {
            if is_damage(&error) {
                self.note_damage(&error);
            }
            DeskError::from(error)
        })
    }

    /// Writes who works now, once the clock may be believed.
    pub(crate) fn journal_session(&self) -> Result<()> {
        let Ok(at) = self.at_work() else {
            return Ok(());
        };
        let how = at.session.how.to_string();
        self.let_go_by_itself(&at);
        at.store.write(Op::act(at.context, move |_| {
            Ok((Lines::one(SessionOpened { how }), ()))
        }))?;
        Ok(())
    }

    /// Slows guessing down without ever locking anybody out.
    pub(crate) fn counted(
        &self,
        open: impl FnOnce() -> Result<MasterKey, StoreError>,
        wrong: ErrorCode,
    ) -> Result<MasterKey> {
        let now = self.0.config.clock.mono_ms();
        let next = self.state().next_try_ms;
        if now < next {
            return Err(DeskError::new(wrong).with("wait", (next - now).div_ceil(1000)));
        }
        match open() {
            Ok(master) => {
                let mut state = self.state();
                (state.wrong_tries, state.next_try_ms) = (0, 0);
                Ok(master)
            }
            Err(StoreError::WrongSecret) => {
                let mut state = self.state();
                state.wrong_tries += 1;
                let beyond = state.wrong_tries.saturating_sub(FREE_TRIES);
                let wait = if beyond == 0 {
                    0
                } else {
                    (1000 << beyond.min(10)).min(LONGEST_WAIT_MS)
                };
                state.next_try_ms = now + wait;
                Err(DeskError::new(wrong).with("wait", wait / 1000))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The recovery paper opens without password and keyring, and gives the clerk a new password, bound to the PC that
    /// this is now.
    pub(crate) fn session_recover(
        &self,
        clerk: String,
        recovery_code: String,
        password: String,
    ) -> Result<AppState> {
        let clerk: Uuid = clerk
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        let password = self.password(password)?;
        let code = RecoveryCode::parse(&recovery_code)
            .ok_or(DeskError::new(ErrorCode::WrongRecoveryCode))?;
        let turn = self.keys_turn();
        let mut keys = self
            .key_file()?
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let slot = keys.slots.iter().find(|slot| slot.id == clerk).cloned();
        let slot = slot.ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let master = self.counted(|| keys.open_paper(&code), ErrorCode::WrongRecoveryCode)?;
        let share = self.share_for_new_slot(keys.store);
        let who = (clerk, slot.name.as_str(), slot.role.as_str());
        keys.set_clerk(who, &password, share.as_ref(), &master)?;
        keys.save(&self.0.paths.keys())?;
        drop(turn);
        let role = Role::parse(&slot.role).unwrap_or(Role::Clerk);
        self.enter(&keys, master, clerk, &slot.name, role, "recovery_paper")
    }

    /// Locks: the screen asks who works next; drafts stay, sync goes on.
    pub(crate) fn session_lock(&self) -> Result<AppState> {
        if let Some(open) = &mut self.state().open {
            open.session = None;
        }
        self.empty_opened();
        self.tell(Event::Session);
        self.app_state()
    }

    pub(crate) fn master(&self) -> Result<MasterKey> {
        let state = self.state();
        state
            .open
            .as_ref()
            .map(|open| open.master.clone())
            .ok_or(DeskError::new(ErrorCode::NotSignedIn))
    }

    pub(crate) fn name(&self, name: &str) -> Result<String> {
        let name = text::clean(name, text::MAX_NAME)
            .map_err(|_| DeskError::new(ErrorCode::NameRequired))?;
        if name.is_empty() {
            Err(DeskError::new(ErrorCode::NameRequired))
        } else {
            Ok(name)
        }
    }

    pub(crate) fn password(&self, password: String) -> Result<String> {
        if self.demo() && password.is_empty() {
            return Ok(DEMO_PASSWORD.to_string());
        }
        let long_enough = password.chars().count() >= SHORTEST;
        long_enough
            .then_some(password)
            .ok_or_else(|| DeskError::new(ErrorCode::PasswordTooShort).with("min", SHORTEST))
    }
}

/// Names of the permissions of a role, as the screen knows them.
fn permissions(role: Role) -> Vec<String> {
    PERMISSIONS
        .iter()
        .filter(|(p, _)| may(role, *p))
        .map(|(_, name)| (*name).to_string())
        .collect()
}

/// The first eight letters of a workstation's id, upper case: short enough to say. A UUIDv7 begins with its time, so the
/// random end is taken.
pub(crate) fn short(ws: Uuid) -> String {
    ws.simple().to_string()[24..].to_uppercase()
}
