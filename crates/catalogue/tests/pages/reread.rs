//! What is understood beyond the count, the cell and the bracket alone: for each way of understanding, lines drawn by a
//! seed and labelled by hand. Its file is tests/fixtures/catalogue/reread.json, its words stand in the README beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use onedoor_catalogue::portal::{
    self, Doubt, Entry, FeeValue, FilingWay, Paper, PaperKind, TimeValue, Unit, Way,
};
use onedoor_domain::money::Currency;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::source::ROWS;

const SEED: &str = "onedoor-catalogue-reread-1";
/// Lines drawn of each way of understanding; all where there are fewer.
const DRAWN: usize = 30;

/// What a person reads in one place of a page.
#[derive(Debug, Deserialize)]
pub struct Reread {
    pub class: String,
    pub code: String,
    /// The line among all papers of the page, or the row among its ways, from 0.
    pub at: usize,
    /// How its text begins.
    pub text: String,
    pub reads: String,
}

pub static REREAD: LazyLock<Vec<Reread>> = LazyLock::new(|| {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/catalogue/reread.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
});

/// A place that the parser understands in one of these ways.
struct Place {
    code: String,
    at: usize,
    text: String,
}

/// Everything that is understood in one of these ways, by its way.
fn places() -> BTreeMap<&'static str, Vec<Place>> {
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for row in ROWS.iter() {
        let entry = portal::read(row);
        let mut add = |class, at, text: &str| {
            places.entry(class).or_default().push(Place {
                code: row.code.clone(),
                at,
                text: text.to_owned(),
            });
        };
        for (at, way) in entry.ways.rows.iter().enumerate() {
            if way.way != Way::Direct {
                continue;
            }
            if let Some(class) = of_time(way) {
                add(class, at, &format!("{} | {}", way.time.text, beside(way)));
            }
            if let Some(class) = of_fee(way) {
                add(class, at, &way.fee.text);
            }
        }
        for (at, (heading, line)) in lines(&entry).enumerate() {
            if let Some(class) = of_paper(heading, line) {
                add(class, at, &format!("{}|{}", line.text, line.cell));
            }
        }
        if !entry.documents.cases.is_empty()
            && entry.documents.doubts.is_empty()
            && entry.documents.rest.contains(char::is_alphabetic)
        {
            add("remark", 0, &entry.documents.rest);
        }
    }
    places
}

fn lines(entry: &Entry) -> impl Iterator<Item = (&str, &Paper)> {
    let cases = entry.documents.cases.iter();
    cases.flat_map(|case| case.papers.iter().map(|line| (case.heading.as_str(), line)))
}

fn beside(way: &FilingWay) -> &str {
    match way.note.is_empty() {
        true => &way.fee.text,
        false => &way.note,
    }
}

fn of_time(way: &FilingWay) -> Option<&'static str> {
    match way.time.value {
        _ if !way.time.doubts.is_empty() => None,
        TimeValue::ByCase => Some("time_by_case"),
        TimeValue::NotStated if way.time.text.trim() == "Không" => Some("time_none"),
        _ if way.time.in_note => Some("time_in_note"),
        _ => None,
    }
}

pub fn time(way: &FilingWay) -> String {
    match way.time.value {
        TimeValue::ByCase => "cases".to_owned(),
        TimeValue::NotStated => "-".to_owned(),
        TimeValue::Limit { number, unit } => {
            let unit = match unit {
                Unit::WorkingDays => "wd",
                Unit::Days => "d",
                Unit::Months => "mo",
                Unit::Hours => "h",
            };
            format!("{number}{unit}")
        }
        other => format!("{other:?}"),
    }
}

fn of_fee(way: &FilingWay) -> Option<&'static str> {
    if !way.fee.doubts.is_empty() {
        return None;
    }
    let count = |sign| way.fee.text.matches(sign).count();
    if count('(') > count(')') {
        return Some("bracket");
    }
    let digits: String = way
        .fee
        .text
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let small = digits.len() < 4 && way.fee.text[digits.len()..].starts_with(" V");
    small.then_some("thousands")
}

pub fn fee(way: &FilingWay) -> String {
    match way.fee.value {
        FeeValue::Amount(money) if money.currency == Currency::Usd => {
            format!("{}USD", money.minor / 100)
        }
        FeeValue::Amount(money) => money.minor.to_string(),
        FeeValue::InWords => "words".to_owned(),
        other => format!("{other:?}"),
    }
}

fn of_paper(heading: &str, line: &Paper) -> Option<&'static str> {
    if !line.doubts.is_empty() {
        return None;
    }
    let lower = heading.to_lowercase();
    let numbered = line.text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &line.text[numbered.len()..];
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    if line.kind == PaperKind::Note && line.cell != "0 bản chính" {
        Some("remark_counted")
    } else if line.choice {
        Some("choice")
    } else if !line.cell.starts_with("0 ") && line.originals == 0 {
        Some("copy")
    } else if line.cell == "0 bản chính" && line.kind != PaperKind::Note {
        Some("stated")
    } else if !number.is_empty() && !year {
        Some("numbered")
    } else if lower.contains("xuất trình") && lower.contains("nộp ") {
        Some("shown")
    } else {
        None
    }
}

pub fn paper(line: &Paper) -> String {
    let count = format!("{}/{}", line.originals, line.copies);
    match (line.kind, line.choice) {
        (PaperKind::Note, _) => "n".to_owned(),
        (PaperKind::Show, _) => format!("{count} s"),
        (PaperKind::Submit, true) => format!("{count} or"),
        (PaperKind::Submit, false) => count,
    }
}

/// Opens the classes of what the other sample holds for contradictory: read again when it was understood.
const SAMPLE: &str = "sample_";

/// What was read when a place of the other sample was read again.
pub fn again(field: &str, code: &str, at: usize) -> Option<&'static str> {
    REREAD
        .iter()
        .find(|label| {
            label.class.strip_prefix(SAMPLE) == Some(field) && label.code == code && label.at == at
        })
        .map(|label| label.reads.as_str())
}

#[test]
fn the_lines_are_those_that_the_seed_draws() {
    let mut missing = Vec::new();
    let mut drawn = BTreeSet::new();
    for (class, mut places) in places() {
        println!("{class}: {} places", places.len());
        places.sort_by_cached_key(|p| {
            Sha256::digest(format!("{SEED}{class}{}#{}", p.code, p.at)).to_vec()
        });
        for place in places.into_iter().take(DRAWN) {
            drawn.insert((class.to_owned(), place.code.clone(), place.at));
            let known = REREAD.iter().any(|label| {
                (label.class.as_str(), &label.code, label.at) == (class, &place.code, place.at)
            });
            if !known {
                missing.push(format!(
                    "{class}\t{}\t{}\t{}",
                    place.code, place.at, place.text
                ));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "to be labelled:\n{}",
        missing.join("\n")
    );
    let labelled: BTreeSet<_> = REREAD
        .iter()
        .filter(|label| !label.class.starts_with(SAMPLE))
        .map(|label| (label.class.clone(), label.code.clone(), label.at))
        .collect();
    assert_eq!(labelled, drawn, "nobody chose which lines are labelled");
}

#[test]
fn each_of_them_is_read_as_it_was_labelled() {
    for label in REREAD.iter() {
        let row = ROWS.iter().find(|row| row.code == label.code).unwrap();
        let entry = portal::read(row);
        let line = || lines(&entry).nth(label.at).unwrap().1;
        let way = || &entry.ways.rows[label.at];
        let (text, doubts, read): (&str, &[Doubt], String) = match label.class.as_str() {
            "time_in_note" | "time_by_case" | "time_none" | "sample_time" => {
                (beside(way()), &way().time.doubts, time(way()))
            }
            "bracket" | "thousands" | "sample_fee" => {
                (&way().fee.text, &way().fee.doubts, fee(way()))
            }
            "remark" => (
                &entry.documents.rest,
                &entry.documents.doubts,
                "remark".to_owned(),
            ),
            _ => (&line().text, &line().doubts, paper(line())),
        };
        assert!(text.starts_with(&label.text), "{label:?}: {text}");
        assert_eq!(doubts, [], "{label:?}");
        assert_eq!(read, label.reads, "{}: {text}", label.code);
    }
}
