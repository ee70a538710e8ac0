//! The service as an object: opening it, the operator's acts, and serving it. The command line and tests use the same.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use onedoor_domain::money::Currency;
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, Enrolment, Ticket},
    sign::{PublicKey, Signed, Tag},
};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::blobs::{Blobs, Place};
use crate::engine::{postgres::PostgresLedger, sqlite::SqliteLedger};
use crate::feed::{Decided, Decision, publishable};
use crate::http::{self, enrol::secret_hash};
use crate::ledger::{
    Expectation, Ledger, LedgerError, NewWorkstation, OfficeRecord, Role, SecretKind,
    WorkstationRecord,
};
use crate::limits::{Limits, Rate, Room};
use crate::notary::{Notary, random};
use crate::plan;
use crate::trimming::FeedsKept;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long a one-time code is good, in hours.
pub(crate) const CODE_HOURS: i64 = 24;
/// How long running requests may take after a stop was asked for.
const DRAIN: Duration = Duration::from_secs(10);

/// How to open a centre.
#[derive(Clone)]
pub struct Options {
    /// Folder of `server.key`, of `scans/` and, without a database, of `central.db`. Made if missing.
    pub data: PathBuf,
    /// `postgres://…`; none = SQLite in the data folder.
    pub database: Option<String>,
    /// Where scans and forms lie.
    pub scans: Place,
    /// Where the time comes from.
    pub clock: Clock,
    /// How many requests one workstation may make; none = as many as it likes.
    pub requests: Option<Rate>,
    /// How much of the disk is kept free; none = nothing.
    pub room: Option<Room>,
    /// What the service keeps of feeds; none = it trims none by itself.
    pub feeds: Option<FeedsKept>,
}

impl Options {
    /// SQLite in `data`, with the system's clock.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Options {
            data: data.into(),
            database: None,
            scans: Place::Folder,
            clock: Arc::new(Timestamp::now),
            requests: None,
            room: None,
            feeds: None,
        }
    }
}

/// Why a centre does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder or its key.
    #[error("data folder: {0}")]
    Folder(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Why an operator's act was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No such office.
    #[error("no office {0}")]
    OfficeUnknown(String),
    /// The office exists already.
    #[error("office {0} exists already")]
    OfficeExists(String),
    /// A value that an office can't have.
    #[error("{0} is not usable: {1}")]
    BadOffice(&'static str, String),
    /// A counter that the plan of numbers does not know.
    #[error("counter {0} is outside the plan of numbers (1 to 8)")]
    CounterOutsidePlan(u16),
    /// The counter's numbers are another workstation's.
    #[error("workstation {0} holds this counter's numbers: revoke it first")]
    SlotTaken(Uuid),
    /// No such workstation.
    #[error("no workstation {0}")]
    WorkstationUnknown(Uuid),
    /// Neither a line of the office nor the centre has named this one.
    #[error("nobody of this office has the id {0}")]
    StaffUnknown(Uuid),
    /// The token's name is taken.
    #[error("a token named {0} exists already")]
    TokenNameTaken(String),
    /// A status that no unit gives, or a text that is too long.
    #[error("a unit can't decide so")]
    BadDecision,
    /// Not a kind that is passed on, or no JSON object on one line.
    #[error("{0} is not passed on, or its body is no JSON object on one line of at most 256 KiB")]
    NotPublishable(String),
    /// A message, lease or calendar that no workstation would take.
    #[error("{0}")]
    BadFact(&'static str),
    /// The system has no randomness, or a date is out of range.
    #[error("system: {0}")]
    System(String),
    /// The storage.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// A one-time code for a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Eight digits.
    pub code: String,
    /// The workstation that it makes.
    pub ws: Uuid,
    /// Until when it can be used.
    pub expires: Timestamp,
}

/// The central service. A cheap clone of one shared state.
#[derive(Clone)]
pub struct Central {
    pub(crate) ledger: Arc<dyn Ledger>,
    pub(crate) notary: Arc<Notary>,
    pub(crate) clock: Clock,
    pub(crate) blobs: Blobs,
    pub(crate) limits: Limits,
    pub(crate) feeds: Option<FeedsKept>,
}

impl Central {
    /// Opens the data folder and the database, and brings its tables up to date.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        make_folder(&options.data)?;
        let notary = Arc::new(Notary::open(&options.data)?);
        let ledger: Arc<dyn Ledger> = match &options.database {
            Some(url) => Arc::new(PostgresLedger::open(url).await?),
            None => Arc::new(SqliteLedger::open(&options.data.join("central.db"))?),
        };
        let blobs = Blobs::open(&options.scans, &options.data)?;
        Ok(Central {
            ledger,
            blobs,
            notary,
            clock: options.clock,
            feeds: options.feeds,
            limits: Limits::new(options.requests, options.room),
        })
    }

    /// The key that signs for this centre.
    pub fn public_key(&self) -> PublicKey {
        self.notary.public()
    }

    /// The storage, for reading what came in.
    pub fn ledger(&self) -> &dyn Ledger {
        self.ledger.as_ref()
    }

    /// Adds an office.
    pub async fn add_office(&self, record: OfficeRecord) -> Result<(), Refused> {
        check_office(&record)?;
        let id = record.office.id.clone();
        if self.ledger.add_office(record).await? {
            Ok(())
        } else {
            Err(Refused::OfficeExists(id))
        }
    }

    /// Makes a one-time code with which a PC becomes the counter's workstation.
    /// An earlier code of this counter that nobody used ends.
    pub async fn enrolment_code(&self, office: &str, counter: Counter) -> Result<Code, Refused> {
        let expires = (self.clock)() + CODE_HOURS.hours();
        loop {
            let code = one_time_code()?;
            let kind = SecretKind::Code;
            let made = self
                .await_enrolment(office, counter.clone(), &code, kind, Some(expires))
                .await?;
            if let Some(enrolment) = made {
                let ws = enrolment.ws;
                return Ok(Code { code, ws, expires });
            }
        }
    }

    /// Makes a ticket file: an enrolment that works without a network, for the centre at `url`.
    pub async fn ticket(
        &self,
        office: &str,
        counter: Counter,
        url: &str,
    ) -> Result<String, Refused> {
        let secret = hex::encode(random::<24>().map_err(system)?);
        let made = self
            .await_enrolment(office, counter, &secret, SecretKind::Ticket, None)
            .await?;
        let enrolment =
            made.ok_or_else(|| Refused::System("the same random number twice".into()))?;
        let ticket = Ticket {
            enrolment,
            centre: url.to_string(),
            secret,
        };
        let signed = Signed::seal(self.notary.key(), Tag::Office, b"", &ticket).map_err(system)?;
        serde_json::to_string(&signed).map_err(system)
    }

    /// Ends a workstation: its batches go to quarantine, its reads are refused, its numbers are free from tomorrow.
    pub async fn revoke(&self, ws: Uuid) -> Result<(), Refused> {
        let Some(found) = self.ledger.workstation(ws).await? else {
            return Err(Refused::WorkstationUnknown(ws));
        };
        let today = self.today(&found.office).await?;
        if self.ledger.revoke(ws, today).await? {
            Ok(())
        } else {
            Err(Refused::WorkstationUnknown(ws))
        }
    }

    /// Makes an operator's bearer token; only its SHA-256 is kept.
    pub async fn token(&self, name: &str) -> Result<String, Refused> {
        self.token_for(name, Role::Operator).await
    }

    /// Makes a bearer token for a role; only its SHA-256 is kept.
    pub async fn token_for(&self, name: &str, role: Role) -> Result<String, Refused> {
        let token = format!("odc_{}", hex::encode(random::<32>().map_err(system)?));
        let sha256 = Hash32::of(&[token.as_bytes()]);
        let at = (self.clock)();
        if self.ledger.add_token(name, role, sha256, at).await? {
            Ok(token)
        } else {
            Err(Refused::TokenNameTaken(name.to_string()))
        }
    }

    /// Keeps a decision of a solving unit that has no connection of its own.
    pub async fn decide(&self, decision: Decision) -> Result<Decided, Refused> {
        if !decision.is_sound() {
            return Err(Refused::BadDecision);
        }
        Ok(self.ledger.decide(decision).await?)
    }

    /// Puts a message, a policy or another passed-on fact into an office's feed; gives its number there.
    pub async fn publish(&self, office: &str, kind: &str, body: &str) -> Result<u64, Refused> {
        if !publishable(kind, body) {
            return Err(Refused::NotPublishable(kind.to_string()));
        }
        let published = self.ledger.publish(office, kind, body).await?;
        published.ok_or_else(|| Refused::OfficeUnknown(office.to_string()))
    }

    /// All workstations.
    pub async fn workstations(&self) -> Result<Vec<WorkstationRecord>, Refused> {
        Ok(self.ledger.workstations(None).await?)
    }

    /// The service as an axum router, for a listener or for a test.
    pub fn router(&self) -> axum::Router {
        http::routes::router(self.clone())
    }

    /// Serves until the task is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        self.serve_until(listener, std::future::pending()).await
    }

    /// Serves until `stop` is ready; requests that run then have ten seconds to end.
    pub async fn serve_until(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let listener = listener.tap_io(|stream| {
            // Without it Nagle and delayed acknowledgements cost 40 ms a request.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY");
            }
        });
        let central = self.clone();
        let upkeep = async move { central.keep_up().await };
        let (stopping, mut stopped) = tokio::sync::watch::channel(false);
        let asked = async move {
            stop.await;
            let _ = stopping.send(true);
        };
        let serve = axum::serve(listener, self.router()).with_graceful_shutdown(asked);
        let overdue = async move {
            if stopped.wait_for(|asked| *asked).await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(DRAIN).await;
        };
        tokio::select! {
            ended = serve.into_future() => ended,
            () = overdue => Ok(()),
            () = upkeep => Ok(()),
        }
    }

    async fn await_enrolment(
        &self,
        office: &str,
        counter: Counter,
        secret: &str,
        kind: SecretKind,
        expires: Option<Timestamp>,
    ) -> Result<Option<Enrolment>, Refused> {
        let number = counter.number;
        let outside = || Refused::CounterOutsidePlan(number);
        let new = NewWorkstation {
            ws: Uuid::now_v7(),
            office: office.to_string(),
            counter,
            slot: plan::slot(number).ok_or_else(outside)?,
            reserve: plan::reserve(number).ok_or_else(outside)?,
            from: self.today(office).await?,
            days: plan::LEASE_DAYS,
            secret: secret_hash(secret),
            kind,
            expires,
        };
        match self.ledger.await_enrolment(new.clone()).await? {
            Expectation::Made(lease) => {
                let record = self.office(office).await?;
                let server_keys = vec![self.public_key().hex()];
                Ok(Some(Enrolment {
                    ws: new.ws,
                    office: record.office,
                    counter: new.counter,
                    lease,
                    server_keys,
                }))
            }
            Expectation::SecretTaken => Ok(None),
            Expectation::SlotTaken(holder) => Err(Refused::SlotTaken(holder)),
            Expectation::OfficeUnknown => Err(Refused::OfficeUnknown(new.office)),
        }
    }

    pub(crate) async fn office(&self, id: &str) -> Result<OfficeRecord, Refused> {
        let found = self.ledger.office(id).await?;
        found.ok_or_else(|| Refused::OfficeUnknown(id.to_string()))
    }

    pub(crate) async fn today(&self, office: &str) -> Result<Date, Refused> {
        let zone = self.office(office).await?.office.time_zone;
        let now = (self.clock)().in_tz(&zone).map_err(system)?;
        Ok(now.date())
    }
}

/// Eight digits, all equally likely.
pub(crate) fn one_time_code() -> Result<String, Refused> {
    loop {
        // A draw above the last whole multiple of 10^8 would favour small codes.
        let draw = u32::from_be_bytes(random::<4>().map_err(system)?);
        if draw < 4_200_000_000 {
            return Ok(format!("{:08}", draw % 100_000_000));
        }
    }
}

/// Whether an office has what its forms and its workstations need.
pub(crate) fn check_office(record: &OfficeRecord) -> Result<(), Refused> {
    let office = &record.office;
    let texts = [
        ("id", &office.id),
        ("name", &office.name),
        ("agency", &office.agency),
        ("province", &record.province),
    ];
    if let Some((what, text)) = texts
        .into_iter()
        .find(|(_, text)| text.is_empty() || text.contains('\0'))
    {
        return Err(Refused::BadOffice(what, text.clone()));
    }
    if TimeZone::get(&office.time_zone).is_err() {
        return Err(Refused::BadOffice("time zone", office.time_zone.clone()));
    }
    if let Some(mission) = &office.mission {
        let letters = |text: &str, count: usize| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        if !letters(&mission.host, 2) {
            return Err(Refused::BadOffice("host country", mission.host.clone()));
        }
        if Currency::parse(&mission.currency).is_none() {
            return Err(Refused::BadOffice("currency", mission.currency.clone()));
        }
    }
    Ok(())
}

pub(crate) fn system(error: impl std::fmt::Display) -> Refused {
    Refused::System(error.to_string())
}

/// Made for the owner only: the key and citizens' data lie in it. A folder that exists is the operator's business.
fn make_folder(data: &Path) -> io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.recursive(true).create(data)
}
