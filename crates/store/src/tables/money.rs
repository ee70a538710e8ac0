//! Tables `payment`, `payment_mark`, `refund`, `official_receipt` and `payment_account`: what was taken of a filing's
//! fee, and what is known of it since. Changed only by lines. Not here: what an account comes to (domain).

use super::{apply::Said, id};
use crate::error::{Result, StoreError};
use onedoor_domain::{
    money::{Currency, Money},
    till::{Payment, ReceiptKind, Standing, Way},
    vietqr::BankAccount,
};
use onedoor_projection::money::{MoneyChange, PaymentState, ReceiptState, RefundState};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// A payment with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// The payment.
    pub id: Uuid,
    /// Whose fee.
    pub filing: Uuid,
    /// What it comes to now.
    pub payment: Payment,
    /// The cash that was given, minor units.
    pub given: Option<i64>,
    /// Who took it.
    pub clerk_name: String,
    /// The till that it lies in.
    pub till: Option<Uuid>,
    /// When, by the office's wall clock.
    pub wall: String,
    /// The counter that took it: its name, empty while it is not known; none = this one.
    pub counter: Option<String>,
    /// Why it was struck out, or empty.
    pub reason: String,
    /// What went back, oldest first.
    pub refunds: Vec<RefundRow>,
    /// Its official receipt.
    pub receipt: Option<ReceiptRow>,
}

/// Something that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// Minor units.
    pub amount: i64,
    /// How.
    pub way: Way,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub clerk_name: String,
    /// When, by the office's wall clock.
    pub wall: String,
}

/// The number of an official receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Whose number it has.
    pub kind: ReceiptKind,
    /// Its symbol.
    pub symbol: String,
    /// Its number as printed.
    pub number: String,
    /// Its day.
    pub day: String,
}

/// The payments of a filing, oldest first.
pub fn of_filing(connection: &Connection, filing: Uuid) -> Result<Vec<PaymentRow>> {
    let mut statement = connection.prepare_cached(
        "select payment.id, way, amount, currency, given, clerk_name, till, payment.wall, payment.ws is not null,
           (select name from counter where counter.ws = payment.ws),
           exists (select 1 from payment_mark as seen where seen.payment = payment.id and seen.standing = 'taken'),
           (select reason from payment_mark as gone where gone.payment = payment.id and gone.standing = 'voided'),
           (select coalesce(sum(amount), 0) from refund where refund.payment = payment.id),
           exists (select 1 from till_count as counted where counted.till = payment.till and counted.hlc > payment.hlc)
           from payment where filing = ?1 order by payment.hlc, payment.id",
    )?;
    let rows = statement.query_map([filing.into_bytes()], |row| read(row, filing))?;
    rows.map(|row| whole(connection, row?)).collect()
}

type Raw = (Vec<u8>, Option<Vec<u8>>, [String; 2], PaymentRow);

fn read(row: &Row<'_>, filing: Uuid) -> rusqlite::Result<Raw> {
    let (way, currency): (String, String) = (row.get(1)?, row.get(3)?);
    let seen: bool = row.get(10)?;
    let voided: Option<String> = row.get(11)?;
    let elsewhere: bool = row.get(8)?;
    let name: Option<String> = row.get(9)?;
    let cash = way == Way::Cash.as_str();
    let payment = Payment {
        amount: Money::vnd(row.get(2)?),
        way: Way::Cash,
        standing: match (&voided, seen || cash) {
            (Some(_), _) => Standing::Voided,
            (None, true) => Standing::Taken,
            (None, false) => Standing::Unconfirmed,
        },
        refunded: row.get(12)?,
        handed_in: row.get(13)?,
    };
    let found = PaymentRow {
        id: Uuid::nil(),
        filing,
        payment,
        given: row.get(4)?,
        clerk_name: row.get(5)?,
        till: None,
        wall: row.get(7)?,
        counter: elsewhere.then(|| name.unwrap_or_default()),
        reason: voided.unwrap_or_default(),
        refunds: Vec::new(),
        receipt: None,
    };
    Ok((row.get(0)?, row.get(6)?, [way, currency], found))
}

fn whole(connection: &Connection, (bytes, till, [way, currency], row): Raw) -> Result<PaymentRow> {
    let id = id(bytes)?;
    Ok(PaymentRow {
        id,
        till: till.map(super::id).transpose()?,
        payment: Payment {
            way: known(Way::parse(&way))?,
            amount: Money {
                minor: row.payment.amount.minor,
                currency: known(Currency::parse(&currency))?,
            },
            ..row.payment
        },
        refunds: refunds(connection, id)?,
        receipt: receipt(connection, id)?,
        ..row
    })
}

fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| StoreError::Damaged("a payment".into()))
}

fn refunds(connection: &Connection, payment: Uuid) -> Result<Vec<RefundRow>> {
    let mut statement = connection.prepare_cached(
        "select amount, way, reason, clerk_name, wall from refund where payment = ?1 order by hlc, id",
    )?;
    let rows = statement.query_map([payment.into_bytes()], |row| {
        let refund = RefundRow {
            amount: row.get(0)?,
            way: Way::Cash,
            reason: row.get(2)?,
            clerk_name: row.get(3)?,
            wall: row.get(4)?,
        };
        Ok((row.get::<_, String>(1)?, refund))
    })?;
    rows.map(|row| {
        let (way, refund) = row?;
        Ok(RefundRow {
            way: known(Way::parse(&way))?,
            ..refund
        })
    })
    .collect()
}

fn receipt(connection: &Connection, payment: Uuid) -> Result<Option<ReceiptRow>> {
    let row: Option<(String, String, String, String)> = connection
        .prepare_cached(
            "select kind, symbol, number, day from official_receipt where payment = ?1",
        )?
        .query_row([payment.into_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((kind, symbol, number, day)) = row else {
        return Ok(None);
    };
    Ok(Some(ReceiptRow {
        kind: known(ReceiptKind::parse(&kind))?,
        symbol,
        number,
        day,
    }))
}

/// Where fees are transferred to; none until an office has said so.
pub fn account(connection: &Connection) -> Result<Option<BankAccount>> {
    let row: Option<(String, String, String)> = connection
        .prepare_cached(
            "select bank, account, holder from payment_account order by hlc desc limit 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(row.and_then(|(bin, number, holder)| BankAccount::read(&bin, &number, &holder).ok()))
}

pub(crate) fn change(connection: &Connection, change: &MoneyChange, said: Said) -> Result<()> {
    match change {
        MoneyChange::Taken(state) => taken(connection, state, said)?,
        MoneyChange::Marked {
            payment,
            standing,
            reason,
            ..
        } => mark(connection, *payment, *standing, reason, said)?,
        MoneyChange::Refunded(state) => refunded(connection, state, said)?,
        MoneyChange::Receipt(state) => noted(connection, state, said)?,
        MoneyChange::Account(state) => account_set(connection, state.as_ref(), said)?,
    }
    match change.filing() {
        Some(filing) => settle(connection, filing),
        None => Ok(()),
    }
}

/// Whether less of a filing's fee was paid than is due, anew.
pub(crate) fn settle(connection: &Connection, filing: Uuid) -> Result<()> {
    connection
        .prepare_cached(
            "update filing set unpaid = coalesce(fee, 0) > (
               select coalesce(sum(amount - (select coalesce(sum(amount), 0) from refund where refund.payment = payment.id)), 0)
                 from payment
                where payment.filing = filing.id
                  and not exists (select 1 from payment_mark as gone
                                   where gone.payment = payment.id and gone.standing = 'voided'))
             where id = ?1",
        )?
        .execute([filing.into_bytes()])?;
    Ok(())
}

fn taken(connection: &Connection, state: &PaymentState, said: Said) -> Result<()> {
    let stamp = said.stamp;
    connection
        .prepare_cached(
            "insert into payment (id, filing, way, amount, currency, given, clerk_name, till, wall, day, clerk, ws, hlc)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) on conflict do nothing",
        )?
        .execute(params![
            state.id.into_bytes(),
            state.filing.into_bytes(),
            state.way.as_str(),
            state.amount,
            state.currency.as_str(),
            state.given,
            state.clerk_name,
            state.till.map(Uuid::into_bytes),
            stamp.wall,
            stamp.day,
            stamp.clerk.map(Uuid::into_bytes),
            said.ws(),
            said.hlc(),
        ])?;
    Ok(())
}

fn mark(
    connection: &Connection,
    payment: Uuid,
    standing: Standing,
    reason: &str,
    said: Said,
) -> Result<()> {
    let standing = match standing {
        Standing::Voided => "voided",
        Standing::Taken | Standing::Unconfirmed => "taken",
    };
    let stamp = said.stamp;
    connection
        .prepare_cached(
            "insert into payment_mark (payment, standing, reason, wall, clerk, hlc) values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict do nothing",
        )?
        .execute((
            payment.into_bytes(),
            standing,
            reason,
            &stamp.wall,
            stamp.clerk.map(Uuid::into_bytes),
            said.hlc(),
        ))?;
    Ok(())
}

fn refunded(connection: &Connection, state: &RefundState, said: Said) -> Result<()> {
    let stamp = said.stamp;
    connection
        .prepare_cached(
            "insert into refund (id, payment, filing, way, amount, currency, reason, clerk_name, till, wall, day, clerk, ws, hlc)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) on conflict do nothing",
        )?
        .execute(params![
            state.id.into_bytes(),
            state.payment.into_bytes(),
            state.filing.into_bytes(),
            state.way.as_str(),
            state.amount,
            state.currency.as_str(),
            state.reason,
            state.clerk_name,
            state.till.map(Uuid::into_bytes),
            stamp.wall,
            stamp.day,
            stamp.clerk.map(Uuid::into_bytes),
            said.ws(),
            said.hlc(),
        ])?;
    Ok(())
}

fn noted(connection: &Connection, state: &ReceiptState, said: Said) -> Result<()> {
    connection
        .prepare_cached(
            "insert into official_receipt (payment, kind, symbol, number, day, hlc) values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (payment) do update set kind = excluded.kind, symbol = excluded.symbol,
               number = excluded.number, day = excluded.day, hlc = excluded.hlc
             where excluded.hlc > official_receipt.hlc",
        )?
        .execute((
            state.payment.into_bytes(),
            state.kind.as_str(),
            &state.symbol,
            &state.number,
            &state.day,
            said.hlc(),
        ))?;
    Ok(())
}

fn account_set(connection: &Connection, state: Option<&BankAccount>, said: Said) -> Result<()> {
    let part = |of: fn(&BankAccount) -> &str| state.map_or("", of);
    connection
        .prepare_cached(
            "insert into payment_account (hlc, bank, account, holder, wall, clerk, ws) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict do nothing",
        )?
        .execute((
            said.hlc(),
            part(|account| &account.bin),
            part(|account| &account.number),
            part(|account| &account.holder),
            &said.stamp.wall,
            said.stamp.clerk.map(Uuid::into_bytes),
            said.ws(),
        ))?;
    Ok(())
}
