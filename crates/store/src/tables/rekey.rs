//! Another system's code of a filing, and table `rekey_tick`: which of its fields a clerk has copied there by hand.
//! Ticks belong to this PC. Not here: which fields there are, and in which order (desk).

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many filings one typed code may find.
const MOST: u32 = 5;

/// The official code that another system gave a filing.
pub fn official(connection: &Connection, filing: Uuid) -> Result<Option<String>> {
    let row: Option<Option<String>> = connection
        .prepare_cached("select official from filing where id = ?1")?
        .query_row([filing.into_bytes()], |row| row.get(0))
        .optional()?;
    Ok(row.flatten())
}

/// Filings whose official code begins so, written as codes are written.
pub fn by_official(connection: &Connection, begin: &str) -> Result<Vec<Uuid>> {
    let mut statement = connection.prepare_cached(
        "select id from filing where official is not null and official >= ?1 and official < ?1 || '~'
         order by official limit ?2",
    )?;
    let rows = statement.query_map((begin, MOST), |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| id(row?)).collect()
}

/// The filing that has exactly this code, be it its own, a provisional one, or another system's.
pub fn holder(connection: &Connection, code: &str) -> Result<Option<Uuid>> {
    let row: Option<Vec<u8>> = connection
        .prepare_cached(
            "select id from filing where official = ?1 or code = ?1 or provisional = ?1 limit 1",
        )?
        .query_row([code], |row| row.get(0))
        .optional()?;
    row.map(id).transpose()
}

/// The fields of a filing that are ticked.
pub fn ticks(connection: &Connection, filing: Uuid) -> Result<BTreeSet<String>> {
    let mut statement =
        connection.prepare_cached("select field from rekey_tick where filing = ?1")?;
    let rows = statement.query_map([filing.into_bytes()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn tick(connection: &Connection, filing: Uuid, field: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into rekey_tick (filing, field) values (?1, ?2) on conflict do nothing",
        )?
        .execute((filing.into_bytes(), field))?;
    Ok(())
}

pub(crate) fn untick(connection: &Connection, filing: Uuid, field: &str) -> Result<()> {
    connection
        .prepare_cached("delete from rekey_tick where filing = ?1 and field = ?2")?
        .execute((filing.into_bytes(), field))?;
    Ok(())
}
