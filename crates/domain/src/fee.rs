//! What a procedure costs: the catalogue's rules, and the sum they come to for one filing, line by line.
//!
//! Not here: the tax office's receipt, exchange rates, and what a province's council decided (an office's [`Tariff`]
//! is data that is passed in).

mod check;
mod sum;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::money::Money;
use crate::procedure::Bilingual;

pub use check::FeeProblem;
pub use sum::{FeeAmount, FeeGap, FeeLine, FeeSum, Gap, LineNote};

/// How one fee is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeRule {
    /// Nothing is to be paid.
    Free,
    /// So much for the filing.
    Flat {
        /// The price of the filing.
        amount: Money,
    },
    /// So much for each copy that is asked for.
    PerCopy {
        /// The price of one copy.
        amount: Money,
    },
    /// So much for each page of what is copied, in steps, for each copy.
    PerPage {
        /// In order of their pages; the first begins with page 1.
        steps: Vec<PageStep>,
        /// The most that one copy may cost.
        cap: Option<Money>,
    },
    /// So much for each person of a list.
    PerPerson {
        /// The price for one person.
        amount: Money,
    },
    /// So much for each case (trường hợp, giao dịch): a signature, a contract, a will.
    PerCase {
        /// The price of one case.
        amount: Money,
    },
    /// Free when the event (a birth, a death) is reported in time, otherwise the fee of a late report.
    OnTime {
        /// Days after the event within which it is free; the day of the event is not counted.
        within_days: u16,
        /// The own field of the procedure that holds the date of the event.
        event: Option<String>,
        /// What a late report costs.
        late: Box<FeeRule>,
    },
    /// The province's council sets the amount: it stands in the office's [`Tariff`], or is not known.
    SetByProvince,
    /// The catalogue says nothing that could be read: a person types the amount.
    Unstated,
}

/// From which page on a page costs how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStep {
    /// The first page of the step, from 1.
    pub from_page: u32,
    /// The price of each page from there on, until the next step.
    pub each: Money,
}

/// How a filing came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// At the counter.
    Counter,
    /// Over a portal.
    Online,
    /// By public post.
    Post,
}

/// One fee of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeItem {
    /// Stable within the procedure (`f1`, `f2`, …).
    pub id: String,
    /// What is paid for.
    pub label: Bilingual,
    /// How it is found.
    pub rule: FeeRule,
    /// The channels for which it holds; none named means all.
    pub channels: Vec<Channel>,
    /// The case of the procedure in which it is paid; `None` means always.
    pub case: Option<String>,
    /// Whether everyone pays it, or only who asks for the thing.
    pub paid: FeePaid,
}

/// Who pays a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeePaid {
    /// Everyone who files.
    Always,
    /// Who asks for it: copies of an extract beside a registration that is itself free.
    OnRequest,
}

/// A ground on which less is paid, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// Stable within the procedure (`x1`, `x2`, …).
    pub id: String,
    /// The ground, as the law words it.
    pub ground: Bilingual,
    /// The fees that it touches, by id; none named means all.
    pub items: Vec<String>,
    /// How much of the fee it takes away, in percent: 100 is all of it.
    pub percent: u8,
}

/// All fees of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeSchedule {
    /// The fees; none at all means that nothing is known, never that nothing is to be paid.
    pub items: Vec<FeeItem>,
    /// The grounds for paying less.
    pub exemptions: Vec<Exemption>,
}

/// What an office charges by its province's decisions: by the procedure's code and the fee's id. An entry also
/// overrides what the catalogue says, except that a report in time stays free.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tariff {
    rules: BTreeMap<(String, String), FeeRule>,
}

/// What the sum depends on. A count that is not known leaves the fee unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeFacts<'a> {
    /// How the filing came in.
    pub channel: Channel,
    /// The cases of the procedure that hold, by id.
    pub cases: Vec<&'a str>,
    /// Copies asked for.
    pub copies: Option<u32>,
    /// Pages of the original.
    pub pages: Option<u32>,
    /// Persons in the list.
    pub persons: Option<u32>,
    /// Signatures, contracts, wills.
    pub matters: Option<u32>,
    /// The day of the event that is reported.
    pub event: Option<Date>,
    /// The day of filing.
    pub filed: Date,
    /// How many of each fee "on request" are asked for, by the fee's id.
    pub requested: Vec<(&'a str, u32)>,
    /// The ground for paying less, by id.
    pub exemption: Option<&'a str>,
}

impl FeeItem {
    /// A fee that everyone pays, in every case and channel.
    pub fn new(id: &str, label: Bilingual, rule: FeeRule) -> Self {
        FeeItem {
            id: id.to_owned(),
            label,
            rule,
            channels: Vec::new(),
            case: None,
            paid: FeePaid::Always,
        }
    }

    /// Whether it is to be paid under these facts.
    pub(crate) fn applies(&self, facts: &FeeFacts<'_>) -> bool {
        let channel = self.channels.is_empty() || self.channels.contains(&facts.channel);
        let case = self
            .case
            .as_deref()
            .is_none_or(|case| facts.cases.contains(&case));
        channel && case
    }
}

impl FeeSchedule {
    /// The schedule of a procedure with a single fee that everyone pays.
    pub fn single(label: Bilingual, rule: FeeRule) -> Self {
        FeeSchedule {
            items: vec![FeeItem::new("f1", label, rule)],
            exemptions: Vec::new(),
        }
    }

    /// The schedule of a procedure whose fee could not be read.
    pub fn unstated() -> Self {
        FeeSchedule {
            items: Vec::new(),
            exemptions: Vec::new(),
        }
    }

    /// The rule by which the procedure is known: that of its first fee.
    pub fn principal(&self) -> &FeeRule {
        self.items
            .first()
            .map_or(&FeeRule::Unstated, |item| &item.rule)
    }

    /// The own field that holds the date of the event, where being in time matters.
    pub fn event_field(&self) -> Option<&str> {
        self.items.iter().find_map(|item| match &item.rule {
            FeeRule::OnTime { event, .. } => event.as_deref(),
            _ => None,
        })
    }

    /// Whether the sum depends on the number of copies, so that the page must ask for it.
    pub fn counts_copies(&self) -> bool {
        self.items.iter().any(|item| {
            item.paid == FeePaid::Always
                && matches!(item.rule, FeeRule::PerCopy { .. } | FeeRule::PerPage { .. })
        })
    }
}

impl Tariff {
    /// Sets what the office charges for a fee of a procedure; the last word counts.
    pub fn set(&mut self, procedure: &str, item: &str, rule: FeeRule) {
        self.rules
            .insert((procedure.to_owned(), item.to_owned()), rule);
    }

    /// What the office charges, if it says so itself.
    pub fn rule(&self, procedure: &str, item: &str) -> Option<&FeeRule> {
        self.rules.get(&(procedure.to_owned(), item.to_owned()))
    }
}

impl FeeFacts<'_> {
    /// A filing at the counter of which only the day is known.
    pub fn at_counter(filed: Date) -> Self {
        FeeFacts {
            channel: Channel::Counter,
            cases: Vec::new(),
            copies: None,
            pages: None,
            persons: None,
            matters: None,
            event: None,
            filed,
            requested: Vec::new(),
            exemption: None,
        }
    }
}
