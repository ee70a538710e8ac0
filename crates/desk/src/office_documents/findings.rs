//! What is wrong in a document, and what should be looked at before it is set. Not here: the reading itself
//! (`onedoor_catalogue`), what it would change (`changes`), the words (the screen).

use super::note;
use crate::{
    dto::{DocumentNote, OfficePart},
    error::Result,
    rules::{Rules, part_word, read_calendar},
};
use jiff::civil::Date;
use onedoor_catalogue::{
    Units,
    calendar::{CalendarError, CalendarProblem},
    find::{Found, WholeCatalogue},
    tariff::{OfficeTariff, TariffError, TariffProblem},
    units::{ImportProblem, Wrong},
};
use onedoor_domain::{calendar::Calendar, procedure::Procedure};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A document that can be set.
pub(super) enum Read {
    Calendar(Box<Calendar>),
    Tariff(Box<OfficeTariff>),
    Units(Box<Units>),
}

/// A document that was looked at; without `read` it can't be set.
pub(super) struct Looked {
    pub(super) read: Option<Read>,
    pub(super) lines: Vec<DocumentNote>,
}

impl Read {
    /// Its name, for people.
    pub(super) fn title(&self) -> String {
        match self {
            Read::Calendar(calendar) => calendar.version().to_string(),
            Read::Tariff(tariff) => format!("{} · {}", tariff.version, tariff.office),
            Read::Units(units) => {
                let newest = units.editions().last();
                newest.map_or_else(String::new, |edition| edition.decree.to_string())
            }
        }
    }

    /// The day of effect that it names itself.
    pub(super) fn from(&self) -> Option<String> {
        let from = match self {
            Read::Calendar(calendar) => Some(calendar.from()).filter(|from| *from != Date::MIN),
            Read::Tariff(_) => None,
            Read::Units(units) => units.editions().last().map(|edition| edition.from),
        };
        from.map(|from| from.to_string())
    }
}

/// Reads a document of a part.
pub(super) fn look(
    part: OfficePart,
    text: &str,
    rules: &Rules,
    (zone, today): (&str, Date),
) -> Result<Looked> {
    if let Some(other) = kind_of(text).filter(|other| *other != part) {
        let params = [("part", part_word(other).to_string())];
        return Ok(refused(vec![note(None, "other_part", params)]));
    }
    Ok(match part {
        OfficePart::Calendar => match read_calendar(text, rules.mission.is_some()) {
            Ok(calendar) => {
                let other = Some(calendar.zone()).filter(|own| *own != zone);
                let named = |own: &str| [("zone", own.to_string()), ("office", zone.to_string())];
                let lines = other.map(|own| note(None, "other_zone", named(own)));
                taken(Read::Calendar(Box::new(calendar)), lines)
            }
            Err(errors) => refused(errors.0.iter().map(of_calendar).collect()),
        },
        OfficePart::Tariff => match OfficeTariff::read(text) {
            Ok(tariff) => {
                let whole = rules.whole(today)?;
                let unknown = tariff.unknown(|code| fees_of(whole, code));
                match unknown.is_empty() {
                    true => taken(Read::Tariff(Box::new(tariff)), None),
                    false => refused(unknown.iter().map(of_tariff).collect()),
                }
            }
            Err(errors) => refused(errors.0.iter().map(of_tariff).collect()),
        },
        OfficePart::Units => match Units::import(text) {
            Ok(units) => {
                let lines = units
                    .is_without_history()
                    .then(|| note(None, "no_history", []));
                taken(Read::Units(Box::new(units)), lines)
            }
            Err(problems) => refused(problems.iter().map(of_units).collect()),
        },
        // Packed bytes, which only the centre sets.
        OfficePart::Catalogue => refused(vec![note(
            None,
            "other_part",
            [("part", part_word(part).to_string())],
        )]),
    })
}

fn taken(read: Read, lines: Option<DocumentNote>) -> Looked {
    Looked {
        read: Some(read),
        lines: lines.into_iter().collect(),
    }
}

fn refused(lines: Vec<DocumentNote>) -> Looked {
    Looked { read: None, lines }
}

/// Whose file it looks like, by a name that only files of that part have.
fn kind_of(text: &str) -> Option<OfficePart> {
    let names: BTreeMap<String, IgnoredAny> = serde_json::from_str(text).ok()?;
    let marks = [
        ("years", OfficePart::Calendar),
        ("lines", OfficePart::Tariff),
        ("communes", OfficePart::Units),
    ];
    let mark = marks
        .into_iter()
        .find(|(name, _)| names.contains_key(*name));
    mark.map(|(_, part)| part)
}

/// The ids of a procedure's fees; none for a code that nobody knows.
pub(super) fn fees_of(whole: &WholeCatalogue, code: &str) -> Option<Vec<String>> {
    let ids = |procedure: &Procedure| {
        let items = procedure.fees.items.iter();
        items.map(|item| item.id.clone()).collect()
    };
    match whole.get(code)? {
        Found::Curated(procedure) => Some(ids(procedure)),
        Found::Listed(listed) => Some(ids(listed.sheet())),
        Found::National(page) => {
            let details = whole.details(page.code).ok()??;
            let procedure = details.procedure().unwrap_or_else(|_| details.sheet());
            Some(ids(&procedure))
        }
    }
}

fn of_calendar(error: &CalendarError) -> DocumentNote {
    let line = Some(error.line);
    let date = |date: &Date| ("date", super::said(*date));
    match &error.problem {
        CalendarProblem::Shape { message } => shape(line, message),
        CalendarProblem::UnknownWeekday { word } => note(line, "weekday", [("text", word.clone())]),
        CalendarProblem::NotADate { text } => note(line, "not_a_date", [("text", text.clone())]),
        CalendarProblem::NotATime { text } => note(line, "not_a_time", [("text", text.clone())]),
        CalendarProblem::HoursOrder => note(line, "hours_order", []),
        CalendarProblem::Zone { zone } => note(line, "zone", [("text", zone.clone())]),
        CalendarProblem::YearOrder { year, after } => {
            let params = [("year", year.to_string()), ("after", after.to_string())];
            note(line, "year_order", params)
        }
        CalendarProblem::WrongYear { date: day, year } => {
            note(line, "wrong_year", [date(day), ("year", year.to_string())])
        }
        CalendarProblem::Published { year } => {
            note(line, "published", [("year", year.to_string())])
        }
        CalendarProblem::DayTwice { date: day, first } => {
            note(line, "day_twice", [date(day), ("first", first.to_string())])
        }
        CalendarProblem::MakeUpIsOff { date: day, off } => note(
            line,
            "make_up_is_off",
            [date(day), ("first", off.to_string())],
        ),
        CalendarProblem::MakeUpIsWorking { date: day } => {
            note(line, "make_up_is_working", [date(day)])
        }
        CalendarProblem::NoName { date: day } => note(line, "no_name", [date(day)]),
        CalendarProblem::NoWorkingDay => note(line, "no_working_day", []),
    }
}

fn of_tariff(error: &TariffError) -> DocumentNote {
    let line = Some(error.line);
    let text = |text: &String| [("text", text.clone())];
    match &error.problem {
        TariffProblem::Shape { message } => shape(line, message),
        TariffProblem::Amount { text: found } => note(line, "amount", text(found)),
        TariffProblem::BelowZero { text: found } => note(line, "below_zero", text(found)),
        TariffProblem::Currency { text: found } => note(line, "currency", text(found)),
        TariffProblem::NotADate { text: found } => note(line, "not_a_date", text(found)),
        TariffProblem::OneRate => note(line, "one_rate", []),
        TariffProblem::Twice { first } => note(line, "twice", [("first", first.to_string())]),
        TariffProblem::UnknownProcedure { code } => note(line, "unknown_procedure", text(code)),
        TariffProblem::UnknownItem { code, item } => {
            let params = [("text", code.clone()), ("item", item.clone())];
            note(line, "unknown_item", params)
        }
    }
}

fn of_units(problem: &ImportProblem) -> DocumentNote {
    let place = ("place", problem.place.clone());
    match &problem.wrong {
        Wrong::Shape(message) => shape(line_in(message), message),
        Wrong::Empty => note(None, "units_empty", [place]),
        Wrong::Code { digits } => note(None, "units_code", [place, ("digits", digits.to_string())]),
        Wrong::Twice => note(None, "units_twice", [place]),
        Wrong::Name => note(None, "units_name", [place]),
        Wrong::Kind(text) => note(None, "units_kind", [place, ("text", text.clone())]),
        Wrong::Unknown(code) => note(None, "units_unknown", [place, ("text", code.clone())]),
        Wrong::Order => note(None, "units_order", [place]),
        Wrong::Partial => note(None, "units_partial", [place]),
        Wrong::Hints => note(None, "units_hints", [place]),
    }
}

/// The reader's words are English: the screen shows them in brackets behind its own.
fn shape(line: Option<usize>, message: &str) -> DocumentNote {
    let bare = message.split(" at line ").next().unwrap_or_default();
    note(line, "shape", [("detail", bare.to_string())])
}

fn line_in(message: &str) -> Option<usize> {
    let (_, behind) = message.split_once(" at line ")?;
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
