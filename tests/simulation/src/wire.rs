//! The line between a workstation and the router: bytes go through the real interpretation on both sides, and faults are
//! drawn by a seed at every exchange. Not here: when the line is down (`world`).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use onedoor_protocol::{
    Hash32,
    batch::{self, BatchAnswer, ack_payload},
    blob::{BlobQuery, BlobStanding, BlobState, BlobStates, sign_published},
    feed::{self, FeedLine, PageMark, PeerLine},
    request::{self, SignedRequest},
    sign::Tag,
};
use onedoor_sync::TransportError;
use onedoor_sync::transport::{Call, Reply, Wire};
use onedoor_testkit::seed::Seed;
use tower::ServiceExt;
use uuid::Uuid;

use crate::memory::stranger;
use crate::{Bug, Weather};

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Everything comes through.
    Calm,
    /// One exchange in `n` goes wrong.
    Rough(u64),
    /// Every second batch is held back on its way.
    Holding,
    /// What was held back overtakes the next batch, and every second one is answered by an old answer.
    Treacherous,
    /// Nothing comes through.
    Down,
    /// A login page answers.
    Portal,
}

/// A workstation's line.
pub struct SeededWire {
    router: Router,
    bug: Option<Bug>,
    state: Mutex<State>,
}

struct State {
    seed: Seed,
    line: Line,
    weather: Weather,
    /// Answers to batches that were given before.
    old: Vec<Reply>,
    /// Requests that will come again.
    late: Vec<Call>,
}

enum Fault {
    None,
    LostRequest,
    LostAnswer,
    LateDuplicate,
    Held,
    OldAnswer,
    Portal,
    Forged,
    Busy,
    Down,
}

const FAULTS: u64 = 8;

impl SeededWire {
    /// A calm line to the router.
    pub fn new(router: Router, seed: u64, bug: Option<Bug>) -> Self {
        SeededWire {
            router,
            bug,
            state: Mutex::new(State {
                seed: Seed::new(seed),
                line: Line::Calm,
                weather: Weather::default(),
                old: Vec::new(),
                late: Vec::new(),
            }),
        }
    }

    /// From now on the line is like this.
    pub fn set(&self, line: Line) {
        self.with(|state| state.line = line);
    }

    /// What happened on it.
    pub fn weather(&self) -> Weather {
        self.with(|state| state.weather)
    }

    /// A request that was held back comes to the centre now; its answer goes nowhere.
    pub async fn late(&self) {
        let held = self.with(|state| match state.late.is_empty() {
            true => None,
            false => {
                let at = state.seed.below(state.late.len() as u64);
                Some(state.late.swap_remove(usize::try_from(at).unwrap_or(0)))
            }
        });
        if let Some(call) = held {
            self.with(|state| state.weather.late_duplicates += 1);
            // Nobody waits for this answer.
            let _ = self.deliver(call).await;
        }
    }

    fn with<T>(&self, body: impl FnOnce(&mut State) -> T) -> T {
        body(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn fault(&self, call: &Call) -> Fault {
        let is_batch = call.path == "/v1/batches";
        self.with(|state| match state.line {
            Line::Calm => Fault::None,
            Line::Holding if is_batch && state.seed.one_in(2) => Fault::Held,
            Line::Treacherous if is_batch && state.seed.one_in(2) => Fault::OldAnswer,
            Line::Holding | Line::Treacherous => Fault::None,
            Line::Down => Fault::Down,
            Line::Portal => Fault::Portal,
            Line::Rough(n) if !state.seed.one_in(n) => Fault::None,
            Line::Rough(_) => match state.seed.below(FAULTS) {
                0 => Fault::LostRequest,
                1 => Fault::LostAnswer,
                2 => Fault::LateDuplicate,
                3 => Fault::OldAnswer,
                4 => Fault::Portal,
                5 => Fault::Forged,
                6 => Fault::Held,
                _ => Fault::Busy,
            },
        })
    }

    async fn deliver(&self, call: Call) -> Result<Reply, TransportError> {
        self.with(|state| {
            state.weather.requests += 1;
            state.weather.puts += u64::from(call.method.name() == "PUT");
        });
        let is_batch = call.path == "/v1/batches";
        let request = Request::builder()
            .method(call.method.name())
            .uri(&call.path);
        let request = call.headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        });
        let request = request.body(Body::from(call.body));
        let request = request.map_err(|_| TransportError::Offline)?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status().as_u16();
        let retry = response.headers().get("retry-after");
        let retry = retry.and_then(|value| value.to_str().ok()?.parse().ok());
        let body = response.into_body().collect().await;
        let body = body.map_err(|_| TransportError::Offline)?.to_bytes();
        let reply = Reply {
            status,
            retry_after: retry.map(Duration::from_secs),
            body: body.to_vec(),
            cut: false,
        };
        if is_batch && status == 200 {
            self.with(|state| state.old.push(reply.clone()));
        }
        Ok(reply)
    }

    /// What a lost answer looks like; with a planted fault, like a good one.
    fn lost(&self, call: &Call) -> Result<Reply, TransportError> {
        match self.bug {
            Some(Bug::LostResponseIsSuccess) => self.as_taken(call),
            _ => Err(TransportError::Offline),
        }
    }

    /// Faults that take no answer for a good one believe a stranger's; they must be found without his help.
    fn believes_lost(&self) -> bool {
        matches!(
            self.bug,
            Some(Bug::LostResponseIsSuccess | Bug::PortalIsAck)
        )
    }

    /// A login page; with a planted fault, taken for an acknowledgement.
    fn portal(&self, call: &Call) -> Result<Reply, TransportError> {
        self.with(|state| state.weather.portals += 1);
        if self.bug == Some(Bug::PortalIsAck) && call.path == "/v1/batches" {
            return self.as_taken(call);
        }
        Ok(Reply {
            status: 200,
            retry_after: None,
            body: b"<html><form action=/login>".to_vec(),
            cut: false,
        })
    }

    /// "Everything you sent is here", in the name of nobody: what a fault that trusts too much hears.
    fn as_taken(&self, call: &Call) -> Result<Reply, TransportError> {
        forged(call).ok_or(TransportError::Offline)
    }
}

#[async_trait]
impl Wire for SeededWire {
    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        // What was held back may overtake what is sent now.
        let is_batch = call.path == "/v1/batches";
        let overtakes = |state: &mut State| match state.line {
            Line::Calm | Line::Holding => false,
            Line::Treacherous => is_batch,
            Line::Rough(_) | Line::Down | Line::Portal => state.seed.one_in(4),
        };
        if self.with(overtakes) {
            self.late().await;
        }
        match self.fault(&call) {
            Fault::None => self.deliver(call).await,
            Fault::Down => {
                self.with(|state| state.weather.down += 1);
                self.lost(&call)
            }
            Fault::LostRequest => {
                self.with(|state| state.weather.lost_requests += 1);
                self.lost(&call)
            }
            Fault::LostAnswer => {
                self.with(|state| state.weather.lost_answers += 1);
                self.deliver(call.clone()).await?;
                self.lost(&call)
            }
            // The line holds it back: it comes when nobody expects it any more.
            Fault::Held => {
                self.with(|state| {
                    state.weather.held += 1;
                    state.late.push(call.clone());
                });
                self.lost(&call)
            }
            Fault::LateDuplicate => {
                self.with(|state| state.late.push(call.clone()));
                self.deliver(call).await
            }
            Fault::OldAnswer => {
                let old = self.with(|state| match call.path == "/v1/batches" {
                    true => state.old.last().cloned(),
                    false => None,
                });
                match old {
                    Some(reply) => {
                        self.with(|state| state.weather.old_answers += 1);
                        Ok(reply)
                    }
                    None => self.deliver(call).await,
                }
            }
            Fault::Portal => self.portal(&call),
            Fault::Forged => match forged(&call).filter(|_| !self.believes_lost()) {
                Some(reply) => {
                    self.with(|state| state.weather.forged += 1);
                    Ok(reply)
                }
                None => self.deliver(call).await,
            },
            Fault::Busy => {
                self.with(|state| state.weather.busy += 1);
                Ok(Reply {
                    status: 503,
                    retry_after: Some(Duration::from_secs(7)),
                    body: b"{\"code\":\"busy\"}".to_vec(),
                    cut: false,
                })
            }
        }
    }
}

/// An answer that says that all is there, true in everything but the signature, which is a stranger's.
fn forged(call: &Call) -> Option<Reply> {
    let body = if call.path == "/v1/batches" {
        let sent = batch::open(&call.body).ok()?.header;
        let next_seq = sent.first + u64::from(sent.n);
        let server_time = "2026-11-23T00:41:00.000Z".to_string();
        let payload = ack_payload(sent.ws, next_seq, &sent.head, &server_time);
        let answer = BatchAnswer {
            ws: sent.ws,
            next_seq,
            head: sent.head,
            countersignature: stranger().sign(Tag::Ack, &[&payload]),
            server_time,
            quarantined: Vec::new(),
            want: Vec::new(),
        };
        serde_json::to_vec(&answer).ok()?
    } else if call.path == "/v1/blobs/query" {
        let asked: BlobQuery = serde_json::from_slice(&call.body).ok()?;
        let at = "2026-11-23T00:41:00.000Z".to_string();
        let blobs = asked.blobs.iter().map(|blob| BlobState {
            sha256: blob.sha256,
            state: BlobStanding::Have,
            size: blob.size,
            missing: Vec::new(),
            begun: None,
            countersignature: Some(sign_published(&stranger(), &blob.sha256, blob.size, &at)),
        });
        let states = BlobStates {
            blobs: blobs.collect(),
            at,
        };
        serde_json::to_vec(&states).ok()?
    } else if let Some(query) = call.path.strip_prefix("/v1/feed?after=") {
        let (after, _) = query.split_once('&')?;
        forged_page(call, after.parse().ok()?)?
    } else {
        return None;
    };
    Some(Reply {
        status: 200,
        retry_after: None,
        body,
        cut: false,
    })
}

/// A page with a line that nobody wrote.
fn forged_page(call: &Call, after: u64) -> Option<Vec<u8>> {
    let mut headers = call.headers.iter();
    let (_, proof) = headers.find(|(name, _)| *name == request::HEADER)?;
    let ws = SignedRequest::parse(proof)?.ws;
    let said = PeerLine {
        ws: Uuid::from_u128(66),
        seq: after + 1,
        hash: Hash32::of(&[b"nobody"]),
        line: Some("nobody wrote this".into()),
    };
    let line = FeedLine {
        feed_seq: after + 1,
        kind: feed::PEER_LINE.into(),
        body: serde_json::value::to_raw_value(&said).ok()?,
    };
    let mut page = serde_json::to_vec(&line).ok()?;
    page.push(b'\n');
    let mark = PageMark {
        ws,
        after,
        next: after + 1,
        more: false,
        server_time: "2026-11-23T00:41:00.000Z",
    };
    feed::close(&stranger(), &mark, page).ok()
}

/// The wire, shared with the world.
pub type Shared = Arc<SeededWire>;
