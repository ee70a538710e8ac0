//! The demo office: a commune in the middle of a day, lived in for sixty days. Everything is written through the
//! ordinary acts, at times that are set back, so that numbers, hashes and receipts are as real as an office's.
//! Not here: scanned papers (there is no scanning yet), the central service that runs beside.
//!
//! A data folder is seeded once and belongs to the day on which that was done, since all its dates are relative to
//! that day. [`made_on`] tells the day without any key; whoever starts a demo on another day picks another folder, and
//! another folder for the centre, whose one-time code was used. Nothing here clears or changes an older demo.

mod chance;
mod days;
mod fates;
mod fees;
mod mission;
mod own;
mod people;
mod writing;

use crate::{
    clock,
    desk::{Demo, DemoOffice, Desk, Event},
    dto::{EnrolByCode, PersonValues, StaffRole},
    error::{DeskError, Result},
    sync_link::next_seq,
};
use chance::Chance;
use days::Plan;
use jiff::{Span, civil::Date, civil::DateTime};
use onedoor_store::{Op, durable};
use onedoor_sync::{Link, Nudge};
use serde::{Deserialize, Serialize};
use std::{path::Path, time::Duration};

/// File in the data folder: for which day the demo was made. Nothing of a person's is in it.
const MARKER: &str = "demo.json";
/// The same people and filings on every machine.
const SEED: u64 = 0x0ED0_0217;
/// How long sending the past to the centre may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// The head of the centre, who also made the store.
const HEAD: &str = "Trần Thị Thu Hà";
const STAFF: [(&str, StaffRole); 4] = [
    ("H’Yuôm Mlô", StaffRole::Clerk),
    ("Y Ƀliêng Niê", StaffRole::Clerk),
    ("Nông Văn Tiệp", StaffRole::Clerk),
    ("Phạm Đức Long", StaffRole::Supervisor),
];

#[derive(Serialize, Deserialize)]
struct Marker {
    day: Date,
}

/// The day for which a folder was seeded to the end; none for any other folder.
pub fn made_on(folder: &Path) -> Option<Date> {
    let bytes = std::fs::read(folder.join(MARKER)).ok()?;
    let marker: Marker = serde_json::from_slice(&bytes).ok()?;
    Some(marker.day)
}

impl Desk {
    /// Fills an empty data folder with the demo office and locks it, so that the sign-in page comes first. Blocks for
    /// half a minute, not to be called on an async thread; `progress` gets filings done and their total.
    /// True when it was made now, false when a store is there already.
    ///
    /// # Errors
    /// `BadRequest` when the desk is no demo; otherwise as the acts themselves, above all `CentreUnreachable`,
    /// `CodeUsed` and `DiskFull`. What was written until then stays, without the marker of a finished demo.
    pub fn seed_demo(&self, progress: &dyn Fn(u32, u32)) -> Result<bool> {
        let Some(demo) = self.0.config.demo.clone() else {
            return Err(DeskError::new(crate::dto::ErrorCode::BadRequest));
        };
        if self.key_file()?.is_some() || self.0.paths.database().exists() {
            match made_on(&self.0.config.folder) {
                Some(day) => tracing::info!(%day, "the demo office is there already"),
                None => tracing::warn!("this folder holds a store, but no finished demo office"),
            }
            return Ok(false);
        }
        let mut chance = Chance::new(SEED);
        let people = people::people(&mut chance)?;
        let (plan, now) = match demo.office {
            DemoOffice::Commune => self.commune(&demo, people, &mut chance)?,
            DemoOffice::Mission => self.mission(&demo, people, &mut chance)?,
        };
        self.write_past(&plan, progress)?;
        self.set_clock_back_to(now)?;
        self.send_past()?;
        self.write_fresh(&plan, progress)?;
        self.finish(now.date())?;
        Ok(true)
    }

    fn commune(
        &self,
        demo: &Demo,
        people: Vec<PersonValues>,
        chance: &mut Chance,
    ) -> Result<(Plan, DateTime)> {
        let now = self.now().datetime();
        let rules = self.rules();
        let calendar = days::calendar(rules.calendar(now.date()), now.date());
        let plan = days::plan(&rules.procedures.catalogue, &calendar, people, now, chance);
        self.found(plan.begin, demo, (HEAD, &STAFF))?;
        Ok((plan, now))
    }

    /// A mission's procedures, days and time are known once the centre has said what office it is.
    fn mission(
        &self,
        demo: &Demo,
        people: Vec<PersonValues>,
        chance: &mut Chance,
    ) -> Result<(Plan, DateTime)> {
        let days = onedoor_catalogue::calendar::shipped_mission();
        let days =
            days.map_err(|error| DeskError::because(crate::dto::ErrorCode::Internal, error))?;
        let zone = clock::zone(days.zone());
        let now = clock::local(self.0.config.clock.now(), 0, &zone).datetime();
        let calendar = days::calendar(&days, now.date());
        let begin = mission::begin(&calendar, now.date());
        self.found(begin, demo, (mission::HEAD, &mission::STAFF))?;
        let rules = self.rules();
        let catalogue = &rules.procedures.catalogue;
        Ok((
            mission::plan(catalogue, &calendar, people, now, chance),
            now,
        ))
    }

    /// The first morning: the store, the office, the clock, the staff.
    fn found(
        &self,
        begin: DateTime,
        demo: &Demo,
        (head, staff): (&str, &[(&str, StaffRole)]),
    ) -> Result<()> {
        self.staff_first(head.to_string(), String::new())?;
        self.set_clock_back_to(begin)?;
        self.enrol_by_code(EnrolByCode {
            centre: demo.centre.clone(),
            code: demo.code.clone(),
        })?;
        // Nothing is sent while the past is written: the first batch leaves when it is complete.
        self.stop_engine();
        // The office's own time, which may be another country's.
        self.set_clock_back_to(begin)?;
        self.confirm_clock(clock::local_text(self.now().datetime()), false)?;
        for (name, role) in staff {
            self.staff_add((*name).to_string(), *role, String::new())?;
        }
        // The centre leases from today on; the past of the demo needs numbers too.
        self.lease_from(begin.date());
        Ok(())
    }

    /// Sets the desk's own clock, as a corrected wall clock does.
    fn set_clock_back_to(&self, moment: DateTime) -> Result<()> {
        let shown = self.now().datetime();
        let off = i64::try_from(moment.duration_since(shown).as_millis())
            .map_err(|error| DeskError::because(crate::dto::ErrorCode::Internal, error))?;
        if let Some(open) = &mut self.state().open {
            open.offset_ms += off;
        }
        Ok(())
    }

    /// In memory only: the store keeps the lease as the centre gave it.
    fn lease_from(&self, day: Date) {
        let mut state = self.state();
        let workstation = state
            .open
            .as_mut()
            .and_then(|open| open.workstation.as_mut());
        if let Some(workstation) = workstation {
            workstation.enrolment.lease.valid_from = day.to_string();
        }
    }

    fn stop_engine(&self) {
        if let Some(open) = &mut self.state().open {
            open.engine = None;
        }
    }

    /// Sends what is written so far and waits until the centre has it. A centre that does not answer leaves all of it
    /// on this machine, as in an office without a network.
    fn send_past(&self) -> Result<()> {
        self.start_engine()?;
        let status = self.state().open.as_ref().and_then(|open| {
            let engine = open.engine.as_ref()?;
            Some(engine.status())
        });
        let Some(mut status) = status else {
            return Ok(());
        };
        self.nudge(Nudge::Now);
        let over = async {
            loop {
                let seen = status.borrow_and_update().clone();
                if !seen.sending && seen.link != Link::Unknown || status.changed().await.is_err() {
                    return;
                }
            }
        };
        let waited = self
            .0
            .config
            .runtime
            .block_on(async { tokio::time::timeout(PATIENCE, over).await });
        let (store, link) = (self.store()?, self.sync_state()?.link);
        let head = store.read(|reader| reader.head())?.seq;
        if waited.is_err() || next_seq(&store)? <= head {
            tracing::warn!(?link, "the demo's past is not at the centre yet");
        }
        self.stop_engine();
        Ok(())
    }

    /// Back to now: the lease as given, nobody signed in, and the mark that all of it is there.
    fn finish(&self, today: Date) -> Result<()> {
        let store = self.store()?;
        let workstation = store.read(|reader| reader.workstation())?;
        if let Some(open) = &mut self.state().open {
            open.workstation = workstation;
            open.offset_ms = 0;
        }
        self.session_lock()?;
        self.start_engine()?;
        let marker = serde_json::to_vec(&Marker { day: today })?;
        durable::write(&self.0.config.folder.join(MARKER), &marker)?;
        self.tell(Event::Changed(vec!["filings", "staff"]));
        Ok(())
    }

    /// The procedures that the picker offers first.
    fn remember_procedures(&self, plan: &Plan) -> Result<()> {
        let codes: Vec<String> = plan.latest_procedures();
        self.store()?.write(Op::local(move |tx| {
            codes.iter().try_for_each(|code| tx.use_procedure(code))
        }))?;
        Ok(())
    }
}

/// So many days before.
fn before(day: Date, days: i32) -> Date {
    day.saturating_sub(Span::new().days(days))
}
