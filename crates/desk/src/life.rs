//! What happens to a filing after it was received: each act is a line, allowed by domain's table, refused where the
//! filing moved meanwhile. Not here: acts with a slip of their own and what they ask for (`slip_acts`).

use crate::{
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    filings::body_now,
};
use onedoor_domain::{
    access::Role,
    filing::{
        self, Status,
        life::{self, Act, Past, Refused},
    },
    text,
};
use onedoor_protocol::journal::{
    Body, FilingReceived, HandedOver, Line, PersonRecord, StatusChanged,
};
use onedoor_store::{
    Lines, Op, StoreError,
    tables::{act::ActTx, filings::FilingRow, journal::StoredLine},
};
use uuid::Uuid;

/// What the store is told when somebody else was faster.
const MOVED: &str = "the filing moved";
/// Why a promise is another, on the wire: a later day, once, with form 04.
pub(crate) const LATER: &str = "extension";
/// Why a promise is another, on the wire: what was lacking has come, and the term is counted anew.
pub(crate) const COMPLETE: &str = "supplement";

impl Desk {
    /// The act; `seen` is the status in which the clerk saw the filing.
    pub(crate) fn filing_act(
        &self,
        filing: String,
        act: FilingAct,
        reason: String,
        seen: String,
    ) -> Result<FilingView> {
        if slip_of(act).is_some() || matches!(act, FilingAct::Supplement | FilingAct::Correct) {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let step = self.step(&filing, act, &seen, None)?;
        let reason = clean(&reason)?;
        if step.reason && reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let line = StatusChanged {
            filing: step.filing,
            status: step.next.as_str().to_string(),
            reason,
            approved_by: None,
        };
        self.do_step(step, Lines::one(line))
    }

    /// Hands the result over, and keeps who took it by what right.
    pub(crate) fn filing_hand_over(
        &self,
        filing: String,
        taker: Taker,
        seen: String,
    ) -> Result<FilingView> {
        let step = self.step(&filing, FilingAct::HandOver, &seen, None)?;
        let received = body_now(&step.at.store, step.filing)?;
        let line = handed_over(step.filing, &received, &taker)?;
        self.do_step(step, Lines::one(line))
    }

    /// Whether the act is open now to who is signed in, or to whoever in charge approves it.
    pub(crate) fn step(
        &self,
        filing: &str,
        act: FilingAct,
        seen: &str,
        head: Option<Head>,
    ) -> Result<Allowed> {
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
        let role = head.as_ref().map_or(at.session.role, |_| Role::Supervisor);
        match life::step(status, domain_act(act), role, past(&lines)) {
            Ok(life::Step { next, reason }) => Ok(Allowed {
                at,
                filing,
                row,
                from: status,
                next,
                reason,
                head,
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

    fn do_step(&self, step: Allowed, lines: Lines) -> Result<FilingView> {
        let (filing, from) = (step.filing, step.from.as_str());
        let op = Op::act(step.at.context.clone(), move |tx| {
            unmoved(tx, filing, from)?;
            Ok((lines, ()))
        });
        step.at.store.write(op).map_err(moved)?;
        self.acted(&step)
    }

    /// What everybody hears of an act, and the filing as it stands now.
    pub(crate) fn acted(&self, step: &Allowed) -> Result<FilingView> {
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.filing_view(&step.at, step.filing)
    }
}

/// Asked where nothing can come between: two counters, or two keys, make one act.
pub(crate) fn unmoved(tx: &ActTx<'_>, filing: Uuid, from: &str) -> Result<(), StoreError> {
    match tx.status_of(filing)?.as_deref() == Some(from) {
        true => Ok(()),
        false => Err(was_moved()),
    }
}

/// What the store is told where somebody else made the act first.
pub(crate) fn was_moved() -> StoreError {
    StoreError::Refused(MOVED.into())
}

/// The error of an act that somebody else made first.
pub(crate) fn moved(error: StoreError) -> DeskError {
    match error {
        StoreError::Refused(why) if why == MOVED => DeskError::new(ErrorCode::FilingMoved),
        other => other.into(),
    }
}

/// Whoever in charge approved an act on the clerk's own screen.
pub(crate) struct Head {
    pub id: Uuid,
    pub name: String,
}

/// An act that the table allows, with what it was asked about.
pub(crate) struct Allowed {
    pub at: At,
    pub filing: Uuid,
    pub row: FilingRow,
    pub from: Status,
    pub next: Status,
    pub reason: bool,
    pub head: Option<Head>,
}

/// What may be done now by who is signed in. A clerk is also shown what somebody in charge may approve here.
pub(crate) fn acts(status: &str, at: &At, lines: &[(StoredLine, Line)]) -> Vec<ActView> {
    let Some(status) = Status::parse(status) else {
        return Vec::new();
    };
    let (role, past) = (at.session.role, past(lines));
    let mut all = match role {
        Role::Clerk => life::acts(status, Role::Supervisor, past),
        role => life::acts(status, role, past),
    };
    // What a filing goes through as a rule comes first.
    all.sort_by_key(|(act, _)| !is_usual(*act));
    let view = |(act, step): (Act, life::Step)| {
        let mine = life::step(status, act, role, past).is_ok();
        let act = view_act(act);
        let form = slip_of(act);
        // Only a slip has room to say who approved it.
        (mine || form.is_some()).then_some(ActView {
            act,
            reason: step.reason,
            head: !mine,
            form,
            proposed: None,
        })
    };
    all.into_iter().filter_map(view).collect()
}

/// The way of a filing with which nothing is wrong.
fn is_usual(act: Act) -> bool {
    matches!(
        act,
        Act::Transfer | Act::TakeUp | Act::Supplement | Act::Arrive | Act::HandOver
    )
}

/// The slip that goes with an act.
pub(crate) fn slip_of(act: FilingAct) -> Option<SlipForm> {
    match act {
        FilingAct::AskSupplement => Some(SlipForm::Supplement),
        FilingAct::Refuse => Some(SlipForm::Refusal),
        FilingAct::Extend => Some(SlipForm::Apology),
        FilingAct::Stop => Some(SlipForm::Stop),
        _ => None,
    }
}

fn past(lines: &[(StoredLine, Line)]) -> Past {
    let asked = |(_, line): &(StoredLine, Line)| matches!(&line.body, Body::StatusChanged(change) if change.status == Status::SupplementAsked.as_str());
    let later = |(_, line): &(StoredLine, Line)| matches!(&line.body, Body::DueChanged(change) if change.why == LATER);
    Past {
        supplement_asked: lines.iter().any(asked),
        extended: lines.iter().any(later),
    }
}

pub(crate) fn clean(typed: &str) -> Result<String> {
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
        FilingAct::AskSupplement => Act::AskSupplement,
        FilingAct::Supplement => Act::Supplement,
        FilingAct::Arrive => Act::Arrive,
        FilingAct::HandOver => Act::HandOver,
        FilingAct::Refuse => Act::Refuse,
        FilingAct::Stop => Act::Stop,
        FilingAct::Withdraw => Act::Withdraw,
        FilingAct::Extend => Act::Extend,
        FilingAct::TakeBack => Act::TakeBack,
        FilingAct::Correct => Act::Correct,
    }
}

fn view_act(act: Act) -> FilingAct {
    match act {
        Act::Transfer => FilingAct::Transfer,
        Act::TakeUp => FilingAct::TakeUp,
        Act::AskSupplement => FilingAct::AskSupplement,
        Act::Supplement => FilingAct::Supplement,
        Act::Arrive => FilingAct::Arrive,
        Act::HandOver => FilingAct::HandOver,
        Act::Refuse => FilingAct::Refuse,
        Act::Stop => FilingAct::Stop,
        Act::Withdraw => FilingAct::Withdraw,
        Act::Extend => FilingAct::Extend,
        Act::TakeBack => FilingAct::TakeBack,
        Act::Correct => FilingAct::Correct,
    }
}
