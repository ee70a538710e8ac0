//! A workstation's journal in memory, held to the store's rules: the mark moves by `mirror::judge`, a blob counts as sent
//! by the centre's signature alone. Here the planted faults of a shelf live.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onedoor_protocol::{
    Hash32,
    batch::BatchAnswer,
    blob::{BlobStanding, BlobState},
    enrol::Enrolment,
    feed::{self, FeedLine, PeerLine},
    journal::FormRendered,
    keys::KeyStatement,
    sign::{PublicKey, SecretKey},
    snapshot::{Offer, Snapshot},
};
use onedoor_store::tables::{blobs::Published, journal::StoredLine, mirror};
use onedoor_sync::machine::{Believed, Fed, Fetched, Kept, Resting, Waiting};
use onedoor_sync::shelf::{Lengths, Result, Sender, Shelf, ShelfError};
use onedoor_testkit::journal::Journal;
use uuid::Uuid;

use crate::Bug;

/// What a workstation keeps on its disk.
#[derive(Debug, Clone)]
pub struct Memory {
    /// The lines.
    pub journal: Journal,
    /// What it is.
    pub enrolment: Enrolment,
    /// The first line that the centre lacks.
    pub mark: u64,
    /// Blobs in the order of their lines.
    pub named: Vec<(Hash32, u64)>,
    /// Their bytes.
    pub bytes: BTreeMap<Hash32, Vec<u8>>,
    /// What the centre signed for.
    pub published: BTreeSet<Hash32>,
    /// How far the office's feed was read.
    pub cursor: u64,
    /// What the office's other workstations journaled, by the feed.
    pub heard: BTreeMap<(Uuid, u64), Vec<u8>>,
    /// What stands in for the feed's beginning, on its way here.
    pub snapshot: Option<Held>,
    /// Snapshots that were read to their end.
    pub snapshots: u64,
    /// With a planted fault: lines whose cursor is on the disk, but they are not yet.
    pub unwritten: Vec<PeerLine>,
    /// The next number of the day's slot.
    pub next_number: u32,
}

impl Memory {
    /// An empty one.
    pub fn new(journal: Journal, enrolment: Enrolment) -> Self {
        Memory {
            next_number: enrolment.lease.slot[0],
            journal,
            enrolment,
            mark: 1,
            named: Vec::new(),
            bytes: BTreeMap::new(),
            published: BTreeSet::new(),
            cursor: 0,
            heard: BTreeMap::new(),
            snapshot: None,
            snapshots: 0,
            unwritten: Vec::new(),
        }
    }

    /// Lines that the centre lacks, or blobs.
    pub fn waits(&self) -> bool {
        self.mark < self.journal.next_seq() || self.published.len() < self.named.len()
    }

    fn hear_all(&mut self, lines: &[FeedLine]) -> u32 {
        let own = self.journal.ws;
        let peers: Vec<PeerLine> = peers(lines).filter(|peer| peer.ws != own).collect();
        let new = u32::try_from(peers.len()).unwrap_or(u32::MAX);
        peers.into_iter().for_each(|peer| self.hear(peer));
        new
    }

    fn hear(&mut self, peer: PeerLine) {
        let line = peer.line.unwrap_or_default().into_bytes();
        self.heard.insert((peer.ws, peer.seq), line);
    }

    /// Names a blob by a line.
    pub fn name(&mut self, filing: Uuid, bytes: Vec<u8>) {
        let (sha256, size) = (Hash32::of(&[&bytes]), bytes.len() as u64);
        self.journal.say(FormRendered {
            filing,
            form: "01".into(),
            template: "01@1".into(),
            sha256,
            size,
        });
        if self.bytes.insert(sha256, bytes).is_none() {
            self.named.push((sha256, size));
        }
    }
}

/// A snapshot as far as it is here.
#[derive(Debug, Clone)]
pub struct Held {
    offer: Snapshot,
    bytes: Vec<u8>,
    whole: bool,
    applied: u64,
}

fn peers(lines: &[FeedLine]) -> impl Iterator<Item = PeerLine> {
    let peers = lines.iter().filter(|line| line.kind == feed::PEER_LINE);
    peers.filter_map(|line| serde_json::from_str(line.body.get()).ok())
}

/// The shelf of a simulated workstation.
#[derive(Clone)]
pub struct MemoryShelf {
    /// Its disk.
    pub memory: Arc<Mutex<Memory>>,
    /// What is wrong with it.
    pub bug: Option<Bug>,
}

impl MemoryShelf {
    /// The disk, for a moment.
    pub fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The centre's keys; with the planted fault, which believes anybody, the stranger's too.
    fn keys(&self, memory: &Memory, believe_anybody: &[Bug]) -> Vec<PublicKey> {
        let keys = memory.enrolment.server_keys.iter();
        let keys = keys.filter_map(|key| PublicKey::from_hex(key));
        let believes = self.bug.is_some_and(|bug| believe_anybody.contains(&bug));
        let stranger = believes.then(|| stranger().public());
        keys.chain(stranger).collect()
    }
}

/// Faults in which a stranger's acknowledgement is believed.
const ACKS: [Bug; 3] = [
    Bug::ForgedAckBelieved,
    Bug::LostResponseIsSuccess,
    Bug::PortalIsAck,
];

/// Who answers in the centre's place.
pub fn stranger() -> SecretKey {
    SecretKey::from_seed(&[0x5A; 32])
}

fn hash_at(memory: &Memory, seq: u64) -> Option<Hash32> {
    (seq < memory.journal.next_seq()).then(|| memory.journal.hash(seq))
}

impl Shelf for MemoryShelf {
    fn sender(&self) -> Result<Option<Sender>> {
        let memory = self.lock();
        Ok(Some(Sender {
            ws: memory.journal.ws,
            office: memory.journal.office.clone(),
            key: memory.journal.key.clone(),
            server_keys: self.keys(&memory, &[Bug::ForgedHaveBelieved]),
        }))
    }

    fn lengths(&self, blobs: usize) -> Result<Lengths> {
        let mut memory = self.lock();
        for peer in std::mem::take(&mut memory.unwritten) {
            memory.hear(peer);
        }
        let open = memory.named.iter();
        let open = open.filter(|(sha256, _)| !memory.published.contains(sha256));
        Ok(Lengths {
            next: memory.mark,
            head: memory.journal.next_seq() - 1,
            cursor: memory.cursor,
            wanted: Vec::new(),
            snapshot: memory.snapshot.as_ref().map(|it| Resting {
                sha256: it.offer.sha256,
                size: it.offer.size,
                have: it.bytes.len() as u64,
                whole: it.whole,
                applied: it.applied,
            }),
            blobs: open
                .take(blobs)
                .map(|(sha256, size)| Waiting {
                    sha256: *sha256,
                    size: *size,
                    urgent: false,
                })
                .collect(),
        })
    }

    fn lines(&self, first: u64, most: usize) -> Result<Vec<StoredLine>> {
        let memory = self.lock();
        let from = usize::try_from(first - 1).unwrap_or(usize::MAX);
        let lines = memory
            .journal
            .lines
            .iter()
            .enumerate()
            .skip(from)
            .take(most);
        Ok(lines
            .map(|(at, line)| StoredLine {
                waits: false,
                peer: None,
                seq: at as u64 + 1,
                hash: memory.journal.hash(at as u64 + 1),
                line: line.clone(),
            })
            .collect())
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash32>> {
        Ok(hash_at(&self.lock(), seq))
    }

    fn acknowledge(&self, answer: &BatchAnswer) -> Result<Believed> {
        let mut memory = self.lock();
        let keys = self.keys(&memory, &ACKS);
        if answer.ws != memory.journal.ws || !answer.countersigned_by(&keys) {
            return Ok(Believed::NotSigned);
        }
        let own = match (self.bug, answer.next_seq.checked_sub(1)) {
            (Some(Bug::StaleAck), _) => Some(answer.head),
            (_, Some(last)) => hash_at(&memory, last),
            (_, None) => None,
        };
        Ok(match mirror::judge(answer, own, Some(memory.mark)) {
            mirror::Acknowledged::Advanced(next) => {
                memory.mark = match self.bug {
                    Some(Bug::MarkOneTooFar) => next + 1,
                    _ => next,
                };
                Believed::Advanced(next)
            }
            mirror::Acknowledged::Stale => Believed::Stale(answer.next_seq),
            mirror::Acknowledged::Fork(_) => Believed::Fork,
        })
    }

    fn blob(&self, sha256: &Hash32) -> Result<Vec<u8>> {
        let mut memory = self.lock();
        let bytes = match self.bug {
            Some(Bug::DroppedBeforeReceipt) => memory.bytes.remove(sha256),
            _ => memory.bytes.get(sha256).cloned(),
        };
        bytes.ok_or_else(|| ShelfError("no such blob".into()))
    }

    fn published(&self, receipt: &Published) -> Result<Kept> {
        let mut memory = self.lock();
        let said = BlobState {
            sha256: receipt.sha256,
            state: BlobStanding::Have,
            size: receipt.size,
            missing: Vec::new(),
            begun: None,
            countersignature: Some(receipt.countersignature),
        };
        let keys = self.keys(&memory, &[Bug::ForgedHaveBelieved]);
        if !said.published_by(&keys, receipt.size, &receipt.server_time) {
            return Ok(Kept::NotSigned(receipt.sha256));
        }
        memory.published.insert(receipt.sha256);
        Ok(Kept::Noted(receipt.sha256))
    }

    fn arrived(&self, _: &Hash32, _: &[u8]) -> Result<bool> {
        Err(ShelfError("nothing is wanted here".into()))
    }

    fn read_feed(&self, after: u64, page: &[u8]) -> Result<Fed> {
        let mut memory = self.lock();
        let keys = self.keys(&memory, &[Bug::ForgedFeedBelieved]);
        let Ok(page) = feed::open(page, &keys, memory.journal.ws, after) else {
            return Ok(Fed::NotSigned);
        };
        if memory.cursor != after {
            return Ok(Fed::NotSigned);
        }
        let peers: Vec<PeerLine> = peers(&page.lines).collect();
        let new = u32::try_from(peers.len()).unwrap_or(u32::MAX);
        memory.cursor = page.end.next;
        match self.bug {
            Some(Bug::CursorBeforePage) => memory.unwritten = peers,
            _ => peers.into_iter().for_each(|peer| memory.hear(peer)),
        }
        let more = page.end.more;
        Ok(Fed::Applied { more, new })
    }

    fn restart_feed(&self) -> Result<()> {
        self.lock().cursor = 0;
        Ok(())
    }

    fn accept(&self, after: u64, offer: &Offer) -> Result<Fed> {
        let mut memory = self.lock();
        let keys = self.keys(&memory, &[Bug::ForgedFeedBelieved]);
        if memory.cursor != after || !offer.holds(&keys, memory.journal.ws) {
            return Ok(Fed::NotSigned);
        }
        let known = memory.snapshot.as_ref().map(|it| &it.offer);
        if known != Some(&offer.snapshot) {
            memory.snapshot = Some(Held {
                offer: offer.snapshot.clone(),
                bytes: Vec::new(),
                whole: false,
                applied: 0,
            });
        }
        Ok(Fed::Accepted)
    }

    fn keep_snapshot_part(&self, _: &Hash32, first: u64, bytes: &[u8]) -> Result<()> {
        let mut memory = self.lock();
        let held = memory.snapshot.as_mut();
        let held = held.filter(|it| it.bytes.len() as u64 == first);
        let held = held.ok_or_else(|| ShelfError("no part that follows".into()))?;
        held.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn verify_snapshot(&self, name: &Hash32) -> Result<Fetched> {
        let mut memory = self.lock();
        let Some(held) = memory.snapshot.as_mut() else {
            return Ok(Fetched::Later);
        };
        if (held.bytes.len() as u64) < held.offer.size {
            return Ok(Fetched::Part);
        }
        held.whole = Hash32::of(&[&held.bytes]) == *name;
        match held.whole {
            true => Ok(Fetched::Part),
            false => {
                memory.snapshot = None;
                Ok(Fetched::Later)
            }
        }
    }

    fn snapshot_part(&self, first: u64) -> Result<Option<Vec<u8>>> {
        let memory = self.lock();
        let bytes = memory.snapshot.as_ref().map(|it| it.bytes.clone());
        Ok(bytes.filter(|_| first == 0))
    }

    fn take_snapshot(&self, from: u64, lines: &[FeedLine], last: bool) -> Result<Fed> {
        let mut memory = self.lock();
        let new = memory.hear_all(lines);
        let held = memory.snapshot.as_mut().filter(|it| it.applied == from);
        let held = held.ok_or_else(|| ShelfError("no lines that follow".into()))?;
        held.applied += lines.len() as u64;
        if last {
            memory.cursor = held.offer.cursor;
            memory.snapshot = None;
            memory.snapshots += 1;
        }
        Ok(Fed::Unpacked(new))
    }

    fn drop_snapshot(&self) -> Result<()> {
        self.lock().snapshot = None;
        Ok(())
    }

    fn follow_keys(&self, _: &[KeyStatement], _: &PublicKey) -> Result<()> {
        Err(ShelfError("the centre's key does not change here".into()))
    }
}
