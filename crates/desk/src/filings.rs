//! Finding and showing filings. Opening a record leaves a `looked` line; rows of a list do not.

use crate::{
    clock,
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    sync_link::next_seq,
    typed::person_values,
    views,
};
use jiff::civil::DateTime;
use onedoor_domain::procedure;
use onedoor_protocol::journal::{Body, FilingReceived, Line, Looked};
use onedoor_store::{
    Lines, Op,
    tables::{filings::Which, journal::StoredLine},
};
use std::collections::BTreeMap;
use uuid::Uuid;

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
        };
        let rows = at
            .store
            .read(|reader| reader.filings(&which, &query, limit.clamp(1, 200)))?;
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
                    last: reader
                        .filings(&Which::All, "", 5)?
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
        let next = next_seq(&at.store)?;
        let (row, lines, form, staff) = at.store.read(|reader| {
            Ok((
                reader.filing(filing)?,
                reader.lines_of(filing)?,
                reader.form(filing, "01")?,
                reader.staff()?,
            ))
        })?;
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let received = lines.iter().find_map(|(stored, line)| match &line.body {
            Body::FilingReceived(body) => Some((stored, body)),
            _ => None,
        });
        let (stored, body) = received.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let names: BTreeMap<Uuid, String> =
            staff.into_iter().map(|row| (row.id, row.name)).collect();
        let view = FilingView {
            row: views::filing_row(row, next, at.now.datetime()),
            applicant: person_values(body.applicant.clone()),
            papers: papers(body),
            due: body.received.parse::<DateTime>().ok().and_then(|received| {
                views::due_of_record(&body.due, received, self.0.catalogue.calendar.hours())
            }),
            fee: Some(views::fee_of_record(&body.fee)),
            give_back: match body.give_back.as_str() {
                "by_post" => GiveBackChoice::ByPost,
                "electronic" => GiveBackChoice::Electronic,
                _ => GiveBackChoice::AtCounter,
            },
            clerk: body.clerk_name.clone(),
            hash8: stored.hash.hash8(),
            receipt_stored: form.is_some(),
            time_line: lines
                .iter()
                .filter_map(|line| time_line_item(line, next, &names))
                .collect(),
        };
        at.store.write(Op::act(at.context, move |_| {
            Ok((Lines::one(Looked { filing }), ()))
        }))?;
        Ok(view)
    }

    pub(crate) fn find(&self, query: String) -> Result<Vec<FindHit>> {
        let at = self.at_work()?;
        if query.trim().is_empty() {
            return Ok(Vec::new());
        }
        let (filings, persons) = at.store.read(|reader| {
            Ok((
                reader.filings(&Which::All, &query, 6)?,
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
        hits.extend(
            procedure::find(&self.0.catalogue.procedures, &query, 4)
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

fn papers(body: &FilingReceived) -> Vec<PaperView> {
    let state = |state: &str| match state {
        "copy" => PaperStateChoice::Copy,
        "certified" => PaperStateChoice::Certified,
        "shown" => PaperStateChoice::Shown,
        "from_database" => PaperStateChoice::FromDatabase,
        "not_reachable" => PaperStateChoice::NotReachable,
        "missing" => PaperStateChoice::Missing,
        _ => PaperStateChoice::Original,
    };
    let view = |paper: &onedoor_protocol::journal::PaperRecord| PaperView {
        name: Text2 {
            vi: paper.name.clone(),
            en: None,
        },
        state: state(&paper.state),
        copies: paper.copies,
        reason: paper.reason.clone(),
    };
    body.papers.iter().map(view).collect()
}

fn time_line_item(
    (stored, line): &(StoredLine, Line),
    next_at_centre: u64,
    names: &BTreeMap<Uuid, String>,
) -> Option<TimeLineItem> {
    let mut params = BTreeMap::new();
    let code = match &line.body {
        Body::FilingReceived(_) => "received",
        Body::FormRendered(form) => {
            params.insert("sha".into(), form.sha256.hash8());
            "form_rendered"
        }
        Body::Printed(printed) if printed.how == "opened" => "opened",
        Body::Printed(_) => "printed",
        Body::StatusChanged(change) => {
            params.insert("status".into(), change.status.clone());
            "status"
        }
        _ => return None,
    };
    params.insert(
        "at_centre".into(),
        (stored.seq < next_at_centre).to_string(),
    );
    let at = line
        .stamp
        .wall
        .get(..19)
        .unwrap_or(&line.stamp.wall)
        .to_string();
    let who = line
        .stamp
        .clerk
        .and_then(|clerk| names.get(&clerk).cloned())
        .unwrap_or_default();
    Some(TimeLineItem {
        at,
        code: code.to_string(),
        who,
        params,
    })
}
