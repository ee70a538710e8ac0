//! A filing as the clerk types it, kept as typed. Parts that an older draft lacks are empty. Not here: the check of it.

use super::{PaperValue, TermKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

dto! {
/// What the clerk has typed; kept as typed.
#[derive(Default)]
#[serde(default)]
pub struct DraftValues {
    pub procedure: String,
    pub applicant: PersonValues,
    pub papers: Vec<PaperValue>,
    /// Number of sets (bộ), as typed.
    pub sets: String,
    /// Copies asked for, where the fee counts them, as typed.
    pub copies: String,
    /// "Nội dung yêu cầu giải quyết"; empty means the procedure's title.
    pub content: String,
    pub give_back: GiveBackChoice,
    /// The submitter, where it is not the applicant.
    pub behalf: Option<BehalfValues>,
    /// The cases of the procedure that hold, by id.
    pub cases: Vec<String>,
    /// The procedure's own fields, by path.
    pub fields: BTreeMap<String, String>,
    /// What the fee counts, as typed.
    pub fee: FeeValues,
    /// The term in the clerk's reading, where no rule could read the catalogue's text.
    pub term: TermValues,
    /// When it was received on paper, `dd/MM/yyyy HH:mm`, where it is typed in later; else empty.
    pub received_on_paper: String,
    /// The number of the pad's sheet that was used; else empty.
    pub pad: String,
    /// The received filing that is put right; none where a new one is typed.
    pub correcting: Option<Correcting>,
}

/// A received filing that is put right.
#[derive(Default)]
#[serde(default)]
pub struct Correcting {
    pub filing: String,
    /// Its number.
    pub code: String,
    /// Why, as typed.
    pub reason: String,
    /// Hash of the line that today's receipt is drawn by: tells whether somebody else was faster.
    pub seen: String,
}

/// Who stands at the counter for somebody else, as typed.
#[derive(Default)]
#[serde(default)]
pub struct BehalfValues {
    pub submitter: PersonValues,
    /// Number, date and kind of the paper that gives the right.
    pub authority: String,
}

/// What a fee counts, as typed; empty = not asked.
#[derive(Default)]
#[serde(default)]
pub struct FeeValues {
    pub pages: String,
    pub persons: String,
    pub matters: String,
    /// Id of the ground for paying less.
    pub exemption: String,
    /// How many of each thing that is paid on request, by the fee's id.
    pub requested: BTreeMap<String, String>,
    /// The amount in đồng, where the province sets it or no rule could read it.
    pub amount: String,
}

/// A term in the clerk's reading.
#[derive(Default)]
#[serde(default)]
pub struct TermValues { pub n: String, pub kind: Option<TermKind> }

/// A person as typed.
#[derive(Default)]
#[serde(default)]
pub struct PersonValues {
    /// Register id when a known person was chosen, else empty.
    pub person: String,
    pub name: String,
    pub birth: String,
    pub sex: Option<SexChoice>,
    pub id_number: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub identity: IdentityValues,
}

/// What only some applicants have, as typed.
#[derive(Default)]
#[serde(default)]
pub struct IdentityValues {
    pub organisation: bool,
    pub tax_code: String,
    pub passport: String,
    /// Three letters of the passport's state.
    pub nationality: String,
    /// Code of the commune in force.
    pub commune: String,
    /// The address as an older paper words it.
    pub former_address: String,
}
#[derive(Copy, Eq)]
pub enum SexChoice { Male, Female }
#[derive(Copy, Eq, Default)]
pub enum GiveBackChoice { #[default] AtCounter, ByPost, Electronic }
}
