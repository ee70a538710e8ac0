//! The check of typed own fields against their description, and of the description itself.
//!
//! Not here: the check of the applicant and the papers (`filing`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{FieldKind, FieldSpec, FieldValue, NamedPerson, Source, When};
use crate::filing::{FieldProblem, Problem};
use crate::identity::{Birth, BirthProblem, PersonalId};
use crate::text::{self, MAX_NAME, MAX_TEXT};

/// What was typed, by path.
pub type Typed = BTreeMap<String, String>;

/// A field with its clean value; `None` where it was left empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedField {
    /// The field's id.
    pub id: String,
    /// The clean value.
    pub value: Option<FieldValue>,
}

/// What is wrong with the description of a procedure's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpecProblem {
    /// The id is empty or holds other signs than lower-case letters, digits and `_`.
    Id(String),
    /// Two fields have this id.
    TwiceId(String),
    /// A number's smallest is above its largest, or a text may have no character.
    Range(String),
    /// A choice without options, or with an option twice.
    Options(String),
    /// It is filled from something that it cannot take.
    Autofill(String),
    /// It belongs to a case that the procedure does not have.
    UnknownCase(String),
}

/// Checks one field. Problems lie at `fields.<path>`.
///
/// # Errors
/// Everything that is wrong with it: a person can have a wrong birth and a wrong number at once.
pub fn check(
    spec: &FieldSpec,
    typed: &Typed,
    today: Date,
) -> Result<Option<FieldValue>, Vec<Problem>> {
    if spec.kind == FieldKind::Person {
        return person(spec, typed, today);
    }
    let text = typed.get(&spec.id).map(String::as_str).unwrap_or_default();
    if text.trim().is_empty() {
        return absent(spec, &spec.id);
    }
    value(&spec.kind, text, today)
        .map(Some)
        .map_err(|problem| vec![at(&spec.id, problem)])
}

/// Checks all fields that the chosen `cases` ask for: the clean ones and every problem, both in the order of the page.
pub fn check_all(
    specs: &[FieldSpec],
    cases: &[&str],
    typed: &Typed,
    today: Date,
) -> (Vec<CheckedField>, Vec<Problem>) {
    let mut values = Vec::new();
    let mut problems = Vec::new();
    let asked = specs.iter().filter(|spec| {
        spec.case
            .as_deref()
            .is_none_or(|case| cases.contains(&case))
    });
    for spec in asked {
        match check(spec, typed, today) {
            Ok(value) => values.push(CheckedField {
                id: spec.id.clone(),
                value,
            }),
            Err(found) => problems.extend(found),
        }
    }
    (values, problems)
}

fn at(path: &str, problem: FieldProblem) -> Problem {
    Problem {
        field: format!("fields.{path}"),
        problem,
    }
}

fn absent(spec: &FieldSpec, path: &str) -> Result<Option<FieldValue>, Vec<Problem>> {
    if spec.required {
        Err(vec![at(path, FieldProblem::Required)])
    } else {
        Ok(None)
    }
}

fn value(kind: &FieldKind, typed: &str, today: Date) -> Result<FieldValue, FieldProblem> {
    let clean = |max: usize| text::clean(typed, max).map_err(FieldProblem::Text);
    match kind {
        FieldKind::Text { max } => clean(usize::from(*max)).map(FieldValue::Text),
        FieldKind::Place => clean(MAX_TEXT).map(FieldValue::Place),
        FieldKind::Person => clean(MAX_NAME).map(FieldValue::Text),
        FieldKind::Number { min, max } => number(typed, *min, *max).map(FieldValue::Number),
        FieldKind::Date { when } => date(typed, *when, today).map(FieldValue::Date),
        FieldKind::Birth => Birth::parse(typed, today)
            .map(FieldValue::Birth)
            .map_err(FieldProblem::Birth),
        FieldKind::Choice { options } => {
            let chosen = options.iter().find(|option| option.id == typed.trim());
            chosen
                .map(|option| FieldValue::Choice(option.id.clone()))
                .ok_or(FieldProblem::NotAChoice)
        }
    }
}

/// Digits with the dots of thousands, as money and areas are written here; a comma would be a fraction.
fn number(typed: &str, min: i64, max: i64) -> Result<i64, FieldProblem> {
    let typed = typed.trim();
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let groups: Vec<&str> = digits.split('.').collect();
    let whole = |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && (groups.len() == 1 || groups.first().is_some_and(|first| first.len() <= 3));
    if !groups.iter().all(whole) || !grouped {
        return Err(FieldProblem::NotANumber);
    }
    let number: i64 = format!("{sign}{}", groups.concat())
        .parse()
        .map_err(|_| FieldProblem::Range { min, max })?;
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(FieldProblem::Range { min, max })
    }
}

fn date(typed: &str, when: When, today: Date) -> Result<Date, FieldProblem> {
    let Some(Birth::Day(day)) = Birth::read(typed) else {
        return Err(FieldProblem::Birth(BirthProblem::NotADate));
    };
    match when {
        When::Past if day > today => Err(FieldProblem::Birth(BirthProblem::InFuture)),
        When::Future if day < today => Err(FieldProblem::InPast),
        _ => Ok(day),
    }
}

fn person(
    spec: &FieldSpec,
    typed: &Typed,
    today: Date,
) -> Result<Option<FieldValue>, Vec<Problem>> {
    let path = |part: &str| format!("{}.{part}", spec.id);
    let part = |name: &str| typed.get(&path(name)).map_or("", |text| text.trim());
    let (name, birth, id_number) = (part("name"), part("birth"), part("id_number"));
    if [name, birth, id_number].iter().all(|part| part.is_empty()) {
        return absent(spec, &path("name"));
    }
    let mut problems = Vec::new();
    let mut note = |name: &str, problem| problems.push(at(&path(name), problem));
    let name = match text::clean(name, MAX_NAME) {
        Ok(clean) => {
            if clean.is_empty() {
                note("name", FieldProblem::Required);
            }
            clean
        }
        Err(problem) => {
            note("name", FieldProblem::Text(problem));
            String::new()
        }
    };
    let birth = Birth::parse(birth, today).unwrap_or_else(|problem| {
        note("birth", FieldProblem::Birth(problem));
        Birth::Unknown
    });
    let id_number = match id_number {
        "" => None,
        typed => PersonalId::parse(typed)
            .map_err(|problem| note("id_number", FieldProblem::Id(problem)))
            .ok(),
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Some(FieldValue::Person(NamedPerson {
        name,
        birth,
        id_number,
    })))
}

/// Everything that is wrong with the description of a procedure's fields; `cases` are the ids of its cases.
pub fn spec_problems(specs: &[FieldSpec], cases: &[&str]) -> Vec<SpecProblem> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for spec in specs {
        let id = || spec.id.clone();
        if !is_id(&spec.id) {
            found.push(SpecProblem::Id(id()));
        }
        if !seen.insert(spec.id.as_str()) {
            found.push(SpecProblem::TwiceId(id()));
        }
        match &spec.kind {
            FieldKind::Text { max: 0 } => found.push(SpecProblem::Range(id())),
            FieldKind::Number { min, max } if min > max => found.push(SpecProblem::Range(id())),
            FieldKind::Choice { options } => {
                let ids: BTreeSet<&str> = options.iter().map(|o| o.id.as_str()).collect();
                if options.is_empty() || ids.len() != options.len() || ids.contains("") {
                    found.push(SpecProblem::Options(id()));
                }
            }
            _ => {}
        }
        if spec
            .autofill
            .is_some_and(|source| !takes(&spec.kind, source))
        {
            found.push(SpecProblem::Autofill(id()));
        }
        if spec
            .case
            .as_deref()
            .is_some_and(|case| !cases.contains(&case))
        {
            found.push(SpecProblem::UnknownCase(id()));
        }
    }
    found
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn takes(kind: &FieldKind, source: Source) -> bool {
    match source {
        Source::Applicant | Source::Submitter => {
            matches!(kind, FieldKind::Person | FieldKind::Text { .. })
        }
        Source::ApplicantBirth => matches!(kind, FieldKind::Birth | FieldKind::Date { .. }),
        Source::ApplicantSex => matches!(kind, FieldKind::Choice { .. }),
        Source::ApplicantId
        | Source::ApplicantPassport
        | Source::ApplicantNationality
        | Source::ApplicantPhone => matches!(kind, FieldKind::Text { .. }),
        Source::ApplicantAddress | Source::OfficePlace => {
            matches!(kind, FieldKind::Place | FieldKind::Text { .. })
        }
        Source::Today => matches!(kind, FieldKind::Date { .. }),
    }
}
