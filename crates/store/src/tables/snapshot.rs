//! Tables `snapshot` and `snapshot_part`: what stands in for the beginning of the office's feed, on its way here. Its parts
//! lie in the database, since they hold citizens' details; its lines are applied as those of a page are, some at a time,
//! and what was applied is known. Only with the last of them the cursor moves. Not here: unpacking (sync).

use super::{feed, hash};
use crate::error::{Result, StoreError};
use onedoor_protocol::{
    Hash32,
    feed::FeedLine,
    snapshot::{Offer, Snapshot},
};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How far a snapshot is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    /// Which.
    pub snapshot: Snapshot,
    /// The centre's clock when it offered it.
    pub server_time: String,
    /// Bytes that are here.
    pub have: u64,
    /// All of them are here, and they are what they should be.
    pub whole: bool,
    /// Lines of it that were applied.
    pub applied: u64,
}

/// The snapshot on its way; none otherwise.
pub fn underway(connection: &Connection) -> Result<Option<Underway>> {
    type Row = (Vec<u8>, i64, i64, String, bool, i64, i64);
    let row: Option<Row> = connection
        .prepare_cached(
            "select sha256, size, cursor, server_time, whole, applied,
               coalesce((select first + length(bytes) from snapshot_part order by first desc limit 1), 0)
             from snapshot where id = 1",
        )?
        .query_row([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
            ))
        })
        .optional()?;
    let Some((sha256, size, cursor, server_time, whole, applied, have)) = row else {
        return Ok(None);
    };
    Ok(Some(Underway {
        snapshot: Snapshot {
            sha256: hash(sha256)?,
            size: size.cast_unsigned(),
            cursor: cursor.cast_unsigned(),
        },
        server_time,
        have: have.cast_unsigned(),
        whole,
        applied: applied.cast_unsigned(),
    }))
}

/// The part that begins here; none behind the end.
pub fn part(connection: &Connection, first: u64) -> Result<Option<Vec<u8>>> {
    let row = connection
        .prepare_cached("select bytes from snapshot_part where first = ?1")?
        .query_row([first.cast_signed()], |row| row.get(0))
        .optional()?;
    Ok(row)
}

/// Whether the parts that are here have the name's hash.
pub fn is_genuine(connection: &Connection, name: &Hash32) -> Result<bool> {
    let mut hasher = Sha256::new();
    let mut first = 0;
    while let Some(bytes) = part(connection, first)? {
        hasher.update(&bytes);
        first += bytes.len() as u64;
    }
    Ok(Hash32(hasher.finalize().into()) == *name)
}

/// Takes an offer. The same blob goes on where it was; another one begins anew.
pub(crate) fn begin(connection: &Connection, offer: &Offer) -> Result<()> {
    let known = underway(connection)?;
    let same = known.is_some_and(|it| it.snapshot == offer.snapshot);
    if same {
        return Ok(());
    }
    end(connection)?;
    connection
        .prepare_cached(
            "insert into snapshot (id, sha256, size, cursor, server_time) values (1, ?1, ?2, ?3, ?4)",
        )?
        .execute((
            offer.snapshot.sha256.0,
            offer.snapshot.size.cast_signed(),
            offer.snapshot.cursor.cast_signed(),
            &offer.server_time,
        ))?;
    Ok(())
}

/// Forgets the snapshot with all that came of it.
pub(crate) fn end(connection: &Connection) -> Result<()> {
    connection.execute("delete from snapshot", [])?;
    connection.execute("delete from snapshot_part", [])?;
    Ok(())
}

/// Keeps the next part; one that does not follow what is here changes nothing.
pub(crate) fn keep(connection: &Connection, name: &Hash32, first: u64, bytes: &[u8]) -> Result<()> {
    let known = underway(connection)?.filter(|it| it.snapshot.sha256 == *name);
    let follows = known.is_some_and(|it| {
        it.have == first && first.saturating_add(bytes.len() as u64) <= it.snapshot.size
    });
    if !follows || bytes.is_empty() {
        return Err(StoreError::Refused("no part that follows".into()));
    }
    connection
        .prepare_cached("insert into snapshot_part (first, bytes) values (?1, ?2)")?
        .execute((first.cast_signed(), bytes))?;
    Ok(())
}

/// All parts are here, and were found genuine.
pub(crate) fn whole(connection: &Connection, name: &Hash32) -> Result<()> {
    connection
        .prepare_cached("update snapshot set whole = 1 where sha256 = ?1")?
        .execute([name.0])?;
    Ok(())
}

/// Applies the lines that follow the first `from` ones, which were applied before. With the last ones the cursor moves, and
/// the snapshot has done its work.
pub(crate) fn take(
    connection: &Connection,
    own: Uuid,
    from: u64,
    lines: &[FeedLine],
    last: bool,
) -> Result<feed::Read> {
    let known = underway(connection)?.filter(|it| it.whole && it.applied == from);
    let known = known.ok_or_else(|| StoreError::Refused("no lines that follow".into()))?;
    let cursor = match last {
        true => known.snapshot.cursor,
        false => feed::cursor(connection)?,
    };
    let new = feed::take_lines(connection, own, lines, cursor, &known.server_time)?;
    match last {
        true => end(connection)?,
        false => {
            let applied = from + lines.len() as u64;
            connection
                .prepare_cached("update snapshot set applied = ?1")?
                .execute([applied.cast_signed()])?;
        }
    }
    Ok(feed::Read {
        next: cursor,
        more: !last,
        new,
    })
}
