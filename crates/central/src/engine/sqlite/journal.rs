//! A journal as it is stored, for whoever checks it.

use onedoor_protocol::sign::SignatureBytes;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::engine::{column, number};
use crate::ledger::{Countersigned, LedgerError, LedgerResult, StoredLine};

use super::reads;

pub(super) fn lines(
    connection: &Connection,
    ws: Uuid,
    from: u64,
    limit: u32,
) -> LedgerResult<Vec<StoredLine>> {
    let sql = "select seq, hash, body from event where office = (select office from workstation where ws = ?1)
               and ws = ?1 and seq >= ?2 order by seq limit ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![ws.as_bytes(), column(from)?, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(StoredLine {
            seq: number(row.get(0)?)?,
            hash: reads::hash(&row.get::<_, Vec<u8>>(1)?)?,
            body: row.get(2)?,
        });
    }
    Ok(found)
}

pub(super) fn countersigned(connection: &Connection, ws: Uuid) -> LedgerResult<Vec<Countersigned>> {
    let sql =
        "select next_seq, head, at, sig from countersignature where ws = ?1 order by next_seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([ws.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let sig = <[u8; 64]>::try_from(row.get::<_, Vec<u8>>(3)?);
        found.push(Countersigned {
            next_seq: number(row.get(0)?)?,
            head: reads::hash(&row.get::<_, Vec<u8>>(1)?)?,
            at: row.get(2)?,
            sig: SignatureBytes(sig.map_err(|_| LedgerError::Damaged("countersignature".into()))?),
        });
    }
    Ok(found)
}
