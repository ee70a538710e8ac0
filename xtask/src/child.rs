//! Starting other programs: in the repository's root, without what `cargo run` put into the environment, with errors that name the command.
//! Not here: what is started and why.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::house;

/// A program to be started in the repository's root.
///
/// `cargo run` describes this package in the environment; crates whose build scripts look at that (ring) would be
/// built again and again if it went on to an inner cargo.
pub fn command<S: AsRef<OsStr>>(program: S) -> Command {
    let mut command = Command::new(program);
    command.current_dir(house::root());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(name);
        }
    }
    command
}

/// Cargo, with these arguments.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments);
    cargo
}

/// An npm script of the screen.
pub fn npm_script(name: &str) -> Command {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut npm = command(program);
    npm.args(["--silent", "run", name])
        .current_dir(house::root().join("ui"));
    npm
}

/// A program on a display of its own, in memory.
pub fn under_xvfb(program: &Path) -> Command {
    let mut xvfb = command("xvfb-run");
    xvfb.args(["-a", "-s", "-screen 0 1366x768x24"])
        .arg(program);
    xvfb
}

/// Runs to the end, with our own output; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Runs to the end and returns what it printed; anything but success is an error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{command:?} printed something that is not UTF-8"))
}

/// Runs to the end, shows every line as it comes (of both outputs), and shows it to `see` too.
pub fn follow(command: &mut Command, mut see: impl FnMut(&str)) -> Result<ExitStatus> {
    let (mut child, lines) = spawn_with_lines(command)?;
    let mut out = std::io::stdout();
    for line in lines {
        writeln!(out, "{line}")?;
        see(&line);
    }
    Ok(child.wait()?)
}

/// A program that serves while others work; it is asked to stop, and then made to, when this is dropped.
pub struct Background {
    child: Child,
    lines: Receiver<String>,
}

impl Background {
    /// Starts it and waits until it prints a line that `wanted` takes something from.
    ///
    /// # Errors
    /// When it cannot be started, ends, or says nothing of the kind within `patience`.
    pub fn start<T>(
        command: &mut Command,
        patience: Duration,
        wanted: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        let (child, lines) = spawn_with_lines(command)?;
        let background = Background { child, lines };
        let end = Instant::now() + patience;
        loop {
            match background
                .lines
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(line) => match wanted(&line) {
                    Some(found) => return Ok((background, found)),
                    None => eprintln!("{line}"),
                },
                Err(RecvTimeoutError::Timeout) => bail!(
                    "{command:?} did not get ready in {}",
                    house::duration(patience)
                ),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{command:?} ended before it was ready")
                }
            }
        }
    }

    /// Its outputs close when it ends: that is the event we wait for.
    fn wait_for_end(&self, patience: Duration) -> Ended {
        let end = Instant::now() + patience;
        loop {
            match self
                .lines
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return Ended::Yes,
                Err(RecvTimeoutError::Timeout) => return Ended::No,
            }
        }
    }
}

enum Ended {
    Yes,
    No,
}

impl Drop for Background {
    fn drop(&mut self) {
        // The polite signal first: the centre finishes its requests. Where there is no `kill`, only the hard way is left.
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        if !asked.is_ok_and(|status| status.success())
            || matches!(self.wait_for_end(Duration::from_secs(10)), Ended::No)
        {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn spawn_with_lines(command: &mut Command) -> Result<(Child, Receiver<String>)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let (sender, lines) = channel();
    if let Some(out) = child.stdout.take() {
        forward(out, sender.clone());
    }
    if let Some(err) = child.stderr.take() {
        forward(err, sender);
    }
    Ok((child, lines))
}

fn forward(stream: impl Read + Send + 'static, lines: Sender<String>) {
    std::thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            let text = String::from_utf8_lossy(&line)
                .trim_end_matches(['\n', '\r'])
                .to_owned();
            // Nobody listens any more once the other side has what it wanted; reading on keeps the pipe from filling.
            let _ = lines.send(text);
            line.clear();
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_both_outputs_is_seen() {
        let mut seen = Vec::new();
        let status = follow(
            Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]),
            |line| {
                seen.push(line.to_owned());
            },
        )
        .unwrap();
        seen.sort();
        assert_eq!(seen, ["err", "out"]);
        assert_eq!(status.code(), Some(3), "the exit code is passed through");
    }

    #[test]
    fn a_server_that_dies_before_it_is_ready_is_an_error() {
        let started = Background::start(
            Command::new("sh").args(["-c", "echo no"]),
            Duration::from_secs(20),
            |line| line.strip_prefix("ready ").map(str::to_owned),
        );
        assert!(
            started.is_err_and(|error| error.to_string().contains("ended before it was ready"))
        );
    }

    #[test]
    fn a_server_is_stopped_when_it_is_no_longer_needed() {
        let script = "trap 'exit 0' TERM; echo ready 7; while :; do read line < /dev/null; done";
        let (server, id) = Background::start(
            Command::new("sh").args(["-c", script]),
            Duration::from_secs(20),
            |line| line.strip_prefix("ready ").map(str::to_owned),
        )
        .unwrap();
        assert_eq!(id, "7");
        let pid = server.child.id().to_string();
        drop(server);
        let alive = Command::new("kill")
            .args(["-0", &pid])
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!alive.success(), "the process is gone");
    }

    #[test]
    fn a_command_that_fails_is_named_in_the_error() {
        let error = run(&mut command("false")).unwrap_err().to_string();
        assert!(error.contains("false"), "{error}");
    }
}
