//! Refusals as JSON: a closed `code`, never a text for people, never a stack trace.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onedoor_protocol::batch::{BatchRefusal, RefusalCode};
use onedoor_protocol::blob::{BlobRefusal, BlobRefusalCode};
use onedoor_protocol::sign::Signed;
use serde::Serialize;

use crate::ledger::LedgerError;

/// Carries a nonce for the next signed read request.
pub(crate) const NONCE_HEADER: HeaderName = HeaderName::from_static("onedoor-nonce");

/// A refusal of anything but a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProblemCode {
    /// 400: the request can't be read.
    Malformed,
    /// 400: the proof in an enrolment is not the key's.
    BadProof,
    /// 401: no or no good authorization; the header `Onedoor-Nonce` carries a nonce.
    Unauthorized,
    /// 401: the nonce is too old; the header carries a fresh one.
    NonceExpired,
    /// 401: the workstation is not known.
    UnknownWorkstation,
    /// 401: the workstation was revoked.
    Revoked,
    /// 401: signed at another time; `time` is ours.
    Stale,
    /// 404: no such code, or it ended.
    CodeUnknown,
    /// 409: another decision has this id.
    DecisionDiffers,
    /// 409: the code was spent on another key.
    CodeUsed,
    /// 404: no such record, or not this office's.
    NotFound,
    /// 429: too many wrong codes; `Retry-After` says when.
    TooManyTries,
    /// 429: more requests than this workstation's share; `Retry-After` says when.
    TooManyRequests,
    /// 503: the storage is busy; `Retry-After` says when.
    Busy,
}

impl ProblemCode {
    fn status(self) -> StatusCode {
        match self {
            ProblemCode::Malformed | ProblemCode::BadProof => StatusCode::BAD_REQUEST,
            ProblemCode::Unauthorized
            | ProblemCode::NonceExpired
            | ProblemCode::UnknownWorkstation
            | ProblemCode::Stale
            | ProblemCode::Revoked => StatusCode::UNAUTHORIZED,
            ProblemCode::CodeUnknown | ProblemCode::NotFound => StatusCode::NOT_FOUND,
            ProblemCode::CodeUsed | ProblemCode::DecisionDiffers => StatusCode::CONFLICT,
            ProblemCode::TooManyTries | ProblemCode::TooManyRequests => {
                StatusCode::TOO_MANY_REQUESTS
            }
            ProblemCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// The body of a refusal of anything but a batch.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Problem {
    /// Why.
    pub(crate) code: ProblemCode,
    /// With `stale`: `{"server_time":…}`, signed for the refused request (tag `onedoor-time-1`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<super::views::SignedView>)]
    pub(crate) time: Option<Box<Signed>>,
}

/// A refusal on its way out.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: ProblemCode,
    nonce: Option<String>,
    retry_after: Option<u32>,
    time: Option<Box<Signed>>,
}

impl Refusal {
    /// With our time, for a workstation that lost it.
    pub(crate) fn stale(time: Signed) -> Self {
        Refusal {
            time: Some(Box::new(time)),
            ..ProblemCode::Stale.into()
        }
    }

    /// With the nonce that a signed request needs.
    pub(crate) fn with_nonce(code: ProblemCode, nonce: String) -> Self {
        Refusal {
            nonce: Some(nonce),
            ..code.into()
        }
    }

    /// To be asked again after a while, which every 503 is told on its way out.
    pub(crate) fn busy() -> Self {
        ProblemCode::Busy.into()
    }

    /// To be asked again after so many seconds.
    pub(crate) fn later(code: ProblemCode, seconds: u32) -> Self {
        Refusal {
            retry_after: Some(seconds),
            ..code.into()
        }
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Refusal {
            code,
            nonce: None,
            retry_after: None,
            time: None,
        }
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "request not done");
        Refusal::busy()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (code, time) = (self.code, self.time);
        let mut response = (code.status(), Json(Problem { code, time })).into_response();
        if let Some(value) = self
            .nonce
            .and_then(|nonce| HeaderValue::from_str(&nonce).ok())
        {
            response.headers_mut().insert(NONCE_HEADER, value);
        }
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A refusal of a batch, in the protocol's words.
#[derive(Debug)]
pub(crate) struct BatchRefused {
    refusal: BatchRefusal,
    /// With a 429: seconds to wait.
    too_many: Option<u32>,
}

impl BatchRefused {
    /// More requests than this workstation's share; seconds to wait. An envelope is no more than late, so its word is
    /// the one for being busy.
    pub(crate) fn too_many(seconds: u32) -> Self {
        BatchRefused {
            too_many: Some(seconds),
            ..RefusalCode::Busy.into()
        }
    }
}

impl From<BatchRefusal> for BatchRefused {
    fn from(refusal: BatchRefusal) -> Self {
        let too_many = None;
        BatchRefused { refusal, too_many }
    }
}

impl From<RefusalCode> for BatchRefused {
    fn from(code: RefusalCode) -> Self {
        BatchRefused::from(BatchRefusal {
            code,
            next_seq: None,
            head: None,
            at: None,
        })
    }
}

impl From<LedgerError> for BatchRefused {
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "batch not stored");
        RefusalCode::Busy.into()
    }
}

impl IntoResponse for BatchRefused {
    fn into_response(self) -> Response {
        if let Some(seconds) = self.too_many {
            let later = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
            return (StatusCode::TOO_MANY_REQUESTS, later, Json(self.refusal)).into_response();
        }
        let status = match self.refusal.code {
            RefusalCode::Gap | RefusalCode::Fork => StatusCode::CONFLICT,
            RefusalCode::UnknownWorkstation | RefusalCode::Revoked => StatusCode::UNAUTHORIZED,
            RefusalCode::Malformed => StatusCode::BAD_REQUEST,
            RefusalCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            RefusalCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, Json(&self.refusal)).into_response()
    }
}

/// A refusal of a chunk or a blob, in the protocol's words.
#[derive(Debug)]
pub(crate) struct BlobRefused(BlobRefusal);

impl BlobRefused {
    /// With the chunks that are still missing.
    pub(crate) fn missing(code: BlobRefusalCode, missing: Vec<[u32; 2]>) -> Self {
        BlobRefused(BlobRefusal { code, missing })
    }
}

impl From<BlobRefusalCode> for BlobRefused {
    fn from(code: BlobRefusalCode) -> Self {
        BlobRefused::missing(code, Vec::new())
    }
}

impl From<LedgerError> for BlobRefused {
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "blob not kept");
        BlobRefusalCode::Busy.into()
    }
}

impl IntoResponse for BlobRefused {
    fn into_response(self) -> Response {
        let status = match self.0.code {
            BlobRefusalCode::Malformed => StatusCode::BAD_REQUEST,
            BlobRefusalCode::NotNamed => StatusCode::NOT_FOUND,
            BlobRefusalCode::NotStaged | BlobRefusalCode::Incomplete => StatusCode::CONFLICT,
            BlobRefusalCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            BlobRefusalCode::ChunkMismatch | BlobRefusalCode::HashMismatch => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            BlobRefusalCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, Json(&self.0)).into_response()
    }
}
