//! Who may import whom, and which crate alone owns a library: read from `cargo metadata`. Not here: what is imported
//! inside a file (`sources`).

use serde_json::Value;

use super::Finding;

/// A first-party crate and the first-party crates that it may use. Crates of tests, and `xtask`, may use anything.
const EDGES: &[(&str, &[&str])] = &[
    ("onedoor-domain", &[]),
    ("onedoor-protocol", &[]),
    ("onedoor-projection", &["domain", "protocol"]),
    ("onedoor-store", &["domain", "protocol", "projection"]),
    ("onedoor-catalogue", &["domain"]),
    ("onedoor-scan", &["domain"]),
    ("onedoor-receipt", &["domain"]),
    ("onedoor-sync", &["domain", "protocol", "store"]),
    (
        "onedoor-desk",
        &[
            "domain",
            "protocol",
            "projection",
            "catalogue",
            "store",
            "scan",
            "receipt",
            "sync",
        ],
    ),
    ("onedoor", &["desk"]),
    ("onedoor-central", &["domain", "protocol", "projection"]),
];

/// These may use anything of ours: they are never shipped.
const FREE: &[&str] = &[
    "onedoor-bench",
    "onedoor-devhost",
    "onedoor-shell",
    "onedoor-contract",
    "onedoor-simulation",
    "onedoor-testkit",
    "xtask",
];

/// A library and the only crates that may name it. A name ending in `*` stands for all that start so.
const OWNERS: &[(&str, &[&str])] = &[
    (
        "rusqlite",
        &[
            "onedoor-store",
            "onedoor-central",
            "onedoor-contract",
            "onedoor-bench",
        ],
    ),
    ("tokio-postgres", &["onedoor-central", "onedoor-testkit"]),
    ("notify*", &["onedoor-scan"]),
    ("printpdf", &["onedoor-receipt"]),
    ("tauri*", &["onedoor"]),
    ("wry", &[]),
    (
        "reqwest",
        &[
            "onedoor-sync",
            "onedoor-scan",
            "onedoor-central",
            "onedoor-devhost",
            "onedoor-shell",
            "onedoor-contract",
        ],
    ),
];

/// Every forbidden edge in the answer of `cargo metadata --no-deps`.
pub fn check(metadata: &Value) -> Vec<Finding> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    packages
        .iter()
        .flat_map(|package| check_package(package, root))
        .collect()
}

fn check_package(package: &Value, root: &str) -> Vec<Finding> {
    let name = package["name"].as_str().unwrap_or_default();
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let manifest = manifest
        .strip_prefix(root)
        .unwrap_or(manifest)
        .trim_start_matches('/');
    let at = |what: String, todo: &'static str| Finding::new(manifest, 1, what, todo);
    if !FREE.contains(&name) && !EDGES.iter().any(|(from, _)| *from == name) {
        return vec![at(
            format!("{name} is not in the list of crates"),
            "write down in docs/ARCHITECTURE.md and xtask/src/tidy/edges.rs what it may import",
        )];
    }
    let dependencies = package["dependencies"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut findings = Vec::new();
    for dependency in dependencies {
        let to = dependency["name"].as_str().unwrap_or_default();
        let development = dependency["kind"].as_str() == Some("dev");
        if !may_import(
            name,
            to,
            if development {
                Use::InTests
            } else {
                Use::InProduct
            },
        ) {
            findings.push(at(
                format!("{name} may not depend on {to}"),
                "pass what it needs as an argument, or move the code to the crate that may",
            ));
        }
        if !may_own(name, to) {
            findings.push(at(
                format!("{to} belongs to another crate than {name}"),
                "ask the crate that owns it (docs/ARCHITECTURE.md, who may import whom)",
            ));
        }
    }
    findings
}

enum Use {
    InProduct,
    InTests,
}

fn may_import(from: &str, to: &str, how: Use) -> bool {
    let ours = to == "onedoor" || to == "xtask" || to.starts_with("onedoor-");
    if !ours || FREE.contains(&from) {
        return true;
    }
    if to == "onedoor-testkit" {
        return matches!(how, Use::InTests);
    }
    let allowed = EDGES
        .iter()
        .find(|(name, _)| *name == from)
        .map(|(_, allowed)| *allowed)
        .unwrap_or_default();
    allowed
        .iter()
        .any(|short| to.strip_prefix("onedoor-") == Some(*short))
}

fn may_own(from: &str, library: &str) -> bool {
    OWNERS
        .iter()
        .filter(|(name, _)| match name.strip_suffix('*') {
            Some(start) => library.starts_with(start),
            None => library == *name,
        })
        .all(|(_, owners)| owners.contains(&from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn findings(name: &str, dependencies: Value) -> Vec<String> {
        let metadata = json!({"workspace_root": "/r", "packages": [
            {"name": name, "manifest_path": "/r/crates/x/Cargo.toml", "dependencies": dependencies}]});
        check(&metadata).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_domain_may_use_nothing_of_ours() {
        let found = findings(
            "onedoor-domain",
            json!([{"name": "onedoor-protocol", "kind": null}]),
        );
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with(
                "crates/x/Cargo.toml:1: onedoor-domain may not depend on onedoor-protocol"
            ),
            "{}",
            found[0]
        );
    }

    #[test]
    fn an_allowed_edge_is_silent() {
        assert!(
            findings(
                "onedoor-sync",
                json!([{"name": "onedoor-store", "kind": null}, {"name": "serde", "kind": null}])
            )
            .is_empty()
        );
    }

    #[test]
    fn the_shell_reaches_the_store_only_through_the_desk() {
        assert_eq!(
            findings("onedoor", json!([{"name": "onedoor-store", "kind": null}])).len(),
            1
        );
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        assert!(
            findings(
                "onedoor-store",
                json!([{"name": "onedoor-testkit", "kind": "dev"}])
            )
            .is_empty()
        );
        assert_eq!(
            findings(
                "onedoor-store",
                json!([{"name": "onedoor-testkit", "kind": null}])
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_library_with_an_owner_is_not_taken_by_another_crate() {
        for (name, library) in [
            ("onedoor-desk", "rusqlite"),
            ("onedoor-store", "printpdf"),
            ("onedoor-desk", "tauri"),
            ("onedoor-desk", "tauri-plugin-opener"),
            ("onedoor-sync", "notify-debouncer-full"),
            ("onedoor-desk", "reqwest"),
            ("onedoor", "wry"),
        ] {
            assert_eq!(
                findings(name, json!([{"name": library, "kind": null}])).len(),
                1,
                "{name} took {library}"
            );
        }
        assert!(
            findings(
                "onedoor-receipt",
                json!([{"name": "printpdf", "kind": null}])
            )
            .is_empty()
        );
    }

    #[test]
    fn a_new_crate_must_be_put_on_the_list() {
        assert!(findings("onedoor-extra", json!([]))[0].contains("not in the list"));
    }
}
