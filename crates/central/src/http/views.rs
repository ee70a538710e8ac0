//! What the read API shows, and mirrors of the protocol's types for the OpenAPI document (a test holds the mirrors
//! against what the protocol writes).

use onedoor_protocol::{Hash32, hello::Standing};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ledger::{FilingRecord, FormRecord, QuarantineRecord, WorkstationRecord};
use crate::notary::wire_time;

/// A filing as the centre knows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilingView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    office: String,
    /// Workstation that received it.
    #[schema(value_type = String, format = "uuid")]
    ws: Uuid,
    /// Number of the journal line that says so.
    seq: u64,
    /// Legal number, `agency-YYMMDD-XXXX`.
    code: Option<String>,
    /// Provisional number.
    provisional: Option<String>,
    /// A number that another filing holds already: a person must decide.
    disputed_code: Option<String>,
    /// Business day.
    #[schema(value_type = String, format = Date)]
    day: String,
    /// National code of the procedure.
    procedure: String,
    title: String,
    title_en: Option<String>,
    applicant: String,
    /// Local time of the office.
    received: String,
    /// Local time of the office.
    due: String,
    status: String,
    /// How many lines changed this record.
    version: u32,
    /// Its forms; only when a single filing is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    forms: Option<Vec<FormView>>,
}

/// A form that a filing has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormView {
    /// `01`.
    form: String,
    /// Version of the template.
    template: String,
    /// SHA-256 of the PDF, hex.
    #[schema(value_type = String)]
    sha256: Hash32,
    /// Bytes of the PDF.
    size: u64,
}

/// A page of filings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilingsView {
    pub(crate) filings: Vec<FilingView>,
    /// Pass it as `after` for the next page; none = this was the last.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub(crate) next: Option<Uuid>,
}

/// A workstation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkstationView {
    #[schema(value_type = String, format = "uuid")]
    ws: Uuid,
    office: String,
    counter: u16,
    counter_name: String,
    /// `expected`, `active` or `revoked`.
    #[schema(value_type = String)]
    standing: Standing,
    /// Number of the line expected next.
    next_seq: u64,
    /// Chain hash after `next_seq - 1`, hex; none until its key is known.
    #[schema(value_type = Option<String>)]
    head: Option<Hash32>,
    /// When its last batch came, RFC 3339.
    last_seen: Option<String>,
}

/// All workstations that the reader may see.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkstationsView {
    pub(crate) workstations: Vec<WorkstationView>,
}

/// A line that is stored and not applied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantineView {
    office: String,
    #[schema(value_type = String, format = "uuid")]
    ws: Uuid,
    seq: u64,
    /// `unknown_type`, `unreadable_line`, `wrong_seq`, `wrong_dossier`, `bad_value`, `duplicate_code`,
    /// `duplicate_filing` or `unknown_filing`.
    code: String,
    /// For the operator.
    detail: String,
}

/// Lines that are stored and not applied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantineListView {
    pub(crate) lines: Vec<QuarantineView>,
}

impl FilingView {
    /// A line of a list.
    pub(crate) fn listed(it: FilingRecord) -> Self {
        FilingView {
            id: it.id,
            office: it.office,
            ws: it.ws,
            seq: it.seq,
            code: it.code,
            provisional: it.provisional,
            disputed_code: it.disputed_code,
            day: it.day.to_string(),
            procedure: it.procedure,
            title: it.title,
            title_en: it.title_en,
            applicant: it.applicant,
            received: it.received,
            due: it.due,
            status: it.status,
            version: it.version,
            forms: None,
        }
    }

    /// A single filing, with its forms.
    pub(crate) fn whole(mut it: FilingRecord) -> Self {
        let forms = std::mem::take(&mut it.forms)
            .into_iter()
            .map(FormView::from)
            .collect();
        FilingView {
            forms: Some(forms),
            ..FilingView::listed(it)
        }
    }
}

impl From<FormRecord> for FormView {
    fn from(it: FormRecord) -> Self {
        FormView {
            form: it.form,
            template: it.template,
            sha256: it.sha256,
            size: it.size,
        }
    }
}

impl From<WorkstationRecord> for WorkstationView {
    fn from(it: WorkstationRecord) -> Self {
        WorkstationView {
            ws: it.ws,
            office: it.office,
            counter: it.counter.number,
            counter_name: it.counter.name,
            standing: it.standing,
            next_seq: it.next_seq,
            head: it.head,
            last_seen: it.last_seen.map(wire_time),
        }
    }
}

impl From<QuarantineRecord> for QuarantineView {
    fn from(it: QuarantineRecord) -> Self {
        QuarantineView {
            office: it.office,
            ws: it.ws,
            seq: it.seq,
            code: it.code,
            detail: it.detail,
        }
    }
}

/// Mirrors `protocol::enrol::EnrolRequest`.
#[derive(ToSchema)]
#[schema(as = EnrolRequest)]
#[allow(dead_code)]
pub(crate) struct EnrolRequestView {
    /// The one-time code, or the secret of a ticket.
    code: String,
    /// Ed25519 public key, hex.
    public_key: String,
    /// Version of the program.
    app: String,
    /// Ed25519 over `onedoor-enrol-1 ‖ code ‖ public key`, hex.
    proof: String,
}

/// Mirrors `protocol::sign::Signed`.
#[derive(ToSchema)]
#[schema(as = Signed)]
#[allow(dead_code)]
pub(crate) struct SignedView {
    /// JSON text, exactly as signed.
    body: String,
    /// Ed25519 over `tag ‖ prefix ‖ SHA256(body)`, hex.
    sig: String,
}

/// Mirrors `protocol::batch::BatchAnswer`.
#[derive(ToSchema)]
#[schema(as = BatchAnswer)]
#[allow(dead_code)]
pub(crate) struct BatchAnswerView {
    #[schema(format = "uuid")]
    ws: String,
    next_seq: u64,
    /// Chain hash after `next_seq - 1`, hex.
    head: String,
    /// RFC 3339, UTC.
    server_time: String,
    quarantined: Vec<QuarantinedView>,
    want: Vec<WantedBlobView>,
    /// Ed25519 over `onedoor-ack-1 ‖ ws ‖ next_seq ‖ head ‖ server_time`, hex.
    countersignature: String,
}

/// Mirrors `protocol::batch::Quarantined`.
#[derive(ToSchema)]
#[schema(as = Quarantined)]
#[allow(dead_code)]
pub(crate) struct QuarantinedView {
    seq: u64,
    code: String,
}

/// Mirrors `protocol::batch::WantedBlob`.
#[derive(ToSchema)]
#[schema(as = WantedBlob)]
#[allow(dead_code)]
pub(crate) struct WantedBlobView {
    sha256: String,
    /// Inclusive ranges of missing chunks.
    missing: Vec<Vec<u32>>,
}

/// Mirrors `protocol::batch::BatchRefusal`.
#[derive(ToSchema)]
#[schema(as = BatchRefusal)]
#[allow(dead_code)]
pub(crate) struct BatchRefusalView {
    /// `gap`, `fork`, `unknown_workstation`, `revoked`, `malformed`, `too_large` or `busy`.
    code: String,
    /// With `gap`: resend from here.
    next_seq: Option<u64>,
    /// With `gap` and `fork`: the centre's hash.
    head: Option<String>,
    /// With `fork`: the first line known to differ.
    at: Option<u64>,
}

/// Mirrors `protocol::blob::BlobQuery`.
#[derive(ToSchema)]
#[schema(as = BlobQuery)]
#[allow(dead_code)]
pub(crate) struct BlobQueryView {
    /// 1 to 200.
    blobs: Vec<AskedBlobView>,
}

/// Mirrors `protocol::blob::AskedBlob`.
#[derive(ToSchema)]
#[schema(as = AskedBlob)]
#[allow(dead_code)]
pub(crate) struct AskedBlobView {
    /// SHA-256 of the plain bytes, hex.
    sha256: String,
    /// Plain bytes, at most 256 MiB.
    size: u64,
    /// SHA-256 of every chunk of 256 KiB, hex.
    chunks: Vec<String>,
}

/// Mirrors `protocol::blob::BlobStates`.
#[derive(ToSchema)]
#[schema(as = BlobStates)]
#[allow(dead_code)]
pub(crate) struct BlobStatesView {
    blobs: Vec<BlobStateView>,
    /// RFC 3339, UTC.
    at: String,
}

/// Mirrors `protocol::blob::BlobState`.
#[derive(ToSchema)]
#[schema(as = BlobState)]
#[allow(dead_code)]
pub(crate) struct BlobStateView {
    sha256: String,
    /// `have`, `missing` or `not_named`.
    state: String,
    size: u64,
    /// Inclusive ranges of missing chunks.
    missing: Vec<Vec<u32>>,
    /// With `missing`, where the first bytes of the first missing chunk are there.
    begun: Option<BegunView>,
    /// With `have`: Ed25519 over `onedoor-blob-1 ‖ sha256 ‖ size ‖ at`, hex.
    countersignature: Option<String>,
}

/// Mirrors `protocol::blob::Begun`.
#[derive(ToSchema)]
#[schema(as = Begun)]
#[allow(dead_code)]
pub(crate) struct BegunView {
    /// Number of the chunk.
    chunk: u32,
    /// Bytes of it that are there.
    bytes: u32,
}

/// Mirrors `protocol::blob::BlobRefusal`.
#[derive(ToSchema)]
#[schema(as = BlobRefusal)]
#[allow(dead_code)]
pub(crate) struct BlobRefusalView {
    /// `malformed`, `not_named`, `not_staged`, `incomplete`, `too_large`, `chunk_mismatch`, `hash_mismatch` or `busy`.
    code: String,
    /// Inclusive ranges of chunks that are still missing, where a stage is there.
    missing: Vec<Vec<u32>>,
}

/// Mirrors `protocol::feed::CursorAhead`.
#[derive(ToSchema)]
#[schema(as = CursorAhead)]
#[allow(dead_code)]
pub(crate) struct CursorAheadView {
    /// `cursor_ahead`.
    code: String,
    /// The feed's last line.
    top: u64,
}

/// Mirrors `protocol::feed::CursorTooOld`.
#[derive(ToSchema)]
#[schema(as = CursorTooOld)]
#[allow(dead_code)]
pub(crate) struct CursorTooOldView {
    /// `cursor_too_old`.
    code: String,
    /// The last line that is gone.
    floor: u64,
    /// What stands in for it.
    snapshot: Option<OfferView>,
}

/// Mirrors `protocol::snapshot::Offer`.
#[derive(ToSchema)]
#[schema(as = Offer)]
#[allow(dead_code)]
pub(crate) struct OfferView {
    /// The blob, hex.
    sha256: String,
    size: u64,
    /// The feed goes on after this line.
    cursor: u64,
    /// RFC 3339, UTC.
    server_time: String,
    /// The centre's signature over the asker and the four above, hex.
    sig: String,
}
