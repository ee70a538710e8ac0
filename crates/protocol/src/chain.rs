//! The hash chain of a journal: `h0 = SHA256("onedoor-journal-1" ‖ ws ‖ pubkey)`,
//! `h_n = SHA256(h_{n-1} ‖ line without its newline)`. Raw 32-byte hashes; hex only where JSON needs text.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// A raw SHA-256, written as 64 lower-case hex digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash32(pub [u8; 32]);

impl Hash32 {
    /// SHA-256 of the parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Hash32(hasher.finalize().into())
    }

    /// 64 lower-case hex digits.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The first 8 hex digits, as printed on paper.
    pub fn hash8(&self) -> String {
        hex::encode(&self.0[..4])
    }

    /// Reads 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Hash32(bytes))
    }

    /// Reads exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Hash32)
    }
}

impl fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hash8())
    }
}

impl fmt::Display for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl Serialize for Hash32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Hash32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Hash32::from_hex(&text).ok_or_else(|| D::Error::custom("a hash is 64 hex digits"))
    }
}

/// The hash before the first line of a workstation.
pub fn genesis(ws: Uuid, public_key: &[u8; 32]) -> Hash32 {
    Hash32::of(&[b"onedoor-journal-1", ws.as_bytes(), public_key])
}

/// The hash after `line` (its bytes without the newline).
pub fn next(previous: &Hash32, line: &[u8]) -> Hash32 {
    Hash32::of(&[&previous.0, line])
}

/// The hash after all `lines`, starting from `previous`.
pub fn head<'a>(previous: Hash32, lines: impl IntoIterator<Item = &'a [u8]>) -> Hash32 {
    lines
        .into_iter()
        .fold(previous, |hash, line| next(&hash, line))
}
