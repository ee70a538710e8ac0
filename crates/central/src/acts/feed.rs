//! What an operator puts into an office's feed: decisions, messages.

use anyhow::{Context, Result, bail};
use clap::Args;
use onedoor_central::feed::{Decided, Decision};
use onedoor_domain::filing::Status;
use uuid::Uuid;

use crate::{Place, open, say};

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
