//! Makes `assets/catalogue/national.bin` from the portal's pages kept beside it.
//!
//! `--check` fails when the committed file is not what the pages give; `--count` prints how much was understood and
//! why not. Not here: fetching pages.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use onedoor_catalogue::Catalogue;
use onedoor_catalogue::national::{Source, pack, rows};
use onedoor_catalogue::portal::{self, Doubt, FeeValue, Field, SourceRow, TimeValue};

/// More than the pages ever unpack to.
const LARGEST_SOURCE: usize = 256 << 20;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    match run(argument.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(argument: Option<&str>) -> Result<(), Failure> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/catalogue");
    let packed = std::fs::read(folder.join("national-source.jsonl.zst"))?;
    let lines = String::from_utf8(zstd::bulk::decompress(&packed, LARGEST_SOURCE)?)?;
    let rows = rows(&lines)?;
    let file = folder.join("national.bin");
    let fresh = || -> Result<Vec<u8>, Failure> {
        let source = std::fs::read_to_string(folder.join("national-source.json"))?;
        Ok(pack(&rows, &Source::read(&source)?)?)
    };
    match argument {
        None => {
            let bytes = fresh()?;
            println!("{} pages in {} bytes", rows.len(), bytes.len());
            Ok(std::fs::write(file, bytes)?)
        }
        Some("--check") if std::fs::read(file)? == fresh()? => Ok(()),
        Some("--check") => Err(
            "national.bin is not what the pages give; run `cargo xtask catalogue` and commit it"
                .into(),
        ),
        Some("--count") => count(&rows),
        Some(other) => Err(format!("catalogue knows --check and --count, not {other}").into()),
    }
}

/// Prints totals, what the counter's rows say, and the reasons for review.
fn count(rows: &[SourceRow]) -> Result<(), Failure> {
    let mut reasons: BTreeMap<(Field, Doubt), usize> = BTreeMap::new();
    let (mut review, mut any, mut at_counter, mut no_time, mut no_fee) = (0, 0, 0, 0, 0);
    let (mut papers, mut doubted) = (0, 0);
    for row in rows {
        let entry = portal::read(row);
        let doubts = entry.doubts();
        review += usize::from(entry.needs_review());
        any += usize::from(!doubts.is_empty());
        for doubt in doubts {
            *reasons.entry(doubt).or_default() += 1;
        }
        if let Some(first) = entry.direct().next() {
            at_counter += 1;
            no_time += usize::from(first.time.value == TimeValue::NotStated);
            no_fee += usize::from(first.fee.value == FeeValue::NotStated);
        }
        papers += entry.documents.papers().count();
        doubted += entry
            .documents
            .papers()
            .filter(|p| !p.doubts.is_empty())
            .count();
    }
    let curated = Catalogue::shipped()?;
    let known = |code: &str| rows.iter().any(|row| row.code == code);
    let own = curated
        .procedures
        .iter()
        .filter(|p| !known(&p.code))
        .count();
    println!("pages                         {}", rows.len());
    println!("codes with the curated ones   {}", rows.len() + own);
    println!("with a row for the counter    {at_counter}");
    println!("  that states no time         {no_time}");
    println!("  that states no fee          {no_fee}");
    println!("lines of papers               {papers}, {doubted} in doubt");
    println!(
        "need review                   {review} ({})",
        share(review, rows.len())
    );
    println!(
        "with single lines in doubt    {any} ({})",
        share(any, rows.len())
    );
    for ((field, doubt), pages) in reasons {
        let reason = format!("{field:?} {}", doubt.as_str()).to_lowercase();
        println!("  {reason:<34} {pages:>4}");
    }
    Ok(())
}

/// A share in tenths of a percent.
fn share(part: usize, whole: usize) -> String {
    let thousandths = part * 1000 / whole.max(1);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
