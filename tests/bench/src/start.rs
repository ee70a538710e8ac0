//! `bench start`: from launch to the sign-in page on the screen, from the typed password to the procedure picker, and
//! the memory; beside a Tauri window with nothing in it, turn by turn in the same run. Needs a display.

use crate::{
    measure::{Row, median, ms},
    office,
    window::Window,
};
use anyhow::{Context, Result};
use onedoor_store::{KeyFile, StorePaths};
use onedoor_testkit::temp::Scratch;
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

const RUNS: u32 = 7;
/// Filings in the workstation's store.
const FILINGS: u32 = 2_000;

const EMPTY: &str = r#"[{ wait: 'body', say: 'painted' }]"#;
const WORKSTATION: &str = r#"[
    { wait: '[data-testid^="staff-"]', say: 'painted', act: 'press' },
    { wait: '[data-testid="password"]', act: 'sign_in' },
    { wait: '[data-testid="clock-confirm"]', act: 'press' },
    { wait: '[data-testid="procedure"]', say: 'ready' },
]"#;

/// What the runs gave.
#[derive(Default)]
struct Samples {
    empty: Vec<f64>,
    start: Vec<f64>,
    ratio: Vec<f64>,
    ready: Vec<f64>,
    key: Vec<f64>,
    empty_mb: Vec<f64>,
    mb: Vec<f64>,
}

/// All measurements of the bench; the programs lie beside this one.
pub fn rows(folder: &Path) -> Result<Vec<Row>> {
    let home = Scratch::under(&folder.join("scratch"))?;
    office::make(&home.path().join("data"), FILINGS, office::days_ago(12))?;
    let mut samples = Samples::default();
    // The first round fills the page cache and WebKit's own folders, and counts for nothing.
    round(&mut Samples::default(), home.path())?;
    for n in 1..=RUNS {
        round(&mut samples, home.path())?;
        eprintln!("start: run {n} of {RUNS}");
    }
    Ok(table(&samples))
}

fn round(samples: &mut Samples, home: &Path) -> Result<()> {
    let empty = Window::start(&beside("empty-window")?, &script(EMPTY), home)?;
    let nothing = ms(empty.wait("painted")?);
    samples.empty_mb.push(empty.memory()?);
    drop(empty);
    let window = Window::start(&beside("onedoor")?, &script(WORKSTATION), home)?;
    let painted = ms(window.wait("painted")?);
    let typed = window.wait("typed")?;
    let ready = window.wait("ready")?;
    samples.mb.push(window.memory()?);
    drop(window);
    samples.empty.push(nothing);
    samples.start.push(painted);
    samples.ratio.push(painted / nothing);
    samples.ready.push(ms(ready - typed));
    samples.key.push(key_alone(home)?);
    Ok(())
}

fn table(samples: &Samples) -> Vec<Row> {
    let (empty, empty_mb) = (median(&samples.empty), median(&samples.empty_mb));
    let what = "an empty Tauri window, turn by turn";
    vec![
        Row::new("start_ms", median(&samples.start), "ms", empty, what),
        Row::ratio("start_vs_empty_window", median(&samples.ratio), empty, what).at_most(1.5),
        Row::new(
            "signin_to_ready_ms",
            median(&samples.ready),
            "ms",
            median(&samples.key),
            "the password's key derivation alone (Argon2id)",
        ),
        Row::new("rss_mb", median(&samples.mb), "MB", empty_mb, what).at_most(empty_mb + 80.0),
    ]
}

fn script(steps: &str) -> String {
    include_str!("steps.js")
        .replace("STEPS;", &format!("{steps};"))
        .replace("PASSWORD", office::PASSWORD)
}

fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.parent().context("the program's folder")?.join(name))
}

/// Milliseconds to open the clerk's slot: what no sign-in can be faster than.
fn key_alone(home: &Path) -> Result<f64> {
    let keys = KeyFile::load(&StorePaths::new(&home.join("data")).keys())?.context("keys")?;
    let slot = keys
        .slots
        .iter()
        .find(|slot| !slot.name.is_empty())
        .context("a clerk")?;
    let started = Instant::now();
    keys.open_clerk(slot.id, office::PASSWORD, None)?;
    Ok(ms(started.elapsed()))
}
