//! A procedure's own fields: what a clerk types beyond person and papers, described as data, and the check of it.
//!
//! Not here: where the values are stored, and the texts of problems. Typed values come as one map from path to text;
//! a field has the path of its id, a person's parts are `id.name`, `id.birth` and `id.id_number`.

mod check;

use crate::identity::{Birth, PersonalId};
use crate::procedure::Bilingual;
use jiff::civil::Date;

pub use check::{CheckedField, SpecProblem, Typed, check, check_all, spec_problems};

/// The version of this schema; data of a later version is refused by its reader, never half understood.
pub const SCHEMA: u32 = 1;

/// One field of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Stable within the procedure, lower-case letters, digits and `_`.
    pub id: String,
    /// What stands above it.
    pub label: Bilingual,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it may stay empty.
    pub required: bool,
    /// Where its first value comes from; the clerk may change it.
    pub autofill: Option<Source>,
    /// The case of the procedure in which it is asked for; `None` means always.
    pub case: Option<String>,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text.
    Text {
        /// The most characters after normalisation.
        max: u16,
    },
    /// A whole number, both ends allowed.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A full date, `23/11/2026`.
    Date {
        /// Which days make sense.
        when: When,
    },
    /// A date of birth, which may be a month, a year, or empty.
    Birth,
    /// One of a few.
    Choice {
        /// In the order in which they are shown.
        options: Vec<FieldOption>,
    },
    /// An administrative unit or an address, kept as text.
    Place,
    /// A person by name, with birth and personal number where known.
    Person,
}

/// Which days make sense for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Any day.
    Any,
    /// Something that has happened: today or before.
    Past,
    /// Something that is to come: today or later.
    Future,
}

/// One of a choice's options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// Stable within the field.
    pub id: String,
    /// What the clerk reads.
    pub label: Bilingual,
}

/// Where a first value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The applicant's name; for a person, name, birth and number.
    Applicant,
    /// The applicant's birth.
    ApplicantBirth,
    /// The applicant's sex: the options `male` and `female`.
    ApplicantSex,
    /// The applicant's number.
    ApplicantId,
    /// The number of the applicant's passport.
    ApplicantPassport,
    /// The state of the applicant's passport.
    ApplicantNationality,
    /// The applicant's address.
    ApplicantAddress,
    /// The applicant's telephone.
    ApplicantPhone,
    /// Who stands at the counter; for a person, name, birth and number.
    Submitter,
    /// The office's own commune.
    OfficePlace,
    /// Today.
    Today,
}

/// A clean value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Text in NFC, blanks collapsed.
    Text(String),
    /// A number within its ends.
    Number(i64),
    /// A day.
    Date(Date),
    /// What is known of a birth.
    Birth(Birth),
    /// The id of the chosen option.
    Choice(String),
    /// A place as text.
    Place(String),
    /// A person.
    Person(NamedPerson),
}

/// A person as an own field knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Full name, in NFC, every letter kept.
    pub name: String,
    /// What is known of the birth.
    pub birth: Birth,
    /// Personal number, if stated.
    pub id_number: Option<PersonalId>,
}
