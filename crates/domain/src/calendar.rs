//! The office's calendar: which days count, and when the office closes.
//!
//! Not here: the dates themselves (versioned data, see `assets/catalogue/calendar.json`) and intake hours on Saturdays,
//! which do not make a Saturday count for a deadline.

use jiff::civil::{Date, Time, Weekday};

/// A day on which the law or the office does not work although the week would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// Why, in Vietnamese.
    pub name_vi: String,
    /// Why, in English.
    pub name_en: String,
}

/// When the office is open on a working day; each pair is from and to, local time.
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

/// What a day is for the counting of deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// A rest day worked instead of another day.
    MakeUp,
    /// The weekly rest.
    WeeklyRest,
    /// A day off; the number is its place in [`Calendar::days_off`].
    Holiday(usize),
}

/// Days off, make-up days, weekly rest and hours of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days_off: Vec<DayOff>,
    makeup_days: Vec<Date>,
    weekly_rest: Vec<Weekday>,
    hours: OfficeHours,
    last_published_year: i16,
}

impl Calendar {
    /// A calendar from its data. `last_published_year` is the last year whose days off were officially announced;
    /// later ones are computed and marked so.
    pub fn new(
        days_off: Vec<DayOff>,
        makeup_days: Vec<Date>,
        weekly_rest: Vec<Weekday>,
        hours: OfficeHours,
        last_published_year: i16,
    ) -> Self {
        Calendar {
            days_off,
            makeup_days,
            weekly_rest,
            hours,
            last_published_year,
        }
    }

    /// What `date` is. A day off wins over a make-up day, a make-up day over the weekly rest.
    pub fn kind(&self, date: Date) -> DayKind {
        if let Some(at) = self.days_off.iter().position(|off| off.date == date) {
            DayKind::Holiday(at)
        } else if self.makeup_days.contains(&date) {
            DayKind::MakeUp
        } else if self.weekly_rest.contains(&date.weekday()) {
            DayKind::WeeklyRest
        } else {
            DayKind::Working
        }
    }

    /// Whether the office works on `date`.
    pub fn is_working(&self, date: Date) -> bool {
        matches!(self.kind(date), DayKind::Working | DayKind::MakeUp)
    }

    /// When the office closes on `date`. The same on every day for now; asked by date because offices differ.
    pub fn closing(&self, _date: Date) -> Time {
        self.hours.afternoon.1
    }

    /// Whether the days off of `year` were officially announced.
    pub fn published(&self, year: i16) -> bool {
        year <= self.last_published_year
    }

    /// The days off, in the order in which they were given.
    pub fn days_off(&self) -> &[DayOff] {
        &self.days_off
    }

    /// The rest days that are worked.
    pub fn makeup_days(&self) -> &[Date] {
        &self.makeup_days
    }

    /// The days of the week on which the office rests.
    pub fn weekly_rest(&self) -> &[Weekday] {
        &self.weekly_rest
    }

    /// The office's hours.
    pub fn hours(&self) -> OfficeHours {
        self.hours
    }

    /// The last officially announced year.
    pub fn last_published_year(&self) -> i16 {
        self.last_published_year
    }
}
