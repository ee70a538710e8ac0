//! The read API: what the centre knows, to those who may know it.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use onedoor_protocol::Hash32;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::FilingQuery;

use super::access::Reader;
use super::answer::{Problem, ProblemCode, Refusal};
use super::views::{FilingView, FilingsView, QuarantineListView, WorkstationsView};

/// Records in one page, unless fewer are asked for.
const PAGE: u32 = 200;
/// Journal lines in one page: at most 512 KiB each.
const LINES: u32 = 500;

/// Which filings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FilingsQuery {
    /// Legal, provisional or disputed number, exactly.
    code: Option<String>,
    /// Business day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>, format = "date")]
    day: Option<Date>,
    /// `next` of the page before.
    #[param(value_type = Option<String>, format = "uuid")]
    after: Option<Uuid>,
    /// At most 200.
    limit: Option<u32>,
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LinesQuery {
    /// Number of the first line; 1 if absent.
    from: Option<u64>,
    /// At most 500.
    limit: Option<u32>,
}

/// Filings, oldest first.
#[utoipa::path(get, path = "/v1/filings", tag = "read", params(FilingsQuery),
    security(("workstation" = []), ("signed" = []), ("operator" = [])),
    responses(
        (status = 200, body = FilingsView),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized, nonce_expired, stale, unknown_workstation or revoked; Onedoor-Nonce", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn filings(
    reader: Reader,
    State(central): State<Central>,
    query: Result<Query<FilingsQuery>, QueryRejection>,
) -> Result<Json<FilingsView>, Refusal> {
    let Ok(Query(query)) = query else {
        return Err(ProblemCode::Malformed.into());
    };
    if query.code.as_ref().is_some_and(|code| code.contains('\0')) {
        return Err(ProblemCode::Malformed.into());
    }
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let asked = FilingQuery {
        office: reader.office(),
        code: query.code,
        day: query.day,
        after: query.after,
        limit,
    };
    let found = central.ledger.filings(asked).await?;
    let full = found.len() >= limit as usize;
    let next = found.last().filter(|_| full).map(|last| last.id);
    Ok(Json(FilingsView {
        filings: found.into_iter().map(FilingView::listed).collect(),
        next,
    }))
}

/// A filing with its forms.
#[utoipa::path(get, path = "/v1/filings/{id}", tag = "read",
    params(("id" = String, Path, format = "uuid", description = "The filing")),
    security(("workstation" = []), ("signed" = []), ("operator" = [])),
    responses(
        (status = 200, body = FilingView),
        (status = 401, description = "unauthorized, nonce_expired, stale, unknown_workstation or revoked; Onedoor-Nonce", body = Problem),
        (status = 404, description = "not_found", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn filing(
    reader: Reader,
    State(central): State<Central>,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<Json<FilingView>, Refusal> {
    let Ok(Path(id)) = id else {
        return Err(ProblemCode::NotFound.into());
    };
    let found = central
        .ledger
        .filing(id)
        .await?
        .filter(|filing| reader.may_see(&filing.office));
    found
        .map(|filing| Json(FilingView::whole(filing)))
        .ok_or_else(|| ProblemCode::NotFound.into())
}

/// Workstations and where their journals stand.
#[utoipa::path(get, path = "/v1/workstations", tag = "read",
    security(("workstation" = []), ("signed" = []), ("operator" = [])),
    responses(
        (status = 200, body = WorkstationsView),
        (status = 401, description = "unauthorized, nonce_expired, stale, unknown_workstation or revoked; Onedoor-Nonce", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn workstations(
    reader: Reader,
    State(central): State<Central>,
) -> Result<Json<WorkstationsView>, Refusal> {
    let found = central.ledger.workstations(reader.office()).await?;
    Ok(Json(WorkstationsView {
        workstations: found.into_iter().map(Into::into).collect(),
    }))
}

/// Lines that are stored and not applied.
#[utoipa::path(get, path = "/v1/quarantine", tag = "read",
    security(("workstation" = []), ("signed" = []), ("operator" = [])),
    responses(
        (status = 200, body = QuarantineListView),
        (status = 401, description = "unauthorized, nonce_expired, stale, unknown_workstation or revoked; Onedoor-Nonce", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn quarantine(
    reader: Reader,
    State(central): State<Central>,
) -> Result<Json<QuarantineListView>, Refusal> {
    let found = central.ledger.quarantine(reader.office(), PAGE).await?;
    Ok(Json(QuarantineListView {
        lines: found.into_iter().map(Into::into).collect(),
    }))
}

/// A workstation's journal lines, byte for byte.
#[utoipa::path(get, path = "/v1/events/{ws}", tag = "read",
    params(("ws" = String, Path, format = "uuid", description = "The workstation"), LinesQuery),
    security(("workstation" = []), ("signed" = []), ("operator" = [])),
    responses(
        (status = 200, description = "One line each, as hashed and signed", content_type = "application/x-ndjson", body = String),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized, nonce_expired, stale, unknown_workstation or revoked; Onedoor-Nonce", body = Problem),
        (status = 404, description = "not_found", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn events(
    reader: Reader,
    State(central): State<Central>,
    ws: Result<Path<Uuid>, PathRejection>,
    query: Result<Query<LinesQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Path(ws)) = ws else {
        return Err(ProblemCode::NotFound.into());
    };
    let Ok(Query(query)) = query else {
        return Err(ProblemCode::Malformed.into());
    };
    let from = query.from.unwrap_or(1);
    if i64::try_from(from).is_err() {
        return Err(ProblemCode::Malformed.into());
    }
    let workstation = central.ledger.workstation(ws).await?;
    if !workstation.is_some_and(|workstation| reader.may_see(&workstation.office)) {
        return Err(ProblemCode::NotFound.into());
    }
    let lines = central
        .ledger
        .lines(ws, from, query.limit.unwrap_or(LINES).clamp(1, LINES))
        .await?;
    let mut body = Vec::new();
    for line in lines {
        body.extend_from_slice(&line);
        body.push(b'\n');
    }
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response())
}

/// Whether the service and its storage answer.
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses(
        (status = 200, description = "ok", body = String),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    ))]
pub(crate) async fn healthz(State(central): State<Central>) -> Result<&'static str, Refusal> {
    central.ledger.token(Hash32([0; 32])).await?;
    Ok("ok")
}
