//! `bench keys`: from a key of a real keyboard to the painted letter, in the page a clerk lives in, with the known persons
//! looked up, the draft kept and the receipt drawn anew meanwhile; and from the last key to the new receipt. Beside it a
//! plain input in an empty window, same keys. Needs a display and xdotool.

use crate::{
    measure::{Row, percentile},
    office,
    window::Window,
};
use anyhow::{Context, Result, ensure};
use onedoor_testkit::temp::Scratch;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Filings, and so persons to be looked up, in the workstation's store.
const FILINGS: u32 = 20_000;
const RUNS: u32 = 3;
/// A quick typist: a key every so many milliseconds.
const PACE: &str = "90";
/// Long enough that the receipt is drawn between two keys.
const PAUSE: &str = "900";
/// What a clerk types; small letters, as most do.
const NAMES: &str = "nguyen thi ung tran van duc h'hen nie y bok eban pham bao ngoc ";
const SLOW: &str = "le thi my duyen";
/// What the page waits after the last key before it asks for the receipt.
const SETTLE_MS: f64 = 200.0;

const EMPTY: &str = "[
    { wait: 'body', act: 'make_input' },
    { wait: 'input', act: 'listen' },
    { wait: 'input:focus', say: 'typing' },
]";
const WORKSTATION: &str = r#"[
    { wait: '[data-testid^="staff-"]', act: 'press' },
    { wait: '[data-testid="password"]', act: 'sign_in' },
    { wait: '[data-testid="clock-confirm"]', act: 'press' },
    { wait: '[data-testid="procedure"]', act: 'focus' },
    { wait: '[data-testid="procedure"]:focus', say: 'picker' },
    { wait: '[role="option"]', say: 'options' },
    { wait: '[data-testid="procedure-chosen"]', act: 'nothing' },
    { wait: '[data-testid="field-applicant.name"]', act: 'listen' },
    { wait: '[data-testid="field-applicant.name"]:focus', say: 'typing' },
]"#;

/// All measurements of the bench; the programs lie beside this one.
pub fn rows(folder: &Path) -> Result<Vec<Row>> {
    let (mut plain, mut ours, mut receipts) = (vec![], vec![], vec![]);
    for run in 1..=RUNS {
        // A draft of the run before would stand on the page instead of the picker.
        let home = Scratch::under(&folder.join("scratch"))?;
        office::make(&home.path().join("data"), FILINGS, office::days_ago(90))?;
        plain.extend(in_empty_window(home.path())?);
        let (keys, pictures) = in_workstation(home.path())?;
        ours.extend(keys);
        receipts.extend(pictures);
        eprintln!("keys: run {run} of {RUNS}");
    }
    ensure!(
        ours.len() > 100 && plain.len() > 100 && receipts.len() > 10,
        "too few keys arrived: {} and {}, {} receipts",
        ours.len(),
        plain.len(),
        receipts.len()
    );
    let what = "a plain input in an empty window, same keys; p99";
    let peer = percentile(&plain, 99);
    let drawn = "the same, the median; 200 ms after the last key are not counted";
    Ok(vec![
        Row::new(
            "key_to_paint_p99_ms",
            percentile(&ours, 99),
            "ms",
            peer,
            what,
        )
        .at_most(50.0),
        Row::new(
            "preview_ms",
            percentile(&receipts, 50),
            "ms",
            percentile(&receipts, 95),
            drawn,
        )
        .at_most(120.0),
    ])
}

fn in_empty_window(home: &Path) -> Result<Vec<f64>> {
    let window = Window::start(&beside("empty-window")?, &script(EMPTY), home)?;
    window.wait("typing")?;
    focus()?;
    keys(PACE, NAMES)?;
    Ok(report(&window)?.0)
}

/// Milliseconds of each key, and of each receipt after a key.
fn in_workstation(home: &Path) -> Result<(Vec<f64>, Vec<f64>)> {
    let window = Window::start(&beside("onedoor")?, &script(WORKSTATION), home)?;
    window.wait("picker")?;
    focus()?;
    keys(PACE, "gh")?;
    window.wait("options")?;
    xdotool(&["key", "Return"])?;
    window.wait("typing")?;
    keys(PACE, NAMES)?;
    // A list of known persons may lie open; it is not what is measured next.
    xdotool(&["key", "Escape"])?;
    keys(PAUSE, SLOW)?;
    let (keys, pictures) = report(&window)?;
    Ok((
        keys,
        pictures.into_iter().map(|ms| ms - SETTLE_MS).collect(),
    ))
}

/// Asks the page for what it measured: keys, and receipts.
fn report(window: &Window) -> Result<(Vec<f64>, Vec<f64>)> {
    xdotool(&["key", "F9"])?;
    let pictures = numbers(&window.line("pictures:")?)?;
    Ok((numbers(&window.line("keys:")?)?, pictures))
}

fn numbers(list: &str) -> Result<Vec<f64>> {
    let numbers = list.split(' ').filter(|number| !number.is_empty());
    numbers
        .map(|number| {
            number
                .parse()
                .with_context(|| format!("{number} is no time"))
        })
        .collect()
}

fn script(steps: &str) -> String {
    include_str!("steps.js")
        .replace("STEPS;", &format!("{steps};"))
        .replace("PASSWORD", office::PASSWORD)
}

/// There is no window manager to give the window the keyboard; the measured one is the only window of this display.
fn focus() -> Result<()> {
    xdotool(&[
        "search",
        "--sync",
        "--onlyvisible",
        "--name",
        "^(Một Cửa|Tauri App)$",
        "windowfocus",
        "--sync",
    ])
}

fn keys(pace: &str, text: &str) -> Result<()> {
    xdotool(&["type", "--delay", pace, text])
}

fn xdotool(arguments: &[&str]) -> Result<()> {
    let status = Command::new("xdotool")
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .context("xdotool (package xdotool)")?;
    ensure!(status.success(), "xdotool {arguments:?} failed");
    Ok(())
}

fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.parent().context("the program's folder")?.join(name))
}
