//! Amounts of money and how Vietnamese writes them, in figures and in words.
//!
//! Not here: what a procedure costs (`fee`), exchange rates, and the receipt of the tax office.

/// The currencies that a counter takes: đồng at home, dollars at missions abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Currency {
    /// Vietnamese đồng; it has no minor unit.
    Vnd,
    /// US dollar; the minor unit is the cent.
    Usd,
}

impl Currency {
    /// The ISO 4217 code: `VND` or `USD`.
    pub fn as_str(self) -> &'static str {
        match self {
            Currency::Vnd => "VND",
            Currency::Usd => "USD",
        }
    }

    /// Reads an ISO 4217 code as [`Currency::as_str`] writes it.
    pub fn parse(s: &str) -> Option<Self> {
        [Currency::Vnd, Currency::Usd]
            .into_iter()
            .find(|c| c.as_str() == s)
    }
}

/// An amount in the smallest unit of its currency: đồng for VND, cents for USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// The amount in the smallest unit.
    pub minor: i64,
    /// What it is counted in.
    pub currency: Currency,
}

impl Money {
    /// An amount in đồng.
    pub fn vnd(dong: i64) -> Self {
        Money {
            minor: dong,
            currency: Currency::Vnd,
        }
    }

    /// The amount in Vietnamese words: `tám nghìn đồng`, `hai mươi lăm đô la Mỹ năm mươi xu`.
    pub fn words_vi(&self) -> String {
        let amount = self.minor.unsigned_abs();
        match self.currency {
            Currency::Vnd => words_vi(self.minor),
            Currency::Usd => {
                let cents = match amount % 100 {
                    0 => String::new(),
                    cents => format!(" {} xu", spoken(cents)),
                };
                let dollars = spoken(amount / 100);
                format!("{}{dollars} đô la Mỹ{cents}", minus(self.minor))
            }
        }
    }

    /// The amount as it stands on the screen and on paper: `20.000 đ`, `12,50 USD`.
    pub fn format_vi(&self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let amount = self.minor.unsigned_abs();
        match self.currency {
            Currency::Vnd => format!("{sign}{} đ", grouped(amount)),
            Currency::Usd => format!("{sign}{},{:02} USD", grouped(amount / 100), amount % 100),
        }
    }
}

/// How numbers are spoken; the same words are read everywhere, so that forms use the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// `linh` and `nghìn`, as in forms and in the north.
    North,
    /// `lẻ` and `ngàn`, as in the south.
    South,
}

/// The amount of đồng in words, as it stands under a sum on a slip: 8000 is `tám nghìn đồng`.
pub fn words_vi(amount: i64) -> String {
    format!("{}{} đồng", minus(amount), spoken(amount.unsigned_abs()))
}

/// [`words_vi`] as it is said in one part of the country.
pub fn words_vi_in(amount: i64, speech: Speech) -> String {
    let words = words_vi(amount);
    match speech {
        Speech::North => words,
        Speech::South => words.replace("linh", "lẻ").replace("nghìn", "ngàn"),
    }
}

fn minus(amount: i64) -> &'static str {
    if amount < 0 { "âm " } else { "" }
}

fn spoken(n: u64) -> String {
    match n {
        0 => "không".to_owned(),
        n => number_words(n, false),
    }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

const BILLION: u64 = 1_000_000_000;
const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// `follows` says that a higher group was spoken before, so that a missing hundred is named ("không trăm").
fn number_words(n: u64, follows: bool) -> String {
    if n >= BILLION {
        let high = format!("{} tỷ", number_words(n / BILLION, follows));
        return match n % BILLION {
            0 => high,
            rest => format!("{high} {}", number_words(rest, true)),
        };
    }
    let mut parts: Vec<String> = Vec::new();
    for (unit, name) in [(1_000_000, " triệu"), (1_000, " nghìn"), (1, "")] {
        let group = n / unit % 1_000;
        if group > 0 {
            let words = group_words(group, follows || !parts.is_empty());
            parts.push(format!("{words}{name}"));
        }
    }
    parts.join(" ")
}

fn group_words(group: u64, follows: bool) -> String {
    let (hundreds, rest) = (group / 100, group % 100);
    let mut parts: Vec<&str> = Vec::new();
    let hundred_spoken = hundreds > 0 || follows;
    if hundred_spoken {
        parts.extend([digit(hundreds), "trăm"]);
    }
    parts.extend(tens_words(rest / 10, rest % 10, hundred_spoken));
    parts.join(" ")
}

fn tens_words(tens: u64, ones: u64, hundred_spoken: bool) -> Vec<&'static str> {
    match (tens, ones) {
        (0, 0) => vec![],
        (0, one) if hundred_spoken => vec!["linh", digit(one)],
        (0, one) => vec![digit(one)],
        (1, 0) => vec!["mười"],
        (1, 5) => vec!["mười", "lăm"],
        (1, one) => vec!["mười", digit(one)],
        (ten, 0) => vec![digit(ten), "mươi"],
        (ten, 1) => vec![digit(ten), "mươi", "mốt"],
        (ten, 4) => vec![digit(ten), "mươi", "tư"],
        (ten, 5) => vec![digit(ten), "mươi", "lăm"],
        (ten, one) => vec![digit(ten), "mươi", digit(one)],
    }
}

fn digit(d: u64) -> &'static str {
    usize::try_from(d)
        .ok()
        .and_then(|i| DIGITS.get(i))
        .copied()
        .unwrap_or("")
}
