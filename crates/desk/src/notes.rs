//! Problems and warnings as codes with parameters: the screen has the words.

use crate::dto::{DraftValues, FieldNote};
use onedoor_domain::{
    filing::{FieldProblem, FieldWarning, Problem, Warning},
    identity::{BirthProblem, IdProblem, IdWarning, PhoneProblem},
    text::TextProblem,
};
use std::collections::BTreeMap;

/// A note beside a field.
pub(crate) fn note<const N: usize>(
    field: &str,
    code: &str,
    params: [(&str, String); N],
) -> FieldNote {
    let params: BTreeMap<String, String> = params
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect();
    FieldNote {
        field: field.to_string(),
        code: code.to_string(),
        params,
    }
}

pub(crate) fn problem(problem: &Problem) -> FieldNote {
    let field = &problem.field;
    let plain = |code: &str| note(field, code, []);
    match &problem.problem {
        FieldProblem::Required => plain("required"),
        FieldProblem::Text(TextProblem::TooLong { max, len }) => note(
            field,
            "too_long",
            [("max", max.to_string()), ("len", len.to_string())],
        ),
        FieldProblem::Text(TextProblem::ControlCharacters) => plain("control_characters"),
        FieldProblem::Birth(BirthProblem::NotADate) => plain("not_a_date"),
        FieldProblem::Birth(BirthProblem::InFuture) => plain("in_future"),
        FieldProblem::Birth(BirthProblem::TooOld) => plain("too_old"),
        FieldProblem::Id(IdProblem::NotDigits) => plain("id_not_digits"),
        FieldProblem::Id(IdProblem::Length { digits }) => {
            note(field, "id_length", [("digits", digits.to_string())])
        }
        FieldProblem::Id(IdProblem::UnknownProvince) => plain("id_unknown_province"),
        FieldProblem::Phone(PhoneProblem::NotDigits) => plain("phone_not_digits"),
        FieldProblem::Phone(PhoneProblem::Length) => plain("phone_length"),
        FieldProblem::Phone(PhoneProblem::Prefix) => plain("phone_prefix"),
        FieldProblem::Email => plain("email"),
        FieldProblem::UnknownProcedure => plain("unknown_procedure"),
        FieldProblem::PaperMissing => plain("paper_missing"),
        FieldProblem::NeedsReason => plain("needs_reason"),
        FieldProblem::Number => plain("number"),
        FieldProblem::NotANumber => plain("not_a_number"),
        FieldProblem::Range { min, max } => note(
            field,
            "number_range",
            [("min", min.to_string()), ("max", max.to_string())],
        ),
        FieldProblem::NotAChoice => plain("not_a_choice"),
        FieldProblem::InPast => plain("in_past"),
        FieldProblem::TaxCode => plain("tax_code"),
        FieldProblem::Passport => plain("passport"),
        FieldProblem::Nationality => plain("nationality"),
    }
}

pub(crate) fn warning(warning: &Warning) -> FieldNote {
    let code = match &warning.warning {
        FieldWarning::Id(IdWarning::SexDiffers) => "id_sex_differs",
        FieldWarning::Id(IdWarning::BirthYearDiffers) => "id_birth_differs",
        FieldWarning::Id(IdWarning::OldNineDigits) => "id_old",
        FieldWarning::PaperMissing => "paper_missing",
        FieldWarning::NoIdNumber => "no_id_number",
        FieldWarning::NoTaxCode => "no_tax_code",
        FieldWarning::NoAuthority => "no_authority",
        FieldWarning::NoCase => "no_case",
        FieldWarning::FieldMissing => "field_missing",
    };
    note(&warning.field, code, [])
}

/// Letters that no font of the form has: drawn as a box, kept in the data, and said beside the field.
pub(crate) fn undrawable(values: &DraftValues) -> Vec<FieldNote> {
    let person = &values.applicant;
    let fields = [
        ("applicant.name", &person.name),
        ("applicant.address", &person.address),
        ("content", &values.content),
    ];
    let letters = |text: &str| {
        onedoor_receipt::undrawable(text)
            .into_iter()
            .map(String::from)
            .collect::<Vec<_>>()
    };
    let found = fields
        .into_iter()
        .map(|(field, text)| (field, letters(text)));
    let found = found.filter(|(_, letters)| !letters.is_empty());
    found
        .map(|(field, letters)| note(field, "undrawable", [("chars", letters.join(" "))]))
        .collect()
}
