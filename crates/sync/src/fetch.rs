//! Wanted blobs on their way here: part by part, so that a weak line never begins anew while the program runs; kept only
//! when their hash is their name. Not here: what is wanted (the store), and when (`machine`).

use crate::{
    engine::on_shelf,
    machine::{Fetched, Waiting},
    shelf::Shelf,
    signed::Asker,
    transport::{Method, TransportError},
};
use onedoor_protocol::Hash32;
use std::sync::Arc;

/// Bytes of one part.
const PART: u64 = 1024 * 1024;

/// The blob under way, as far as it is here.
#[derive(Default)]
pub struct Incoming(Option<(Hash32, Vec<u8>)>);

impl Incoming {
    /// Brings the next part, and keeps the blob after the last one. Also the bytes that came.
    pub async fn fetch(
        &mut self,
        asker: &mut Asker<'_>,
        blob: Waiting,
        shelf: &Arc<dyn Shelf>,
    ) -> (Result<Fetched, TransportError>, u64) {
        let known = self.0.take().filter(|(sha256, _)| *sha256 == blob.sha256);
        let mut bytes = known.map(|(_, bytes)| bytes).unwrap_or_default();
        let from = bytes.len() as u64;
        let to = (from + PART).min(blob.size);
        let path = format!("/v1/blobs/{}", blob.sha256);
        let range = format!("bytes={from}-{}", to.saturating_sub(1));
        let wanted = [("range", range.as_str())];
        let asked = asker.ask_with(Method::Get, path, Vec::new(), &wanted).await;
        let reply = match asked {
            Ok(reply) => reply,
            Err(error) => {
                self.0 = Some((blob.sha256, bytes));
                return (Err(error), 0);
            }
        };
        let came = reply.body.len() as u64;
        match reply.status {
            206 => bytes.extend_from_slice(&reply.body),
            // Something on the way knows no ranges.
            200 => bytes = reply.body,
            404 | 416 => return (Ok(Fetched::Later), came),
            _ => return (Err(TransportError::NotTheCentre), came),
        }
        let length = bytes.len() as u64;
        if reply.cut && length < blob.size {
            // The next contact goes on behind what came.
            self.0 = Some((blob.sha256, bytes));
            return (Err(TransportError::Offline), came);
        }
        if length < blob.size && came > 0 {
            self.0 = Some((blob.sha256, bytes));
            return (Ok(Fetched::Part), came);
        }
        let kept = on_shelf(shelf, move |shelf| shelf.arrived(&blob.sha256, &bytes)).await;
        let fetched = match kept {
            Some(true) => Fetched::Here,
            // Not its bytes, or no room for them: the next contact begins anew.
            Some(false) | None => Fetched::Later,
        };
        (Ok(fetched), came)
    }
}
