//! Each third-party dependency of a shipped crate says in the line above why it is there. Not here: whether the crate may
//! have it (`edges`), its licence (deny.toml).

use super::{Finding, SourceFile};

/// So common that a reason would only be noise.
const SELF_EVIDENT: &[&str] = &[
    "anyhow",
    "hex",
    "jiff",
    "serde",
    "serde_json",
    "thiserror",
    "tokio",
    "tracing",
    "tracing-subscriber",
    "uuid",
];

/// Every dependency without a reason in one manifest. Manifests of crates that are never shipped are not read.
pub fn check(file: &SourceFile) -> Vec<Finding> {
    let shipped = !(file.path.starts_with("tests/")
        || file.path.starts_with("xtask/")
        || file.path.contains("testkit/"));
    if !file.path.ends_with("Cargo.toml") || !shipped {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut section = "";
    let mut above = "";
    for (at, line) in file.text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name;
        } else if asks_for_reasons(section)
            && let Some(name) = dependency(line)
            && !above.starts_with('#')
        {
            findings.push(Finding::new(
                &file.path,
                at + 1,
                format!("{name} has no reason"),
                "write one line above it: what we need it for",
            ));
        }
        above = line;
    }
    findings
}

fn asks_for_reasons(section: &str) -> bool {
    let section = section.trim_end_matches(']');
    section == "dependencies"
        || (section.starts_with("target.") && section.ends_with(".dependencies"))
}

fn dependency(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim().trim_end_matches(".workspace");
    let third_party = !name.starts_with('#') && !name.starts_with("onedoor");
    (third_party && !SELF_EVIDENT.contains(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(path: &str, text: &str) -> Vec<String> {
        check(&SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .iter()
        .map(ToString::to_string)
        .collect()
    }

    #[test]
    fn a_dependency_without_a_reason_is_found_with_its_line() {
        let found = check_text(
            "crates/desk/Cargo.toml",
            "[dependencies]\nserde = \"1\"\nzip = \"2\"\n",
        );
        assert_eq!(
            found,
            [
                "crates/desk/Cargo.toml:3: zip has no reason: write one line above it: what we need it for"
            ]
        );
    }

    #[test]
    fn a_reason_covers_only_the_line_below_it() {
        let found = check_text(
            "Cargo.toml",
            "[dependencies]\n# opens archives\nzip = \"2\"\ntar = \"1\"\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("tar"));
    }

    #[test]
    fn dependencies_of_one_system_need_reasons_too() {
        let found = check_text(
            "Cargo.toml",
            "[target.'cfg(windows)'.dependencies]\nwinprint = \"0.3\"\n",
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn our_own_crates_test_crates_and_version_lists_need_none() {
        assert!(
            check_text(
                "crates/desk/Cargo.toml",
                "[dependencies]\nonedoor-store = { workspace = true }\n"
            )
            .is_empty()
        );
        assert!(check_text("tests/shell/Cargo.toml", "[dependencies]\nzip = \"2\"\n").is_empty());
        assert!(
            check_text(
                "Cargo.toml",
                "[workspace.dependencies]\nzip = \"2\"\n[dev-dependencies]\ntar = \"1\"\n"
            )
            .is_empty()
        );
    }
}
