//! Tables `blob` and `published`: which blobs the journal names, and which of them the centre has. Not here: their bytes
//! (`crate::blobs`).

use super::hash;
use crate::error::Result;
use onedoor_protocol::{Hash32, sign::SignatureBytes};
use rusqlite::Connection;

/// A blob that the centre lacks, as far as this store knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unpublished {
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

/// Blobs that the centre lacks, in the order of their lines.
pub fn unpublished(connection: &Connection, limit: usize) -> Result<Vec<Unpublished>> {
    let mut statement = connection.prepare_cached(
        "select sha256, size from blob where sha256 not in (select sha256 from published) order by seq, sha256 limit ?1",
    )?;
    let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
    })?;
    rows.map(|row| {
        let (sha256, size) = row?;
        Ok(Unpublished {
            sha256: hash(sha256)?,
            size: size.cast_unsigned(),
        })
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
