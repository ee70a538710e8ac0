//! The check before receiving: what must be put right, what merely looks wrong, and the clean values.
//!
//! Not here: duplicates and expired papers (they need the store), and permission.

use jiff::civil::Date;

mod extras;
mod person;

use person::Address;
pub use person::check_person;

use super::{BehalfInput, DraftInput, GiveBack, IdentityInput, Paper, PaperState, PersonInput};
use crate::fields::{self, CheckedField};
use crate::identity::{Birth, BirthProblem, IdProblem, IdWarning, PersonalId, PhoneProblem, Sex};
use crate::procedure::{PaperWay, Procedure, RequiredDocument};
use crate::text::{self, MAX_TEXT, TextProblem};

/// What must be put right before a filing can be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    /// Nothing was typed or chosen.
    Required,
    /// The text cannot be stored as typed.
    Text(TextProblem),
    /// The date of birth is none.
    Birth(BirthProblem),
    /// The personal number is none.
    Id(IdProblem),
    /// The telephone number is none.
    Phone(PhoneProblem),
    /// The e-mail address is none.
    Email,
    /// The catalogue does not have this procedure.
    UnknownProcedure,
    /// A paper is missing. [`check`] never says so, since an outstanding paper never blocks; acts that may not go on
    /// without it can.
    PaperMissing,
    /// This state of a paper needs a reason.
    NeedsReason,
    /// The number must be at least one.
    Number,
    /// No whole number.
    NotANumber,
    /// The number is not between these ends, which are allowed.
    Range {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// None of the options.
    NotAChoice,
    /// Before today, though it is to come.
    InPast,
    /// The tax code is none: its digits or its check digit are wrong.
    TaxCode,
    /// The passport number is none: five to fifteen letters and digits.
    Passport,
    /// No state has these three letters.
    Nationality,
}

/// What looks wrong and blocks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldWarning {
    /// The personal number does not agree with the rest.
    Id(IdWarning),
    /// A paper that is always to be handed in is not there.
    PaperMissing,
    /// No personal number was typed.
    NoIdNumber,
    /// An organisation without a tax code.
    NoTaxCode,
    /// Somebody stands here for another, and nothing says by what right.
    NoAuthority,
    /// The procedure tells cases apart, and none was chosen: only the papers of every case are asked for.
    NoCase,
    /// An own field that is usually filled is empty; it can be added later.
    FieldMissing,
}

/// A problem at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Dotted path, such as `applicant.id_number` or `papers.d2`.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// A warning at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Dotted path, such as `applicant.id_number` or `papers.d2`.
    pub field: String,
    /// What looks wrong.
    pub warning: FieldWarning,
}

/// A person with clean values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPerson {
    /// Full name, in NFC, every letter kept.
    pub name: String,
    /// What is known of the birth.
    pub birth: Birth,
    /// Sex, if stated.
    pub sex: Option<Sex>,
    /// Personal number, if stated.
    pub id_number: Option<PersonalId>,
    /// Where the person lives.
    pub address: String,
    /// `0…` without separators, or empty.
    pub phone: String,
    /// E-mail, or empty.
    pub email: String,
    /// What only some persons have, cleaned.
    pub identity: IdentityInput,
}

/// A filing with clean values, ready to be received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFiling {
    /// The code of the procedure.
    pub procedure: String,
    /// The version of the procedure against which it was checked.
    pub procedure_version: u32,
    /// Whose matter it is.
    pub applicant: CheckedPerson,
    /// The papers with a state, in the order of the checklist, ids known to the procedure only.
    pub papers: Vec<Paper>,
    /// Sets of papers handed in, at least one.
    pub sets: u16,
    /// Copies of the result asked for.
    pub copies: u32,
    /// What is asked for; the procedure's title where nothing was typed.
    pub content: String,
    /// How the result is to be given back.
    pub give_back: GiveBack,
    /// A note of the clerk.
    pub note: String,
    /// The submitter, where it is not the applicant.
    pub behalf: Option<CheckedBehalf>,
    /// The cases of the procedure that hold.
    pub cases: Vec<String>,
    /// The procedure's own fields, in its order.
    pub fields: Vec<CheckedField>,
}

/// Who stands at the counter for somebody else, with clean values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedBehalf {
    /// The submitter.
    pub submitter: CheckedPerson,
    /// The authority, or empty.
    pub authority: String,
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What must be put right, in the order of the page.
    pub problems: Vec<Problem>,
    /// What looks wrong, in the order of the page.
    pub warnings: Vec<Warning>,
    /// The clean values; there exactly when there are no problems.
    pub filing: Option<CheckedFiling>,
}

/// Checks a draft against the procedure that it names (`None` when the catalogue does not have it).
///
/// Required are the procedure, the applicant's name and address. A half-typed number is a problem, an empty one a
/// warning; a missing paper is a warning and never blocks.
pub fn check(draft: &DraftInput, procedure: Option<&Procedure>, today: Date) -> Checked {
    let mut notes = Notes::default();
    let procedure = notes.procedure(draft, procedure);
    let applicant = notes.person("applicant", &draft.applicant, Address::Needed, today);
    let behalf = draft
        .behalf
        .as_ref()
        .map(|behalf| notes.behalf(behalf, today));
    let cases = procedure
        .map(|p| notes.cases(p, &draft.cases))
        .unwrap_or_default();
    let papers = procedure
        .map(|p| notes.papers(p, &cases, &draft.papers))
        .unwrap_or_default();
    let fields = procedure
        .map(|p| notes.fields(p, &cases, &draft.fields, today))
        .unwrap_or_default();
    notes.at_least_one("sets", u32::from(draft.sets));
    if procedure.is_some_and(|p| p.fees.counts_copies()) {
        notes.at_least_one("copies", draft.copies);
    }
    let content = notes.text("content", &draft.content, MAX_TEXT);
    let note = notes.text("note", &draft.note, MAX_TEXT);
    let filing = procedure
        .filter(|_| notes.problems.is_empty())
        .map(|p| CheckedFiling {
            procedure: p.code.clone(),
            procedure_version: p.version,
            applicant,
            papers,
            sets: draft.sets,
            copies: draft.copies,
            content: if content.is_empty() {
                p.title.vi.clone()
            } else {
                content
            },
            give_back: draft.give_back,
            note,
            behalf,
            cases,
            fields,
        });
    Checked {
        problems: notes.problems,
        warnings: notes.warnings,
        filing,
    }
}

/// Collects what is found while the values are cleaned; a wrong value is noted and replaced by an empty one, which is
/// never used, since then there is no filing.
#[derive(Default)]
struct Notes {
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
}

impl Notes {
    fn problem(&mut self, field: impl Into<String>, problem: FieldProblem) {
        self.problems.push(Problem {
            field: field.into(),
            problem,
        });
    }

    fn warn(&mut self, field: impl Into<String>, warning: FieldWarning) {
        self.warnings.push(Warning {
            field: field.into(),
            warning,
        });
    }

    fn procedure<'a>(
        &mut self,
        draft: &DraftInput,
        found: Option<&'a Procedure>,
    ) -> Option<&'a Procedure> {
        let code = draft.procedure.as_deref().unwrap_or_default().trim();
        let found = found.filter(|p| p.code == code);
        if code.is_empty() {
            self.problem("procedure", FieldProblem::Required);
        } else if found.is_none() {
            self.problem("procedure", FieldProblem::UnknownProcedure);
        }
        found
    }

    fn text(&mut self, field: &str, typed: &str, max: usize) -> String {
        text::clean(typed, max).unwrap_or_else(|problem| {
            self.problem(field, FieldProblem::Text(problem));
            String::new()
        })
    }

    fn required(&mut self, field: &str, typed: &str, max: usize) -> String {
        let before = self.problems.len();
        let value = self.text(field, typed, max);
        if value.is_empty() && self.problems.len() == before {
            self.problem(field, FieldProblem::Required);
        }
        value
    }

    fn at_least_one(&mut self, field: &str, number: u32) {
        if number == 0 {
            self.problem(field, FieldProblem::Number);
        }
    }

    fn behalf(&mut self, typed: &BehalfInput, today: Date) -> CheckedBehalf {
        let submitter = self.person("behalf.submitter", &typed.submitter, Address::Needed, today);
        let authority = self.text("behalf.authority", &typed.authority, MAX_TEXT);
        if authority.is_empty() {
            self.warn("behalf.authority", FieldWarning::NoAuthority);
        }
        CheckedBehalf {
            submitter,
            authority,
        }
    }

    fn cases(&mut self, procedure: &Procedure, chosen: &[String]) -> Vec<String> {
        let known = procedure.cases.iter().map(|case| &case.id);
        let cases: Vec<String> = known.filter(|id| chosen.contains(id)).cloned().collect();
        if cases.is_empty() && !procedure.cases.is_empty() {
            self.warn("cases", FieldWarning::NoCase);
        }
        cases
    }

    /// A wrong value has to be put right; an empty one can be added later, since no paper depends on it.
    fn fields(
        &mut self,
        procedure: &Procedure,
        cases: &[String],
        typed: &[(String, String)],
        today: Date,
    ) -> Vec<CheckedField> {
        let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
        let typed: fields::Typed = typed.iter().cloned().collect();
        let (mut checked, problems) = fields::check_all(&procedure.fields, &cases, &typed, today);
        for problem in problems {
            match problem.problem {
                FieldProblem::Required => self.warn(problem.field, FieldWarning::FieldMissing),
                _ => self.problems.push(problem),
            }
        }
        checked.retain(|field| field.value.is_some());
        checked
    }

    /// Papers that another procedure's checklist left in the draft stay in the draft.
    fn papers(&mut self, procedure: &Procedure, cases: &[String], given: &[Paper]) -> Vec<Paper> {
        let chosen: Vec<&str> = cases.iter().map(String::as_str).collect();
        procedure
            .documents_in(&chosen)
            .filter_map(|document| {
                if document.way == PaperWay::Submit && document.when.is_none() {
                    self.expect_paper(document, given);
                }
                self.paper(document, given)
            })
            .collect()
    }

    fn expect_paper(&mut self, document: &RequiredDocument, given: &[Paper]) {
        let paper = given.iter().find(|p| p.document == document.id);
        if matches!(
            paper.and_then(|p| p.state),
            None | Some(PaperState::Missing)
        ) {
            self.warn(
                format!("papers.{}", document.id),
                FieldWarning::PaperMissing,
            );
        }
    }

    fn paper(&mut self, document: &RequiredDocument, given: &[Paper]) -> Option<Paper> {
        let field = format!("papers.{}", document.id);
        let paper = given.iter().find(|p| p.document == document.id);
        let state = paper.and_then(|p| p.state);
        let (paper, state) = paper.zip(state)?;
        let reason = self.text(&field, &paper.reason, MAX_TEXT);
        if state == PaperState::NotReachable && paper.reason.trim().is_empty() {
            self.problem(field, FieldProblem::NeedsReason);
        }
        Some(Paper {
            document: paper.document.clone(),
            state: Some(state),
            copies: paper.copies,
            reason,
        })
    }
}
