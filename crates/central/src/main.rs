//! `onedoor-central`: serve, and the operator's acts on the same data folder, also while the service runs.
//! Not here: what the acts do (the library).

mod acts;

use std::io::Write;
use std::path::PathBuf;

use acts::{facts, feed, journals, offices, serve, staff};
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use onedoor_central::engine::postgres::PostgresLedger;
use onedoor_central::{Central, Options, blobs};

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
    Serve(serve::Serve),
    /// Offices.
    #[command(subcommand)]
    Office(offices::OfficeAct),
    /// Counters: codes and tickets that make a PC their workstation.
    #[command(subcommand)]
    Counter(offices::CounterAct),
    /// Workstations.
    #[command(subcommand)]
    Workstation(journals::WorkstationAct),
    /// Journals.
    #[command(subcommand)]
    Journal(journals::JournalAct),
    /// Daily numbers.
    #[command(subcommand)]
    Lease(journals::LeaseAct),
    /// Bearer tokens of operators.
    #[command(subcommand)]
    Token(journals::TokenAct),
    /// Lines that are stored and not applied.
    #[command(subcommand)]
    Quarantine(journals::QuarantineAct),
    /// Enter a decision of a solving unit that has no connection of its own.
    Decide(feed::Decide),
    /// Put a message or another passed-on fact into an office's feed.
    Publish(feed::Publish),
    /// Offices' feeds.
    #[command(subcommand)]
    Feed(feed::FeedAct),
    /// Messages to offices.
    #[command(subcommand)]
    Message(facts::MessageAct),
    /// How offices' lines are used.
    #[command(subcommand)]
    Policy(facts::PolicyAct),
    /// Calendars for offices.
    #[command(subcommand)]
    Calendar(facts::CalendarAct),
    /// Catalogues of procedures for offices.
    #[command(subcommand)]
    Catalogue(facts::CatalogueAct),
    /// Who works at offices.
    #[command(subcommand)]
    Staff(staff::StaffAct),
    /// The centre's own key.
    #[command(subcommand)]
    Keys(facts::KeysAct),
    /// Bring the database's tables up to date, as their owner, and say which role the service uses.
    Migrate {
        #[command(flatten)]
        place: Place,
        /// The role that gets the rights to rows, and no others; PostgreSQL only.
        #[arg(long, requires = "database")]
        grant_to: Option<String>,
    },
    /// Clear away scans that nobody finished sending for seven days.
    Sweep(serve::Sweep),
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
        Act::Serve(it) => serve::run(it).await,
        Act::Office(act) => offices::office(act).await,
        Act::Counter(act) => offices::counter(act).await,
        Act::Workstation(act) => journals::workstation(act).await,
        Act::Journal(act) => journals::journal(act).await,
        Act::Lease(act) => journals::lease(act).await,
        Act::Token(act) => journals::token(act).await,
        Act::Quarantine(act) => journals::quarantine(act).await,
        Act::Decide(it) => feed::decide(it).await,
        Act::Publish(it) => feed::publish(it).await,
        Act::Feed(act) => feed::feed(act).await,
        Act::Message(act) => facts::message(act).await,
        Act::Policy(act) => facts::policy(act).await,
        Act::Calendar(act) => facts::calendar(act).await,
        Act::Catalogue(act) => facts::catalogue(act).await,
        Act::Staff(act) => staff::staff(act).await,
        Act::Keys(act) => facts::keys(act).await,
        Act::Migrate { place, grant_to } => migrate(place, grant_to).await,
        Act::Sweep(it) => serve::sweep(it).await,
    }
}

async fn migrate(place: Place, role: Option<String>) -> Result<()> {
    let database = place.database.clone();
    open(place).await?;
    if let Some((database, role)) = database.zip(role) {
        let ledger = PostgresLedger::open(&database).await?;
        ledger
            .grant(&role)
            .await
            .with_context(|| format!("{role} did not get its rights"))?;
    }
    Ok(())
}

/// For the operator's acts, which touch no scan.
async fn open(place: Place) -> Result<Central> {
    open_with(place, blobs::Place::Folder).await
}

async fn open_with(place: Place, scans: blobs::Place) -> Result<Central> {
    open_options(place.options(scans)).await
}

async fn open_options(options: Options) -> Result<Central> {
    let data = options.data.clone();
    Central::open(options)
        .await
        .with_context(|| format!("{} can't be opened", data.display()))
}

impl Place {
    fn options(self, scans: blobs::Place) -> Options {
        Options {
            database: self.database,
            scans,
            ..Options::new(&self.data)
        }
    }
}

/// One line on standard output, flushed: a program that started us waits for it.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
