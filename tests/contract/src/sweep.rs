//! Kills a program at its nth call of a system call, by strace. The kill comes when the call begins: the call itself is
//! never done. Counts are per thread, as strace keeps them. Not here: what must hold after a kill.

use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, Output},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Calls after which something may be on the disk that was not there before.
pub const DURABLE: [&str; 5] = ["fdatasync", "fsync", "rename", "pwrite64", "unlink"];

/// Two cores are what the tests are promised on.
const AT_ONCE: usize = 2;

/// How a run under strace ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Killed at the call.
    Killed,
    /// There were fewer calls: it ran to its end.
    ToTheEnd,
}

fn strace(program: &Path, arguments: &[&str], options: &[&str]) -> Result<Output> {
    Command::new("strace")
        // Not --seccomp-bpf: with it, strace 6.1 injects no signal.
        .args(["-f", "-qq"])
        .args(options)
        .arg(program)
        .args(arguments)
        .output()
        .context("no strace: install the package strace")
}

/// A call at which a program can be killed, exactly and alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The system call.
    pub call: String,
    /// Its number within its thread.
    pub nth: usize,
    /// Made by the thread that made the marker.
    pub by_marker: bool,
}

/// The calls after a marker.
#[derive(Debug, Default)]
pub struct Points {
    /// Those where a kill can be aimed: no other thread comes to this number of the same call earlier.
    pub aimed: Vec<Point>,
    /// All of them.
    pub all: Vec<Point>,
}

/// Runs the program once and lists its durable calls after the one whose line holds `marker`.
///
/// # Errors
/// When strace is missing or the program fails.
pub fn points(program: &Path, arguments: &[&str], log: &Path, marker: &str) -> Result<Points> {
    let trace = format!("trace={}", DURABLE.join(","));
    let log_name = log.to_string_lossy();
    let output = strace(program, arguments, &["-e", &trace, "-o", &log_name])?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8_lossy(&std::fs::read(log)?).into_owned();
    Ok(after_marker(&text, marker))
}

fn after_marker(log: &str, marker: &str) -> Points {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut found, mut marked) = (Points::default(), None);
    for line in log.lines() {
        let mut words = line.split_whitespace();
        let (Some(thread), Some(rest)) = (words.next(), words.next()) else {
            continue;
        };
        // A call that another thread interrupted in the log has a second line, "<... resumed>".
        let Some((call, _)) = rest.split_once('(').filter(|(call, _)| !call.is_empty()) else {
            continue;
        };
        let count = counts.entry((thread, call)).or_default();
        *count += 1;
        let first = most.get(call).is_none_or(|most| *count > *most);
        if first {
            most.insert(call, *count);
        }
        if let Some(marked) = marked {
            let point = Point {
                call: call.to_string(),
                nth: *count,
                by_marker: thread == marked,
            };
            found.aimed.extend(first.then(|| point.clone()));
            found.all.push(point);
        } else if line.contains(marker) {
            marked = Some(thread);
        }
    }
    found
}

/// Runs the program and kills it where a thread makes the call for the nth time. Returns what it had said.
///
/// # Errors
/// When strace is missing or the program fails by itself.
pub fn kill_at(
    program: &Path,
    arguments: &[&str],
    call: &str,
    nth: usize,
) -> Result<(Ended, String)> {
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:signal=KILL:when={nth}");
    let options = ["-e", &trace, "-e", &inject, "-o", "/dev/null"];
    let output = strace(program, arguments, &options)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok((Ended::ToTheEnd, said));
    }
    // strace ends itself by the signal that ended the program.
    if output.status.signal() == Some(9) {
        return Ok((Ended::Killed, said));
    }
    bail!(
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Every second point, or all of them when they are asked for.
pub fn chosen(points: Vec<Point>) -> Vec<Point> {
    let all = std::env::var("ONEDOOR_SWEEP").is_ok_and(|which| which == "all");
    points
        .into_iter()
        .step_by(if all { 1 } else { 2 })
        .collect()
}

/// Runs `kill` at each of the points, two at a time; tells how many kills came, and what was wrong after them, as
/// sentences.
pub fn at_each(
    points: &[Point],
    kill: impl Fn(&Point) -> (Ended, Vec<String>) + Sync,
) -> (usize, Vec<String>) {
    let (next, killed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(Vec::new());
    let work = || {
        while let Some(point) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
            let (ended, wrongs) = kill(point);
            killed.fetch_add(usize::from(ended == Ended::Killed), Ordering::SeqCst);
            let told = wrongs.into_iter();
            let told = told.map(|wrong| format!("{} {}: {wrong}", point.call, point.nth));
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.extend(told);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    (
        killed.into_inner(),
        found.into_inner().unwrap_or_else(PoisonError::into_inner),
    )
}

/// The points of the thread that is ahead.
pub fn own_points(ahead: &str, found: Vec<Point>) -> Vec<Point> {
    let own = |point: &Point| point.by_marker == (ahead == "files");
    found.into_iter().filter(own).collect()
}

/// Prints how many kills there were, and at which calls.
pub fn told(side: &str, points: &[Point], killed: usize) {
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    for point in points {
        *calls.entry(&point.call).or_default() += 1;
    }
    let calls: Vec<_> = calls
        .iter()
        .map(|(call, n)| format!("{call} {n}"))
        .collect();
    eprintln!("crash points of {side}: {killed} ({})", calls.join(", "));
}
