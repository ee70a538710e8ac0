//! One look at a parser's answer to any text: it must come, and what must hold of it is asserted. Used by the tests
//! beside it and, with inputs without end, by `tests/fuzz`.
//!
//! Not here: where the inputs come from. Each look says whether the parser took the text.

use jiff::civil::date;
use onedoor_domain::identity::{Birth, damage, mrz, qr, tax_code::TaxCode, wedge};
use onedoor_domain::text;

/// A card's code: the name has every letter that was sent, and no other.
pub fn card(input: &str) -> bool {
    let Ok(found) = qr::parse(input) else {
        return false;
    };
    if let qr::Qr::IdCard(card) = found {
        let sent = input.split('|').nth(2).unwrap_or_default();
        assert_eq!(Ok(card.name), text::clean(sent, text::MAX_NAME));
        assert_eq!(card.number.as_str().len(), 12);
    }
    true
}

/// A passport's zone: read only when every check digit agrees; a suggestion agrees with itself.
pub fn zone(input: &str) -> bool {
    let today = date(2026, 11, 23);
    match mrz::parse(input, today) {
        Ok(found) => {
            assert!(!found.surname.is_empty());
            assert!(found.birth.year().is_none_or(|year| year <= 2026));
            true
        }
        Err(mrz::MrzProblem::CheckDigit {
            suggestion: Some(line),
            ..
        }) => {
            assert_eq!(line.len(), 44, "a suggestion is a whole line");
            let again = mrz::parse(&format!("P<UTOA{}\n{line}", "<".repeat(38)), today);
            let wrong = matches!(again, Err(mrz::MrzProblem::CheckDigit { .. }));
            assert!(!wrong, "{line} was suggested and is refused");
            true
        }
        Err(_) => false,
    }
}

/// A tax code: what was read is printed and read again alike.
pub fn tax_code(input: &str) -> bool {
    let Ok(code) = TaxCode::parse(input) else {
        return false;
    };
    let _ = code.warning();
    assert_eq!(TaxCode::parse(&code.to_string()), Ok(code));
    true
}

/// A stream of keys: a scan is a part of what was sent, with nothing added.
pub fn keys(keys: &[(char, u64)]) -> bool {
    let sent: String = keys.iter().map(|(key, _)| key).collect();
    match wedge::read(keys) {
        wedge::Outcome::Scan(text) | wedge::Outcome::Damaged { text, .. } => {
            assert!(sent.contains(&text), "nothing is added to what was sent");
            true
        }
        wedge::Outcome::Typed => false,
    }
}

/// What a person types into name and birth.
pub fn typed(input: &str) -> bool {
    let _ = damage::of_name(input);
    let _ = damage::of_code(input);
    let today = date(2026, 11, 23);
    let Ok(birth) = Birth::parse(input, today) else {
        return false;
    };
    let _ = birth.age_on(today);
    assert_eq!(Birth::from_wire(&birth.to_wire()), Some(birth));
    true
}
