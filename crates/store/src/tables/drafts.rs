//! Table `draft`: what a clerk is typing, kept on this machine only. One draft a clerk and kind.

use super::id;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Becomes the filing's id.
    pub id: Uuid,
    /// The typed values, as JSON of the desk's own.
    pub values: String,
    /// Local time; none = nothing typed yet.
    pub kept_at: Option<String>,
    /// What an emptied draft held, until something new is typed.
    pub undo: Option<String>,
}

/// A clerk's draft.
pub fn get(connection: &Connection, clerk: Uuid, kind: &str) -> Result<Option<DraftRow>> {
    let row = connection
        .prepare_cached(
            "select id, \"values\", kept_at, undo from draft where clerk = ?1 and kind = ?2",
        )?
        .query_row((clerk.into_bytes(), kind), |row| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
            ))
        })
        .optional()?;
    row.map(|(bytes, values, kept_at, undo)| {
        Ok(DraftRow {
            id: id(bytes)?,
            values,
            kept_at,
            undo,
        })
    })
    .transpose()
}

pub(crate) fn put(
    connection: &Connection,
    clerk: Uuid,
    kind: &str,
    draft: &DraftRow,
) -> Result<()> {
    connection
        .prepare_cached(
            "insert into draft (clerk, kind, id, \"values\", kept_at, undo) values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (clerk, kind) do update set id = ?3, \"values\" = ?4, kept_at = ?5, undo = ?6",
        )?
        .execute((clerk.into_bytes(), kind, draft.id.into_bytes(), &draft.values, &draft.kept_at, &draft.undo))?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, clerk: Uuid, kind: &str) -> Result<()> {
    connection
        .prepare_cached("delete from draft where clerk = ?1 and kind = ?2")?
        .execute((clerk.into_bytes(), kind))?;
    Ok(())
}
