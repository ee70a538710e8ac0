//! Money at the counter: what a filing's account comes to, what each act on it needs, and change in notes.
//!
//! Not here: what a procedure costs (`fee`), the tax office's receipt itself, and the code of a transfer (`vietqr`).

use crate::money::{Currency, Money};

/// How money came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Notes over the counter.
    Cash,
    /// By bank: shown as a code, seen on the account later.
    Transfer,
}

impl Way {
    /// As it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Way::Cash => "cash",
            Way::Transfer => "transfer",
        }
    }

    /// Reads what [`Way::as_str`] writes.
    pub fn parse(s: &str) -> Option<Self> {
        [Way::Cash, Way::Transfer]
            .into_iter()
            .find(|way| way.as_str() == s)
    }
}

/// How far a payment is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The payer says that it was transferred; nobody has seen it on the account.
    Unconfirmed,
    /// The office has it.
    Taken,
    /// It was entered by mistake: it never happened.
    Voided,
}

/// One payment of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// What came.
    pub amount: Money,
    /// How.
    pub way: Way,
    /// How far it is true.
    pub standing: Standing,
    /// What of it went back, in the smallest unit.
    pub refunded: i64,
    /// Its cash was counted and given away: to the accountant or to a colleague.
    pub handed_in: bool,
}

impl Payment {
    /// What of it is still here.
    pub fn kept(&self) -> i64 {
        match self.standing {
            Standing::Voided => 0,
            _ => (self.amount.minor - self.refunded).max(0),
        }
    }
}

/// What a filing's fee comes to, in the smallest unit of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// In what it is counted.
    pub currency: Currency,
    /// What is to be paid; none where nobody has said.
    pub due: Option<i64>,
    /// What was paid and not given back; a transfer that nobody has seen yet counts.
    pub paid: i64,
    /// Of that, what nobody has seen on the account.
    pub unconfirmed: i64,
    /// What went back.
    pub refunded: i64,
    /// What is still to be paid; none where nobody has said what it costs.
    pub left: Option<i64>,
}

/// Where an account stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Nothing is to be paid.
    Free,
    /// Nobody has said what it costs, and nothing was paid.
    Unknown,
    /// Nothing was paid.
    Unpaid,
    /// Something was paid, not all.
    Part,
    /// All was paid; of a transfer nobody has seen the money.
    Unconfirmed,
    /// The office has it all.
    Paid,
}

/// Adds up the payments of a filing.
pub fn account(due: Option<Money>, currency: Currency, payments: &[Payment]) -> Account {
    let currency = due.map_or(currency, |due| due.currency);
    let mine = payments.iter().filter(|p| p.amount.currency == currency);
    let (mut paid, mut unconfirmed, mut refunded) = (0_i64, 0_i64, 0_i64);
    for payment in mine {
        paid = paid.saturating_add(payment.kept());
        if payment.standing == Standing::Unconfirmed {
            unconfirmed = unconfirmed.saturating_add(payment.kept());
        }
        if payment.standing != Standing::Voided {
            refunded = refunded.saturating_add(payment.refunded);
        }
    }
    let due = due.map(|due| due.minor.max(0));
    Account {
        currency,
        due,
        paid,
        unconfirmed,
        refunded,
        left: due.map(|due| (due - paid).max(0)),
    }
}

impl Account {
    /// Where it stands.
    pub fn state(&self) -> AccountState {
        match (self.due, self.left) {
            (Some(0), _) if self.paid == 0 => AccountState::Free,
            (None, _) if self.paid == 0 => AccountState::Unknown,
            (_, Some(_)) if self.paid == 0 => AccountState::Unpaid,
            (_, Some(left)) if left > 0 => AccountState::Part,
            _ if self.unconfirmed > 0 => AccountState::Unconfirmed,
            _ => AccountState::Paid,
        }
    }
}

/// Why an act on money is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing, or less than nothing, is no payment.
    Amount,
    /// Nothing is left to be paid.
    NothingLeft,
    /// More than is left to be paid.
    MoreThanLeft {
        /// What is left.
        left: i64,
    },
    /// Less cash was given than is taken.
    TooLittleGiven {
        /// What lacks.
        short: i64,
    },
    /// Only a transfer that nobody has seen yet is confirmed.
    NotWaiting,
    /// It was voided before.
    Voided,
    /// Its cash was handed in: it goes back as a refund.
    HandedIn,
    /// Something of it went back: what is left goes back as a refund too.
    RefundedBefore,
    /// Nobody has seen the transfer: there is nothing to give back, it is voided.
    NotSeen,
    /// More than was paid and not given back.
    MoreThanPaid {
        /// What can go back at most.
        most: i64,
    },
    /// It says why.
    Reason,
}

/// What taking an amount comes to: the change in the smallest unit.
///
/// # Errors
/// The [`Refusal`] that applies first.
pub fn take(
    account: &Account,
    amount: i64,
    way: Way,
    given: Option<i64>,
) -> Result<Option<i64>, Refusal> {
    if amount <= 0 {
        return Err(Refusal::Amount);
    }
    match account.left {
        Some(0) => return Err(Refusal::NothingLeft),
        Some(left) if amount > left => return Err(Refusal::MoreThanLeft { left }),
        _ => {}
    }
    match (way, given) {
        (Way::Cash, Some(given)) if given < amount => Err(Refusal::TooLittleGiven {
            short: amount - given,
        }),
        (Way::Cash, Some(given)) => Ok(Some(given - amount)),
        _ => Ok(None),
    }
}

/// Whether a transfer may be confirmed.
///
/// # Errors
/// [`Refusal::NotWaiting`] for everything but a transfer that nobody has seen yet.
pub fn confirm(payment: &Payment) -> Result<(), Refusal> {
    match (payment.way, payment.standing) {
        (Way::Transfer, Standing::Unconfirmed) => Ok(()),
        (_, Standing::Voided) => Err(Refusal::Voided),
        _ => Err(Refusal::NotWaiting),
    }
}

/// Whether an entry may be struck out: it was a mistake, and no money has moved on.
///
/// # Errors
/// The [`Refusal`] that applies first.
pub fn void(payment: &Payment, reason: &str) -> Result<(), Refusal> {
    match payment {
        Payment {
            standing: Standing::Voided,
            ..
        } => Err(Refusal::Voided),
        Payment {
            handed_in: true, ..
        } => Err(Refusal::HandedIn),
        Payment { refunded, .. } if *refunded > 0 => Err(Refusal::RefundedBefore),
        _ => reasoned(reason),
    }
}

/// Whether an amount may go back.
///
/// # Errors
/// The [`Refusal`] that applies first.
pub fn refund(payment: &Payment, amount: i64, reason: &str) -> Result<(), Refusal> {
    match payment.standing {
        Standing::Voided => return Err(Refusal::Voided),
        Standing::Unconfirmed => return Err(Refusal::NotSeen),
        Standing::Taken => {}
    }
    let most = payment.kept();
    if amount <= 0 {
        return Err(Refusal::Amount);
    }
    if amount > most {
        return Err(Refusal::MoreThanPaid { most });
    }
    reasoned(reason)
}

fn reasoned(reason: &str) -> Result<(), Refusal> {
    match reason.trim() {
        "" => Err(Refusal::Reason),
        _ => Ok(()),
    }
}

/// The notes that are in the hand of a counter, the largest first. Coins are out of use; smaller notes are not given.
pub const NOTES: [i64; 9] = [
    500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000,
];

/// An amount of đồng in the fewest notes, the largest first, and what no note can pay.
pub fn notes(dong: i64) -> (Vec<(i64, i64)>, i64) {
    // Each note is a sum of smaller ones such that taking the largest first is taking the fewest.
    let mut rest = dong.max(0);
    let mut taken = Vec::new();
    for note in NOTES {
        if rest >= note {
            taken.push((note, rest / note));
            rest %= note;
        }
    }
    (taken, rest)
}

/// What counted notes come to; none for a note that does not exist, a count below zero, or a sum too large.
pub fn counted(counts: &[(i64, i64)]) -> Option<i64> {
    counts.iter().try_fold(0_i64, |sum, (note, count)| {
        let known = NOTES.contains(note) && *count >= 0;
        sum.checked_add(note.checked_mul(*count).filter(|_| known)?)
    })
}

/// Whose number an official receipt has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptKind {
    /// From the tax office's system.
    Electronic,
    /// A leaf of a paper book.
    Book,
}

impl ReceiptKind {
    /// As it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            ReceiptKind::Electronic => "electronic",
            ReceiptKind::Book => "book",
        }
    }

    /// Reads what [`ReceiptKind::as_str`] writes.
    pub fn parse(s: &str) -> Option<Self> {
        [ReceiptKind::Electronic, ReceiptKind::Book]
            .into_iter()
            .find(|kind| kind.as_str() == s)
    }
}

/// Most digits of a receipt's number (NĐ 254/2026, Đ23).
const NUMBER_DIGITS: usize = 8;
/// Most letters of a receipt's symbol.
const SYMBOL: usize = 20;

/// The number of an official receipt: one to eight digits, not all zero; zeroes before it stay as they are printed.
pub fn receipt_number(typed: &str) -> Option<&str> {
    let number = typed.trim();
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let real = number.bytes().any(|byte| byte != b'0');
    (digits && real && number.len() <= NUMBER_DIGITS).then_some(number)
}

/// The symbol of an official receipt, such as `1C26TKV` or `01/BLP`: printable, without a space.
pub fn receipt_symbol(typed: &str) -> Option<&str> {
    let symbol = typed.trim();
    let plain = symbol
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/-.".contains(c));
    let good = plain && !symbol.is_empty() && symbol.len() <= SYMBOL;
    good.then_some(symbol)
}
