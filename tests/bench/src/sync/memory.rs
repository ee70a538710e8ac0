//! `client_rss_mb`: the most memory that a process with store and engine ever had while it sent a backlog. A process of its
//! own, so that the centre's memory does not count. Linux only.

use super::{
    Bench,
    blobs::put,
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::{lines, workstation},
};
use crate::{measure::Row, office};
use anyhow::{Context, Result, bail, ensure};
use onedoor_protocol::Hash32;
use onedoor_sync::machine::Policy;
use std::{fs, path::Path, process::Command};
use tokio::runtime::Runtime;

/// Each has two lines.
const FILINGS: u32 = 10_000;
const SCANS: u32 = 200;
const SCAN: usize = 500 * 1024;
/// One very large paper, measured apart.
const LARGE: usize = 64 * 1024 * 1024;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let scans = |n: u32| (n < SCANS).then_some(SCAN);
    let [idle, most] = measure(bench, "many", FILINGS, scans)?;
    let [_, large] = measure(bench, "large", 1, |_| Some(LARGE))?;
    let what = "the same process with its store open, before it sends";
    Ok(vec![
        Row::new("client_rss_mb", most, "MB", idle, what).at_most(100.0),
        Row::new("client_rss_mb_64_MiB_blob", large, "MB", idle, what).at_most(100.0),
    ])
}

/// Megabytes of a client before it sends, and the most while it sent; all it had is at the centre then.
fn measure(
    bench: &Bench<'_>,
    name: &str,
    filings: u32,
    size: impl Fn(u32) -> Option<usize>,
) -> Result<[f64; 2]> {
    let place = bench.place.join("memory").join(name);
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let ticket = bench.runtime.block_on(centre.ticket("eatul", 1))?;
    let data = place.join("data");
    let (store, clerk, ticket) = workstation(&data, &ticket)?;
    let mut blobs: Vec<Hash32> = Vec::new();
    bench.day.fill((&store, clerk), (0..filings, 100), |n| {
        let Some(size) = size(n) else {
            return Ok(None);
        };
        let blob = put(&store, u64::from(n), size)?;
        blobs.push(blob.0);
        Ok(Some(blob))
    })?;
    let key = store.read(|reader| reader.signing_key())?;
    bench.runtime.block_on(centre.bind(&ticket, &key))?;
    let sent = lines(&store)?;
    // The child opens it; the parent lets go of it.
    drop(store);
    let output = Command::new(std::env::current_exe()?)
        .args(["sync-client-process", &centre.url()])
        .arg(&data)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success(),
        "the client ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    bench
        .runtime
        .block_on(centre.holds(ticket.enrolment.ws, &sent))?;
    blobs
        .iter()
        .try_for_each(|sha256| centre.has_blob(sha256))?;
    let figures: Vec<f64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let figures = figures.try_into();
    figures.map_err(|said| anyhow::anyhow!("the client said {said:?}"))
}

/// The process that is measured: sends all that lies in a folder; says its memory before, and the most since.
pub fn child(url: &str, data: &Path) -> Result<()> {
    let (store, _) = office::store(data)?;
    // What opening the store's key took is the sign-in's, and over.
    fs::write("/proc/self/clear_refs", "5").context("this system does not measure memory")?;
    let idle = memory("VmRSS:")?;
    Runtime::new()?.block_on(async {
        for policy in [LINES_ONLY, Policy::default()] {
            Client::new(&store, url, policy)?.whole_contact().await?;
        }
        let client = Client::new(&store, url, LINES_ONLY)?;
        client.all_lines_sent()?;
        ensure!(client.blobs_here()? == 0, "not all scans were sent");
        Ok(())
    })?;
    println!("{idle} {}", memory("VmHWM:")?);
    Ok(())
}

fn memory(name: &str) -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let Some(kib) = line.and_then(|line| line.trim().strip_suffix("kB")) else {
        bail!("{name} is not said");
    };
    Ok(kib.trim().parse::<f64>()? * 1024.0 / 1e6)
}
