//! Counting real test cases from what the test programs print. Not here: starting them (`steps`).

/// How many cases passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that passed.
    pub passed: u64,
    /// Cases that failed, did not run, or passed only at a second try.
    pub failed: u64,
}

/// Whose summary lines are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// A check without cases: it counts as one.
    Whole,
    /// `test result: ok. 12 passed; 0 failed; …`, one line a test program.
    Libtest,
    /// `Tests  1 failed | 11 passed (12)`.
    Vitest,
    /// `12 passed (30.5s)`, `1 failed`, `2 flaky`, `3 did not run`, a line each.
    Playwright,
    /// `12 passed, 0 failed`: our own programs.
    Plain,
}

impl Summary {
    /// Adds what `line` says, if it is a summary line.
    pub fn read(self, line: &str, tally: &mut Tally) {
        let line = without_colours(line);
        let line = line.trim();
        let counted = match self {
            Summary::Whole => None,
            Summary::Libtest => line.strip_prefix("test result: ").and_then(libtest),
            Summary::Vitest => line.strip_prefix("Tests ").map(vitest),
            Summary::Playwright => playwright(line),
            Summary::Plain => plain(line),
        };
        if let Some(more) = counted {
            tally.passed += more.passed;
            tally.failed += more.failed;
        }
    }

    /// The tally of a step that has ended. A failure that no case explains (it did not compile, it crashed) counts as
    /// one; so does a success in which nothing was tested.
    pub fn close(self, tally: Tally, end: End) -> Tally {
        match (self, end) {
            (Summary::Whole, End::Success) => Tally {
                passed: 1,
                failed: 0,
            },
            (_, End::Failure) if tally.failed == 0 => Tally { failed: 1, ..tally },
            (_, End::Success) if tally == Tally::default() => Tally {
                passed: 0,
                failed: 1,
            },
            _ => tally,
        }
    }
}

/// How a step's program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Exit code 0.
    Success,
    /// Anything else.
    Failure,
}

fn libtest(rest: &str) -> Option<Tally> {
    let (_, counts) = rest.split_once(". ")?;
    let of = |what: &str| number_before(counts.split(';'), what);
    Some(Tally {
        passed: of("passed"),
        failed: of("failed"),
    })
}

fn vitest(rest: &str) -> Tally {
    let of = |what: &str| number_before(rest.split('|'), what);
    Tally {
        passed: of("passed"),
        failed: of("failed"),
    }
}

fn playwright(line: &str) -> Option<Tally> {
    let (number, what) = line.split_once(' ')?;
    let number = number.parse().ok()?;
    let what = what.split(" (").next().unwrap_or(what);
    match what {
        "passed" => Some(Tally {
            passed: number,
            failed: 0,
        }),
        "failed" | "flaky" | "interrupted" | "did not run" => Some(Tally {
            passed: 0,
            failed: number,
        }),
        _ => None,
    }
}

fn plain(line: &str) -> Option<Tally> {
    let (passed, failed) = line.split_once(" passed, ")?;
    let failed = failed.strip_suffix(" failed")?;
    Some(Tally {
        passed: passed.parse().ok()?,
        failed: failed.parse().ok()?,
    })
}

/// The number in the part that reads "N what"; 0 when there is none.
fn number_before<'a>(mut parts: impl Iterator<Item = &'a str>, what: &str) -> u64 {
    parts
        .find_map(|part| {
            let mut words = part.split_whitespace();
            let number = words.next()?.parse().ok()?;
            (words.next()? == what).then_some(number)
        })
        .unwrap_or(0)
}

/// The line without terminal escapes: `ESC [ … letter`.
pub fn without_colours(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            out.push(c);
        } else if chars.next() == Some('[') {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(summary: Summary, text: &str) -> (u64, u64) {
        let mut tally = Tally::default();
        text.lines().for_each(|line| summary.read(line, &mut tally));
        (tally.passed, tally.failed)
    }

    #[test]
    fn the_cases_of_all_test_programs_of_a_cargo_run_are_added() {
        let text = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(read(Summary::Libtest, text), (14, 1));
    }

    #[test]
    fn vitest_counts_cases_and_not_files_also_in_colour() {
        let text = " Test Files  1 failed | 2 passed (3)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | \u{1b}[32m11 passed\u{1b}[39m (12)\n";
        assert_eq!(read(Summary::Vitest, text), (11, 1));
    }

    #[test]
    fn playwright_cases_that_were_flaky_or_never_ran_count_as_failed() {
        let text = "  1 failed\n    [chromium] receive.spec.ts:3 2 passed fields\n  1 flaky\n  2 did not run\n  1 skipped\n  12 passed (30.5s)\n";
        assert_eq!(read(Summary::Playwright, text), (12, 4));
    }

    #[test]
    fn our_own_programs_end_with_the_closing_line() {
        assert_eq!(
            read(Summary::Plain, "ok the window opens\n5 passed, 1 failed\n"),
            (5, 1)
        );
    }

    #[test]
    fn a_crash_that_no_case_explains_is_one_failure() {
        let five = Tally {
            passed: 5,
            failed: 0,
        };
        assert_eq!(
            Summary::Libtest.close(five, End::Failure),
            Tally {
                passed: 5,
                failed: 1
            }
        );
        let one_failed = Tally {
            passed: 5,
            failed: 1,
        };
        assert_eq!(
            Summary::Libtest.close(one_failed, End::Failure),
            one_failed,
            "not counted twice"
        );
    }

    #[test]
    fn a_success_in_which_nothing_was_tested_is_a_failure() {
        assert_eq!(
            Summary::Vitest.close(Tally::default(), End::Success),
            Tally {
                passed: 0,
                failed: 1
            }
        );
    }

    #[test]
    fn a_check_without_cases_counts_as_one() {
        assert_eq!(
            Summary::Whole.close(Tally::default(), End::Success),
            Tally {
                passed: 1,
                failed: 0
            }
        );
        assert_eq!(
            Summary::Whole.close(Tally::default(), End::Failure),
            Tally {
                passed: 0,
                failed: 1
            }
        );
    }
}
