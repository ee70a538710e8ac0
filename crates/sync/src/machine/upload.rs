//! Blobs on their way: which one is next, and which of its chunks the centre lacks. Nothing here outlives a contact; the
//! centre's answer to the next question says where to go on.

use super::input::{BlobState, Kept, Output, Put, Waiting};
use onedoor_protocol::{
    Hash32,
    blob::{MAX_BLOBS, chunk_count},
};
use onedoor_store::tables::blobs::Published;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The blobs of a contact.
#[derive(Debug, Clone, Default)]
pub struct Uploads {
    waiting: Vec<Waiting>,
    /// Inclusive ranges of chunks that the centre lacks, as it said.
    known: BTreeMap<Hash32, Vec<[u32; 2]>>,
    /// Receipts to keep, that came with an answer.
    receipts: VecDeque<Box<Published>>,
    /// Not again in this contact.
    put_off: BTreeSet<Hash32>,
}

/// Chunks of a blob; an empty one has one, empty.
pub fn chunks(size: u64) -> u32 {
    u32::try_from(chunk_count(size)).unwrap_or(u32::MAX)
}

impl Uploads {
    /// What the store says now.
    pub fn waiting(&mut self, blobs: Vec<Waiting>) {
        self.waiting = blobs;
        let waits = |sha256: &Hash32| self.waiting.iter().any(|blob| blob.sha256 == *sha256);
        self.known.retain(|sha256, _| waits(sha256));
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
        let Some(missing) = self.known.get(&first.sha256) else {
            let unknown = self.open();
            let unknown = unknown.filter(|blob| !self.known.contains_key(&blob.sha256));
            return Some(Output::Ask(unknown.take(MAX_BLOBS).copied().collect()));
        };
        Some(match missing.first() {
            None => Output::Complete(first),
            Some([from, to]) => Output::Put {
                blob: first,
                first: *from,
                count: (to - from + 1).min(most.max(1)),
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
                Some(BlobState::Missing(missing)) => {
                    let missing = within(&missing, chunks(blob.size));
                    self.known.insert(blob.sha256, missing);
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
            Put::Missing(missing) => {
                let missing = within(&missing, chunks(size));
                match self.known.get_mut(&sha256) {
                    Some(now) if lacks(&missing) < lacks(now) => *now = missing,
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
            Kept::Noted(sha256) => drop(self.known.remove(&sha256)),
            Kept::NotSigned(sha256) => drop(self.put_off.insert(sha256)),
        }
    }

    /// The contact is over.
    pub fn forget(&mut self) {
        *self = Uploads::default();
    }

    /// Chunks there, and all, of the blob under way.
    pub fn progress(&self) -> Option<(u32, u32)> {
        let first = self.open().next()?;
        let missing = self.known.get(&first.sha256)?;
        let all = chunks(first.size);
        Some((all - lacks(missing).min(all), all))
    }
}

fn lacks(ranges: &[[u32; 2]]) -> u32 {
    ranges.iter().map(|[from, to]| to - from + 1).sum()
}

/// Ranges that can be of this blob: a centre's answer never makes us read behind its end.
fn within(ranges: &[[u32; 2]], chunks: u32) -> Vec<[u32; 2]> {
    let fits = |[from, to]: &[u32; 2]| from <= to && *from < chunks;
    let cut = |[from, to]: &[u32; 2]| [*from, (*to).min(chunks - 1)];
    ranges.iter().filter(|range| fits(range)).map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
