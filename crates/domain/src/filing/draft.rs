//! A filing as typed: nothing here has been checked, nothing has been cut.
//!
//! Not here: where drafts are kept.

use super::{GiveBack, Paper};
use crate::identity::Sex;

/// What only some applicants have, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityInput {
    /// An organisation, not a person.
    pub organisation: bool,
    /// Tax code, or nothing.
    pub tax_code: String,
    /// Passport number, or nothing.
    pub passport: String,
    /// Three letters of the passport's state, or nothing.
    pub nationality: String,
    /// Code of the commune in force, or nothing.
    pub commune: String,
    /// The address as an older paper words it, or nothing.
    pub former_address: String,
}

/// Who stands at the counter for somebody else, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehalfInput {
    /// The submitter.
    pub submitter: PersonInput,
    /// The authority: number, date and kind of the paper.
    pub authority: String,
}

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
    /// What only some applicants have.
    pub identity: IdentityInput,
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
    /// The submitter, where it is not the applicant.
    pub behalf: Option<BehalfInput>,
    /// The cases of the procedure that hold, by id.
    pub cases: Vec<String>,
    /// The procedure's own fields: path and text (see [`crate::fields`]).
    pub fields: Vec<(String, String)>,
}
