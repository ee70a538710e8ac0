//! From a calendar's file to the rules' calendar, collecting every mistake on the way. Not here: the file's shapes.

use super::entries::{CountsWord, File, Hours, HoursOn, Off, WeekDay, WeekFrom, WhoseWord, Year};
use super::problem::{CalendarError, CalendarErrors, CalendarProblem};
use crate::lines::line_of;
use jiff::civil::{Date, Time, Weekday};
use onedoor_domain::calendar::{Calendar, Counts, DayOff, DayPlan, OfficeHours, Open, Week, Whose};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A file with more mistakes than this is no calendar; the first ones are told.
const MOST_ERRORS: usize = 100;

pub(super) fn read(json: &str, vietnam: Option<&Calendar>) -> Result<Calendar, CalendarErrors> {
    let mut reading = Reading {
        text: json,
        host: vietnam.is_some(),
        errors: Vec::new(),
        off: BTreeMap::new(),
        makeup: BTreeMap::new(),
        days_off: Vec::new(),
    };
    let calendar = reading.file(vietnam);
    let mut errors = reading.errors;
    errors.sort_by_key(|error| error.line);
    errors.truncate(MOST_ERRORS);
    match calendar {
        Some(calendar) if errors.is_empty() => Ok(calendar),
        _ => Err(CalendarErrors(errors)),
    }
}

/// The text, what was found wrong, and which day stands in which line.
struct Reading<'a> {
    text: &'a str,
    /// Days off are the host's unless they say otherwise.
    host: bool,
    errors: Vec<CalendarError>,
    off: BTreeMap<(Date, u8), usize>,
    makeup: BTreeMap<Date, usize>,
    days_off: Vec<DayOff>,
}

impl<'a> Reading<'a> {
    fn file(&mut self, vietnam: Option<&Calendar>) -> Option<Calendar> {
        let file: File<'a> = match serde_json::from_str(self.text) {
            Ok(file) => file,
            Err(error) => {
                self.shape(error.line().max(1), "", &error);
                return None;
            }
        };
        let rest = self.weekly_rest(&file.weekly_rest, "weekly_rest");
        let hours = self.hours(file.hours, "hours")?;
        let week = self.week(Week::regular(hours, &rest), &file.week, "week");
        if week.rest().len() == 7 {
            self.error(file.hours, "weekly_rest", CalendarProblem::NoWorkingDay);
        }
        self.years(&file, &week);
        let mut last_published_year = file.last_published_year;
        let mut days_off = std::mem::take(&mut self.days_off);
        if let Some(vietnam) = vietnam {
            last_published_year = last_published_year.min(vietnam.last_published_year());
            // Vietnam's first, so that a day of both names it first.
            days_off.splice(..0, vietnam.days_off().iter().cloned());
        }
        let makeup = self.makeup.keys().copied().collect();
        let mut calendar = Calendar::new(days_off, makeup, rest, hours, last_published_year)
            .with_week(week)
            .with_version(file.version, self.from(file.from));
        if let Some(zone) = self.zone(file.zone) {
            calendar = calendar.with_zone(&zone);
        }
        calendar = self.weeks_from(calendar, &file.weeks_from);
        Some(self.hours_on(calendar, &file.hours_on))
    }

    fn years(&mut self, file: &File<'a>, week: &Week) {
        let mut before: Option<i16> = None;
        for (at, raw) in file.years.iter().enumerate() {
            let place = format!("years[{at}]");
            let Some(year) = self.parse::<Year<'a>>(raw, &place) else {
                continue;
            };
            if let Some(after) = before.filter(|after| after.checked_add(1) != Some(year.year)) {
                let problem = CalendarProblem::YearOrder {
                    year: year.year,
                    after,
                };
                self.error(raw, &place, problem);
            }
            before = Some(year.year);
            if year.published != (year.year <= file.last_published_year) {
                let problem = CalendarProblem::Published { year: year.year };
                self.error(raw, &place, problem);
            }
            for (n, raw) in year.days_off.iter().enumerate() {
                self.day_off(raw, year.year, &format!("{place}.days_off[{n}]"));
            }
            for (n, raw) in year.makeup_days.iter().enumerate() {
                let place = format!("{place}.makeup_days[{n}]");
                self.makeup_day(raw, year.year, week, &place);
            }
        }
    }

    fn day_off(&mut self, raw: &'a RawValue, year: i16, place: &str) {
        let Some(off) = self.parse::<Off>(raw, place) else {
            return;
        };
        let Some(date) = self.date_in(raw, &off.date, year, place) else {
            return;
        };
        let whose = match off.whose {
            Some(WhoseWord::Vietnam) => Whose::Vietnam,
            Some(WhoseWord::Host) => Whose::Host,
            Some(WhoseWord::Office) => Whose::Office,
            None if self.host => Whose::Host,
            None => Whose::Vietnam,
        };
        if off.name_vi.trim().is_empty() || off.name_en.trim().is_empty() {
            self.error(raw, place, CalendarProblem::NoName { date });
        }
        let line = line_of(self.text, raw);
        let key = (date, whose as u8);
        if let Some(first) = self.off.get(&key).copied() {
            self.error(raw, place, CalendarProblem::DayTwice { date, first });
            return;
        }
        self.off.insert(key, line);
        self.days_off.push(DayOff {
            date,
            name_vi: off.name_vi,
            name_en: off.name_en,
            whose,
        });
    }

    fn makeup_day(&mut self, raw: &'a RawValue, year: i16, week: &Week, place: &str) {
        let Some(text) = self.parse::<String>(raw, place) else {
            return;
        };
        let Some(date) = self.date_in(raw, &text, year, place) else {
            return;
        };
        let off = self.off.range((date, 0)..=(date, u8::MAX)).next();
        if let Some(off) = off.map(|(_, line)| *line) {
            self.error(raw, place, CalendarProblem::MakeUpIsOff { date, off });
        } else if !week.is_rest(date.weekday()) {
            self.error(raw, place, CalendarProblem::MakeUpIsWorking { date });
        }
        let line = line_of(self.text, raw);
        match self.makeup.get(&date).copied() {
            Some(first) => self.error(raw, place, CalendarProblem::DayTwice { date, first }),
            None => {
                self.makeup.insert(date, line);
            }
        }
    }

    fn weekly_rest(&mut self, raws: &[&'a RawValue], place: &str) -> Vec<Weekday> {
        let mut rest = Vec::new();
        for (at, raw) in raws.iter().enumerate() {
            let place = format!("{place}[{at}]");
            let word = self.parse::<String>(raw, &place);
            rest.extend(word.and_then(|word| self.weekday(raw, &word, &place)));
        }
        rest
    }

    fn weekday(&mut self, raw: &'a RawValue, word: &str, place: &str) -> Option<Weekday> {
        let day = match word {
            "monday" => Weekday::Monday,
            "tuesday" => Weekday::Tuesday,
            "wednesday" => Weekday::Wednesday,
            "thursday" => Weekday::Thursday,
            "friday" => Weekday::Friday,
            "saturday" => Weekday::Saturday,
            "sunday" => Weekday::Sunday,
            _ => {
                let word = word.to_owned();
                self.error(raw, place, CalendarProblem::UnknownWeekday { word });
                return None;
            }
        };
        Some(day)
    }

    fn hours(&mut self, raw: &'a RawValue, place: &str) -> Option<OfficeHours> {
        let hours = self.parse::<Hours>(raw, place)?;
        let spans = self.spans(raw, &[hours.morning, hours.afternoon], place)?;
        match spans.as_slice() {
            [morning, afternoon] => Some(OfficeHours {
                morning: (morning.from, morning.to),
                afternoon: (afternoon.from, afternoon.to),
            }),
            _ => None,
        }
    }

    fn spans(&mut self, raw: &'a RawValue, open: &[[String; 2]], place: &str) -> Option<Vec<Open>> {
        let mut spans: Vec<Open> = Vec::new();
        for [from, to] in open {
            let (from, to) = (self.time(raw, from, place)?, self.time(raw, to, place)?);
            let follows = spans.last().is_none_or(|before| before.to <= from);
            if from >= to || !follows {
                self.error(raw, place, CalendarProblem::HoursOrder);
                return None;
            }
            spans.push(Open { from, to });
        }
        Some(spans)
    }

    fn week(&mut self, regular: Week, raws: &[&'a RawValue], place: &str) -> Week {
        let mut week = regular;
        for (at, raw) in raws.iter().enumerate() {
            let place = format!("{place}[{at}]");
            let Some(entry) = self.parse::<WeekDay>(raw, &place) else {
                continue;
            };
            let day = self.weekday(raw, &entry.day, &place);
            let open = self.spans(raw, &entry.open, &place);
            if let (Some(day), Some(open)) = (day, open) {
                let counts = match entry.counts {
                    CountsWord::WorkingDay => Counts::WorkingDay,
                    CountsWord::IntakeOnly => Counts::IntakeOnly,
                };
                let plan = DayPlan {
                    open,
                    counts,
                    agencies: entry.agencies,
                };
                week = week.with(day, plan);
            }
        }
        week
    }

    fn weeks_from(&mut self, mut calendar: Calendar, raws: &[&'a RawValue]) -> Calendar {
        for (at, raw) in raws.iter().enumerate() {
            let place = format!("weeks_from[{at}]");
            let Some(entry) = self.parse::<WeekFrom<'a>>(raw, &place) else {
                continue;
            };
            let rest = self.weekly_rest(&entry.weekly_rest, &format!("{place}.weekly_rest"));
            let hours = self.hours(entry.hours, &format!("{place}.hours"));
            let from = self.date(raw, &entry.from, &place);
            if let (Some(hours), Some(from)) = (hours, from) {
                let regular = Week::regular(hours, &rest);
                let week = self.week(regular, &entry.week, &format!("{place}.week"));
                calendar = calendar.with_week_from(from, week);
            }
        }
        calendar
    }

    fn hours_on(&mut self, mut calendar: Calendar, raws: &[&'a RawValue]) -> Calendar {
        for (at, raw) in raws.iter().enumerate() {
            let place = format!("hours_on[{at}]");
            let Some(entry) = self.parse::<HoursOn>(raw, &place) else {
                continue;
            };
            let date = self.date(raw, &entry.date, &place);
            let open = self.spans(raw, &entry.open, &place);
            if let (Some(date), Some(open)) = (date, open) {
                calendar = calendar.with_hours_on(date, open);
            }
        }
        calendar
    }

    fn from(&mut self, raw: Option<&'a RawValue>) -> Date {
        let read = raw.and_then(|raw| {
            let text = self.parse::<String>(raw, "from")?;
            self.date(raw, &text, "from")
        });
        read.unwrap_or(Date::MIN)
    }

    fn zone(&mut self, raw: Option<&'a RawValue>) -> Option<String> {
        let raw = raw?;
        let zone = self.parse::<String>(raw, "zone")?;
        let named = |part: &str| {
            let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
            !part.is_empty() && part.bytes().all(sign)
        };
        if zone.contains('/') && zone.split('/').all(named) {
            return Some(zone);
        }
        self.error(raw, "zone", CalendarProblem::Zone { zone });
        None
    }

    fn date_in(&mut self, raw: &'a RawValue, text: &str, year: i16, place: &str) -> Option<Date> {
        let date = self.date(raw, text, place)?;
        if date.year() == year {
            return Some(date);
        }
        self.error(raw, place, CalendarProblem::WrongYear { date, year });
        None
    }

    fn date(&mut self, raw: &'a RawValue, text: &str, place: &str) -> Option<Date> {
        // The plain form only: the parser would also take a time or a zone behind it.
        let date = text
            .parse()
            .ok()
            .filter(|date: &Date| date.to_string() == text);
        if date.is_none() {
            let text = text.to_owned();
            self.error(raw, place, CalendarProblem::NotADate { text });
        }
        date
    }

    fn time(&mut self, raw: &'a RawValue, text: &str, place: &str) -> Option<Time> {
        let time = text
            .parse()
            .ok()
            .filter(|time: &Time| time.strftime("%H:%M").to_string() == text);
        if time.is_none() {
            let text = text.to_owned();
            self.error(raw, place, CalendarProblem::NotATime { text });
        }
        time
    }

    fn parse<T: Deserialize<'a>>(&mut self, raw: &'a RawValue, place: &str) -> Option<T> {
        match serde_json::from_str(raw.get()) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = line_of(self.text, raw) + error.line().saturating_sub(1);
                self.shape(line, place, &error);
                None
            }
        }
    }

    fn shape(&mut self, line: usize, place: &str, error: &serde_json::Error) {
        let said = error.to_string();
        // The line that it adds counts from the entry, not from the file.
        let message = said.split(" at line ").next().unwrap_or_default();
        self.errors.push(CalendarError {
            line,
            place: place.to_owned(),
            problem: CalendarProblem::Shape {
                message: message.to_owned(),
            },
        });
    }

    fn error(&mut self, raw: &'a RawValue, place: &str, problem: CalendarProblem) {
        self.errors.push(CalendarError {
            line: line_of(self.text, raw),
            place: place.to_owned(),
            problem,
        });
    }
}
