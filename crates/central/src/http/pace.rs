//! Bodies that dawdle: after a minute a small request must have come at 1 KiB a second, or it is given up, so that a
//! few hundred open connections can't hold all of the service. Not here: scans, which may be as slow as their line.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout_at};

/// How long a body may take whatever its size.
const GRACE: Duration = Duration::from_secs(60);
/// Bytes a second after that.
const SLOWEST: u64 = 1024;

/// How fast a body must come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// However slowly.
    Any,
    /// Not slower than a bad line.
    Steady,
}

/// Whether a body was given up.
#[derive(Debug, Clone, Default)]
pub(super) struct Paced(Arc<AtomicBool>);

impl Paced {
    pub(super) fn was_too_slow(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The request, its body ending with a fault when it dawdles.
pub(super) fn paced(request: Request) -> (Request, Paced) {
    let paced = Paced::default();
    let too_slow = paced.clone();
    let begun = Instant::now();
    let request = request.map(|body| {
        let parts = body.into_data_stream();
        let start = (Box::pin(parts), 0_u64, too_slow);
        Body::from_stream(stream::unfold(
            start,
            move |(mut parts, came, too_slow)| async move {
                let deadline = begun + GRACE + Duration::from_secs(came / SLOWEST);
                let next: Option<Result<Bytes, axum::Error>> =
                    match timeout_at(deadline, Pin::new(&mut parts).next()).await {
                        Ok(next) => next,
                        Err(_) => {
                            too_slow.0.store(true, Ordering::Relaxed);
                            Some(Err(axum::Error::new("too slow")))
                        }
                    };
                let next = next?;
                let came = came + next.as_ref().map_or(0, |part| part.len() as u64);
                Some((next, (parts, came, too_slow)))
            },
        ))
    });
    (request, paced)
}
