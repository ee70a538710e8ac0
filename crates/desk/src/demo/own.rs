//! What the demo's clerks typed beyond person and papers: the procedure's own fields, the case, what the fee counts.
//! Drawn by a chance of its own, so that who comes when does not depend on it.

use super::{before, chance::Chance};
use crate::dto::{DraftValues, FeeValues, PersonValues};
use jiff::{
    Span,
    civil::{Date, DateTime},
};
use onedoor_domain::{
    fee::FeeRule,
    fields::{FieldKind, FieldSpec, Source, When},
    procedure::Procedure,
};

/// Words for free texts, by the field's id; what is not here is added later, as at a real counter.
const WORDS: [(&str, &[&str]); 12] = [
    (
        "purpose",
        &["Xin việc làm", "Vay vốn ngân hàng", "Nhập học", "Kết hôn"],
    ),
    (
        "reason",
        &[
            "Theo nguyện vọng của gia đình",
            "Thay đổi nơi ở",
            "Bị mất, hỏng",
        ],
    ),
    (
        "document",
        &[
            "Căn cước, bằng tốt nghiệp",
            "Giấy chứng nhận quyền sử dụng đất",
            "Giấy ủy quyền",
        ],
    ),
    ("death_cause", &["Tuổi già", "Bệnh tật"]),
    (
        "basis",
        &["Chỗ ở hợp pháp của mình", "Ở nhờ nhà người thân"],
    ),
    ("content", &["Xác nhận nơi thường trú"]),
    ("period", &["Từ năm 2019 đến nay"]),
    (
        "business_name",
        &["Hộ kinh doanh cà phê Ea Tul", "Tạp hóa Buôn Yao"],
    ),
    ("activity", &["Bán lẻ hàng hóa", "Thu mua nông sản"]),
    ("plot_no", &["42", "118", "207"]),
    ("map_sheet", &["7", "15"]),
    ("becomes", &["Theo giấy khai sinh"]),
];
/// Who fills in a special case.
const SPECIAL: usize = 12;

/// Fills in the rest of a draft; `other` gives somebody else of the commune.
pub(super) fn fill(
    values: DraftValues,
    procedure: &Procedure,
    at: DateTime,
    chance: &mut Chance,
    mut other: impl FnMut(&mut Chance) -> Option<PersonValues>,
) -> DraftValues {
    let case = procedure.cases.iter().filter(|_| chance.percent(SPECIAL));
    let cases: Vec<String> = case.take(1).map(|case| case.id.clone()).collect();
    let mut filled = DraftValues { cases, ..values };
    for spec in &procedure.fields {
        let asked = spec.case.as_ref();
        if asked.is_some_and(|case| !filled.cases.contains(case)) {
            continue;
        }
        match &spec.kind {
            FieldKind::Person => {
                let own = matches!(spec.autofill, Some(Source::Applicant | Source::Submitter));
                let person = match own {
                    true => Some(filled.applicant.clone()),
                    false => other(chance),
                };
                let parts = person.map(|person| {
                    [
                        ("name", person.name),
                        ("birth", person.birth),
                        ("id_number", person.id_number),
                    ]
                });
                for (part, value) in parts.into_iter().flatten() {
                    filled.fields.insert(format!("{}.{part}", spec.id), value);
                }
            }
            _ => {
                let name = match spec.id.as_str() {
                    "child_name" => other(chance).map(|person| person.name),
                    _ => plain(spec, &filled.applicant, at.date(), chance),
                };
                filled
                    .fields
                    .extend(name.map(|value| (spec.id.clone(), value)));
            }
        }
    }
    filled.fee = fee(procedure, chance);
    filled
}

/// A value that is typed in one go; none for what a clerk would leave for later.
fn plain(
    spec: &FieldSpec,
    applicant: &PersonValues,
    today: Date,
    chance: &mut Chance,
) -> Option<String> {
    let days = |most: i16, chance: &mut Chance| i32::from(chance.between(1, most));
    match &spec.kind {
        FieldKind::Text { .. } => {
            let (_, words) = WORDS.iter().find(|(id, _)| *id == spec.id)?;
            chance.pick(words).map(|word| (*word).to_string())
        }
        FieldKind::Number { min, max } => {
            let most = (*max).min(min.saturating_add(4));
            let span = usize::try_from(most.saturating_sub(*min)).unwrap_or(0);
            let drawn = i64::try_from(chance.below(span + 1)).unwrap_or(0);
            Some(min.saturating_add(drawn).to_string())
        }
        FieldKind::Date { when: When::Future } => {
            let later = days(300, chance);
            Some(typed(today.saturating_add(Span::new().days(later))))
        }
        FieldKind::Date { .. } => Some(typed(before(today, days(40, chance)))),
        FieldKind::Birth => Some(applicant.birth.clone()),
        FieldKind::Choice { options } => chance.pick(options).map(|option| option.id.clone()),
        FieldKind::Place => Some(applicant.address.clone()),
        FieldKind::Person => None,
    }
}

fn typed(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// Pages and persons where the fee counts them.
fn fee(procedure: &Procedure, chance: &mut Chance) -> FeeValues {
    let rules: Vec<&FeeRule> = procedure.fees.items.iter().map(|item| &item.rule).collect();
    let counts = |wanted: fn(&FeeRule) -> bool| rules.iter().any(|rule| wanted(rule));
    let mut fee = FeeValues::default();
    if counts(|rule| matches!(rule, FeeRule::PerPage { .. })) {
        fee.pages = chance.between(1, 8).to_string();
    }
    if counts(|rule| matches!(rule, FeeRule::PerPerson { .. })) {
        fee.persons = chance.between(1, 4).to_string();
    }
    fee
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo::people, fees, typed::draft_input};
    use jiff::civil::date;
    use onedoor_domain::filing;

    #[test]
    fn whatever_is_drawn_for_any_procedure_can_be_received() {
        let catalogue = onedoor_catalogue::Catalogue::shipped().unwrap();
        let mut chance = Chance::new(7);
        let people = people::people(&mut chance).unwrap();
        let at = date(2026, 11, 23).at(9, 15, 0, 0);
        let tariff = onedoor_catalogue::tariff::OfficeTariff::default();
        let charges = fees::Charges {
            tariff: &tariff,
            currency: None,
            day: at.date(),
        };
        let mut filled_fields = 0;
        for procedure in &catalogue.procedures {
            for seed in 0..40 {
                let mut drawn = Chance::new(seed);
                let other = |chance: &mut Chance| chance.pick(&people).cloned();
                let values = DraftValues {
                    procedure: procedure.code.clone(),
                    applicant: drawn.pick(&people).unwrap().clone(),
                    sets: "1".into(),
                    copies: "1".into(),
                    ..DraftValues::default()
                };
                let values = fill(values, procedure, at, &mut drawn, other);
                let checked = filing::check(&draft_input(&values), Some(procedure), at.date());
                assert_eq!(
                    checked.problems,
                    [],
                    "{}: {:?}",
                    procedure.code,
                    values.fields
                );
                let fee = fees::of_filing(procedure, &values, 1, (&charges, at.date()));
                assert_eq!(fee.problems, [], "{}", procedure.code);
                filled_fields += values.fields.len();
            }
        }
        let each = filled_fields / (catalogue.procedures.len() * 40);
        assert!(each >= 4, "a demo filing shows own fields: {each}");
    }
}
