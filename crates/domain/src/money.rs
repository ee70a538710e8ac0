//! Amounts of money and how Vietnamese writes them, in figures and in words.
//!
//! Not here: what a procedure costs (`fee`), where a rate of exchange comes from, and the receipt of the tax office.

/// The currencies that a counter takes: đồng at home, dollars or the host's money at missions abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Currency {
    /// Vietnamese đồng; it has no minor unit.
    Vnd,
    /// US dollar; the minor unit is the cent.
    Usd,
    /// A host country's money, by its ISO 4217 code, one of those that [`Currency::parse`] knows.
    Host(&'static str),
}

/// Money of countries with a Vietnamese mission, and how many digits its minor unit has.
const HOSTS: [(&str, u8); 52] = [
    ("AED", 2),
    ("AOA", 2),
    ("ARS", 2),
    ("AUD", 2),
    ("BDT", 2),
    ("BGN", 2),
    ("BND", 2),
    ("BRL", 2),
    ("BYN", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CLP", 0),
    ("CNY", 2),
    ("CUP", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("DZD", 2),
    ("EGP", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("HKD", 2),
    ("HUF", 2),
    ("IDR", 2),
    ("ILS", 2),
    ("INR", 2),
    ("IQD", 3),
    ("IRR", 2),
    ("JPY", 0),
    ("KHR", 2),
    ("KRW", 0),
    ("KWD", 3),
    ("KZT", 2),
    ("LAK", 2),
    ("LKR", 2),
    ("MAD", 2),
    ("MMK", 2),
    ("MNT", 2),
    ("MXN", 2),
    ("MYR", 2),
    ("MZN", 2),
    ("NGN", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PHP", 2),
    ("PKR", 2),
    ("PLN", 2),
    ("RUB", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("THB", 2),
    ("TWD", 2),
    ("ZAR", 2),
];

impl Currency {
    /// The ISO 4217 code, such as `VND` or `USD`.
    pub fn as_str(self) -> &'static str {
        match self {
            Currency::Vnd => "VND",
            Currency::Usd => "USD",
            Currency::Host(code) => code,
        }
    }

    /// Reads an ISO 4217 code as [`Currency::as_str`] writes it.
    pub fn parse(s: &str) -> Option<Self> {
        let host = HOSTS.iter().find(|(code, _)| *code == s);
        [Currency::Vnd, Currency::Usd]
            .into_iter()
            .find(|c| c.as_str() == s)
            .or_else(|| host.map(|(code, _)| Currency::Host(code)))
    }

    /// How many digits of an amount in the smallest unit stand behind the comma.
    pub fn digits(self) -> u8 {
        match self {
            Currency::Vnd => 0,
            Currency::Usd => 2,
            Currency::Host(code) => HOSTS
                .iter()
                .find(|(known, _)| *known == code)
                .map_or(2, |(_, digits)| *digits),
        }
    }
}

/// The rate at which an office takes another money for a fee: so many smallest units of `to` for so many of `from`.
///
/// A mission takes the selling rate of the bank where it holds its account, and rounds as it has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// What the fee is set in.
    pub from: Currency,
    /// What is taken.
    pub to: Currency,
    /// Smallest units of `to` …
    pub units: i64,
    /// … for so many smallest units of `from`.
    pub per: i64,
    /// The smallest units of `to` to a multiple of which is rounded, half up; 1 for the smallest unit itself.
    pub step: i64,
}

impl Rate {
    /// What is taken for `fee`.
    ///
    /// `None` when the fee is in another money, below zero, too large, or the rate makes no sense.
    pub fn apply(&self, fee: Money) -> Option<Money> {
        if fee.currency != self.from
            || fee.minor < 0
            || self.units <= 0
            || self.per <= 0
            || self.step <= 0
        {
            return None;
        }
        let step = i128::from(self.per) * i128::from(self.step);
        let steps = (2 * i128::from(fee.minor) * i128::from(self.units) + step) / (2 * step);
        let minor = i64::try_from(steps * i128::from(self.step)).ok()?;
        Some(Money {
            minor,
            currency: self.to,
        })
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
            // No table of names is kept: the figures with their code are what the bank's paper says too.
            Currency::Host(_) => self.format_vi(),
        }
    }

    /// The amount as it stands on the screen and on paper: `20.000 đ`, `12,50 USD`.
    pub fn format_vi(&self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let amount = self.minor.unsigned_abs();
        match self.currency {
            Currency::Vnd => format!("{sign}{} đ", grouped(amount)),
            other => {
                let digits = usize::from(other.digits());
                let unit = 10u64.pow(u32::from(other.digits()));
                let code = other.as_str();
                match digits {
                    0 => format!("{sign}{} {code}", grouped(amount)),
                    _ => format!(
                        "{sign}{},{:0digits$} {code}",
                        grouped(amount / unit),
                        amount % unit
                    ),
                }
            }
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
