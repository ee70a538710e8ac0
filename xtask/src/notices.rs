//! `notices`: writes THIRD-PARTY.md, what is shipped that others made: crates, npm packages, fonts, colour profile, texts.
//! Not here: whether a licence is allowed (deny.toml), tools that only build or test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{child, house};

/// The two programs that people get, and the systems they get them on.
const PROGRAMS: [&str; 2] = ["onedoor", "onedoor-central"];
const SYSTEMS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];

/// What is neither a crate nor a package; texts that licences ask us to repeat stand in NOTICE.
const OTHERS: &str = "\
| what | from | licence | where |
|---|---|---|---|
| Liberation Serif 2.1.5 | Red Hat, Google; Debian `fonts-liberation2` | OFL-1.1 | `assets/fonts/`, `assets/fonts/OFL.txt` |
| Noto Serif | Google; Debian `fonts-noto-core` | OFL-1.1 | `assets/fonts/`, `assets/fonts/OFL.txt` |
| Noto Sans (the screen) | Google; npm `@fontsource-variable/noto-sans` | OFL-1.1 | built into the screen |
| sRGB-v2-magic colour profile | Compact ICC Profiles | CC0-1.0 | `crates/receipt/assets/` |
| SQLCipher 4.19 (with SQLite, libtomcrypt) | Zetetic LLC and others; crate `sqlcipher-src` | BSD-3-Clause, public domain, WTFPL | built into both programs |
| OpenSSL 3 | the OpenSSL authors; the system's in development, crate `openssl-src` in releases | Apache-2.0 | under SQLCipher |
| WebView2Loader.dll (Windows) | Microsoft; crate `webview2-com-sys` | BSD-3-Clause | beside `onedoor.exe` |
| Procedures, forms, holidays | laws and decisions of the Vietnamese state, each named in the file | not subject to copyright (Law on Intellectual Property, article 15) | `assets/catalogue/`, `assets/forms/` |
";

/// Something of others, by name and exact version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// As its registry calls it.
    pub name: String,
    /// Exact.
    pub version: String,
}

/// Entry point of `cargo xtask notices`.
pub fn write() -> Result<()> {
    let mut arguments = vec!["metadata", "--format-version", "1", "--locked"];
    for system in SYSTEMS {
        arguments.extend(["--filter-platform", system]);
    }
    let metadata: Value = serde_json::from_str(&child::capture(&mut child::cargo(&arguments))?)?;
    let lock: Value = serde_json::from_str(&fs::read_to_string(
        house::root().join("ui/package-lock.json"),
    )?)?;
    let page = page(&crates(&metadata)?, &packages(&lock));
    fs::write(house::root().join("THIRD-PARTY.md"), page).context("cannot write THIRD-PARTY.md")
}

type Licences = BTreeMap<Named, String>;

fn page(crates: &Licences, packages: &Licences) -> String {
    let mut page = String::from(
        "# What others made\n\nWritten by `./x notices`; `./x tidy` says when it is out of date. Onedoor itself is under Apache-2.0 (LICENSE).\nEverything below is shipped in the workstation or the central service; tools that only build or test are not listed.\n",
    );
    page.push_str("\n## Fonts, data, libraries in C\n\n");
    page.push_str(OTHERS);
    for (title, list) in [
        ("Packages of the screen (npm)", packages),
        ("Crates (crates.io)", crates),
    ] {
        page.push_str(&format!(
            "\n## {title}\n\n| name | version | licence |\n|---|---|---|\n"
        ));
        for (named, licence) in list {
            page.push_str(&format!(
                "| {} | {} | {licence} |\n",
                named.name, named.version
            ));
        }
    }
    page
}

/// Third-party crates that the programs are linked from, on either system.
fn crates(metadata: &Value) -> Result<Licences> {
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata has no packages")?;
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .context("cargo metadata has no graph")?;
    let by_id: BTreeMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut waiting: Vec<&str> = packages
        .iter()
        .filter(|package| {
            package["name"]
                .as_str()
                .is_some_and(|name| PROGRAMS.contains(&name))
        })
        .filter_map(|package| package["id"].as_str())
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(by_id.get(id).into_iter().flat_map(|node| linked(node)));
        }
    }
    Ok(packages
        .iter()
        .filter(|package| {
            !package["source"].is_null()
                && package["id"]
                    .as_str()
                    .is_some_and(|id| reached.contains(id))
        })
        .map(|package| {
            (
                named(package),
                package["license"]
                    .as_str()
                    .unwrap_or("see its own files")
                    .to_owned(),
            )
        })
        .collect())
}

/// Ids of what a node is linked from: not what builds or tests it.
fn linked(node: &Value) -> impl Iterator<Item = &str> {
    node["deps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|dependency| {
            let kinds = dependency["dep_kinds"].as_array()?;
            kinds
                .iter()
                .any(|kind| kind["kind"].is_null())
                .then_some(dependency["pkg"].as_str()?)
        })
}

fn named(package: &Value) -> Named {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    Named {
        name: text("name"),
        version: text("version"),
    }
}

/// npm packages that are built into the screen.
fn packages(lock: &Value) -> Licences {
    let entries = lock["packages"].as_object().into_iter().flatten();
    entries
        .filter(|(path, entry)| !path.is_empty() && entry["dev"].as_bool() != Some(true))
        .map(|(path, entry)| {
            let name = path
                .rsplit("node_modules/")
                .next()
                .unwrap_or(path)
                .to_owned();
            let version = entry["version"].as_str().unwrap_or_default().to_owned();
            (
                Named { name, version },
                entry["license"]
                    .as_str()
                    .unwrap_or("see its own files")
                    .to_owned(),
            )
        })
        .collect()
}

/// Whether the crate of this manifest is part of what people get.
pub fn is_shipped(manifest: &str) -> bool {
    !(manifest.starts_with("tests/")
        || manifest.starts_with("xtask/")
        || manifest.contains("testkit/"))
}

/// Direct third-party dependencies of shipped crates and of the screen, by the versions in the lock file.
pub fn direct(manifests: &[&str], cargo_lock: &str, package_json: &str) -> Vec<Named> {
    let names: BTreeSet<&str> = manifests
        .iter()
        .flat_map(|manifest| dependency_names(manifest))
        .collect();
    let locked = locked(cargo_lock);
    let mut direct: Vec<Named> = names
        .iter()
        .filter_map(|name| {
            // Of several generations the newest is the one that a manifest of ours names.
            let newest = locked
                .iter()
                .filter(|named| named.name == **name)
                .max_by_key(|named| version_key(&named.version))?;
            Some(newest.clone())
        })
        .collect();
    let screen: Value = serde_json::from_str(package_json).unwrap_or_default();
    direct.extend(
        screen["dependencies"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, version)| Named {
                name: name.clone(),
                version: version.as_str().unwrap_or_default().to_owned(),
            }),
    );
    direct
}

fn dependency_names(manifest: &str) -> Vec<&str> {
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end().trim_end_matches(']');
        } else if (section == "dependencies"
            || (section.starts_with("target.") && section.ends_with(".dependencies")))
            && let Some((name, _)) = line.split_once('=')
        {
            let name = name.trim();
            if !name.starts_with('#') && !name.starts_with("onedoor-") {
                names.push(name);
            }
        }
    }
    names
}

fn locked(cargo_lock: &str) -> Vec<Named> {
    let value = |part: &str, key: &str| {
        part.lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|value| value.trim_matches(['=', ' ', '"']).to_owned())
    };
    cargo_lock
        .split("[[package]]")
        .filter_map(|part| {
            Some(Named {
                name: value(part, "name")?,
                version: value(part, "version")?,
            })
        })
        .collect()
}

fn version_key(version: &str) -> Vec<u64> {
    version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_linked_into_the_programs_is_named() {
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source});
        let dependency =
            |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [package("onedoor", json!(null)), package("linked", json!("r")), package("deep", json!("r")),
                package("builds", json!("r")), package("tests", json!("r"))],
            "resolve": {"nodes": [
                {"id": "onedoor", "deps": [dependency("linked", json!(null)), dependency("builds", json!("build")), dependency("tests", json!("dev"))]},
                {"id": "linked", "deps": [dependency("deep", json!(null))]}]}});
        let names: Vec<String> = crates(&metadata)
            .unwrap()
            .into_keys()
            .map(|named| named.name)
            .collect();
        assert_eq!(names, ["deep", "linked"]);
    }

    #[test]
    fn packages_that_only_build_the_screen_are_left_out() {
        let lock = json!({"packages": {"": {}, "node_modules/svelte": {"version": "5.0.0", "license": "MIT"},
            "node_modules/vite": {"version": "8.0.0", "license": "MIT", "dev": true}}});
        let names: Vec<String> = packages(&lock)
            .into_keys()
            .map(|named| named.name)
            .collect();
        assert_eq!(names, ["svelte"]);
    }

    #[test]
    fn direct_dependencies_carry_the_versions_of_the_lock_file() {
        let lock = "[[package]]\nname = \"zip\"\nversion = \"2.9.0\"\n\n[[package]]\nname = \"zip\"\nversion = \"2.10.0\"\n";
        let direct = direct(
            &[
                "[dependencies]\n# opens archives\nzip = { workspace = true }\nonedoor-store = { workspace = true }\n[dev-dependencies]\ntar = \"1\"\n",
            ],
            lock,
            "{\"dependencies\": {\"tinykeys\": \"3.1.0\"}}",
        );
        let shown: Vec<String> = direct
            .iter()
            .map(|named| format!("{} {}", named.name, named.version))
            .collect();
        assert_eq!(shown, ["zip 2.10.0", "tinykeys 3.1.0"]);
    }
}
