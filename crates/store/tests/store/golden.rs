//! What a colleague's counter of any version wrote is read here, and what an older program kept unread by the next one.

use crate::office::{Office, WS};
use onedoor_protocol::feed::{FeedLine, PEER_LINE, PageMark, PeerLine, close};
use onedoor_store::{Op, Store};
use onedoor_testkit::golden::{self, Golden};
use onedoor_testkit::journal::Journal;

/// One page with a whole journal, signed by the centre.
fn page(office: &Office, journal: &Journal, after: u64) -> Vec<u8> {
    let mut page = Vec::new();
    for (seq, line) in (1..).zip(&journal.lines) {
        let body = PeerLine {
            ws: journal.ws,
            seq,
            hash: journal.hash(seq),
            line: Some(String::from_utf8(line.clone()).unwrap()),
        };
        let line = FeedLine {
            feed_seq: after + seq,
            kind: PEER_LINE.into(),
            body: serde_json::value::to_raw_value(&body).unwrap(),
        };
        serde_json::to_writer(&mut page, &line).unwrap();
        page.push(b'\n');
    }
    let mark = PageMark {
        ws: WS,
        after,
        next: after + journal.lines.len() as u64,
        more: false,
        server_time: "2026-11-23T05:00:00.000Z",
    };
    close(&office.centre, &mark, page).unwrap()
}

fn read(store: &Store, office: &Office, journal: &Journal) {
    let after = store.read(|reader| reader.feed_cursor()).unwrap();
    let page = page(office, journal, after);
    let op = Op::mirror(move |tx| tx.read_feed(after, &page));
    let read = store.write(op).unwrap().value;
    assert_eq!(read.new as usize, journal.lines.len(), "every line is kept");
}

fn all_is_known(store: &Store, golden: &Golden) {
    let kept = store.read(|reader| reader.unapplied(1000)).unwrap();
    let kept = kept.into_iter().filter(|line| line.ws == golden.about.ws);
    let kept: Vec<_> = kept.map(|line| (line.seq, line.why)).collect();
    assert_eq!(kept, golden.unapplied(), "of {}", golden.about.app);
    for known in &golden.about.filings {
        let filing = store.read(|reader| reader.filing(known.id)).unwrap();
        let filing = filing.unwrap_or_else(|| panic!("{} is not known", known.number));
        let number = filing.code.or(filing.provisional).unwrap_or_default();
        assert_eq!(
            (&number, &filing.status, &filing.applicant),
            (&known.number, &known.status, &known.applicant)
        );
    }
}

#[test]
fn a_counter_reads_colleagues_of_every_version_and_of_tomorrow() {
    let office = Office::new();
    let store = office.enrolled();
    for golden in golden::all() {
        read(&store, &office, &golden.journal());
        all_is_known(&store, &golden);
    }
}

#[test]
fn what_an_older_program_kept_unread_is_applied_at_the_next_start() {
    let golden = golden::all().pop().unwrap();
    let (office, journal) = (Office::new(), golden.journal());
    drop(office.enrolled());
    // As a program keeps lines whose types it does not know, one of them not even as a line.
    let older = office.tamper();
    for (seq, line) in (1_u32..).zip(&journal.lines) {
        let why = match seq {
            8 => "unreadable_line",
            _ => "unknown_type",
        };
        let hash = journal.hash(u64::from(seq)).0;
        older
            .execute(
                "insert into peer_line (ws, seq, hash, line, unapplied) values (?1, ?2, ?3, ?4, ?5)",
                (journal.ws.into_bytes(), seq, hash, line, why),
            )
            .unwrap();
    }
    drop(older);
    for _ in 0..2 {
        let store = office.open().unwrap();
        all_is_known(&store, &golden);
        let first = store.read(|reader| reader.lines_of(golden.about.filings[0].id));
        assert!(
            first.unwrap().len() > 3,
            "its lines are found by the filing"
        );
    }
}
