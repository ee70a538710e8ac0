//! What the centre tells an office beside lines and decisions: the bodies of the feed's other kinds. A reader skips fields that
//! it does not know. Not here: how they come (feed), what they change (the workstation's store).

use crate::{chain::Hash32, enrol::Lease};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of [`Message`].
pub const MESSAGE: &str = "message";
/// The kind of [`LeaseFact`].
pub const LEASE: &str = "lease";
/// The kind of [`CalendarFact`].
pub const CALENDAR: &str = "calendar";
/// The kind of [`crate::keys::KeyStatement`].
pub const KEYS: &str = "keys";

/// Something that the centre's people have to say to an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id, UUIDv7: it is read once, however often it comes.
    pub id: Uuid,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// Who says it.
    pub from: String,
    /// What.
    pub text: String,
}

impl Message {
    /// Longest text, in characters.
    pub const MAX_TEXT: usize = 2000;
}

/// The lease of a workstation from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseFact {
    /// Whose.
    pub ws: Uuid,
    /// Its numbers, and until when.
    pub lease: Lease,
}

/// A calendar that holds from a day on; the document is a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFact {
    /// Its place in time among what the office sets itself: a hybrid clock of the centre.
    pub hlc: u64,
    /// The office's wall clock then, `2026-11-23T07:41:00.000+07:00`.
    pub wall: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// The document.
    pub sha256: Hash32,
    /// Its bytes.
    pub size: u64,
    /// Its name, for people.
    pub title: String,
}

impl CalendarFact {
    /// Bytes of a document at most.
    pub const MAX_SIZE: u64 = 4 * 1024 * 1024;
}
