//! Signed read requests of a workstation: no clock, no bearer token.
//! `Authorization: Onedoor ws="…", nonce="…", sig="…"`, the signature over `METHOD|path and query|nonce`.

use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
use uuid::Uuid;

/// The header's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAuthorization {
    /// Who asks.
    pub ws: Uuid,
    /// The server's nonce, from the last answer.
    pub nonce: String,
    /// Over `METHOD|path and query|nonce`.
    pub sig: SignatureBytes,
}

fn payload(method: &str, path: &str, nonce: &str) -> Vec<u8> {
    format!("{method}|{path}|{nonce}").into_bytes()
}

impl ReadAuthorization {
    /// Signs a request.
    pub fn sign(key: &SecretKey, ws: Uuid, method: &str, path: &str, nonce: &str) -> Self {
        let sig = key.sign(Tag::Read, &[&payload(method, path, nonce)]);
        ReadAuthorization {
            ws,
            nonce: nonce.to_string(),
            sig,
        }
    }

    /// The header's value.
    pub fn header(&self) -> String {
        format!(
            "Onedoor ws=\"{}\", nonce=\"{}\", sig=\"{}\"",
            self.ws,
            self.nonce,
            self.sig.hex()
        )
    }

    /// Reads the header's value.
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.strip_prefix("Onedoor ")?.split(", ");
        let mut value = |name: &str| -> Option<String> {
            let part = parts.next()?.strip_prefix(name)?.strip_prefix("=\"")?;
            Some(part.strip_suffix('"')?.to_string())
        };
        let ws = Uuid::parse_str(&value("ws")?).ok()?;
        let nonce = value("nonce")?;
        let sig = SignatureBytes::from_hex(&value("sig")?)?;
        Some(ReadAuthorization { ws, nonce, sig })
    }

    /// Whether the request was signed by `key`.
    pub fn verifies(&self, key: &PublicKey, method: &str, path: &str) -> bool {
        key.verifies(Tag::Read, &[&payload(method, path, &self.nonce)], &self.sig)
    }
}
