//! The office's feed and the decisions in it: the records that cross the ledger, and the rules that both engines share.
//! Not here: SQL, HTTP, what a workstation makes of a page.

use onedoor_domain::filing::Status;
use onedoor_protocol::{
    Hash32,
    feed::{DecisionLine, FeedLine, OPAQUE_KINDS, PeerLine, Snapshot, TARGET_PAGE},
};
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use crate::ledger::{LedgerError, LedgerResult};

/// Longest reason of a decision, in characters.
const MAX_REASON: usize = 4000;
/// Longest official code.
const MAX_CODE: usize = 64;
/// Bytes of a body that an operator publishes.
const MAX_BODY: usize = 256 * 1024;

/// Which page of an office's feed.
#[derive(Debug, Clone)]
pub struct FeedQuery {
    /// The office.
    pub office: String,
    /// Who asks: its own lines are left out.
    pub ws: Uuid,
    /// Only after this line.
    pub after: u64,
    /// At most so many lines; fewer when they are long.
    pub limit: u32,
}

/// A page of an office's feed, all of one moment.
#[derive(Debug, Clone, Default)]
pub struct FeedPage {
    /// The last line of the feed.
    pub top: u64,
    /// Lines up to here are gone.
    pub floor: u64,
    /// What stands in for them.
    pub snapshot: Option<Snapshot>,
    /// Ascending.
    pub lines: Vec<FeedRecord>,
    /// Whether lines after these are left.
    pub more: bool,
}

impl FeedPage {
    /// The cursor after this page: over the asker's own lines too.
    pub fn next(&self) -> u64 {
        let last = self.lines.last().filter(|_| self.more);
        last.map_or(self.top, |line| line.feed_seq)
    }
}

/// A line of the feed as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRecord {
    /// Its position.
    pub feed_seq: u64,
    /// What it is.
    pub what: Fact,
}

/// What a line of the feed says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A line of a workstation.
    Peer {
        /// Whose.
        ws: Uuid,
        /// Its number.
        seq: u64,
        /// The chain's hash after it.
        hash: Hash32,
        /// Its bytes.
        line: Vec<u8>,
    },
    /// Anything else, as JSON text.
    Other {
        /// Its kind.
        kind: String,
        /// An object.
        body: String,
    },
}

impl FeedRecord {
    /// About how long it will be on the wire.
    pub fn weight(&self) -> usize {
        match &self.what {
            Fact::Peer { line, .. } => line.len(),
            Fact::Other { body, .. } => body.len(),
        }
    }

    /// As it is sent.
    pub fn line(&self) -> serde_json::Result<FeedLine> {
        let (kind, body) = match &self.what {
            Fact::Peer {
                ws,
                seq,
                hash,
                line,
            } => {
                let line = std::str::from_utf8(line).ok().map(str::to_string);
                let (ws, seq, hash) = (*ws, *seq, *hash);
                let peer = PeerLine {
                    ws,
                    seq,
                    hash,
                    line,
                };
                (onedoor_protocol::feed::PEER_LINE, to_raw_value(&peer)?)
            }
            Fact::Other { kind, body } => (kind.as_str(), RawValue::from_string(body.clone())?),
        };
        Ok(FeedLine {
            feed_seq: self.feed_seq,
            kind: kind.to_string(),
            body,
        })
    }
}

/// Fills a page until it is full by count or weight.
#[derive(Debug)]
pub(crate) struct Filling {
    limit: usize,
    weight: usize,
    pub(crate) page: FeedPage,
}

impl Filling {
    pub(crate) fn new(query: &FeedQuery, page: FeedPage) -> Self {
        Filling {
            limit: query.limit as usize,
            weight: 0,
            page,
        }
    }

    /// Adds a line; false when the page is full, and the line is left for the next one.
    pub(crate) fn add(&mut self, record: FeedRecord) -> bool {
        if self.page.lines.len() >= self.limit || self.weight >= TARGET_PAGE {
            self.page.more = true;
            return false;
        }
        self.weight += record.weight();
        self.page.lines.push(record);
        true
    }
}

/// What the solving unit decided, before the ledger knows what stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Chosen by the unit: the same again is the same decision.
    pub decision: Uuid,
    /// The filing.
    pub filing: Uuid,
    /// What becomes of it.
    pub status: Status,
    /// Why; may be empty.
    pub reason: String,
    /// The official number of a filing that has a provisional one.
    pub official_code: Option<String>,
    /// Who decided.
    pub unit: String,
    /// When, as the unit says; none = when it came.
    pub decided_at: Option<jiff::Timestamp>,
    /// When it came.
    pub at: jiff::Timestamp,
}

impl Decision {
    /// Whether a unit may decide so, and a database and a form can hold it.
    pub fn is_sound(&self) -> bool {
        let status = matches!(
            self.status,
            Status::BeingSolved | Status::SupplementAsked | Status::ResultReady | Status::Refused
        );
        let code = self.official_code.as_deref();
        let code = code.is_none_or(|code| (1..=MAX_CODE).contains(&code.len()));
        let texts = [Some(&self.reason), self.official_code.as_ref()];
        let texts = texts.into_iter().flatten().all(|text| !text.contains('\0'));
        status && code && texts && self.reason.chars().count() <= MAX_REASON
    }

    /// What makes it another decision under the same id.
    pub(crate) fn content(&self) -> Hash32 {
        let said = self.decided_at.map(|at| at.as_millisecond());
        let text = format!(
            "{:?}",
            (
                self.filing,
                self.status.as_str(),
                &self.reason,
                &self.official_code,
                &self.unit,
                said
            )
        );
        Hash32::of(&[text.as_bytes()])
    }

    /// The counter's final status that stands against it: what was handed over, stopped or taken back stays so.
    pub(crate) fn contradicted_by(&self, status: &str) -> Option<String> {
        Status::parse(status)
            .filter(|status| status.is_ended())
            .map(|status| status.as_str().to_string())
    }

    /// The moment that orders it among the counters' lines.
    pub(crate) fn hlc(&self) -> i64 {
        self.at.as_millisecond().saturating_mul(65_536)
    }

    /// The body of its line in the feed.
    pub(crate) fn body(&self, contradicts: Option<String>) -> LedgerResult<String> {
        let line = DecisionLine {
            decision: self.decision,
            filing: self.filing,
            status: self.status.as_str().to_string(),
            reason: self.reason.clone(),
            official_code: self.official_code.clone(),
            unit: self.unit.clone(),
            decided_at: crate::notary::wire_time(self.decided_at.unwrap_or(self.at)),
            hlc: u64::try_from(self.hlc()).ok(),
            contradicts,
        };
        serde_json::to_string(&line).map_err(LedgerError::storage)
    }
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It stands in the feed; the same again gives the same.
    Stored {
        /// Its line.
        feed_seq: u64,
        /// The counter's final status that stands against it.
        contradicts: Option<String>,
    },
    /// Another decision has this id.
    Differs,
    /// No such filing.
    Unknown,
}

/// Whether an operator may publish `body` under `kind`: an object, of a kind that is passed on as it is.
pub fn publishable(kind: &str, body: &str) -> bool {
    let is_object =
        serde_json::from_str::<serde_json::Value>(body).is_ok_and(|value| value.is_object());
    OPAQUE_KINDS.contains(&kind)
        && is_object
        && body.len() <= MAX_BODY
        && !body.contains(['\n', '\0'])
}
