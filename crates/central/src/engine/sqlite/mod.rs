//! The embedded engine: one SQLite file in the data folder, WAL with `synchronous=FULL`, one writer thread, a few
//! read-only connections. The operator's commands may open the same file beside a running service.

mod blobs;
mod enrol;
mod feed;
mod ingest;
mod journal;
mod outlet;
mod reads;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32, blob::AskedBlob, enrol::Lease, feed::Snapshot, sign::SignatureBytes,
};
use rusqlite::{Connection, Error, OptionalExtension, params};
use uuid::Uuid;

use crate::engine::MAX_KEPT_BATCHES;
use crate::feed::{Decided, Decision, FeedPage, FeedQuery};
use crate::ingest::Ingest;
use crate::ledger::{
    BlobRecord, Countersigned, Enrolled, Expectation, FilingQuery, FilingRecord, Ingested, Ledger,
    LedgerError, LedgerResult, NewOffice, NewWorkstation, OfficeRecord, QuarantineRecord, Retried,
    Retry, Role, StagedBlob, StoredLine, TokenRecord, WorkstationRecord,
};
use crate::notary::wire_time;
use writer::Writer;

mod migrations {
    refinery::embed_migrations!("migrations/sqlite");
}

/// Read-only connections that are kept open.
const READERS: usize = 4;

impl From<Error> for LedgerError {
    fn from(error: Error) -> Self {
        LedgerError::storage(error)
    }
}

/// The ledger in one SQLite file.
#[derive(Clone)]
pub struct SqliteLedger {
    writer: Writer,
    readers: Arc<Readers>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl SqliteLedger {
    /// Opens the file, or makes it, and brings its tables up to date.
    pub fn open(path: &Path) -> LedgerResult<Self> {
        let mut connection = open_writable(&path.to_path_buf())?;
        migrations::migrations::runner()
            .run(&mut connection)
            .map_err(LedgerError::storage)?;
        drop(connection);
        let writer = Writer::start(path.to_path_buf(), open_writable)?;
        let readers = Arc::new(Readers {
            path: path.to_path_buf(),
            idle: Mutex::new(Vec::new()),
        });
        Ok(SqliteLedger { writer, readers })
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> LedgerResult<T> + Send + 'static,
    ) -> LedgerResult<T> {
        let readers = self.readers.clone();
        let task = tokio::task::spawn_blocking(move || {
            let connection = readers.take()?;
            let answer = work(&connection);
            readers.give_back(connection);
            answer
        });
        task.await.map_err(LedgerError::storage)?
    }
}

impl Readers {
    fn take(&self) -> LedgerResult<Connection> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| open_readable(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS {
            idle.push(connection);
        }
    }
}

fn open_writable(path: &PathBuf) -> LedgerResult<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn open_readable(path: &Path) -> LedgerResult<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

#[async_trait]
impl Ledger for SqliteLedger {
    async fn add_office(&self, record: OfficeRecord) -> LedgerResult<bool> {
        self.writer
            .write(move |connection| enrol::add_office(connection, &record))
            .await
    }

    async fn office(&self, id: &str) -> LedgerResult<Option<OfficeRecord>> {
        let id = id.to_string();
        self.read(move |connection| reads::office(connection, &id))
            .await
    }

    async fn await_enrolment(&self, new: NewWorkstation) -> LedgerResult<Expectation> {
        self.writer
            .write(move |connection| enrol::await_enrolment(connection, &new))
            .await
    }

    async fn enrol(&self, secret: Hash32, key: [u8; 32], now: Timestamp) -> LedgerResult<Enrolled> {
        self.writer
            .write(move |connection| enrol::enrol(connection, secret, key, now))
            .await
    }

    async fn renew_lease(&self, ws: Uuid, to: Date) -> LedgerResult<Option<Lease>> {
        self.writer
            .write(move |connection| enrol::renew_lease(connection, ws, to))
            .await
    }

    async fn revoke(&self, ws: Uuid, today: Date) -> LedgerResult<bool> {
        self.writer
            .write(move |connection| enrol::revoke(connection, ws, today))
            .await
    }

    async fn workstation(&self, ws: Uuid) -> LedgerResult<Option<WorkstationRecord>> {
        self.read(move |connection| reads::workstation(connection, ws))
            .await
    }

    async fn workstations(&self, office: Option<String>) -> LedgerResult<Vec<WorkstationRecord>> {
        self.read(move |connection| reads::workstations(connection, office.as_deref()))
            .await
    }

    async fn hear(&self, ws: Uuid, at: Timestamp, last: Option<u64>) -> LedgerResult<()> {
        self.writer
            .write(move |connection| reads::hear(connection, ws, at, last))
            .await
    }

    async fn offices(&self) -> LedgerResult<Vec<OfficeRecord>> {
        self.read(reads::offices).await
    }

    async fn waiting_blobs(&self) -> LedgerResult<Vec<(Uuid, u64)>> {
        self.read(blobs::waiting).await
    }

    async fn ingest(&self, ingest: Arc<Ingest>) -> LedgerResult<Ingested> {
        self.writer
            .write(move |connection| ingest::take(connection, &ingest))
            .await
    }

    async fn keep_batch(&self, ws: Uuid, bytes: Vec<u8>, at: Timestamp) -> LedgerResult<()> {
        let work = move |connection: &Connection| {
            let sha256 = Hash32::of(&[&bytes]);
            let sql = "insert into quarantined_batch (ws, sha256, body, received_at)
                       select ?1, ?2, ?3, ?4 where (select count(*) from quarantined_batch where ws = ?1) < ?5
                       on conflict do nothing";
            let values = params![
                ws.as_bytes(),
                sha256.0,
                bytes,
                wire_time(at),
                MAX_KEPT_BATCHES
            ];
            connection.prepare_cached(sql)?.execute(values)?;
            Ok(())
        };
        self.writer.write(work).await
    }

    async fn filings(&self, query: FilingQuery) -> LedgerResult<Vec<FilingRecord>> {
        self.read(move |connection| reads::filings(connection, &query))
            .await
    }

    async fn filing(&self, id: Uuid) -> LedgerResult<Option<FilingRecord>> {
        self.read(move |connection| reads::filing(connection, id))
            .await
    }

    async fn undelivered(&self, after: Option<Uuid>, limit: u32) -> LedgerResult<Vec<Uuid>> {
        self.read(move |connection| outlet::undelivered(connection, after, limit))
            .await
    }

    async fn deliver(&self, filing: Uuid, version: u32) -> LedgerResult<bool> {
        self.writer
            .write(move |connection| outlet::deliver(connection, filing, version))
            .await
    }

    async fn lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<Vec<u8>>> {
        self.read(move |connection| reads::lines(connection, ws, from, limit))
            .await
    }

    async fn quarantine(
        &self,
        office: Option<String>,
        limit: u32,
    ) -> LedgerResult<Vec<QuarantineRecord>> {
        self.read(move |connection| reads::quarantine(connection, office.as_deref(), limit))
            .await
    }

    async fn stored_lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<StoredLine>> {
        self.read(move |connection| journal::lines(connection, ws, from, limit))
            .await
    }

    async fn countersigned(&self, ws: Uuid) -> LedgerResult<Vec<Countersigned>> {
        self.read(move |connection| journal::countersigned(connection, ws))
            .await
    }

    async fn retry(&self, retry: Arc<Retry>) -> LedgerResult<Retried> {
        self.writer
            .write(move |connection| ingest::retry(connection, &retry))
            .await
    }

    async fn import(&self, offices: Vec<NewOffice>) -> LedgerResult<Option<usize>> {
        self.writer
            .write(move |connection| enrol::import(connection, &offices))
            .await
    }

    async fn kept_batches(&self) -> LedgerResult<u64> {
        let sql = "select count(*) from quarantined_batch";
        self.read(move |connection| super::number(connection.query_row(sql, [], |row| row.get(0))?))
            .await
    }

    async fn countersignature(
        &self,
        ws: Uuid,
        next_seq: u64,
    ) -> LedgerResult<Option<(String, SignatureBytes)>> {
        self.read(move |connection| reads::countersignature(connection, ws, next_seq))
            .await
    }

    async fn add_token(
        &self,
        name: &str,
        role: Role,
        sha256: Hash32,
        at: Timestamp,
    ) -> LedgerResult<bool> {
        let name = name.to_string();
        let sql = "insert into operator_token (name, role, sha256, created_at) values (?1, ?2, ?3, ?4) on conflict do nothing";
        let work = move |connection: &Connection| {
            let values = params![name, role.as_str(), sha256.0, wire_time(at)];
            Ok(connection.execute(sql, values)? == 1)
        };
        self.writer.write(work).await
    }

    async fn token(&self, sha256: Hash32) -> LedgerResult<Option<TokenRecord>> {
        let sql = "select name, role from operator_token where sha256 = ?1";
        self.read(move |connection| {
            let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get::<_, String>(1)?));
            let found = connection.query_row(sql, [sha256.0], read).optional()?;
            found
                .map(|(name, role)| super::token(name, &role))
                .transpose()
        })
        .await
    }

    async fn blobs(&self, office: String, asked: Vec<Hash32>) -> LedgerResult<Vec<BlobRecord>> {
        self.read(move |connection| blobs::records(connection, &office, &asked))
            .await
    }

    async fn told_blob(&self, office: String, sha256: Hash32) -> LedgerResult<Option<u64>> {
        self.read(move |connection| blobs::told(connection, &office, sha256))
            .await
    }

    async fn stage_blobs(
        &self,
        ws: Uuid,
        asked: Vec<AskedBlob>,
        at: Timestamp,
    ) -> LedgerResult<Vec<bool>> {
        self.writer
            .write(move |connection| blobs::stage(connection, ws, &asked, at))
            .await
    }

    async fn staged_blob(&self, ws: Uuid, sha256: Hash32) -> LedgerResult<Option<StagedBlob>> {
        self.read(move |connection| blobs::staged(connection, ws, sha256))
            .await
    }

    async fn touch_stage(&self, ws: Uuid, sha256: Hash32, at: Timestamp) -> LedgerResult<bool> {
        self.writer
            .write(move |connection| blobs::touch(connection, ws, sha256, at))
            .await
    }

    async fn stale_stages(&self, before: Timestamp) -> LedgerResult<Vec<(Hash32, Hash32)>> {
        self.read(move |connection| blobs::stale(connection, before))
            .await
    }

    async fn end_stage(
        &self,
        sha256: Hash32,
        manifest: Hash32,
        before: Timestamp,
    ) -> LedgerResult<bool> {
        self.writer
            .write(move |connection| blobs::end(connection, sha256, manifest, before))
            .await
    }

    async fn stages(&self, sha256: Hash32) -> LedgerResult<Vec<Hash32>> {
        self.read(move |connection| blobs::manifests(connection, sha256))
            .await
    }

    async fn unstage_blob(&self, sha256: Hash32, manifest: Option<Hash32>) -> LedgerResult<()> {
        self.writer
            .write(move |connection| blobs::unstage(connection, sha256, manifest))
            .await
    }

    async fn publish_blob(
        &self,
        office: String,
        sha256: Hash32,
        size: u64,
        at: Timestamp,
    ) -> LedgerResult<()> {
        self.writer
            .write(move |connection| blobs::publish(connection, &office, sha256, size, at))
            .await
    }

    async fn feed(&self, query: FeedQuery) -> LedgerResult<Option<FeedPage>> {
        self.read(move |connection| feed::page(connection, &query))
            .await
    }

    async fn publish(&self, office: &str, kind: &str, body: &str) -> LedgerResult<Option<u64>> {
        let [office, kind, body] = [office, kind, body].map(str::to_string);
        self.writer
            .write(move |connection| feed::publish(connection, &office, &kind, &body))
            .await
    }

    async fn feed_top(&self, office: &str) -> LedgerResult<u64> {
        let office = office.to_string();
        self.read(move |connection| feed::top(connection, &office))
            .await
    }

    async fn feed_before(&self, office: &str, at: Timestamp) -> LedgerResult<u64> {
        let office = office.to_string();
        self.read(move |connection| feed::before(connection, &office, at))
            .await
    }

    async fn decide(&self, decision: Decision) -> LedgerResult<Decided> {
        self.writer
            .write(move |connection| feed::decide(connection, &decision))
            .await
    }

    async fn trim_feed(&self, office: &str, snapshot: Snapshot) -> LedgerResult<bool> {
        let office = office.to_string();
        self.writer
            .write(move |connection| feed::trim(connection, &office, &snapshot))
            .await
    }
}
