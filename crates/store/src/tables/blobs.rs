//! Tables `blob`, `published` and `wanted`: which blobs the journal names, which of them the centre has, and which shall
//! come from there. Not here: their bytes
//! (`crate::blobs`).

use super::hash;
use crate::error::Result;
use onedoor_protocol::{Hash32, sign::SignatureBytes};
use rusqlite::Connection;
use uuid::Uuid;

/// A blob that is on only one side yet: here and not at the centre, or there and wanted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneSided {
    /// Which.
    pub sha256: Hash32,
    /// Plain bytes.
    pub size: u64,
}

/// The centre's word that it has a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Which.
    pub sha256: Hash32,
    /// Plain bytes.
    pub size: u64,
    /// The centre's time, as it was signed.
    pub server_time: String,
    /// Over the three above.
    pub countersignature: SignatureBytes,
}

/// Blobs that the centre lacks, and whether somebody may soon wait for each there: first those of filings that are not over
/// and due by the day after the last line's, the soonest first; then the others in the order of their lines.
pub fn unpublished(connection: &Connection, limit: usize) -> Result<Vec<(OneSided, bool)>> {
    let mut statement = connection.prepare_cached(
        "select sha256, size, soon is not null from (
           select sha256, size, seq, (
             select min(filing.due) from form join filing on filing.id = form.filing
              where form.sha256 = blob.sha256
                and filing.status not in ('handed_over', 'refused', 'stopped', 'withdrawn')
                and filing.due < (select date(substr(wall, 1, 10), '+2 days') from head)) as soon
             from blob where sha256 not in (select sha256 from published))
          order by soon is null, soon, seq, sha256 limit ?1",
    )?;
    let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        let named = (row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?);
        Ok((named, row.get::<_, bool>(2)?))
    })?;
    rows.map(|row| {
        let (named, soon) = row?;
        Ok((listed(named)?, soon))
    })
    .collect()
}

/// How many blobs the centre lacks, and their bytes.
pub fn waiting(connection: &Connection) -> Result<(u64, u64)> {
    let row: (i64, i64) = connection
        .prepare_cached(
            "select count(*), coalesce(sum(size), 0) from blob where sha256 not in (select sha256 from published)",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((row.0.cast_unsigned(), row.1.cast_unsigned()))
}

/// Notes that the centre has a blob; again changes nothing.
pub(crate) fn keep(connection: &Connection, published: &Published) -> Result<()> {
    let SignatureBytes(signature) = published.countersignature;
    connection
        .prepare_cached(
            "insert into published (sha256, size, server_time, countersignature) values (?1, ?2, ?3, ?4)
             on conflict do nothing",
        )?
        .execute((
            published.sha256.0,
            published.size.cast_signed(),
            &published.server_time,
            signature,
        ))?;
    Ok(())
}

/// Blobs that shall come here from the centre.
pub fn wanted(connection: &Connection, limit: usize) -> Result<Vec<OneSided>> {
    let mut statement =
        connection.prepare_cached("select sha256, size from wanted order by size limit ?1")?;
    let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
    })?;
    rows.map(|row| listed(row?)).collect()
}

/// Asks for a blob; again changes nothing.
pub(crate) fn want(connection: &Connection, sha256: &Hash32, size: u64) -> Result<()> {
    connection
        .prepare_cached("insert into wanted (sha256, size) values (?1, ?2) on conflict do nothing")?
        .execute((sha256.0, size.cast_signed()))?;
    Ok(())
}

/// Asks for the newest PDF of a form of a filing; false when no line names one.
pub(crate) fn want_form(connection: &Connection, filing: Uuid, form: &str) -> Result<bool> {
    let named = connection
        .prepare_cached(
            "insert into wanted (sha256, size) select sha256, size from form where filing = ?1 and form = ?2
             order by hlc desc, seq desc limit 1 on conflict (sha256) do update set size = excluded.size",
        )?
        .execute((filing.into_bytes(), form))?;
    Ok(named > 0)
}

/// It is here.
pub(crate) fn arrived(connection: &Connection, sha256: &Hash32) -> Result<()> {
    connection
        .prepare_cached("delete from wanted where sha256 = ?1")?
        .execute([sha256.0])?;
    Ok(())
}

fn listed((sha256, size): (Vec<u8>, i64)) -> Result<OneSided> {
    Ok(OneSided {
        sha256: hash(sha256)?,
        size: size.cast_unsigned(),
    })
}
