//! The engine: sends by itself what the centre lacks, waits with full jitter when it can't, and tells what it knows.
//! It keeps nothing that matters: after a kill it starts from the store's mark.

use crate::{
    backoff::{Backoff, spread},
    plan::{self, AfterRefusal, PageSize},
    transport::{BatchOutcome, Transport, TransportError},
};
use onedoor_protocol::{
    batch::{self, BlobRef, Header},
    enrol::EnrolRequest,
    hello::{Hello, Standing},
    journal::{self, Body},
    limits,
    sign::Tag,
};
use onedoor_store::{
    Op, Store, StoreError,
    tables::{
        journal::StoredLine,
        mirror::{Acknowledged, Keeper},
        workstation::WorkstationState,
    },
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};

/// How the centre can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not asked yet.
    #[default]
    Unknown,
    /// No connection.
    Offline,
    /// Something answered that is not the centre.
    Portal,
    /// The centre can't serve now.
    ServerDown,
    /// The centre signed its last answer.
    Online,
    /// The centre does not take this workstation's lines.
    Refused,
    /// The centre holds another history.
    Fork,
}

/// What the engine knows. Counts of what waits are the store's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The link as last seen.
    pub link: Link,
    /// Lines are under way.
    pub sending: bool,
    /// Lines of this run that are at the centre.
    pub done: u64,
    /// Lines of this run.
    pub total: u64,
    /// Local time of the last signed answer.
    pub last_contact: Option<String>,
    /// When the next try comes.
    pub next_try: Option<Instant>,
    /// Lines that the centre stored but could not apply.
    pub quarantined: Vec<batch::Quarantined>,
}

/// Why the engine should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// New lines: soon, after two seconds of quiet.
    Lines,
    /// A person pressed "send now": at once, whatever the backoff says.
    Now,
}

/// What the engine can't do itself: time of day and chance are passed in.
pub trait Surroundings: Send + Sync {
    /// The office's local time, for "last contact".
    fn now(&self) -> String;
    /// Uniform over all u64.
    fn random(&self) -> u64;
    /// 16 random bytes for a hello.
    fn nonce(&self) -> [u8; 16];
}

/// The engine's parts.
pub struct Engine {
    /// The store.
    pub store: Store,
    /// The way to the centre.
    pub transport: Arc<dyn Transport>,
    /// Time and chance.
    pub surroundings: Arc<dyn Surroundings>,
    /// Version of the program, in every batch.
    pub app: String,
    /// How much goes into a batch.
    pub page: PageSize,
    /// The secret of a ticket whose key is not bound yet.
    pub ticket_secret: Option<String>,
}

/// A batch closes after this much quiet.
const QUIET: Duration = Duration::from_secs(2);
/// First contact after a start comes within this time, so that a morning has no peak.
const FIRST_CONTACT: u64 = 120_000;
/// How often an idle workstation asks.
const IDLE: Duration = Duration::from_secs(300);

enum Failure {
    Transport(TransportError),
    Store(StoreError),
    NotWelcome,
    Fork,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Store(error)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Failure::Transport(error)
    }
}

impl Engine {
    /// Runs until `nudges` is closed.
    pub async fn run(mut self, mut nudges: mpsc::Receiver<Nudge>, status: watch::Sender<Status>) {
        let mut backoff = Backoff::default();
        let first = Duration::from_millis(spread(self.surroundings.random(), FIRST_CONTACT));
        let mut wake = Instant::now() + first;
        loop {
            status.send_modify(|status| status.next_try = Some(wake));
            match self.wait(&mut nudges, wake, backoff.failures() > 0).await {
                None => return,
                Some(Nudge::Lines) if backoff.failures() == 0 => tokio::time::sleep(QUIET).await,
                Some(_) => {}
            }
            status.send_modify(|status| (status.sending, status.next_try) = (true, None));
            let outcome = self.contact(&status).await;
            let delay = self.settle(&status, &mut backoff, outcome);
            wake = Instant::now() + delay;
        }
    }

    /// Waits for the time or a nudge; while backing off only "send now" comes through.
    async fn wait(
        &self,
        nudges: &mut mpsc::Receiver<Nudge>,
        wake: Instant,
        backing_off: bool,
    ) -> Option<Nudge> {
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(wake) => return Some(Nudge::Now),
                nudge = nudges.recv() => match nudge {
                    Some(Nudge::Lines) if backing_off => {}
                    other => return other,
                },
            }
        }
    }

    fn settle(
        &self,
        status: &watch::Sender<Status>,
        backoff: &mut Backoff,
        outcome: Result<(), Failure>,
    ) -> Duration {
        let (link, retry_after) = match outcome {
            Ok(()) => {
                backoff.succeeded();
                status.send_modify(|status| (status.sending, status.link) = (false, Link::Online));
                return IDLE / 2
                    + Duration::from_millis(spread(
                        self.surroundings.random(),
                        IDLE.as_millis() as u64,
                    ));
            }
            Err(Failure::Transport(TransportError::Offline | TransportError::NotSecure)) => {
                (Link::Offline, None)
            }
            Err(Failure::Transport(TransportError::NotTheCentre)) => (Link::Portal, None),
            Err(Failure::Transport(TransportError::ServerDown { retry_after, .. })) => {
                (Link::ServerDown, retry_after)
            }
            // Permanent answers are never retried blindly: once in ten minutes, or when a person asks.
            Err(Failure::NotWelcome) => (Link::Refused, Some(crate::backoff::CEILING)),
            Err(Failure::Fork) => (Link::Fork, Some(crate::backoff::CEILING)),
            Err(Failure::Store(error)) => {
                tracing::error!(%error, "the store stopped a sync run");
                (status.borrow().link, None)
            }
        };
        status.send_modify(|status| (status.sending, status.link) = (false, link));
        backoff.failed(self.surroundings.random(), retry_after)
    }

    async fn contact(&mut self, status: &watch::Sender<Status>) -> Result<(), Failure> {
        let Some(workstation) = self
            .blocking(|store| store.read(|reader| reader.workstation()))
            .await?
        else {
            return Ok(());
        };
        self.greet(&workstation, status).await?;
        let mut next = self
            .blocking(|store| store.read(|r| Ok(r.mark(Keeper::Centre)?.map_or(1, |m| m.next_seq))))
            .await?;
        let head = self
            .blocking(|store| store.read(|reader| reader.head()))
            .await?
            .seq;
        let total = (head + 1).saturating_sub(next);
        status.send_modify(|status| (status.done, status.total) = (0, total));
        loop {
            let lines = self.next_lines(next).await?;
            if lines.is_empty() {
                return Ok(());
            }
            next = self.send(&workstation, lines, status).await?;
            let done = total.saturating_sub((head + 1).saturating_sub(next));
            status.send_modify(|status| status.done = done);
        }
    }

    /// Online means: the centre signed our nonce.
    async fn greet(
        &mut self,
        workstation: &WorkstationState,
        status: &watch::Sender<Status>,
    ) -> Result<(), Failure> {
        let nonce = self.surroundings.nonce();
        let ws = workstation.enrolment.ws;
        let signed = self.transport.hello(nonce, Some(ws)).await?;
        let keys = workstation.server_keys();
        let hello = keys
            .iter()
            .find_map(|key| signed.open::<Hello>(key, Tag::Hello, &nonce));
        let hello = hello.ok_or(TransportError::NotTheCentre)?;
        let now = self.surroundings.now();
        status.send_modify(|status| (status.link, status.last_contact) = (Link::Online, Some(now)));
        match hello.workstation.map(|state| state.standing) {
            Some(Standing::Expected) => self.bind().await,
            Some(Standing::Revoked) => Err(Failure::NotWelcome),
            _ => Ok(()),
        }
    }

    /// First contact after a ticket: tells the centre which key belongs to it.
    async fn bind(&mut self) -> Result<(), Failure> {
        let Some(secret) = self.ticket_secret.clone() else {
            return Err(Failure::NotWelcome);
        };
        let key = self
            .blocking(|store| store.read(|reader| reader.signing_key()))
            .await?;
        let request = EnrolRequest::new(&key, &secret, &self.app);
        match self.transport.enrol(&request).await? {
            crate::transport::EnrolOutcome::Enrolled(_) => Ok(()),
            _ => Err(Failure::NotWelcome),
        }
    }

    async fn next_lines(&self, first: u64) -> Result<Vec<StoredLine>, Failure> {
        let page = self.page;
        self.blocking(move |store| {
            let mut lines =
                store.read(|reader| reader.lines(first, page.lines.min(limits::MAX_EVENTS)))?;
            lines.truncate(plan::take(lines.iter().map(|line| line.line.len()), page));
            Ok(lines)
        })
        .await
    }

    /// Sends one batch and believes the answer only through the store. Returns the line to send next.
    async fn send(
        &self,
        workstation: &WorkstationState,
        lines: Vec<StoredLine>,
        status: &watch::Sender<Status>,
    ) -> Result<u64, Failure> {
        let last = lines.last().map_or(0, |line| line.seq);
        let sealed = self.seal(workstation, lines).await?;
        match self.transport.batch(sealed).await? {
            BatchOutcome::Taken(answer) => {
                let quarantined = answer.quarantined.clone();
                if !plan::covers(&answer, last) {
                    return Err(TransportError::NotTheCentre.into());
                }
                let next = answer.next_seq;
                let op = Op::mirror(move |tx| tx.acknowledge(Keeper::Centre, &answer));
                let written = self
                    .blocking(move |store| store.write_in_background(op))
                    .await;
                let acknowledged = match written {
                    Ok(written) => written.value,
                    // An answer that the centre did not sign is no answer.
                    Err(Failure::Store(StoreError::Refused(_))) => {
                        return Err(TransportError::NotTheCentre.into());
                    }
                    Err(other) => return Err(other),
                };
                let now = self.surroundings.now();
                status.send_modify(|status| {
                    status.last_contact = Some(now);
                    status.quarantined.extend(quarantined);
                });
                match acknowledged {
                    Acknowledged::Fork(_) => Err(Failure::Fork),
                    Acknowledged::Advanced(_) | Acknowledged::Stale => Ok(next),
                }
            }
            BatchOutcome::Refused(refusal) => self.after_refusal(&refusal).await,
        }
    }

    async fn after_refusal(&self, refusal: &batch::BatchRefusal) -> Result<u64, Failure> {
        match plan::after_refusal(refusal) {
            AfterRefusal::ResendFrom { seq, head } => {
                let own = self
                    .blocking(move |store| store.read(|reader| reader.hash_at(seq - 1)))
                    .await?;
                if own == Some(head) {
                    Ok(seq)
                } else {
                    Err(Failure::Fork)
                }
            }
            AfterRefusal::Fork { .. } => Err(Failure::Fork),
            AfterRefusal::NotWelcome => Err(Failure::NotWelcome),
            AfterRefusal::Wait | AfterRefusal::Broken => {
                tracing::warn!(code = ?refusal.code, "the centre did not take a batch");
                Err(TransportError::ServerDown {
                    status: 400,
                    retry_after: None,
                }
                .into())
            }
        }
    }

    async fn seal(
        &self,
        workstation: &WorkstationState,
        lines: Vec<StoredLine>,
    ) -> Result<Vec<u8>, Failure> {
        let app = self.app.clone();
        let (ws, office) = (
            workstation.enrolment.ws,
            workstation.enrolment.office.id.clone(),
        );
        self.blocking(move |store| {
            let first = lines.first().map_or(1, |line| line.seq);
            let (key, prev) =
                store.read(|reader| Ok((reader.signing_key()?, reader.hash_at(first - 1)?)))?;
            let prev = prev.ok_or(StoreError::NotEnrolled)?;
            let head = lines.last().map_or(prev, |line| line.hash);
            let sent = lines
                .last()
                .and_then(|line| journal::decode(&line.line).ok())
                .map_or(0, |line| line.stamp.hlc);
            let blobs = lines
                .iter()
                .filter_map(|line| blob_of(&line.line))
                .collect();
            let header = Header {
                v: limits::ENVELOPE_VERSION,
                ws,
                office,
                first,
                n: 0,
                prev,
                head,
                sent: sent.to_string(),
                app,
                schema: onedoor_store::open::SCHEMA,
                blobs,
            };
            let bytes: Vec<Vec<u8>> = lines.into_iter().map(|line| line.line).collect();
            batch::seal(&key, header, &bytes)
                .map_err(|error| StoreError::Refused(error.to_string()))
        })
        .await
    }

    /// The store blocks; the async threads must not.
    async fn blocking<T, F>(&self, body: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    {
        let store = self.store.clone();
        match tokio::task::spawn_blocking(move || body(&store)).await {
            Ok(result) => Ok(result?),
            Err(_) => Err(Failure::Store(StoreError::Closed)),
        }
    }
}

fn blob_of(line: &[u8]) -> Option<BlobRef> {
    match journal::decode(line).ok()?.body {
        Body::FormRendered(form) => Some(BlobRef {
            sha256: form.sha256,
            size: form.size,
            mime: "application/pdf".into(),
        }),
        _ => None,
    }
}
