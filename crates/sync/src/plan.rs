//! What to send next, and what an answer means: pure, from the mark, the head and the answer alone.

use onedoor_protocol::{
    Hash32,
    batch::{BatchAnswer, BatchRefusal, RefusalCode},
    limits,
};

/// How much goes into one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize {
    /// Lines at most.
    pub lines: usize,
    /// Plain bytes at most; one line always goes, however long.
    pub bytes: usize,
}

impl Default for PageSize {
    fn default() -> Self {
        // Lines compress to about a third, so this closes near the 256 KiB of the wire.
        PageSize {
            lines: limits::MAX_EVENTS,
            bytes: 3 * limits::TARGET_COMPRESSED,
        }
    }
}

/// How many of `sizes` (bytes of consecutive lines) go into the next batch.
pub fn take(sizes: impl IntoIterator<Item = usize>, page: PageSize) -> usize {
    let mut bytes = 0;
    let mut count = 0;
    for size in sizes {
        if count == page.lines.clamp(1, limits::MAX_EVENTS)
            || (count > 0 && bytes + size > page.bytes)
        {
            break;
        }
        bytes += size;
        count += 1;
    }
    count
}

/// What to do after a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterRefusal {
    /// The centre lacks earlier lines: send from here, if our own hash before it is this.
    ResendFrom {
        /// First line to send.
        seq: u64,
        /// The centre's hash before it.
        head: Hash32,
    },
    /// Two histories: stop, a person must decide.
    Fork {
        /// The first line that differs.
        at: u64,
    },
    /// This key is not welcome: never retried blindly.
    NotWelcome,
    /// Later.
    Wait,
    /// The same bytes would be refused again: a fault of this program or of the link; wait, and say so.
    Broken,
}

/// Reads a refusal.
pub fn after_refusal(refusal: &BatchRefusal) -> AfterRefusal {
    match (refusal.code, refusal.next_seq, refusal.head, refusal.at) {
        (RefusalCode::Gap, Some(seq), Some(head), _) if seq > 0 => {
            AfterRefusal::ResendFrom { seq, head }
        }
        (RefusalCode::Fork, _, _, at) => AfterRefusal::Fork {
            at: at.unwrap_or_default(),
        },
        (RefusalCode::UnknownWorkstation | RefusalCode::Revoked, ..) => AfterRefusal::NotWelcome,
        (RefusalCode::Busy, ..) => AfterRefusal::Wait,
        _ => AfterRefusal::Broken,
    }
}

/// Whether an answer can be about what was just sent: the line after the last one of the batch, or later.
pub fn covers(answer: &BatchAnswer, last_sent: u64) -> bool {
    answer.next_seq > last_sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_every_size_cover_all_lines_once() {
        let sizes: Vec<usize> = (0..23).map(|i| 100 + i * 7).collect();
        for lines in [1, 2, 22, 23, 24] {
            let page = PageSize {
                lines,
                bytes: 1 << 20,
            };
            let mut sent = 0;
            while sent < sizes.len() {
                let n = take(sizes[sent..].iter().copied(), page);
                assert!(
                    (1..=lines).contains(&n),
                    "a page holds at least one line and at most {lines}"
                );
                sent += n;
            }
            assert_eq!(
                sent,
                sizes.len(),
                "nothing is left out with pages of {lines}"
            );
        }
    }

    #[test]
    fn a_line_larger_than_a_page_still_goes_alone() {
        let page = PageSize {
            lines: 500,
            bytes: 10,
        };
        assert_eq!(
            take([50, 50], page),
            1,
            "otherwise it would block the line for ever"
        );
        assert_eq!(take([4, 4, 4], page), 2, "and small ones share a page");
    }
}
