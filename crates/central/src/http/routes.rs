//! The one table of routes: the router is built from it, and a test holds it against the OpenAPI document.

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::HeaderValue;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use onedoor_protocol::{blob::MAX_QUERY, limits};

use crate::central::Central;

use super::answer::{NONCE_HEADER, ProblemCode, Refusal};
use super::enrol::WrongTries;
use super::{batches, blobs, decisions, enrol, feed, hello, openapi, reads};

/// Bytes of an enrolment or a decision at most.
const SMALL_BODY: usize = 16 * 1024;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) central: Central,
    pub(crate) wrong_tries: WrongTries,
}

impl FromRef<Service> for Central {
    fn from_ref(service: &Service) -> Self {
        service.central.clone()
    }
}

type Route = (&'static str, &'static str, MethodRouter<Service>);

fn table() -> Vec<Route> {
    let batches = post(batches::take).layer(DefaultBodyLimit::max(limits::MAX_COMPRESSED));
    let enrol = post(enrol::enrol).layer(DefaultBodyLimit::max(SMALL_BODY));
    let query = post(blobs::query).layer(DefaultBodyLimit::max(MAX_QUERY));
    let decide = post(decisions::decide).layer(DefaultBodyLimit::max(SMALL_BODY));
    vec![
        ("post", "/v1/enrol", enrol),
        ("get", "/v1/hello", get(hello::hello)),
        ("post", "/v1/batches", batches),
        ("post", "/v1/blobs/query", query),
        ("put", "/v1/blobs/{sha256}/{first}", put(blobs::put)),
        ("post", "/v1/blobs/{sha256}/complete", post(blobs::complete)),
        ("get", "/v1/feed", get(feed::feed)),
        ("post", "/v1/filings/{id}/decisions", decide),
        ("get", "/v1/filings", get(reads::filings)),
        ("get", "/v1/filings/{id}", get(reads::filing)),
        ("get", "/v1/workstations", get(reads::workstations)),
        ("get", "/v1/quarantine", get(reads::quarantine)),
        ("get", "/v1/events/{ws}", get(reads::events)),
        ("get", "/openapi.json", get(openapi::serve)),
        ("get", "/healthz", get(reads::healthz)),
    ]
}

/// Every route as `(method, path)`, in the order of the table.
pub fn described() -> Vec<(&'static str, &'static str)> {
    table()
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect()
}

pub(crate) fn router(central: Central) -> Router {
    let service = Service {
        central,
        wrong_tries: WrongTries::default(),
    };
    let routes = table().into_iter();
    let router = routes.fold(Router::new(), |router, (_, path, handler)| {
        router.route(path, handler)
    });
    router
        .fallback(|| async { Refusal::from(ProblemCode::NotFound) })
        .layer(middleware::from_fn_with_state(service.clone(), next_nonce))
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
