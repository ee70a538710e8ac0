//! The steps of the gate, in order: cheap ones first, and each after what it needs built. Not here: counting (`tally`).

use std::{process::Command, time::Duration};

use anyhow::Result;

use super::{
    failures::Failures,
    tally::{End, Summary, Tally},
};
use crate::{child, house, tidy, windows};

/// One step of `./x test`.
pub struct Step {
    /// What `--only` and `--skip` call it.
    pub name: &'static str,
    /// What a person reads.
    pub title: &'static str,
    /// Does it, and counts.
    pub work: fn(&mut Failures) -> Result<Tally>,
}

const fn step(
    name: &'static str,
    title: &'static str,
    work: fn(&mut Failures) -> Result<Tally>,
) -> Step {
    Step { name, title, work }
}

/// All steps, in the order in which they run.
pub const STEPS: &[Step] = &[
    step("fmt", "Rust is formatted", |told| {
        count(
            told,
            &mut child::cargo(&["fmt", "--all", "--check"]),
            Summary::Whole,
        )
    }),
    step("tidy", "the house rules", house_rules),
    step("deny", "licences, bans, sources", licences),
    step("ui-check", "the screen's types", |told| {
        count(told, &mut child::npm_script("check"), Summary::Whole)
    }),
    step("ui-lint", "the screen's lints", |told| {
        count(told, &mut child::npm_script("lint"), Summary::Whole)
    }),
    step("ui-unit", "the screen's unit tests", |told| {
        count(told, &mut child::npm_script("test"), Summary::Vitest)
    }),
    step("ui-build", "the screen builds", |told| {
        count(told, &mut child::npm_script("build"), Summary::Whole)
    }),
    step("clippy", "Rust lints", |told| {
        count(
            told,
            &mut child::cargo(&[
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--features",
                "demo",
                "--",
                "-D",
                "warnings",
            ]),
            Summary::Whole,
        )
    }),
    step(
        "cargo",
        "Rust tests, with real SQLCipher, PostgreSQL and HTTP",
        |told| {
            count(
                told,
                &mut child::cargo(&[
                    "test",
                    "--no-fail-fast",
                    "--workspace",
                    "--features",
                    "demo",
                ]),
                Summary::Libtest,
            )
        },
    ),
    step("gen", "the boundary's TypeScript is current", |_| {
        crate::generate::generate(&["--check".to_owned()]).map(|()| Tally {
            passed: 1,
            failed: 0,
        })
    }),
    step("build", "the programs build", |told| {
        count(
            told,
            &mut child::cargo(&["build", "--quiet", "--workspace", "--features", "demo"]),
            Summary::Whole,
        )
    }),
    step(
        "vectors",
        "protocol vectors, checked by other code",
        |told| python(told, "tests/check/vectors.py", &[]),
    ),
    step(
        "planted",
        "every altered protocol vector is noticed",
        |told| python(told, "tests/check/vectors.py", &["--plant"]),
    ),
    step(
        "checker",
        "the checker of `run` finds planted faults",
        |told| python(told, "tests/check/selftest.py", &[]),
    ),
    step(
        "e2e",
        "the screen in Chromium over a real store, with axe",
        end_to_end,
    ),
    step("shell", "the real window, driven under Xvfb", |told| {
        let mut shell = child::under_xvfb(&house::debug_program("onedoor-shell"));
        count(told, shell.arg("test"), Summary::Plain)
    }),
    step(
        "windows",
        "the crates without a window, under Wine",
        |told| count(told, &mut windows::test_command()?, Summary::Libtest),
    ),
];

/// A step that hangs must not hang the whole run.
const LIMIT: &str = "1800";

fn count(told: &mut Failures, command: &mut Command, summary: Summary) -> Result<Tally> {
    let mut tally = Tally::default();
    let status = child::follow(&mut limited(command), |line| {
        summary.read(line, &mut tally);
        told.see(line);
    })?;
    let end = if status.success() {
        End::Success
    } else {
        End::Failure
    };
    Ok(summary.close(tally, end))
}

/// The same command under coreutils' `timeout`, which ends its children too.
fn limited(command: &Command) -> Command {
    if cfg!(windows) {
        let mut same = Command::new(command.get_program());
        copy(command, &mut same);
        return same;
    }
    let mut limited = Command::new("timeout");
    limited
        .args(["--kill-after=20", LIMIT])
        .arg(command.get_program());
    copy(command, &mut limited);
    limited
}

fn copy(from: &Command, to: &mut Command) {
    to.args(from.get_args());
    if let Some(folder) = from.get_current_dir() {
        to.current_dir(folder);
    }
    for (name, value) in from.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
}

fn house_rules(told: &mut Failures) -> Result<Tally> {
    let findings = tidy::findings()?;
    for finding in &findings {
        println!("{finding}");
        told.add(finding.to_string());
    }
    Ok(Tally {
        passed: u64::from(findings.is_empty()),
        failed: u64::from(!findings.is_empty()),
    })
}

/// Advisories are checked where a database is at hand; the network is not asked for one.
fn licences(told: &mut Failures) -> Result<Tally> {
    let mut tally = count(
        told,
        &mut child::cargo(&[
            "deny",
            "--log-level",
            "error",
            "check",
            "licenses",
            "bans",
            "sources",
        ]),
        Summary::Whole,
    )?;
    if advisory_database_is_here() {
        let advisories = count(
            told,
            &mut child::cargo(&[
                "deny",
                "--log-level",
                "error",
                "check",
                "--disable-fetch",
                "advisories",
            ]),
            Summary::Whole,
        )?;
        tally.passed += advisories.passed;
        tally.failed += advisories.failed;
    } else {
        println!(
            "advisories: not checked (no database on this machine; `cargo deny fetch` brings one)"
        );
    }
    Ok(tally)
}

fn advisory_database_is_here() -> bool {
    let cargo_home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| std::path::PathBuf::from(home).join(".cargo"));
    cargo_home.or(home).is_some_and(|folder| {
        std::fs::read_dir(folder.join("advisory-dbs"))
            .is_ok_and(|mut entries| entries.next().is_some())
    })
}

/// A check in Python: it shares no code with the workstation. A script that is missing is a failure.
fn python(told: &mut Failures, script: &str, arguments: &[&str]) -> Result<Tally> {
    count(
        told,
        child::command("/usr/bin/python3")
            .arg(script)
            .args(arguments),
        Summary::Plain,
    )
}

fn end_to_end(told: &mut Failures) -> Result<Tally> {
    let mut host = child::command(house::debug_program("onedoor-devhost"));
    let (_host, address) = child::Background::start(
        host.args(["--port", "0"]),
        Duration::from_secs(120),
        |line| line.find("http://").map(|at| line[at..].trim().to_owned()),
    )?;
    count(
        told,
        child::npm_script("e2e")
            .env("ONEDOOR_DEVHOST", address)
            // Somebody may be at work on the gallery at its usual port.
            .env("ONEDOOR_GALLERY_PORT", free_port()?.to_string())
            .env("CI", "1"),
        Summary::Playwright,
    )
}

fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn step_names_are_unique_so_that_only_means_one() {
        let mut names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }

    #[test]
    fn a_limited_command_keeps_folder_arguments_and_environment() {
        let mut command = Command::new("printenv");
        command
            .arg("COLOUR")
            .env("COLOUR", "red")
            .current_dir(house::root());
        let output = limited(&command).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "red\n");
    }

    #[test]
    fn what_a_step_printed_of_its_failure_is_kept_for_the_end() {
        let mut told = Failures::default();
        let mut step = child::command("sh");
        step.args(["-c", "echo 'ok one'; echo 'error: two is wrong'; exit 1"]);
        count(&mut told, &mut step, Summary::Whole).unwrap();
        assert_eq!(told.lines(), ["error: two is wrong"]);
    }

    #[test]
    fn a_failing_check_is_a_failed_case_and_not_an_error() {
        assert_eq!(
            count(
                &mut Failures::default(),
                &mut child::command("false"),
                Summary::Whole
            )
            .unwrap(),
            Tally {
                passed: 0,
                failed: 1
            }
        );
    }
}
