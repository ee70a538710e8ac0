//! What the centre tells an office: messages, leases, calendars and keys are taken into use, and what says nothing sensible is
//! named.

use crate::office::{Office, WS, lease, today};
use onedoor_protocol::{
    enrol::Lease,
    facts::{
        CALENDAR, CATALOGUE, DocumentFact, KEYS, LEASE, LeaseFact, MESSAGE, Message, POLICY, STAFF,
        StaffFact,
    },
    feed::{self, FeedLine, PageMark},
    journal::StaffAdded,
    keys::KeyStatement,
    sign::SecretKey,
};
use onedoor_store::{Hash32, Lines, Op, Store};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

const NOON: &str = "2026-11-23T05:00:00.000Z";

struct Told {
    office: Office,
    store: Store,
    facts: u64,
}

impl Told {
    fn new() -> Self {
        let office = Office::new();
        Told {
            store: office.enrolled(),
            office,
            facts: 0,
        }
    }

    /// The centre says something; with which key is its business.
    fn tell_by(&mut self, key: &SecretKey, kind: &str, body: &impl Serialize) -> bool {
        let line = FeedLine {
            feed_seq: self.facts + 1,
            kind: kind.into(),
            body: serde_json::value::to_raw_value(body).unwrap(),
        };
        let mut page = serde_json::to_vec(&line).unwrap();
        page.push(b'\n');
        let after = self.facts;
        let mark = PageMark {
            ws: WS,
            after,
            next: after + 1,
            more: false,
            server_time: NOON,
        };
        let page = feed::close(key, &mark, page).unwrap();
        let read = Op::mirror(move |tx| tx.read_feed(after, &page));
        let taken = self.store.write(read).is_ok();
        self.facts += u64::from(taken);
        taken
    }

    fn tell(&mut self, kind: &str, body: &impl Serialize) {
        let key = self.office.centre.clone();
        assert!(self.tell_by(&key, kind, body), "the page is the centre's");
    }

    fn refused(&self) -> Vec<(String, String)> {
        let refused = self.store.read(|reader| reader.refused_facts(10)).unwrap();
        refused.into_iter().map(|it| (it.kind, it.why)).collect()
    }

    fn lease(&self) -> Lease {
        let state = self.store.read(|reader| reader.workstation()).unwrap();
        state.unwrap().enrolment.lease
    }

    fn follow(&self, said: &[KeyStatement], answered: &SecretKey) {
        let (said, answered) = (said.to_vec(), answered.public());
        let op = Op::mirror(move |tx| tx.follow_keys(&said, &answered));
        self.store.write(op).unwrap();
    }
}

fn message(id: u128, text: &str) -> Message {
    Message {
        id: Uuid::from_u128(id),
        at: NOON.into(),
        from: "Sở Tư pháp".into(),
        text: text.into(),
    }
}

#[test]
fn a_message_is_unread_until_somebody_has_read_it_however_often_it_comes() {
    let mut told = Told::new();
    told.tell(MESSAGE, &message(1, "Nghỉ ngày 24"));
    told.tell(MESSAGE, &message(2, "Mẫu mới"));
    told.tell(MESSAGE, &message(1, "Nghỉ ngày 24"));
    let unread = |told: &Told| told.store.read(|reader| reader.unread_messages()).unwrap();
    assert_eq!(unread(&told), 2, "each once");
    let read = Op::local(|tx| tx.message_read(&Uuid::from_u128(1)));
    told.store.write(read).unwrap();
    assert_eq!(unread(&told), 1);
    told.tell(MESSAGE, &message(1, "Nghỉ ngày 24"));
    let all = told.store.read(|reader| reader.messages(9)).unwrap();
    let read: Vec<_> = all
        .iter()
        .map(|row| (&*row.message.text, row.read))
        .collect();
    assert_eq!(read, [("Nghỉ ngày 24", true), ("Mẫu mới", false)]);
    told.tell(MESSAGE, &message(3, " "));
    assert_eq!(told.refused(), [(MESSAGE.into(), "bad_value".into())]);
    assert_eq!(unread(&told), 1, "nothing was said");
}

#[test]
fn a_lease_that_ends_later_is_taken_into_use_by_its_own_workstation_only() {
    let mut told = Told::new();
    let renewed = Lease {
        valid_to: "2027-10-30".into(),
        ..lease()
    };
    let fact = |ws, lease: &Lease| LeaseFact {
        ws,
        lease: lease.clone(),
    };
    told.tell(LEASE, &fact(Uuid::from_u128(9), &renewed));
    assert_eq!(told.lease(), lease(), "another counter's");
    told.tell(LEASE, &fact(WS, &renewed));
    assert_eq!(told.lease(), renewed);
    told.tell(LEASE, &fact(WS, &lease()));
    assert_eq!(told.lease(), renewed, "an older word changes nothing");
    assert!(told.refused().is_empty());
    for bad in [
        Lease {
            slot: [1999, 1000],
            ..renewed.clone()
        },
        Lease {
            slot: [1000, 19_999],
            ..renewed.clone()
        },
        Lease {
            valid_to: "2028-02-30".into(),
            ..renewed.clone()
        },
    ] {
        told.tell(LEASE, &fact(WS, &bad));
    }
    told.tell(LEASE, &json!({ "ws": WS, "lease": "all" }));
    assert_eq!(told.lease(), renewed, "nonsense changes nothing");
    assert_eq!(told.refused().len(), 4, "and is named");
    let (office, store) = (told.office, told.store);
    drop(store);
    let again = office.open().unwrap();
    let state = again.read(|reader| reader.workstation()).unwrap();
    assert_eq!(state.unwrap().enrolment.lease, renewed, "after a start too");
}

#[test]
fn a_calendar_is_wanted_and_stands_among_what_the_office_set() {
    let mut told = Told::new();
    let fact = DocumentFact {
        hlc: 1_795_410_000_000 << 16,
        wall: "2026-11-23T12:00:00.000+07:00".into(),
        from: "2027-01-01".into(),
        sha256: Hash32::of(&[b"calendar"]),
        size: 8,
        title: "2027".into(),
    };
    told.tell(CALENDAR, &fact);
    told.tell(CALENDAR, &fact);
    for bad in [
        DocumentFact {
            from: "01/01/2027".into(),
            ..fact.clone()
        },
        DocumentFact {
            size: u64::MAX,
            ..fact.clone()
        },
    ] {
        told.tell(CALENDAR, &bad);
    }
    let set = told.store.read(|reader| reader.office_documents()).unwrap();
    let set: Vec<_> = set.iter().map(|row| (&*row.from, row.by_centre)).collect();
    assert_eq!(set, [("2027-01-01", true)], "once");
    let wanted = told.store.read(|reader| reader.wanted(9)).unwrap();
    assert_eq!(wanted[0].sha256, fact.sha256);
    assert_eq!(told.refused().len(), 2);
}

#[test]
fn a_catalogue_is_wanted_once_and_one_that_says_nothing_sensible_is_named() {
    let mut told = Told::new();
    let fact = DocumentFact {
        hlc: 1_795_410_000_000 << 16,
        wall: "2026-11-23T12:00:00.000+07:00".into(),
        from: "2027-01-01".into(),
        sha256: Hash32::of(&[b"catalogue"]),
        size: DocumentFact::LARGEST_CATALOGUE,
        title: "2027-01".into(),
    };
    told.tell(CATALOGUE, &fact);
    told.tell(CATALOGUE, &fact);
    for bad in [
        json!({ "from": "2027-01-01" }),
        json!({ "hlc": 1, "wall": "", "from": "soon", "sha256": fact.sha256, "size": 9, "title": "" }),
        json!({ "hlc": 1, "wall": "", "from": "2027-01-01", "sha256": fact.sha256, "size": 0, "title": "" }),
        json!({ "hlc": 1, "wall": "", "from": "2027-01-01", "sha256": fact.sha256, "size": fact.size + 1, "title": "" }),
        json!({ "hlc": u64::MAX, "wall": "", "from": "2027-01-01", "sha256": fact.sha256, "size": 9, "title": "" }),
    ] {
        told.tell(CATALOGUE, &bad);
    }
    let set = told.store.read(|reader| reader.office_documents()).unwrap();
    let set: Vec<_> = set.iter().map(|row| (&*row.part, row.by_centre)).collect();
    assert_eq!(set, [("catalogue", true)], "once");
    let wanted = told.store.read(|reader| reader.wanted(9)).unwrap();
    assert_eq!(
        (wanted.len(), wanted[0].sha256, wanted[0].size),
        (1, fact.sha256, fact.size)
    );
    let named = (CATALOGUE.to_string(), "bad_value".to_string());
    assert_eq!(told.refused(), vec![named; 5]);
}

#[test]
fn the_centres_last_word_on_somebody_holds_against_lines_and_older_words() {
    let mut told = Told::new();
    let clerk = Uuid::from_u128(7);
    let fact = |hlc: u64, role: &str, state: &str| StaffFact {
        hlc,
        wall: "2026-11-23T12:00:00.000+07:00".into(),
        clerk,
        name: "Y Blô".into(),
        role: role.into(),
        state: state.into(),
    };
    let now = |told: &Told| {
        let row = told.store.read(|reader| reader.clerk(clerk)).unwrap();
        row.map(|row| (row.role, row.left_on))
    };
    told.tell(STAFF, &fact(200, "supervisor", "left"));
    let left = Some(("supervisor".into(), Some("2026-11-23".into())));
    assert_eq!(now(&told), left, "also before a line names them");
    told.tell(STAFF, &fact(200, "supervisor", "left"));
    told.tell(STAFF, &fact(100, "clerk", "active"));
    assert_eq!(now(&told), left, "an older word changes nothing");
    let line = StaffAdded {
        clerk,
        name: "Y Khác".into(),
        role: "admin".into(),
    };
    let act = Op::act(today(), move |_| Ok((Lines::one(line), ())));
    told.store.write(act).unwrap();
    assert_eq!(now(&told), left, "nor does a counter's line");
    told.tell(STAFF, &fact(300, "clerk", "active"));
    assert_eq!(now(&told), Some(("clerk".into(), None)), "a newer one does");
    for bad in [
        fact(0, "clerk", "left"),
        fact(u64::MAX, "clerk", "left"),
        fact(400, "king", "left"),
        fact(400, "clerk", "asleep"),
        StaffFact {
            name: String::new(),
            ..fact(400, "clerk", "left")
        },
        StaffFact {
            wall: "yesterday noon".into(),
            ..fact(400, "clerk", "left")
        },
    ] {
        told.tell(STAFF, &bad);
    }
    told.tell(STAFF, &json!({ "clerk": "everybody", "state": "left" }));
    assert_eq!(now(&told), Some(("clerk".into(), None)));
    let named = (STAFF.to_string(), "bad_value".to_string());
    assert_eq!(told.refused(), vec![named; 7]);
}

#[test]
fn the_centres_key_changes_only_by_the_word_of_the_key_before() {
    let mut told = Told::new();
    let keys: Vec<SecretKey> = (20..23)
        .map(|seed| SecretKey::from_seed(&[seed; 32]))
        .collect();
    let word = |by: &SecretKey, key: &SecretKey| KeyStatement::sign(by, &key.public(), NOON);
    let centre = told.office.centre.clone();
    // A stranger vouches for himself, and in the centre's name.
    told.tell(KEYS, &word(&keys[0], &keys[0]));
    let mut forged = word(&keys[0], &keys[1]);
    forged.by = centre.public().hex();
    told.tell(KEYS, &forged);
    let named = [(KEYS.to_string(), "not_signed".to_string())];
    assert_eq!(told.refused(), named, "a false signature is");
    assert!(!told.tell_by(&keys[1], MESSAGE, &message(1, "x")), "nobody");

    let first = word(&centre, &keys[0]);
    told.tell(KEYS, &first);
    assert!(told.tell_by(&keys[0], MESSAGE, &message(2, "next key")));
    assert!(told.tell_by(&centre, MESSAGE, &message(3, "still in use")));
    // Away for two changes: all of them are learnt at once, and the last one has answered.
    let said = [first, word(&keys[0], &keys[1]), word(&keys[1], &keys[2])];
    told.follow(&said, &keys[2]);
    assert!(told.tell_by(&keys[2], MESSAGE, &message(4, "newest")));
    for old in [&centre, &keys[0], &keys[1]] {
        assert!(!told.tell_by(old, MESSAGE, &message(5, "x")), "retired");
    }
    told.follow(&[word(&centre, &SecretKey::from_seed(&[66; 32]))], &keys[2]);
    let thief = SecretKey::from_seed(&[66; 32]);
    let taken = told.tell_by(&thief, MESSAGE, &message(6, "x"));
    assert!(!taken, "a retired key vouches for nobody");
}

#[test]
fn a_kind_that_an_older_program_kept_is_applied_at_the_next_start() {
    let mut told = Told::new();
    told.tell("weather", &json!({ "rain": true }));
    assert!(told.refused().is_empty(), "nobody need look at it");
    let renewed = Lease {
        valid_to: "2027-10-30".into(),
        ..lease()
    };
    let body = serde_json::to_string(&LeaseFact {
        ws: WS,
        lease: renewed.clone(),
    });
    let (office, store) = (told.office, told.store);
    drop(store);
    office
        .tamper()
        .execute(
            "insert into news (feed_seq, kind, body, unapplied) values (77, 'lease', ?1, 'unknown_kind')",
            [body.unwrap()],
        )
        .unwrap();
    let store = office.open().unwrap();
    let state = store.read(|reader| reader.workstation()).unwrap();
    assert_eq!(state.unwrap().enrolment.lease, renewed);
}

#[test]
fn the_last_hours_for_scans_hold_and_no_time_of_day_is_none() {
    let mut told = Told::new();
    let scans = |told: &Told| told.store.read(|reader| reader.policy()).unwrap().scans;
    let hours = |from: &str, to: &str| json!({ "scans": { "from": from, "to": to } });
    assert_eq!(scans(&told), None, "always");
    told.tell(POLICY, &hours("12:00", "13:30"));
    told.tell(POLICY, &hours("17:00", "07:00"));
    for [from, to] in [
        ["25:00", "07:00"],
        ["17:00", "17:00"],
        ["7:00", "08:00"],
        ["+1:00", "08:00"],
    ] {
        told.tell(POLICY, &hours(from, to));
    }
    assert_eq!(scans(&told).and_then(|it| it.minutes()), Some([1020, 420]));
    assert_eq!(told.refused().len(), 4);
    told.tell(POLICY, &json!({ "scans": null, "more": "of tomorrow" }));
    assert_eq!(scans(&told), None, "always again");
}
