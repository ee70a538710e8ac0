//! Lines that are stored and not applied: who lists them and who tries them again. Not here: why a line can't be
//! applied (`ingest`, the engines).

use std::sync::Arc;

use uuid::Uuid;

use crate::central::{Central, Refused};
use crate::ingest::ReadLine;
use crate::ledger::{LedgerResult, QuarantineRecord, Retried, Retry};

/// Lines that are listed at most; all of them are tried.
const LISTED: u32 = 1000;
/// Two papers with one number, or one filing twice: a person decides, and trying again decides nothing.
const FOR_A_PERSON: [&str; 2] = ["duplicate_code", "duplicate_filing"];
/// What time heals: a newer program knows the type, the filing's own line has come meanwhile.
const HEALS: [&str; 2] = ["unknown_type", "unknown_filing"];

/// Which lines to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// One line.
    Line {
        /// The workstation.
        ws: Uuid,
        /// Its number.
        seq: u64,
    },
}

/// A line that was tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// As it stood in quarantine.
    pub before: QuarantineRecord,
    /// What came of it; none = a person must decide, so it was not tried.
    pub outcome: Option<Retried>,
}

impl Central {
    /// Lines that are stored and not applied.
    pub async fn quarantine(&self) -> Result<Vec<QuarantineRecord>, Refused> {
        Ok(self.ledger.quarantine(None, LISTED).await?)
    }

    /// Tries quarantined lines again, in the order of their clocks, so that a filing comes before what happened to it.
    pub async fn retry(&self, which: Which) -> Result<Vec<Attempt>, Refused> {
        let wanted = |it: &QuarantineRecord| match which {
            Which::All => true,
            Which::Line { ws, seq } => (it.ws, it.seq) == (ws, seq),
        };
        Ok(self.retry_those(wanted).await?)
    }

    /// Tries again what time may have healed; says how many lines it did. After a `start` the program may be a newer
    /// one, which reads words and lines that the one before could not.
    pub(crate) async fn retry_healing(&self, start: bool) -> LedgerResult<usize> {
        let heals = |it: &QuarantineRecord| start || HEALS.contains(&it.code.as_str());
        let attempts = self.retry_those(heals).await?;
        let applied = |it: &&Attempt| it.outcome == Some(Retried::Applied);
        Ok(attempts.iter().filter(applied).count())
    }

    async fn retry_those(
        &self,
        wanted: impl Fn(&QuarantineRecord) -> bool,
    ) -> LedgerResult<Vec<Attempt>> {
        let (mut lines, mut attempts) = (Vec::new(), Vec::new());
        for before in self.ledger.quarantine(None, u32::MAX).await? {
            if !wanted(&before) {
                continue;
            }
            if FOR_A_PERSON.contains(&before.code.as_str()) {
                let outcome = None;
                attempts.push(Attempt { before, outcome });
                continue;
            }
            let stored = self.ledger.stored_lines(before.ws, before.seq, 1).await?;
            for line in stored.into_iter().filter(|line| line.seq == before.seq) {
                lines.push((before.clone(), ReadLine::again(line)));
            }
        }
        lines.sort_by_key(|(before, line)| (line.hlc, before.ws, before.seq));
        for (before, line) in lines {
            let (office, ws) = (before.office.clone(), before.ws);
            let retry = Arc::new(Retry { office, ws, line });
            let outcome = Some(self.ledger.retry(retry).await?);
            attempts.push(Attempt { before, outcome });
        }
        Ok(attempts)
    }
}
