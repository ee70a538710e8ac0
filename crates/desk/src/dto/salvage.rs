//! What only this PC has of an identity that ended, and which numbers are accounted for. Not here: bringing it again
//! (`renewal`), giving numbers (`receive`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// What only this PC has of the identities that it had.
pub struct Salvage {
    /// It is known what the centre has: the office's feed was read to its end since.
    pub compared: bool,
    /// Journal lines that wait to be brought again.
    pub lines: u32,
    /// Journal lines that were brought again.
    pub reissued: u32,
    /// Waiting lines that belong to no filing: sign-ins, slips, sheets.
    pub others: u32,
    pub filings: Vec<SalvageItem>,
}

/// How this counter's numbers are accounted for.
pub struct NumbersView {
    /// Codes that nothing accounts for below the last one of their day: presumed issued, and never sent. Newest day first.
    pub missing: Vec<String>,
    /// Voided today.
    pub voided: Vec<VoidedView>,
}

/// A number that will never stand on a paper.
pub struct VoidedView { pub code: String, pub reason: String, pub at: String, pub who: String }

/// A filing with lines that only this PC has.
pub struct SalvageItem {
    pub filing: String,
    pub code: String,
    pub applicant: String,
    pub received: String,
    /// The beginning of the hash on its receipt; none when the centre has the receipt, and only what came later waits.
    pub hash8: Option<String>,
    pub lines: u32,
    /// Another filing of the office has the same number on paper.
    pub same_number: bool,
}
}
