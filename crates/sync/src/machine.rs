//! The engine's mind: what to do next, from what is known and what just happened. Pure: no clock, no chance, no store and
//! no network. Time comes in as milliseconds of a clock that only moves forward, chance as a number, and everything that
//! was done comes back as an [`Input`]. One thing is under way at a time, so an answer always belongs to the last
//! [`Output`]. Not here: how an output is carried out (`engine`), what a batch holds (`plan`).

mod goodput;
mod input;
mod policy;
mod reading;
mod status;
#[cfg(test)]
mod tests;
mod upload;

pub use input::{
    Believed, BlobState, Fed, Fetched, Greeting, Input, Kept, Lacking, Output, Pulled, Put,
    Resting, Waiting, Work,
};
pub use policy::{Policy, Window};
pub use status::{Link, Status};

use crate::{
    backoff::{Backoff, CEILING, spread},
    plan::{self, AfterRefusal, PageSize},
    transport::{BatchOutcome, TransportError},
};
use goodput::Goodput;
use onedoor_protocol::{Hash32, batch::BatchAnswer};
use std::collections::BTreeSet;
use upload::Uploads;

/// Milliseconds of a clock that only moves forward.
pub type Millis = u64;

/// A batch closes after this much quiet.
pub const QUIET: Millis = 2_000;
/// First contact after a start comes within this time, so that a morning has no peak.
pub const FIRST_CONTACT: Millis = 120_000;
/// How often an idle workstation asks, on average.
pub const IDLE: Millis = 300_000;
/// So many batches may go before one step of a waiting scan: lines come first, but not for ever.
const PATIENCE: u8 = 8;

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Looking,
    Greeting,
    Sending,
    Believing,
    Comparing { seq: u64 },
    Pulling { after: u64 },
    Reading,
    Fetching { sha256: Hash32 },
    Asking,
    Putting,
    Completing,
    Keeping,
}

/// The machine. Nothing in it matters after a kill: it starts again from the store's mark.
#[derive(Debug, Clone)]
pub struct Machine {
    doing: Doing,
    wake: Millis,
    backoff: Backoff,
    policy: Policy,
    goodput: Goodput,
    uploads: Uploads,
    status: Status,
    /// The centre has signed an answer since the last pause between contacts.
    greeted: bool,
    /// Something came in while something else was under way.
    again: bool,
    /// The centre asked for lines from here, below the store's mark.
    resend: Option<u64>,
    /// First line that this contact had to send.
    began: Option<u64>,
    /// The last line of the office's feed as this contact knows it; none when it has been read.
    feed: Option<u64>,
    /// Wanted blobs that the centre does not give in this contact.
    absent: BTreeSet<Hash32>,
    /// Batches since the feed or a scan had its turn, and whether the feed had the last one.
    passed: u8,
    fed_last: bool,
    page: PageSize,
}

impl Machine {
    /// A machine that begins at `now`; `random` spreads the first contact of many over two minutes.
    pub fn new(now: Millis, random: u64, page: PageSize, policy: Policy) -> Self {
        Machine {
            doing: Doing::Nothing,
            wake: now + spread(random, FIRST_CONTACT),
            backoff: Backoff::default(),
            policy,
            goodput: Goodput::default(),
            uploads: Uploads::default(),
            status: Status::default(),
            greeted: false,
            again: false,
            resend: None,
            began: None,
            feed: None,
            absent: BTreeSet::new(),
            passed: 0,
            fed_last: false,
            page,
        }
    }

    /// When [`Input::Tick`] is due; none while something is under way.
    pub fn wake(&self) -> Option<Millis> {
        (self.doing == Doing::Nothing).then_some(self.wake)
    }

    /// What can be shown.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Takes what happened and says what to do next; none when there is nothing to do before [`Machine::wake`].
    pub fn step(&mut self, now: Millis, random: u64, input: Input) -> Option<Output> {
        let output = self.react(now, random, input);
        self.status.sending = self.doing != Doing::Nothing;
        self.status.scan = self.uploads.progress();
        self.status.next_try = self.wake();
        output
    }

    fn react(&mut self, now: Millis, random: u64, input: Input) -> Option<Output> {
        match (input, self.doing) {
            (Input::Policy(policy), doing) => {
                self.policy = policy;
                self.nudge(now, now, doing)
            }
            // Before a failure is over only a person's wish comes through.
            (Input::Lines, Doing::Nothing) if self.backoff.failures() > 0 => None,
            (Input::Lines, doing) => self.nudge(now, self.wake.min(now + QUIET), doing),
            (Input::Now, doing) => self.nudge(now, now, doing),
            (Input::Tick, Doing::Nothing) if now >= self.wake => self.look(),
            (Input::Seen(work), Doing::Looking) => self.seen(now, random, work),
            (Input::Greeted(result), Doing::Greeting) => match result {
                Ok(greeting) => self.greeted(now, random, greeting),
                Err(error) => self.failed(now, random, &error),
            },
            (
                Input::Sent {
                    result,
                    last,
                    bytes,
                    took,
                },
                Doing::Sending,
            ) => match result {
                Ok(outcome) => {
                    self.goodput.carried(bytes, took);
                    self.sent(now, random, outcome, last)
                }
                Err(error) => self.failed(now, random, &error),
            },
            (Input::Believed(believed), Doing::Believing) => self.believed(now, random, believed),
            (Input::Compared(same), Doing::Comparing { seq }) => match same {
                true => {
                    self.resend = Some(seq);
                    self.look()
                }
                false => self.stop(now, random, Link::Fork),
            },
            (
                Input::Pulled {
                    result,
                    bytes,
                    took,
                },
                Doing::Pulling { after },
            ) => match result {
                Ok(pulled) => {
                    self.goodput.carried(bytes, took);
                    self.pulled(after, pulled)
                }
                Err(error) => self.failed(now, random, &error),
            },
            (Input::Read(fed), Doing::Reading) => self.read(now, random, fed),
            (
                Input::Fetched {
                    result,
                    bytes,
                    took,
                },
                Doing::Fetching { sha256 },
            ) => match result {
                Ok(fetched) => {
                    self.goodput.carried(bytes, took);
                    self.fetched(sha256, fetched)
                }
                Err(error) => self.failed(now, random, &error),
            },
            (Input::Asked(result), Doing::Asking) => match result {
                Ok(asked) => {
                    self.uploads.answered(asked);
                    self.look()
                }
                Err(error) => self.failed(now, random, &error),
            },
            (
                Input::Put {
                    result,
                    bytes,
                    took,
                },
                Doing::Putting,
            ) => match result {
                Ok(put) => {
                    self.goodput.carried(bytes, took);
                    self.backoff.succeeded();
                    self.put(put)
                }
                Err(error) => self.failed(now, random, &error),
            },
            (Input::Completed(result), Doing::Completing) => match result {
                Ok(put) => self.put(put),
                Err(error) => self.failed(now, random, &error),
            },
            (Input::Kept(kept), Doing::Keeping) => {
                self.uploads.kept(kept);
                self.look()
            }
            (Input::Stuck, doing) if doing != Doing::Nothing => {
                let link = self.status.link;
                self.pause(now, random, link, None)
            }
            // An answer that belongs to nothing under way proves nothing.
            _ => None,
        }
    }

    fn nudge(&mut self, now: Millis, wake: Millis, doing: Doing) -> Option<Output> {
        if doing != Doing::Nothing {
            self.again = true;
            return None;
        }
        self.wake = wake;
        if wake <= now { self.look() } else { None }
    }

    fn look(&mut self) -> Option<Output> {
        self.doing = Doing::Looking;
        Some(Output::Look)
    }

    fn seen(&mut self, now: Millis, random: u64, work: Work) -> Option<Output> {
        if !work.enrolled || self.policy.paused {
            return self.rest(now, random);
        }
        let next = match self.resend {
            Some(seq) if seq < work.next => seq,
            _ => {
                self.resend = None;
                work.next
            }
        };
        let began = *self.began.get_or_insert(next);
        self.status.total = (work.head + 1).saturating_sub(began);
        self.status.done = next.saturating_sub(began).min(self.status.total);
        if !self.greeted {
            self.doing = Doing::Greeting;
            return Some(Output::Greet);
        }
        let waiting = self.policy.of_now(work.minute, work.blobs);
        self.uploads.waiting(waiting);
        let lines = next <= work.head;
        // Also when it ends before: the centre came back from an older state.
        let snapshot = work.snapshot.filter(|it| !self.absent.contains(&it.sha256));
        self.status.snapshot = snapshot.map(|it| (it.have, it.size));
        let news = match work.snapshot {
            Some(_) => snapshot.is_some(),
            None => self.feed.is_some_and(|top| top != work.cursor),
        };
        let mut wanted = work.wanted.iter();
        let wanted = wanted.find(|blob| !self.absent.contains(&blob.sha256));
        let others = news || wanted.is_some() || self.uploads.some();
        if lines && !(others && self.passed >= PATIENCE) {
            self.passed = if others {
                self.passed.saturating_add(1)
            } else {
                0
            };
            let page = self.goodput.page(self.page);
            self.doing = Doing::Sending;
            return Some(Output::Send { first: next, page });
        }
        self.passed = 0;
        // What colleagues did comes before scans, but page by page in turn with them.
        if news && !(self.fed_last && self.uploads.some()) {
            self.fed_last = true;
            if let Some(at) = snapshot {
                return Some(self.next_of_snapshot(at));
            }
            let after = work.cursor;
            self.doing = Doing::Pulling { after };
            let head = work.head;
            return Some(Output::Pull { after, head });
        }
        self.fed_last = false;
        if let Some(blob) = wanted {
            let sha256 = blob.sha256;
            self.doing = Doing::Fetching { sha256 };
            return Some(Output::Fetch(*blob));
        }
        match self.uploads.next(self.goodput.chunks()) {
            Some(output) => {
                self.doing = match output {
                    Output::Ask(_) => Doing::Asking,
                    Output::Complete(_) => Doing::Completing,
                    Output::Keep(_) => Doing::Keeping,
                    _ => Doing::Putting,
                };
                Some(output)
            }
            None if std::mem::take(&mut self.again) => self.look(),
            None => self.rest(now, random),
        }
    }

    fn greeted(&mut self, now: Millis, random: u64, greeting: Greeting) -> Option<Output> {
        match greeting {
            Greeting::Welcome { feed } => {
                self.status.link = Link::Online;
                self.status.contacts += 1;
                self.greeted = true;
                // A centre that does not say is asked once.
                self.feed = Some(feed.unwrap_or(u64::MAX));
                self.look()
            }
            Greeting::NotWelcome => self.stop(now, random, Link::Refused),
            Greeting::OtherHistory => self.stop(now, random, Link::Fork),
        }
    }

    fn sent(
        &mut self,
        now: Millis,
        random: u64,
        outcome: BatchOutcome,
        last: u64,
    ) -> Option<Output> {
        match outcome {
            BatchOutcome::Taken(answer) => {
                if !plan::covers(&answer, last) {
                    return self.failed(now, random, &TransportError::NotTheCentre);
                }
                self.take_note(&answer);
                self.doing = Doing::Believing;
                Some(Output::Believe(Box::new(answer)))
            }
            BatchOutcome::Refused(refusal) => match plan::after_refusal(&refusal) {
                AfterRefusal::ResendFrom { seq, head } => {
                    self.doing = Doing::Comparing { seq };
                    Some(Output::Compare { seq: seq - 1, head })
                }
                AfterRefusal::Fork { .. } => self.stop(now, random, Link::Fork),
                AfterRefusal::NotWelcome => self.stop(now, random, Link::Refused),
                AfterRefusal::Wait | AfterRefusal::Broken => {
                    let later = TransportError::ServerDown {
                        status: 400,
                        retry_after: None,
                    };
                    self.failed(now, random, &later)
                }
            },
        }
    }

    fn take_note(&mut self, answer: &BatchAnswer) {
        self.uploads.asked_for(&answer.want);
        for line in &answer.quarantined {
            if !self.status.quarantined.contains(line) {
                self.status.quarantined.push(line.clone());
            }
        }
    }

    fn believed(&mut self, now: Millis, random: u64, believed: Believed) -> Option<Output> {
        match believed {
            Believed::Advanced(next) | Believed::Stale(next) => {
                self.backoff.succeeded();
                self.status.contacts += 1;
                if let Some(resend) = &mut self.resend {
                    *resend = next.max(*resend);
                }
                self.look()
            }
            Believed::Fork => self.stop(now, random, Link::Fork),
            Believed::NotSigned => self.failed(now, random, &TransportError::NotTheCentre),
        }
    }

    fn put(&mut self, put: Put) -> Option<Output> {
        match self.uploads.put(put) {
            Some(receipt) => {
                self.doing = Doing::Keeping;
                Some(Output::Keep(receipt))
            }
            None => self.look(),
        }
    }

    /// Everything is done: the next contact is half to one and a half times [`IDLE`] away.
    fn rest(&mut self, now: Millis, random: u64) -> Option<Output> {
        if self.greeted {
            self.backoff.succeeded();
        }
        self.end_contact();
        self.wake = now + IDLE / 2 + spread(random, IDLE);
        None
    }

    fn failed(&mut self, now: Millis, random: u64, error: &TransportError) -> Option<Output> {
        let (link, retry_after) = match error {
            TransportError::Offline | TransportError::NotSecure => (Link::Offline, None),
            TransportError::NotTheCentre => (Link::Portal, None),
            TransportError::ServerDown { retry_after, .. } => (Link::ServerDown, *retry_after),
        };
        self.goodput.broke();
        self.pause(now, random, link, retry_after)
    }

    /// Permanent answers are never retried blindly: once in five to ten minutes, or when a person asks.
    fn stop(&mut self, now: Millis, random: u64, link: Link) -> Option<Output> {
        self.pause(now, random, link, Some(CEILING))
    }

    fn pause(
        &mut self,
        now: Millis,
        random: u64,
        link: Link,
        retry_after: Option<std::time::Duration>,
    ) -> Option<Output> {
        self.status.link = link;
        self.end_contact();
        let delay = self.backoff.failed(random, retry_after);
        self.wake = now + u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        None
    }

    fn end_contact(&mut self) {
        self.doing = Doing::Nothing;
        (self.greeted, self.again, self.began, self.feed) = (false, false, None, None);
        self.absent.clear();
        self.uploads.forget();
    }
}
