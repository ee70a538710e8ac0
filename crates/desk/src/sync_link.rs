//! The desk's side of sync: starts the engine, passes nudges, tells the screen, and answers what is where.

use crate::{
    clock,
    desk::{Desk, Event, State},
    dto::{CatchingUp, DiskView, Link, SyncItem, SyncItemState, SyncState},
    error::{DeskError, Result},
    letting_go::may_go,
    sync_papers::{minute_of_day, paper_hours, policy},
    views,
};
use onedoor_store::{
    Op, Store,
    tables::{filings::Which, mirror::Keeper},
};
use onedoor_sync::{Engine, Link as Reached, Nudge, Status, engine, http::centre_at};
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

/// A running engine. Dropping it ends the engine after the request under way.
pub struct EngineHandle {
    nudges: mpsc::Sender<Nudge>,
    status: watch::Receiver<Status>,
}

#[cfg(feature = "demo")]
impl EngineHandle {
    /// What the engine knows, as it changes.
    pub(crate) fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }
}

/// Setting that holds a ticket's secret until the centre knows the key.
pub(crate) const TICKET_SECRET: &str = "ticket_secret";

/// Setting that is there once another PC may hold this counter's numbers; its value says why.
pub(crate) const NUMBERS_STOPPED: &str = "numbers_stopped";

/// Setting that is "yes" while a person keeps this PC from sending.
const PAUSED: &str = "sync_paused";

pub(crate) fn is_paused(store: &Store) -> Result<bool, DeskError> {
    let paused = store.read(|reader| reader.setting(PAUSED))?;
    Ok(paused.as_deref() == Some("yes"))
}

struct DeskSurroundings(std::sync::Weak<crate::desk::Inner>);

impl engine::Surroundings for DeskSurroundings {
    fn now(&self) -> String {
        self.0
            .upgrade()
            .map(|inner| clock::local_text(Desk(inner).now().datetime()))
            .unwrap_or_default()
    }
    fn minute(&self) -> u16 {
        let now = self.0.upgrade().map(|inner| Desk(inner).now());
        now.map_or(0, |now| minute_of_day(&now))
    }
    fn random(&self) -> u64 {
        getrandom::u64().unwrap_or(u64::MAX / 2)
    }
    fn nonce(&self) -> [u8; 16] {
        *uuid::Uuid::new_v4().as_bytes()
    }
}

impl Desk {
    /// Starts the engine once the workstation belongs to an office.
    pub(crate) fn start_engine(&self) -> Result<()> {
        let workstation = self.workstation()?;
        let store = self.store()?;
        // A demo's centre gets another port at every start.
        let demo = self.0.config.demo.as_ref().map(|demo| demo.centre.clone());
        let centre = demo.unwrap_or(workstation.centre);
        let transport = match centre_at(&centre) {
            Ok(transport) => transport,
            Err(error) => {
                tracing::error!(%error, "the centre's address can't be used");
                return Ok(());
            }
        };
        let secret = store.read(|reader| reader.setting(TICKET_SECRET))?;
        let surroundings = Arc::new(DeskSurroundings(Arc::downgrade(&self.0)));
        let version = self.0.config.version.clone();
        let policy = policy(&store)?;
        let engine = Engine::new(Arc::new(store), transport, surroundings, version)
            .with_ticket(secret)
            .with_policy(policy);
        let (nudges, wait) = mpsc::channel(16);
        let (publish, status) = watch::channel(Status::default());
        self.0.config.runtime.spawn(engine.run(wait, publish));
        self.watch(status.clone(), workstation.enrolment.ws);
        if let Some(open) = &mut self.state().open {
            open.engine = Some(EngineHandle { nudges, status });
        }
        Ok(())
    }

    fn watch(&self, mut status: watch::Receiver<Status>, ws: Uuid) {
        let inner = Arc::downgrade(&self.0);
        self.0.config.runtime.spawn(async move {
            let mut heard = 0;
            while status.changed().await.is_ok() {
                let Some(inner) = inner.upgrade() else { return };
                let desk = Desk(inner);
                let (link, news) = {
                    let status = status.borrow_and_update();
                    (status.link, status.heard)
                };
                if news != heard {
                    heard = news;
                    desk.heard();
                }
                if matches!(link, Reached::Fork | Reached::Refused) {
                    desk.stop_numbers(ws);
                }
                desk.tell(Event::Sync);
            }
        });
    }

    /// Colleagues did something: lists, counts, and what the page warns of may be others now.
    fn heard(&self) {
        let desk = self.clone();
        self.0.config.runtime.spawn_blocking(move || {
            if let Err(error) = desk.read_workstation() {
                tracing::error!(detail = %error.detail, "the lease could not be read again");
            }
            match desk.store().and_then(|store| policy(&store)) {
                Ok(policy) => desk.nudge(Nudge::Policy(policy)),
                Err(error) => tracing::error!(detail = %error.detail, "the policy could not be read"),
            }
            if let Err(error) = desk.heed_staff() {
                tracing::error!(detail = %error.detail, "the centre's word on the staff does not hold here yet");
            }
            if let Err(error) = desk.read_rules() {
                tracing::error!(detail = %error.detail, "the office's rules could not be read again");
            }
            desk.tell(Event::Changed(vec!["filings", "rules", "draft", "messages"]));
        });
    }

    /// The centre may have given another lease.
    fn read_workstation(&self) -> Result<()> {
        let workstation = self.store()?.read(|reader| reader.workstation())?;
        if let (Some(open), Some(workstation)) = (&mut self.state().open, workstation) {
            open.workstation = Some(workstation);
        }
        Ok(())
    }

    /// Two histories, or a key that is not welcome: another PC may hold this counter's numbers now. From here on only
    /// provisional numbers, also after a restart, until the office enrols this PC anew.
    fn stop_numbers(&self, ws: Uuid) {
        let Ok(store) = self.store() else { return };
        let desk = self.clone();
        self.0.config.runtime.spawn_blocking(move || {
            // What is said of an identity that ended meanwhile stops nothing.
            let stopped = store.write(Op::local(move |tx| match tx.is_workstation(ws)? {
                true => tx.set(NUMBERS_STOPPED, "yes"),
                false => Ok(()),
            }));
            if let Err(error) = stopped {
                tracing::error!(%error, "the stop of numbers could not be kept");
            }
            desk.tell(Event::Sync);
        });
    }

    /// Says that there is something to send. A full channel means that the engine will look anyway.
    pub(crate) fn nudge(&self, nudge: Nudge) {
        if let Some(engine) = self
            .state()
            .open
            .as_ref()
            .and_then(|open| open.engine.as_ref())
        {
            let _ = engine.nudges.try_send(nudge);
        }
    }

    fn engine_status(&self) -> Option<Status> {
        let engine = |state: &State| Some(state.open.as_ref()?.engine.as_ref()?.status.clone());
        // The status is looked at with nothing else held: two locks at once are a way to wait for each other.
        let status = engine(&self.state())?;
        let status = status.borrow().clone();
        Some(status)
    }

    pub(crate) fn sync_state(&self) -> Result<SyncState> {
        let Ok(store) = self.store() else {
            return Ok(empty(Link::Locked));
        };
        let Ok(workstation) = self.workstation() else {
            return Ok(SyncState {
                disk: disk(&store, &self.now()),
                ..empty(Link::NotEnrolled)
            });
        };
        let status = self.engine_status().unwrap_or_default();
        let next = next_seq(&store)?;
        let (filings_here, sent, (lines_here, bytes), papers) = store.read(|reader| {
            Ok((
                reader.count(&Which::LinesFrom(next))?,
                reader.count(&Which::LinesBefore(next))?,
                reader.waiting(next)?,
                reader.unpublished_bytes()?,
            ))
        })?;
        let policy = policy(&store)?;
        let papers_wait = match papers.0 {
            0 => None,
            _ => self.papers_wait(policy),
        };
        let (paper_done, paper_total) = status.scan.unwrap_or_default();
        let until = status.next_try.map(|at| {
            at.saturating_duration_since(tokio::time::Instant::now())
                .as_secs()
        });
        let next_try_in = until.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
        let next_try = until.and_then(|seconds| {
            let at = self
                .now()
                .checked_add(jiff::SignedDuration::from_secs(
                    i64::try_from(seconds).ok()?,
                ))
                .ok()?;
            Some(clock::local_text(at.datetime()))
        });
        let (unread, scans) =
            store.read(|reader| Ok((reader.unread_messages()?, reader.policy()?.scans)))?;
        Ok(SyncState {
            unread,
            scan_hours: scans.map(|hours| [hours.from, hours.to]),
            numbers_until: Some(workstation.enrolment.lease.valid_to.clone()),
            catching_up: status.snapshot.map(|(done, total)| CatchingUp {
                done: done.to_string(),
                total: total.to_string(),
            }),
            link: link(status.link),
            filings_here,
            lines_here: u32::try_from(lines_here).unwrap_or(u32::MAX),
            bytes_here: bytes.to_string(),
            papers_here: u32::try_from(papers.0).unwrap_or(u32::MAX),
            paper_bytes_here: papers.1.to_string(),
            filings_at_centre: sent,
            sending: status.sending,
            paused: policy.paused,
            metered: policy.metered,
            paper_hours: paper_hours(&store)?,
            papers_wait,
            paper_done,
            paper_total,
            done: u32::try_from(status.done).unwrap_or(u32::MAX),
            total: u32::try_from(status.total).unwrap_or(u32::MAX),
            last_contact: status.last_contact.clone(),
            next_try,
            next_try_in,
            centre: workstation.centre.clone(),
            disk: disk(&store, &self.now()),
            attention: self.attention(&store, &status)?,
        })
    }

    pub(crate) fn sync_now(&self) -> Result<SyncState> {
        self.nudge(Nudge::Now);
        self.sync_state()
    }

    /// Stops or resumes sending; kept over a restart.
    pub(crate) fn sync_pause(&self, paused: bool) -> Result<SyncState> {
        let store = self.store()?;
        store.write(Op::local(move |tx| {
            tx.set(PAUSED, if paused { "yes" } else { "no" })
        }))?;
        self.nudge(Nudge::Policy(policy(&store)?));
        self.tell(Event::Sync);
        self.sync_state()
    }

    pub(crate) fn sync_items(&self) -> Result<Vec<SyncItem>> {
        let at = self.at_work()?;
        let next = next_seq(&at.store)?;
        let sending = self.engine_status().is_some_and(|status| status.sending);
        let rows = at.store.read(|reader| {
            let mut rows = reader.filings(&Which::LinesFrom(next), "", 200)?;
            if rows.len() < 50 {
                rows.extend(reader.filings(&Which::LinesBefore(next), "", 50)?);
            }
            rows.into_iter()
                .map(|row| {
                    let lines = reader.lines_of(row.id)?;
                    let waiting: Vec<_> = lines
                        .iter()
                        .filter(|(line, _)| line.peer.is_none() && line.seq >= next)
                        .collect();
                    let bytes: usize = waiting.iter().map(|(line, _)| line.line.len()).sum();
                    Ok((row, waiting.len(), bytes))
                })
                .collect::<std::result::Result<Vec<_>, _>>()
        })?;
        let items = rows.into_iter().map(|(row, lines, bytes)| SyncItem {
            state: match (row.last_seq >= next, sending) {
                (true, true) => SyncItemState::Sending,
                (true, false) => SyncItemState::Waiting,
                (false, _) => SyncItemState::AtCentre,
            },
            filing: views::filing_row(row, next, at.now.datetime()),
            lines: u32::try_from(lines).unwrap_or(u32::MAX),
            bytes: bytes.to_string(),
        });
        Ok(items.collect())
    }
}

/// The first line that the centre lacks.
pub(crate) fn next_seq(store: &Store) -> Result<u64, DeskError> {
    Ok(store.read(|reader| Ok(reader.mark(Keeper::Centre)?.map_or(1, |mark| mark.next_seq)))?)
}

fn link(link: Reached) -> Link {
    match link {
        Reached::Unknown => Link::Unknown,
        Reached::Offline => Link::Offline,
        Reached::Portal => Link::Portal,
        Reached::ServerDown => Link::ServerDown,
        Reached::Online => Link::Online,
        Reached::Refused => Link::Refused,
        Reached::Fork => Link::Fork,
    }
}

/// The disk, while it takes nothing.
fn disk(store: &Store, now: &jiff::Zoned) -> Option<DiskView> {
    let room = store.room();
    room.refused.then(|| {
        // What can't be counted now is not offered.
        let may = may_go(store, now).unwrap_or_default();
        DiskView {
            free: room.free.map(|bytes| bytes.to_string()),
            needed: room.needed.to_string(),
            may_go: u32::try_from(may.files).unwrap_or(u32::MAX),
            may_go_bytes: may.bytes.to_string(),
        }
    })
}

fn empty(link: Link) -> SyncState {
    SyncState {
        link,
        filings_here: 0,
        lines_here: 0,
        bytes_here: "0".into(),
        papers_here: 0,
        paper_bytes_here: "0".into(),
        filings_at_centre: 0,
        sending: false,
        paused: false,
        metered: false,
        paper_hours: None,
        papers_wait: None,
        paper_done: 0,
        paper_total: 0,
        done: 0,
        total: 0,
        last_contact: None,
        next_try: None,
        next_try_in: None,
        centre: String::new(),
        unread: 0,
        scan_hours: None,
        catching_up: None,
        numbers_until: None,
        disk: None,
        attention: Vec::new(),
    }
}
