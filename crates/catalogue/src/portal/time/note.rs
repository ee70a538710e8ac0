//! What the description beside a time cell says of the time: the one limit, or a limit for each case.
//!
//! Not here: limits in steps that follow each other, which nobody adds up.

use onedoor_domain::text::nfc;

use super::{TimeValue, Unit};
use crate::portal::prose::{self, Term};

/// Words before a limit that announce it and say nothing else.
const ANNOUNCED: [&str; 10] = [
    "thời hạn giải quyết",
    "thời gian giải quyết",
    "trong thời hạn",
    "trong thời gian",
    "trong vòng",
    "thời hạn",
    "không quá",
    "tối đa",
    "trong",
    "là",
];
/// Words that open a case.
const CASES: [&str; 5] = ["trường hợp", "trường hơp", "đối với", "cấp mới", "cấp lại"];
/// Words for the steps of one matter, whose limits follow each other.
const STEPS: [&str; 14] = [
    "thẩm định",
    "lấy ý kiến",
    "tiếp nhận hồ sơ",
    "kiểm tra hồ sơ",
    "kiểm tra tính",
    "trả kết quả",
    "trình ",
    "văn bản trả lời",
    "kết thúc",
    "sau khi",
    "bước ",
    "gửi ",
    "kéo dài",
    "phát hành",
];

/// A description, made ready to be asked.
pub(super) struct Note {
    lower: String,
    terms: Vec<Term>,
}

impl Note {
    pub fn new(note: &str) -> Self {
        let lower = nfc(note).to_lowercase();
        Note {
            terms: prose::terms(&lower),
            lower,
        }
    }

    /// Whether it mentions any time.
    pub fn is_silent(&self) -> bool {
        self.terms.is_empty()
    }

    /// The limit, where the description opens with it or announces it, counts it from the filing and names no other.
    pub fn only_limit(&self) -> Option<(u16, Unit)> {
        let [term] = self.terms[..] else { return None };
        let mut before = bare(self.lower.get(..term.at)?);
        let mut announced = false;
        while let Some(word) = ANNOUNCED.iter().find(|word| before.ends_with(**word)) {
            announced |= word.ends_with("giải quyết");
            before = bare(before.strip_suffix(*word)?);
        }
        let after: String = self.lower.get(term.at..)?.chars().take(80).collect();
        let (_, from) = after.split_once("kể từ")?;
        let from_filing = from.contains("nhận") && from.contains("hồ sơ");
        ((before.is_empty() || announced) && from_filing)
            .then_some((u16::try_from(term.number).ok()?, term.unit))
    }

    /// Whether it gives a limit for each case, and the cell is silent or one of them in the same unit.
    pub fn parts_cases(&self, cell: TimeValue) -> bool {
        let several = match cell {
            TimeValue::NotStated => self.terms.len() > 1,
            TimeValue::Limit { number, unit } => {
                let same = |term: &Term| term.number == u32::from(number);
                let lone = self.terms.len() == 1;
                self.terms.iter().all(|term| term.unit == unit)
                    && (lone || self.terms.iter().any(same))
                    && self.terms.iter().any(|term| !same(term))
            }
            _ => false,
        };
        let named: usize = CASES.iter().map(|c| self.lower.matches(c).count()).sum();
        let steps = STEPS.iter().any(|step| self.lower.contains(step));
        several && !steps && named > 0 && named + 1 >= self.terms.len()
    }

    /// Whether it gives the same number another unit, a longer time of the same kind, or a time where the cell has none.
    pub fn contradicts(&self, cell: TimeValue) -> bool {
        match cell {
            TimeValue::NotStated => !self.is_silent(),
            TimeValue::Limit { number, unit } => {
                let number = u32::from(number);
                let terms = || self.terms.iter();
                let same = terms().any(|t| t.number == number && t.unit == unit);
                let other_unit = terms().any(|t| t.number == number && t.unit != unit);
                let longer = terms().any(|t| t.unit == unit && t.number > number);
                longer || (other_unit && !same)
            }
            _ => false,
        }
    }
}

/// A text without signs and blanks at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric())
}
