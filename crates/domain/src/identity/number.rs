//! The personal number: twelve digits (province or country, century and sex, year, six more), or the nine of before.
//!
//! Not here: a check digit; the number has none.

use super::{Birth, Sex};

/// The province codes in use; births abroad carry a country code from 100 up.
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// Why a typed number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdProblem {
    /// Something else than digits.
    NotDigits,
    /// Neither twelve nor nine digits: half typed, or one too many.
    Length {
        /// How many digits there are.
        digits: usize,
    },
    /// Begins like no province and no country.
    UnknownProvince,
}

/// What looks wrong about a number of the right shape; a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdWarning {
    /// The number says another sex than was stated.
    SexDiffers,
    /// The number says another year of birth than was stated.
    BirthYearDiffers,
    /// An old number of nine digits, which says nothing to compare with.
    OldNineDigits,
}

/// A personal number of the right shape.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonalId(String);

impl PersonalId {
    /// Reads a typed number; blanks and dots between the digits do not matter.
    ///
    /// # Errors
    /// [`IdProblem`], the first that applies: other signs, then length, then province.
    pub fn parse(typed: &str) -> Result<PersonalId, IdProblem> {
        let digits: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '.')
            .collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdProblem::NotDigits);
        }
        match digits.len() {
            9 => Ok(PersonalId(digits)),
            12 if has_known_origin(&digits) => Ok(PersonalId(digits)),
            12 => Err(IdProblem::UnknownProvince),
            digits => Err(IdProblem::Length { digits }),
        }
    }

    /// The bare digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sex that a number of twelve digits says.
    pub fn sex(&self) -> Option<Sex> {
        let even = self.century_digit()? % 2 == 0;
        Some(if even { Sex::Male } else { Sex::Female })
    }

    /// The year of birth that a number of twelve digits says.
    pub fn birth_year(&self) -> Option<i16> {
        let century = 1900 + i16::from(self.century_digit()? / 2) * 100;
        let year: i16 = self.0.get(4..6)?.parse().ok()?;
        Some(century + year)
    }

    /// What does not agree with the stated sex and birth; what was not stated is not compared.
    pub fn warnings(&self, sex: Option<Sex>, birth: &Birth) -> Vec<IdWarning> {
        let differs =
            |own: Option<i16>, stated: Option<i16>| own.zip(stated).is_some_and(|(a, b)| a != b);
        let mut found = Vec::new();
        if self
            .sex()
            .zip(sex)
            .is_some_and(|(own, stated)| own != stated)
        {
            found.push(IdWarning::SexDiffers);
        }
        if differs(self.birth_year(), birth.year()) {
            found.push(IdWarning::BirthYearDiffers);
        }
        if self.0.len() == 9 {
            found.push(IdWarning::OldNineDigits);
        }
        found
    }

    /// The fourth of twelve digits: 0/1 male/female born 19xx, 2/3 born 20xx, and so on.
    fn century_digit(&self) -> Option<u8> {
        (self.0.len() == 12)
            .then(|| self.0.as_bytes().get(3).map(|b| b - b'0'))
            .flatten()
    }
}

fn has_known_origin(digits: &str) -> bool {
    let origin: Option<u16> = digits.get(..3).and_then(|s| s.parse().ok());
    origin.is_some_and(|n| n >= 100 || PROVINCES.contains(&n))
}
