//! What holds for every due date, whatever the term and the moment of receipt.

use jiff::ToSpan;
use jiff::civil::{DateTime, time};
use onedoor_domain::due::{CellKind, Due, Term, due};
use proptest::prelude::*;

use crate::fixture::{at, calendar};

/// Any minute from 2025 to the end of 2027.
fn moment() -> impl Strategy<Value = DateTime> {
    (0i64..3 * 365 * 24 * 60)
        .prop_map(|minutes| at("2025-01-01 00:00").saturating_add(minutes.minutes()))
}

fn kind_of_term() -> impl Strategy<Value = fn(u16) -> Term> {
    prop::sample::select(vec![
        (|_| Term::SameDay {
            cutoff: time(15, 0, 0, 0),
        }) as fn(u16) -> Term,
        Term::WorkingDays,
        Term::Days,
        |n| Term::Months(n % 13),
        Term::Hours,
    ])
}

fn promised(received: DateTime, term: Term) -> Due {
    due(received, term, &calendar())
}

proptest! {
    #[test]
    fn the_office_works_on_the_due_day(received in moment(), make in kind_of_term(), n in 0u16..60) {
        let due = promised(received, make(n));
        prop_assert!(calendar().is_working(due.at.date()), "nobody can fetch a result on {}", due.at);
        prop_assert!(due.at >= received, "a result is not promised for before the receipt");
    }

    #[test]
    fn who_comes_later_is_never_promised_an_earlier_day(
        received in moment(), later in 0i64..20_000, make in kind_of_term(), n in 0u16..60,
    ) {
        let (first, second) = (promised(received, make(n)), promised(received.saturating_add(later.minutes()), make(n)));
        prop_assert!(first.at <= second.at, "{} before {}", second.at, first.at);
    }

    #[test]
    fn a_longer_term_is_never_due_earlier(received in moment(), n in 0u16..60, more in 0u16..20) {
        for make in [Term::WorkingDays, Term::Days, Term::Months, Term::Hours] {
            let (short, long) = (promised(received, make(n)), promised(received, make(n + more)));
            prop_assert!(short.at <= long.at, "{:?} is due after {:?}", short.term, long.term);
        }
    }

    #[test]
    fn the_strip_shows_every_day_once_and_the_due_day_last(received in moment(), make in kind_of_term(), n in 0u16..60) {
        let due = promised(received, make(n));
        prop_assert_eq!(due.cells[0].date, received.date());
        for pair in due.cells.windows(2) {
            prop_assert_eq!(pair[0].date.tomorrow().unwrap(), pair[1].date);
        }
        let due_days: Vec<_> = due.cells.iter().filter(|c| c.kind == CellKind::Due).map(|c| c.date).collect();
        prop_assert_eq!(due_days, vec![due.at.date()]);
        prop_assert_eq!(due.cells.last().unwrap().date, due.at.date());
    }

    #[test]
    fn the_strip_counts_as_many_working_days_as_the_term_has(received in moment(), n in 1u16..60) {
        let due = promised(received, Term::WorkingDays(n));
        let counted: Vec<u16> = due.cells.iter()
            .filter_map(|c| match c.kind { CellKind::Counted(nth) => Some(nth), _ => None })
            .collect();
        prop_assert_eq!(counted, (1..n).collect::<Vec<u16>>(), "the due day is the last one");
    }
}
