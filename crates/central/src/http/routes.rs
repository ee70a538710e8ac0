//! The one table of routes: the router is built from it, and a test holds it against the OpenAPI document.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use onedoor_protocol::{blob::MAX_QUERY, limits};
use tokio::time::Instant;

use crate::central::Central;
use crate::later::TurnedAway;

use super::admission::{Class, Shares};
use super::answer::{NONCE_HEADER, ProblemCode, Refusal};
use super::enrol::WrongTries;
use super::metrics::{Metrics, count};
use super::{
    batches, blobs, decisions, download, enrol, feed, hello, metrics, openapi, operator, outlet,
    reads,
};

/// Bytes of an enrolment or a decision at most.
const SMALL_BODY: usize = 16 * 1024;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) central: Central,
    pub(crate) wrong_tries: WrongTries,
    pub(crate) metrics: Metrics,
}

impl FromRef<Service> for Central {
    fn from_ref(service: &Service) -> Self {
        service.central.clone()
    }
}

type Route = (Class, &'static str, &'static str, MethodRouter<Service>);

fn table() -> Vec<Route> {
    use Class::{Always, Blobs, Events, Pull};
    let batches = post(batches::take).layer(DefaultBodyLimit::max(limits::MAX_COMPRESSED));
    let enrol = post(enrol::enrol).layer(DefaultBodyLimit::max(SMALL_BODY));
    let query = post(blobs::query).layer(DefaultBodyLimit::max(MAX_QUERY));
    let decide = post(decisions::decide).layer(DefaultBodyLimit::max(SMALL_BODY));
    let delivered = post(outlet::delivered).layer(DefaultBodyLimit::max(SMALL_BODY));
    let complete = post(blobs::complete);
    vec![
        (Events, "post", "/v1/enrol", enrol),
        (Events, "get", "/v1/hello", get(hello::hello)),
        (Events, "post", "/v1/batches", batches),
        (Blobs, "post", "/v1/blobs/query", query),
        (Blobs, "get", "/v1/blobs/{sha256}", get(download::get)),
        (Blobs, "put", "/v1/blobs/{sha256}/{first}", put(blobs::put)),
        (Blobs, "post", "/v1/blobs/{sha256}/complete", complete),
        (Pull, "get", "/v1/feed", get(feed::feed)),
        (Pull, "post", "/v1/filings/{id}/decisions", decide),
        (Pull, "get", "/v1/filings", get(reads::filings)),
        (Pull, "get", "/v1/filings/{id}", get(reads::filing)),
        (Pull, "get", "/v1/workstations", get(reads::workstations)),
        (Pull, "get", "/v1/quarantine", get(reads::quarantine)),
        (Pull, "get", "/v1/events/{ws}", get(reads::events)),
        (Pull, "get", "/v1/outlet", get(outlet::packages)),
        (Pull, "post", "/v1/outlet/{id}/delivered", delivered),
        (
            Blobs,
            "get",
            "/v1/outlet/{id}/documents/{sha256}",
            get(outlet::document),
        ),
        (Pull, "get", "/operator", get(operator::page)),
        (Always, "get", "/metrics", get(metrics::metrics)),
        (Always, "get", "/openapi.json", get(openapi::serve)),
        (Always, "get", "/healthz", get(reads::healthz)),
    ]
}

/// Every route as `(method, path)`, in the order of the table.
pub fn described() -> Vec<(&'static str, &'static str)> {
    table()
        .into_iter()
        .map(|(_, method, path, _)| (method, path))
        .collect()
}

pub(crate) fn router(central: Central) -> Router {
    let service = Service {
        central,
        wrong_tries: WrongTries::default(),
        metrics: Metrics::default(),
    };
    let shares = Shares::default();
    let routes = table().into_iter();
    let router = routes.fold(Router::new(), |router, (class, _, path, route)| {
        let counted = middleware::from_fn_with_state((service.metrics.clone(), class), count);
        router.route(path, shares.guard(class, path, route).layer(counted))
    });
    router
        .fallback(|| async { Refusal::from(ProblemCode::NotFound) })
        .layer(middleware::from_fn_with_state(service.clone(), next_nonce))
        .layer(middleware::from_fn_with_state(Queue::new(), later))
        .with_state(service)
}

/// Every answer carries the nonce for the next signed read, so that reading costs one round trip.
async fn next_nonce(State(central): State<Central>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let nonce = central.notary.nonce((central.clock)());
    if let Ok(value) = HeaderValue::from_str(&nonce) {
        response.headers_mut().entry(NONCE_HEADER).or_insert(value);
    }
    response
}

/// Those who are to come back later, since when.
#[derive(Clone)]
struct Queue(Arc<Mutex<TurnedAway>>, Instant);

impl Queue {
    fn new() -> Self {
        Queue(Arc::default(), Instant::now())
    }

    /// One more; how many seconds it is to stay away.
    fn one_more(&self) -> u32 {
        let [random] = crate::notary::random::<1>().unwrap_or([u8::MAX / 2]);
        let now = u64::try_from(self.1.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.one_more(now, random)
    }
}

/// Whoever is turned away is told when to come back.
async fn later(State(queue): State<Queue>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from(queue.one_more());
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
