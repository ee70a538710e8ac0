//! Workstations with their journals, what could not be applied, and who may ask.

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use onedoor_central::ledger::{Retried, Role};
use onedoor_central::{Broken, Central, Which};
use uuid::Uuid;

use crate::{Place, open, say};

#[derive(Subcommand)]
pub(crate) enum WorkstationAct {
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
pub(crate) enum TokenAct {
    /// Make a token and print it; it is not shown again.
    Add {
        #[command(flatten)]
        place: Place,
        /// Who or what will use it.
        #[arg(long)]
        name: String,
        /// operator reads everything; unit decides on filings and reads nothing; outlet fetches filings for the
        /// province's own system.
        #[arg(long, default_value = "operator")]
        role: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum QuarantineAct {
    /// List them.
    List(Place),
    /// Try them again and say what came of each.
    Apply {
        #[command(flatten)]
        place: Place,
        /// Only this line, as listed: WORKSTATION/NUMBER. Without it all.
        #[arg(long, value_parser = line_id)]
        id: Option<Which>,
    },
}

#[derive(Subcommand)]
pub(crate) enum JournalAct {
    /// Hash a workstation's journal anew, and compare it with what was kept and signed.
    Verify {
        #[command(flatten)]
        place: Place,
        /// Its id.
        #[arg(long)]
        workstation: Uuid,
    },
}

#[derive(Subcommand)]
pub(crate) enum LeaseAct {
    /// List which workstation holds which daily numbers, and until when.
    List(Place),
    /// Let a workstation keep its daily numbers for longer; its PC learns it at its next contact.
    Renew {
        #[command(flatten)]
        place: Place,
        /// Its id.
        #[arg(long)]
        workstation: Uuid,
        /// So many days from today.
        #[arg(long, default_value_t = 180)]
        days: i32,
    },
}

fn line_id(text: &str) -> Result<Which, String> {
    let parts = text.split_once('/');
    let read = parts.and_then(|(ws, seq)| {
        let (ws, seq) = (ws.parse().ok()?, seq.parse().ok()?);
        Some(Which::Line { ws, seq })
    });
    read.ok_or_else(|| "WORKSTATION/NUMBER is wanted".into())
}

pub(crate) async fn workstation(act: WorkstationAct) -> Result<()> {
    match act {
        WorkstationAct::Revoke { place, ws } => Ok(open(place).await?.revoke(ws).await?),
        WorkstationAct::List(place) => {
            for it in open(place).await?.workstations().await? {
                let standing = format!("{:?}", it.standing).to_lowercase();
                say(&format!(
                    "{}\t{}\t{}\t{standing}\tnext {}",
                    it.office, it.counter.number, it.ws, it.next_seq
                ))?;
            }
            Ok(())
        }
    }
}

pub(crate) async fn token(act: TokenAct) -> Result<()> {
    let TokenAct::Add { place, name, role } = act;
    let role = Role::parse(&role).with_context(|| format!("there is no role {role}"))?;
    say(&open(place).await?.token_for(&name, role).await?)
}

pub(crate) async fn quarantine(act: QuarantineAct) -> Result<()> {
    match act {
        QuarantineAct::List(place) => {
            for it in open(place).await?.quarantine().await? {
                say(&format!(
                    "{}\t{}/{}\t{}\t{}",
                    it.office, it.ws, it.seq, it.code, it.detail
                ))?;
            }
            Ok(())
        }
        QuarantineAct::Apply { place, id } => apply_again(open(place).await?, id).await,
    }
}

async fn apply_again(central: Central, id: Option<Which>) -> Result<()> {
    let attempts = central.retry(id.unwrap_or(Which::All)).await?;
    if attempts.is_empty() && id.is_some() {
        bail!("no such line in quarantine");
    }
    for it in attempts {
        let outcome = match it.outcome {
            Some(Retried::Applied) => "applied".to_string(),
            Some(Retried::Stays(fault)) => format!("stays\t{}\t{}", fault.code, fault.detail),
            Some(Retried::Gone) => "applied meanwhile".to_string(),
            None => format!("for a person\t{}\t{}", it.before.code, it.before.detail),
        };
        let line = &it.before;
        say(&format!(
            "{}\t{}/{}\t{outcome}",
            line.office, line.ws, line.seq
        ))?;
    }
    Ok(())
}

pub(crate) async fn journal(act: JournalAct) -> Result<()> {
    let JournalAct::Verify { place, workstation } = act;
    let found = open(place).await?.verify_journal(workstation).await?;
    for broken in &found.broken {
        say(&match broken {
            Broken::Line(seq) => format!("line {seq}\tis not what came"),
            Broken::Missing(seq) => format!("line {seq}\tis missing"),
            Broken::Head { last } => {
                format!("line {last}\tis not where the workstation's row ends")
            }
            Broken::Countersigned(seq) => format!("line {seq}\tis not what this centre signed"),
            Broken::Signature(seq) => {
                format!("line {seq}\thas a signature that is not this centre's")
            }
        })?;
    }
    let (lines, signed) = (found.lines, found.countersignatures);
    say(&format!(
        "{lines} lines, {signed} countersignatures, {} faults",
        found.broken.len()
    ))?;
    if !found.broken.is_empty() {
        bail!("the journal does not hold");
    }
    Ok(())
}

pub(crate) async fn lease(act: LeaseAct) -> Result<()> {
    let place = match act {
        LeaseAct::List(place) => place,
        LeaseAct::Renew {
            place,
            workstation,
            days,
        } => {
            let lease = open(place).await?.renew_lease(workstation, days).await?;
            return say(&format!("{workstation}\tuntil {}", lease.valid_to));
        }
    };
    for it in open(place).await?.workstations().await? {
        let Some(lease) = &it.lease else { continue };
        let standing = format!("{:?}", it.standing).to_lowercase();
        let range = |[lo, hi]: [u32; 2]| format!("{lo:04}-{hi:04}");
        let reserve = lease.reserve.map(range).unwrap_or_default();
        say(&format!(
            "{}\t{}\t{}\t{standing}\t{}\t{reserve}\t{}\t{}",
            it.office,
            it.counter.number,
            it.ws,
            range(lease.slot),
            lease.valid_from,
            lease.valid_to
        ))?;
    }
    Ok(())
}
