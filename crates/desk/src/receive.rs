//! Receiving: the act itself. Durable before anything is printed. Not here: the draft (`drafts`), its check (`check`).

use crate::{
    check::Judged,
    clock,
    desk::{At, Desk, Event},
    drafts::{DRAFT, empty_draft},
    dto::*,
    error::{DeskError, Result},
    fees::{self, Fee},
    incarnation::may_number,
    typed::{self, as_typed, draft_input, paper_record, person_record},
    views,
};
use jiff::civil::Date;
use onedoor_domain::{
    code::{self, DossierCode},
    due::Due,
};
use onedoor_protocol::{
    enrol::Enrolment,
    journal::{FilingReceived, ProcedureRef},
};
use onedoor_store::{Hash32, Lines, Op, Store, StoreError, tables::act::ActTx};
use std::time::Instant;
use uuid::Uuid;

/// What an act gave back: the filing, the chain's hash after its line, the promise.
pub(crate) struct Committed {
    pub filing: Uuid,
    pub hash: Hash32,
    pub due: Due,
}

impl Desk {
    /// The act. In order: number, line and filing in one transaction; the PDF as a blob; the line that names it. Only
    /// then does anything say "printed".
    pub(crate) fn filing_receive(
        &self,
        values: DraftValues,
        keep_person: bool,
    ) -> Result<Received> {
        let started = Instant::now();
        if values.correcting.is_some() {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let at = self.at_work()?;
        let Committed { filing, hash, due } = self.commit(&at, &values)?;
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
        Ok(Received {
            filing: views::filing_row(row, next, at.now.datetime()),
            due: views::due(&due),
            hash8: hash.hash8(),
            receipt_stored,
            draft,
            committed_ms,
            pdf_ms,
        })
    }

    /// Number, line and filing in one transaction; the clerk's draft goes with it.
    pub(crate) fn commit(&self, at: &At, values: &DraftValues) -> Result<Committed> {
        let judged = self.judge(at, values)?;
        judged.refuse()?;
        let draft = at
            .store
            .read(|reader| reader.draft(at.session.clerk, DRAFT))?
            .unwrap_or_else(empty_draft);
        let (line, due) = self.line_of(at, values, &judged, Some(draft.id))?;
        // A filing without a time limit was refused above: a receipt always promises a day.
        let due = due.ok_or(DeskError::new(ErrorCode::FieldsWrong))?;
        let workstation = self.workstation()?;
        let day = at.now.date();
        let clerk = at.session.clerk;
        let pad = judged.pad;
        let numbered = may_number(&at.store, &at.context.day)?;
        if numbered {
            self.keep_machine(&at.store)?;
        }
        let procedure = values.procedure.clone();
        let op = Op::act(at.context.clone(), move |tx| {
            let enrolment = &workstation.enrolment;
            let mut line = line;
            match pad {
                // The number was taken when the sheet was printed; the sheet must still be blank now.
                Some((code, form_number)) => {
                    let blank = tx.pad(&code)?.is_some_and(|pad| pad.state == "blank");
                    if !blank || tx.holder_of(&code)?.is_some() {
                        return Err(StoreError::Refused("the sheet is not blank".into()));
                    }
                    line.form_number = form_number;
                    match code::parse_provisional(&code) {
                        Some(_) => line.provisional = Some(code),
                        None => line.code = Some(code),
                    }
                }
                None => {
                    let code = match numbered {
                        true => next_code(tx, enrolment, day)?,
                        false => None,
                    };
                    match code {
                        Some(_) => line.code = code,
                        None => {
                            let short = crate::session::short(enrolment.ws);
                            line.provisional = Some(code::provisional(&short, tx.next_seq()));
                        }
                    }
                    line.form_number = tx.next_form_number(crate::receipt::FORM)?;
                }
            }
            tx.clear_draft(clerk, DRAFT)?;
            tx.use_procedure(&procedure)?;
            let filing = line.filing;
            Ok((Lines::one(line), filing))
        });
        let written = at.store.write(op)?;
        let hash = written
            .lines
            .first()
            .map(|line| line.hash)
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        Ok(Committed {
            filing: written.value,
            hash,
            due,
        })
    }

    /// The line a draft would become if it were received now: what the preview shows.
    pub(crate) fn preview_line(&self, values: &DraftValues) -> Result<FilingReceived> {
        let at = self.at_work()?;
        let judged = self.judge(&at, values)?;
        Ok(self.line_of(&at, values, &judged, None)?.0)
    }

    /// The line a draft becomes, and its promise once a time limit is known. With `id` every field has to be right;
    /// without it (the preview) what is wrong or empty stays empty on the paper.
    pub(crate) fn line_of(
        &self,
        at: &At,
        values: &DraftValues,
        judged: &Judged,
        id: Option<Uuid>,
    ) -> Result<(FilingReceived, Option<Due>)> {
        let chosen = judged.chosen.as_deref();
        let procedure = chosen.map(|chosen| &chosen.procedure);
        let clean = match (&judged.checked.filing, id) {
            (Some(filing), _) => filing.clone(),
            (None, Some(_)) => return Err(DeskError::new(ErrorCode::FieldsWrong)),
            (None, None) => as_typed(&draft_input(values)),
        };
        let workstation = self.workstation()?;
        let received = judged.received;
        let due = judged.term.map(|term| self.due(term, received));
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
        let mut details = typed::details(procedure, &clean, submitter);
        details.bilingual = workstation.enrolment.office.mission.is_some();
        details.term_by_clerk = chosen.is_some_and(|chosen| !chosen.term_known);
        let on_paper = received != at.now.datetime();
        details.entered = on_paper.then(|| clock::local_text(at.now.datetime()));
        let line = FilingReceived {
            filing: id.unwrap_or_default(),
            code: None,
            provisional: None,
            form_number: 0,
            template: match details.bilingual {
                true => onedoor_receipt::FORM01_BILINGUAL_TEMPLATE,
                false => onedoor_receipt::FORM01_TEMPLATE,
            }
            .to_string(),
            office: workstation.enrolment.office,
            counter: workstation.enrolment.counter,
            content: match clean.content.is_empty() {
                true => title.clone(),
                false => clean.content.clone(),
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
            due: due
                .as_ref()
                .map_or_else(views::no_due_record, views::due_record),
            fee: judged
                .fee
                .as_ref()
                .map_or_else(fees::no_record, Fee::record),
            give_back: clean.give_back.as_str().to_string(),
            clerk_name: at.session.name.clone(),
            sample: self.demo(),
            details,
        };
        Ok((line, due))
    }
}

pub(crate) fn elapsed(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_millis()).unwrap_or(u32::MAX)
}

/// What the store is told when the day has no numbers left.
pub(crate) const NONE_LEFT: &str = "no numbers are left for the day";

/// The next code of the counter's range; none when the day has none left. A number that was voided, or that the
/// office knows on another paper, such as one of a copy of this PC, is passed over.
pub(crate) fn next_code(
    tx: &ActTx<'_>,
    enrolment: &Enrolment,
    day: Date,
) -> Result<Option<String>, StoreError> {
    while let Some(seq) = tx.next_dossier_number(&enrolment.lease)? {
        let agency = enrolment.office.agency.clone();
        let code = DossierCode { agency, day, seq }.to_string();
        if tx.holder_of(&code)?.is_none() && !tx.is_voided(&code)? {
            return Ok(Some(code));
        }
    }
    Ok(None)
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
