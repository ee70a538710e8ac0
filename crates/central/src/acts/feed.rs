//! What an operator puts into an office's feed: decisions, messages.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use onedoor_central::feed::{Decided, Decision};
use onedoor_domain::filing::Status;
use uuid::Uuid;

use super::serve::Scans;
use crate::{Place, open, open_with, say};

#[derive(Args)]
pub(crate) struct Decide {
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
pub(crate) struct Publish {
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

#[derive(Subcommand)]
pub(crate) enum FeedAct {
    /// Replace the beginning of a feed by a snapshot of what of it is still in force.
    Prune(Box<Prune>),
}

#[derive(Args)]
pub(crate) struct Prune {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    scans: Scans,
    /// Id of the office; without it all offices.
    #[arg(long)]
    office: Option<String>,
    /// Lines that came before this day leave the feed; without it those before the months that are kept.
    #[arg(long)]
    before: Option<Date>,
    /// Matters of so many months stay known to counters that read the snapshot.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u8).range(1..=120))]
    keep_months: u8,
}

pub(crate) async fn feed(act: FeedAct) -> Result<()> {
    let FeedAct::Prune(it) = act;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let since = today - i32::from(it.keep_months).months();
    let before = it.before.unwrap_or(since).to_zoned(TimeZone::UTC)?;
    let central = open_with(it.place, it.scans.place()).await?;
    let offices = match it.office {
        Some(office) => vec![office],
        None => {
            let all = central.ledger().offices().await?;
            all.into_iter().map(|it| it.office.id).collect()
        }
    };
    for office in offices {
        let pruned = central.prune_feed(&office, before.timestamp(), since);
        let pruned = pruned.await?;
        let made = pruned
            .snapshot
            .map(|it| format!("{} bytes\tup to {}", it.size, it.cursor));
        let made = made.unwrap_or_else(|| "nothing to prune".into());
        say(&format!(
            "{office}\tkept {}\tdropped {}\t{made}",
            pruned.kept, pruned.dropped
        ))?;
    }
    Ok(())
}

pub(crate) async fn decide(it: Decide) -> Result<()> {
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

pub(crate) async fn publish(it: Publish) -> Result<()> {
    let central = open(it.place).await?;
    let number = central.publish(&it.office, &it.kind, &it.body).await?;
    say(&number.to_string())
}
