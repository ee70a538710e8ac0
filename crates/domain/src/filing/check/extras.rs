//! The check of what only some applicants have: tax code, passport, nationality. Not here: the personal number.

use super::{FieldProblem, FieldWarning, IdentityInput, Notes};
use crate::identity::tax_code::TaxCode;
use crate::text::MAX_TEXT;

impl Notes {
    pub(super) fn identity(&mut self, at: &str, typed: &IdentityInput) -> IdentityInput {
        let field = |name: &str| format!("{at}.identity.{name}");
        let tax_code = match typed.tax_code.trim() {
            "" => String::new(),
            code => TaxCode::parse(code).map_or_else(
                |_| {
                    self.problem(field("tax_code"), FieldProblem::TaxCode);
                    String::new()
                },
                |code| code.to_string(),
            ),
        };
        if typed.organisation && typed.tax_code.trim().is_empty() {
            self.warn(field("tax_code"), FieldWarning::NoTaxCode);
        }
        let passport = self.letters_and_digits(
            field("passport"),
            &typed.passport,
            5..=15,
            FieldProblem::Passport,
        );
        let nationality = self.letters_and_digits(
            field("nationality"),
            &typed.nationality,
            3..=3,
            FieldProblem::Nationality,
        );
        IdentityInput {
            organisation: typed.organisation,
            tax_code,
            passport,
            nationality,
            commune: typed.commune.trim().to_owned(),
            former_address: self.text(&field("former_address"), &typed.former_address, MAX_TEXT),
        }
    }

    /// Capitals and digits as they stand on a passport; blanks do not matter.
    fn letters_and_digits(
        &mut self,
        field: String,
        typed: &str,
        length: std::ops::RangeInclusive<usize>,
        problem: FieldProblem,
    ) -> String {
        let value: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let fits =
            length.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if value.is_empty() || fits {
            return value;
        }
        self.problem(field, problem);
        String::new()
    }
}
