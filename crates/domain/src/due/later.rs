//! What happens to a promise later: a supplement, an extension, an agency elsewhere; and the hand-over to the solver.
//!
//! Not here: who may do so, and how often (a supplement may be asked for once, a new appointment made once).

use jiff::civil::{DateTime, Time};

use super::count::{is_after, next_working, nth_working};
use super::{Due, Term, due, strip};
use crate::calendar::Calendar;

/// More working days on a ground that the procedure knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The ground, by its id in the procedure.
    pub ground: String,
    /// How many working days.
    pub working_days: u16,
    /// The promise before.
    pub from: DateTime,
}

/// Where the clock of a filing starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockStart {
    /// Here, with the receipt.
    Here,
    /// At the competent agency elsewhere, for which this office takes the papers in.
    AtAgency {
        /// When the agency received it, once that is known.
        received_there: Option<DateTime>,
    },
}

/// A promise, or why there is none yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// The due date.
    Known(Due),
    /// The clock starts when the competent agency receives the filing: no date may be printed.
    WaitsForAgency {
        /// When this office took it in.
        taken_in: DateTime,
        /// The term that will be applied.
        term: Term,
    },
}

/// The promise for a filing taken in at `taken_in`; `cal` is the calendar of whoever decides.
pub fn promise(taken_in: DateTime, start: ClockStart, term: Term, cal: &Calendar) -> Promise {
    match start {
        ClockStart::Here => Promise::Known(due(taken_in, term, cal)),
        ClockStart::AtAgency {
            received_there: None,
        } => Promise::WaitsForAgency { taken_in, term },
        ClockStart::AtAgency {
            received_there: Some(there),
        } => {
            // A clock that runs behind must not make the agency receive before the counter did.
            let mut known = due(there.max(taken_in), term, cal);
            known.first_received = Some(taken_in);
            Promise::Known(known)
        }
    }
}

/// The new promise when a supplemented filing became complete at `completed`: the whole term starts anew.
pub fn restart(before: &Due, completed: DateTime, cal: &Calendar) -> Due {
    let first = before.first_received.unwrap_or(before.received);
    Due {
        first_received: Some(first),
        ..due(completed.max(before.received), before.term, cal)
    }
}

/// The promise with `working_days` more, on `ground`: at closing time of the nth working day after the old due day.
/// No days more leave it as it was.
pub fn extend(before: &Due, ground: &str, working_days: u16, cal: &Calendar) -> Due {
    if working_days == 0 {
        return before.clone();
    }
    let day = nth_working(before.at.date(), working_days, cal);
    let mut extensions = before.extensions.clone();
    extensions.push(Extension {
        ground: ground.to_owned(),
        working_days,
        from: before.at,
    });
    Due {
        at: day.to_datetime(cal.closing(day)),
        cells: strip::extended(&before.cells, before.term, day, cal),
        extensions,
        published: before.published && cal.published(day.year()),
        calendar_version: cal.version(),
        ..before.clone()
    }
}

/// By when the papers must be with the solving unit: the same working day; after `cutoff` (15:00 by the decree), or
/// outside working days, when the next working day begins.
pub fn transfer_by(received: DateTime, cutoff: Time, cal: &Calendar) -> DateTime {
    let day = received.date();
    if cal.is_working(day) && !is_after(received, cutoff) && received.time() <= cal.closing(day) {
        return day.to_datetime(cal.closing(day));
    }
    let next = next_working(day, cal);
    let opening = cal
        .open(next)
        .first()
        .map_or(cal.hours().morning.0, |open| open.from);
    next.to_datetime(opening)
}
