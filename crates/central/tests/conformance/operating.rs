//! What an operator does: trying quarantined lines again, hashing journals anew, adding many offices.

use std::sync::Arc;

use onedoor_central::ingest::{Fault, Ingest, ReadLine};
use onedoor_central::ledger::{
    Ingested, NewOffice, NewWorkstation, OfficeRecord, Retried, Retry, StoredLine,
};
use onedoor_protocol::{batch, chain};
use onedoor_testkit::journal::{self, Journal};

use super::{Bench, code, secret};

/// Tries a stored line again, as this program reads it.
async fn retry(bench: &Bench, journal: &Journal, seq: u64) -> Retried {
    let stored = bench.ledger.stored_lines(journal.ws, seq, 1).await.unwrap();
    let line = ReadLine::again(stored.into_iter().next().unwrap());
    let (office, ws) = ("eatul".into(), journal.ws);
    let retry = Arc::new(Retry { office, ws, line });
    bench.ledger.retry(retry).await.unwrap()
}

pub async fn a_line_that_an_older_program_did_not_know_is_applied_once_by_a_newer_one(
    bench: &Bench,
) {
    let mut journal = bench.enrolled(1).await;
    let (filing, seq) = journal.receive(&code(1000));
    journal.render(filing);
    let opened = batch::open(&journal.batch_from(1)).unwrap();
    let key = journal.key.public().bytes();
    let mut older = Ingest::read(opened, key, bench.now(), bench.notary.clone());
    for line in &mut older.lines {
        line.effect = Err(Fault::new("unknown_type", "of tomorrow"));
        (line.day, line.hlc, line.names) = (None, None, Vec::new());
    }
    let taken = bench.ledger.ingest(Arc::new(older)).await.unwrap();
    let Ingested::Taken(taken) = taken else {
        panic!("{taken:?}");
    };
    assert_eq!(taken.quarantined.len(), 2, "stored, not applied");
    let early = retry(bench, &journal, seq + 1).await;
    let Retried::Stays(why) = early else {
        panic!("{early:?}");
    };
    assert_eq!(why.code, "unknown_filing", "its reason is the new one");
    let listed = bench.ledger.quarantine(None, 10).await.unwrap();
    assert_eq!(listed[1].code, "unknown_filing");
    assert_eq!(retry(bench, &journal, seq).await, Retried::Applied);
    assert_eq!(retry(bench, &journal, seq + 1).await, Retried::Applied);
    for _ in 0..2 {
        assert_eq!(retry(bench, &journal, seq).await, Retried::Gone, "once");
    }
    let kept = bench.ledger.filing(filing).await.unwrap().unwrap();
    assert_eq!((kept.code, kept.forms.len()), (Some(code(1000)), 1));
    assert_eq!(kept.version, 2, "received, and its form");
    assert!(bench.ledger.quarantine(None, 10).await.unwrap().is_empty());
    let again = bench.take(&journal, &journal.batch_from(1)).await;
    assert!(again.quarantined.is_empty(), "the workstation learns it");
    assert_eq!(again.want.len(), 1, "and the form is asked for");
}

pub async fn a_journal_can_be_hashed_anew_from_what_is_stored(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    for number in 1000..1005 {
        journal.receive(&code(number));
    }
    journal.raw("no line of ours");
    bench.take(&journal, &journal.batch(1..=2)).await;
    bench.take(&journal, &journal.batch(2..=6)).await;
    let stored = bench.ledger.stored_lines(journal.ws, 1, 4).await.unwrap();
    let rest = bench.ledger.stored_lines(journal.ws, 5, 4).await.unwrap();
    let stored: Vec<StoredLine> = stored.into_iter().chain(rest).collect();
    let mut hash = chain::genesis(journal.ws, &journal.key.public().bytes());
    for (seq, line) in (1..).zip(&stored) {
        hash = chain::next(&hash, &line.body);
        assert_eq!((line.seq, line.hash), (seq, hash), "the chain, kept beside");
    }
    assert_eq!(hash, journal.head(), "to its end");
    let signed = bench.ledger.countersigned(journal.ws).await.unwrap();
    let states: Vec<_> = signed.iter().map(|it| (it.next_seq, it.head)).collect();
    assert_eq!(states, [(3, journal.hash(2)), (7, journal.hash(6))]);
    let again = bench.ledger.countersignature(journal.ws, 7).await.unwrap();
    assert_eq!(again, Some((signed[1].at.clone(), signed[1].sig)));
}

pub async fn what_a_workstation_said_of_itself_is_known(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (filing, _) = journal.receive(&code(1000));
    journal.render(filing);
    journal.render(filing);
    bench.take(&journal, &journal.batch_from(1)).await;
    let known = async || {
        let found = bench.ledger.workstation(journal.ws).await.unwrap();
        found.map(|it| (it.heard, it.said_last)).unwrap()
    };
    assert_eq!(known().await, (None, None));
    let at = bench.now();
    bench.ledger.hear(journal.ws, at, Some(7)).await.unwrap();
    assert_eq!(known().await, (Some(at), Some(7)));
    let later = at + jiff::SignedDuration::from_mins(5);
    bench.ledger.hear(journal.ws, later, None).await.unwrap();
    assert_eq!(known().await, (Some(later), Some(7)), "it said nothing new");
    let waiting = bench.ledger.waiting_blobs().await.unwrap();
    assert_eq!(waiting, [(journal.ws, 1)], "one form, though named twice");
    let offices = bench.ledger.offices().await.unwrap();
    assert_eq!(offices[0].office, journal::office());
}

pub async fn what_the_province_lacks_is_listed_until_it_has_it(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (plain, _) = journal.receive(&code(1000));
    let (waiting, _) = journal.receive(&code(1001));
    journal.render(waiting);
    bench.take(&journal, &journal.batch_from(1)).await;
    let lacks = async |after| bench.ledger.undelivered(after, 10).await.unwrap();
    let deliver = async |filing, version| bench.ledger.deliver(filing, version).await.unwrap();
    assert_eq!(
        lacks(None).await,
        [plain],
        "the other one's form is not here"
    );
    let sha256 = onedoor_protocol::Hash32::of(&[waiting.as_bytes()]);
    let (office, at) = ("eatul".to_string(), bench.now());
    let publish = bench.ledger.publish_blob(office, sha256, 48_000, at);
    publish.await.unwrap();
    let awaited = bench.ledger.waiting_blobs().await.unwrap();
    assert_eq!(awaited, [], "its form came");
    assert_eq!(lacks(None).await, [plain, waiting]);
    assert_eq!(lacks(Some(plain)).await, [waiting], "past one of them");
    assert!(!deliver(plain, 2).await, "there is no second version");
    assert!(
        !deliver(uuid::Uuid::from_u128(1), 1).await,
        "nor such a filing"
    );
    assert!(deliver(plain, 1).await);
    assert_eq!(lacks(None).await, [waiting]);
    let seq = journal.status(plain, "transferred");
    bench.take(&journal, &journal.batch_from(seq)).await;
    assert_eq!(lacks(None).await, [plain, waiting], "a change is news");
    assert!(
        deliver(plain, 1).await,
        "an old acknowledgement that comes late"
    );
    assert_eq!(lacks(None).await, [plain, waiting], "takes nothing away");
}

pub async fn offices_of_a_table_are_added_all_or_none(bench: &Bench) {
    let office = |id: &str, province: &str| {
        let mut office = journal::office();
        office.id = id.into();
        let province = province.to_string();
        OfficeRecord { office, province }
    };
    let new = |id: &str| NewOffice {
        record: office(id, "daklak"),
        workstations: (1..=2)
            .map(|counter| NewWorkstation {
                office: id.into(),
                secret: secret(&format!("{id} {counter}")),
                ..bench.wanted(counter, "")
            })
            .collect(),
    };
    let import = async |ids: &[&str]| {
        let offices = ids.iter().map(|id| new(id)).collect();
        bench.ledger.import(offices).await.unwrap()
    };
    let known = async |id: &str| bench.ledger.office(id).await.unwrap().is_some();
    assert_eq!(import(&["one", "eatul", "two"]).await, Some(1), "the known");
    assert!(!known("one").await && !known("two").await, "so none");
    assert_eq!(import(&["one", "two"]).await, None);
    assert!(known("one").await && known("two").await, "all");
    let expected = bench.ledger.workstations(Some("two".into())).await.unwrap();
    assert_eq!(expected.len(), 2, "with their counters");
    assert_eq!(import(&["two", "three"]).await, Some(0), "not twice");
    let key = onedoor_protocol::sign::SecretKey::from_seed(&[5; 32]);
    let enrolled = bench
        .ledger
        .enrol(secret("one 2"), key.public().bytes(), bench.now());
    let enrolled = enrolled.await.unwrap();
    assert!(
        matches!(enrolled, onedoor_central::ledger::Enrolled::Accepted(it) if it.office == "one"),
        "and its code works"
    );
}
