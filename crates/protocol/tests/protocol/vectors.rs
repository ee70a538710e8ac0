//! `docs/protocol-vectors.json`, recomputed by this crate. `tests/check/vectors.py` does the same in Python, and the
//! store's tests take the vectors of keys and blobs.

use onedoor_protocol::{
    Hash32,
    batch::{self, Header, ack_payload},
    blob::{AskedBlob, published_payload},
    capsule::Capsule,
    chain,
    enrol::{EnrolRequest, Enrolment, Ticket},
    feed::{self, PageMark},
    hello::Hello,
    journal::{Body, decode, encode, next_hlc},
    keys::{KeyStatement, statement_payload},
    read::ReadAuthorization,
    request::{CentreTime, sign_request},
    sign::{PublicKey, SecretKey, Signed, Tag},
    snapshot::{Offer, Snapshot, offer_payload},
};
use serde_json::{Value, json};
use uuid::Uuid;

fn vectors(kind: &str) -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("../../../../docs/protocol-vectors.json")).unwrap();
    let all = file["vectors"].as_array().unwrap().clone();
    let found: Vec<Value> = all
        .into_iter()
        .filter(|vector| vector["kind"] == kind)
        .collect();
    assert!(!found.is_empty(), "no vector of kind {kind}");
    found
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().unwrap()
}

fn bytes<const N: usize>(vector: &Value, name: &str) -> [u8; N] {
    hex::decode(text(vector, name)).unwrap().try_into().unwrap()
}

fn key(vector: &Value) -> SecretKey {
    SecretKey::from_seed(&bytes(vector, "seed"))
}

fn ws(vector: &Value) -> Uuid {
    Uuid::parse_str(text(vector, "ws")).unwrap()
}

#[track_caller]
fn same(vector: &Value, found: Value) {
    assert_eq!(found, vector["expect"], "vector {}", vector["name"]);
}

#[test]
fn keys_and_their_ids() {
    for vector in vectors("key") {
        let public = key(&vector).public();
        same(
            &vector,
            json!({"public_key": public.hex(), "id": hex::encode(public.id())}),
        );
    }
}

#[test]
fn the_hash_before_the_first_line() {
    for vector in vectors("genesis") {
        let hash = chain::genesis(ws(&vector), &bytes(&vector, "public_key"));
        same(&vector, json!({"hash": hash.hex()}));
    }
}

#[test]
fn lines_are_written_byte_for_byte_and_hashed() {
    for vector in vectors("line") {
        let line = text(&vector, "line");
        let read = decode(line.as_bytes()).unwrap();
        let written = encode(&read.stamp, &read.body).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), line);
        let hash = chain::next(&Hash32(bytes(&vector, "previous")), line.as_bytes());
        same(&vector, json!({"hash": hash.hex(), "hash8": hash.hash8()}));
    }
}

#[test]
fn a_line_that_came_again_is_the_one_that_it_was() {
    for vector in vectors("reissued") {
        let line = text(&vector, "line");
        let read = decode(line.as_bytes()).unwrap();
        assert_eq!(encode(&read.stamp, &read.body).unwrap(), line.as_bytes());
        let Body::LineReissued(again) = &read.body else {
            panic!("{line}");
        };
        let former = Hash32(bytes(&vector, "former_previous"));
        let former = chain::next(&former, again.line.as_bytes());
        assert_eq!(again.hash, former, "its place in the ended journal");
        let was = read.reissued().unwrap();
        assert_eq!((was.stamp.seq, was.dossier), (again.seq, read.dossier));
        let hash = chain::next(&Hash32(bytes(&vector, "previous")), line.as_bytes());
        same(
            &vector,
            json!({
                "hash": hash.hex(),
                "former_hash": former.hex(),
                "happened": read.happened().to_string(),
            }),
        );
    }
}

#[test]
fn the_clock_of_the_journal() {
    for vector in vectors("hlc") {
        let number = |name| text(&vector, name).parse().unwrap();
        let next = next_hlc(number("previous"), number("wall_ms"));
        same(&vector, json!({"next": next.to_string()}));
    }
}

#[test]
fn a_batch_from_header_to_signature() {
    for vector in vectors("batch") {
        let header: Header = serde_json::from_str(text(&vector, "header")).unwrap();
        let lines: Vec<Vec<u8>> = vector["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap().as_bytes().to_vec())
            .collect();
        let sealed = batch::seal(&key(&vector), header, &lines).unwrap();
        let plain = zstd::bulk::decompress(&sealed, 1 << 20).unwrap();
        let all: Vec<&[u8]> = plain.split(|byte| *byte == b'\n').collect();
        assert_eq!(all[0], text(&vector, "header").as_bytes());
        let trailer: Value = serde_json::from_slice(all[all.len() - 2]).unwrap();
        same(
            &vector,
            json!({
                "header_sha256": Hash32::of(&[all[0]]).hex(),
                "head": batch::open(&sealed).unwrap().header.head.hex(),
                "sig": trailer["sig"],
                "plain_sha256": Hash32::of(&[&plain]).hex(),
            }),
        );
    }
}

#[test]
fn a_countersignature() {
    for vector in vectors("ack") {
        let next_seq = vector["next_seq"].as_u64().unwrap();
        let head = Hash32(bytes(&vector, "head"));
        let payload = ack_payload(ws(&vector), next_seq, &head, text(&vector, "server_time"));
        let signature = key(&vector).sign(Tag::Ack, &[&payload]);
        same(
            &vector,
            json!({"payload": hex::encode(&payload), "countersignature": signature.hex()}),
        );
    }
}

#[test]
fn signed_bodies_open_and_are_written_byte_for_byte() {
    for vector in vectors("signed") {
        let key = key(&vector);
        let prefix = hex::decode(text(&vector, "prefix")).unwrap();
        let body = text(&vector, "body");
        let sealed = |tag| match text(&vector, "name") {
            "hello" => Signed::seal(&key, tag, &prefix, &parsed::<Hello>(body)),
            "enrolment" => Signed::seal(&key, tag, &prefix, &parsed::<Enrolment>(body)),
            "time" => Signed::seal(&key, tag, &prefix, &parsed::<CentreTime>(body)),
            _ => Signed::seal(&key, tag, &prefix, &parsed::<Ticket>(body)),
        };
        let signed = match text(&vector, "tag") {
            "hello" => sealed(Tag::Hello),
            "time" => sealed(Tag::Time),
            _ => sealed(Tag::Office),
        };
        let signed = signed.unwrap();
        assert_eq!(signed.body, body);
        if text(&vector, "name") == "ticket" {
            assert!(Ticket::read(&serde_json::to_string(&signed).unwrap()).is_some());
        }
        same(&vector, json!({"sig": signed.sig.hex()}));
    }
}

fn parsed<T: serde::de::DeserializeOwned>(body: &str) -> T {
    serde_json::from_str(body).unwrap()
}

#[test]
fn a_request_to_enrol() {
    for vector in vectors("enrol") {
        let request = EnrolRequest::new(&key(&vector), text(&vector, "code"), "0.1.0");
        same(
            &vector,
            json!({"public_key": request.public_key, "proof": request.proof.hex()}),
        );
    }
}

#[test]
fn a_signed_read() {
    for vector in vectors("read") {
        let [method, path, nonce] = ["method", "path", "nonce"].map(|name| text(&vector, name));
        let read = ReadAuthorization::sign(&key(&vector), ws(&vector), method, path, nonce);
        same(
            &vector,
            json!({"sig": read.sig.hex(), "authorization": read.header()}),
        );
    }
}

#[test]
fn a_signed_request() {
    for vector in vectors("request") {
        let [method, path, body] = ["method", "path", "body"].map(|name| text(&vector, name));
        let at = vector["at"].as_u64().unwrap();
        let request = sign_request(
            &key(&vector),
            ws(&vector),
            method,
            path,
            at,
            body.as_bytes(),
        );
        same(
            &vector,
            json!({"sig": request.sig.hex(), "header": request.header()}),
        );
    }
}

#[test]
fn the_chunks_of_a_blob() {
    for vector in vectors("chunks") {
        let size = vector["pattern"].as_u64().unwrap();
        let plain: Vec<u8> = (0..size).map(|i| (i * 31 % 251) as u8).collect();
        let asked = serde_json::to_string(&AskedBlob::of(&plain)).unwrap();
        same(&vector, json!({"asked": asked}));
    }
}

#[test]
fn the_countersignature_under_a_blob() {
    for vector in vectors("published") {
        let (sha256, size) = (Hash32(bytes(&vector, "sha256")), vector["size"].as_u64());
        let payload = published_payload(&sha256, size.unwrap(), text(&vector, "server_time"));
        let signature = key(&vector).sign(Tag::Blob, &[&payload]);
        same(
            &vector,
            json!({"payload": hex::encode(&payload), "countersignature": signature.hex()}),
        );
    }
}

#[test]
fn a_page_of_the_feed() {
    for vector in vectors("page") {
        let lines: String = vector["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| format!("{}\n", line.as_str().unwrap()))
            .collect();
        let mark = PageMark {
            ws: ws(&vector),
            after: vector["after"].as_u64().unwrap(),
            next: vector["next"].as_u64().unwrap(),
            more: vector["more"] == 1,
            server_time: text(&vector, "server_time"),
        };
        let page = feed::close(&key(&vector), &mark, lines.clone().into_bytes()).unwrap();
        let keys = [key(&vector).public()];
        assert!(feed::open(&page, &keys, mark.ws, mark.after).is_ok());
        let last = String::from_utf8(page[lines.len()..].to_vec()).unwrap();
        same(
            &vector,
            json!({"last_line": last.trim_end(), "page_sha256": Hash32::of(&[lines.as_bytes()]).hex()}),
        );
    }
}

#[test]
fn the_offer_of_a_snapshot() {
    for vector in vectors("offer") {
        let snapshot = Snapshot {
            sha256: Hash32(bytes(&vector, "sha256")),
            size: vector["size"].as_u64().unwrap(),
            cursor: vector["cursor"].as_u64().unwrap(),
        };
        let time = text(&vector, "server_time");
        let payload = offer_payload(ws(&vector), &snapshot, time);
        let offer = Offer::sign(&key(&vector), ws(&vector), snapshot, time);
        assert!(offer.holds(&[key(&vector).public()], ws(&vector)));
        same(
            &vector,
            json!({"payload": hex::encode(payload), "sig": offer.sig.hex()}),
        );
    }
}

#[test]
fn the_word_of_one_key_for_the_next() {
    for vector in vectors("statement") {
        let (by, at) = (key(&vector), text(&vector, "at"));
        let next = PublicKey::from_hex(text(&vector, "next_key")).unwrap();
        let payload = statement_payload(&by.public(), &next, at);
        let statement = KeyStatement::sign(&by, &next, at);
        assert_eq!(statement.next(&[by.public()]), Some(next));
        assert_eq!(statement.next(&[next]), None, "nobody vouches for himself");
        same(
            &vector,
            json!({"payload": hex::encode(payload), "sig": statement.sig.hex()}),
        );
    }
}

#[test]
fn the_digits_on_paper() {
    for vector in vectors("capsule") {
        let fields = &vector["fields"];
        let number = |name: &str| fields[name].as_u64().unwrap();
        let capsule = Capsule {
            code: text(fields, "code").into(),
            procedure: text(fields, "procedure").into(),
            received: text(fields, "received").parse().unwrap(),
            due: text(fields, "due").parse().unwrap(),
            fee: fields["fee"].as_u64().map(|fee| fee as u32),
            papers: number("papers") as u8,
            seq: number("seq"),
            hash: bytes(fields, "hash"),
        };
        let key = key(&vector);
        let digits = capsule.digits(&key).unwrap();
        assert_eq!(digits, text(&vector["expect"], "digits"));
        assert_eq!(Capsule::read(&digits, &[key.public()]), Some(capsule));
        // Body and signature are inside the digits; Python takes them apart.
        let body = hex::decode(text(&vector["expect"], "body")).unwrap();
        let signature = key.sign(Tag::Capsule, &[&body]);
        assert_eq!(signature.hex(), text(&vector["expect"], "sig"));
    }
}

#[test]
fn the_document_names_every_vector() {
    let document = include_str!("../../../../docs/protocol.md");
    for kind in [
        "key",
        "genesis",
        "line",
        "hlc",
        "batch",
        "ack",
        "signed",
        "enrol",
        "read",
        "request",
        "chunks",
        "published",
        "page",
        "offer",
        "statement",
        "capsule",
        "keys",
        "slot",
        "blob_name",
        "blob",
    ] {
        for vector in vectors(kind) {
            let name = text(&vector, "name");
            assert!(
                document.contains(&format!("*{name}*")),
                "{name} is explained nowhere"
            );
        }
    }
}
