//! One workstation of the simulated office, and what its inputs and outputs are called.

use std::sync::{Arc, Mutex};

use onedoor_sync::Engine;
use onedoor_sync::engine::Surroundings;
use onedoor_sync::machine::{Input, Machine, Millis};
use onedoor_sync::transport::Transport;
use onedoor_testkit::seed::Seed;
use uuid::Uuid;

use crate::memory::{Memory, MemoryShelf};
use crate::wire::Shared;

/// Time and chance of one workstation.
pub(super) struct Chance(pub(super) Mutex<Seed>, pub(super) Arc<Mutex<i64>>);

impl Surroundings for Chance {
    fn now(&self) -> String {
        String::new()
    }
    fn minute(&self) -> u16 {
        let minutes = locked(&self.1, |now| *now) / 60_000 % 1440;
        u16::try_from(minutes).unwrap_or(0)
    }
    fn random(&self) -> u64 {
        locked(&self.0, Seed::bits)
    }
    fn nonce(&self) -> [u8; 16] {
        locked(&self.0, |seed| {
            (u128::from(seed.bits()) << 64 | u128::from(seed.bits())).to_be_bytes()
        })
    }
}

pub(super) fn locked<T, U>(mutex: &Mutex<T>, body: impl FnOnce(&mut T) -> U) -> U {
    body(
        &mut mutex
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner),
    )
}

/// A workstation, its line, and what the office knows of it.
pub(super) struct Node {
    pub(super) shelf: MemoryShelf,
    pub(super) wire: Shared,
    pub(super) engine: Engine,
    pub(super) machine: Machine,
    pub(super) chance: Arc<Chance>,
    /// Counts lives and wakes: an event of an earlier one means nothing.
    pub(super) epoch: u64,
    pub(super) under_way: Option<Input>,
    pub(super) backup: Option<Memory>,
    /// Beside the database, not in its backup: the last line, and the next number.
    pub(super) canary: (u64, u32),
    pub(super) numbers_stopped: bool,
    pub(super) papers: Vec<Uuid>,
    /// Journals of earlier incarnations, as they were when they ended.
    pub(super) ended: Vec<Memory>,
    pub(super) failures: Vec<Millis>,
    pub(super) counter: u16,
}

impl Node {
    pub(super) fn waits(&self) -> bool {
        self.shelf.lock().waits()
    }
}

pub(super) fn engine(shelf: &MemoryShelf, wire: &Shared, chance: &Arc<Chance>) -> Engine {
    Engine::new(
        Arc::new(shelf.clone()),
        Transport::new(Arc::clone(wire) as Arc<dyn onedoor_sync::transport::Wire>),
        Arc::clone(chance) as Arc<dyn Surroundings>,
        "simulated".into(),
    )
}

/// Sizes on the wire differ a little from run to run, since ids do; a replay must not.
pub(super) fn steady(input: Input, lines: u64) -> Input {
    match input {
        Input::Sent { result, last, .. } => Input::Sent {
            result,
            last,
            bytes: 300 * (1 + lines),
            took: 200,
        },
        Input::Put { result, bytes, .. } => Input::Put {
            result,
            bytes,
            took: 400,
        },
        Input::Pulled { result, .. } => Input::Pulled {
            result,
            bytes: 4_000,
            took: 200,
        },
        Input::Fetched { result, .. } => Input::Fetched {
            result,
            bytes: 8_000,
            took: 200,
        },
        other => other,
    }
}

pub(super) fn is_failure(input: &Input) -> bool {
    match input {
        Input::Greeted(result) => result.is_err(),
        Input::Sent { result, .. } => result.is_err(),
        Input::Put { result, .. } => result.is_err(),
        Input::Pulled { result, .. } => result.is_err(),
        Input::Fetched { result, .. } => result.is_err(),
        Input::Asked(result) => result.is_err(),
        Input::Completed(result) => result.is_err(),
        Input::Stuck => true,
        _ => false,
    }
}

pub(super) fn has_quarantine(input: &Input) -> bool {
    use onedoor_sync::transport::BatchOutcome::Taken;
    matches!(input, Input::Sent { result: Ok(Taken(answer)), .. } if !answer.quarantined.is_empty())
}

pub(super) fn name(output: &onedoor_sync::machine::Output) -> &'static str {
    use onedoor_sync::machine::Output;
    match output {
        Output::Look => "look",
        Output::Greet => "greet",
        Output::Send { .. } => "send",
        Output::Believe(_) => "believe",
        Output::Compare { .. } => "compare",
        Output::Pull { .. } => "pull",
        Output::Read { .. } => "read",
        Output::Accept { .. } => "accept",
        Output::FetchSnapshot(_) => "fetch snapshot",
        Output::TakeSnapshot(_) => "take snapshot",
        Output::Rewind => "rewind",
        Output::Fetch(_) => "fetch",
        Output::Ask(_) => "ask",
        Output::Put { .. } => "put",
        Output::Complete(_) => "complete",
        Output::Keep(_) => "keep",
    }
}

/// An id of the kind that a filing has, the same on every run.
pub(super) fn paper(seed: &mut Seed, now: Millis) -> Uuid {
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&seed.bits().to_be_bytes());
    let at = super::MORNING.unsigned_abs() + now;
    uuid::Builder::from_unix_timestamp_millis(at, &chance).into_uuid()
}

/// A snapshot keeps what happened since.
const SINCE: jiff::civil::Date = jiff::civil::date(2024, 11, 23);

/// The centre trims all of an office's feed; false when there was nothing to trim.
pub(super) async fn trim(
    central: &onedoor_central::Central,
    clock: &Mutex<i64>,
    office: &str,
) -> anyhow::Result<bool> {
    let before = jiff::Timestamp::from_millisecond(locked(clock, |now| *now) + 1)?;
    let pruned = central.prune_feed(office, before, SINCE).await?;
    Ok(pruned.snapshot.is_some())
}
