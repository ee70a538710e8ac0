//! `GET /v1/hello?nonce=…&ws=…`: the only proof of being online is an answer signed by the centre's key over our
//! nonce. A login page, a proxy or a wrong DNS can't sign.

use crate::chain::Hash32;
use crate::keys::KeyStatement;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The body of the signed answer ([`crate::sign::Tag::Hello`], prefix = the 16 nonce bytes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// RFC 3339, UTC.
    pub server_time: String,
    /// The centre's public key, hex.
    pub server_key: String,
    /// What the centre knows of the asking workstation.
    pub workstation: Option<WorkstationState>,
    /// The last line of the feed of its office: a workstation that has read so far need not ask. None from a centre that
    /// does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<u64>,
    /// A nonce for the next signed read request.
    pub read_nonce: String,
    /// How the centre's key changed, each signed for by the one before. Read before the signature of this very hello is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyStatement>,
}

/// Where a workstation's journal stands at the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationState {
    /// The workstation.
    pub ws: Uuid,
    /// The number of the line expected next.
    pub next_seq: u64,
    /// The chain's hash after `next_seq - 1`.
    pub head: Hash32,
    /// Whether its lines are welcome.
    pub standing: Standing,
}

/// What the centre thinks of a workstation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A ticket was made for it; its key is not known yet.
    Expected,
    /// Its batches are taken.
    Active,
    /// Its batches go to quarantine, its reads are refused.
    Revoked,
}
