//! What the province's own system lacks.

use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::ledger::LedgerResult;

use super::reads;

pub(super) fn undelivered(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> LedgerResult<Vec<Uuid>> {
    let sql = "select f.id from filing f where f.delivered < f.version and (?1 is null or f.id > ?1) and not exists (
                 select 1 from filing_form d left join blob b on b.sha256 = d.sha256
                 where d.filing = f.id and b.sha256 is null) order by f.id limit ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let after = after.map(|id| id.as_bytes().to_vec());
    let mut rows = statement.query(params![after, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(reads::id(row, 0)?);
    }
    Ok(found)
}

pub(super) fn deliver(connection: &Connection, filing: Uuid, version: u32) -> LedgerResult<bool> {
    let sql = "update filing set delivered = max(delivered, ?2) where id = ?1 and version >= ?2";
    let values = params![filing.as_bytes(), version];
    Ok(connection.prepare_cached(sql)?.execute(values)? == 1)
}
