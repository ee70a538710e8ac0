//! A workstation, a centre and a line between them, as numbers of lines and scans.

use super::{Act, said::*};
use crate::machine::{upload, *};
use crate::transport::{BatchOutcome, TransportError};
use onedoor_protocol::{
    Hash32,
    batch::{BatchRefusal, RefusalCode},
};
use std::{collections::BTreeSet, sync::Arc};

pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) now: Millis,
    pub(super) under_way: Option<Output>,
    policy: Policy,
    pub(super) head: u64,
    pub(super) mark: u64,
    centre: u64,
    named: Vec<Hash32>,
    pub(super) chunks_there: BTreeSet<(Hash32, u32)>,
    published_there: BTreeSet<Hash32>,
    published_here: BTreeSet<Hash32>,
    /// The last line of the office's feed at the centre, and how far it was read here.
    feed: u64,
    cursor: u64,
    /// Blobs of other counters: wanted here, and how many parts of each came.
    wanted: Vec<(Hash32, u32)>,
    heard: BTreeSet<u64>,
    /// Up to here the feed was trimmed, and what stands in for it is on its way.
    floor: u64,
    snapshot: Option<(Resting, u64)>,
}

impl World {
    pub(super) fn new() -> Self {
        World {
            machine: Machine::new(0, 1 << 60, PageSize::default(), Policy::default()),
            now: 0,
            under_way: None,
            policy: Policy::default(),
            head: 0,
            mark: 1,
            centre: 1,
            named: Vec::new(),
            chunks_there: BTreeSet::new(),
            published_there: BTreeSet::new(),
            published_here: BTreeSet::new(),
            feed: 0,
            cursor: 0,
            wanted: Vec::new(),
            heard: BTreeSet::new(),
            floor: 0,
            snapshot: None,
        }
    }

    fn step(&mut self, input: Input) {
        self.now += 7;
        let output = self.machine.step(self.now, 0x5555_5555_5555_5555, input);
        if let Some(output) = output {
            assert!(self.under_way.is_none(), "one thing at a time");
            if matches!(
                output,
                Output::Send { .. } | Output::Put { .. } | Output::Ask(_)
            ) {
                assert!(
                    !self.policy.paused,
                    "nothing goes while a person stopped sending"
                );
            }
            self.under_way = Some(output);
        }
        match self.machine.wake() {
            Some(wake) => assert!(
                wake <= self.now + IDLE * 2,
                "no wait is longer than ten minutes"
            ),
            None => assert!(
                self.under_way.is_some(),
                "a machine without a wake is at work"
            ),
        }
    }

    fn take(&mut self) -> Option<Output> {
        self.under_way.take()
    }

    /// The request arrives; what the centre would answer.
    fn deliver(&mut self, output: &Output) -> Input {
        match output {
            Output::Look => Input::Seen(self.work()),
            Output::Greet => Input::Greeted(Ok(Greeting::Welcome {
                feed: Some(self.feed),
            })),
            Output::Send { first, .. } => {
                let last = (*first + 4).min(self.head);
                let result = if *first > self.centre {
                    BatchOutcome::Refused(BatchRefusal {
                        code: RefusalCode::Gap,
                        next_seq: Some(self.centre),
                        head: Some(hash(self.centre - 1)),
                        at: None,
                    })
                } else {
                    self.feed += (last + 1).saturating_sub(self.centre);
                    self.centre = self.centre.max(last + 1);
                    BatchOutcome::Taken(answer(self.centre))
                };
                Input::Sent {
                    result: Ok(result),
                    last,
                    bytes: 900,
                    took: 80,
                }
            }
            Output::Believe(answer) => {
                let own = hash(answer.next_seq - 1);
                assert_eq!(own, answer.head);
                let believed = match self.mark < answer.next_seq {
                    true => Believed::Advanced(answer.next_seq),
                    false => Believed::Stale(answer.next_seq),
                };
                self.mark = self.mark.max(answer.next_seq);
                Input::Believed(believed)
            }
            Output::Compare { seq, head } => Input::Compared(hash(*seq) == *head),
            Output::Pull { after, .. } => {
                let pulled = match *after > self.feed {
                    true => Pulled::Ahead,
                    false if *after < self.floor => {
                        Pulled::TooOld(Some(Box::new(offer(self.floor))))
                    }
                    false => {
                        let next = (*after + 3).min(self.feed);
                        Pulled::Page(Arc::new(next.to_be_bytes().to_vec()))
                    }
                };
                Input::Pulled {
                    result: Ok(pulled),
                    bytes: 700,
                    took: 60,
                }
            }
            Output::Read { after, page } => {
                assert_eq!(*after, self.cursor, "a page follows what was read");
                let next: [u8; 8] = page.as_slice().try_into().unwrap_or_default();
                let next = u64::from_be_bytes(next);
                let lines = (after + 1..=next).filter(|line| self.heard.insert(*line));
                let new = u32::try_from(lines.count()).unwrap_or(u32::MAX);
                self.cursor = next;
                let more = next < self.feed;
                Input::Read(Fed::Applied { more, new })
            }
            Output::Accept { after, offer } => {
                assert_eq!(*after, self.cursor, "an offer follows what was read");
                let cursor = offer.snapshot.cursor;
                if self.snapshot.is_none_or(|(_, known)| known != cursor) {
                    self.snapshot = Some((resting(offer), cursor));
                }
                Input::Read(Fed::Accepted)
            }
            Output::FetchSnapshot(at) => {
                let fetched = match &mut self.snapshot {
                    Some((it, cursor)) if *cursor == self.floor => {
                        assert_eq!(*it, *at, "it goes on where it was");
                        it.have = (it.have + SIZE / 3).min(it.size);
                        it.whole = it.have == it.size;
                        Fetched::Part
                    }
                    // Another one has its place.
                    _ => {
                        self.snapshot = None;
                        Fetched::Later
                    }
                };
                Input::Fetched {
                    result: Ok(fetched),
                    bytes: SIZE / 3,
                    took: 50,
                }
            }
            Output::TakeSnapshot(at) => {
                let Some((it, cursor)) = &mut self.snapshot else {
                    panic!("only what is here is taken");
                };
                assert!(it.whole && *it == *at, "as a whole, and each line once");
                it.applied += 2;
                let (applied, cursor) = (it.applied, *cursor);
                if applied >= 6 {
                    self.heard.extend(1..=cursor);
                    (self.cursor, self.snapshot) = (cursor, None);
                }
                Input::Read(Fed::Unpacked(2))
            }
            Output::Rewind => {
                self.cursor = 0;
                Input::Read(Fed::Rewound)
            }
            Output::Fetch(blob) => {
                let at = self.wanted.iter().position(|(it, _)| *it == blob.sha256);
                let at = at.unwrap_or_else(|| panic!("only what is wanted is fetched"));
                let (_, parts) = &mut self.wanted[at];
                *parts += 1;
                let fetched = match *parts {
                    1 => Fetched::Later,
                    2 => Fetched::Part,
                    _ => {
                        self.wanted.remove(at);
                        Fetched::Here
                    }
                };
                Input::Fetched {
                    result: Ok(fetched),
                    bytes: 900,
                    took: 50,
                }
            }
            Output::Ask(blobs) => {
                let states = blobs.iter().map(|blob| (blob.sha256, self.state(blob)));
                Input::Asked(Ok(states.collect()))
            }
            Output::Put {
                blob, first, count, ..
            } => {
                assert!(
                    *count >= 1 && first + count <= upload::chunks(SIZE),
                    "inside the blob"
                );
                for chunk in *first..first + count {
                    self.chunks_there.insert((blob.sha256, chunk));
                }
                Input::Put {
                    result: Ok(self.put(blob)),
                    bytes: SIZE,
                    took: 300,
                }
            }
            Output::Complete(blob) => {
                let whole = (0..upload::chunks(SIZE))
                    .all(|at| self.chunks_there.contains(&(blob.sha256, at)));
                assert!(whole, "complete only when all chunks are there");
                self.published_there.insert(blob.sha256);
                Input::Completed(Ok(Put::Published(Box::new(receipt(blob.sha256)))))
            }
            Output::Keep(receipt) => {
                assert!(
                    self.published_there.contains(&receipt.sha256),
                    "a receipt is the centre's"
                );
                self.published_here.insert(receipt.sha256);
                Input::Kept(Kept::Noted(receipt.sha256))
            }
        }
    }

    fn missing(&self, blob: &Waiting) -> Vec<[u32; 2]> {
        let there = |at: &u32| self.chunks_there.contains(&(blob.sha256, *at));
        let lacks = (0..upload::chunks(SIZE)).filter(|at| !there(at));
        lacks.map(|at| [at, at]).collect()
    }

    fn state(&self, blob: &Waiting) -> BlobState {
        match self.published_there.contains(&blob.sha256) {
            true => BlobState::Have(Box::new(receipt(blob.sha256))),
            false => BlobState::Missing(self.missing(blob).into()),
        }
    }

    fn put(&self, blob: &Waiting) -> Put {
        Put::Missing(self.missing(blob).into())
    }

    fn work(&self) -> Work {
        let open = self.named.iter();
        let open = open.filter(|sha256| !self.published_here.contains(sha256));
        Work {
            enrolled: true,
            next: self.mark,
            head: self.head,
            cursor: self.cursor,
            wanted: self
                .wanted
                .iter()
                .map(|(sha256, _)| scan(*sha256))
                .collect(),
            blobs: open.map(|sha256| scan(*sha256)).collect(),
            snapshot: self.snapshot.map(|(at, _)| at),
            minute: 600,
        }
    }

    /// How a failed exchange comes back; what is done on this machine can't fail so.
    fn failure(output: &Output, error: TransportError) -> Option<Input> {
        Some(match output {
            Output::Greet => Input::Greeted(Err(error)),
            Output::Send { first, .. } => Input::Sent {
                result: Err(error),
                last: *first,
                bytes: 900,
                took: 30_000,
            },
            Output::Pull { .. } => Input::Pulled {
                result: Err(error),
                bytes: 0,
                took: 30_000,
            },
            Output::Fetch(_) | Output::FetchSnapshot(_) => Input::Fetched {
                result: Err(error),
                bytes: 0,
                took: 30_000,
            },
            Output::Ask(_) => Input::Asked(Err(error)),
            Output::Put { .. } => Input::Put {
                result: Err(error),
                bytes: SIZE,
                took: 30_000,
            },
            Output::Complete(_) => Input::Completed(Err(error)),
            Output::Look
            | Output::Believe(_)
            | Output::Compare { .. }
            | Output::Read { .. }
            | Output::Accept { .. }
            | Output::TakeSnapshot(_)
            | Output::Rewind
            | Output::Keep(_) => return None,
        })
    }

    fn fail(&mut self, error: TransportError) {
        let Some(output) = self.take() else { return };
        match Self::failure(&output, error) {
            Some(input) => self.step(input),
            None => self.under_way = Some(output),
        }
    }

    pub(super) fn act(&mut self, act: &Act) {
        match act {
            Act::Journal(lines) => {
                self.head += u64::from(*lines);
                self.step(Input::Lines);
            }
            Act::Scan => {
                self.head += 1;
                self.named.push(hash(1_000_000 + self.head));
                self.step(Input::Lines);
            }
            Act::News(lines) => self.feed += u64::from(*lines),
            Act::OlderFeed(lines) => {
                self.feed = self.feed.saturating_sub(u64::from(*lines)).max(self.floor);
            }
            Act::Trim(lines) => {
                self.floor = (self.floor + u64::from(*lines)).min(self.feed);
            }
            Act::Want => {
                self.head += 1;
                self.wanted.push((hash(2_000_000 + self.head), 0));
                self.step(Input::Now);
            }
            Act::SendNow => self.step(Input::Now),
            Act::Tick => {
                if let Some(wake) = self.machine.wake() {
                    self.now = self.now.max(wake);
                }
                self.step(Input::Tick);
            }
            Act::Answer => {
                if let Some(output) = self.take() {
                    let input = self.deliver(&output);
                    self.step(input);
                }
            }
            Act::LoseAnswer => {
                if let Some(output) = self.under_way.clone()
                    && Self::failure(&output, TransportError::Offline).is_some()
                {
                    self.deliver(&output);
                }
                self.fail(TransportError::Offline);
            }
            Act::Lose => self.fail(TransportError::Offline),
            Act::Portal => self.fail(TransportError::NotTheCentre),
            Act::Busy => self.fail(TransportError::ServerDown {
                status: 503,
                retry_after: Some(std::time::Duration::from_secs(9)),
            }),
            Act::Stuck => {
                if self.take().is_some() {
                    self.step(Input::Stuck);
                }
            }
            Act::Kill => {
                self.under_way = None;
                self.machine = Machine::new(self.now, 1 << 60, PageSize::default(), self.policy);
            }
            Act::Pause | Act::Resume => {
                self.policy.paused = matches!(act, Act::Pause);
                // What was decided before is still under way, and may end.
                self.step(Input::Policy(self.policy));
            }
            Act::Stray => {
                if !matches!(self.under_way, Some(Output::Believe(_))) {
                    let before = self.under_way.clone();
                    self.step(Input::Believed(Believed::Advanced(self.head + 50)));
                    assert_eq!(
                        self.under_way, before,
                        "an answer to nothing starts nothing"
                    );
                }
            }
        }
    }

    pub(super) fn check(&self) {
        assert!(
            self.mark <= self.centre,
            "nothing is shown there that is not"
        );
        assert!(
            self.centre <= self.head + 1,
            "the centre has only what was journaled"
        );
        assert!(self.published_here.is_subset(&self.published_there));
        assert!(
            (1..=self.cursor).all(|line| self.heard.contains(&line)),
            "the cursor never passes over a line"
        );
    }

    pub(super) fn calm(&mut self) {
        self.act(&Act::Resume);
        for _ in 0..3_000 {
            let sent = self.mark == self.head + 1;
            let scans = self.published_here.len() == self.named.len();
            if sent && scans && self.wanted.is_empty() && self.cursor == self.feed {
                return;
            }
            match self.under_way {
                Some(_) => self.act(&Act::Answer),
                None => self.act(&Act::Tick),
            }
        }
        panic!(
            "a calm line empties the journal and brings the feed: {:?}",
            self.machine
        );
    }
}
