//! A started window that tells how far it is, and the memory of it and its web processes. Not here: which windows are
//! compared.

use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

/// How long anything may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long a window is left alone before its memory is read.
const SETTLE: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// A running window.
pub struct Window {
    child: Child,
    started: Instant,
    said: Receiver<(String, Instant)>,
}

impl Window {
    /// Starts `program` with a script that runs before its page (see `steps.js`), its own folders under `home`.
    pub fn start(program: &Path, script: &str, home: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .env("ONEDOOR_BENCH_SCRIPT", script)
            .env("ONEDOOR_DATA", home.join("data"))
            .env("HOME", home)
            // The same for both windows: the workstation sets it for itself.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command
            .spawn()
            .with_context(|| format!("{}", program.display()))?;
        let out = child.stdout.take().context("the window's output")?;
        let (sender, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                // Nobody listens any more once the window is closed.
                let _ = sender.send((line, Instant::now()));
            }
        });
        Ok(Window {
            child,
            started,
            said,
        })
    }

    /// Waits until the window says `what`; the time since its start.
    pub fn wait(&self, what: &str) -> Result<Duration> {
        loop {
            match self.said.recv_timeout(PATIENCE) {
                Ok((line, at)) if line == what => return Ok(at - self.started),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => bail!("the window never said {what:?}"),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("the window ended before it said {what:?}")
                }
            }
        }
    }

    /// Waits until the window says something that begins so; the rest of it.
    pub fn line(&self, prefix: &str) -> Result<String> {
        loop {
            match self.said.recv_timeout(PATIENCE) {
                Ok((line, _)) => {
                    if let Some(rest) = line.strip_prefix(prefix) {
                        return Ok(rest.to_string());
                    }
                }
                Err(_) => bail!("the window never said {prefix:?}"),
            }
        }
    }

    /// Megabytes (of 1,048,576 bytes) of the process and all its children, shared pages counted by share.
    pub fn memory(&self) -> Result<f64> {
        // It says nothing any more: this only lets the time pass, and notices if it ends.
        if let Err(RecvTimeoutError::Disconnected) = self.said.recv_timeout(SETTLE) {
            bail!("the window ended before its memory was read");
        }
        let mut kilobytes = 0;
        for id in family(self.child.id())? {
            kilobytes += share(id)?;
        }
        Ok(f64::from(kilobytes) / 1024.0)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let children = family(self.child.id()).unwrap_or_default();
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The next window starts when the web processes of this one are gone too; they are not our children, so that
        // nothing tells us: we look again after a moment in which nobody can say anything.
        let (_silent, moment) = channel::<()>();
        let deadline = Instant::now() + PATIENCE;
        while children.iter().any(|id| share(*id).is_ok()) && Instant::now() < deadline {
            let _ = moment.recv_timeout(LOOK_AGAIN);
        }
    }
}

/// The process and its descendants.
fn family(root: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // A process may end while we look.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else {
            continue;
        };
        if let Some(parent) = parent(&stat) {
            parents.push((id, parent));
        }
    }
    let mut family = vec![root];
    let mut next = 0;
    while let Some(of) = family.get(next).copied() {
        family.extend(
            parents
                .iter()
                .filter(|(_, parent)| *parent == of)
                .map(|(id, _)| *id),
        );
        next += 1;
    }
    Ok(family)
}

/// The parent in a line of /proc/ID/stat: the second field after the name, which may itself hold blanks and brackets.
fn parent(stat: &str) -> Option<u32> {
    let after_name = stat.rsplit_once(')')?.1;
    after_name.split_whitespace().nth(1)?.parse().ok()
}

/// The proportional share of a process in kilobytes.
fn share(id: u32) -> Result<u32> {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    pss(&text).with_context(|| format!("no Pss of process {id}"))
}

fn pss(smaps: &str) -> Option<u32> {
    let line = smaps.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_found_under_its_parent_whatever_its_name() {
        assert_eq!(parent("42 (Web Content) (x)) S 7 42 42 0"), Some(7));
    }

    #[test]
    fn shared_pages_count_by_share_only() {
        let smaps = "55d0-7ffc ---p 00000000 00:00 0 [rollup]\nRss:  9000 kB\nPss:  4321 kB\nPss_Anon:  1 kB\n";
        assert_eq!(pss(smaps), Some(4321));
    }

    #[test]
    fn a_started_child_belongs_to_the_family() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let found = family(std::process::id()).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(
            found.contains(&child.id()),
            "the memory of WebKit's processes is ours"
        );
    }
}
