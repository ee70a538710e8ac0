//! What the centre keeps, as a trait that every storage engine implements, and the records that cross it.
//! One conformance suite (`tests/conformance`) runs over all engines. Not here: HTTP, keys, SQL.

mod records;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32, blob::AskedBlob, enrol::Lease, feed::Snapshot, sign::SignatureBytes,
};
use uuid::Uuid;

use crate::feed::{Decided, Decision, FeedPage, FeedQuery};
use crate::ingest::Ingest;

pub use records::*;

/// Why the storage did not do its work. Nothing of the request was kept; it may be sent again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The disk or the database refused, or was too slow.
    #[error("storage: {0}")]
    Storage(String),
    /// Another transaction came in between, again and again.
    #[error("contended: {0}")]
    Contended(String),
    /// A row holds what no program of ours writes.
    #[error("damaged row: {0}")]
    Damaged(String),
}

impl LedgerError {
    /// A refusal of the disk or the database, by its own words.
    pub fn storage(error: impl std::fmt::Display) -> Self {
        LedgerError::Storage(error.to_string())
    }
}

/// Result of a ledger call.
pub type LedgerResult<T> = Result<T, LedgerError>;

/// The storage of the centre. Every method is one transaction; an `Err` means nothing was kept.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Adds an office; false when its id exists already (nothing is changed then).
    async fn add_office(&self, record: OfficeRecord) -> LedgerResult<bool>;
    /// An office by id.
    async fn office(&self, id: &str) -> LedgerResult<Option<OfficeRecord>>;
    /// Expects a workstation at a counter, with its lease. An unused code of the same counter ends.
    async fn await_enrolment(&self, new: NewWorkstation) -> LedgerResult<Expectation>;
    /// Spends a secret on a key. The same secret and key again change nothing and are accepted again.
    async fn enrol(&self, secret: Hash32, key: [u8; 32], now: Timestamp) -> LedgerResult<Enrolled>;
    /// Ends a workstation and, after `today`, its lease; false when there is none with this id.
    async fn revoke(&self, ws: Uuid, today: Date) -> LedgerResult<bool>;
    /// Lets an active workstation keep its numbers up to a day, if it would not keep them longer anyway; gives its lease. None
    /// when there is no such workstation.
    async fn renew_lease(&self, ws: Uuid, to: Date) -> LedgerResult<Option<Lease>>;
    /// A workstation by id.
    async fn workstation(&self, ws: Uuid) -> LedgerResult<Option<WorkstationRecord>>;
    /// All workstations, or one office's.
    async fn workstations(&self, office: Option<String>) -> LedgerResult<Vec<WorkstationRecord>>;
    /// Keeps that a workstation asked for something, and how far its journal reaches if it said so.
    async fn hear(&self, ws: Uuid, at: Timestamp, last: Option<u64>) -> LedgerResult<()>;
    /// All offices.
    async fn offices(&self) -> LedgerResult<Vec<OfficeRecord>>;
    /// How many blobs that a workstation's lines name are not published; only workstations that lack some.
    async fn waiting_blobs(&self) -> LedgerResult<Vec<(Uuid, u64)>>;
    /// Takes a batch: compares, appends what is new, applies it, countersigns.
    async fn ingest(&self, ingest: Arc<Ingest>) -> LedgerResult<Ingested>;
    /// Keeps a revoked workstation's batch as it came; once, however often it comes.
    async fn keep_batch(&self, ws: Uuid, bytes: Vec<u8>, at: Timestamp) -> LedgerResult<()>;
    /// Filings, oldest id first.
    async fn filings(&self, query: FilingQuery) -> LedgerResult<Vec<FilingRecord>>;
    /// A filing with its forms.
    async fn filing(&self, id: Uuid) -> LedgerResult<Option<FilingRecord>>;
    /// Filings that the province's own system lacks in their last version and whose forms are all published, by id.
    async fn undelivered(&self, after: Option<Uuid>, limit: u32) -> LedgerResult<Vec<Uuid>>;
    /// Keeps that the province's own system has a version; false when there is no such version.
    async fn deliver(&self, filing: Uuid, version: u32) -> LedgerResult<bool>;
    /// Journal lines as they came, from `from` on.
    async fn lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<Vec<u8>>>;
    /// Lines that are stored and not applied, at most `limit`.
    async fn quarantine(
        &self,
        office: Option<String>,
        limit: u32,
    ) -> LedgerResult<Vec<QuarantineRecord>>;
    /// Journal lines with their hashes, from `from` on.
    async fn stored_lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<StoredLine>>;
    /// What was signed of a journal, in its order.
    async fn countersigned(&self, ws: Uuid) -> LedgerResult<Vec<Countersigned>>;
    /// Applies a quarantined line again; where it stays, its reason is the new one.
    async fn retry(&self, retry: Arc<Retry>) -> LedgerResult<Retried>;
    /// Adds offices with their expected workstations, all or none; gives the place of one that exists already.
    async fn import(&self, offices: Vec<NewOffice>) -> LedgerResult<Option<usize>>;
    /// How many batches of revoked workstations are kept.
    async fn kept_batches(&self) -> LedgerResult<u64>;
    /// The countersignature given for `(ws, next_seq)`, with the time under it.
    async fn countersignature(
        &self,
        ws: Uuid,
        next_seq: u64,
    ) -> LedgerResult<Option<(String, SignatureBytes)>>;
    /// Keeps a token by its SHA-256; false when the name is taken.
    async fn add_token(
        &self,
        name: &str,
        role: Role,
        sha256: Hash32,
        at: Timestamp,
    ) -> LedgerResult<bool>;
    /// The token with this SHA-256.
    async fn token(&self, sha256: Hash32) -> LedgerResult<Option<TokenRecord>>;
    /// What is known of each blob, in the order asked, as far as this office may know.
    async fn blobs(&self, office: String, asked: Vec<Hash32>) -> LedgerResult<Vec<BlobRecord>>;
    /// The size of a published blob that a line or a fact of this office names, or that is its feed's snapshot.
    async fn told_blob(&self, office: String, sha256: Hash32) -> LedgerResult<Option<u64>>;
    /// Keeps what a workstation says of blobs and their chunks, in place of what it said before. For each: whether
    /// somebody had said the same already, so that chunks may be there.
    async fn stage_blobs(
        &self,
        ws: Uuid,
        asked: Vec<AskedBlob>,
        at: Timestamp,
    ) -> LedgerResult<Vec<bool>>;
    /// What a workstation said of a blob.
    async fn staged_blob(&self, ws: Uuid, sha256: Hash32) -> LedgerResult<Option<StagedBlob>>;
    /// Keeps that a workstation goes on with a blob, so that its stage is not swept; false when it has been.
    async fn touch_stage(&self, ws: Uuid, sha256: Hash32, at: Timestamp) -> LedgerResult<bool>;
    /// Stages that nobody touched since `before`, by blob and manifest.
    async fn stale_stages(&self, before: Timestamp) -> LedgerResult<Vec<(Hash32, Hash32)>>;
    /// Forgets such a stage; false when somebody touched it meanwhile, and then nothing is forgotten.
    async fn end_stage(
        &self,
        sha256: Hash32,
        manifest: Hash32,
        before: Timestamp,
    ) -> LedgerResult<bool>;
    /// The manifests of a blob's stages.
    async fn stages(&self, sha256: Hash32) -> LedgerResult<Vec<Hash32>>;
    /// Forgets what was said of a blob: under one manifest, or under all.
    async fn unstage_blob(&self, sha256: Hash32, manifest: Option<Hash32>) -> LedgerResult<()>;
    /// Keeps that a blob is published, and forgets its stages. Its bytes must be durable before.
    async fn publish_blob(
        &self,
        office: String,
        sha256: Hash32,
        size: u64,
        at: Timestamp,
    ) -> LedgerResult<()>;
    /// A page of an office's feed, all of one moment; without lines when the cursor lies outside. None without the
    /// office.
    async fn feed(&self, query: FeedQuery) -> LedgerResult<Option<FeedPage>>;
    /// Puts a fact into an office's feed and gives its number; none without the office.
    async fn publish(&self, office: &str, kind: &str, body: &str) -> LedgerResult<Option<u64>>;
    /// The last line of an office's feed; 0 while there is none.
    async fn feed_top(&self, office: &str) -> LedgerResult<u64>;
    /// Keeps a unit's decision, once, and puts it into the feed of the filing's office.
    async fn decide(&self, decision: Decision) -> LedgerResult<Decided>;
    /// The last line of an office's feed before the first peer line that came at `at` or later; 0 without the office.
    async fn feed_before(&self, office: &str, at: Timestamp) -> LedgerResult<u64>;
    /// Lets a snapshot stand in for the lines up to its cursor; false when the feed does not reach from there on.
    async fn trim_feed(&self, office: &str, snapshot: Snapshot) -> LedgerResult<bool>;
}
