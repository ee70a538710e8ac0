//! The fee of a filing is taken, seen on the account, struck out or given back: each act is a line, allowed by domain,
//! refused where somebody else was faster. Not here: what the fee is (`fees`), transfers' codes (`transfers`).

use crate::{
    current::current,
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    fees,
    life::clean,
    money_view::{note_view, payment_view},
    views,
};
use jiff::civil::Date;
use onedoor_domain::{
    identity::Birth,
    money::{Currency, Money},
    till::{self, Account, Payment, ReceiptKind, Refusal, Standing, Way},
};
use onedoor_protocol::journal::{
    Body, FeeRecord, FeeRefunded, FeeTaken, FeeTransferConfirmed, FeeVoided, OfficialReceiptNoted,
};
use onedoor_store::{
    Lines, Op, StoreError,
    tables::{act::ActTx, money::PaymentRow},
};
use uuid::Uuid;

/// What the store is told when somebody else was faster.
const MOVED: &str = "the account moved";

/// A filing with its fee and payments.
pub(crate) struct Fee {
    pub at: At,
    pub filing: Uuid,
    pub due: Option<Money>,
    pub currency: Currency,
    pub rows: Vec<PaymentRow>,
}

impl Fee {
    pub(crate) fn account(&self) -> Account {
        let payments: Vec<Payment> = self.rows.iter().map(|row| row.payment).collect();
        till::account(self.due, self.currency, &payments)
    }

    fn payment(&self, id: &str) -> Result<&PaymentRow> {
        let id: Uuid = id.parse().map_err(|_| unknown())?;
        let found = self.rows.iter().find(|row| row.id == id);
        found.ok_or_else(unknown)
    }

    /// Refused where something was paid or given back since the clerk looked.
    fn as_seen(&self, paid: &str) -> Result<()> {
        match self.account().paid.to_string() == paid {
            true => Ok(()),
            false => Err(DeskError::new(ErrorCode::FeeMoved)),
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency,
        }
    }
}

fn unknown() -> DeskError {
    DeskError::new(ErrorCode::PaymentUnknown)
}

impl Desk {
    /// The fee of a filing as it stands here.
    pub(crate) fn fee_of(&self, filing: &str) -> Result<Fee> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let at = self.at_work()?;
        let (lines, rows) = at
            .store
            .read(|reader| Ok((reader.lines_of(filing)?, reader.payments_of(filing)?)))?;
        // What was put right since may cost more, or less.
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let (due, currency) = due(&now.body.fee);
        Ok(Fee {
            at,
            filing,
            due,
            currency,
            rows,
        })
    }

    pub(crate) fn fee_get(&self, filing: String) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        self.fee_view(&fee)
    }

    /// The change, said while it is typed. An empty amount is all that is left, nothing given is exactly the amount.
    pub(crate) fn fee_change(
        &self,
        filing: String,
        amount: String,
        given: String,
    ) -> Result<CashChange> {
        let fee = self.fee_of(&filing)?;
        let nothing = |short, unreadable| CashChange {
            change: None,
            notes: Vec::new(),
            rest: None,
            short,
            unreadable,
        };
        let taken = match amount.trim() {
            "" => fee.account().left,
            typed => fees::typed_amount(typed, fee.currency).ok(),
        };
        if given.trim().is_empty() {
            return Ok(nothing(None, false));
        }
        let (Some(taken), Ok(given)) = (taken, fees::typed_amount(&given, fee.currency)) else {
            return Ok(nothing(None, true));
        };
        let change = given - taken;
        if change < 0 {
            return Ok(nothing(Some(views::money(&fee.money(-change))), false));
        }
        let (notes, rest) = match fee.currency {
            Currency::Vnd => till::notes(change),
            _ => (Vec::new(), 0),
        };
        Ok(CashChange {
            change: Some(views::money(&fee.money(change))),
            notes: notes.into_iter().map(note_view).collect(),
            rest: (rest > 0).then(|| views::money(&fee.money(rest))),
            ..nothing(None, false)
        })
    }

    /// Takes money; `seen` is what had been paid when the clerk looked, in minor units.
    pub(crate) fn fee_take(
        &self,
        filing: String,
        way: PayWay,
        amount: String,
        given: String,
        seen: String,
    ) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        let account = fee.account();
        let taken = match (amount.trim(), account.left) {
            ("", Some(left)) => left,
            (typed, _) => fees::typed_amount(typed, fee.currency)?,
        };
        let given = match (way, given.trim()) {
            (PayWay::Cash, typed) if !typed.is_empty() => {
                Some(fees::typed_amount(typed, fee.currency)?)
            }
            _ => None,
        };
        // What was paid meanwhile explains itself better than "more than is left".
        fee.as_seen(&seen)?;
        till::take(&account, taken, way_of(way), given).map_err(|why| refused(why, &fee))?;
        let line = FeeTaken {
            payment: Uuid::now_v7(),
            filing: fee.filing,
            way: way_of(way).as_str().to_string(),
            amount: taken.to_string(),
            currency: fee.currency.as_str().to_string(),
            given: given
                .filter(|given| *given != taken)
                .map(|given| given.to_string()),
            clerk_name: fee.at.session.name.clone(),
            till: None,
        };
        self.money_act(fee, move |tx| {
            let till = in_till(tx, way_of(way), &line.currency)?;
            Ok(FeeTaken { till, ..line }.into())
        })
    }

    pub(crate) fn fee_confirm(&self, filing: String, payment: String) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        let row = fee.payment(&payment)?;
        till::confirm(&row.payment).map_err(|why| refused(why, &fee))?;
        let line = FeeTransferConfirmed {
            payment: row.id,
            filing: fee.filing,
        };
        self.money_act(fee, move |_| Ok(line.into()))
    }

    pub(crate) fn fee_void(
        &self,
        filing: String,
        payment: String,
        reason: String,
    ) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        let (row, reason) = (fee.payment(&payment)?, clean(&reason)?);
        till::void(&row.payment, &reason).map_err(|why| refused(why, &fee))?;
        let line = FeeVoided {
            payment: row.id,
            filing: fee.filing,
            reason,
        };
        self.money_act(fee, move |_| Ok(line.into()))
    }

    pub(crate) fn fee_refund(
        &self,
        filing: String,
        payment: String,
        amount: String,
        way: PayWay,
        reason: String,
        seen: String,
    ) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        fee.as_seen(&seen)?;
        let (row, reason) = (fee.payment(&payment)?, clean(&reason)?);
        let amount = match amount.trim() {
            "" => row.payment.kept(),
            typed => fees::typed_amount(typed, fee.currency)?,
        };
        till::refund(&row.payment, amount, &reason).map_err(|why| refused(why, &fee))?;
        let line = FeeRefunded {
            refund: Uuid::now_v7(),
            payment: row.id,
            filing: fee.filing,
            amount: amount.to_string(),
            currency: fee.currency.as_str().to_string(),
            way: way_of(way).as_str().to_string(),
            reason,
            clerk_name: fee.at.session.name.clone(),
            till: None,
        };
        self.money_act(fee, move |tx| {
            let till = in_till(tx, way_of(way), &line.currency)?;
            Ok(FeeRefunded { till, ..line }.into())
        })
    }

    /// Notes the number of the official receipt; noted again, the last word counts.
    pub(crate) fn receipt_number_note(
        &self,
        filing: String,
        payment: String,
        receipt: OfficialReceipt,
    ) -> Result<FeeAccount> {
        let fee = self.fee_of(&filing)?;
        let row = fee.payment(&payment)?;
        if row.payment.standing == Standing::Voided {
            return Err(refused(Refusal::Voided, &fee));
        }
        let line = noted(row.id, fee.filing, &receipt, &fee.at)?;
        self.money_act(fee, move |_| Ok(line.into()))
    }

    /// Writes one line about a filing's money, unless something happened to it since it was looked at.
    fn money_act(
        &self,
        fee: Fee,
        line: impl FnOnce(&ActTx<'_>) -> Result<Body, StoreError> + Send + 'static,
    ) -> Result<FeeAccount> {
        let (filing, rows) = (fee.filing, fee.rows.clone());
        let op = Op::act(fee.at.context.clone(), move |tx| {
            // Asked where nothing can come between: two counters, or two keys, take one fee once.
            match tx.payments_of(filing)? == rows {
                true => Ok((Lines::one(line(tx)?), ())),
                false => Err(StoreError::Refused(MOVED.into())),
            }
        });
        fee.at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == MOVED => DeskError::new(ErrorCode::FeeMoved),
            other => other.into(),
        })?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.fee_get(filing.to_string())
    }

    fn fee_view(&self, fee: &Fee) -> Result<FeeAccount> {
        let account = fee.account();
        let money = |minor: i64| views::money(&fee.money(minor));
        let bank = fee.at.store.read(|reader| reader.payment_account())?;
        Ok(FeeAccount {
            filing: fee.filing.to_string(),
            standing: match account.state() {
                till::AccountState::Free => FeeStanding::Free,
                till::AccountState::Unknown => FeeStanding::Unknown,
                till::AccountState::Unpaid => FeeStanding::Unpaid,
                till::AccountState::Part => FeeStanding::Part,
                till::AccountState::Unconfirmed => FeeStanding::Unconfirmed,
                till::AccountState::Paid => FeeStanding::Paid,
            },
            due: account.due.map(money),
            paid: money(account.paid),
            unconfirmed: (account.unconfirmed > 0).then(|| money(account.unconfirmed)),
            left: account.left.map(money),
            payments: fee.rows.iter().map(payment_view).collect(),
            can_transfer: bank.is_some() && fee.currency == Currency::Vnd,
            can_take: account.left != Some(0),
        })
    }
}

/// What is to be paid by the line that received it, and in what.
fn due(fee: &FeeRecord) -> (Option<Money>, Currency) {
    let currency = Currency::parse(&fee.currency).unwrap_or(Currency::Vnd);
    let minor = fee.amount.as_ref().and_then(|minor| minor.parse().ok());
    (minor.map(|minor| Money { minor, currency }), currency)
}

/// The open till, where it is cash of its money that comes or goes.
fn in_till(tx: &ActTx<'_>, way: Way, currency: &str) -> Result<Option<Uuid>, StoreError> {
    let open = match way {
        Way::Cash => tx.open_till()?,
        Way::Transfer => None,
    };
    let fits = open.filter(|till| till.currency.as_str() == currency);
    Ok(fits.map(|till| till.id))
}

fn way_of(way: PayWay) -> Way {
    match way {
        PayWay::Cash => Way::Cash,
        PayWay::Transfer => Way::Transfer,
    }
}

/// The words of a refusal say what to do instead.
fn refused(why: Refusal, fee: &Fee) -> DeskError {
    let sum = |minor: i64| fee.money(minor).format_vi();
    match why {
        Refusal::Amount => DeskError::new(ErrorCode::AmountWrong),
        Refusal::NothingLeft => DeskError::new(ErrorCode::FeePaid),
        Refusal::MoreThanLeft { left } => {
            DeskError::new(ErrorCode::MoreThanLeft).with("left", sum(left))
        }
        Refusal::TooLittleGiven { short } => {
            DeskError::new(ErrorCode::TooLittleGiven).with("short", sum(short))
        }
        Refusal::NotWaiting => DeskError::new(ErrorCode::FeeMoved),
        Refusal::Voided => DeskError::new(ErrorCode::FeeMoved),
        Refusal::HandedIn => DeskError::new(ErrorCode::CashHandedIn),
        Refusal::RefundedBefore => DeskError::new(ErrorCode::RefundedBefore),
        Refusal::NotSeen => DeskError::new(ErrorCode::TransferNotSeen),
        Refusal::MoreThanPaid { most } => {
            DeskError::new(ErrorCode::MoreThanPaid).with("most", sum(most))
        }
        Refusal::Reason => DeskError::new(ErrorCode::ReasonRequired),
    }
}

/// A number that was typed, as it stands on the wire.
fn noted(
    payment: Uuid,
    filing: Uuid,
    receipt: &OfficialReceipt,
    at: &At,
) -> Result<OfficialReceiptNoted> {
    let wrong = |part: &str| DeskError::new(ErrorCode::ReceiptNumberWrong).with("part", part);
    let symbol = receipt.symbol.trim().to_uppercase();
    let symbol = till::receipt_symbol(&symbol).ok_or_else(|| wrong("symbol"))?;
    let number = till::receipt_number(&receipt.number).ok_or_else(|| wrong("number"))?;
    let today = at.now.date();
    let day = match receipt.day.trim() {
        "" => today,
        typed => typed_day(typed)
            .filter(|day| *day <= today)
            .ok_or_else(|| wrong("day"))?,
    };
    Ok(OfficialReceiptNoted {
        payment,
        filing,
        kind: match receipt.kind {
            OfficialReceiptKind::Electronic => ReceiptKind::Electronic,
            OfficialReceiptKind::Book => ReceiptKind::Book,
        }
        .as_str()
        .to_string(),
        symbol: symbol.to_string(),
        number: number.to_string(),
        day: day.to_string(),
    })
}

/// `23/11/2026`, or as the wire has it.
fn typed_day(typed: &str) -> Option<Date> {
    match Birth::read(typed) {
        Some(Birth::Day(day)) => Some(day),
        _ => typed.parse().ok(),
    }
}
