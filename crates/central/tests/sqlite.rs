//! The embedded engine keeps the rules of every engine, and its file can be opened by the operator's commands too.

mod conformance;

use std::sync::Arc;

use conformance::{Bench, code};
use onedoor_central::Options;
use onedoor_central::engine::sqlite::SqliteLedger;
use onedoor_central::ledger::{Ledger, Role};
use onedoor_testkit::temp::Folder;

async fn open() -> Bench {
    let folder = Folder::new();
    let ledger = Arc::new(SqliteLedger::open(&folder.join("central.db")).unwrap());
    let options = Options::new(folder.path());
    Bench::over(ledger, folder).await.with_centre(options)
}

conformance!(open);

#[tokio::test]
async fn two_programs_can_write_the_same_file_and_nothing_is_lost_on_reopening() {
    let folder = Folder::new();
    let path = folder.join("central.db");
    let first = Arc::new(SqliteLedger::open(&path).unwrap());
    let bench = Bench::over(first.clone(), ()).await;
    let mut journal = bench.enrolled(1).await;
    journal.receive(&code(1000));
    bench.take(&journal, &journal.batch_from(1)).await;
    let second = SqliteLedger::open(&path).unwrap();
    let hash = onedoor_protocol::Hash32([5; 32]);
    assert!(
        second
            .add_token("operator", Role::Operator, hash, bench.now())
            .await
            .unwrap(),
        "the second writes beside the first"
    );
    assert_eq!(
        first
            .token(hash)
            .await
            .unwrap()
            .map(|token| token.name)
            .as_deref(),
        Some("operator"),
        "and the first sees it"
    );
    journal.receive(&code(1001));
    bench.take(&journal, &journal.batch_from(2)).await;
    drop((bench, first, second));
    let again = SqliteLedger::open(&path).unwrap();
    assert_eq!(
        again.lines(journal.ws, 1, 10).await.unwrap(),
        journal.lines,
        "all lines are there after reopening"
    );
}

#[tokio::test]
async fn an_older_ledger_feeds_what_it_has_and_asks_for_its_forms() {
    let folder = Folder::new();
    let path = folder.join("central.db");
    let mut bench = Bench::over(Arc::new(SqliteLedger::open(&path).unwrap()), ()).await;
    let journals = conformance::lived_in(&bench).await;
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(conformance::BACK_TO_V1).unwrap();
    drop(old);
    bench.ledger = Arc::new(SqliteLedger::open(&path).unwrap());
    conformance::nothing_of_before_is_lost(&bench, journals).await;
}
