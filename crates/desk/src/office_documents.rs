//! What the office sets itself: its calendar, tariff and list of communes are looked at, set from a day on, and taken
//! back by setting what held before. Not here: how the rules are made from them (`rules`), what is found in a document
//! (`findings`).

mod changes;
mod findings;

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
    rules::{PARTS, part_of, part_word},
};
use findings::Looked;
use jiff::{ToSpan, civil::Date};
use onedoor_domain::text;
use onedoor_protocol::journal::OfficeDocumentSet;
use onedoor_store::{Hash32, Lines, Op, tables::office_documents::OfficeDocumentRow};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A list of all communes is some two million characters.
const MOST_TEXT: usize = 32 << 20;
/// Changes that are listed; the others are counted.
const MOST_CHANGES: usize = 40;
/// A day of effect lies so near: anything else is a slip of the finger.
const YEARS: i16 = 10;
const MIME: &str = "application/json";

impl Desk {
    pub(crate) fn office_documents(&self) -> Result<Vec<OfficeDocumentView>> {
        let at = self.at_work()?;
        let (rows, staff) = at
            .store
            .read(|reader| Ok((reader.office_documents()?, reader.staff()?)))?;
        let names: BTreeMap<Uuid, String> =
            staff.into_iter().map(|row| (row.id, row.name)).collect();
        let rules = self.rules();
        let today = at.now.date();
        let mut views = Vec::new();
        for part in PARTS {
            let awaited = |row: &OfficeDocumentRow| {
                let of = (part, row.hlc);
                rules.awaited.contains(&of) || row.by_peer && !rules.known.contains(&of)
            };
            let here = rows.iter().filter(|row| {
                let of = (part, row.hlc);
                // A damaged catalogue takes no day from the one before it; other parts go back to what ships.
                let refused = part == OfficePart::Catalogue && rules.damaged.contains(&of);
                !(refused || rules.newer.contains(&of) || awaited(row))
            });
            let held = held_on(here, part, today).map(|row| row.hlc);
            let of_part = rows
                .iter()
                .rev()
                .filter(|row| part_of(&row.part) == Some(part));
            views.extend(of_part.map(|row| {
                OfficeDocumentView {
                    id: row.hlc.to_string(),
                    part,
                    from: Some(row.from.clone()),
                    title: row.title.clone(),
                    set_at: row.wall.get(..19).map(str::to_string),
                    by: row
                        .clerk
                        .and_then(|clerk| names.get(&clerk).cloned())
                        .unwrap_or_default(),
                    by_centre: row.by_centre,
                    in_force: held == Some(row.hlc),
                    shipped: row.size == 0,
                    damaged: rules.damaged.contains(&(part, row.hlc)),
                    newer: rules.newer.contains(&(part, row.hlc)),
                    awaited: awaited(row),
                }
            }));
            views.push(OfficeDocumentView {
                id: String::new(),
                part,
                from: None,
                title: String::new(),
                set_at: None,
                by: String::new(),
                by_centre: false,
                in_force: held.is_none(),
                shipped: true,
                damaged: false,
                newer: false,
                awaited: false,
            });
        }
        Ok(views)
    }

    pub(crate) fn office_document_check(
        &self,
        part: OfficePart,
        text: String,
    ) -> Result<OfficeDocumentReport> {
        let at = self.at_work()?;
        if text.len() > MOST_TEXT || part == OfficePart::Catalogue {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let rules = self.rules();
        let workstation = self.workstation()?;
        let zone = &workstation.enrolment.office.time_zone;
        let looked = findings::look(part, &text, &rules, (zone, at.now.date()))?;
        let (changes, more) = match &looked.read {
            Some(read) => {
                let mut changes = changes::of(read, &rules, at.now.date())?;
                let more = changes.len().saturating_sub(MOST_CHANGES);
                changes.truncate(MOST_CHANGES);
                (changes, more)
            }
            None => (Vec::new(), 0),
        };
        let Looked { read, lines } = looked;
        Ok(OfficeDocumentReport {
            ok: read.is_some(),
            title: read.as_ref().map(findings::Read::title).unwrap_or_default(),
            from: read.as_ref().and_then(findings::Read::from),
            lines,
            changes,
            more: u32::try_from(more).unwrap_or(u32::MAX),
        })
    }

    pub(crate) fn office_document_set(
        &self,
        part: OfficePart,
        text: String,
        from: String,
    ) -> Result<Vec<OfficeDocumentView>> {
        let report = self.office_document_check(part, text.clone())?;
        if !report.ok {
            let wrong = DeskError::new(ErrorCode::DocumentWrong);
            return Err(wrong.with("count", report.lines.len()));
        }
        let store = self.store()?;
        let sha256 = store.blobs().put(text.as_bytes())?;
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.set_document(part, &from, (sha256, size), report.title)
    }

    pub(crate) fn office_document_again(
        &self,
        part: OfficePart,
        id: String,
        from: String,
    ) -> Result<Vec<OfficeDocumentView>> {
        if part == OfficePart::Catalogue {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        if id.is_empty() {
            let nothing = Hash32::of(&[b""]);
            return self.set_document(part, &from, (nothing, 0), String::new());
        }
        let store = self.at_work()?.store;
        let rows = store.read(|reader| reader.office_documents())?;
        let row = rows
            .into_iter()
            .find(|row| part_of(&row.part) == Some(part) && row.hlc.to_string() == id)
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        if row.size > 0 {
            // What can't be read any more would hold in name only.
            store.blobs().get(&row.sha256)?;
        }
        self.set_document(part, &from, (row.sha256, row.size), row.title)
    }

    fn set_document(
        &self,
        part: OfficePart,
        from: &str,
        (sha256, size): (Hash32, u64),
        title: String,
    ) -> Result<Vec<OfficeDocumentView>> {
        let at = self.at_work()?;
        let from = day_of_effect(from, at.now.date())?;
        let title = text::clean(&title, text::MAX_NAME).unwrap_or_default();
        let line = OfficeDocumentSet {
            part: part_word(part).to_string(),
            from: from.to_string(),
            sha256,
            size,
            title,
        };
        at.store.write(Op::act(at.context, move |tx| {
            if size > 0 {
                tx.name_blob(&sha256, size, MIME)?;
            }
            Ok((Lines::one(line), ()))
        }))?;
        self.read_rules()?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["rules", "draft"]));
        self.office_documents()
    }
}

/// The document of a part that holds on a day: the last day of effect up to it, and of these what was set last.
fn held_on<'r>(
    rows: impl IntoIterator<Item = &'r OfficeDocumentRow>,
    part: OfficePart,
    day: Date,
) -> Option<&'r OfficeDocumentRow> {
    let day = day.to_string();
    rows.into_iter()
        .filter(|row| part_of(&row.part) == Some(part) && row.from <= day)
        .max_by(|one, other| (&one.from, one.hlc).cmp(&(&other.from, other.hlc)))
}

/// `2027-01-01`, within the years that make sense.
fn day_of_effect(typed: &str, today: Date) -> Result<Date> {
    let wrong = || DeskError::new(ErrorCode::DocumentWrong).with("count", 1);
    let day: Date = typed.parse().map_err(|_| wrong())?;
    let near = today.saturating_sub(YEARS.years())..=today.saturating_add(YEARS.years());
    match near.contains(&day) && day.to_string() == typed {
        true => Ok(day),
        false => Err(wrong()),
    }
}

fn note<const N: usize>(
    line: Option<usize>,
    code: &str,
    params: [(&str, String); N],
) -> DocumentNote {
    DocumentNote {
        line: line.and_then(|line| u32::try_from(line).ok()),
        code: code.to_string(),
        params: params
            .into_iter()
            .map(|(name, value)| (name.to_string(), value))
            .collect(),
    }
}

fn said(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
