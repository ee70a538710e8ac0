//! The office's calendar of a year, as the screen shows it. Not here: a filing's own days (`DueView`).

use super::{Text2, WhoseDay};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// One year of the calendar by which due dates are counted.
pub struct CalendarYear {
    pub year: i16,
    /// Its days off were officially announced; otherwise they are computed and may still change.
    pub published: bool,
    pub version: u32,
    /// IANA name of the office's time zone.
    pub zone: String,
    /// Every day that is no ordinary working day, in order: weekly rest, days off, rest days that are worked.
    pub days: Vec<CalendarDay>,
    /// The hours of an ordinary day, `07:30–11:30`.
    pub hours: Vec<String>,
}

/// A day that is no ordinary working day.
pub struct CalendarDay {
    /// `YYYY-MM-DD`.
    pub date: String,
    pub kind: CalendarDayKind,
    /// Of a day off.
    pub name: Option<Text2>,
    /// Of a day off: whose it is.
    pub whose: Option<WhoseDay>,
}
#[derive(Copy, Eq)]
pub enum CalendarDayKind { Rest, Off, MakeUp }
}
