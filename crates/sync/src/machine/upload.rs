//! Blobs on their way: which one is next, and which of its chunks the centre lacks. Nothing here outlives a contact; the
//! centre's answer to the next question says where to go on.

use super::input::{BlobState, Kept, Lacking, Output, Put, Waiting};
use onedoor_protocol::{
    Hash32,
    batch::WantedBlob,
    blob::{MAX_BLOBS, chunk_count, chunk_size},
};
use onedoor_store::tables::blobs::Published;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Beyond so many an order says nothing.
const MOST_ASKED_FOR: usize = 1_000;

/// The blobs of a contact.
#[derive(Debug, Clone, Default)]
pub struct Uploads {
    waiting: Vec<Waiting>,
    /// What the centre lacks, as it said.
    known: BTreeMap<Hash32, Lacking>,
    /// Receipts to keep, that came with an answer.
    receipts: VecDeque<Box<Published>>,
    /// Not again in this contact.
    put_off: BTreeSet<Hash32>,
    /// Those that the centre asked for go first, also in the next contact. Nobody signed that: it changes an order only.
    asked_for: BTreeSet<Hash32>,
}

/// Chunks of a blob; an empty one has one, empty.
pub fn chunks(size: u64) -> u32 {
    u32::try_from(chunk_count(size)).unwrap_or(u32::MAX)
}

impl Uploads {
    /// What the store says now.
    pub fn waiting(&mut self, mut blobs: Vec<Waiting>) {
        blobs.sort_by_key(|blob| !self.asked_for.contains(&blob.sha256));
        self.waiting = blobs;
        let waits = |sha256: &Hash32| self.waiting.iter().any(|blob| blob.sha256 == *sha256);
        self.known.retain(|sha256, _| waits(sha256));
    }

    /// The centre named blobs that it lacks.
    pub fn asked_for(&mut self, want: &[WantedBlob]) {
        if self.asked_for.len() > MOST_ASKED_FOR {
            self.asked_for.clear();
        }
        let want = want.iter().take(MAX_BLOBS);
        self.asked_for.extend(want.map(|blob| blob.sha256));
    }

    fn open(&self) -> impl Iterator<Item = &Waiting> {
        self.waiting
            .iter()
            .filter(|blob| !self.put_off.contains(&blob.sha256))
    }

    /// Whether anything can be done for a blob now.
    pub fn some(&self) -> bool {
        !self.receipts.is_empty() || self.open().next().is_some()
    }

    /// The next step for the most urgent blob, with at most so many chunks.
    pub fn next(&mut self, most: u32) -> Option<Output> {
        if let Some(receipt) = self.receipts.pop_front() {
            return Some(Output::Keep(receipt));
        }
        let first = *self.open().next()?;
        let Some(lacking) = self.known.get(&first.sha256) else {
            let unknown = self.open();
            let unknown = unknown.filter(|blob| !self.known.contains_key(&blob.sha256));
            return Some(Output::Ask(unknown.take(MAX_BLOBS).copied().collect()));
        };
        Some(match lacking.missing.first() {
            None => Output::Complete(first),
            Some([begin, end]) => Output::Put {
                blob: first,
                first: *begin,
                from: lacking.begun.map_or(0, |begun| begun.bytes),
                count: (end - begin + 1).min(most.max(1)),
            },
        })
    }

    /// The centre's answer to a question. What it does not speak of was not asked for and has its turn later; the first
    /// one always was.
    pub fn answered(&mut self, states: Vec<(Hash32, BlobState)>) {
        let open: Vec<Waiting> = self.open().copied().collect();
        for (at, blob) in open.into_iter().enumerate() {
            let state = states.iter().find(|(sha256, _)| *sha256 == blob.sha256);
            match state.map(|(_, state)| state.clone()) {
                Some(BlobState::Missing(lacking)) => {
                    self.known.insert(blob.sha256, within(&lacking, blob.size));
                }
                Some(BlobState::Have(receipt)) => self.receipts.push_back(receipt),
                None if at > 0 => {}
                Some(BlobState::Later) | None => drop(self.put_off.insert(blob.sha256)),
            }
        }
    }

    /// What became of the request under way, which was for the first open blob.
    pub fn put(&mut self, put: Put) -> Option<Box<Published>> {
        let first = self.open().next().map(|blob| (blob.sha256, blob.size));
        let (sha256, size) = first?;
        match put {
            Put::Published(receipt) => return Some(receipt),
            Put::Missing(lacking) => {
                let lacking = within(&lacking, size);
                match self.known.get_mut(&sha256) {
                    Some(now) if lacks(&lacking) < lacks(now) => *now = lacking,
                    // A centre that keeps nothing of what it is sent gets no more of it in this contact.
                    _ => drop(self.put_off.insert(sha256)),
                }
            }
            Put::Refused | Put::Unreadable => drop(self.put_off.insert(sha256)),
        }
        None
    }

    /// A receipt that nobody signed is no receipt: not again before the next contact.
    pub fn kept(&mut self, kept: Kept) {
        match kept {
            Kept::Noted(sha256) => {
                self.known.remove(&sha256);
                self.asked_for.remove(&sha256);
            }
            Kept::NotSigned(sha256) => drop(self.put_off.insert(sha256)),
        }
    }

    /// The contact is over.
    pub fn forget(&mut self) {
        *self = Uploads {
            asked_for: std::mem::take(&mut self.asked_for),
            ..Uploads::default()
        };
    }

    /// Chunks there, and all, of the blob under way.
    pub fn progress(&self) -> Option<(u32, u32)> {
        let first = self.open().next()?;
        let lacking = self.known.get(&first.sha256)?;
        let all = chunks(first.size);
        Some((all - lacks(lacking).min(all), all))
    }
}

fn lacks(lacking: &Lacking) -> u32 {
    let ranges = lacking.missing.iter();
    ranges.map(|[from, to]| to - from + 1).sum()
}

/// What can be of a blob of this size: a centre's answer never makes us read behind its end, or begin there.
fn within(lacking: &Lacking, size: u64) -> Lacking {
    let chunks = chunks(size);
    let fits = |[from, to]: &[u32; 2]| from <= to && *from < chunks;
    let cut = |[from, to]: &[u32; 2]| [*from, (*to).min(chunks - 1)];
    let missing: Vec<[u32; 2]> = lacking
        .missing
        .iter()
        .filter(|range| fits(range))
        .map(cut)
        .collect();
    let begun = lacking.begun.filter(|begun| {
        let is_next = missing
            .first()
            .is_some_and(|[first, _]| *first == begun.chunk);
        let whole = chunk_size(size, begun.chunk).unwrap_or_default();
        is_next && (begun.bytes as usize) < whole
    });
    Lacking { missing, begun }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_protocol::blob::{Begun, CHUNK};

    fn waiting(of: u8) -> Waiting {
        Waiting {
            sha256: Hash32([of; 32]),
            size: 1,
            urgent: false,
        }
    }

    #[test]
    fn blobs_that_a_question_left_out_are_asked_for_in_the_same_contact() {
        let three = [waiting(1), waiting(2), waiting(3)];
        let mut uploads = Uploads::default();
        uploads.waiting(three.to_vec());
        assert_eq!(uploads.next(1), Some(Output::Ask(three.to_vec())));
        uploads.answered(vec![(three[0].sha256, BlobState::Later)]);
        assert_eq!(
            uploads.next(1),
            Some(Output::Ask(three[1..].to_vec())),
            "only the one that was spoken of waits for the next contact"
        );
        uploads.answered(Vec::new());
        assert_eq!(
            uploads.next(1),
            Some(Output::Ask(three[2..].to_vec())),
            "and a question that brings nothing for its first one is not asked for ever"
        );
    }
    #[test]
    fn a_chunk_that_was_begun_is_gone_on_with_and_a_wrong_word_of_it_is_not_followed() {
        let blob = Waiting {
            size: 600_000,
            ..waiting(1)
        };
        let begun = |chunk, bytes| Some(Begun { chunk, bytes });
        for (said, from) in [
            (begun(1, 1_000), 1_000),
            (begun(0, 1_000), 0),
            (begun(1, CHUNK as u32), 0),
            (None, 0),
        ] {
            let mut uploads = Uploads::default();
            uploads.waiting(vec![blob]);
            let missing = vec![[1, 2]];
            let state = BlobState::Missing(Lacking {
                missing,
                begun: said,
            });
            uploads.answered(vec![(blob.sha256, state)]);
            let next = Output::Put {
                blob,
                first: 1,
                from,
                count: 2,
            };
            assert_eq!(uploads.next(9), Some(next), "{said:?}");
        }
    }
}
