//! The due date, and why it is that day: one cell for each day from receipt to due.
//!
//! Not here: extensions after a verification or an apology, and the clock of filings that another agency decides, which
//! starts there.

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::calendar::{Calendar, DayKind};

mod hours;

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
    /// The nth counted working day.
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
    /// Vietnamese and English name of the day off or weekly rest, if the office does not work.
    pub off_name: Option<(String, String)>,
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
    /// When the filing was received.
    pub received: DateTime,
    /// The term that was applied.
    pub term: Term,
    /// Every day from receipt to due date, once and in order.
    pub cells: Vec<DueCell>,
    /// When the clock started.
    pub start: DueStart,
    /// The day on which the term ended, when that day was off and the due date moved on.
    pub moved_from: Option<Date>,
    /// Whether every year touched has an officially published calendar.
    pub published: bool,
}

/// What a term comes to, before it is explained.
struct Outcome {
    at: DateTime,
    start: DueStart,
    moved_from: Option<Date>,
}

/// When a filing received at `received` is due, and why.
///
/// The day of receipt is not counted. A last day off moves to the next working day. Terms in days and months end when
/// the office closes; a due time never lies before the receipt.
pub fn due(received: DateTime, term: Term, cal: &Calendar) -> Due {
    let outcome = match term {
        Term::SameDay { cutoff } => same_day(received, cutoff, cal),
        Term::WorkingDays(n) => on(received, nth_working(received.date(), n, cal), cal),
        Term::Days(n) => on(
            received,
            received
                .date()
                .saturating_add(Span::new().days(i64::from(n))),
            cal,
        ),
        Term::Months(n) => on(
            received,
            received
                .date()
                .saturating_add(Span::new().months(i64::from(n))),
            cal,
        ),
        Term::Hours(n) => hours::after(received, n, cal),
    };
    Due {
        cells: cells(received, term, outcome.at.date(), cal),
        published: cal.published(outcome.at.date().year()),
        at: outcome.at,
        start: outcome.start,
        moved_from: outcome.moved_from,
        received,
        term,
    }
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
fn is_after(received: DateTime, cutoff: Time) -> bool {
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

fn nth_working(from: Date, n: u16, cal: &Calendar) -> Date {
    (0..n).fold(from, |day, _| next_working(day, cal))
}

/// The first working day after `day`. A calendar without working days gives up after a year and takes the next day.
pub(crate) fn next_working(day: Date, cal: &Calendar) -> Date {
    let next = next_day(day);
    std::iter::successors(Some(next), |d| Some(next_day(*d)))
        .take(366)
        .find(|d| cal.is_working(*d))
        .unwrap_or(next)
}

fn next_day(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}

fn cells(received: DateTime, term: Term, last: Date, cal: &Calendar) -> Vec<DueCell> {
    let first = received.date();
    let mut counted = 0;
    let mut cells = Vec::new();
    let mut date = first;
    loop {
        let off_name = off_name(date, cal);
        let kind = if date >= last {
            CellKind::Due
        } else if date == first {
            CellKind::Received
        } else {
            between(term, first, date, off_name.is_some(), &mut counted)
        };
        let after_cutoff =
            date == first && matches!(term, Term::SameDay { cutoff } if is_after(received, cutoff));
        cells.push(DueCell {
            date,
            kind,
            off_name,
            after_cutoff,
        });
        if date >= last {
            return cells;
        }
        date = next_day(date);
    }
}

fn between(term: Term, first: Date, date: Date, off: bool, counted: &mut u16) -> CellKind {
    match term {
        Term::WorkingDays(_) if !off => {
            *counted = counted.saturating_add(1);
            CellKind::Counted(*counted)
        }
        Term::Days(n) if date <= first.saturating_add(Span::new().days(i64::from(n))) => {
            CellKind::Waiting
        }
        Term::Months(n) if date <= first.saturating_add(Span::new().months(i64::from(n))) => {
            CellKind::Waiting
        }
        _ if off => CellKind::Off,
        _ => CellKind::Waiting,
    }
}

fn off_name(date: Date, cal: &Calendar) -> Option<(String, String)> {
    match cal.kind(date) {
        DayKind::Working | DayKind::MakeUp => None,
        DayKind::WeeklyRest => Some(("Nghỉ hằng tuần".to_owned(), "Weekly rest".to_owned())),
        DayKind::Holiday(at) => cal
            .days_off()
            .get(at)
            .map(|off| (off.name_vi.clone(), off.name_en.clone())),
    }
}
