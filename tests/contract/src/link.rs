//! A workstation's store with lines and papers on their way, made without a desk, and contacts with a centre. Not here:
//! what a clerk does (`counter`).

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    blob::CHUNK,
    enrol::{EnrolRequest, Ticket},
    journal::{FormRendered, StatusChanged, WorkstationEnrolled},
    sign::SecretKey,
};
use onedoor_store::{
    Context, Keys, Lines, Lock, MasterKey, Op, Store, StoreError, StorePaths, lock,
    tables::let_go::Terms,
};
use onedoor_sync::{
    Engine, Link, engine::Surroundings, http::centre_at, machine::Input, plan::PageSize,
    shelf::Shelf,
};
use onedoor_testkit::journal::{Journal, received};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

const STORE: Uuid = Uuid::from_u128(0x5707E);
/// So few, that there are several batches.
const PAGE: PageSize = PageSize {
    lines: 3,
    bytes: 64 * 1024,
};

/// The keys of every such store.
///
/// # Errors
/// As the derivation's.
pub fn keys() -> Result<Keys> {
    Ok(MasterKey::from_bytes([7; 32]).derive()?)
}

/// Opens the store in a folder, once whoever had it has let go.
///
/// # Errors
/// When it can't be opened.
pub fn open(data: &Path) -> Result<Store> {
    let held = Arc::new(closed(data)?);
    Ok(Store::open(&StorePaths::new(data), held, &keys()?, STORE)?)
}

/// Waits until the store in a folder is closed; gives its lock.
///
/// # Errors
/// When it never is.
pub fn closed(data: &Path) -> Result<Lock> {
    let paths = StorePaths::new(data);
    let deadline = Instant::now() + Duration::from_secs(60);
    // A program that is being started elsewhere holds a copy of every open file until its exec: nothing tells when.
    loop {
        match lock(&paths) {
            Err(StoreError::InUse) if Instant::now() < deadline => std::thread::yield_now(),
            held => return Ok(held?),
        }
    }
}

/// Makes the store of a ticket's workstation.
///
/// # Errors
/// When it can't be made.
pub fn make(data: &Path, ticket: &str) -> Result<(Store, Ticket)> {
    let ticket = Ticket::read(ticket).context("a ticket can be read")?;
    let paths = StorePaths::new(data);
    std::fs::create_dir_all(data)?;
    let store = Store::create(&paths, Arc::new(lock(&paths)?), &keys()?, STORE)?;
    let public_key = store.read(|reader| reader.signing_key())?.public().hex();
    let line = WorkstationEnrolled {
        enrolment: ticket.enrolment.clone(),
        public_key,
        centre: ticket.centre.clone(),
    };
    store.write(Op::act(moment(0), move |_| Ok((Lines::one(line), ()))))?;
    Ok((store, ticket))
}

/// When filing `n` came.
fn moment(n: u32) -> Context {
    let at = 1_795_393_800_000 + u64::from(n) * 60_000;
    Context {
        wall: format!("2026-11-23T07:{:02}:00.000+07:00", 30 + n % 30),
        wall_ms: at,
        boot: Uuid::from_u128(0xB007),
        mono: u64::from(n) * 60_000,
        day: "2026-11-23".into(),
        clerk: Some(Uuid::from_u128(0xC1E2)),
    }
}

/// Bytes like a scan's.
pub fn scan(seed: u32, size: usize) -> Vec<u8> {
    let byte = |at: usize| ((at * 31 + at / 251) % 251) as u8 ^ seed as u8;
    (0..size).map(byte).collect()
}

/// Receives a filing under a code, with a form of so many bytes. Gives its id and the form's digest.
///
/// # Errors
/// When the store can't keep it.
pub fn receive(store: &Store, code: &str, n: u32, size: usize) -> Result<(Uuid, Hash32)> {
    let filing = received(Uuid::now_v7(), code);
    let (id, size) = (filing.filing, size as u64);
    let sha256 = store.blobs().put(&scan(n, size as usize))?;
    let form = FormRendered {
        filing: id,
        form: "01".into(),
        template: "01@1".into(),
        sha256,
        size,
    };
    store.write(Op::act(moment(n), move |tx| {
        tx.name_blob(&sha256, size, "application/pdf")?;
        Ok((Lines::one(filing).and(form), ()))
    }))?;
    Ok((id, sha256))
}

/// The applicant takes a filing back, the day after filings come.
///
/// # Errors
/// When the store can't keep it.
pub fn withdraw(store: &Store, filing: Uuid) -> Result<()> {
    let line = StatusChanged {
        filing,
        status: "withdrawn".into(),
        reason: "Người dân rút".into(),
        approved_by: None,
    };
    let act = Op::act(moment(24 * 60), move |_| Ok((Lines::one(line), ())));
    store.write(act)?;
    Ok(())
}

/// A hundred days later than filings come, where papers are kept for ninety.
#[must_use]
pub fn terms() -> Terms {
    Terms {
        today: "2027-03-03".into(),
        over_before: moment(10 * 24 * 60).wall_ms,
        asked_before: "2026-12-03".into(),
    }
}

/// Tells the centre which key belongs to a ticket.
///
/// # Errors
/// When it does not take it.
pub async fn bind(url: &str, ticket: &Ticket, store: &Store) -> Result<()> {
    let key = store.read(|reader| reader.signing_key())?;
    let request = EnrolRequest::new(&key, &ticket.secret, "test");
    centre_at(url)?.enrol(&request).await?;
    Ok(())
}

struct Here;

impl Surroundings for Here {
    fn now(&self) -> String {
        Timestamp::now().to_string()
    }
    fn minute(&self) -> u16 {
        0
    }
    fn random(&self) -> u64 {
        0
    }
    fn nonce(&self) -> [u8; 16] {
        *Uuid::new_v4().as_bytes()
    }
}

/// One contact: everything that waits, until there is nothing more or something broke.
///
/// # Errors
/// When the address can't be used.
pub async fn contact(shelf: Arc<dyn Shelf>, url: &str) -> Result<Link> {
    let engine = Engine::new(shelf, centre_at(url)?, Arc::new(Here), "test".into());
    let mut engine = engine.with_page(PAGE);
    let mut machine = engine.machine(0);
    let began = Instant::now();
    let mut input = Input::Now;
    loop {
        let now = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match machine.step(now, Here.random(), input) {
            Some(output) => input = engine.carry_out(output).await,
            None => return Ok(machine.status().link),
        }
    }
}

/// Contacts until everything is sent and read.
///
/// # Errors
/// When it is not after a few.
pub async fn converge(store: &Store, url: &str) -> Result<()> {
    for _ in 0..4 {
        let link = contact(Arc::new(store.clone()), url).await?;
        ensure!(link == Link::Online, "the contact ended {link:?}");
        let lengths = store.lengths(100)?;
        if lengths.next > lengths.head && lengths.blobs.is_empty() && lengths.wanted.is_empty() {
            return Ok(());
        }
    }
    anyhow::bail!("four contacts were not enough")
}

/// The journal of a workstation that a centre knows, and the scan that its last line names, always the same for one
/// `enrolment`: the workstation's id.
///
/// # Errors
/// When that is no id.
pub fn at_the_centre(enrolment: &str) -> Result<(Journal, Vec<u8>)> {
    let ws: Uuid = enrolment.parse()?;
    let mut journal = Journal::new(ws, SecretKey::from_seed(&[1; 32]), "eatul");
    for n in 0..3_u128 {
        // The ids too, so that a second run says the same lines.
        let filing = received(Uuid::from_u128(0xF11 + n), &code(n as u32));
        journal.say(filing);
    }
    let scan = scan(9, CHUNK + 40_000);
    journal.say(FormRendered {
        filing: Uuid::from_u128(0xF11),
        form: "01".into(),
        template: "01@1".into(),
        sha256: Hash32::of(&[&scan]),
        size: scan.len() as u64,
    });
    Ok((journal, scan))
}

/// The number of a filing.
pub fn code(n: u32) -> String {
    format!("H15.50.05.13-261123-{:04}", 1000 + n)
}
