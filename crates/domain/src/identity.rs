//! What a person states about themself, types or shows: birth, numbers, telephone, e-mail, cards, passports.
//!
//! Cards and passports are read in `qr`, `mrz` and `wedge`. Not here: whether the number is the right person's — it has
//! no check digit, so that everything beyond its shape is a warning.

mod birth;
mod contact;
pub mod damage;
pub mod mrz;
mod number;
pub mod qr;
pub mod tax_code;
pub mod wedge;

pub use birth::{Age, Birth, BirthProblem};
pub use contact::{PhoneProblem, email_ok, phone};
pub use number::{IdProblem, IdWarning, PersonalId};

/// Sex as the identity papers know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// The stable word for data and wire: `male` or `female`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
        }
    }

    /// Reads a word as [`Sex::as_str`] writes it.
    pub fn parse(s: &str) -> Option<Self> {
        [Sex::Male, Sex::Female]
            .into_iter()
            .find(|sex| sex.as_str() == s)
    }
}
