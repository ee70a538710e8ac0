//! What one workstation may ask of the service, and how full its disk may get. Per instance; nothing is kept.
//! Not here: how many requests run at the same time (`http::admission`).

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

/// Workstations that are remembered before the ones that have their full share again are forgotten.
const REMEMBERED: usize = 10_000;
const MIB: u64 = 1024 * 1024;

/// How many requests a workstation may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// For long.
    pub per_second: u32,
    /// At once.
    pub burst: u32,
}

/// Where the number of free bytes comes from; none = not known.
pub type Free = Arc<dyn Fn() -> Option<u64> + Send + Sync>;

/// How much of the disk is kept free.
#[derive(Clone)]
pub struct Room {
    /// How much is free now.
    pub free: Free,
    /// Below so many bytes batches are turned away; below twice as many, scans.
    pub keep: u64,
}

impl Room {
    /// So many MiB of the disk that a folder lies on.
    pub fn of(folder: &Path, mib: u64) -> Self {
        let folder = folder.to_path_buf();
        Room {
            free: Arc::new(move || free(&folder)),
            keep: mib.saturating_mul(MIB),
        }
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Elsewhere the system's own refusal is what is left: nothing is answered before it is on the disk.
#[cfg(not(unix))]
fn free(_folder: &Path) -> Option<u64> {
    None
}

/// What wants to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Journal lines: small, and turned away last.
    Lines,
    /// Scans and forms.
    Scans,
}

/// What is left of a workstation's burst, and when that was so.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

/// The limits of one instance.
#[derive(Clone)]
pub(crate) struct Limits {
    requests: Option<Rate>,
    room: Option<Room>,
    buckets: Arc<Mutex<HashMap<Uuid, Bucket>>>,
}

impl Limits {
    pub(crate) fn new(requests: Option<Rate>, room: Option<Room>) -> Self {
        Limits {
            requests,
            room,
            buckets: Arc::default(),
        }
    }

    /// Counts a request of a workstation that is known to be this one; `Err` = seconds to wait.
    pub(crate) fn admit(&self, ws: Uuid, now: Timestamp) -> Result<(), u32> {
        let Some(rate) = self.requests else {
            return Ok(());
        };
        let burst = f64::from(rate.burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| bucket.filled(rate, now) < burst);
        }
        let bucket = buckets.entry(ws).or_insert(Bucket {
            left: burst,
            at: now,
        });
        let left = bucket.filled(rate, now);
        // A clock that went back gives nothing and takes nothing.
        *bucket = Bucket { left, at: now };
        if left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - left) / f64::from(rate.per_second.max(1));
        Err(wait.ceil().clamp(1.0, 60.0) as u32)
    }

    /// Whether there is room on the disk; where that is not known, there is.
    pub(crate) fn has_room_for(&self, kind: Kind) -> bool {
        let Some(room) = &self.room else {
            return true;
        };
        let keep = match kind {
            Kind::Lines => room.keep,
            Kind::Scans => room.keep.saturating_mul(2),
        };
        (room.free)().is_none_or(|free| free >= keep)
    }
}

impl Bucket {
    fn filled(self, rate: Rate, now: Timestamp) -> f64 {
        let passed = now.duration_since(self.at).as_secs_f64().max(0.0);
        (self.left + passed * f64::from(rate.per_second)).min(f64::from(rate.burst))
    }
}
