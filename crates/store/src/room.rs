//! Whether the disk takes what is written: not from the first refusal on, until a try goes through. Not here: the words
//! for it and when to try again (desk); that nothing half-written stays (writer, durable).

use crate::{
    durable,
    error::{Result, StoreError},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What a counter wants to have free: some days of its log, forms and scans.
const NEEDED: u64 = 64 << 20;
/// A try writes more than the database's log may have taken beforehand.
const TRIED: usize = 1 << 20;

/// What can be told of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomReport {
    /// A write was refused, and no try went through since.
    pub refused: bool,
    /// Free bytes; none where the system does not say.
    pub free: Option<u64>,
    /// How many should be.
    pub needed: u64,
}

type Hear = Box<dyn Fn() + Send + Sync>;

/// The disk under a store.
pub(crate) struct Room {
    blobs: PathBuf,
    refused: AtomicBool,
    hear: Mutex<Option<Hear>>,
}

impl Room {
    /// The disk that the folder of blobs lies on.
    pub(crate) fn of(blobs: &Path) -> Self {
        Room {
            blobs: blobs.to_path_buf(),
            refused: AtomicBool::new(false),
            hear: Mutex::new(None),
        }
    }

    pub(crate) fn report(&self) -> RoomReport {
        RoomReport {
            refused: self.refused.load(Ordering::Relaxed),
            free: free(&self.blobs),
            needed: NEEDED,
        }
    }

    /// Calls this from now on whenever it changes whether the disk takes something.
    pub(crate) fn tell(&self, hear: impl Fn() + Send + Sync + 'static) {
        *self.hear.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(hear));
    }

    /// How a write ended.
    pub(crate) fn note<T>(&self, done: &Result<T>) {
        if matches!(done, Err(StoreError::Disk(_))) {
            self.set(true);
        }
    }

    /// A file of its own, in the folder where what a killed program left is swept.
    pub(crate) fn take_and_give_back(&self) -> Result<()> {
        let folder = self.blobs.join("00");
        fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
        let path = folder.join("room");
        durable::write(&path, &vec![0; TRIED])?;
        fs::remove_file(&path).map_err(StoreError::io(&path))
    }

    pub(crate) fn set(&self, refused: bool) {
        let before = self.refused.swap(refused, Ordering::Relaxed);
        let hear = self.hear.lock().unwrap_or_else(PoisonError::into_inner);
        if let (true, Some(hear)) = (before != refused, hear.as_ref()) {
            hear();
        }
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Elsewhere the refusal itself is all that is known.
#[cfg(not(unix))]
fn free(_folder: &Path) -> Option<u64> {
    None
}
