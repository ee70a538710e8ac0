//! Acts on a filing that give the citizen a slip: asked for more (02), refused (03), a later day (04), stopped (05); and
//! the clock that starts anew once what was asked for has come. Status, slip and promise are one transaction; the PDF
//! follows as a receipt's does. Not here: the table of what is allowed (`life`), how a slip is kept and printed (`slips`).

use crate::{
    clock,
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    filings::body_now,
    life::{Allowed, COMPLETE, Head, LATER, clean, moved, slip_of, unmoved, was_moved},
    receipt::{Png, bounded},
    slips::drawn,
    views,
};
use jiff::civil::Date;
use onedoor_domain::access::Role;
use onedoor_protocol::journal::{
    DueChanged, DueRecord, FilingReceived, SlipIssued, SlipOn, StatusChanged,
};
use onedoor_receipt::{Paper, picture};
use onedoor_store::{Lines, Op};
use uuid::Uuid;

/// Lines that a slip lists at most: more than any checklist of the catalogue has.
const MOST_ITEMS: usize = 60;

impl Desk {
    /// The act: status, promise and slip in one transaction, then the slip's PDF.
    pub(crate) fn filing_slip(
        &self,
        asked: SlipAct,
        approval: Option<Approval>,
    ) -> Result<FilingView> {
        let form = slip_of(asked.act).ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let head = approval.map(|given| self.approved(given)).transpose()?;
        let step = self.step(&asked.filing, asked.act, &asked.seen, head)?;
        let mut slip = self.slip_on(&step, &asked, form)?;
        if slip.reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let approved_by = step.head.as_ref().map(|head| head.id);
        let due = match form {
            SlipForm::Apology => {
                let due = self.later(&step, &asked.day)?;
                if let Some(on) = &mut slip.on {
                    on.promised.clone_from(&due.at);
                }
                Some(due)
            }
            _ => None,
        };
        let (filing, from, next) = (step.filing, step.from, step.next);
        let (id, reason) = (slip.slip, slip.reason.clone());
        let op = Op::act(step.at.context.clone(), move |tx| {
            unmoved(tx, filing, from.as_str())?;
            slip.form_number = tx.next_form_number(form.name())?;
            let first = match due {
                Some(due) => {
                    // A later day leaves the status as it is: what tells that somebody else was faster is their slip.
                    let known = tx.slips_of(filing)?;
                    if known.iter().any(|row| row.form == form.name()) {
                        return Err(was_moved());
                    }
                    Lines::one(DueChanged {
                        filing,
                        due,
                        why: LATER.into(),
                        approved_by,
                    })
                }
                None => Lines::one(StatusChanged {
                    filing,
                    status: next.as_str().to_string(),
                    reason,
                    approved_by,
                }),
            };
            Ok((first.and(slip), ()))
        });
        step.at.store.write(op).map_err(moved)?;
        if let Err(error) = self.store_slip(&step.at.store, id, PaperChoice::A5) {
            // The slip is durable and keeps its number; the next start renders it again.
            tracing::error!(detail = %error.detail, "the slip could not be stored yet");
        }
        self.acted(&step)
    }

    /// The slip as it would be, before anything is done. Whoever approves it is not asked for a look.
    pub(crate) fn filing_slip_preview(&self, asked: SlipAct, scale: f32) -> Result<Png> {
        let form = slip_of(asked.act).ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let at = self.at_work()?;
        let nobody = (at.session.role == Role::Clerk).then(|| Head {
            id: Uuid::nil(),
            name: String::new(),
        });
        let step = self.step(&asked.filing, asked.act, &asked.seen, nobody)?;
        let mut slip = self.slip_on(&step, &asked, form)?;
        if let (Some(on), Ok(day)) = (&mut slip.on, asked.day.parse::<Date>()) {
            on.promised = local(day.to_datetime(self.rules().calendar(day).closing(day)));
        }
        let pdf = drawn(&slip, None, Paper::A5)?;
        Ok(picture(&pdf, 0, bounded(scale))?)
    }

    /// What was asked for has come: the whole term is counted anew from now, and the receipt is drawn anew with the new day.
    pub(crate) fn filing_supplement(
        &self,
        filing: String,
        came: String,
        seen: String,
    ) -> Result<FilingView> {
        let step = self.step(&filing, FilingAct::Supplement, &seen, None)?;
        let received = body_now(&step.at.store, step.filing)?;
        let term = views::term_of(&received.due).ok_or(DeskError::new(ErrorCode::FormFailed))?;
        let due = views::due_record(&self.due(term, step.at.now.datetime()));
        let status = StatusChanged {
            filing: step.filing,
            status: step.next.as_str().to_string(),
            reason: clean(&came)?,
            approved_by: None,
        };
        let anew = DueChanged {
            filing: step.filing,
            due,
            why: COMPLETE.into(),
            approved_by: None,
        };
        let (id, from) = (step.filing, step.from);
        let op = Op::act(step.at.context.clone(), move |tx| {
            unmoved(tx, id, from.as_str())?;
            Ok((Lines::one(status).and(anew), ()))
        });
        step.at.store.write(op).map_err(moved)?;
        if let Err(error) = self.store_form(&step.at.store, id, PaperChoice::A5) {
            tracing::error!(detail = %error.detail, "the receipt could not be drawn anew yet");
        }
        self.acted(&step)
    }

    /// Who approves: somebody in charge of this office, by their own password on this screen.
    fn approved(&self, given: Approval) -> Result<Head> {
        let head = self.vouched(&given.clerk, &given.password)?;
        match head.role {
            Role::Supervisor => Ok(Head {
                id: head.id,
                name: head.name,
            }),
            _ => Err(DeskError::new(ErrorCode::NotAllowed).with("who", "supervisor")),
        }
    }

    fn slip_on(&self, step: &Allowed, asked: &SlipAct, form: SlipForm) -> Result<SlipIssued> {
        let received = body_now(&step.at.store, step.filing)?;
        let official = step.at.store.read(|reader| reader.official(step.filing))?;
        let mut items = Vec::new();
        for typed in asked.items.iter().take(MOST_ITEMS) {
            let item = clean(typed)?;
            if !item.is_empty() {
                items.push(item);
            }
        }
        let mut reason = clean(&asked.reason)?;
        if reason.is_empty() && form == SlipForm::Supplement && !items.is_empty() {
            reason = self.0.texts.get("form02-reason-missing");
        }
        let workstation = self.workstation()?;
        let session = &step.at.session;
        let head = match (&step.head, form) {
            (Some(head), _) => head.name.clone(),
            (None, SlipForm::Refusal | SlipForm::Apology) => session.name.clone(),
            (None, _) => String::new(),
        };
        let FilingReceived {
            code,
            provisional,
            applicant,
            procedure,
            content,
            received,
            ..
        } = received;
        Ok(SlipIssued {
            slip: Uuid::now_v7(),
            form: form.name().to_string(),
            form_number: 0,
            template: form.template().to_string(),
            office: workstation.enrolment.office,
            counter: workstation.enrolment.counter,
            procedure,
            applicant,
            content,
            items,
            reason,
            issued: clock::local_text(step.at.now.datetime()),
            clerk_name: session.name.clone(),
            sample: self.demo(),
            on: Some(SlipOn {
                filing: step.filing,
                code: code.or(official).or(provisional).unwrap_or_default(),
                received,
                due: step.row.due.clone(),
                promised: String::new(),
                head,
            }),
        })
    }

    /// The promise for a later day: at closing time, on a day on which the office is open, later than before.
    fn later(&self, step: &Allowed, day: &str) -> Result<DueRecord> {
        let day: Date = day
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FieldsWrong).with("count", 1))?;
        let before = step.row.due.parse::<jiff::civil::DateTime>();
        let before = before.map_err(|_| DeskError::new(ErrorCode::FormFailed))?;
        let today = step.at.now.date();
        if day <= before.date() || day <= today {
            let until = spoken(before.date().max(today));
            return Err(DeskError::new(ErrorCode::DayNotLater).with("day", until));
        }
        let rules = self.rules();
        let calendar = rules.calendar(day);
        if !calendar.is_working(day) {
            return Err(DeskError::new(ErrorCode::DayOff).with("day", spoken(day)));
        }
        Ok(DueRecord {
            at: local(day.to_datetime(calendar.closing(day))),
            published: calendar.published(day.year()),
            calendar: calendar.version(),
            ..views::no_due_record()
        })
    }

    /// The day that is proposed for a later promise: the whole term once more, from the promise or from now.
    pub(crate) fn later_day(
        &self,
        received: &FilingReceived,
        due: &str,
        now: Date,
    ) -> Option<String> {
        let term = views::term_of(&received.due)?;
        let before: jiff::civil::DateTime = due.parse().ok()?;
        let from = before.date().max(now);
        let rules = self.rules();
        let calendar = rules.calendar(from);
        let start = from.to_datetime(calendar.hours().morning.0);
        let mut day = onedoor_domain::due::due(start, term, calendar).at.date();
        while day <= from || !calendar.is_working(day) {
            day = day.tomorrow().ok()?;
        }
        Some(day.to_string())
    }
}

/// To the minute, as a promise is written.
fn local(at: jiff::civil::DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// A day as people read it.
fn spoken(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
