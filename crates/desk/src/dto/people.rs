//! People of the register, what was read from their cards and codes, addresses, units, readers. Not here: the person as
//! typed (`draft`).

use super::{FieldNote, FilingRow, PersonValues};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// What a scanned, pasted or typed text was.
#[derive(Copy, Eq)]
pub enum PersonReadKind {
    /// The QR code of an identity card.
    CardQr,
    /// The QR code of a health-insurance card.
    HealthCard,
    /// The two lines of a passport.
    Passport,
    /// A tax code, or a personal number, which is one.
    TaxCode,
    /// A telephone number.
    Telephone,
    /// None of these: it stays where it was typed.
    NotKnown,
    /// One of these, damaged on the way: nothing of it is used, `notes` say what happened.
    Damaged,
}

/// What a text says about a person. Nothing is stored; the screen fills the draft from it.
pub struct PersonRead {
    pub kind: PersonReadKind,
    /// As the text says it, every letter of the name kept; what only the register knows (telephone, e-mail) is added
    /// where the number and the name are an entry's.
    pub person: Option<PersonValues>,
    /// What could not be read and what differs from the register. Fields are those of `PersonValues`:
    /// `name`, `identity.passport`.
    pub notes: Vec<FieldNote>,
    /// The register's entries with this number.
    pub known: Vec<PersonValues>,
    /// What the address of the card is today.
    pub address: Option<AddressAnswer>,
}

/// A commune to choose.
pub struct AddressHit {
    /// Code of the commune.
    pub commune: String,
    /// The address as it is written today; as an answer to an old address with its hamlet.
    pub text: String,
    /// The province with its kind.
    pub province: String,
    /// The unit of before by whose name it was found.
    pub was: Option<String>,
}

/// What an address is today.
#[derive(Copy, Eq)]
pub enum AddressOutcome {
    /// It is written as today.
    Current,
    /// Exactly this, in other words.
    One,
    /// A person has to choose among `candidates`, the likeliest first.
    Split,
    /// No unit of any list stands in it: it stays as it was typed.
    Unknown,
}

/// The answer to an old address. Nothing is converted silently.
pub struct AddressAnswer {
    pub outcome: AddressOutcome,
    /// The address as it is written today; for `Split` and `Unknown` as it came.
    pub text: String,
    /// Code of the commune, or empty.
    pub commune: String,
    pub candidates: Vec<AddressHit>,
}

/// An entry of the register with its history.
pub struct PersonView {
    pub values: PersonValues,
    /// Newest first, those of the merged entries too.
    pub filings: Vec<FilingRow>,
    /// The entries that mean this one since they were merged.
    pub merged: Vec<PersonValues>,
    /// Entries that may be the same person: the same number, or the same name and birth.
    pub doubles: Vec<PersonValues>,
}

/// A serial reader at this PC.
pub struct ReaderView { pub id: String, pub name: String }
}
