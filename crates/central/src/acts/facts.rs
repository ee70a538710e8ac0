//! What an operator tells offices, and the centre's next key.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use onedoor_central::{Central, Refused};
use onedoor_protocol::facts::{Hours, PolicyFact};

use super::serve::Scans;
use crate::{Place, open, open_with, say};

#[derive(Subcommand)]
pub(crate) enum MessageAct {
    /// Say something to an office: its screens show it until somebody there has read it.
    Send(MessageSend),
}

#[derive(Args)]
pub(crate) struct MessageSend {
    #[command(flatten)]
    place: Place,
    /// Id of the office; without it all offices.
    #[arg(long)]
    office: Option<String>,
    /// Who says it, as the office knows them.
    #[arg(long)]
    from: String,
    /// What; 1 to 2000 characters.
    text: String,
}

#[derive(Subcommand)]
pub(crate) enum PolicyAct {
    /// Say in which hours an office sends PDFs and scans that nobody waits for (without hours always; filings always go), and
    /// how many days its PCs keep papers of filings that are over. All of it is said anew.
    Set(PolicySet),
}

#[derive(Args)]
pub(crate) struct PolicySet {
    #[command(flatten)]
    place: Place,
    /// Id of the office; without it all offices.
    #[arg(long)]
    office: Option<String>,
    /// From when, HH:MM in the office's time.
    #[arg(long, requires = "scans_to")]
    scans_from: Option<String>,
    /// Until when; the next morning if that is earlier.
    #[arg(long, requires = "scans_from")]
    scans_to: Option<String>,
    /// Days after which a PC may let go of papers that the centre has; 0 = never. Without it each PC's own setting holds.
    #[arg(long)]
    keep_days: Option<u32>,
}

pub(crate) async fn policy(act: PolicyAct) -> Result<()> {
    let PolicyAct::Set(it) = act;
    let hours = it.scans_from.zip(it.scans_to);
    let policy = PolicyFact {
        scans: hours.map(|(from, to)| Hours { from, to }),
        keep_days: it.keep_days,
    };
    let central = open(it.place).await?;
    for office in offices(&central, it.office).await? {
        let number = central.set_policy(&office, policy.clone()).await?;
        say(&format!("{office}\t{number}"))?;
    }
    Ok(())
}

#[derive(Subcommand)]
pub(crate) enum CalendarAct {
    /// Give an office a calendar that holds from a day on.
    Publish(DocumentPublish),
}

#[derive(Subcommand)]
pub(crate) enum CatalogueAct {
    /// Give an office a catalogue of procedures that holds from a day on: a file as `cargo xtask catalogue` packs it.
    Publish(DocumentPublish),
}

#[derive(Args)]
pub(crate) struct DocumentPublish {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    scans: Scans,
    /// Id of the office; without it all offices.
    #[arg(long)]
    office: Option<String>,
    /// The first day on which it holds.
    #[arg(long)]
    from: Date,
    /// Its name, as offices will see it; the file's name if absent.
    #[arg(long)]
    title: Option<String>,
    /// The document.
    file: PathBuf,
}

#[derive(Subcommand)]
pub(crate) enum KeysAct {
    /// Make the centre's next key, signed for by the one in use, and tell every office; restart the service afterwards.
    Rotate(Place),
}

async fn offices(central: &Central, one: Option<String>) -> Result<Vec<String>> {
    match one {
        Some(office) => Ok(vec![office]),
        None => {
            let all = central.ledger().offices().await?;
            Ok(all.into_iter().map(|it| it.office.id).collect())
        }
    }
}

pub(crate) async fn message(act: MessageAct) -> Result<()> {
    let MessageAct::Send(it) = act;
    let central = open(it.place).await?;
    for office in offices(&central, it.office).await? {
        let number = central.send_message(&office, &it.from, &it.text).await?;
        say(&format!("{office}\t{number}"))?;
    }
    Ok(())
}

pub(crate) async fn calendar(act: CalendarAct) -> Result<()> {
    let CalendarAct::Publish(it) = act;
    let to_one = async |central: &Central, office: &str, of: Document| {
        let published = central.publish_calendar(office, of.bytes, of.from, &of.title);
        published.await
    };
    publish(it, to_one).await
}

pub(crate) async fn catalogue(act: CatalogueAct) -> Result<()> {
    let CatalogueAct::Publish(it) = act;
    let to_one = async |central: &Central, office: &str, of: Document| {
        let published = central.publish_catalogue(office, of.bytes, of.from, &of.title);
        published.await
    };
    publish(it, to_one).await
}

#[derive(Clone)]
struct Document {
    bytes: Vec<u8>,
    from: Date,
    title: String,
}

async fn publish(
    it: DocumentPublish,
    to_one: impl AsyncFn(&Central, &str, Document) -> Result<u64, Refused>,
) -> Result<()> {
    let bytes =
        std::fs::read(&it.file).with_context(|| format!("{} can't be read", it.file.display()))?;
    let name = it.file.file_stem().unwrap_or_default().to_string_lossy();
    let document = Document {
        bytes,
        from: it.from,
        title: it.title.unwrap_or_else(|| name.into_owned()),
    };
    let central = open_with(it.place, it.scans.place()).await?;
    for office in offices(&central, it.office).await? {
        let number = to_one(&central, &office, document.clone()).await?;
        say(&format!("{office}\t{number}"))?;
    }
    Ok(())
}

pub(crate) async fn keys(act: KeysAct) -> Result<()> {
    let KeysAct::Rotate(place) = act;
    let data = place.data.clone();
    let statement = open(place).await?.rotate_key(&data).await?;
    say(&statement.key)
}
