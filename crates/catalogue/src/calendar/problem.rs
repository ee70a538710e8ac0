//! What can be wrong with a calendar's file, and where. Not here: the words on the screen.

use jiff::civil::Date;
use std::fmt;

/// Everything that is wrong with a file, by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarErrors(pub Vec<CalendarError>);

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarError {
    /// The line of the file, from 1.
    pub line: usize,
    /// The place in the file, such as `years[1].days_off[3]`; empty where the file as a whole is meant.
    pub place: String,
    /// What is wrong there.
    pub problem: CalendarProblem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarProblem {
    /// No JSON, or an entry that lacks something or has something unknown; in the reader's words.
    Shape {
        /// What the reader says.
        message: String,
    },
    /// No day of the week.
    UnknownWeekday {
        /// The word.
        word: String,
    },
    /// No date, or one that does not exist.
    NotADate {
        /// The text.
        text: String,
    },
    /// No time of day.
    NotATime {
        /// The text.
        text: String,
    },
    /// The office closes before it opens, or a span begins before the one before it has ended.
    HoursOrder,
    /// No IANA name of a time zone.
    Zone {
        /// The text.
        zone: String,
    },
    /// The years do not go up one by one.
    YearOrder {
        /// The year.
        year: i16,
        /// The one before it in the file.
        after: i16,
    },
    /// The day lies in another year than its list.
    WrongYear {
        /// The day.
        date: Date,
        /// The list's year.
        year: i16,
    },
    /// The year's own word disagrees with `last_published_year`.
    Published {
        /// The year.
        year: i16,
    },
    /// The day stands twice as the same country's day off, or twice as a make-up day.
    DayTwice {
        /// The day.
        date: Date,
        /// The line where it stands first.
        first: usize,
    },
    /// A make-up day is also a day off: nobody can say whether the office works.
    MakeUpIsOff {
        /// The day.
        date: Date,
        /// The line of the day off.
        off: usize,
    },
    /// A make-up day on which the office would work anyway.
    MakeUpIsWorking {
        /// The day.
        date: Date,
    },
    /// A day off without a name in both languages: the receipt could not say why.
    NoName {
        /// The day.
        date: Date,
    },
    /// No day of the week is worked.
    NoWorkingDay,
}

impl fmt::Display for CalendarErrors {
    /// One line for each mistake, for logs and the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{error}")?;
        }
        Ok(())
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CalendarError {
            line,
            place,
            problem,
        } = self;
        write!(f, "line {line}: {place}: {problem}")
    }
}

impl fmt::Display for CalendarProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarProblem::Shape { message } => f.write_str(message),
            CalendarProblem::UnknownWeekday { word } => write!(f, "“{word}” is no day of the week"),
            CalendarProblem::NotADate { text } => write!(f, "“{text}” is no date"),
            CalendarProblem::NotATime { text } => write!(f, "“{text}” is no time of day"),
            CalendarProblem::HoursOrder => f.write_str("the hours do not follow each other"),
            CalendarProblem::Zone { zone } => write!(f, "“{zone}” is no time zone"),
            CalendarProblem::YearOrder { year, after } => {
                write!(f, "{year} cannot come after {after}")
            }
            CalendarProblem::WrongYear { date, year } => write!(f, "{date} is not in {year}"),
            CalendarProblem::Published { year } => {
                write!(f, "{year}: “published” disagrees with last_published_year")
            }
            CalendarProblem::DayTwice { date, first } => {
                write!(f, "{date} stands already in line {first}")
            }
            CalendarProblem::MakeUpIsOff { date, off } => {
                write!(f, "{date} is to be worked, and is a day off in line {off}")
            }
            CalendarProblem::MakeUpIsWorking { date } => {
                write!(
                    f,
                    "{date} is an ordinary working day and makes up for nothing"
                )
            }
            CalendarProblem::NoName { date } => write!(f, "{date} has no name in both languages"),
            CalendarProblem::NoWorkingDay => f.write_str("no day of the week is worked"),
        }
    }
}

impl std::error::Error for CalendarErrors {}
