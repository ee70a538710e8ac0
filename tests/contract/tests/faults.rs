//! A real desk and a real centre with a faulty line between: nothing is lost, nothing is sent twice, and no word about
//! sync is ever better than the truth. Not here: enrolment (`enrolment`), a full disk and the clock (`own_machine`).

use axum::{Json, Router, body::Bytes, extract::State, response::IntoResponse, routing::post};
use jiff::SignedDuration;
use onedoor_contract::{
    centre::Centre,
    counter::{self, NoViewer, filing},
};
use onedoor_desk::{
    Commands, Event,
    dto::{EnrolByCode, FilingFilter, Link, PaperHours, PapersWait, Place, SyncState},
};
use onedoor_protocol::{
    Hash32,
    batch::{self, BatchAnswer},
    journal::{Body, decode},
    sign::{SecretKey, Tag},
};
use onedoor_testkit::{
    clock::FakeClock,
    faulty::{Mode, Proxy},
    temp::Folder,
};
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, sync::broadcast, time::timeout};
use uuid::Uuid;

/// Far longer than anything here takes; only a test that hangs meets it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A counter whose line to the centre goes through the proxy.
struct Line {
    centre: Centre,
    proxy: Proxy,
    commands: Commands,
    events: broadcast::Receiver<Event>,
    ws: Uuid,
    clock: FakeClock,
    _folder: Folder,
}

impl Line {
    async fn new() -> Self {
        let clock = FakeClock::monday();
        let centre = Centre::open(&clock).await;
        let address = centre.serve().await;
        Self::to(centre, address, clock).await
    }

    /// To something that stands in front of the centre.
    async fn to(centre: Centre, address: SocketAddr, clock: FakeClock) -> Self {
        let folder = Folder::new();
        let proxy = Proxy::start(address, 7).await.unwrap();
        let desk = counter::desk(&folder.join("data"), &clock, Arc::new(NoViewer));
        let events = desk.events();
        let commands = Commands(desk);
        counter::first_clerk(&commands).await.unwrap();
        let request = EnrolByCode {
            centre: proxy.url(),
            code: centre.code(1).await,
        };
        commands.enrol_by_code(request).await.unwrap();
        counter::confirm_clock(&commands).await.unwrap();
        clock.advance(SignedDuration::from_mins(5));
        let ws = centre.central.workstations().await.unwrap()[0].ws;
        Line {
            centre,
            proxy,
            commands,
            events,
            ws,
            clock,
            _folder: folder,
        }
    }

    async fn receive(&self, name: &str) -> String {
        let received = self.commands.filing_receive(filing(name), false).await;
        received.unwrap().filing.code
    }

    /// Presses "send now" until the state is as wanted; looks at the truth each time something changed.
    async fn send_until(&mut self, why: &str, wanted: impl Fn(&SyncState) -> bool) -> SyncState {
        let sent = timeout(PATIENCE, async {
            self.commands.sync_now().await.unwrap();
            loop {
                let state = self.commands.sync_state().await.unwrap();
                if !state.sending && wanted(&state) {
                    return state;
                }
                match self.events.recv().await {
                    Ok(Event::Sync) => self.truthful().await,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(closed) => panic!("{closed}"),
                }
            }
        });
        match sent.await {
            Ok(state) => state,
            Err(_) => {
                let state = self.commands.sync_state().await.unwrap();
                panic!("{why}: it stays {state:?}")
            }
        }
    }

    /// Codes of the filings that the centre has stored, in its ledger's order.
    async fn stored(&self) -> Vec<String> {
        let lines = self.centre.lines(self.ws).await;
        let received = lines
            .iter()
            .filter_map(|line| match decode(line).unwrap().body {
                Body::FilingReceived(body) => body.code,
                _ => None,
            });
        received.collect()
    }

    /// What is called "at the centre" is there.
    async fn truthful(&self) {
        let list = self
            .commands
            .filing_list(FilingFilter::All, String::new(), 100);
        // The list first: what is sent in between may only be at the centre too early, never too late.
        let list = list.await.unwrap();
        let stored: BTreeSet<String> = self.stored().await.into_iter().collect();
        for row in list.iter().filter(|row| row.place == Place::Centre) {
            assert!(
                stored.contains(&row.code),
                "{} is called at the centre, which has {stored:?}",
                row.code
            );
        }
    }

    /// All lines of the journal are at the centre exactly once, in order.
    async fn complete(&self, codes: &[String]) {
        let lines = self.centre.lines(self.ws).await;
        let numbers = lines.iter().map(|line| decode(line).unwrap().stamp.seq);
        let expected: Vec<u64> = (1..=lines.len() as u64).collect();
        assert_eq!(numbers.collect::<Vec<_>>(), expected, "each line once");
        assert_eq!(self.stored().await, codes, "each filing once, in order");
        let state = self.commands.sync_state().await.unwrap();
        assert_eq!(state.lines_here, 0, "and nothing is left on this machine");
        assert_eq!(state.filings_at_centre as usize, codes.len());
    }
}

fn online(state: &SyncState) -> bool {
    state.link == Link::Online && state.lines_here == 0
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_stands_between_nothing_is_lost_and_the_word_about_sync_is_true() {
    let mut line = Line::new().await;
    line.send_until("a whole line", online).await;
    let faults = [
        (Mode::ServerError, Link::ServerDown),
        (Mode::Busy(1), Link::ServerDown),
        (Mode::LoginPage, Link::Portal),
        (Mode::Refuse, Link::Offline),
        (Mode::CutRequest(150), Link::Offline),
        (Mode::CutAnswer(20), Link::Offline),
        (Mode::SwallowAnswer, Link::Offline),
        (Mode::SwallowAnswerTo(" /v1/batches "), Link::Offline),
    ];
    let mut codes = Vec::new();
    for (round, (mode, link)) in faults.into_iter().enumerate() {
        line.proxy.set(mode);
        let name = format!("Nguyễn Thị Ứng {round}");
        codes.push(line.receive(&name).await);
        let why = format!("{mode:?}");
        let state = line.send_until(&why, |state| state.link == link).await;
        assert_eq!(state.filings_here, 1, "{mode:?}: it is on this machine");
        line.truthful().await;
        let stored = line.stored().await.len();
        if round + 1 == faults.len() {
            assert_eq!(stored, codes.len(), "the centre had stored it already");
        } else {
            assert_eq!(stored, codes.len() - 1, "{mode:?}: the centre lacks it");
        }
        line.proxy.set(Mode::Pass);
        line.send_until("the line is whole again", online).await;
        line.complete(&codes).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_fails_at_random_brings_every_filing_once() {
    let mut line = Line::new().await;
    let mut codes = Vec::new();
    line.proxy.set(Mode::Drawn);
    for round in 0..12 {
        codes.push(line.receive(&format!("H’Yuôm Mlô {round}")).await);
        line.commands.sync_now().await.unwrap();
        line.truthful().await;
    }
    line.proxy.set(Mode::Pass);
    line.send_until("the line is whole", online).await;
    line.complete(&codes).await;
}

/// Digests and bytes of the PDFs that the centre's lines name.
async fn pdfs(line: &Line) -> Vec<(Hash32, u64)> {
    let lines = line.centre.lines(line.ws).await;
    let rendered = lines
        .iter()
        .filter_map(|line| match decode(line).unwrap().body {
            Body::FormRendered(body) => Some((body.sha256, body.size)),
            _ => None,
        });
    rendered.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_receipts_pdf_comes_to_the_centre_though_the_line_is_cut_in_its_middle() {
    let mut line = Line::new().await;
    line.send_until("a whole line", online).await;
    for name in ["Nguyễn Thị Ừng", "H’Hen Niê", "Y Ƀliêng Niê"] {
        line.receive(name).await;
    }
    // Enough for hello and batch, not for a receipt of some fifty thousand bytes.
    line.proxy.set(Mode::CutRequest(30_000));
    let state = line
        .send_until("cut in the middle", |state| state.link == Link::Offline)
        .await;
    assert_eq!(
        state.papers_here, 3,
        "no PDF is called sent that did not come there whole"
    );
    line.proxy.set(Mode::Pass);
    line.send_until("all papers", |state| {
        online(state) && state.papers_here == 0
    })
    .await;
    let pdfs = pdfs(&line).await;
    assert_eq!(pdfs.len(), 3);
    for (sha256, size) in pdfs {
        let bytes = line.centre.blob(&sha256).expect("the centre has it");
        assert_eq!(bytes.len() as u64, size);
        assert_eq!(Hash32::of(&[&bytes]), sha256, "and it is what was printed");
        assert!(bytes.starts_with(b"%PDF-"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_counter_receives_and_sends_nothing_until_it_is_resumed() {
    let mut line = Line::new().await;
    line.send_until("a whole line", online).await;
    assert!(line.commands.sync_pause(true).await.unwrap().paused);
    let code = line.receive("Trần Văn Bằng").await;
    let state = line.commands.sync_now().await.unwrap();
    assert!(
        state.paused && state.filings_here == 1,
        "it stays on this machine"
    );
    assert_eq!(line.stored().await, Vec::<String>::new());
    line.commands.sync_pause(false).await.unwrap();
    line.send_until("resumed", online).await;
    line.complete(&[code]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_wait_for_their_hours_or_for_another_line_and_lines_never_do() {
    let mut line = Line::new().await;
    line.send_until("a whole line", online).await;
    let hours = |from: &str, to: &str| {
        Some(PaperHours {
            from: from.into(),
            to: to.into(),
        })
    };
    let night = || hours("17:00", "07:00");
    let state = line.commands.sync_papers(false, night()).await.unwrap();
    assert_eq!((state.paper_hours, state.papers_wait), (night(), None));
    line.receive("Nguyễn Thị Ứng").await;
    let lines_went = |state: &SyncState| online(state) && state.filings_at_centre == 1;
    let state = line.send_until("lines go by day", lines_went).await;
    let waits = (state.papers_here, state.papers_wait);
    assert_eq!(waits, (1, Some(PapersWait::Hours)), "its PDF does not");
    for wrong in [
        hours("25:00", "07:00"),
        hours("7", "8"),
        hours("07:00", "07:00"),
    ] {
        let refused = line.commands.sync_papers(false, wrong).await;
        assert!(refused.is_err(), "no hours, and nothing is kept of them");
    }
    let state = line.commands.sync_papers(true, night()).await.unwrap();
    assert_eq!(state.papers_wait, Some(PapersWait::Metered));
    line.clock.advance(SignedDuration::from_hours(10));
    let state = line.send_until("a metered evening", online).await;
    assert_eq!((state.papers_here, state.metered), (1, true));
    line.commands.sync_papers(false, night()).await.unwrap();
    let all_went = |state: &SyncState| online(state) && state.papers_here == 0;
    let state = line.send_until("an unmetered evening", all_went).await;
    assert_eq!(state.papers_wait, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_with_nothing_to_send_is_still_a_contact() {
    let mut line = Line::new().await;
    let first = line.send_until("a whole line", online).await.last_contact;
    assert!(first.is_some());
    line.clock.advance(SignedDuration::from_mins(25));
    let later = |state: &SyncState| online(state) && state.last_contact != first;
    let state = line.send_until("an idle contact", later).await;
    assert!(
        state.last_contact > first,
        "the page would say that nobody answered for 25 minutes"
    );
}

/// Stands in front of the centre and, when told to, answers batches itself with a signature of its own.
#[derive(Clone)]
struct Forger {
    router: Router,
    forging: Arc<AtomicBool>,
}

async fn batches(State(forger): State<Forger>, bytes: Bytes) -> axum::response::Response {
    if !forger.forging.load(Ordering::SeqCst) {
        let request = axum::http::Request::post("/v1/batches")
            .header("content-type", "application/zstd")
            .body(axum::body::Body::from(bytes))
            .unwrap();
        return tower::ServiceExt::oneshot(forger.router, request)
            .await
            .unwrap();
    }
    let batch = batch::open(&bytes).unwrap();
    let (ws, head) = (batch.header.ws, batch.header.head);
    let next_seq = batch.header.first + batch.lines.len() as u64;
    let server_time = "2026-11-23T00:40:00Z".to_string();
    let payload = batch::ack_payload(ws, next_seq, &head, &server_time);
    // Everything is right but whose key it is.
    let countersignature = SecretKey::from_seed(&[99; 32]).sign(Tag::Ack, &[&payload]);
    let answer = BatchAnswer {
        ws,
        next_seq,
        head,
        server_time,
        quarantined: Vec::new(),
        want: Vec::new(),
        countersignature,
    };
    Json(answer).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_with_another_signature_is_not_believed() {
    let clock = FakeClock::monday();
    let centre = Centre::open(&clock).await;
    let forger = Forger {
        router: centre.central.router(),
        forging: Arc::default(),
    };
    let forging = forger.forging.clone();
    let front = Router::new()
        .route("/v1/batches", post(batches))
        .with_state(forger)
        .fallback_service(centre.central.router());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, front).await });
    let mut line = Line::to(centre, address, clock).await;

    forging.store(true, Ordering::SeqCst);
    let code = line.receive("Y Ƀliêng Niê").await;
    let state = line
        .send_until("forged", |state| state.link == Link::Portal)
        .await;
    assert_eq!(state.filings_at_centre, 0, "a forged word moves nothing");
    assert_eq!(line.stored().await, Vec::<String>::new());
    forging.store(false, Ordering::SeqCst);
    line.send_until("the true centre", online).await;
    line.complete(&[code]).await;
}
