//! `gen`: writes the TypeScript of the boundary from the list of commands; `gen --check` fails when the committed file differs.
//! Not here: the printing itself, which is the example `gen_types` of `onedoor-desk`.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{child, house};

const GENERATED: &str = "ui/src/lib/host/api.gen.ts";

/// Entry point of `cargo xtask gen [--check]`.
pub fn generate(arguments: &[String]) -> Result<()> {
    let fresh = types()?;
    let path = house::root().join(GENERATED);
    match arguments.first().map(String::as_str) {
        None => {
            let folder = path
                .parent()
                .context("the generated file lies in a folder")?;
            fs::create_dir_all(folder)?;
            fs::write(&path, fresh).with_context(|| format!("cannot write {GENERATED}"))
        }
        Some("--check") => check(&fs::read_to_string(&path).unwrap_or_default(), &fresh),
        Some(other) => bail!("gen knows --check, not {other}"),
    }
}

/// Built with the whole workspace's features, so that the other steps of the gate find the same artefacts.
fn types() -> Result<String> {
    child::run(&mut child::cargo(&[
        "build",
        "--quiet",
        "--workspace",
        "--features",
        "demo",
        "--example",
        "gen_types",
    ]))?;
    child::capture(&mut child::command(house::debug_program(
        "examples/gen_types",
    )))
}

fn check(committed: &str, fresh: &str) -> Result<()> {
    match difference(committed, fresh) {
        None => Ok(()),
        Some(lines) => {
            bail!("{GENERATED} is not what the code says; run `./x gen` and commit it:\n{lines}")
        }
    }
}

/// The lines that only one side has, `-` for committed and `+` for fresh; at most 40.
fn difference(committed: &str, fresh: &str) -> Option<String> {
    if committed == fresh {
        return None;
    }
    let only = |mark: char, of: &str, not_in: &str| -> Vec<String> {
        let other: std::collections::HashSet<&str> = not_in.lines().collect();
        of.lines()
            .filter(|line| !other.contains(line))
            .map(|line| format!("{mark} {line}"))
            .collect()
    };
    let mut lines = only('-', committed, fresh);
    lines.extend(only('+', fresh, committed));
    if lines.is_empty() {
        lines.push("the same lines in another order".to_owned());
    }
    lines.truncate(40);
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drifted_file_is_shown_line_by_line() {
        let shown = difference("type A = 1;\ntype B = 2;\n", "type A = 1;\ntype B = 3;\n").unwrap();
        assert_eq!(shown, "- type B = 2;\n+ type B = 3;");
        assert_eq!(
            difference("a\nb\n", "b\na\n").unwrap(),
            "the same lines in another order"
        );
    }

    #[test]
    fn an_equal_file_is_no_difference() {
        assert_eq!(difference("a\n", "a\n"), None);
    }

    #[test]
    fn the_error_says_what_to_do() {
        let error = check("old", "new").unwrap_err().to_string();
        assert!(error.contains("./x gen"), "{error}");
    }
}
