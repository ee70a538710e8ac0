//! Whether a fee schedule can be right at all, before it is taken into a catalogue.
//!
//! Not here: whether the amounts are those of the law.

use std::collections::BTreeSet;

use super::{FeeItem, FeeRule, FeeSchedule};
use crate::money::Money;

/// What is wrong with a fee schedule; `item` and `exemption` are ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeProblem {
    /// An amount is below zero.
    BelowZero {
        /// The fee.
        item: String,
    },
    /// Two fees have this id.
    TwiceId {
        /// The id.
        item: String,
    },
    /// Pages without a price, or steps that do not go up from page 1.
    Steps {
        /// The fee.
        item: String,
    },
    /// Steps and cap in different currencies.
    Currencies {
        /// The fee.
        item: String,
    },
    /// A late fee that is itself free in time.
    LateInTime {
        /// The fee.
        item: String,
    },
    /// More than 100 percent, or nothing, is taken away.
    Percent {
        /// The exemption.
        exemption: String,
    },
    /// An exemption names a fee that does not exist.
    UnknownItem {
        /// The exemption.
        exemption: String,
        /// The fee that it names.
        item: String,
    },
}

impl FeeSchedule {
    /// Everything that is wrong with it, in its own order; nothing when it can be used.
    pub fn problems(&self) -> Vec<FeeProblem> {
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        for item in &self.items {
            if !ids.insert(item.id.as_str()) {
                found.push(FeeProblem::TwiceId {
                    item: item.id.clone(),
                });
            }
            found.extend(rule_problem(item, &item.rule));
        }
        for exemption in &self.exemptions {
            let id = || exemption.id.clone();
            if !(1..=100).contains(&exemption.percent) {
                found.push(FeeProblem::Percent { exemption: id() });
            }
            let unknown = exemption.items.iter().filter(|i| !ids.contains(i.as_str()));
            found.extend(unknown.map(|item| FeeProblem::UnknownItem {
                exemption: id(),
                item: item.clone(),
            }));
        }
        found
    }
}

fn rule_problem(item: &FeeItem, rule: &FeeRule) -> Option<FeeProblem> {
    let id = || item.id.clone();
    let below = |money: &Money| money.minor < 0;
    match rule {
        FeeRule::Free | FeeRule::SetByProvince | FeeRule::Unstated => None,
        FeeRule::Flat { amount }
        | FeeRule::PerCopy { amount }
        | FeeRule::PerPerson { amount }
        | FeeRule::PerCase { amount } => {
            below(amount).then(|| FeeProblem::BelowZero { item: id() })
        }
        FeeRule::PerPage { steps, cap } => {
            let money: Vec<&Money> = steps.iter().map(|step| &step.each).chain(cap).collect();
            let up = steps.windows(2).all(|two| match two {
                [a, b] => a.from_page < b.from_page,
                _ => true,
            });
            if money.iter().any(|money| below(money)) {
                Some(FeeProblem::BelowZero { item: id() })
            } else if !up || steps.first().is_none_or(|step| step.from_page != 1) {
                Some(FeeProblem::Steps { item: id() })
            } else if money.windows(2).any(|two| match two {
                [a, b] => a.currency != b.currency,
                _ => false,
            }) {
                Some(FeeProblem::Currencies { item: id() })
            } else {
                None
            }
        }
        FeeRule::OnTime { late, .. } if matches!(**late, FeeRule::OnTime { .. }) => {
            Some(FeeProblem::LateInTime { item: id() })
        }
        FeeRule::OnTime { late, .. } => rule_problem(item, late),
    }
}
