//! What goes into the machine and what comes out of it.

use super::{Millis, Policy};
use crate::{
    plan::PageSize,
    transport::{BatchOutcome, TransportError},
};
use onedoor_protocol::{Hash32, batch::BatchAnswer, blob::Begun, snapshot::Offer};
use onedoor_store::tables::blobs::Published;
use std::sync::Arc;

/// What happened.
#[derive(Debug, Clone)]
pub enum Input {
    /// New lines are in the journal: soon, after two seconds of quiet.
    Lines,
    /// A person pressed "send now": at once, whatever the backoff says.
    Now,
    /// [`super::Machine::wake`] came.
    Tick,
    /// What this office lets through, and when.
    Policy(Policy),
    /// After [`Output::Look`].
    Seen(Work),
    /// After [`Output::Greet`].
    Greeted(Result<Greeting, TransportError>),
    /// After [`Output::Send`].
    Sent {
        /// What became of it.
        result: Result<BatchOutcome, TransportError>,
        /// The last line in it.
        last: u64,
        /// Bytes on the wire.
        bytes: u64,
        /// How long it took.
        took: Millis,
    },
    /// After [`Output::Believe`].
    Believed(Believed),
    /// After [`Output::Compare`]: whether our own hash there is the centre's.
    Compared(bool),
    /// After [`Output::Pull`].
    Pulled {
        /// What came back.
        result: Result<Pulled, TransportError>,
        /// Bytes on the wire.
        bytes: u64,
        /// How long it took.
        took: Millis,
    },
    /// After [`Output::Read`].
    Read(Fed),
    /// After [`Output::Fetch`].
    Fetched {
        /// What became of it.
        result: Result<Fetched, TransportError>,
        /// Bytes on the wire.
        bytes: u64,
        /// How long it took.
        took: Millis,
    },
    /// After [`Output::Ask`].
    Asked(Result<Vec<(Hash32, BlobState)>, TransportError>),
    /// After [`Output::Put`].
    Put {
        /// What became of it.
        result: Result<Put, TransportError>,
        /// Bytes on the wire.
        bytes: u64,
        /// How long it took.
        took: Millis,
    },
    /// After [`Output::Complete`].
    Completed(Result<Put, TransportError>),
    /// After [`Output::Keep`].
    Kept(Kept),
    /// The store could not do what was asked of it; nothing is lost, later.
    Stuck,
}

/// What to do, one thing at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Read what waits: answer with [`Input::Seen`].
    Look,
    /// `hello`, with proof.
    Greet,
    /// One batch.
    Send {
        /// Its first line.
        first: u64,
        /// How much goes into it.
        page: PageSize,
    },
    /// Check the countersignature and move the mark.
    Believe(Box<BatchAnswer>),
    /// Compare our own hash after a line with the centre's.
    Compare {
        /// The line.
        seq: u64,
        /// The centre's hash after it.
        head: Hash32,
    },
    /// Ask for the page of the office's feed after this line.
    Pull {
        /// The cursor.
        after: u64,
        /// The journal's last line: the centre then knows what it still lacks.
        head: u64,
    },
    /// Check a page's signature, apply it and move the cursor, in one.
    Read {
        /// The cursor that it was asked with.
        after: u64,
        /// As it came.
        page: Arc<Vec<u8>>,
    },
    /// The feed begins later: check the centre's offer of what stands in for its beginning, and want it.
    Accept {
        /// The cursor that was asked with.
        after: u64,
        /// As it came.
        offer: Box<Offer>,
    },
    /// Bring the next part of the snapshot; after the last one it is verified.
    FetchSnapshot(Resting),
    /// Apply the next lines of the snapshot.
    TakeSnapshot(Resting),
    /// The centre's feed is shorter than what was read: begin again, and find known what is known.
    Rewind,
    /// Bring the next part of a blob that is wanted here; the last one is checked and kept.
    Fetch(Waiting),
    /// Ask which of these the centre has.
    Ask(Vec<Waiting>),
    /// Send consecutive chunks of a blob.
    Put {
        /// Which.
        blob: Waiting,
        /// The first chunk, from 0.
        first: u32,
        /// Bytes of it that are at the centre already.
        from: u32,
        /// How many.
        count: u32,
    },
    /// All chunks are there: have the whole verified and published.
    Complete(Waiting),
    /// Check the centre's signature and note that it has the blob.
    Keep(Box<Published>),
}

/// What waits on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// The workstation belongs to an office.
    pub enrolled: bool,
    /// The first line that the centre lacks, by the store's mark.
    pub next: u64,
    /// The last line of the journal.
    pub head: u64,
    /// The office's feed was read up to this line.
    pub cursor: u64,
    /// Blobs that the centre lacks, the most urgent first; a page of them.
    pub blobs: Vec<Waiting>,
    /// Blobs at the centre that are wanted here; a page of them.
    pub wanted: Vec<Waiting>,
    /// What stands in for the feed's beginning, on its way here.
    pub snapshot: Option<Resting>,
    /// Minute of the day at the office, for the hours in which scans may go.
    pub minute: u16,
}

/// How far a snapshot of the feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resting {
    /// The blob.
    pub sha256: Hash32,
    /// Its bytes.
    pub size: u64,
    /// Bytes that are here.
    pub have: u64,
    /// All of them are here, and genuine.
    pub whole: bool,
    /// Lines of it that were applied.
    pub applied: u64,
}

/// A blob that the centre lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub sha256: Hash32,
    /// Plain bytes.
    pub size: u64,
    /// It belongs to a filing that is due soon, or the centre asked for it.
    pub urgent: bool,
}

/// What a hello proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// The centre signed, and its knowledge of our journal is our own.
    Welcome {
        /// The last line of the office's feed; none when it does not say.
        feed: Option<u64>,
    },
    /// It does not take this workstation's lines.
    NotWelcome,
    /// It has lines of ours that we have not, or others: this store was restored or copied.
    OtherHistory,
}

/// What the store made of an acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Believed {
    /// The mark moved: this is the next line.
    Advanced(u64),
    /// It proves nothing new; the centre expects this line next.
    Stale(u64),
    /// The centre's hash is not ours.
    Fork,
    /// None of the centre's keys signed it.
    NotSigned,
}

/// What the centre has of the feed after a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pulled {
    /// A page, not believed yet.
    Page(Arc<Vec<u8>>),
    /// The feed begins later: what is missing can't be had from it, but from this.
    TooOld(Option<Box<Offer>>),
    /// The feed ends earlier: the centre came back from an older state.
    Ahead,
}

/// What the store made of a page, or of the wish to begin again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fed {
    /// Applied, with the cursor.
    Applied {
        /// Whether there is more.
        more: bool,
        /// Lines that were new.
        new: u32,
    },
    /// What stands in for the feed's beginning is wanted now.
    Accepted,
    /// Lines of the snapshot were applied, so many of them new.
    Unpacked(u32),
    /// This snapshot is of a form that this program can't read.
    Unreadable(Hash32),
    /// The cursor stands at the beginning.
    Rewound,
    /// None of the centre's keys signed it for this question.
    NotSigned,
}

/// What became of a part of a wanted blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// There is more of it.
    Part,
    /// It is here as a whole, and was what it should be.
    Here,
    /// The centre has it not yet, or gave something else: not again in this contact.
    Later,
}

/// What the centre lacks of a blob.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lacking {
    /// Inclusive ranges of chunks.
    pub missing: Vec<[u32; 2]>,
    /// The first of them, where its first bytes are there.
    pub begun: Option<Begun>,
}

impl From<Vec<[u32; 2]>> for Lacking {
    fn from(missing: Vec<[u32; 2]>) -> Self {
        Lacking {
            missing,
            begun: None,
        }
    }
}

/// What the centre says of one blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobState {
    /// It has it.
    Have(Box<Published>),
    /// Chunks that it lacks.
    Missing(Lacking),
    /// Nothing can be done for it in this contact: no line that names it is there, nobody signed for it, or its bytes
    /// can't be read.
    Later,
}

/// What became of chunks, or of a whole blob.
#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    /// Kept; these chunks are still missing.
    Missing(Lacking),
    /// The whole is at the centre, signed.
    Published(Box<Published>),
    /// The centre does not want it now: no line that names it is there yet, or its bytes were not what they should be.
    Refused,
    /// Its bytes can't be read on this machine.
    Unreadable,
}

/// What the store made of a blob's receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Noted.
    Noted(Hash32),
    /// None of the centre's keys signed it.
    NotSigned(Hash32),
}
