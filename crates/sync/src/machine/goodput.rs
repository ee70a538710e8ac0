//! How much the line carries, and so how much goes into one request: five seconds' worth, so that lines never wait long
//! behind a scan and a cut costs little.

use super::Millis;
use crate::plan::PageSize;
use onedoor_protocol::blob::{CHUNK, MAX_CHUNKS};

/// Chunks in a request at most.
const MOST: u32 = MAX_CHUNKS as u32;

/// One request lasts about this long.
const REQUEST: u64 = 5;
/// Bytes of plain lines that go at least, however slow the line is.
const LEAST: usize = 16 * 1024;
/// Lines shrink to about a third on the wire.
const SHRINK: u64 = 3;

/// Bytes a second, smoothed; none before the first measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Goodput(Option<u64>);

impl Goodput {
    /// A request carried so many bytes. Small ones measure the round trip, not the line, and can't slow it down.
    pub fn carried(&mut self, bytes: u64, took: Millis) {
        let rate = bytes.saturating_mul(1000) / took.max(1);
        self.0 = Some(match self.0 {
            None => rate,
            Some(known) if bytes < LEAST as u64 => known.max(rate),
            Some(known) => known - known / 4 + rate / 4,
        });
    }

    /// A request broke off: the next is half as large.
    pub fn broke(&mut self) {
        self.0 = Some(self.0.map_or(CHUNK as u64 / REQUEST, |known| known / 2));
    }

    /// How much goes into a batch.
    pub fn page(self, most: PageSize) -> PageSize {
        let Some(rate) = self.0 else { return most };
        let bytes = usize::try_from(rate.saturating_mul(REQUEST * SHRINK)).unwrap_or(usize::MAX);
        PageSize {
            bytes: bytes.clamp(LEAST, most.bytes.max(LEAST)),
            ..most
        }
    }

    /// How many chunks go into a request.
    pub fn chunks(self) -> u32 {
        let of_rate = self.0.map_or(1, |rate| rate * REQUEST / CHUNK as u64);
        u32::try_from(of_rate).unwrap_or(MOST).clamp(1, MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_lasts_about_five_seconds_whatever_the_line() {
        let mut slow = Goodput::default();
        slow.carried(320_000, 10_000);
        assert_eq!(
            slow.chunks(),
            1,
            "32 KB a second carry less than a chunk in five seconds"
        );
        assert_eq!(
            slow.page(PageSize::default()).bytes,
            480_000,
            "a third on the wire"
        );
        let mut fast = Goodput::default();
        fast.carried(4_000_000, 100);
        assert_eq!(fast.chunks(), MOST);
        assert_eq!(fast.page(PageSize::default()), PageSize::default());
    }

    #[test]
    fn breaking_off_halves_and_carrying_recovers() {
        let mut line = Goodput::default();
        line.carried(1_000_000, 1_000);
        let before = line.chunks();
        line.broke();
        assert!(
            line.chunks() < before,
            "a smaller request has a better chance"
        );
        for _ in 0..20 {
            line.carried(1_000_000, 1_000);
        }
        assert!(line.chunks() >= before - 1, "and a good line is used again");
        for _ in 0..80 {
            line.broke();
        }
        assert_eq!(line.chunks(), 1, "never less than one chunk");
    }
}
