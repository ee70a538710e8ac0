//! The office's name for the sign-in page, kept beside `keys.json` so that it can be shown before any key is there.
//! Only what stands on the building's door: no person, no number. Nothing is decided by it.

use crate::{
    desk::Desk,
    dto::{MissionView, OfficeInfo},
    session::short,
};
use onedoor_store::{durable, tables::workstation::WorkstationState};
use std::path::PathBuf;

/// The office as the screen shows it; a mission also says whether its host's days off are not known yet.
pub(crate) fn office_info(workstation: &WorkstationState, calendar_missing: bool) -> OfficeInfo {
    let enrolment = &workstation.enrolment;
    OfficeInfo {
        name: enrolment.office.name.clone(),
        parent: enrolment.office.parent.clone(),
        place: enrolment.office.place.clone(),
        counter: enrolment.counter.name.clone(),
        workstation: short(enrolment.ws),
        mission: enrolment
            .office
            .mission
            .as_ref()
            .map(|mission| MissionView {
                host: mission.host.clone(),
                currency: mission.currency.clone(),
                calendar_missing,
            }),
    }
}

impl Desk {
    fn office_label_path(&self) -> PathBuf {
        self.0.config.folder.join("office.json")
    }

    /// What was kept; none when nothing was, or it can't be read: the page then shows no name.
    pub(crate) fn office_label(&self) -> Option<OfficeInfo> {
        let bytes = std::fs::read(self.office_label_path()).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps the name for the next start. Failing costs nothing but the name on that page.
    pub(crate) fn keep_office_label(&self, workstation: &WorkstationState) {
        let label = office_info(workstation, false);
        if self.office_label().as_ref() == Some(&label) {
            return;
        }
        let kept = serde_json::to_vec_pretty(&label)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                durable::write(&self.office_label_path(), &bytes).map_err(|error| error.to_string())
            });
        if let Err(error) = kept {
            tracing::warn!(%error, "the office's name was not kept for the sign-in page");
        }
    }
}
