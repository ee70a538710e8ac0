//! Ed25519 with a domain tag for each use, so that no signature can stand for another.
//! The signed message is `tag ‖ payload`. Not here: where keys are kept (store), when they change.

use crate::chain::Hash32;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A workstation's batch: `SHA256(header line) ‖ head`.
    Batch,
    /// The centre's countersignature: `ws ‖ next_seq as u64 big endian ‖ head ‖ server_time`.
    Ack,
    /// The centre's answer to hello: `nonce ‖ SHA256(body)`.
    Hello,
    /// A workstation's request to enrol: `code or secret ‖ public key`.
    Enrol,
    /// The centre's enrolment or ticket: `SHA256(body)`.
    Office,
    /// A workstation's read request: `METHOD|path and query|nonce`.
    Read,
    /// The capsule on paper.
    Capsule,
    /// Any other request of a workstation: `METHOD \n path and query \n at \n SHA256(body) in hex`.
    Request,
    /// The centre's time for a request that was refused: `the request's signature ‖ SHA256(body)`.
    Time,
    /// The centre has a blob: `sha256 ‖ size as u64 big endian ‖ server_time`.
    Blob,
    /// A page of the office's feed: see [`crate::feed::page_payload`].
    Feed,
    /// What stands in for the beginning of a feed: see [`crate::snapshot::offer_payload`].
    Snapshot,
    /// The word of the centre's key for the next: see [`crate::keys::statement_payload`].
    Key,
}

impl Tag {
    /// The bytes before the payload.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Tag::Batch => b"onedoor-batch-1",
            Tag::Ack => b"onedoor-ack-1",
            Tag::Hello => b"onedoor-hello-1",
            Tag::Enrol => b"onedoor-enrol-1",
            Tag::Office => b"onedoor-office-1",
            Tag::Read => b"onedoor-read-1",
            Tag::Capsule => b"onedoor-capsule-1",
            Tag::Request => b"onedoor-request-1",
            Tag::Time => b"onedoor-time-1",
            Tag::Blob => b"onedoor-blob-1",
            Tag::Feed => b"onedoor-feed-1",
            Tag::Snapshot => b"onedoor-snapshot-1",
            Tag::Key => b"onedoor-key-1",
        }
    }

    fn message(self, payload: &[&[u8]]) -> Vec<u8> {
        let mut message = self.bytes().to_vec();
        for part in payload {
            message.extend_from_slice(part);
        }
        message
    }
}

/// A secret key. Its seed is wiped when dropped.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// From 32 bytes of a good random source.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        SecretKey(SigningKey::from_bytes(seed))
    }

    /// The seed, to be kept inside an encrypted store only.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs `tag ‖ payload`.
    pub fn sign(&self, tag: Tag, payload: &[&[u8]]) -> SignatureBytes {
        SignatureBytes(self.0.sign(&tag.message(payload)).to_bytes())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// A public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From 32 bytes; none when they are no point of the curve.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().map(PublicKey)
    }

    /// From 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        Self::from_bytes(&Hash32::from_hex(text)?.0)
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// 64 hex digits.
    pub fn hex(&self) -> String {
        hex::encode(self.bytes())
    }

    /// The first 8 bytes of the key's SHA-256: how paper names a key.
    pub fn id(&self) -> [u8; 8] {
        let mut id = [0; 8];
        id.copy_from_slice(&Hash32::of(&[&self.bytes()]).0[..8]);
        id
    }

    /// Whether `signature` is this key's, for exactly this use.
    pub fn verifies(&self, tag: Tag, payload: &[&[u8]], signature: &SignatureBytes) -> bool {
        let signature = Signature::from_bytes(&signature.0);
        self.0
            .verify_strict(&tag.message(payload), &signature)
            .is_ok()
    }
}

/// 64 bytes of signature, hex in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureBytes(pub [u8; 64]);

impl SignatureBytes {
    /// Reads 128 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 64];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(SignatureBytes(bytes))
    }

    /// 128 hex digits.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }
}

impl Serialize for SignatureBytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for SignatureBytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        SignatureBytes::from_hex(&text)
            .ok_or_else(|| serde::de::Error::custom("a signature is 128 hex digits"))
    }
}

/// Opaque JSON text with its signature: what is hashed is what was sent, so nothing has to be canonical.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// JSON text, exactly as signed.
    pub body: String,
    /// Over `tag ‖ prefix ‖ SHA256(body)`.
    pub sig: SignatureBytes,
}

impl Signed {
    /// Signs `value` as JSON; `prefix` binds it to a question (a nonce) or is empty.
    pub fn seal<T: Serialize>(
        key: &SecretKey,
        tag: Tag,
        prefix: &[u8],
        value: &T,
    ) -> serde_json::Result<Self> {
        let body = serde_json::to_string(value)?;
        let sig = key.sign(tag, &[prefix, &Hash32::of(&[body.as_bytes()]).0]);
        Ok(Signed { body, sig })
    }

    /// The value, if the signature is `key`'s for this use and this prefix.
    pub fn open<T: DeserializeOwned>(&self, key: &PublicKey, tag: Tag, prefix: &[u8]) -> Option<T> {
        let hash = Hash32::of(&[self.body.as_bytes()]);
        if !key.verifies(tag, &[prefix, &hash.0], &self.sig) {
            return None;
        }
        serde_json::from_str(&self.body).ok()
    }

    /// Reads the value without trusting it: only to find the key that must then verify it.
    pub fn peek<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.body).ok()
    }
}
