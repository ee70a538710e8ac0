//! The one writer and the readers: who goes first, what a reader sees meanwhile, what a fault of a caller does.

use crate::office::{Matter, Office, journal_length, receive};
use onedoor_store::{Op, Store, StoreError, tables::filings::Which};
use std::{
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

const LONG: Duration = Duration::from_secs(60);

/// Occupies the writer until the returned sender is dropped.
fn block(store: &Store) -> (mpsc::Sender<()>, thread::JoinHandle<()>) {
    let (release, wait) = mpsc::channel::<()>();
    let (entered, inside) = mpsc::channel();
    let theirs = store.clone();
    let thread = thread::spawn(move || {
        theirs
            .write(Op::local(move |_| {
                entered.send(()).unwrap();
                let _ = wait.recv_timeout(LONG);
                Ok(())
            }))
            .unwrap();
    });
    inside.recv_timeout(LONG).unwrap();
    (release, thread)
}

#[test]
fn a_person_never_waits_behind_background_work_that_has_not_begun() {
    let office = Office::new();
    let store = office.enrolled();
    let (release, blocker) = block(&store);
    let order = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str| {
        let order = Arc::clone(&order);
        Op::local(move |_| {
            order.lock().unwrap().push(name);
            Ok(())
        })
    };
    thread::scope(|scope| {
        for _ in 0..3 {
            let op = note("background");
            scope.spawn(|| store.write_in_background(op).unwrap());
        }
        until(|| store.waiting() == (0, 3));
        for _ in 0..2 {
            let op = note("person");
            scope.spawn(|| store.write(op).unwrap());
        }
        until(|| store.waiting() == (2, 3));
        drop(release);
    });
    blocker.join().unwrap();
    assert_eq!(
        *order.lock().unwrap(),
        ["person", "person", "background", "background", "background"],
        "although the background work was asked for first"
    );
}

/// Waits for other threads of this test to come so far; there is no event for a place in a queue.
fn until(reached: impl Fn() -> bool) {
    let start = std::time::Instant::now();
    while !reached() {
        assert!(start.elapsed() < LONG, "the queue never filled");
        thread::yield_now();
    }
}

#[test]
fn readers_go_on_while_a_write_is_under_way_and_see_none_of_it() {
    let office = Office::new();
    let store = office.enrolled();
    receive(&store, &Matter::of("A")).unwrap();
    let (release, blocker) = block(&store);
    let count = store.read(|reader| reader.count(&Which::All)).unwrap();
    assert_eq!(count, 1, "a reader does not wait for the writer");
    drop(release);
    blocker.join().unwrap();
}

#[test]
fn what_one_reading_sees_does_not_change_under_it() {
    let office = Office::new();
    let store = office.enrolled();
    let matter = Matter::of("A");
    store
        .read(|reader| {
            let before = (reader.head()?.seq, reader.count(&Which::All)?);
            receive(&store, &matter)?;
            let after = (reader.head()?.seq, reader.count(&Which::All)?);
            assert_eq!(
                before, after,
                "journal and lists of one moment belong together"
            );
            assert!(reader.filing(matter.filing)?.is_none());
            Ok(())
        })
        .unwrap();
    assert_eq!(journal_length(&store), 2);
}

#[test]
fn every_snapshot_holds_as_many_filings_as_its_journal_says() {
    let office = Office::new();
    let store = office.enrolled();
    let done = AtomicBool::new(false);
    let begin = Barrier::new(5);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                begin.wait();
                while !done.load(Ordering::Acquire) {
                    store
                        .read(|reader| {
                            let filings = u64::from(reader.count(&Which::All)?);
                            assert_eq!(filings + 1, reader.head()?.seq);
                            reader.verify_chain(1)
                        })
                        .unwrap();
                }
            });
        }
        begin.wait();
        for _ in 0..30 {
            receive(&store, &Matter::of("A")).unwrap();
        }
        done.store(true, Ordering::Release);
    });
    assert_eq!(journal_length(&store), 31);
}

#[test]
fn a_write_that_panics_changes_nothing_and_the_next_one_works() {
    let office = Office::new();
    let store = office.enrolled();
    let panicked = store.write(Op::<()>::local(|tx| {
        tx.set("zoom", "200")?;
        panic!("a fault of this program")
    }));
    assert!(matches!(panicked, Err(StoreError::Refused(_))));
    let zoom = store.read(|reader| reader.setting("zoom")).unwrap();
    assert_eq!(zoom, None);
    receive(&store, &Matter::of("A")).unwrap();
    assert_eq!(journal_length(&store), 2);
}

#[test]
fn a_reading_that_panics_gives_its_connection_back() {
    let office = Office::new();
    let store = office.enrolled();
    for _ in 0..10 {
        let theirs = store.clone();
        let panicked = thread::spawn(move || {
            theirs
                .read(|_| -> Result<(), StoreError> { panic!("a fault of this program") })
                .unwrap();
        });
        assert!(panicked.join().is_err());
    }
    let seq = store.read(|reader| Ok(reader.head()?.seq)).unwrap();
    assert_eq!(
        seq, 1,
        "with three connections the fourth reading would wait for ever"
    );
}
