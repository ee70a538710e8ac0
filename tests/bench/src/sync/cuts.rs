//! `cut_link_*`: ten files over a line that breaks about every megabyte. Between two tries the machine waits as it wants to,
//! but never long.

use super::{
    Bench,
    blobs::{arrived, put},
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::workstation,
    line::{Kind, Line, cuts},
};
use crate::measure::Row;
use anyhow::{Result, ensure};
use onedoor_protocol::blob::CHUNK;
use onedoor_sync::machine::Policy;
use std::time::Duration;

const FILES: u32 = 10;
const SIZE: usize = 5_000_000;
const CUT: Kind = Kind::Cut {
    mean: 1_000_000,
    seed: 20_261_123,
    bytes_per_s: 10_000_000,
};
/// Nobody watches a bench back off for minutes.
const LONGEST_WAIT: Duration = Duration::from_millis(250);
/// More tries than this mean that nothing gets through.
const TRIES: u32 = 2_000;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let place = bench.place.join("cuts");
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let ticket = bench.runtime.block_on(centre.ticket("eatul", 1))?;
    let (store, clerk, ticket) = workstation(&place.join("data"), &ticket)?;
    let key = store.read(|reader| reader.signing_key())?;
    let mut files = Vec::new();
    bench.day.fill((&store, clerk), (0..FILES, 50), |n| {
        let file = put(&store, u64::from(n), SIZE)?;
        files.push(file.0);
        Ok(Some(file))
    })?;
    bench.runtime.block_on(async {
        centre.bind(&ticket, &key).await?;
        for _ in 0..2 {
            Client::new(&store, &centre.url(), LINES_ONLY)?
                .whole_contact()
                .await?;
        }
        let line = Line::to(centre.address(), CUT).await?;
        let mut client = Client::new(&store, &line.url(), Policy::default())?;
        let mut tries = 0;
        while client.blobs_here()? > 0 && tries < TRIES {
            client.contact().await;
            client.wait(LONGEST_WAIT).await;
            tries += 1;
        }
        let passed = line.take();
        ensure!(
            passed.cuts > u64::from(FILES),
            "the line was hardly cut: {passed:?}"
        );
        let done = u64::from(FILES) - client.blobs_here()?;
        if done == u64::from(FILES) {
            arrived(&centre, &store, &files)?;
        }
        let bytes = f64::from(FILES) * SIZE as f64;
        // Half a chunk is lost at a cut, on average.
        let lost = passed.cuts as f64 * CHUNK as f64 / 2.0 / bytes;
        let what = format!(
            "each file anew after every one of the same cuts; ours met {} in {tries} tries, half a chunk lost at each \
             would be {:.3} more",
            passed.cuts, lost
        );
        let whole = whole_files(CUT);
        Ok(vec![
            Row::new(
                "cut_link_files_done",
                done as f64,
                "files",
                f64::from(FILES),
                "files",
            )
            .at_least(f64::from(FILES)),
            Row::new(
                "cut_link_byte_ratio",
                passed.bytes() as f64 / bytes,
                "times",
                whole,
                what,
            )
            .at_most(1.05),
        ])
    })
}

/// What sending whole files would cost on such a line, by arithmetic on its own cuts.
fn whole_files(kind: Kind) -> f64 {
    let mut cuts = cuts(kind);
    let mut sent = 0;
    let mut left = cuts.next().unwrap_or_default();
    for _ in 0..FILES {
        while left < SIZE as u64 {
            sent += left;
            left = cuts.next().unwrap_or(u64::MAX);
        }
        sent += SIZE as u64;
        left -= SIZE as u64;
    }
    sent as f64 / (f64::from(FILES) * SIZE as f64)
}
