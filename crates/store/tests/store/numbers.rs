//! Dossier numbers of a day and a form's own numbers of a year: each once, none guessed.

use crate::office::{Matter, Office, journal_length, lease, on, receive_with, today};
use onedoor_protocol::{enrol::Lease, journal::SessionOpened};
use onedoor_store::{Lines, Op, Store};
use std::collections::BTreeSet;

/// Takes the next `count` numbers of a day, one transaction for all.
fn take(store: &Store, lease: &Lease, day: &str, count: usize) -> Vec<Option<u32>> {
    let lease = lease.clone();
    let written = store.write(Op::act(on(day), move |tx| {
        let numbers = (0..count)
            .map(|_| tx.next_dossier_number(&lease))
            .collect::<Result<Vec<_>, _>>()?;
        let line = SessionOpened { how: "demo".into() };
        Ok((Lines::one(line), numbers))
    }));
    written.unwrap().value
}

#[test]
fn after_the_last_number_of_the_slot_comes_the_reserve_and_then_none() {
    let office = Office::new();
    let store = office.enrolled();
    let numbers = take(&store, &lease(), "2026-11-23", 1102);
    let slot: Vec<_> = (1000..=1999).map(Some).collect();
    let reserve: Vec<_> = (9000..=9099).map(Some).collect();
    assert_eq!(
        numbers[..1000],
        slot[..],
        "1000 receipts use the slot in order"
    );
    assert_eq!(
        numbers[1000..1100],
        reserve[..],
        "the 1001st takes from the reserve"
    );
    assert_eq!(
        numbers[1100..],
        [None, None],
        "then the receipt is provisional: a number is never guessed"
    );
}

#[test]
fn a_new_day_begins_at_the_slots_first_number_and_an_old_day_goes_on() {
    let office = Office::new();
    let store = office.enrolled();
    assert_eq!(
        take(&store, &lease(), "2026-11-23", 2),
        [Some(1000), Some(1001)]
    );
    assert_eq!(take(&store, &lease(), "2026-11-24", 1), [Some(1000)]);
    assert_eq!(
        take(&store, &lease(), "2026-11-23", 1),
        [Some(1002)],
        "a clock set back to yesterday gives no number a second time"
    );
}

#[test]
fn outside_the_leases_days_there_is_no_number() {
    let office = Office::new();
    let store = office.enrolled();
    for (day, number) in [
        ("2026-10-31", None),
        ("2026-11-01", Some(1000)),
        ("2027-04-30", Some(1000)),
        ("2027-05-01", None),
    ] {
        assert_eq!(take(&store, &lease(), day, 1), [number], "on {day}");
    }
}

#[test]
fn the_number_0000_is_never_given() {
    let office = Office::new();
    let store = office.enrolled();
    let lease = Lease {
        slot: [0, 2],
        reserve: None,
        ..lease()
    };
    assert_eq!(
        take(&store, &lease, "2026-11-23", 3),
        [Some(1), Some(2), None]
    );
}

#[test]
fn a_second_lease_on_the_same_day_repeats_no_number_of_the_first() {
    let office = Office::new();
    let store = office.enrolled();
    let lease_of = |slot, reserve| Lease {
        slot,
        reserve,
        ..lease()
    };
    let leases = [
        lease_of([1000, 1004], None),
        // The slot was cut when a counter was added,
        lease_of([1000, 1009], Some([1200, 1202])),
        // moved over what the reserve had given,
        lease_of([1195, 1209], None),
        // and is somewhere else at last.
        lease_of([5000, 5004], Some([1000, 1012])),
    ];
    let mut seen = BTreeSet::new();
    for (lease, expected) in leases.iter().zip([5, 5 + 3, 15 - 3, 5 + 3]) {
        let given: Vec<u32> = take(&store, lease, "2026-11-23", 50)
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(
            given.len(),
            expected,
            "every free number of {lease:?} is used"
        );
        for number in given {
            assert!(seen.insert(number), "{number} would be on two receipts");
        }
    }
}

#[test]
fn numbers_survive_a_restart() {
    let office = Office::new();
    let store = office.enrolled();
    take(&store, &lease(), "2026-11-23", 3);
    drop(store);
    let store = office.open().unwrap();
    assert_eq!(take(&store, &lease(), "2026-11-23", 1), [Some(1003)]);
}

#[test]
fn counters_that_receive_at_once_get_numbers_without_gap_or_repetition() {
    let office = Office::new();
    let store = office.enrolled();
    let mut numbers: Vec<u32> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    (0..10)
                        .map(|_| {
                            receive_with(&store, &Matter::of("A"), lease(), today())
                                .unwrap()
                                .value
                                .unwrap()
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1000..1040).collect::<Vec<_>>());
    assert_eq!(journal_length(&store), 41);
}

#[test]
fn a_forms_own_number_counts_through_the_year_and_begins_again_with_the_next() {
    let office = Office::new();
    let store = office.enrolled();
    let form = |form: &'static str, day: &str| {
        let written = store.write(Op::act(on(day), move |tx| {
            let line = SessionOpened { how: "demo".into() };
            Ok((Lines::one(line), tx.next_form_number(form)?))
        }));
        written.unwrap().value
    };
    assert_eq!(form("01", "2026-11-23"), 1);
    assert_eq!(form("01", "2026-12-31"), 2);
    assert_eq!(form("02", "2026-12-31"), 1, "each form has its own book");
    assert_eq!(form("01", "2027-01-04"), 1);
    assert_eq!(form("01", "2026-11-24"), 3);
}
