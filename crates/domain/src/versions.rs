//! What holds from which day on: an office's calendars, tariffs and lists of communes.
//!
//! Not here: what differs between them. A promise keeps the version with which it was made.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Versions of one thing by their days of effect; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions<T> {
    first: T,
    later: BTreeMap<Date, T>,
}

impl<T> From<T> for Versions<T> {
    fn from(only: T) -> Self {
        Versions {
            first: only,
            later: BTreeMap::new(),
        }
    }
}

impl<T> Versions<T> {
    /// Lets `one` hold from `from` on, until a version with a later day of effect. What was said before for the same
    /// day holds no more.
    pub fn set(&mut self, from: Date, one: T) {
        self.later.insert(from, one);
    }

    /// The version that holds on `day`: the last whose day of effect is not after it, or the first of all.
    pub fn on(&self, day: Date) -> &T {
        let held = self.later.range(..=day).next_back();
        held.map_or(&self.first, |(_, one)| one)
    }

    /// All versions, the earliest first.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(self.later.values())
    }
}
