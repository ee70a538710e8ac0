//! Tables `former` and `former_line`: what this PC was before it got a new identity. Its journal stays as it was written;
//! what of it only this PC has is told apart by the office's feed, and can be brought again under the new identity.
//! Not here: who may do so (desk).

use super::{hash, id, journal, mirror, settings, workstation};
use crate::{
    error::{Result, StoreError},
    keys::random,
};
use onedoor_protocol::{
    Hash32,
    journal::{self as wire, Body, IdentityRenewed, LineReissued},
    sign::SecretKey,
};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// What a filing's last own line is while lines about it wait here: behind all that the centre may have.
const WAITS: i64 = i64::MAX;

/// An identity that this PC had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The workstation.
    pub ws: Uuid,
    /// Its last line.
    pub last: u64,
    /// Lines that the centre had countersigned when it ended.
    pub confirmed: u64,
    /// Why it ended.
    pub why: String,
    /// Whether it is known what the centre has of it.
    pub compared: bool,
    /// Lines that only this PC has.
    pub waiting: u64,
    /// Lines that were brought again.
    pub reissued: u64,
}

/// A line that only this PC has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Whose.
    pub ws: Uuid,
    /// Its number there.
    pub seq: u64,
    /// The chain's hash after it.
    pub hash: Hash32,
    /// Its bytes.
    pub line: Vec<u8>,
}

impl Waiting {
    /// The line that brings it again. One that itself brings another is not wrapped twice.
    pub fn again(&self) -> Result<LineReissued> {
        let broken = |_| StoreError::BrokenChain(self.seq);
        if let Ok(read) = wire::decode(&self.line)
            && let Body::LineReissued(inner) = read.body
        {
            return Ok(*inner);
        }
        Ok(LineReissued {
            ws: self.ws,
            seq: self.seq,
            hash: self.hash,
            line: String::from_utf8(self.line.clone()).map_err(broken)?,
        })
    }
}

/// The public half's owner: made at the first try, and the same at the next, so that a code that was spent on it works.
pub(crate) fn prepare(connection: &Connection) -> Result<SecretKey> {
    let known = next_seed(connection)?;
    let seed = match known {
        Some(seed) => seed,
        None => {
            let seed: [u8; 32] = random()?;
            connection.execute(
                "update workstation set next_seed = ?1 where id = 1",
                [seed.as_slice()],
            )?;
            seed
        }
    };
    Ok(SecretKey::from_seed(&seed))
}

fn next_seed(connection: &Connection) -> Result<Option<[u8; 32]>> {
    let row: Option<Vec<u8>> = connection
        .prepare_cached("select next_seed from workstation where id = 1")?
        .query_row([], |row| row.get(0))?;
    let wrong = |_| StoreError::Damaged("the next key".into());
    row.map(|bytes| bytes.try_into().map_err(wrong)).transpose()
}

/// Ends the identity: its journal is put aside as it is, what the office may know of it becomes another counter's, and the
/// store is as before its first line, but for all that it knows. Gives what the new journal says of the old one.
pub(crate) fn end(
    connection: &Connection,
    head: &journal::Head,
    why: &str,
    wall: &str,
) -> Result<IdentityRenewed> {
    let state = workstation::state(connection)?.ok_or(StoreError::NotEnrolled)?;
    let seed = next_seed(connection)?
        .ok_or_else(|| StoreError::Refused("no key for the next identity".into()))?;
    let ws = state.enrolment.ws.into_bytes();
    let confirmed = mirror::mark(connection, mirror::Keeper::Centre)?
        .map_or(0, |mark| mark.next_seq.saturating_sub(1))
        .min(head.seq);
    let enrolment = serde_json::to_string(&state.enrolment)
        .map_err(|error| StoreError::Refused(error.to_string()))?;
    connection.execute(
        "insert into former (ws, seed, enrolment, centre, last, confirmed, why, ended)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            ws,
            workstation::seed(connection)?,
            enrolment,
            &state.centre,
            head.seq.cast_signed(),
            confirmed.cast_signed(),
            why,
            wall,
        ),
    )?;
    connection.execute(
        "insert into former_line (ws, seq, line, hash, dossier, state)
         select ?1, seq, line, hash, dossier, iif(seq <= ?2, 'at_centre', 'waits') from journal",
        (ws, confirmed.cast_signed()),
    )?;
    connection.execute(
        "insert into peer_line (ws, seq, hash, line, dossier)
         select ws, seq, hash, line, dossier from former_line where ws = ?1 and state = 'at_centre'",
        [ws],
    )?;
    connection.execute(
        "insert into counter (ws, name) values (?1, ?2) on conflict do nothing",
        (ws, &state.enrolment.counter.name),
    )?;
    connection.execute(
        "update filing set ws = coalesce(ws, ?1), last_seq = iif(exists (
           select 1 from former_line where dossier = filing.id and state = 'waits'), ?2, 0)",
        (ws, WAITS),
    )?;
    for table in ["slip", "office_document"] {
        let sql = format!("update {table} set ws = ?1 where ws is null");
        connection.execute(&sql, [ws])?;
    }
    connection.execute_batch(
        "delete from journal; delete from head; delete from mark;
         update feed set cursor = 0; update blob set seq = 0;",
    )?;
    connection.execute(
        "update workstation set seed = ?1, next_seed = null, ws = null, enrolment = null where id = 1",
        [seed.as_slice()],
    )?;
    Ok(IdentityRenewed {
        former: state.enrolment.ws,
        last: head.seq,
        head: head.hash,
        confirmed,
        why: why.to_string(),
    })
}

/// After the feed was read to its end: what of the old journals it brought is at the centre; the rest only this PC has.
pub(crate) fn compare(connection: &Connection) -> Result<()> {
    let open: Option<i64> = connection
        .prepare_cached("select 1 from former where compared = 0 limit 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    if open.is_none() {
        return Ok(());
    }
    connection.execute_batch(
        "update former_line set state = 'at_centre' where state = 'waits' and exists (
           select 1 from peer_line
            where peer_line.ws = former_line.ws and peer_line.seq = former_line.seq and peer_line.hash = former_line.hash);
         update former set compared = 1;",
    )?;
    reckon(connection, None)
}

/// A line of the new identity brought it again.
pub(crate) fn reissued(connection: &Connection, again: &LineReissued) -> Result<()> {
    connection
        .prepare_cached(
            "update former_line set state = 'reissued' where ws = ?1 and seq = ?2 and hash = ?3",
        )?
        .execute((again.ws.into_bytes(), again.seq.cast_signed(), again.hash.0))?;
    let dossier = wire::decode(again.line.as_bytes()).ok();
    match dossier.and_then(|line| line.dossier) {
        Some(dossier) => reckon(connection, Some(dossier)),
        None => Ok(()),
    }
}

/// Where filings are whose old lines waited: by the last own line about them, once none waits.
fn reckon(connection: &Connection, dossier: Option<Uuid>) -> Result<()> {
    connection
        .prepare_cached(
            "update filing set last_seq = (select coalesce(max(seq), 0) from journal where dossier = filing.id)
              where last_seq = ?1 and (?2 is null or id = ?2)
                and not exists (select 1 from former_line where dossier = filing.id and state = 'waits')",
        )?
        .execute((WAITS, dossier.map(Uuid::into_bytes)))?;
    Ok(())
}

/// Lines that only this PC has, in the order in which they were written.
pub fn waiting(connection: &Connection, limit: u32) -> Result<Vec<Waiting>> {
    let mut statement = connection.prepare_cached(
        "select former_line.ws, seq, hash, line from former_line join former using (ws)
          where state = 'waits' order by ended, ws, seq limit ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, i64>(1)?.cast_unsigned(),
            row.get::<_, Vec<u8>>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    rows.map(|row| {
        let (ws, seq, bytes, line) = row?;
        Ok(Waiting {
            ws: id(ws)?,
            seq,
            hash: hash(bytes)?,
            line,
        })
    })
    .collect()
}

/// Lines about a filing that only this PC has.
pub(crate) fn of_filing(connection: &Connection, filing: Uuid) -> Result<Vec<Waiting>> {
    let mut statement = connection.prepare_cached(
        "select ws, seq, hash, line from former_line where dossier = ?1 and state = 'waits' order by ws, seq",
    )?;
    let rows = statement.query_map([filing.into_bytes()], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, i64>(1)?.cast_unsigned(),
            row.get::<_, Vec<u8>>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    rows.map(|row| {
        let (ws, seq, bytes, line) = row?;
        Ok(Waiting {
            ws: id(ws)?,
            seq,
            hash: hash(bytes)?,
            line,
        })
    })
    .collect()
}

/// What this PC was, the latest first.
pub fn list(connection: &Connection) -> Result<Vec<Former>> {
    let mut statement = connection.prepare_cached(
        "select ws, last, confirmed, why, compared,
           (select count(*) from former_line where former_line.ws = former.ws and state = 'waits'),
           (select count(*) from former_line where former_line.ws = former.ws and state = 'reissued')
         from former order by ended desc, ws desc",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            Former {
                ws: Uuid::nil(),
                last: row.get::<_, i64>(1)?.cast_unsigned(),
                confirmed: row.get::<_, i64>(2)?.cast_unsigned(),
                why: row.get(3)?,
                compared: row.get(4)?,
                waiting: row.get::<_, i64>(5)?.cast_unsigned(),
                reissued: row.get::<_, i64>(6)?.cast_unsigned(),
            },
        ))
    })?;
    rows.map(|row| {
        let (ws, former) = row?;
        Ok(Former {
            ws: id(ws)?,
            ..former
        })
    })
    .collect()
}

/// The key with which this PC signed when it was this workstation.
pub fn key(connection: &Connection, ws: Uuid) -> Result<Option<SecretKey>> {
    let row: Option<Vec<u8>> = connection
        .prepare_cached("select seed from former where ws = ?1")?
        .query_row([ws.into_bytes()], |row| row.get(0))
        .optional()?;
    let wrong = |_| StoreError::Damaged("a former key".into());
    let seed = row
        .map(|bytes| bytes.try_into().map_err(wrong))
        .transpose()?;
    Ok(seed.map(|seed| SecretKey::from_seed(&seed)))
}

/// The chain's hash after a line of an ended journal.
pub(crate) fn hash_at(connection: &Connection, ws: Uuid, seq: u64) -> Result<Option<Hash32>> {
    let row: Option<Vec<u8>> = connection
        .prepare_cached("select hash from former_line where ws = ?1 and seq = ?2")?
        .query_row((ws.into_bytes(), seq.cast_signed()), |row| row.get(0))
        .optional()?;
    row.map(hash).transpose()
}

/// Another filing that a peer's line gave the code of this one: both papers exist.
pub fn same_code_elsewhere(connection: &Connection, code: &str) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached(
            "select 1 from peer_line where unapplied = 'conflict'
              and json_extract(cast(line as text), '$.body.code') = ?1 limit 1",
        )?
        .query_row([code], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// Forgets settings that spoke of the ended identity.
pub(crate) fn forget(connection: &Connection, names: &[&str]) -> Result<()> {
    names
        .iter()
        .try_for_each(|name| settings::remove(connection, name))
}
