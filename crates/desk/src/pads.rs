//! Paper hours: sheets of form 01 printed ahead, each with a number that nothing else gets; opened for printing, and
//! voided when they will not be used. Not here: typing in what was written on one (`receive`).

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
    forms,
    incarnation::may_number,
    receive::{NONE_LEFT, next_code},
};
use onedoor_domain::{code::parse_provisional, text};
use onedoor_protocol::journal::{NumberVoided, PadRecord, PadsReserved};
use onedoor_receipt::{FormRenderer, Paper, Printpdf};
use onedoor_store::{Lines, Op, StoreError, tables::pads::PadRow};

/// At most so many sheets at once.
const MOST_SHEETS: u32 = 100;
/// At most so many in the list; the blank ones come first.
const MOST_LISTED: u32 = 500;

impl Desk {
    pub(crate) fn pad_list(&self) -> Result<Vec<PadView>> {
        let store = self.at_work()?.store;
        let pads = store.read(|reader| reader.pads(MOST_LISTED))?;
        Ok(pads.into_iter().map(view).collect())
    }

    /// Takes the next numbers of today for sheets of paper: all that were asked for, or none.
    pub(crate) fn pad_reserve(&self, count: u32) -> Result<Vec<PadView>> {
        if !(1..=MOST_SHEETS).contains(&count) {
            let why = format!("{count} sheets");
            return Err(DeskError::because(ErrorCode::BadRequest, why));
        }
        let at = self.at_work()?;
        let workstation = self.workstation()?;
        let day = at.now.date();
        if !may_number(&at.store, &at.context.day)? {
            return Err(DeskError::new(ErrorCode::NumbersUsedUp));
        }
        self.keep_machine(&at.store)?;
        let op = Op::act(at.context.clone(), move |tx| {
            let enrolment = &workstation.enrolment;
            let mut pads = Vec::new();
            for _ in 0..count {
                let code = next_code(tx, enrolment, day)?;
                pads.push(PadRecord {
                    code: code.ok_or_else(|| StoreError::Refused(NONE_LEFT.into()))?,
                    form_number: tx.next_form_number(crate::receipt::FORM)?,
                });
            }
            let codes: Vec<String> = pads.iter().map(|pad| pad.code.clone()).collect();
            Ok((Lines::one(PadsReserved { pads }), codes))
        });
        let written = at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == NONE_LEFT => {
                DeskError::new(ErrorCode::NumbersUsedUp)
            }
            other => other.into(),
        })?;
        self.changed();
        let codes = written.value;
        let pads = at.store.read(|reader| {
            codes
                .iter()
                .map(|code| reader.pad(code))
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(pads.into_iter().flatten().map(view).collect())
    }

    /// Shows blank sheets in the system's viewer, to be printed.
    pub(crate) fn pad_open(&self, codes: Vec<String>) -> Result<PrintOutcome> {
        let at = self.at_work()?;
        let mut pads = Vec::new();
        for code in &codes {
            let pad = self.blank(code)?;
            if parse_provisional(&pad.code).is_some() {
                continue;
            }
            pads.push(PadRecord {
                code: pad.code,
                form_number: pad.form_number,
            });
        }
        if pads.is_empty() {
            return Err(DeskError::new(ErrorCode::PadUnknown));
        }
        let office = self.workstation()?.enrolment.office;
        let sheets = forms::pad(&PadsReserved { pads }, &office, at.now.date(), self.demo())
            .ok_or(DeskError::new(ErrorCode::FormFailed))?;
        let pdf = Printpdf.form01_pad(&sheets, Paper::A5)?;
        self.open_pdf("pads.pdf", &pdf)
    }

    /// A sheet that was spoilt or will not be used; its number stays unused for good.
    pub(crate) fn pad_void(&self, code: String, reason: String) -> Result<Vec<PadView>> {
        let at = self.at_work()?;
        let reason = text::clean(&reason, text::MAX_TEXT)
            .map_err(|problem| DeskError::because(ErrorCode::BadRequest, format!("{problem:?}")))?;
        if reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let code = self.blank(&code)?.code;
        if parse_provisional(&code).is_some() {
            // It was another PC's number: this journal has nothing to say of it.
            at.store
                .write(Op::local(move |tx| tx.forget_sheet(&code)))?;
            self.changed();
            return self.pad_list();
        }
        let line = NumberVoided { code, reason };
        at.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        self.changed();
        self.pad_list()
    }

    fn blank(&self, code: &str) -> Result<PadRow> {
        let store = self.at_work()?.store;
        let pad = store.read(|reader| reader.pad(code.trim()))?;
        pad.filter(|pad| pad.state == "blank")
            .ok_or(DeskError::new(ErrorCode::PadUnknown))
    }

    fn changed(&self) {
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["pads"]));
    }
}

fn view(pad: PadRow) -> PadView {
    PadView {
        taken_up: parse_provisional(&pad.code).is_some(),
        code: pad.code,
        form_number: pad.form_number,
        day: pad.day,
        state: match pad.state.as_str() {
            "used" => PadState::Used,
            "voided" => PadState::Voided,
            _ => PadState::Blank,
        },
        reason: pad.reason,
        filing: pad.filing.map(|filing| filing.to_string()),
    }
}
