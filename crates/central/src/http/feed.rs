//! `GET /v1/feed`: what the asker's office should know after a line, as a signed page. Not here: what the lines say.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onedoor_protocol::{
    Hash32,
    feed::{CursorAhead, CursorTooOld, MAX_LINES, Offer, PageMark, close},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::central::Central;
use crate::feed::{FeedPage, FeedQuery};
use crate::ledger::LedgerError;
use crate::notary::wire_time;

use super::answer::{ProblemCode, Refusal};
use super::signed::Caller;

/// How hard a page is compressed.
const ZSTD_LEVEL: i32 = 3;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedParams {
    /// The cursor: `next` of the page before, 0 at first.
    after: u64,
    /// 1 to 200; 200 if absent.
    limit: Option<u32>,
    /// Number of the asker's own last line: what it still has to send is then known here too.
    #[allow(dead_code)]
    last: Option<u64>,
}

/// What the office should know after a line.
#[utoipa::path(
    get,
    path = "/v1/feed",
    tag = "workstation",
    security(("signed" = [])),
    params(FeedParams),
    responses(
        (status = 200, description = "Lines `{feed_seq, kind, body}`, then `{next, more, server_time, sig}`; zstd if accepted", content_type = "application/x-ndjson", body = String),
        (status = 400, description = "malformed", body = super::answer::Problem),
        (status = 401, description = "unauthorized, stale, unknown_workstation or revoked", body = super::answer::Problem),
        (status = 409, description = "cursor_ahead", body = super::views::CursorAheadView),
        (status = 410, description = "cursor_too_old", body = super::views::CursorTooOldView),
        (status = 503, description = "busy, with Retry-After", body = super::answer::Problem),
    )
)]
pub(crate) async fn feed(
    caller: Caller,
    State(central): State<Central>,
    query: Result<Query<FeedParams>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller.signed(&Hash32::of(&[]))?;
    let Ok(Query(FeedParams { after, limit, .. })) = query else {
        return Err(ProblemCode::Malformed.into());
    };
    let limit = limit.unwrap_or(MAX_LINES);
    if !(1..=MAX_LINES).contains(&limit) || i64::try_from(after).is_err() {
        return Err(ProblemCode::Malformed.into());
    }
    let asked = FeedQuery {
        office: caller.office.clone(),
        ws: caller.ws,
        after,
        limit,
    };
    let page = central.ledger.feed(asked).await?;
    let page = page.ok_or_else(|| LedgerError::Damaged("a workstation without office".into()))?;
    if let Some(refused) = outside(&central, &caller, &page, after) {
        return Ok(refused);
    }
    let bytes = written(&central, &caller, after, &page).map_err(LedgerError::storage)?;
    answer(bytes, &headers).await
}

/// The answer to a cursor that is not in the feed.
fn outside(central: &Central, caller: &Caller, page: &FeedPage, after: u64) -> Option<Response> {
    if after < page.floor {
        let server_time = wire_time((central.clock)());
        let offer = |snapshot| Offer::sign(central.notary.key(), caller.ws, snapshot, &server_time);
        let body = CursorTooOld {
            code: "cursor_too_old".into(),
            floor: page.floor,
            snapshot: page.snapshot.clone().map(offer),
        };
        return Some((StatusCode::GONE, Json(body)).into_response());
    }
    let (code, top) = ("cursor_ahead".into(), page.top);
    let body = CursorAhead { code, top };
    (after > top).then(|| (StatusCode::CONFLICT, Json(body)).into_response())
}

fn written(
    central: &Central,
    caller: &Caller,
    after: u64,
    page: &FeedPage,
) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for record in &page.lines {
        serde_json::to_writer(&mut bytes, &record.line()?)?;
        bytes.push(b'\n');
    }
    let server_time = wire_time((central.clock)());
    let mark = PageMark {
        ws: caller.ws,
        after,
        next: page.next(),
        more: page.more,
        server_time: &server_time,
    };
    close(central.notary.key(), &mark, bytes)
}

async fn answer(bytes: Vec<u8>, headers: &HeaderMap) -> Result<Response, Refusal> {
    let kind = (header::CONTENT_TYPE, "application/x-ndjson");
    if !accepts_zstd(headers) {
        return Ok(([kind], bytes).into_response());
    }
    // Up to a few MiB: long enough to hold up other requests on this thread.
    let packing = tokio::task::spawn_blocking(move || zstd::bulk::compress(&bytes, ZSTD_LEVEL));
    let packed = packing.await.map_err(LedgerError::storage)?;
    let packed = packed.map_err(LedgerError::storage)?;
    let coding = (header::CONTENT_ENCODING, "zstd");
    Ok(([kind, coding], packed).into_response())
}

fn accepts_zstd(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING);
    let names = |value: &HeaderValue| {
        let text = value.to_str().unwrap_or_default();
        text.split(',').any(|name| name.trim() == "zstd")
    };
    accepted.iter().any(names)
}
