//! Table `staff`: names and roles, and what the centre says of them. Passwords are nowhere: they only open key slots, and
//! who may open one on this machine is the desk's business.

use super::id;
use crate::error::Result;
use onedoor_protocol::facts::StaffFact;
use rusqlite::{Connection, OptionalExtension, Row};
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
    /// The hybrid clock of the centre's last word on this one; 0 while it has said nothing.
    pub told: u64,
    /// The day since which this one works here no more.
    pub left_on: Option<String>,
}

const COLUMNS: &str = "select id, name, role, told, left_on from staff";

type Raw = (StaffRow, Vec<u8>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let staff = StaffRow {
        id: Uuid::nil(),
        name: row.get(1)?,
        role: row.get(2)?,
        told: row.get::<_, i64>(3)?.cast_unsigned(),
        left_on: row.get(4)?,
    };
    Ok((staff, row.get(0)?))
}

fn whole((staff, bytes): Raw) -> Result<StaffRow> {
    Ok(StaffRow {
        id: id(bytes)?,
        ..staff
    })
}

/// Everybody, by name, also who has left.
pub fn all(connection: &Connection) -> Result<Vec<StaffRow>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} order by name"))?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| whole(row?)).collect()
}

/// One of them.
pub fn get(connection: &Connection, clerk: Uuid) -> Result<Option<StaffRow>> {
    let row = connection
        .prepare_cached(&format!("{COLUMNS} where id = ?1"))?
        .query_row([clerk.into_bytes()], read)
        .optional()?;
    row.map(whole).transpose()
}

/// What a counter's line says; of whom the centre has spoken, it changes nothing.
pub(crate) fn say(connection: &Connection, clerk: Uuid, name: &str, role: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into staff (id, name, role) values (?1, ?2, ?3)
             on conflict (id) do update set name = ?2, role = ?3 where told = 0",
        )?
        .execute((clerk.into_bytes(), name, role))?;
    Ok(())
}

/// What the centre says; an older word than the last one changes nothing.
pub(crate) fn tell(connection: &Connection, fact: &StaffFact, left_on: Option<&str>) -> Result<()> {
    connection
        .prepare_cached(
            "insert into staff (id, name, role, told, left_on) values (?1, ?2, ?3, ?4, ?5)
             on conflict (id) do update set name = ?2, role = ?3, told = ?4, left_on = ?5 where told <= ?4",
        )?
        .execute((
            fact.clerk.into_bytes(),
            &fact.name,
            &fact.role,
            fact.hlc.cast_signed(),
            left_on,
        ))?;
    Ok(())
}
