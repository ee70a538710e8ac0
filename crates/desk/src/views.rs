//! From the rules' and the store's types to what the screen sees. Pure conversions.

use crate::dto::*;
use jiff::civil::{Date, DateTime};
use onedoor_domain::{
    calendar::{Calendar, DayKind, DayOff, OfficeHours, Whose},
    due::{self, CellKind, Due, DueStart, Term},
    fields::{FieldKind, FieldSpec, FieldValue},
    identity::Birth,
    money::{Currency, Money, words_vi},
    procedure::Bilingual,
};
use onedoor_protocol::journal::{DueRecord, OffRecord};
use onedoor_store::tables::filings;

pub(crate) fn text2(text: &Bilingual) -> Text2 {
    Text2 {
        vi: text.vi.clone(),
        en: text.en.clone(),
    }
}

pub(crate) fn term(term: Term) -> TermView {
    let (kind, n) = match term {
        Term::SameDay { .. } => (TermKind::SameDay, 0),
        Term::WorkingDays(n) => (TermKind::WorkingDays, n),
        Term::Days(n) => (TermKind::Days, n),
        Term::Months(n) => (TermKind::Months, n),
        Term::Hours(n) => (TermKind::Hours, n),
    };
    TermView { kind, n }
}

pub(crate) fn money(money: &Money) -> MoneyView {
    MoneyView {
        minor: money.minor.to_string(),
        currency: money.currency.as_str().to_string(),
        text: money.format_vi(),
        words: if money.currency == Currency::Vnd {
            words_vi(money.minor)
        } else {
            String::new()
        },
    }
}

fn local(at: DateTime) -> String {
    crate::clock::local_text(at)
}

pub(crate) fn due(due: &Due) -> DueView {
    let cell = |cell: &due::DueCell| {
        let (kind, nth) = match cell.kind {
            CellKind::Received => (DueCellKind::Received, None),
            CellKind::Counted(n) => (DueCellKind::Counted, Some(n)),
            CellKind::Off => (DueCellKind::Off, None),
            CellKind::Waiting => (DueCellKind::Waiting, None),
            CellKind::Due => (DueCellKind::Due, None),
        };
        let off = cell
            .off_name
            .clone()
            .map(|(vi, en)| Text2 { vi, en: Some(en) });
        DueCellView {
            date: cell.date.to_string(),
            kind,
            nth,
            off,
            whose: cell.whose.map(whose),
            make_up: cell.day == DayKind::MakeUp,
            after_cutoff: cell.after_cutoff,
        }
    };
    DueView {
        at: local(due.at),
        received: local(due.received),
        term: term(due.term),
        cells: due.cells.iter().map(cell).collect(),
        starts_next_working_day: due.start == DueStart::NextWorkingDay,
        moved_from: due.moved_from.map(|date| date.to_string()),
        published: due.published,
        calendar: due.calendar_version,
    }
}

pub(crate) fn whose(whose: Whose) -> WhoseDay {
    match whose {
        Whose::Vietnam => WhoseDay::Vietnam,
        Whose::Host => WhoseDay::Host,
        Whose::Both => WhoseDay::Both,
        Whose::Office => WhoseDay::Office,
    }
}

const WHOSE_WORDS: [(WhoseDay, &str); 4] = [
    (WhoseDay::Vietnam, "vietnam"),
    (WhoseDay::Host, "host"),
    (WhoseDay::Both, "both"),
    (WhoseDay::Office, "office"),
];

/// The word of the wire; empty for the weekly rest.
fn whose_word(owner: Option<Whose>) -> &'static str {
    let owner = owner.map(whose);
    let word = WHOSE_WORDS.iter().find(|(one, _)| Some(*one) == owner);
    word.map_or("", |(_, word)| word)
}

pub(crate) fn due_record(due: &Due) -> DueRecord {
    let (name, n, cutoff) = match due.term {
        Term::SameDay { cutoff } => ("same_day", 0, Some(cutoff.strftime("%H:%M").to_string())),
        Term::WorkingDays(n) => ("working_days", n, None),
        Term::Days(n) => ("days", n, None),
        Term::Months(n) => ("months", n, None),
        Term::Hours(n) => ("hours", n, None),
    };
    let off = due.cells.iter().filter_map(|cell| {
        let (vi, en) = cell.off_name.clone()?;
        Some(OffRecord {
            date: cell.date.to_string(),
            vi,
            en,
            whose: whose_word(cell.whose).to_string(),
        })
    });
    DueRecord {
        at: due.at.strftime("%Y-%m-%dT%H:%M").to_string(),
        term: name.to_string(),
        n,
        cutoff,
        next_working_day: due.start == DueStart::NextWorkingDay,
        moved_from: due.moved_from.map(|date| date.to_string()),
        published: due.published,
        off: off.collect(),
        calendar: due.calendar_version,
    }
}

/// What stands where nobody has stated the time limit: in previews only.
pub(crate) fn no_due_record() -> DueRecord {
    DueRecord {
        at: String::new(),
        term: String::new(),
        n: 0,
        cutoff: None,
        next_working_day: false,
        moved_from: None,
        published: true,
        off: Vec::new(),
        calendar: 0,
    }
}

/// The term of a record; none where somebody set the day.
pub(crate) fn term_of(record: &DueRecord) -> Option<Term> {
    Some(match record.term.as_str() {
        "same_day" => Term::SameDay {
            cutoff: record.cutoff.as_ref()?.parse().ok()?,
        },
        "working_days" => Term::WorkingDays(record.n),
        "days" => Term::Days(record.n),
        "months" => Term::Months(record.n),
        "hours" => Term::Hours(record.n),
        _ => return None,
    })
}

/// The derivation as it was promised, from the line alone: later changes of the calendar do not touch it.
pub(crate) fn due_of_record(
    record: &DueRecord,
    received: DateTime,
    hours: OfficeHours,
) -> Option<DueView> {
    let term = term_of(record)?;
    let day_off = |off: &OffRecord| {
        Some(DayOff {
            date: off.date.parse::<Date>().ok()?,
            name_vi: off.vi.clone(),
            name_en: off.en.clone(),
            whose: Whose::Vietnam,
        })
    };
    let days_off = record.off.iter().map(day_off).collect::<Option<Vec<_>>>()?;
    let calendar = Calendar::new(days_off, Vec::new(), Vec::new(), hours, i16::MAX);
    let mut view = due(&due::due(received, term, &calendar));
    let at: DateTime = record.at.parse().ok()?;
    view.at = local(at);
    view.published = record.published;
    view.calendar = record.calendar;
    for cell in &mut view.cells {
        let off = record.off.iter().find(|off| off.date == cell.date);
        let word = off.map_or("", |off| off.whose.as_str());
        let owner = WHOSE_WORDS.iter().find(|(_, known)| *known == word);
        cell.whose = owner.map(|(owner, _)| *owner);
    }
    Some(view)
}

pub(crate) fn birth_text(wire: &str) -> String {
    Birth::from_wire(wire)
        .map(|birth| birth.to_string())
        .unwrap_or_default()
}

pub(crate) fn filing_row(row: filings::FilingRow, next_at_centre: u64, now: DateTime) -> FilingRow {
    let open = [
        "received",
        "transferred",
        "being_solved",
        "supplement_asked",
    ]
    .contains(&row.status.as_str());
    let due: Option<DateTime> = row.due.parse().ok();
    let provisional = row.code.is_none();
    FilingRow {
        id: row.id.to_string(),
        code: row.code.or(row.provisional).unwrap_or_default(),
        provisional,
        procedure: row.procedure,
        title: Text2 {
            vi: row.title,
            en: row.title_en,
        },
        applicant: row.applicant,
        birth: birth_text(&row.birth),
        late: open && due.is_some_and(|due| due < now),
        due_today: open && due.is_some_and(|due| due.date() == now.date()),
        received: row.received,
        due: due.map(local).unwrap_or(row.due),
        status: row.status,
        counter: row.counter.map(|counter| counter.name),
        unpaid: row.unpaid,
        place: if row.last_seq < next_at_centre {
            Place::Centre
        } else {
            Place::ThisMachine
        },
    }
}

/// A field's value as people read it.
pub(crate) fn field_text(spec: &FieldSpec, value: &FieldValue) -> String {
    let day = |date: &Date| format!("{:02}/{:02}/{}", date.day(), date.month(), date.year());
    match value {
        FieldValue::Text(text) | FieldValue::Place(text) => text.clone(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Date(date) => day(date),
        FieldValue::Birth(birth) => birth_text(&birth.to_wire()),
        FieldValue::Choice(id) => match &spec.kind {
            FieldKind::Choice { options } => options
                .iter()
                .find(|option| option.id == *id)
                .map_or_else(|| id.clone(), |option| option.label.vi.clone()),
            _ => id.clone(),
        },
        FieldValue::Person(person) => {
            let number = person.id_number.as_ref().map(|id| id.as_str().to_string());
            let known = [
                person.name.clone(),
                birth_text(&person.birth.to_wire()),
                number.unwrap_or_default(),
            ];
            let parts: Vec<String> = known.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        }
    }
}
