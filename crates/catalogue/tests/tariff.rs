//! The import of tariffs: amounts and rates as the file says them, and every mistake named at its line.

use jiff::civil::Date;
use onedoor_catalogue::tariff::{OfficeTariff, TariffProblem};
use onedoor_domain::fee::FeeRule;
use onedoor_domain::money::{Currency, Money};
use proptest::prelude::*;

/// A small file; each test changes one line of it.
const FILE: &str = r#"{
 "version": 4,
 "office": "Ea Tul",
 "lines": [
  { "procedure": "2.000635", "amount": 8000, "per": "copy", "ground": "NQ 12/2026/NQ-HĐND" },
  { "procedure": "LS-13", "item": "f1", "amount": "12.50", "currency": "USD", "ground": "TT 264/2016" }
 ],
 "currency_rates": [
  { "currency": "EUR", "from": "2026-11-01", "per_usd": "0.9230", "rounding": "0.50" },
  { "currency": "EUR", "from": "2026-11-20", "per_usd": 0.95 },
  { "currency": "EUR", "from": "2026-11-01", "vnd_per_unit": 28500 }
 ]
}"#;

fn day(s: &str) -> Date {
    s.parse().unwrap()
}

fn mistakes(from: &str, to: &str) -> Vec<(usize, TariffProblem)> {
    assert_eq!(
        FILE.matches(from).count(),
        1,
        "the test changes one thing: {from}"
    );
    let errors = OfficeTariff::read(&FILE.replace(from, to)).expect_err(to);
    assert!(
        errors.to_string().starts_with("line "),
        "the log says the line too"
    );
    let errors = errors.0.into_iter();
    errors.map(|error| (error.line, error.problem)).collect()
}

#[test]
fn amounts_are_read_as_they_are_written() {
    let tariff = OfficeTariff::read(FILE).unwrap();
    assert_eq!((tariff.version, tariff.office.as_str()), (4, "Ea Tul"));
    let rule = |code, item| tariff.tariff().rule(code, item).cloned();
    let amount = Money::vnd(8000);
    assert_eq!(
        rule("2.000635", "f1"),
        Some(FeeRule::PerCopy { amount }),
        "the first fee where none is named"
    );
    let amount = Money {
        minor: 1250,
        currency: Currency::Usd,
    };
    assert_eq!(rule("LS-13", "f1"), Some(FeeRule::Flat { amount }));
    assert_eq!(rule("LS-13", "f2"), None);
}

#[test]
fn the_rate_of_the_day_is_taken_and_rounded_as_the_office_decided() {
    let tariff = OfficeTariff::read(FILE).unwrap();
    let eur = Currency::parse("EUR").unwrap();
    let taken = |minor, currency, on: &str| {
        let rate = tariff.rate(currency, eur, day(on))?;
        Some(rate.apply(Money { minor, currency })?.minor)
    };
    for (minor, currency, on, expected, why) in [
        (
            7000,
            Currency::Usd,
            "2026-11-19",
            Some(6450),
            "64.61 to the next half",
        ),
        (
            7000,
            Currency::Usd,
            "2026-11-20",
            Some(6650),
            "the later rate, to the cent",
        ),
        (7000, Currency::Usd, "2026-10-31", None, "no rate yet"),
        (
            285_000,
            Currency::Vnd,
            "2026-11-20",
            Some(1000),
            "đồng for one",
        ),
    ] {
        assert_eq!(taken(minor, currency, on), expected, "{why}");
    }
}

#[test]
fn every_mistake_is_named_at_its_line_and_nothing_is_taken() {
    let text = |text: &str| text.to_owned();
    let table = [
        (
            "8000,",
            "-8000,",
            5,
            TariffProblem::BelowZero {
                text: text("-8000"),
            },
        ),
        (
            "8000,",
            "80.5,",
            5,
            TariffProblem::Amount { text: text("80.5") },
        ),
        (
            "8000,",
            "8e3,",
            5,
            TariffProblem::Amount { text: text("8e3") },
        ),
        (
            "\"12.50\"",
            "\"12,50\"",
            6,
            TariffProblem::Amount {
                text: text("12,50"),
            },
        ),
        (
            "\"USD\"",
            "\"usd\"",
            6,
            TariffProblem::Currency { text: text("usd") },
        ),
        ("LS-13", "2.000635", 6, TariffProblem::Twice { first: 5 }),
        (
            "2026-11-20",
            "2026-11-31",
            10,
            TariffProblem::NotADate {
                text: text("2026-11-31"),
            },
        ),
        (
            "2026-11-20",
            "2026-11-01",
            10,
            TariffProblem::Twice { first: 9 },
        ),
        ("0.95", "0", 10, TariffProblem::Amount { text: text("0") }),
        (
            "\"0.50\"",
            "0",
            9,
            TariffProblem::Amount { text: text("0") },
        ),
        (", \"per_usd\": 0.95", "", 10, TariffProblem::OneRate),
        (
            "\"per_usd\": 0.95",
            "\"per_usd\": 1, \"vnd_per_unit\": 2",
            10,
            TariffProblem::OneRate,
        ),
    ];
    for (from, to, line, problem) in table {
        assert_eq!(mistakes(from, to), [(line, problem)], "{from} → {to}");
    }
    for (from, to, line) in [
        ("\"per\": \"copy\"", "\"per\": \"page\"", 5),
        ("\"ground\": \"TT 264/2016\"", "\"reason\": \"x\"", 6),
        ("\"version\": 4", "\"version\": -4", 2),
    ] {
        let found = mistakes(from, to);
        assert!(
            matches!(found.as_slice(), [(at, TariffProblem::Shape { .. })] if *at == line),
            "{from}: {found:?}"
        );
    }
}

#[test]
fn a_code_that_nobody_knows_is_told_and_so_is_a_fee_that_it_has_not() {
    let tariff = OfficeTariff::read(FILE).unwrap();
    let known = |code: &str| (code == "LS-13").then(|| vec!["f2".to_owned()]);
    let unknown = tariff.unknown(known);
    let found: Vec<_> = unknown
        .into_iter()
        .map(|error| (error.line, error.problem))
        .collect();
    let code = |code: &str| code.to_owned();
    assert_eq!(
        found,
        [
            (
                5,
                TariffProblem::UnknownProcedure {
                    code: code("2.000635")
                }
            ),
            (
                6,
                TariffProblem::UnknownItem {
                    code: code("LS-13"),
                    item: code("f1")
                }
            ),
        ]
    );
}

proptest! {
    #[test]
    fn an_amount_comes_out_to_the_last_coin_whatever_it_is(cents in 0_i64..1_000_000_000) {
        let written = format!("{}.{:02}", cents / 100, cents % 100);
        let file = FILE.replace("12.50", &written);
        let tariff = OfficeTariff::read(&file).unwrap();
        let amount = Money { minor: cents, currency: Currency::Usd };
        let rule = tariff.tariff().rule("LS-13", "f1").cloned();
        prop_assert_eq!(rule, Some(FeeRule::Flat { amount }));
    }

    #[test]
    fn no_text_brings_the_import_down(text in "\\PC{0,200}") {
        let _ = OfficeTariff::read(&text);
        let _ = OfficeTariff::read(&FILE.replace("8000", &text));
    }
}
