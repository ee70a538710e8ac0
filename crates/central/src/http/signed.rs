//! Signed requests of workstations (`onedoor-request`): who asks, and whether it was this workstation, now. Nothing
//! here trusts the caller's clock: `at` is our own time, as the caller knows it.

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onedoor_protocol::{
    Hash32,
    hello::Standing,
    request::{self, CentreTime, RequestError, SignedRequest, verify_request},
    sign::{PublicKey, SignatureBytes},
};
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::LedgerError;
use crate::notary::wire_time;

use super::answer::{ProblemCode, Refusal};
use super::routes::Service;

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
    Ok(Caller {
        ws: found.ws,
        office: found.office,
        request: signed,
    })
}

fn stale(central: &Central, refused: &SignatureBytes) -> Result<Refusal, LedgerError> {
    let time = CentreTime {
        server_time: wire_time((central.clock)()),
    };
    let signed = time.seal(central.notary.key(), refused);
    Ok(Refusal::stale(signed.map_err(LedgerError::storage)?))
}
