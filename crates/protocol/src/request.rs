//! Signed requests of a workstation: the header `onedoor-request` binds who, when and what. `at` is the centre's own
//! time as the workstation knows it from its last hello, so no wall clock takes part. Not here: keys, sending, HTTP.

use crate::chain::Hash32;
use crate::sign::{PublicKey, SecretKey, SignatureBytes, Signed, Tag};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The header's name.
pub const HEADER: &str = "onedoor-request";
/// How far `at` may be from the centre's clock, in milliseconds, in either direction.
pub const MAX_SKEW_MS: u64 = 600_000;

/// The header's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// Who asks.
    pub ws: Uuid,
    /// The centre's time as the asker knows it, in milliseconds since 1970.
    pub at: u64,
    /// SHA-256 of the body as sent; that of nothing when the body is empty.
    pub body: Hash32,
    /// By the workstation's key.
    pub sig: SignatureBytes,
}

/// Why a request is not answered. The order is the order of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not signed by this key for this method and path.
    #[error("not signed by this workstation")]
    Signature,
    /// `at` is too far from the centre's clock.
    #[error("signed at another time")]
    Stale,
}

fn payload(method: &str, path: &str, at: u64, body: &Hash32) -> Vec<u8> {
    format!("{method}\n{path}\n{at}\n{body}").into_bytes()
}

/// Signs a request; [`SignedRequest::header`] is the header's value. `path` is path and query from `/v1/` on.
pub fn sign_request(
    key: &SecretKey,
    ws: Uuid,
    method: &str,
    path: &str,
    at: u64,
    body: &[u8],
) -> SignedRequest {
    let body = Hash32::of(&[body]);
    let sig = key.sign(Tag::Request, &[&payload(method, path, at, &body)]);
    SignedRequest { ws, at, body, sig }
}

/// Whether `request` is `key`'s for this method and path, and of this time: `now` is the centre's clock in
/// milliseconds. The body is checked by [`SignedRequest::is_about`], once it was read.
pub fn verify_request(
    request: &SignedRequest,
    key: &PublicKey,
    method: &str,
    path: &str,
    now: u64,
) -> Result<(), RequestError> {
    let payload = payload(method, path, request.at, &request.body);
    if !key.verifies(Tag::Request, &[&payload], &request.sig) {
        return Err(RequestError::Signature);
    }
    if request.at.abs_diff(now) > MAX_SKEW_MS {
        return Err(RequestError::Stale);
    }
    Ok(())
}

impl SignedRequest {
    /// The header's value.
    pub fn header(&self) -> String {
        let (ws, at, sig) = (self.ws, self.at, self.sig.hex());
        if self.body == Hash32::of(&[]) {
            format!("ws={ws};at={at};sig={sig}")
        } else {
            format!("ws={ws};at={at};body={};sig={sig}", self.body)
        }
    }

    /// Reads the header's value; none when it is not exactly of this form.
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split(';').peekable();
        let ws = Uuid::parse_str(parts.next()?.strip_prefix("ws=")?).ok()?;
        let at = parts.next()?.strip_prefix("at=")?.parse().ok()?;
        let body = match parts.next_if(|part| part.starts_with("body=")) {
            Some(part) => Hash32::from_hex(part.strip_prefix("body=")?)?,
            None => Hash32::of(&[]),
        };
        let sig = SignatureBytes::from_hex(parts.next()?.strip_prefix("sig=")?)?;
        let read = SignedRequest { ws, at, body, sig };
        (parts.next().is_none() && read.header() == header).then_some(read)
    }

    /// Whether a body of this hash is the one that was signed.
    pub fn is_about(&self, body: &Hash32) -> bool {
        self.body == *body
    }
}

/// The centre's time, under the refusal of a request that was signed at another time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CentreTime {
    /// RFC 3339, UTC.
    pub server_time: String,
}

impl CentreTime {
    /// Signs the time for a refused request and for no other.
    pub fn seal(&self, key: &SecretKey, refused: &SignatureBytes) -> serde_json::Result<Signed> {
        Signed::seal(key, Tag::Time, &refused.0, self)
    }

    /// The time, if one of the centre's keys signed it for our refused request.
    pub fn open(signed: &Signed, keys: &[PublicKey], refused: &SignatureBytes) -> Option<Self> {
        keys.iter()
            .find_map(|key| signed.open(key, Tag::Time, &refused.0))
    }
}

/// The refusal of a request that was signed at another time: `{"code":"stale","time":…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleRefusal {
    /// `stale`.
    pub code: String,
    /// A [`CentreTime`]; [`CentreTime::open`] reads it.
    pub time: Signed,
}
