//! `POST /v1/batches`: a signed run of journal lines. The signature is the authentication.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use onedoor_protocol::{
    batch::{self, Batch, BatchAnswer, BatchError, BatchRefusal, RefusalCode},
    hello::Standing,
    sign::PublicKey,
};

use crate::central::Central;
use crate::ingest::Ingest;
use crate::ledger::{Ingested, LedgerError, WorkstationRecord};
use crate::limits::Kind;
use crate::notary::wire_time;

use super::answer::BatchRefused;

/// Takes a batch.
#[utoipa::path(
    post,
    path = "/v1/batches",
    tag = "workstation",
    request_body(content = Vec<u8>, content_type = "application/zstd", description = "zstd of NDJSON: header, journal lines, signature. At most 1 MiB, 16 MiB expanded, 500 lines."),
    responses(
        (status = 200, description = "Stored; the state after it", body = super::views::BatchAnswerView),
        (status = 400, description = "malformed: not an envelope, or wrongly signed", body = super::views::BatchRefusalView),
        (status = 401, description = "unknown_workstation or revoked", body = super::views::BatchRefusalView),
        (status = 409, description = "gap or fork", body = super::views::BatchRefusalView),
        (status = 413, description = "too_large", body = super::views::BatchRefusalView),
        (status = 429, description = "busy, with Retry-After: more requests than this workstation's share", body = super::views::BatchRefusalView),
        (status = 503, description = "busy, with Retry-After; also while the disk is nearly full", body = super::views::BatchRefusalView),
    )
)]
pub(crate) async fn take(
    State(central): State<Central>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<BatchAnswer>, BatchRefused> {
    if !central.limits.has_room_for(Kind::Lines) {
        tracing::error!("the disk is nearly full: batches are turned away");
        return Err(RefusalCode::Busy.into());
    }
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => RefusalCode::TooLarge,
        _ => RefusalCode::Malformed,
    })?;
    let batch = open(bytes.clone()).await?;
    let workstation = central.ledger.workstation(batch.header.ws).await?;
    let (workstation, key) = known(workstation)?;
    if batch.header.office != workstation.office || !batch.signed_by(&key) {
        return Err(RefusalCode::Malformed.into());
    }
    let at = (central.clock)();
    let ws = workstation.ws;
    central
        .limits
        .admit(ws, at)
        .map_err(BatchRefused::too_many)?;
    if workstation.standing == Standing::Revoked {
        central
            .ledger
            .keep_batch(workstation.ws, bytes.to_vec(), at)
            .await?;
        return Err(RefusalCode::Revoked.into());
    }
    let notary = central.notary.clone();
    let ingest = blocking(move || Ingest::read(batch, key.bytes(), at, notary)).await?;
    match central.ledger.ingest(Arc::new(ingest)).await? {
        Ingested::Taken(taken) => Ok(Json(BatchAnswer {
            ws: workstation.ws,
            next_seq: taken.next_seq,
            head: taken.head,
            server_time: wire_time(at),
            quarantined: taken.quarantined,
            want: taken.want,
            countersignature: taken.countersignature,
        })),
        Ingested::Gap { next_seq, head } => Err(BatchRefused::from(BatchRefusal {
            code: RefusalCode::Gap,
            next_seq: Some(next_seq),
            head: Some(head),
            at: None,
        })),
        Ingested::Fork { at, head } => {
            tracing::warn!(ws = %workstation.ws, line = at, "fork");
            let code = RefusalCode::Fork;
            Err(BatchRefused::from(BatchRefusal {
                code,
                next_seq: None,
                head: Some(head),
                at: Some(at),
            }))
        }
        Ingested::Unknown => Err(RefusalCode::UnknownWorkstation.into()),
        Ingested::Revoked => {
            central
                .ledger
                .keep_batch(workstation.ws, bytes.to_vec(), at)
                .await?;
            Err(RefusalCode::Revoked.into())
        }
    }
}

/// Decompressing and hashing up to 16 MiB would hold up every other request on this thread.
async fn open(bytes: Bytes) -> Result<Batch, BatchRefused> {
    let opened = blocking(move || batch::open(&bytes)).await?;
    opened.map_err(|error| match error {
        BatchError::TooLarge => RefusalCode::TooLarge.into(),
        _ => RefusalCode::Malformed.into(),
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, LedgerError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(LedgerError::storage)
}

fn known(found: Option<WorkstationRecord>) -> Result<(WorkstationRecord, PublicKey), RefusalCode> {
    let found = found.ok_or(RefusalCode::UnknownWorkstation)?;
    let key = found.key.as_ref().and_then(PublicKey::from_bytes);
    key.map(|key| (found, key))
        .ok_or(RefusalCode::UnknownWorkstation)
}
