//! Terms in working hours: the clock runs while the office is open and stands still over noon, nights and days off.
//!
//! Not here: the terms in days and months.

use jiff::civil::{DateTime, Time};

use super::{DueStart, Outcome, next_working};
use crate::calendar::Calendar;

const SECONDS_IN_HOUR: i64 = 3_600;

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
    let mut left = i64::from(hours) * SECONDS_IN_HOUR;
    loop {
        if let Some(time) = spend(&mut left, from, cal) {
            return Outcome {
                at: day.to_datetime(time),
                start,
                moved_from: None,
            };
        }
        if open_seconds(cal) == 0 {
            // An office that is never open: the best that can be said is the end of the first day.
            return Outcome {
                at: day.to_datetime(cal.closing(day)),
                start,
                moved_from: None,
            };
        }
        (day, from) = (next_working(day, cal), Time::midnight());
    }
}

/// Spends what is `left` of the term in one day's opening hours from `from` on; the time when it is used up.
fn spend(left: &mut i64, from: Time, cal: &Calendar) -> Option<Time> {
    let hours = cal.hours();
    for (open, close) in [hours.morning, hours.afternoon] {
        let begin = from.max(open);
        if begin >= close {
            continue;
        }
        let available = seconds(begin, close);
        if *left <= available {
            return Some(begin.saturating_add(jiff::Span::new().seconds(*left)));
        }
        *left -= available;
    }
    None
}

fn open_seconds(cal: &Calendar) -> i64 {
    let hours = cal.hours();
    [hours.morning, hours.afternoon]
        .into_iter()
        .map(|(open, close)| seconds(open, close).max(0))
        .sum()
}

fn seconds(from: Time, to: Time) -> i64 {
    to.duration_since(from).as_secs()
}
