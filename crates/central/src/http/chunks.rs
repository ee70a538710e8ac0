//! The body of a `PUT`, cut into chunks while it streams: each is compared with what the query said of it and kept at
//! once, and of a body that breaks off the beginning of its last chunk too, so that a broken line costs next to nothing.
//! Not here: publishing, the answer.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use futures_util::StreamExt;
use onedoor_protocol::{
    Hash32,
    blob::{AskedBlob, BlobRefusalCode, CHUNK, MAX_CHUNKS},
};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, timeout};

use crate::central::Central;
use crate::ledger::LedgerError;

use super::answer::BlobRefused;

/// Bytes of a body at most.
const MAX_BODY: usize = MAX_CHUNKS * CHUNK;
/// A beginning of a chunk that is worth a file.
const WORTH: usize = 4096;
/// A whole blob that comes within this needs no stage: the disk has it once.
const QUICK: Duration = Duration::from_secs(2);
/// A line on which no byte comes for so long is dead. However slow it is, a living one brings some.
const SILENCE: Duration = Duration::from_secs(120);

/// A body that was read to its end.
pub(super) struct Taken {
    /// Its SHA-256.
    pub(super) hash: Hash32,
    /// Its bytes; none when they lie in the stage instead.
    pub(super) parts: Option<Vec<Bytes>>,
    /// How many.
    pub(super) size: u64,
    /// Whether bytes are left over that make no whole chunk.
    pub(super) rest: bool,
}

pub(super) enum Fault {
    Refused(BlobRefusalCode),
    Storage(LedgerError),
}

/// Reads the body, which begins behind `from` bytes of chunk `first`; with a stage, keeps every whole chunk in it.
pub(super) async fn take(
    central: &Central,
    staged: Option<&AskedBlob>,
    (first, from): (u32, u32),
    body: Body,
) -> Result<Taken, Fault> {
    let mut cutter = match staged {
        Some(asked) => match Cutter::new(central, asked, first, from).await {
            Ok(mut cutter) => {
                let is_whole = body.size_hint().exact() == Some(asked.size);
                cutter.held = (is_whole && (first, from) == (0, 0)).then(Vec::new);
                Some(cutter)
            }
            Err(fault) => {
                drain(body).await;
                return Err(fault);
            }
        },
        None => None,
    };
    let mut whole = Sha256::new();
    let (mut parts, mut size) = (Vec::new(), 0);
    let mut stream = body.into_data_stream();
    loop {
        let part = match timeout(SILENCE, stream.next()).await {
            Ok(None) => break,
            Ok(Some(Ok(part))) => part,
            Ok(Some(Err(_))) | Err(_) => {
                if let Some(cutter) = cutter {
                    cutter.broken(central).await?;
                }
                return Err(Fault::Refused(BlobRefusalCode::Malformed));
            }
        };
        size += part.len();
        if size > MAX_BODY {
            return Err(Fault::Refused(BlobRefusalCode::TooLarge));
        }
        whole.update(&part);
        match &mut cutter {
            Some(cutter) => {
                cutter.buffer.extend_from_slice(&part);
                cutter.keep_whole(central).await?;
            }
            None => parts.push(part),
        }
    }
    let mut rest = false;
    if let Some(cutter) = &mut cutter {
        if size == 0 {
            // The one chunk of an empty blob is empty too.
            cutter.keep_whole(central).await?;
        }
        rest = !cutter.buffer.is_empty() || cutter.next == first;
    }
    let parts = match cutter {
        Some(cutter) => cutter.held,
        None => Some(parts),
    };
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
    /// Chunks of a whole blob, which needs no stage while it comes quickly; none once they are in the stage.
    held: Option<Vec<Bytes>>,
    since: Instant,
}

impl<'a> Cutter<'a> {
    /// Behind the bytes of the first chunk that the stage has.
    async fn new(
        central: &Central,
        asked: &'a AskedBlob,
        first: u32,
        from: u32,
    ) -> Result<Self, Fault> {
        let buffer = match from {
            0 => Vec::new(),
            from => {
                let begun = central.blobs.begun(asked, first, from).await;
                let begun = begun.map_err(Fault::Storage)?;
                let begun = begun.ok_or(Fault::Refused(BlobRefusalCode::NotStaged))?;
                Vec::from(begun)
            }
        };
        Ok(Cutter {
            asked,
            next: first,
            buffer,
            held: None,
            since: Instant::now(),
        })
    }

    /// The line broke: what came of the chunk under way is kept.
    async fn broken(mut self, central: &Central) -> Result<(), Fault> {
        self.stage_held(central).await?;
        let is_part = self
            .asked
            .chunk_size(self.next)
            .is_some_and(|size| self.buffer.len() < size);
        if is_part && self.buffer.len() >= WORTH {
            let kept = central.blobs.keep_begun(self.asked, self.next, self.buffer);
            kept.await.map_err(Fault::Storage)?;
        }
        Ok(())
    }

    async fn keep_whole(&mut self, central: &Central) -> Result<(), Fault> {
        while let Some(size) = self.asked.chunk_size(self.next) {
            if self.buffer.len() < size {
                break;
            }
            let after = self.buffer.split_off(size);
            let chunk = Bytes::from(std::mem::replace(&mut self.buffer, after));
            let promised = self.asked.chunks.get(self.next as usize);
            if promised != Some(&Hash32::of(&[&chunk])) {
                self.stage_held(central).await?;
                let dropped = central.blobs.drop_begun(self.asked, self.next);
                dropped.await.map_err(Fault::Storage)?;
                return Err(Fault::Refused(BlobRefusalCode::ChunkMismatch));
            }
            if self.since.elapsed() > QUICK {
                self.stage_held(central).await?;
            }
            match &mut self.held {
                Some(held) => held.push(chunk),
                None => {
                    let kept = central.blobs.keep_chunk(self.asked, self.next, chunk);
                    kept.await.map_err(Fault::Storage)?;
                }
            }
            self.next += 1;
        }
        Ok(())
    }

    /// Puts into the stage what was held back.
    async fn stage_held(&mut self, central: &Central) -> Result<(), Fault> {
        for (index, chunk) in (0..).zip(self.held.take().into_iter().flatten()) {
            let kept = central.blobs.keep_chunk(self.asked, index, chunk);
            kept.await.map_err(Fault::Storage)?;
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
