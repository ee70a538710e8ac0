//! The life of a filing as one table: what may be done to it in which status, by whom, what it becomes, and whether a
//! reason goes with it. Sources: NĐ 118/2025 Đ17 to Đ22, NĐ 61/2018 Đ15, Đ17 and Đ19, TT 03/2025 Đ7.
//!
//! Not here: dates that an act moves (`due`), the forms that go with it, and what the solving unit decides elsewhere.

use super::Status;
use crate::access::Role;

/// What is done to a filing at the counter, or in the unit that solves it where that is the office itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Given to the unit that solves it, on a list that both sign.
    Transfer,
    /// The office, being its own solving unit, begins with it.
    TakeUp,
    /// The applicant is asked for more, with form 02: once in a filing's life.
    AskSupplement,
    /// What was asked for has come: the clock starts anew.
    Supplement,
    /// The result lies at the counter.
    Arrive,
    /// The result is handed over.
    HandOver,
    /// It is not accepted after all, with form 03, approved by the head.
    Refuse,
    /// Stopped at the applicant's request, with form 05, while nothing is decided.
    Stop,
    /// Taken back by the applicant before anything happened.
    Withdraw,
    /// A later day with an apology, form 04, signed by the head: once in a filing's life.
    Extend,
    /// An end or a result that was entered by mistake is taken back.
    TakeBack,
    /// What the receipt says is put right; the paper of before is superseded.
    Correct,
}

words!(Act {
    Transfer => "transfer",
    TakeUp => "take_up",
    AskSupplement => "ask_supplement",
    Supplement => "supplement",
    Arrive => "arrive",
    HandOver => "hand_over",
    Refuse => "refuse",
    Stop => "stop",
    Withdraw => "withdraw",
    Extend => "extend",
    TakeBack => "take_back",
    Correct => "correct",
});

/// What already happened to a filing and may not happen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    /// The applicant was asked for more before.
    pub supplement_asked: bool,
    /// A later day was set before.
    pub extended: bool,
}

/// What an act makes of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its status afterwards.
    pub next: Status,
    /// The act says why.
    pub reason: bool,
}

/// Why an act may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Not in this status.
    Status,
    /// The law allows it once, and it was done.
    Once,
    /// The head of the centre, or a deputy, does it.
    Supervisor,
    /// Who looks after the machines does nothing to a citizen's filing.
    Nobody,
}

/// What `act` makes of a filing in `status`.
///
/// # Errors
/// [`Refused`] says why it may not be done; a refusal by status comes before one by role, since nobody may do it then.
pub fn step(status: Status, act: Act, role: Role, past: Past) -> Result<Step, Refused> {
    let (next, reason) = cell(status, act).ok_or(Refused::Status)?;
    let done = match act {
        Act::AskSupplement => past.supplement_asked,
        Act::Extend => past.extended,
        _ => false,
    };
    if done {
        return Err(Refused::Once);
    }
    match (role, act) {
        (Role::Admin, _) => Err(Refused::Nobody),
        (Role::Clerk, Act::Refuse | Act::Extend | Act::TakeBack) => Err(Refused::Supervisor),
        (Role::Clerk | Role::Supervisor, _) => Ok(Step { next, reason }),
    }
}

/// The acts that are open, in the order in which they are shown.
pub fn acts(status: Status, role: Role, past: Past) -> Vec<(Act, Step)> {
    let open = |act: &Act| step(status, *act, role, past).ok().map(|step| (*act, step));
    Act::ALL.iter().filter_map(open).collect()
}

/// The next status, and whether a reason is needed. Whoever asks for a result needs none, whoever ends or delays does.
fn cell(status: Status, act: Act) -> Option<(Status, bool)> {
    use Status::{
        BeingSolved, HandedOver, Received, Refused, ResultReady, Stopped, SupplementAsked,
        Transferred, Withdrawn,
    };
    Some(match (act, status) {
        (Act::Transfer, Received) => (Transferred, false),
        // In the office's own hands, or begun before a paper list was entered.
        (Act::TakeUp, Received | Transferred) => (BeingSolved, false),
        (Act::AskSupplement, Received | Transferred | BeingSolved) => (SupplementAsked, true),
        // Complete now: it is given to the unit again.
        (Act::Supplement, SupplementAsked) => (Received, false),
        // A same-day matter is solved where it was received; a unit may send a result nobody was told of.
        (Act::Arrive, Received | Transferred | BeingSolved) => (ResultReady, false),
        (Act::HandOver, ResultReady) => (HandedOver, false),
        (Act::Refuse, Received | Transferred | BeingSolved | SupplementAsked) => (Refused, true),
        (Act::Stop, Transferred | BeingSolved | SupplementAsked) => (Stopped, true),
        (Act::Withdraw, Received) => (Withdrawn, true),
        (Act::Extend, Received | Transferred | BeingSolved) => (status, true),
        (Act::Correct, Received | Transferred | BeingSolved | SupplementAsked | ResultReady) => {
            (status, true)
        }
        (Act::TakeBack, ResultReady) => (BeingSolved, true),
        (Act::TakeBack, HandedOver) => (ResultReady, true),
        (Act::TakeBack, Refused | Stopped | Withdrawn) => (Received, true),
        _ => return None,
    })
}
