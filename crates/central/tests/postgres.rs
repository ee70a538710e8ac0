//! PostgreSQL keeps the rules of every engine, also with two instances on one database, and after a crash.
#![cfg(unix)]

mod conformance;

use std::sync::Arc;

use conformance::{Bench, code};
use onedoor_central::Options;
use onedoor_central::engine::postgres::PostgresLedger;
use onedoor_central::feed::FeedQuery;
use onedoor_central::ledger::{Ingested, Ledger};
use onedoor_testkit::{postgres::Server, temp::Folder};

async fn open() -> Bench {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let database = server.database();
    let ledger = Arc::new(PostgresLedger::open(&database).await.unwrap());
    let folder = Folder::new();
    let options = Options {
        database: Some(database),
        ..Options::new(folder.path())
    };
    Bench::over(ledger, (server, folder))
        .await
        .with_centre(options)
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

#[tokio::test]
async fn the_services_role_works_and_can_neither_drop_nor_alter_nor_rewrite() {
    let server = tokio::task::spawn_blocking(Server::shared).await.unwrap();
    let owner = server.database();
    let (client, connection) = tokio_postgres::connect(&owner, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    client
        .batch_execute("create role counter_service login")
        .await
        .unwrap();
    let service = owner.replace("user=onedoor", "user=counter_service");
    assert_ne!(service, owner);
    let early = PostgresLedger::open(&service).await;
    assert!(early.is_err(), "the tables are the owner's to make");
    let migrated = PostgresLedger::open(&owner).await.unwrap();
    assert!(migrated.grant("x; drop table event").await.is_err());
    for _ in 0..2 {
        migrated.grant("counter_service").await.unwrap();
    }
    let ledger = Arc::new(PostgresLedger::open(&service).await.unwrap());
    let bench = Bench::over(ledger, server).await;
    // All that the service does with rows.
    let mut journal = bench.enrolled(1).await;
    let (filing, _) = journal.receive(&code(1000));
    journal.render(filing);
    journal.status(uuid::Uuid::from_u128(5), "transferred");
    bench.take(&journal, &journal.batch_from(1)).await;
    conformance::what_was_said_of_chunks_is_kept_for_each_workstation(&bench).await;
    let message = bench.ledger.publish("eatul", "message", "{}").await;
    assert_eq!(message.unwrap(), Some(4));
    let stored = bench.ledger.stored_lines(journal.ws, 3, 1).await.unwrap();
    let line = onedoor_central::ingest::ReadLine::again(stored[0].clone());
    let (office, ws) = ("eatul".into(), journal.ws);
    let retry = onedoor_central::ledger::Retry { office, ws, line };
    bench.ledger.retry(Arc::new(retry)).await.unwrap();
    let today = bench.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    assert!(bench.ledger.revoke(journal.ws, today).await.unwrap());
    // And what it must never do.
    let (client, connection) = tokio_postgres::connect(&service, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    for sql in [
        "drop table event",
        "alter table event add column x int",
        "truncate event",
        "delete from event",
        "update event set body = ''",
        "update event set hash = ''",
        "update event_0 set body = ''",
        "update countersignature set sig = ''",
        "delete from countersignature",
        "update decision set content = ''",
        "create table x (y int)",
        "delete from refinery_schema_history",
    ] {
        let refused = client.batch_execute(sql).await.unwrap_err();
        let denied = tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE;
        assert_eq!(refused.code(), Some(&denied), "{sql}");
    }
}
