//! The engine for a province: PostgreSQL 15 or later, pooled. Any number of instances may serve one database: the
//! workstation's locked row is the guard. Locks are taken in the order workstation → office.

mod blobs;
mod enrol;
mod feed;
mod ingest;
mod journal;
mod outlet;
mod reads;
mod roles;

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32, blob::AskedBlob, enrol::Lease, feed::Snapshot, sign::SignatureBytes,
};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, IsolationLevel, NoTls};
use uuid::Uuid;

use crate::engine::MAX_KEPT_BATCHES;
use crate::feed::{Decided, Decision, FeedPage, FeedQuery};
use crate::ingest::Ingest;
use crate::ledger::{
    BlobRecord, Countersigned, Enrolled, Expectation, FilingQuery, FilingRecord, Ingested, Ledger,
    LedgerError, LedgerResult, NewOffice, NewWorkstation, OfficeRecord, QuarantineRecord, Retried,
    Retry, Role, StagedBlob, StoredLine, TokenRecord, WorkstationRecord,
};

mod migrations {
    refinery::embed_migrations!("migrations/postgres");
}

/// Connections of one instance.
const CONNECTIONS: usize = 8;
/// How long a request waits for a connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(5);
/// Tries of a transaction that lost against another one, or of a start beside another starting instance.
const TRIES: u32 = 5;

impl From<tokio_postgres::Error> for LedgerError {
    fn from(error: tokio_postgres::Error) -> Self {
        // Only the server's words: the detail of a constraint would carry values of the row into the log.
        let said = error
            .as_db_error()
            .map(|server| format!("{}: {}", server.code().code(), server.message()));
        let text = said.unwrap_or_else(|| error.to_string());
        if lost_a_race(&error) {
            LedgerError::Contended(text)
        } else {
            LedgerError::Storage(text)
        }
    }
}

fn lost_a_race(error: &tokio_postgres::Error) -> bool {
    let lost = [
        &SqlState::T_R_SERIALIZATION_FAILURE,
        &SqlState::T_R_DEADLOCK_DETECTED,
        &SqlState::EXCLUSION_VIOLATION,
    ];
    error.code().is_some_and(|code| lost.contains(&code))
}

/// The ledger in a PostgreSQL database.
#[derive(Clone)]
pub struct PostgresLedger {
    pool: Pool,
}

/// Runs a transaction again when it lost a race; each try begins with the row lock, so it sees what the winner did.
macro_rules! transaction {
    ($self:ident, |$transaction:ident| $work:expr) => {{
        let mut tries = 0;
        loop {
            let mut client = $self.client().await?;
            let answer: LedgerResult<_> = async {
                let $transaction = client.transaction().await?;
                let answer = $work.await?;
                $transaction.commit().await?;
                Ok(answer)
            }
            .await;
            tries += 1;
            match answer {
                Err(LedgerError::Contended(_)) if tries < TRIES => {}
                answer => break answer,
            }
        }
    }};
}

impl PostgresLedger {
    /// Connects, and brings the tables up to date.
    pub async fn open(url: &str) -> LedgerResult<Self> {
        let config = Config::from_str(url).map_err(LedgerError::storage)?;
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let pool = Pool::builder(Manager::from_config(config, NoTls, recycling))
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .build()
            .map_err(LedgerError::storage)?;
        let ledger = PostgresLedger { pool };
        ledger.migrate().await?;
        Ok(ledger)
    }

    /// Lets a role of the database do what the service does, and nothing else. For the owner, after [`Self::open`].
    pub async fn grant(&self, role: &str) -> LedgerResult<()> {
        roles::grant(&self.client().await?, role).await
    }

    /// Whether the tables are those of this program. Who may not alter them must not have to try.
    async fn is_up_to_date(&self) -> LedgerResult<bool> {
        let client = self.client().await?;
        let sql = "select to_regclass('refinery_schema_history') is not null";
        if !client.query_one(sql, &[]).await?.try_get::<_, bool>(0)? {
            return Ok(false);
        }
        let sql = "select coalesce(max(version), 0)::bigint from refinery_schema_history";
        let version: i64 = client.query_one(sql, &[]).await?.try_get(0)?;
        let runner = migrations::migrations::runner();
        let ours = runner
            .get_migrations()
            .iter()
            .map(|it| i64::from(it.version()));
        Ok(ours.max() == Some(version))
    }

    /// Two instances that start together both want to migrate: the one that loses looks again.
    async fn migrate(&self) -> LedgerResult<()> {
        if self.is_up_to_date().await? {
            return Ok(());
        }
        let mut tries = 0;
        loop {
            let mut client = self.client().await?;
            let done = migrations::migrations::runner()
                .run_async(&mut **client)
                .await;
            tries += 1;
            match done {
                Err(error) if tries >= TRIES => return Err(LedgerError::storage(error)),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                Ok(_) => return Ok(()),
            }
        }
    }

    async fn client(&self) -> LedgerResult<Object> {
        self.pool.get().await.map_err(LedgerError::storage)
    }
}

#[async_trait]
impl Ledger for PostgresLedger {
    async fn add_office(&self, record: OfficeRecord) -> LedgerResult<bool> {
        enrol::add_office(&self.client().await?, &record).await
    }

    async fn office(&self, id: &str) -> LedgerResult<Option<OfficeRecord>> {
        reads::office(&self.client().await?, id).await
    }

    async fn await_enrolment(&self, new: NewWorkstation) -> LedgerResult<Expectation> {
        transaction!(self, |transaction| enrol::await_enrolment(
            &transaction,
            &new
        ))
    }

    async fn enrol(&self, secret: Hash32, key: [u8; 32], now: Timestamp) -> LedgerResult<Enrolled> {
        transaction!(self, |transaction| enrol::enrol(
            &transaction,
            secret,
            key,
            now
        ))
    }

    async fn renew_lease(&self, ws: Uuid, to: Date) -> LedgerResult<Option<Lease>> {
        transaction!(self, |transaction| enrol::renew_lease(&transaction, ws, to))
    }

    async fn revoke(&self, ws: Uuid, today: Date) -> LedgerResult<bool> {
        transaction!(self, |transaction| enrol::revoke(&transaction, ws, today))
    }

    async fn workstation(&self, ws: Uuid) -> LedgerResult<Option<WorkstationRecord>> {
        reads::workstation(&self.client().await?, ws).await
    }

    async fn workstations(&self, office: Option<String>) -> LedgerResult<Vec<WorkstationRecord>> {
        reads::workstations(&self.client().await?, office.as_deref()).await
    }

    async fn hear(&self, ws: Uuid, at: Timestamp, last: Option<u64>) -> LedgerResult<()> {
        reads::hear(&self.client().await?, ws, at, last).await
    }

    async fn offices(&self) -> LedgerResult<Vec<OfficeRecord>> {
        reads::offices(&self.client().await?).await
    }

    async fn waiting_blobs(&self) -> LedgerResult<Vec<(Uuid, u64)>> {
        blobs::waiting(&self.client().await?).await
    }

    async fn ingest(&self, ingest: Arc<Ingest>) -> LedgerResult<Ingested> {
        transaction!(self, |transaction| ingest::take(&transaction, &ingest))
    }

    async fn keep_batch(&self, ws: Uuid, bytes: Vec<u8>, at: Timestamp) -> LedgerResult<()> {
        let sha256 = Hash32::of(&[&bytes]);
        let sql = "insert into quarantined_batch (ws, sha256, body, received_at)
                   select $1::uuid, $2::bytea, $3::bytea, $4::timestamptz
                   where (select count(*) from quarantined_batch where ws = $1) < $5
                   on conflict do nothing";
        let client = self.client().await?;
        client
            .execute(
                sql,
                &[&ws, &sha256.0.as_slice(), &bytes, &at, &MAX_KEPT_BATCHES],
            )
            .await?;
        Ok(())
    }

    async fn filings(&self, query: FilingQuery) -> LedgerResult<Vec<FilingRecord>> {
        reads::filings(&self.client().await?, &query).await
    }

    async fn filing(&self, id: Uuid) -> LedgerResult<Option<FilingRecord>> {
        reads::filing(&self.client().await?, id).await
    }

    async fn undelivered(&self, after: Option<Uuid>, limit: u32) -> LedgerResult<Vec<Uuid>> {
        outlet::undelivered(&self.client().await?, after, limit).await
    }

    async fn deliver(&self, filing: Uuid, version: u32) -> LedgerResult<bool> {
        outlet::deliver(&self.client().await?, filing, version).await
    }

    async fn lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<Vec<u8>>> {
        reads::lines(&self.client().await?, ws, from, limit).await
    }

    async fn quarantine(
        &self,
        office: Option<String>,
        limit: u32,
    ) -> LedgerResult<Vec<QuarantineRecord>> {
        reads::quarantine(&self.client().await?, office.as_deref(), limit).await
    }

    async fn stored_lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<StoredLine>> {
        journal::lines(&self.client().await?, ws, from, limit).await
    }

    async fn countersigned(&self, ws: Uuid) -> LedgerResult<Vec<Countersigned>> {
        journal::countersigned(&self.client().await?, ws).await
    }

    async fn retry(&self, retry: Arc<Retry>) -> LedgerResult<Retried> {
        transaction!(self, |transaction| ingest::retry(&transaction, &retry))
    }

    async fn import(&self, offices: Vec<NewOffice>) -> LedgerResult<Option<usize>> {
        transaction!(self, |transaction| enrol::import(&transaction, &offices))
    }

    async fn kept_batches(&self) -> LedgerResult<u64> {
        let client = self.client().await?;
        super::number(
            client
                .query_one("select count(*) from quarantined_batch", &[])
                .await?
                .try_get(0)?,
        )
    }

    async fn countersignature(
        &self,
        ws: Uuid,
        next_seq: u64,
    ) -> LedgerResult<Option<(String, SignatureBytes)>> {
        reads::countersignature(&self.client().await?, ws, next_seq).await
    }

    async fn add_token(
        &self,
        name: &str,
        role: Role,
        sha256: Hash32,
        at: Timestamp,
    ) -> LedgerResult<bool> {
        let sql = "insert into operator_token (name, role, sha256, created_at) values ($1, $2, $3, $4) on conflict do nothing";
        let client = self.client().await?;
        let (role, sha256) = (role.as_str(), sha256.0.as_slice());
        Ok(client.execute(sql, &[&name, &role, &sha256, &at]).await? == 1)
    }

    async fn token(&self, sha256: Hash32) -> LedgerResult<Option<TokenRecord>> {
        let client = self.client().await?;
        let sql = "select name, role from operator_token where sha256 = $1";
        let row = client.query_opt(sql, &[&sha256.0.as_slice()]).await?;
        row.map(|row| super::token(row.try_get(0)?, row.try_get(1)?))
            .transpose()
    }

    async fn blobs(&self, office: String, asked: Vec<Hash32>) -> LedgerResult<Vec<BlobRecord>> {
        blobs::records(&self.client().await?, &office, &asked).await
    }

    async fn told_blob(&self, office: String, sha256: Hash32) -> LedgerResult<Option<u64>> {
        blobs::told(&self.client().await?, &office, sha256).await
    }

    async fn stage_blobs(
        &self,
        ws: Uuid,
        asked: Vec<AskedBlob>,
        at: Timestamp,
    ) -> LedgerResult<Vec<bool>> {
        transaction!(self, |transaction| blobs::stage(
            &transaction,
            ws,
            &asked,
            at
        ))
    }

    async fn staged_blob(&self, ws: Uuid, sha256: Hash32) -> LedgerResult<Option<StagedBlob>> {
        blobs::staged(&self.client().await?, ws, sha256).await
    }

    async fn touch_stage(&self, ws: Uuid, sha256: Hash32, at: Timestamp) -> LedgerResult<bool> {
        blobs::touch(&self.client().await?, ws, sha256, at).await
    }

    async fn stale_stages(&self, before: Timestamp) -> LedgerResult<Vec<(Hash32, Hash32)>> {
        blobs::stale(&self.client().await?, before).await
    }

    async fn end_stage(
        &self,
        sha256: Hash32,
        manifest: Hash32,
        before: Timestamp,
    ) -> LedgerResult<bool> {
        transaction!(self, |transaction| blobs::end(
            &transaction,
            sha256,
            manifest,
            before
        ))
    }

    async fn stages(&self, sha256: Hash32) -> LedgerResult<Vec<Hash32>> {
        blobs::manifests(&self.client().await?, sha256).await
    }

    async fn unstage_blob(&self, sha256: Hash32, manifest: Option<Hash32>) -> LedgerResult<()> {
        blobs::unstage(&self.client().await?, sha256, manifest).await
    }

    async fn publish_blob(
        &self,
        office: String,
        sha256: Hash32,
        size: u64,
        at: Timestamp,
    ) -> LedgerResult<()> {
        transaction!(self, |transaction| blobs::publish(
            &transaction,
            &office,
            sha256,
            size,
            at
        ))
    }

    async fn feed(&self, query: FeedQuery) -> LedgerResult<Option<FeedPage>> {
        // One moment for the feed's ends and its lines: a trim in between would look like an empty stretch.
        let mut client = self.client().await?;
        let moment = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        let page = feed::page(&moment, &query).await?;
        moment.commit().await?;
        Ok(page)
    }

    async fn publish(&self, office: &str, kind: &str, body: &str) -> LedgerResult<Option<u64>> {
        transaction!(self, |transaction| feed::publish(
            &transaction,
            office,
            kind,
            body
        ))
    }

    async fn feed_top(&self, office: &str) -> LedgerResult<u64> {
        feed::top(&self.client().await?, office).await
    }

    async fn feed_before(&self, office: &str, at: Timestamp) -> LedgerResult<u64> {
        feed::before(&self.client().await?, office, at).await
    }

    async fn decide(&self, decision: Decision) -> LedgerResult<Decided> {
        transaction!(self, |transaction| feed::decide(&transaction, &decision))
    }

    async fn trim_feed(&self, office: &str, snapshot: Snapshot) -> LedgerResult<bool> {
        transaction!(self, |transaction| feed::trim(
            &transaction,
            office,
            &snapshot
        ))
    }
}
