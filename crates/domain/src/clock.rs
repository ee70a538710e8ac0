//! What to make of the wall clock after a start without a network: it may have stopped, jumped, or be right.
//!
//! Not here: reading the clock, and asking the clerk (the sign-in page does).

use jiff::ToSpan;
use jiff::civil::DateTime;

/// How far ahead of the last event the wall clock may be before it is asked about twice.
const DAYS_AHEAD: i64 = 31;

/// The time that the sign-in page offers for confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockProposal {
    /// The wall clock can be right: Enter confirms it.
    Wall(DateTime),
    /// The wall clock cannot be trusted: the field is empty and a person types the time.
    Empty,
}

/// Why a confirmed time is asked a second time and shown at day close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// Earlier than something that already happened on this workstation.
    BehindLastEvent,
    /// More than 31 days after the last event.
    FarAhead,
}

/// What to offer: the wall clock when it lies between the last event and 31 days after it (ends included), or when
/// nothing has happened yet; otherwise nothing.
pub fn propose(wall: DateTime, last_event: Option<DateTime>) -> ClockProposal {
    match doubt(wall, last_event) {
        None => ClockProposal::Wall(wall),
        Some(_) => ClockProposal::Empty,
    }
}

/// Why `confirmed` deserves a second question, if it does. The first working day after a long closure does not.
pub fn doubt(confirmed: DateTime, last_event: Option<DateTime>) -> Option<ClockDoubt> {
    let last = last_event?;
    if confirmed < last {
        Some(ClockDoubt::BehindLastEvent)
    } else if confirmed > last.saturating_add(DAYS_AHEAD.days()) {
        Some(ClockDoubt::FarAhead)
    } else {
        None
    }
}
