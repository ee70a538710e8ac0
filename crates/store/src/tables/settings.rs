//! Tables `setting` and `procedure_use`: what this PC remembers for itself.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};

/// A setting.
pub fn get(connection: &Connection, name: &str) -> Result<Option<String>> {
    let row = connection
        .prepare_cached("select value from setting where name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(row)
}

pub(crate) fn put(connection: &Connection, name: &str, value: &str) -> Result<()> {
    connection
        .prepare_cached("insert into setting (name, value) values (?1, ?2) on conflict (name) do update set value = ?2")?
        .execute((name, value))?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, name: &str) -> Result<()> {
    connection
        .prepare_cached("delete from setting where name = ?1")?
        .execute([name])?;
    Ok(())
}

/// Codes of the procedures received last on this PC, newest first.
pub fn last_procedures(connection: &Connection, limit: u32) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("select code from procedure_use order by used desc limit ?1")?;
    let rows = statement.query_map([limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn use_procedure(connection: &Connection, code: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into procedure_use (code, used) values (?1, (select coalesce(max(used), 0) + 1 from procedure_use))
             on conflict (code) do update set used = (select coalesce(max(used), 0) + 1 from procedure_use)",
        )?
        .execute([code])?;
    Ok(())
}
