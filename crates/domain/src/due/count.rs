//! The counting itself: from a moment of receipt to a moment of promise.
//!
//! Not here: how the days between are shown.

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use super::{DueStart, Term, hours};
use crate::calendar::Calendar;

/// What a term comes to, before it is explained.
pub(super) struct Outcome {
    pub at: DateTime,
    pub start: DueStart,
    pub moved_from: Option<Date>,
}

pub(super) fn outcome(received: DateTime, term: Term, cal: &Calendar) -> Outcome {
    match term {
        Term::SameDay { cutoff } => same_day(received, cutoff, cal),
        Term::WorkingDays(n) => on(received, nth_working(received.date(), n, cal), cal),
        Term::Days(_) | Term::Months(_) => {
            let last = nominal_end(received.date(), term).unwrap_or(received.date());
            on(received, last, cal)
        }
        Term::Hours(n) => hours::after(received, n, cal),
    }
}

/// The day on which a term in days or months ends by the calendar alone, whether the office works on it or not.
pub(super) fn nominal_end(from: Date, term: Term) -> Option<Date> {
    let span = match term {
        Term::Days(n) => Span::new().days(i64::from(n)),
        Term::Months(n) => Span::new().months(i64::from(n)),
        _ => return None,
    };
    Some(from.saturating_add(span))
}

fn same_day(received: DateTime, cutoff: Time, cal: &Calendar) -> Outcome {
    let day = received.date();
    let in_time =
        cal.is_working(day) && !is_after(received, cutoff) && received.time() <= cal.closing(day);
    let (day, start) = if in_time {
        (day, DueStart::SameDay)
    } else {
        (next_working(day, cal), DueStart::NextWorkingDay)
    };
    Outcome {
        at: day.to_datetime(cal.closing(day)),
        start,
        moved_from: None,
    }
}

/// Compared by the minute, as the receipt prints it: a paper that says 15:00 is not after 15:00.
pub(super) fn is_after(received: DateTime, cutoff: Time) -> bool {
    (received.hour(), received.minute()) > (cutoff.hour(), cutoff.minute())
}

/// A term that ends on `last`: at closing time, or on the next working day if `last` is off or the office has closed.
fn on(received: DateTime, last: Date, cal: &Calendar) -> Outcome {
    let moved = !cal.is_working(last) || last.to_datetime(cal.closing(last)) < received;
    let day = if moved { next_working(last, cal) } else { last };
    Outcome {
        at: day.to_datetime(cal.closing(day)),
        start: DueStart::SameDay,
        moved_from: moved.then_some(last),
    }
}

pub(super) fn nth_working(from: Date, n: u16, cal: &Calendar) -> Date {
    (0..n).fold(from, |day, _| next_working(day, cal))
}

/// The first working day after `day`. A calendar without working days gives up after a year and takes the next day.
pub(super) fn next_working(day: Date, cal: &Calendar) -> Date {
    let next = next_day(day);
    std::iter::successors(Some(next), |d| Some(next_day(*d)))
        .take(366)
        .find(|d| cal.is_working(*d))
        .unwrap_or(next)
}

pub(super) fn next_day(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}
