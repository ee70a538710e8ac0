//! What may be done next with a filing, and who takes a result. Not here: the rules, which are domain's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// An act on a filing that needs no form of its own. The rest of the table of `domain::filing::life` comes with its forms.
#[derive(Copy, Eq)]
pub enum FilingAct { Transfer, TakeUp, Arrive, HandOver, Withdraw, TakeBack }

/// An act that is open to who asks. `reason`: it says why.
pub struct ActView {
    pub act: FilingAct,
    pub reason: bool,
}

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
