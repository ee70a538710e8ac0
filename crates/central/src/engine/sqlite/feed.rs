//! The office's feed: lines and decisions get their numbers in the transaction that stores them.

use jiff::Timestamp;
use onedoor_protocol::feed::Snapshot;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::engine::{column, number};
use crate::feed::{Decided, Decision, Fact, FeedPage, FeedQuery, FeedRecord, Filling};
use crate::ingest::{Ingest, ReadLine};
use crate::ledger::{LedgerError, LedgerResult};
use crate::notary::wire_time;

use super::{blobs, reads};

/// The number of the last of `count` lines that this transaction adds to an office's feed; none without the office.
fn advance(connection: &Connection, office: &str, count: u64) -> LedgerResult<Option<u64>> {
    let sql = "update office set feed_seq = feed_seq + ?2 where office = ?1 returning feed_seq";
    let top: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row(params![office, column(count)?], |row| row.get(0))
        .optional()?;
    top.map(number).transpose()
}

/// The last line of an office's feed.
pub(super) fn top(connection: &Connection, office: &str) -> LedgerResult<u64> {
    let sql = "select feed_seq from office where office = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let top: Option<i64> = statement.query_row([office], |row| row.get(0)).optional()?;
    number(top.unwrap_or_default())
}

/// Puts new lines into the feed.
pub(super) fn lines(
    connection: &Connection,
    ingest: &Ingest,
    new: &[ReadLine],
) -> LedgerResult<()> {
    let count = new.len() as u64;
    let top = advance(connection, &ingest.office, count)?;
    let top = top.ok_or_else(|| LedgerError::Damaged("a workstation without office".into()))?;
    let sql =
        "insert into feed (office, feed_seq, kind, ws, seq) values (?1, ?2, 'peer_line', ?3, ?4)";
    let mut statement = connection.prepare_cached(sql)?;
    for (feed_seq, line) in (top + 1 - count..).zip(new) {
        let (ws, seq) = (ingest.ws.as_bytes(), column(line.seq)?);
        statement.execute(params![ingest.office, column(feed_seq)?, ws, seq])?;
    }
    Ok(())
}

/// The last line before the first peer line that came at `at` or later.
pub(super) fn before(connection: &Connection, office: &str, at: Timestamp) -> LedgerResult<u64> {
    let sql = "select coalesce((
                 select min(f.feed_seq) - 1 from feed f
                 join event e on e.office = f.office and e.ws = f.ws and e.seq = f.seq
                 where f.office = ?1 and e.received_at >= ?2),
               (select feed_seq from office where office = ?1), 0)";
    let values = params![office, wire_time(at)];
    number(connection.query_row(sql, values, |row| row.get(0))?)
}

pub(super) fn publish(
    connection: &Connection,
    office: &str,
    kind: &str,
    body: &str,
) -> LedgerResult<Option<u64>> {
    let Some(feed_seq) = advance(connection, office, 1)? else {
        return Ok(None);
    };
    let sql = "insert into feed (office, feed_seq, kind, body) values (?1, ?2, ?3, ?4)";
    let values = params![office, column(feed_seq)?, kind, body];
    connection.prepare_cached(sql)?.execute(values)?;
    blobs::tell(connection, office, feed_seq, body)?;
    Ok(Some(feed_seq))
}

pub(super) fn decide(connection: &Connection, it: &Decision) -> LedgerResult<Decided> {
    let sql = "select office, status from filing where id = ?1";
    let read = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let filing = connection
        .prepare_cached(sql)?
        .query_row([it.filing.as_bytes()], read)
        .optional()?;
    let Some((office, status)) = filing else {
        return Ok(Decided::Unknown);
    };
    if let Some(known) = known(connection, it)? {
        return Ok(known);
    }
    let contradicts = it.contradicted_by(&status);
    if contradicts.is_none() {
        let sql = "update filing set version = version + 1, status = ?2, status_hlc = max(status_hlc, ?3) where id = ?1";
        let values = params![it.filing.as_bytes(), it.status.as_str(), it.hlc()];
        connection.prepare_cached(sql)?.execute(values)?;
    }
    let body = it.body(contradicts.clone())?;
    let feed_seq = publish(connection, &office, onedoor_protocol::feed::DECISION, &body)?;
    let feed_seq =
        feed_seq.ok_or_else(|| LedgerError::Damaged("a filing without office".into()))?;
    let sql = "insert into decision (decision, filing, office, content, feed_seq, contradicts)
               values (?1, ?2, ?3, ?4, ?5, ?6)";
    let (decision, filing) = (it.decision.as_bytes(), it.filing.as_bytes());
    let content = it.content().0;
    let values = params![
        decision,
        filing,
        office,
        content,
        column(feed_seq)?,
        contradicts
    ];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(Decided::Stored {
        feed_seq,
        contradicts,
    })
}

/// What came of a decision with this id before.
fn known(connection: &Connection, it: &Decision) -> LedgerResult<Option<Decided>> {
    let sql = "select content, feed_seq, contradicts from decision where decision = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([it.decision.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    if reads::hash(&row.get::<_, Vec<u8>>(0)?)? != it.content() {
        return Ok(Some(Decided::Differs));
    }
    Ok(Some(Decided::Stored {
        feed_seq: number(row.get(1)?)?,
        contradicts: row.get(2)?,
    }))
}

/// One moment: the reads share a transaction, so that no line is committed between them.
pub(super) fn page(connection: &Connection, query: &FeedQuery) -> LedgerResult<Option<FeedPage>> {
    let moment = connection.unchecked_transaction()?;
    let Some(mut page) = ends(&moment, &query.office)? else {
        return Ok(None);
    };
    if (page.floor..=page.top).contains(&query.after) {
        page = fill(&moment, query, page)?;
    }
    Ok(Some(page))
}

fn ends(connection: &Connection, office: &str) -> LedgerResult<Option<FeedPage>> {
    let sql =
        "select feed_seq, feed_floor, snapshot_sha256, snapshot_size from office where office = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([office])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let floor = number(row.get(1)?)?;
    let sha256: Option<Vec<u8>> = row.get(2)?;
    let size: Option<i64> = row.get(3)?;
    let snapshot = match sha256.zip(size) {
        Some((sha256, size)) => Some(Snapshot {
            sha256: reads::hash(&sha256)?,
            size: number(size)?,
            cursor: floor,
        }),
        None => None,
    };
    Ok(Some(FeedPage {
        top: number(row.get(0)?)?,
        floor,
        snapshot,
        ..FeedPage::default()
    }))
}

fn fill(connection: &Connection, query: &FeedQuery, page: FeedPage) -> LedgerResult<FeedPage> {
    let sql = "select f.feed_seq, f.kind, f.body, f.ws, f.seq, e.hash, e.body from feed f
               left join event e on e.office = f.office and e.ws = f.ws and e.seq = f.seq
               where f.office = ?1 and f.feed_seq > ?2 and (f.ws is null or f.ws <> ?3)
               order by f.feed_seq";
    let mut statement = connection.prepare_cached(sql)?;
    let after = column(query.after)?;
    let mut rows = statement.query(params![query.office, after, query.ws.as_bytes()])?;
    let mut filling = Filling::new(query, page);
    while let Some(row) = rows.next()? {
        if !filling.add(record(row)?) {
            break;
        }
    }
    Ok(filling.page)
}

fn record(row: &Row) -> LedgerResult<FeedRecord> {
    let body: Option<String> = row.get(2)?;
    let what = match body {
        Some(body) => Fact::Other {
            kind: row.get(1)?,
            body,
        },
        None => Fact::Peer {
            ws: reads::id(row, 3)?,
            seq: number(row.get(4)?)?,
            hash: reads::hash(&row.get::<_, Vec<u8>>(5)?)?,
            line: row.get(6)?,
        },
    };
    Ok(FeedRecord {
        feed_seq: number(row.get(0)?)?,
        what,
    })
}

pub(super) fn trim(
    connection: &Connection,
    office: &str,
    snapshot: &Snapshot,
) -> LedgerResult<bool> {
    let sql = "update office set feed_floor = ?2, snapshot_sha256 = ?3, snapshot_size = ?4
               where office = ?1 and ?2 between feed_floor and feed_seq";
    let cursor = column(snapshot.cursor)?;
    let values = params![office, cursor, snapshot.sha256.0, column(snapshot.size)?];
    if connection.execute(sql, values)? == 0 {
        return Ok(false);
    }
    let sql = "delete from feed where office = ?1 and feed_seq <= ?2";
    connection.execute(sql, params![office, cursor])?;
    Ok(true)
}
