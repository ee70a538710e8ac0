//! What a procedure costs at the counter, as far as the catalogue can say.
//!
//! Not here: exemptions of persons, fees per page of certified copies, and the tax office's receipt.

use crate::money::{Currency, Money};

/// How the catalogue says that a fee is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeRule {
    /// Nothing is to be paid.
    Free,
    /// So much for each copy that is asked for.
    PerCopy {
        /// The price of one copy.
        amount: Money,
    },
    /// So much for the filing.
    Flat {
        /// The price of the filing.
        amount: Money,
    },
    /// Free when the event (a birth, a death) is reported in time; what a late report costs the province sets.
    OnTime {
        /// Days after the event within which it is free.
        within_days: u16,
    },
    /// The province's council sets the amount.
    SetByProvince,
}

/// What is to be paid, or that the rules alone cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeAmount {
    /// This much; nothing is an amount too.
    Known(Money),
    /// The province sets it, or the date of the event decides: a person must type the amount.
    Unknown,
}

impl FeeRule {
    /// The fee for `copies` copies; `copies` matters only to [`FeeRule::PerCopy`].
    ///
    /// A sum beyond what the type holds is [`FeeAmount::Unknown`], never a wrong number.
    pub fn amount(&self, copies: u32) -> FeeAmount {
        match self {
            FeeRule::Free => FeeAmount::Known(Money {
                minor: 0,
                currency: Currency::Vnd,
            }),
            FeeRule::Flat { amount } => FeeAmount::Known(*amount),
            FeeRule::PerCopy { amount } => amount
                .minor
                .checked_mul(i64::from(copies))
                .map_or(FeeAmount::Unknown, |minor| {
                    FeeAmount::Known(Money { minor, ..*amount })
                }),
            FeeRule::OnTime { .. } | FeeRule::SetByProvince => FeeAmount::Unknown,
        }
    }
}
