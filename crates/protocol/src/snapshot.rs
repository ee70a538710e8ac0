//! What stands in for the beginning of a feed that was trimmed: a blob with lines of the feed as one zstd frame, and the
//! centre's signed offer of it. Not here: which lines are still in force (the centre), applying them (the workstation).

use crate::blob::MAX_BLOB;
use crate::chain::Hash32;
use crate::feed::FeedLine;
use crate::limits;
use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Read, Write};
use uuid::Uuid;

/// Bytes of a snapshot as it is fetched: a blob.
pub const MAX_PACKED: u64 = MAX_BLOB;
/// Bytes of it in the clear.
const MAX_PLAIN: u64 = 8 * 1024 * 1024 * 1024;
/// Bytes of one line: a journal line whose every byte was written as an escape, and its frame.
const MAX_LINE: u64 = 6 * limits::MAX_LINE as u64 + 4096;
/// How hard it is compressed.
const LEVEL: i32 = 3;

/// A blob that stands in for the beginning of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which blob.
    pub sha256: Hash32,
    /// Its bytes.
    pub size: u64,
    /// The feed goes on after this line.
    pub cursor: u64,
}

/// The centre's word that this blob stands in for the feed up to its cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What is offered.
    #[serde(flatten)]
    pub snapshot: Snapshot,
    /// RFC 3339, UTC.
    pub server_time: String,
    /// Over [`offer_payload`].
    pub sig: SignatureBytes,
}

/// The payload of an offer's signature.
pub fn offer_payload(ws: Uuid, snapshot: &Snapshot, server_time: &str) -> Vec<u8> {
    let mut payload = ws.as_bytes().to_vec();
    payload.extend_from_slice(&snapshot.sha256.0);
    payload.extend_from_slice(&snapshot.size.to_be_bytes());
    payload.extend_from_slice(&snapshot.cursor.to_be_bytes());
    payload.extend_from_slice(server_time.as_bytes());
    payload
}

impl Offer {
    /// Offers a snapshot to a workstation.
    pub fn sign(key: &SecretKey, ws: Uuid, snapshot: Snapshot, server_time: &str) -> Self {
        let sig = key.sign(Tag::Snapshot, &[&offer_payload(ws, &snapshot, server_time)]);
        Offer {
            snapshot,
            server_time: server_time.to_string(),
            sig,
        }
    }

    /// Whether one of the centre's keys made this offer to this workstation, and it can be taken.
    pub fn holds(&self, keys: &[PublicKey], ws: Uuid) -> bool {
        let payload = offer_payload(ws, &self.snapshot, &self.server_time);
        let signed = keys
            .iter()
            .any(|key| key.verifies(Tag::Snapshot, &[&payload], &self.sig));
        signed && (1..=MAX_PACKED).contains(&self.snapshot.size)
    }
}

/// Writes a snapshot, line by line.
pub struct Packing(zstd::stream::write::Encoder<'static, Vec<u8>>);

impl Packing {
    /// An empty one.
    pub fn new() -> io::Result<Self> {
        Ok(Packing(zstd::stream::write::Encoder::new(
            Vec::new(),
            LEVEL,
        )?))
    }

    /// Adds a line; lines come in the order of the feed.
    pub fn add(&mut self, line: &FeedLine) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, line)?;
        self.0.write_all(b"\n")?;
        match self.0.get_ref().len() as u64 > MAX_PACKED {
            true => Err(io::Error::new(io::ErrorKind::FileTooLarge, "a snapshot")),
            false => Ok(()),
        }
    }

    /// The blob's bytes.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.0.finish()
    }
}

/// Reads a snapshot line by line, wherever its bytes come from: it need never be in memory as a whole.
pub struct Lines<R: Read>(io::Take<BufReader<zstd::stream::read::Decoder<'static, BufReader<R>>>>);

impl<R: Read> Lines<R> {
    /// Begins to read.
    pub fn new(packed: R) -> io::Result<Self> {
        let mut decoder = zstd::stream::read::Decoder::new(packed)?;
        decoder.window_log_max(limits::MAX_WINDOW_LOG)?;
        Ok(Lines(BufReader::new(decoder).take(MAX_PLAIN)))
    }

    fn read(&mut self) -> io::Result<Option<FeedLine>> {
        let mut text = Vec::new();
        (&mut self.0).take(MAX_LINE).read_until(b'\n', &mut text)?;
        match text.pop() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(serde_json::from_slice(&text)?)),
            Some(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "no whole line")),
        }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<FeedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
