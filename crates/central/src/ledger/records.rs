//! What crosses the ledger: questions, answers and rows as the rest of the service knows them.

use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32,
    batch::{Quarantined, WantedBlob},
    blob::AskedBlob,
    enrol::{Counter, Lease, Office},
    hello::Standing,
    sign::SignatureBytes,
};
use uuid::Uuid;

use crate::ingest::{Fault, ReadLine};

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
    /// When it last asked for anything under its signature: to five minutes.
    pub heard: Option<Timestamp>,
    /// Number of its own last line, as it said then.
    pub said_last: Option<u64>,
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

/// A journal line as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    /// Its number.
    pub seq: u64,
    /// Chain hash after it, as it was when it came.
    pub hash: Hash32,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// What the centre signed when it took a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countersigned {
    /// Number of the line that was expected next.
    pub next_seq: u64,
    /// Chain hash before it.
    pub head: Hash32,
    /// The time under the signature, as it was signed.
    pub at: String,
    /// The signature.
    pub sig: SignatureBytes,
}

/// A quarantined line, read again.
#[derive(Debug)]
pub struct Retry {
    /// Id of its office.
    pub office: String,
    /// The workstation.
    pub ws: Uuid,
    /// The line.
    pub line: ReadLine,
}

/// What came of applying a quarantined line again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retried {
    /// It is applied, and no longer in quarantine.
    Applied,
    /// It stays, for this reason.
    Stays(Fault),
    /// It was no longer in quarantine.
    Gone,
}

/// An office with the workstations that its counters will be.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// The office.
    pub record: OfficeRecord,
    /// One of each counter.
    pub workstations: Vec<NewWorkstation>,
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
    /// Fetch filings for the province's own system, and nothing else.
    Outlet,
}

impl Role {
    /// The word in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Unit => "unit",
            Role::Outlet => "outlet",
        }
    }

    /// Reads a word as `as_str` writes it.
    pub fn parse(word: &str) -> Option<Self> {
        [Role::Operator, Role::Unit, Role::Outlet]
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
