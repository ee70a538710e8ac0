//! What running text beside a cell mentions: time limits, amounts of money, numbers of originals and copies.
//!
//! Only to compare with the cell. Not here: any value that is shown; a mention alone is never believed.

use onedoor_domain::money::{Currency, Money};
use onedoor_domain::text::nfc;

use super::time::Unit;

/// A time limit that a text mentions, such as `03 ngày làm việc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    /// The first byte of the number, in the text in small letters.
    pub at: usize,
    pub number: u32,
    pub unit: Unit,
}

/// An amount that a text mentions; `None` is a number with a currency that could not be read.
pub(super) type Amount = Option<Money>;

/// How many originals and copies a text asks for in digits, such as `01 bản chính` and `02 bản chụp`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StatedCounts {
    pub originals: Vec<u32>,
    pub copies: Vec<u32>,
}

/// A run of digits that stands alone, its value, and what follows it.
struct Number<'a> {
    before: &'a str,
    digits: &'a str,
    after: &'a str,
}

impl Number<'_> {
    fn value(&self) -> Option<u32> {
        self.digits.parse().ok()
    }

    /// What follows, behind blanks and a number in words: `15 (mười lăm) ngày`.
    fn follows(&self) -> &str {
        let rest = self.after.trim_start();
        let Some(inner) = rest.strip_prefix('(') else {
            return rest;
        };
        let near = inner.char_indices().take(40).find(|(_, c)| *c == ')');
        near.and_then(|(at, _)| inner.get(at + 1..))
            .map_or(rest, str::trim_start)
    }
}

/// Runs of ASCII digits that no letter, digit or slash stands before.
fn numbers(text: &str) -> impl Iterator<Item = Number<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let start = from + rest.find(|c: char| c.is_ascii_digit())?;
            let tail = text.get(start..)?;
            let len = tail
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(tail.len());
            from = start + len;
            let before = text.get(..start)?;
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '/') {
                continue;
            }
            return Some(Number {
                before,
                digits: tail.get(..len)?,
                after: tail.get(len..)?,
            });
        }
    })
}

/// The time limits that `text` mentions, in its order; dates and times of day are left out.
pub(super) fn terms(text: &str) -> Vec<Term> {
    let lower = nfc(text).to_lowercase();
    let dated = |before: &str| {
        let before = before.trim_end();
        before.ends_with("ngày") || before.ends_with("tháng") || before.ends_with("thứ")
    };
    numbers(&lower)
        .filter(|number| !dated(number.before) && !number.after.starts_with('/'))
        .filter_map(|number| {
            let follows = number.follows();
            let unit = [
                ("ngày làm việc", Unit::WorkingDays),
                ("ngày", Unit::Days),
                ("giờ làm việc", Unit::Hours),
                ("giờ", Unit::Hours),
                ("tháng", Unit::Months),
            ]
            .into_iter()
            .find(|(word, _)| follows.starts_with(word))?
            .1;
            Some(Term {
                at: number.before.len(),
                number: number.value()?,
                unit,
            })
        })
        .collect()
}

/// The amounts of money that `text` mentions.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let lower = nfc(text).to_lowercase();
    let mut found = Vec::new();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = rest.get(at..).unwrap_or_default();
        let len = number_len(tail);
        let before = rest.get(..at).unwrap_or_default();
        let (digits, after) = tail.split_at(len);
        if !before.ends_with(|c: char| c.is_alphanumeric() || c == '/') {
            found.extend(amount(digits, after));
        }
        rest = after;
    }
    found
}

/// The length of digits with `.` and `,` between digits, at the beginning of `text`.
pub(super) fn number_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut len = 0;
    while digit(len) || (matches!(bytes.get(len), Some(b'.' | b',')) && digit(len + 1)) {
        len += 1;
    }
    len
}

/// An amount, if the digits have a currency behind them or `/` and what is paid for.
fn amount(digits: &str, after: &str) -> Option<Amount> {
    let unit = after.trim_start();
    let word = |name: &str| {
        unit.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    if word("usd") || unit.starts_with("đô la") {
        return Some(money(digits, 100, Currency::Usd));
    }
    if word("triệu") {
        return Some(money(digits, 1_000_000, Currency::Vnd));
    }
    if word("nghìn") || word("ngàn") {
        return Some(money(digits, 1_000, Currency::Vnd));
    }
    // "40.000đồng/lần" and "20.000 đ/tờ" as well as "8.000.000/lần", where the page leaves the currency out.
    let dong = ["đồng", "vnđ", "vnd", "việt nam đồng", "đ"];
    let bare = digits.len() >= 4
        && unit
            .strip_prefix('/')
            .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if dong.iter().any(|name| word(name)) || bare {
        return Some(money(digits, 1, Currency::Vnd));
    }
    (unit.starts_with("euro") || unit.starts_with("eur ")).then_some(None)
}

/// Digits with separators times `scale`: `10.000`, `10,000` and `500000` are whole, `1,5` only times a power of ten.
pub(super) fn money(digits: &str, scale: i64, currency: Currency) -> Amount {
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let (first, rest) = groups.split_first()?;
    let grouped = rest.iter().all(|group| group.len() == 3) && first.len() <= 3;
    let minor = if rest.is_empty() || grouped {
        let whole: i64 = groups.concat().parse().ok()?;
        whole.checked_mul(scale)?
    } else {
        let [fraction] = rest else { return None };
        let ten = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let part: i64 = fraction.parse().ok()?;
        let part = part.checked_mul(scale)?;
        let whole: i64 = first.parse().ok()?;
        (part % ten == 0).then_some(())?;
        whole.checked_mul(scale)?.checked_add(part / ten)?
    };
    Some(Money { minor, currency })
}

/// The numbers of originals and copies that `text` states.
pub(super) fn stated_counts(text: &str) -> StatedCounts {
    let lower = nfc(text).to_lowercase();
    let mut stated = StatedCounts::default();
    for number in numbers(&lower) {
        let follows = number.follows();
        let Some(value) = number.value() else {
            continue;
        };
        if follows.starts_with("bản chính") || follows.starts_with("bản gốc") {
            stated.originals.push(value);
        } else if follows.starts_with("bản sao") || follows.starts_with("bản chụp") {
            stated.copies.push(value);
        }
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_told_from_dates() {
        let text = "Không quá 03 ngày làm việc kể từ ngày 15 tháng 5; 15 (mười lăm) ngày; 118/2025 ngày; thứ 6 giờ";
        let found: Vec<(u32, Unit)> = terms(text).iter().map(|t| (t.number, t.unit)).collect();
        assert_eq!(found, [(3, Unit::WorkingDays), (15, Unit::Days)]);
    }

    #[test]
    fn amounts_are_read_in_every_way_the_portal_writes_them() {
        let vnd = |minor| {
            Some(Money {
                minor,
                currency: Currency::Vnd,
            })
        };
        let usd = Some(Money {
            minor: 5000,
            currency: Currency::Usd,
        });
        for (text, expected) in [
            ("10.000 đồng/giấy", vec![vnd(10_000)]),
            ("(20.000 đ/tờ khai)", vec![vnd(20_000)]),
            ("40.000đồng/lần", vec![vnd(40_000)]),
            ("02 triệu đồng/Giấy", vec![vnd(2_000_000)]),
            ("1,5 triệu", vec![vnd(1_500_000)]),
            ("50USD/thị thực", vec![usd]),
            ("8.000.000/lần", vec![vnd(8_000_000)]),
            ("15000000/lần Đồng", vec![vnd(15_000_000)]),
            ("Thông tư số 47/2019/TT-BTC, Điều 12", vec![]),
            ("dưới 500 GT", vec![]),
            ("1,25 đồng", vec![None]),
            ("3.000 đường", vec![]),
        ] {
            assert_eq!(amounts(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_in_words_beside_digits_are_stated_counts() {
        let stated = stated_counts("nộp 02 bản chính và 01 (một) bản sao, 3 ảnh");
        assert_eq!((stated.originals, stated.copies), (vec![2], vec![1]));
    }
}
