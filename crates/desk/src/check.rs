//! The check of a draft: what has to be put right, what looks wrong, what the receipt will promise and cost, and
//! filings that look like the same matter. Not here: receiving (`receive`), the rules (domain).

use crate::{
    catalogue::Chosen,
    desk::{At, Desk},
    dto::*,
    error::{DeskError, Result},
    fees::{self, Fee},
    notes::{self, note},
    typed::draft_input,
    views,
};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use onedoor_domain::{
    due::{self, Due, Term},
    filing::{self, CHILD_BIRTH, CHILD_NAME, Checked, same_child},
    identity::Birth,
    procedure::Procedure,
    text,
};
use onedoor_store::tables::filings::Which;
use std::sync::Arc;

/// The hour after which a same-day filing counts from the next working day, where the clerk reads a term as "the same
/// day": that of the curated procedures.
const CUT_OFF: Time = Time::constant(15, 0, 0, 0);
/// A term of more than this is a slip of the finger.
const LONGEST_TERM: u16 = 999;
/// Filings received on paper are typed in within so many days.
const PAPER_DAYS: i64 = 31;

/// A draft, judged.
pub(crate) struct Judged {
    pub chosen: Option<Arc<Chosen>>,
    pub checked: Checked,
    /// The term: the catalogue's, or the clerk's.
    pub term: Option<Term>,
    pub fee: Option<Fee>,
    /// When it was received: on paper, or now.
    pub received: DateTime,
    /// The sheet that was used: its code and the form's own Số.
    pub pad: Option<(String, u32)>,
    /// What the rules of the domain do not look at: procedure, term, fee, paper hours.
    more: Vec<FieldNote>,
}

impl Judged {
    /// Everything that has to be put right.
    pub(crate) fn problems(&self) -> Vec<FieldNote> {
        let mut problems: Vec<FieldNote> =
            self.checked.problems.iter().map(notes::problem).collect();
        problems.extend(self.more.iter().cloned());
        problems.extend(self.fee.iter().flat_map(|fee| fee.problems.clone()));
        problems
    }

    /// Refused with the number of problems, if there are any.
    pub(crate) fn refuse(&self) -> Result<()> {
        match self.problems().len() {
            0 => Ok(()),
            count => Err(DeskError::new(ErrorCode::FieldsWrong).with("count", count)),
        }
    }
}

impl Desk {
    /// Looks at a draft from every side; nothing is stored.
    pub(crate) fn judge(&self, at: &At, values: &DraftValues) -> Result<Judged> {
        let now = at.now.datetime();
        let mut more = Vec::new();
        let (received, pad) = self.on_paper(at, values, &mut more)?;
        let day = received.date();
        let chosen = self.chosen(&values.procedure, day)?;
        let procedure = chosen.as_ref().map(|chosen| &chosen.procedure);
        let input = draft_input(values);
        let checked = filing::check(&input, procedure, now.date());
        if let Some(chosen) = chosen.as_deref() {
            more.extend(withdrawn(chosen, day));
        }
        let term = chosen.as_ref().and_then(|chosen| match chosen.term_known {
            true => Some(chosen.procedure.term),
            false => stated(&values.term, &mut more),
        });
        let rules = self.rules();
        let charges = rules.charges(day);
        let fee = procedure.map(|procedure| {
            fees::of_filing(procedure, values, input.copies, (&charges, now.date()))
        });
        Ok(Judged {
            chosen,
            checked,
            term,
            fee,
            received,
            pad,
            more,
        })
    }

    pub(crate) fn due(&self, term: Term, received: DateTime) -> Due {
        due::due(received, term, self.rules().calendar(received.date()))
    }

    pub(crate) fn filing_check(&self, values: DraftValues) -> Result<Check> {
        let at = self.at_work()?;
        let judged = self.judge(&at, &values)?;
        let warnings = judged.checked.warnings.iter();
        let mut warnings: Vec<FieldNote> = warnings.map(notes::warning).collect();
        if let Some(chosen) = judged.chosen.as_deref() {
            warnings.retain(|warning| warning.code != "no_case" || must_choose(&chosen.procedure));
        }
        warnings.extend(notes::undrawable(&values));
        let due = judged.term.map(|term| self.due(term, judged.received));
        Ok(Check {
            problems: judged.problems(),
            warnings,
            due: due.as_ref().map(views::due),
            fee: judged.fee.as_ref().map(Fee::view),
            duplicates: self.duplicates(&at, &values)?,
        })
    }

    /// When it was received, and on which sheet; now, and on none, where nothing is said of it.
    fn on_paper(
        &self,
        at: &At,
        values: &DraftValues,
        problems: &mut Vec<FieldNote>,
    ) -> Result<(DateTime, Option<(String, u32)>)> {
        let now = at.now.datetime();
        if let Some(correcting) = &values.correcting {
            // Put right, it still was received when it was received.
            return Ok((crate::correct::received(at, correcting)?, None));
        }
        let typed = values.received_on_paper.trim();
        let mut wrong = |field: &str, code: &str| problems.push(note(field, code, []));
        let pad = match values.pad.trim() {
            "" => None,
            code => match at.store.read(|reader| reader.pad(code))? {
                Some(pad) if pad.state == "blank" && self.is_free(at, code)? => Some(pad),
                Some(_) => {
                    wrong("pad", "pad_used");
                    None
                }
                None => {
                    wrong("pad", "unknown_pad");
                    None
                }
            },
        };
        let sheet = pad.as_ref().map(|pad| (pad.code.clone(), pad.form_number));
        if typed.is_empty() {
            if !values.pad.trim().is_empty() {
                wrong("received_on_paper", "required");
            }
            return Ok((now, sheet));
        }
        let Some(received) = paper_time(typed) else {
            wrong("received_on_paper", "not_a_time");
            return Ok((now, sheet));
        };
        if received > now {
            wrong("received_on_paper", "in_future");
        } else if received.date() < now.date().saturating_sub(PAPER_DAYS.days()) {
            wrong("received_on_paper", "too_long_ago");
        }
        if let Some(pad) = pad
            && !pad.day.is_empty()
            && pad.day != received.date().to_string()
        {
            let day = views::birth_text(&pad.day);
            problems.push(note("received_on_paper", "other_day", [("day", day)]));
        }
        Ok((received, sheet))
    }

    /// A number of a lost PC may have come from elsewhere since its paper was taken up.
    fn is_free(&self, at: &At, code: &str) -> Result<bool> {
        let holder = at.store.read(|reader| reader.holder_of(code))?;
        Ok(holder.is_none())
    }

    fn duplicates(&self, at: &At, values: &DraftValues) -> Result<Vec<FilingRow>> {
        let which = same_matter(values, at.now.date());
        let next = crate::sync_link::next_seq(&at.store)?;
        let mut rows: Vec<FilingRow> = Vec::new();
        for which in which {
            let found = at.store.read(|reader| reader.filings(&which, "", 5))?;
            for row in found {
                let row = views::filing_row(row, next, at.now.datetime());
                let own = values
                    .correcting
                    .as_ref()
                    .is_some_and(|it| it.filing == row.id);
                if !own && !rows.iter().any(|known| known.id == row.id) {
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }
}

/// What would be the same matter: the same person and procedure, still open; the birth of the same child.
fn same_matter(values: &DraftValues, today: Date) -> Vec<Which> {
    if values.procedure.is_empty() {
        return Vec::new();
    }
    let person = &values.applicant;
    let id_number: String = person
        .id_number
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let mut which = Vec::new();
    if id_number.len() >= 9 {
        which.push(Which::SameMatter {
            id_number,
            procedure: values.procedure.clone(),
        });
    }
    let name = text::fold(&person.name);
    let own = |id: &str| values.fields.get(id).map(String::as_str);
    let child = own(CHILD_NAME).zip(own(CHILD_BIRTH));
    // Typed with other signs than the field keeps (1/2/2026), it is compared as the field keeps it.
    let born = child.and_then(|(name, birth)| {
        let birth = Birth::parse(birth, today).ok()?;
        same_child(name, &birth.to_string())
    });
    which.extend(born.map(Which::About));
    if let Ok(birth) = Birth::parse(&person.birth, today)
        && birth != Birth::Unknown
        && !name.is_empty()
    {
        which.push(Which::SamePerson {
            name,
            birth: birth.to_wire(),
            procedure: values.procedure.clone(),
        });
    }
    which
}

/// Whether a case must be chosen: where papers are asked for whatever the case, none may hold at all.
fn must_choose(procedure: &Procedure) -> bool {
    procedure
        .documents
        .iter()
        .all(|document| document.case.is_some())
}

/// What ended before the day is received no more.
fn withdrawn(chosen: &Chosen, day: Date) -> Option<FieldNote> {
    let until = chosen.procedure.until.filter(|until| *until < day)?;
    let page = chosen.page.as_ref();
    let instead = page.and_then(|page| page.replaced_by.clone());
    let params = [
        ("until", said(until)),
        ("replaced_by", instead.unwrap_or_default()),
    ];
    Some(note("procedure", "withdrawn", params))
}

fn said(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// The term in the clerk's reading; nothing is ever guessed.
fn stated(typed: &TermValues, problems: &mut Vec<FieldNote>) -> Option<Term> {
    let number = typed.n.trim();
    let Some(kind) = typed.kind else {
        problems.push(note("term", "required", []));
        return None;
    };
    if kind == TermKind::SameDay {
        return Some(Term::SameDay { cutoff: CUT_OFF });
    }
    if number.is_empty() {
        problems.push(note("term", "required", []));
        return None;
    }
    let n = match number.parse::<i64>().map(u16::try_from) {
        Ok(Ok(n)) if (1..=LONGEST_TERM).contains(&n) => n,
        Ok(_) => {
            let ends = [("min", "1".to_string()), ("max", LONGEST_TERM.to_string())];
            problems.push(note("term", "number_range", ends));
            return None;
        }
        Err(_) => {
            problems.push(note("term", "not_a_number", []));
            return None;
        }
    };
    Some(match kind {
        TermKind::SameDay => Term::SameDay { cutoff: CUT_OFF },
        TermKind::WorkingDays => Term::WorkingDays(n),
        TermKind::Days => Term::Days(n),
        TermKind::Months => Term::Months(n),
        TermKind::Hours => Term::Hours(n),
    })
}

/// `23/11/2026 07:41`, as written on paper; single digits may stand alone.
fn paper_time(typed: &str) -> Option<DateTime> {
    let (day, hour) = typed.split_once(' ')?;
    let numbers = |text: &str, by: char| -> Option<Vec<i16>> {
        text.trim()
            .split(by)
            .map(|part| part.parse().ok().filter(|_| part.len() <= 4))
            .collect()
    };
    let (day, hour) = (numbers(day, '/')?, numbers(hour, ':')?);
    let ([day, month, year], [hour, minute]) = (day.as_slice(), hour.as_slice()) else {
        return None;
    };
    let small = |number: &i16| i8::try_from(*number).ok();
    DateTime::new(
        *year,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        0,
        0,
    )
    .ok()
    .filter(|time| time.year() >= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use onedoor_domain::procedure::Bilingual;

    fn ended_on(until: Option<Date>) -> Chosen {
        let title = Bilingual {
            vi: "Cấp giấy phép".into(),
            en: None,
        };
        let begin = date(2026, 1, 1);
        Chosen {
            procedure: Procedure {
                until,
                ..Procedure::bare("1.000001", title, begin, Term::WorkingDays(3))
            },
            term_known: true,
            page: None,
            of_page: false,
            review: Vec::new(),
        }
    }

    #[test]
    fn a_procedure_is_received_on_its_last_day_and_refused_from_the_next_on() {
        let chosen = ended_on(Some(date(2026, 11, 22)));
        assert_eq!(withdrawn(&chosen, date(2026, 11, 22)), None, "its last day");
        let said = withdrawn(&chosen, date(2026, 11, 23)).expect("over");
        assert_eq!(
            (said.field.as_str(), said.code.as_str()),
            ("procedure", "withdrawn")
        );
        assert_eq!(
            said.params["until"], "22/11/2026",
            "the clerk sees since when"
        );
        assert_eq!(
            withdrawn(&ended_on(None), date(2099, 1, 1)),
            None,
            "no end is known"
        );
    }

    #[test]
    fn a_time_on_paper_is_read_as_people_write_it_and_nothing_is_guessed() {
        let at = date(2026, 11, 23).at(7, 5, 0, 0);
        for typed in ["23/11/2026 07:05", "23/11/2026 7:05", "23/11/2026  7:05"] {
            assert_eq!(paper_time(typed), Some(at), "{typed}");
        }
        for typed in [
            "",
            "23/11/2026",
            "07:05",
            "23/11/26 07:05",
            "31/02/2026 07:05",
            "23/11/2026 24:00",
            "23/11/2026 07:05:00",
            "-1/11/2026 07:05",
            "23.11.2026 07:05",
        ] {
            assert_eq!(paper_time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_term_is_what_the_clerk_says_or_nothing() {
        let read = |n: &str, kind| {
            let mut problems = Vec::new();
            let typed = TermValues { n: n.into(), kind };
            let term = stated(&typed, &mut problems);
            (term, problems.first().map(|note| note.code.clone()))
        };
        let days = Some(TermKind::WorkingDays);
        assert_eq!(read("15", days), (Some(Term::WorkingDays(15)), None));
        assert_eq!(
            read("", Some(TermKind::SameDay)).1,
            None,
            "the same day has no number"
        );
        for (n, kind, code) in [
            ("", days, "required"),
            ("15", None, "required"),
            ("0", days, "number_range"),
            ("-3", days, "number_range"),
            ("100000", days, "number_range"),
            ("15 ngày", days, "not_a_number"),
        ] {
            assert_eq!(read(n, kind), (None, Some(code.to_string())), "{n}");
        }
    }
}
