//! Due dates worked out by hand, one line each with its reason. 2025 and 2026 as announced, 2027 as computed.

use jiff::civil::time;
use onedoor_domain::due::{Term, due};

use crate::fixture::{at, calendar};

const SAME_DAY: Term = Term::SameDay {
    cutoff: time(15, 0, 0, 0),
};

/// Received, promised, why.
type Line = (&'static str, Term, &'static str, &'static str);

fn holds(table: &[Line]) {
    for (received, term, expected, why) in table {
        assert_eq!(
            due(at(received), *term, &calendar()).at,
            at(expected),
            "{received} {term:?}: {why}"
        );
    }
}

use Term::{Days, Hours, Months, WorkingDays};

#[test]
#[rustfmt::skip]
fn working_days() {
    holds(&[
        ("2026-11-23 09:00", WorkingDays(1), "2026-11-25 17:00", "Tuesday is Culture Day"),
        ("2026-11-20 09:00", WorkingDays(1), "2026-11-23 17:00", "over a weekend"),
        ("2026-11-20 09:00", WorkingDays(2), "2026-11-25 17:00", "over a weekend and Culture Day"),
        ("2026-11-18 09:00", WorkingDays(5), "2026-11-26 17:00", "Thu, Fri, Mon, Wed, Thu"),
        ("2026-12-30 09:00", WorkingDays(1), "2026-12-31 17:00", "the last day of the year works"),
        ("2026-12-31 09:00", WorkingDays(1), "2027-01-04 17:00", "New Year is a Friday"),
        ("2026-01-08 09:00", WorkingDays(2), "2026-01-10 17:00", "Saturday 10 January is worked"),
        ("2026-01-09 09:00", WorkingDays(2), "2026-01-12 17:00", "the worked Saturday is the first day"),
        ("2026-01-10 09:00", WorkingDays(1), "2026-01-12 17:00", "received on the worked Saturday"),
        ("2026-02-13 09:00", WorkingDays(1), "2026-02-23 17:00", "the whole week of Tết is off"),
        ("2026-02-13 09:00", WorkingDays(3), "2026-02-25 17:00", "three days after Tết"),
        ("2026-02-12 09:00", WorkingDays(2), "2026-02-23 17:00", "one day before Tết, one after"),
        ("2026-04-24 09:00", WorkingDays(1), "2026-04-28 17:00", "Giỗ Tổ fell on a Sunday: Monday is off instead"),
        ("2026-04-24 09:00", WorkingDays(3), "2026-05-04 17:00", "two working days between two feasts"),
        ("2026-04-29 09:00", WorkingDays(1), "2026-05-04 17:00", "30 April, 1 May, weekend"),
        ("2026-08-21 09:00", WorkingDays(2), "2026-08-24 17:00", "Saturday is worked, then Monday"),
        ("2026-08-28 09:00", WorkingDays(1), "2026-09-03 17:00", "weekend, swapped Monday, two days of National Day"),
        ("2026-09-02 09:00", WorkingDays(1), "2026-09-03 17:00", "taken on a holiday; the next day counts"),
        ("2026-09-05 09:00", WorkingDays(1), "2026-09-07 17:00", "taken on a Saturday"),
        ("2025-01-24 09:00", WorkingDays(1), "2025-02-03 17:00", "Tết of 2025"),
        ("2025-04-25 09:00", WorkingDays(1), "2025-04-26 17:00", "Saturday worked for Friday 2 May"),
        ("2025-04-29 09:00", WorkingDays(1), "2025-05-05 17:00", "30 April, 1 May, swapped 2 May"),
        ("2025-08-29 09:00", WorkingDays(1), "2025-09-03 17:00", "National Day of 2025 took Monday and Tuesday"),
        ("2027-02-03 09:00", WorkingDays(1), "2027-02-11 17:00", "Tết of 2027 as computed"),
        ("2026-11-23 09:00", WorkingDays(7), "2026-12-03 17:00", "a permanent residence"),
        ("2026-11-23 09:00", WorkingDays(10), "2026-12-08 17:00", "a social pension"),
        ("2026-11-23 09:00", WorkingDays(20), "2026-12-22 17:00", "a linked procedure"),
        ("2026-11-23 09:00", WorkingDays(25), "2026-12-29 17:00", "a degree of disability"),
        ("2026-11-23 09:00", WorkingDays(30), "2027-01-06 17:00", "over New Year"),
        ("2026-11-23 09:00", WorkingDays(0), "2026-11-23 17:00", "no days at all: by closing time"),
        ("2026-11-22 09:00", WorkingDays(0), "2026-11-23 17:00", "no days at all, on a Sunday"),
        ("2026-11-20 23:59", WorkingDays(1), "2026-11-23 17:00", "the hour of receipt does not matter for days"),
        ("2026-11-23 00:00", WorkingDays(1), "2026-11-25 17:00", "nor does midnight"),
    ]);
}

#[test]
#[rustfmt::skip]
fn calendar_days() {
    holds(&[
        ("2026-11-23 09:00", Days(1), "2026-11-25 17:00", "the day itself is Culture Day"),
        ("2026-11-23 09:00", Days(5), "2026-11-30 17:00", "ends on a Saturday"),
        ("2026-11-23 09:00", Days(7), "2026-11-30 17:00", "a week"),
        ("2026-11-23 09:00", Days(15), "2026-12-08 17:00", "days off between are counted"),
        ("2026-11-23 09:00", Days(30), "2026-12-23 17:00", "a land dispute"),
        ("2026-11-23 09:00", Days(40), "2027-01-04 17:00", "ends on Saturday 2 January"),
        ("2026-08-07 09:00", Days(15), "2026-08-22 17:00", "ends on a worked Saturday: stays"),
        ("2026-02-01 09:00", Days(15), "2026-02-23 17:00", "ends on the first day of Tết"),
        ("2026-04-12 09:00", Days(15), "2026-04-28 17:00", "ends on the Monday off for Giỗ Tổ"),
        ("2026-11-09 09:00", Days(15), "2026-11-25 17:00", "ends on Culture Day"),
        ("2025-12-17 09:00", Days(15), "2026-01-05 17:00", "New Year, swapped Friday, weekend"),
        ("2025-12-26 09:00", Days(15), "2026-01-10 17:00", "ends on a worked Saturday"),
        ("2028-02-14 09:00", Days(15), "2028-02-29 17:00", "a leap day"),
    ]);
}

#[test]
#[rustfmt::skip]
fn months() {
    holds(&[
        ("2026-11-23 09:00", Months(1), "2026-12-23 17:00", "the same day number"),
        ("2026-08-31 09:00", Months(1), "2026-09-30 17:00", "September has no 31st: its last day"),
        ("2026-10-31 09:00", Months(1), "2026-11-30 17:00", "nor has November"),
        ("2026-12-31 09:00", Months(2), "2027-03-01 17:00", "28 February 2027 is a Sunday"),
        ("2026-01-30 09:00", Months(1), "2026-03-02 17:00", "28 February 2026 is a Saturday"),
        ("2026-10-24 09:00", Months(1), "2026-11-25 17:00", "ends on Culture Day"),
        ("2026-03-01 09:00", Months(6), "2026-09-03 17:00", "ends on National Day's eve, which is off"),
        ("2027-12-31 09:00", Months(2), "2028-02-29 17:00", "the last day of a leap February"),
        ("2026-11-23 09:00", Months(12), "2027-11-23 17:00", "a year"),
        ("2025-11-24 09:00", Months(12), "2026-11-25 17:00", "the day became a holiday within the year"),
    ]);
}

#[test]
#[rustfmt::skip]
fn the_same_day() {
    holds(&[
        ("2026-11-20 15:00", SAME_DAY, "2026-11-20 17:00", "15:00 is not after 15:00"),
        ("2026-11-20 15:01", SAME_DAY, "2026-11-23 17:00", "a minute late, over the weekend"),
        ("2026-08-22 09:00", SAME_DAY, "2026-08-22 17:00", "a worked Saturday is a day like any other"),
        ("2026-08-22 15:01", SAME_DAY, "2026-08-24 17:00", "late on a worked Saturday"),
        ("2026-08-21 15:01", SAME_DAY, "2026-08-22 17:00", "late on Friday, Saturday is worked"),
        ("2026-11-24 10:00", SAME_DAY, "2026-11-25 17:00", "taken on Culture Day"),
        ("2026-02-13 16:00", SAME_DAY, "2026-02-23 17:00", "late before Tết"),
        ("2026-12-31 15:30", SAME_DAY, "2027-01-04 17:00", "late before New Year"),
        ("2026-11-23 06:00", SAME_DAY, "2026-11-23 17:00", "before opening"),
        ("2026-11-23 12:30", SAME_DAY, "2026-11-23 17:00", "at noon"),
        ("2026-04-30 08:00", SAME_DAY, "2026-05-04 17:00", "taken on Reunification Day"),
    ]);
}

#[test]
#[rustfmt::skip]
fn working_hours() {
    holds(&[
        ("2026-11-20 16:30", Hours(1), "2026-11-23 08:00", "half on Friday, half on Monday"),
        ("2026-11-23 07:30", Hours(8), "2026-11-25 08:00", "a day has seven and a half hours"),
        ("2026-11-23 11:30", Hours(1), "2026-11-23 14:30", "taken when the morning ends"),
        ("2026-11-21 09:00", Hours(1), "2026-11-23 08:30", "taken on a Saturday"),
        ("2026-11-23 13:30", Hours(3), "2026-11-23 16:30", "within the afternoon"),
        ("2026-11-23 07:30", Hours(15), "2026-11-25 17:00", "two whole days"),
        ("2026-11-23 16:59", Hours(1), "2026-11-25 08:29", "to the minute"),
        ("2026-12-31 16:00", Hours(2), "2027-01-04 08:30", "over New Year"),
        ("2026-08-22 09:00", Hours(1), "2026-08-22 10:00", "a worked Saturday has the ordinary hours"),
        ("2026-11-23 10:00", Hours(0), "2026-11-23 10:00", "at once"),
    ]);
}
