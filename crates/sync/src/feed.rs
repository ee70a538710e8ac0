//! The office's feed on the wire: asks for a page. What it says is believed and applied by the store, in one transaction
//! with the cursor. Not here: when to ask (`machine`).

use crate::{
    machine::Pulled,
    signed::Asker,
    transport::{Method, TransportError},
};
use onedoor_protocol::feed::{CursorAhead, CursorTooOld, unpacked};
use std::sync::Arc;

/// The page after a line, and the bytes that came.
pub async fn pull(
    asker: &mut Asker<'_>,
    after: u64,
    head: u64,
) -> (Result<Pulled, TransportError>, u64) {
    let path = format!("/v1/feed?after={after}&last={head}");
    let packed = [("accept-encoding", "zstd")];
    let reply = match asker.ask_with(Method::Get, path, Vec::new(), &packed).await {
        Ok(reply) => reply,
        Err(error) => return (Err(error), 0),
    };
    let bytes = reply.body.len() as u64;
    let pulled = match reply.status {
        200 => unpacked(reply.body)
            .map(|page| Pulled::Page(Arc::new(page)))
            .map_err(|_| TransportError::NotTheCentre),
        // The offer in it is signed, and checked by the store.
        410 => match serde_json::from_slice::<CursorTooOld>(&reply.body) {
            Ok(old) => Ok(Pulled::TooOld(old.snapshot.map(Box::new))),
            Err(_) => Err(TransportError::NotTheCentre),
        },
        // Not signed: it only lets read again what is known.
        409 if serde_json::from_slice::<CursorAhead>(&reply.body).is_ok() => Ok(Pulled::Ahead),
        _ => Err(TransportError::NotTheCentre),
    };
    (pulled, bytes)
}
