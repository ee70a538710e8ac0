//! The fee cell of a way of filing, with the bracket that the portal puts behind it.
//!
//! Not here: what a filing costs in the end, with exemptions and the office's tariff (domain).

use onedoor_domain::money::{Currency, Money};
use onedoor_domain::text::nfc;

use super::Doubt;
use super::prose;
use super::time::NO_INFORMATION;

/// The fee cell, verbatim and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The cell with its bracket, verbatim.
    pub text: String,
    /// What it says.
    pub value: FeeValue,
    /// What one pays for, where the cell says it behind a slash: `giao dịch`, `bản`, `người`.
    pub per: Option<String>,
    /// Why a person must look; empty when it was understood.
    pub doubts: Vec<Doubt>,
}

/// What a fee cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeValue {
    /// The page says that there is no information.
    NotStated,
    /// Nothing is to be paid.
    Free,
    /// One amount.
    Amount(Money),
    /// The province sets it: the portal's cell shows "free" since it knows no amount.
    SetByProvince,
    /// The words beside the cell set it: several amounts, a reduction, or the rule in which the amount stands.
    InWords,
    /// Not understood.
    Unknown,
}

impl FeeValue {
    /// Words for it in lists that hold no page, an amount as the screen writes it; `None` where only the page tells.
    pub fn words(self) -> Option<String> {
        match self {
            FeeValue::NotStated => Some(NO_INFORMATION.to_owned()),
            FeeValue::Free => Some(FREE.to_owned()),
            FeeValue::Amount(amount) => Some(amount.format_vi()),
            FeeValue::SetByProvince | FeeValue::InWords | FeeValue::Unknown => None,
        }
    }
}

/// The portal's words for "nothing is to be paid".
pub(super) const FREE: &str = "Miễn phí";
const CURRENCIES: [(&str, Currency); 3] = [
    ("VNĐ", Currency::Vnd),
    ("Việt Nam Đồng", Currency::Vnd),
    ("USD", Currency::Usd),
];
/// The smallest amount of đồng that any authority asks for.
const SMALLEST_VND: i64 = 1_000;

/// The length of a fee's first part at the beginning of `text`: `Miễn phí`, `Không có thông tin`, `10,000 VNĐ`.
pub(super) fn base_len(text: &str) -> Option<usize> {
    [FREE, NO_INFORMATION]
        .into_iter()
        .find(|word| text.starts_with(word))
        .map(str::len)
        .or_else(|| amount_len(text))
}

/// The length of `10,000 VNĐ` at the beginning of `text`.
pub(super) fn amount_len(text: &str) -> Option<usize> {
    let digits = prose::number_len(text);
    let after = text.get(digits..)?.strip_prefix(' ')?;
    let (word, _) = CURRENCIES
        .into_iter()
        .find(|(word, _)| after.starts_with(word))?;
    (digits > 0).then_some(digits + 1 + word.len())
}

/// The length of the fee with its bracket at the beginning of `row`, and whether the bracket is closed.
///
/// Brackets too many at the end belong to it: the portal closes more than it opens.
pub(super) fn cell_len(row: &str, base: usize) -> (usize, bool) {
    let rest = row.get(base..).unwrap_or_default();
    if !rest.starts_with('(') {
        return (base, true);
    }
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            let tail = rest.get(at..).unwrap_or_default();
            let closing = tail.len() - tail.trim_start_matches(')').len();
            return (base + at + closing, true);
        }
    }
    (row.len(), false)
}

/// Where a fee stands in the text of its row.
pub(super) struct Cell<'a> {
    /// `Miễn phí`, `10,000 VNĐ`, or empty.
    pub base: &'a str,
    /// The bracket behind it.
    pub bracket: &'a str,
    /// Whether as many brackets are closed as opened.
    pub closed: bool,
    /// Whether the number of the time is part of the amount.
    pub glued: bool,
}

/// Reads a cell; `note` is the description behind it, which may say otherwise.
pub(super) fn read(cell: &Cell<'_>, note: &str) -> Fee {
    let (value, mut doubts) = if cell.glued {
        (FeeValue::Unknown, vec![Doubt::NumberGluedToFee])
    } else {
        judge(cell, note)
    };
    // A bracket that is opened once too often is still closed by the portal's own; without any, text was cut off.
    if !cell.closed && !cell.bracket.contains(')') {
        doubts.push(Doubt::BracketOpen);
    }
    Fee {
        text: format!("{}{}", cell.base, cell.bracket),
        per: per(cell.bracket),
        value,
        doubts,
    }
}

fn judge(cell: &Cell<'_>, note: &str) -> (FeeValue, Vec<Doubt>) {
    let words = format!("{} {}", cell.bracket, fee_part(note));
    let mentioned = prose::amounts(&words);
    match cell.base {
        FREE => (free(cell.bracket, note, &mentioned), Vec::new()),
        NO_INFORMATION if mentioned.is_empty() && says_nothing(cell.bracket) => {
            (FeeValue::NotStated, Vec::new())
        }
        NO_INFORMATION => (FeeValue::InWords, Vec::new()),
        base => {
            let digits = prose::number_len(base);
            let (number, word) = base.split_at(digits);
            let currency = CURRENCIES
                .into_iter()
                .find(|(name, _)| *name == word.trim())
                .map(|(_, currency)| currency);
            match currency.and_then(|c| prose::money(number, scale(c), c)) {
                Some(amount) => paid(amount, &words, &mentioned),
                None => (FeeValue::Unknown, vec![Doubt::FeeNotUnderstood]),
            }
        }
    }
}

fn scale(currency: Currency) -> i64 {
    10_i64.pow(u32::from(currency.digits()))
}

/// A cell with an amount: the words beside it may name it among others, or another for a time; naming only others they
/// contradict it.
fn paid(amount: Money, words: &str, mentioned: &[prose::Amount]) -> (FeeValue, Vec<Doubt>) {
    let Some(amount) = plausible(amount, mentioned) else {
        return (FeeValue::Amount(amount), vec![Doubt::AmountImplausible]);
    };
    let lower = nfc(words).to_lowercase();
    let for_a_time = lower.contains("từ ngày") && lower.contains("đến");
    let named = mentioned.is_empty() || mentioned.contains(&Some(amount));
    if !named && !for_a_time {
        return (FeeValue::Amount(amount), vec![Doubt::CellAndTextDisagree]);
    }
    let reduced = ["%", "giảm", "miễn"].iter().any(|w| lower.contains(w));
    let several = mentioned.iter().any(|found| *found != Some(amount));
    let value = match several || reduced {
        true => FeeValue::InWords,
        false => FeeValue::Amount(amount),
    };
    (value, Vec::new())
}

/// The amount that a cell means. No authority asks for less than 1,000 đồng: the cell counts thousands, or dollars under
/// the wrong word, where the words beside it say so with the same number; otherwise nobody knows.
fn plausible(amount: Money, mentioned: &[prose::Amount]) -> Option<Money> {
    if amount.currency != Currency::Vnd || amount.minor >= SMALLEST_VND {
        return Some(amount);
    }
    let thousands = Money::vnd(amount.minor * 1_000);
    let dollars = Money {
        minor: amount.minor * scale(Currency::Usd),
        currency: Currency::Usd,
    };
    let mut meant = [thousands, dollars].into_iter();
    meant.find(|meaning| mentioned.contains(&Some(*meaning)))
}

/// A cell that says "free": it is believed when the words beside it say so too or say nothing. The portal shows "free"
/// wherever it knows no single amount, so a fee in words beside it is the fee.
fn free(bracket: &str, note: &str, mentioned: &[prose::Amount]) -> FeeValue {
    if !mentioned.is_empty() {
        FeeValue::InWords
    } else if !bracket.contains('%') && is_set_by_province(bracket) {
        FeeValue::SetByProvince
    } else if says_nothing(bracket) && !names_a_fee(note) {
        FeeValue::Free
    } else {
        FeeValue::InWords
    }
}

/// Whether a bracket adds nothing to "free": empty, or words for "none".
fn says_nothing(bracket: &str) -> bool {
    let lower = nfc(bracket).to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphanumeric());
    const NONE: [&str; 12] = [
        "",
        "không",
        "không có",
        "không quy định",
        "chưa quy định",
        "không thu",
        "không thu phí",
        "không thu lệ phí",
        "không mất phí",
        "không có phí",
        "miễn phí",
        "không áp dụng",
    ];
    const OPENS: [&str; 5] = [
        "không thu phí",
        "không thu lệ phí",
        "không quy định phí",
        "không được quy định",
        "không phải nộp phí",
    ];
    NONE.contains(&words) || OPENS.iter().any(|opening| words.starts_with(opening))
}

fn is_set_by_province(bracket: &str) -> bool {
    let lower = nfc(bracket).to_lowercase().replace("uỷ", "ủy");
    const WHO: [&str; 7] = [
        "hội đồng nhân dân",
        "hđnd",
        "ủy ban nhân dân cấp tỉnh",
        "ủy ban nhân dân tỉnh",
        "ubnd cấp tỉnh",
        "ubnd tỉnh",
        "chính quyền địa phương",
    ];
    let sets = ["quy định", "quyết định", "ban hành"];
    WHO.iter().any(|who| lower.contains(who)) && sets.iter().any(|word| lower.contains(word))
}

/// A description speaks of the fee from the first word for it on; amounts before it are other sums.
fn fee_part(note: &str) -> &str {
    ["Phí", "phí"]
        .into_iter()
        .filter_map(|word| note.find(word))
        .min()
        .and_then(|at| note.get(at..))
        .unwrap_or_default()
}

/// Whether a description has a heading "Phí:" with something behind it that is not "none".
fn names_a_fee(note: &str) -> bool {
    let lower = nfc(note).to_lowercase();
    lower.match_indices("phí").any(|(at, word)| {
        let after = lower
            .get(at + word.len()..)
            .unwrap_or_default()
            .trim_start();
        after.strip_prefix(':').is_some_and(|said| {
            let said = said.trim_start();
            !(said.starts_with("không") || said.starts_with("miễn") || said.is_empty())
        })
    })
}

/// What stands behind the first slash that follows a number's currency or opens the bracket: `(10.000 đồng/giấy)`.
fn per(bracket: &str) -> Option<String> {
    let inner = bracket.strip_prefix('(')?;
    let slash = inner.find('/')?;
    let before = inner.get(..slash)?.trim_end().to_lowercase();
    let counts = ["", "đồng", "đ", "vnđ", "vnd", "usd"];
    let opens = counts
        .iter()
        .any(|word| before.ends_with(word) && (!word.is_empty() || before.is_empty()));
    // One of it is counted: `đồng/01 giấy chứng nhận`.
    let after = inner.get(slash + 1..)?.trim_start();
    let after = ["01 ", "1 "]
        .iter()
        .find_map(|one| after.strip_prefix(one))
        .unwrap_or(after);
    let end = after
        .find(|c: char| !(c.is_alphabetic() || c == ' ' || c == '-'))
        .unwrap_or(after.len());
    let what = after.get(..end)?.trim();
    (opens && !what.is_empty()).then(|| what.to_owned())
}
