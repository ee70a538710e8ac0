//! Receiving: procedures, the draft, the check, and the act itself. Durable before anything is printed.

use crate::{
    clock,
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    notes,
    typed::{self, as_typed, draft_input, paper_record, person_record, person_values},
    views,
};
use jiff::civil::DateTime;
use onedoor_domain::{
    code::{self, DossierCode},
    due::{self, Due},
    filing::{self, Checked, CheckedPerson},
    procedure::{self, Procedure},
    text,
};
use onedoor_protocol::journal::{FilingReceived, PersonRecord, ProcedureRef};
use onedoor_store::{
    Lines, Op, Store,
    tables::{drafts::DraftRow, filings::Which},
};
use std::time::Instant;
use uuid::Uuid;

const DRAFT: &str = "receive";
const MOST_HITS: usize = 12;

impl Desk {
    pub(crate) fn procedure_find(&self, query: String) -> Result<Vec<ProcedureHit>> {
        let last = self
            .at_work()?
            .store
            .read(|reader| reader.last_procedures(8))?;
        let all = &self.0.catalogue.procedures;
        let found: Vec<&Procedure> = if query.trim().is_empty() {
            let mut known: Vec<_> = last
                .iter()
                .filter_map(|code| self.0.catalogue.get(code))
                .collect();
            known.extend(
                all.iter()
                    .filter(|procedure| !last.contains(&procedure.code)),
            );
            known.into_iter().take(MOST_HITS).collect()
        } else {
            procedure::find(all, &query, MOST_HITS)
        };
        let hit = |procedure: &Procedure| ProcedureHit {
            code: procedure.code.clone(),
            title: views::text2(&procedure.title),
            field: views::text2(&procedure.field),
            term_text: procedure.term_text.clone(),
            fee_text: procedure.fee_text.clone(),
            nickname: procedure.nicknames.first().cloned(),
            last_used: last.contains(&procedure.code),
        };
        Ok(found.into_iter().map(hit).collect())
    }

    pub(crate) fn procedure_get(&self, code: String) -> Result<ProcedureView> {
        let procedure = self
            .0
            .catalogue
            .get(&code)
            .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))?;
        Ok(ProcedureView {
            code: procedure.code.clone(),
            version: procedure.version,
            title: views::text2(&procedure.title),
            field: views::text2(&procedure.field),
            decision: procedure.decision.clone(),
            agency: procedure.agency.clone(),
            term: views::term(procedure.term),
            term_text: procedure.term_text.clone(),
            fee: views::fee(procedure, self.now().date(), 1),
            fee_text: procedure.fee_text.clone(),
            documents: views::document(procedure),
        })
    }

    pub(crate) fn draft_get(&self) -> Result<DraftView> {
        let at = self.at_work()?;
        let row = at
            .store
            .read(|reader| reader.draft(at.session.clerk, DRAFT))?;
        draft_view(row.unwrap_or_else(empty_draft))
    }

    fn keep(
        &self,
        change: impl FnOnce(DraftRow) -> Result<DraftRow> + Send + 'static,
    ) -> Result<DraftView> {
        let at = self.at_work()?;
        let clerk = at.session.clerk;
        let before = at
            .store
            .read(|reader| reader.draft(clerk, DRAFT))?
            .unwrap_or_else(empty_draft);
        let after = change(before)?;
        let row = after.clone();
        at.store
            .write(Op::local(move |tx| tx.keep_draft(clerk, DRAFT, &row)))?;
        draft_view(after)
    }

    pub(crate) fn draft_save(&self, values: DraftValues) -> Result<DraftView> {
        let kept_at = Some(clock::local_text(self.at_work()?.now.datetime()));
        let json = serde_json::to_string(&values)?;
        self.keep(move |row| {
            let undo = if json == row.values { row.undo } else { None };
            Ok(DraftRow {
                values: json,
                kept_at,
                undo,
                ..row
            })
        })
    }

    pub(crate) fn draft_clear(&self) -> Result<DraftView> {
        self.keep(|row| {
            Ok(DraftRow {
                undo: Some(row.values),
                ..empty_draft()
            })
        })
    }

    pub(crate) fn draft_undo(&self) -> Result<DraftView> {
        let kept_at = Some(clock::local_text(self.at_work()?.now.datetime()));
        self.keep(move |row| match row.undo {
            Some(values) => Ok(DraftRow {
                values,
                kept_at,
                undo: None,
                id: row.id,
            }),
            None => Ok(row),
        })
    }

    pub(crate) fn person_find(&self, query: String) -> Result<Vec<PersonValues>> {
        let found = self
            .at_work()?
            .store
            .read(|reader| reader.persons(&query, 8))?;
        Ok(found.into_iter().map(person_values).collect())
    }

    pub(crate) fn filing_check(&self, values: DraftValues) -> Result<Check> {
        let at = self.at_work()?;
        let procedure = self.0.catalogue.get(&values.procedure);
        let input = draft_input(&values);
        let checked = filing::check(&input, procedure, at.now.date());
        let due = procedure.map(|procedure| self.due(procedure, at.now.datetime()));
        let mut warnings: Vec<FieldNote> = checked.warnings.iter().map(notes::warning).collect();
        warnings.extend(notes::undrawable(&values));
        Ok(Check {
            problems: checked.problems.iter().map(notes::problem).collect(),
            warnings,
            due: due.as_ref().map(views::due),
            fee: procedure
                .map(|procedure| views::fee(procedure, at.now.date(), input.copies.max(1))),
            duplicates: self.duplicates(&at, &values)?,
        })
    }

    fn duplicates(&self, at: &At, values: &DraftValues) -> Result<Vec<FilingRow>> {
        let id_number: String = values
            .applicant
            .id_number
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if id_number.len() < 9 || values.procedure.is_empty() {
            return Ok(Vec::new());
        }
        let next = crate::sync_link::next_seq(&at.store)?;
        let which = Which::SameMatter {
            id_number,
            procedure: values.procedure.clone(),
        };
        let rows = at.store.read(|reader| reader.filings(&which, "", 5))?;
        Ok(rows
            .into_iter()
            .map(|row| views::filing_row(row, next, at.now.datetime()))
            .collect())
    }

    fn due(&self, procedure: &Procedure, received: DateTime) -> Due {
        due::due(received, procedure.term, &self.0.catalogue.calendar)
    }

    /// The act. In order: number, line and filing in one transaction; the PDF as a blob; the line that names it. Only
    /// then does anything say "printed".
    pub(crate) fn filing_receive(
        &self,
        values: DraftValues,
        keep_person: bool,
    ) -> Result<Received> {
        let started = Instant::now();
        let at = self.at_work()?;
        let (filing, hash) = self.commit(&at, &values)?;
        let committed_ms = elapsed(started);
        let receipt_stored = match self.store_form(&at.store, filing, PaperChoice::A5) {
            Ok(_) => true,
            Err(error) => {
                // The filing is durable and keeps its number; the next start renders the form again.
                tracing::error!(detail = %error.detail, "the receipt could not be stored yet");
                false
            }
        };
        let pdf_ms = elapsed(started);
        let code = values.procedure.clone();
        at.store
            .write(Op::local(move |tx| tx.use_procedure(&code)))?;
        let draft = if keep_person {
            self.draft_save(kept_person(&values, &at.store, filing)?)?
        } else {
            self.draft_get()?
        };
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings", "draft"]));
        let next = crate::sync_link::next_seq(&at.store)?;
        let row = at
            .store
            .read(|reader| reader.filing(filing))?
            .ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let procedure = self
            .0
            .catalogue
            .get(&values.procedure)
            .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))?;
        Ok(Received {
            filing: views::filing_row(row, next, at.now.datetime()),
            due: views::due(&self.due(procedure, at.now.datetime())),
            hash8: hash.hash8(),
            receipt_stored,
            draft,
            committed_ms,
            pdf_ms,
        })
    }

    /// Number, line and filing in one transaction; the clerk's draft goes with it.
    pub(crate) fn commit(
        &self,
        at: &At,
        values: &DraftValues,
    ) -> Result<(Uuid, onedoor_store::Hash32)> {
        let draft = at
            .store
            .read(|reader| reader.draft(at.session.clerk, DRAFT))?
            .unwrap_or_else(empty_draft);
        let line = self.line_of(at, values, Some(draft.id))?;
        let workstation = self.workstation()?;
        let day = at.now.date();
        let clerk = at.session.clerk;
        let stopped = at
            .store
            .read(|reader| reader.setting(crate::sync_link::NUMBERS_STOPPED))?
            .is_some();
        let op = Op::act(at.context.clone(), move |tx| {
            let enrolment = &workstation.enrolment;
            let mut line = line;
            let number = match stopped {
                true => None,
                false => tx.next_dossier_number(&enrolment.lease)?,
            };
            match number {
                Some(seq) => {
                    let agency = enrolment.office.agency.clone();
                    line.code = Some(DossierCode { agency, day, seq }.to_string());
                }
                None => {
                    line.provisional = Some(code::provisional(
                        &crate::session::short(enrolment.ws),
                        tx.next_seq(),
                    ))
                }
            }
            line.form_number = tx.next_form_number(crate::receipt::FORM)?;
            tx.clear_draft(clerk, DRAFT)?;
            let filing = line.filing;
            Ok((Lines::one(line), filing))
        });
        let written = at.store.write(op)?;
        let hash = written
            .lines
            .first()
            .map(|line| line.hash)
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        Ok((written.value, hash))
    }

    /// The line a draft becomes. With `id` every field has to be right; without it (the preview) what is wrong or empty
    /// stays empty on the paper.
    pub(crate) fn line_of(
        &self,
        at: &At,
        values: &DraftValues,
        id: Option<Uuid>,
    ) -> Result<FilingReceived> {
        let procedure = self.0.catalogue.get(&values.procedure);
        let input = draft_input(values);
        let checked = filing::check(&input, procedure, at.now.date());
        let clean = match (&checked.filing, id) {
            (Some(filing), _) => filing.clone(),
            (None, Some(_)) => return Err(fields_wrong(&checked)),
            (None, None) => as_typed(&input),
        };
        let workstation = self.workstation()?;
        let received = at.now.datetime();
        let due = match procedure {
            Some(procedure) => self.due(procedure, received),
            None => due::due(
                received,
                due::Term::WorkingDays(0),
                &self.0.catalogue.calendar,
            ),
        };
        let person = self.person_id(&at.store, &values.applicant, &clean.applicant)?;
        let submitter = match (&values.behalf, &clean.behalf) {
            (Some(typed), Some(checked)) => {
                self.person_id(&at.store, &typed.submitter, &checked.submitter)?
            }
            _ => Uuid::nil(),
        };
        let title = procedure
            .map(|procedure| procedure.title.vi.clone())
            .unwrap_or_default();
        Ok(FilingReceived {
            filing: id.unwrap_or_default(),
            code: None,
            provisional: None,
            form_number: 0,
            template: onedoor_receipt::FORM01_TEMPLATE.to_string(),
            office: workstation.enrolment.office,
            counter: workstation.enrolment.counter,
            content: if clean.content.is_empty() {
                title.clone()
            } else {
                clean.content.clone()
            },
            procedure: ProcedureRef {
                code: values.procedure.clone(),
                version: procedure.map_or(0, |procedure| procedure.version),
                title,
                title_en: procedure.and_then(|procedure| procedure.title.en.clone()),
                term_text: procedure
                    .map(|procedure| procedure.term_text.clone())
                    .unwrap_or_default(),
            },
            applicant: person_record(person, &clean.applicant),
            papers: clean
                .papers
                .iter()
                .filter_map(|paper| paper_record(procedure?, paper))
                .collect(),
            sets: clean.sets,
            copies: clean.copies,
            received: clock::local_text(received),
            due: views::due_record(&due),
            fee: views::fee_record(procedure, received.date(), clean.copies.max(1)),
            give_back: clean.give_back.as_str().to_string(),
            clerk_name: at.session.name.clone(),
            sample: self.demo(),
            details: typed::details(procedure, &clean, submitter),
        })
    }

    /// The register's entry for this person: the one chosen, or the one with the same number and name, or a new one.
    fn person_id(
        &self,
        store: &Store,
        values: &PersonValues,
        person: &CheckedPerson,
    ) -> Result<Uuid> {
        if let Ok(known) = values.person.parse() {
            return Ok(known);
        }
        let Some(number) = &person.id_number else {
            return Ok(Uuid::now_v7());
        };
        let found = store.read(|reader| reader.persons(number.as_str(), 5))?;
        let same = |record: &PersonRecord| {
            record.id_number == number.as_str()
                && text::fold(&record.name) == text::fold(&person.name)
        };
        Ok(found
            .iter()
            .find(|record| same(record))
            .map_or_else(Uuid::now_v7, |record| record.person))
    }
}

fn elapsed(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_millis()).unwrap_or(u32::MAX)
}

fn fields_wrong(checked: &Checked) -> DeskError {
    DeskError::new(ErrorCode::FieldsWrong).with("count", checked.problems.len())
}

fn empty_draft() -> DraftRow {
    DraftRow {
        id: Uuid::now_v7(),
        values: "{}".into(),
        kept_at: None,
        undo: None,
    }
}

fn draft_view(row: DraftRow) -> Result<DraftView> {
    // An empty object stands for a new draft; anything else is exactly what was typed.
    let values = if row.values == "{}" {
        DraftValues::default()
    } else {
        serde_json::from_str(&row.values)?
    };
    Ok(DraftView {
        id: row.id.to_string(),
        values,
        kept_at: row.kept_at,
        can_undo: row.undo.is_some(),
    })
}

/// The next draft with the same person, now known to the register.
fn kept_person(values: &DraftValues, store: &Store, filing: Uuid) -> Result<DraftValues> {
    let lines = store.read(|reader| reader.lines_of(filing))?;
    let person = lines.iter().find_map(|(_, line)| match &line.body {
        onedoor_protocol::journal::Body::FilingReceived(body) => {
            Some(body.applicant.person.to_string())
        }
        _ => None,
    });
    let applicant = PersonValues {
        person: person.unwrap_or_default(),
        ..values.applicant.clone()
    };
    Ok(DraftValues {
        applicant,
        ..DraftValues::default()
    })
}
