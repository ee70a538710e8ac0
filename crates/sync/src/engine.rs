//! The engine's hands: carries out what the [`Machine`] decides, one thing at a time, and tells what is known. It keeps
//! nothing that matters: after a kill it starts from the store's mark. Not here: what to do next (`machine`), the bytes
//! of blobs (`blobs`).

use crate::{
    blobs::BlobsUnderWay,
    feed,
    fetch::Incoming,
    keys,
    machine::{Fed, Greeting, Input, Kept, Link, Machine, Output, Policy, Work},
    plan::{self, PageSize},
    shelf::{self, Sender, Shelf},
    signed::{Anchor, Asker},
    snapshot::{self, Unpacking},
    transport::{EnrolOutcome, Transport, TransportError},
};
use onedoor_protocol::{
    batch::{self, BlobRef, Header, Quarantined},
    enrol::EnrolRequest,
    hello::{Standing, WorkstationState},
    journal::{self, Body},
    limits,
};
use onedoor_store::tables::journal::StoredLine;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};

/// What the engine knows. Counts of what waits are the store's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The link as last seen.
    pub link: Link,
    /// Something is under way.
    pub sending: bool,
    /// Lines of this contact that are at the centre.
    pub done: u64,
    /// Lines of this contact.
    pub total: u64,
    /// The scan or PDF under way: chunks there, and all.
    pub scan: Option<(u32, u32)>,
    /// What stands in for the feed's beginning, on its way here: bytes here, and all.
    pub snapshot: Option<(u64, u64)>,
    /// Signed answers so far.
    contacts: u64,
    /// Lines that came by the office's feed.
    pub heard: u64,
    /// The feed begins after what was read: something is missing that it can't bring.
    pub feed_lost: bool,
    /// Local time of the last signed answer.
    pub last_contact: Option<String>,
    /// When the next try comes.
    pub next_try: Option<Instant>,
    /// Lines that the centre stored but could not apply.
    pub quarantined: Vec<Quarantined>,
}

/// Why the engine should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// New lines: soon, after two seconds of quiet.
    Lines,
    /// A person pressed "send now": at once, whatever the backoff says.
    Now,
    /// The office lets other things through now.
    Policy(Policy),
}

/// What the engine can't do itself: time of day and chance are passed in.
pub trait Surroundings: Send + Sync {
    /// The office's local time, for "last contact".
    fn now(&self) -> String;
    /// Minute of the day at the office, 0 to 1439.
    fn minute(&self) -> u16;
    /// Uniform over all u64.
    fn random(&self) -> u64;
    /// 16 random bytes for a hello.
    fn nonce(&self) -> [u8; 16];
}

/// The engine's parts.
pub struct Engine {
    shelf: Arc<dyn Shelf>,
    transport: Transport,
    surroundings: Arc<dyn Surroundings>,
    app: String,
    page: PageSize,
    policy: Policy,
    ticket_secret: Option<String>,
    anchor: Anchor,
    blobs: BlobsUnderWay,
    incoming: Incoming,
    unpacking: Unpacking,
}

/// Blobs that are read at a look.
const BLOBS_A_LOOK: usize = 100;

enum Failure {
    Transport(TransportError),
    Stuck,
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Failure::Transport(error)
    }
}

impl Engine {
    /// An engine for one workstation; `app` is the version of the program, in every batch.
    pub fn new(
        shelf: Arc<dyn Shelf>,
        transport: Transport,
        surroundings: Arc<dyn Surroundings>,
        app: String,
    ) -> Self {
        Engine {
            shelf,
            transport,
            surroundings,
            app,
            page: PageSize::default(),
            policy: Policy::default(),
            ticket_secret: None,
            anchor: Anchor::default(),
            blobs: BlobsUnderWay::default(),
            incoming: Incoming::default(),
            unpacking: Unpacking::default(),
        }
    }

    /// How much goes into a batch at most.
    #[must_use]
    pub fn with_page(self, page: PageSize) -> Self {
        Engine { page, ..self }
    }

    /// What the office lets through from the first contact on.
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Engine { policy, ..self }
    }

    /// The secret of a ticket whose key the centre does not know yet.
    #[must_use]
    pub fn with_ticket(self, ticket_secret: Option<String>) -> Self {
        Engine {
            ticket_secret,
            ..self
        }
    }

    /// Runs until `nudges` is closed; what is under way then is finished first.
    pub async fn run(mut self, mut nudges: mpsc::Receiver<Nudge>, status: watch::Sender<Status>) {
        let start = Instant::now();
        let mut machine = self.machine(0);
        let mut output = None;
        loop {
            let input = match output.take() {
                Some(output) => {
                    let done = self.carry_out(output).await;
                    if nudges.is_closed() && nudges.is_empty() {
                        return;
                    }
                    done
                }
                None => {
                    let wake = machine
                        .wake()
                        .map(|wake| start + Duration::from_millis(wake));
                    match wait(&mut nudges, wake).await {
                        Some(input) => input,
                        None => return,
                    }
                }
            };
            output = machine.step(millis(start), self.surroundings.random(), input);
            let known = machine.status();
            let contacts = status.borrow().contacts;
            // Asked while the status is not held: whoever answers may be waiting for that very status.
            let contact = (contacts != known.contacts).then(|| self.surroundings.now());
            status.send_modify(|shown| show(shown, known, start, contact));
        }
    }

    /// The machine that this engine's office wants, beginning at `now`.
    pub fn machine(&self, now: u64) -> Machine {
        Machine::new(now, self.surroundings.random(), self.page, self.policy)
    }

    /// Does one thing, and says what came of it.
    pub async fn carry_out(&mut self, output: Output) -> Input {
        let began = Instant::now();
        match output {
            Output::Look => self.look().await,
            Output::Greet => match self.greet().await {
                Ok(greeting) => Input::Greeted(Ok(greeting)),
                Err(Failure::Transport(error)) => Input::Greeted(Err(error)),
                Err(Failure::Stuck) => Input::Stuck,
            },
            Output::Send { first, page } => self.send(first, page, began).await,
            Output::Believe(answer) => {
                let believed = self.on_shelf(move |shelf| shelf.acknowledge(&answer)).await;
                or_stuck(believed, Input::Believed)
            }
            Output::Compare { seq, head } => {
                let own = self.on_shelf(move |shelf| shelf.hash_at(seq)).await;
                or_stuck(own, |own| Input::Compared(own == Some(head)))
            }
            Output::Keep(receipt) => {
                let kept = self.on_shelf(move |shelf| shelf.published(&receipt)).await;
                or_stuck(kept, |kept: Kept| Input::Kept(kept))
            }
            Output::Read { after, page } => {
                let read = self.on_shelf(move |shelf| shelf.read_feed(after, &page));
                or_stuck(read.await, Input::Read)
            }
            Output::Rewind => {
                let rewound = self.on_shelf(|shelf| shelf.restart_feed()).await;
                or_stuck(rewound, |()| Input::Read(Fed::Rewound))
            }
            Output::Accept { after, offer } => {
                let accepted = self.on_shelf(move |shelf| shelf.accept(after, &offer));
                or_stuck(accepted.await, Input::Read)
            }
            Output::TakeSnapshot(at) => match self.unpacking.take(at, &self.shelf).await {
                Some(fed) => Input::Read(fed),
                None => Input::Stuck,
            },
            Output::Pull { .. }
            | Output::Fetch(_)
            | Output::FetchSnapshot(_)
            | Output::Ask(..)
            | Output::Put { .. }
            | Output::Complete(..) => {
                let Ok(Some(sender)) = self.sender().await else {
                    return Input::Stuck;
                };
                let mut asker = Asker {
                    anchor: &mut self.anchor,
                    sender: &sender,
                    transport: &self.transport,
                };
                if let Output::Pull { after, head } = output {
                    let (result, bytes) = feed::pull(&mut asker, after, head).await;
                    let took = millis(began);
                    return Input::Pulled {
                        result,
                        bytes,
                        took,
                    };
                }
                let shelf = Arc::clone(&self.shelf);
                let fetched = match output {
                    Output::Fetch(blob) => {
                        Some(self.incoming.fetch(&mut asker, blob, &shelf).await)
                    }
                    Output::FetchSnapshot(at) => {
                        Some(snapshot::fetch(&mut asker, at, &shelf).await)
                    }
                    _ => None,
                };
                if let Some((result, bytes)) = fetched {
                    let took = millis(began);
                    return Input::Fetched {
                        result,
                        bytes,
                        took,
                    };
                }
                self.blobs.carry_out(output, &mut asker, shelf).await
            }
        }
    }

    async fn sender(&self) -> Result<Option<Sender>, Failure> {
        self.on_shelf(|shelf| shelf.sender()).await
    }

    async fn look(&self) -> Input {
        let minute = self.surroundings.minute();
        let seen = self.on_shelf(move |shelf| {
            let enrolled = shelf.sender()?.is_some();
            let lengths = shelf.lengths(BLOBS_A_LOOK)?;
            Ok(Work {
                enrolled,
                next: lengths.next,
                head: lengths.head,
                cursor: lengths.cursor,
                blobs: lengths.blobs,
                wanted: lengths.wanted,
                snapshot: lengths.snapshot,
                minute,
            })
        });
        or_stuck(seen.await, Input::Seen)
    }

    /// Online means: the centre signed our nonce.
    async fn greet(&mut self) -> Result<Greeting, Failure> {
        let Some(sender) = self.sender().await? else {
            return Ok(Greeting::NotWelcome);
        };
        let nonce = self.surroundings.nonce();
        let signed = self.transport.hello(nonce, Some(sender.ws)).await?;
        let (hello, key) = keys::open_hello(&signed, &sender.server_keys, &nonce)
            .ok_or(TransportError::NotTheCentre)?;
        if sender.server_keys.as_slice() != [key] {
            let said = hello.keys.clone();
            self.on_shelf(move |shelf| shelf.follow_keys(&said, &key))
                .await?;
        }
        self.anchor.set(&hello.server_time);
        let feed = hello.feed;
        match hello.workstation {
            Some(state) if state.standing == Standing::Expected => self.bind(&sender).await,
            Some(state) if state.standing == Standing::Revoked => Ok(Greeting::NotWelcome),
            Some(state) => self.compare(state, feed).await,
            None => Ok(Greeting::Welcome { feed }),
        }
    }

    /// A centre that has lines of ours that we have not: this store was restored or copied.
    async fn compare(
        &self,
        state: WorkstationState,
        feed: Option<u64>,
    ) -> Result<Greeting, Failure> {
        let Some(last) = state.next_seq.checked_sub(1) else {
            return Err(TransportError::NotTheCentre.into());
        };
        let own = self.on_shelf(move |shelf| shelf.hash_at(last)).await?;
        Ok(match own == Some(state.head) {
            true => Greeting::Welcome { feed },
            false => Greeting::OtherHistory,
        })
    }

    /// First contact after a ticket: tells the centre which key belongs to it.
    async fn bind(&self, sender: &Sender) -> Result<Greeting, Failure> {
        let Some(secret) = &self.ticket_secret else {
            return Ok(Greeting::NotWelcome);
        };
        let request = EnrolRequest::new(&sender.key, secret, &self.app);
        Ok(match self.transport.enrol(&request).await? {
            EnrolOutcome::Enrolled(_) => Greeting::Welcome { feed: None },
            _ => Greeting::NotWelcome,
        })
    }

    async fn send(&self, first: u64, page: PageSize, began: Instant) -> Input {
        let app = self.app.clone();
        let sealed = self
            .on_shelf(move |shelf| seal(shelf, first, page, app))
            .await;
        let Ok(Some((bytes, last))) = sealed else {
            return Input::Stuck;
        };
        let size = bytes.len() as u64;
        let result = self.transport.batch(bytes).await;
        Input::Sent {
            result,
            last,
            bytes: size,
            took: millis(began),
        }
    }

    /// The store blocks; the async threads must not.
    async fn on_shelf<T, F>(&self, body: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Shelf) -> shelf::Result<T> + Send + 'static,
    {
        on_shelf(&self.shelf, body).await.ok_or(Failure::Stuck)
    }
}

/// Runs on a thread that may wait; none when the shelf could not, which the log tells.
pub(crate) async fn on_shelf<T, F>(shelf: &Arc<dyn Shelf>, body: F) -> Option<T>
where
    T: Send + 'static,
    F: FnOnce(&dyn Shelf) -> shelf::Result<T> + Send + 'static,
{
    let shelf = Arc::clone(shelf);
    match tokio::task::spawn_blocking(move || body(shelf.as_ref())).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            tracing::error!(%error, "the store stopped a step of sync");
            None
        }
        Err(_) => None,
    }
}

/// What a person is shown of the machine's status; `contact` is the office's time where there was one.
fn show(
    shown: &mut Status,
    known: &crate::machine::Status,
    start: Instant,
    contact: Option<String>,
) {
    if contact.is_some() {
        shown.last_contact = contact;
    }
    shown.contacts = known.contacts;
    shown.link = known.link;
    shown.sending = known.sending;
    (shown.done, shown.total) = (known.done, known.total);
    (shown.scan, shown.snapshot) = (known.scan, known.snapshot);
    (shown.heard, shown.feed_lost) = (known.heard, known.feed_lost);
    shown.next_try = known
        .next_try
        .map(|wake| start + Duration::from_millis(wake));
    shown.quarantined.clone_from(&known.quarantined);
}

fn or_stuck<T>(result: Result<T, Failure>, input: impl FnOnce(T) -> Input) -> Input {
    match result {
        Ok(value) => input(value),
        Err(_) => Input::Stuck,
    }
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The next thing from outside; none when nobody will ever nudge again.
async fn wait(nudges: &mut mpsc::Receiver<Nudge>, wake: Option<Instant>) -> Option<Input> {
    let tick = async {
        match wake {
            Some(wake) => tokio::time::sleep_until(wake).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = tick => Some(Input::Tick),
        nudge = nudges.recv() => nudge.map(|nudge| match nudge {
            Nudge::Lines => Input::Lines,
            Nudge::Now => Input::Now,
            Nudge::Policy(policy) => Input::Policy(policy),
        }),
    }
}

/// One batch from `first` on, and the last line in it; none when there is none.
fn seal(
    shelf: &dyn Shelf,
    first: u64,
    page: PageSize,
    app: String,
) -> shelf::Result<Option<(Vec<u8>, u64)>> {
    let failed = |words: &str| shelf::ShelfError(words.to_string());
    let sender = shelf.sender()?.ok_or_else(|| failed("not enrolled"))?;
    let mut lines = shelf.lines(first, page.lines.min(limits::MAX_EVENTS))?;
    lines.truncate(plan::take(lines.iter().map(|line| line.line.len()), page));
    let Some(last) = lines.last() else {
        return Ok(None);
    };
    let prev = shelf.hash_at(first - 1)?;
    let header = Header {
        v: limits::ENVELOPE_VERSION,
        ws: sender.ws,
        office: sender.office,
        first,
        n: 0,
        prev: prev.ok_or_else(|| failed("a line without one before it"))?,
        head: last.hash,
        sent: journal::decode(&last.line)
            .map_or(0, |line| line.stamp.hlc)
            .to_string(),
        app,
        schema: onedoor_store::open::SCHEMA,
        blobs: lines.iter().filter_map(blob_of).collect(),
    };
    let seq = last.seq;
    let bytes: Vec<Vec<u8>> = lines.into_iter().map(|line| line.line).collect();
    let sealed =
        batch::seal(&sender.key, header, &bytes).map_err(|error| failed(&error.to_string()))?;
    Ok(Some((sealed, seq)))
}

fn blob_of(line: &StoredLine) -> Option<BlobRef> {
    let line = journal::decode(&line.line).ok()?;
    let (sha256, size, mime) = match line.reissued().unwrap_or(line).body {
        Body::FormRendered(form) => (form.sha256, form.size, "application/pdf"),
        Body::SlipRendered(slip) => (slip.sha256, slip.size, "application/pdf"),
        Body::OfficeDocumentSet(set) if set.size > 0 => (set.sha256, set.size, "application/json"),
        _ => return None,
    };
    Some(BlobRef {
        sha256,
        size,
        mime: mime.into(),
    })
}
