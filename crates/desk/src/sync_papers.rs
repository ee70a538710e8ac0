//! When PDFs and scans may go to the centre: at once, within hours, or not over a metered line. Lines always go. Kept in
//! the store, as pausing is. Not here: the waiting itself (sync's machine).

use crate::{
    desk::{Desk, Event},
    dto::{ErrorCode, PaperHours, PapersWait, SyncState},
    error::{DeskError, Result},
    sync_link::is_paused,
};
use onedoor_store::{Op, Store};
use onedoor_sync::{
    Nudge,
    machine::{Policy, Window},
};

/// Setting that is "yes" while the line costs money by the byte.
const METERED: &str = "sync_metered";

/// Setting with the hours in which PDFs and scans go, `HH:MM-HH:MM`; empty = always.
const PAPER_HOURS: &str = "sync_paper_hours";

/// What this PC lets through, as a person chose; where nobody did, in the hours that the province set for the office.
pub(crate) fn policy(store: &Store) -> Result<Policy, DeskError> {
    let (metered, office) =
        store.read(|reader| Ok((reader.setting(METERED)?, reader.policy()?.scans)))?;
    let office = office
        .and_then(|hours| hours.minutes())
        .map(|[from, to]| Window { from, to });
    let own = paper_hours(store)?.as_ref().and_then(window);
    Ok(Policy {
        paused: is_paused(store)?,
        metered: metered.as_deref() == Some("yes"),
        window: own.or(office),
    })
}

/// The hours in which PDFs and scans go; none = always.
pub(crate) fn paper_hours(store: &Store) -> Result<Option<PaperHours>, DeskError> {
    let said = store.read(|reader| reader.setting(PAPER_HOURS))?;
    Ok(said.as_deref().and_then(|said| {
        let (from, to) = said.split_once('-')?;
        let hours = PaperHours {
            from: from.to_string(),
            to: to.to_string(),
        };
        window(&hours).map(|_| hours)
    }))
}

/// None when these are no hours, or none at all.
fn window(hours: &PaperHours) -> Option<Window> {
    let (from, to) = (minute(&hours.from)?, minute(&hours.to)?);
    (from != to).then_some(Window { from, to })
}

/// Minute of the day of `HH:MM`.
fn minute(text: &str) -> Option<u16> {
    let is_time = text.len() == 5 && text.as_bytes().get(2) == Some(&b':');
    let (hour, minute) = text.split_once(':').filter(|_| is_time)?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minute of the day at the office.
pub(crate) fn minute_of_day(now: &jiff::Zoned) -> u16 {
    u16::from(now.hour().unsigned_abs()) * 60 + u16::from(now.minute().unsigned_abs())
}

impl Desk {
    /// Why PDFs and scans stay here now, if any waits.
    pub(crate) fn papers_wait(&self, policy: Policy) -> Option<PapersWait> {
        let now = minute_of_day(&self.now());
        match policy.window {
            _ if policy.metered => Some(PapersWait::Metered),
            Some(window) if !window.holds(now) => Some(PapersWait::Hours),
            _ => None,
        }
    }

    /// When PDFs and scans go; kept over a restart.
    pub(crate) fn sync_papers(
        &self,
        metered: bool,
        hours: Option<PaperHours>,
    ) -> Result<SyncState> {
        if hours.as_ref().is_some_and(|hours| window(hours).is_none()) {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let hours = hours.map_or(String::new(), |hours| {
            format!("{}-{}", hours.from, hours.to)
        });
        let store = self.store()?;
        store.write(Op::local(move |tx| {
            tx.set(METERED, if metered { "yes" } else { "no" })?;
            tx.set(PAPER_HOURS, &hours)
        }))?;
        self.nudge(Nudge::Policy(policy(&store)?));
        self.tell(Event::Sync);
        self.sync_state()
    }
}
