//! Table `office_document`: what the office set as its calendar, tariff and list of communes, and the centre as its
//! calendar and catalogue. Changed only by lines (`apply`) and facts (`facts`). Not here: the documents themselves (blobs), and what they say.

use super::{facts::CENTRE, hash, id};
use crate::error::Result;
use onedoor_protocol::Hash32;
use rusqlite::{Connection, Row};
use uuid::Uuid;

/// A document that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeDocumentRow {
    /// `calendar`, `tariff`, `units` or `catalogue`.
    pub part: String,
    /// When it was set, by the hybrid clock: tells it from every other of its part.
    pub hlc: u64,
    /// The day from which it holds.
    pub from: String,
    /// The document.
    pub sha256: Hash32,
    /// Its bytes; 0 where what ships with the program holds again.
    pub size: u64,
    /// Its name, for people.
    pub title: String,
    /// When it was set, by the office's wall clock.
    pub wall: String,
    /// Who set it; none = the program.
    pub clerk: Option<Uuid>,
    /// Another counter or the centre set it: its bytes come after its line.
    pub by_peer: bool,
    /// The centre did.
    pub by_centre: bool,
}

type Raw = (OfficeDocumentRow, Vec<u8>, Option<Vec<u8>>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let document = OfficeDocumentRow {
        part: row.get(0)?,
        hlc: row.get::<_, i64>(1)?.cast_unsigned(),
        from: row.get(2)?,
        sha256: Hash32([0; 32]),
        size: row.get::<_, i64>(4)?.cast_unsigned(),
        title: row.get(5)?,
        wall: row.get(6)?,
        clerk: None,
        by_peer: row.get::<_, Option<[u8; 16]>>(8)?.is_some(),
        by_centre: row.get::<_, Option<[u8; 16]>>(8)? == Some(CENTRE.into_bytes()),
    };
    Ok((document, row.get(3)?, row.get(7)?))
}

/// All of them, in the order in which they were set.
pub fn all(connection: &Connection) -> Result<Vec<OfficeDocumentRow>> {
    let mut statement = connection.prepare_cached(
        "select part, hlc, valid_from, sha256, size, title, wall, clerk, ws from office_document order by hlc, part",
    )?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| {
        let (document, sha256, clerk) = row?;
        Ok(OfficeDocumentRow {
            sha256: hash(sha256)?,
            clerk: clerk.map(id).transpose()?,
            ..document
        })
    })
    .collect()
}
