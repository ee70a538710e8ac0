//! Finding and showing filings. Opening a record leaves a `looked` line; rows of a list do not.

use crate::{
    clock, correct,
    current::{Current, current, wall},
    desk::{At, Desk},
    dto::*,
    error::{DeskError, Result},
    life, look_ups, money_view, official_number, rekey,
    sync_link::next_seq,
    typed::person_values,
    views,
};
use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};
use onedoor_domain::procedure;
use onedoor_protocol::{
    feed::DecisionLine,
    journal::{Body, DueRecord, FilingReceived, FormRendered, Line, Looked, Stamp},
};
use onedoor_store::{
    Lines, Op, Reader, Store, StoreError,
    tables::{
        filings::{self, Which},
        journal::StoredLine,
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// From how many signs on a typed text may be the beginning of another system's code.
const SHORTEST_CODE: usize = 6;

impl Desk {
    pub(crate) fn filing_list(
        &self,
        filter: FilingFilter,
        query: String,
        limit: u32,
    ) -> Result<Vec<FilingRow>> {
        let at = self.at_work()?;
        let next = next_seq(&at.store)?;
        let now = at.now.datetime();
        let which = match filter {
            FilingFilter::All => Which::All,
            FilingFilter::Today => Which::Day(now.date().to_string()),
            FilingFilter::DueToday => Which::DueOn(now.date().to_string()),
            FilingFilter::Overdue => Which::DueBefore(clock::local_text(now)),
            FilingFilter::ResultReady => Which::Status("result_ready"),
            FilingFilter::SupplementAsked => Which::Status("supplement_asked"),
            FilingFilter::NotAtCentre => Which::LinesFrom(next),
            FilingFilter::LookUpLater => Which::LookUpLater,
            FilingFilter::Unpaid => Which::Unpaid,
        };
        let limit = limit.clamp(1, 200);
        let mut rows = at.store.read(|reader| match filter {
            FilingFilter::All => by_any_code(reader, &which, &query, limit),
            _ => reader.filings(&which, &query, limit),
        })?;
        rows.truncate(limit as usize);
        Ok(rows
            .into_iter()
            .map(|row| views::filing_row(row, next, now))
            .collect())
    }

    pub(crate) fn desk_counts(&self) -> Result<DeskCounts> {
        let at = self.at_work()?;
        let next = next_seq(&at.store)?;
        let now = at.now.datetime();
        let day = now.date().to_string();
        at.store
            .read(|reader| {
                Ok(DeskCounts {
                    due_today: reader.count(&Which::DueOn(day.clone()))?,
                    overdue: reader.count(&Which::DueBefore(clock::local_text(now)))?,
                    ready: reader.count(&Which::Status("result_ready"))?,
                    supplement: reader.count(&Which::Status("supplement_asked"))?,
                    not_at_centre: reader.count(&Which::LinesFrom(next))?,
                    today: reader.count(&Which::Day(day.clone()))?,
                    look_ups: reader.look_ups_open()?,
                    unpaid: reader.count(&Which::Unpaid)?,
                    last: reader
                        .filings(&Which::Here, "", 5)?
                        .into_iter()
                        .map(|row| views::filing_row(row, next, now))
                        .collect(),
                })
            })
            .map_err(DeskError::from)
    }

    pub(crate) fn filing_get(&self, id: String) -> Result<FilingView> {
        let filing: Uuid = id
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let at = self.at_work()?;
        let view = self.filing_view(&at, filing)?;
        at.store.write(Op::act(at.context, move |_| {
            Ok((Lines::one(Looked { filing }), ()))
        }))?;
        Ok(view)
    }

    /// What is known of a filing; who shows it to somebody for the first time leaves a `looked` line beside it.
    pub(crate) fn filing_view(&self, at: &At, filing: Uuid) -> Result<FilingView> {
        let next = next_seq(&at.store)?;
        let (row, lines, decisions, form, staff, official, looked_up) =
            at.store.read(|reader| {
                Ok((
                    reader.filing(filing)?,
                    reader.lines_of(filing)?,
                    reader.decisions(filing)?,
                    reader.form(filing, "01")?,
                    reader.staff()?,
                    reader.official(filing)?,
                    reader.look_ups_of(filing)?,
                ))
            })?;
        let gone = form.filter(|sha256| !at.store.blobs().has(sha256));
        let let_go = match gone {
            Some(sha256) => at.store.read(|reader| reader.let_go(&sha256))?,
            None => None,
        };
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let slips = at.store.read(|reader| reader.slips_of(filing))?.into_iter();
        let slips = slips
            .map(|slip| self.slip_view(&at.store, slip.id))
            .collect::<Result<_>>()?;
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let (stored, body) = (now.signed, &now.body);
        let can_number = self.can_number(at, (&row, &lines), official.as_deref())?;
        let mut acts = life::acts(&row.status, at, &lines);
        if let Some(later) = acts.iter_mut().find(|act| act.act == FilingAct::Extend) {
            later.proposed = self.later_day(body, &row.due, at.now.date());
        }
        let names: BTreeMap<Uuid, String> =
            staff.into_iter().map(|row| (row.id, row.name)).collect();
        let procedure = self.chosen(&body.procedure.code, received_on(body, at))?;
        let procedure = procedure.as_ref().map(|chosen| &chosen.procedure);
        let mut time_line: Vec<TimeLineItem> = lines
            .iter()
            .filter_map(|line| time_line_item(line, body, next, &names))
            .collect();
        correct::tell_changes(&lines, &mut time_line);
        let zone = at.now.time_zone();
        time_line.extend(decisions.iter().map(|decision| decided(decision, zone)));
        time_line.sort_by(|one, other| one.at.cmp(&other.at));
        Ok(FilingView {
            row: views::filing_row(row, next, at.now.datetime()),
            applicant: person_values(body.applicant.clone()),
            papers: papers(body, |document| {
                let waits = look_ups::waits(&looked_up, document);
                (
                    waits,
                    look_ups::settled(&looked_up, document, &lines, &names),
                )
            }),
            due: promised(&now).and_then(|(from, due)| {
                let hours = self.rules().calendar(from.date()).hours();
                views::due_of_record(due, from, hours)
            }),
            fee: Some(crate::fees::of_record(&body.fee)),
            give_back: match body.give_back.as_str() {
                "by_post" => GiveBackChoice::ByPost,
                "electronic" => GiveBackChoice::Electronic,
                _ => GiveBackChoice::AtCounter,
            },
            clerk: body.clerk_name.clone(),
            hash8: stored.hash.hash8(),
            receipt_stored: form.is_some_and(|sha256| at.store.blobs().has(&sha256)),
            receipt_let_go: let_go,
            time_line,
            cases: rekey::cases(body, procedure),
            fields: body.details.fields.iter().map(field_shown).collect(),
            behalf: body.details.behalf.as_ref().map(|behalf| BehalfShown {
                submitter: person_values(behalf.submitter.clone()),
                authority: behalf.authority.clone(),
            }),
            exemption: body.fee.exemption.clone(),
            entered: body.details.entered.clone(),
            term_by_clerk: body.details.term_by_clerk,
            official,
            can_number,
            acts,
            slips,
            superseded: superseded(&lines),
        })
    }

    pub(crate) fn find(&self, query: String) -> Result<Vec<FindHit>> {
        let at = self.at_work()?;
        if query.trim().is_empty() {
            return Ok(Vec::new());
        }
        let (filings, persons) = at.store.read(|reader| {
            Ok((
                by_any_code(reader, &Which::All, &query, 6)?,
                reader.persons(&query, 4)?,
            ))
        })?;
        let mut hits: Vec<FindHit> = filings
            .into_iter()
            .map(|row| FindHit {
                kind: FindKind::Filing,
                id: row.id.to_string(),
                title: format!(
                    "{} · {}",
                    row.code.or(row.provisional).unwrap_or_default(),
                    row.applicant
                ),
                note: row.title,
            })
            .collect();
        hits.extend(persons.into_iter().map(|person| FindHit {
            kind: FindKind::Person,
            id: person.person.to_string(),
            note: [views::birth_text(&person.birth), person.address].join(" · "),
            title: person.name,
        }));
        let rules = self.rules();
        hits.extend(
            procedure::find(&rules.procedures.catalogue.procedures, &query, 4)
                .into_iter()
                .map(|found| FindHit {
                    kind: FindKind::Procedure,
                    id: found.code.clone(),
                    title: found.title.vi.clone(),
                    note: found.code.clone(),
                }),
        );
        Ok(hits)
    }
}

/// The promise in force, and from when it was counted.
fn promised<'l>(now: &'l Current<'_>) -> Option<(DateTime, &'l DueRecord)> {
    match now.promise {
        Some((line, change)) => Some((wall(line)?, &change.due)),
        None => Some((now.body.received.parse().ok()?, &now.body.due)),
    }
}

/// The day by whose catalogue a filing is shown: that on which it was received, whatever was published since.
pub(crate) fn received_on(body: &FilingReceived, at: &At) -> Date {
    let received = body.received.parse::<DateTime>();
    received.map_or(at.now.date(), |received| received.date())
}

/// A filing as it stands now.
pub(crate) fn body_now(store: &Store, filing: Uuid) -> Result<FilingReceived> {
    let lines = store.read(|reader| reader.lines_of(filing))?;
    let now = current(&lines).map(|now| now.body);
    now.ok_or(DeskError::new(ErrorCode::FilingUnknown))
}

/// Filings by what was typed; first those that another system's code names.
fn by_any_code(
    reader: &Reader<'_>,
    which: &Which,
    query: &str,
    limit: u32,
) -> Result<Vec<filings::FilingRow>, StoreError> {
    let typed = rekey::official_code(query).unwrap_or_else(|| query.trim().to_uppercase());
    let mut rows = Vec::new();
    if typed.len() >= SHORTEST_CODE {
        for filing in reader.by_official(&typed)? {
            rows.extend(reader.filing(filing)?);
        }
    }
    let known: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let others = reader.filings(which, query, limit)?.into_iter();
    rows.extend(others.filter(|row| !known.contains(&row.id)));
    Ok(rows)
}

fn field_shown(field: &onedoor_protocol::journal::FieldRecord) -> FieldShown {
    FieldShown {
        id: field.id.clone(),
        label: field.label.clone(),
        value: field.value.clone(),
    }
}

/// The state of a paper by its word on the wire.
pub(crate) fn paper_state(state: &str) -> PaperStateChoice {
    match state {
        "copy" => PaperStateChoice::Copy,
        "certified" => PaperStateChoice::Certified,
        "shown" => PaperStateChoice::Shown,
        "from_database" => PaperStateChoice::FromDatabase,
        "not_reachable" => PaperStateChoice::NotReachable,
        "missing" => PaperStateChoice::Missing,
        _ => PaperStateChoice::Original,
    }
}

fn papers(
    body: &FilingReceived,
    later: impl Fn(&str) -> (bool, Option<LookedUp>),
) -> Vec<PaperView> {
    let view = |paper: &onedoor_protocol::journal::PaperRecord| {
        let (waits, looked_up) = later(&paper.document);
        PaperView {
            document: paper.document.clone(),
            name: Text2 {
                vi: paper.name.clone(),
                en: None,
            },
            state: paper_state(&paper.state),
            copies: paper.copies,
            reason: paper.reason.clone(),
            waits,
            looked_up,
        }
    };
    body.papers.iter().map(view).collect()
}

/// The papers that stood for form 01 before, oldest first.
fn superseded(lines: &[(StoredLine, Line)]) -> Vec<PaperBefore> {
    let forms = lines.iter().filter_map(|(_, line)| match &line.body {
        Body::FormRendered(form) if form.form == crate::receipt::FORM => Some((line, &**form)),
        _ => None,
    });
    let mut forms: Vec<_> = forms.collect();
    forms.sort_by_key(|(line, _)| line.happened());
    forms.pop();
    let before = |(line, form): (&Line, &FormRendered)| PaperBefore {
        sha256: form.sha256.hex(),
        at: line.stamp.wall.get(..19).unwrap_or_default().to_string(),
    };
    forms.into_iter().map(before).collect()
}

fn time_line_item(
    (stored, line): &(StoredLine, Line),
    received: &FilingReceived,
    next_at_centre: u64,
    names: &BTreeMap<Uuid, String>,
) -> Option<TimeLineItem> {
    let mut params = BTreeMap::new();
    let head = |approved: Option<Uuid>| {
        let head = approved.map(|head| names.get(&head).cloned().unwrap_or_default());
        head.unwrap_or_else(|| "none".into())
    };
    let code = match &line.body {
        Body::FilingReceived(_) => "received",
        Body::FilingCorrected(now) => {
            params.insert("reason".into(), now.reason.clone());
            "corrected"
        }
        Body::FormRendered(form) => {
            params.insert("sha".into(), form.sha256.hash8());
            "form_rendered"
        }
        Body::Printed(printed) if printed.how == "opened" => "opened",
        Body::Printed(printed) => {
            params.insert("form".into(), form_word(&printed.form).into());
            "printed"
        }
        Body::LineReissued(_) => "reissued",
        Body::StatusChanged(change) => {
            params.insert("status".into(), change.status.clone());
            params.insert("reason".into(), change.reason.clone());
            params.insert("given".into(), (!change.reason.is_empty()).to_string());
            params.insert("head".into(), head(change.approved_by));
            "status"
        }
        Body::DueChanged(change) => {
            params.insert("due".into(), change.due.at.clone());
            params.insert("head".into(), head(change.approved_by));
            match change.why.as_str() {
                life::LATER => "due_later",
                _ => "due_anew",
            }
        }
        Body::SlipIssued(slip) => {
            params.insert("form".into(), form_word(&slip.form).into());
            params.insert("number".into(), slip.form_number.to_string());
            "slip"
        }
        Body::HandedOver(given) => {
            params.insert("taker".into(), given.taker.clone());
            params.insert("right".into(), given.right.clone());
            params.insert("authority".into(), given.authority.clone());
            "handed_over"
        }
        Body::CodeBound(bound) => {
            params.insert("official".into(), bound.official.clone());
            match bound.system.as_str() {
                official_number::OFFICE => "numbered",
                _ => "code_bound",
            }
        }
        Body::LookUpSettled(settled) => {
            let mut papers = received.papers.iter();
            let paper = papers.find(|paper| paper.document == settled.document)?;
            params.insert("name".into(), paper.name.clone());
            match settled.outcome.as_str() {
                "found" => "looked_up_found",
                _ => "looked_up_missing",
            }
        }
        body => money_view::told(body, &mut params)?,
    };
    // A colleague's line came from there.
    let at_centre = !stored.waits && (stored.peer.is_some() || stored.seq < next_at_centre);
    params.insert("at_centre".into(), at_centre.to_string());
    let (at, who) = when_and_who(&line.stamp, names);
    Some(TimeLineItem {
        at,
        code: code.to_string(),
        who,
        params,
        changes: Vec::new(),
    })
}

/// The word by which texts choose a form's name.
fn form_word(form: &str) -> &'static str {
    match form.get(..2) {
        Some("02") => "supplement",
        Some("03") => "refusal",
        Some("04") => "apology",
        Some("05") => "stop",
        _ => "receipt",
    }
}

/// What the solving unit decided, by the office's clock.
fn decided(decision: &DecisionLine, zone: &TimeZone) -> TimeLineItem {
    let at = decision.decided_at.parse::<jiff::Timestamp>();
    let at = at.map(|at| clock::local_text(at.to_zoned(zone.clone()).datetime()));
    let code = match decision.contradicts {
        Some(_) => "decided_against",
        None => "decided",
    };
    TimeLineItem {
        at: at.unwrap_or_else(|_| decision.decided_at.clone()),
        code: code.into(),
        who: decision.unit.clone(),
        params: BTreeMap::from([
            ("status".into(), decision.status.clone()),
            ("reason".into(), decision.reason.clone()),
            ("given".into(), (!decision.reason.is_empty()).to_string()),
        ]),
        changes: Vec::new(),
    }
}

/// Local time of a line, and the name of who wrote it; empty where it was the program itself.
pub(crate) fn when_and_who(stamp: &Stamp, names: &BTreeMap<Uuid, String>) -> (String, String) {
    let at = stamp.wall.get(..19).unwrap_or(&stamp.wall).to_string();
    let who = stamp.clerk.and_then(|clerk| names.get(&clerk).cloned());
    (at, who.unwrap_or_default())
}
