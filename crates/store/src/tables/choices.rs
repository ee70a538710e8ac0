//! Table `procedure_choice`: what this office offers out of the whole catalogue, what it pins, and its own short names.
//! A procedure without a row follows the catalogue's own list. Not here: that list, and who may change it (desk).

use crate::error::Result;
use rusqlite::Connection;

/// What the office said about one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceRow {
    /// The procedure's code.
    pub code: String,
    /// It is offered at this counter.
    pub offered: bool,
    /// Its place among the pins, from 1; 0 = not pinned.
    pub pinned: u32,
    /// The office's own short name, or empty.
    pub nickname: String,
}

/// Everything that was said, pins in their order first.
pub fn all(connection: &Connection) -> Result<Vec<ChoiceRow>> {
    let mut statement = connection.prepare_cached(
        "select code, offered, pinned, nickname from procedure_choice order by pinned = 0, pinned, code",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ChoiceRow {
            code: row.get(0)?,
            offered: row.get(1)?,
            pinned: row.get(2)?,
            nickname: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes a procedure into the office's list, or off it with its pin.
pub(crate) fn offer(connection: &Connection, code: &str, offered: bool) -> Result<()> {
    connection
        .prepare_cached(
            "insert into procedure_choice (code, offered) values (?1, ?2)
             on conflict (code) do update set offered = ?2, pinned = iif(?2, pinned, 0)",
        )?
        .execute((code, offered))?;
    Ok(())
}

/// Pins a procedure behind the pins that there are; what is pinned is offered.
pub(crate) fn pin(connection: &Connection, code: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into procedure_choice (code, offered, pinned)
             values (?1, 1, (select coalesce(max(pinned), 0) + 1 from procedure_choice))
             on conflict (code) do update set offered = 1, pinned = iif(pinned > 0, pinned, excluded.pinned)",
        )?
        .execute([code])?;
    Ok(())
}

/// Takes a pin away; the procedure stays offered.
pub(crate) fn unpin(connection: &Connection, code: &str) -> Result<()> {
    connection
        .prepare_cached("update procedure_choice set pinned = 0 where code = ?1")?
        .execute([code])?;
    Ok(())
}

/// Gives a procedure a short name of this office, empty for none. What stands in `offered` holds for a procedure about
/// which nothing was said yet.
pub(crate) fn name(
    connection: &Connection,
    code: &str,
    nickname: &str,
    offered: bool,
) -> Result<()> {
    connection
        .prepare_cached(
            "insert into procedure_choice (code, offered, nickname) values (?1, ?3, ?2)
             on conflict (code) do update set nickname = ?2",
        )?
        .execute((code, nickname, offered))?;
    Ok(())
}
