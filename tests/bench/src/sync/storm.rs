//! `storm_*`: the requests a second that 55,000 workstations make by their machines' own schedule, in virtual time: all are
//! switched on in the same moment, then the centre is away for an hour and comes back. No network and no store; filings go
//! on being received.

use crate::measure::Row;
use anyhow::{Context, Result, ensure};
use onedoor_central::later::TurnedAway;
use onedoor_protocol::{Hash32, batch::BatchAnswer, sign::SignatureBytes};
use onedoor_store::tables::blobs::Published;
use onedoor_sync::{
    TransportError,
    machine::{
        Believed, BlobState, Fed, Greeting, Input, Kept, Machine, Millis, Output, Policy, Pulled,
        Put, Waiting, Work,
    },
    plan::PageSize,
    transport::BatchOutcome,
};
use onedoor_testkit::seed::Seed;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, VecDeque},
    fmt::{self, Display, Formatter},
    ops::Range,
    sync::Arc,
    time::Duration,
};

const CLIENTS: usize = 55_000;
/// Workstations of an office: what one sends, the others' feeds bring.
const OFFICE: usize = 5;
const MINUTE: Millis = 60_000;
const AWAY: Range<Millis> = 30 * MINUTE..90 * MINUTE;
const RECEIVING: Millis = 130 * MINUTE;
const END: Millis = 160 * MINUTE;
/// Between two filings of a counter, on average: forty in eight hours.
const FILING: Millis = 12 * MINUTE;
/// How long one exchange takes.
const EXCHANGE: Millis = 50;
/// Minutes with fewer requests have no shape.
const SOME: u32 = 600;
const FEED_PAGE: u64 = 200;
const FORM: u64 = 50_000;

/// How the centre is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Away {
    /// Nobody answers.
    Gone,
    /// It answers 503 with the `Retry-After` of a centre that has no room.
    Busy,
}

/// Where a machine's chance comes from.
type Chance = fn(&mut Seed) -> u64;

pub fn rows() -> Result<Vec<Row>> {
    let gone = Storm::new(CLIENTS, Away::Gone, Seed::bits).blow()?;
    let busy = Storm::new(CLIENTS, Away::Busy, Seed::bits).blow()?;
    let peak = |name, of: &Requests| {
        let what = format!("mean of the busiest minute of {CLIENTS} machines; {of}");
        let mean = f64::from(of.busiest_minute()) / 60.0;
        Row::new(name, f64::from(of.peak()), "per s", mean, what)
    };
    let sharpest = |name, of: &Requests| {
        let what = "the minute's mean; its sharpest second, without the first minute";
        Row::new(name, of.sharpest(), "times", 1.0, what)
    };
    Ok(vec![
        peak("storm_peak_requests_per_s", &gone).at_most(3_000.0),
        sharpest("storm_second_to_minute", &gone).at_most(3.0),
        peak("storm_503_peak_requests_per_s", &busy).at_most(3_000.0),
        sharpest("storm_503_second_to_minute", &busy).at_most(3.0),
    ])
}

/// A workstation: its machine, and what it has.
struct Client {
    machine: Machine,
    next: u64,
    head: u64,
    cursor: u64,
    /// Forms that the centre lacks, by number; the first of them was named by the earliest line.
    forms: VecDeque<u64>,
    /// What will have come of the exchange under way.
    coming: Option<Input>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    /// The machine's own wake, or what came of an exchange.
    Turn,
    /// A filing is received.
    Filing,
}

struct Storm {
    clients: Vec<Client>,
    /// Lines of each office's feed.
    feeds: Vec<u64>,
    away: Away,
    chance: Chance,
    /// What a machine draws while the centre is away, where it is not chance: a planted fault.
    drawn_while_away: Option<u64>,
    seed: Seed,
    turned_away: TurnedAway,
    agenda: BinaryHeap<Reverse<(Millis, usize, Happens)>>,
    requests: Requests,
    filings: u64,
}

impl Storm {
    fn new(clients: usize, away: Away, chance: Chance) -> Self {
        let mut storm = Storm {
            clients: Vec::with_capacity(clients),
            feeds: vec![0; clients.div_ceil(OFFICE)],
            away,
            chance,
            drawn_while_away: None,
            seed: Seed::new(7),
            turned_away: TurnedAway::default(),
            agenda: BinaryHeap::new(),
            requests: Requests::default(),
            filings: 0,
        };
        for at in 0..clients {
            let random = (storm.chance)(&mut storm.seed);
            let machine = Machine::new(0, random, PageSize::default(), Policy::default());
            storm.clients.push(Client {
                machine,
                next: 1,
                head: 0,
                cursor: 0,
                forms: VecDeque::new(),
                coming: None,
            });
            storm.agenda_of(at);
            let first = storm.seed.below(2 * FILING);
            storm.agenda.push(Reverse((first, at, Happens::Filing)));
        }
        storm
    }

    /// When this client's machine wants to be woken.
    fn agenda_of(&mut self, at: usize) {
        let wake = self
            .clients
            .get(at)
            .and_then(|client| client.machine.wake());
        if let Some(wake) = wake {
            self.agenda.push(Reverse((wake, at, Happens::Turn)));
        }
    }

    /// Runs to the end; everything that was received must be at the centre then, and heard of in its office.
    fn blow(mut self) -> Result<Requests> {
        while let Some(Reverse((now, at, happens))) = self.agenda.pop() {
            if now > END {
                break;
            }
            match happens {
                Happens::Filing => self.receive(now, at)?,
                Happens::Turn => self.turn(now, at)?,
            }
        }
        ensure!(self.filings > 0, "nobody received a filing");
        let late = self.clients.iter().enumerate().filter(|(at, client)| {
            let heard = self.feeds.get(at / OFFICE) == Some(&client.cursor);
            client.next <= client.head || !client.forms.is_empty() || !heard
        });
        ensure!(late.count() == 0, "not everything was sent and heard");
        Ok(self.requests)
    }

    fn receive(&mut self, now: Millis, at: usize) -> Result<()> {
        self.filings += 1;
        let number = self.filings;
        let client = self.clients.get_mut(at).context("a client")?;
        client.head += 2;
        client.forms.push_back(number);
        self.step(now, at, Input::Lines)?;
        let next = now + 1 + self.seed.below(2 * FILING);
        if next < RECEIVING {
            self.agenda.push(Reverse((next, at, Happens::Filing)));
        }
        Ok(())
    }

    fn turn(&mut self, now: Millis, at: usize) -> Result<()> {
        let client = self.clients.get_mut(at).context("a client")?;
        match (client.coming.take(), client.machine.wake()) {
            (Some(input), _) => self.step(now, at, input),
            (None, Some(wake)) if wake <= now => self.step(now, at, Input::Tick),
            // It was put off or brought forward: that turn stands in the agenda too.
            _ => Ok(()),
        }
    }

    /// Steps the machine, and does at once what needs no exchange.
    fn step(&mut self, now: Millis, at: usize, input: Input) -> Result<()> {
        let mut input = input;
        loop {
            let planted = self.drawn_while_away.filter(|_| AWAY.contains(&now));
            let random = planted.unwrap_or_else(|| (self.chance)(&mut self.seed));
            let client = self.clients.get_mut(at).context("a client")?;
            let Some(output) = client.machine.step(now, random, input) else {
                // A nudge while an exchange is under way changes no wake.
                self.agenda_of(at);
                return Ok(());
            };
            input = match self.at_once(at, &output)? {
                Some(input) => input,
                None => {
                    self.requests.count(now, &output);
                    let came = self.exchange(now, at, output)?;
                    let client = self.clients.get_mut(at).context("a client")?;
                    client.coming = Some(came);
                    self.agenda
                        .push(Reverse((now + EXCHANGE, at, Happens::Turn)));
                    return Ok(());
                }
            };
        }
    }

    /// What the workstation does alone.
    fn at_once(&mut self, at: usize, output: &Output) -> Result<Option<Input>> {
        let client = self.clients.get_mut(at).context("a client")?;
        let feed = *self.feeds.get(at / OFFICE).context("an office")?;
        Ok(Some(match output {
            Output::Look => Input::Seen(Work {
                enrolled: true,
                next: client.next,
                head: client.head,
                cursor: client.cursor,
                blobs: client.forms.iter().map(|number| form(*number)).collect(),
                wanted: Vec::new(),
                snapshot: None,
                minute: 0,
            }),
            Output::Believe(answer) => {
                client.next = answer.next_seq;
                Input::Believed(Believed::Advanced(answer.next_seq))
            }
            Output::Read { after, .. } => {
                client.cursor = (after + FEED_PAGE).min(feed);
                Input::Read(Fed::Applied {
                    more: client.cursor < feed,
                    new: 0,
                })
            }
            Output::Keep(receipt) => {
                client
                    .forms
                    .retain(|number| form(*number).sha256 != receipt.sha256);
                Input::Kept(Kept::Noted(receipt.sha256))
            }
            _ => return Ok(None),
        }))
    }

    /// What comes of a request made now.
    fn exchange(&mut self, now: Millis, at: usize, output: Output) -> Result<Input> {
        if AWAY.contains(&now) {
            return Ok(self.fails(now, output));
        }
        let client = self.clients.get(at).context("a client")?;
        let feed = self.feeds.get_mut(at / OFFICE).context("an office")?;
        Ok(match output {
            Output::Greet => Input::Greeted(Ok(Greeting::Welcome { feed: Some(*feed) })),
            Output::Send { first, page } => {
                let last = client.head.min(first + page.lines as u64 - 1);
                *feed += last + 1 - first;
                Input::Sent {
                    result: Ok(BatchOutcome::Taken(taken(last + 1))),
                    last,
                    bytes: 500 * (last + 1 - first),
                    took: EXCHANGE,
                }
            }
            Output::Pull { .. } => Input::Pulled {
                result: Ok(Pulled::Page(Arc::default())),
                bytes: 1_000,
                took: EXCHANGE,
            },
            Output::Ask(blobs) => {
                let missing =
                    |blob: Waiting| (blob.sha256, BlobState::Missing(vec![[0, 0]].into()));
                Input::Asked(Ok(blobs.into_iter().map(missing).collect()))
            }
            Output::Put { blob, .. } => Input::Put {
                result: Ok(Put::Published(Box::new(Published {
                    sha256: blob.sha256,
                    size: blob.size,
                    server_time: String::new(),
                    countersignature: SignatureBytes([0; 64]),
                }))),
                bytes: FORM,
                took: EXCHANGE,
            },
            other => anyhow::bail!("a machine wants {other:?}"),
        })
    }

    /// How long the centre wants to be left alone by one more.
    fn turn_away(&mut self, now: Millis) -> Duration {
        let [random, ..] = self.seed.bits().to_be_bytes();
        Duration::from_secs(self.turned_away.one_more(now, random).into())
    }

    fn fails(&mut self, now: Millis, output: Output) -> Input {
        let error = match self.away {
            Away::Gone => TransportError::Offline,
            Away::Busy => TransportError::ServerDown {
                status: 503,
                retry_after: Some(self.turn_away(now)),
            },
        };
        let (bytes, took) = (0, EXCHANGE);
        match output {
            Output::Send { .. } => Input::Sent {
                result: Err(error),
                last: 0,
                bytes,
                took,
            },
            Output::Pull { .. } => Input::Pulled {
                result: Err(error),
                bytes,
                took,
            },
            Output::Ask(_) => Input::Asked(Err(error)),
            Output::Put { .. } => Input::Put {
                result: Err(error),
                bytes,
                took,
            },
            _ => Input::Greeted(Err(error)),
        }
    }
}

fn form(number: u64) -> Waiting {
    let mut sha256 = [0; 32];
    sha256[..8].copy_from_slice(&number.to_be_bytes());
    Waiting {
        sha256: Hash32(sha256),
        size: FORM,
        urgent: false,
    }
}

fn taken(next_seq: u64) -> BatchAnswer {
    BatchAnswer {
        ws: uuid::Uuid::nil(),
        next_seq,
        head: Hash32([0; 32]),
        server_time: String::new(),
        quarantined: Vec::new(),
        want: Vec::new(),
        countersignature: SignatureBytes([0; 64]),
    }
}

/// Requests by the second, and what they ask.
#[derive(Debug, Default)]
struct Requests(Vec<BTreeMap<&'static str, u32>>);

impl Requests {
    fn count(&mut self, now: Millis, output: &Output) {
        let asks = match output {
            Output::Send { .. } => "batches",
            Output::Pull { .. } => "feed pages",
            Output::Ask(_) => "blob queries",
            Output::Put { .. } => "blobs",
            _ => "hellos",
        };
        let second = usize::try_from(now / 1000).unwrap_or(usize::MAX);
        if self.0.len() <= second {
            self.0.resize_with(second + 1, BTreeMap::new);
        }
        *self.0[second].entry(asks).or_default() += 1;
    }

    fn seconds(&self) -> Vec<u32> {
        self.0.iter().map(|second| second.values().sum()).collect()
    }

    fn peak(&self) -> u32 {
        self.seconds().into_iter().max().unwrap_or_default()
    }

    fn busiest_minute(&self) -> u32 {
        let seconds = self.seconds();
        let minutes = seconds.chunks_exact(60).map(|minute| minute.iter().sum());
        minutes.max().unwrap_or_default()
    }

    /// The largest ratio of a second to its minute's mean, after the first minute.
    fn sharpest(&self) -> f64 {
        let seconds = self.seconds();
        let minutes = seconds.chunks_exact(60).skip(1);
        let full = minutes.filter(|minute| minute.iter().sum::<u32>() >= SOME);
        let sharp = full.map(|minute| {
            let mean = f64::from(minute.iter().sum::<u32>()) / 60.0;
            f64::from(minute.iter().copied().max().unwrap_or_default()) / mean
        });
        sharp.fold(f64::NAN, f64::max)
    }
}

/// When its worst second was, what was asked in it, and the worst second before the centre was away and while it was.
impl Display for Requests {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let seconds = self.seconds();
        let worst = |minutes: Range<Millis>| {
            let second = |minute: Millis| usize::try_from(minute / 1000).unwrap_or(usize::MAX);
            let of = seconds.get(second(minutes.start)..second(minutes.end));
            of.and_then(|of| of.iter().max())
                .copied()
                .unwrap_or_default()
        };
        let peak = self.peak();
        let at = seconds.iter().position(|count| *count == peak);
        let asked = at.and_then(|at| self.0.get(at));
        let before = worst(0..AWAY.start);
        let during = worst(AWAY);
        write!(
            out,
            "peak at second {:?} {asked:?}; {before} before the centre went, {during} while it was away",
            at.unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: usize = 2_000;

    #[test]
    fn workstations_that_all_draw_the_same_are_found() {
        let calm = Storm::new(FEW, Away::Gone, Seed::bits).blow().unwrap();
        let same = Storm::new(FEW, Away::Gone, |_| u64::MAX / 2)
            .blow()
            .unwrap();
        assert!(
            calm.sharpest() < same.sharpest(),
            "{} {}",
            calm.sharpest(),
            same.sharpest()
        );
        assert!(same.peak() as usize >= FEW, "all greet in the same second");
        assert!((calm.peak() as usize) < FEW / 10, "{}", calm.peak());
    }

    /// What the whole country's limit is for these few, over a minute: their seconds are too few to have a peak.
    const LIMIT: u32 = 60 * 3_000 * FEW as u32 / CLIENTS as u32;

    #[test]
    fn workstations_that_come_back_from_a_503_as_soon_as_they_may_break_the_limit() {
        let ours = Storm::new(FEW, Away::Busy, Seed::bits).blow().unwrap();
        let mut hasty = Storm::new(FEW, Away::Busy, Seed::bits);
        hasty.drawn_while_away = Some(0);
        let hasty = hasty.blow().unwrap();
        let busiest = ours.busiest_minute();
        assert!(busiest <= LIMIT, "{busiest} of {LIMIT}: {ours}");
        let busiest = hasty.busiest_minute();
        assert!(busiest > LIMIT, "{busiest} of {LIMIT}: {hasty}");
    }

    #[test]
    fn no_requests_are_no_calm() {
        assert!(Requests::default().sharpest().is_nan());
        let row = Row::new("storm", Requests::default().sharpest(), "", 1.0, "").at_most(3.0);
        assert!(row.broken().is_some());
    }
}
