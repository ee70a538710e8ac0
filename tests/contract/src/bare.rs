//! A workstation without a desk: a real store and the real engine over the centre's own router, driven step by step.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::centre::Centre;
use async_trait::async_trait;
use axum::{Router, body::Body, http::Request};
use onedoor_protocol::{
    enrol::{EnrolRequest, Enrolment},
    journal::WorkstationEnrolled,
    sign::SecretKey,
};
use onedoor_store::{
    Context, Keys, Lines, MasterKey, Op, Store, StorePaths, lock, tables::filings::Which,
};
use onedoor_sync::{
    Engine, Transport, TransportError,
    engine::Surroundings,
    machine::{Input, Output},
    transport::{BatchOutcome, Call, EnrolOutcome, Reply, Wire},
};
use onedoor_testkit::{
    journal::{Journal, received},
    seed::Seed,
    temp::Folder,
};
use tower::ServiceExt;
use uuid::Uuid;

const STORE: Uuid = Uuid::from_u128(0x5704e);

/// Calls the router itself, and counts.
pub struct RouterWire {
    router: Router,
    /// Bytes of blobs that came.
    pub blob_bytes: AtomicU64,
    /// Changes a byte of every blob on the way.
    pub spoil: AtomicBool,
}

impl RouterWire {
    /// A wire to a router.
    pub fn new(router: Router) -> Self {
        RouterWire {
            router,
            blob_bytes: AtomicU64::new(0),
            spoil: AtomicBool::new(false),
        }
    }
}

#[async_trait]
impl Wire for RouterWire {
    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        let is_blob = call.path.starts_with("/v1/blobs/");
        let request = Request::builder()
            .method(call.method.name())
            .uri(&call.path);
        let request = call.headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        });
        let request = request.body(Body::from(call.body)).unwrap();
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let mut body = body.unwrap().to_vec();
        if is_blob {
            self.blob_bytes
                .fetch_add(body.len() as u64, Ordering::SeqCst);
            if self.spoil.load(Ordering::SeqCst) {
                body[0] ^= 1;
            }
        }
        Ok(Reply {
            status,
            retry_after: None,
            body,
            cut: false,
        })
    }
}

async fn enrol(centre: &Centre, wire: &Arc<RouterWire>, number: u16, key: &SecretKey) -> Enrolment {
    let code = centre.code(number).await;
    let transport = Transport::new(wire.clone());
    let request = EnrolRequest::new(key, &code, "test");
    let EnrolOutcome::Enrolled(signed) = transport.enrol(&request).await.unwrap() else {
        panic!("not enrolled");
    };
    signed.peek().unwrap()
}

/// Another counter whose filings the centre has: `size` bytes of text that hardly packs in each of ten, and many small
/// lines.
///
/// # Panics
/// When the centre refuses.
pub async fn filled(centre: &Centre, wire: &Arc<RouterWire>, number: u16, size: usize) -> Journal {
    let key = SecretKey::from_seed(&[u8::try_from(number).unwrap(); 32]);
    let enrolment = enrol(centre, wire, number, &key).await;
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let mut chance = Seed::new(u64::from(number));
    for at in 0..10_u32 {
        let code = format!("H15.50.05.13-261123-{:04}", enrolment.lease.slot[0] + at);
        let mut filing = received(Uuid::now_v7(), &code);
        let words = std::iter::repeat_with(|| format!("{:016x}", chance.bits()));
        filing.content = words.take(size / 16).collect();
        let id = filing.filing;
        journal.say(filing);
        for _ in 0..60 {
            journal.status(id, "transferred");
        }
    }
    for first in (1..=journal.lines.len() as u64).step_by(61) {
        let batch = journal.batch(first..=first + 60);
        let taken = Transport::new(wire.clone()).batch(batch).await.unwrap();
        assert!(matches!(taken, BatchOutcome::Taken(_)), "{taken:?}");
    }
    journal
}

/// One workstation.
pub struct Bare {
    paths: StorePaths,
    keys: Keys,
    store: Mutex<Option<Store>>,
    nothing: String,
    _folder: Folder,
}

struct Still;

impl Surroundings for Still {
    fn now(&self) -> String {
        String::new()
    }
    fn minute(&self) -> u16 {
        600
    }
    fn random(&self) -> u64 {
        7
    }
    fn nonce(&self) -> [u8; 16] {
        *Uuid::new_v4().as_bytes()
    }
}

impl Bare {
    /// A new one, as this counter of the office.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn joined(centre: &Centre, wire: &Arc<RouterWire>, number: u16) -> Self {
        let folder = Folder::new();
        let paths = StorePaths::new(folder.path());
        let keys = MasterKey::from_bytes([7; 32]).derive().unwrap();
        let store = Store::create(&paths, Arc::new(lock(&paths).unwrap()), &keys, STORE).unwrap();
        let key = store.read(|reader| reader.signing_key()).unwrap();
        let line = WorkstationEnrolled {
            enrolment: enrol(centre, wire, number, &key).await,
            public_key: key.public().hex(),
            centre: "http://127.0.0.1:9".into(),
        };
        let context = Context {
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            wall_ms: 1_795_394_460_000,
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        };
        store
            .write(Op::act(context, move |_| Ok((Lines::one(line), ()))))
            .unwrap();
        let mut it = Bare {
            paths,
            keys,
            store: Mutex::new(Some(store)),
            nothing: String::new(),
            _folder: folder,
        };
        it.nothing = it.knows();
        it
    }

    fn store(&self) -> Store {
        self.store.lock().unwrap().clone().unwrap()
    }

    /// The program ends and starts over what lies on the disk.
    ///
    /// # Panics
    /// When it can't be opened again.
    pub fn restart(&self) {
        let mut held = self.store.lock().unwrap();
        drop(held.take());
        let again = Arc::new(lock(&self.paths).unwrap());
        *held = Some(Store::open(&self.paths, again, &self.keys, STORE).unwrap());
    }

    /// One contact with the centre; true when the program was killed in the middle of it, after an output that `kill`
    /// wants was carried out and before anybody heard of it.
    pub async fn contact(
        &self,
        wire: &Arc<RouterWire>,
        mut kill: impl FnMut(&Output) -> bool,
    ) -> bool {
        let transport = Transport::new(wire.clone());
        let mut engine = Engine::new(
            Arc::new(self.store()),
            transport,
            Arc::new(Still),
            "test".into(),
        );
        let mut machine = engine.machine(0);
        let mut output = machine.step(0, 7, Input::Now);
        while let Some(todo) = output {
            let killed = kill(&todo);
            let input = engine.carry_out(todo).await;
            if killed {
                return true;
            }
            output = machine.step(0, 7, input);
        }
        false
    }

    /// Texts of the centre's messages.
    ///
    /// # Panics
    /// When the store can't be read.
    pub fn messages(&self) -> Vec<String> {
        let rows = self.store().read(|reader| reader.messages(50)).unwrap();
        rows.into_iter().map(|row| row.message.text).collect()
    }

    /// How far it has read the feed.
    ///
    /// # Panics
    /// When the store can't be read.
    pub fn cursor(&self) -> u64 {
        self.store().read(|reader| reader.feed_cursor()).unwrap()
    }

    /// Bytes of what it knew before anybody told it anything.
    pub fn nothing(&self) -> usize {
        self.nothing.len()
    }

    /// All that it knows of the office, as text.
    ///
    /// # Panics
    /// When the store can't be read.
    pub fn knows(&self) -> String {
        let known = self.store().read(|reader| {
            let mut filings = reader.filings(&Which::All, "", 1000)?;
            filings.sort_by_key(|row| row.id);
            let mut lines = Vec::new();
            for filing in &filings {
                let of = reader.lines_of(filing.id)?.into_iter();
                lines.extend(of.map(|(line, _)| (line.peer, line.seq, line.hash.hex())));
            }
            let persons = reader.persons("h", 1000)?;
            Ok(format!(
                "{filings:?} {lines:?} {persons:?} {:?}",
                reader.unapplied(1000)?
            ))
        });
        known.unwrap()
    }
}
