//! Tax codes: ten digits of an organisation, thirteen of its branch, or the twelve of a person.
//!
//! Not here: whether the code was given to anyone, and whether it is still in use.

use std::fmt;

use super::{IdProblem, PersonalId};

const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
const OWN: usize = 10;
const BRANCH: usize = 3;

/// A tax code of the right shape.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TaxCode {
    /// Ten digits.
    Organisation(String),
    /// Ten digits of the organisation and three of the branch.
    Branch {
        /// The organisation's ten digits.
        organisation: String,
        /// The branch's three digits.
        branch: String,
    },
    /// Since 2025-07-01 a person's or household's tax code is the personal number.
    Person(PersonalId),
}

/// Why a typed code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxProblem {
    /// Something else than digits and separators.
    NotDigits,
    /// Not ten, twelve or thirteen digits: half typed, or one too many.
    Length {
        /// How many digits there are.
        digits: usize,
    },
    /// Twelve digits that are no personal number.
    Person(IdProblem),
}

/// What looks wrong about a code of the right shape; a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxWarning {
    /// The tenth digit does not agree with the nine before it.
    CheckDigit {
        /// The digit that would; none where no digit can.
        expected: Option<u8>,
    },
}

impl fmt::Display for TaxCode {
    /// As papers write it: `0100109106`, `0100109106-001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TaxCode::Organisation(digits) => f.write_str(digits),
            TaxCode::Branch {
                organisation,
                branch,
            } => write!(f, "{organisation}-{branch}"),
            TaxCode::Person(number) => f.write_str(number.as_str()),
        }
    }
}

impl TaxCode {
    /// Reads a typed code; blanks, dots and dashes do not matter.
    ///
    /// # Errors
    /// [`TaxProblem`], the first that applies.
    pub fn parse(typed: &str) -> Result<TaxCode, TaxProblem> {
        let digits: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '–'))
            .collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(TaxProblem::NotDigits);
        }
        match digits.len() {
            OWN => Ok(TaxCode::Organisation(digits)),
            12 => PersonalId::parse(&digits)
                .map(TaxCode::Person)
                .map_err(TaxProblem::Person),
            len if len == OWN + BRANCH => {
                let (organisation, branch) = digits.split_at(OWN);
                Ok(TaxCode::Branch {
                    organisation: organisation.to_owned(),
                    branch: branch.to_owned(),
                })
            }
            digits => Err(TaxProblem::Length { digits }),
        }
    }

    /// What looks wrong; a personal number has no check digit.
    pub fn warning(&self) -> Option<TaxWarning> {
        let own = match self {
            TaxCode::Organisation(digits) => digits,
            TaxCode::Branch { organisation, .. } => organisation,
            TaxCode::Person(_) => return None,
        };
        let mut values = own.chars().filter_map(|c| c.to_digit(10));
        let sum: u32 = WEIGHTS
            .iter()
            .zip(values.by_ref())
            .map(|(weight, digit)| weight * digit)
            .sum();
        let expected = u8::try_from(10 - sum % 11).ok().filter(|digit| *digit < 10);
        let stated = values.next().and_then(|digit| u8::try_from(digit).ok());
        (expected.is_none() || stated != expected).then_some(TaxWarning::CheckDigit { expected })
    }
}
