//! An office's tariff: what its province's council decided for the fees that the law leaves to it, and at a mission the
//! rates at which it takes the host's money. Every mistake is named at its line; a file with mistakes changes nothing.
//!
//! The file is one JSON object: `version`, `office`, `lines` and, where money is changed, `currency_rates`.
//! A line: `procedure` (its code), `item` (the fee's id in the catalogue; `f1`, the first, where it is left out),
//! `amount` (digits, a point before cents), `currency` (`VND` where it is left out), `per` (`filing`, `copy`, `person`
//! or `case`; the filing where it is left out) and `ground` (the decision). A rate: `currency`, `from` (its first day),
//! `per_usd` (so many for one dollar) or `vnd_per_unit` (so many đồng for one), and `rounding` (to multiples of it;
//! the smallest coin where it is left out).
//! Not here: sums (domain), and where an imported file is kept (store).

mod problem;
mod reading;

use jiff::civil::Date;
use onedoor_domain::fee::{FeeRule, Tariff};
use onedoor_domain::money::{Currency, Money, Rate};

pub use problem::{TariffError, TariffErrors, TariffProblem};

/// What an office charges by decisions of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeTariff {
    /// The file's own number.
    pub version: u32,
    /// Whose tariff it is, for people.
    pub office: String,
    lines: Vec<TariffLine>,
    rates: Vec<DatedRate>,
    tariff: Tariff,
}

/// One fee that the office sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    /// The line of the file, from 1.
    pub line: usize,
    /// The procedure's code.
    pub procedure: String,
    /// The fee's id within the procedure.
    pub item: String,
    /// How it is counted.
    pub rule: FeeRule,
    /// The amount of one.
    pub amount: Money,
    /// The decision that set it.
    pub ground: String,
}

/// A rate with its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedRate {
    /// The first day on which it holds.
    pub from: Date,
    /// The rate.
    pub rate: Rate,
}

impl OfficeTariff {
    /// Reads a tariff's file.
    ///
    /// # Errors
    /// Everything that is wrong, by line.
    pub fn read(json: &str) -> Result<Self, TariffErrors> {
        reading::read(json)
    }

    /// The amounts, as sums take them.
    pub fn tariff(&self) -> &Tariff {
        &self.tariff
    }

    /// The fees that it sets, in the file's order.
    pub fn lines(&self) -> &[TariffLine] {
        &self.lines
    }

    /// The rates that it names, in the file's order.
    pub fn rates(&self) -> &[DatedRate] {
        &self.rates
    }

    /// The rate that holds on `day`: of several the one that began last.
    pub fn rate(&self, from: Currency, to: Currency, day: Date) -> Option<Rate> {
        let fits = |one: &&DatedRate| one.rate.from == from && one.rate.to == to && one.from <= day;
        let held = self.rates.iter().filter(fits);
        held.max_by_key(|one| one.from).map(|one| one.rate)
    }

    /// The lines that no procedure has; `fees` gives the ids of a procedure's fees, none for a code that nobody knows.
    pub fn unknown(&self, fees: impl Fn(&str) -> Option<Vec<String>>) -> Vec<TariffError> {
        let wrong = |line: &TariffLine| {
            let problem = match fees(&line.procedure) {
                None => TariffProblem::UnknownProcedure {
                    code: line.procedure.clone(),
                },
                Some(items) if !items.contains(&line.item) => TariffProblem::UnknownItem {
                    code: line.procedure.clone(),
                    item: line.item.clone(),
                },
                Some(_) => return None,
            };
            Some(TariffError {
                line: line.line,
                problem,
            })
        };
        self.lines.iter().filter_map(wrong).collect()
    }
}
