//! What an office lets through, and when. Lines always go; scans can wait for the night or for an unmetered line.

use super::input::Waiting;

/// The office's wishes, and what the system says of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// A person stopped sending. Nothing is lost meanwhile.
    pub paused: bool,
    /// The line costs money by the byte: only urgent scans go.
    pub metered: bool,
    /// Hours in which scans that are not urgent may go; none means always.
    pub window: Option<Window>,
}

/// From a minute of the day up to another; over midnight when it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First minute, 0 to 1439.
    pub from: u16,
    /// First minute after it.
    pub to: u16,
}

impl Window {
    /// Whether a minute of the day is within.
    pub fn holds(self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

impl Policy {
    /// The blobs that may go at this minute of the day.
    pub fn of_now(self, minute: u16, blobs: Vec<Waiting>) -> Vec<Waiting> {
        let open = !self.metered && self.window.is_none_or(|window| window.holds(minute));
        if open {
            return blobs;
        }
        blobs.into_iter().filter(|blob| blob.urgent).collect()
    }
}
