//! The batch envelope: zstd of NDJSON, a header line, the journal lines exactly as stored, a signature
//! line. The same bytes by network, hub and USB stick. Not here: sending it, or deciding what to send.

use crate::{
    chain::{self, Hash32},
    limits,
    packed::{self, PackedError},
    sign::{PublicKey, SecretKey, SignatureBytes, Tag},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Line 0 of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Envelope version, [`limits::ENVELOPE_VERSION`].
    pub v: u32,
    /// The workstation.
    pub ws: Uuid,
    /// Its office.
    pub office: String,
    /// Sequence number of the first line.
    pub first: u64,
    /// How many lines.
    pub n: u32,
    /// Chain hash before the first line.
    pub prev: Hash32,
    /// Chain hash after the last line.
    pub head: Hash32,
    /// When it was sealed: a hybrid logical clock, as digits.
    pub sent: String,
    /// Version of the program.
    pub app: String,
    /// Schema of the store it comes from.
    pub schema: u32,
    /// Blobs that the lines name.
    pub blobs: Vec<BlobRef>,
}

/// A blob by its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    /// SHA-256 of the plain bytes.
    pub sha256: Hash32,
    /// Plain bytes.
    pub size: u64,
    /// Media type.
    pub mime: String,
}

#[derive(Serialize, Deserialize)]
struct Trailer {
    sig: SignatureBytes,
}

/// A batch whose bytes were read and whose chain holds; the signature is checked by [`Batch::signed_by`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The header.
    pub header: Header,
    /// The journal lines, without newlines.
    pub lines: Vec<Vec<u8>>,
    header_line: Vec<u8>,
    sig: SignatureBytes,
}

/// Why bytes are no batch. Each is a plain 400: nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// More bytes than the limits allow, compressed or not.
    #[error("larger than the limits allow")]
    TooLarge,
    /// Not zstd, cut off, or bits flipped.
    #[error("not a whole zstd frame")]
    Compression,
    /// No header, no signature line, or a header that can't be read.
    #[error("header or signature line can't be read")]
    Form,
    /// The header's `n` is not the number of lines, or it is 0 or above 500.
    #[error("the number of lines is wrong")]
    Count,
    /// The lines do not lead from `prev` to `head`.
    #[error("the chain does not hold")]
    Chain,
    /// An envelope version this side does not know.
    #[error("unknown envelope version")]
    Version,
}

/// Seals `lines` into a batch. `header.n`, `header.head` and `header.v` are set here. Refuses what [`open`] would refuse
/// at the other end: [`BatchError::TooLarge`] means that fewer lines must go into it.
pub fn seal(key: &SecretKey, mut header: Header, lines: &[Vec<u8>]) -> Result<Vec<u8>, BatchError> {
    header.v = limits::ENVELOPE_VERSION;
    header.n = u32::try_from(lines.len()).map_err(|_| BatchError::Count)?;
    if lines.is_empty() || lines.len() > limits::MAX_EVENTS || !is_line_number(header.first) {
        return Err(BatchError::Count);
    }
    if lines.iter().any(|line| line.contains(&b'\n')) {
        return Err(BatchError::Form);
    }
    if lines.iter().any(|line| line.len() > limits::MAX_LINE) {
        return Err(BatchError::TooLarge);
    }
    header.head = chain::head(header.prev, lines.iter().map(Vec::as_slice));
    let header_line = serde_json::to_vec(&header).map_err(|_| BatchError::Form)?;
    let sig = key.sign(
        Tag::Batch,
        &[&Hash32::of(&[&header_line]).0, &header.head.0],
    );
    let mut plain = header_line;
    for line in lines {
        plain.push(b'\n');
        plain.extend_from_slice(line);
    }
    plain.push(b'\n');
    plain.extend_from_slice(&serde_json::to_vec(&Trailer { sig }).map_err(|_| BatchError::Form)?);
    plain.push(b'\n');
    if plain.len() > limits::MAX_EXPANDED {
        return Err(BatchError::TooLarge);
    }
    let bytes = zstd::bulk::compress(&plain, 3).map_err(|_| BatchError::Compression)?;
    if bytes.len() > limits::MAX_COMPRESSED {
        return Err(BatchError::TooLarge);
    }
    Ok(bytes)
}

/// Lines count from 1, and every reader of JSON keeps numbers up to 2^53.
fn is_line_number(first: u64) -> bool {
    (1..=1 << 53).contains(&first)
}

/// Reads a batch: limits while decompressing, form, count, chain. Not yet its signature.
pub fn open(bytes: &[u8]) -> Result<Batch, BatchError> {
    let plain = expand(bytes)?;
    let text = plain.strip_suffix(b"\n").ok_or(BatchError::Form)?;
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    if lines.len() < 2 {
        return Err(BatchError::Form);
    }
    let trailer: Trailer = lines
        .pop()
        .and_then(|line| serde_json::from_slice(line).ok())
        .ok_or(BatchError::Form)?;
    let header_line = lines.remove(0).to_vec();
    let header: Header = serde_json::from_slice(&header_line).map_err(|_| BatchError::Form)?;
    if header.v != limits::ENVELOPE_VERSION {
        return Err(BatchError::Version);
    }
    if lines.is_empty()
        || lines.len() > limits::MAX_EVENTS
        || lines.len() != header.n as usize
        || !is_line_number(header.first)
    {
        return Err(BatchError::Count);
    }
    if lines.iter().any(|line| line.len() > limits::MAX_LINE) {
        return Err(BatchError::TooLarge);
    }
    if chain::head(header.prev, lines.iter().copied()) != header.head {
        return Err(BatchError::Chain);
    }
    let lines = lines.into_iter().map(<[u8]>::to_vec).collect();
    Ok(Batch {
        header,
        lines,
        header_line,
        sig: trailer.sig,
    })
}

fn expand(bytes: &[u8]) -> Result<Vec<u8>, BatchError> {
    if bytes.len() > limits::MAX_COMPRESSED {
        return Err(BatchError::TooLarge);
    }
    packed::unpack(bytes, limits::MAX_EXPANDED).map_err(|error| match error {
        PackedError::Form => BatchError::Compression,
        PackedError::TooLarge => BatchError::TooLarge,
    })
}

impl Batch {
    /// Whether the workstation's key signed exactly these bytes.
    pub fn signed_by(&self, key: &PublicKey) -> bool {
        let header = Hash32::of(&[&self.header_line]);
        key.verifies(Tag::Batch, &[&header.0, &self.header.head.0], &self.sig)
    }
}

/// The centre's answer to a batch it took: state, never "rows inserted".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchAnswer {
    /// The workstation.
    pub ws: Uuid,
    /// The number of the line expected next.
    pub next_seq: u64,
    /// The chain's hash after `next_seq - 1`, computed from the centre's own row.
    pub head: Hash32,
    /// RFC 3339, UTC.
    pub server_time: String,
    /// Lines that are stored but could not be applied.
    pub quarantined: Vec<Quarantined>,
    /// Blobs the centre would like, with the missing chunks.
    pub want: Vec<WantedBlob>,
    /// The centre's signature over the state above.
    pub countersignature: SignatureBytes,
}

/// A line that the centre stores but can't apply; it never delays the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// Its number.
    pub seq: u64,
    /// Why, e.g. `unknown_type`.
    pub code: String,
}

/// A blob that the centre lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedBlob {
    /// Which.
    pub sha256: Hash32,
    /// Inclusive ranges of missing 256 KiB chunks.
    pub missing: Vec<[u32; 2]>,
}

/// Why the centre did not take a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRefusal {
    /// `gap`, `fork`, `unknown_workstation`, `revoked`, `malformed`, `too_large`, `busy`.
    pub code: RefusalCode,
    /// With `gap`: resend from here.
    pub next_seq: Option<u64>,
    /// With `gap` and `fork`: the centre's hash.
    pub head: Option<Hash32>,
    /// With `fork`: the first line that differs.
    pub at: Option<u64>,
}

/// Closed list of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// 409: the centre lacks earlier lines.
    Gap,
    /// 409: same number, other hash. Stop issuing numbers.
    Fork,
    /// 401: the key is not known.
    UnknownWorkstation,
    /// 401: the key was revoked; the batch was kept in quarantine.
    Revoked,
    /// 400: not an envelope, or its signature is wrong.
    Malformed,
    /// 413.
    TooLarge,
    /// 503 with `Retry-After`.
    Busy,
}

/// The payload of the countersignature under a [`BatchAnswer`].
pub fn ack_payload(ws: Uuid, next_seq: u64, head: &Hash32, server_time: &str) -> Vec<u8> {
    let mut payload = ws.as_bytes().to_vec();
    payload.extend_from_slice(&next_seq.to_be_bytes());
    payload.extend_from_slice(&head.0);
    payload.extend_from_slice(server_time.as_bytes());
    payload
}

impl BatchAnswer {
    /// Whether one of the centre's keys signed this state.
    pub fn countersigned_by(&self, keys: &[PublicKey]) -> bool {
        let payload = ack_payload(self.ws, self.next_seq, &self.head, &self.server_time);
        keys.iter()
            .any(|key| key.verifies(Tag::Ack, &[&payload], &self.countersignature))
    }
}
