//! What holds for every due date in offices of any week, any hours and any days off.

use jiff::ToSpan;
use jiff::civil::{DateTime, Time, Weekday, time};
use onedoor_domain::calendar::{Calendar, DayOff, DayPlan, OfficeHours, Open, Week, Whose};
use onedoor_domain::due::{CellKind, Step, Term, due, extend, transfer_by};
use proptest::prelude::*;

use crate::fixture::at;

/// A day of one or two spans, or rest.
fn plan() -> impl Strategy<Value = DayPlan> {
    let span = |from: i8, to: i8| Open {
        from: time(from, 0, 0, 0),
        to: time(to, 30, 0, 0),
    };
    prop_oneof![
        1 => Just(DayPlan::rest()),
        1 => (7i8..10, 10i8..13).prop_map(move |(a, b)| DayPlan::intake(&[span(a, b)])),
        2 => (7i8..10, 10i8..13).prop_map(move |(a, b)| DayPlan::working(&[span(a, b)])),
        4 => (7i8..10, 10i8..12, 13i8..15, 15i8..19)
            .prop_map(move |(a, b, c, d)| DayPlan::working(&[span(a, b), span(c, d)])),
    ]
}

/// An office that works at least on Wednesdays, with days off and worked rest days strewn over two years.
fn office() -> impl Strategy<Value = Calendar> {
    let days = || prop::collection::vec(0i64..700, 0..60);
    (prop::collection::vec(plan(), 7), days(), days()).prop_map(|(plans, off, makeup)| {
        let date = |n: &i64| at("2026-01-01 00:00").date().saturating_add(n.days());
        let mut week = Week::regular(OfficeHours::default(), &[]);
        let mut day = Weekday::Monday;
        for plan in plans {
            if day != Weekday::Wednesday {
                week = week.with(day, plan);
            }
            day = day.next();
        }
        let off = off.iter().map(|n| DayOff {
            date: date(n),
            name_vi: "Nghỉ".to_owned(),
            name_en: "Off".to_owned(),
            whose: if n % 2 == 0 {
                Whose::Vietnam
            } else {
                Whose::Host
            },
        });
        let makeup = makeup.iter().map(date).collect();
        Calendar::new(off.collect(), makeup, vec![], OfficeHours::default(), 2026).with_week(week)
    })
}

fn moment() -> impl Strategy<Value = DateTime> {
    (0i64..600 * 24 * 60)
        .prop_map(|minutes| at("2026-01-01 00:00").saturating_add(minutes.minutes()))
}

fn terms(n: u16) -> [Term; 5] {
    [
        Term::SameDay {
            cutoff: time(15, 0, 0, 0),
        },
        Term::WorkingDays(n),
        Term::Days(n),
        Term::Months(n % 7),
        Term::Hours(n),
    ]
}

proptest! {
    #[test]
    fn a_result_is_promised_for_an_hour_at_which_the_office_is_open(cal in office(), received in moment(), n in 0u16..40) {
        for term in terms(n) {
            let due = due(received, term, &cal);
            prop_assert!(due.at >= received, "{:?}: {} before {}", term, due.at, received);
            if term == Term::Hours(0) {
                continue;
            }
            prop_assert!(cal.is_working(due.at.date()), "{:?}: nobody works on {}", term, due.at);
            let open = cal.open(due.at.date());
            prop_assert!(open.iter().any(|open| open.holds(due.at.time())), "{:?}: closed at {}", term, due.at);
        }
    }

    #[test]
    fn who_comes_later_or_needs_longer_is_never_promised_less(
        cal in office(), received in moment(), later in 0i64..10_000, n in 0u16..30, more in 0u16..10,
    ) {
        let after = received.saturating_add(later.minutes());
        for (short, long) in terms(n).into_iter().zip(terms(n + more)) {
            let first = due(received, short, &cal).at;
            prop_assert!(first <= due(after, short, &cal).at, "{:?}: later is earlier", short);
            if !matches!(short, Term::Months(_)) {
                prop_assert!(first <= due(received, long, &cal).at, "{:?}: longer is earlier", short);
            }
        }
    }

    #[test]
    fn the_strip_and_the_steps_agree_with_the_calendar(cal in office(), received in moment(), n in 0u16..40, more in 0u16..5) {
        for term in terms(n) {
            let due = extend(&due(received, term, &cal), "v1", more, &cal);
            for pair in due.cells.windows(2) {
                prop_assert_eq!(pair[0].date.tomorrow().unwrap(), pair[1].date);
            }
            for cell in &due.cells {
                prop_assert_eq!(cell.off_name.is_none(), cal.is_working(cell.date), "{}", cell.date);
                let counted = matches!(cell.kind, CellKind::Counted(_));
                prop_assert!(!counted || cal.is_working(cell.date), "{} was counted and is off", cell.date);
            }
            let steps = due.steps();
            let skipped_workday = steps.iter().any(|step| match step {
                Step::Skipped { from, .. } => cal.is_working(*from),
                _ => false,
            });
            prop_assert!(!skipped_workday, "a working day was said to be off: {:?}", steps);
            let promises = steps.iter().filter(|step| matches!(step, Step::Due { .. })).count();
            prop_assert_eq!(promises, 1);
        }
    }

    #[test]
    fn papers_reach_the_solver_when_somebody_is_there(cal in office(), received in moment()) {
        let by = transfer_by(received, Time::constant(15, 0, 0, 0), &cal);
        prop_assert!(by >= received);
        prop_assert!(cal.is_working(by.date()));
    }
}
