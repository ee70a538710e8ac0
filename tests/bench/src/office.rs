//! A real workstation on an encrypted store: enrolled by a ticket, filled with filings of earlier days. Its desk hears from
//! no centre. Not here: what is measured.

use anyhow::{Context as _, Result, anyhow};
use jiff::Timestamp;
use onedoor_desk::{
    Commands, Desk, DeskConfig, DeskError, Host,
    clock::{Clock, local, local_text, wall_text, zone},
    dto::ErrorView,
};
use onedoor_protocol::{
    enrol::{Counter, Enrolment, Lease, Ticket},
    journal::{FilingReceived, FormRendered, PersonRecord},
    sign::{SecretKey, Signed, Tag},
};
use onedoor_store::{
    Context, Hash32, KeyFile, Lines, Op, Store, StorePaths, lock, tables::act::ActTx,
};
use onedoor_testkit::{clock::FakeClock, journal};
use std::{path::Path, sync::Arc};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// The clerk's password.
pub const PASSWORD: &str = "mat-khau-do";
/// Filings of one Act; each has two lines, so that an Act has 500.
const ACT: u32 = 250;
/// Bytes of the form that all filled filings share.
const SHARED_FORM: &[u8] = b"the form of a filing that only fills the store";
const FAMILY: [&str; 6] = ["Nguyễn", "Trần", "Niê", "Byă", "Phạm", "Lò"];
const GIVEN: [&str; 7] = [
    "Thị Ừng",
    "Văn Đức",
    "H'Hen",
    "Y Bŏk",
    "Bảo Ngọc",
    "Thị Mỷ",
    "Hoàng",
];

/// A morning early enough for any number of filled days behind it.
pub fn long_ago() -> Timestamp {
    Timestamp::from_second(1_735_864_200).unwrap_or_default()
}

/// A morning so near that the clock's question of the next start proposes the wall clock: days of the office, days back.
pub fn days_ago(days: i64) -> Timestamp {
    let now = Timestamp::now().as_second();
    Timestamp::from_second(now - days * 86_400).unwrap_or_default()
}

struct OfficeClock(FakeClock);

impl Clock for OfficeClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn mono_ms(&self) -> u64 {
        self.0.mono()
    }
    fn boot(&self) -> Uuid {
        self.0.boot()
    }
}

struct NoViewer;

impl Host for NoViewer {
    fn open_pdf(&self, _path: &Path) -> std::io::Result<()> {
        Ok(())
    }
}

/// A workstation at work.
pub struct Workstation {
    /// Its commands.
    pub commands: Commands,
    /// Its time.
    pub clock: FakeClock,
}

/// Makes an office with one clerk in `folder` that began at `began`, and fills its store with `filings` filings, 250 a
/// day.
pub fn make(folder: &Path, filings: u32, began: Timestamp) -> Result<()> {
    enrol(folder, &ticket()?, began)?;
    fill(folder, filings, began)
}

/// Makes an empty office with one clerk in `folder`, by a centre's ticket, and leaves it.
pub fn enrol(folder: &Path, ticket: &str, began: Timestamp) -> Result<()> {
    let runtime = Runtime::new()?;
    let workstation = begin(folder, ticket, began, &runtime)?;
    // The store has one owner at a time: the desk gives it back when its tasks are gone.
    drop(workstation);
    drop(runtime);
    Ok(())
}

/// The first day of a workstation that a ticket makes.
pub fn begin(
    folder: &Path,
    ticket: &str,
    began: Timestamp,
    runtime: &Runtime,
) -> Result<Workstation> {
    let clock = FakeClock::at(began);
    let commands = desk(folder, &clock, runtime)?;
    runtime.block_on(async {
        commands
            .staff_first("Trần Thị Hoa".into(), PASSWORD.into())
            .await
            .map_err(refused)?;
        commands
            .enrol_by_ticket(ticket.to_string())
            .await
            .map_err(refused)
    })?;
    Ok(Workstation { commands, clock })
}

/// The store that nobody else has open, and its clerk.
pub fn store(folder: &Path) -> Result<(Store, Uuid)> {
    let paths = StorePaths::new(folder);
    let keys = KeyFile::load(&paths.keys())?.context("the office has keys")?;
    let slot = keys.slots.iter().find(|slot| !slot.name.is_empty());
    let clerk = slot.context("the office has a clerk")?.id;
    let master = keys.open_clerk(clerk, PASSWORD, None)?;
    let store = Store::open(
        &paths,
        Arc::new(lock(&paths)?),
        &master.derive()?,
        keys.store,
    )?;
    Ok((store, clerk))
}

/// Starts a workstation on a made folder, on Monday 2026-11-23 at 07:30, and signs its clerk in.
pub fn open(folder: &Path, runtime: &Runtime) -> Result<Workstation> {
    let clock = FakeClock::monday();
    let commands = desk(folder, &clock, runtime)?;
    runtime.block_on(async {
        let state = commands.app_state().await.map_err(refused)?;
        let clerk = state
            .staff
            .first()
            .context("the office has a clerk")?
            .id
            .clone();
        commands
            .session_sign_in(clerk, PASSWORD.into())
            .await
            .map_err(refused)?;
        let now = local_text(local(clock.now(), 0, &zone("Asia/Ho_Chi_Minh")).datetime());
        // Asked twice: the filled days lie more than a month back.
        for again in [false, true] {
            commands
                .session_confirm_clock(now.clone(), again)
                .await
                .map_err(refused)?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(Workstation { commands, clock })
}

/// A refusal of a command, as an error.
pub fn refused(error: ErrorView) -> anyhow::Error {
    anyhow!("{error:?}")
}

fn desk(folder: &Path, clock: &FakeClock, runtime: &Runtime) -> Result<Commands> {
    let config = DeskConfig {
        folder: folder.to_path_buf(),
        version: env!("CARGO_PKG_VERSION").to_string(),
        clock: Arc::new(OfficeClock(clock.clone())),
        host: Arc::new(NoViewer),
        print_server: "ipp://127.0.0.1:9/".to_string(),
        runtime: runtime.handle().clone(),
        demo: None,
    };
    let told = |error: DeskError| anyhow!("{:?} {}", error.code, error.detail);
    Ok(Commands(Desk::new(config).map_err(told)?))
}

/// A ticket as a centre writes it; nobody listens at its address.
fn ticket() -> Result<String> {
    let key = SecretKey::from_seed(&[7; 32]);
    let enrolment = Enrolment {
        ws: Uuid::now_v7(),
        office: journal::office(),
        counter: counter(),
        lease: Lease {
            slot: [1000, 9999],
            reserve: None,
            valid_from: "2025-01-01".into(),
            valid_to: "2027-12-31".into(),
        },
        server_keys: vec![key.public().hex()],
    };
    let ticket = Ticket {
        enrolment,
        centre: "http://127.0.0.1:9".into(),
        secret: "0".repeat(48),
    };
    let signed = Signed::seal(&key, Tag::Office, b"", &ticket)?;
    Ok(serde_json::to_string(&signed)?)
}

fn counter() -> Counter {
    Counter {
        number: 1,
        name: "Quầy 1".into(),
    }
}

/// Fills a closed store through its one write door, a day an Act.
fn fill(folder: &Path, filings: u32, began: Timestamp) -> Result<()> {
    let (store, clerk) = store(folder)?;
    let form = store.blobs().put(SHARED_FORM)?;
    for (day, first) in (1_u64..).zip((0..filings).step_by(ACT as usize)) {
        let numbers = first..(first + ACT).min(filings);
        let at = Timestamp::from_second(began.as_second() + day.cast_signed() * 86_400);
        let context = context(at.unwrap_or_default(), day, clerk);
        let date = context.day.clone();
        store.write(Op::act(context, move |tx| {
            name(tx, &form)?;
            let mut filled = numbers.map(|n| (filing(n, &date), form));
            let begin = filled.next();
            let begin =
                begin.map(|(filing, form)| Lines::one(filing.clone()).and(rendered(&filing, form)));
            let begin =
                begin.ok_or(onedoor_store::StoreError::NotFound("a filing to fill with"))?;
            let lines = filled.fold(begin, |lines, (filing, form)| {
                lines.and(filing.clone()).and(rendered(&filing, form))
            });
            Ok((lines, ()))
        }))?;
    }
    Ok(())
}

fn name(tx: &ActTx<'_>, form: &Hash32) -> onedoor_store::Result<()> {
    tx.name_blob(form, SHARED_FORM.len() as u64, "application/pdf")
}

/// An Act at this time, after so many starts of the machine.
pub fn context(at: Timestamp, starts: u64, clerk: Uuid) -> Context {
    let at = local(at, 0, &zone("Asia/Ho_Chi_Minh"));
    Context {
        wall: wall_text(&at),
        wall_ms: u64::try_from(at.timestamp().as_millisecond()).unwrap_or(0),
        boot: Uuid::from_u128(u128::from(starts)),
        mono: 1_000,
        day: at.date().to_string(),
        clerk: Some(clerk),
    }
}

fn filing(n: u32, day: &str) -> FilingReceived {
    let short = day.get(2..).unwrap_or_default().replace('-', "");
    let code = format!("H15.50.05.13-{short}-{:04}", 1000 + n % ACT);
    let filled = journal::received(Uuid::now_v7(), &code);
    let applicant = PersonRecord {
        name: person_name(n),
        id_number: id_number(n),
        phone: format!("09{n:08}"),
        ..filled.applicant
    };
    FilingReceived {
        applicant,
        counter: counter(),
        form_number: n + 1,
        received: format!("{day}T08:00:00"),
        sample: false,
        ..filled
    }
}

/// A name that some hundred others of 100,000 have too.
pub fn person_name(n: u32) -> String {
    let pick =
        |list: &[&'static str], n: u32| list.get(n as usize % list.len()).copied().unwrap_or("");
    format!(
        "{} {} {}",
        pick(&FAMILY, n),
        pick(&GIVEN, n / 6),
        pick(&GIVEN, n / 42)
    )
}

/// A number of twelve digits of a woman born in 1990.
pub fn id_number(n: u32) -> String {
    format!("066190{n:06}")
}

fn rendered(filing: &FilingReceived, form: Hash32) -> FormRendered {
    FormRendered {
        filing: filing.filing,
        form: "01".into(),
        template: filing.template.clone(),
        sha256: form,
        size: SHARED_FORM.len() as u64,
    }
}
