//! Blobs: named by lines, staged by workstations, published.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    batch::WantedBlob,
    blob::{AskedBlob, MAX_BLOBS},
};
use uuid::Uuid;

use crate::engine::{column, number, wanted};
use crate::ingest::{Ingest, Origin, ReadLine};
use crate::ledger::{BlobRecord, LedgerResult, StagedBlob, manifest};

use super::reads;

/// Keeps which blobs the new lines name.
pub(super) async fn name(
    client: &impl GenericClient,
    from: Origin<'_>,
    new: &[ReadLine],
) -> LedgerResult<()> {
    let named = || {
        let of = |line| std::iter::repeat(line);
        new.iter().flat_map(move |line| of(line).zip(&line.names))
    };
    if named().next().is_none() {
        return Ok(());
    }
    let seqs: LedgerResult<Vec<i64>> = named().map(|(line, _)| column(line.seq)).collect();
    let sizes: LedgerResult<Vec<i64>> = named().map(|(_, blob)| column(blob.size)).collect();
    let hashes: Vec<&[u8]> = named().map(|(_, blob)| blob.sha256.0.as_slice()).collect();
    let types: Vec<&str> = named().map(|(_, blob)| blob.mime.as_str()).collect();
    let sql = "insert into event_blob (office, ws, seq, sha256, size, mime)
               select $1::text, $2::uuid, * from unnest($3::bigint[], $4::bytea[], $5::bigint[], $6::text[])
               on conflict do nothing";
    let statement = client.prepare_cached(sql).await?;
    let (office, ws) = (&from.office, &from.ws);
    client
        .execute(&statement, &[office, ws, &seqs?, &hashes, &sizes?, &types])
        .await?;
    let sql = "insert into awaited_blob (sha256, ws) select distinct x.sha256, $1::uuid from unnest($2::bytea[]) as x(sha256)
               where not exists (select 1 from blob b where b.sha256 = x.sha256) on conflict do nothing";
    let statement = client.prepare_cached(sql).await?;
    client.execute(&statement, &[ws, &hashes]).await?;
    Ok(())
}

/// Blobs that lines of the batch name and that are not published.
pub(super) async fn want(
    client: &impl GenericClient,
    ingest: &Ingest,
) -> LedgerResult<Vec<WantedBlob>> {
    if ingest.lines.iter().all(|line| line.names.is_empty()) {
        return Ok(Vec::new());
    }
    let sql =
        "select n.sha256, max(n.size) from event_blob n left join blob b on b.sha256 = n.sha256
               where n.office = $1 and n.ws = $2 and n.seq between $3 and $4 and b.sha256 is null
               group by n.sha256 order by min(n.seq), n.sha256 limit $5";
    let (first, last) = (column(ingest.first)?, column(ingest.last())?);
    let limit = column(MAX_BLOBS as u64)?;
    let statement = client.prepare_cached(sql).await?;
    let (office, ws) = (&ingest.office, &ingest.ws);
    let rows = client
        .query(&statement, &[office, ws, &first, &last, &limit])
        .await?;
    rows.iter()
        .map(|row| {
            let sha256 = reads::hash(row.try_get(0)?)?;
            Ok(wanted(sha256, number(row.try_get(1)?)?))
        })
        .collect()
}

pub(super) async fn waiting(client: &impl GenericClient) -> LedgerResult<Vec<(Uuid, u64)>> {
    // Beside a line of the same moment a blob may have come: then its row stays, and is not counted.
    let sql = "select a.ws, count(*) from awaited_blob a left join blob b on b.sha256 = a.sha256
               where b.sha256 is null group by a.ws";
    let rows = client.query(sql, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, number(row.try_get(1)?)?)))
        .collect()
}

pub(super) async fn records(
    client: &impl GenericClient,
    office: &str,
    asked: &[Hash32],
) -> LedgerResult<Vec<BlobRecord>> {
    let sql = "select exists (select 1 from event_blob n where n.office = $1 and n.sha256 = x.sha256), b.size
               from unnest($2::bytea[]) with ordinality x(sha256, n) left join blob b on b.sha256 = x.sha256
               order by x.n";
    let hashes: Vec<&[u8]> = asked.iter().map(|hash| hash.0.as_slice()).collect();
    let statement = client.prepare_cached(sql).await?;
    let rows = client.query(&statement, &[&office, &hashes]).await?;
    rows.iter()
        .map(|row| {
            let published: Option<i64> = row.try_get(1)?;
            Ok(BlobRecord {
                named: row.try_get(0)?,
                published: published.map(number).transpose()?,
            })
        })
        .collect()
}

pub(super) async fn told(
    client: &impl GenericClient,
    office: &str,
    sha256: Hash32,
) -> LedgerResult<Option<u64>> {
    let sql = "select size from blob where sha256 = $2 and (
                 exists (select 1 from event_blob n where n.office = $1 and n.sha256 = $2)
                 or exists (select 1 from told_blob t where t.office = $1 and t.sha256 = $2)
                 or exists (select 1 from office o where o.office = $1 and o.snapshot_sha256 = $2))";
    let statement = client.prepare_cached(sql).await?;
    let row = client
        .query_opt(&statement, &[&office, &sha256.0.as_slice()])
        .await?;
    row.map(|row| number(row.try_get(0)?)).transpose()
}

/// Keeps which blobs a fact names to an office.
pub(super) async fn tell(
    client: &impl GenericClient,
    office: &str,
    feed_seq: u64,
    body: &str,
) -> LedgerResult<()> {
    let named: Vec<Hash32> = crate::ingest::hashes(body.as_bytes()).collect();
    if named.is_empty() {
        return Ok(());
    }
    let sql = "insert into told_blob (office, sha256, feed_seq)
               select $1::text, n, $2::bigint from unnest($3::bytea[]) n on conflict do nothing";
    let hashes: Vec<&[u8]> = named.iter().map(|hash| hash.0.as_slice()).collect();
    client
        .execute(sql, &[&office, &column(feed_seq)?, &hashes])
        .await?;
    Ok(())
}

pub(super) async fn stage(
    client: &impl GenericClient,
    ws: Uuid,
    asked: &[AskedBlob],
    at: Timestamp,
) -> LedgerResult<Vec<bool>> {
    let said = "select exists (select 1 from blob_stage where sha256 = $1 and manifest = $2)";
    let sql = "insert into blob_stage (ws, sha256, manifest, size, chunks, at) values ($1, $2, $3, $4, $5, $6)
               on conflict (ws, sha256) do update set manifest = $3, size = $4, chunks = $5, at = $6";
    let (said, insert) = (
        client.prepare_cached(said).await?,
        client.prepare_cached(sql).await?,
    );
    let mut before = Vec::with_capacity(asked.len());
    for blob in asked {
        let manifest = manifest(blob);
        let (sha256, manifest) = (blob.sha256.0.as_slice(), manifest.0.as_slice());
        let known = client.query_one(&said, &[&sha256, &manifest]).await?;
        before.push(known.try_get(0)?);
        let chunks: Vec<u8> = blob.chunks.iter().flat_map(|hash| hash.0).collect();
        let size = column(blob.size)?;
        client
            .execute(&insert, &[&ws, &sha256, &manifest, &size, &chunks, &at])
            .await?;
    }
    Ok(before)
}

pub(super) async fn staged(
    client: &impl GenericClient,
    ws: Uuid,
    sha256: Hash32,
) -> LedgerResult<Option<StagedBlob>> {
    let sql = "select size, chunks, at from blob_stage where ws = $1 and sha256 = $2";
    let statement = client.prepare_cached(sql).await?;
    let row = client
        .query_opt(&statement, &[&ws, &sha256.0.as_slice()])
        .await?;
    let staged = |row: tokio_postgres::Row| {
        Ok(StagedBlob {
            asked: crate::engine::staged(sha256, row.try_get(0)?, row.try_get(1)?)?,
            at: row.try_get(2)?,
        })
    };
    row.map(staged).transpose()
}

pub(super) async fn touch(
    client: &impl GenericClient,
    ws: Uuid,
    sha256: Hash32,
    at: Timestamp,
) -> LedgerResult<bool> {
    let sql = "update blob_stage set at = greatest(at, $3) where ws = $1 and sha256 = $2";
    let touched = client
        .execute(sql, &[&ws, &sha256.0.as_slice(), &at])
        .await?;
    Ok(touched == 1)
}

pub(super) async fn stale(
    client: &impl GenericClient,
    before: Timestamp,
) -> LedgerResult<Vec<(Hash32, Hash32)>> {
    let sql =
        "select sha256, manifest from blob_stage group by sha256, manifest having max(at) < $1";
    let rows = client.query(sql, &[&before]).await?;
    rows.iter()
        .map(|row| Ok((reads::hash(row.try_get(0)?)?, reads::hash(row.try_get(1)?)?)))
        .collect()
}

/// The rows are locked before they are judged: whoever touches one meanwhile waits, and finds it gone.
pub(super) async fn end(
    client: &impl GenericClient,
    sha256: Hash32,
    manifest: Hash32,
    before: Timestamp,
) -> LedgerResult<bool> {
    let (sha256, manifest) = (sha256.0.as_slice(), manifest.0.as_slice());
    let sql =
        "select at < $3 from blob_stage where sha256 = $1 and manifest = $2 order by ws for update";
    let rows = client.query(sql, &[&sha256, &manifest, &before]).await?;
    for row in &rows {
        if !row.try_get::<_, bool>(0)? {
            return Ok(false);
        }
    }
    let sql = "delete from blob_stage where sha256 = $1 and manifest = $2 and at < $3";
    Ok(client.execute(sql, &[&sha256, &manifest, &before]).await? > 0)
}

pub(super) async fn manifests(
    client: &impl GenericClient,
    sha256: Hash32,
) -> LedgerResult<Vec<Hash32>> {
    let sql = "select distinct manifest from blob_stage where sha256 = $1";
    let rows = client.query(sql, &[&sha256.0.as_slice()]).await?;
    rows.iter()
        .map(|row| reads::hash(row.try_get(0)?))
        .collect()
}

pub(super) async fn unstage(
    client: &impl GenericClient,
    sha256: Hash32,
    manifest: Option<Hash32>,
) -> LedgerResult<()> {
    let sql = "delete from blob_stage where sha256 = $1 and ($2::bytea is null or manifest = $2)";
    let manifest = manifest.as_ref().map(|hash| hash.0.as_slice());
    client
        .execute(sql, &[&sha256.0.as_slice(), &manifest])
        .await?;
    Ok(())
}

pub(super) async fn publish(
    client: &impl GenericClient,
    office: &str,
    sha256: Hash32,
    size: u64,
    at: Timestamp,
) -> LedgerResult<()> {
    let sql = "insert into blob (sha256, size, first_office, published_at) values ($1, $2, $3, $4) on conflict do nothing";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&sha256.0.as_slice(), &column(size)?, &office, &at];
    client
        .execute(&client.prepare_cached(sql).await?, &values)
        .await?;
    let came = client
        .prepare_cached("delete from awaited_blob where sha256 = $1")
        .await?;
    client.execute(&came, &[&sha256.0.as_slice()]).await?;
    unstage(client, sha256, None).await
}
