//! What the province's own system lacks.

use deadpool_postgres::GenericClient;
use uuid::Uuid;

use crate::ledger::LedgerResult;

pub(super) async fn undelivered(
    client: &impl GenericClient,
    after: Option<Uuid>,
    limit: u32,
) -> LedgerResult<Vec<Uuid>> {
    let sql = "select f.id from filing f where f.delivered < f.version and ($1::uuid is null or f.id > $1) and not exists (
                 select 1 from filing_form d left join blob b on b.sha256 = d.sha256
                 where d.filing = f.id and b.sha256 is null) order by f.id limit $2";
    let rows = client.query(sql, &[&after, &i64::from(limit)]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

pub(super) async fn deliver(
    client: &impl GenericClient,
    filing: Uuid,
    version: u32,
) -> LedgerResult<bool> {
    let sql =
        "update filing set delivered = greatest(delivered, $2) where id = $1 and version >= $2";
    let version = i64::from(version);
    Ok(client.execute(sql, &[&filing, &version]).await? == 1)
}
