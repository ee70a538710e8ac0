//! Workstations with their journals, what could not be applied, and who may ask.

use anyhow::{Context, Result};
use clap::Subcommand;
use onedoor_central::ledger::Role;
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
        /// operator reads everything; unit decides on filings and reads nothing.
        #[arg(long, default_value = "operator")]
        role: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum QuarantineAct {
    /// List them.
    List(Place),
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
                    "{}\t{}\t{}\t{}\t{}",
                    it.office, it.ws, it.seq, it.code, it.detail
                ))?;
            }
            Ok(())
        }
    }
}
