//! What each released version sent is taken by this centre, and what an older centre did not know by the next one.

use std::sync::Arc;

use onedoor_central::ingest::{Fault, Ingest, ReadLine};
use onedoor_central::ledger::{Enrolled, Ingested, Retried, Retry};
use onedoor_protocol::batch;
use onedoor_testkit::golden::{self, Golden};
use onedoor_testkit::journal::Journal;

use super::Bench;

/// The golden workstation, enrolled at this bench.
async fn enrolled(bench: &Bench, golden: &Golden) -> Journal {
    let journal = golden.journal();
    let mut new = bench.wanted(6, &golden.about.app);
    new.ws = journal.ws;
    // Numbers play no part here; two versions may not hold the same.
    let place = golden::all().iter().position(|it| it.about == golden.about);
    let lo = 6000 + u32::try_from(place.unwrap()).unwrap();
    (new.slot, new.reserve) = ([lo, lo], [lo + 3000, lo + 3000]);
    let secret = new.secret;
    bench.ledger.await_enrolment(new).await.unwrap();
    let key = journal.key.public().bytes();
    let enrolled = bench.ledger.enrol(secret, key, bench.now()).await;
    let enrolled = enrolled.unwrap();
    assert!(matches!(enrolled, Enrolled::Accepted(_)), "{enrolled:?}");
    journal
}

async fn unapplied(bench: &Bench, journal: &Journal) -> Vec<(u64, String)> {
    let kept = bench.ledger.quarantine(None, 1000).await.unwrap();
    let kept = kept.into_iter().filter(|line| line.ws == journal.ws);
    kept.map(|line| (line.seq, line.code)).collect()
}

async fn filings_are_known(bench: &Bench, golden: &Golden) {
    for known in &golden.about.filings {
        let filing = bench.ledger.filing(known.id).await.unwrap();
        let filing = filing.unwrap_or_else(|| panic!("{} is not known", known.number));
        let number = filing.code.or(filing.provisional).unwrap_or_default();
        assert_eq!(
            (number, filing.status, filing.applicant),
            (
                known.number.clone(),
                known.status.clone(),
                known.applicant.clone()
            )
        );
    }
}

pub async fn golden_batches_of_every_version_are_taken_and_nothing_of_them_is_lost(bench: &Bench) {
    for golden in golden::all() {
        let journal = enrolled(bench, &golden).await;
        for _ in 0..2 {
            for (sent, bytes) in golden.about.batches.iter().zip(&golden.bytes) {
                let taken = bench.take(&journal, bytes).await;
                let said = taken.quarantined.into_iter();
                let said: Vec<_> = said.map(|line| (line.seq, line.code)).collect();
                let file = format!("{} of {}", sent.file, golden.about.app);
                assert_eq!(said, sent.unapplied, "{file}");
            }
        }
        assert_eq!(bench.stored(&journal).await, journal.lines, "byte for byte");
        assert_eq!(unapplied(bench, &journal).await, golden.unapplied());
        filings_are_known(bench, &golden).await;
        let scan = onedoor_protocol::Hash32::of(&[b"a scan"]);
        let known = bench.ledger.blobs("eatul".into(), vec![scan]).await;
        assert!(known.unwrap()[0].named, "a line of tomorrow names its scan");
    }
}

pub async fn what_an_older_centre_did_not_know_is_applied_after_its_upgrade(bench: &Bench) {
    for golden in golden::all() {
        let journal = enrolled(bench, &golden).await;
        for bytes in &golden.bytes {
            let (batch, key) = (batch::open(bytes).unwrap(), journal.key.public().bytes());
            let mut older = Ingest::read(batch, key, bench.now(), bench.notary.clone());
            for line in &mut older.lines {
                line.effect = Err(Fault::new("unknown_type", "of tomorrow"));
                (line.day, line.hlc) = (None, None);
            }
            let taken = bench.ledger.ingest(Arc::new(older)).await.unwrap();
            assert!(matches!(taken, Ingested::Taken(_)), "{taken:?}");
        }
        let waiting = unapplied(bench, &journal).await.len();
        assert_eq!(waiting, journal.lines.len(), "all is kept, nothing applied");
        for seq in 1..=journal.lines.len() as u64 {
            let stored = bench.ledger.stored_lines(journal.ws, seq, 1).await.unwrap();
            let line = ReadLine::again(stored.into_iter().next().unwrap());
            let (office, ws) = ("eatul".into(), journal.ws);
            let retry = Arc::new(Retry { office, ws, line });
            let retried = bench.ledger.retry(retry).await.unwrap();
            assert!(retried != Retried::Gone, "line {seq} waits once");
        }
        let left = unapplied(bench, &journal).await;
        assert_eq!(left, golden.unapplied(), "as if it had been known before");
        filings_are_known(bench, &golden).await;
    }
}
