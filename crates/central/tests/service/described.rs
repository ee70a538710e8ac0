//! The service describes what it does: every route, and the shapes it really sends.

use std::collections::BTreeSet;

use onedoor_protocol::Hash32;
use onedoor_protocol::batch::{BatchAnswer, BatchRefusal, Quarantined, RefusalCode, WantedBlob};
use onedoor_protocol::blob::{
    AskedBlob, Begun, BlobQuery, BlobRefusal, BlobRefusalCode, BlobStanding, BlobState, BlobStates,
};
use onedoor_protocol::enrol::EnrolRequest;
use onedoor_protocol::feed::{CursorAhead, CursorTooOld, Offer, Snapshot};
use onedoor_protocol::sign::{SecretKey, Signed, Tag};
use serde::Serialize;
use serde_json::Value;

use super::desk::Centre;

#[tokio::test]
async fn every_route_is_described_and_everything_described_is_routed() {
    let centre = Centre::open().await;
    let document: Value = centre.get("/openapi.json").await.json();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert((method.clone(), path.clone()));
        }
    }
    let routed: BTreeSet<_> = onedoor_central::routes()
        .into_iter()
        .map(|(method, path)| (method.to_string(), path.to_string()))
        .collect();
    assert_eq!(
        described, routed,
        "document and router are two lists of the same routes"
    );
    for (method, path) in &routed {
        let uri = ["{id}", "{ws}", "{sha256}", "{first}"]
            .iter()
            .fold(path.clone(), |uri, part| uri.replace(part, "x"));
        let request = axum::http::Request::builder()
            .method(method.to_uppercase().as_str())
            .uri(&uri);
        let answer = centre
            .request(request.body(axum::body::Body::empty()).unwrap())
            .await;
        assert!(
            answer.status != 405 && answer.code_if_json() != Some("not_found".into()),
            "{method} {path}: {answer:?}"
        );
    }
}

impl super::desk::Answer {
    fn code_if_json(&self) -> Option<String> {
        serde_json::from_slice::<Value>(&self.body).ok()?["code"]
            .as_str()
            .map(String::from)
    }
}

fn keys(value: &impl Serialize) -> BTreeSet<String> {
    let value = serde_json::to_value(value).unwrap();
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_protocols_shapes_are_described_as_they_are_sent() {
    let document = serde_json::to_value(onedoor_central::openapi()).unwrap();
    let described = |name: &str| -> BTreeSet<String> {
        let schema = &document["components"]["schemas"][name]["properties"];
        schema
            .as_object()
            .unwrap_or_else(|| panic!("{name} is not described"))
            .keys()
            .cloned()
            .collect()
    };
    let key = SecretKey::from_seed(&[1; 32]);
    let sig = key.sign(Tag::Ack, &[b""]);
    let head = Hash32([0; 32]);
    let fault = Quarantined {
        seq: 1,
        code: "x".into(),
    };
    let blob = WantedBlob {
        sha256: head,
        missing: vec![[0, 1]],
    };
    let answer = BatchAnswer {
        ws: uuid::Uuid::from_u128(1),
        next_seq: 1,
        head,
        server_time: String::new(),
        quarantined: vec![fault.clone()],
        want: vec![blob.clone()],
        countersignature: sig,
    };
    let refusal = BatchRefusal {
        code: RefusalCode::Gap,
        next_seq: None,
        head: None,
        at: None,
    };
    let asked = AskedBlob::of(b"x");
    let state = BlobState {
        sha256: head,
        state: BlobStanding::Have,
        size: 1,
        missing: Vec::new(),
        begun: Some(Begun { chunk: 0, bytes: 9 }),
        countersignature: Some(sig),
    };
    let states = BlobStates {
        blobs: Vec::new(),
        at: String::new(),
    };
    let refused = BlobRefusal {
        code: BlobRefusalCode::Busy,
        missing: Vec::new(),
    };
    let snapshot = Snapshot {
        sha256: head,
        size: 1,
        cursor: 1,
    };
    let offer = Offer {
        snapshot,
        server_time: String::new(),
        sig,
    };
    let ahead = CursorAhead {
        code: String::new(),
        top: 1,
    };
    let too_old = CursorTooOld {
        code: String::new(),
        floor: 1,
        snapshot: Some(offer.clone()),
    };
    for (name, sent) in [
        ("Offer", keys(&offer)),
        ("CursorAhead", keys(&ahead)),
        ("CursorTooOld", keys(&too_old)),
        ("AskedBlob", keys(&asked)),
        ("BlobQuery", keys(&BlobQuery { blobs: vec![asked] })),
        ("BlobState", keys(&state)),
        ("BlobStates", keys(&states)),
        ("BlobRefusal", keys(&refused)),
        ("BatchAnswer", keys(&answer)),
        ("BatchRefusal", keys(&refusal)),
        ("Quarantined", keys(&fault)),
        ("WantedBlob", keys(&blob)),
        ("EnrolRequest", keys(&EnrolRequest::new(&key, "1", "1"))),
        (
            "Signed",
            keys(&Signed {
                body: String::new(),
                sig,
            }),
        ),
    ] {
        assert_eq!(
            described(name),
            sent,
            "{name}: whoever reads the document must be able to read the wire"
        );
    }
}

#[tokio::test]
async fn health_is_answered_and_every_answer_brings_a_nonce() {
    let centre = Centre::open().await;
    let answer = centre.get("/healthz").await;
    assert_eq!(answer.body, b"ok", "the storage answers");
    assert_eq!(
        answer.header("onedoor-nonce").len(),
        48,
        "so that the next read costs one round trip"
    );
}
