//! A calendar's file: an office's hours and the days off of its years, read with every mistake named at its line.
//!
//! The file is one JSON object: `version`, `last_published_year`, `weekly_rest` (words such as `saturday`), `hours`
//! (`morning` and `afternoon`, each a pair of times) and `years` (each with `year`, `published`, `days_off` and
//! `makeup_days`); beside them, where an office differs, `from` (day of effect), `zone`, `week` (single weekdays with
//! `open`, `counts`, `agencies`), `weeks_from` (another week from a day on) and `hours_on` (single days).
//! Not here: how days are counted (domain), and where an imported file is kept (store).

mod entries;
mod problem;
mod reading;

use onedoor_domain::calendar::Calendar;

pub use problem::{CalendarError, CalendarErrors, CalendarProblem};

/// The calendar of Vietnam that ships with the program.
///
/// # Errors
/// Only if the shipped file is broken; a test reads it.
pub fn shipped() -> Result<Calendar, CalendarErrors> {
    read(include_str!("../../../assets/catalogue/calendar.json"))
}

/// A sample of a mission's calendar: Berlin, with the days of Germany and Vietnam.
///
/// # Errors
/// Only if a shipped file is broken; a test reads it.
pub fn shipped_mission() -> Result<Calendar, CalendarErrors> {
    read_mission(
        include_str!("../../../assets/catalogue/calendar-berlin.json"),
        &shipped()?,
    )
}

/// Reads the calendar of an office in Vietnam.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn read(json: &str) -> Result<Calendar, CalendarErrors> {
    reading::read(json, None)
}

/// Reads the calendar of a mission abroad: the days off in `json` are the host's unless they say otherwise, those of
/// `vietnam` are added, its make-up days are not. A year is published when both countries' are.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn read_mission(json: &str, vietnam: &Calendar) -> Result<Calendar, CalendarErrors> {
    reading::read(json, Some(vietnam))
}
