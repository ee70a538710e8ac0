//! Table `voided`, and which numbers of a range stand on papers. Changed only by lines (`apply`). Not here: which range.

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// A number that will never stand on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidedRow {
    /// The dossier code.
    pub code: String,
    /// Business day of the act.
    pub day: String,
    /// Why.
    pub reason: String,
    /// When, by the office's wall clock.
    pub wall: String,
    /// Who.
    pub clerk: Option<Uuid>,
}

type Raw = (VoidedRow, Option<Vec<u8>>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let voided = VoidedRow {
        code: row.get(0)?,
        day: row.get(1)?,
        reason: row.get(2)?,
        wall: row.get(3)?,
        clerk: None,
    };
    Ok((voided, row.get(4)?))
}

/// The numbers that were voided on a business day, in the order of their codes.
pub fn on_day(connection: &Connection, day: &str) -> Result<Vec<VoidedRow>> {
    let mut statement = connection.prepare_cached(
        "select code, day, reason, wall, clerk from voided where day = ?1 order by code",
    )?;
    let rows = statement.query_map([day], read)?;
    rows.map(|row| {
        let (voided, clerk) = row?;
        Ok(VoidedRow {
            clerk: clerk.map(id).transpose()?,
            ..voided
        })
    })
    .collect()
}

/// Whether a number was voided.
pub fn is_voided(connection: &Connection, code: &str) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached("select 1 from voided where code = ?1")?
        .query_row([code], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// Codes from `first` to `last`, as text, that a filing, a voided number or a sheet of a pad accounts for; and of these
/// the ones that stand on a filing.
pub fn accounted(connection: &Connection, first: &str, last: &str) -> Result<Vec<(String, bool)>> {
    let mut statement = connection.prepare_cached(
        "select code, 1 from filing where code between ?1 and ?2
         union all select official, 1 from filing where official between ?1 and ?2
         union all select code, 0 from voided where code between ?1 and ?2
         union all select code, 0 from pad where code between ?1 and ?2",
    )?;
    let rows = statement.query_map((first, last), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
