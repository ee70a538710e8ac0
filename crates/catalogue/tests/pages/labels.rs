//! The sample labelled by hand: its file, its short forms. What they mean stands in tests/fixtures/catalogue/README.md.

use std::path::PathBuf;

use onedoor_catalogue::portal::{
    Doubt, Fee, FeeValue, Form, Paper, PaperKind, Time, TimeValue, Unit, Way,
};
use onedoor_domain::money::{Currency, Money};
use onedoor_domain::text::nfc;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Label {
    pub code: String,
    pub ways: Vec<String>,
    /// How many lines of papers there are, where not all are labelled.
    pub count: Option<usize>,
    pub papers: Vec<String>,
}

pub fn labels() -> Vec<Label> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/catalogue/labelled.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

pub fn way(word: &str) -> Way {
    match word {
        "direct" => Way::Direct,
        "online" => Way::Online,
        "post" => Way::Post,
        other => panic!("no way: {other}"),
    }
}

/// What a field came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    Wrong,
    /// Marked as in doubt, so that nobody relies on it.
    Flagged,
}

fn outcome(doubts: &[Doubt], right: bool) -> Outcome {
    match (doubts.is_empty(), right) {
        (false, _) => Outcome::Flagged,
        (true, true) => Outcome::Right,
        (true, false) => Outcome::Wrong,
    }
}

pub fn time(label: &str, time: &Time) -> Outcome {
    let value = match label {
        "-" => TimeValue::NotStated,
        "none" => TimeValue::NoResult,
        doubtful if doubtful.contains(['!', '?']) => return outcome(&time.doubts, false),
        limit => {
            let digits = limit.find(|c: char| !c.is_ascii_digit()).unwrap();
            let unit = match &limit[digits..] {
                "wd" => Unit::WorkingDays,
                "d" => Unit::Days,
                "h" => Unit::Hours,
                "mo" => Unit::Months,
                other => panic!("no unit: {other}"),
            };
            TimeValue::Limit {
                number: limit[..digits].parse().unwrap(),
                unit,
            }
        }
    };
    outcome(&time.doubts, time.value == value)
}

pub fn fee(label: &str, fee: &Fee) -> Outcome {
    let amount = |digits: &str, scale, currency| {
        FeeValue::Amount(Money {
            minor: digits.parse::<i64>().unwrap() * scale,
            currency,
        })
    };
    let value = match label {
        "-" => FeeValue::NotStated,
        "free" => FeeValue::Free,
        "prov" => FeeValue::SetByProvince,
        // Contradictory: nothing may be claimed. "In words" claims nothing, a person reads them and types the amount.
        doubtful if doubtful.ends_with('!') => {
            return outcome(&fee.doubts, fee.value == FeeValue::InWords);
        }
        usd if usd.ends_with("USD") => amount(usd.trim_end_matches("USD"), 100, Currency::Usd),
        vnd => amount(vnd, 1, Currency::Vnd),
    };
    outcome(&fee.doubts, fee.value == value)
}

/// A label of a line: `1/0 f s - Đơn đề nghị`, `n Lưu ý`, `1/0! Bản sao`.
pub fn paper(label: &str, paper: &Paper) -> Outcome {
    let (count, mut name) = label.split_once(' ').unwrap_or((label, ""));
    let mut mark = |mark: &str| match name.strip_prefix(mark) {
        Some(rest) => {
            name = rest;
            true
        }
        None => false,
    };
    let has_form = mark("f ");
    let shown = mark("s ");
    if count.ends_with('!') {
        return outcome(&paper.doubts, false);
    }
    let (originals, copies) = match count {
        "n" => (0, 0),
        other => other
            .split_once('/')
            .map(|(o, c)| (o.parse().unwrap(), c.parse().unwrap()))
            .unwrap(),
    };
    let kind = match (count, shown) {
        ("n", _) => PaperKind::Note,
        (_, true) => PaperKind::Show,
        (_, false) => PaperKind::Submit,
    };
    // Some pages are typed in decomposed letters; the labels are not.
    let composed = nfc(paper.name());
    let found =
        composed.trim_start_matches(|c: char| !(c.is_alphanumeric() || "-+*([".contains(c)));
    let right = (paper.originals, paper.copies) == (originals, copies)
        && paper.kind == kind
        && (paper.form != Form::None) == has_form
        && found.starts_with(name);
    outcome(&paper.doubts, right)
}
