//! A journal as it is stored, for whoever checks it.

use deadpool_postgres::GenericClient;
use onedoor_protocol::sign::SignatureBytes;
use uuid::Uuid;

use crate::engine::{column, number};
use crate::ledger::{Countersigned, LedgerError, LedgerResult, StoredLine};

use super::reads;

pub(super) async fn lines(
    client: &impl GenericClient,
    ws: Uuid,
    from: u64,
    limit: u32,
) -> LedgerResult<Vec<StoredLine>> {
    let sql = "select seq, hash, body from event where office = (select office from workstation where ws = $1)
               and ws = $1 and seq >= $2 order by seq limit $3";
    let rows = client
        .query(sql, &[&ws, &column(from)?, &i64::from(limit)])
        .await?;
    let line = |row: &tokio_postgres::Row| {
        Ok(StoredLine {
            seq: number(row.try_get(0)?)?,
            hash: reads::hash(row.try_get(1)?)?,
            body: row.try_get(2)?,
        })
    };
    rows.iter().map(line).collect()
}

pub(super) async fn countersigned(
    client: &impl GenericClient,
    ws: Uuid,
) -> LedgerResult<Vec<Countersigned>> {
    let sql =
        "select next_seq, head, at, sig from countersignature where ws = $1 order by next_seq";
    let signed = |row: &tokio_postgres::Row| {
        let sig = <[u8; 64]>::try_from(row.try_get::<_, &[u8]>(3)?);
        Ok(Countersigned {
            next_seq: number(row.try_get(0)?)?,
            head: reads::hash(row.try_get(1)?)?,
            at: row.try_get(2)?,
            sig: SignatureBytes(sig.map_err(|_| LedgerError::Damaged("countersignature".into()))?),
        })
    };
    client
        .query(sql, &[&ws])
        .await?
        .iter()
        .map(signed)
        .collect()
}
