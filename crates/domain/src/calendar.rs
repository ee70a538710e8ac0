//! The office's calendar: which days count, when the office is open, and whose day off it is.
//!
//! Not here: the dates themselves (versioned data, see `assets/catalogue/calendar.json`), and how a term is counted
//! (`due`). All times are the office's own; the zone is named and never converted from.

mod week;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time, Weekday};

pub use week::{Counts, DayPlan, OfficeHours, Open, Week};

/// A day on which the law or the office does not work although the week would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// Why, in Vietnamese.
    pub name_vi: String,
    /// Why, in English.
    pub name_en: String,
    /// Whose day off it is.
    pub whose: Whose,
}

/// Whose day off it is. At home it is always Vietnam's or the office's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A holiday of Vietnam.
    Vietnam,
    /// A holiday of the country that hosts a mission.
    Host,
    /// A holiday of both on the same day.
    Both,
    /// A day on which this office alone is closed.
    Office,
}

/// What a day is for the counting of deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// A rest day worked instead of another day.
    MakeUp,
    /// The weekly rest; papers may still be taken in, see [`Calendar::takes_in`].
    WeeklyRest,
    /// A day off; the number is its place in [`Calendar::days_off`].
    Holiday(usize),
}

/// Days off, make-up days, weekly rest and hours of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days_off: Vec<DayOff>,
    off_at: BTreeMap<Date, usize>,
    makeup_days: Vec<Date>,
    hours: OfficeHours,
    week: Week,
    /// Weeks that hold from a later day on, by that day.
    later_weeks: BTreeMap<Date, Week>,
    /// Single days with other hours.
    hours_on: BTreeMap<Date, Vec<Open>>,
    last_published_year: i16,
    zone: String,
    version: u32,
    from: Date,
}

impl Calendar {
    /// A calendar from its data: the same hours on every day that is not in `weekly_rest`. `last_published_year` is the
    /// last year whose days off were officially announced; later ones are computed and marked so.
    ///
    /// Where a day stands twice, once as Vietnam's and once as the host's, it is both's and carries both names.
    pub fn new(
        days_off: Vec<DayOff>,
        makeup_days: Vec<Date>,
        weekly_rest: Vec<Weekday>,
        hours: OfficeHours,
        last_published_year: i16,
    ) -> Self {
        let days_off = merged(days_off);
        let off_at = (0..)
            .zip(&days_off)
            .map(|(at, off)| (off.date, at))
            .collect();
        Calendar {
            days_off,
            off_at,
            makeup_days,
            hours,
            week: Week::regular(hours, &weekly_rest),
            later_weeks: BTreeMap::new(),
            hours_on: BTreeMap::new(),
            last_published_year,
            zone: "Asia/Ho_Chi_Minh".to_owned(),
            version: 1,
            from: Date::MIN,
        }
    }

    /// With a week of its own, which replaces the regular one.
    pub fn with_week(mut self, week: Week) -> Self {
        self.week = week;
        self
    }

    /// With another week from `day` on: summer hours, a new decision of the office.
    pub fn with_week_from(mut self, day: Date, week: Week) -> Self {
        self.later_weeks.insert(day, week);
        self
    }

    /// With other hours on a single working day, such as closing early before a feast.
    pub fn with_hours_on(mut self, day: Date, open: Vec<Open>) -> Self {
        self.hours_on.insert(day, open);
        self
    }

    /// With the IANA name of the office's time zone; Asia/Ho_Chi_Minh where nothing is said.
    pub fn with_zone(mut self, zone: &str) -> Self {
        self.zone = zone.to_owned();
        self
    }

    /// As version `version`, which holds from `from` on.
    pub fn with_version(mut self, version: u32, from: Date) -> Self {
        self.version = version;
        self.from = from;
        self
    }

    /// What `date` is. A day off wins over a make-up day, a make-up day over the weekly rest.
    pub fn kind(&self, date: Date) -> DayKind {
        if let Some(at) = self.off_at.get(&date) {
            DayKind::Holiday(*at)
        } else if self.makeup_days.contains(&date) {
            DayKind::MakeUp
        } else if self.week_on(date).is_rest(date.weekday()) {
            DayKind::WeeklyRest
        } else {
            DayKind::Working
        }
    }

    /// Whether the office works on `date`, so that it counts for deadlines.
    pub fn is_working(&self, date: Date) -> bool {
        matches!(self.kind(date), DayKind::Working | DayKind::MakeUp)
    }

    /// When the office is open on `date`, in order; nothing on a day off. On a rest day on which papers are only taken
    /// in, these hours; a make-up day has the hours of an ordinary day.
    pub fn open(&self, date: Date) -> Vec<Open> {
        let plan = self.week_on(date).plan(date.weekday());
        match self.kind(date) {
            DayKind::Holiday(_) => Vec::new(),
            _ if self.hours_on.contains_key(&date) => {
                self.hours_on.get(&date).cloned().unwrap_or_default()
            }
            DayKind::MakeUp if plan.counts != Counts::WorkingDay || plan.open.is_empty() => {
                self.hours.spans().to_vec()
            }
            _ => plan.open.clone(),
        }
    }

    /// Whether papers are taken in at `at`; `agency` is whose procedure it is, for rest days that serve only some.
    pub fn takes_in(&self, at: DateTime, agency: &str) -> bool {
        let plan = self.week_on(at.date()).plan(at.date().weekday());
        let serves = self.is_working(at.date())
            || plan.agencies.is_empty()
            || plan.agencies.iter().any(|served| served == agency);
        let open = self.open(at.date());
        serves && open.iter().any(|open| open.holds(at.time()))
    }

    /// When the office closes on `date`; on a day without hours, when it would on an ordinary day.
    pub fn closing(&self, date: Date) -> Time {
        let open = self.open(date);
        open.last().map_or(self.hours.afternoon.1, |open| open.to)
    }

    /// Whether the days off of `year` were officially announced.
    pub fn published(&self, year: i16) -> bool {
        year <= self.last_published_year
    }

    /// The day off at `date`, if it is one.
    pub fn day_off(&self, date: Date) -> Option<&DayOff> {
        self.off_at.get(&date).and_then(|at| self.days_off.get(*at))
    }

    /// The days off, by date, each once.
    pub fn days_off(&self) -> &[DayOff] {
        &self.days_off
    }

    /// The rest days that are worked.
    pub fn makeup_days(&self) -> &[Date] {
        &self.makeup_days
    }

    /// The days of the week that do not count for deadlines, Monday first; in the first week if there are several.
    pub fn weekly_rest(&self) -> Vec<Weekday> {
        self.week.rest()
    }

    /// The hours of an ordinary day.
    pub fn hours(&self) -> OfficeHours {
        self.hours
    }

    /// The last officially announced year.
    pub fn last_published_year(&self) -> i16 {
        self.last_published_year
    }

    /// The IANA name of the office's time zone.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// Which version of the calendar this is.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// From which day on it holds.
    pub fn from(&self) -> Date {
        self.from
    }

    fn week_on(&self, date: Date) -> &Week {
        self.later_weeks
            .range(..=date)
            .next_back()
            .map_or(&self.week, |(_, week)| week)
    }
}

/// By date; a day that two owners have becomes one day with both names.
fn merged(mut days: Vec<DayOff>) -> Vec<DayOff> {
    days.sort_by_key(|off| off.date);
    let mut out: Vec<DayOff> = Vec::with_capacity(days.len());
    for off in days {
        match out.last_mut().filter(|last| last.date == off.date) {
            None => out.push(off),
            Some(last) if last.whose == off.whose => {}
            Some(last) => {
                last.whose = match (last.whose, off.whose) {
                    (Whose::Office, other) | (other, Whose::Office) => other,
                    _ => Whose::Both,
                };
                last.name_vi = both(&last.name_vi, &off.name_vi);
                last.name_en = both(&last.name_en, &off.name_en);
            }
        }
    }
    out
}

fn both(first: &str, second: &str) -> String {
    if first == second {
        first.to_owned()
    } else {
        format!("{first}; {second}")
    }
}
