//! The office's feed: what a counter makes of its colleagues' lines and of the centre's words.

use crate::office::{MONDAY, Matter, Office, WS, enrolled_line, receive, today};
use onedoor_protocol::{
    chain,
    feed::{self, DECISION, DecisionLine, FeedLine, PEER_LINE, PageMark, PeerLine},
    journal::{self, Body, FilingReceived, Stamp, StatusChanged},
    sign::SecretKey,
};
use onedoor_store::{
    Hash32, Lines, Op, Result, Store, StoreError,
    tables::{
        feed::Read,
        filings::{FilingRow, Which},
    },
};
use serde::Serialize;
use uuid::Uuid;

const PEER: Uuid = Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0002);
const NOON: &str = "2026-11-23T05:00:00.000Z";
/// Noon in milliseconds since 1970.
pub const NOON_MS: u64 = 1_795_410_000_000;

/// Another counter of the office, and the feed in which its lines stand.
pub struct Peer {
    feed: Vec<FeedLine>,
    seq: u64,
    head: Hash32,
}

impl Peer {
    fn new() -> Self {
        Peer {
            feed: Vec::new(),
            seq: 0,
            head: chain::genesis(PEER, &SecretKey::from_seed(&[2; 32]).public().bytes()),
        }
    }

    /// With its first line, as it stands in its journal.
    pub fn enrolled(store: &Store, office: &Office) -> Self {
        let mut peer = Peer::new();
        let mut line = enrolled_line(store, &office.centre);
        line.enrolment.ws = PEER;
        line.enrolment.counter.name = "Quầy 2".into();
        peer.say(line, NOON_MS);
        peer
    }

    fn fact(&mut self, kind: &str, body: &impl Serialize) {
        self.feed.push(FeedLine {
            feed_seq: self.feed.len() as u64 + 1,
            kind: kind.into(),
            body: serde_json::value::to_raw_value(body).unwrap(),
        });
    }

    pub fn say(&mut self, body: impl Into<Body>, ms: u64) {
        let stamp = Stamp {
            seq: self.seq + 1,
            hlc: ms << 16,
            wall: "2026-11-23T12:00:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        };
        let bytes = journal::encode(&stamp, &body.into()).unwrap();
        self.raw(&String::from_utf8(bytes).unwrap());
    }

    fn raw(&mut self, text: &str) {
        self.head = chain::next(&self.head, text.as_bytes());
        self.seq += 1;
        let line = PeerLine {
            ws: PEER,
            seq: self.seq,
            hash: self.head,
            line: Some(text.into()),
        };
        self.fact(PEER_LINE, &line);
    }

    /// What the unit decided, as it came at noon.
    fn decide(&mut self, filing: Uuid, status: &str) {
        self.fact(
            DECISION,
            &DecisionLine {
                decision: Uuid::now_v7(),
                filing,
                status: status.into(),
                reason: "thiếu bản vẽ".into(),
                official_code: None,
                unit: "Phòng Kinh tế".into(),
                decided_at: NOON.into(),
                hlc: Some(NOON_MS << 16),
                contradicts: None,
            },
        );
    }

    /// The centre's answer to the question for everything after `after`.
    pub fn page(&self, key: &SecretKey, after: u64) -> Vec<u8> {
        let mut page = Vec::new();
        for line in self.feed.iter().filter(|line| line.feed_seq > after) {
            serde_json::to_writer(&mut page, line).unwrap();
            page.push(b'\n');
        }
        let mark = PageMark {
            ws: WS,
            after,
            next: self.feed.len() as u64,
            more: false,
            server_time: NOON,
        };
        feed::close(key, &mark, page).unwrap()
    }
}

pub fn read(store: &Store, after: u64, page: Vec<u8>) -> Result<Read> {
    let op = Op::mirror(move |tx| tx.read_feed(after, &page));
    store.write(op).map(|written| written.value)
}

fn cursor(store: &Store) -> u64 {
    store.read(|reader| reader.feed_cursor()).unwrap()
}

fn found(store: &Store, which: Which, text: &str) -> Vec<FilingRow> {
    store
        .read(|reader| reader.filings(&which, text, 10))
        .unwrap()
}

fn status(store: &Store, filing: Uuid) -> String {
    let row = store.read(|reader| reader.filing(filing)).unwrap();
    row.unwrap().status
}

fn changed(filing: Uuid, status: &str) -> StatusChanged {
    StatusChanged {
        filing,
        status: status.into(),
        reason: String::new(),
        approved_by: None,
    }
}

/// Received at the other counter, under a number of its range.
fn theirs(name: &str, number: u32) -> FilingReceived {
    Matter::of(name).filing(MONDAY, Some(number))
}

/// Received here.
fn own(store: &Store, name: &str) -> Uuid {
    let matter = Matter::of(name);
    receive(store, &matter).unwrap();
    matter.filing
}

fn office() -> (Office, Store, Peer) {
    let office = Office::new();
    let store = office.enrolled();
    let peer = Peer::enrolled(&store, &office);
    (office, store, peer)
}

#[test]
fn what_a_colleague_received_is_found_here_and_says_where() {
    let (office, store, mut peer) = office();
    receive(&store, &Matter::of("Nguyễn Thị Hoa")).unwrap();
    let received = theirs("H’Len Niê", 2001);
    let id = received.filing;
    peer.say(received, NOON_MS);
    let done = read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!((done.next, done.new, cursor(&store)), (2, 2, 2));
    for text in ["h len nie", "261123-2001"] {
        let rows = found(&store, Which::All, text);
        let [row] = rows.as_slice() else {
            panic!("{text}: {rows:?}")
        };
        assert_eq!((row.id, row.status.as_str()), (id, "received"));
        let counter = row.counter.as_ref().unwrap();
        assert_eq!((counter.ws, counter.name.as_str()), (PEER, "Quầy 2"));
    }
    let lines = store.read(|reader| reader.lines_of(id)).unwrap();
    assert_eq!(lines[0].0.peer, Some(PEER), "its line can be read here");
    let same = Which::SamePerson {
        name: "h'len nie".into(),
        birth: lines_birth(&lines[0].1.body),
        procedure: found(&store, Which::All, "nie")[0].procedure.clone(),
    };
    assert_eq!(found(&store, same, "").len(), 1, "the same matter is known");
    let rendered_here = store.read(|reader| reader.without_form("01", 9)).unwrap();
    assert!(
        !rendered_here.contains(&id),
        "its receipt is that counter's to print"
    );
    let waits = found(&store, Which::LinesFrom(1), "");
    assert!(
        waits.iter().all(|row| row.id != id),
        "it came from the centre"
    );
}

fn lines_birth(body: &Body) -> String {
    match body {
        Body::FilingReceived(filing) => filing.applicant.birth.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_the_centres_own_answer_to_this_question_is_believed_and_only_once() {
    let (office, store, mut peer) = office();
    peer.say(theirs("A", 2001), NOON_MS);
    let good = peer.page(&office.centre, 0);
    let mut bad = vec![
        peer.page(&SecretKey::from_seed(&[66; 32]), 0),
        peer.page(&office.centre, 1),
        good[..good.len() - 9].to_vec(),
        Vec::new(),
        b"<html>".to_vec(),
    ];
    for at in [20, good.len() / 2, good.len() - 20] {
        let mut flipped = good.clone();
        flipped[at] ^= 1;
        bad.push(flipped);
    }
    for page in bad {
        let refused = read(&store, 0, page);
        assert!(
            matches!(refused, Err(StoreError::Refused(_))),
            "{refused:?}"
        );
    }
    assert_eq!(cursor(&store), 0);
    assert!(found(&store, Which::All, "").is_empty(), "nothing of it");
    read(&store, 0, good.clone()).unwrap();
    assert!(matches!(read(&store, 0, good), Err(StoreError::Refused(_))));
    assert_eq!(found(&store, Which::All, "").len(), 1);
}

#[test]
fn a_page_and_its_cursor_are_kept_together_or_not_at_all() {
    let (office, store, mut peer) = office();
    peer.say(theirs("A", 2001), NOON_MS);
    let page = peer.page(&office.centre, 0);
    let same = page.clone();
    let cut = store.write(Op::mirror(move |tx| {
        tx.read_feed(0, &same)?;
        Err::<(), _>(StoreError::Refused("the power went".into()))
    }));
    assert!(cut.is_err());
    assert_eq!(cursor(&store), 0);
    assert!(found(&store, Which::All, "").is_empty());
    read(&store, 0, page).unwrap();
    drop(store);
    let store = office.open().unwrap();
    assert_eq!(cursor(&store), 2);
    assert_eq!(found(&store, Which::All, "").len(), 1);
}

#[test]
fn a_line_that_changes_nothing_is_kept_named_and_stops_nothing() {
    let (office, store, mut peer) = office();
    let own = own(&store, "A");
    let own = store.read(|reader| reader.filing(own)).unwrap().unwrap();
    peer.raw("no line");
    // The number that this counter gave: only a broken range can do that.
    peer.say(theirs("B", 1000), NOON_MS);
    peer.say(changed(own.id, "gone_fishing"), NOON_MS);
    let good = peer.head;
    peer.head = Hash32::of(&[b"another history"]);
    peer.say(changed(own.id, "handed_over"), NOON_MS);
    peer.head = good;
    peer.fact("weather", &serde_json::json!({ "rain": true }));
    let last = theirs("C", 2002);
    let id = last.filing;
    peer.seq += 1;
    peer.say(last, NOON_MS);
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    let kept = store.read(|reader| reader.unapplied(10)).unwrap();
    let kept: Vec<_> = kept.iter().map(|it| (it.seq, it.why.as_str())).collect();
    let named = [
        (2, "unreadable_line"),
        (3, "conflict"),
        (4, "bad_value"),
        (5, "broken_chain"),
    ];
    assert_eq!(kept, named);
    assert_eq!(status(&store, own.id), "received");
    let row = store.read(|reader| reader.filing(id)).unwrap();
    assert!(row.is_some(), "what comes behind is applied");
}

#[test]
fn a_decision_changes_the_status_and_an_own_act_after_it_is_later() {
    let (office, store, mut peer) = office();
    let filing = own(&store, "A");
    peer.decide(filing, "result_ready");
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!(status(&store, filing), "result_ready");
    // This counter's clock stands before noon: what it does now still comes after what it was told.
    let line = changed(filing, "handed_over");
    store
        .write(Op::act(today(), move |_| Ok((Lines::one(line), ()))))
        .unwrap();
    assert_eq!(status(&store, filing), "handed_over");
    let lines = store.read(|reader| reader.lines_of(filing)).unwrap();
    assert!(lines.last().unwrap().1.stamp.hlc > NOON_MS << 16);
}

#[test]
fn what_the_counter_ended_stays_so_and_the_decision_is_shown_beside_it() {
    let (office, store, mut peer) = office();
    let filing = own(&store, "A");
    let line = changed(filing, "handed_over");
    store
        .write(Op::act(today(), move |_| Ok((Lines::one(line), ()))))
        .unwrap();
    peer.decide(filing, "refused");
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!(status(&store, filing), "handed_over");
    let rows = found(&store, Which::Contradicted, "");
    assert_eq!(rows[0].contradicted.as_deref(), Some("refused"));
    let said = store.read(|reader| reader.decisions(filing)).unwrap();
    assert_eq!(said[0].reason, "thiếu bản vẽ");
}

#[test]
fn a_colleagues_older_line_that_comes_late_changes_no_newer_status() {
    let (office, store, mut peer) = office();
    let received = theirs("A", 2001);
    let id = received.filing;
    peer.say(received, NOON_MS);
    peer.say(changed(id, "result_ready"), NOON_MS + 2_000);
    peer.say(changed(id, "transferred"), NOON_MS + 1_000);
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!(status(&store, id), "result_ready");
}

#[test]
fn a_clock_far_ahead_of_the_centres_is_not_followed() {
    let (office, store, mut peer) = office();
    let received = theirs("A", 2001);
    peer.say(received, NOON_MS + 3 * 86_400_000);
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    let filing = own(&store, "B");
    let lines = store.read(|reader| reader.lines_of(filing)).unwrap();
    let hlc = lines[0].1.stamp.hlc;
    assert!(
        hlc < (NOON_MS + 86_400_000) << 16,
        "three days are not ours"
    );
}

#[test]
fn a_feed_that_begins_again_brings_nothing_twice_and_undoes_nothing() {
    let (office, store, mut peer) = office();
    let received = theirs("A", 2001);
    let id = received.filing;
    peer.say(received, NOON_MS);
    peer.decide(id, "result_ready");
    read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    let line = changed(id, "handed_over");
    store
        .write(Op::act(today(), move |_| Ok((Lines::one(line), ()))))
        .unwrap();
    store.write(Op::mirror(|tx| tx.restart_feed())).unwrap();
    let again = read(&store, 0, peer.page(&office.centre, 0)).unwrap();
    assert_eq!(again.new, 0, "all of it is known");
    assert_eq!(status(&store, id), "handed_over");
    assert!(found(&store, Which::Contradicted, "").is_empty());
    assert_eq!(found(&store, Which::All, "").len(), 1);
}
