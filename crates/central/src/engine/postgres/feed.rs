//! The office's feed: lines and decisions get their numbers behind the office's row lock, in the transaction that
//! stores them, as the last thing before its commit.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use onedoor_protocol::feed::{Snapshot, TARGET_PAGE};
use tokio_postgres::Row;

use crate::engine::{column, number};
use crate::feed::{Decided, Decision, Fact, FeedPage, FeedQuery, FeedRecord, Filling};
use crate::ingest::{Ingest, ReadLine};
use crate::ledger::{LedgerError, LedgerResult};

use super::{blobs, reads};

/// The number of the last of `count` lines that this transaction adds to an office's feed; none without the office.
async fn advance(
    client: &impl GenericClient,
    office: &str,
    count: u64,
) -> LedgerResult<Option<u64>> {
    let sql = "update office set feed_seq = feed_seq + $2 where office = $1 returning feed_seq";
    let statement = client.prepare_cached(sql).await?;
    let row = client
        .query_opt(&statement, &[&office, &column(count)?])
        .await?;
    row.map(|row| number(row.try_get(0)?)).transpose()
}

/// The last line of an office's feed.
pub(super) async fn top(client: &impl GenericClient, office: &str) -> LedgerResult<u64> {
    let sql = "select feed_seq from office where office = $1";
    let statement = client.prepare_cached(sql).await?;
    let row = client.query_opt(&statement, &[&office]).await?;
    row.map_or(Ok(0), |row| number(row.try_get(0)?))
}

/// Puts new lines into the feed; their numbers follow each other.
pub(super) async fn lines(
    client: &impl GenericClient,
    ingest: &Ingest,
    new: &[ReadLine],
) -> LedgerResult<()> {
    let (Some(first), Some(last)) = (new.first(), new.last()) else {
        return Ok(());
    };
    let top = advance(client, &ingest.office, new.len() as u64).await?;
    let top = top.ok_or_else(|| LedgerError::Damaged("a workstation without office".into()))?;
    let sql = "insert into feed (office, feed_seq, kind, ws, seq)
               select $1::text, $2::bigint - $5::bigint + n, 'peer_line', $3::uuid, n from generate_series($4::bigint, $5::bigint) n";
    let statement = client.prepare_cached(sql).await?;
    let (office, ws) = (&ingest.office, &ingest.ws);
    let (first, last) = (column(first.seq)?, column(last.seq)?);
    client
        .execute(&statement, &[office, &column(top)?, ws, &first, &last])
        .await?;
    Ok(())
}

/// The last line before the first peer line that came at `at` or later.
pub(super) async fn before(
    client: &impl GenericClient,
    office: &str,
    at: Timestamp,
) -> LedgerResult<u64> {
    let sql = "select coalesce((
                 select min(f.feed_seq) - 1 from feed f
                 join event e on e.office = f.office and e.ws = f.ws and e.seq = f.seq
                 where f.office = $1 and e.received_at >= $2),
               (select feed_seq from office where office = $1), 0)";
    number(client.query_one(sql, &[&office, &at]).await?.try_get(0)?)
}

pub(super) async fn publish(
    client: &impl GenericClient,
    office: &str,
    kind: &str,
    body: &str,
) -> LedgerResult<Option<u64>> {
    let Some(feed_seq) = advance(client, office, 1).await? else {
        return Ok(None);
    };
    let sql = "insert into feed (office, feed_seq, kind, body) values ($1, $2, $3, $4)";
    client
        .execute(sql, &[&office, &column(feed_seq)?, &kind, &body])
        .await?;
    blobs::tell(client, office, feed_seq, body).await?;
    Ok(Some(feed_seq))
}

pub(super) async fn decide(client: &impl GenericClient, it: &Decision) -> LedgerResult<Decided> {
    let sql = "select office, status from filing where id = $1 for update";
    let Some(filing) = client.query_opt(sql, &[&it.filing]).await? else {
        return Ok(Decided::Unknown);
    };
    let (office, status): (String, String) = (filing.try_get(0)?, filing.try_get(1)?);
    if let Some(known) = known(client, it).await? {
        return Ok(known);
    }
    let contradicts = it.contradicted_by(&status);
    if contradicts.is_none() {
        let sql = "update filing set version = version + 1, status = $2, status_hlc = greatest(status_hlc, $3)
                   where id = $1";
        client
            .execute(sql, &[&it.filing, &it.status.as_str(), &it.hlc()])
            .await?;
    }
    let body = it.body(contradicts.clone())?;
    let kind = onedoor_protocol::feed::DECISION;
    let feed_seq = publish(client, &office, kind, &body).await?;
    let feed_seq =
        feed_seq.ok_or_else(|| LedgerError::Damaged("a filing without office".into()))?;
    let sql = "insert into decision (decision, filing, office, content, feed_seq, contradicts)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let content = it.content();
    let (content, line) = (content.0.as_slice(), column(feed_seq)?);
    let stored = client
        .execute(
            sql,
            &[
                &it.decision,
                &it.filing,
                &office,
                &content,
                &line,
                &contradicts,
            ],
        )
        .await?;
    if stored == 0 {
        // The same id came for another filing at the same moment: what was done here is undone, and tried again.
        return Err(LedgerError::Contended("a decision of the same id".into()));
    }
    Ok(Decided::Stored {
        feed_seq,
        contradicts,
    })
}

/// What came of a decision with this id before.
async fn known(client: &impl GenericClient, it: &Decision) -> LedgerResult<Option<Decided>> {
    let sql = "select content, feed_seq, contradicts from decision where decision = $1";
    let Some(row) = client.query_opt(sql, &[&it.decision]).await? else {
        return Ok(None);
    };
    if reads::hash(row.try_get(0)?)? != it.content() {
        return Ok(Some(Decided::Differs));
    }
    Ok(Some(Decided::Stored {
        feed_seq: number(row.try_get(1)?)?,
        contradicts: row.try_get(2)?,
    }))
}

/// The feed's end is read first: numbers are given in the order of commits, so all lines up to it are there to be read.
pub(super) async fn page(
    client: &impl GenericClient,
    query: &FeedQuery,
) -> LedgerResult<Option<FeedPage>> {
    let Some(page) = ends(client, &query.office).await? else {
        return Ok(None);
    };
    if !(page.floor..=page.top).contains(&query.after) {
        return Ok(Some(page));
    }
    fill(client, query, page).await.map(Some)
}

async fn ends(client: &impl GenericClient, office: &str) -> LedgerResult<Option<FeedPage>> {
    let sql =
        "select feed_seq, feed_floor, snapshot_sha256, snapshot_size from office where office = $1";
    let statement = client.prepare_cached(sql).await?;
    let Some(row) = client.query_opt(&statement, &[&office]).await? else {
        return Ok(None);
    };
    let floor = number(row.try_get(1)?)?;
    let sha256: Option<&[u8]> = row.try_get(2)?;
    let size: Option<i64> = row.try_get(3)?;
    let snapshot = match sha256.zip(size) {
        Some((sha256, size)) => Some(Snapshot {
            sha256: reads::hash(sha256)?,
            size: number(size)?,
            cursor: floor,
        }),
        None => None,
    };
    Ok(Some(FeedPage {
        top: number(row.try_get(0)?)?,
        floor,
        snapshot,
        ..FeedPage::default()
    }))
}

/// Only as many bytes are read as a page has, and one line more that tells that there is more: the window knows what
/// stands before the line before each.
async fn fill(
    client: &impl GenericClient,
    query: &FeedQuery,
    page: FeedPage,
) -> LedgerResult<FeedPage> {
    let sql = "select feed_seq, kind, said, ws, seq, hash, line from (
                 select *, sum(weight) over (order by feed_seq rows between unbounded preceding and 2 preceding) as before
                 from (
                   select f.feed_seq, f.kind, f.body as said, f.ws, f.seq, e.hash, e.body as line,
                     coalesce(length(e.body), octet_length(f.body)) as weight
                   from feed f left join event e on e.office = f.office and e.ws = f.ws and e.seq = f.seq
                   where f.office = $1 and f.feed_seq > $2 and f.feed_seq <= $3 and (f.ws is null or f.ws <> $4)
                   order by f.feed_seq limit $5) found) weighed
               where coalesce(before, 0) < $6::bigint order by feed_seq";
    let statement = client.prepare_cached(sql).await?;
    let (after, top) = (column(query.after)?, column(page.top)?);
    let limit = i64::from(query.limit) + 1;
    let target = column(TARGET_PAGE as u64)?;
    let rows = client
        .query(
            &statement,
            &[&query.office, &after, &top, &query.ws, &limit, &target],
        )
        .await?;
    let mut filling = Filling::new(query, page);
    for row in &rows {
        if !filling.add(record(row)?) {
            break;
        }
    }
    Ok(filling.page)
}

fn record(row: &Row) -> LedgerResult<FeedRecord> {
    let body: Option<String> = row.try_get(2)?;
    let what = match body {
        Some(body) => Fact::Other {
            kind: row.try_get(1)?,
            body,
        },
        None => Fact::Peer {
            ws: row.try_get(3)?,
            seq: number(row.try_get(4)?)?,
            hash: reads::hash(row.try_get(5)?)?,
            line: row.try_get(6)?,
        },
    };
    Ok(FeedRecord {
        feed_seq: number(row.try_get(0)?)?,
        what,
    })
}

pub(super) async fn trim(
    client: &impl GenericClient,
    office: &str,
    snapshot: &Snapshot,
) -> LedgerResult<bool> {
    let sql = "update office set feed_floor = $2, snapshot_sha256 = $3, snapshot_size = $4
               where office = $1 and $2 between feed_floor and feed_seq";
    let (cursor, size) = (column(snapshot.cursor)?, column(snapshot.size)?);
    let sha256 = snapshot.sha256.0.as_slice();
    let found = client
        .execute(sql, &[&office, &cursor, &sha256, &size])
        .await?;
    let sql = "delete from feed where office = $1 and feed_seq <= $2";
    if found == 1 {
        client.execute(sql, &[&office, &cursor]).await?;
    }
    Ok(found == 1)
}
