//! `bench sync`: what the way to the centre costs, on the program's own engine, store and router over loopback. Every part
//! compares what the centre holds with what was sent before it gives a figure. Not here: TLS, whose bytes and round trips
//! come on top.

mod beside;
mod blobs;
mod centre;
mod client;
mod cuts;
mod day;
mod line;
mod memory;
mod payload;
mod storm;
mod throughput;
mod weak;

pub use memory::child as client_process;

use crate::{measure::Row, sync::day::Day};
use anyhow::{Result, bail};
use onedoor_testkit::temp::Scratch;
use std::{path::Path, time::Instant};
use tokio::runtime::Runtime;

/// The parts, in their order; each can be run alone as `sync-PART`.
const PARTS: [&str; 8] = [
    "storm",
    "throughput",
    "payload",
    "blobs",
    "cuts",
    "weak",
    "beside",
    "memory",
];

/// What the parts share: folders on the disk that is measured, and a day as the desk journals it.
struct Bench<'a> {
    place: &'a Path,
    runtime: &'a Runtime,
    day: &'a Day,
}

/// All measurements of the bench, or those of one part.
pub fn rows(folder: &Path, part: Option<&str>) -> Result<Vec<Row>> {
    if let Some(part) = part
        && !PARTS.contains(&part)
    {
        bail!("`sync` has no part {part}: {PARTS:?}");
    }
    let scratch = Scratch::under(&folder.join("scratch"))?;
    let runtime = Runtime::new()?;
    let day = Day::receive(&scratch.path().join("day"))?;
    let bench = Bench {
        place: scratch.path(),
        runtime: &runtime,
        day: &day,
    };
    let mut rows = Vec::new();
    for name in PARTS {
        if part.is_some_and(|part| part != name) {
            continue;
        }
        let began = Instant::now();
        rows.extend(match name {
            "storm" => storm::rows()?,
            "throughput" => throughput::rows(&bench)?,
            "payload" => payload::rows(&bench)?,
            "blobs" => blobs::rows(&bench)?,
            "cuts" => cuts::rows(&bench)?,
            "weak" => weak::rows(&bench)?,
            "beside" => beside::rows(&bench)?,
            _ => memory::rows(&bench)?,
        });
        eprintln!("sync: {name} ({} s)", began.elapsed().as_secs());
    }
    Ok(rows)
}
