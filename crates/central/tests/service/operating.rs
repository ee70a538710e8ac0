//! An operator's acts on a centre that has lived: quarantine tried again, a journal checked byte by byte, offices by
//! table with a sheet each.

use onedoor_central::ledger::Retried;
use onedoor_central::sheet::{Sheet, fingerprint};
use onedoor_central::{Broken, Which};
use onedoor_protocol::enrol::EnrolRequest;
use onedoor_protocol::sign::SecretKey;
use uuid::Uuid;

use super::desk::{Centre, code, filled};

#[tokio::test]
async fn what_came_before_its_filing_is_applied_when_tried_again_and_a_person_keeps_the_rest() {
    let centre = Centre::open().await;
    let (mut one, mut two) = (centre.workstation(1).await, centre.workstation(2).await);
    let (filing, _) = one.receive(&code(1000));
    two.status(filing, "transferred");
    two.receive(&code(1000));
    two.raw("no line of ours");
    centre.take(two.batch(1..=1)).await;
    centre.take(one.batch_from(1)).await;
    centre.take(two.batch_from(2)).await;
    let which = |seq| Which::Line { ws: two.ws, seq };
    let tried = centre.central.retry(which(1)).await.unwrap();
    assert_eq!(tried[0].before.code, "unknown_filing");
    assert_eq!(tried[0].outcome, Some(Retried::Applied));
    let status = centre.central.ledger().filing(filing).await.unwrap();
    assert_eq!(status.unwrap().status, "transferred");
    let none = centre.central.retry(which(1)).await.unwrap();
    assert!(none.is_empty(), "it is no longer there");
    let rest = centre.central.retry(Which::All).await.unwrap();
    let said: Vec<_> = rest
        .iter()
        .map(|it| (it.before.seq, it.before.code.as_str(), it.outcome.is_some()))
        .collect();
    let expected = [(2, "duplicate_code", false), (3, "unreadable_line", true)];
    assert_eq!(said, expected, "two papers with one number are a person's");
    let listed = centre.central.quarantine().await.unwrap();
    let codes: Vec<_> = listed.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["duplicate_code", "unreadable_line"], "and stay");
}

/// Changes what is stored behind the service's back.
fn plant(centre: &Centre, sql: &str, ws: Uuid) {
    let ledger = rusqlite::Connection::open(centre.data().join("central.db")).unwrap();
    let changed = ledger.execute(sql, [ws.as_bytes()]).unwrap();
    assert_eq!(changed, 1, "{sql}");
}

#[tokio::test]
async fn a_changed_byte_is_found_and_named_by_its_number() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 1200);
    for first in (1..=1200).step_by(100) {
        centre.take(journal.batch(first..=first + 99)).await;
    }
    let verify = async || centre.central.verify_journal(journal.ws).await.unwrap();
    let whole = verify().await;
    assert_eq!((whole.lines, whole.countersignatures), (1200, 12));
    assert_eq!(whole.broken, [], "all holds");
    let body = "update event set body = cast(replace(cast(body as text), 'Byă', 'Byá') as blob) where ws = ?1 and seq = 777";
    plant(&centre, body, journal.ws);
    assert_eq!(verify().await.broken, [Broken::Line(777)]);
    // Whoever changes the hash beside it too is found at the next line, or at what the centre signed.
    let hash = "update event set hash = zeroblob(32) where ws = ?1 and seq = 1000";
    plant(&centre, hash, journal.ws);
    let broken = [
        Broken::Line(777),
        Broken::Line(1000),
        Broken::Countersigned(1000),
        Broken::Line(1001),
    ];
    assert_eq!(verify().await.broken, broken);
    let last = "update event set hash = zeroblob(32) where ws = ?1 and seq = 1200";
    plant(&centre, last, journal.ws);
    let found = verify().await.broken;
    assert!(found.contains(&Broken::Head { last: 1200 }), "{found:?}");
    let gone = "delete from event where ws = ?1 and seq = 3";
    plant(&centre, gone, journal.ws);
    assert_eq!(verify().await.broken[0], Broken::Missing(3));
    let sig = "update countersignature set sig = zeroblob(64) where ws = ?1 and next_seq = 201";
    plant(&centre, sig, journal.ws);
    let found = verify().await.broken;
    assert!(found.contains(&Broken::Signature(200)), "{found:?}");
    let nobody = centre.central.verify_journal(Uuid::from_u128(1)).await;
    assert!(nobody.is_err(), "no such workstation");
}

const TABLE: &str = "id,name,parent,place,agency,province,counters\n\
    cumgar,TRUNG TÂM <CƯ M'GAR>,UBND XÃ CƯ M'GAR,Cư M'gar,H15.50.05.14,daklak,2\n\
    eapok,TRUNG TÂM EA PỐK,UBND XÃ EA PỐK,Ea Pốk,H15.50.05.15,daklak,Tiếp dân|Đất đai\n";

#[tokio::test]
async fn a_table_of_offices_gives_each_its_codes_and_a_sheet_to_print() {
    let centre = Centre::open().await;
    let added = centre.central.import_offices(TABLE).await.unwrap().unwrap();
    assert_eq!(added.len(), 2);
    let key = centre.central.public_key();
    let page = Sheet {
        office: &added[0].office,
        codes: &added[0].codes,
        centre: "https://motcua.daklak.gov.vn",
        key: &key,
    };
    let page = page.html();
    for (counter, code) in &added[0].codes {
        let shown = format!("{}&#8239;{}", &code.code[..4], &code.code[4..]);
        assert!(page.contains(&counter.name) && page.contains(&shown));
    }
    assert!(page.contains("https://motcua.daklak.gov.vn"), "where to");
    assert!(page.contains(&fingerprint(&key)), "whose key");
    assert!(page.contains("07:30 ngày 24/11/2026"), "and until when");
    assert!(page.contains("&lt;CƯ M&#39;GAR&gt;"), "a name is a name");
    assert!(!page.contains(&added[1].codes[0].1.code), "each its own");
    let (counter, code) = &added[1].codes[1];
    assert_eq!(counter.name, "Đất đai");
    let request = EnrolRequest::new(&SecretKey::from_seed(&[9; 32]), &code.code, "test");
    assert_eq!(centre.enrol(&request).await.status, 200, "the code works");
}

#[tokio::test]
async fn a_table_with_a_mistake_adds_nothing_and_names_every_line() {
    let centre = Centre::open().await;
    let table = format!("{TABLE}eatul,TT,UBND,Ea Tul,H15,daklak,1\nx y,TT,UBND,X,H15,daklak,1\n");
    let mistakes = centre.central.import_offices(&table).await.unwrap();
    let lines: Vec<_> = mistakes.unwrap_err().iter().map(|it| it.line).collect();
    assert_eq!(lines, [4, 5], "one that exists, one that can't");
    let office = centre.central.ledger().office("cumgar").await.unwrap();
    assert!(office.is_none(), "the good ones wait for the whole table");
    centre.central.import_offices(TABLE).await.unwrap().unwrap();
    let again = centre.central.import_offices(TABLE).await.unwrap();
    let lines: Vec<_> = again.unwrap_err().iter().map(|it| it.line).collect();
    assert_eq!(lines, [2, 3], "the same table twice is two mistakes");
}
