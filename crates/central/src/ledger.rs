//! What the centre keeps, as a trait that every storage engine implements, and the records that cross it.
//! One conformance suite (`tests/conformance`) runs over all engines. Not here: HTTP, keys, SQL.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32,
    batch::{Quarantined, WantedBlob},
    blob::AskedBlob,
    enrol::{Counter, Lease, Office},
    feed::Snapshot,
    hello::Standing,
    sign::SignatureBytes,
};
use uuid::Uuid;

use crate::feed::{Decided, Decision, FeedPage, FeedQuery};
use crate::ingest::Ingest;

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

/// An office and the province that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRecord {
    /// As it stands on forms.
    pub office: Office,
    /// Short name of the province.
    pub province: String,
}

/// What a counter's workstation will be, before its key is known.
#[derive(Debug, Clone)]
pub struct NewWorkstation {
    /// Its id.
    pub ws: Uuid,
    /// Id of its office.
    pub office: String,
    /// Its counter.
    pub counter: Counter,
    /// First and last number of each day.
    pub slot: [u32; 2],
    /// The range for the day the slot is used up.
    pub reserve: [u32; 2],
    /// First day wanted for the lease; later if the range's last holder still has it.
    pub from: Date,
    /// Days that the lease lasts.
    pub days: i32,
    /// SHA-256 of the code or of the ticket's secret.
    pub secret: Hash32,
    /// Which of the two it is.
    pub kind: SecretKind,
    /// When an unused secret ends; none = never.
    pub expires: Option<Timestamp>,
}

/// How a workstation proves that it is the expected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// Eight digits, read over the telephone. Until it is used nobody holds the counter's numbers.
    Code,
    /// A file that works without a network: its holder may have given out numbers before the first contact.
    Ticket,
}

impl SecretKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            SecretKind::Code => "code",
            SecretKind::Ticket => "ticket",
        }
    }
}

/// What came of expecting a workstation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// It is expected, with this lease.
    Made(Lease),
    /// No such office.
    OfficeUnknown,
    /// Another workstation holds numbers of this range; revoke it first.
    SlotTaken(Uuid),
    /// This very secret exists already; draw another.
    SecretTaken,
}

/// What came of a request to enrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolled {
    /// The workstation has this key now, or had it already.
    Accepted(Box<WorkstationRecord>),
    /// No such secret, or it ended unused.
    CodeUnknown,
    /// Spent on another key, or its workstation was revoked.
    CodeUsed,
}

/// A workstation as the centre knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkstationRecord {
    /// Its id.
    pub ws: Uuid,
    /// Id of its office.
    pub office: String,
    /// Its counter.
    pub counter: Counter,
    /// Its daily numbers.
    pub lease: Option<Lease>,
    /// Its public key; none while it is only expected.
    pub key: Option<[u8; 32]>,
    /// Whether its lines are welcome.
    pub standing: Standing,
    /// Number of the line expected next.
    pub next_seq: u64,
    /// Chain hash after `next_seq - 1`; none while the key is not known.
    pub head: Option<Hash32>,
    /// When its last batch came.
    pub last_seen: Option<Timestamp>,
}

/// What came of a batch whose signature held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// Stored, or all of it was known already.
    Taken(Box<Taken>),
    /// Earlier lines are missing.
    Gap {
        /// Resend from here.
        next_seq: u64,
        /// The centre's hash before it.
        head: Hash32,
    },
    /// Same number, other hash: nothing was stored.
    Fork {
        /// First line known to differ.
        at: u64,
        /// The centre's hash at that line.
        head: Hash32,
    },
    /// No workstation with this id and this key.
    Unknown,
    /// Revoked meanwhile.
    Revoked,
}

/// The state after a batch was taken, computed from the locked row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Number of the line expected next.
    pub next_seq: u64,
    /// Chain hash after `next_seq - 1`.
    pub head: Hash32,
    /// How many lines were new.
    pub new: u64,
    /// Lines of this batch that are stored but not applied.
    pub quarantined: Vec<Quarantined>,
    /// Blobs that lines of this batch name and that are not published.
    pub want: Vec<WantedBlob>,
    /// The centre's signature over the state.
    pub countersignature: SignatureBytes,
}

/// A filing as the read model keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingRecord {
    /// Its id.
    pub id: Uuid,
    /// Id of the office that received it.
    pub office: String,
    /// Workstation that received it.
    pub ws: Uuid,
    /// Number of the line that says so.
    pub seq: u64,
    /// Legal number.
    pub code: Option<String>,
    /// Provisional number.
    pub provisional: Option<String>,
    /// A number that another filing holds already: a person must decide.
    pub disputed_code: Option<String>,
    /// Business day.
    pub day: Date,
    /// Procedure code.
    pub procedure: String,
    /// Vietnamese title.
    pub title: String,
    /// English title.
    pub title_en: Option<String>,
    /// Full name.
    pub applicant: String,
    /// Local time of the office.
    pub received: String,
    /// Local time of the office.
    pub due: String,
    /// In the words of `domain::filing::Status`.
    pub status: String,
    /// How many lines changed this record.
    pub version: u32,
    /// Its forms; filled for a single filing only, empty in lists.
    pub forms: Vec<FormRecord>,
}

/// A form that a filing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRecord {
    /// `01`.
    pub form: String,
    /// Version of the template.
    pub template: String,
    /// SHA-256 of the PDF.
    pub sha256: Hash32,
    /// Bytes of the PDF.
    pub size: u64,
}

/// Which filings to list, by id (which is by time of making).
#[derive(Debug, Clone, Default)]
pub struct FilingQuery {
    /// Only this office.
    pub office: Option<String>,
    /// Only with this legal, provisional or disputed number.
    pub code: Option<String>,
    /// Only of this business day.
    pub day: Option<Date>,
    /// Only after this id.
    pub after: Option<Uuid>,
    /// At most so many.
    pub limit: u32,
}

/// A line that is stored and not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineRecord {
    /// Id of the office.
    pub office: String,
    /// The workstation.
    pub ws: Uuid,
    /// The line.
    pub seq: u64,
    /// Why, in one word.
    pub code: String,
    /// Why, for the operator.
    pub detail: String,
}

/// What the holder of a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Read everything.
    Operator,
    /// Decide on filings, and nothing else.
    Unit,
}

impl Role {
    /// The word in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Unit => "unit",
        }
    }

    /// Reads a word as `as_str` writes it.
    pub fn parse(word: &str) -> Option<Self> {
        [Role::Operator, Role::Unit]
            .into_iter()
            .find(|role| role.as_str() == word)
    }
}

/// A token as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRecord {
    /// Who or what uses it.
    pub name: String,
    /// What for.
    pub role: Role,
}

/// One hash for all chunks of a blob: who lists other chunks fills another stage.
pub fn manifest(asked: &AskedBlob) -> Hash32 {
    let chunks: Vec<&[u8]> = asked.chunks.iter().map(|hash| hash.0.as_slice()).collect();
    Hash32::of(&chunks)
}

/// What a workstation said of a blob's chunks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedBlob {
    /// The blob with its chunks.
    pub asked: AskedBlob,
    /// When it said so, or went on with it: to the hour.
    pub at: Timestamp,
}

/// What the ledger knows of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRecord {
    /// Whether a line of the asking office names it.
    pub named: bool,
    /// Its bytes, if it is published.
    pub published: Option<u64>,
}

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
    /// A workstation by id.
    async fn workstation(&self, ws: Uuid) -> LedgerResult<Option<WorkstationRecord>>;
    /// All workstations, or one office's.
    async fn workstations(&self, office: Option<String>) -> LedgerResult<Vec<WorkstationRecord>>;
    /// Takes a batch: compares, appends what is new, applies it, countersigns.
    async fn ingest(&self, ingest: Arc<Ingest>) -> LedgerResult<Ingested>;
    /// Keeps a revoked workstation's batch as it came; once, however often it comes.
    async fn keep_batch(&self, ws: Uuid, bytes: Vec<u8>, at: Timestamp) -> LedgerResult<()>;
    /// Filings, oldest id first.
    async fn filings(&self, query: FilingQuery) -> LedgerResult<Vec<FilingRecord>>;
    /// A filing with its forms.
    async fn filing(&self, id: Uuid) -> LedgerResult<Option<FilingRecord>>;
    /// Journal lines as they came, from `from` on.
    async fn lines(&self, ws: Uuid, from: u64, limit: u32) -> LedgerResult<Vec<Vec<u8>>>;
    /// Lines that are stored and not applied, at most `limit`.
    async fn quarantine(
        &self,
        office: Option<String>,
        limit: u32,
    ) -> LedgerResult<Vec<QuarantineRecord>>;
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
    /// Keeps a unit's decision, once, and puts it into the feed of the filing's office.
    async fn decide(&self, decision: Decision) -> LedgerResult<Decided>;
    /// Lets a snapshot stand in for the lines up to its cursor; false when the feed does not reach from there on.
    async fn trim_feed(&self, office: &str, snapshot: Snapshot) -> LedgerResult<bool>;
}
