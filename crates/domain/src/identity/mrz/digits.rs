//! Check digits of the zone: weights 7, 3, 1; digits count as themselves, A to Z as 10 to 35, filler as 0.
//!
//! Not here: what the fields mean.

use super::MrzField;

/// Where a field and its check digit stand on the second line.
const FIELDS: [(MrzField, std::ops::Range<usize>, usize); 4] = [
    (MrzField::Number, 0..9, 9),
    (MrzField::Birth, 13..19, 19),
    (MrzField::Expiry, 21..27, 27),
    (MrzField::Personal, 28..42, 42),
];
/// The parts of the second line that the last digit covers.
const COMPOSITE: [std::ops::Range<usize>; 3] = [0..10, 13..20, 21..43];
const COMPOSITE_AT: usize = 43;

/// The check digit of a field.
pub fn check_digit(field: &str) -> u32 {
    let sum: u64 = field
        .chars()
        .zip([7u64, 3, 1].into_iter().cycle())
        .map(|(c, weight)| u64::from(value(c)) * weight)
        .sum();
    u32::try_from(sum % 10).unwrap_or_default()
}

fn value(c: char) -> u32 {
    match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        'A'..='Z' => u32::from(c) - u32::from('A') + 10,
        _ => 0,
    }
}

/// The first field of the second line whose check digit does not agree.
pub(super) fn first_wrong(line: &str) -> Option<MrzField> {
    let part = |range: &std::ops::Range<usize>| line.get(range.clone()).unwrap_or_default();
    let at = |place: usize| line.get(place..=place).unwrap_or_default();
    let wrong = FIELDS.iter().find(|(kind, range, place)| {
        let field = part(range);
        let stated = at(*place);
        let unused =
            *kind == MrzField::Personal && stated == "<" && field.bytes().all(|b| b == b'<');
        !unused && stated != check_digit(field).to_string()
    });
    if let Some((kind, ..)) = wrong {
        return Some(*kind);
    }
    let all: String = COMPOSITE.iter().map(part).collect();
    (at(COMPOSITE_AT) != check_digit(&all).to_string()).then_some(MrzField::Composite)
}

/// The only line that agrees everywhere after exchanging O and 0, first where only a digit can stand, then at most one
/// place of the number and one of the personal number.
pub(super) fn suggestion(line: &str) -> Option<String> {
    let mut signs: Vec<char> = line.chars().collect();
    let digits_only = [9..10, 13..20, 21..28, 43..44];
    for place in digits_only.into_iter().flatten() {
        if let Some(sign) = signs.get_mut(place).filter(|sign| **sign == 'O') {
            *sign = '0';
        }
    }
    let mut found = Vec::new();
    for number in exchanges(&signs, 0..9) {
        for whole in exchanges(&number, 28..43) {
            let line: String = whole.iter().collect();
            if first_wrong(&line).is_none() {
                found.push(line);
            }
        }
    }
    found.dedup();
    match found.as_slice() {
        [only] if only != line => Some(only.clone()),
        _ => None,
    }
}

/// The signs as they are, and with each single O or 0 of `range` exchanged.
fn exchanges(signs: &[char], range: std::ops::Range<usize>) -> Vec<Vec<char>> {
    let mut all = vec![signs.to_vec()];
    for place in range {
        let other = match signs.get(place) {
            Some('O') => '0',
            Some('0') => 'O',
            _ => continue,
        };
        let mut changed = signs.to_vec();
        if let Some(sign) = changed.get_mut(place) {
            *sign = other;
        }
        all.push(changed);
    }
    all
}
