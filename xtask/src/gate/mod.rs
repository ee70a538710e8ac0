//! `test`: the gate. Runs every step in order, goes on after a failing one, and ends with `N passed, N failed` alone on
//! the last line. Not here: what a step does (`steps`) and how cases are counted (`tally`).

mod failures;
mod steps;
mod tally;

use std::{process::ExitCode, time::Instant};

use anyhow::{Result, bail};

use crate::house;
use failures::Failures;
use steps::{STEPS, Step};
use tally::Tally;

const RULE: &str = "────────────────────────────────────────────────────────────────────────";

/// Entry point of `cargo xtask test [--list] [--only A,B] [--skip A,B]`.
pub fn test(arguments: &[String]) -> Result<ExitCode> {
    if arguments.iter().any(|argument| argument == "--list") {
        for step in STEPS {
            println!("{:<10} {}", step.name, step.title);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = choose(arguments)?;
    let results: Vec<Outcome> = chosen
        .iter()
        .enumerate()
        .map(|(at, step)| perform(step, at + 1, chosen.len()))
        .collect();
    Ok(report(&results))
}

struct Outcome {
    name: &'static str,
    tally: Tally,
    failures: Failures,
    time: std::time::Duration,
}

/// The steps that the options leave, in their fixed order.
fn choose(arguments: &[String]) -> Result<Vec<&'static Step>> {
    let mut chosen: Vec<&Step> = STEPS.iter().collect();
    let mut arguments = arguments.iter();
    while let Some(option) = arguments.next() {
        let names: Vec<&str> = arguments
            .next()
            .map(|list| list.split(',').collect())
            .unwrap_or_default();
        if names.is_empty() {
            bail!("{option} needs step names; `./x test --list` shows them");
        }
        if let Some(unknown) = names
            .iter()
            .find(|name| !STEPS.iter().any(|step| step.name == **name))
        {
            bail!("there is no step {unknown}; `./x test --list` shows them");
        }
        match option.as_str() {
            "--only" => chosen.retain(|step| names.contains(&step.name)),
            "--skip" => chosen.retain(|step| !names.contains(&step.name)),
            _ => bail!("test knows --list, --only and --skip, not {option}"),
        }
    }
    Ok(chosen)
}

fn perform(step: &Step, at: usize, all: usize) -> Outcome {
    println!(
        "{RULE}\ncheck {at} of {all}: {} ({})",
        step.title, step.name
    );
    let start = Instant::now();
    let mut failures = Failures::default();
    let tally = (step.work)(&mut failures).unwrap_or_else(|error| {
        println!("{error:#}");
        failures.add(format!("{error:#}"));
        Tally {
            passed: 0,
            failed: 1,
        }
    });
    let outcome = Outcome {
        name: step.name,
        tally,
        failures,
        time: start.elapsed(),
    };
    println!("{}", line(&outcome));
    outcome
}

fn line(outcome: &Outcome) -> String {
    let verdict = match outcome.tally {
        Tally {
            failed: 0,
            passed: 0,
        } => "not checked",
        Tally { failed: 0, .. } => "ok",
        _ => "FAILED",
    };
    let Tally { passed, failed } = outcome.tally;
    format!(
        "{:<10} {verdict:<11} {passed:>5} passed {failed:>4} failed  {}",
        outcome.name,
        house::duration(outcome.time)
    )
}

fn report(results: &[Outcome]) -> ExitCode {
    for outcome in results.iter().filter(|outcome| outcome.tally.failed > 0) {
        println!("{RULE}\nwhat failed in {}:", outcome.name);
        for line in outcome.failures.lines() {
            println!("{line}");
        }
    }
    println!("{RULE}");
    for outcome in results {
        println!("{}", line(outcome));
    }
    let passed: u64 = results.iter().map(|outcome| outcome.tally.passed).sum();
    let failed: u64 = results.iter().map(|outcome| outcome.tally.failed).sum();
    println!("{passed} passed, {failed} failed");
    // A run that tested nothing at all has not shown that anything works.
    if failed == 0 && passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<Vec<&'static str>> {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| (*argument).to_owned())
            .collect();
        Ok(choose(&arguments)?.iter().map(|step| step.name).collect())
    }

    #[test]
    fn without_options_every_step_runs() {
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
    }

    #[test]
    fn only_and_skip_keep_the_fixed_order() {
        assert_eq!(names(&["--only", "tidy,fmt"]).unwrap(), ["fmt", "tidy"]);
        assert!(!names(&["--skip", "windows"]).unwrap().contains(&"windows"));
    }

    #[test]
    fn a_misspelt_step_is_refused_and_not_skipped_in_silence() {
        assert!(names(&["--only", "tydi"]).is_err());
        assert!(names(&["--onyl", "tidy"]).is_err());
        assert!(names(&["--only"]).is_err());
    }

    #[test]
    fn a_step_with_a_failed_case_is_shown_as_failed() {
        let outcome = Outcome {
            name: "cargo",
            tally: Tally {
                passed: 3,
                failed: 1,
            },
            failures: Failures::default(),
            time: std::time::Duration::ZERO,
        };
        assert!(line(&outcome).contains("FAILED"), "{}", line(&outcome));
    }
}
