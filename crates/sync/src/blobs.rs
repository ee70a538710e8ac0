//! Blobs on the wire: what is asked of them, and what the answers mean. What was read of the blobs asked for is kept
//! between two requests, also over a broken line, so that a file is read and hashed once; a large one is read part by
//! part. Not here: which blob is next (`machine`).

use crate::{
    engine::on_shelf,
    machine::{BlobState, Input, Lacking, Output, Put, Waiting},
    shelf::{Sender, Shelf},
    signed::Asker,
    transport::{Method, Reply, TransportError},
};
use onedoor_protocol::{
    Hash32,
    blob::{AskedBlob, BlobQuery, BlobStanding, BlobStates, CHUNK, MAX_CHUNKS, MAX_QUERY},
};
use onedoor_store::tables::blobs::Published;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};
use tokio::time::Instant;

/// Bytes of blobs of more than one chunk that are read for one query, beside the first.
const READ_AHEAD: u64 = 16 * 1024 * 1024;
/// Bytes of a blob that is kept in memory as a whole: what one request can carry.
const WHOLE: u64 = (MAX_CHUNKS * CHUNK) as u64;

/// What is known between two requests.
#[derive(Default)]
pub struct BlobsUnderWay {
    open: BTreeMap<Hash32, Open>,
}

/// A blob that was read.
struct Open {
    asked: AskedBlob,
    /// None of a large one, which is read again part by part.
    bytes: Option<Arc<Vec<u8>>>,
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
            Output::Put {
                blob,
                first,
                from,
                count,
            } => {
                let began = Instant::now();
                let place = Place { first, from, count };
                let (result, bytes) = put(asker, &mut self.open, blob, place, &shelf).await;
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
                self.open.remove(&blob.sha256);
                Input::Completed(reply.and_then(|reply| verdict(&reply, blob, asker.sender)))
            }
            _ => Input::Stuck,
        }
    }
}

/// The first blobs that fit a query; those that had to be read stay open. One chunk is the blob itself, so a small one is
/// asked for unread; of larger ones only as many are read as will soon be sent. One that is left out, or can't be read,
/// waits.
async fn ask(
    asker: &mut Asker<'_>,
    open: &mut BTreeMap<Hash32, Open>,
    blobs: Vec<Waiting>,
    shelf: &Arc<dyn Shelf>,
) -> Result<Vec<(Hash32, BlobState)>, TransportError> {
    let mut query = BlobQuery { blobs: Vec::new() };
    let (mut room, mut readable) = (MAX_QUERY, READ_AHEAD);
    let mut states: Vec<(Hash32, BlobState)> = Vec::new();
    open.retain(|sha256, _| blobs.iter().any(|blob| blob.sha256 == *sha256));
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
            let Some(read) = opened(shelf, open, blob).await else {
                states.push((blob.sha256, BlobState::Later));
                continue;
            };
            read.asked.clone()
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

/// Which bytes of a blob a request carries.
struct Place {
    /// The first chunk.
    first: u32,
    /// Bytes of it that are at the centre.
    from: u32,
    /// How many chunks, with the first.
    count: u32,
}

async fn put(
    asker: &mut Asker<'_>,
    open: &mut BTreeMap<Hash32, Open>,
    blob: Waiting,
    Place { first, from, count }: Place,
    shelf: &Arc<dyn Shelf>,
) -> (Result<Put, TransportError>, u64) {
    let begin = u64::from(first) * CHUNK as u64;
    let (begin, end) = (
        begin + u64::from(from),
        begin + u64::from(count) * CHUNK as u64,
    );
    let bytes = part(shelf, open, &blob, begin, end.saturating_sub(begin)).await;
    let Some(bytes) = bytes else {
        return (Ok(Put::Unreadable), 0);
    };
    let size = bytes.len() as u64;
    let behind = match from {
        0 => String::new(),
        from => format!("?from={from}"),
    };
    let path = format!("/v1/blobs/{}/{first}{behind}", blob.sha256);
    let reply = asker.ask(Method::Put, path, bytes).await;
    let put = reply.and_then(|reply| verdict(&reply, blob, asker.sender));
    // A broken line changes nothing of what was read; a word of the centre may.
    if !matches!(put, Ok(Put::Missing(_)) | Err(_)) {
        open.remove(&blob.sha256);
    }
    (put, size)
}

/// Bytes of a blob, out of memory where it is there as a whole.
async fn part(
    shelf: &Arc<dyn Shelf>,
    open: &mut BTreeMap<Hash32, Open>,
    blob: &Waiting,
    begin: u64,
    bytes: u64,
) -> Option<Vec<u8>> {
    let bytes = usize::try_from(bytes).ok()?;
    if blob.size > WHOLE {
        let sha256 = blob.sha256;
        return on_shelf(shelf, move |shelf| shelf.part(&sha256, begin, bytes)).await;
    }
    let whole = opened(shelf, open, blob).await?.bytes.clone()?;
    let begin = usize::try_from(begin).ok()?.min(whole.len());
    let end = begin.saturating_add(bytes).min(whole.len());
    whole.get(begin..end).map(<[u8]>::to_vec)
}

/// A blob as it was read, now or before.
async fn opened<'a>(
    shelf: &Arc<dyn Shelf>,
    open: &'a mut BTreeMap<Hash32, Open>,
    blob: &Waiting,
) -> Option<&'a Open> {
    let (sha256, is_large) = (blob.sha256, blob.size > WHOLE);
    match open.entry(sha256) {
        Entry::Occupied(there) => Some(there.into_mut()),
        Entry::Vacant(place) => {
            let read = on_shelf(shelf, move |shelf| {
                if is_large {
                    let (asked, bytes) = (shelf.chunks(&sha256)?, None);
                    return Ok(Open { asked, bytes });
                }
                let bytes = shelf.blob(&sha256)?;
                Ok(Open {
                    asked: AskedBlob::of(&bytes),
                    bytes: Some(Arc::new(bytes)),
                })
            });
            Some(place.insert(read.await?))
        }
    }
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
        BlobStanding::Missing => Some(BlobState::Missing(Lacking {
            missing: state.missing.clone(),
            begun: state.begun,
        })),
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
