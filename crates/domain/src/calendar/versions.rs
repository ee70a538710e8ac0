//! The versions of an office's calendar, by their dates of effect.
//!
//! Not here: what differs between them. A promise keeps the version with which it was made.

use jiff::civil::Date;

use super::Calendar;

/// Why versions cannot stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionProblem {
    /// There is none.
    Empty,
    /// Two have this number.
    TwiceNumber(u32),
    /// Two hold from this day on.
    TwiceFrom(Date),
    /// A later day of effect has a lower number.
    Backwards {
        /// The number that comes first by date.
        earlier: u32,
        /// The lower number that comes after it.
        later: u32,
    },
}

/// All versions of one office's calendar; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendars {
    first: Calendar,
    later: Vec<Calendar>,
}

impl From<Calendar> for Calendars {
    fn from(only: Calendar) -> Self {
        Calendars {
            first: only,
            later: Vec::new(),
        }
    }
}

impl Calendars {
    /// Versions in any order.
    ///
    /// # Errors
    /// [`VersionProblem`], the first by date of effect.
    pub fn new(mut versions: Vec<Calendar>) -> Result<Self, VersionProblem> {
        versions.sort_by_key(|calendar| calendar.from);
        for pair in versions.windows(2) {
            let [a, b] = pair else { continue };
            if a.version == b.version {
                return Err(VersionProblem::TwiceNumber(a.version));
            }
            if a.from == b.from {
                return Err(VersionProblem::TwiceFrom(a.from));
            }
            if a.version > b.version {
                return Err(VersionProblem::Backwards {
                    earlier: a.version,
                    later: b.version,
                });
            }
        }
        let mut versions = versions.into_iter();
        let first = versions.next().ok_or(VersionProblem::Empty)?;
        Ok(Calendars {
            first,
            later: versions.collect(),
        })
    }

    /// The version that holds on `day`: the last whose day of effect is not after it, or the first of all.
    pub fn on(&self, day: Date) -> &Calendar {
        let held = self.later.iter().rev().find(|c| c.from <= day);
        held.unwrap_or(&self.first)
    }

    /// All versions, the earliest first.
    pub fn all(&self) -> impl Iterator<Item = &Calendar> {
        std::iter::once(&self.first).chain(&self.later)
    }
}
