//! What the Sync page shows: the three places, what waits, what a person must look at, the centre's messages. Not here: numbers
//! and identities (`salvage`).

use super::FilingRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// The truth about sync, in three places.
pub struct SyncState {
    pub link: Link,
    /// Filings whose lines are only on this machine.
    pub filings_here: u32,
    pub lines_here: u32,
    /// Bytes of lines that wait, as a string of digits.
    pub bytes_here: String,
    /// PDFs and scans that the centre has not signed for, and their bytes.
    pub papers_here: u32,
    pub paper_bytes_here: String,
    pub filings_at_centre: u32,
    pub sending: bool,
    /// A person stopped sending; nothing is lost meanwhile.
    pub paused: bool,
    /// The line costs money by the byte: PDFs and scans stay here unless they are urgent. Lines go.
    pub metered: bool,
    /// The hours in which PDFs and scans may go; none = always.
    pub paper_hours: Option<PaperHours>,
    /// Why PDFs and scans stay here just now.
    pub papers_wait: Option<PapersWait>,
    /// Lines done and to do in the run under way.
    pub done: u32,
    pub total: u32,
    /// Parts done and to do of the PDF or scan under way.
    pub paper_done: u32,
    pub paper_total: u32,
    pub last_contact: Option<String>,
    pub next_try: Option<String>,
    /// Seconds until the next try.
    pub next_try_in: Option<u32>,
    pub centre: String,
    /// Messages of the centre that nobody here has read.
    pub unread: u32,
    /// Bytes here and to come of what stands in for old news of the office; none while nothing of it is on its way.
    pub catching_up: Option<CatchingUp>,
    /// From when to when PDFs and scans that nobody waits for are sent, `HH:MM`; none = always.
    pub scan_hours: Option<[String; 2]>,
    /// The last day of this counter's numbers.
    pub numbers_until: Option<String>,
    /// The disk takes nothing at present.
    pub disk: Option<DiskView>,
    pub attention: Vec<AttentionItem>,
}

/// A disk that takes nothing: what was stored is safe, what is being typed is only on the screen. Bytes as digits.
pub struct DiskView {
    /// None where the system does not say.
    pub free: Option<String>,
    /// What should be free.
    pub needed: String,
    /// Papers that may leave this PC, and their bytes.
    pub may_go: u32,
    pub may_go_bytes: String,
}

/// Papers of filings that are over: how long they stay, what may go now, and what is at the centre only. Bytes as digits.
pub struct KeptPapers {
    /// Days after a filing is over; 0 = all papers stay.
    pub days: u32,
    /// The province set them.
    pub by_province: bool,
    pub may: u32,
    pub may_bytes: String,
    pub gone: u32,
    pub gone_bytes: String,
}

/// Papers that just left this PC.
pub struct PapersWent { pub files: u32, pub bytes: String, pub kept: KeptPapers }

/// How far the office's older news is on its way here, in bytes as strings of digits.
pub struct CatchingUp { pub done: String, pub total: String }

/// What the centre's people say to the office.
pub struct MessageView { pub id: String, pub at: String, pub from: String, pub text: String, pub read: bool }

/// Hours of the day at the office, `HH:MM`; over midnight when they end before they begin.
#[derive(Eq)]
pub struct PaperHours { pub from: String, pub to: String }

/// Why PDFs and scans stay on this machine although lines go.
#[derive(Copy, Eq)]
pub enum PapersWait {
    Metered,
    /// Until the hours begin.
    Hours,
}

/// How the centre can be reached.
#[derive(Copy, Eq)]
pub enum Link {
    /// Not asked yet since the start.
    Unknown,
    Offline,
    /// Something answered that is not the centre (a login page, a proxy).
    Portal,
    ServerDown,
    Online,
    /// The centre refuses this workstation: its key is unknown or revoked.
    Refused,
    /// The centre holds another history than this machine.
    Fork,
    /// Keys are locked since the start: nothing syncs until someone signs in.
    Locked,
    NotEnrolled,
}

/// Something a person must decide. `code` chooses text and act.
pub struct AttentionItem { pub id: String, pub code: String, pub filing: Option<String>, pub params: std::collections::BTreeMap<String, String> }

/// One filing that waits, or was sent lately.
pub struct SyncItem { pub filing: FilingRow, pub lines: u32, pub bytes: String, pub state: SyncItemState }
#[derive(Copy, Eq)]
pub enum SyncItemState { Waiting, Sending, AtCentre, Quarantined }
}
