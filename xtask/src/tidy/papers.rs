//! The documents that the house promises are there, ADRs are numbered without gaps, and third-party notices are current.
//! Not here: what the documents say.

use super::{Finding, SourceFile};
use crate::notices;

/// Documents that others refer to.
const PROMISED: &[&str] = &[
    "LICENSE",
    "NOTICE",
    "README.md",
    "THIRD-PARTY.md",
    "docs/ARCHITECTURE.md",
    "docs/STYLE.md",
    "docs/THREATS.md",
    "docs/protocol.md",
];

/// All findings about documents, over all text files of the repository.
pub fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = missing(files);
    findings.extend(adr_numbers(files));
    findings.extend(outdated_notices(files));
    findings
}

fn text<'a>(files: &'a [SourceFile], path: &str) -> Option<&'a str> {
    files
        .iter()
        .find(|file| file.path == path)
        .map(|file| file.text.as_str())
}

fn missing(files: &[SourceFile]) -> Vec<Finding> {
    PROMISED
        .iter()
        .filter(|path| text(files, path).is_none_or(|text| text.trim().is_empty()))
        .map(|path| {
            Finding::new(
                path,
                1,
                "is missing or empty",
                "write it: other documents refer to it",
            )
        })
        .collect()
}

fn adr_numbers(files: &[SourceFile]) -> Vec<Finding> {
    let mut numbered: Vec<(&str, Option<usize>)> = files
        .iter()
        .filter_map(|file| Some((file.path.as_str(), file.path.strip_prefix("docs/adr/")?)))
        .filter(|(_, name)| name.ends_with(".md"))
        .map(|(path, name)| (path, name.get(..4).and_then(|number| number.parse().ok())))
        .collect();
    numbered.sort_unstable();
    numbered
        .iter()
        .enumerate()
        .filter(|(at, (_, number))| *number != Some(at + 1))
        .map(|(at, (path, _))| {
            Finding::new(
                path,
                1,
                format!("should be number {:04}", at + 1),
                "number decisions from 0001 without gaps: NNNN-what.md",
            )
        })
        .collect()
}

/// Names and versions of direct dependencies must stand in THIRD-PARTY.md.
fn outdated_notices(files: &[SourceFile]) -> Vec<Finding> {
    let Some(page) = text(files, "THIRD-PARTY.md") else {
        return Vec::new();
    };
    let of = |path: &str| text(files, path).unwrap_or_default();
    let manifests: Vec<&str> = files
        .iter()
        .filter(|file| file.path.ends_with("Cargo.toml") && notices::is_shipped(&file.path))
        .map(|file| file.text.as_str())
        .collect();
    notices::direct(&manifests, of("Cargo.lock"), of("ui/package.json"))
        .iter()
        .filter(|named| !page.contains(&format!("| {} | {} |", named.name, named.version)))
        .map(|named| {
            Finding::new(
                "THIRD-PARTY.md",
                1,
                format!("lacks {} {}", named.name, named.version),
                "run `./x notices` and commit it",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_promised_document_that_is_missing_or_empty_is_found() {
        let mut files: Vec<SourceFile> = PROMISED.iter().map(|path| file(path, "words")).collect();
        assert!(check(&files).is_empty());
        files[2].text = " \n".to_owned();
        files.remove(0);
        let found: Vec<String> = check(&files)
            .iter()
            .map(|finding| finding.path.clone())
            .collect();
        assert_eq!(found, ["LICENSE", "README.md"]);
    }

    #[test]
    fn decisions_are_numbered_without_gaps() {
        let files = [
            file("docs/adr/0001-a.md", "a"),
            file("docs/adr/0003-c.md", "c"),
        ];
        let found = adr_numbers(&files);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].to_string().contains("should be number 0002"),
            "{}",
            found[0]
        );
    }

    #[test]
    fn a_dependency_that_the_notices_do_not_name_is_found() {
        let lock = "[[package]]\nname = \"zip\"\nversion = \"2.1.0\"\n";
        let files = [
            file(
                "THIRD-PARTY.md",
                "| name | version | licence |\n| zip | 2.0.0 | MIT |\n",
            ),
            file("Cargo.lock", lock),
            file(
                "crates/desk/Cargo.toml",
                "[dependencies]\nzip = { workspace = true }\n",
            ),
        ];
        let found = outdated_notices(&files);
        assert_eq!(found.len(), 1, "the version moved from 2.0.0 to 2.1.0");
        assert!(found[0].to_string().contains("zip 2.1.0"));
    }
}
