//! Terms in working hours: the clock runs while the office is open and stands still over noon, nights and days off.
//!
//! Not here: the terms in days and months.

use jiff::civil::{Date, DateTime, Time};

use super::DueStart;
use super::count::{Outcome, next_working};
use crate::calendar::Calendar;

const SECONDS_IN_HOUR: i64 = 3_600;
/// How many working days in a row may have no hours before it is said that the office is never open.
const DAYS_WITHOUT_HOURS: u32 = 60;

pub(super) fn after(received: DateTime, hours: u16, cal: &Calendar) -> Outcome {
    let day = received.date();
    let open_today = cal.is_working(day) && received.time() < cal.closing(day);
    let start = if open_today {
        DueStart::SameDay
    } else {
        DueStart::NextWorkingDay
    };
    let (mut day, mut from) = if open_today {
        (day, received.time())
    } else {
        (next_working(day, cal), Time::midnight())
    };
    let first = day;
    let mut left = i64::from(hours) * SECONDS_IN_HOUR;
    let mut closed_days = 0;
    let on = |day: Date, time: Time| Outcome {
        at: day.to_datetime(time),
        start,
        moved_from: None,
    };
    loop {
        let before = left;
        if let Some(time) = spend(&mut left, day, from, cal) {
            return on(day, time);
        }
        closed_days = if left == before { closed_days + 1 } else { 0 };
        let next = next_working(day, cal);
        if closed_days > DAYS_WITHOUT_HOURS || next <= day {
            // An office that is never open, or the end of time: the best that can be said is the end of a day.
            return on(first, cal.closing(first));
        }
        (day, from) = (next, Time::midnight());
    }
}

/// Spends what is `left` of the term in one day's opening hours from `from` on; the time when it is used up.
fn spend(left: &mut i64, day: Date, from: Time, cal: &Calendar) -> Option<Time> {
    for open in cal.open(day) {
        let begin = from.max(open.from);
        if begin >= open.to {
            continue;
        }
        let available = open.to.duration_since(begin).as_secs();
        if *left <= available {
            return Some(begin.saturating_add(jiff::Span::new().seconds(*left)));
        }
        *left -= available;
    }
    None
}
