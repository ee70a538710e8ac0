//! The cash of the counter as the screen sees it: from its float to its hand-in, and what came and went today.
//! Not here: single payments (`money`).

use super::MoneyView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// The page "Quỹ của quầy".
pub struct TillPage {
    /// The till that is open.
    pub open: Option<OpenTill>,
    /// What came and went at this counter today.
    pub today: DayMoneyView,
    /// Notes to count, the largest first; empty where the office takes other money than đồng: the sum is typed.
    pub notes: Vec<MoneyView>,
    /// Colleagues to whom it can be handed over.
    pub colleagues: Vec<Colleague>,
    /// The last tills of this counter, the newest first.
    pub last: Vec<TillView>,
}

/// Somebody who can answer for the till by the own password.
pub struct Colleague { pub id: String, pub name: String }

/// A till that is open.
pub struct OpenTill {
    pub id: String,
    /// Who answers for it.
    pub holder: String,
    /// Local time.
    pub opened: String,
    pub float: MoneyView,
    pub taken: MoneyView,
    pub refunded: MoneyView,
    /// What must lie there now.
    pub expected: MoneyView,
}

/// What came and went on a day.
pub struct DayMoneyView {
    pub payments: u32,
    pub cash: MoneyView,
    pub transfers: MoneyView,
    /// Transfers that nobody has seen yet.
    pub waiting: MoneyView,
    pub cash_back: MoneyView,
    pub transfers_back: MoneyView,
}

/// A till of this counter, with each time somebody counted it.
pub struct TillView {
    pub id: String,
    /// Local time.
    pub opened: String,
    /// Local time; none while it is open.
    pub handed_in: Option<String>,
    pub counts: Vec<TillCountView>,
}

/// What somebody counted.
pub struct TillCountView {
    /// It went to the accountant; otherwise to a colleague.
    pub handed_in: bool,
    /// Local time.
    pub at: String,
    pub from: String,
    pub to: String,
    pub counted: MoneyView,
    pub expected: MoneyView,
    /// What lacks (below zero) or is too much; none where nothing is.
    pub difference: Option<MoneyView>,
    pub reason: String,
}

/// What was counted, as typed: notes and how many of each, or the sum where no notes are known.
pub struct CountTyped {
    pub notes: Vec<NoteTyped>,
    pub sum: String,
}

/// A note's worth in minor units, and how many were typed.
pub struct NoteTyped { pub note: String, pub count: String }

/// What was counted against what must lie there, told while it is typed.
pub struct CountView {
    pub counted: MoneyView,
    /// None where no till is open.
    pub expected: Option<MoneyView>,
    /// What lacks (below zero) or is too much; none where nothing is, or no till is open.
    pub difference: Option<MoneyView>,
}
}
