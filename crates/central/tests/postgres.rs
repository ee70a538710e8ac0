//! PostgreSQL keeps the rules of every engine, also with two instances on one database, and after a crash.
#![cfg(unix)]

mod conformance;

use std::sync::Arc;

use conformance::{Bench, code};
use onedoor_central::engine::postgres::PostgresLedger;
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
