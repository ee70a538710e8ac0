//! Trimming a feed: what is still in force of its beginning becomes a snapshot, a blob that new counters and those that
//! were away for long read in its place. Not here: how the ledger trims, what a counter does with it.

use std::collections::HashMap;
use std::io;

use axum::body::Bytes;
use futures_util::TryStreamExt;
use jiff::{Timestamp, civil::Date};
use onedoor_protocol::{
    Hash32,
    feed::{DECISION, DecisionLine, FeedLine, PEER_LINE, PeerLine},
    journal,
    snapshot::{Lines, Packing, Snapshot},
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::central::{Central, Refused};
use crate::feed::FeedQuery;
use crate::ledger::{LedgerError, LedgerResult};

/// Lines that are read at a time.
const PAGE: u32 = 200;
/// Acts of the machine that say nothing once their time is over.
const PASSING: [&str; 2] = ["session_opened", "clock_confirmed"];

/// What came of trimming a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pruned {
    /// What stands in for the lines that are gone; none when nothing was old enough.
    pub snapshot: Option<Snapshot>,
    /// Lines in it.
    pub kept: u64,
    /// Lines that nobody needs any more.
    pub dropped: u64,
}

/// What a line is about: lines of one subject are kept or dropped together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Subject {
    /// A filing or a slip: kept while its last line is young enough.
    Matter(Uuid),
    /// Of these the last one holds.
    Last(String),
    /// Young enough, or not.
    Passing,
    /// Holds for ever, or is not understood here.
    Lasting,
}

/// What is known of all lines before any is written.
#[derive(Default)]
struct Seen {
    /// The last day of each matter.
    days: HashMap<Uuid, String>,
    /// The last line of each subject.
    last: HashMap<String, u64>,
}

impl Central {
    /// Makes a snapshot of what is in force in an office's feed and trims the feed behind it: of lines that came before
    /// `before`, what concerns matters of `since` or later stays known.
    pub async fn prune_feed(
        &self,
        office: &str,
        before: Timestamp,
        since: Date,
    ) -> Result<Pruned, Refused> {
        let first = self.feed_page(office, 0).await?;
        let first = first.ok_or_else(|| Refused::OfficeUnknown(office.to_string()))?;
        let (floor, old) = (first.floor, first.snapshot);
        let cursor = self.ledger.feed_before(office, before).await?;
        if cursor <= floor {
            return Ok(Pruned {
                snapshot: None,
                kept: 0,
                dropped: 0,
            });
        }
        let base = self.unpacked(old.as_ref()).await?;
        let reach = Reach {
            office,
            floor,
            cursor,
            base: &base,
        };
        let since = since.to_string();
        let mut seen = Seen::default();
        self.each(&reach, |line| {
            seen.note(line);
            Ok(())
        })
        .await?;
        let mut packing = Packing::new().map_err(LedgerError::storage)?;
        let (mut kept, mut dropped) = (0, 0);
        self.each(&reach, |line| {
            if seen.holds(line, &since) {
                kept += 1;
                return packing.add(line).map_err(too_large);
            }
            dropped += 1;
            Ok(())
        })
        .await?;
        let bytes = packing.finish().map_err(too_large)?;
        let snapshot = Snapshot {
            sha256: Hash32::of(&[&bytes]),
            size: bytes.len() as u64,
            cursor,
        };
        self.put_in_place(office, &snapshot, bytes).await?;
        let snapshot = Some(snapshot);
        Ok(Pruned {
            snapshot,
            kept,
            dropped,
        })
    }

    /// The blob first, durable; then the feed is trimmed behind it.
    async fn put_in_place(
        &self,
        office: &str,
        snapshot: &Snapshot,
        bytes: Vec<u8>,
    ) -> Result<(), Refused> {
        let (sha256, size) = (snapshot.sha256, snapshot.size);
        self.blobs
            .publish(&sha256, vec![Bytes::from(bytes)])
            .await?;
        let at = (self.clock)();
        self.ledger
            .publish_blob(office.to_string(), sha256, size, at)
            .await?;
        match self.ledger.trim_feed(office, snapshot.clone()).await? {
            true => Ok(()),
            false => Err(trimmed_meanwhile().into()),
        }
    }

    /// Up to here a snapshot stands in for an office's feed.
    pub(crate) async fn feed_floor(&self, office: &str) -> LedgerResult<u64> {
        let page = self.feed_page(office, 0).await?;
        Ok(page.map_or(0, |page| page.floor))
    }

    async fn feed_page(
        &self,
        office: &str,
        after: u64,
    ) -> LedgerResult<Option<crate::feed::FeedPage>> {
        let query = FeedQuery {
            office: office.to_string(),
            ws: Uuid::nil(),
            after,
            limit: PAGE,
        };
        self.ledger.feed(query).await
    }

    /// The bytes of the snapshot that stands in for the beginning already.
    async fn unpacked(&self, old: Option<&Snapshot>) -> LedgerResult<Vec<u8>> {
        let Some(old) = old else {
            return Ok(Vec::new());
        };
        let stream = self.blobs.read(&old.sha256, 0..old.size).await?;
        let parts: Vec<Bytes> = stream.try_collect().await?;
        let bytes = parts.concat();
        match Hash32::of(&[&bytes]) == old.sha256 {
            true => Ok(bytes),
            false => Err(LedgerError::Damaged(format!("snapshot {}", old.sha256))),
        }
    }

    /// Every line of an office that is in its feed, or in the snapshot that stands in for its beginning, in their order.
    pub(crate) async fn each_line(
        &self,
        office: &str,
        visit: impl FnMut(&FeedLine) -> LedgerResult<()>,
    ) -> Result<(), Refused> {
        let first = self.feed_page(office, 0).await?;
        let first = first.ok_or_else(|| Refused::OfficeUnknown(office.to_string()))?;
        let base = self.unpacked(first.snapshot.as_ref()).await?;
        let reach = Reach {
            office,
            floor: first.floor,
            cursor: first.top,
            base: &base,
        };
        Ok(self.each(&reach, visit).await?)
    }

    /// Every line up to the cursor, in the order of the feed.
    async fn each(
        &self,
        reach: &Reach<'_>,
        mut visit: impl FnMut(&FeedLine) -> LedgerResult<()>,
    ) -> LedgerResult<()> {
        if !reach.base.is_empty() {
            let lines = Lines::new(reach.base).map_err(LedgerError::storage)?;
            for line in lines {
                visit(&line.map_err(LedgerError::storage)?)?;
            }
        }
        let mut after = reach.floor;
        while after < reach.cursor {
            let page = self.feed_page(reach.office, after).await?;
            let page = page.filter(|page| page.floor == reach.floor);
            let page = page.ok_or_else(trimmed_meanwhile)?;
            for record in &page.lines {
                if record.feed_seq <= reach.cursor {
                    visit(&record.line().map_err(LedgerError::storage)?)?;
                }
            }
            after = page.next();
        }
        Ok(())
    }
}

/// Which lines are read.
struct Reach<'r> {
    office: &'r str,
    floor: u64,
    cursor: u64,
    base: &'r [u8],
}

impl Seen {
    fn note(&mut self, line: &FeedLine) {
        let (subject, day) = about(line);
        match subject {
            Subject::Matter(matter) => {
                let known = self.days.entry(matter).or_default();
                if day > *known {
                    *known = day;
                }
            }
            Subject::Last(subject) => {
                self.last.insert(subject, line.feed_seq);
            }
            Subject::Passing | Subject::Lasting => {}
        }
    }

    fn holds(&self, line: &FeedLine, since: &str) -> bool {
        let (subject, day) = about(line);
        match subject {
            Subject::Matter(matter) => {
                let last = self.days.get(&matter);
                last.is_some_and(|day| day.as_str() >= since)
            }
            Subject::Last(subject) => self.last.get(&subject) == Some(&line.feed_seq),
            Subject::Passing => day.as_str() >= since,
            Subject::Lasting => true,
        }
    }
}

/// What a line is about, and its day; what can't be read is kept.
fn about(line: &FeedLine) -> (Subject, String) {
    let lasting = (Subject::Lasting, String::new());
    match line.kind.as_str() {
        PEER_LINE => {
            let peer: Option<PeerLine> = body(line);
            let text = peer.and_then(|peer| peer.line);
            let read = text.and_then(|text| journal::decode(text.as_bytes()).ok());
            let Some(read) = read else { return lasting };
            let subject = match read.dossier {
                Some(matter) => Subject::Matter(matter),
                None if PASSING.contains(&read.body.tag()) => Subject::Passing,
                None => Subject::Lasting,
            };
            (subject, read.stamp.day)
        }
        DECISION => match body::<DecisionLine>(line) {
            Some(decision) => (Subject::Matter(decision.filing), day(&decision.decided_at)),
            None => lasting,
        },
        "message" => match body::<Dated>(line) {
            Some(Dated { at: Some(at), .. }) => (Subject::Passing, day(&at)),
            _ => lasting,
        },
        "lease" => match body::<Dated>(line) {
            Some(Dated { ws: Some(ws), .. }) => {
                (Subject::Last(format!("lease {ws}")), String::new())
            }
            _ => lasting,
        },
        "catalogue" => match body::<Dated>(line) {
            Some(Dated {
                from: Some(from), ..
            }) => (Subject::Last(format!("catalogue {from}")), String::new()),
            _ => lasting,
        },
        "staff" => match body::<Dated>(line) {
            Some(Dated {
                clerk: Some(clerk), ..
            }) => (Subject::Last(format!("staff {clerk}")), String::new()),
            _ => lasting,
        },
        "policy" => (Subject::Last(line.kind.clone()), String::new()),
        _ => lasting,
    }
}

/// What is looked at of facts that are passed on.
#[derive(Deserialize)]
struct Dated {
    at: Option<String>,
    ws: Option<Uuid>,
    from: Option<String>,
    clerk: Option<Uuid>,
}

fn body<T: DeserializeOwned>(line: &FeedLine) -> Option<T> {
    serde_json::from_str(line.body.get()).ok()
}

/// `2026-11-23` of a moment.
fn day(at: &str) -> String {
    at.chars().take(10).collect()
}

fn trimmed_meanwhile() -> LedgerError {
    LedgerError::Contended("the feed was trimmed by somebody else meanwhile".into())
}

fn too_large(error: io::Error) -> LedgerError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => LedgerError::Storage(
            "the snapshot would be larger than 256 MiB: keep fewer months in it".into(),
        ),
        _ => LedgerError::storage(error),
    }
}
