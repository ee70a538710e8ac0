//! Ten thousand batches, as a bad network and impatient programs would send them.

use std::sync::Arc;

use axum::http::StatusCode;
use onedoor_protocol::batch::{BatchAnswer, BatchRefusal, RefusalCode};
use onedoor_testkit::journal::Journal;
use onedoor_testkit::seed::Seed;

use super::desk::{Centre, code};

const WORKSTATIONS: u16 = 8;
const LINES: u64 = 200;
const BATCHES: u64 = 10_000;

/// How often each thing happened: a storm without wind proves nothing.
#[derive(Debug, Default)]
struct Weather {
    new: u64,
    replayed: u64,
    gaps: u64,
    cut: u64,
}

/// A journal with filings, forms and one line in twenty that can't be applied.
fn lived_in(mut journal: Journal, counter: u32) -> Journal {
    while journal.next_seq() <= LINES {
        let number = u32::try_from(journal.next_seq()).unwrap();
        match number % 20 {
            0 => drop(journal.raw(format!("no line {number}"))),
            1..=9 => drop(journal.receive(&code(counter * 1000 + number))),
            _ => drop(journal.status(uuid::Uuid::from_u128(u128::from(number)), "transferred")),
        }
    }
    journal
}

/// One workstation's share: runs around what is stored, sometimes old, sometimes too early, sometimes cut, in any order.
async fn share(centre: Arc<Centre>, journal: Journal, seed: u64, batches: u64) -> Weather {
    let mut seed = Seed::new(seed);
    let mut weather = Weather::default();
    let mut stored = 0;
    for round in 0..batches {
        // The frontier moves slowly, so that the whole storm blows around it.
        let frontier = 1 + round * LINES / batches;
        let first = 1 + seed.below(frontier + 6);
        let last = (first + seed.below(6)).min(LINES);
        let first = first.min(last);
        let mut bytes = journal.batch(first..=last);
        let cut = seed.one_in(8);
        if cut {
            bytes.truncate(usize::try_from(seed.below(bytes.len() as u64)).unwrap());
        }
        let answer = centre.send(bytes).await;
        match answer.status {
            StatusCode::OK => {
                assert!(!cut, "a cut batch was taken");
                let answer: BatchAnswer = answer.json();
                assert_eq!(
                    answer.head,
                    journal.hash(answer.next_seq - 1),
                    "every answer is true"
                );
                assert!(answer.next_seq > stored, "the state never goes back");
                let grew = answer.next_seq - 1 > stored;
                weather.new += u64::from(grew);
                weather.replayed += u64::from(!grew);
                stored = answer.next_seq - 1;
            }
            StatusCode::CONFLICT => {
                let refusal: BatchRefusal = answer.json();
                assert_eq!(
                    refusal.code,
                    RefusalCode::Gap,
                    "an honest workstation never forks"
                );
                assert_eq!(
                    refusal.next_seq,
                    Some(stored + 1),
                    "a gap says where to begin"
                );
                weather.gaps += 1;
            }
            status => {
                assert!(cut && status == StatusCode::BAD_REQUEST, "{status}");
                weather.cut += 1;
            }
        }
    }
    centre.take(journal.batch_from(1)).await;
    weather
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_batches_replayed_reordered_and_cut_are_stored_once() {
    let centre = Arc::new(Centre::open().await);
    let mut journals = Vec::new();
    let mut shares = Vec::new();
    for counter in 1..=WORKSTATIONS {
        let journal = lived_in(centre.workstation(counter).await, u32::from(counter));
        let batches = BATCHES / u64::from(WORKSTATIONS);
        shares.push(tokio::spawn(share(
            centre.clone(),
            journal.clone(),
            u64::from(counter),
            batches,
        )));
        journals.push(journal);
    }
    let mut weather = Weather::default();
    for share in shares {
        let one = share.await.unwrap();
        weather.new += one.new;
        weather.replayed += one.replayed;
        weather.gaps += one.gaps;
        weather.cut += one.cut;
    }
    println!("{weather:?}");
    assert_eq!(
        weather.new + weather.replayed + weather.gaps + weather.cut,
        BATCHES,
        "all were sent"
    );
    for (what, times) in [
        ("new", weather.new),
        ("replay", weather.replayed),
        ("gap", weather.gaps),
        ("cut", weather.cut),
    ] {
        assert!(times >= 100, "{what} happened only {times} times");
    }
    let mut filings = 0;
    for journal in &journals {
        assert_eq!(
            centre.stored(journal).await,
            journal.lines,
            "each line once, in order, unchanged"
        );
        let received = |line: &&Vec<u8>| line.starts_with(b"{\"t\":\"filing_received\"");
        filings += journal.lines.iter().filter(received).count();
    }
    let operator = centre.central.ledger();
    let query = onedoor_central::ledger::FilingQuery {
        limit: 10_000,
        ..Default::default()
    };
    assert_eq!(
        operator.filings(query).await.unwrap().len(),
        filings,
        "each filing once in the read model"
    );
    let faults = operator.quarantine(None, 10_000).await.unwrap();
    let applied = filings;
    let lines = usize::from(WORKSTATIONS) * usize::try_from(LINES).unwrap();
    assert_eq!(
        faults.len(),
        lines - applied,
        "each line that can't be applied is listed once"
    );
}
