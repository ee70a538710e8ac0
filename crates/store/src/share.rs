//! The second share of a key slot: 32 random bytes that the operating system's keyring holds, needed beside a clerk's
//! password and never enough alone. Not here: the keyring itself (desk), the slots (`keys`).

use crate::{
    error::{Result, StoreError},
    keys::random,
};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What the keyring keeps for one store.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Share([u8; 32]);

/// Which share a slot was made with: tells "another share" from "a wrong password", and nothing about the share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShareId(String);

impl Share {
    /// A new one.
    pub fn generate() -> Result<Self> {
        Ok(Share(random()?))
    }

    /// From known bytes: test vectors only.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Share(bytes)
    }

    /// As the keyring keeps it: 64 hex digits, since some keyrings hold only text.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// Reads [`Share::hex`]; none for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Share(bytes))
    }

    /// The first 8 bytes of HKDF-SHA256 (no salt, label `onedoor-1 share`), hex.
    pub fn id(&self) -> Result<ShareId> {
        let mut id = [0; 8];
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(b"onedoor-1 share", &mut id)
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        Ok(ShareId(hex::encode(id)))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}
