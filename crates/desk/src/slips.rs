//! Slips: forms 02 and 03 that a citizen takes home instead of a receipt; and how any slip is numbered, rendered, kept as a
//! blob and printed. The draft stays. Not here: slips that go with an act on a filing (`slip_acts`), what the papers look
//! like (`receipt`).

use crate::{
    clock,
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    forms,
    receipt::{Png, StoredPaper, bounded},
    typed::{as_typed, draft_input, person_record},
};
use onedoor_domain::{
    filing::{self, CheckedPerson},
    procedure::{PaperWay, Procedure, RequiredDocument},
    text,
};
use onedoor_protocol::journal::{Body, Line, ProcedureRef, SlipIssued, SlipRendered};
use onedoor_receipt::{
    FORM02_TEMPLATE, FORM03_TEMPLATE, FORM04_TEMPLATE, FORM05_TEMPLATE, FormRenderer, Paper,
    Printpdf, picture,
};
use onedoor_store::{Hash32, Lines, Op, Store, tables::journal::StoredLine};
use std::sync::PoisonError;
use uuid::Uuid;

/// How many slips a list shows at most.
const MOST_SLIPS: u32 = 50;

impl SlipForm {
    pub(crate) fn name(self) -> &'static str {
        self.name_on(PaperChoice::A5)
    }

    /// The name under which it is kept on this paper.
    fn name_on(self, paper: PaperChoice) -> &'static str {
        let [a5, two, one] = match self {
            SlipForm::Supplement => ["02", "02-a4", "02-a4-one"],
            SlipForm::Refusal => ["03", "03-a4", "03-a4-one"],
            SlipForm::Apology => ["04", "04-a4", "04-a4-one"],
            SlipForm::Stop => ["05", "05-a4", "05-a4-one"],
        };
        match paper {
            PaperChoice::A5 => a5,
            PaperChoice::A4TwoUp => two,
            PaperChoice::A4 => one,
        }
    }

    pub(crate) fn template(self) -> &'static str {
        match self {
            SlipForm::Supplement => FORM02_TEMPLATE,
            SlipForm::Refusal => FORM03_TEMPLATE,
            SlipForm::Apology => FORM04_TEMPLATE,
            SlipForm::Stop => FORM05_TEMPLATE,
        }
    }

    fn of(name: &str) -> Self {
        match name {
            "03" => SlipForm::Refusal,
            "04" => SlipForm::Apology,
            "05" => SlipForm::Stop,
            _ => SlipForm::Supplement,
        }
    }
}

impl Desk {
    /// The act: number and line in one transaction, then the PDF, then the line that names it.
    pub(crate) fn slip_issue(
        &self,
        values: DraftValues,
        form: SlipForm,
        reason: String,
    ) -> Result<SlipView> {
        let at = self.at_work()?;
        if !matches!(form, SlipForm::Supplement | SlipForm::Refusal) {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let applicant = slip_person(&at, &values)?;
        let mut line = self.slip_line(&at, &values, form, &reason, &applicant)?;
        let needs_reason = form == SlipForm::Refusal || line.items.is_empty();
        if needs_reason && line.reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        line.slip = Uuid::now_v7();
        line.applicant.person = self.person_id(&at.store, &values.applicant, &applicant)?;
        let slip = line.slip;
        at.store.write(Op::act(at.context.clone(), move |tx| {
            line.form_number = tx.next_form_number(form.name())?;
            Ok((Lines::one(line), ()))
        }))?;
        if let Err(error) = self.store_slip(&at.store, slip, PaperChoice::A5) {
            // The slip is durable and keeps its number; the next start renders it again.
            tracing::error!(detail = %error.detail, "the slip could not be stored yet");
        }
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["slips"]));
        self.slip_view(&at.store, slip)
    }

    fn slip_procedure(&self, at: &At, values: &DraftValues) -> Result<Procedure> {
        let chosen = self.chosen(&values.procedure, at.now.date())?;
        chosen
            .map(|chosen| chosen.procedure.clone())
            .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))
    }

    /// What a slip would say; without number, and with no entry of the register yet.
    fn slip_line(
        &self,
        at: &At,
        values: &DraftValues,
        form: SlipForm,
        reason: &str,
        applicant: &CheckedPerson,
    ) -> Result<SlipIssued> {
        let procedure = self.slip_procedure(at, values)?;
        let clean = |typed: &str| {
            text::clean(typed, text::MAX_TEXT)
                .map_err(|_| DeskError::new(ErrorCode::FieldsWrong).with("count", 1))
        };
        let content = clean(&values.content)?;
        let items = self.slip_items(&procedure, values, form);
        let mut reason = clean(reason)?;
        if reason.is_empty() && form == SlipForm::Supplement && !items.is_empty() {
            reason = self.0.texts.get("form02-reason-missing");
        }
        let workstation = self.workstation()?;
        Ok(SlipIssued {
            slip: Uuid::nil(),
            form: form.name().to_string(),
            form_number: 0,
            template: form.template().to_string(),
            office: workstation.enrolment.office,
            counter: workstation.enrolment.counter,
            applicant: person_record(Uuid::nil(), applicant),
            content: if content.is_empty() {
                procedure.title.vi.clone()
            } else {
                content
            },
            items,
            reason,
            issued: clock::local_text(at.now.datetime()),
            clerk_name: at.session.name.clone(),
            sample: self.demo(),
            on: None,
            procedure: ProcedureRef {
                code: procedure.code,
                version: procedure.version,
                title: procedure.title.vi,
                title_en: procedure.title.en,
                term_text: procedure.term_text,
            },
        })
    }

    /// The papers that are not there, in the checklist's order. A supplement asks for all that is not ticked, since the
    /// law lets an office ask once; a refusal cites only what the clerk marked as missing.
    fn slip_items(
        &self,
        procedure: &Procedure,
        values: &DraftValues,
        form: SlipForm,
    ) -> Vec<String> {
        let cases: Vec<&str> = values.cases.iter().map(String::as_str).collect();
        let said = |document: &RequiredDocument| {
            let paper = values.papers.iter().find(|p| p.document == document.id);
            let reason = paper.map_or("", |paper| paper.reason.trim());
            let missing = match paper.and_then(|paper| paper.state) {
                Some(PaperStateChoice::Missing) => true,
                Some(_) => false,
                // A condition in words, or a paper to be shown, may not apply: the clerk has to say so.
                None => {
                    form == SlipForm::Supplement
                        && document.way == PaperWay::Submit
                        && document.when.is_none()
                }
            };
            let item = forms::item(&self.0.texts, document);
            let why = text::clean(reason, text::MAX_TEXT).unwrap_or_default();
            missing.then(|| {
                if why.is_empty() {
                    item
                } else {
                    format!("{item}: {why}")
                }
            })
        };
        procedure.documents_in(&cases).filter_map(said).collect()
    }

    /// The slip as it would be, before anything is issued.
    pub(crate) fn slip_preview(
        &self,
        values: DraftValues,
        form: SlipForm,
        reason: String,
        scale: f32,
    ) -> Result<Png> {
        let at = self.at_work()?;
        let applicant = as_typed(&draft_input(&values)).applicant;
        let line = self.slip_line(&at, &values, form, &reason, &applicant)?;
        let pdf = drawn(&line, None, Paper::A5)?;
        Ok(picture(&pdf, 0, bounded(scale))?)
    }

    /// Renders and stores a slip; nothing is printed before this is durable.
    pub(crate) fn store_slip(
        &self,
        store: &Store,
        slip: Uuid,
        choice: PaperChoice,
    ) -> Result<Hash32> {
        let _one_at_a_time = self
            .0
            .rendering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (stored, body) = issued(store, slip)?;
        let name = SlipForm::of(&body.form).name_on(choice);
        if let Some(known) = store.read(|reader| reader.form(slip, name))? {
            return Ok(known);
        }
        let pdf = drawn(&body, Some(&stored.hash), crate::form01::paper(choice))?;
        let (sha256, size) = (store.blobs().put(&pdf)?, pdf.len() as u64);
        let line = SlipRendered {
            slip,
            form: name.to_string(),
            template: body.template,
            sha256,
            size,
        };
        let context = self.context(&self.now(), None);
        store.write(Op::act(context, move |tx| {
            tx.name_blob(&sha256, size, "application/pdf")?;
            Ok((Lines::one(line), ()))
        }))?;
        Ok(sha256)
    }

    /// Renders the slips that a crash left without their PDF; returns how many.
    pub(crate) fn mend_slips(&self, store: &Store) -> Result<usize> {
        let mut mended = 0;
        loop {
            let missing = store.read(|reader| reader.slips_without_form(MOST_SLIPS))?;
            if missing.is_empty() {
                return Ok(mended);
            }
            for slip in missing {
                self.store_slip(store, slip, PaperChoice::A5)?;
                mended += 1;
            }
            self.tell(Event::Changed(vec!["slips"]));
        }
    }

    pub(crate) fn slip_view(&self, store: &Store, slip: Uuid) -> Result<SlipView> {
        let (_, body) = issued(store, slip)?;
        let stored = store
            .read(|reader| reader.form(slip, &body.form))?
            .is_some();
        Ok(SlipView {
            id: slip.to_string(),
            form: SlipForm::of(&body.form),
            number: body.form_number,
            applicant: body.applicant.name,
            title: Text2 {
                vi: body.procedure.title,
                en: body.procedure.title_en,
            },
            issued: body.issued,
            items: body.items,
            reason: body.reason,
            stored,
        })
    }

    pub(crate) fn slip_list(&self, limit: u32) -> Result<Vec<SlipView>> {
        let store = self.at_work()?.store;
        let rows = store.read(|reader| reader.slips(limit.clamp(1, MOST_SLIPS)))?;
        rows.into_iter()
            .map(|row| self.slip_view(&store, row.id))
            .collect()
    }

    fn stored_slip(&self, slip: &str, choice: PaperChoice) -> Result<StoredPaper> {
        let slip: Uuid = slip
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::SlipUnknown))?;
        let store = self.at_work()?.store;
        let sha256 = self.store_slip(&store, slip, choice)?;
        let (_, body) = issued(&store, slip)?;
        // A print of a filing's slip is the filing's own, as one of its receipt is.
        let about = body.on.as_ref().map_or(slip, |on| on.filing);
        StoredPaper::read(store, about, &body.form, sha256)
    }

    pub(crate) fn slip_picture(&self, slip: String, scale: f32) -> Result<Png> {
        let paper = self.stored_slip(&slip, PaperChoice::A5)?;
        Ok(picture(&paper.pdf, 0, bounded(scale))?)
    }

    pub(crate) fn slip_open(&self, slip: String) -> Result<PrintOutcome> {
        self.open_stored(|choice| self.stored_slip(&slip, choice))
    }

    pub(crate) fn slip_print(&self, slip: String) -> Result<PrintOutcome> {
        self.print_stored(|choice| self.stored_slip(&slip, choice))
    }
}

/// The person of a slip: what is typed must be right, but only the name must be there.
fn slip_person(at: &At, values: &DraftValues) -> Result<CheckedPerson> {
    let typed = draft_input(values).applicant;
    if typed.name.trim().is_empty() {
        return Err(DeskError::new(ErrorCode::NameRequired));
    }
    filing::check_person(&typed, at.now.date())
        .map_err(|problems| DeskError::new(ErrorCode::FieldsWrong).with("count", problems.len()))
}

/// The line that issued a slip, and where it stands.
fn issued(store: &Store, slip: Uuid) -> Result<(StoredLine, SlipIssued)> {
    let lines: Vec<(StoredLine, Line)> = store.read(|reader| {
        let row = reader.slip(slip)?;
        reader.lines_of(row.and_then(|row| row.filing).unwrap_or(slip))
    })?;
    let found = lines
        .into_iter()
        .find_map(|(stored, line)| match line.body {
            Body::SlipIssued(body) if body.slip == slip => Some((stored, *body)),
            _ => None,
        });
    found.ok_or(DeskError::new(ErrorCode::SlipUnknown))
}

/// The PDF of a line: the same line gives the same bytes.
pub(crate) fn drawn(line: &SlipIssued, hash: Option<&Hash32>, paper: Paper) -> Result<Vec<u8>> {
    let unreadable = || DeskError::new(ErrorCode::FormFailed);
    Ok(match SlipForm::of(&line.form) {
        SlipForm::Supplement => {
            let form = forms::form02(line, hash).ok_or_else(unreadable)?;
            Printpdf.form02(&form, paper)?
        }
        SlipForm::Refusal => {
            let form = forms::form03(line, hash).ok_or_else(unreadable)?;
            Printpdf.form03(&form, paper)?
        }
        SlipForm::Apology => {
            let form = forms::form04(line, hash).ok_or_else(unreadable)?;
            Printpdf.form04(&form, paper)?
        }
        SlipForm::Stop => {
            let form = forms::form05(line, hash).ok_or_else(unreadable)?;
            Printpdf.form05(&form, paper)?
        }
    })
}
