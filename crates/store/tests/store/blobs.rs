//! Blobs in the folder of a store: the same bytes once, damage named and kept, other keys shut out.

use crate::office::{Matter, Office, today};
use onedoor_protocol::journal::{FormRendered, StatusChanged};
use onedoor_store::{Hash32, Lines, MasterKey, Op, Store, StoreError, blobs::Blobs};
use std::{fs, path::PathBuf, sync::Barrier, thread};

/// The files under `blobs/`.
fn files(office: &Office) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(office.paths.blobs())
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn a_blob_is_named_by_its_plain_bytes_and_there_after_a_restart() {
    let office = Office::new();
    let store = office.create();
    let plain = vec![42; 200_000];
    let identity = store.blobs().put(&plain).unwrap();
    assert_eq!(identity, Hash32::of(&[&plain]));
    drop(store);
    let store = office.open().unwrap();
    assert_eq!(store.blobs().get(&identity).unwrap(), plain);
    let unknown = store.blobs().get(&Hash32::of(&[b"never stored"]));
    assert!(matches!(unknown, Err(StoreError::NotFound("blob"))));
}

#[test]
fn the_same_bytes_twice_are_one_file() {
    let office = Office::new();
    let store = office.create();
    let first = store.blobs().put(b"a page").unwrap();
    let stored = fs::read(&files(&office)[0]).unwrap();
    assert_eq!(store.blobs().put(b"a page").unwrap(), first);
    assert_eq!(files(&office).len(), 1);
    assert_eq!(
        fs::read(&files(&office)[0]).unwrap(),
        stored,
        "and it is not written again"
    );
}

#[test]
fn the_same_bytes_at_the_same_moment_do_not_spoil_each_other() {
    let office = Office::new();
    let store = office.create();
    for round in 0..20_u8 {
        let plain = vec![round; 300_000];
        let begin = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    begin.wait();
                    let identity = store.blobs().put(&plain).unwrap();
                    assert_eq!(store.blobs().get(&identity).unwrap(), plain);
                });
            }
        });
        assert_eq!(
            files(&office).len(),
            usize::from(round) + 1,
            "no temporary file stays"
        );
    }
}

#[test]
fn damaged_bytes_are_kept_beside_the_good_ones_that_come_again() {
    let office = Office::new();
    let store = office.create();
    let identity = store.blobs().put(b"a page").unwrap();
    let path = files(&office).remove(0);
    fs::write(&path, b"rotten").unwrap();
    let rotten = store.blobs().get(&identity);
    assert!(matches!(rotten, Err(StoreError::Damaged(_))));
    store.blobs().put(b"a page").unwrap();
    assert_eq!(store.blobs().get(&identity).unwrap(), b"a page");
    let kept: Vec<_> = files(&office)
        .into_iter()
        .filter(|file| fs::read(file).unwrap() == b"rotten")
        .collect();
    assert_eq!(kept.len(), 1, "no fault path overwrites a file");
}

#[test]
fn a_blob_in_anothers_place_is_damage() {
    let office = Office::new();
    let store = office.create();
    let first = store.blobs().put(b"the first page").unwrap();
    let path = files(&office).remove(0);
    let second = store.blobs().put(b"the other page").unwrap();
    let other = files(&office)
        .into_iter()
        .find(|file| *file != path)
        .unwrap();
    fs::copy(other, path).unwrap();
    let wrong = store.blobs().get(&first);
    assert!(
        matches!(wrong, Err(StoreError::Damaged(_))),
        "it opens with our key but is not what was asked for"
    );
    store.blobs().get(&second).unwrap();
}

#[test]
fn another_pcs_keys_find_nothing() {
    let office = Office::new();
    let identity = office.create().blobs().put(b"a page").unwrap();
    let keys = MasterKey::from_bytes([8; 32]).derive().unwrap();
    let others = Blobs::open(&office.paths.blobs(), &keys).unwrap();
    assert!(matches!(
        others.get(&identity),
        Err(StoreError::NotFound(_))
    ));
}

/// A filing that is due then, with its form.
fn due(store: &Store, number: u32, at: &str) -> (uuid::Uuid, Hash32) {
    let mut filing = Matter::of("Y Blô").filing("2026-11-23", Some(number));
    filing.due.at = at.into();
    let (id, pdf) = (filing.filing, number.to_be_bytes());
    let sha256 = store.blobs().put(&pdf).unwrap();
    let form = FormRendered {
        filing: id,
        form: "01".into(),
        template: "01@1".into(),
        sha256,
        size: 4,
    };
    let act = Op::act(today(), move |tx| {
        tx.name_blob(&sha256, 4, "application/pdf")?;
        Ok((Lines::one(filing).and(form), ()))
    });
    store.write(act).unwrap();
    (id, sha256)
}

#[test]
fn papers_of_filings_that_are_due_by_tomorrow_wait_first_and_are_marked() {
    let office = Office::new();
    let store = office.enrolled();
    let (_, far) = due(&store, 1000, "2026-12-07T17:00");
    let (_, tomorrow) = due(&store, 1001, "2026-11-24T17:00");
    let (over, ended) = due(&store, 1002, "2026-11-23T17:00");
    let (_, after) = due(&store, 1003, "2026-11-25T08:00");
    let (_, late) = due(&store, 1004, "2026-11-20T17:00");
    let line = StatusChanged {
        filing: over,
        status: "handed_over".into(),
        reason: String::new(),
        approved_by: None,
    };
    let act = Op::act(today(), move |_| Ok((Lines::one(line), ())));
    store.write(act).unwrap();
    let waits = store.read(|reader| reader.unpublished(9)).unwrap();
    let waits: Vec<_> = waits
        .iter()
        .map(|(one, soon)| (one.sha256, *soon))
        .collect();
    let first = [(late, true), (tomorrow, true)];
    let others = [(far, false), (ended, false), (after, false)];
    assert_eq!(waits, [&first[..], &others[..]].concat());
    let one = store.read(|reader| reader.unpublished(1)).unwrap();
    assert_eq!(one[0].0.sha256, late, "also where only some are asked for");
}
