//! What can be shown of a machine. Counts of what waits are the store's.

use super::Millis;
use onedoor_protocol::batch::Quarantined;

/// How the centre can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not asked yet.
    #[default]
    Unknown,
    /// No connection.
    Offline,
    /// Something answered that is not the centre.
    Portal,
    /// The centre can't serve now.
    ServerDown,
    /// The centre signed its last answer.
    Online,
    /// The centre does not take this workstation's lines.
    Refused,
    /// The centre holds another history.
    Fork,
}

/// What the machine knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The link as last seen.
    pub link: Link,
    /// Something is under way.
    pub sending: bool,
    /// Lines of this contact that are at the centre.
    pub done: u64,
    /// Lines of this contact.
    pub total: u64,
    /// The blob under way: chunks there, and all.
    pub scan: Option<(u32, u32)>,
    /// What stands in for the feed's beginning, on its way here: bytes here, and all.
    pub snapshot: Option<(u64, u64)>,
    /// Signed answers so far.
    pub contacts: u64,
    /// Lines that came by the office's feed.
    pub heard: u64,
    /// The feed begins after what was read: something is missing that it can't bring.
    pub feed_lost: bool,
    /// When the next try comes.
    pub next_try: Option<Millis>,
    /// Lines that the centre stored but could not apply.
    pub quarantined: Vec<Quarantined>,
}
