//! The workstation's store: encrypted SQLite with one writer and readers, a hash-chained journal, key slots, blobs.
//! There is one way to change data: [`Store::write`]. Not here: rules of the counter, time, the network.

pub mod blobs;
pub mod canary;
pub mod durable;
pub mod error;
pub mod keys;
pub mod op;
pub mod open;
pub mod reader;
pub mod share;
pub mod tables;
pub mod writer;

pub use canary::{CanaryMark, CanaryReport, Standing};
pub use error::{Result, StoreError};
pub use keys::{Bound, KeyFile, Keys, MasterKey, RecoveryCode};
pub use onedoor_protocol::Hash32;
pub use op::{CommittedLine, Context, Lines, Op, Written};
pub use open::{Lock, StorePaths, lock};
pub use reader::Reader;
pub use share::Share;
pub use writer::Urgency;

use std::sync::Arc;
use uuid::Uuid;

struct Parts {
    // Dropped in this order: the writer closes last of the connections, the lock goes when all is closed.
    readers: reader::Readers,
    writer: writer::Writer,
    blobs: blobs::Blobs,
    canary: Arc<canary::Seen>,
    _lock: Arc<Lock>,
}

/// An open store: a cheap clone.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

impl Store {
    /// Makes an empty store. The lock is kept as long as any clone lives.
    pub fn create(paths: &StorePaths, lock: Arc<Lock>, keys: &Keys, store: Uuid) -> Result<Self> {
        Ok(Self::from(open::create(paths, keys, store)?, lock))
    }

    /// Opens a store; every refusal leaves all files as they were.
    pub fn open(paths: &StorePaths, lock: Arc<Lock>, keys: &Keys, store: Uuid) -> Result<Self> {
        Ok(Self::from(open::open(paths, keys, store)?, lock))
    }

    fn from(opened: open::Opened, lock: Arc<Lock>) -> Self {
        let open::Opened {
            writer,
            readers,
            blobs,
            canary,
        } = opened;
        Store(Arc::new(Parts {
            readers,
            writer,
            blobs,
            canary,
            _lock: lock,
        }))
    }

    /// Changes data in one IMMEDIATE transaction and returns when it is durable. Blocks: call it off the async threads.
    pub fn write<T: Send + 'static>(&self, op: Op<T>) -> Result<Written<T>> {
        self.0.writer.write(Urgency::Interactive, op)
    }

    /// The same for work that may wait for persons.
    pub fn write_in_background<T: Send + 'static>(&self, op: Op<T>) -> Result<Written<T>> {
        self.0.writer.write(Urgency::Background, op)
    }

    /// How many writes wait right now: of persons, and of background work.
    pub fn waiting(&self) -> (usize, usize) {
        self.0.writer.waiting()
    }

    /// Reads one consistent state.
    pub fn read<T>(&self, body: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.0.readers.read(body)
    }

    /// What the canary beside the data folder says.
    pub fn canary(&self) -> CanaryReport {
        self.0.canary.report()
    }

    /// The blob service.
    pub fn blobs(&self) -> &blobs::Blobs {
        &self.0.blobs
    }
}
