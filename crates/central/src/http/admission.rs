//! How many requests run at the same time, by class: what is over is told at once to come back, scans long before
//! events. Not here: how long a request waits for the storage.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use onedoor_protocol::{batch::RefusalCode, blob::BlobRefusalCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::answer::{BatchRefused, BlobRefused, Refusal};
use super::pace::{Pace, Paced, paced};
use super::routes::Service;

/// Batches, hello and enrolments of one instance at the same time.
const EVENTS: usize = 256;
/// Reads, feed pages and decisions.
const PULL: usize = 256;
/// Scans: each may hold 4 MiB.
const BLOBS: usize = 32;

/// What a request is, for its share of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// What workstations must be rid of first.
    Events,
    /// What somebody wants to know.
    Pull,
    /// Scans and forms.
    Blobs,
    /// Answered also when all is full: health, the service's description.
    Always,
}

impl Class {
    /// All of them, each at its own place.
    pub(crate) const ALL: [Class; 4] = [Class::Events, Class::Pull, Class::Blobs, Class::Always];

    /// For whoever counts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Class::Events => "events",
            Class::Pull => "pull",
            Class::Blobs => "blobs",
            Class::Always => "always",
        }
    }
}

/// The shares of one instance.
#[derive(Debug, Clone)]
pub(crate) struct Shares {
    events: Arc<Semaphore>,
    pull: Arc<Semaphore>,
    blobs: Arc<Semaphore>,
}

impl Default for Shares {
    fn default() -> Self {
        let share = |permits| Arc::new(Semaphore::new(permits));
        Shares {
            events: share(EVENTS),
            pull: share(PULL),
            blobs: share(BLOBS),
        }
    }
}

impl Shares {
    /// The route, with its class's share before it.
    pub(crate) fn guard(
        &self,
        class: Class,
        path: &'static str,
        route: MethodRouter<Service>,
    ) -> MethodRouter<Service> {
        let share = match class {
            Class::Events => &self.events,
            Class::Pull => &self.pull,
            Class::Blobs => &self.blobs,
            Class::Always => return route,
        };
        let refusal = match class {
            Class::Blobs => || BlobRefused::from(BlobRefusalCode::Busy).into_response(),
            _ if path == "/v1/batches" => || BatchRefused::from(RefusalCode::Busy).into_response(),
            _ => || Refusal::busy().into_response(),
        };
        let guard = Guard {
            share: share.clone(),
            pace: match class {
                // A scan may come over the slowest line there is.
                Class::Blobs => Pace::Any,
                Class::Events | Class::Pull | Class::Always => Pace::Steady,
            },
            refusal,
        };
        route.layer(middleware::from_fn_with_state(guard, admit))
    }
}

#[derive(Clone)]
struct Guard {
    share: Arc<Semaphore>,
    pace: Pace,
    refusal: fn() -> Response,
}

/// A request's share of the service. Whoever goes on after its answer has begun keeps a clone.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// Nobody waits in a queue: who comes back later, spread over time, is served sooner than who piles up here.
async fn admit(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Ok(permit) = guard.share.try_acquire_owned() else {
        return (guard.refusal)();
    };
    let share = Share {
        _permit: Arc::new(permit),
    };
    request.extensions_mut().insert(share.clone());
    let (request, pace) = match guard.pace {
        Pace::Any => (request, Paced::default()),
        Pace::Steady => paced(request),
    };
    let response = next.run(request).await;
    drop(share);
    if pace.was_too_slow() {
        // Whoever sends so slowly comes back with less; the connection may still hold what it meant to send.
        let mut response = (guard.refusal)();
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
        return response;
    }
    response
}
