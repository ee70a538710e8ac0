//! Blobs: named by lines, staged by workstations, published.

use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    batch::WantedBlob,
    blob::{AskedBlob, MAX_BLOBS},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::engine::{column, number, wanted};
use crate::ingest::{Ingest, Origin};
use crate::ledger::{BlobRecord, LedgerError, LedgerResult, StagedBlob, manifest};
use crate::notary::wire_time;

use super::reads;

/// Keeps which blobs the new lines name.
pub(super) fn name(
    connection: &Connection,
    from: Origin<'_>,
    new: &[crate::ingest::ReadLine],
) -> LedgerResult<()> {
    let sql = "insert into event_blob (office, ws, seq, sha256, size, mime) values (?1, ?2, ?3, ?4, ?5, ?6)
               on conflict do nothing";
    let awaits = "insert into awaited_blob (sha256, ws)
                  select ?1, ?2 where not exists (select 1 from blob where sha256 = ?1) on conflict do nothing";
    for line in new {
        for blob in &line.names {
            let (seq, size) = (column(line.seq)?, column(blob.size)?);
            let ws = from.ws.as_bytes();
            let values = params![from.office, ws, seq, blob.sha256.0, size, blob.mime];
            connection.prepare_cached(sql)?.execute(values)?;
            let values = params![blob.sha256.0, ws];
            connection.prepare_cached(awaits)?.execute(values)?;
        }
    }
    Ok(())
}

/// Blobs that lines of the batch name and that are not published.
pub(super) fn want(connection: &Connection, ingest: &Ingest) -> LedgerResult<Vec<WantedBlob>> {
    if ingest.lines.iter().all(|line| line.names.is_empty()) {
        return Ok(Vec::new());
    }
    let sql =
        "select n.sha256, max(n.size) from event_blob n left join blob b on b.sha256 = n.sha256
               where n.office = ?1 and n.ws = ?2 and n.seq between ?3 and ?4 and b.sha256 is null
               group by n.sha256 order by min(n.seq), n.sha256 limit ?5";
    let (first, last) = (column(ingest.first)?, column(ingest.last())?);
    let (ws, limit) = (ingest.ws.as_bytes(), column(MAX_BLOBS as u64)?);
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![ingest.office, ws, first, last, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(wanted(hash(row, 0)?, number(row.get(1)?)?));
    }
    Ok(found)
}

pub(super) fn waiting(connection: &Connection) -> LedgerResult<Vec<(Uuid, u64)>> {
    let sql = "select ws, count(*) from awaited_blob group by ws";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((reads::id(row, 0)?, number(row.get(1)?)?));
    }
    Ok(found)
}

pub(super) fn records(
    connection: &Connection,
    office: &str,
    asked: &[Hash32],
) -> LedgerResult<Vec<BlobRecord>> {
    let sql = "select exists (select 1 from event_blob where office = ?1 and sha256 = ?2),
                 (select size from blob where sha256 = ?2)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut record = |sha256: &Hash32| {
        let read = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        let (named, published): (bool, Option<i64>) =
            statement.query_row(params![office, sha256.0], read)?;
        let published = published.map(number).transpose()?;
        Ok(BlobRecord { named, published })
    };
    asked.iter().map(&mut record).collect()
}

pub(super) fn told(
    connection: &Connection,
    office: &str,
    sha256: Hash32,
) -> LedgerResult<Option<u64>> {
    let sql = "select size from blob where sha256 = ?2 and (
                 exists (select 1 from event_blob n where n.office = ?1 and n.sha256 = ?2)
                 or exists (select 1 from told_blob t where t.office = ?1 and t.sha256 = ?2)
                 or exists (select 1 from office o where o.office = ?1 and o.snapshot_sha256 = ?2))";
    let size: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row(params![office, sha256.0], |row| row.get(0))
        .optional()?;
    size.map(number).transpose()
}

/// Keeps which blobs a fact names to an office.
pub(super) fn tell(
    connection: &Connection,
    office: &str,
    feed_seq: u64,
    body: &str,
) -> LedgerResult<()> {
    let sql = "insert into told_blob (office, sha256, feed_seq) values (?1, ?2, ?3) on conflict do nothing";
    for sha256 in crate::ingest::hashes(body.as_bytes()) {
        let values = params![office, sha256.0, column(feed_seq)?];
        connection.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

pub(super) fn stage(
    connection: &Connection,
    ws: Uuid,
    asked: &[AskedBlob],
    at: Timestamp,
) -> LedgerResult<Vec<bool>> {
    let said = "select exists (select 1 from blob_stage where sha256 = ?1 and manifest = ?2)";
    let sql = "insert into blob_stage (ws, sha256, manifest, size, chunks, at) values (?1, ?2, ?3, ?4, ?5, ?6)
               on conflict (ws, sha256) do update set manifest = ?3, size = ?4, chunks = ?5, at = ?6";
    let mut before = Vec::with_capacity(asked.len());
    for blob in asked {
        let (sha256, manifest) = (blob.sha256.0, manifest(blob).0);
        let known = connection.prepare_cached(said)?;
        let known = { known }.query_row(params![sha256, manifest], |row| row.get(0))?;
        before.push(known);
        let chunks: Vec<u8> = blob.chunks.iter().flat_map(|hash| hash.0).collect();
        let (ws, size) = (ws.as_bytes(), column(blob.size)?);
        let values = params![ws, sha256, manifest, size, chunks, wire_time(at)];
        connection.prepare_cached(sql)?.execute(values)?;
    }
    Ok(before)
}

pub(super) fn staged(
    connection: &Connection,
    ws: Uuid,
    sha256: Hash32,
) -> LedgerResult<Option<StagedBlob>> {
    let sql = "select size, chunks, at from blob_stage where ws = ?1 and sha256 = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![ws.as_bytes(), sha256.0])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let chunks: Vec<u8> = row.get(1)?;
    let at: String = row.get(2)?;
    Ok(Some(StagedBlob {
        asked: crate::engine::staged(sha256, row.get(0)?, &chunks)?,
        at: at.parse().map_err(LedgerError::storage)?,
    }))
}

pub(super) fn touch(
    connection: &Connection,
    ws: Uuid,
    sha256: Hash32,
    at: Timestamp,
) -> LedgerResult<bool> {
    let sql = "update blob_stage set at = max(at, ?3) where ws = ?1 and sha256 = ?2";
    let values = params![ws.as_bytes(), sha256.0, wire_time(at)];
    Ok(connection.prepare_cached(sql)?.execute(values)? == 1)
}

pub(super) fn stale(
    connection: &Connection,
    before: Timestamp,
) -> LedgerResult<Vec<(Hash32, Hash32)>> {
    let sql =
        "select sha256, manifest from blob_stage group by sha256, manifest having max(at) < ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([wire_time(before)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((hash(row, 0)?, hash(row, 1)?));
    }
    Ok(found)
}

pub(super) fn end(
    connection: &Connection,
    sha256: Hash32,
    manifest: Hash32,
    before: Timestamp,
) -> LedgerResult<bool> {
    let sql = "delete from blob_stage where sha256 = ?1 and manifest = ?2 and not exists (
                 select 1 from blob_stage where sha256 = ?1 and manifest = ?2 and at >= ?3)";
    let values = params![sha256.0, manifest.0, wire_time(before)];
    Ok(connection.prepare_cached(sql)?.execute(values)? > 0)
}

pub(super) fn manifests(connection: &Connection, sha256: Hash32) -> LedgerResult<Vec<Hash32>> {
    let sql = "select distinct manifest from blob_stage where sha256 = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([sha256.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(hash(row, 0)?);
    }
    Ok(found)
}

pub(super) fn unstage(
    connection: &Connection,
    sha256: Hash32,
    manifest: Option<Hash32>,
) -> LedgerResult<()> {
    let sql = "delete from blob_stage where sha256 = ?1 and (?2 is null or manifest = ?2)";
    let manifest = manifest.map(|hash| hash.0);
    connection
        .prepare_cached(sql)?
        .execute(params![sha256.0, manifest])?;
    Ok(())
}

pub(super) fn publish(
    connection: &Connection,
    office: &str,
    sha256: Hash32,
    size: u64,
    at: Timestamp,
) -> LedgerResult<()> {
    let sql = "insert into blob (sha256, size, first_office, published_at) values (?1, ?2, ?3, ?4) on conflict do nothing";
    let values = params![sha256.0, column(size)?, office, wire_time(at)];
    connection.prepare_cached(sql)?.execute(values)?;
    let came = "delete from awaited_blob where sha256 = ?1";
    connection.prepare_cached(came)?.execute([sha256.0])?;
    unstage(connection, sha256, None)
}

fn hash(row: &Row, index: usize) -> LedgerResult<Hash32> {
    let bytes = row.get::<_, Vec<u8>>(index).map_err(LedgerError::storage)?;
    reads::hash(&bytes)
}
