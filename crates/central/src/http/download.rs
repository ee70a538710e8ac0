//! `GET /v1/blobs/{sha256}`: a scan, a form or a snapshot on its way back to an office, whole or from any byte on, so
//! that a weak line never begins anew. Not here: which blobs an office may have (the ledger).

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use onedoor_protocol::Hash32;

use crate::central::Central;

use super::admission::Share;
use super::answer::{Problem, ProblemCode, Refusal};
use super::signed::Caller;

/// What a `Range` header asks of a blob.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// All of it: no range, several, or one in units that nobody knows.
    Whole,
    /// These bytes: the first one, and the one after the last.
    Part(u64, u64),
    /// None of its bytes.
    Nothing,
}

/// A blob's bytes.
#[utoipa::path(
    get,
    path = "/v1/blobs/{sha256}",
    tag = "workstation",
    security(("signed" = [])),
    params(
        ("sha256" = String, Path, description = "The blob, 64 hex digits"),
        ("Range" = Option<String>, Header, description = "`bytes=<first>-<last>`, `bytes=<first>-` or `bytes=-<count>`"),
    ),
    responses(
        (status = 200, description = "All bytes; their SHA-256 is the name", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The bytes of the range", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 400, description = "malformed", body = Problem),
        (status = 401, description = "unauthorized, stale, unknown_workstation or revoked", body = Problem),
        (status = 404, description = "not_found: not published, or this office was never told of it", body = Problem),
        (status = 416, description = "The range begins after the last byte; Content-Range says how many there are"),
        (status = 503, description = "busy, with Retry-After", body = Problem),
    )
)]
pub(crate) async fn get(
    caller: Caller,
    State(central): State<Central>,
    Extension(share): Extension<Share>,
    sha256: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller.signed(&Hash32::of(&[]))?;
    let sha256 = sha256.ok().and_then(|Path(text)| Hash32::from_hex(&text));
    let sha256 = sha256.ok_or(ProblemCode::Malformed)?;
    let told = central.ledger.told_blob(caller.office, sha256).await?;
    let size = told.ok_or(ProblemCode::NotFound)?;
    send(&central, share, sha256, size, &headers).await
}

/// A published blob, or the part of it that the headers ask for.
pub(super) async fn send(
    central: &Central,
    share: Share,
    sha256: Hash32,
    size: u64,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    if !central.blobs.has(&sha256, size).await? {
        tracing::error!(%sha256, size, "a published blob is not in the store");
        return Err(ProblemCode::NotFound.into());
    }
    let (status, first, after) = match asked(headers, &sha256, size) {
        Asked::Whole => (StatusCode::OK, 0, size),
        Asked::Part(first, after) => (StatusCode::PARTIAL_CONTENT, first, after),
        Asked::Nothing => return Ok(unsatisfiable(size)),
    };
    let body = if first < after {
        let bytes = central.blobs.read(&sha256, first..after).await?;
        // Over a slow line the bytes take minutes: their share of the service is theirs until the last one.
        Body::from_stream(bytes.inspect_ok(move |_| {
            let _held = &share;
        }))
    } else {
        Body::empty()
    };
    let mut response = (status, body).into_response();
    let mut say = |name, text: String| {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(name, value);
        }
    };
    say(header::CONTENT_TYPE, "application/octet-stream".into());
    say(header::CONTENT_LENGTH, (after - first).to_string());
    say(header::ACCEPT_RANGES, "bytes".into());
    say(header::ETAG, etag(&sha256));
    // Citizens' papers: nothing on the way keeps them.
    say(header::CACHE_CONTROL, "no-store".into());
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {first}-{}/{size}", after - 1);
        say(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

fn unsatisfiable(size: u64) -> Response {
    let range = format!("bytes */{size}");
    let headers = [(header::CONTENT_RANGE, range)];
    (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
}

fn etag(sha256: &Hash32) -> String {
    format!("\"{sha256}\"")
}

fn asked(headers: &HeaderMap, sha256: &Hash32, size: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE) else {
        return Asked::Whole;
    };
    if text(header::IF_RANGE).is_some_and(|known| known != etag(sha256)) {
        return Asked::Whole;
    }
    part(range, size)
}

fn part(range: &str, size: u64) -> Asked {
    let ends = range
        .strip_prefix("bytes=")
        .and_then(|it| it.split_once('-'));
    let Some((first, last)) = ends.map(|(first, last)| (first.trim(), last.trim())) else {
        return Asked::Whole;
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) || (first.is_empty() && last.is_empty()) {
        return Asked::Whole;
    }
    // Digits that no number of ours can hold are beyond every blob.
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let (first, after) = match (first, last) {
        ("", count) => (size - number(count).min(size), size),
        (first, "") => (number(first), size),
        (first, last) if number(last) < number(first) => return Asked::Whole,
        (first, last) => (number(first), number(last).saturating_add(1).min(size)),
    };
    if first < after {
        Asked::Part(first, after)
    } else {
        Asked::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, part};

    #[test]
    fn a_range_is_read_as_http_says() {
        for (text, expected) in [
            ("bytes=0-0", Asked::Part(0, 1)),
            ("bytes=3-", Asked::Part(3, 10)),
            ("bytes=3-99", Asked::Part(3, 10)),
            ("bytes=-4", Asked::Part(6, 10)),
            ("bytes=-99", Asked::Part(0, 10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=99999999999999999999-", Asked::Nothing),
            ("bytes=5-3", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("lines=1-2", Asked::Whole),
        ] {
            assert_eq!(part(text, 10), expected, "{text}");
        }
        assert_eq!(part("bytes=0-", 0), Asked::Nothing, "of an empty blob");
    }
}
