//! The office's feed: pages of NDJSON, each closed by a signed line. Not here: applying a page, which the workstation
//! does with its cursor in one transaction.

use crate::chain::Hash32;
use crate::packed::{self, PackedError};
use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
pub use crate::snapshot::{Offer, Snapshot};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// Lines in one page at most.
pub const MAX_LINES: u32 = 200;
/// Bytes of lines at which a page closes; one line is always in.
pub const TARGET_PAGE: usize = 1024 * 1024;
/// Bytes of a page in the clear that a reader accepts.
pub const MAX_PAGE: usize = 16 * 1024 * 1024;
/// How a zstd frame begins.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The kind of [`PeerLine`].
pub const PEER_LINE: &str = "peer_line";
/// The kind of [`DecisionLine`].
pub const DECISION: &str = "decision";
/// Kinds whose bodies the centre passes on as they were given.
pub const OPAQUE_KINDS: &[&str] = &[
    "message",
    "lease",
    "staff",
    "policy",
    "catalogue",
    "calendar",
    "keys",
];

/// One line of the feed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FeedLine {
    /// Position in the office's feed, from 1.
    pub feed_seq: u64,
    /// What it is; unknown kinds are kept and skipped.
    pub kind: String,
    /// By kind.
    pub body: Box<RawValue>,
}

/// A line of another workstation of the office, exactly as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerLine {
    /// Whose journal.
    pub ws: Uuid,
    /// Its number there.
    pub seq: u64,
    /// The chain's hash after it.
    pub hash: Hash32,
    /// The text that was hashed; none when its bytes are no UTF-8 text.
    pub line: Option<String>,
}

/// What the solving unit decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLine {
    /// Its id, chosen by the unit.
    pub decision: Uuid,
    /// The filing.
    pub filing: Uuid,
    /// `being_solved`, `supplement_asked`, `result_ready` or `refused`.
    pub status: String,
    /// Why; may be empty.
    pub reason: String,
    /// The official number of a filing that has a provisional one.
    pub official_code: Option<String>,
    /// Who decided.
    pub unit: String,
    /// RFC 3339, UTC.
    pub decided_at: String,
    /// Its place in time among the lines of all workstations, as the centre gave it when it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hlc: Option<u64>,
    /// The counter's final status that stands against it: shown to people, never resolved silently.
    pub contradicts: Option<String>,
}

/// The last line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEnd {
    /// The cursor after this page; it also moves over the asker's own lines.
    pub next: u64,
    /// Whether to ask again at once.
    pub more: bool,
    /// RFC 3339, UTC.
    pub server_time: String,
    /// Over [`page_payload`].
    pub sig: SignatureBytes,
}

/// `cursor_too_old`: lines up to `floor` are no longer in the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CursorTooOld {
    /// `cursor_too_old`.
    pub code: String,
    /// The last line that is gone.
    pub floor: u64,
    /// What stands in for it.
    pub snapshot: Option<Offer>,
}

/// `cursor_ahead`: the cursor is beyond the feed's last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CursorAhead {
    /// `cursor_ahead`.
    pub code: String,
    /// The feed's last line.
    pub top: u64,
}

/// What a page's end says, for its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageMark<'a> {
    /// Who asked.
    pub ws: Uuid,
    /// After which line.
    pub after: u64,
    /// The cursor after the page.
    pub next: u64,
    /// Whether there is more.
    pub more: bool,
    /// RFC 3339, UTC.
    pub server_time: &'a str,
}

/// The payload of a page's signature; `page` is all bytes before the last line.
pub fn page_payload(mark: &PageMark, page: &[u8]) -> Vec<u8> {
    let mut payload = mark.ws.as_bytes().to_vec();
    payload.extend_from_slice(&mark.after.to_be_bytes());
    payload.extend_from_slice(&mark.next.to_be_bytes());
    payload.push(u8::from(mark.more));
    payload.extend_from_slice(&Hash32::of(&[page]).0);
    payload.extend_from_slice(mark.server_time.as_bytes());
    payload
}

/// Closes a page: appends its signed last line.
pub fn close(key: &SecretKey, mark: &PageMark, mut page: Vec<u8>) -> serde_json::Result<Vec<u8>> {
    let sig = key.sign(Tag::Feed, &[&page_payload(mark, &page)]);
    let end = PageEnd {
        next: mark.next,
        more: mark.more,
        server_time: mark.server_time.to_string(),
        sig,
    };
    serde_json::to_writer(&mut page, &end)?;
    page.push(b'\n');
    Ok(page)
}

/// A page whose signature holds.
#[derive(Debug, Clone)]
pub struct Page {
    /// Ascending.
    pub lines: Vec<FeedLine>,
    /// The cursor after it, and whether there is more.
    pub end: PageEnd,
}

/// Why bytes are no page. Nothing of it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Larger than [`MAX_PAGE`], or more lines than asked for.
    #[error("larger than the limits allow")]
    TooLarge,
    /// Cut off, or not of this form.
    #[error("not a whole page")]
    Form,
    /// Not signed by the centre as the answer to this question.
    #[error("not signed by the centre for this question")]
    Signature,
    /// Lines out of order, or outside what the page says.
    #[error("the lines are out of order")]
    Order,
}

/// A page in the clear: as it is, or out of its zstd frame, whose size is bounded while it is unpacked.
pub fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, PageError> {
    if !bytes.starts_with(&ZSTD) {
        return Ok(bytes);
    }
    packed::unpack(&bytes, MAX_PAGE).map_err(|error| match error {
        PackedError::Form => PageError::Form,
        PackedError::TooLarge => PageError::TooLarge,
    })
}

/// Reads the page that answers `(ws, after)`: limits, form, signature, order.
pub fn open(bytes: &[u8], keys: &[PublicKey], ws: Uuid, after: u64) -> Result<Page, PageError> {
    if bytes.len() > MAX_PAGE {
        return Err(PageError::TooLarge);
    }
    let text = bytes.strip_suffix(b"\n").ok_or(PageError::Form)?;
    let split = text.iter().rposition(|byte| *byte == b'\n');
    let (page, last) = text.split_at(split.map_or(0, |at| at + 1));
    let end: PageEnd = serde_json::from_slice(last).map_err(|_| PageError::Form)?;
    let mark = PageMark {
        ws,
        after,
        next: end.next,
        more: end.more,
        server_time: &end.server_time,
    };
    let payload = page_payload(&mark, page);
    let signed = keys
        .iter()
        .any(|key| key.verifies(Tag::Feed, &[&payload], &end.sig));
    if !signed {
        return Err(PageError::Signature);
    }
    let mut lines: Vec<FeedLine> = Vec::new();
    for line in page
        .split(|byte| *byte == b'\n')
        .filter(|it| !it.is_empty())
    {
        lines.push(serde_json::from_slice(line).map_err(|_| PageError::Form)?);
    }
    if lines.len() > MAX_LINES as usize {
        return Err(PageError::TooLarge);
    }
    let mut before = after;
    for line in &lines {
        if line.feed_seq <= before || line.feed_seq > end.next {
            return Err(PageError::Order);
        }
        before = line.feed_seq;
    }
    if end.next < before {
        return Err(PageError::Order);
    }
    Ok(Page { lines, end })
}
