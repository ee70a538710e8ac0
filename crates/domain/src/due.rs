//! The due date, and why it is that day: one cell for each day from receipt to due, and the steps in words.
//!
//! Not here: the sentence itself (the screen and the receipt have the texts), and who approved an extension.

mod count;
mod hours;
mod later;
mod steps;
mod strip;

use jiff::civil::{Date, DateTime, Time};

use crate::calendar::{Calendar, DayKind, Whose};

pub use later::{ClockStart, Extension, Promise, extend, promise, restart, transfer_by};
pub use steps::{Off, Step};

/// A time limit as the catalogue states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The same day; what is received after the cut-off, the next working day.
    SameDay {
        /// Usually 15:00. The minute of the cut-off itself still counts as before it.
        cutoff: Time,
    },
    /// So many working days after the day of receipt.
    WorkingDays(u16),
    /// So many calendar days after the day of receipt.
    Days(u16),
    /// So many months: the same day number, or the month's last.
    Months(u16),
    /// So many working hours.
    Hours(u16),
}

/// What a day between receipt and due date is for the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// The day of receipt; it is not counted. A filing due on the day of receipt has one cell, [`CellKind::Due`].
    Received,
    /// The nth counted working day. Working days of an extension go on counting where the term counts working days,
    /// and begin at 1 where it does not.
    Counted(u16),
    /// Not counted: a day off.
    Off,
    /// Passes without being a numbered working day: calendar days of a term in days or months (a day off among them
    /// keeps its `off_name`), working days of a term in hours.
    Waiting,
    /// The due day.
    Due,
}

/// One day of the derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCell {
    /// The day.
    pub date: Date,
    /// What it is for the term.
    pub kind: CellKind,
    /// What it is for the calendar, so that a worked Saturday can be named.
    pub day: DayKind,
    /// Vietnamese and English name of the day off or weekly rest, if the office does not work.
    pub off_name: Option<(String, String)>,
    /// Whose day off it is; nobody's where it is the weekly rest.
    pub whose: Option<Whose>,
    /// On the day of receipt of a same-day procedure: received after the cut-off.
    pub after_cutoff: bool,
}

/// When the clock starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueStart {
    /// With the receipt.
    SameDay,
    /// With the next working day: after the cut-off, or outside working days where hours or the same day count.
    NextWorkingDay,
}

/// A due date with its derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// When the result is promised, local time.
    pub at: DateTime,
    /// When the clock started: the receipt, or the completion of a supplemented filing.
    pub received: DateTime,
    /// The term that was applied.
    pub term: Term,
    /// Every day from receipt to due date, once and in order.
    pub cells: Vec<DueCell>,
    /// When the clock started.
    pub start: DueStart,
    /// The day on which the term ended, when that day was off and the due date moved on.
    pub moved_from: Option<Date>,
    /// What it was extended by, the first extension first.
    pub extensions: Vec<Extension>,
    /// When the filing was first received, where a supplement started the clock anew.
    pub first_received: Option<DateTime>,
    /// Whether every year touched has an officially published calendar.
    pub published: bool,
    /// The version of the calendar with which it was counted.
    pub calendar_version: u32,
}

/// When a filing received at `received` is due, and why.
///
/// The day of receipt is not counted. A last day off moves to the next working day. Terms in days and months end when
/// the office closes; a due time never lies before the receipt.
pub fn due(received: DateTime, term: Term, cal: &Calendar) -> Due {
    let outcome = count::outcome(received, term, cal);
    Due {
        cells: strip::cells(received, term, outcome.at.date(), cal),
        published: cal.published(outcome.at.date().year()),
        at: outcome.at,
        start: outcome.start,
        moved_from: outcome.moved_from,
        received,
        term,
        extensions: Vec::new(),
        first_received: None,
        calendar_version: cal.version(),
    }
}
