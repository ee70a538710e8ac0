//! What the engine reads and writes on this machine, behind a trait: the encrypted store in the program, memory in the
//! simulation, which runs thousands of workstations. Both are held to the same tests (`tests/simulation`).
//! Everything here blocks; the engine calls it off the async threads.

use crate::machine::{Believed, Fed, Fetched, Kept, Resting, Waiting};
use onedoor_protocol::{
    Hash32,
    batch::BatchAnswer,
    blob::{AskedBlob, CHUNK, chunk_count},
    feed::FeedLine,
    keys::KeyStatement,
    sign::{PublicKey, SecretKey},
    snapshot::Offer,
};
use onedoor_store::{
    Op, Store, StoreError,
    tables::{
        blobs::{OneSided, Published},
        journal::StoredLine,
        mirror::{Acknowledged, Keeper},
        snapshot::Underway,
    },
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Why nothing could be read or written; the words go to the log, not to a person.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ShelfError(pub String);

impl From<StoreError> for ShelfError {
    fn from(error: StoreError) -> Self {
        ShelfError(error.to_string())
    }
}

/// Answer of a shelf.
pub type Result<T> = std::result::Result<T, ShelfError>;

/// Who sends.
#[derive(Debug, Clone)]
pub struct Sender {
    /// This incarnation of this PC.
    pub ws: Uuid,
    /// Its office.
    pub office: String,
    /// Its signing key.
    pub key: SecretKey,
    /// The centre's keys.
    pub server_keys: Vec<PublicKey>,
}

/// How far the journal is, and what of it waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths {
    /// The first line that the centre lacks.
    pub next: u64,
    /// The last line.
    pub head: u64,
    /// The office's feed was read up to this line.
    pub cursor: u64,
    /// Blobs that the centre lacks, the most urgent first; at most as many as were asked for.
    pub blobs: Vec<Waiting>,
    /// Blobs at the centre that are wanted here; at most as many.
    pub wanted: Vec<Waiting>,
    /// What stands in for the feed's beginning, on its way here.
    pub snapshot: Option<Resting>,
}

/// The engine's side of this machine.
pub trait Shelf: Send + Sync {
    /// Who sends; none before enrolment.
    fn sender(&self) -> Result<Option<Sender>>;
    /// How far the journal is, with at most `blobs` blobs.
    fn lengths(&self, blobs: usize) -> Result<Lengths>;
    /// At most `most` lines from `first` on.
    fn lines(&self, first: u64, most: usize) -> Result<Vec<StoredLine>>;
    /// The chain's hash after a line; for 0 the hash before the first; none behind the end.
    fn hash_at(&self, seq: u64) -> Result<Option<Hash32>>;
    /// Moves the mark, if the answer proves anything.
    fn acknowledge(&self, answer: &BatchAnswer) -> Result<Believed>;
    /// The plain bytes of a blob.
    fn blob(&self, sha256: &Hash32) -> Result<Vec<u8>>;
    /// A blob with its chunks, which need not be in memory together; an error when its bytes are not its own.
    fn chunks(&self, sha256: &Hash32) -> Result<AskedBlob> {
        Ok(AskedBlob::of(&self.blob(sha256)?))
    }
    /// The plain bytes of a blob from `from` on, so many.
    fn part(&self, sha256: &Hash32, from: u64, bytes: usize) -> Result<Vec<u8>> {
        let whole = self.blob(sha256)?;
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = whole.get(from..).unwrap_or_default();
        Ok(rest[..rest.len().min(bytes)].to_vec())
    }
    /// Notes that the centre has a blob, if it signed so.
    fn published(&self, receipt: &Published) -> Result<Kept>;
    /// Keeps a wanted blob, if these are its bytes; false when they are not.
    fn arrived(&self, sha256: &Hash32, bytes: &[u8]) -> Result<bool>;
    /// Applies the page of the feed after `after` and moves the cursor, in one, if the centre signed it.
    fn read_feed(&self, after: u64, page: &[u8]) -> Result<Fed>;
    /// Puts the cursor at the feed's beginning.
    fn restart_feed(&self) -> Result<()>;
    /// Wants the snapshot that stands in for what comes after `after`, if the centre offered it.
    fn accept(&self, after: u64, offer: &Offer) -> Result<Fed>;
    /// Keeps the next part of the snapshot.
    fn keep_snapshot_part(&self, name: &Hash32, first: u64, bytes: &[u8]) -> Result<()>;
    /// Whether more parts are to come; if not, whether they are genuine. What is not is dropped.
    fn verify_snapshot(&self, name: &Hash32) -> Result<Fetched>;
    /// The part of the snapshot that begins here.
    fn snapshot_part(&self, first: u64) -> Result<Option<Vec<u8>>>;
    /// Applies lines of the snapshot that follow the first `from` ones; with the last ones the cursor moves.
    fn take_snapshot(&self, from: u64, lines: &[FeedLine], last: bool) -> Result<Fed>;
    /// Forgets the snapshot.
    fn drop_snapshot(&self) -> Result<()>;
    /// Learns how the centre's key changed; `answered` has signed, and no key before it is believed any more.
    fn follow_keys(&self, said: &[KeyStatement], answered: &PublicKey) -> Result<()>;
}

impl Shelf for Store {
    fn sender(&self) -> Result<Option<Sender>> {
        Ok(self.read(|reader| {
            let Some(state) = reader.workstation()? else {
                return Ok(None);
            };
            Ok(Some(Sender {
                ws: state.enrolment.ws,
                office: state.enrolment.office.id.clone(),
                key: reader.signing_key()?,
                server_keys: state.server_keys(),
            }))
        })?)
    }

    fn lengths(&self, blobs: usize) -> Result<Lengths> {
        Ok(self.read(|reader| {
            let side = |(one, urgent): (OneSided, bool)| Waiting {
                sha256: one.sha256,
                size: one.size,
                urgent,
            };
            let waiting = reader.unpublished(blobs)?;
            let wanted = reader.wanted(blobs)?.into_iter();
            Ok(Lengths {
                next: reader.mark(Keeper::Centre)?.map_or(1, |mark| mark.next_seq),
                head: reader.head()?.seq,
                cursor: reader.feed_cursor()?,
                blobs: waiting.into_iter().map(side).collect(),
                wanted: wanted.map(|one| side((one, false))).collect(),
                snapshot: reader.snapshot()?.map(resting),
            })
        })?)
    }

    fn lines(&self, first: u64, most: usize) -> Result<Vec<StoredLine>> {
        Ok(self.read(|reader| reader.lines(first, most))?)
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash32>> {
        Ok(self.read(|reader| reader.hash_at(seq))?)
    }

    fn acknowledge(&self, answer: &BatchAnswer) -> Result<Believed> {
        let (next, answer) = (answer.next_seq, answer.clone());
        let op = Op::mirror(move |tx| tx.acknowledge(Keeper::Centre, &answer));
        match self.write_in_background(op) {
            Ok(written) => Ok(match written.value {
                Acknowledged::Advanced(next) => Believed::Advanced(next),
                Acknowledged::Stale => Believed::Stale(next),
                Acknowledged::Fork(_) => Believed::Fork,
            }),
            // An answer that the centre did not sign is no answer.
            Err(StoreError::Refused(_)) => Ok(Believed::NotSigned),
            Err(error) => Err(error.into()),
        }
    }

    fn blob(&self, sha256: &Hash32) -> Result<Vec<u8>> {
        Ok(self.blobs().get(sha256)?)
    }

    fn chunks(&self, sha256: &Hash32) -> Result<AskedBlob> {
        let mut parts = self.blobs().parts(sha256)?;
        let (mut whole, mut chunks) = (Sha256::new(), Vec::new());
        for index in 0..chunk_count(parts.size()) {
            let chunk = parts.read(index * CHUNK as u64, CHUNK)?;
            whole.update(&chunk);
            chunks.push(Hash32::of(&[&chunk]));
        }
        if whole.finalize().as_slice() != sha256.0 {
            return Err(StoreError::Damaged("a blob".into()).into());
        }
        Ok(AskedBlob {
            sha256: *sha256,
            size: parts.size(),
            chunks,
        })
    }

    fn part(&self, sha256: &Hash32, from: u64, bytes: usize) -> Result<Vec<u8>> {
        Ok(self.blobs().parts(sha256)?.read(from, bytes)?)
    }

    fn published(&self, receipt: &Published) -> Result<Kept> {
        let (sha256, receipt) = (receipt.sha256, receipt.clone());
        match self.write_in_background(Op::mirror(move |tx| tx.published(&receipt))) {
            Ok(_) => Ok(Kept::Noted(sha256)),
            Err(StoreError::Refused(_)) => Ok(Kept::NotSigned(sha256)),
            Err(error) => Err(error.into()),
        }
    }

    fn arrived(&self, sha256: &Hash32, bytes: &[u8]) -> Result<bool> {
        if Hash32::of(&[bytes]) != *sha256 {
            return Ok(false);
        }
        // First the file, then the wish: whatever happens between, it is at most asked for again.
        let sha256 = self.blobs().put(bytes)?;
        let among = self.blobs().clone();
        let here = Op::mirror(move |tx| tx.arrived(&sha256, &among));
        Ok(self.write_in_background(here)?.value)
    }

    fn read_feed(&self, after: u64, page: &[u8]) -> Result<Fed> {
        let page = page.to_vec();
        match self.write_in_background(Op::mirror(move |tx| tx.read_feed(after, &page))) {
            Ok(written) => Ok(Fed::Applied {
                more: written.value.more,
                new: written.value.new,
            }),
            Err(StoreError::Refused(_)) => Ok(Fed::NotSigned),
            Err(error) => Err(error.into()),
        }
    }

    fn restart_feed(&self) -> Result<()> {
        self.write_in_background(Op::mirror(|tx| tx.restart_feed()))?;
        Ok(())
    }

    fn accept(&self, after: u64, offer: &Offer) -> Result<Fed> {
        let offer = offer.clone();
        match self.write_in_background(Op::mirror(move |tx| tx.begin_snapshot(after, &offer))) {
            Ok(_) => Ok(Fed::Accepted),
            Err(StoreError::Refused(_)) => Ok(Fed::NotSigned),
            Err(error) => Err(error.into()),
        }
    }

    fn keep_snapshot_part(&self, name: &Hash32, first: u64, bytes: &[u8]) -> Result<()> {
        let (name, bytes) = (*name, bytes.to_vec());
        let op = Op::mirror(move |tx| tx.keep_snapshot_part(&name, first, &bytes));
        self.write_in_background(op)?;
        Ok(())
    }

    fn verify_snapshot(&self, name: &Hash32) -> Result<Fetched> {
        let name = *name;
        let underway = self.read(|reader| reader.snapshot())?;
        if underway.is_none_or(|it| it.have < it.snapshot.size) {
            return Ok(Fetched::Part);
        }
        if self.read(|reader| reader.snapshot_is_genuine(&name))? {
            self.write_in_background(Op::mirror(move |tx| tx.snapshot_is_whole(&name)))?;
            return Ok(Fetched::Part);
        }
        self.drop_snapshot()?;
        Ok(Fetched::Later)
    }

    fn snapshot_part(&self, first: u64) -> Result<Option<Vec<u8>>> {
        Ok(self.read(|reader| reader.snapshot_part(first))?)
    }

    fn take_snapshot(&self, from: u64, lines: &[FeedLine], last: bool) -> Result<Fed> {
        let lines = lines.to_vec();
        let op = Op::mirror(move |tx| tx.take_snapshot(from, &lines, last));
        Ok(Fed::Unpacked(self.write_in_background(op)?.value.new))
    }

    fn drop_snapshot(&self) -> Result<()> {
        self.write_in_background(Op::mirror(|tx| tx.drop_snapshot()))?;
        Ok(())
    }

    fn follow_keys(&self, said: &[KeyStatement], answered: &PublicKey) -> Result<()> {
        let (said, answered) = (said.to_vec(), *answered);
        self.write_in_background(Op::mirror(move |tx| tx.follow_keys(&said, &answered)))?;
        Ok(())
    }
}

fn resting(it: Underway) -> Resting {
    Resting {
        sha256: it.snapshot.sha256,
        size: it.snapshot.size,
        have: it.have,
        whole: it.whole,
        applied: it.applied,
    }
}
