//! Table `look_up`: papers that no database gave at the counter, and what came of looking them up later. How many of a
//! filing still wait stands in `filing.look_up`. Not here: which state of a paper makes it wait (projection).

use super::{filings::OPEN, id};
use crate::error::Result;
use onedoor_projection::{LookUpState, WaitingPaper};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// A paper that waits to be looked up, with the filing that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// The filing.
    pub filing: Uuid,
    /// Its legal number, or the provisional one.
    pub code: String,
    /// Name of the applicant.
    pub applicant: String,
    /// Vietnamese title of the procedure.
    pub title: String,
    /// English title.
    pub title_en: Option<String>,
    /// Local time.
    pub received: String,
    /// Local time.
    pub due: String,
    /// Id of the paper in the filing's checklist.
    pub document: String,
    /// Vietnamese name as printed.
    pub name: String,
    /// Why it could not be looked up.
    pub reason: String,
}

/// A paper that was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledRow {
    /// Id of the paper in the filing's checklist.
    pub document: String,
    /// In the words of `domain::filing::LookUpOutcome`; none while it waits.
    pub outcome: Option<String>,
    /// What the clerk noted.
    pub note: String,
}

/// Papers of open filings that wait, by the day on which their filing is due.
pub fn waiting(connection: &Connection, limit: u32) -> Result<Vec<WaitingRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select filing.id, coalesce(code, provisional, ''), applicant, title, title_en, received, due,
           document, name, reason
           from filing join look_up on look_up.filing = filing.id
          where filing.look_up > 0 and {OPEN} and outcome is null
          order by due, received, filing.id, document limit ?1"
    ))?;
    let rows = statement.query_map([limit], |row| {
        let waiting = WaitingRow {
            filing: Uuid::nil(),
            code: row.get(1)?,
            applicant: row.get(2)?,
            title: row.get(3)?,
            title_en: row.get(4)?,
            received: row.get(5)?,
            due: row.get(6)?,
            document: row.get(7)?,
            name: row.get(8)?,
            reason: row.get(9)?,
        };
        Ok((row.get::<_, Vec<u8>>(0)?, waiting))
    })?;
    rows.map(|row| {
        let (bytes, waiting) = row?;
        Ok(WaitingRow {
            filing: id(bytes)?,
            ..waiting
        })
    })
    .collect()
}

/// How many papers of open filings wait.
pub fn count(connection: &Connection) -> Result<u32> {
    let sql = format!("select coalesce(sum(look_up), 0) from filing where look_up > 0 and {OPEN}");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row([], |row| row.get(0))?)
}

/// The papers of a filing that were to be looked up.
pub fn of_filing(connection: &Connection, filing: Uuid) -> Result<Vec<SettledRow>> {
    let mut statement = connection.prepare_cached(
        "select document, outcome, note from look_up where filing = ?1 order by document",
    )?;
    let rows = statement.query_map([filing.into_bytes()], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One paper of a filing; none when it was never to be looked up.
pub fn get(connection: &Connection, filing: Uuid, document: &str) -> Result<Option<SettledRow>> {
    let found = connection
        .prepare_cached(
            "select document, outcome, note from look_up where filing = ?1 and document = ?2",
        )?
        .query_row((filing.into_bytes(), document), read)
        .optional()?;
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<SettledRow> {
    Ok(SettledRow {
        document: row.get(0)?,
        outcome: row.get(1)?,
        note: row.get(2)?,
    })
}

/// The papers of a filing that was received; one that another counter's line settled before stays settled.
pub(crate) fn wait(connection: &Connection, filing: Uuid, papers: &[WaitingPaper]) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "insert into look_up (filing, document, name, reason) values (?1, ?2, ?3, ?4)
         on conflict do update set name = ?3, reason = ?4",
    )?;
    for paper in papers {
        insert.execute((
            filing.into_bytes(),
            &paper.document,
            &paper.name,
            &paper.reason,
        ))?;
    }
    recount(connection, filing)
}

/// The papers of a filing that was put right: what nobody looked up yet and the checklist has no more waits no longer.
pub(crate) fn wait_again(
    connection: &Connection,
    filing: Uuid,
    papers: &[WaitingPaper],
) -> Result<()> {
    connection
        .prepare_cached("delete from look_up where filing = ?1 and outcome is null")?
        .execute([filing.into_bytes()])?;
    wait(connection, filing, papers)
}

/// What came of a paper; the last word by the hybrid clock counts, in whichever order the lines come.
pub(crate) fn settle(connection: &Connection, state: &LookUpState, hlc: i64) -> Result<()> {
    connection
        .prepare_cached(
            "insert into look_up (filing, document, outcome, note, settled) values (?1, ?2, ?3, ?4, ?5)
             on conflict do update set outcome = ?3, note = ?4, settled = ?5 where ?5 >= settled",
        )?
        .execute((
            state.filing.into_bytes(),
            &state.document,
            state.outcome.as_str(),
            &state.note,
            hlc,
        ))?;
    recount(connection, state.filing)
}

fn recount(connection: &Connection, filing: Uuid) -> Result<()> {
    connection
        .prepare_cached(
            "update filing set look_up = (select count(*) from look_up where filing = ?1 and outcome is null)
              where id = ?1",
        )?
        .execute([filing.into_bytes()])?;
    Ok(())
}
