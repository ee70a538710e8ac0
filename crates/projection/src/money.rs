//! What lines about money change. Not here: what an account comes to (domain), tables (store).

use crate::{Change, Unapplied};
use onedoor_domain::{
    money::Currency,
    till::{self, ReceiptKind, Standing, Way},
    vietqr::BankAccount,
};
use onedoor_protocol::journal::{Body, FeeRefunded, FeeTaken, Line, PaymentAccountSet};
use uuid::Uuid;

/// One change of what is known of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyChange {
    /// Something was paid.
    Taken(PaymentState),
    /// A transfer was seen, or a payment struck out.
    Marked {
        /// Which.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
        /// `Taken` = seen on the account, `Voided` = a mistake.
        standing: Standing,
        /// Why, where it needs a reason.
        reason: String,
    },
    /// Something went back.
    Refunded(RefundState),
    /// The official receipt of a payment is known.
    Receipt(ReceiptState),
    /// Fees are transferred to this account; none = to none any more.
    Account(Option<BankAccount>),
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentState {
    /// The payment.
    pub id: Uuid,
    /// Whose fee.
    pub filing: Uuid,
    /// How.
    pub way: Way,
    /// Minor units, above zero.
    pub amount: i64,
    /// In what.
    pub currency: Currency,
    /// The cash that was given.
    pub given: Option<i64>,
    /// Who took it.
    pub clerk_name: String,
    /// The till that it lies in.
    pub till: Option<Uuid>,
}

/// Something that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundState {
    /// This giving back.
    pub id: Uuid,
    /// Of which payment.
    pub payment: Uuid,
    /// Whose fee.
    pub filing: Uuid,
    /// How.
    pub way: Way,
    /// Minor units, above zero.
    pub amount: i64,
    /// In what.
    pub currency: Currency,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub clerk_name: String,
    /// The till that it was taken from.
    pub till: Option<Uuid>,
}

/// An official receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptState {
    /// Of which payment.
    pub payment: Uuid,
    /// Whose fee.
    pub filing: Uuid,
    /// Whose number it has.
    pub kind: ReceiptKind,
    /// Its symbol.
    pub symbol: String,
    /// Its number as printed.
    pub number: String,
    /// Its day.
    pub day: String,
}

impl MoneyChange {
    /// The filing it is about.
    pub fn filing(&self) -> Option<Uuid> {
        match self {
            MoneyChange::Taken(payment) => Some(payment.filing),
            MoneyChange::Marked { filing, .. } => Some(*filing),
            MoneyChange::Refunded(refund) => Some(refund.filing),
            MoneyChange::Receipt(receipt) => Some(receipt.filing),
            MoneyChange::Account(_) => None,
        }
    }

    /// What people typed in it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            MoneyChange::Taken(payment) => vec![&payment.clerk_name],
            MoneyChange::Marked { reason, .. } => vec![reason],
            MoneyChange::Refunded(refund) => vec![&refund.reason, &refund.clerk_name],
            MoneyChange::Receipt(receipt) => vec![&receipt.symbol, &receipt.number],
            MoneyChange::Account(account) => {
                account.iter().map(|one| one.holder.as_str()).collect()
            }
        }
    }
}

/// Digits only, as the wire has an amount.
pub(crate) fn minor(digits: &str) -> Option<i64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

pub(crate) fn project(line: &Line) -> Result<Vec<Change>, Unapplied> {
    let change = match &line.body {
        Body::FeeTaken(taken) => payment(taken).map(MoneyChange::Taken),
        Body::FeeTransferConfirmed(seen) => Some(MoneyChange::Marked {
            payment: seen.payment,
            filing: seen.filing,
            standing: Standing::Taken,
            reason: String::new(),
        }),
        Body::FeeVoided(voided) => Some(MoneyChange::Marked {
            payment: voided.payment,
            filing: voided.filing,
            standing: Standing::Voided,
            reason: voided.reason.clone(),
        }),
        Body::FeeRefunded(back) => refund(back).map(MoneyChange::Refunded),
        Body::OfficialReceiptNoted(noted) => {
            let day = noted.day.parse::<jiff::civil::Date>();
            let plain = day.is_ok_and(|day| day.to_string() == noted.day)
                && till::receipt_number(&noted.number) == Some(noted.number.as_str())
                && till::receipt_symbol(&noted.symbol) == Some(noted.symbol.as_str());
            ReceiptKind::parse(&noted.kind)
                .filter(|_| plain)
                .map(|kind| {
                    MoneyChange::Receipt(ReceiptState {
                        payment: noted.payment,
                        filing: noted.filing,
                        kind,
                        symbol: noted.symbol.clone(),
                        number: noted.number.clone(),
                        day: noted.day.clone(),
                    })
                })
        }
        Body::PaymentAccountSet(set) => account(set).map(MoneyChange::Account),
        _ => None,
    };
    let change = change.ok_or(Unapplied::BadValue)?;
    Ok(vec![Change::Money(Box::new(change))])
}

fn payment(taken: &FeeTaken) -> Option<PaymentState> {
    let given = taken.given.as_deref().map(minor);
    Some(PaymentState {
        id: taken.payment,
        filing: taken.filing,
        way: Way::parse(&taken.way)?,
        amount: minor(&taken.amount).filter(|amount| *amount > 0)?,
        currency: Currency::parse(&taken.currency)?,
        given: match given {
            Some(given) => Some(given?),
            None => None,
        },
        clerk_name: taken.clerk_name.clone(),
        till: taken.till,
    })
}

fn refund(back: &FeeRefunded) -> Option<RefundState> {
    Some(RefundState {
        id: back.refund,
        payment: back.payment,
        filing: back.filing,
        way: Way::parse(&back.way)?,
        amount: minor(&back.amount).filter(|amount| *amount > 0)?,
        currency: Currency::parse(&back.currency)?,
        reason: back.reason.clone(),
        clerk_name: back.clerk_name.clone(),
        till: back.till,
    })
}

fn account(set: &PaymentAccountSet) -> Option<Option<BankAccount>> {
    if [&set.bank, &set.account, &set.holder]
        .iter()
        .all(|part| part.is_empty())
    {
        return Some(None);
    }
    let read = BankAccount::read(&set.bank, &set.account, &set.holder).ok();
    read.map(Some)
}
