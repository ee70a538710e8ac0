//! Table `staff`: names and roles. Passwords are nowhere: they only open key slots.

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// Who.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// `clerk`, `supervisor`, `admin`.
    pub role: String,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Vec<u8>, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Everybody, by name.
pub fn all(connection: &Connection) -> Result<Vec<StaffRow>> {
    let mut statement =
        connection.prepare_cached("select id, name, role from staff order by name")?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| {
        let (bytes, name, role) = row?;
        Ok(StaffRow {
            id: id(bytes)?,
            name,
            role,
        })
    })
    .collect()
}

/// One of them.
pub fn get(connection: &Connection, clerk: Uuid) -> Result<Option<StaffRow>> {
    let row = connection
        .prepare_cached("select id, name, role from staff where id = ?1")?
        .query_row([clerk.into_bytes()], read)
        .optional()?;
    row.map(|(bytes, name, role)| {
        Ok(StaffRow {
            id: id(bytes)?,
            name,
            role,
        })
    })
    .transpose()
}
