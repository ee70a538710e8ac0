//! What an office sets itself: calendar, tariff, list of communes; and what makes it a mission. Not here: the files'
//! own shapes (`onedoor_catalogue`).

use super::CalendarDayKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

dto! {
/// A part of the office's rules; it may set all but the catalogue itself.
#[derive(Copy, Eq, PartialOrd, Ord)]
pub enum OfficePart { Calendar, Tariff, Units, Catalogue }

/// A document by which the office works, or did, or will.
pub struct OfficeDocumentView {
    /// Tells it from every other of its part; empty for what ships with the program.
    pub id: String,
    pub part: OfficePart,
    /// The first day on which it holds; none for what ships with the program.
    pub from: Option<String>,
    /// Its name; empty for what ships with the program.
    pub title: String,
    /// When it was set, local time.
    pub set_at: Option<String>,
    /// Who set it, or empty.
    pub by: String,
    /// The provincial centre set it.
    pub by_centre: bool,
    /// It holds today.
    pub in_force: bool,
    /// Set again after another one had been: it means what ships with the program.
    pub shipped: bool,
    /// The document can't be read any more: what ships with the program holds in its place.
    pub damaged: bool,
    /// Only a newer program can read it: what held before holds.
    pub newer: bool,
    /// Another counter set it, and it is not on this machine yet: what held before holds.
    pub awaited: bool,
}

/// What a document says, before it is set.
pub struct OfficeDocumentReport {
    /// It may be set.
    pub ok: bool,
    /// Its name: version and whose it is.
    pub title: String,
    /// The day of effect that it names itself.
    pub from: Option<String>,
    /// Everything that is wrong, and what should be looked at, by line.
    pub lines: Vec<DocumentNote>,
    /// What would be other than today.
    pub changes: Vec<DocumentNote>,
    /// Changes that are not listed.
    pub more: u32,
}

/// A note about a document. `code` chooses the text, `params` fill it.
pub struct DocumentNote {
    /// The line of the file, from 1; none where the file as a whole is meant.
    pub line: Option<u32>,
    pub code: String,
    pub params: BTreeMap<String, String>,
}

/// What makes an office a mission abroad.
#[derive(Eq)]
pub struct MissionView {
    /// Two letters of the host country.
    pub host: String,
    /// What it takes fees in, ISO 4217.
    pub currency: String,
    /// The program has no calendar of this country and none was set: due dates are not certain.
    #[serde(default)]
    pub calendar_missing: bool,
}

/// Whose day off it is.
#[derive(Copy, Eq)]
pub enum WhoseDay { Vietnam, Host, Both, Office }
}

/// Kinds of days whose change a report names.
pub(crate) fn kind_word(kind: Option<CalendarDayKind>) -> &'static str {
    match kind {
        None => "working",
        Some(CalendarDayKind::Rest) => "rest",
        Some(CalendarDayKind::Off) => "off",
        Some(CalendarDayKind::MakeUp) => "make_up",
    }
}
