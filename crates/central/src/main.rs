//! `onedoor-central`: serve, and the operator's acts on the same data folder, also while the service runs.
//! Not here: what the acts do (the library).

use std::future::Future;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use onedoor_central::feed::{Decided, Decision};
use onedoor_central::ledger::{OfficeRecord, Role};
use onedoor_central::{Central, Options, blobs};
use onedoor_domain::filing::Status;
use onedoor_protocol::enrol::{Counter, Mission, Office};
use tokio::net::TcpListener;
use uuid::Uuid;

/// The central service of Onedoor.
#[derive(Parser)]
#[command(name = "onedoor-central", version)]
struct Cli {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Serve workstations and readers.
    Serve(Serve),
    /// Offices.
    #[command(subcommand)]
    Office(OfficeAct),
    /// Counters: codes and tickets that make a PC their workstation.
    #[command(subcommand)]
    Counter(CounterAct),
    /// Workstations.
    #[command(subcommand)]
    Workstation(WorkstationAct),
    /// Bearer tokens of operators.
    #[command(subcommand)]
    Token(TokenAct),
    /// Lines that are stored and not applied.
    #[command(subcommand)]
    Quarantine(QuarantineAct),
    /// Enter a decision of a solving unit that has no connection of its own.
    Decide(Decide),
    /// Put a message or another passed-on fact into an office's feed.
    Publish(Publish),
}

#[derive(Args)]
struct Decide {
    #[command(flatten)]
    place: Place,
    /// The filing.
    #[arg(long)]
    filing: Uuid,
    /// being_solved, supplement_asked, result_ready or refused.
    #[arg(long)]
    status: String,
    /// Which unit decided.
    #[arg(long)]
    unit: String,
    /// Why.
    #[arg(long, default_value = "")]
    reason: String,
    /// The official number of a filing that has a provisional one.
    #[arg(long)]
    official_code: Option<String>,
    /// Id of the decision; the same again is the same decision.
    #[arg(long)]
    decision: Option<Uuid>,
}

#[derive(Args)]
struct Publish {
    #[command(flatten)]
    place: Place,
    /// Id of the office.
    #[arg(long)]
    office: String,
    /// message, lease, staff, policy, catalogue, calendar or keys.
    #[arg(long)]
    kind: String,
    /// A JSON object on one line.
    #[arg(long)]
    body: String,
}

#[derive(Args)]
struct Place {
    /// Folder of server.key and central.db.
    #[arg(long)]
    data: PathBuf,
    /// postgres://…; without it SQLite in the data folder.
    #[arg(long, env = "ONEDOOR_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    #[cfg(feature = "s3")]
    #[command(flatten)]
    scans: Scans,
    /// Writes the port into this file once the service listens.
    #[arg(long)]
    port_file: Option<PathBuf>,
}

/// Scans on S3 instead of in the data folder.
#[cfg(feature = "s3")]
#[derive(Args)]
struct Scans {
    /// Bucket; without it the folder scans of the data folder.
    #[arg(long, env = "ONEDOOR_S3_BUCKET")]
    s3_bucket: Option<String>,
    /// What stands before all names in the bucket.
    #[arg(long, env = "ONEDOOR_S3_PREFIX", default_value = "")]
    s3_prefix: String,
    /// https://… of the store; without it Amazon's own.
    #[arg(long, env = "AWS_ENDPOINT_URL")]
    s3_endpoint: Option<String>,
    /// Region.
    #[arg(long, env = "AWS_REGION", default_value = "us-east-1")]
    s3_region: String,
    /// Id of the access key.
    #[arg(
        long,
        env = "AWS_ACCESS_KEY_ID",
        default_value = "",
        hide_env_values = true
    )]
    s3_access_key: String,
    /// The access key; better in the environment than on the command line.
    #[arg(
        long,
        env = "AWS_SECRET_ACCESS_KEY",
        default_value = "",
        hide_env_values = true
    )]
    s3_secret_key: String,
}

#[cfg(feature = "s3")]
impl Scans {
    fn place(self) -> blobs::Place {
        let Some(bucket) = self.s3_bucket else {
            return blobs::Place::Folder;
        };
        blobs::Place::S3(blobs::S3Place {
            bucket,
            prefix: self.s3_prefix,
            endpoint: self.s3_endpoint,
            region: self.s3_region,
            access_key: self.s3_access_key,
            secret_key: self.s3_secret_key,
        })
    }
}

#[derive(Subcommand)]
enum OfficeAct {
    /// Add an office.
    Add(Box<OfficeAdd>),
}

#[derive(Args)]
struct OfficeAdd {
    #[command(flatten)]
    place: Place,
    /// Short id, such as eatul.
    #[arg(long)]
    id: String,
    /// Name as printed on forms.
    #[arg(long)]
    name: String,
    /// The authority above it, as printed on forms.
    #[arg(long)]
    parent: String,
    /// Where forms are signed.
    #[arg(long = "place")]
    locality: String,
    /// The agency's code, such as H15.50.05.13.
    #[arg(long)]
    agency: String,
    /// The symbol behind a form's own number.
    #[arg(long, default_value = "TTPVHCC")]
    symbol: String,
    /// The province.
    #[arg(long)]
    province: String,
    /// IANA name of its time zone.
    #[arg(long, default_value = "Asia/Ho_Chi_Minh")]
    time_zone: String,
    /// For a mission abroad: its host country, such as DE.
    #[arg(long)]
    host: Option<String>,
    /// For a mission abroad: what it takes fees in, USD or the host's money such as EUR.
    #[arg(long, default_value = "USD", requires = "host")]
    currency: String,
}

#[derive(Args)]
struct CounterPlace {
    #[command(flatten)]
    place: Place,
    /// Id of the office.
    #[arg(long)]
    office: String,
    /// Number of the counter, 1 to 8.
    #[arg(long)]
    counter: u16,
    /// Name of the counter; "Quầy N" if absent.
    #[arg(long)]
    name: Option<String>,
}

#[derive(Subcommand)]
enum CounterAct {
    /// Print a one-time code, good for 24 hours.
    Code(CounterPlace),
    /// Write a ticket file, which works without a network.
    Ticket {
        #[command(flatten)]
        counter: CounterPlace,
        /// Address of this centre, as the workstation will reach it.
        #[arg(long)]
        centre: String,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
enum WorkstationAct {
    /// List workstations and where their journals stand.
    List(Place),
    /// End a workstation.
    Revoke {
        #[command(flatten)]
        place: Place,
        /// Its id.
        #[arg(long)]
        ws: Uuid,
    },
}

#[derive(Subcommand)]
enum TokenAct {
    /// Make a token and print it; it is not shown again.
    Add {
        #[command(flatten)]
        place: Place,
        /// Who or what will use it.
        #[arg(long)]
        name: String,
        /// operator reads everything; unit decides on filings and reads nothing.
        #[arg(long, default_value = "operator")]
        role: String,
    },
}

#[derive(Subcommand)]
enum QuarantineAct {
    /// List them.
    List(Place),
}

#[tokio::main]
async fn main() -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ONEDOOR_LOG");
    let filter =
        filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,refinery_core=warn"));
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .init();
    match Cli::parse().act {
        Act::Serve(serve) => serve_until_stopped(serve).await,
        Act::Office(OfficeAct::Add(add)) => add_office(*add).await,
        Act::Counter(CounterAct::Code(counter)) => {
            let (central, office, counter) = open_counter(counter).await?;
            let made = central.enrolment_code(&office, counter).await?;
            say(&made.code)
        }
        Act::Counter(CounterAct::Ticket {
            counter,
            centre,
            out,
        }) => write_ticket(counter, &centre, &out).await,
        Act::Workstation(WorkstationAct::Revoke { place, ws }) => {
            Ok(open(place).await?.revoke(ws).await?)
        }
        Act::Workstation(WorkstationAct::List(place)) => {
            for it in open(place).await?.workstations().await? {
                let standing = format!("{:?}", it.standing).to_lowercase();
                say(&format!(
                    "{}\t{}\t{}\t{standing}\tnext {}",
                    it.office, it.counter.number, it.ws, it.next_seq
                ))?;
            }
            Ok(())
        }
        Act::Token(TokenAct::Add { place, name, role }) => {
            let role = Role::parse(&role).with_context(|| format!("there is no role {role}"))?;
            say(&open(place).await?.token_for(&name, role).await?)
        }
        Act::Decide(decide) => enter_decision(decide).await,
        Act::Publish(it) => {
            let central = open(it.place).await?;
            let number = central.publish(&it.office, &it.kind, &it.body).await?;
            say(&number.to_string())
        }
        Act::Quarantine(QuarantineAct::List(place)) => {
            for it in open(place).await?.quarantine().await? {
                say(&format!(
                    "{}\t{}\t{}\t{}\t{}",
                    it.office, it.ws, it.seq, it.code, it.detail
                ))?;
            }
            Ok(())
        }
    }
}

async fn serve_until_stopped(serve: Serve) -> Result<()> {
    #[cfg(feature = "s3")]
    let scans = serve.scans.place();
    #[cfg(not(feature = "s3"))]
    let scans = blobs::Place::Folder;
    let central = open_with(serve.place, scans).await?;
    let listener = TcpListener::bind(serve.listen)
        .await
        .with_context(|| format!("can't listen on {}", serve.listen))?;
    let address = listener.local_addr()?;
    if let Some(file) = &serve.port_file {
        write_whole(file, &address.port().to_string())?;
    }
    say(&format!("listening on http://{address}"))?;
    let stop = asked_to_stop()?;
    central.serve_until(listener, stop).await?;
    tracing::info!("stopped");
    Ok(())
}

async fn enter_decision(it: Decide) -> Result<()> {
    let status = Status::parse(&it.status);
    let decision = Decision {
        decision: it.decision.unwrap_or_else(Uuid::now_v7),
        filing: it.filing,
        status: status.with_context(|| format!("there is no status {}", it.status))?,
        reason: it.reason,
        official_code: it.official_code,
        unit: it.unit,
        decided_at: None,
        at: jiff::Timestamp::now(),
    };
    match open(it.place).await?.decide(decision).await? {
        Decided::Stored {
            feed_seq,
            contradicts: None,
        } => say(&feed_seq.to_string()),
        Decided::Stored {
            feed_seq,
            contradicts: Some(status),
        } => say(&format!("{feed_seq}\tagainst {status}")),
        Decided::Differs => bail!("another decision has this id"),
        Decided::Unknown => bail!("there is no filing {}", it.filing),
    }
}

async fn add_office(add: OfficeAdd) -> Result<()> {
    let office = Office {
        id: add.id,
        name: add.name,
        parent: add.parent,
        place: add.locality,
        agency: add.agency,
        symbol: add.symbol,
        time_zone: add.time_zone,
        mission: add.host.map(|host| Mission {
            host,
            currency: add.currency,
        }),
    };
    Ok(open(add.place)
        .await?
        .add_office(OfficeRecord {
            office,
            province: add.province,
        })
        .await?)
}

/// For the operator's acts, which touch no scan.
async fn open(place: Place) -> Result<Central> {
    open_with(place, blobs::Place::Folder).await
}

async fn open_with(place: Place, scans: blobs::Place) -> Result<Central> {
    let options = Options {
        database: place.database,
        scans,
        ..Options::new(&place.data)
    };
    Central::open(options)
        .await
        .with_context(|| format!("{} can't be opened", place.data.display()))
}

async fn open_counter(asked: CounterPlace) -> Result<(Central, String, Counter)> {
    let number = asked.counter;
    let name = asked.name.unwrap_or_else(|| format!("Quầy {number}"));
    Ok((
        open(asked.place).await?,
        asked.office,
        Counter { number, name },
    ))
}

/// Whoever waits for the file must never read half a number.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let aside = file.with_extension("part");
    std::fs::write(&aside, text)
        .with_context(|| format!("{} can't be written", aside.display()))?;
    std::fs::rename(&aside, file).with_context(|| format!("{} can't be written", file.display()))
}

/// The file comes first: a ticket that could not be written would hold the counter's numbers for nobody.
async fn write_ticket(counter: CounterPlace, centre: &str, out: &Path) -> Result<()> {
    let mut file =
        new_secret_file(out).with_context(|| format!("{} can't be written", out.display()))?;
    let made = async {
        let (central, office, counter) = open_counter(counter).await?;
        let ticket = central.ticket(&office, counter, centre).await?;
        file.write_all(ticket.as_bytes())?;
        Ok(file.sync_all()?)
    };
    let made: Result<()> = made.await;
    if made.is_err() {
        std::fs::remove_file(out).with_context(|| format!("{} is left empty", out.display()))?;
    }
    made
}

/// For the owner's eyes only, and never over a file that is there.
fn new_secret_file(file: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// One line on standard output, flushed: a program that started us waits for it.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[cfg(unix)]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a signal to wait for, only the end of the process stops the service.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
