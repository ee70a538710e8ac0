//! Putting a received filing right: it is opened as a draft, checked as one, and journaled whole with a reason; number and
//! time of receiving stay, and the receipt is drawn anew. What was being typed meanwhile waits. Not here: what stands now
//! (`current`), whether it is allowed (domain's table, `life`).

use crate::{
    clock,
    current::{Current, current},
    desk::{At, Desk, Event},
    drafts::{DRAFT, PARKED, draft_view, empty_draft},
    dto::*,
    error::{DeskError, Result},
    life::{clean, moved, unmoved, was_moved},
    receive::elapsed,
    typed::person_values,
    views,
};
use jiff::civil::DateTime;
use onedoor_domain::{fields::FieldKind, procedure::Procedure};
use onedoor_protocol::journal::{
    Body, FilingCorrected, FilingReceived, Line, PaperRecord, PersonRecord,
};
use onedoor_store::{
    Lines, Op,
    tables::{drafts::DraftRow, filings::FilingRow as StoredFiling, journal::StoredLine},
};
use std::{collections::BTreeMap, time::Instant};
use uuid::Uuid;

impl Desk {
    /// Opens a received filing as the clerk's draft; what is being typed waits until the correction is done or left.
    pub(crate) fn correct_begin(&self, filing: String) -> Result<DraftView> {
        let open = self.draft_get()?;
        if open.values.correcting.is_some() {
            // One at a time: the page shows which one is open.
            return Ok(open);
        }
        let id: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let at = self.at_work()?;
        let (row, lines, official) = at.store.read(|reader| {
            Ok((
                reader.filing(id)?,
                reader.lines_of(id)?,
                reader.official(id)?,
            ))
        })?;
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        self.step(&filing, FilingAct::Correct, &row.status, None)?;
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let day = crate::filings::received_on(&now.body, &at);
        let chosen = self.chosen(&now.body.procedure.code, day)?;
        let procedure = chosen.as_ref().map(|chosen| &chosen.procedure);
        let mut values = values_of(&now.body, procedure);
        values.correcting = Some(Correcting {
            filing,
            code: row
                .code
                .or(official)
                .or(row.provisional)
                .unwrap_or_default(),
            reason: String::new(),
            seen: now.signed.hash.hex(),
        });
        let clerk = at.session.clerk;
        let parked = at.store.read(|reader| reader.draft(clerk, DRAFT))?;
        let row = DraftRow {
            values: serde_json::to_string(&values)?,
            kept_at: Some(clock::local_text(at.now.datetime())),
            ..empty_draft()
        };
        let kept = row.clone();
        at.store.write(Op::local(move |tx| {
            if let Some(parked) = parked {
                tx.keep_draft(clerk, PARKED, &parked)?;
            }
            tx.keep_draft(clerk, DRAFT, &kept)
        }))?;
        draft_view(row)
    }

    /// Leaves a correction undone: what was being typed before comes back.
    pub(crate) fn correct_end(&self) -> Result<DraftView> {
        let at = self.at_work()?;
        if self.draft_get()?.values.correcting.is_none() {
            return self.draft_get();
        }
        let clerk = at.session.clerk;
        let parked = at.store.read(|reader| reader.draft(clerk, PARKED))?;
        at.store.write(Op::local(move |tx| match parked {
            Some(parked) => {
                tx.keep_draft(clerk, DRAFT, &parked)?;
                tx.clear_draft(clerk, PARKED)
            }
            None => tx.clear_draft(clerk, DRAFT),
        }))?;
        self.draft_get()
    }

    /// The act: the whole filing as it is now, then the receipt that supersedes the one before.
    pub(crate) fn filing_correct(&self, values: DraftValues) -> Result<Received> {
        let started = Instant::now();
        let correcting = values
            .correcting
            .clone()
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let reason = clean(&correcting.reason)?;
        let at = self.at_work()?;
        let (filing, lines, row, seen) = opened(&at, &correcting)?;
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        if now.signed.hash.hex() != correcting.seen {
            return Err(DeskError::new(ErrorCode::FilingMoved));
        }
        let step = self.step(&correcting.filing, FilingAct::Correct, &row.status, None)?;
        let judged = self.judge(&at, &values)?;
        judged.refuse()?;
        if reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let (typed, due) = self.line_of(&at, &values, &judged, Some(filing))?;
        let due = due.ok_or(DeskError::new(ErrorCode::FieldsWrong))?;
        let corrected = put_right(typed, &now);
        let (clerk, from) = (at.session.clerk, step.from);
        let parked = at.store.read(|reader| reader.draft(clerk, PARKED))?;
        let op = Op::act(at.context.clone(), move |tx| {
            unmoved(tx, filing, from.as_str())?;
            if tx.put_right(filing)? != seen {
                return Err(was_moved());
            }
            tx.clear_draft(clerk, DRAFT)?;
            if let Some(parked) = parked {
                tx.keep_draft(clerk, DRAFT, &parked)?;
                tx.clear_draft(clerk, PARKED)?;
            }
            Ok((Lines::one(FilingCorrected { reason, corrected }), ()))
        });
        let written = at.store.write(op).map_err(moved)?;
        let committed_ms = elapsed(started);
        let hash = written
            .lines
            .first()
            .map(|line| line.hash)
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        let receipt_stored = match self.store_form(&at.store, filing, PaperChoice::A5) {
            Ok(_) => true,
            Err(error) => {
                tracing::error!(detail = %error.detail, "the receipt could not be drawn anew yet");
                false
            }
        };
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings", "draft"]));
        let next = crate::sync_link::next_seq(&at.store)?;
        let row = at
            .store
            .read(|reader| reader.filing(filing))?
            .ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        Ok(Received {
            filing: views::filing_row(row, next, at.now.datetime()),
            due: views::due(&due),
            hash8: hash.hash8(),
            receipt_stored,
            draft: self.draft_get()?,
            committed_ms,
            pdf_ms: elapsed(started),
        })
    }
}

type Opened = (
    Uuid,
    Vec<(StoredLine, Line)>,
    StoredFiling,
    Option<(i64, i64)>,
);

fn opened(at: &At, correcting: &Correcting) -> Result<Opened> {
    let filing: Uuid = correcting
        .filing
        .parse()
        .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
    let (lines, row, seen) = at.store.read(|reader| {
        Ok((
            reader.lines_of(filing)?,
            reader.filing(filing)?,
            reader.put_right(filing)?,
        ))
    })?;
    let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
    Ok((filing, lines, row, seen))
}

/// When the filing that is put right was received.
pub(crate) fn received(at: &At, correcting: &Correcting) -> Result<DateTime> {
    let (_, lines, ..) = opened(at, correcting)?;
    let now = current(&lines).and_then(|now| now.body.received.parse().ok());
    now.ok_or(DeskError::new(ErrorCode::FilingUnknown))
}

/// What is typed, with what a correction does not touch: numbers, counter, when it was received, and a promise that was
/// made since. Where the fee can't be counted from what is typed, and the matter is the same, it stays.
fn put_right(typed: FilingReceived, now: &Current<'_>) -> FilingReceived {
    let before = &now.body;
    let same_matter = typed.procedure.code == before.procedure.code;
    let mut details = typed.details;
    details.entered.clone_from(&before.details.entered);
    details.bilingual = before.details.bilingual;
    FilingReceived {
        code: before.code.clone(),
        provisional: before.provisional.clone(),
        form_number: before.form_number,
        office: before.office.clone(),
        counter: before.counter.clone(),
        received: before.received.clone(),
        due: match now.promise {
            Some((_, change)) => change.due.clone(),
            None => typed.due,
        },
        fee: match typed.fee.amount.is_none() && same_matter {
            true => before.fee.clone(),
            false => typed.fee,
        },
        details,
        ..typed
    }
}

/// A filing as somebody would have typed it.
fn values_of(body: &FilingReceived, procedure: Option<&Procedure>) -> DraftValues {
    let exemption = procedure.and_then(|procedure| {
        let mut known = procedure.fees.exemptions.iter();
        known.find(|known| known.ground.vi == body.fee.exemption)
    });
    let plain = body.content == body.procedure.title;
    DraftValues {
        procedure: body.procedure.code.clone(),
        applicant: person_values(body.applicant.clone()),
        papers: body.papers.iter().map(paper).collect(),
        sets: body.sets.to_string(),
        copies: body.copies.to_string(),
        content: if plain {
            String::new()
        } else {
            body.content.clone()
        },
        give_back: match body.give_back.as_str() {
            "by_post" => GiveBackChoice::ByPost,
            "electronic" => GiveBackChoice::Electronic,
            _ => GiveBackChoice::AtCounter,
        },
        behalf: body.details.behalf.as_ref().map(|behalf| BehalfValues {
            submitter: person_values(behalf.submitter.clone()),
            authority: behalf.authority.clone(),
        }),
        cases: body.details.cases.clone(),
        fields: fields(body, procedure),
        fee: FeeValues {
            exemption: exemption.map(|known| known.id.clone()).unwrap_or_default(),
            amount: match body.fee.lines.is_empty() && body.fee.currency == "VND" {
                true => body.fee.amount.clone().unwrap_or_default(),
                false => String::new(),
            },
            ..FeeValues::default()
        },
        term: match (body.details.term_by_clerk, views::term_of(&body.due)) {
            (true, Some(term)) => {
                let view = views::term(term);
                TermValues {
                    n: view.n.to_string(),
                    kind: Some(view.kind),
                }
            }
            _ => TermValues::default(),
        },
        ..DraftValues::default()
    }
}

fn paper(paper: &PaperRecord) -> PaperValue {
    PaperValue {
        document: paper.document.clone(),
        state: Some(crate::filings::paper_state(&paper.state)),
        copies: paper.copies,
        reason: paper.reason.clone(),
    }
}

/// Own fields by the paths under which they are typed: a choice by its id again, a person in its parts.
fn fields(body: &FilingReceived, procedure: Option<&Procedure>) -> BTreeMap<String, String> {
    let mut typed = BTreeMap::new();
    for field in &body.details.fields {
        let mut specs = procedure.into_iter().flat_map(|known| &known.fields);
        match specs
            .find(|spec| spec.id == field.id)
            .map(|spec| &spec.kind)
        {
            Some(FieldKind::Choice { options }) => {
                let option = options.iter().find(|option| option.label.vi == field.value);
                let id = option.map_or(&field.value, |option| &option.id);
                typed.insert(field.id.clone(), id.clone());
            }
            Some(FieldKind::Person) => {
                let mut parts = field.value.split(" · ");
                let name = parts.next().unwrap_or_default();
                typed.insert(format!("{}.name", field.id), name.to_string());
                for part in parts {
                    let digits = part.len() >= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
                    let path = if digits { "id_number" } else { "birth" };
                    typed.insert(format!("{}.{path}", field.id), part.to_string());
                }
            }
            _ => {
                typed.insert(field.id.clone(), field.value.clone());
            }
        }
    }
    typed
}

/// Puts beside each correction of the time line what it changed.
pub(crate) fn tell_changes(lines: &[(StoredLine, Line)], time_line: &mut [TimeLineItem]) {
    let mut bodies: Vec<(&Line, &FilingReceived)> = lines
        .iter()
        .filter_map(|(_, line)| match &line.body {
            Body::FilingReceived(body) => Some((line, &**body)),
            Body::FilingCorrected(now) => Some((line, &now.corrected)),
            _ => None,
        })
        .collect();
    bodies.sort_by_key(|(line, _)| line.happened());
    let mut items = time_line.iter_mut().filter(|item| item.code == "corrected");
    for pair in bodies.windows(2) {
        if let Some(item) = items.next() {
            item.changes = changes(pair[0].1, pair[1].1);
        }
    }
}

fn changes(before: &FilingReceived, after: &FilingReceived) -> Vec<ChangeView> {
    let number = |person: &PersonRecord| crate::forms::identity(person).1;
    let submitter = |body: &FilingReceived| {
        let behalf = body.details.behalf.as_ref();
        behalf
            .map(|behalf| behalf.submitter.name.clone())
            .unwrap_or_default()
    };
    let papers = |body: &FilingReceived| {
        let there = body.papers.iter().filter(|paper| paper.state != "missing");
        there
            .map(|paper| format!("{} ({})", paper.name, paper.copies))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let fields = |body: &FilingReceived| {
        let fields = body.details.fields.iter();
        fields
            .map(|field| format!("{}: {}", field.label, field.value))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let fee = |body: &FilingReceived| {
        let amount = crate::fees::of_record(&body.fee).amount;
        amount.map(|amount| amount.text).unwrap_or_default()
    };
    type Part<'p> = (Changed, &'p dyn Fn(&FilingReceived) -> String);
    let parts: [Part<'_>; 13] = [
        (Changed::Procedure, &|body| body.procedure.title.clone()),
        (Changed::Name, &|body| body.applicant.name.clone()),
        (Changed::Birth, &|body| {
            views::birth_text(&body.applicant.birth)
        }),
        (Changed::IdNumber, &|body| number(&body.applicant)),
        (Changed::Address, &|body| body.applicant.address.clone()),
        (Changed::Phone, &|body| body.applicant.phone.clone()),
        (Changed::Submitter, &submitter),
        (Changed::Papers, &papers),
        (Changed::Content, &|body| body.content.clone()),
        (Changed::Fields, &fields),
        (Changed::Due, &|body| body.due.at.clone()),
        (Changed::Fee, &fee),
        (Changed::GiveBack, &|body| body.give_back.clone()),
    ];
    let changed = |(what, part): Part<'_>| {
        let (before, after) = (part(before), part(after));
        (before != after).then_some(ChangeView {
            what,
            before,
            after,
        })
    };
    parts.into_iter().filter_map(changed).collect()
}
