//! The outlet: filings on their way to the province's own system, one package a version, with their PDFs by hash. It asks,
//! fetches and acknowledges; a package comes again until it was acknowledged, and is known by the filing's id and
//! version. Not here: its official code, which comes back as a decision (`decisions`).

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use onedoor_protocol::Hash32;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::LedgerError;

use super::access::Outlet;
use super::admission::Share;
use super::answer::{Problem, ProblemCode, Refusal};
use super::download;

/// Version of the package: a reader that knows it reads every later field as one to skip.
const PACKAGE_VERSION: u32 = 1;
/// Packages in one page at most.
const PAGE: u32 = 50;

/// Which packages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OutletQuery {
    /// Only filings after this one: to go past one that can't be delivered.
    #[param(value_type = Option<String>, format = "uuid")]
    after: Option<Uuid>,
    /// At most 50.
    limit: Option<u32>,
}

/// Filings that were not acknowledged in their last version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackagesView {
    packages: Vec<PackageView>,
    /// Pass it as `after` for the next page; none = this was the last.
    #[schema(value_type = Option<String>, format = "uuid")]
    next: Option<Uuid>,
}

/// A filing for the province's own system.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageView {
    /// Version of this shape: 1.
    v: u32,
    #[schema(value_type = String, format = "uuid")]
    filing: Uuid,
    /// Version of the filing: a larger one replaces a smaller one.
    version: u32,
    office: String,
    /// Legal number, `agency-YYMMDD-XXXX`.
    code: Option<String>,
    /// Provisional number: an official one is wanted, as a decision.
    provisional: Option<String>,
    /// A number that another filing holds already: a person must decide.
    disputed_code: Option<String>,
    /// Business day.
    #[schema(format = Date)]
    day: String,
    status: String,
    /// All that the counter wrote down, as in the journal line `filing_received`.
    #[schema(value_type = Object)]
    received: Box<RawValue>,
    documents: Vec<DocumentView>,
}

/// A PDF of a filing, to be fetched by its hash.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentView {
    /// `01`.
    form: String,
    /// Version of the template.
    template: String,
    /// SHA-256 of the PDF, hex.
    #[schema(value_type = String)]
    sha256: Hash32,
    size: u64,
    /// Media type.
    mime: &'static str,
}

/// What the province's own system has.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DeliveredRequest {
    /// The version that it stored.
    version: u32,
}

/// Of a journal line only what it says.
#[derive(Deserialize)]
struct Said {
    body: Box<RawValue>,
}

/// Filings that the province's own system lacks.
#[utoipa::path(get, path = "/v1/outlet", tag = "outlet", params(OutletQuery),
    security(("outlet" = [])),
    responses(
        (status = 200, description = "Packages, by the filing's id; each comes until it is acknowledged", body = PackagesView),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn packages(
    _: Outlet,
    State(central): State<Central>,
    query: Result<Query<OutletQuery>, QueryRejection>,
) -> Result<Json<PackagesView>, Refusal> {
    let Ok(Query(query)) = query else {
        return Err(ProblemCode::Malformed.into());
    };
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let found = central.ledger.undelivered(query.after, limit).await?;
    let next = found
        .last()
        .copied()
        .filter(|_| found.len() >= limit as usize);
    let mut packages = Vec::with_capacity(found.len());
    for filing in found {
        packages.extend(package(&central, filing).await?);
    }
    Ok(Json(PackagesView { packages, next }))
}

async fn package(central: &Central, id: Uuid) -> Result<Option<PackageView>, LedgerError> {
    let Some(it) = central.ledger.filing(id).await? else {
        return Ok(None);
    };
    let lines = central.ledger.stored_lines(it.ws, it.seq, 1).await?;
    let line = lines.first().filter(|line| line.seq == it.seq);
    let said = line.and_then(|line| serde_json::from_slice::<Said>(&line.body).ok());
    let said = said.ok_or_else(|| LedgerError::Damaged(format!("the line of filing {id}")))?;
    let document = |form: crate::ledger::FormRecord| DocumentView {
        form: form.form,
        template: form.template,
        sha256: form.sha256,
        size: form.size,
        mime: "application/pdf",
    };
    Ok(Some(PackageView {
        v: PACKAGE_VERSION,
        filing: it.id,
        version: it.version,
        office: it.office,
        code: it.code,
        provisional: it.provisional,
        disputed_code: it.disputed_code,
        day: it.day.to_string(),
        status: it.status,
        received: said.body,
        documents: it.forms.into_iter().map(document).collect(),
    }))
}

/// A PDF of a filing.
#[utoipa::path(get, path = "/v1/outlet/{id}/documents/{sha256}", tag = "outlet",
    params(
        ("id" = String, Path, format = "uuid", description = "The filing"),
        ("sha256" = String, Path, description = "The PDF, 64 hex digits"),
    ),
    security(("outlet" = [])),
    responses(
        (status = 200, description = "Its bytes; with Range as in /v1/blobs/{sha256}", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The bytes of the range", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, description = "unauthorized", body = Problem),
        (status = 404, description = "not_found: no such PDF of this filing", body = Problem),
        (status = 416, description = "The range begins after the last byte"),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn document(
    _: Outlet,
    State(central): State<Central>,
    Extension(share): Extension<Share>,
    place: Result<Path<(Uuid, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Ok(Path((filing, sha256))) = place else {
        return Err(ProblemCode::NotFound.into());
    };
    let filing = central.ledger.filing(filing).await?;
    let forms = filing.map(|filing| filing.forms).unwrap_or_default();
    let wanted = Hash32::from_hex(&sha256);
    let form = forms.iter().find(|form| Some(form.sha256) == wanted);
    let form = form.ok_or(ProblemCode::NotFound)?;
    download::send(&central, share, form.sha256, form.size, &headers).await
}

/// Acknowledges a package.
#[utoipa::path(post, path = "/v1/outlet/{id}/delivered", tag = "outlet",
    params(("id" = String, Path, format = "uuid", description = "The filing")),
    security(("outlet" = [])),
    request_body = DeliveredRequest,
    responses(
        (status = 204, description = "It is not sent again in this version"),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized", body = Problem),
        (status = 404, description = "not_found: no such filing, or no such version of it", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn delivered(
    _: Outlet,
    State(central): State<Central>,
    id: Result<Path<Uuid>, PathRejection>,
    body: Result<Json<DeliveredRequest>, JsonRejection>,
) -> Result<StatusCode, Refusal> {
    let Ok(Json(said)) = body else {
        return Err(ProblemCode::Malformed.into());
    };
    let Ok(Path(filing)) = id else {
        return Err(ProblemCode::NotFound.into());
    };
    if central.ledger.deliver(filing, said.version).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ProblemCode::NotFound.into())
    }
}
