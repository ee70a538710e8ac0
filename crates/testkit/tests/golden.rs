//! The golden batches hold all that this program writes, and stay as they were written.

use std::collections::BTreeSet;

use onedoor_protocol::journal::{Body, decode};
use onedoor_testkit::golden;

const COMMAND: &str = "cargo run -p onedoor-testkit --example golden";

#[test]
fn every_type_that_this_program_writes_stands_in_its_golden_batch() {
    let all = golden::all();
    let newest = all.last().unwrap();
    assert_eq!(
        newest.about.app,
        golden::VERSION,
        "a new version: {COMMAND}"
    );
    let kept: BTreeSet<_> = newest.kinds(golden::TODAY).into_iter().collect();
    for kind in golden::kinds() {
        assert!(
            kept.contains(&kind),
            "{kind:?} has no golden line: say it in golden/said.rs, then {COMMAND}"
        );
    }
}

#[test]
fn this_program_still_writes_the_lines_of_its_golden_batches() {
    let kept = golden::all().pop().unwrap();
    let (kept_lines, today) = (kept.journal().lines, golden::today());
    for (line, kept) in today.journal().lines.iter().zip(&kept_lines) {
        assert_eq!(
            String::from_utf8_lossy(line),
            String::from_utf8_lossy(kept),
            "a line of a released version changed; before its release: {COMMAND}"
        );
    }
    assert_eq!(today.about, kept.about, "{COMMAND}");
}

#[test]
fn every_line_that_an_older_version_wrote_is_known_to_this_one() {
    for golden in golden::all() {
        let first = golden.about.batches[0].lines;
        for line in golden.journal().lines.iter().take(first as usize) {
            let body = decode(line).unwrap().body;
            let known = !matches!(body, Body::Unknown { .. });
            assert!(known, "{} wrote {body:?}", golden.about.app);
        }
    }
}
