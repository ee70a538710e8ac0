//! A date of birth that may be only a month, only a year, or not known at all: many older people have no more.
//!
//! Not here: guessing the century of a two-digit year.

use std::fmt;

use jiff::civil::Date;

/// Older than anyone who comes to a counter, in years; also covers papers about people long dead.
const OLDEST: i16 = 150;

/// What is known of a birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// The day.
    Day(Date),
    /// Only the month.
    Month {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// Only the year.
    Year(i16),
    /// Nothing.
    Unknown,
}

/// Completed years of life; both ends are equal where the day of birth is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// At least so many years.
    pub at_least: i16,
    /// At most so many years.
    pub at_most: i16,
}

/// Why a typed birth is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthProblem {
    /// No such day, month or year, or not typed as one (31/02/1990, 15/03/90).
    NotADate,
    /// After today.
    InFuture,
    /// More than 150 years ago.
    TooOld,
}

impl fmt::Display for Birth {
    /// As Vietnamese papers write it: `15/03/1990`, `03/1950`, `1950`, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Birth::Day(d) => write!(f, "{:02}/{:02}/{:04}", d.day(), d.month(), d.year()),
            Birth::Month { year, month } => write!(f, "{month:02}/{year:04}"),
            Birth::Year(year) => write!(f, "{year:04}"),
            Birth::Unknown => Ok(()),
        }
    }
}

impl Birth {
    /// Reads what a clerk typed: `15/03/1990`, `15.3.1990`, `15031990`, `3/1950`, `1950`, `1990-03-15`, or nothing.
    ///
    /// # Errors
    /// [`BirthProblem`] against the day that the office calls today.
    pub fn parse(typed: &str, today: Date) -> Result<Birth, BirthProblem> {
        let birth = Self::read(typed).ok_or(BirthProblem::NotADate)?;
        let Some(first) = birth.first_day() else {
            return Ok(birth);
        };
        if first > today {
            Err(BirthProblem::InFuture)
        } else if first.year() < today.year().saturating_sub(OLDEST) {
            Err(BirthProblem::TooOld)
        } else {
            Ok(birth)
        }
    }

    /// What was typed as a date of any age, in the ways of [`Birth::parse`]; `None` when it is none.
    pub fn read(typed: &str) -> Option<Birth> {
        read(typed.trim())
    }

    /// As data and wire hold it: `1990-03-15`, `1950-03`, `1950`, or nothing.
    pub fn to_wire(&self) -> String {
        match self {
            Birth::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Birth::Month { year, month } => format!("{year:04}-{month:02}"),
            Birth::Year(year) => format!("{year:04}"),
            Birth::Unknown => String::new(),
        }
    }

    /// Reads what [`Birth::to_wire`] writes, and nothing else.
    pub fn from_wire(s: &str) -> Option<Birth> {
        let birth = if s.is_empty() {
            Birth::Unknown
        } else {
            big_endian(&s.split('-').collect::<Vec<_>>())?
        };
        (birth.to_wire() == s).then_some(birth)
    }

    /// The year, if anything is known.
    pub fn year(&self) -> Option<i16> {
        match self {
            Birth::Day(d) => Some(d.year()),
            Birth::Month { year, .. } | Birth::Year(year) => Some(*year),
            Birth::Unknown => None,
        }
    }

    /// The age on `day`; nothing when nothing is known, or when the person was not yet born.
    ///
    /// A year of life is complete on the birthday; who was born on 29 February has it on 1 March of other years.
    pub fn age_on(&self, day: Date) -> Option<Age> {
        let last = match self {
            Birth::Day(born) => Some(*born),
            Birth::Month { year, month } => {
                Date::new(*year, *month, 1).ok().map(|d| d.last_of_month())
            }
            Birth::Year(year) => Date::new(*year, 12, 31).ok(),
            Birth::Unknown => None,
        }?;
        let at_most = completed_years(self.first_day()?, day);
        (at_most >= 0).then(|| Age {
            at_least: completed_years(last, day).max(0),
            at_most,
        })
    }

    /// The earliest day that it can mean.
    fn first_day(&self) -> Option<Date> {
        match self {
            Birth::Day(d) => Some(*d),
            Birth::Month { year, month } => Date::new(*year, *month, 1).ok(),
            Birth::Year(year) => Date::new(*year, 1, 1).ok(),
            Birth::Unknown => None,
        }
    }
}

fn completed_years(born: Date, day: Date) -> i16 {
    let years = day.year().saturating_sub(born.year());
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    years.saturating_sub(i16::from(before_birthday))
}

fn read(typed: &str) -> Option<Birth> {
    if typed.is_empty() {
        return Some(Birth::Unknown);
    }
    let parts: Vec<&str> = typed
        .split(['/', '-', '.', ' '])
        .filter(|p| !p.is_empty())
        .collect();
    match parts.as_slice() {
        [run] if run.len() == 8 => {
            from_parts(run.get(4..)?, Some(run.get(2..4)?), Some(run.get(..2)?))
        }
        [year] => from_parts(year, None, None),
        [year, ..] if year.len() == 4 => big_endian(&parts),
        [month, year] => from_parts(year, Some(month), None),
        [day, month, year] => from_parts(year, Some(month), Some(day)),
        _ => None,
    }
}

fn big_endian(parts: &[&str]) -> Option<Birth> {
    match parts {
        [year] => from_parts(year, None, None),
        [year, month] => from_parts(year, Some(month), None),
        [year, month, day] => from_parts(year, Some(month), Some(day)),
        _ => None,
    }
}

fn from_parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Birth> {
    if year.len() != 4 {
        return None;
    }
    let year: i16 = digits(year)?;
    let month: Option<i8> = month.map(|m| digits(m).ok_or(())).transpose().ok()?;
    let day: Option<i8> = day.map(|d| digits(d).ok_or(())).transpose().ok()?;
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(Birth::Day),
        (Some(month), None) => Date::new(year, month, 1)
            .ok()
            .map(|_| Birth::Month { year, month }),
        _ => Date::new(year, 1, 1).ok().map(|_| Birth::Year(year)),
    }
}

/// Only digits: the standard parser also takes a sign.
fn digits<T: std::str::FromStr>(s: &str) -> Option<T> {
    s.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| s.parse().ok())
        .flatten()
}
