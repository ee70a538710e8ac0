//! Rules for every text file: its length, paths of somebody's machine, colours and Tauri in the screen.
//! Not here: Rust's own rules (`sources`), the screen's lints (eslint).

use super::{Finding, SourceFile};

/// Lines of a file that people write. Past 450 it is time to split; 500 is a fault.
const LONGEST: usize = 500;

/// All findings in one file.
pub fn check(file: &SourceFile) -> Vec<Finding> {
    let mut findings: Vec<Finding> = length(file).into_iter().collect();
    for (at, line) in file.text.lines().enumerate() {
        let mut add =
            |what: String, todo| findings.push(Finding::new(&file.path, at + 1, what, todo));
        if let Some(path) = machine_path(line) {
            add(
                format!("a path of one machine: {path}"),
                "write it relative to the repository, or ask the system for it",
            );
        }
        if is_component(&file.path)
            && let Some(colour) = hex_colour(line)
        {
            add(
                format!("the colour {colour}"),
                "use a role of ui/src/styles/tokens.css: themes change roles, not colours",
            );
        }
        if is_screen(&file.path)
            && !file.path.starts_with("ui/src/lib/host/")
            && line.contains("@tauri-apps/")
        {
            add(
                "imports Tauri".to_owned(),
                "only ui/src/lib/host/ may: call the host",
            );
        }
    }
    findings
}

fn length(file: &SourceFile) -> Option<Finding> {
    let written = [".rs", ".ts", ".svelte", ".css", ".py", ".mjs"]
        .iter()
        .any(|end| file.path.ends_with(end));
    let generated = file.path.contains(".gen.") || file.text.starts_with("// Generated");
    let lines = file.text.lines().count();
    (written && !generated && lines > LONGEST).then(|| {
        Finding::new(
            &file.path,
            lines,
            format!("{lines} lines, more than {LONGEST}"),
            "split it where it does two things",
        )
    })
}

fn is_screen(path: &str) -> bool {
    path.starts_with("ui/src/") && [".ts", ".svelte"].iter().any(|end| path.ends_with(end))
}

fn is_component(path: &str) -> bool {
    path.starts_with("ui/src/") && path.ends_with(".svelte")
}

/// A folder that exists on somebody's machine only: in a home, or the place of a checkout.
fn machine_path(line: &str) -> Option<&str> {
    // Written in halves, so that this file does not find itself.
    const FOLDERS: [&str; 4] = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    FOLDERS.iter().find_map(|folder| {
        line.match_indices(folder).find_map(|(at, _)| {
            // In `target/work/` or `~/home/` it is the middle of another path.
            let starts =
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_.-})~*/:".contains(c));
            let end = line[at..]
                .find(|c: char| c.is_whitespace() || "\"'`)>,;".contains(c))
                .unwrap_or(line.len() - at);
            starts.then(|| &line[at..at + end])
        })
    })
}

/// `#abc`, `#aabbcc` and the forms with alpha; not a link to a place on the page, nor Svelte's `{#each`.
fn hex_colour(line: &str) -> Option<&str> {
    line.match_indices('#').find_map(|(at, _)| {
        let rest = &line[at + 1..];
        let digits = rest
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(rest.len());
        let ends =
            !rest[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let link = line[..at].ends_with("href=\"")
            || line[..at].ends_with('{')
            || line[..at].ends_with('&');
        (matches!(digits, 3 | 4 | 6 | 8) && ends && !link).then(|| &line[at..at + 1 + digits])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .iter()
        .map(ToString::to_string)
        .collect()
    }

    #[test]
    fn a_file_that_grew_past_the_limit_is_found_unless_it_is_generated() {
        let long = "let a = 1;\n".repeat(LONGEST + 1);
        assert_eq!(found("crates/desk/src/a.rs", &long).len(), 1);
        assert!(found("ui/src/lib/host/api.gen.ts", &long).is_empty());
        assert!(found("crates/desk/src/a.rs", &"let a = 1;\n".repeat(LONGEST)).is_empty());
    }

    #[test]
    fn a_path_of_one_machine_is_found_in_any_file() {
        let home = concat!("/ho", "me/lan/onedoor");
        assert!(found("README.md", &format!("see {home}\n"))[0].contains(home));
        assert_eq!(
            found("x", &format!("cd \"{}\"\n", concat!("/ro", "ot/onedoor"))).len(),
            1
        );
        assert_eq!(
            found(
                "a.toml",
                &format!("path = '{}main'\n", concat!("/wo", "rk/"))
            )
            .len(),
            1
        );
    }

    #[test]
    fn the_middle_of_another_path_is_no_machine_path() {
        for line in [
            "target/work/a",
            "crates/home/src",
            "https://example.vn/home/a",
            "$HOME/.cargo",
            "target/root/x",
        ] {
            assert!(found("a.md", line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_colour_in_a_component_is_found() {
        for line in [
            "color: #fff;",
            "background:#1a2B3c",
            "const c = '#11223344';",
        ] {
            assert_eq!(found("ui/src/places/a.svelte", line).len(), 1, "{line}");
        }
        assert!(
            found("ui/src/styles/tokens.css", "--ground: #fff;").is_empty(),
            "tokens are where colours live"
        );
    }

    #[test]
    fn links_and_blocks_of_svelte_are_no_colours() {
        for line in [
            "{#each rows as row}",
            "<a href=\"#add\">",
            "{#if a}",
            "&#039;",
            "issue #12",
            "#header",
        ] {
            assert!(found("ui/src/places/a.svelte", line).is_empty(), "{line}");
        }
    }

    #[test]
    fn only_the_host_seam_imports_tauri() {
        let line = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(found("ui/src/lib/state/a.svelte.ts", line).len(), 1);
        assert!(found("ui/src/lib/host/tauri.ts", line).is_empty());
    }
}
