//! One look at an import's answer to any text: it must come, and what must hold of it is asserted. Used by the tests
//! beside it and, with inputs without end, by `tests/fuzz`.
//!
//! Not here: where the inputs come from. Each look says whether the import took the text.

use onedoor_catalogue::calendar;
use onedoor_catalogue::portal::{self, SourceRow};
use onedoor_catalogue::tariff::OfficeTariff;
use onedoor_domain::due::{Term, due};
use onedoor_domain::money::Money;

/// A calendar's file: refused with reasons that lie in the file, or a calendar that gives a due date.
pub fn calendar(input: &str) -> bool {
    let lines = input.lines().count() + 1;
    match calendar::read(input) {
        Ok(calendar) => {
            let received = jiff::civil::date(2026, 11, 23).at(9, 0, 0, 0);
            for term in [Term::WorkingDays(3), Term::Months(1), Term::Hours(20)] {
                assert!(due(received, term, &calendar).at >= received);
            }
            true
        }
        Err(errors) => {
            assert!(!errors.0.is_empty(), "a refusal has a reason");
            for error in errors.0 {
                assert!(
                    (1..=lines).contains(&error.line),
                    "line {} of {lines}",
                    error.line
                );
            }
            false
        }
    }
}

/// A tariff's file: refused with reasons that lie in the file, or amounts of which none is below zero.
pub fn tariff(input: &str) -> bool {
    let lines = input.lines().count() + 1;
    match OfficeTariff::read(input) {
        Ok(tariff) => {
            assert!(tariff.lines().iter().all(|line| line.amount.minor >= 0));
            for dated in tariff.rates() {
                let fee = Money {
                    minor: 7000,
                    currency: dated.rate.from,
                };
                assert!(dated.rate.apply(fee).is_none_or(|taken| taken.minor >= 0));
            }
            true
        }
        Err(errors) => {
            assert!(!errors.0.is_empty(), "a refusal has a reason");
            for error in errors.0 {
                assert!(
                    (1..=lines).contains(&error.line),
                    "line {} of {lines}",
                    error.line
                );
            }
            false
        }
    }
}

/// A page of the portal, its two large texts divided by a form feed: nothing of it is lost.
pub fn row(input: &str) -> bool {
    let (ways, documents) = input.split_once('\x0c').unwrap_or((input, ""));
    let row = SourceRow {
        filing_ways_text: ways.to_owned(),
        documents_text: Some(documents.to_owned()),
        ..SourceRow::default()
    };
    let entry = portal::read(&row);
    assert_eq!(entry.ways.verbatim(), ways);
    assert_eq!(entry.documents.verbatim(), documents);
    !entry.needs_review()
}
