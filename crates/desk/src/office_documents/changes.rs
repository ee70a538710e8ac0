//! What would be other than today if a document were set: days, amounts, communes. Not here: what is wrong in it.

use super::{findings::Read, note, said};
use crate::{
    addresses::communes,
    dto::{CalendarDayKind, DocumentNote, kind_word},
    error::Result,
    rules::Rules,
};
use jiff::civil::{Date, date};
use onedoor_catalogue::{Units, tariff::OfficeTariff};
use onedoor_domain::calendar::{Calendar, DayKind};
use std::collections::BTreeMap;

/// Years after today's whose days are compared.
const YEARS_AHEAD: i16 = 2;

/// The changes against what holds today.
pub(super) fn of(read: &Read, rules: &Rules, today: Date) -> Result<Vec<DocumentNote>> {
    match read {
        Read::Calendar(calendar) => Ok(days(calendar, rules.calendar(today), today)),
        Read::Tariff(tariff) => Ok(amounts(tariff, rules.tariff(today))),
        Read::Units(units) => Ok(lists(units, rules.units(today)?, today)),
    }
}

fn days(new: &Calendar, old: &Calendar, today: Date) -> Vec<DocumentNote> {
    let year = today.year();
    let last = date(year.saturating_add(YEARS_AHEAD), 12, 31);
    let mut changes = Vec::new();
    for year in year..=last.year() {
        let word = match (old.published(year), new.published(year)) {
            (false, true) => "published_now",
            (true, false) => "unpublished_now",
            _ => continue,
        };
        changes.push(note(None, word, [("year", year.to_string())]));
    }
    if hours(new) != hours(old) {
        let params = [("from", hours(old)), ("to", hours(new))];
        changes.push(note(None, "hours", params));
    }
    let series = today.series(jiff::Span::new().days(1));
    for day in series.take_while(|day| *day <= last) {
        let (was, is) = (kind(old, day), kind(new, day));
        if was == is {
            continue;
        }
        let named = new.day_off(day).or_else(|| old.day_off(day));
        let params = [
            ("date", said(day)),
            ("was", kind_word(was).to_string()),
            ("is", kind_word(is).to_string()),
            (
                "vi",
                named.map_or_else(String::new, |off| off.name_vi.clone()),
            ),
            (
                "en",
                named.map_or_else(String::new, |off| off.name_en.clone()),
            ),
        ];
        changes.push(note(None, "day", params));
    }
    changes
}

fn kind(calendar: &Calendar, day: Date) -> Option<CalendarDayKind> {
    match calendar.kind(day) {
        DayKind::Working => None,
        DayKind::MakeUp => Some(CalendarDayKind::MakeUp),
        DayKind::WeeklyRest => Some(CalendarDayKind::Rest),
        DayKind::Holiday(_) => Some(CalendarDayKind::Off),
    }
}

fn hours(calendar: &Calendar) -> String {
    let at = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let spans = calendar.hours().spans();
    let spans = spans.map(|open| format!("{}–{}", at(open.from), at(open.to)));
    spans.join(", ")
}

fn amounts(new: &OfficeTariff, old: &OfficeTariff) -> Vec<DocumentNote> {
    let of = |tariff: &OfficeTariff| -> BTreeMap<(String, String), String> {
        let lines = tariff.lines().iter();
        lines
            .map(|line| {
                let key = (line.procedure.clone(), line.item.clone());
                (key, line.amount.format_vi())
            })
            .collect()
    };
    let (was, is) = (of(old), of(new));
    let mut changes = Vec::new();
    for (key, amount) in &is {
        let before = was.get(key).cloned().unwrap_or_default();
        if before != *amount {
            changes.push(amount_note(key, before, amount.clone()));
        }
    }
    for (key, before) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
        changes.push(amount_note(key, before.clone(), String::new()));
    }
    for dated in new
        .rates()
        .iter()
        .filter(|rate| !old.rates().contains(rate))
    {
        let rate = dated.rate;
        let params = [
            ("from", rate.from.as_str().to_string()),
            ("to", rate.to.as_str().to_string()),
            ("date", said(dated.from)),
        ];
        changes.push(note(None, "rate", params));
    }
    changes
}

/// One without an amount before is new; one without an amount after is no longer set by the office.
fn amount_note((code, item): &(String, String), was: String, is: String) -> DocumentNote {
    let word = match (was.is_empty(), is.is_empty()) {
        (true, _) => "fee_new",
        (_, true) => "fee_gone",
        _ => "fee",
    };
    let params = [
        ("code", code.clone()),
        ("item", item.clone()),
        ("was", was),
        ("is", is),
    ];
    note(None, word, params)
}

fn lists(new: &Units, old: &Units, today: Date) -> Vec<DocumentNote> {
    let from = new.editions().last().map_or(today, |edition| edition.from);
    let (theirs, ours) = (communes(new, from), communes(old, today));
    let mut changes = vec![note(
        None,
        "communes",
        [("count", theirs.len().to_string())],
    )];
    let mut counted = |word: &str, code: &str, was: Option<&String>, is: Option<&String>| {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let params = [
            ("code", code.to_string()),
            ("was", text(was)),
            ("is", text(is)),
        ];
        changes.push(note(None, word, params));
    };
    for (code, address) in &theirs {
        match ours.get(code) {
            None => counted("commune_new", code, None, Some(address)),
            Some(known) if known != address => {
                counted("commune", code, Some(known), Some(address));
            }
            Some(_) => {}
        }
    }
    for (code, address) in ours.iter().filter(|(code, _)| !theirs.contains_key(*code)) {
        counted("commune_gone", code, Some(address), None);
    }
    changes
}
