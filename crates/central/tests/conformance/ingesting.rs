//! Batches: exactly once, in order, unchanged.

use onedoor_central::ledger::Ingested;
use onedoor_protocol::{chain, sign::SecretKey, sign::Tag};
use onedoor_testkit::journal::Journal;
use uuid::Uuid;

use super::{Bench, code};

fn filled(mut journal: Journal, lines: u32) -> Journal {
    for number in 0..lines {
        journal.receive(&code(1000 + number));
    }
    journal
}

pub async fn a_batch_is_stored_and_answered_with_the_state(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 3);
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    assert_eq!(
        (taken.next_seq, taken.head),
        (4, journal.head()),
        "the answer is the state after the batch"
    );
    assert_eq!(taken.new, 3, "all of it was new");
    assert_eq!(bench.stored(&journal).await, journal.lines, "byte for byte");
    let known = bench.ledger.workstation(journal.ws).await.unwrap().unwrap();
    assert_eq!(
        (known.next_seq, known.head),
        (4, Some(journal.head())),
        "and the row agrees"
    );
    assert_eq!(known.last_seen, Some(bench.now()), "it was seen");
}

pub async fn the_same_batch_again_changes_nothing(bench: &Bench) {
    let mut journal = filled(bench.enrolled(1).await, 2);
    journal.raw("no line");
    let bytes = journal.batch_from(1);
    let first = bench.take(&journal, &bytes).await;
    for _ in 0..3 {
        let again = bench.take(&journal, &bytes).await;
        assert_eq!(again.new, 0, "nothing is new");
        assert_eq!(
            (again.next_seq, again.head),
            (first.next_seq, first.head),
            "the state is the same"
        );
        assert_eq!(
            again.quarantined, first.quarantined,
            "and what is quarantined is said again"
        );
    }
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "each line once"
    );
    assert_eq!(
        bench.ledger.quarantine(None, 10).await.unwrap().len(),
        1,
        "and each fault once"
    );
}

pub async fn overlapping_batches_append_only_what_is_new(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 9);
    assert_eq!(
        bench.take(&journal, &journal.batch(1..=4)).await.new,
        4,
        "the first run"
    );
    assert_eq!(
        bench.take(&journal, &journal.batch(3..=6)).await.new,
        2,
        "begins inside, ends beyond"
    );
    assert_eq!(
        bench.take(&journal, &journal.batch(2..=5)).await.new,
        0,
        "lies inside"
    );
    assert_eq!(
        bench.take(&journal, &journal.batch(1..=9)).await.new,
        3,
        "holds everything"
    );
    let short = bench.take(&journal, &journal.batch(1..=1)).await;
    assert_eq!(
        (short.next_seq, short.head),
        (10, journal.head()),
        "an old batch is answered with today's state"
    );
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "each line once, in order"
    );
}

pub async fn a_gap_is_refused_and_says_where_to_begin(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 6);
    bench.take(&journal, &journal.batch(1..=2)).await;
    let refused = bench.send(&journal, &journal.batch(4..=6)).await;
    assert_eq!(
        refused,
        Ingested::Gap {
            next_seq: 3,
            head: journal.hash(2)
        },
        "line 3 is missing"
    );
    assert_eq!(
        bench.stored(&journal).await.len(),
        2,
        "nothing was stored behind a gap"
    );
}

pub async fn another_line_under_a_known_number_is_a_fork(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 5);
    bench.take(&journal, &journal.batch_from(1)).await;
    let mut other = Journal::new(journal.ws, journal.key.clone(), "eatul");
    for line in &journal.lines[..2] {
        other.raw(line.clone());
    }
    let other = filled(other, 5);
    let refused = bench.send(&other, &other.batch_from(1)).await;
    assert_eq!(
        refused,
        Ingested::Fork {
            at: 3,
            head: journal.hash(3)
        },
        "line 3 is the first that differs"
    );
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "what is stored is never overwritten nor extended"
    );
}

pub async fn another_past_before_a_batch_is_a_fork(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 5);
    bench.take(&journal, &journal.batch_from(1)).await;
    let other = filled(Journal::new(journal.ws, journal.key.clone(), "eatul"), 7);
    for (first, what) in [(6, "right behind the stored lines"), (4, "inside them")] {
        let refused = bench.send(&other, &other.batch_from(first)).await;
        let at = first - 1;
        assert_eq!(
            refused,
            Ingested::Fork {
                at,
                head: journal.hash(at)
            },
            "{what}: the line before differs"
        );
    }
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "nothing was appended to another past"
    );
}

pub async fn a_chain_of_another_key_is_a_fork_at_line_one(bench: &Bench) {
    let enrolled = bench.enrolled(1).await;
    let mut strange = Journal::new(Uuid::from_u128(7), enrolled.key.clone(), "eatul");
    strange.ws = enrolled.ws;
    let strange = filled(strange, 2);
    let genesis = chain::genesis(enrolled.ws, &enrolled.key.public().bytes());
    let refused = bench.send(&strange, &strange.batch_from(1)).await;
    assert_eq!(
        refused,
        Ingested::Fork {
            at: 1,
            head: genesis
        },
        "the chain must begin at this workstation's genesis"
    );
}

pub async fn batches_of_the_same_lines_at_the_same_time_are_stored_once(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 40);
    let mut tasks = Vec::new();
    for round in 0..24_u64 {
        let ledger = bench.ledger.clone();
        let batch = bench.read(&journal, &journal.batch(1..=(10 + round)));
        tasks.push(tokio::spawn(async move { ledger.ingest(batch).await }));
    }
    let mut new = 0;
    for task in tasks {
        match task.await.unwrap().unwrap() {
            Ingested::Taken(taken) => new += taken.new,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        new, 33,
        "the lines of the longest batch, each counted by exactly one request"
    );
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines[..33],
        "each line once, in order"
    );
}

pub async fn a_batch_of_another_key_is_unknown(bench: &Bench) {
    let enrolled = bench.enrolled(1).await;
    let thief = filled(
        Journal::new(enrolled.ws, SecretKey::from_seed(&[77; 32]), "eatul"),
        1,
    );
    assert_eq!(
        bench.send(&thief, &thief.batch_from(1)).await,
        Ingested::Unknown,
        "the row's key decides"
    );
    let nobody = filled(
        Journal::new(Uuid::from_u128(5), enrolled.key.clone(), "eatul"),
        1,
    );
    assert_eq!(
        bench.send(&nobody, &nobody.batch_from(1)).await,
        Ingested::Unknown,
        "no such workstation"
    );
}

pub async fn a_revoked_workstation_is_told_so_and_its_batch_kept_once(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 2);
    bench.take(&journal, &journal.batch(1..=1)).await;
    let today = "2026-11-23".parse().unwrap();
    assert!(
        bench.ledger.revoke(journal.ws, today).await.unwrap(),
        "it existed"
    );
    assert!(
        !bench
            .ledger
            .revoke(Uuid::from_u128(5), today)
            .await
            .unwrap(),
        "nobody else is revoked"
    );
    let bytes = journal.batch_from(1);
    assert_eq!(
        bench.send(&journal, &bytes).await,
        Ingested::Revoked,
        "its lines are not taken"
    );
    for _ in 0..2 {
        bench
            .ledger
            .keep_batch(journal.ws, bytes.clone(), bench.now())
            .await
            .unwrap();
    }
    assert_eq!(
        bench.ledger.kept_batches().await.unwrap(),
        1,
        "the same bytes are kept once"
    );
    assert_eq!(
        bench.stored(&journal).await.len(),
        1,
        "what it sent before stays"
    );
}

pub async fn the_countersignature_is_kept_and_holds(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 2);
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    let (at, kept) = bench
        .ledger
        .countersignature(journal.ws, 3)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        kept, taken.countersignature,
        "what was given is what is kept"
    );
    let payload = onedoor_protocol::batch::ack_payload(journal.ws, 3, &journal.head(), &at);
    assert!(
        bench.notary.public().verifies(Tag::Ack, &[&payload], &kept),
        "it signs this state at this time"
    );
    let none = bench.ledger.countersignature(journal.ws, 2).await.unwrap();
    assert_eq!(none, None, "only states that were answered are signed");
}
