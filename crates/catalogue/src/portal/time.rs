//! The time cell of a way of filing. Not here: when the term ends (domain).

mod note;

use super::Doubt;
use note::Note;

/// The time cell, verbatim and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The cell, verbatim.
    pub text: String,
    /// What it says.
    pub value: TimeValue,
    /// Whether the description says it and the cell is silent.
    pub in_note: bool,
    /// Why a person must look; empty when it was understood.
    pub doubts: Vec<Doubt>,
}

/// What a time cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeValue {
    /// The page says that there is none, or no information.
    NotStated,
    /// No result is given back, so that there is nothing to be due.
    NoResult,
    /// So many of something: the unit is missing.
    Unitless(u16),
    /// A time limit.
    Limit {
        /// How many.
        number: u16,
        /// Of what.
        unit: Unit,
    },
    /// Several limits, each for a case: the description tells which holds when.
    ByCase,
    /// Not understood.
    Unknown,
}

impl TimeValue {
    /// The portal's own words for it, for lists that hold no page; `None` where only the page tells.
    pub fn words(self) -> Option<String> {
        match self {
            TimeValue::NotStated => Some(NO_INFORMATION.to_owned()),
            TimeValue::NoResult => Some(NO_RESULT.to_owned()),
            TimeValue::Unitless(number) => Some(number.to_string()),
            TimeValue::Limit { number, unit } => {
                let word = UNITS.into_iter().find(|(_, of)| *of == unit)?.0;
                Some(format!("{number} {word}"))
            }
            TimeValue::ByCase | TimeValue::Unknown => None,
        }
    }
}

/// What a time limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Ngày làm việc.
    WorkingDays,
    /// Ngày.
    Days,
    /// Tháng.
    Months,
    /// Giờ.
    Hours,
}

/// The portal's words for the units; the longer one first, since the other begins it.
pub(super) const UNITS: [(&str, Unit); 4] = [
    ("Ngày làm việc", Unit::WorkingDays),
    ("Ngày", Unit::Days),
    ("Tháng", Unit::Months),
    ("Giờ", Unit::Hours),
];

/// The portal's words for "we do not say".
pub(super) const NO_INFORMATION: &str = "Không có thông tin";

/// The portal's words for procedures that give nothing back.
const NO_RESULT: &str = "Không phải trả kết quả cho người nộp thuế";

/// Reads a cell; `note` is the description behind it, which may say otherwise.
pub(super) fn read(text: &str, note: &str) -> Time {
    let note = Note::new(note);
    let cell = value(text);
    let only = match cell {
        TimeValue::NotStated => note.only_limit(),
        _ => None,
    };
    let contradicted = note.contradicts(cell);
    let value = match only {
        Some((number, unit)) => TimeValue::Limit { number, unit },
        None if contradicted && note.parts_cases(cell) => TimeValue::ByCase,
        None => cell,
    };
    let mut doubts: Vec<Doubt> = match value {
        TimeValue::Unitless(_) => vec![Doubt::UnitMissing],
        TimeValue::Unknown if text.is_empty() => vec![Doubt::NumberGluedToFee],
        TimeValue::Unknown => vec![Doubt::TimeNotUnderstood],
        _ => Vec::new(),
    };
    if contradicted && value == cell {
        doubts.push(Doubt::CellAndTextDisagree);
    }
    Time {
        text: text.to_owned(),
        value,
        in_note: only.is_some(),
        doubts,
    }
}

fn value(text: &str) -> TimeValue {
    match text.trim() {
        NO_INFORMATION | "Không quy định" | "Không" => return TimeValue::NotStated,
        NO_RESULT => return TimeValue::NoResult,
        _ => {}
    }
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim();
    match (number.parse::<u16>(), unit) {
        (Ok(number), "") if number > 0 => TimeValue::Unitless(number),
        (Ok(number), unit) if number > 0 => {
            UNITS.into_iter().find(|(word, _)| *word == unit).map_or(
                TimeValue::Unknown,
                |(_, unit)| TimeValue::Limit { number, unit },
            )
        }
        _ => TimeValue::Unknown,
    }
}
