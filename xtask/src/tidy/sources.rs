//! Rules for Rust files: how they open, how long they are, what they may not call, and who may look at the clock.
//! Not here: what the compiler and clippy check (clippy.toml), formatting.

use std::collections::HashSet;

use super::{
    Finding, SourceFile,
    rust_text::{CodeLine, code_lines, is_word, test_modules},
};

/// Calls that end the program, or the promise to finish it.
const FATAL: &[&str] = &[
    ".unwrap()",
    ".expect(",
    "panic!",
    "todo!",
    "unimplemented!",
    "unreachable!",
];

/// Questions to the system's clock.
const CLOCK: &[&str] = &[
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::now_v7",
];

/// Questions to the system's randomness.
const CHANCE: &[&str] = &["getrandom", "Uuid::new_v4", "OsRng", "thread_rng"];

/// Below `desk`, time and ids are passed in.
const ASK_NOBODY: &[&str] = &[
    "crates/domain/",
    "crates/protocol/",
    "crates/projection/",
    "crates/store/",
    "crates/scan/",
    "crates/receipt/",
    "crates/sync/",
];

/// Where randomness is the point: keys, salts and nonces of the store, and the jitter of a retry.
const MAY_ROLL: &[&str] = &[
    "crates/store/src/keys",
    "crates/store/src/blob",
    "crates/store/src/seal",
    "crates/store/src/slot",
    "crates/store/src/entropy",
    "crates/sync/src/jitter",
    "crates/sync/src/backoff",
];

/// All findings in the Rust files among `files`.
pub fn check(files: &[SourceFile]) -> Vec<Finding> {
    let rust: Vec<&SourceFile> = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .collect();
    let test_files: HashSet<String> = rust
        .iter()
        .flat_map(|file| declared_test_files(file))
        .collect();
    rust.iter()
        .flat_map(|file| {
            let kind = if is_test_path(&file.path) || in_test_files(&file.path, &test_files) {
                Kind::Tests
            } else {
                Kind::Product
            };
            check_file(file, kind)
        })
        .collect()
}

#[derive(Clone, Copy)]
enum Kind {
    Product,
    Tests,
}

fn check_file(file: &SourceFile, kind: Kind) -> Vec<Finding> {
    let mut findings: Vec<Finding> = opening(file).into_iter().collect();
    if let Kind::Product = kind {
        let lines: Vec<CodeLine> = code_lines(&file.text)
            .into_iter()
            .filter(|line| !line.test)
            .collect();
        findings.extend(calls(
            file,
            &lines,
            FATAL,
            "ends the program",
            "return an error that says what could not be done",
        ));
        if starts_with_any(&file.path, ASK_NOBODY) {
            let lines = without_tokio_instants(lines);
            findings.extend(calls(
                file,
                &lines,
                CLOCK,
                "asks the clock below `desk`",
                "take the time as an argument",
            ));
            if !starts_with_any(&file.path, MAY_ROLL) {
                findings.extend(calls(
                    file,
                    &lines,
                    CHANCE,
                    "asks for randomness below `desk`",
                    "take ids and random bytes as arguments",
                ));
            }
        }
    }
    if !starts_with_any(&file.path, &["src-tauri/", "xtask/"]) {
        let lines = code_lines(&file.text);
        findings.extend(calls(
            file,
            &lines,
            &["tauri::", "use tauri", "tauri_build", "tauri_plugin"],
            "knows Tauri",
            "only src-tauri/ may: put it behind a trait of `desk`",
        ));
    }
    findings
}

fn opening(file: &SourceFile) -> Option<Finding> {
    let opens = file.text.trim_start_matches('\u{feff}').starts_with("//!");
    (!opens).then(|| {
        Finding::new(
            &file.path,
            1,
            "does not open with `//!`",
            "say in a line or two what it is, and what is deliberately not in it",
        )
    })
}

fn calls(
    file: &SourceFile,
    lines: &[CodeLine],
    wanted: &[&str],
    what: &str,
    todo: &'static str,
) -> Vec<Finding> {
    lines
        .iter()
        .filter_map(|line| {
            Some((
                line,
                wanted.iter().find(|call| contains_call(&line.code, call))?,
            ))
        })
        .map(|(line, call)| Finding::new(&file.path, line.number, format!("`{call}` {what}"), todo))
        .collect()
}

/// Whether the line has `call`, not as the end of a longer word.
fn contains_call(code: &str, call: &str) -> bool {
    code.match_indices(call).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !call.starts_with(is_word) || !before.is_some_and(is_word)
    })
}

/// Without the lines that ask an `Instant` which is not std's: tokio's timer is stopped and moved by tests.
fn without_tokio_instants(lines: Vec<CodeLine>) -> Vec<CodeLine> {
    let code: Vec<&str> = lines.iter().map(|line| line.code.as_str()).collect();
    let from_std = code
        .join(" ")
        .split(';')
        .any(|item| item.trim_start().starts_with("use std") && item.contains("Instant"));
    let is_tokios = |line: &CodeLine| {
        line.code.contains("Instant::now") && !from_std && !line.code.contains("std::time::")
    };
    lines.into_iter().filter(|line| !is_tokios(line)).collect()
}

fn starts_with_any(path: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| path.starts_with(start))
}

/// Programs and folders that only tests and makers use.
fn is_test_path(path: &str) -> bool {
    starts_with_any(path, &["tests/", "crates/testkit/"])
        || ["/tests/", "/examples/", "/benches/"]
            .iter()
            .any(|folder| path.contains(folder))
        || path.ends_with("/tests.rs")
}

/// The paths, without `.rs`, of the modules that `file` declares under `#[cfg(test)]`.
fn declared_test_files(file: &SourceFile) -> Vec<String> {
    let stem = file.path.strip_suffix(".rs").unwrap_or(&file.path);
    let folder = match stem.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder,
        _ => stem,
    };
    test_modules(&file.text)
        .iter()
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

fn in_test_files(path: &str, test_files: &HashSet<String>) -> bool {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    stem.match_indices('/')
        .map(|(at, _)| &stem[..at])
        .chain([stem])
        .any(|part| test_files.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let files = [SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }];
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_found() {
        assert_eq!(found("crates/desk/src/a.rs", "// a comment\n").len(), 1);
        assert!(found("crates/desk/src/a.rs", "//! The desk.\n").is_empty());
    }

    #[test]
    fn a_call_that_ends_the_program_is_found_with_its_line() {
        for call in [
            "x.unwrap()",
            "x.expect(\"y\")",
            "panic!(\"no\")",
            "todo!()",
            "unimplemented!()",
            "unreachable!()",
        ] {
            let found = found(
                "crates/desk/src/a.rs",
                &format!("//! A.\nfn a() {{ {call}; }}\n"),
            );
            assert_eq!(found.len(), 1, "{call}");
            assert!(
                found[0].starts_with("crates/desk/src/a.rs:2: "),
                "{}",
                found[0]
            );
        }
    }

    #[test]
    fn tests_may_unwrap_wherever_they_stand() {
        let unwrap = "//! A.\nfn a() { x.unwrap() }\n";
        for path in [
            "tests/contract/src/lib.rs",
            "crates/store/tests/open.rs",
            "crates/desk/examples/gen.rs",
            "crates/testkit/src/clock.rs",
        ] {
            assert!(found(path, unwrap).is_empty(), "{path}");
        }
        assert!(
            found(
                "crates/desk/src/a.rs",
                "//! A.\n#[cfg(test)]\nmod tests {\n    fn a() { x.unwrap() }\n}\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_module_declared_for_tests_is_a_test_file_with_all_below_it() {
        let file = |path: &str, text: &str| SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let files = [
            file(
                "crates/store/src/journal.rs",
                "//! J.\n#[cfg(test)]\nmod faults;\n",
            ),
            file(
                "crates/store/src/journal/faults.rs",
                "//! F.\nfn a() { x.unwrap() }\n",
            ),
            file(
                "crates/store/src/journal/faults/disk.rs",
                "//! D.\nfn a() { x.unwrap() }\n",
            ),
        ];
        assert!(check(&files).is_empty());
    }

    #[test]
    fn what_only_looks_like_a_fatal_call_is_no_finding() {
        let text = "//! A.\n// .unwrap() is not used\nfn a() { x.unwrap_or(1); dont_panic!(); say(\"panic!\"); }\n";
        assert!(found("crates/desk/src/a.rs", text).is_empty());
    }

    #[test]
    fn the_clock_is_asked_at_the_desk_and_not_below() {
        for call in [
            "SystemTime::now()",
            "std::time::Instant::now()",
            "Timestamp::now()",
            "jiff::Zoned::now()",
            "Uuid::now_v7()",
        ] {
            let text = format!("//! A.\nfn a() {{ {call}; }}\n");
            assert_eq!(found("crates/receipt/src/a.rs", &text).len(), 1, "{call}");
            assert!(
                found("crates/desk/src/a.rs", &text).is_empty(),
                "{call} is the desk's to ask"
            );
            assert!(
                found("crates/central/src/a.rs", &text).is_empty(),
                "the centre has its own clock"
            );
        }
    }

    #[test]
    fn tokios_timer_is_not_the_clock() {
        let text = |import: &str| format!("//! A.\nuse {import};\nfn a() {{ Instant::now(); }}\n");
        assert!(
            found(
                "crates/sync/src/a.rs",
                &text("tokio::{sync::mpsc, time::Instant}")
            )
            .is_empty()
        );
        assert_eq!(
            found(
                "crates/sync/src/a.rs",
                &text("std::{fs,\n    time::Instant}")
            )
            .len(),
            1
        );
    }

    #[test]
    fn only_keys_and_blobs_of_the_store_roll_dice() {
        let text = "//! A.\nfn a() { getrandom::fill(&mut key); }\n";
        assert!(found("crates/store/src/keys/slot.rs", text).is_empty());
        assert_eq!(found("crates/store/src/journal.rs", text).len(), 1);
        assert_eq!(found("crates/domain/src/code.rs", text).len(), 1);
    }

    #[test]
    fn only_the_shell_knows_tauri() {
        assert_eq!(
            found("crates/desk/src/a.rs", "//! A.\nuse tauri::State;\n").len(),
            1
        );
        assert!(found("src-tauri/lib.rs", "//! A.\nuse tauri::State;\n").is_empty());
        assert!(found("crates/desk/src/a.rs", "//! Knows no tauri::Window.\n").is_empty());
    }
}
