//! `bench receive`: from Ctrl+Enter to "committed, and the PDF is stored", in a small store and in a large one, turn by
//! turn, so that what else the machine does meets both. Beside it the disk alone: as many durable writes of 4 KiB.

use crate::{
    measure::{Row, median, ms, percentile},
    office::{self, Workstation},
};
use anyhow::{Context, Result, ensure};
use jiff::SignedDuration;
use onedoor_desk::dto::{DraftValues, PaperStateChoice, PaperValue, PersonValues};
use onedoor_testkit::temp::Scratch;
use std::{
    fs::File,
    io::{Seek, Write},
    path::Path,
    time::Instant,
};
use tokio::runtime::Runtime;

const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;
/// Several runs, the median: the 99th of each.
const RUNS: u32 = 3;
const RECEIVES: u32 = 300;
/// Syncs that one receive waits for, counted by reading the code: two commits (filing; form's name) and three for the blob
/// (its folder's parent, its bytes, its folder). The canary's four come beside the rendering and after the answer;
/// checkpoints of the WAL come on top now and then.
const SYNCS: u32 = 5;
const PROCEDURES: [&str; 3] = ["2.000635", "1.004873", "1.004222"];

/// The 50th and 99th of each run, in milliseconds.
#[derive(Default)]
struct Series {
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Series {
    fn add(&mut self, samples: &[f64]) {
        self.p50.push(median(samples));
        self.p99.push(percentile(samples, 99));
    }
}

/// All measurements of the bench; the stores lie in `folder`, on the disk that is measured.
pub fn rows(folder: &Path) -> Result<Vec<Row>> {
    let place = Scratch::under(&folder.join("scratch"))?;
    let runtime = Runtime::new()?;
    let open = |name: &str, filings| {
        let folder = place.path().join(name);
        office::make(&folder, filings, office::long_ago())?;
        office::open(&folder, &runtime)
    };
    let small = open("small", SMALL)?;
    let large = open("large", LARGE)?;
    let mut disk = File::create(place.path().join("disk"))?;
    let (mut in_small, mut in_large, mut on_disk) =
        (Series::default(), Series::default(), Series::default());
    for run in 0..RUNS {
        let (mut one, mut other, mut floor) = (vec![], vec![], vec![]);
        for turn in 0..RECEIVES {
            let n = run * RECEIVES + turn;
            one.push(runtime.block_on(receive(&small, n))?);
            other.push(runtime.block_on(receive(&large, n))?);
            floor.push(durable_writes(&mut disk, SYNCS)?);
        }
        in_small.add(&one);
        in_large.add(&other);
        on_disk.add(&floor);
        eprintln!("receive: run {} of {RUNS}", run + 1);
    }
    Ok(table(&in_small, &in_large, &on_disk))
}

fn table(small: &Series, large: &Series, disk: &Series) -> Vec<Row> {
    let what = format!("{SYNCS} times 4 KiB written and fdatasync, same disk, turn by turn");
    let row = |name, ours: &[f64], theirs: &[f64]| {
        Row::new(name, median(ours), "ms", median(theirs), what.as_str())
    };
    let ratios: Vec<f64> = large
        .p99
        .iter()
        .zip(&small.p99)
        .map(|(l, s)| l / s)
        .collect();
    vec![
        row("receive_p50_ms_1k", &small.p50, &disk.p50),
        row("receive_p99_ms_1k", &small.p99, &disk.p99).at_most(150.0),
        row("receive_p50_ms_100k", &large.p50, &disk.p50),
        row("receive_p99_ms_100k", &large.p99, &disk.p99).at_most(150.0),
        Row::ratio(
            "receive_p99_100k_vs_1k",
            median(&ratios),
            median(&small.p99),
            "receive_p99_ms_1k; median of the runs' ratios",
        )
        .at_most(1.2),
    ]
}

/// One filing of a new person, its draft kept before as the page does it; milliseconds of the last step only.
async fn receive(office: &Workstation, n: u32) -> Result<f64> {
    let turn = n as usize % PROCEDURES.len();
    let code = PROCEDURES.get(turn).context("there are procedures")?;
    receive_for(office, code, n).await
}

/// The same for this procedure.
pub async fn receive_for(office: &Workstation, procedure: &str, n: u32) -> Result<f64> {
    office.clock.advance(SignedDuration::from_secs(10));
    let values = typed(office, procedure, n).await?;
    office
        .commands
        .draft_save(values.clone())
        .await
        .map_err(office::refused)?;
    let pressed = Instant::now();
    let received = office
        .commands
        .filing_receive(values, false)
        .await
        .map_err(office::refused)?;
    let took = ms(pressed.elapsed());
    ensure!(
        received.receipt_stored,
        "{} has no stored PDF",
        received.filing.code
    );
    ensure!(
        !received.filing.provisional,
        "{} is no number of the day",
        received.filing.code
    );
    Ok(took)
}

async fn typed(office: &Workstation, code: &str, n: u32) -> Result<DraftValues> {
    let code = code.to_string();
    let procedure = office
        .commands
        .procedure_get(code.clone())
        .await
        .map_err(office::refused)?;
    let papers = procedure.documents.iter().map(|document| PaperValue {
        document: document.id.clone(),
        state: Some(PaperStateChoice::Original),
        copies: 1,
        reason: String::new(),
    });
    Ok(DraftValues {
        procedure: code,
        papers: papers.collect(),
        sets: "1".into(),
        copies: "1".into(),
        applicant: PersonValues {
            name: office::person_name(n),
            birth: "12/05/1990".into(),
            // Behind all those whom the store was filled with.
            id_number: office::id_number(500_000 + n),
            address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
            phone: format!("0915{n:06}"),
            ..PersonValues::default()
        },
        ..DraftValues::default()
    })
}

/// Milliseconds of so many small writes, each on the disk before the next.
pub fn durable_writes(disk: &mut File, writes: u32) -> Result<f64> {
    let started = Instant::now();
    for _ in 0..writes {
        disk.rewind()?;
        disk.write_all(&[0x5A; 4096])?;
        disk.sync_data()?;
    }
    Ok(ms(started.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_desk::dto::FilingFilter;

    #[test]
    fn a_filled_office_lacks_no_receipt_and_receives_the_first_of_its_day() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        office::make(&folder.path().join("data"), 300, office::long_ago()).unwrap();
        let office = office::open(&folder.path().join("data"), &runtime).unwrap();
        let mended = office.commands.0.mend().map_err(|error| error.view());
        assert_eq!(mended, Ok(0), "rendering old forms would be measured too");
        assert!(runtime.block_on(receive(&office, 0)).unwrap() > 0.0);
        let sync = runtime.block_on(office.commands.sync_state()).unwrap();
        assert_eq!(
            sync.filings_here, 301,
            "the filled ones count as all others"
        );
        let query = "261123".to_string();
        let list = office.commands.filing_list(FilingFilter::All, query, 10);
        let all = runtime.block_on(list).unwrap();
        let codes: Vec<_> = all.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["H15.50.05.13-261123-1000"], "the first of this day");
    }
}
