//! What happens to a filing after it was received: each act is a line, allowed by domain's table, refused where the
//! filing moved meanwhile. Not here: acts with a form of their own (supplement, refusal, stop, a later day).

use crate::{
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    filings::received_line,
};
use onedoor_domain::{
    filing::{
        self, Status,
        life::{self, Act, Past, Refused},
    },
    text,
};
use onedoor_protocol::journal::{
    Body, FilingReceived, HandedOver, Line, PersonRecord, StatusChanged,
};
use onedoor_store::{Lines, Op, StoreError, tables::journal::StoredLine};
use uuid::Uuid;

/// What the store is told when somebody else was faster.
const MOVED: &str = "the filing moved";

impl Desk {
    /// The act; `seen` is the status in which the clerk saw the filing.
    pub(crate) fn filing_act(
        &self,
        filing: String,
        act: FilingAct,
        reason: String,
        seen: String,
    ) -> Result<FilingView> {
        let step = self.step(&filing, act, &seen)?;
        let reason = clean(&reason)?;
        if step.reason && reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let line = StatusChanged {
            filing: step.filing,
            status: step.next.as_str().to_string(),
            reason,
        };
        self.do_step(step, line.into())
    }

    /// Hands the result over, and keeps who took it by what right.
    pub(crate) fn filing_hand_over(
        &self,
        filing: String,
        taker: Taker,
        seen: String,
    ) -> Result<FilingView> {
        let step = self.step(&filing, FilingAct::HandOver, &seen)?;
        let (_, received) = received_line(&step.at.store, step.filing)?;
        let line = handed_over(step.filing, &received, &taker)?;
        self.do_step(step, line.into())
    }

    fn step(&self, filing: &str, act: FilingAct, seen: &str) -> Result<Allowed> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let at = self.at_work()?;
        let (row, lines) = at
            .store
            .read(|reader| Ok((reader.filing(filing)?, reader.lines_of(filing)?)))?;
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let status = Status::parse(&row.status).filter(|_| row.status == seen);
        let status = status.ok_or(DeskError::new(ErrorCode::FilingMoved))?;
        match life::step(status, domain_act(act), at.session.role, past(&lines)) {
            Ok(life::Step { next, reason }) => Ok(Allowed {
                at,
                filing,
                from: status,
                next,
                reason,
            }),
            Err(Refused::Supervisor) => {
                Err(DeskError::new(ErrorCode::NotAllowed).with("who", "supervisor"))
            }
            Err(Refused::Nobody) => {
                Err(DeskError::new(ErrorCode::NotAllowed).with("who", "clerk,supervisor"))
            }
            Err(Refused::Status | Refused::Once) => Err(DeskError::new(ErrorCode::FilingMoved)),
        }
    }

    fn do_step(&self, step: Allowed, line: Body) -> Result<FilingView> {
        let (filing, from) = (step.filing, step.from.as_str());
        let op = Op::act(step.at.context.clone(), move |tx| {
            // Asked where nothing can come between: two counters, or two keys, make one act.
            match tx.status_of(filing)?.as_deref() == Some(from) {
                true => Ok((Lines::one(line), ())),
                false => Err(StoreError::Refused(MOVED.into())),
            }
        });
        step.at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == MOVED => DeskError::new(ErrorCode::FilingMoved),
            other => other.into(),
        })?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.filing_view(&step.at, filing)
    }
}

/// An act that the table allows, with what it was asked about.
struct Allowed {
    at: At,
    filing: Uuid,
    from: Status,
    next: Status,
    reason: bool,
}

/// What may be done now by who is signed in.
pub(crate) fn acts(status: &str, at: &At, lines: &[(StoredLine, Line)]) -> Vec<ActView> {
    let Some(status) = Status::parse(status) else {
        return Vec::new();
    };
    let open = life::acts(status, at.session.role, past(lines));
    open.into_iter()
        .filter_map(|(act, step)| {
            Some(ActView {
                act: view_act(act)?,
                reason: step.reason,
            })
        })
        .collect()
}

fn past(lines: &[(StoredLine, Line)]) -> Past {
    let asked = |(_, line): &(StoredLine, Line)| matches!(&line.body, Body::StatusChanged(change) if change.status == Status::SupplementAsked.as_str());
    Past {
        supplement_asked: lines.iter().any(asked),
        extended: false,
    }
}

fn clean(typed: &str) -> Result<String> {
    text::clean(typed, text::MAX_TEXT)
        .map_err(|_| DeskError::new(ErrorCode::FieldsWrong).with("count", 1))
}

/// Of who is named on the filing the number is compared, where it knows one: another number is another person.
fn handed_over(filing: Uuid, received: &FilingReceived, taker: &Taker) -> Result<HandedOver> {
    let shown = clean(&taker.id_number)?;
    let known = |person: &PersonRecord| {
        let numbers = [
            &person.id_number,
            &person.identity.passport,
            &person.identity.tax_code,
        ];
        let mut known = numbers.into_iter().filter(|number| !number.is_empty());
        let named = known.clone().next().is_some();
        if !shown.is_empty() && named && !known.any(|number| *number == shown) {
            return Err(DeskError::new(ErrorCode::TakerDiffers).with("name", person.name.clone()));
        }
        Ok(person.name.clone())
    };
    let (right, name, authority) = match taker.right {
        TakerRight::Applicant => (
            filing::TakerRight::Applicant,
            known(&received.applicant)?,
            String::new(),
        ),
        TakerRight::Submitter => {
            let behalf = received.details.behalf.as_ref();
            let behalf = behalf.ok_or(DeskError::new(ErrorCode::NameRequired))?;
            (
                filing::TakerRight::Submitter,
                known(&behalf.submitter)?,
                String::new(),
            )
        }
        TakerRight::Authorised => {
            let (name, authority) = (clean(&taker.name)?, clean(&taker.authority)?);
            if name.is_empty() {
                return Err(DeskError::new(ErrorCode::NameRequired));
            }
            if authority.is_empty() {
                return Err(DeskError::new(ErrorCode::AuthorityRequired));
            }
            (filing::TakerRight::Authorised, name, authority)
        }
    };
    Ok(HandedOver {
        filing,
        right: right.as_str().to_string(),
        taker: name,
        id_number: shown,
        authority,
    })
}

fn domain_act(act: FilingAct) -> Act {
    match act {
        FilingAct::Transfer => Act::Transfer,
        FilingAct::TakeUp => Act::TakeUp,
        FilingAct::Arrive => Act::Arrive,
        FilingAct::HandOver => Act::HandOver,
        FilingAct::Withdraw => Act::Withdraw,
        FilingAct::TakeBack => Act::TakeBack,
    }
}

/// None for acts that come with a form.
fn view_act(act: Act) -> Option<FilingAct> {
    Some(match act {
        Act::Transfer => FilingAct::Transfer,
        Act::TakeUp => FilingAct::TakeUp,
        Act::Arrive => FilingAct::Arrive,
        Act::HandOver => FilingAct::HandOver,
        Act::Withdraw => FilingAct::Withdraw,
        Act::TakeBack => FilingAct::TakeBack,
        Act::AskSupplement | Act::Supplement | Act::Refuse | Act::Stop | Act::Extend => {
            return None;
        }
    })
}
