//! Scans and forms from workstations: which are missing, their chunks, and publishing them. Everything may come again,
//! in any order, to any instance. Not here: where the bytes lie (`crate::blobs`).

use std::collections::BTreeMap;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    blob::{
        AskedBlob, Begun, BlobQuery, BlobRefusalCode, BlobStanding, BlobState, BlobStates,
        MAX_BLOBS, sign_published,
    },
};
use serde::Deserialize;

use crate::blobs::Assembled;
use crate::central::Central;
use crate::ledger::{BlobRecord, LedgerError};
use crate::limits::Kind;
use crate::notary::wire_time;
use crate::upkeep::TOUCH_EVERY;

use super::answer::{BlobRefused, ProblemCode};
use super::chunks;
use super::signed::Caller;

/// Blobs that one query looks at in the store at the same time.
const LOOKS: usize = 16;

/// Which blobs are there, and which chunks of the others are missing.
#[utoipa::path(
    post,
    path = "/v1/blobs/query",
    tag = "workstation",
    security(("signed" = [])),
    request_body = super::views::BlobQueryView,
    responses(
        (status = 200, description = "Every blob, in the order of the query", body = super::views::BlobStatesView),
        (status = 400, description = "malformed", body = super::views::BlobRefusalView),
        (status = 401, description = "unauthorized, stale, unknown_workstation or revoked", body = super::answer::Problem),
        (status = 413, description = "too_large", body = super::views::BlobRefusalView),
        (status = 503, description = "busy, with Retry-After", body = super::views::BlobRefusalView),
    )
)]
pub(crate) async fn query(
    caller: Caller,
    State(central): State<Central>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<BlobStates>, BlobRefused> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => BlobRefusalCode::TooLarge,
        _ => BlobRefusalCode::Malformed,
    })?;
    let body = caller.body(body)?;
    let asked: BlobQuery = serde_json::from_slice(&body).map_err(|_| BlobRefusalCode::Malformed)?;
    if asked.blobs.len() > MAX_BLOBS {
        return Err(BlobRefusalCode::TooLarge.into());
    }
    if asked.blobs.is_empty() || !asked.blobs.iter().all(AskedBlob::is_whole) {
        return Err(BlobRefusalCode::Malformed.into());
    }
    Ok(Json(states(&central, &caller, asked.blobs).await?))
}

async fn states(
    central: &Central,
    caller: &Caller,
    asked: Vec<AskedBlob>,
) -> Result<BlobStates, LedgerError> {
    let at = (central.clock)();
    let hashes = asked.iter().map(|blob| blob.sha256).collect();
    let office = caller.office.clone();
    let records = central.ledger.blobs(office, hashes).await?;
    let looked = stream::iter(asked.into_iter().zip(records).map(
        async |(blob, record)| -> Result<_, LedgerError> {
            let held = held(central, &blob.sha256, &record).await?;
            Ok((blob, record.named, held))
        },
    ));
    let looked: Vec<_> = looked.buffered(LOOKS).try_collect().await?;
    let wanted: BTreeMap<Hash32, AskedBlob> = looked
        .iter()
        .filter(|(_, named, held)| *named && held.is_none())
        .map(|(blob, ..)| (blob.sha256, blob.clone()))
        .collect();
    let wanted: Vec<AskedBlob> = wanted.into_values().collect();
    let known = central
        .ledger
        .stage_blobs(caller.ws, wanted.clone(), at)
        .await?;
    let missing = stream::iter(wanted.into_iter().zip(known).map(
        async |(blob, known)| -> Result<_, LedgerError> {
            // A stage that nobody spoke of before is empty, and needs no look.
            let last = u32::try_from(blob.chunks.len() - 1).unwrap_or(u32::MAX);
            let lacks = match known {
                true => central.blobs.lacking(&blob).await?,
                false => (vec![[0, last]], None),
            };
            Ok((blob.sha256, lacks))
        },
    ));
    let missing: BTreeMap<_, _> = missing.buffered(LOOKS).try_collect().await?;
    let state = |(blob, named, held): (AskedBlob, bool, Option<u64>)| match held {
        Some(size) => have(central, blob.sha256, size, at),
        None if named => {
            let lacks = missing.get(&blob.sha256).cloned().unwrap_or_default();
            lacking(&blob, lacks)
        }
        None => BlobState {
            state: BlobStanding::NotNamed,
            ..lacking(&blob, (Vec::new(), None))
        },
    };
    Ok(BlobStates {
        blobs: looked.into_iter().map(state).collect(),
        at: wire_time(at),
    })
}

/// Its size, if this office named it and it is published and still in the store.
pub(super) async fn held(
    central: &Central,
    sha256: &Hash32,
    record: &BlobRecord,
) -> Result<Option<u64>, LedgerError> {
    let Some(size) = record.published.filter(|_| record.named) else {
        return Ok(None);
    };
    if central.blobs.has(sha256, size).await? {
        return Ok(Some(size));
    }
    // Nobody may drop a copy on the word of a row alone: the blob is asked for again.
    tracing::error!(%sha256, size, "a published blob is not in the store");
    Ok(None)
}

pub(super) fn have(central: &Central, sha256: Hash32, size: u64, at: Timestamp) -> BlobState {
    let signature = sign_published(central.notary.key(), &sha256, size, &wire_time(at));
    BlobState {
        sha256,
        state: BlobStanding::Have,
        size,
        missing: Vec::new(),
        begun: None,
        countersignature: Some(signature),
    }
}

fn lacking(blob: &AskedBlob, (missing, begun): (Vec<[u32; 2]>, Option<Begun>)) -> BlobState {
    BlobState {
        sha256: blob.sha256,
        state: BlobStanding::Missing,
        size: blob.size,
        missing,
        begun,
        countersignature: None,
    }
}

fn answer(state: BlobState, at: Timestamp) -> Json<BlobStates> {
    Json(BlobStates {
        blobs: vec![state],
        at: wire_time(at),
    })
}

/// Where a body begins within its first chunk.
#[derive(Deserialize)]
pub(crate) struct Behind {
    #[serde(default)]
    from: u32,
}

/// Takes consecutive chunks; a `PUT` of the whole blob publishes it.
#[utoipa::path(
    put,
    path = "/v1/blobs/{sha256}/{first}",
    tag = "workstation",
    security(("signed" = [])),
    params(
        ("sha256" = String, Path, description = "The blob, 64 hex digits"),
        ("first" = u32, Path, description = "Number of the first chunk, from 0"),
        ("from" = Option<u32>, Query, description = "The body begins behind so many bytes of that chunk, which the centre said it has"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "1 to 16 chunks of 256 KiB, one after the other; the blob's last one is shorter"),
    responses(
        (status = 200, description = "What is missing now, or have", body = super::views::BlobStatesView),
        (status = 400, description = "malformed", body = super::views::BlobRefusalView),
        (status = 401, description = "unauthorized, stale, unknown_workstation or revoked", body = super::answer::Problem),
        (status = 404, description = "not_named", body = super::views::BlobRefusalView),
        (status = 409, description = "not_staged; also when fewer bytes than `from` are there", body = super::views::BlobRefusalView),
        (status = 413, description = "too_large", body = super::views::BlobRefusalView),
        (status = 422, description = "chunk_mismatch", body = super::views::BlobRefusalView),
        (status = 503, description = "busy, with Retry-After", body = super::views::BlobRefusalView),
    )
)]
pub(crate) async fn put(
    caller: Caller,
    State(central): State<Central>,
    place: Result<Path<(String, u32)>, PathRejection>,
    behind: Result<Query<Behind>, QueryRejection>,
    body: Body,
) -> Result<Json<BlobStates>, BlobRefused> {
    let (Ok(Path((sha256, first))), Ok(Query(Behind { from }))) = (place, behind) else {
        return Err(BlobRefusalCode::Malformed.into());
    };
    if !central.limits.has_room_for(Kind::Scans) {
        tracing::warn!("the disk is filling up: scans are turned away");
        chunks::drain(body).await;
        return Err(BlobRefusalCode::Busy.into());
    }
    let sha256 = Hash32::from_hex(&sha256).ok_or(BlobRefusalCode::Malformed)?;
    // A task of its own: when the connection dies, what came before is still kept.
    let taking =
        tokio::spawn(async move { take(&central, &caller, sha256, (first, from), body).await });
    taking.await.map_err(LedgerError::storage)?
}

async fn take(
    central: &Central,
    caller: &Caller,
    sha256: Hash32,
    (first, from): (u32, u32),
    body: Body,
) -> Result<Json<BlobStates>, BlobRefused> {
    let at = (central.clock)();
    let known = match record(central, caller, sha256).await {
        Ok(record) => held(central, &sha256, &record).await?,
        Err(refused) => {
            chunks::drain(body).await;
            return Err(refused);
        }
    };
    if let Some(size) = known {
        chunks::drain(body).await;
        return Ok(answer(have(central, sha256, size, at), at));
    }
    let staged = staged(central, caller, sha256, at).await?;
    let taken = chunks::take(central, staged.as_ref(), (first, from), body).await;
    let refused = |code| chunks::refused(central, staged.as_ref(), code);
    let taken = match taken {
        Ok(taken) => taken,
        Err(chunks::Fault::Storage(error)) => return Err(error.into()),
        Err(chunks::Fault::Refused(code)) => return Err(refused(code).await),
    };
    let is_signed = caller.signed(&taken.hash).is_ok();
    let is_whole = (first, from) == (0, 0) && taken.hash == sha256;
    if let Some(parts) = taken.parts.clone().filter(|_| is_signed && is_whole) {
        central.blobs.publish(&sha256, parts).await?;
        return Ok(published(central, caller, sha256, taken.size).await?);
    }
    if !is_signed {
        return Err(refused(BlobRefusalCode::Malformed).await);
    }
    let Some(staged) = &staged else {
        return Err(BlobRefusalCode::NotStaged.into());
    };
    if taken.rest {
        return Err(refused(BlobRefusalCode::Malformed).await);
    }
    // Chunks as they were promised, of something that is not the blob: putting it together shows that.
    for (index, chunk) in (0..).zip(taken.parts.into_iter().flatten()) {
        central.blobs.keep_chunk(staged, index, chunk).await?;
    }
    let lacks = central.blobs.lacking(staged).await?;
    Ok(answer(lacking(staged, lacks), at))
}

/// Hashes the whole and publishes it.
#[utoipa::path(
    post,
    path = "/v1/blobs/{sha256}/complete",
    tag = "workstation",
    security(("signed" = [])),
    params(("sha256" = String, Path, description = "The blob, 64 hex digits")),
    responses(
        (status = 200, description = "have", body = super::views::BlobStatesView),
        (status = 400, description = "malformed", body = super::views::BlobRefusalView),
        (status = 401, description = "unauthorized, stale, unknown_workstation or revoked", body = super::answer::Problem),
        (status = 404, description = "not_named", body = super::views::BlobRefusalView),
        (status = 409, description = "not_staged or incomplete", body = super::views::BlobRefusalView),
        (status = 422, description = "hash_mismatch: the stage was dropped", body = super::views::BlobRefusalView),
        (status = 503, description = "busy, with Retry-After", body = super::views::BlobRefusalView),
    )
)]
pub(crate) async fn complete(
    caller: Caller,
    State(central): State<Central>,
    sha256: Result<Path<String>, PathRejection>,
) -> Result<Json<BlobStates>, BlobRefused> {
    caller.signed(&Hash32::of(&[]))?;
    let sha256 = sha256.ok().and_then(|Path(text)| Hash32::from_hex(&text));
    let sha256 = sha256.ok_or(BlobRefusalCode::Malformed)?;
    // A task of its own: a caller that goes away must not leave a half-written blob behind.
    let completing = tokio::spawn(async move { assemble(&central, &caller, sha256).await });
    completing.await.map_err(LedgerError::storage)?
}

async fn assemble(
    central: &Central,
    caller: &Caller,
    sha256: Hash32,
) -> Result<Json<BlobStates>, BlobRefused> {
    let before = record(central, caller, sha256).await?;
    let at = (central.clock)();
    if let Some(size) = held(central, &sha256, &before).await? {
        return Ok(answer(have(central, sha256, size, at), at));
    }
    let staged = staged(central, caller, sha256, at).await?;
    let staged = staged.ok_or(BlobRefusalCode::NotStaged)?;
    match central.blobs.assemble(&staged).await? {
        Assembled::Published => Ok(published(central, caller, sha256, staged.size).await?),
        Assembled::Incomplete(missing) => {
            // Another instance may have completed it meanwhile, and dropped the stage under our hands.
            let after = record(central, caller, sha256).await?;
            match held(central, &sha256, &after).await? {
                Some(size) => Ok(answer(have(central, sha256, size, at), at)),
                None => Err(BlobRefused::missing(BlobRefusalCode::Incomplete, missing)),
            }
        }
        Assembled::Differs => {
            let manifest = crate::ledger::manifest(&staged);
            let ledger = &central.ledger;
            ledger.unstage_blob(sha256, Some(manifest)).await?;
            central.blobs.drop_stage(&sha256, Some(&staged)).await?;
            Err(BlobRefusalCode::HashMismatch.into())
        }
    }
}

/// What the caller said of a blob's chunks. From here on its stage is not swept.
async fn staged(
    central: &Central,
    caller: &Caller,
    sha256: Hash32,
    at: Timestamp,
) -> Result<Option<AskedBlob>, LedgerError> {
    let Some(staged) = central.ledger.staged_blob(caller.ws, sha256).await? else {
        return Ok(None);
    };
    // Not at every chunk: one write an hour is enough to tell who is at work from who gave up.
    let is_fresh = at.duration_since(staged.at) < TOUCH_EVERY;
    if is_fresh || central.ledger.touch_stage(caller.ws, sha256, at).await? {
        Ok(Some(staged.asked))
    } else {
        Ok(None)
    }
}

async fn record(
    central: &Central,
    caller: &Caller,
    sha256: Hash32,
) -> Result<BlobRecord, BlobRefused> {
    let office = caller.office.clone();
    let found = central.ledger.blobs(office, vec![sha256]).await?;
    let named = found.into_iter().find(|record| record.named);
    Ok(named.ok_or(BlobRefusalCode::NotNamed)?)
}

/// The bytes are durable: keeps that they are, and says so.
async fn published(
    central: &Central,
    caller: &Caller,
    sha256: Hash32,
    size: u64,
) -> Result<Json<BlobStates>, LedgerError> {
    let at = (central.clock)();
    let office = caller.office.clone();
    central
        .ledger
        .publish_blob(office, sha256, size, at)
        .await?;
    central.blobs.drop_stage(&sha256, None).await?;
    Ok(answer(have(central, sha256, size, at), at))
}

impl From<ProblemCode> for BlobRefused {
    fn from(code: ProblemCode) -> Self {
        match code {
            ProblemCode::Busy => BlobRefusalCode::Busy.into(),
            _ => BlobRefusalCode::Malformed.into(),
        }
    }
}
