//! Acknowledgements: what the store believes about its lines being somewhere else.

use crate::office::{Matter, Office, WS, answer_by, receive};
use onedoor_protocol::{batch::BatchAnswer, sign::SecretKey};
use onedoor_store::{
    Hash32, Op, Result, Store, StoreError,
    tables::mirror::{Acknowledged, Keeper},
};
use uuid::Uuid;

fn acknowledge(store: &Store, answer: &BatchAnswer) -> Result<Acknowledged> {
    let answer = answer.clone();
    let op = Op::mirror(move |tx| tx.acknowledge(Keeper::Centre, &answer));
    store.write(op).map(|written| written.value)
}

fn marked(store: &Store) -> Option<u64> {
    let mark = store.read(|reader| reader.mark(Keeper::Centre)).unwrap();
    mark.map(|mark| mark.next_seq)
}

fn hash_at(store: &Store, seq: u64) -> Hash32 {
    store.read(|reader| reader.hash_at(seq)).unwrap().unwrap()
}

fn office_with_lines(lines: u64) -> (Office, Store) {
    let office = Office::new();
    let store = office.enrolled();
    for _ in 1..lines {
        receive(&store, &Matter::of("A")).unwrap();
    }
    (office, store)
}

#[test]
fn the_mark_moves_with_proof_and_survives_a_restart() {
    let (office, store) = office_with_lines(4);
    assert_eq!(marked(&store), None);
    for next_seq in [2, 5] {
        let answer = office.answer(next_seq, hash_at(&store, next_seq - 1));
        let done = acknowledge(&store, &answer).unwrap();
        assert_eq!(done, Acknowledged::Advanced(next_seq));
        assert_eq!(marked(&store), Some(next_seq));
    }
    drop(store);
    let store = office.open().unwrap();
    assert_eq!(marked(&store), Some(5));
    let office_mark = store.read(|reader| reader.mark(Keeper::Office)).unwrap();
    assert_eq!(office_mark, None, "at the centre is not at the office");
}

#[test]
fn an_answer_that_comes_late_moves_nothing_back() {
    let (office, store) = office_with_lines(4);
    let late = office.answer(2, hash_at(&store, 1));
    let now = office.answer(5, hash_at(&store, 4));
    acknowledge(&store, &now).unwrap();
    for old in [late, now] {
        assert_eq!(acknowledge(&store, &old).unwrap(), Acknowledged::Stale);
    }
    assert_eq!(marked(&store), Some(5));
}

#[test]
fn a_forged_countersignature_is_refused() {
    let (office, store) = office_with_lines(3);
    let head = hash_at(&store, 3);
    let stranger = SecretKey::from_seed(&[66; 32]);
    let mut altered = [
        answer_by(&stranger, WS, 4, head),
        answer_by(&office.centre, Uuid::from_u128(5), 4, head),
        office.answer(4, head),
        office.answer(3, hash_at(&store, 2)),
        office.answer(4, head),
    ];
    // Genuine answers whose content was changed on the way.
    altered[2].server_time = "2027-01-01T00:00:00Z".into();
    altered[3].next_seq = 4;
    altered[3].head = head;
    altered[4].countersignature.0[10] ^= 1;
    for (n, answer) in altered.iter().enumerate() {
        let refused = acknowledge(&store, answer);
        assert!(matches!(refused, Err(StoreError::Refused(_))), "answer {n}");
        assert_eq!(marked(&store), None, "nothing is shown as at the centre");
    }
}

#[test]
fn another_history_under_our_numbers_is_a_fork_and_not_believed() {
    let (office, store) = office_with_lines(3);
    let other = Hash32::of(&[b"another history"]);
    let forks = [
        office.answer(4, other),
        // It has lines that this store never wrote: this is a restored copy.
        office.answer(9, other),
        office.answer(9, hash_at(&store, 3)),
        office.answer(u64::MAX, hash_at(&store, 3)),
    ];
    for answer in forks {
        let last = answer.next_seq - 1;
        let done = acknowledge(&store, &answer).unwrap();
        assert_eq!(done, Acknowledged::Fork(last));
        assert_eq!(marked(&store), None);
    }
}

#[test]
fn a_centre_that_has_nothing_yet_says_so_and_is_believed() {
    let (office, store) = office_with_lines(2);
    let answer = office.answer(1, hash_at(&store, 0));
    let done = acknowledge(&store, &answer).unwrap();
    assert_eq!(done, Acknowledged::Advanced(1));
    let nonsense = office.answer(0, hash_at(&store, 0));
    let refused = acknowledge(&store, &nonsense).unwrap();
    assert_ne!(refused, Acknowledged::Advanced(0), "lines count from 1");
    assert_eq!(marked(&store), Some(1));
}

#[test]
fn before_enrolment_nobody_can_acknowledge() {
    let office = Office::new();
    let store = office.create();
    let answer = office.answer(1, Hash32([0; 32]));
    let refused = acknowledge(&store, &answer);
    assert!(matches!(refused, Err(StoreError::NotEnrolled)));
}
