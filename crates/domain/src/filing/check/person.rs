//! The check of a person: the applicant, the submitter, whoever takes a slip home. Not here: tax code, passport and
//! nationality (`extras`).

use jiff::civil::Date;

use super::{CheckedPerson, FieldProblem, FieldWarning, Notes, PersonInput, Problem};
use crate::identity::{self, Birth, PersonalId};
use crate::text::{MAX_NAME, MAX_TEXT};

/// Checks a person alone, as for a slip: the name must be there, the address may come later, and what is typed must be
/// right.
///
/// # Errors
/// Everything that must be put right, at `applicant.…`, in the order of the page.
pub fn check_person(typed: &PersonInput, today: Date) -> Result<CheckedPerson, Vec<Problem>> {
    let mut notes = Notes::default();
    let person = notes.person("applicant", typed, Address::MayComeLater, today);
    match notes.problems.is_empty() {
        true => Ok(person),
        false => Err(notes.problems),
    }
}

/// Whether a person's address has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    Needed,
    MayComeLater,
}

impl Notes {
    pub(super) fn person(
        &mut self,
        at: &str,
        typed: &PersonInput,
        address: Address,
        today: Date,
    ) -> CheckedPerson {
        let field = |name: &str| format!("{at}.{name}");
        let name = self.required(&field("name"), &typed.name, MAX_NAME);
        let birth = Birth::parse(&typed.birth, today).unwrap_or_else(|problem| {
            self.problem(field("birth"), FieldProblem::Birth(problem));
            Birth::Unknown
        });
        let identity = self.identity(at, &typed.identity);
        let id_number = self.id_number(field("id_number"), typed, &birth);
        let address = match address {
            Address::Needed => self.required(&field("address"), &typed.address, MAX_TEXT),
            Address::MayComeLater => self.text(&field("address"), &typed.address, MAX_TEXT),
        };
        let phone = self.phone(field("phone"), &typed.phone);
        let email = self.email(field("email"), &typed.email);
        CheckedPerson {
            name,
            birth,
            sex: typed.sex,
            id_number,
            address,
            phone,
            email,
            identity,
        }
    }

    fn id_number(
        &mut self,
        field: String,
        typed: &PersonInput,
        birth: &Birth,
    ) -> Option<PersonalId> {
        if typed.id_number.trim().is_empty() {
            if !typed.identity.organisation && typed.identity.passport.trim().is_empty() {
                self.warn(field, FieldWarning::NoIdNumber);
            }
            return None;
        }
        match PersonalId::parse(&typed.id_number) {
            Ok(id) => {
                for warning in id.warnings(typed.sex, birth) {
                    self.warn(field.clone(), FieldWarning::Id(warning));
                }
                Some(id)
            }
            Err(problem) => {
                self.problem(field, FieldProblem::Id(problem));
                None
            }
        }
    }

    fn phone(&mut self, field: String, typed: &str) -> String {
        if typed.trim().is_empty() {
            return String::new();
        }
        identity::phone(typed).unwrap_or_else(|problem| {
            self.problem(field, FieldProblem::Phone(problem));
            String::new()
        })
    }

    fn email(&mut self, field: String, typed: &str) -> String {
        let email = typed.trim();
        if !email.is_empty() && !identity::email_ok(email) {
            self.problem(field, FieldProblem::Email);
            return String::new();
        }
        email.to_owned()
    }
}
