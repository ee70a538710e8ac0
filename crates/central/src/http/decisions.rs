//! `POST /v1/filings/{id}/decisions`: what the solving unit decided, on its way to the office's counters.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use jiff::Timestamp;
use onedoor_domain::filing::Status;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::central::Central;
use crate::feed::{Decided, Decision};

use super::access::Unit;
use super::answer::{Problem, ProblemCode, Refusal};

/// A decision as a unit sends it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecisionRequest {
    /// Chosen by the caller: the same again is the same decision.
    #[schema(value_type = String, format = "uuid")]
    decision: Uuid,
    /// `being_solved`, `supplement_asked`, `result_ready` or `refused`.
    status: String,
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
    /// The official number of a filing that has a provisional one.
    official_code: Option<String>,
    /// RFC 3339; the time of arrival if absent.
    #[schema(value_type = Option<String>, format = "date-time")]
    decided_at: Option<Timestamp>,
}

/// Where a decision stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    #[schema(value_type = String, format = "uuid")]
    decision: Uuid,
    #[schema(value_type = String, format = "uuid")]
    filing: Uuid,
    /// Its line in the office's feed.
    feed_seq: u64,
    /// The counter's final status that stands against it: people must look.
    contradicts: Option<String>,
}

/// Takes a decision.
#[utoipa::path(
    post,
    path = "/v1/filings/{id}/decisions",
    tag = "unit",
    security(("unit" = [])),
    params(("id" = String, Path, format = "uuid", description = "The filing")),
    request_body = DecisionRequest,
    responses(
        (status = 200, description = "Stored; the same decision again gives the same answer", body = DecisionView),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized", body = Problem),
        (status = 404, description = "not_found", body = Problem),
        (status = 409, description = "decision_differs: the same id with other content", body = Problem),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    )
)]
pub(crate) async fn decide(
    unit: Unit,
    State(central): State<Central>,
    id: Result<Path<Uuid>, PathRejection>,
    body: Result<Json<DecisionRequest>, JsonRejection>,
) -> Result<Json<DecisionView>, Refusal> {
    let Ok(Json(asked)) = body else {
        return Err(ProblemCode::Malformed.into());
    };
    let Ok(Path(filing)) = id else {
        return Err(ProblemCode::NotFound.into());
    };
    let decision = Decision {
        decision: asked.decision,
        filing,
        status: Status::parse(&asked.status).ok_or(ProblemCode::Malformed)?,
        reason: asked.reason,
        official_code: asked.official_code,
        unit: unit.0,
        decided_at: asked.decided_at,
        at: (central.clock)(),
    };
    if !decision.is_sound() {
        return Err(ProblemCode::Malformed.into());
    }
    match central.ledger.decide(decision).await? {
        Decided::Stored {
            feed_seq,
            contradicts,
        } => Ok(Json(DecisionView {
            decision: asked.decision,
            filing,
            feed_seq,
            contradicts,
        })),
        Decided::Differs => Err(ProblemCode::DecisionDiffers.into()),
        Decided::Unknown => Err(ProblemCode::NotFound.into()),
    }
}
