//! A filing as typed: nothing here has been checked, nothing has been cut.
//!
//! Not here: where drafts are kept.

use super::{GiveBack, Paper};
use crate::identity::Sex;

/// A person as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonInput {
    /// Full name.
    pub name: String,
    /// Date, month or year of birth, or nothing.
    pub birth: String,
    /// Sex, once chosen.
    pub sex: Option<Sex>,
    /// Personal number, or nothing.
    pub id_number: String,
    /// Where the person lives.
    pub address: String,
    /// Telephone, or nothing.
    pub phone: String,
    /// E-mail, or nothing.
    pub email: String,
}

/// A filing as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftInput {
    /// The code of the procedure, once chosen.
    pub procedure: Option<String>,
    /// Whose matter it is.
    pub applicant: PersonInput,
    /// The checklist, as far as filled in.
    pub papers: Vec<Paper>,
    /// How many sets of papers were handed in.
    pub sets: u16,
    /// How many copies of the result are asked for.
    pub copies: u32,
    /// What is asked for; empty means the procedure's title.
    pub content: String,
    /// How the result is to be given back.
    pub give_back: GiveBack,
    /// A note of the clerk.
    pub note: String,
}
