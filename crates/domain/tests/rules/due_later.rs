//! What becomes of a promise: supplements, extensions, agencies elsewhere; and the steps that explain it.

use jiff::civil::time;
use onedoor_domain::due::{
    CellKind, ClockStart, Due, Off, Promise, Step, Term, due, extend, promise, restart,
};
use proptest::prelude::*;

use crate::fixture::{at, calendar, day};

const SAME_DAY: Term = Term::SameDay {
    cutoff: time(15, 0, 0, 0),
};

fn promised(received: &str, term: Term) -> Due {
    due(at(received), term, &calendar())
}

fn kinds(due: &Due) -> Vec<CellKind> {
    due.cells.iter().map(|cell| cell.kind).collect()
}

#[test]
fn a_supplement_starts_the_whole_term_anew() {
    let first = promised("2026-11-16 09:00", Term::WorkingDays(3));
    let anew = restart(&first, at("2026-11-20 10:00"), &calendar());
    assert_eq!(anew.at, at("2026-11-26 17:00"), "Mon, Wed, Thu");
    assert_eq!(anew.first_received, Some(at("2026-11-16 09:00")));
    let again = restart(&anew, at("2026-11-25 10:00"), &calendar());
    assert_eq!(
        again.first_received,
        Some(at("2026-11-16 09:00")),
        "the paper's own receipt is never forgotten"
    );
    let behind = restart(&first, at("2026-11-01 10:00"), &calendar());
    assert_eq!(
        behind.at, first.at,
        "a clock that went back gives no earlier promise"
    );
}

#[test]
fn papers_for_an_agency_elsewhere_have_no_due_date_until_it_has_them() {
    let taken = at("2026-11-20 16:00");
    let term = Term::WorkingDays(3);
    let waiting = ClockStart::AtAgency {
        received_there: None,
    };
    assert_eq!(
        promise(taken, waiting, term, &calendar()),
        Promise::WaitsForAgency {
            taken_in: taken,
            term
        },
        "no date may be printed that the other agency has not started"
    );
    let there = ClockStart::AtAgency {
        received_there: Some(at("2026-11-23 08:00")),
    };
    let Promise::Known(known) = promise(taken, there, term, &calendar()) else {
        panic!("the agency has it: the date is known")
    };
    assert_eq!(
        known.at,
        at("2026-11-27 17:00"),
        "counted from Monday, not from Friday"
    );
    assert_eq!(known.first_received, Some(taken));
    let Promise::Known(here) = promise(taken, ClockStart::Here, term, &calendar()) else {
        panic!("here the clock starts with the receipt")
    };
    assert_eq!(here.at, at("2026-11-26 17:00"));
}

#[test]
fn an_extension_counts_working_days_on_from_the_old_promise() {
    let first = promised("2026-11-19 09:00", Term::WorkingDays(1));
    let longer = extend(&first, "v1", 2, &calendar());
    assert_eq!(
        longer.at,
        at("2026-11-25 17:00"),
        "Mon, and Wed after Culture Day"
    );
    use CellKind::{Counted, Due as DueDay, Off, Received};
    assert_eq!(
        kinds(&longer),
        [Received, Counted(1), Off, Off, Counted(2), Off, DueDay],
        "the old due day is counted, the numbers go on"
    );
    assert_eq!(longer.extensions[0].from, at("2026-11-20 17:00"));
    let twice = extend(&longer, "v2", 1, &calendar());
    assert_eq!(twice.at, at("2026-11-26 17:00"));
    assert_eq!(twice.extensions.len(), 2);
    assert_eq!(kinds(&twice)[6], Counted(3));
    assert_eq!(
        extend(&first, "v1", 0, &calendar()),
        first,
        "no days more change nothing"
    );
}

#[test]
fn a_same_day_filing_that_needs_verifying_shows_its_days() {
    let first = promised("2026-11-23 09:00", SAME_DAY);
    let longer = extend(&first, "v1", 2, &calendar());
    use CellKind::{Counted, Due as DueDay, Off, Received};
    assert_eq!(kinds(&longer), [Received, Off, Counted(1), DueDay]);
    assert_eq!(longer.at, at("2026-11-26 17:00"));
    let by_days = extend(
        &promised("2026-11-23 09:00", Term::Days(2)),
        "v1",
        2,
        &calendar(),
    );
    assert_eq!(
        kinds(&by_days)[2..],
        [CellKind::Waiting, Counted(1), DueDay],
        "calendar days have no numbers, the working days added to them have"
    );
}

#[test]
fn an_extension_beyond_the_announced_year_says_so() {
    let first = promised("2026-12-28 09:00", Term::WorkingDays(1));
    assert!(first.published);
    let longer = extend(&first, "v1", 5, &calendar());
    assert!(!longer.published, "2027 is computed only");
}

fn off(vi: &str, en: &str, whose: Option<onedoor_domain::calendar::Whose>) -> Off {
    Off {
        vi: vi.to_owned(),
        en: en.to_owned(),
        whose,
    }
}

#[test]
fn every_step_of_the_counting_is_told_in_order() {
    let vietnam = Some(onedoor_domain::calendar::Whose::Vietnam);
    let rest = || off("Nghỉ hằng tuần", "Weekly rest", None);
    let due = promised("2026-08-28 09:00", Term::WorkingDays(3));
    assert_eq!(
        due.steps(),
        [
            Step::Received {
                at: at("2026-08-28 09:00")
            },
            Step::Skipped {
                from: day("2026-08-29"),
                to: day("2026-08-30"),
                off: rest()
            },
            Step::Skipped {
                from: day("2026-08-31"),
                to: day("2026-09-02"),
                off: off("Nghỉ lễ", "Holiday", vietnam)
            },
            Step::Skipped {
                from: day("2026-09-05"),
                to: day("2026-09-06"),
                off: rest()
            },
            Step::Due {
                at: at("2026-09-07 17:00")
            },
        ]
    );
}

#[test]
fn the_steps_tell_the_cut_off_the_worked_saturday_and_the_moved_end() {
    let late = promised("2026-08-21 15:10", SAME_DAY);
    assert_eq!(
        late.steps()[1..],
        [
            Step::AfterCutoff {
                cutoff: time(15, 0, 0, 0),
                counts_as: day("2026-08-22")
            },
            Step::MakeUp {
                on: day("2026-08-22")
            },
            Step::Due {
                at: at("2026-08-22 17:00")
            },
        ]
    );
    let sunday = promised("2026-11-22 09:00", SAME_DAY);
    assert_eq!(
        sunday.steps()[1],
        Step::Closed {
            counts_as: day("2026-11-23")
        },
        "a Sunday is no lateness"
    );
    let moved = promised("2026-08-17 09:00", Term::Days(15));
    let steps = moved.steps();
    assert_eq!(
        steps[1],
        Step::Ends {
            on: day("2026-09-01")
        }
    );
    assert!(
        steps.contains(&Step::Moved {
            from: day("2026-09-01"),
            to: day("2026-09-03")
        }),
        "{steps:?}"
    );
}

#[test]
fn the_steps_tell_supplements_extensions_and_unannounced_years() {
    let first = promised("2026-12-28 09:00", Term::WorkingDays(1));
    let anew = restart(&first, at("2026-12-30 09:00"), &calendar());
    let longer = extend(&anew, "v1", 1, &calendar());
    let steps = longer.steps();
    assert_eq!(
        steps.first(),
        Some(&Step::Restarted {
            first: at("2026-12-28 09:00")
        })
    );
    assert!(steps.contains(&Step::Extended {
        ground: "v1".to_owned(),
        working_days: 1,
        from: at("2026-12-31 17:00")
    }));
    assert_eq!(steps.last(), Some(&Step::Unpublished { year: 2027 }));
}

proptest! {
    #[test]
    fn an_extended_strip_still_shows_every_day_once(minutes in 0i64..1_000_000, n in 0u16..20, more in 1u16..20, again in 1u16..9) {
        let received = at("2025-01-01 00:00").saturating_add(jiff::Span::new().minutes(minutes));
        for term in [Term::WorkingDays(n), Term::Days(n), Term::Months(n % 5), Term::Hours(n), SAME_DAY] {
            let first = due(received, term, &calendar());
            let longer = extend(&extend(&first, "v1", more, &calendar()), "v2", again, &calendar());
            prop_assert!(longer.at > first.at);
            prop_assert!(calendar().is_working(longer.at.date()));
            for pair in longer.cells.windows(2) {
                prop_assert_eq!(pair[0].date.tomorrow().unwrap(), pair[1].date);
            }
            let due_days = longer.cells.iter().filter(|c| c.kind == CellKind::Due).count();
            prop_assert_eq!(due_days, 1, "one promise, not three");
            prop_assert_eq!(longer.cells.last().unwrap().date, longer.at.date());
        }
    }

    #[test]
    fn every_day_off_between_is_told(minutes in 0i64..1_000_000, n in 1u16..40) {
        let received = at("2025-01-01 00:00").saturating_add(jiff::Span::new().minutes(minutes));
        let promised = due(received, Term::WorkingDays(n), &calendar());
        let told: i32 = promised.steps().iter().map(|step| match step {
            Step::Skipped { from, to, .. } => from.until(*to).unwrap().get_days() + 1,
            _ => 0,
        }).sum();
        let off = promised.cells.iter().filter(|c| c.kind == CellKind::Off).count();
        prop_assert_eq!(i32::try_from(off).unwrap(), told);
    }
}
