//! The parser against the sample labelled by hand: what is not flagged is right, and little is flagged.

use std::collections::{BTreeMap, BTreeSet};

use onedoor_catalogue::portal::{self, Entry, Field, SourceRow};
use sha2::{Digest, Sha256};

use crate::labels::{self, Label, Outcome, labels};
use crate::reread;
use crate::source::ROWS;

const SEED: &str = "onedoor-catalogue-fixture-1";
/// Pages drawn in all, before the smallest ministries get three each.
const DRAWN: usize = 150;

#[test]
fn the_sample_is_the_one_that_the_seed_draws() {
    let mut by_ministry: BTreeMap<&str, Vec<&SourceRow>> = BTreeMap::new();
    for row in ROWS.iter() {
        by_ministry.entry(&row.ministry).or_default().push(row);
    }
    let mut drawn = BTreeSet::new();
    for pages in by_ministry.values_mut() {
        let share = (pages.len() * DRAWN + ROWS.len() / 2) / ROWS.len();
        pages.sort_by_cached_key(|row| Sha256::digest(format!("{SEED}{}", row.code)).to_vec());
        drawn.extend(pages.iter().take(share.max(3)).map(|row| row.code.clone()));
    }
    let labelled: BTreeSet<String> = labels().into_iter().map(|label| label.code).collect();
    assert_eq!(labelled, drawn, "nobody chose which pages are labelled");
    assert_eq!(by_ministry.len(), 7);
}

#[derive(Default)]
struct Tally {
    right: usize,
    flagged: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, outcome: Outcome, what: impl FnOnce() -> String) {
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Flagged => self.flagged += 1,
            Outcome::Wrong => self.wrong.push(what()),
        }
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} right, {} flagged, {} wrong",
            self.right,
            self.flagged,
            self.wrong.len()
        );
        self.wrong.iter().for_each(|what| println!("  {what}"));
    }
}

#[test]
fn what_is_not_flagged_is_right_for_99_of_100_fields() {
    let mut times = Tally::default();
    let mut fees = Tally::default();
    let mut lines = Tally::default();
    for label in labels() {
        let row = ROWS.iter().find(|row| row.code == label.code).unwrap();
        let entry = portal::read(row);
        judge_ways(&label, &entry, &mut times, &mut fees);
        judge_papers(&label, &entry, &mut lines);
    }
    let all = [&times, &fees, &lines];
    times.print("times");
    fees.print("fees");
    lines.print("lines of papers");
    let (right, wrong) = all
        .iter()
        .fold((0, 0), |(r, w), t| (r + t.right, w + t.wrong.len()));
    println!("unflagged fields: {right} right, {wrong} wrong");
    assert!(right > 1000, "the sample is large enough to say anything");
    for tally in all {
        assert!(
            tally.wrong.len() * 100 <= tally.right + tally.wrong.len(),
            "more than one of a hundred unflagged fields is wrong"
        );
    }
}

/// A contradiction of the page counts as understood where it was read again by hand, and is read the same.
fn settle(label: &str, outcome: Outcome, settled: bool) -> Outcome {
    let contradictory = label.split(' ').next().unwrap().ends_with('!');
    match outcome {
        Outcome::Wrong if contradictory && settled => Outcome::Right,
        other => other,
    }
}

fn judge_ways(label: &Label, entry: &Entry, times: &mut Tally, fees: &mut Tally) {
    let found = &entry.ways.rows;
    assert_eq!(
        found.len(),
        label.ways.len(),
        "{}: rows of the table",
        label.code
    );
    let mut left: Vec<&str> = label.ways.iter().map(String::as_str).collect();
    for (place, row) in found.iter().enumerate() {
        // Rows of one way keep the page's order in the label.
        let at = left
            .iter()
            .position(|l| labels::way(l.split(' ').next().unwrap()) == row.way)
            .unwrap_or_else(|| panic!("{}: no label for {:?}", label.code, row.way));
        let words: Vec<&str> = left.remove(at).split(' ').collect();
        let [_, time, fee] = words[..] else {
            panic!("{}: {words:?}", label.code)
        };
        let again = |field, reads: String| reread::again(field, &label.code, place) == Some(&reads);
        let settled = again("time", reread::time(row));
        times.add(settle(time, labels::time(time, &row.time), settled), || {
            format!("{} {time}: {:?}", label.code, row.time)
        });
        let settled = again("fee", reread::fee(row));
        fees.add(settle(fee, labels::fee(fee, &row.fee), settled), || {
            format!("{} {fee}: {:?}", label.code, row.fee)
        });
    }
}

fn judge_papers(label: &Label, entry: &Entry, lines: &mut Tally) {
    let found: Vec<_> = entry.documents.papers().collect();
    let unsplit = entry
        .doubts()
        .iter()
        .any(|(field, _)| *field == Field::Papers);
    match label.papers[0].as_str() {
        "none" => return assert!(found.is_empty() && !unsplit, "{}", label.code),
        "unsplit" => return assert!(unsplit, "{}: is no table", label.code),
        _ => {}
    }
    let count = label.count.unwrap_or(label.papers.len());
    assert_eq!(found.len(), count, "{}: lines of papers", label.code);
    let from_end = label.papers.iter().rev().take_while(|p| *p != "..").count();
    let labelled = label.papers.iter().enumerate().filter(|(_, p)| *p != "..");
    for (at, text) in labelled {
        let place = match label.count {
            Some(count) if at + from_end >= label.papers.len() => count + at - label.papers.len(),
            _ => at,
        };
        let again = reread::again("paper", &label.code, place);
        let settled = again == Some(&reread::paper(found[place]));
        lines.add(
            settle(text, labels::paper(text, found[place]), settled),
            || format!("{} {text}: {:?}", label.code, found[place]),
        );
    }
}

#[test]
fn at_most_one_page_in_five_has_any_doubt_also_of_a_single_paper() {
    let needs = |row: &&SourceRow| !portal::read(row).doubts().is_empty();
    let all = ROWS.iter().filter(needs).count();
    let sample = labels();
    let of_sample = ROWS
        .iter()
        .filter(|row| sample.iter().any(|label| label.code == row.code))
        .filter(needs)
        .count();
    println!(
        "{all} of {} pages, {of_sample} of {} labelled",
        ROWS.len(),
        sample.len()
    );
    assert!(all * 5 <= ROWS.len(), "{all} of {} pages", ROWS.len());
}
