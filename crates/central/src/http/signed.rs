//! Signed requests of workstations (`onedoor-request`): who asks, and whether it was this workstation, now. Nothing
//! here trusts the caller's clock: `at` is our own time, as the caller knows it.

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use onedoor_protocol::{
    Hash32,
    hello::Standing,
    request::{self, CentreTime, RequestError, SignedRequest, verify_request},
    sign::{PublicKey, SignatureBytes},
};
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::{LedgerError, WorkstationRecord};
use crate::notary::wire_time;

use super::answer::{ProblemCode, Refusal};
use super::routes::Service;

/// How often a workstation that only asks is written down.
const HEAR_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// A workstation that signed this request. Its body is not known to be the signed one until [`Caller::signed`].
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The workstation.
    pub(crate) ws: Uuid,
    /// Id of its office.
    pub(crate) office: String,
    request: SignedRequest,
}

impl Caller {
    /// The body, if it is the one that was signed.
    pub(crate) fn body(&self, bytes: Bytes) -> Result<Bytes, ProblemCode> {
        self.signed(&Hash32::of(&[&bytes])).map(|()| bytes)
    }

    /// Whether a body of this hash was signed.
    pub(crate) fn signed(&self, body: &Hash32) -> Result<(), ProblemCode> {
        if self.request.is_about(body) {
            Ok(())
        } else {
            Err(ProblemCode::Malformed)
        }
    }
}

impl FromRequestParts<Service> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        caller(&service.central, parts).await
    }
}

/// The workstation that signed a request with these parts.
pub(crate) async fn caller(central: &Central, parts: &Parts) -> Result<Caller, Refusal> {
    let header = parts.headers.get(request::HEADER);
    let signed = header
        .and_then(|value| SignedRequest::parse(value.to_str().ok()?))
        .ok_or(ProblemCode::Unauthorized)?;
    let found = central.ledger.workstation(signed.ws).await?;
    let found = found.ok_or(ProblemCode::UnknownWorkstation)?;
    let key = found.key.as_ref().and_then(PublicKey::from_bytes);
    let key = key.ok_or(ProblemCode::UnknownWorkstation)?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let now = (central.clock)();
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    match verify_request(&signed, &key, parts.method.as_str(), path, millis) {
        Err(RequestError::Signature) => return Err(ProblemCode::Unauthorized.into()),
        // That it was revoked is told to the workstation, not to whoever only knows its id.
        _ if found.standing == Standing::Revoked => return Err(ProblemCode::Revoked.into()),
        Err(RequestError::Stale) => return Err(stale(central, &signed.sig)?),
        Ok(()) => {}
    }
    central
        .limits
        .admit(found.ws, now)
        .map_err(|seconds| Refusal::later(ProblemCode::TooManyRequests, seconds))?;
    if let Err(error) = hear(central, &found, parts, now).await {
        // What was asked is answered all the same.
        tracing::warn!(%error, ws = %found.ws, "a contact was not written down");
    }
    Ok(Caller {
        ws: found.ws,
        office: found.office,
        request: signed,
    })
}

/// Keeps that it asked, and how far its journal reaches where the query says `last=`: not at every request, but whenever
/// it says something new.
async fn hear(
    central: &Central,
    found: &WorkstationRecord,
    parts: &Parts,
    now: Timestamp,
) -> Result<(), LedgerError> {
    let query = parts.uri.query().unwrap_or_default().split('&');
    let last = query
        .filter_map(|it| it.strip_prefix("last=")?.parse().ok())
        .next();
    let last: Option<u64> = last.filter(|last| i64::try_from(*last).is_ok());
    let is_news = last.is_some() && last != found.said_last;
    let fresh = |heard: Timestamp| now.duration_since(heard) < HEAR_EVERY;
    if is_news || !found.heard.is_some_and(fresh) {
        central.ledger.hear(found.ws, now, last).await?;
    }
    Ok(())
}

fn stale(central: &Central, refused: &SignatureBytes) -> Result<Refusal, LedgerError> {
    let time = CentreTime {
        server_time: wire_time((central.clock)()),
    };
    let signed = time.seal(central.notary.key(), refused);
    Ok(Refusal::stale(signed.map_err(LedgerError::storage)?))
}
