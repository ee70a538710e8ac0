//! Slips, the re-key panel, papers to look up, and what a filing's page shows beyond its row. Not here: how a slip becomes a PDF.

use super::{PersonValues, Text2};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// Which slip a citizen takes home: instead of a receipt, or with an act on a received filing.
#[derive(Copy, Eq)]
pub enum SlipForm {
    /// Form 02: what is still missing.
    Supplement,
    /// Form 03: why the filing is not taken.
    Refusal,
    /// Form 04: an apology, and a later day.
    Apology,
    /// Form 05: stopped at the applicant's request.
    Stop,
}

/// A slip that was given out.
pub struct SlipView {
    pub id: String,
    pub form: SlipForm,
    /// The form's own Số.
    pub number: u32,
    pub applicant: String,
    /// The procedure.
    pub title: Text2,
    /// Local time.
    pub issued: String,
    /// What is missing or wrong, a line each.
    pub items: Vec<String>,
    pub reason: String,
    /// True once the stored PDF exists.
    pub stored: bool,
}

/// A filing's fields in the order in which the other program asks for them.
pub struct Rekey {
    /// What the other program is called; shown over the fields.
    pub system: Text2,
    pub fields: Vec<RekeyField>,
    /// The other program's code, once bound.
    pub official: Option<String>,
}

/// One field to copy; what the filing does not have is left out.
pub struct RekeyField { pub id: String, pub label: Text2, pub value: String, pub done: bool }

/// A paper that no database gave at the counter, and that nobody has looked up yet.
pub struct LookUpView {
    pub filing: String,
    /// The filing's legal number, or the provisional one.
    pub code: String,
    pub applicant: String,
    /// Title of the procedure.
    pub procedure: Text2,
    /// Id of the paper; `lookup_settle` takes it.
    pub document: String,
    /// What the paper is.
    pub name: Text2,
    /// Why it could not be looked up at the counter.
    pub reason: String,
    /// When the filing was received, local time.
    pub received_at: String,
    /// When the filing is due, local time; the list is in this order.
    pub due: String,
}

/// What came of looking a paper up: the database has it, or the citizen has to bring it.
#[derive(Copy, Eq)]
pub enum LookUpOutcome { Found, Missing }

/// A paper that was looked up, what the clerk noted, when (local time) and who it was; the last two as on the time line.
pub struct LookedUp { pub outcome: LookUpOutcome, pub note: String, pub at: String, pub who: String }

/// An own field of the procedure as the line keeps it.
pub struct FieldShown { pub id: String, pub label: String, pub value: String }

/// Who stood at the counter for somebody else.
pub struct BehalfShown { pub submitter: PersonValues, pub authority: String }
}
