//! A workstation's journal checked from its first line on: the chain from the stored bytes, the hashes beside them, the
//! head of its row, and everything that the centre ever signed of it. Not here: mending; nothing is.

use onedoor_protocol::{
    Hash32, batch, chain,
    sign::{PublicKey, Tag},
};
use uuid::Uuid;

use crate::central::{Central, Refused};
use crate::ledger::{Countersigned, LedgerResult, StoredLine};

/// Lines that are read at once.
const PAGE: u32 = 500;

/// Where a journal does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The bytes of this line are not those that came: hashed after the line before, they give another hash.
    Line(u64),
    /// This line is not there.
    Missing(u64),
    /// The row says another end than the lines have.
    Head {
        /// Number of the last line.
        last: u64,
    },
    /// The centre signed another hash after this line.
    Countersigned(u64),
    /// A signature over the state after this line is not ours.
    Signature(u64),
}

/// A journal that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Lines that were hashed.
    pub lines: u64,
    /// Countersignatures that were checked.
    pub countersignatures: u64,
    /// What does not hold, in the order of the lines; empty = all holds.
    pub broken: Vec<Broken>,
}

/// The stored side, while it is walked.
struct Walk {
    hash: Hash32,
    next: u64,
    signed: std::iter::Peekable<std::vec::IntoIter<Countersigned>>,
    found: Verified,
}

impl Central {
    /// Checks a workstation's journal.
    pub async fn verify_journal(&self, ws: Uuid) -> Result<Verified, Refused> {
        let unknown = || Refused::WorkstationUnknown(ws);
        let row = self.ledger.workstation(ws).await?.ok_or_else(unknown)?;
        let key = row.key.ok_or_else(unknown)?;
        let signed = self.ledger.countersigned(ws).await?;
        let mut walk = Walk {
            hash: chain::genesis(ws, &key),
            next: 1,
            signed: signed.into_iter().peekable(),
            found: Verified {
                lines: 0,
                countersignatures: 0,
                broken: Vec::new(),
            },
        };
        // Up to the row that was read: a running service goes on beside us.
        while walk.next < row.next_seq {
            let page = self.ledger.stored_lines(ws, walk.next, PAGE).await?;
            let page: Vec<StoredLine> = page
                .into_iter()
                .take_while(|line| line.seq < row.next_seq)
                .collect();
            if page.is_empty() {
                let missing = (walk.next..row.next_seq).map(Broken::Missing);
                walk.found.broken.extend(missing);
                break;
            }
            for line in page {
                walk.line(&line);
                self.check_signed(ws, &mut walk)?;
            }
        }
        if row.head.is_some_and(|head| head != walk.hash) {
            let last = row.next_seq - 1;
            walk.found.broken.push(Broken::Head { last });
        }
        Ok(walk.found)
    }

    fn check_signed(&self, ws: Uuid, walk: &mut Walk) -> LedgerResult<()> {
        let next = walk.next;
        while let Some(it) = walk.signed.next_if(|it| it.next_seq <= next) {
            walk.found.countersignatures += 1;
            let payload = batch::ack_payload(ws, it.next_seq, &it.head, &it.at);
            let keys = self.notary.keys();
            let ours = |key: &PublicKey| key.verifies(Tag::Ack, &[&payload], &it.sig);
            if !keys.iter().any(ours) {
                walk.found.broken.push(Broken::Signature(it.next_seq - 1));
            } else if it.next_seq == next && it.head != walk.hash {
                walk.found.broken.push(Broken::Countersigned(next - 1));
            }
        }
        Ok(())
    }
}

impl Walk {
    /// Goes on from the stored hash, so that one changed line is one finding.
    fn line(&mut self, line: &StoredLine) {
        let missing = (self.next..line.seq).map(Broken::Missing);
        self.found.broken.extend(missing);
        let follows = self.next == line.seq;
        if follows && chain::next(&self.hash, &line.body) != line.hash {
            self.found.broken.push(Broken::Line(line.seq));
        }
        self.found.lines += 1;
        self.hash = line.hash;
        self.next = line.seq + 1;
    }
}
