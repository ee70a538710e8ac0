//! Tables `till` and `till_count`: the cash of a counter from its float to its hand-in. Changed only by lines. What must
//! lie in a till follows from `payment` and `refund`. Not here: single payments (`money`).

use super::{apply::Said, id};
use crate::error::{Result, StoreError};
use onedoor_domain::money::Currency;
use onedoor_projection::till::{Counted, TillAct, TillState};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// A till of this counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TillRow {
    /// The till.
    pub id: Uuid,
    /// In what.
    pub currency: Currency,
    /// What lay in it first, minor units.
    pub float: i64,
    /// Cash that was taken.
    pub taken: i64,
    /// Cash that went back.
    pub refunded: i64,
    /// Who answers for it; of a till that was handed in, who took it.
    pub holder: String,
    /// When it was opened, by the office's wall clock.
    pub opened: String,
    /// When it was handed in; none while it is open.
    pub closed: Option<String>,
    /// Each time somebody counted it, oldest first.
    pub counts: Vec<CountRow>,
}

/// What somebody counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// It went to the accountant; otherwise to a colleague.
    pub handed_in: bool,
    /// What lay there, minor units.
    pub counted: i64,
    /// What had to.
    pub expected: i64,
    /// Why the two differ, or empty.
    pub reason: String,
    /// Who answered for it until then.
    pub giver: String,
    /// Who took it.
    pub taker: String,
    /// When, by the office's wall clock.
    pub wall: String,
}

impl TillRow {
    /// What must lie there now.
    pub fn expected(&self) -> i64 {
        self.float + self.taken - self.refunded
    }
}

/// What came and went at this counter on a day, minor units of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayMoney {
    /// Cash that was taken.
    pub cash: i64,
    /// Transfers that were seen.
    pub transfers: i64,
    /// Transfers that nobody has seen yet.
    pub waiting: i64,
    /// Cash that went back.
    pub cash_back: i64,
    /// What went back by transfer.
    pub transfers_back: i64,
    /// How many payments there were.
    pub payments: u32,
}

const VOIDED: &str = "exists (select 1 from payment_mark as gone where gone.payment = payment.id and gone.standing = 'voided')";

/// The till of this counter that is open.
pub fn open(connection: &Connection) -> Result<Option<TillRow>> {
    let rows = select(connection, "till.ws is null and closed is null", 1)?;
    Ok(rows.into_iter().next())
}

/// The last tills of this counter, the newest first.
pub fn last(connection: &Connection, limit: u32) -> Result<Vec<TillRow>> {
    select(connection, "till.ws is null", limit)
}

fn select(connection: &Connection, clause: &str, limit: u32) -> Result<Vec<TillRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select id, currency, float, holder, opened, closed,
           (select coalesce(sum(amount), 0) from payment
             where payment.till = till.id and payment.currency = till.currency and not {VOIDED}),
           (select coalesce(sum(amount), 0) from refund where refund.till = till.id and refund.currency = till.currency)
           from till where {clause} order by hlc desc, id desc limit ?1"
    ))?;
    let rows = statement.query_map([limit], read)?;
    rows.map(|row| {
        let (bytes, currency, till) = row?;
        let id = id(bytes)?;
        let damaged = || StoreError::Damaged("a till".into());
        Ok(TillRow {
            id,
            currency: Currency::parse(&currency).ok_or_else(damaged)?,
            counts: counts(connection, id)?,
            ..till
        })
    })
    .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Vec<u8>, String, TillRow)> {
    let till = TillRow {
        id: Uuid::nil(),
        currency: Currency::Vnd,
        float: row.get(2)?,
        taken: row.get(6)?,
        refunded: row.get(7)?,
        holder: row.get(3)?,
        opened: row.get(4)?,
        closed: row.get(5)?,
        counts: Vec::new(),
    };
    Ok((row.get(0)?, row.get(1)?, till))
}

fn counts(connection: &Connection, till: Uuid) -> Result<Vec<CountRow>> {
    let mut statement = connection.prepare_cached(
        "select act = 'handed_in', counted, expected, reason, giver, taker, wall from till_count
          where till = ?1 order by hlc",
    )?;
    let rows = statement.query_map([till.into_bytes()], |row| {
        Ok(CountRow {
            handed_in: row.get(0)?,
            counted: row.get(1)?,
            expected: row.get(2)?,
            reason: row.get(3)?,
            giver: row.get(4)?,
            taker: row.get(5)?,
            wall: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came and went at this counter on a day.
pub fn day(connection: &Connection, day: &str, currency: Currency) -> Result<DayMoney> {
    let seen = "(way = 'cash' or exists (select 1 from payment_mark as seen
                  where seen.payment = payment.id and seen.standing = 'taken'))";
    let sql = format!(
        "select coalesce(sum(case when way = 'cash' then amount end), 0),
           coalesce(sum(case when way = 'transfer' and {seen} then amount end), 0),
           coalesce(sum(case when not {seen} then amount end), 0), count(*)
           from payment where day = ?1 and currency = ?2 and ws is null and not {VOIDED}"
    );
    let came = connection
        .prepare_cached(&sql)?
        .query_row((day, currency.as_str()), |row| {
            Ok(DayMoney {
                cash: row.get(0)?,
                transfers: row.get(1)?,
                waiting: row.get(2)?,
                payments: row.get(3)?,
                ..DayMoney::default()
            })
        })?;
    let went = connection
        .prepare_cached(
            "select coalesce(sum(case when way = 'cash' then amount end), 0),
               coalesce(sum(case when way = 'transfer' then amount end), 0)
               from refund where day = ?1 and currency = ?2 and ws is null",
        )?
        .query_row((day, currency.as_str()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (cash_back, transfers_back) = went.unwrap_or_default();
    Ok(DayMoney {
        cash_back,
        transfers_back,
        ..came
    })
}

pub(crate) fn change(connection: &Connection, state: &TillState, said: Said) -> Result<()> {
    match &state.act {
        TillAct::Opened { float, currency } => opened(connection, state, (*float, *currency), said),
        TillAct::HandedOver(count) => {
            counted(connection, state, count, "handed_over", said)?;
            connection
                .prepare_cached("update till set holder = ?2 where id = ?1 and closed is null")?
                .execute((state.id.into_bytes(), &state.holder))?;
            Ok(())
        }
        TillAct::HandedIn(count) => {
            counted(connection, state, count, "handed_in", said)?;
            connection
                .prepare_cached("update till set holder = ?2, closed = ?3 where id = ?1")?
                .execute((state.id.into_bytes(), &state.holder, &said.stamp.wall))?;
            Ok(())
        }
    }
}

fn opened(
    connection: &Connection,
    state: &TillState,
    (float, currency): (i64, Currency),
    said: Said,
) -> Result<()> {
    let (id, stamp) = (state.id.into_bytes(), said.stamp);
    let new = connection
        .prepare_cached(
            "insert into till (id, currency, float, holder, opened, day, ws, hlc)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict do nothing",
        )?
        .execute(params![
            id,
            currency.as_str(),
            float,
            state.holder,
            stamp.wall,
            stamp.day,
            said.ws(),
            said.hlc(),
        ])?;
    if new == 0 {
        return Ok(());
    }
    // What was taken in cash while no till was open lies in this one.
    for table in ["payment", "refund"] {
        connection
            .prepare_cached(&format!(
                "update {table} set till = ?1 where till is null and way = 'cash' and currency = ?2 and ws is ?3 and hlc < ?4"
            ))?
            .execute((id, currency.as_str(), said.ws(), said.hlc()))?;
    }
    Ok(())
}

fn counted(
    connection: &Connection,
    state: &TillState,
    count: &Counted,
    act: &str,
    said: Said,
) -> Result<()> {
    connection
        .prepare_cached(
            "insert into till_count (till, hlc, act, counted, expected, reason, giver, taker, wall)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict do nothing",
        )?
        .execute(params![
            state.id.into_bytes(),
            said.hlc(),
            act,
            count.counted,
            count.expected,
            count.reason,
            count.from,
            state.holder,
            said.stamp.wall,
        ])?;
    Ok(())
}
