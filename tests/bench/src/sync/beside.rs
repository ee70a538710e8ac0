//! `read_p99_ms_during_sync` and `save_p99_ms_during_sync`: what a clerk's reads and saves take while the engine sends a
//! backlog from the same store as fast as loopback lets it. Beside it the same with nothing to send.

use super::{
    Bench,
    blobs::put,
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::{Day, workstation},
};
use crate::measure::{Row, ms, percentile};
use anyhow::{Context, Result, ensure};
use onedoor_store::{Store, tables::filings::Which};
use onedoor_sync::machine::Policy;
use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Each has two lines.
const BACKLOG: u32 = 20_000;
/// The first of them name scans.
const SCANS: u32 = 150;
const SCAN: usize = 500 * 1024;
/// Between two reads and between two saves: far more than a person, far less than a loop.
const PAUSE: Duration = Duration::from_millis(4);
/// Reads and saves of the quiet time.
const QUIET: u32 = 600;
/// Fewer samples have no 99th.
const ENOUGH: usize = 300;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let place = bench.place.join("beside");
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let ticket = bench.runtime.block_on(centre.ticket("eatul", 1))?;
    let (store, clerk, ticket) = workstation(&place.join("data"), &ticket)?;
    bench.day.fill((&store, clerk), (0..BACKLOG, 100), |n| {
        (n < SCANS)
            .then(|| put(&store, u64::from(n), SCAN))
            .transpose()
    })?;
    let key = store.read(|reader| reader.signing_key())?;
    bench.runtime.block_on(centre.bind(&ticket, &key))?;
    let counter = Counter {
        store: &store,
        clerk,
        day: bench.day,
    };
    let quiet = counter.work(BACKLOG, Some(QUIET), || Ok(()))?;
    let busy = counter.work(2 * BACKLOG, None, || {
        bench.runtime.block_on(async {
            // Lines alone, then what they named: both kinds of sending are met.
            for policy in [LINES_ONLY, Policy::default()] {
                Client::new(&store, &centre.url(), policy)?
                    .whole_contact()
                    .await?;
            }
            Ok(())
        })
    })?;
    bench.runtime.block_on(async {
        let mut client = Client::new(&store, &centre.url(), Policy::default())?;
        client.whole_contact().await?;
        client.all_lines_sent()?;
        ensure!(client.blobs_here()? == 0, "not all scans were sent");
        centre
            .holds(ticket.enrolment.ws, &super::day::lines(&store)?)
            .await
    })?;
    let row = |name, (ours, theirs): (&[f64], &[f64])| {
        let what = format!(
            "the same with nothing to send; {} and {} samples",
            ours.len(),
            theirs.len()
        );
        Row::new(
            name,
            percentile(ours, 99),
            "ms",
            percentile(theirs, 99),
            what,
        )
    };
    Ok(vec![
        row("read_p99_ms_during_sync", (&busy.reads, &quiet.reads)).at_most(2.0),
        row("save_p99_ms_during_sync", (&busy.saves, &quiet.saves)).at_most(50.0),
    ])
}

/// Milliseconds of each.
struct Samples {
    reads: Vec<f64>,
    saves: Vec<f64>,
}

struct Counter<'a> {
    store: &'a Store,
    clerk: Uuid,
    day: &'a Day,
}

impl Counter<'_> {
    /// Reads and saves so many times, or until what happens beside it is over; `first` is the number of the first filing.
    fn work(
        &self,
        first: u32,
        times: Option<u32>,
        beside: impl FnOnce() -> Result<()>,
    ) -> Result<Samples> {
        let samples = thread::scope(|scope| {
            let (stop_reading, stopped) = mpsc::channel();
            let reads = scope.spawn(move || repeat(times, &stopped, |_| self.read()));
            let (stop_saving, stopped) = mpsc::channel();
            let saves =
                scope.spawn(move || repeat(times, &stopped, |turn| self.save(first + turn)));
            let beside = beside();
            if times.is_none() {
                drop((stop_reading, stop_saving));
            }
            let panicked = |_| anyhow::anyhow!("reading or saving panicked");
            let (reads, saves) = (reads.join(), saves.join());
            beside?;
            anyhow::Ok(Samples {
                reads: reads.map_err(panicked)??,
                saves: saves.map_err(panicked)??,
            })
        })?;
        let (reads, saves) = (samples.reads.len(), samples.saves.len());
        ensure!(
            reads >= ENOUGH && saves >= ENOUGH,
            "only {reads} reads and {saves} saves"
        );
        Ok(samples)
    }

    /// What a page of the counter asks: the newest filings, and one of them.
    fn read(&self) -> Result<()> {
        let found = self.store.read(|reader| {
            let newest = reader.filings(&Which::All, "", 20)?;
            match newest.last() {
                Some(row) => reader.filing(row.id),
                None => Ok(None),
            }
        })?;
        found.map(drop).context("a filing is there to read")
    }

    /// One filing and its form, committed.
    fn save(&self, n: u32) -> Result<()> {
        self.day
            .fill((self.store, self.clerk), (n..n + 1, 1), |_| Ok(None))
    }
}

/// Milliseconds of each time; it ends after so many, or when whoever may stop it is gone.
fn repeat(
    times: Option<u32>,
    stopped: &mpsc::Receiver<()>,
    mut act: impl FnMut(u32) -> Result<()>,
) -> Result<Vec<f64>> {
    let mut samples = Vec::new();
    for turn in 0..times.unwrap_or(u32::MAX) {
        let began = Instant::now();
        act(turn)?;
        samples.push(ms(began.elapsed()));
        if stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Disconnected) {
            break;
        }
    }
    Ok(samples)
}
