//! Table `slip`: forms 02 to 05 that were given out. Not here: their PDFs, which stand in `form` as a filing's do.

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// A slip as lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipRow {
    /// The slip.
    pub id: Uuid,
    /// The received filing that it is about.
    pub filing: Option<Uuid>,
    /// `02` to `05`.
    pub form: String,
    /// The form's own Số.
    pub form_number: u32,
    /// Procedure code.
    pub procedure: String,
    /// Vietnamese title.
    pub title: String,
    /// Name of the applicant.
    pub applicant: String,
    /// Local time.
    pub issued: String,
}

const COLUMNS: &str = "id, form, form_number, procedure, title, applicant, issued, filing";

type Raw = (Vec<u8>, Option<Vec<u8>>, SlipRow);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let slip = SlipRow {
        id: Uuid::nil(),
        filing: None,
        form: row.get(1)?,
        form_number: row.get(2)?,
        procedure: row.get(3)?,
        title: row.get(4)?,
        applicant: row.get(5)?,
        issued: row.get(6)?,
    };
    Ok((row.get(0)?, row.get(7)?, slip))
}

fn slip(raw: Raw) -> Result<SlipRow> {
    let (bytes, filing, row) = raw;
    Ok(SlipRow {
        id: id(bytes)?,
        filing: filing.map(id).transpose()?,
        ..row
    })
}

/// One slip.
pub fn get(connection: &Connection, slip_id: Uuid) -> Result<Option<SlipRow>> {
    let row = connection
        .prepare_cached(&format!("select {COLUMNS} from slip where id = ?1"))?
        .query_row([slip_id.into_bytes()], read)
        .optional()?;
    row.map(slip).transpose()
}

/// The last slips, newest first.
pub fn list(connection: &Connection, limit: u32) -> Result<Vec<SlipRow>> {
    let sql = format!("select {COLUMNS} from slip order by issued desc, seq desc limit ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([limit], read)?;
    rows.map(|row| slip(row?)).collect()
}

/// The slips of a filing, oldest first.
pub fn of(connection: &Connection, filing: Uuid) -> Result<Vec<SlipRow>> {
    let sql = format!("select {COLUMNS} from slip where filing = ?1 order by issued, seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([filing.into_bytes()], read)?;
    rows.map(|row| slip(row?)).collect()
}

/// Slips of this counter without their stored PDF, oldest first: what a start has to render again.
pub fn without_form(connection: &Connection, limit: u32) -> Result<Vec<Uuid>> {
    let mut statement = connection.prepare_cached(
        "select id from slip
         where ws is null and not exists (select 1 from form where form.filing = slip.id and form.form = slip.form)
         order by issued, seq limit ?1",
    )?;
    let rows = statement.query_map([limit], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| id(row?)).collect()
}
