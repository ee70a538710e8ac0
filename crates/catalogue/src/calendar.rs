//! A calendar's file. Not here: how days are counted (domain).

use jiff::civil::{Date, Time, Weekday};
use onedoor_domain::calendar::{Calendar, DayOff, OfficeHours, Whose};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct CalendarFile {
    last_published_year: i16,
    weekly_rest: Vec<WeekdayEntry>,
    hours: HoursEntry,
    years: Vec<YearEntry>,
}

#[derive(Deserialize)]
struct HoursEntry {
    morning: (Time, Time),
    afternoon: (Time, Time),
}

#[derive(Deserialize)]
struct YearEntry {
    days_off: Vec<DayOffEntry>,
    makeup_days: Vec<Date>,
}

#[derive(Deserialize)]
struct DayOffEntry {
    date: Date,
    name_vi: String,
    name_en: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum WeekdayEntry {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl CalendarFile {
    pub(crate) fn into_calendar(self) -> Calendar {
        let mut days_off = Vec::new();
        let mut makeup = Vec::new();
        for year in self.years {
            makeup.extend(year.makeup_days);
            days_off.extend(year.days_off.into_iter().map(|day| DayOff {
                date: day.date,
                name_vi: day.name_vi,
                name_en: day.name_en,
                whose: Whose::Vietnam,
            }));
        }
        let rest = self
            .weekly_rest
            .into_iter()
            .map(WeekdayEntry::weekday)
            .collect();
        let hours = OfficeHours {
            morning: self.hours.morning,
            afternoon: self.hours.afternoon,
        };
        Calendar::new(days_off, makeup, rest, hours, self.last_published_year)
    }
}

impl WeekdayEntry {
    fn weekday(self) -> Weekday {
        match self {
            WeekdayEntry::Monday => Weekday::Monday,
            WeekdayEntry::Tuesday => Weekday::Tuesday,
            WeekdayEntry::Wednesday => Weekday::Wednesday,
            WeekdayEntry::Thursday => Weekday::Thursday,
            WeekdayEntry::Friday => Weekday::Friday,
            WeekdayEntry::Saturday => Weekday::Saturday,
            WeekdayEntry::Sunday => Weekday::Sunday,
        }
    }
}
