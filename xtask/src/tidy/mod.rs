//! `tidy`: the house rules of docs/STYLE.md and docs/ARCHITECTURE.md as a program. Each rule names file, line, what is
//! wrong and what to do. Not here: what rustfmt, clippy, eslint and cargo-deny check.

mod edges;
mod manifests;
mod papers;
mod rust_text;
mod sources;
mod texts;

use std::{fmt, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};

use crate::{child, house};

/// One place where a rule is broken.
#[derive(Debug)]
pub struct Finding {
    path: String,
    line: usize,
    what: String,
    todo: &'static str,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, todo: &'static str) -> Self {
        Finding {
            path: path.to_owned(),
            line,
            what: what.into(),
            todo,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {}",
            self.path, self.line, self.what, self.todo
        )
    }
}

/// A text file of the repository.
pub struct SourceFile {
    /// From the root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// Entry point of `cargo xtask tidy`.
pub fn tidy() -> Result<ExitCode> {
    let findings = findings()?;
    findings.iter().for_each(|finding| println!("{finding}"));
    println!(
        "tidy: {}",
        match findings.len() {
            0 => "nothing to say".to_owned(),
            1 => "1 finding".to_owned(),
            n => format!("{n} findings"),
        }
    );
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Everything that breaks a rule, in the order of paths.
pub fn findings() -> Result<Vec<Finding>> {
    let files = files()?;
    let metadata = child::capture(&mut child::cargo(&[
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let mut findings = edges::check(&serde_json::from_str(&metadata)?);
    findings.extend(files.iter().flat_map(manifests::check));
    findings.extend(files.iter().flat_map(texts::check));
    findings.extend(sources::check(&files));
    findings.extend(papers::check(&files));
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(findings)
}

/// Folders that hold what is fetched or made.
const NOT_OURS: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    ".git",
    ".tools",
    "test-results",
    "playwright-report",
    "__pycache__",
    ".svelte-kit",
];

/// Endings of texts that people write, and of lock files.
const TEXTS: &[&str] = &[
    "rs", "ts", "svelte", "css", "html", "mjs", "js", "json", "toml", "md", "sql", "ftl", "py",
    "c", "sh", "ps1", "lock", "yml",
];

/// All text files, in the order of paths.
fn files() -> Result<Vec<SourceFile>> {
    let root = house::root();
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // `gen` at the root is Tauri's own output.
        if path.is_symlink() || NOT_OURS.contains(&name.as_str()) || path == root.join("gen") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if is_text(&path, &name)
            // Somebody may be writing it at this moment: what cannot be read now is not ours to judge.
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            files.push(SourceFile { path, text });
        }
    }
    Ok(())
}

fn is_text(path: &Path, name: &str) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().into_owned());
    match ending {
        Some(ending) => TEXTS.contains(&ending.as_str()),
        None => ["x", "run", "LICENSE", "NOTICE"].contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_as_place_what_and_what_to_do() {
        let finding = Finding::new("a/b.rs", 7, "is wrong", "mend it");
        assert_eq!(finding.to_string(), "a/b.rs:7: is wrong: mend it");
    }

    #[test]
    fn the_walk_finds_the_front_door_and_no_built_files() {
        let files = files().unwrap();
        let has = |path: &str| files.iter().any(|file| file.path == path);
        assert!(has("x") && has(".ci/run") && has("xtask/src/main.rs"));
        assert!(!files.iter().any(|file| file.path.starts_with("target/") || file.path.contains("node_modules/")));
    }
}
