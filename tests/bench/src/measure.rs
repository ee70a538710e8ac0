//! A measurement beside its floor, with its limit, and how samples become one number. Not here: what is measured.

use anyhow::Result;
use serde_json::json;
use std::{path::Path, time::Duration};

/// What a broken limit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// It fails the bench.
    Hold,
    /// It is said, and nothing else.
    Report,
}

/// One line of the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// The peer or floor of the same run: its value, and what it is.
    beside: (f64, String),
    ratio: f64,
    limit: Option<f64>,
    least: Option<f64>,
}

impl Row {
    /// A value in `unit` beside a peer in the same unit.
    pub fn new(
        name: &'static str,
        value: f64,
        unit: &'static str,
        peer: f64,
        what: impl Into<String>,
    ) -> Self {
        Row {
            name,
            value,
            unit,
            beside: (peer, what.into()),
            ratio: value / peer,
            limit: None,
            least: None,
        }
    }

    /// A ratio that has a name of its own; `peer` is what ours was divided by.
    pub fn ratio(name: &'static str, ratio: f64, peer: f64, what: impl Into<String>) -> Self {
        Row {
            ratio,
            ..Row::new(name, ratio, "times", peer, what)
        }
    }

    /// The most that the value may be.
    pub fn at_most(self, limit: f64) -> Self {
        Row {
            limit: Some(limit),
            ..self
        }
    }

    /// The least that the value may be.
    pub fn at_least(self, least: f64) -> Self {
        Row {
            least: Some(least),
            ..self
        }
    }

    /// Says which limit is broken; a value that is no number breaks it too.
    pub fn broken(&self) -> Option<String> {
        let within = |limit: f64| self.value <= limit;
        let reaches = |least: f64| self.value >= least;
        let (limit, word) = match (self.limit, self.least) {
            (Some(limit), _) if !within(limit) => (limit, "limit"),
            (_, Some(least)) if !reaches(least) => (least, "least"),
            _ => return None,
        };
        let Row {
            name, value, unit, ..
        } = self;
        Some(format!(
            "{name} is {value:.2} {unit}; the {word} is {limit:.2}"
        ))
    }
}

/// Writes the rows as `target/bench/NAME.json` holds them.
pub fn write(path: &Path, rows: &[Row]) -> Result<()> {
    let list: Vec<_> = rows.iter().map(to_json).collect();
    Ok(std::fs::write(path, serde_json::to_vec_pretty(&list)?)?)
}

fn to_json(row: &Row) -> serde_json::Value {
    let (value, what) = &row.beside;
    json!({
        "name": row.name, "value": round(row.value), "unit": row.unit,
        "beside": {"value": round(*value), "what": what}, "ratio": round(row.ratio), "limit": row.limit,
        "least": row.least,
    })
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle of the samples.
pub fn median(samples: &[f64]) -> f64 {
    percentile(samples, 50)
}

/// The smallest sample that `percent` of all samples do not exceed (nearest rank); not a number without samples.
pub fn percentile(samples: &[f64], percent: usize) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_99th_of_300_is_the_fourth_from_the_end() {
        let samples: Vec<f64> = (1..=300).rev().map(f64::from).collect();
        assert_eq!(percentile(&samples, 99), 297.0, "three of 300 are slower");
        assert_eq!(median(&samples), 150.0);
        assert_eq!(median(&[7.0]), 7.0, "one sample is its own middle");
    }

    #[test]
    fn a_value_beyond_its_limit_is_named_and_one_at_it_is_not() {
        let row = |value| Row::new("form01_ms", value, "ms", 2.0, "a floor").at_most(10.0);
        assert_eq!(row(10.0).broken(), None);
        let sentence = row(10.5).broken().unwrap();
        assert_eq!(sentence, "form01_ms is 10.50 ms; the limit is 10.00");
    }

    #[test]
    fn too_little_is_named_as_too_much_is() {
        let row = |value| Row::new("events_per_s", value, "per s", 500.0, "a floor").at_least(8e3);
        assert_eq!(row(8000.0).broken(), None);
        let sentence = row(0.0).broken().unwrap();
        assert_eq!(sentence, "events_per_s is 0.00 per s; the least is 8000.00");
        assert!(row(f64::NAN).broken().is_some(), "no number is not enough");
    }

    #[test]
    fn a_bench_without_samples_does_not_pass() {
        let row = Row::new("form01_ms", median(&[]), "ms", 2.0, "a floor").at_most(10.0);
        assert!(row.broken().is_some(), "nothing measured is not fast");
    }

    #[test]
    fn a_row_says_what_it_was_measured_beside() {
        let value = to_json(&Row::new("start_ms", 900.0, "ms", 600.0, "empty window"));
        assert_eq!(
            value["beside"],
            json!({"value": 600.0, "what": "empty window"})
        );
        assert_eq!(value["ratio"], 1.5);
    }
}
