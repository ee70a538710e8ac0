//! What must hold when the weather has calmed. Every breach names the promise and the place.

use std::collections::BTreeMap;
use std::fmt;

use onedoor_central::Central;
use uuid::Uuid;

use crate::memory::Memory;

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Shown as "at the centre", but the centre has not these bytes.
    NotAtCentre {
        /// The workstation.
        ws: Uuid,
        /// The line.
        seq: u64,
    },
    /// The centre has more lines than were journaled, or others.
    Twice {
        /// The workstation.
        ws: Uuid,
        /// Lines there.
        there: u64,
        /// Lines here.
        here: u64,
    },
    /// A blob shown as sent that the centre has not.
    BlobNotAtCentre(String),
    /// A line of the office that a counter does not know as it was written, or one that nobody wrote.
    NotHeard {
        /// The counter.
        ws: Uuid,
        /// Whose line.
        of: Uuid,
        /// The line.
        seq: u64,
    },
    /// Calm for a day, and something still waits.
    DidNotConverge {
        /// The workstation.
        ws: Uuid,
        /// What it was doing.
        status: String,
    },
    /// One number on two papers.
    NumberTwice(String),
    /// One paper journaled twice.
    PaperTwice(Uuid),
    /// A wait above ten minutes after a failure, or tries without a pause.
    Schedule(String),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Compares a workstation's lines with the centre's, byte by byte.
pub async fn lines(central: &Central, memory: &Memory) -> Result<Vec<Broken>, anyhow::Error> {
    let ws = memory.journal.ws;
    let here = &memory.journal.lines;
    let most = u32::try_from(here.len() + 50)?;
    let there = central.ledger().lines(ws, 1, most).await?;
    let mut broken = Vec::new();
    let shown = usize::try_from(memory.mark.saturating_sub(1))?;
    for seq in 0..shown {
        if here.get(seq).is_none() || there.get(seq) != here.get(seq) {
            broken.push(Broken::NotAtCentre {
                ws,
                seq: seq as u64 + 1,
            });
            break;
        }
    }
    Ok(broken)
}

/// A living workstation's lines are at the centre once each: nothing more than it journaled.
pub async fn no_more(central: &Central, memory: &Memory) -> Result<Option<Broken>, anyhow::Error> {
    let (ws, here) = (memory.journal.ws, memory.journal.lines.len());
    let there = central.ledger().lines(ws, 1, u32::try_from(here + 50)?);
    let there = there.await?.len();
    Ok((there > here).then_some(Broken::Twice {
        ws,
        there: there as u64,
        here: here as u64,
    }))
}

/// Numbers and papers of an office.
#[derive(Debug, Default)]
pub struct Papers {
    numbers: BTreeMap<String, Uuid>,
}

impl Papers {
    /// A paper left a printer with this number.
    pub fn printed(&mut self, number: &str, paper: Uuid) -> Option<Broken> {
        match self.numbers.insert(number.to_string(), paper) {
            Some(other) if other != paper => Some(Broken::NumberTwice(number.to_string())),
            _ => None,
        }
    }
}

/// Papers that stand in a journal more than once.
pub fn papers_twice(memory: &Memory, papers: &[Uuid]) -> Option<Broken> {
    let text: Vec<String> = memory
        .journal
        .lines
        .iter()
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    papers.iter().find_map(|paper| {
        let id = paper.to_string();
        let received = text
            .iter()
            .filter(|line| line.contains("\"filing_received\"") && line.contains(&id));
        (received.count() > 1).then_some(Broken::PaperTwice(*paper))
    })
}

/// What a counter knows of its colleagues' lines is what the centre has of them: all of it, and nothing else.
pub async fn heard(
    central: &Central,
    office: &str,
    memory: &Memory,
) -> Result<Option<Broken>, anyhow::Error> {
    let ws = memory.journal.ws;
    let mut unknown = memory.heard.clone();
    for peer in central.ledger().workstations(Some(office.into())).await? {
        if peer.ws == ws {
            continue;
        }
        let lines = central.ledger().lines(peer.ws, 1, 10_000).await?;
        for (seq, line) in (1..).zip(lines) {
            if unknown.remove(&(peer.ws, seq)) != Some(line) {
                let of = peer.ws;
                return Ok(Some(Broken::NotHeard { ws, of, seq }));
            }
        }
    }
    let nobodys = unknown.into_keys().next();
    Ok(nobodys.map(|(of, seq)| Broken::NotHeard { ws, of, seq }))
}
