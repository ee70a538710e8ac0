//! `events_per_s_*`: four workstations send their backlogs at once, each over its own connection, in batches as the engine
//! cuts them, sealed before. Beside it what the disk alone can do.

use super::{Bench, centre::Centre, day::Day};
use crate::{
    measure::{Row, median},
    receive::durable_writes,
};
use anyhow::{Context, Result, ensure};
use onedoor_protocol::{
    batch,
    enrol::Ticket,
    journal::{Body, FormRendered},
    sign::{PublicKey, SecretKey},
};
use onedoor_sync::{
    Transport,
    plan::{PageSize, covers, take},
    transport::BatchOutcome,
};
use onedoor_testkit::{journal::Journal, postgres};
use std::{fs::File, sync::Arc, time::Instant};
use tokio::sync::Barrier;

const RUNS: u32 = 3;
const CONNECTIONS: u32 = 4;
/// Filings of one workstation's backlog; each has two lines.
const FILINGS: u32 = 5_000;
/// Small durable writes of one sample of the disk.
const WRITES: u32 = 200;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    bench.runtime.block_on(async {
        let place = bench.place.join("throughput");
        let postgres = postgres::Server::start();
        let embedded = Centre::start(&place.join("embedded"), None).await?;
        let database = Some(postgres.database());
        let shared = Centre::start(&place.join("postgres"), database).await?;
        let mut disk = File::create(place.join("disk"))?;
        let (mut on_sqlite, mut alone, mut fsyncs) = (vec![], vec![], vec![]);
        let (mut on_postgres, mut one_office, mut one_alone) = (vec![], vec![], vec![]);
        let mut run = Run {
            day: bench.day,
            sources: 0,
        };
        for _ in 0..RUNS {
            fsyncs.push(f64::from(WRITES) * 1000.0 / durable_writes(&mut disk, WRITES)?);
            on_sqlite.push(run.send(&embedded, CONNECTIONS, false).await?);
            alone.push(run.send(&embedded, 1, false).await?);
            on_postgres.push(run.send(&shared, CONNECTIONS, false).await?);
            one_alone.push(run.send(&shared, 1, false).await?);
            one_office.push(run.send(&shared, CONNECTIONS, true).await?);
        }
        let what = "4 KiB written and fdatasync, same disk, one after the other";
        let row = |name, ours: &[f64]| Row::new(name, median(ours), "per s", median(&fsyncs), what);
        Ok(vec![
            row("events_per_s_embedded", &on_sqlite).at_least(8_000.0),
            row("events_per_s_embedded_1_connection", &alone),
            row("events_per_s_postgres", &on_postgres).at_least(5_000.0),
            row("events_per_s_postgres_1_connection", &one_alone),
            row("events_per_s_postgres_1_office", &one_office),
        ])
    })
}

struct Run<'a> {
    day: &'a Day,
    /// Workstations so far: each has filings of its own.
    sources: u32,
}

impl Run<'_> {
    /// New workstations send their backlogs at once; lines a second from the first request to the last answer.
    async fn send(
        &mut self,
        centre: &Centre,
        connections: u32,
        in_one_office: bool,
    ) -> Result<f64> {
        let start = Arc::new(Barrier::new(connections as usize + 1));
        let first = self.sources;
        let (mut journals, mut senders) = (Vec::new(), Vec::new());
        for _ in 0..connections {
            let source = self.sources;
            self.sources += 1;
            let office = if in_one_office { first } else { source };
            let counter = u16::try_from(source - office)? + 1;
            let ticket = centre.ticket(&format!("office{office}"), counter).await?;
            let ticket = Ticket::read(&ticket).context("a ticket can be read")?;
            let journal = backlog(self.day, source, &ticket)?;
            centre.bind(&ticket, &journal.key).await?;
            let sender = Sender {
                batches: batches(&journal)?,
                transport: centre.transport()?,
                key: ticket
                    .enrolment
                    .server_keys
                    .first()
                    .and_then(|key| PublicKey::from_hex(key)),
            };
            senders.push(tokio::spawn(sender.send(Arc::clone(&start))));
            journals.push(journal);
        }
        start.wait().await;
        let began = Instant::now();
        for sender in senders {
            sender.await??;
        }
        let took = began.elapsed();
        let mut lines = 0;
        for journal in &journals {
            centre.holds(journal.ws, &journal.lines).await?;
            lines += journal.lines.len();
        }
        Ok(lines as f64 / took.as_secs_f64())
    }
}

fn backlog(day: &Day, source: u32, ticket: &Ticket) -> Result<Journal> {
    let office = &ticket.enrolment.office.id;
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&source.to_be_bytes());
    let key = SecretKey::from_seed(&seed);
    let mut journal = Journal::new(ticket.enrolment.ws, key, office);
    for n in 0..FILINGS {
        let filing = day.filing(source, n)?;
        let form: FormRendered = day.form(&filing, None);
        journal.say(Body::from(filing));
        journal.say(Body::from(form));
    }
    Ok(journal)
}

/// The batches of a whole journal, each with its last line, cut as the engine cuts them.
fn batches(journal: &Journal) -> Result<Vec<(Vec<u8>, u64)>> {
    let mut batches = Vec::new();
    let mut left = journal.lines.as_slice();
    while !left.is_empty() {
        let first = (journal.lines.len() - left.len()) as u64 + 1;
        let taken = take(left.iter().map(Vec::len), PageSize::default());
        let (page, rest) = left.split_at(taken);
        let last = first + taken as u64 - 1;
        let header = journal.header(&(first..=last));
        batches.push((batch::seal(&journal.key, header, page)?, last));
        left = rest;
    }
    Ok(batches)
}

struct Sender {
    batches: Vec<(Vec<u8>, u64)>,
    transport: Transport,
    key: Option<PublicKey>,
}

impl Sender {
    async fn send(self, start: Arc<Barrier>) -> Result<()> {
        let keys: Vec<PublicKey> = self.key.into_iter().collect();
        start.wait().await;
        for (bytes, last) in self.batches {
            let answer = match self.transport.batch(bytes).await? {
                BatchOutcome::Taken(answer) => answer,
                BatchOutcome::Refused(refusal) => anyhow::bail!("refused: {refusal:?}"),
            };
            ensure!(
                covers(&answer, last) && answer.countersigned_by(&keys),
                "line {last} was answered with {answer:?}"
            );
        }
        Ok(())
    }
}
