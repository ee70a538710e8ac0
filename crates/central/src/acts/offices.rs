//! Offices, and the codes and tickets that make a PC the workstation of a counter.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use onedoor_central::ledger::{OfficeRecord, WorkstationRecord};
use onedoor_central::sheet::Sheet;
use onedoor_central::{Central, Code};
use onedoor_protocol::enrol::{Counter, Mission, Office};
use onedoor_protocol::hello::Standing;

use crate::{Place, open, say};

#[derive(Subcommand)]
pub(crate) enum OfficeAct {
    /// Add an office.
    Add(Box<OfficeAdd>),
    /// Add every office of a table, all or none, and write an enrolment sheet for each.
    Import {
        /// CSV with a header line: id,name,parent,place,agency,province,counters and, where wanted,
        /// symbol,time_zone,host,currency. counters is a number, or names with | between.
        file: PathBuf,
        #[command(flatten)]
        sheets: Sheets,
    },
    /// Write a new enrolment sheet for the counters of an office that still wait for their machine.
    Sheet {
        /// Id of the office.
        #[arg(long)]
        office: String,
        #[command(flatten)]
        sheets: Sheets,
    },
}

#[derive(Args)]
pub(crate) struct Sheets {
    #[command(flatten)]
    place: Place,
    /// Address of this centre, as the workstations will reach it.
    #[arg(long)]
    centre: String,
    /// The folder to write them into, as OFFICE.html; made if missing, and nothing in it is overwritten.
    #[arg(long)]
    out: PathBuf,
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
        OfficeAct::Import { file, sheets } => import(&file, sheets).await,
        OfficeAct::Sheet { office, sheets } => sheet(&office, sheets).await,
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

async fn import(file: &Path, sheets: Sheets) -> Result<()> {
    let table = std::fs::read_to_string(file)
        .with_context(|| format!("{} can't be read", file.display()))?;
    let central = open(sheets.place).await?;
    // Before anything is kept: codes that could not be written down would have to be made anew.
    std::fs::create_dir_all(&sheets.out)
        .with_context(|| format!("{} can't be made", sheets.out.display()))?;
    match central.import_offices(&table).await? {
        Ok(added) => {
            for it in &added {
                write_sheet(&central, &it.office, &it.codes, &sheets.centre, &sheets.out)?;
            }
            say(&format!("{} offices", added.len()))
        }
        Err(mistakes) => {
            for it in &mistakes {
                say(&format!("line {}\t{}", it.line, it.what))?;
            }
            bail!("{} mistakes: no office was added", mistakes.len());
        }
    }
}

async fn sheet(office: &str, sheets: Sheets) -> Result<()> {
    let central = open(sheets.place).await?;
    let found = central.ledger().office(office).await?;
    let found = found.with_context(|| format!("no office {office}"))?.office;
    let workstations = central.ledger().workstations(Some(office.into())).await?;
    let waiting = |it: &WorkstationRecord| it.standing == Standing::Expected;
    std::fs::create_dir_all(&sheets.out)
        .with_context(|| format!("{} can't be made", sheets.out.display()))?;
    let mut codes = Vec::new();
    for it in workstations.into_iter().filter(waiting) {
        let code = central.enrolment_code(office, it.counter.clone()).await?;
        codes.push((it.counter, code));
    }
    if codes.is_empty() {
        bail!("no counter of {office} waits for a machine");
    }
    write_sheet(&central, &found, &codes, &sheets.centre, &sheets.out)
}

fn write_sheet(
    central: &Central,
    office: &Office,
    codes: &[(Counter, Code)],
    centre: &str,
    folder: &Path,
) -> Result<()> {
    let key = &central.public_key();
    let page = Sheet {
        office,
        codes,
        centre,
        key,
    };
    let name = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => letter,
        _ => '_',
    };
    let id: String = office.id.chars().map(name).collect();
    // A sheet of another day may lie there: it is kept, and this one gets a number.
    for number in 1.. {
        let name = match number {
            1 => format!("{id}.html"),
            _ => format!("{id}-{number}.html"),
        };
        let path = folder.join(name);
        match new_secret_file(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            made => {
                let mut file =
                    made.with_context(|| format!("{} can't be written", path.display()))?;
                file.write_all(page.html().as_bytes())?;
                file.sync_all()?;
                return say(&path.display().to_string());
            }
        }
    }
    Ok(())
}
