//! `bench NAME`: measures the release build and prints the table. Not here: the measuring, which is `tests/contract`.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{child, house};

/// Entry point of `cargo xtask bench NAME`.
pub fn bench(arguments: &[String]) -> Result<()> {
    let [name, ..] = arguments else {
        bail!("which bench? receive, start or pdf");
    };
    let mut cargo = child::cargo(&[
        "run",
        "--release",
        "--package",
        "onedoor-contract",
        "--bin",
        "bench",
        "--",
    ]);
    child::run(cargo.args(arguments))?;
    let path = house::target().join("bench").join(format!("{name}.json"));
    let text = fs::read_to_string(&path)
        .with_context(|| format!("the bench left no {}", path.display()))?;
    print!("{}", table(&serde_json::from_str(&text)?)?);
    Ok(())
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
        out.push_str(&format!(
            "{:<34} {:>12} {:<6} {:>7}  {}\n",
            text("name"),
            text("value"),
            text("unit"),
            text("ratio"),
            text("beside"),
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
        for part in ["start_ms", "812.46 ms", "1.35", "empty window"] {
            assert!(line.contains(part), "{part} is missing in: {line}");
        }
    }

    #[test]
    fn a_result_that_is_no_list_is_refused() {
        assert!(table(&serde_json::json!({})).is_err());
    }
}
