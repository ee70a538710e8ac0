//! An office's week: its hours by day, and which days count.
//!
//! Not here: days off and make-up days.

use jiff::civil::{Time, Weekday};

/// When the office is open on an ordinary working day; each pair is from and to, local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeHours {
    /// From and to before noon.
    pub morning: (Time, Time),
    /// From and to after noon; the end is when the office closes.
    pub afternoon: (Time, Time),
}

impl Default for OfficeHours {
    /// The common hours, 7:30–11:30 and 13:30–17:00; each office may decide its own.
    fn default() -> Self {
        OfficeHours {
            morning: (Time::constant(7, 30, 0, 0), Time::constant(11, 30, 0, 0)),
            afternoon: (Time::constant(13, 30, 0, 0), Time::constant(17, 0, 0, 0)),
        }
    }
}

impl OfficeHours {
    /// The two spans, in order.
    pub fn spans(&self) -> [Open; 2] {
        [self.morning, self.afternoon].map(|(from, to)| Open { from, to })
    }
}

/// A span of time in which the office is open; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// It opens.
    pub from: Time,
    /// It closes.
    pub to: Time,
}

impl Open {
    /// Whether `time` lies in it.
    pub fn holds(&self, time: Time) -> bool {
        self.from <= time && time <= self.to
    }
}

/// Whether a day of the week counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// It is a working day: deadlines count it and may end on it.
    WorkingDay,
    /// Papers are taken in (Saturday mornings of the police), but for deadlines it is the weekly rest.
    IntakeOnly,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// When the office is open, in order; never is the weekly rest.
    pub open: Vec<Open>,
    /// Whether the day counts for deadlines.
    pub counts: Counts,
    /// On a day of intake only: whose procedures are taken in; none named means all.
    pub agencies: Vec<String>,
}

/// A week, Monday first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    days: [DayPlan; 7],
}

impl DayPlan {
    /// A day on which nobody works.
    pub fn rest() -> Self {
        DayPlan {
            open: Vec::new(),
            counts: Counts::IntakeOnly,
            agencies: Vec::new(),
        }
    }

    /// A working day with these hours.
    pub fn working(open: &[Open]) -> Self {
        DayPlan {
            open: open.to_vec(),
            counts: Counts::WorkingDay,
            agencies: Vec::new(),
        }
    }

    /// A rest day on which papers are taken in.
    pub fn intake(open: &[Open]) -> Self {
        DayPlan {
            counts: Counts::IntakeOnly,
            ..DayPlan::working(open)
        }
    }
}

impl Week {
    /// The same hours on every day that is not a rest day.
    pub fn regular(hours: OfficeHours, rest: &[Weekday]) -> Self {
        let day = |at: i8| {
            let rests = Weekday::from_monday_zero_offset(at).is_ok_and(|day| rest.contains(&day));
            if rests {
                DayPlan::rest()
            } else {
                DayPlan::working(&hours.spans())
            }
        };
        Week {
            days: [0, 1, 2, 3, 4, 5, 6].map(day),
        }
    }

    /// With another plan for one day.
    pub fn with(mut self, day: Weekday, plan: DayPlan) -> Self {
        if let Some(at) = self.days.get_mut(index(day)) {
            *at = plan;
        }
        self
    }

    /// The plan of a day.
    pub fn plan(&self, day: Weekday) -> &DayPlan {
        let [monday, ..] = &self.days;
        self.days.get(index(day)).unwrap_or(monday)
    }

    /// Whether a day does not count for deadlines.
    pub fn is_rest(&self, day: Weekday) -> bool {
        let plan = self.plan(day);
        plan.open.is_empty() || plan.counts == Counts::IntakeOnly
    }

    /// The days that do not count, Monday first.
    pub fn rest(&self) -> Vec<Weekday> {
        Weekday::Monday
            .cycle_forward()
            .take(7)
            .filter(|day| self.is_rest(*day))
            .collect()
    }
}

fn index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()
}
