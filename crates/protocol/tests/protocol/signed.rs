//! Signatures by use, enrolment, tickets, hello and signed reads.

use onedoor_protocol::{
    Hash32,
    batch::{BatchAnswer, ack_payload},
    enrol::{Counter, EnrolRequest, Enrolment, Lease, Office, Ticket},
    hello::{Hello, Standing, WorkstationState},
    read::ReadAuthorization,
    sign::{PublicKey, SecretKey, SignatureBytes, Signed, Tag},
};
use proptest::prelude::*;
use uuid::Uuid;

const TAGS: [Tag; 13] = [
    Tag::Batch,
    Tag::Ack,
    Tag::Hello,
    Tag::Enrol,
    Tag::Office,
    Tag::Read,
    Tag::Capsule,
    Tag::Request,
    Tag::Time,
    Tag::Blob,
    Tag::Feed,
    Tag::Snapshot,
    Tag::Key,
];

fn centre() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

fn enrolment() -> Enrolment {
    Enrolment {
        ws: Uuid::from_u128(1),
        office: Office {
            id: "eatul".into(),
            name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
            parent: "UBND XÃ EA TUL".into(),
            place: "Ea Tul".into(),
            agency: "H15.50.05.13".into(),
            symbol: "TTPVHCC".into(),
            time_zone: "Asia/Ho_Chi_Minh".into(),
            mission: None,
        },
        counter: Counter {
            number: 1,
            name: "Quầy 1".into(),
        },
        lease: Lease {
            slot: [1000, 1999],
            reserve: Some([9000, 9099]),
            valid_from: "2026-11-22".into(),
            valid_to: "2027-05-20".into(),
        },
        server_keys: vec![centre().public().hex()],
    }
}

fn ticket_file() -> String {
    let ticket = Ticket {
        enrolment: enrolment(),
        centre: "https://centre.example".into(),
        secret: "f3a9c2e1".into(),
    };
    let signed = Signed::seal(&centre(), Tag::Office, b"", &ticket).unwrap();
    serde_json::to_string_pretty(&signed).unwrap()
}

#[test]
fn a_signature_for_one_use_stands_for_no_other() {
    let key = centre();
    for made in TAGS {
        let signature = key.sign(made, &[b"payload"]);
        for asked in TAGS {
            assert_eq!(
                key.public().verifies(asked, &[b"payload"], &signature),
                made == asked,
                "made for {made:?}, asked as {asked:?}"
            );
        }
        assert!(!key.public().verifies(made, &[b"payloaD"], &signature));
    }
}

#[test]
fn no_tag_begins_another() {
    for one in TAGS {
        for other in TAGS {
            let begins = one.bytes().starts_with(other.bytes());
            assert_eq!(
                begins,
                one == other,
                "tag and payload are simply put together"
            );
        }
    }
}

#[test]
fn a_secret_key_says_nothing_of_itself_in_a_log() {
    let said = format!("{:?}", centre());
    assert!(
        !said.contains(&hex::encode(centre().seed())) && said.len() < 20,
        "{said}"
    );
}

#[test]
fn a_ticket_is_read_as_it_was_signed() {
    let ticket = Ticket::read(&format!("\n{}\n", ticket_file())).unwrap();
    assert_eq!(ticket.enrolment, enrolment());
    assert_eq!(ticket.centre, "https://centre.example");
}

#[test]
fn a_changed_ticket_is_refused() {
    let whole = ticket_file();
    for (from, to) in [
        ("1999", "2999"),
        ("centre.example", "centre.exampie"),
        ("f3a9c2e1", "f3a9c2e2"),
        ("EA TUL", "EA TUI"),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole);
        assert_eq!(Ticket::read(&changed), None, "{from} made {to}");
    }
    let stranger = SecretKey::from_seed(&[1; 32]).public().hex();
    let other_key = whole.replace(&centre().public().hex(), &stranger);
    assert_eq!(
        Ticket::read(&other_key),
        None,
        "the key it names must have signed it"
    );
    for length in 0..whole.len() {
        if whole.is_char_boundary(length) {
            assert_eq!(Ticket::read(&whole[..length]), None, "{length} bytes");
        }
    }
}

#[test]
fn a_ticket_without_keys_or_signed_for_another_use_is_refused() {
    let mut ticket = Ticket::read(&ticket_file()).unwrap();
    let hello = Signed::seal(&centre(), Tag::Hello, b"", &ticket).unwrap();
    assert_eq!(Ticket::read(&serde_json::to_string(&hello).unwrap()), None);
    ticket.enrolment.server_keys.clear();
    let keyless = Signed::seal(&centre(), Tag::Office, b"", &ticket).unwrap();
    assert_eq!(
        Ticket::read(&serde_json::to_string(&keyless).unwrap()),
        None
    );
}

#[test]
fn a_hello_answers_the_nonce_that_was_asked_and_no_other() {
    let hello = Hello {
        feed: None,
        server_time: "2026-11-23T00:41:00Z".into(),
        server_key: centre().public().hex(),
        workstation: Some(WorkstationState {
            ws: Uuid::from_u128(1),
            next_seq: 3,
            head: Hash32([3; 32]),
            standing: Standing::Active,
        }),
        read_nonce: "n".into(),
        keys: Vec::new(),
    };
    let answer = Signed::seal(&centre(), Tag::Hello, &[1; 16], &hello).unwrap();
    let key = centre().public();
    assert_eq!(answer.open(&key, Tag::Hello, &[1; 16]), Some(hello));
    let replayed: Option<Hello> = answer.open(&key, Tag::Hello, &[2; 16]);
    assert_eq!(
        replayed, None,
        "an old answer played again is no proof of being online"
    );
    let other: Option<Hello> = answer.open(
        &SecretKey::from_seed(&[1; 32]).public(),
        Tag::Hello,
        &[1; 16],
    );
    assert_eq!(other, None);
}

#[test]
fn who_asks_to_enrol_holds_the_key() {
    let key = SecretKey::from_seed(&[5; 32]);
    let request = EnrolRequest::new(&key, "40719352", "0.1.0");
    assert_eq!(request.verified_key(), Some(key.public()));
    let mut other_code = request.clone();
    other_code.code = "40719353".into();
    assert_eq!(other_code.verified_key(), None);
    let mut other_key = request.clone();
    other_key.public_key = centre().public().hex();
    assert_eq!(other_key.verified_key(), None);
    let mut no_key = request;
    no_key.public_key = "no key".into();
    assert_eq!(no_key.verified_key(), None);
}

#[test]
fn a_countersignature_covers_workstation_number_head_and_time() {
    let (ws, head, time) = (Uuid::from_u128(1), Hash32([4; 32]), "2026-11-23T00:41:00Z");
    let answer = BatchAnswer {
        ws,
        next_seq: 5,
        head,
        server_time: time.into(),
        quarantined: vec![],
        want: vec![],
        countersignature: centre().sign(Tag::Ack, &[&ack_payload(ws, 5, &head, time)]),
    };
    let keys = [SecretKey::from_seed(&[1; 32]).public(), centre().public()];
    assert!(
        answer.countersigned_by(&keys),
        "any of the centre's keys will do"
    );
    assert!(!answer.countersigned_by(&keys[..1]));
    let changed = [
        BatchAnswer {
            ws: Uuid::from_u128(2),
            ..answer.clone()
        },
        BatchAnswer {
            next_seq: 6,
            ..answer.clone()
        },
        BatchAnswer {
            head: Hash32([5; 32]),
            ..answer.clone()
        },
        BatchAnswer {
            server_time: "2026-11-24T00:41:00Z".into(),
            ..answer
        },
    ];
    for answer in changed {
        assert!(!answer.countersigned_by(&keys), "{answer:?}");
    }
}

#[test]
fn a_signed_read_is_good_for_its_request_only() {
    let key = SecretKey::from_seed(&[5; 32]);
    let path = "/v1/filings?code=H15.50.05.13-261123-1000";
    let made = ReadAuthorization::sign(&key, Uuid::from_u128(1), "GET", path, "n-1");
    let read = ReadAuthorization::parse(&made.header()).unwrap();
    assert_eq!(read, made);
    assert!(read.verifies(&key.public(), "GET", path));
    assert!(!read.verifies(&key.public(), "POST", path));
    assert!(!read.verifies(&key.public(), "GET", "/v1/filings"));
    assert!(!read.verifies(&centre().public(), "GET", path));
    let mut later = read;
    later.nonce = "n-2".into();
    assert!(!later.verifies(&key.public(), "GET", path));
}

#[test]
fn other_authorizations_are_not_mistaken_for_ours() {
    let key = SecretKey::from_seed(&[5; 32]);
    let whole = ReadAuthorization::sign(&key, Uuid::from_u128(1), "GET", "/", "n").header();
    for wrong in [
        "",
        "Bearer 1234",
        "Onedoor ",
        "Onedoor ws=\"\", nonce=\"\", sig=\"\"",
        &whole.replace("Onedoor", "onedoor"),
        &whole.replace("ws=", "workstation="),
        &whole.replace(", sig", ",sig"),
        &whole[..whole.len() - 1],
        &whole[..whole.len() - 3],
    ] {
        assert_eq!(ReadAuthorization::parse(wrong), None, "{wrong:?}");
    }
}

#[test]
fn text_that_is_no_key_hash_or_signature_is_none() {
    for wrong in ["", "00", &"g".repeat(64), &"0".repeat(63), &"0".repeat(65)] {
        assert!(Hash32::from_hex(wrong).is_none(), "{wrong}");
        assert!(PublicKey::from_hex(wrong).is_none(), "{wrong}");
        assert!(SignatureBytes::from_hex(wrong).is_none(), "{wrong}");
    }
    assert!(serde_json::from_str::<Hash32>("\"00\"").is_err());
    assert!(serde_json::from_str::<SignatureBytes>("7").is_err());
}

proptest! {
    #[test]
    fn no_header_upsets_the_reader(text in "(Onedoor |ws=\"|\"|, |nonce=\"|sig=\"|[0-9a-f-]{0,40}|\\PC){0,10}") {
        let _ = ReadAuthorization::parse(&text);
    }

    #[test]
    fn no_file_upsets_the_reader_of_tickets(text in "(\\{|\\}|\"body\":|\"sig\":|\"|,|\\\\|[0-9a-f]{0,128}|\\PC){0,10}") {
        prop_assert_eq!(Ticket::read(&text), None);
    }
}
