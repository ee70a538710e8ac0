//! Who works at an office: listing them, and telling its PCs that somebody has left or has another role.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onedoor_central::Word;
use onedoor_domain::access::Role;
use uuid::Uuid;

use crate::{Place, open, say};

#[derive(Subcommand)]
pub(crate) enum StaffAct {
    /// Everybody whom the office's counters or the centre named: id, name, role, since when they have left, where they were named.
    List {
        #[command(flatten)]
        place: Place,
        /// Id of the office.
        #[arg(long)]
        office: String,
    },
    /// Somebody has left: no PC of the office that hears of it lets them sign in any more.
    Leave(Whom),
    /// Somebody has this role from their next sign-in on; also who had left by mistake.
    Role {
        #[command(flatten)]
        whom: Whom,
        /// clerk, supervisor or admin.
        #[arg(long)]
        role: String,
    },
}

#[derive(Args)]
pub(crate) struct Whom {
    #[command(flatten)]
    place: Place,
    /// Id of the office.
    #[arg(long)]
    office: String,
    /// As `staff list` shows it; again for every further id of the same person.
    #[arg(long, required = true)]
    clerk: Vec<Uuid>,
}

pub(crate) async fn staff(act: StaffAct) -> Result<()> {
    match act {
        StaffAct::List { place, office } => list(place, &office).await,
        StaffAct::Leave(whom) => tell(whom, Word::Left).await,
        StaffAct::Role { whom, role } => {
            let known = Role::parse(&role).with_context(|| format!("there is no role {role}"))?;
            tell(whom, Word::Role(known)).await
        }
    }
}

async fn list(place: Place, office: &str) -> Result<()> {
    let central = open(place).await?;
    let all = central.workstations().await?;
    for member in central.staff(office).await? {
        let counters = all.iter().filter(|it| member.named_by.contains(&it.ws));
        let counters: Vec<_> = counters.map(|it| it.counter.name.as_str()).collect();
        let left = member.left_on.map(|day| format!("left {day}"));
        say(&format!(
            "{}\t{}\t{}\t{}\t{}",
            member.clerk,
            member.name,
            member.role,
            left.as_deref().unwrap_or("works there"),
            counters.join(", ")
        ))?;
    }
    Ok(())
}

async fn tell(whom: Whom, word: Word) -> Result<()> {
    let central = open(whom.place).await?;
    for clerk in whom.clerk {
        let number = central.tell_staff(&whom.office, clerk, word).await?;
        say(&format!("{clerk}\t{number}"))?;
    }
    Ok(())
}
