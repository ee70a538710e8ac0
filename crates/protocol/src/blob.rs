//! Blobs on the wire: what a workstation asks and what the centre answers. A blob is cut into chunks of 256 KiB, each
//! known by its hash, so that any of them may come at any time, by any way, to any instance.
//! Not here: blobs on a workstation's disk (store), where the centre keeps them.

use crate::chain::Hash32;
use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
use serde::{Deserialize, Serialize};

/// Bytes of a chunk; the last one of a blob has the rest.
pub const CHUNK: usize = 262_144;
/// Bytes of a blob at most: 256 MiB.
pub const MAX_BLOB: u64 = 256 * 1024 * 1024;
/// Blobs in one query at most.
pub const MAX_BLOBS: usize = 200;
/// Bytes of a query at most.
pub const MAX_QUERY: usize = 1024 * 1024;
/// Chunks in one `PUT` at most.
pub const MAX_CHUNKS: usize = 16;

/// How many chunks a blob of `size` bytes has; nothing at all is one empty chunk.
pub fn chunk_count(size: u64) -> u64 {
    size.div_ceil(CHUNK as u64).max(1)
}

/// Bytes of chunk `index` of a blob of `size` bytes; none beyond the last.
pub fn chunk_size(size: u64, index: u32) -> Option<usize> {
    let begin = u64::from(index).checked_mul(CHUNK as u64)?;
    let is_there = u64::from(index) < chunk_count(size);
    let rest = size.checked_sub(begin).filter(|_| is_there)?;
    usize::try_from(rest.min(CHUNK as u64)).ok()
}

/// `POST /v1/blobs/query`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobQuery {
    /// What is asked for; 1 to [`MAX_BLOBS`].
    pub blobs: Vec<AskedBlob>,
}

/// A blob with all its chunks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBlob {
    /// SHA-256 of the plain bytes.
    pub sha256: Hash32,
    /// Plain bytes.
    pub size: u64,
    /// SHA-256 of every chunk, in order.
    pub chunks: Vec<Hash32>,
}

impl AskedBlob {
    /// Of a blob's plain bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut chunks: Vec<Hash32> = bytes
            .chunks(CHUNK)
            .map(|chunk| Hash32::of(&[chunk]))
            .collect();
        if chunks.is_empty() {
            chunks.push(Hash32::of(&[]));
        }
        AskedBlob {
            sha256: Hash32::of(&[bytes]),
            size: bytes.len() as u64,
            chunks,
        }
    }

    /// Whether size and number of chunks fit each other and the limits; one chunk is the blob itself.
    pub fn is_whole(&self) -> bool {
        self.size <= MAX_BLOB
            && self.chunks.len() as u64 == chunk_count(self.size)
            && (self.chunks.len() != 1 || self.chunks.first() == Some(&self.sha256))
    }

    /// Bytes of chunk `index`; none beyond the last.
    pub fn chunk_size(&self, index: u32) -> Option<usize> {
        chunk_size(self.size, index).filter(|_| (index as usize) < self.chunks.len())
    }
}

/// The answer to a query, a `PUT` and a `complete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobStates {
    /// In the order of the query.
    pub blobs: Vec<BlobState>,
    /// The centre's time, RFC 3339 in UTC.
    pub at: String,
}

/// Where one blob stands at the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobState {
    /// Which.
    pub sha256: Hash32,
    /// Whether the centre has it.
    pub state: BlobStanding,
    /// Bytes: the centre's own count with `have`, else as asked.
    pub size: u64,
    /// Inclusive ranges of missing chunks, ascending; with `missing` only.
    pub missing: Vec<[u32; 2]>,
    /// With `missing`: the first missing chunk, where its first bytes are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Begun>,
    /// With `have`: the centre's signature over [`published_payload`].
    pub countersignature: Option<SignatureBytes>,
}

/// A chunk whose first bytes came before the line broke; the next `PUT` may begin behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Which.
    pub chunk: u32,
    /// How many of its bytes are there, not compared with its hash yet; more than none, fewer than all.
    pub bytes: u32,
}

/// Whether the centre has a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlobStanding {
    /// Published, and on the centre's disk.
    Have,
    /// Chunks are missing; or all are there, and `complete` was not asked yet.
    Missing,
    /// No line of this office that the centre took names it.
    NotNamed,
}

impl BlobState {
    /// Whether one of the centre's keys signed, at `at`, that it has these `size` bytes. Without this no copy may go.
    pub fn published_by(&self, keys: &[PublicKey], size: u64, at: &str) -> bool {
        let payload = published_payload(&self.sha256, size, at);
        self.state == BlobStanding::Have
            && self.size == size
            && self.countersignature.is_some_and(|signature| {
                keys.iter()
                    .any(|key| key.verifies(Tag::Blob, &[&payload], &signature))
            })
    }
}

/// The payload of the countersignature under `have`.
pub fn published_payload(sha256: &Hash32, size: u64, at: &str) -> Vec<u8> {
    let mut payload = sha256.0.to_vec();
    payload.extend_from_slice(&size.to_be_bytes());
    payload.extend_from_slice(at.as_bytes());
    payload
}

/// Signs that a blob is published.
pub fn sign_published(key: &SecretKey, sha256: &Hash32, size: u64, at: &str) -> SignatureBytes {
    key.sign(Tag::Blob, &[&published_payload(sha256, size, at)])
}

/// Why the centre did not take a chunk or a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRefusal {
    /// Closed list.
    pub code: BlobRefusalCode,
    /// Inclusive ranges of chunks that are still missing, where a stage is there.
    pub missing: Vec<[u32; 2]>,
}

/// Closed list of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlobRefusalCode {
    /// 400: not a query, half a chunk, or a chunk beyond the last.
    Malformed,
    /// 404: send the lines first.
    NotNamed,
    /// 409: query first, or again.
    NotStaged,
    /// 409: `complete` before all chunks came.
    Incomplete,
    /// 413: beyond the limits.
    TooLarge,
    /// 422: a chunk is not what the query said.
    ChunkMismatch,
    /// 422: the whole is not the blob; the stage was dropped.
    HashMismatch,
    /// 503 with `Retry-After`.
    Busy,
}

/// Inclusive ranges of the chunks below `count` that are not in `present`.
pub fn missing_ranges(count: u32, present: impl Fn(u32) -> bool) -> Vec<[u32; 2]> {
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    for index in (0..count).filter(|index| !present(*index)) {
        match ranges.last_mut() {
            Some(last) if last[1] + 1 == index => last[1] = index,
            _ => ranges.push([index, index]),
        }
    }
    ranges
}
