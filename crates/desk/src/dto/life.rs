//! What may be done next with a filing, and who takes a result. Not here: the rules, which are domain's.

use super::SlipForm;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// An act on a filing, of the table of `domain::filing::life`.
#[derive(Copy, Eq)]
pub enum FilingAct {
    Transfer, TakeUp, AskSupplement, Supplement, Arrive, HandOver, Refuse, Stop, Withdraw, Extend, TakeBack,
    Correct,
}

/// An act that is open to who asks. `reason`: it says why.
pub struct ActView {
    pub act: FilingAct,
    pub reason: bool,
    /// Whoever is in charge approves it here, with name and password.
    pub head: bool,
    /// The slip that goes with it.
    pub form: Option<SlipForm>,
    /// The day that the calendar proposes for a later promise, `YYYY-MM-DD`.
    pub proposed: Option<String>,
}

/// An act with its slip, as typed.
pub struct SlipAct {
    pub filing: String,
    pub act: FilingAct,
    /// What is missing, what is wrong, or what is given back, a line each.
    pub items: Vec<String>,
    pub reason: String,
    /// The new day of form 04, `YYYY-MM-DD`; empty on the others.
    pub day: String,
    /// The status in which the clerk saw the filing.
    pub seen: String,
}

/// Who in charge approves an act on the clerk's own screen.
pub struct Approval { pub clerk: String, pub password: String }

/// By what right somebody takes a result. `Submitter` only where somebody else than the applicant handed the filing in.
#[derive(Copy, Eq)]
pub enum TakerRight { Applicant, Submitter, Authorised }

/// Who takes a result. Of an applicant or submitter the filing knows the name; of anybody else everything is typed.
pub struct Taker {
    pub right: TakerRight,
    pub name: String,
    /// The number on the paper that was shown; may be empty.
    pub id_number: String,
    /// The paper that authorises; needed for `Authorised`.
    pub authority: String,
}
}
