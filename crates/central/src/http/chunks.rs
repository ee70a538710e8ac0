//! The body of a `PUT`, cut into chunks while it streams: each is compared with what the query said of it and kept at
//! once. Not here: publishing, the answer.

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use onedoor_protocol::{
    Hash32,
    blob::{AskedBlob, BlobRefusalCode, CHUNK, MAX_CHUNKS},
};
use sha2::{Digest, Sha256};

use crate::central::Central;
use crate::ledger::LedgerError;

use super::answer::BlobRefused;

/// Bytes of a body at most.
const MAX_BODY: usize = MAX_CHUNKS * CHUNK;

/// A body that was read to its end.
pub(super) struct Taken {
    /// Its SHA-256.
    pub(super) hash: Hash32,
    /// Its bytes, as they came.
    pub(super) parts: Vec<Bytes>,
    /// How many.
    pub(super) size: u64,
    /// Whether bytes are left over that make no whole chunk.
    pub(super) rest: bool,
}

pub(super) enum Fault {
    Refused(BlobRefusalCode),
    Storage(LedgerError),
}

/// Reads the body; with a stage, keeps every whole chunk in it.
pub(super) async fn take(
    central: &Central,
    staged: Option<&AskedBlob>,
    first: u32,
    body: Body,
) -> Result<Taken, Fault> {
    let mut cutter = staged.map(|asked| Cutter {
        asked,
        next: first,
        buffer: Vec::new(),
    });
    let mut whole = Sha256::new();
    let (mut parts, mut size) = (Vec::new(), 0);
    let mut stream = body.into_data_stream();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Fault::Refused(BlobRefusalCode::Malformed))?;
        size += part.len();
        if size > MAX_BODY {
            return Err(Fault::Refused(BlobRefusalCode::TooLarge));
        }
        whole.update(&part);
        if let Some(cutter) = &mut cutter {
            cutter.buffer.extend_from_slice(&part);
            cutter.keep_whole(central).await?;
        }
        parts.push(part);
    }
    let mut rest = false;
    if let Some(cutter) = &mut cutter {
        if size == 0 {
            // The one chunk of an empty blob is empty too.
            cutter.keep_whole(central).await?;
        }
        rest = !cutter.buffer.is_empty() || cutter.next == first;
    }
    Ok(Taken {
        hash: Hash32(whole.finalize().into()),
        parts,
        size: size as u64,
        rest,
    })
}

/// Reads a body that nobody needs: closing on it would keep the sender from reading the answer.
pub(super) async fn drain(body: Body) {
    let mut stream = body.into_data_stream();
    let mut size = 0;
    while let Some(Ok(part)) = stream.next().await {
        size += part.len();
        if size > MAX_BODY {
            break;
        }
    }
}

/// Bytes that wait for the rest of their chunk: never more than one chunk and one part of the stream.
struct Cutter<'a> {
    asked: &'a AskedBlob,
    next: u32,
    buffer: Vec<u8>,
}

impl Cutter<'_> {
    async fn keep_whole(&mut self, central: &Central) -> Result<(), Fault> {
        while let Some(size) = self.asked.chunk_size(self.next) {
            if self.buffer.len() < size {
                break;
            }
            let after = self.buffer.split_off(size);
            let chunk = Bytes::from(std::mem::replace(&mut self.buffer, after));
            let promised = self.asked.chunks.get(self.next as usize);
            if promised != Some(&Hash32::of(&[&chunk])) {
                return Err(Fault::Refused(BlobRefusalCode::ChunkMismatch));
            }
            let kept = central.blobs.keep_chunk(self.asked, self.next, chunk);
            kept.await.map_err(Fault::Storage)?;
            self.next += 1;
        }
        Ok(())
    }
}

/// A refusal that says what is missing still, where a stage is there.
pub(super) async fn refused(
    central: &Central,
    staged: Option<&AskedBlob>,
    code: BlobRefusalCode,
) -> BlobRefused {
    let Some(staged) = staged else {
        return code.into();
    };
    match central.blobs.missing(staged).await {
        Ok(missing) => BlobRefused::missing(code, missing),
        Err(error) => error.into(),
    }
}
