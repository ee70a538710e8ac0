//! The workstation's store: encrypted SQLite with one writer and readers, a hash-chained journal, key slots, blobs.
//! There is one way to change data: [`Store::write`]. Not here: rules of the counter, time, the network.

pub mod blobs;
pub mod canary;
pub mod durable;
pub mod error;
pub mod keys;
pub mod letting_go;
pub mod op;
pub mod open;
pub mod reader;
pub mod room;
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
pub use room::RoomReport;
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
    room: Arc<room::Room>,
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
            room,
        } = opened;
        Store(Arc::new(Parts {
            readers,
            writer,
            blobs,
            canary,
            room,
            _lock: lock,
        }))
    }

    /// Changes data in one IMMEDIATE transaction and returns when it is durable. Blocks: call it off the async threads.
    pub fn write<T: Send + 'static>(&self, op: Op<T>) -> Result<Written<T>> {
        let done = self.0.writer.write(Urgency::Interactive, op);
        self.0.room.note(&done);
        done
    }

    /// The same for work that may wait for persons.
    pub fn write_in_background<T: Send + 'static>(&self, op: Op<T>) -> Result<Written<T>> {
        let done = self.0.writer.write(Urgency::Background, op);
        self.0.room.note(&done);
        done
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

    /// Whether the disk takes what is written.
    pub fn room(&self) -> RoomReport {
        self.0.room.report()
    }

    /// Calls this from now on whenever that changes, on the thread that met it.
    pub fn hear_room(&self, hear: impl Fn() + Send + Sync + 'static) {
        self.0.room.tell(hear);
    }

    /// Tries whether the disk takes something again, a file and a write: a small draft alone may still fit into what the
    /// database's log has taken long ago.
    pub fn try_room(&self) -> Result<()> {
        self.0.room.take_and_give_back()?;
        self.write_in_background(Op::local(|tx| tx.set("room_tried", "yes")))?;
        self.0.room.set(false);
        Ok(())
    }

    /// The blob service.
    pub fn blobs(&self) -> &blobs::Blobs {
        &self.0.blobs
    }
}
