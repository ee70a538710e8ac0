//! Table `pad`: sheets of form 01 printed ahead, each with a number that nothing else gets: changed only by lines
//! (`apply`). Beside them papers of lost PCs with provisional numbers, which are this PC's own business until one is typed
//! in. Not here: drawing them.

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadRow {
    /// The dossier code printed on it, or a provisional one.
    pub code: String,
    /// The form's own Số.
    pub form_number: u32,
    /// The day of its number; empty where a provisional one does not say.
    pub day: String,
    /// `blank`, `used`, `voided`.
    pub state: String,
    /// Why it was voided.
    pub reason: String,
    /// The filing that used it.
    pub filing: Option<Uuid>,
}

const COLUMNS: &str = "code, form_number, day, state, reason, filing";

type Raw = (PadRow, Option<Vec<u8>>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let pad = PadRow {
        code: row.get(0)?,
        form_number: row.get(1)?,
        day: row.get(2)?,
        state: row.get(3)?,
        reason: row.get(4)?,
        filing: None,
    };
    Ok((pad, row.get(5)?))
}

fn pad((pad, filing): Raw) -> Result<PadRow> {
    Ok(PadRow {
        filing: filing.map(id).transpose()?,
        ..pad
    })
}

/// Sheets: the blank ones first, then the newest days, in the order of their numbers.
pub fn list(connection: &Connection, limit: u32) -> Result<Vec<PadRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {COLUMNS} from pad order by state <> 'blank', day desc, code limit ?1"
    ))?;
    let rows = statement.query_map([limit], read)?;
    rows.map(|row| pad(row?)).collect()
}

/// One sheet by its code.
pub fn get(connection: &Connection, code: &str) -> Result<Option<PadRow>> {
    let row = connection
        .prepare_cached(&format!("select {COLUMNS} from pad where code = ?1"))?
        .query_row([code], read)
        .optional()?;
    row.map(pad).transpose()
}

pub(crate) fn put(connection: &Connection, code: &str, form_number: u32, day: &str) -> Result<()> {
    connection
        .prepare_cached(
            "insert into pad (code, form_number, day, state) values (?1, ?2, ?3, 'blank')
             on conflict (code) do update set form_number = ?2, day = ?3 where state = 'blank'",
        )?
        .execute((code, form_number, day))?;
    Ok(())
}

pub(crate) fn remove_blank(connection: &Connection, code: &str) -> Result<()> {
    connection
        .prepare_cached("delete from pad where code = ?1 and state = 'blank'")?
        .execute([code])?;
    Ok(())
}
