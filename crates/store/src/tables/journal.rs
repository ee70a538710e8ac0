//! Table `journal` and its head: verbatim lines with their hashes. Nothing here changes a line once it is written.

use super::hash;
use crate::error::{Result, StoreError};
use onedoor_protocol::{
    Hash32, chain,
    journal::{self as wire, Body, Line},
};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the last line; 0 = none.
    pub seq: u64,
    /// Hash after it; all zero when there is none.
    pub hash: Hash32,
    /// Its hybrid logical clock.
    pub hlc: u64,
    /// Its wall clock; empty when there is none.
    pub wall: String,
}

/// A line with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    /// Another counter of the office whose journal it stands in; none = this workstation's.
    pub peer: Option<Uuid>,
    /// Its number.
    pub seq: u64,
    /// Its bytes.
    pub line: Vec<u8>,
    /// The chain's hash after it.
    pub hash: Hash32,
    /// It stands in an ended journal of this PC, and the centre has it neither from there nor as one that came again.
    pub waits: bool,
}

pub(crate) fn head(connection: &Connection) -> Result<Head> {
    let row = connection
        .prepare_cached("select seq, hash, hlc, wall from head where id = 1")?
        .query_row([], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, Vec<u8>>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
            ))
        })
        .optional()?;
    let Some((seq, bytes, hlc, wall)) = row else {
        return Ok(Head {
            seq: 0,
            hash: Hash32([0; 32]),
            hlc: 0,
            wall: String::new(),
        });
    };
    let hlc = hlc
        .parse()
        .map_err(|_| StoreError::Damaged("head".into()))?;
    Ok(Head {
        seq: seq.cast_unsigned(),
        hash: hash(bytes)?,
        hlc,
        wall,
    })
}

pub(crate) fn set_head(connection: &Connection, head: &Head) -> Result<()> {
    connection
        .prepare_cached(
            "insert into head (id, seq, hash, hlc, wall) values (1, ?1, ?2, ?3, ?4)
             on conflict (id) do update set seq = ?1, hash = ?2, hlc = ?3, wall = ?4",
        )?
        .execute((
            head.seq.cast_signed(),
            head.hash.0,
            head.hlc.to_string(),
            &head.wall,
        ))?;
    Ok(())
}

pub(crate) fn insert(
    connection: &Connection,
    line: &Line,
    bytes: &[u8],
    hash: &Hash32,
) -> Result<()> {
    let dossier = line.dossier.map(Uuid::into_bytes);
    connection
        .prepare_cached(
            "insert into journal (seq, line, hash, t, dossier) values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            line.stamp.seq.cast_signed(),
            bytes,
            hash.0,
            line.body.tag(),
            dossier,
        ))?;
    Ok(())
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Vec<u8>, Vec<u8>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Lines from `first` on, at most `limit`.
pub fn lines(connection: &Connection, first: u64, limit: usize) -> Result<Vec<StoredLine>> {
    let mut statement = connection.prepare_cached(
        "select seq, line, hash from journal where seq >= ?1 order by seq limit ?2",
    )?;
    let rows = statement.query_map((first.cast_signed(), limit as i64), stored)?;
    rows.map(|row| {
        let (seq, line, bytes) = row?;
        Ok(StoredLine {
            peer: None,
            seq: seq.cast_unsigned(),
            line,
            hash: hash(bytes)?,
            waits: false,
        })
    })
    .collect()
}

/// The chain's hash after line `seq`; for 0 the hash before the first line.
pub fn hash_at(connection: &Connection, seq: u64) -> Result<Option<Hash32>> {
    if seq == 0 {
        return super::workstation::genesis(connection);
    }
    let row: Option<Vec<u8>> = connection
        .prepare_cached("select hash from journal where seq = ?1")?
        .query_row([seq.cast_signed()], |row| row.get(0))
        .optional()?;
    row.map(hash).transpose()
}

/// How many lines wait from `first` on, and their bytes.
pub fn waiting(connection: &Connection, first: u64) -> Result<(u64, u64)> {
    let row: (i64, i64) = connection
        .prepare_cached(
            "select count(*), coalesce(sum(length(line)), 0) from journal where seq >= ?1",
        )?
        .query_row([first.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((row.0.cast_unsigned(), row.1.cast_unsigned()))
}

/// All lines about a filing, of this workstation, of the office's other counters and of what this PC was before, in the
/// order of the hybrid clock. A line that came again stands there as it was first written, and beside it that it came.
pub fn of_filing(connection: &Connection, filing: Uuid) -> Result<Vec<(StoredLine, Line)>> {
    let mut statement = connection.prepare_cached(
        "select seq, line, hash, null from journal where dossier = ?1
         union all select seq, line, hash, ws from peer_line where dossier = ?1 and unapplied is null
         order by seq",
    )?;
    let rows = statement.query_map([filing.into_bytes()], |row| {
        Ok((stored(row)?, row.get::<_, Option<Vec<u8>>>(3)?))
    })?;
    let lines = rows.map(|row| {
        let ((seq, line, bytes), ws) = row?;
        let seq = seq.cast_unsigned();
        let read = wire::decode(&line).map_err(|_| StoreError::BrokenChain(seq))?;
        let stored = StoredLine {
            peer: ws.map(super::id).transpose()?,
            seq,
            line,
            hash: hash(bytes)?,
            waits: false,
        };
        Ok((stored, read))
    });
    let mut lines = lines.collect::<Result<Vec<_>>>()?;
    for found in super::former::of_filing(connection, filing)? {
        let read = wire::decode(&found.line).map_err(|_| StoreError::BrokenChain(found.seq))?;
        let stored = StoredLine {
            peer: Some(found.ws),
            seq: found.seq,
            line: found.line,
            hash: found.hash,
            waits: true,
        };
        lines.push((stored, read));
    }
    let mark = super::mirror::mark(connection, super::mirror::Keeper::Centre)?;
    unwrap_reissued(&mut lines, mark.map_or(1, |mark| mark.next_seq));
    lines.sort_by_key(|(_, line)| line.stamp.hlc);
    Ok(lines)
}

/// Adds the lines that others bring again, each once. `next` is the first own line that the centre lacks.
fn unwrap_reissued(lines: &mut Vec<(StoredLine, Line)>, next: u64) {
    let mut first = Vec::new();
    for (stored, line) in lines.iter() {
        let (Body::LineReissued(again), Some(read)) = (&line.body, line.reissued()) else {
            continue;
        };
        let is_there = |(known, _): &&(StoredLine, Line)| known.hash == again.hash;
        if lines.iter().chain(&first).any(|it| is_there(&it)) {
            continue;
        }
        let unwrapped = StoredLine {
            peer: Some(again.ws),
            seq: again.seq,
            line: again.line.clone().into_bytes(),
            hash: again.hash,
            // Where the line is that brings it, there it is.
            waits: stored.peer.is_none() && stored.seq >= next,
        };
        first.push((unwrapped, read));
    }
    lines.append(&mut first);
}

/// Checks that every hash follows from the one before it, from `first` to the head.
pub fn verify(connection: &Connection, first: u64) -> Result<()> {
    let mut seq = first.max(1);
    let Some(mut previous) = hash_at(connection, seq - 1)? else {
        return if head(connection)?.seq == 0 {
            Ok(())
        } else {
            Err(StoreError::BrokenChain(seq))
        };
    };
    loop {
        let page = lines(connection, seq, 500)?;
        if page.is_empty() {
            let end = head(connection)?;
            return if end.seq + 1 == seq && end.hash == previous {
                Ok(())
            } else {
                Err(StoreError::BrokenChain(seq))
            };
        }
        for line in page {
            previous = chain::next(&previous, &line.line);
            if line.seq != seq || line.hash != previous {
                return Err(StoreError::BrokenChain(seq));
            }
            seq += 1;
        }
    }
}
