//! The strip: every day from receipt to due date with what it was for the term.
//!
//! Not here: which day is due.

use jiff::civil::{Date, DateTime};

use super::count::{is_after, next_day, nominal_end};
use super::{CellKind, DueCell, Term};
use crate::calendar::{Calendar, DayKind, Whose};

pub(super) fn cells(received: DateTime, term: Term, last: Date, cal: &Calendar) -> Vec<DueCell> {
    let first = received.date();
    let mut counted = 0;
    let mut cells = Vec::new();
    let mut date = first;
    loop {
        let mut cell = bare(date, cal);
        cell.kind = if date >= last {
            CellKind::Due
        } else if date == first {
            CellKind::Received
        } else {
            between(term, first, &cell, &mut counted)
        };
        cell.after_cutoff =
            date == first && matches!(term, Term::SameDay { cutoff } if is_after(received, cutoff));
        cells.push(cell);
        if date >= last {
            return cells;
        }
        date = next_day(date);
    }
}

/// The cells after the old due day up to `last`; the old due day itself becomes what it would have been.
pub(super) fn extended(old: &[DueCell], term: Term, last: Date, cal: &Calendar) -> Vec<DueCell> {
    let mut cells = old.to_vec();
    // A second extension goes on where the first one stopped, and both where the term itself stopped.
    let mut counted = old.iter().filter_map(nth).max().unwrap_or(0);
    let old_day = cells.last().map(|cell| cell.date);
    let one_day = cells.len() == 1;
    if let Some(was_due) = cells.last_mut() {
        was_due.kind = match term {
            _ if one_day => CellKind::Received,
            Term::WorkingDays(_) => step(&mut counted),
            _ if counted > 0 => step(&mut counted),
            _ => CellKind::Waiting,
        };
    }
    let mut date = old_day.map_or(last, next_day);
    while date <= last {
        let mut cell = bare(date, cal);
        cell.kind = match cell.off_name {
            _ if date == last => CellKind::Due,
            Some(_) => CellKind::Off,
            None => step(&mut counted),
        };
        cells.push(cell);
        if date == last {
            break;
        }
        date = next_day(date);
    }
    cells
}

fn nth(cell: &DueCell) -> Option<u16> {
    match cell.kind {
        CellKind::Counted(n) => Some(n),
        _ => None,
    }
}

fn step(counted: &mut u16) -> CellKind {
    *counted = counted.saturating_add(1);
    CellKind::Counted(*counted)
}

fn between(term: Term, first: Date, cell: &DueCell, counted: &mut u16) -> CellKind {
    let off = cell.off_name.is_some();
    match term {
        Term::WorkingDays(_) if !off => step(counted),
        Term::Days(_) | Term::Months(_)
            if nominal_end(first, term).is_some_and(|end| cell.date <= end) =>
        {
            CellKind::Waiting
        }
        _ if off => CellKind::Off,
        _ => CellKind::Waiting,
    }
}

fn bare(date: Date, cal: &Calendar) -> DueCell {
    let day = cal.kind(date);
    let (off_name, whose) = off(date, day, cal);
    DueCell {
        date,
        kind: CellKind::Waiting,
        day,
        off_name,
        whose,
        after_cutoff: false,
    }
}

fn off(date: Date, kind: DayKind, cal: &Calendar) -> (Option<(String, String)>, Option<Whose>) {
    match kind {
        DayKind::Working | DayKind::MakeUp => (None, None),
        DayKind::WeeklyRest => (
            Some(("Nghỉ hằng tuần".to_owned(), "Weekly rest".to_owned())),
            None,
        ),
        DayKind::Holiday(_) => {
            let off = cal.day_off(date);
            (
                off.map(|off| (off.name_vi.clone(), off.name_en.clone())),
                off.map(|off| off.whose),
            )
        }
    }
}
