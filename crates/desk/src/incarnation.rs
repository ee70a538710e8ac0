//! Whether this is the store that gave out the counter's last numbers, on the machine that did. A restored database or a
//! copied disk would give them again, and no network is needed to notice: the store keeps a canary beside the data folder
//! (`onedoor_store::canary`), and it knows its machine. Not here: what only the centre can notice (a whole machine rolled
//! back, canary and all; see sync), and what follows (`renewal`).

use crate::{
    desk::{Desk, Event},
    error::Result,
    sync_link::NUMBERS_STOPPED,
};
use onedoor_domain::code::DossierCode;
use onedoor_protocol::Hash32;
use onedoor_store::{Op, Standing, Store};
use std::fs;
use uuid::Uuid;

/// Setting that holds the machine on which this store gave out its first number, as a hash.
pub(crate) const MACHINE: &str = "machine";
/// Setting: up to and with this business day no number of the counter's range, since the canary was lost; [`UNDATED`]
/// until the clock was confirmed. Numbers begin anew each day, so that those of a later day can't have been given.
const HELD: &str = "numbers_held";
/// Setting: the last number of the counter's range that a canary knew when the store was put back.
pub(crate) const LAST_KNOWN: &str = "last_number_known";
const UNDATED: &str = "until the clock is confirmed";

/// Why this store may not give out numbers of the counter's range any more: the value of [`NUMBERS_STOPPED`], and the
/// code under which it needs attention.
pub(crate) const RESTORED: &str = "store_restored";
/// See [`RESTORED`].
pub(crate) const OTHER_MACHINE: &str = "other_machine";

impl Desk {
    /// Holds the store against its canary and its machine. What does not fit stops the counter's own numbers for good:
    /// from here on they are provisional, until this PC is enrolled anew. A canary that was lost costs the rest of the day.
    pub(crate) fn check_incarnation(&self) -> Result<()> {
        let (store, workstation) = (self.store()?, self.workstation()?);
        let stopped = store.read(|reader| reader.setting(NUMBERS_STOPPED))?;
        if stopped.is_some() {
            return Ok(());
        }
        let machine = self.machine(workstation.enrolment.ws);
        let known = store.read(|reader| reader.setting(MACHINE))?;
        let standing = store.canary().standing;
        let why = if standing == Standing::Behind {
            Some(RESTORED)
        } else if known.is_some() && machine.is_some() && known != machine {
            Some(OTHER_MACHINE)
        } else {
            None
        };
        if let Some(why) = why {
            tracing::error!(why, "this store may have given its numbers elsewhere");
            let last = store.canary().found.and_then(|mark| {
                let day = mark.day.parse().ok()?;
                let agency = workstation.enrolment.office.agency.clone();
                let seq = mark.number?;
                Some(DossierCode { agency, day, seq }.to_string())
            });
            store.write(Op::local(move |tx| {
                if let Some(last) = last {
                    tx.set(LAST_KNOWN, &last)?;
                }
                tx.set(NUMBERS_STOPPED, why)
            }))?;
        } else if matches!(standing, Standing::Missing | Standing::Damaged) {
            store.write(Op::local(|tx| tx.set(HELD, UNDATED)))?;
        }
        Ok(())
    }

    /// The day up to which numbers are held is known once the clock is.
    pub(crate) fn date_the_hold(&self, day: &str) -> Result<()> {
        let store = self.store()?;
        let held = store.read(|reader| reader.setting(HELD))?;
        if held.as_deref() == Some(UNDATED) {
            let day = day.to_string();
            store.write(Op::local(move |tx| tx.set(HELD, &day)))?;
            self.tell(Event::Sync);
        }
        Ok(())
    }

    /// Remembers the machine on which the first number is given out.
    pub(crate) fn keep_machine(&self, store: &Store) -> Result<()> {
        let known = store.read(|reader| reader.setting(MACHINE))?;
        if known.is_none()
            && let Some(machine) = self.machine(self.workstation()?.enrolment.ws)
        {
            store.write(Op::local(move |tx| tx.set(MACHINE, &machine)))?;
        }
        Ok(())
    }

    /// This machine under the workstation's id: the name itself is kept nowhere.
    fn machine(&self, ws: Uuid) -> Option<String> {
        let id = self.0.config.host.machine_id()?;
        Some(Hash32::of(&[b"onedoor-machine-1", ws.as_bytes(), id.trim().as_bytes()]).to_string())
    }
}

/// Whether the counter's numbers of this day are held since the canary was lost.
pub(crate) fn is_held(store: &Store, day: &str) -> Result<bool> {
    let held = store.read(|reader| reader.setting(HELD))?;
    Ok(held.is_some_and(|held| held == UNDATED || day <= held.as_str()))
}

/// Whether this store may give numbers of the counter's range on this day.
pub(crate) fn may_number(store: &Store, day: &str) -> Result<bool> {
    let stopped = store.read(|reader| reader.setting(NUMBERS_STOPPED))?;
    Ok(stopped.is_none() && !is_held(store, day)?)
}

/// The system's own name of this machine, where it has one that can be read without rights.
pub(crate) fn system_machine_id() -> Option<String> {
    let id = fs::read_to_string("/etc/machine-id").ok()?;
    (id.trim().len() >= 32).then_some(id)
}
