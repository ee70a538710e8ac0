//! PostgreSQL keeps the rules of every engine, also with two instances on one database, and after a crash.
#![cfg(unix)]

mod conformance;

use std::sync::Arc;

use conformance::{Bench, code};
use onedoor_central::engine::postgres::PostgresLedger;
use onedoor_central::feed::FeedQuery;
use onedoor_central::ledger::{Ingested, Ledger};
use onedoor_testkit::postgres::Server;

async fn open() -> Bench {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let ledger = Arc::new(PostgresLedger::open(&server.database()).await.unwrap());
    Bench::over(ledger, server).await
}

conformance!(open);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_on_one_database_store_each_line_once() {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let database = server.database();
    let (one, two) = tokio::join!(
        PostgresLedger::open(&database),
        PostgresLedger::open(&database)
    );
    let instances: [Arc<dyn Ledger>; 2] = [Arc::new(one.unwrap()), Arc::new(two.unwrap())];
    let bench = Bench::over(instances[0].clone(), server).await;
    let mut journal = bench.enrolled(1).await;
    for number in 1000..1030 {
        journal.receive(&code(number));
    }
    let mut tasks = Vec::new();
    for round in 0..20_u64 {
        let ledger = instances[usize::try_from(round % 2).unwrap()].clone();
        let batch = bench.read(&journal, &journal.batch(1..=(11 + round)));
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
        new, 30,
        "whichever instance a line came to, it was new once"
    );
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "each line once, in order"
    );
}

#[tokio::test]
async fn what_was_answered_is_there_after_the_server_crashed() {
    let server = tokio::task::spawn_blocking(Server::start).await.unwrap();
    let database = server.database();
    let bench = Bench::over(Arc::new(PostgresLedger::open(&database).await.unwrap()), ()).await;
    let mut journal = bench.enrolled(1).await;
    journal.receive(&code(1000));
    bench.take(&journal, &journal.batch_from(1)).await;
    server.crash_and_restart();
    let again = PostgresLedger::open(&database).await.unwrap();
    assert_eq!(
        again.lines(journal.ws, 1, 10).await.unwrap(),
        journal.lines,
        "an answer is a promise"
    );
    let same = bench
        .ledger
        .ingest(bench.read(&journal, &journal.batch_from(1)))
        .await;
    let same = match same {
        Ok(same) => same,
        // The pool may notice only now that its old connection is gone; asking again is what a workstation does.
        Err(_) => bench.send(&journal, &journal.batch_from(1)).await,
    };
    assert!(
        matches!(same, Ingested::Taken(taken) if taken.new == 0),
        "and the running service goes on"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_that_was_drawn_and_not_committed_holds_back_the_feed() {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let database = server.database();
    let ledger: Arc<dyn Ledger> = Arc::new(PostgresLedger::open(&database).await.unwrap());
    let bench = Bench::over(ledger.clone(), server).await;
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    one.receive(&code(1000));
    two.receive(&code(2000));
    let query = || FeedQuery {
        office: "eatul".into(),
        ws: uuid::Uuid::from_u128(99),
        after: 0,
        limit: 10,
    };
    // Somebody draws the lower number and commits late.
    let (mut client, connection) = tokio_postgres::connect(&database, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let slow = client.transaction().await.unwrap();
    let draw = "update office set feed_seq = feed_seq + 1 where office = 'eatul'";
    slow.execute(draw, &[]).await.unwrap();
    let line =
        "insert into feed (office, feed_seq, kind, body) values ('eatul', 1, 'message', '{}')";
    slow.execute(line, &[]).await.unwrap();
    let batch = bench.read(&two, &two.batch_from(1));
    let (asked, mut waiting) = (
        ledger.clone(),
        Box::pin(async move { ledger.ingest(batch).await }),
    );
    let patience = std::time::Duration::from_millis(300);
    let early = tokio::time::timeout(patience, &mut waiting).await;
    assert!(early.is_err(), "the higher number waits for the lower one");
    let page = asked.feed(query()).await.unwrap().unwrap();
    assert_eq!((page.top, page.lines.len()), (0, 0), "no cursor moves yet");
    slow.commit().await.unwrap();
    waiting.await.unwrap();
    let page = asked.feed(query()).await.unwrap().unwrap();
    let numbers: Vec<u64> = page.lines.iter().map(|line| line.feed_seq).collect();
    assert_eq!(numbers, [1, 2], "both, in the order of their commits");
}

#[tokio::test]
async fn an_older_ledger_feeds_what_it_has_and_asks_for_its_forms() {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let database = server.database();
    let first = Arc::new(PostgresLedger::open(&database).await.unwrap());
    let mut bench = Bench::over(first, server).await;
    let journals = conformance::lived_in(&bench).await;
    let (client, connection) = tokio_postgres::connect(&database, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    client.batch_execute(conformance::BACK_TO_V1).await.unwrap();
    bench.ledger = Arc::new(PostgresLedger::open(&database).await.unwrap());
    conformance::nothing_of_before_is_lost(&bench, journals).await;
}
