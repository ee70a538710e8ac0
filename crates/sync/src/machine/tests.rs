//! The machine against a model of centre, journal and line: whatever happens in whatever order, the mark never goes beyond
//! what the centre has, nothing is asked while a request is under way, and a calm line empties the journal.

use super::*;
use crate::transport::BatchOutcome;
use onedoor_protocol::{
    Hash32,
    batch::{BatchAnswer, BatchRefusal, RefusalCode},
    sign::SignatureBytes,
};
use onedoor_store::tables::blobs::Published;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What the world does next.
#[derive(Debug, Clone)]
enum Act {
    Journal(u8),
    Scan,
    SendNow,
    Tick,
    /// The request under way is answered as it should be.
    Answer,
    /// It never came there.
    Lose,
    /// It came there, the answer did not come back.
    LoseAnswer,
    Portal,
    Busy,
    /// The store could not.
    Stuck,
    Kill,
    Pause,
    Resume,
    /// An answer that nobody waits for.
    Stray,
}

/// Journal, mark and centre, as numbers of lines and scans.
#[derive(Debug, Clone, Default)]
struct Model;

impl ReferenceStateMachine for Model {
    type State = ();
    type Transition = Act;

    fn init_state() -> BoxedStrategy<()> {
        Just(()).boxed()
    }

    fn transitions((): &()) -> BoxedStrategy<Act> {
        prop_oneof![
            3 => (1_u8..20).prop_map(Act::Journal),
            1 => Just(Act::Scan),
            1 => Just(Act::SendNow),
            4 => Just(Act::Tick),
            12 => Just(Act::Answer),
            2 => Just(Act::Lose),
            2 => Just(Act::LoseAnswer),
            1 => Just(Act::Portal),
            1 => Just(Act::Busy),
            1 => Just(Act::Stuck),
            1 => Just(Act::Kill),
            1 => Just(Act::Pause),
            1 => Just(Act::Resume),
            1 => Just(Act::Stray),
        ]
        .boxed()
    }

    fn apply((): (), _: &Act) {}
}

struct World {
    machine: Machine,
    now: Millis,
    under_way: Option<Output>,
    policy: Policy,
    head: u64,
    mark: u64,
    centre: u64,
    named: Vec<Hash32>,
    chunks_there: BTreeSet<(Hash32, u32)>,
    published_there: BTreeSet<Hash32>,
    published_here: BTreeSet<Hash32>,
}

const SIZE: u64 = 600_000;

fn hash(of: u64) -> Hash32 {
    Hash32::of(&[&of.to_be_bytes()])
}

impl World {
    fn new() -> Self {
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
            Output::Greet => Input::Greeted(Ok(Greeting::Welcome)),
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
            Output::Ask(blobs) => {
                let states = blobs.iter().map(|blob| (blob.sha256, self.state(blob)));
                Input::Asked(Ok(states.collect()))
            }
            Output::Put { blob, first, count } => {
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
            false => BlobState::Missing(self.missing(blob)),
        }
    }

    fn put(&self, blob: &Waiting) -> Put {
        Put::Missing(self.missing(blob))
    }

    fn work(&self) -> Work {
        let open = self.named.iter();
        let open = open.filter(|sha256| !self.published_here.contains(sha256));
        Work {
            enrolled: true,
            next: self.mark,
            head: self.head,
            blobs: open
                .map(|sha256| Waiting {
                    sha256: *sha256,
                    size: SIZE,
                    urgent: false,
                })
                .collect(),
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
            Output::Ask(_) => Input::Asked(Err(error)),
            Output::Put { .. } => Input::Put {
                result: Err(error),
                bytes: SIZE,
                took: 30_000,
            },
            Output::Complete(_) => Input::Completed(Err(error)),
            Output::Look | Output::Believe(_) | Output::Compare { .. } | Output::Keep(_) => {
                return None;
            }
        })
    }

    fn fail(&mut self, error: TransportError) {
        let Some(output) = self.take() else { return };
        match Self::failure(&output, error) {
            Some(input) => self.step(input),
            None => self.under_way = Some(output),
        }
    }

    fn act(&mut self, act: &Act) {
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

    fn check(&self) {
        assert!(
            self.mark <= self.centre,
            "nothing is shown there that is not"
        );
        assert!(
            self.centre <= self.head + 1,
            "the centre has only what was journaled"
        );
        assert!(self.published_here.is_subset(&self.published_there));
    }

    fn calm(&mut self) {
        self.act(&Act::Resume);
        for _ in 0..3_000 {
            if self.mark == self.head + 1 && self.published_here.len() == self.named.len() {
                return;
            }
            match self.under_way {
                Some(_) => self.act(&Act::Answer),
                None => self.act(&Act::Tick),
            }
        }
        panic!("a calm line empties the journal: {:?}", self.machine);
    }
}

fn answer(next_seq: u64) -> BatchAnswer {
    BatchAnswer {
        ws: Uuid::nil(),
        next_seq,
        head: hash(next_seq - 1),
        server_time: String::new(),
        quarantined: Vec::new(),
        want: Vec::new(),
        countersignature: SignatureBytes([0; 64]),
    }
}

fn receipt(sha256: Hash32) -> Published {
    Published {
        sha256,
        size: SIZE,
        server_time: String::new(),
        countersignature: SignatureBytes([0; 64]),
    }
}

impl StateMachineTest for World {
    type SystemUnderTest = World;
    type Reference = Model;

    fn init_test((): &()) -> World {
        World::new()
    }

    fn apply(mut world: World, (): &(), act: Act) -> World {
        world.act(&act);
        world.check();
        world
    }

    fn teardown(mut world: World, (): ()) {
        world.calm();
        world.check();
    }
}

proptest_state_machine::prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 5_000, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_is_lost_and_a_calm_line_empties_the_journal(sequential 1..80 => World);
}

#[test]
fn a_scan_has_its_turn_among_many_batches() {
    let mut world = World::new();
    world.act(&Act::Scan);
    world.act(&Act::Journal(200));
    world.act(&Act::SendNow);
    let mut batches = 0;
    while world.mark <= world.head {
        if matches!(world.under_way, Some(Output::Put { .. })) {
            assert!(
                batches <= 2 * u32::from(PATIENCE),
                "the scan waited for {batches} batches"
            );
            return;
        }
        batches += u32::from(matches!(world.under_way, Some(Output::Send { .. })));
        world.act(&Act::Answer);
    }
    panic!("all lines went before the scan had a turn");
}

#[test]
fn scans_wait_for_their_hours_and_for_an_unmetered_line_lines_never() {
    let night = Policy {
        window: Some(Window {
            from: 1080,
            to: 360,
        }),
        ..Policy::default()
    };
    let metered = Policy {
        metered: true,
        ..Policy::default()
    };
    for policy in [night, metered] {
        let mut world = World::new();
        world.machine = Machine::new(0, 0, PageSize::default(), policy);
        world.act(&Act::Scan);
        world.act(&Act::SendNow);
        for _ in 0..40 {
            world.act(&Act::Answer);
        }
        assert_eq!(world.mark, world.head + 1, "the line went");
        assert!(
            world.chunks_there.is_empty(),
            "the scan did not, with {policy:?}"
        );
    }
    assert!(
        night.of_now(1_200, vec![waiting()]).len() == 1,
        "at eight in the evening it may"
    );
    let urgent = Waiting {
        urgent: true,
        ..waiting()
    };
    assert!(
        metered.of_now(600, vec![urgent]).len() == 1,
        "an urgent one always may"
    );
}

fn waiting() -> Waiting {
    Waiting {
        sha256: hash(1),
        size: SIZE,
        urgent: false,
    }
}
