//! `bench NAME [--report-only]`: builds the release, measures it and prints the table. Not here: the measuring, which is
//! `tests/bench`.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{child, house, run};

/// Entry point of `cargo xtask bench NAME`.
pub fn bench(arguments: &[String]) -> Result<()> {
    let Some(name) = arguments.first().filter(|name| {
        // Which parts there are, the program knows.
        ["keys", "pdf", "receive", "search", "start", "sync"].contains(&name.as_str())
            || name.starts_with("sync-")
    }) else {
        bail!(
            "which bench? keys, pdf, receive, search, start, sync or sync-PART, and --report-only to pass whatever the figures are"
        );
    };
    build(&["--package", "onedoor-bench"])?;
    if in_a_window(name) {
        run::build_screen()?;
        build(&["--package", "onedoor", "--features", "bench", "--bins"])?;
    }
    let folder = house::target().join("bench");
    let path = folder.join(format!("{name}.json"));
    // A table of an earlier run would look like this one's.
    if path.exists() {
        fs::remove_file(&path)?;
    }
    let mut command = command(name);
    let status = command
        .arg(name)
        .arg(&folder)
        .args(&arguments[1..])
        .status();
    let status = status.with_context(|| format!("cannot start {command:?}"))?;
    if let Ok(text) = fs::read_to_string(&path) {
        print!("{}", table(&serde_json::from_str(&text)?)?);
    }
    if !status.success() {
        bail!("the bench {name} ended with {status}");
    }
    Ok(())
}

fn build(what: &[&str]) -> Result<()> {
    child::run(child::cargo(&["build", "--release"]).args(what))
}

/// Whether the bench measures the real window.
fn in_a_window(name: &str) -> bool {
    ["keys", "start"].contains(&name)
}

/// The bench's program. Windows need a display and a session bus, both of their own: what else is open must not count.
fn command(name: &str) -> Command {
    let program = house::target()
        .join("release")
        .join(format!("onedoor-bench{}", std::env::consts::EXE_SUFFIX));
    if !in_a_window(name) {
        return child::command(program);
    }
    let mut command = child::under_xvfb(Path::new("dbus-run-session"));
    command.arg("--").arg(program);
    command
}

/// One line a measurement: name, value and unit, what it is measured beside, and the ratio.
fn table(rows: &Value) -> Result<String> {
    let rows = rows.as_array().context("a bench result is a list")?;
    let mut out = format!(
        "{:<34} {:>12} {:<6} {:>7}  {}\n",
        "name", "value", "unit", "ratio", "beside"
    );
    for row in rows {
        let text = |key: &str| match &row[key] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            Value::Number(number) => number.as_f64().map(figure).unwrap_or_default(),
            other => other.to_string(),
        };
        let beside = row["beside"]["value"].as_f64().map(figure);
        out.push_str(&format!(
            "{:<34} {:>12} {:<6} {:>7}  {} ({})\n",
            text("name"),
            text("value"),
            text("unit"),
            text("ratio"),
            beside.unwrap_or_default(),
            row["beside"]["what"].as_str().unwrap_or_default(),
        ));
    }
    Ok(out)
}

fn figure(number: f64) -> String {
    if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_is_one_line_with_its_peer_and_ratio() {
        let rows = serde_json::json!([{"name": "start_ms", "value": 812.456, "unit": "ms",
            "beside": {"what": "empty window", "value": 600}, "ratio": 1.354}]);
        let table = table(&rows).unwrap();
        let line = table.lines().nth(1).unwrap();
        for part in ["start_ms", "812.46 ms", "1.35", "600 (empty window)"] {
            assert!(line.contains(part), "{part} is missing in: {line}");
        }
    }

    #[test]
    fn a_result_that_is_no_list_is_refused() {
        assert!(table(&serde_json::json!({})).is_err());
    }
}
