//! Due dates: the worked examples, and what the strip of days shows for them.

use jiff::civil::time;
use onedoor_domain::calendar::{Calendar, OfficeHours};
use onedoor_domain::due::{CellKind, Due, DueStart, Term, due};

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
fn the_worked_examples_of_the_law_come_out() {
    let table = [
        (
            "2026-08-28 09:00",
            Term::WorkingDays(3),
            "2026-09-07 17:00",
            "weekend, swapped Monday, National Day",
        ),
        (
            "2026-08-21 09:00",
            Term::WorkingDays(1),
            "2026-08-22 17:00",
            "a Saturday worked instead",
        ),
        (
            "2026-08-17 09:00",
            Term::Days(15),
            "2026-09-03 17:00",
            "the fifteenth day is a holiday",
        ),
        (
            "2025-12-31 09:00",
            Term::WorkingDays(2),
            "2026-01-06 17:00",
            "New Year, swapped Friday, weekend",
        ),
        (
            "2026-04-24 15:10",
            SAME_DAY,
            "2026-04-28 17:00",
            "after the cut-off, weekend, day in lieu",
        ),
        (
            "2026-11-23 09:00",
            SAME_DAY,
            "2026-11-23 17:00",
            "in the morning: today",
        ),
        (
            "2026-11-23 15:10",
            SAME_DAY,
            "2026-11-25 17:00",
            "after the cut-off, and Tuesday is Culture Day",
        ),
        (
            "2026-11-23 09:00",
            Term::WorkingDays(3),
            "2026-11-27 17:00",
            "Tuesday does not count",
        ),
        (
            "2026-11-22 09:00",
            SAME_DAY,
            "2026-11-23 17:00",
            "taken on a Sunday",
        ),
        (
            "2026-11-21 16:00",
            SAME_DAY,
            "2026-11-23 17:00",
            "late on a Saturday waits for one working day, not two",
        ),
        (
            "2026-11-21 09:00",
            Term::WorkingDays(1),
            "2026-11-23 17:00",
            "a Saturday is not counted, Monday is",
        ),
        (
            "2026-01-31 09:00",
            Term::Months(1),
            "2026-03-02 17:00",
            "28 February is a Saturday",
        ),
        (
            "2026-03-31 09:00",
            Term::Months(1),
            "2026-05-04 17:00",
            "30 April off, 1 May off, weekend",
        ),
        (
            "2026-08-10 09:00",
            Term::Months(1),
            "2026-09-10 17:00",
            "the same day number",
        ),
        (
            "2026-11-23 18:00",
            Term::Days(0),
            "2026-11-25 17:00",
            "the office has closed and Tuesday is off",
        ),
    ];
    for (received, term, expected, why) in table {
        assert_eq!(
            promised(received, term).at,
            at(expected),
            "{received} {term:?}: {why}"
        );
    }
}

#[test]
fn hours_run_only_while_the_office_is_open() {
    let table = [
        (
            "2026-11-23 09:00",
            2,
            "2026-11-23 11:00",
            DueStart::SameDay,
            "within the morning",
        ),
        (
            "2026-11-23 10:30",
            2,
            "2026-11-23 14:30",
            DueStart::SameDay,
            "over noon",
        ),
        (
            "2026-11-23 12:00",
            1,
            "2026-11-23 14:30",
            DueStart::SameDay,
            "taken at noon",
        ),
        (
            "2026-11-23 06:50",
            1,
            "2026-11-23 08:30",
            DueStart::SameDay,
            "taken before opening",
        ),
        (
            "2026-11-23 16:00",
            2,
            "2026-11-25 08:30",
            DueStart::SameDay,
            "over the night and Culture Day",
        ),
        (
            "2026-11-23 17:00",
            1,
            "2026-11-25 08:30",
            DueStart::NextWorkingDay,
            "taken at closing time",
        ),
        (
            "2026-11-22 10:00",
            8,
            "2026-11-25 08:00",
            DueStart::NextWorkingDay,
            "a day has seven and a half hours",
        ),
        (
            "2026-11-23 07:30",
            4,
            "2026-11-23 11:30",
            DueStart::SameDay,
            "ends with the morning, not after noon",
        ),
    ];
    for (received, hours, expected, start, why) in table {
        let due = promised(received, Term::Hours(hours));
        assert_eq!(
            (due.at, due.start),
            (at(expected), start),
            "{received} {hours} h: {why}"
        );
    }
}

#[test]
fn the_cut_off_is_read_by_the_minute_as_the_paper_prints_it() {
    for (received, day_due, late) in [
        ("2026-11-23 14:59", "2026-11-23", false),
        ("2026-11-23 15:00:59", "2026-11-23", false),
        ("2026-11-23 15:01", "2026-11-25", true),
    ] {
        let due = promised(received, SAME_DAY);
        assert_eq!(due.at.date(), day(day_due), "{received}");
        assert_eq!(
            due.cells[0].after_cutoff, late,
            "{received}: the notch of the strip"
        );
        assert_eq!(due.start == DueStart::NextWorkingDay, late, "{received}");
    }
}

#[test]
fn three_o_clock_moves_nothing_but_same_day_procedures() {
    let morning = promised("2026-11-23 09:00", Term::WorkingDays(3));
    let evening = promised("2026-11-23 15:10", Term::WorkingDays(3));
    assert_eq!(morning.at, evening.at);
    assert!(evening.cells.iter().all(|cell| !cell.after_cutoff));
}

#[test]
fn the_strip_counts_working_days_and_names_the_days_off() {
    let due = promised("2026-11-23 09:00", Term::WorkingDays(3));
    use CellKind::{Counted, Due as DueDay, Off, Received};
    assert_eq!(kinds(&due), [Received, Off, Counted(1), Counted(2), DueDay]);
    let culture_day = due.cells[1].off_name.clone().unwrap();
    assert_eq!(
        culture_day,
        (
            "Ngày Văn hóa Việt Nam".to_owned(),
            "Vietnam Culture Day".to_owned()
        )
    );
}

#[test]
fn the_strip_of_calendar_days_does_not_call_a_counted_sunday_off() {
    let due = promised("2026-08-17 09:00", Term::Days(15));
    assert_eq!(
        due.moved_from,
        Some(day("2026-09-01")),
        "the sentence says from where it moved"
    );
    assert_eq!(due.cells.len(), 18, "17 August to 3 September");
    let sunday = &due.cells[6];
    assert_eq!(
        (sunday.date, sunday.kind),
        (day("2026-08-23"), CellKind::Waiting),
        "calendar days count on Sundays"
    );
    assert!(
        sunday.off_name.is_some(),
        "and the strip still says that it is the weekly rest"
    );
    let last = due.cells[15].clone();
    assert_eq!(
        (last.date, last.kind),
        (day("2026-09-01"), CellKind::Waiting),
        "the term itself ends on a day off"
    );
    assert_eq!(
        due.cells[16].kind,
        CellKind::Off,
        "what is waited beyond the term is not counted"
    );
    assert_eq!(due.cells[17].kind, CellKind::Due);
}

#[test]
fn a_same_day_filing_has_a_strip_of_one_day() {
    let due = promised("2026-11-23 09:00", SAME_DAY);
    assert_eq!(kinds(&due), [CellKind::Due]);
    assert_eq!((due.start, due.moved_from), (DueStart::SameDay, None));
}

#[test]
fn a_due_date_beyond_the_published_calendar_is_computed_and_says_so() {
    let this_year = promised("2026-12-30 09:00", Term::WorkingDays(1));
    assert_eq!(
        (this_year.at, this_year.published),
        (at("2026-12-31 17:00"), true)
    );
    let next_year = promised("2026-12-30 09:00", Term::WorkingDays(2));
    assert_eq!(
        (next_year.at, next_year.published),
        (at("2027-01-04 17:00"), false)
    );
}

#[test]
fn a_calendar_that_never_works_still_gives_an_answer() {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let week = vec![
        Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
    ];
    let cal = Calendar::new(vec![], vec![], week, OfficeHours::default(), 2026);
    for term in [
        SAME_DAY,
        Term::WorkingDays(2),
        Term::Days(2),
        Term::Months(1),
        Term::Hours(4),
    ] {
        let due = due(at("2026-11-23 09:00"), term, &cal);
        assert!(
            due.at > due.received,
            "{term:?}: a wrongly filled-in calendar must not hang the counter"
        );
    }
}

#[test]
fn an_office_without_hours_still_gives_an_answer() {
    let noon = time(12, 0, 0, 0);
    let hours = OfficeHours {
        morning: (noon, noon),
        afternoon: (noon, noon),
    };
    let cal = Calendar::new(vec![], vec![], vec![], hours, 2026);
    assert_eq!(
        due(at("2026-11-23 09:00"), Term::Hours(4), &cal).at,
        at("2026-11-23 12:00")
    );
}
