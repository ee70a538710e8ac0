//! `blob_MB_per_s` and `blob_overhead`: one workstation sends scans, one after the other, from its encrypted store; each
//! is durable at the centre, and its receipt here, before the next. Beside it the same bytes to the disk alone.

use super::{
    Bench,
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::{lines, workstation},
    line::{Kind, Line},
};
use crate::measure::{Row, median};
use anyhow::{Result, ensure};
use onedoor_protocol::Hash32;
use onedoor_store::Store;
use onedoor_sync::machine::Policy;
use onedoor_testkit::seed::Seed;
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

const RUNS: u32 = 3;
/// Blobs of a run.
const BLOBS: u32 = 100;
const SIZE: usize = 500 * 1024;

/// Bytes like a scan's: nothing packs them.
pub fn scan(seed: u64, size: usize) -> Vec<u8> {
    let mut seed = Seed::new(seed);
    let mut bytes: Vec<u8> = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        bytes.extend_from_slice(&seed.bits().to_be_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// Stores a scan; gives its identity and size as lines name it.
pub fn put(store: &Store, seed: u64, size: usize) -> Result<(Hash32, u64)> {
    Ok((store.blobs().put(&scan(seed, size))?, size as u64))
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let place = bench.place.join("blobs");
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let ticket = bench.runtime.block_on(centre.ticket("eatul", 1))?;
    let (store, clerk, ticket) = workstation(&place.join("data"), &ticket)?;
    let key = store.read(|reader| reader.signing_key())?;
    bench.runtime.block_on(centre.bind(&ticket, &key))?;
    let (mut ours, mut disk) = (vec![], vec![]);
    let mut overhead = f64::NAN;
    // The last round is counted on the socket instead of timed.
    for run in 0..=RUNS {
        let numbers = run * BLOBS..(run + 1) * BLOBS;
        let mut blobs = Vec::new();
        bench.day.fill((&store, clerk), (numbers, 50), |n| {
            let blob = put(&store, u64::from(n), SIZE)?;
            blobs.push(blob.0);
            Ok(Some(blob))
        })?;
        let bytes = f64::from(BLOBS) * SIZE as f64;
        bench.runtime.block_on(async {
            // Twice: the second reads the first one's echo in the feed.
            for _ in 0..2 {
                Client::new(&store, &centre.url(), LINES_ONLY)?
                    .whole_contact()
                    .await?;
            }
            if run < RUNS {
                let mut client = Client::new(&store, &centre.url(), Policy::default())?;
                let began = Instant::now();
                client.whole_contact().await?;
                ours.push(bytes / began.elapsed().as_secs_f64() / 1e6);
            } else {
                let line = Line::to(centre.address(), Kind::Plain).await?;
                Client::new(&store, &line.url(), Policy::default())?
                    .whole_contact()
                    .await?;
                overhead = line.take().bytes() as f64 / bytes;
            }
            arrived(&centre, &store, &blobs)
        })?;
        disk.push(bytes / to_disk(&place.join("disk"), run)? / 1e6);
    }
    bench
        .runtime
        .block_on(centre.holds(ticket.enrolment.ws, &lines(&store)?))?;
    let what = "the same bytes written, fsync, rename, fsync of the folder, same disk";
    Ok(vec![
        Row::new("blob_MB_per_s", median(&ours), "MB/s", median(&disk), what).at_least(60.0),
        Row::new(
            "blob_overhead",
            overhead,
            "times",
            1.0,
            "the bytes of the blobs",
        )
        .at_most(1.02),
    ])
}

/// Fails unless these blobs are at the centre, byte for byte, and the store knows of every one.
pub fn arrived(centre: &Centre, store: &Store, blobs: &[Hash32]) -> Result<()> {
    ensure!(!blobs.is_empty(), "nothing was sent");
    let here = store.read(|reader| reader.unpublished_bytes())?.0;
    ensure!(here == 0, "{here} blobs are not called sent");
    blobs.iter().try_for_each(|sha256| centre.has_blob(sha256))
}

/// Seconds that the disk needs for the blobs of a run.
fn to_disk(folder: &Path, run: u32) -> Result<f64> {
    fs::create_dir_all(folder)?;
    let bytes = scan(u64::from(run) << 32, SIZE);
    let began = Instant::now();
    for n in 0..BLOBS {
        let path = folder.join(format!("{run}-{n}"));
        let mut file = File::create(path.with_extension("part"))?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(path.with_extension("part"), &path)?;
        File::open(folder)?.sync_all()?;
    }
    Ok(began.elapsed().as_secs_f64())
}
