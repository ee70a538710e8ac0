//! A filing that was put right: found by what it says now, whichever counter's line comes first.

use crate::feed::{NOON_MS, Peer, read};
use crate::office::{MONDAY, Matter, Office};
use onedoor_protocol::journal::{DueChanged, FilingCorrected, FilingReceived, PaperRecord};
use onedoor_store::{Store, tables::filings::Which};
use uuid::Uuid;

fn found(store: &Store, text: &str) -> Vec<Uuid> {
    let rows = store.read(|reader| reader.filings(&Which::All, text, 10));
    rows.unwrap().into_iter().map(|row| row.id).collect()
}

fn named(body: &FilingReceived, name: &str, phone: &str) -> FilingCorrected {
    let mut corrected = body.clone();
    corrected.applicant.name = name.into();
    corrected.applicant.phone = phone.into();
    FilingCorrected {
        reason: "Ghi sai tên".into(),
        corrected,
    }
}

#[test]
fn the_index_has_what_the_filing_says_now_and_nothing_of_before() {
    let office = Office::new();
    let store = office.enrolled();
    let mut peer = Peer::enrolled(&store, &office);
    let received = Matter::of("H’Len Niê").filing(MONDAY, Some(2001));
    let id = received.filing;
    let first = named(&received, "H’Lên Kdăm", "0905999888");
    let second = named(&received, "Y Bhiông", "0905777666");
    peer.say(received, NOON_MS);
    peer.say(first, NOON_MS + 1);
    peer.say(second, NOON_MS + 2);
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!(found(&store, "y bhiong"), [id]);
    assert_eq!(found(&store, "0905777666"), [id]);
    assert_eq!(found(&store, "261123-2001"), [id], "its number stays");
    for gone in ["len nie", "len kdam", "0905999888"] {
        assert!(found(&store, gone).is_empty(), "{gone}");
    }
}

#[test]
fn an_earlier_correction_and_an_earlier_promise_that_come_late_take_nothing_back() {
    let office = Office::new();
    let store = office.enrolled();
    let mut peer = Peer::enrolled(&store, &office);
    let received = Matter::of("H’Len Niê").filing(MONDAY, Some(2001));
    let id = received.filing;
    let until = |at: &str| {
        let mut due = received.due.clone();
        due.at = at.into();
        due
    };
    let anew = DueChanged {
        filing: id,
        due: until("2026-12-01T17:00"),
        why: "supplement".into(),
        approved_by: None,
    };
    let mut late = named(&received, "Tên Cũ", "");
    late.corrected.due = until("2026-11-27T17:00");
    let mut waits = named(&received, "Tên Mới", "");
    waits.corrected.due = anew.due.clone();
    waits.corrected.papers.push(PaperRecord {
        document: "d9".into(),
        name: "Giấy xác nhận".into(),
        state: "not_reachable".into(),
        copies: 1,
        reason: "mất mạng".into(),
    });
    peer.say(received, NOON_MS);
    peer.say(anew, NOON_MS + 5);
    peer.say(waits, NOON_MS + 6);
    // Written before the other two, and here after them.
    peer.say(late, NOON_MS + 1);
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    let row = store.read(|reader| reader.filing(id)).unwrap().unwrap();
    assert_eq!(
        (&*row.applicant, &*row.due),
        ("Tên Mới", "2026-12-01T17:00")
    );
    assert!(found(&store, "ten cu").is_empty());
    let waiting = store.read(|reader| reader.look_ups(9)).unwrap();
    assert_eq!(waiting.len(), 1, "the paper to look up is a task since");
}
