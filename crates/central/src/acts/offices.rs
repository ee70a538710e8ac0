//! Offices, and the codes and tickets that make a PC the workstation of a counter.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onedoor_central::Central;
use onedoor_central::ledger::OfficeRecord;
use onedoor_protocol::enrol::{Counter, Mission, Office};

use crate::{Place, open, say};

#[derive(Subcommand)]
pub(crate) enum OfficeAct {
    /// Add an office.
    Add(Box<OfficeAdd>),
}

#[derive(Args)]
pub(crate) struct OfficeAdd {
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
pub(crate) struct CounterPlace {
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
pub(crate) enum CounterAct {
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

async fn open_counter(asked: CounterPlace) -> Result<(Central, String, Counter)> {
    let number = asked.counter;
    let name = asked.name.unwrap_or_else(|| format!("Quầy {number}"));
    Ok((
        open(asked.place).await?,
        asked.office,
        Counter { number, name },
    ))
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

pub(crate) async fn office(act: OfficeAct) -> Result<()> {
    match act {
        OfficeAct::Add(add) => add_office(*add).await,
    }
}

pub(crate) async fn counter(act: CounterAct) -> Result<()> {
    match act {
        CounterAct::Code(counter) => {
            let (central, office, counter) = open_counter(counter).await?;
            let made = central.enrolment_code(&office, counter).await?;
            say(&made.code)
        }
        CounterAct::Ticket {
            counter,
            centre,
            out,
        } => write_ticket(counter, &centre, &out).await,
    }
}
