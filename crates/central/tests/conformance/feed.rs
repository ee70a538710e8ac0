//! The office's feed: in the order of commits, without gaps; decisions in it, once.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use onedoor_central::feed::{Decided, Decision, Fact, FeedPage, FeedQuery};
use onedoor_domain::filing::Status;
use onedoor_protocol::feed::{DecisionLine, Snapshot, TARGET_PAGE};
use onedoor_protocol::{Hash32, chain};
use onedoor_testkit::journal::Journal;
use uuid::Uuid;

use super::{Bench, code};

const STRANGER: Uuid = Uuid::from_u128(99);

async fn page(bench: &Bench, ws: Uuid, after: u64, limit: u32) -> FeedPage {
    let query = FeedQuery {
        office: "eatul".into(),
        ws,
        after,
        limit,
    };
    bench.ledger.feed(query).await.unwrap().unwrap()
}

fn peers(page: &FeedPage) -> Vec<(u64, Uuid, u64)> {
    let peer = |line: &onedoor_central::feed::FeedRecord| match &line.what {
        Fact::Peer { ws, seq, .. } => (line.feed_seq, *ws, *seq),
        other => panic!("{other:?}"),
    };
    page.lines.iter().map(peer).collect()
}

fn filled(mut journal: Journal, first: u32, lines: u32) -> Journal {
    for number in first..first + lines {
        journal.receive(&code(number));
    }
    journal
}

pub async fn lines_reach_the_other_counters_once_in_order_and_unchanged(bench: &Bench) {
    let one = filled(bench.enrolled(1).await, 1000, 2);
    let two = filled(bench.enrolled(2).await, 2000, 1);
    for _ in 0..2 {
        bench.take(&one, &one.batch_from(1)).await;
        bench.take(&two, &two.batch_from(1)).await;
    }
    let all = page(bench, STRANGER, 0, 200).await;
    let expected = [(1, one.ws, 1), (2, one.ws, 2), (3, two.ws, 1)];
    assert_eq!(peers(&all), expected, "a batch sent again adds nothing");
    assert_eq!((all.top, all.next(), all.more), (3, 3, false));
    let mut hash = one.hash(0);
    for line in &all.lines[..2] {
        let Fact::Peer {
            hash: said, line, ..
        } = &line.what
        else {
            panic!("{line:?}");
        };
        hash = chain::next(&hash, line);
        assert_eq!(*said, hash, "the chain holds at the other counter too");
    }
    let own = page(bench, one.ws, 0, 200).await;
    assert_eq!(peers(&own), [(3, two.ws, 1)], "own lines are left out");
    let own = page(bench, two.ws, 2, 200).await;
    assert!(own.lines.is_empty(), "only own lines are left");
    assert_eq!(own.next(), 3, "and the cursor moves over them");
    let elsewhere = FeedQuery {
        office: "elsewhere".into(),
        ws: STRANGER,
        after: 0,
        limit: 10,
    };
    assert!(bench.ledger.feed(elsewhere).await.unwrap().is_none());
}

pub async fn a_page_is_cut_by_lines_and_by_bytes(bench: &Bench) {
    let mut journal = filled(bench.enrolled(1).await, 1000, 5);
    for letter in ["a", "b", "c", "d"] {
        journal.raw(letter.repeat(400 * 1024));
    }
    bench.take(&journal, &journal.batch_from(1)).await;
    let cut = page(bench, STRANGER, 0, 2).await;
    assert_eq!((cut.lines.len(), cut.more, cut.next()), (2, true, 2));
    let full = page(bench, STRANGER, 3, 2).await;
    assert_eq!((full.lines.len(), full.more, full.next()), (2, true, 5));
    let heavy = page(bench, STRANGER, 5, 200).await;
    let weight: usize = heavy.lines.iter().map(|line| line.weight()).sum();
    assert_eq!((heavy.lines.len(), heavy.more, heavy.next()), (3, true, 8));
    assert!(weight >= TARGET_PAGE, "the page closed at {weight} bytes");
    let last = page(bench, STRANGER, 8, 200).await;
    assert_eq!((last.lines.len(), last.more, last.next()), (1, false, 9));
    let exact = page(bench, STRANGER, 7, 2).await;
    assert!(!exact.more, "a page that ends with the feed says so");
}

/// A cursor over numbers that were drawn before the commit would pass by lines that are committed later.
pub async fn a_reader_beside_many_writers_misses_no_line(bench: &Bench) {
    const WRITERS: u16 = 4;
    const LINES: u32 = 24;
    let (done, mut tasks) = (std::sync::Arc::new(AtomicUsize::new(0)), Vec::new());
    for counter in 1..=WRITERS {
        let journal = filled(
            bench.enrolled(counter).await,
            u32::from(counter) * 1000,
            LINES,
        );
        let batches: Vec<_> = (1..=u64::from(LINES))
            .map(|seq| bench.read(&journal, &journal.batch(seq..=seq)))
            .collect();
        let (ledger, done) = (bench.ledger.clone(), done.clone());
        tasks.push(tokio::spawn(async move {
            for batch in batches {
                ledger.ingest(batch).await.unwrap();
            }
            done.fetch_add(1, Ordering::SeqCst);
        }));
    }
    let (mut after, mut seen, mut pages) = (0, Vec::new(), 0);
    loop {
        let finished = done.load(Ordering::SeqCst) == usize::from(WRITERS);
        let page = page(bench, STRANGER, after, 7).await;
        seen.extend(peers(&page));
        (after, pages) = (page.next(), pages + 1);
        if finished && !page.more {
            break;
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    let total = u64::from(WRITERS) * u64::from(LINES);
    let numbers: Vec<u64> = seen.iter().map(|line| line.0).collect();
    assert_eq!(
        numbers,
        (1..=total).collect::<Vec<_>>(),
        "without gaps, in {pages} pages"
    );
    let lines: BTreeSet<(Uuid, u64)> = seen.iter().map(|line| (line.1, line.2)).collect();
    assert_eq!(lines.len() as u64, total, "every line once");
}

fn decision(bench: &Bench, filing: Uuid, status: Status) -> Decision {
    Decision {
        decision: Uuid::from_u128(5),
        filing,
        status,
        reason: "đủ giấy tờ".into(),
        official_code: None,
        unit: "phongtuphap".into(),
        decided_at: None,
        at: bench.now(),
    }
}

pub async fn a_decision_reaches_the_counters_once(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (filing, _) = journal.receive(&code(1000));
    bench.take(&journal, &journal.batch_from(1)).await;
    let it = decision(bench, filing, Status::ResultReady);
    for _ in 0..3 {
        let stored = Decided::Stored {
            feed_seq: 2,
            contradicts: None,
        };
        assert_eq!(bench.ledger.decide(it.clone()).await.unwrap(), stored);
    }
    let other = Decision {
        reason: "thiếu".into(),
        ..it.clone()
    };
    assert_eq!(
        bench.ledger.decide(other).await.unwrap(),
        Decided::Differs,
        "one id, one decision"
    );
    let unknown = decision(bench, Uuid::from_u128(1), Status::ResultReady);
    assert_eq!(
        bench.ledger.decide(unknown).await.unwrap(),
        Decided::Unknown
    );
    let known = bench.ledger.filing(filing).await.unwrap().unwrap();
    assert_eq!(known.status, "result_ready");
    let page = page(bench, journal.ws, 0, 200).await;
    assert_eq!(page.lines.len(), 1, "one line, also for who received it");
    let Fact::Other { kind, body } = &page.lines[0].what else {
        panic!("{page:?}");
    };
    let line: DecisionLine = serde_json::from_str(body).unwrap();
    assert_eq!(
        (kind.as_str(), line.status.as_str()),
        ("decision", "result_ready")
    );
    assert_eq!((line.filing, line.unit.as_str()), (filing, "phongtuphap"));
}

pub async fn a_decision_never_undoes_what_the_counter_ended(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (filing, _) = journal.receive(&code(1000));
    journal.status(filing, "handed_over");
    bench.take(&journal, &journal.batch_from(1)).await;
    let it = decision(bench, filing, Status::Refused);
    let decided = bench.ledger.decide(it).await.unwrap();
    assert_eq!(
        decided,
        Decided::Stored {
            feed_seq: 3,
            contradicts: Some("handed_over".into())
        },
        "both are kept, and it is said"
    );
    let known = bench.ledger.filing(filing).await.unwrap().unwrap();
    assert_eq!(known.status, "handed_over", "the paper is in their hands");
}

pub async fn a_trimmed_feed_names_its_snapshot(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 1000, 4);
    bench.take(&journal, &journal.batch_from(1)).await;
    let snapshot = |cursor| Snapshot {
        sha256: Hash32([7; 32]),
        size: 123,
        cursor,
    };
    let trim = |cursor| bench.ledger.trim_feed("eatul", snapshot(cursor));
    assert!(!trim(5).await.unwrap(), "not beyond the feed's end");
    assert!(trim(3).await.unwrap());
    assert!(!trim(2).await.unwrap(), "nor back again");
    let early = page(bench, STRANGER, 2, 200).await;
    assert_eq!((early.floor, early.snapshot), (3, Some(snapshot(3))));
    assert!(early.lines.is_empty(), "no line is skipped silently");
    let rest = page(bench, STRANGER, 3, 200).await;
    assert_eq!(
        peers(&rest),
        [(4, journal.ws, 4)],
        "and from there it goes on"
    );
    let published = bench.ledger.publish("eatul", "message", "{}").await;
    assert_eq!(published.unwrap(), Some(5), "numbers are not given again");
    let nowhere = bench.ledger.publish("nowhere", "message", "{}").await;
    assert_eq!(nowhere.unwrap(), None);
}

pub async fn a_feed_before_a_moment_ends_where_younger_lines_begin(bench: &Bench) {
    let journal = filled(bench.enrolled(1).await, 1000, 4);
    let start = bench.now();
    bench.take(&journal, &journal.batch(1..=2)).await;
    bench
        .ledger
        .publish("eatul", "message", "{}")
        .await
        .unwrap();
    bench.clock.advance(jiff::SignedDuration::from_hours(1));
    bench.take(&journal, &journal.batch_from(3)).await;
    let before = |at| bench.ledger.feed_before("eatul", at);
    assert_eq!(before(start).await.unwrap(), 0, "all is as young");
    assert_eq!(before(bench.now()).await.unwrap(), 3, "with the message");
    let later = bench.now() + jiff::SignedDuration::from_secs(1);
    assert_eq!(before(later).await.unwrap(), 5, "all of it");
    let nowhere = bench.ledger.feed_before("nowhere", later).await;
    assert_eq!(nowhere.unwrap(), 0);
}

/// Two counters' lines, a form among them, and one that can't be read; taken before `upgrade` takes the ledger back.
pub async fn lived_in(bench: &Bench) -> [Journal; 2] {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    let (filing, _) = one.receive(&code(1000));
    one.render(filing);
    one.raw("no line");
    two.receive(&code(2000));
    two.render(Uuid::from_u128(7));
    for journal in [&one, &two] {
        bench.take(journal, &journal.batch_from(1)).await;
    }
    [one, two]
}

/// What an office gets of lines that came before there was a feed.
pub async fn nothing_of_before_is_lost(bench: &Bench, [one, two]: [Journal; 2]) {
    let all = page(bench, STRANGER, 0, 200).await;
    let numbers: Vec<u64> = all.lines.iter().map(|line| line.feed_seq).collect();
    assert_eq!((numbers, all.top), (vec![1, 2, 3, 4, 5], 5), "all are fed");
    let own = page(bench, one.ws, 0, 200).await;
    assert_eq!(own.lines.len(), 2, "to the other counter");
    for (journal, forms) in [(&one, 1), (&two, 1)] {
        let taken = bench.take(journal, &journal.batch_from(1)).await;
        assert_eq!(taken.want.len(), forms, "and their forms are asked for");
    }
}
