//! One seed: an office of a few workstations, a morning of filings, bad weather, then calm. Events are taken in the order
//! of virtual time; one workstation's machine, engine and wire are the program's own.

mod ending;
mod lives;
mod node;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow};
use jiff::Timestamp;
use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_protocol::enrol::{Counter, Office};
use onedoor_sync::engine::Surroundings;
use onedoor_sync::machine::{Input, Millis};
use onedoor_sync::transport::{EnrolOutcome, Transport};
use onedoor_testkit::{journal::Journal, seed::Seed, temp::Folder};

use crate::check::{Broken, Papers};
use crate::memory::{Memory, MemoryShelf};
use crate::wire::{Line, SeededWire};
use crate::{Bug, Weather};
use node::{Chance, Node, engine, has_quarantine, is_failure, locked, name, paper, steady, trim};

/// When the weather calms, in virtual milliseconds.
const CALM: Millis = 2_400_000;
/// How long it may take then until nothing waits.
const PATIENCE: Millis = 24 * 3_600_000;
/// No wait after a failure is longer.
const CEILING: Millis = 600_000;
/// Failures in a row in one minute that no schedule makes.
const TOO_MANY: usize = 25;
/// Monday 2026-11-23, 07:30 in Vietnam.
const MORNING: i64 = 1_795_393_800_000;

/// A centre that many seeds share, each with an office of its own.
pub struct Stage {
    central: Central,
    clock: Arc<Mutex<i64>>,
    offices: u64,
    _folder: Folder,
}

/// What became of a seed.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// Promises that were broken.
    pub broken: Vec<Broken>,
    /// What happened.
    pub weather: Weather,
    /// What was done when: the same on every run of the seed.
    pub trace: Vec<(Millis, u8, &'static str)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Line(usize),
    Weather(usize),
    Late(usize),
    Backup(usize),
    Restart(usize),
    Restore(usize),
    /// The centre trims the office's feed.
    Trim,
    Tick(usize, u64),
    Arrives(usize, u64),
    /// A planted fault: again at once, whatever went wrong.
    Impatient(usize),
    Calm,
}

struct World<'s> {
    stage: &'s Stage,
    office: String,
    seed: Seed,
    bug: Option<Bug>,
    now: Millis,
    calm: bool,
    nodes: Vec<Node>,
    events: BTreeMap<(Millis, u64), Event>,
    order: u64,
    papers: Papers,
    outcome: Outcome,
    next_counter: u16,
}

impl Stage {
    /// A centre with an empty book.
    pub async fn open() -> Result<Self> {
        let folder = Folder::in_memory();
        let clock = Arc::new(Mutex::new(MORNING));
        let told = Arc::clone(&clock);
        let options = Options {
            clock: Arc::new(move || {
                Timestamp::from_millisecond(locked(&told, |now| *now)).unwrap_or_default()
            }),
            ..Options::new(folder.path())
        };
        Ok(Stage {
            central: Central::open(options).await?,
            clock,
            offices: 0,
            _folder: folder,
        })
    }

    /// Runs one seed.
    pub async fn run(&mut self, seed: u64, bug: Option<Bug>) -> Result<Outcome> {
        self.offices += 1;
        let office = format!("s{}", self.offices);
        locked(&self.clock, |now| *now = MORNING);
        self.central
            .add_office(OfficeRecord {
                office: Office {
                    id: office.clone(),
                    name: "Xã Mô Phỏng".into(),
                    parent: String::new(),
                    place: String::new(),
                    agency: format!("H15.{:02}.{:02}.13", self.offices / 100, self.offices % 100),
                    symbol: "MP".into(),
                    time_zone: "Asia/Ho_Chi_Minh".into(),
                    mission: None,
                },
                province: "66".into(),
            })
            .await?;
        let mut world = World {
            stage: self,
            office,
            seed: Seed::new(seed),
            bug,
            now: 0,
            calm: false,
            nodes: Vec::new(),
            events: BTreeMap::new(),
            order: 0,
            papers: Papers::default(),
            outcome: Outcome {
                seed,
                broken: Vec::new(),
                weather: Weather::default(),
                trace: Vec::new(),
            },
            next_counter: 1,
        };
        world.settle().await?;
        world.run().await?;
        world.check().await?;
        Ok(world.outcome)
    }
}

impl World<'_> {
    async fn settle(&mut self) -> Result<()> {
        let many = 2 + usize::try_from(self.seed.below(2))?;
        for at in 0..many {
            let node = self.node(at).await?;
            self.nodes.push(node);
            self.wake(at);
            for _ in 0..6 + self.seed.below(14) {
                let when = self.seed.below(CALM);
                self.at(when, Event::Line(at));
            }
            for _ in 0..4 {
                let when = self.seed.below(CALM);
                self.at(when, Event::Weather(at));
                let when = self.seed.below(2 * CALM);
                self.at(when, Event::Late(at));
            }
            if self.seed.one_in(2) {
                let when = self.seed.below(CALM);
                self.at(when, Event::Restart(at));
            }
            if self.seed.one_in(4) {
                let saved = self.seed.below(CALM / 2);
                let restored = saved + self.seed.below(CALM / 2);
                self.at(saved, Event::Backup(at));
                self.at(restored, Event::Restore(at));
                // Somebody is served while the line is at its worst.
                for _ in 0..3 {
                    let soon = self.seed.below(60_000);
                    self.at(restored.saturating_sub(30_000) + soon, Event::Line(at));
                }
            }
        }
        if self.seed.one_in(2) {
            let when = self.seed.below(2 * CALM);
            self.at(when, Event::Trim);
        }
        self.at(CALM, Event::Calm);
        Ok(())
    }

    /// A workstation that joins the office.
    async fn node(&mut self, at: usize) -> Result<Node> {
        let counter = self.next_counter;
        let memory = self.enrol(counter).await?;
        let shelf = MemoryShelf {
            memory: Arc::new(Mutex::new(memory)),
            bug: self.bug,
        };
        let wire = SeededWire::new(self.stage.central.router(), self.seed.bits(), self.bug);
        let wire = Arc::new(wire);
        let chance = Mutex::new(Seed::new(self.seed.bits() ^ at as u64));
        let chance = Arc::new(Chance(chance, Arc::clone(&self.stage.clock)));
        let engine = engine(&shelf, &wire, &chance);
        let canary = (0, shelf.lock().next_number);
        Ok(Node {
            machine: engine.machine(self.now),
            shelf,
            wire,
            engine,
            chance,
            epoch: 0,
            under_way: None,
            backup: None,
            canary,
            numbers_stopped: false,
            papers: Vec::new(),
            ended: Vec::new(),
            failures: Vec::new(),
            counter,
        })
    }

    /// A new incarnation of the counter, enrolled on a calm line.
    async fn enrol(&mut self, number: u16) -> Result<Memory> {
        let counter = Counter {
            number,
            name: format!("Quầy {number}"),
        };
        self.next_counter = number + 1;
        let code = self.stage.central.enrolment_code(&self.office, counter);
        let code = code.await.context("a code")?;
        let mut secret = [0; 32];
        for part in secret.chunks_mut(8) {
            part.copy_from_slice(&self.seed.bits().to_be_bytes());
        }
        let key = onedoor_protocol::sign::SecretKey::from_seed(&secret);
        let wire = Arc::new(SeededWire::new(self.stage.central.router(), 0, None));
        let request = onedoor_protocol::enrol::EnrolRequest::new(&key, &code.code, "simulated");
        let EnrolOutcome::Enrolled(signed) = Transport::new(wire).enrol(&request).await? else {
            return Err(anyhow!("the code was not taken"));
        };
        let enrolment: onedoor_protocol::enrol::Enrolment =
            signed.peek().ok_or_else(|| anyhow!("no enrolment"))?;
        let journal = Journal::new(enrolment.ws, key, &self.office);
        Ok(Memory::new(journal, enrolment))
    }

    fn at(&mut self, when: Millis, event: Event) {
        self.order += 1;
        self.events.insert((when, self.order), event);
    }

    /// The machine's own time to wake.
    fn wake(&mut self, at: usize) {
        let Some(node) = self.nodes.get(at) else {
            return;
        };
        if let Some(wake) = node.machine.wake() {
            let epoch = node.epoch;
            self.at(wake.max(self.now), Event::Tick(at, epoch));
        }
    }

    async fn run(&mut self) -> Result<()> {
        while let Some(((when, _), event)) = self.events.pop_first() {
            self.now = self.now.max(when);
            locked(&self.stage.clock, |now| {
                *now = MORNING + i64::try_from(self.now).unwrap_or(0);
            });
            if self.now > CALM + PATIENCE || self.outcome.trace.len() > 20_000 {
                break;
            }
            self.happen(event).await?;
            if self.calm && self.nodes.iter().all(|node| !node.waits()) && self.all_heard().await? {
                break;
            }
        }
        Ok(())
    }

    async fn happen(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Line(at) => {
                self.journal(at);
                self.step(at, Input::Lines).await
            }
            Event::Impatient(at) => self.step(at, Input::Now).await,
            Event::Tick(at, epoch) if self.nodes[at].epoch == epoch => {
                self.step(at, Input::Tick).await
            }
            Event::Arrives(at, epoch) if self.nodes[at].epoch == epoch => {
                match self.nodes[at].under_way.take() {
                    Some(input) => self.step(at, input).await,
                    None => Ok(()),
                }
            }
            Event::Weather(at) => {
                if !self.calm {
                    let line = match self.seed.below(5) {
                        0 => Line::Down,
                        1 => Line::Portal,
                        2 => Line::Rough(2),
                        3 => Line::Rough(5),
                        _ => Line::Calm,
                    };
                    self.nodes[at].wire.set(line);
                }
                Ok(())
            }
            Event::Late(at) => {
                let wire = Arc::clone(&self.nodes[at].wire);
                wire.late().await;
                Ok(())
            }
            Event::Backup(at) => {
                let node = &mut self.nodes[at];
                node.backup = Some(node.shelf.lock().clone());
                if !self.calm {
                    node.wire.set(Line::Holding);
                }
                Ok(())
            }
            Event::Restart(at) => {
                self.outcome.weather.restarts += 1;
                self.restart(at);
                Ok(())
            }
            Event::Restore(at) => {
                if let Some(backup) = self.nodes[at].backup.take() {
                    self.outcome.weather.restores += 1;
                    // A line that holds things back is what makes a restored store dangerous.
                    if !self.calm {
                        self.nodes[at].wire.set(Line::Treacherous);
                    }
                    *self.nodes[at].shelf.lock() = backup;
                    self.restart(at);
                }
                Ok(())
            }
            Event::Trim => {
                let made = trim(&self.stage.central, &self.stage.clock, &self.office);
                self.outcome.weather.trimmed += u64::from(made.await?);
                Ok(())
            }
            Event::Calm => {
                self.calm = true;
                for node in &self.nodes {
                    node.wire.set(Line::Calm);
                }
                Ok(())
            }
            Event::Tick(..) | Event::Arrives(..) => Ok(()),
        }
    }

    /// A citizen at the counter: a filing, now and then with its PDF, now and then a line that the centre can't apply.
    fn journal(&mut self, at: usize) {
        let (poison, blob) = (self.seed.one_in(12), self.seed.one_in(4));
        let size = *self.seed.pick(&[8_usize, 900, 262_144, 300_000, 600_000]);
        let fill = self.seed.bits().to_be_bytes();
        let node = &mut self.nodes[at];
        let mut memory = node.shelf.lock();
        let paper = paper(&mut self.seed, self.now);
        let mut filing = onedoor_testkit::journal::received(paper, "");
        if node.numbers_stopped {
            self.outcome.weather.provisional += 1;
            let short = memory.journal.ws.simple().to_string();
            let code = format!("T-{}-{}", &short[..8], memory.journal.next_seq());
            (filing.code, filing.provisional) = (None, Some(code));
        } else {
            self.outcome.weather.numbers += 1;
            let agency = &memory.enrolment.office.agency;
            let code = format!("{agency}-261123-{:04}", memory.next_number);
            memory.next_number += 1;
            self.outcome
                .broken
                .extend(self.papers.printed(&code, paper));
            filing.code = Some(code);
        }
        memory.journal.say(filing);
        node.papers.push(paper);
        if blob {
            let bytes: Vec<u8> = fill.iter().copied().cycle().take(size).collect();
            memory.name(paper, bytes);
        }
        if poison {
            memory.journal.raw(format!("no line {}", self.now));
        }
        node.canary = (
            node.canary.0.max(memory.journal.next_seq() - 1),
            node.canary.1.max(memory.next_number),
        );
    }

    async fn step(&mut self, at: usize, input: Input) -> Result<()> {
        let random = self.nodes[at].chance.random();
        let now = self.now;
        let poison = self.bug == Some(Bug::PoisonBlocks) && has_quarantine(&input);
        let node = &mut self.nodes[at];
        let input = if poison { Input::Stuck } else { input };
        let failed = is_failure(&input);
        let answered = matches!(input, Input::Believed(_) | Input::Read(_) | Input::Kept(_));
        let output = node.machine.step(now, random, input);
        if failed {
            node.failures.push(now);
        } else if answered {
            node.failures.clear();
        }
        if let Some(wake) = node.machine.wake() {
            node.epoch += 1;
            if failed && wake > now + CEILING {
                let words = format!("a wait of {} s", (wake - now) / 1000);
                self.outcome.broken.push(Broken::Schedule(words));
            }
            if failed && self.bug == Some(Bug::NoBackoff) {
                self.at(now + 50, Event::Impatient(at));
            }
        }
        self.count_failures(at);
        let Some(output) = output else {
            self.new_incarnation(at).await?;
            self.wake(at);
            return Ok(());
        };
        let name = name(&output);
        self.outcome.trace.push((now, u8::try_from(at)?, name));
        let node = &mut self.nodes[at];
        let before = node.machine.status().done;
        let done = steady(node.engine.carry_out(output).await, before);
        node.under_way = Some(done);
        let epoch = node.epoch;
        let local = matches!(
            name,
            "look" | "believe" | "compare" | "read" | "keep" | "accept" | "take snapshot"
        );
        let delay = if local {
            1
        } else {
            20 + self.seed.below(2_000)
        };
        self.at(now + delay, Event::Arrives(at, epoch));
        Ok(())
    }

    /// Failures in a row within one minute: the schedule allows a few.
    fn count_failures(&mut self, at: usize) {
        let now = self.now;
        let failures = &mut self.nodes[at].failures;
        failures.retain(|then| then + 60_000 > now);
        if failures.len() > TOO_MANY {
            let words = format!("{} failures in a row in a minute", failures.len());
            self.outcome.broken.push(Broken::Schedule(words));
            failures.clear();
        }
    }
}
