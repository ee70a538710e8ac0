//! What comes from the centre: pages of the office's feed, what stands in for its beginning, and wanted blobs. Not here:
//! what goes there (`upload`, and the machine itself).

use super::{Doing, Fed, Fetched, Machine, Millis, Output, Pulled, Resting};
use crate::transport::TransportError;
use onedoor_protocol::Hash32;

impl Machine {
    pub(super) fn pulled(&mut self, after: u64, pulled: Pulled) -> Option<Output> {
        self.doing = Doing::Reading;
        match pulled {
            Pulled::Page(page) => Some(Output::Read { after, page }),
            Pulled::Ahead => Some(Output::Rewind),
            Pulled::TooOld(Some(offer)) => Some(Output::Accept { after, offer }),
            Pulled::TooOld(None) => {
                self.status.feed_lost = true;
                self.feed = None;
                self.look()
            }
        }
    }

    pub(super) fn next_of_snapshot(&mut self, at: Resting) -> Output {
        if at.whole {
            self.doing = Doing::Reading;
            return Output::TakeSnapshot(at);
        }
        let sha256 = at.sha256;
        self.doing = Doing::Fetching { sha256 };
        Output::FetchSnapshot(at)
    }

    pub(super) fn read(&mut self, now: Millis, random: u64, fed: Fed) -> Option<Output> {
        match fed {
            Fed::Applied { more, new } => {
                self.backoff.succeeded();
                self.status.feed_lost = false;
                self.status.heard += u64::from(new);
                if !more {
                    self.feed = None;
                }
                self.look()
            }
            Fed::Unpacked(new) => {
                self.backoff.succeeded();
                self.status.feed_lost = false;
                self.status.heard += u64::from(new);
                self.look()
            }
            Fed::Unreadable(sha256) => {
                // It stays: a newer program may read it.
                self.status.feed_lost = true;
                self.absent.insert(sha256);
                self.look()
            }
            Fed::Rewound | Fed::Accepted => self.look(),
            Fed::NotSigned => self.failed(now, random, &TransportError::NotTheCentre),
        }
    }

    pub(super) fn fetched(&mut self, sha256: Hash32, fetched: Fetched) -> Option<Output> {
        match fetched {
            Fetched::Part => {}
            Fetched::Here => self.status.heard += 1,
            Fetched::Later => {
                self.absent.insert(sha256);
            }
        }
        self.look()
    }
}
