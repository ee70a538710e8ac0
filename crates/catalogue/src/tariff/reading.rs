//! From a tariff's file to amounts and rates, collecting every mistake on the way. Not here: whether the procedures
//! exist.

use super::problem::{TariffError, TariffErrors, TariffProblem};
use super::{DatedRate, OfficeTariff, TariffLine};
use crate::lines::line_of;
use jiff::civil::Date;
use onedoor_domain::fee::{FeeRule, Tariff};
use onedoor_domain::money::{Currency, Money, Rate};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A file with more mistakes than this is no tariff; the first ones are told.
const MOST_ERRORS: usize = 100;
/// The most that one fee may be, in the smallest unit.
const MOST_MONEY: i64 = 100_000_000_000;
/// Digits behind the point of a rate.
const MOST_SCALE: u32 = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    /// Where the data comes from: for people.
    #[serde(default, rename = "source")]
    _source: Option<IgnoredAny>,
    version: u32,
    office: String,
    #[serde(borrow, default)]
    currency_rates: Vec<&'a RawValue>,
    #[serde(borrow)]
    lines: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    procedure: String,
    #[serde(default)]
    item: Option<String>,
    #[serde(borrow)]
    amount: &'a RawValue,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    per: Per,
    ground: String,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Per {
    #[default]
    Filing,
    Copy,
    Person,
    Case,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateEntry<'a> {
    currency: String,
    from: String,
    #[serde(borrow, default)]
    per_usd: Option<&'a RawValue>,
    #[serde(borrow, default)]
    vnd_per_unit: Option<&'a RawValue>,
    #[serde(borrow, default)]
    rounding: Option<&'a RawValue>,
}

/// A number as it is written: `digits` with the point before the last `scale` of them.
#[derive(Clone, Copy)]
struct Decimal {
    digits: i64,
    scale: u32,
}

struct Reading<'a> {
    text: &'a str,
    errors: Vec<TariffError>,
}

pub(super) fn read(json: &str) -> Result<OfficeTariff, TariffErrors> {
    let mut reading = Reading {
        text: json,
        errors: Vec::new(),
    };
    let tariff = reading.file();
    let mut errors = reading.errors;
    errors.sort_by_key(|error| error.line);
    errors.truncate(MOST_ERRORS);
    match tariff {
        Some(tariff) if errors.is_empty() => Ok(tariff),
        _ => Err(TariffErrors(errors)),
    }
}

impl<'a> Reading<'a> {
    fn file(&mut self) -> Option<OfficeTariff> {
        let file: File<'a> = match serde_json::from_str(self.text) {
            Ok(file) => file,
            Err(error) => {
                self.shape(error.line().max(1), &error);
                return None;
            }
        };
        let lines = self.lines(&file.lines);
        let rates = self.rates(&file.currency_rates);
        let mut tariff = Tariff::default();
        for line in &lines {
            tariff.set(&line.procedure, &line.item, line.rule.clone());
        }
        Some(OfficeTariff {
            version: file.version,
            office: file.office,
            lines,
            rates,
            tariff,
        })
    }

    fn lines(&mut self, raws: &[&'a RawValue]) -> Vec<TariffLine> {
        let mut lines: Vec<TariffLine> = Vec::new();
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for raw in raws {
            let Some(line) = self.tariff_line(raw) else {
                continue;
            };
            let key = (line.procedure.clone(), line.item.clone());
            match seen.get(&key).copied() {
                Some(first) => self.error(raw, TariffProblem::Twice { first }),
                None => {
                    seen.insert(key, line.line);
                    lines.push(line);
                }
            }
        }
        lines
    }

    fn tariff_line(&mut self, raw: &'a RawValue) -> Option<TariffLine> {
        let entry = self.parse::<Line<'a>>(raw)?;
        let currency = match entry.currency {
            None => Some(Currency::Vnd),
            Some(text) => self.currency(raw, text),
        };
        let amount = self.money(entry.amount, currency?)?;
        let rule = match entry.per {
            Per::Filing => FeeRule::Flat { amount },
            Per::Copy => FeeRule::PerCopy { amount },
            Per::Person => FeeRule::PerPerson { amount },
            Per::Case => FeeRule::PerCase { amount },
        };
        Some(TariffLine {
            line: line_of(self.text, raw),
            procedure: entry.procedure,
            item: entry.item.unwrap_or_else(|| "f1".to_owned()),
            rule,
            amount,
            ground: entry.ground,
        })
    }

    fn rates(&mut self, raws: &[&'a RawValue]) -> Vec<DatedRate> {
        let mut rates = Vec::new();
        let mut seen: BTreeMap<(&'static str, &'static str, Date), usize> = BTreeMap::new();
        for raw in raws {
            let Some(dated) = self.rate_of(raw) else {
                continue;
            };
            let key = (dated.rate.from.as_str(), dated.rate.to.as_str(), dated.from);
            match seen.get(&key).copied() {
                Some(first) => self.error(raw, TariffProblem::Twice { first }),
                None => {
                    seen.insert(key, line_of(self.text, raw));
                    rates.push(dated);
                }
            }
        }
        rates
    }

    fn rate_of(&mut self, raw: &'a RawValue) -> Option<DatedRate> {
        let entry = self.parse::<RateEntry<'a>>(raw)?;
        let to = self.currency(raw, entry.currency)?;
        let from = self.date(raw, entry.from)?;
        let step = match entry.rounding {
            None => 1,
            Some(rounding) => self.above_zero(rounding, to)?,
        };
        let coins = power(u32::from(to.digits()))?;
        let rate = match (entry.per_usd, entry.vnd_per_unit) {
            (Some(rate), None) => {
                let rate = self.rate(rate)?;
                Rate {
                    from: Currency::Usd,
                    to,
                    units: rate.digits.checked_mul(coins)?,
                    per: power(rate.scale + u32::from(Currency::Usd.digits()))?,
                    step,
                }
            }
            (None, Some(rate)) => {
                let rate = self.rate(rate)?;
                Rate {
                    from: Currency::Vnd,
                    to,
                    units: coins.checked_mul(power(rate.scale)?)?,
                    per: rate.digits,
                    step,
                }
            }
            _ => {
                self.error(raw, TariffProblem::OneRate);
                return None;
            }
        };
        Some(DatedRate { from, rate })
    }

    fn money(&mut self, raw: &'a RawValue, currency: Currency) -> Option<Money> {
        let text = written(raw);
        let minor = decimal(&text).and_then(|number| minor_of(number, currency));
        match minor {
            Some(minor) if minor < 0 => {
                self.error(raw, TariffProblem::BelowZero { text });
                None
            }
            Some(minor) if minor <= MOST_MONEY => Some(Money { minor, currency }),
            _ => {
                self.error(raw, TariffProblem::Amount { text });
                None
            }
        }
    }

    fn above_zero(&mut self, raw: &'a RawValue, currency: Currency) -> Option<i64> {
        let money = self.money(raw, currency)?;
        if money.minor > 0 {
            return Some(money.minor);
        }
        let text = written(raw);
        self.error(raw, TariffProblem::Amount { text });
        None
    }

    /// A rate is above zero and not finer than anybody quotes.
    fn rate(&mut self, raw: &'a RawValue) -> Option<Decimal> {
        let text = written(raw);
        let sane = |number: &Decimal| {
            (1..=MOST_MONEY).contains(&number.digits) && number.scale <= MOST_SCALE
        };
        let number = decimal(&text).filter(sane);
        if number.is_none() {
            self.error(raw, TariffProblem::Amount { text });
        }
        number
    }

    fn currency(&mut self, raw: &'a RawValue, text: String) -> Option<Currency> {
        let currency = Currency::parse(&text);
        if currency.is_none() {
            self.error(raw, TariffProblem::Currency { text });
        }
        currency
    }

    fn date(&mut self, raw: &'a RawValue, text: String) -> Option<Date> {
        // The plain form only: the parser would also take a time or a zone behind it.
        let date = text.parse().ok();
        let date = date.filter(|date: &Date| date.to_string() == text);
        if date.is_none() {
            self.error(raw, TariffProblem::NotADate { text });
        }
        date
    }

    fn parse<T: Deserialize<'a>>(&mut self, raw: &'a RawValue) -> Option<T> {
        match serde_json::from_str(raw.get()) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = line_of(self.text, raw) + error.line().saturating_sub(1);
                self.shape(line, &error);
                None
            }
        }
    }

    fn shape(&mut self, line: usize, error: &serde_json::Error) {
        let said = error.to_string();
        // The line that it adds counts from the entry, not from the file.
        let message = said.split(" at line ").next().unwrap_or_default();
        self.errors.push(TariffError {
            line,
            problem: TariffProblem::Shape {
                message: message.to_owned(),
            },
        });
    }

    fn error(&mut self, raw: &'a RawValue, problem: TariffProblem) {
        self.errors.push(TariffError {
            line: line_of(self.text, raw),
            problem,
        });
    }
}

/// A number as it stands in the file, with or without quotation marks: never by way of a binary fraction.
fn written(raw: &RawValue) -> String {
    raw.get().trim_matches('"').to_owned()
}

fn decimal(text: &str) -> Option<Decimal> {
    let (sign, bare) = match text.strip_prefix('-') {
        Some(bare) => (-1, bare),
        None => (1, text),
    };
    let (whole, cents) = bare.split_once('.').unwrap_or((bare, ""));
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let pointed = bare.contains('.');
    if whole.is_empty() || (pointed && cents.is_empty()) || !figures(whole) || !figures(cents) {
        return None;
    }
    let digits: i64 = format!("{whole}{cents}").parse().ok()?;
    Some(Decimal {
        digits: sign * digits,
        scale: u32::try_from(cents.len()).ok()?,
    })
}

/// In the smallest unit; none when it has more digits behind the point than the money.
fn minor_of(number: Decimal, currency: Currency) -> Option<i64> {
    let missing = u32::from(currency.digits()).checked_sub(number.scale)?;
    number.digits.checked_mul(power(missing)?)
}

fn power(exponent: u32) -> Option<i64> {
    10_i64.checked_pow(exponent)
}
