//! What failed, in the words of the program that found it, kept for the end of the run: who reads only the last page of
//! a long log must still learn which case it was. Not here: counting (`tally`).

use super::tally::without_colours;
use std::collections::BTreeSet;

/// Lines kept of one failure: the sentence, the place and a few lines around it.
const LINES: usize = 24;
/// Failures told of one step: after so many, the first ones say what is wrong.
const TOLD: usize = 12;

/// The failures of one step.
#[derive(Debug, Default)]
pub struct Failures {
    told: Vec<Vec<String>>,
    /// Cases that were said to take long and have not ended: what a run that hangs hangs on.
    long: BTreeSet<String>,
    open: bool,
    more: usize,
}

impl Failures {
    /// Keeps the line if it begins the account of a failure, or goes on with one.
    pub fn see(&mut self, line: &str) {
        let line = without_colours(line);
        self.watch(&line);
        if begins(&line) {
            self.begin(line);
        } else if ends(&line) {
            self.open = false;
        } else if self.open
            && !line.trim().is_empty()
            && let Some(account) = self.told.last_mut()
            && account.len() < LINES
        {
            account.push(line);
        }
    }

    /// A failure that is told by one sentence of ours.
    pub fn add(&mut self, sentence: String) {
        self.begin(sentence);
        self.open = false;
    }

    fn watch(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test ") else {
            return;
        };
        if let Some((case, _)) = rest.split_once(" has been running for over ") {
            self.long.insert(case.to_owned());
        } else if let Some((case, _)) = rest.split_once(" ... ") {
            self.long.remove(case);
        }
    }

    fn begin(&mut self, line: String) {
        self.open = self.told.len() < TOLD;
        if self.open {
            self.told.push(vec![line]);
        } else {
            self.more += 1;
        }
    }

    /// All lines to be told, in the order of the run.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.told.iter().flatten().cloned().collect();
        if self.more > 0 {
            lines.push(format!("… and {} more", self.more));
        }
        let never = self.long.iter();
        lines.extend(never.map(|case| format!("{case} had not ended")));
        lines
    }
}

/// `  1) file › title` (Playwright), `---- case stdout ----` (libtest), ` FAIL  file > title` (Vitest), `FAILED  case`
/// and `test case ... FAILED: why` (our own programs), and what compilers and lints call an error.
fn begins(line: &str) -> bool {
    let text = line.trim_start();
    let numbered = text
        .split_once(") ")
        .is_some_and(|(number, rest)| rest.contains(" › ") && number.parse::<u32>().is_ok());
    numbered
        || text.starts_with("---- ") && text.ends_with(" stdout ----")
        || text.starts_with("FAIL ")
        || text.starts_with("test ") && text.contains(" ... FAILED: ")
        || text.starts_with("FAILED ")
        || line.starts_with("Error: ")
        || text.starts_with("error: ")
        || text.starts_with("error[")
}

/// Where an account is over though nothing new has begun.
fn ends(line: &str) -> bool {
    let text = line.trim_start();
    text == "failures:" || text.starts_with("test result: ") || text.starts_with("test ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut failures = Failures::default();
        text.lines().for_each(|line| failures.see(line));
        failures.lines()
    }

    #[test]
    fn a_playwright_failure_is_told_with_its_error_and_place() {
        let text = "  ✓  1 e2e/fee.spec.ts:35:1 › an exemption (3.6s)\n  ✘  2 e2e/fee.spec.ts:52:1 › paid (8s)\n\n\
            \u{1b}[31m  1) e2e/fee.spec.ts:52:1 › paid ─────\u{1b}[39m\n\n    Error: expected visible\n\n    at e2e/fee.spec.ts:60:9\n";
        let lines = told(text);
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].contains("fee.spec.ts:52:1 › paid"), "{lines:?}");
        assert!(lines[1].contains("expected visible"), "{lines:?}");
    }

    #[test]
    fn a_rust_failure_is_told_without_the_cases_that_passed_after_it() {
        let text = "test a ... ok\nfailures:\n\n---- b stdout ----\nthread 'b' panicked at x.rs:3:5:\nleft 1\n\nfailures:\n    b\n\n\
            test result: FAILED. 1 passed; 1 failed;\ntest c ... ok\nnoise\n";
        assert_eq!(
            told(text),
            [
                "---- b stdout ----",
                "thread 'b' panicked at x.rs:3:5:",
                "left 1"
            ]
        );
    }

    #[test]
    fn a_run_without_failures_tells_nothing() {
        assert_eq!(
            told("test a ... ok\ntest result: ok. 1 passed;\n12 passed (3s)\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_case_that_hangs_is_named_and_one_that_only_took_long_is_not() {
        let text = "test a has been running for over 60 seconds\ntest b has been running for over 60 seconds\ntest a ... ok\n";
        assert_eq!(told(text), ["b had not ended"]);
    }

    #[test]
    fn a_flood_of_failures_is_cut_and_counted() {
        let text: String = (0..40).map(|n| format!("error: number {n}\n")).collect();
        let lines = told(&text);
        assert_eq!(lines.len(), TOLD + 1);
        assert_eq!(lines[TOLD], "… and 28 more");
    }
}
