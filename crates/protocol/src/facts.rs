//! What the centre tells an office beside lines and decisions: the bodies of the feed's other kinds. A reader skips fields that
//! it does not know. Not here: how they come (feed), what they change (the workstation's store).

use crate::{chain::Hash32, enrol::Lease};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of [`Message`].
pub const MESSAGE: &str = "message";
/// The kind of [`LeaseFact`].
pub const LEASE: &str = "lease";
/// The kind of a [`DocumentFact`] about the office's calendar.
pub const CALENDAR: &str = "calendar";
/// The kind of a [`DocumentFact`] about the catalogue of procedures.
pub const CATALOGUE: &str = "catalogue";
/// The kind of [`StaffFact`].
pub const STAFF: &str = "staff";
/// The kind of [`PolicyFact`].
pub const POLICY: &str = "policy";
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

/// The centre's word on one member of an office's staff: the last one of each holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFact {
    /// Its place in time among the centre's words on this one: a hybrid clock of the centre.
    pub hlc: u64,
    /// The office's wall clock then, `2026-11-23T07:41:00.000+07:00`.
    pub wall: String,
    /// Who, as the counters' lines name them.
    pub clerk: Uuid,
    /// Full name.
    pub name: String,
    /// `clerk`, `supervisor`, `admin`.
    pub role: String,
    /// [`StaffFact::ACTIVE`] or [`StaffFact::LEFT`].
    pub state: String,
}

impl StaffFact {
    /// Works there.
    pub const ACTIVE: &str = "active";
    /// Has left, on the day of `wall`.
    pub const LEFT: &str = "left";
}

/// How an office's line is used: the last one holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PolicyFact {
    /// Hours in which PDFs and scans that nobody waits for are sent; none = always.
    #[serde(default)]
    pub scans: Option<Hours>,
    /// Days after which a workstation may let go of papers of filings that are over, once the centre has them; 0 = never,
    /// none = as it is set there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
}

/// From one time of the day to another, over midnight when it ends before it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// `HH:MM`, the office's time.
    pub from: String,
    /// The first minute after it.
    pub to: String,
}

impl Hours {
    /// Both as minutes of the day; none when they are no times, or the same.
    pub fn minutes(&self) -> Option<[u16; 2]> {
        let [from, to] = [minute(&self.from)?, minute(&self.to)?];
        (from != to).then_some([from, to])
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let part = |text: &str, most: u16| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: u16 = text.parse().ok().filter(|_| digits)?;
        (number < most).then_some(number)
    };
    Some(part(hours, 24)? * 60 + part(minutes, 60)?)
}

/// A document that holds from a day on: a calendar, or the catalogue of procedures. The document itself is a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFact {
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

impl DocumentFact {
    /// Bytes of a calendar at most.
    pub const LARGEST_CALENDAR: u64 = 4 * 1024 * 1024;
    /// Bytes of a catalogue at most.
    pub const LARGEST_CATALOGUE: u64 = 16 * 1024 * 1024;
    /// How every catalogue begins; the byte after it is the version of its format, which its readers know.
    pub const CATALOGUE_MARK: &[u8] = b"ODCATN\0";
}
