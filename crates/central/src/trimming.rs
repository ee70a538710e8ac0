//! The service keeps feeds short by itself: what came long ago leaves a feed, and a snapshot of what of it is still in force
//! takes its place. Not here: what is in force (`snapshot`), an operator's own day (`acts`).

use jiff::{SignedDuration, ToSpan, civil::Date, tz::TimeZone};

use crate::central::{Central, Refused};
use crate::ledger::LedgerError;

/// So much older than need be the oldest line is before a snapshot is made: each office's comes about once a month.
const SLACK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What of an office's feed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedsKept {
    /// Lines of so many days stay lines: a counter that was away for less reads on where it was.
    pub days: u16,
    /// Matters of so many months stay known to whoever reads the snapshot.
    pub months: u8,
}

impl Central {
    /// Trims the feeds in which enough is old enough; gives the offices. One that can't be trimmed stops no other.
    pub async fn trim_feeds(&self, kept: FeedsKept) -> Result<Vec<String>, LedgerError> {
        let now = (self.clock)();
        let before = now - SignedDuration::from_hours(i64::from(kept.days) * 24);
        let today = now.to_zoned(TimeZone::UTC).date();
        let since = today - i32::from(kept.months).months();
        let mut trimmed = Vec::new();
        for office in self.ledger.offices().await? {
            let office = office.office.id;
            let oldest = self.ledger.feed_before(&office, before - SLACK).await?;
            if oldest <= self.feed_floor(&office).await? {
                continue;
            }
            match self.prune_feed(&office, before, since).await {
                Ok(pruned) if pruned.snapshot.is_some() => trimmed.push(office),
                Ok(_) => {}
                // Another instance may have been faster; what is too large says so, and waits for people.
                Err(error) => tracing::warn!(office, %error, "a feed is not trimmed"),
            }
        }
        Ok(trimmed)
    }

    /// Once a day by the centre's clock, and at its start.
    pub(crate) async fn trim_today(&self, last: &mut Option<Date>) -> Result<(), Refused> {
        let today = (self.clock)().to_zoned(TimeZone::UTC).date();
        let Some(kept) = self.feeds.filter(|_| *last != Some(today)) else {
            return Ok(());
        };
        let trimmed = self.trim_feeds(kept).await?;
        *last = Some(today);
        if !trimmed.is_empty() {
            tracing::info!(offices = trimmed.len(), "feeds trimmed");
        }
        Ok(())
    }
}
