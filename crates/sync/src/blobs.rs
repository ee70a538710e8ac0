//! Blobs on the wire: what is asked of them, and what the answers mean. The bytes of the blob under way are kept between two
//! requests, so that a file is opened and hashed once. Not here: which blob is next (`machine`).

use crate::{
    engine::on_shelf,
    machine::{BlobState, Input, Output, Put, Waiting},
    shelf::{Sender, Shelf},
    signed::Asker,
    transport::{Method, Reply, TransportError},
};
use onedoor_protocol::{
    Hash32,
    blob::{AskedBlob, BlobQuery, BlobStanding, BlobStates, CHUNK, MAX_QUERY},
};
use onedoor_store::tables::blobs::Published;
use serde::Deserialize;
use std::sync::Arc;
use tokio::time::Instant;

/// Bytes of large blobs that are read for one query, beside the first.
const READ_AHEAD: u64 = 16 * 1024 * 1024;

/// What is known between two requests.
#[derive(Default)]
pub struct BlobsUnderWay {
    open: Option<Open>,
}

/// The blob under way.
struct Open {
    asked: AskedBlob,
    bytes: Arc<Vec<u8>>,
}

/// Bytes of one chunk's hash in a query: 64 digits, quotes and comma.
const HASH_IN_QUERY: usize = 67;

impl BlobsUnderWay {
    /// Asks, puts or completes, and says what came of it.
    pub async fn carry_out(
        &mut self,
        output: Output,
        asker: &mut Asker<'_>,
        shelf: Arc<dyn Shelf>,
    ) -> Input {
        match output {
            Output::Ask(blobs) => Input::Asked(ask(asker, &mut self.open, blobs, &shelf).await),
            Output::Put { blob, first, count } => {
                let began = Instant::now();
                let (result, bytes) =
                    put(asker, &mut self.open, blob, (first, count), &shelf).await;
                let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                Input::Put {
                    result,
                    bytes,
                    took,
                }
            }
            Output::Complete(blob) => {
                let path = format!("/v1/blobs/{}/complete", blob.sha256);
                let reply = asker.ask(Method::Post, path, Vec::new()).await;
                if self
                    .open
                    .as_ref()
                    .is_some_and(|open| open.asked.sha256 == blob.sha256)
                {
                    self.open = None;
                }
                Input::Completed(reply.and_then(|reply| verdict(&reply, blob, asker.sender)))
            }
            _ => Input::Stuck,
        }
    }
}

/// The first blobs that fit a query; the one that comes first stays open if it had to be read. One chunk is the blob
/// itself, so a small one is asked for unread; of large ones only as many are read as will soon be sent. One that is left
/// out, or can't be read, waits.
async fn ask(
    asker: &mut Asker<'_>,
    open: &mut Option<Open>,
    blobs: Vec<Waiting>,
    shelf: &Arc<dyn Shelf>,
) -> Result<Vec<(Hash32, BlobState)>, TransportError> {
    let mut query = BlobQuery { blobs: Vec::new() };
    let (mut room, mut readable) = (MAX_QUERY, READ_AHEAD);
    let mut states: Vec<(Hash32, BlobState)> = Vec::new();
    for (at, blob) in blobs.iter().enumerate() {
        let asked = if blob.size <= CHUNK as u64 {
            AskedBlob {
                sha256: blob.sha256,
                size: blob.size,
                chunks: vec![blob.sha256],
            }
        } else if at > 0 && blob.size > readable {
            break;
        } else {
            readable = readable.saturating_sub(blob.size);
            let Some(read) = read(shelf, blob.sha256).await else {
                states.push((blob.sha256, BlobState::Later));
                continue;
            };
            let asked = read.asked.clone();
            if at == 0 {
                *open = Some(read);
            }
            asked
        };
        let need = 200 + asked.chunks.len() * HASH_IN_QUERY;
        if need > room {
            break;
        }
        room -= need;
        query.blobs.push(asked);
    }
    if query.blobs.is_empty() {
        return Ok(states);
    }
    let body = serde_json::to_vec(&query).map_err(|_| TransportError::NotTheCentre)?;
    let path = "/v1/blobs/query".to_string();
    let reply = asker.ask(Method::Post, path, body).await?;
    if refused(&reply)? {
        return Ok(blobs
            .iter()
            .map(|blob| (blob.sha256, BlobState::Later))
            .collect());
    }
    let said = read_states(&reply)?;
    let state = |asked: &AskedBlob| {
        let state = state_of(&said, (asked.sha256, asked.size), asker.sender);
        (asked.sha256, state.unwrap_or(BlobState::Later))
    };
    states.extend(query.blobs.iter().map(state));
    Ok(states)
}

async fn put(
    asker: &mut Asker<'_>,
    open: &mut Option<Open>,
    blob: Waiting,
    (first, count): (u32, u32),
    shelf: &Arc<dyn Shelf>,
) -> (Result<Put, TransportError>, u64) {
    let ready = open
        .as_ref()
        .is_some_and(|open| open.asked.sha256 == blob.sha256);
    if !ready {
        *open = read(shelf, blob.sha256).await;
    }
    let Some(there) = open else {
        return (Ok(Put::Unreadable), 0);
    };
    let from = (first as usize * CHUNK).min(there.bytes.len());
    let to = (from + count as usize * CHUNK).min(there.bytes.len());
    let chunks = there.bytes.get(from..to).unwrap_or_default().to_vec();
    let size = chunks.len() as u64;
    let path = format!("/v1/blobs/{}/{first}", blob.sha256);
    let reply = asker.ask(Method::Put, path, chunks).await;
    let put = reply.and_then(|reply| verdict(&reply, blob, asker.sender));
    if !matches!(put, Ok(Put::Missing(_))) {
        *open = None;
    }
    (put, size)
}

async fn read(shelf: &Arc<dyn Shelf>, sha256: Hash32) -> Option<Open> {
    on_shelf(shelf, move |shelf| {
        let bytes = shelf.blob(&sha256)?;
        let asked = AskedBlob::of(&bytes);
        Ok(Open {
            asked,
            bytes: Arc::new(bytes),
        })
    })
    .await
}

fn read_states(reply: &Reply) -> Result<BlobStates, TransportError> {
    if reply.status != 200 {
        return Err(TransportError::NotTheCentre);
    }
    serde_json::from_slice(&reply.body).map_err(|_| TransportError::NotTheCentre)
}

/// What an answer says of a blob; a "have" that nobody signed says nothing.
fn state_of(
    states: &BlobStates,
    (sha256, size): (Hash32, u64),
    sender: &Sender,
) -> Option<BlobState> {
    let state = states.blobs.iter().find(|state| state.sha256 == sha256)?;
    match state.state {
        BlobStanding::Missing => Some(BlobState::Missing(state.missing.clone())),
        BlobStanding::NotNamed => Some(BlobState::Later),
        BlobStanding::Have => {
            let signed = state.published_by(&sender.server_keys, size, &states.at);
            let countersignature = state.countersignature.filter(|_| signed)?;
            Some(BlobState::Have(Box::new(Published {
                sha256,
                size,
                server_time: states.at.clone(),
                countersignature,
            })))
        }
    }
}

/// What became of chunks, or of a whole blob.
fn verdict(reply: &Reply, blob: Waiting, sender: &Sender) -> Result<Put, TransportError> {
    if reply.status == 200 {
        return match state_of(&read_states(reply)?, (blob.sha256, blob.size), sender) {
            Some(BlobState::Missing(missing)) => Ok(Put::Missing(missing)),
            Some(BlobState::Have(receipt)) => Ok(Put::Published(receipt)),
            Some(BlobState::Later) => Ok(Put::Refused),
            None => Err(TransportError::NotTheCentre),
        };
    }
    refused(reply)?;
    Ok(Put::Refused)
}

/// A refusal in the centre's own form: the blob waits for the next contact. An older centre knows no blobs and says so.
fn refused(reply: &Reply) -> Result<bool, TransportError> {
    if reply.status == 200 {
        return Ok(false);
    }
    let refusal: Refusal =
        serde_json::from_slice(&reply.body).map_err(|_| TransportError::NotTheCentre)?;
    tracing::warn!(code = refusal.code, "the centre did not take a blob");
    Ok(true)
}

/// Any refusal has a code.
#[derive(Deserialize)]
struct Refusal {
    code: String,
}
