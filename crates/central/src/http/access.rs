//! Who may read, and which unit may decide: a workstation its own office, by a signature over the request and a nonce of ours; an operator
//! everything, by a bearer token. Nothing here trusts the caller's clock.

use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use onedoor_protocol::{
    Hash32, hello::Standing, read::ReadAuthorization, request, sign::PublicKey,
};

use crate::central::Central;
use crate::ledger::{LedgerError, Role};

use super::answer::{ProblemCode, Refusal};
use super::routes::Service;
use super::signed;

/// Somebody who may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reader {
    /// An operator, by the name of the token.
    Operator(String),
    /// A workstation of this office.
    Workstation {
        /// Id of its office.
        office: String,
    },
}

impl Reader {
    /// The only office that this reader may see; none = all.
    pub(crate) fn office(&self) -> Option<String> {
        match self {
            Reader::Operator(_) => None,
            Reader::Workstation { office } => Some(office.clone()),
        }
    }

    /// Whether a record of `office` may be shown.
    pub(crate) fn may_see(&self, office: &str) -> bool {
        self.office().is_none_or(|own| own == office)
    }
}

impl FromRequestParts<Service> for Reader {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        let central = &service.central;
        if parts.headers.contains_key(request::HEADER) {
            let caller = signed::caller(central, parts).await?;
            // These requests have no body; a hash of one would be a signature for something else.
            caller.signed(&Hash32::of(&[]))?;
            let office = caller.office;
            return Ok(Reader::Workstation { office });
        }
        let header = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        if let Some(token) = header.and_then(|value| value.strip_prefix("Bearer ")) {
            let name = bearer(central, token, Role::Operator).await?;
            return name
                .map(Reader::Operator)
                .ok_or_else(|| refused(central, ProblemCode::Unauthorized));
        }
        let signed = header.and_then(ReadAuthorization::parse);
        let signed = signed.ok_or_else(|| refused(central, ProblemCode::Unauthorized))?;
        workstation(central, parts, &signed).await
    }
}

/// The solving unit that a token of the role `unit` stands for, by the token's name.
#[derive(Debug)]
pub(crate) struct Unit(pub(crate) String);

impl FromRequestParts<Service> for Unit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        holder(parts, service, Role::Unit).await.map(Unit)
    }
}

/// The province's own system, by a token of the role `outlet`.
#[derive(Debug)]
pub(crate) struct Outlet;

impl FromRequestParts<Service> for Outlet {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        holder(parts, service, Role::Outlet).await.map(|_| Outlet)
    }
}

/// The name of the bearer token that came with a request.
async fn holder(parts: &Parts, service: &Service, role: Role) -> Result<String, Refusal> {
    let header = parts.headers.get(header::AUTHORIZATION);
    let token = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let token = token.ok_or(ProblemCode::Unauthorized)?;
    let name = bearer(&service.central, token, role).await?;
    Ok(name.ok_or(ProblemCode::Unauthorized)?)
}

/// The name of a token, if it has this role.
pub(super) async fn bearer(
    central: &Central,
    token: &str,
    role: Role,
) -> Result<Option<String>, LedgerError> {
    let found = central
        .ledger
        .token(Hash32::of(&[token.as_bytes()]))
        .await?;
    Ok(found
        .filter(|token| token.role == role)
        .map(|token| token.name))
}

async fn workstation(
    central: &Central,
    parts: &Parts,
    signed: &ReadAuthorization,
) -> Result<Reader, Refusal> {
    let found = central.ledger.workstation(signed.ws).await?;
    let found = found.ok_or_else(|| refused(central, ProblemCode::UnknownWorkstation))?;
    let key = found.key.as_ref().and_then(PublicKey::from_bytes);
    let key = key.ok_or_else(|| refused(central, ProblemCode::UnknownWorkstation))?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if !signed.verifies(&key, parts.method.as_str(), path) {
        return Err(refused(central, ProblemCode::Unauthorized));
    }
    if found.standing == Standing::Revoked {
        return Err(refused(central, ProblemCode::Revoked));
    }
    if !central.notary.knows_nonce(&signed.nonce, (central.clock)()) {
        return Err(refused(central, ProblemCode::NonceExpired));
    }
    central
        .limits
        .admit(found.ws, (central.clock)())
        .map_err(|seconds| Refusal::later(ProblemCode::TooManyRequests, seconds))?;
    Ok(Reader::Workstation {
        office: found.office,
    })
}

fn refused(central: &Central, code: ProblemCode) -> Refusal {
    Refusal::with_nonce(code, central.notary.nonce((central.clock)()))
}
