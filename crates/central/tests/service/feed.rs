//! The feed over HTTP: signed pages for one workstation, and decisions of the units on their way into it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use onedoor_central::ledger::Role;
use onedoor_protocol::Hash32;
use onedoor_protocol::feed::{self, DecisionLine, Page, PageError, PeerLine, Snapshot};
use onedoor_protocol::request::{HEADER, sign_request};
use onedoor_testkit::journal::Journal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::{Answer, Centre, code, filled};

async fn ask(centre: &Centre, journal: &Journal, after: u64) -> Answer {
    let path = format!("/v1/feed?after={after}&limit=200");
    centre.ask(journal, "GET", &path, "").await
}

async fn read(centre: &Centre, journal: &Journal, after: u64) -> Page {
    let answer = ask(centre, journal, after).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let keys = [centre.central.public_key()];
    feed::open(&answer.body, &keys, journal.ws, after).expect("the centre signed this page")
}

fn body<T: serde::de::DeserializeOwned>(page: &Page, at: usize) -> T {
    serde_json::from_str(page.lines[at].body.get()).unwrap()
}

async fn decide(centre: &Centre, token: &str, filing: Uuid, decision: &Value) -> Answer {
    let request = Request::post(format!("/v1/filings/{filing}/decisions"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json");
    let body = Body::from(decision.to_string());
    centre.request(request.body(body).unwrap()).await
}

#[tokio::test]
async fn what_one_counter_did_the_other_reads_byte_for_byte() {
    let centre = Centre::open().await;
    let mut one = filled(centre.workstation(1).await, 2);
    one.raw(b"no text: \xff\xfe".to_vec());
    let two = centre.workstation(2).await;
    centre.take(one.batch_from(1)).await;
    let page = read(&centre, &two, 0).await;
    assert_eq!((page.end.next, page.end.more), (3, false));
    for (at, line) in one.lines.iter().enumerate() {
        let peer: PeerLine = body(&page, at);
        assert_eq!((peer.ws, peer.seq), (one.ws, at as u64 + 1));
        assert_eq!(peer.hash, one.hash(peer.seq));
        let text = String::from_utf8(line.clone()).ok();
        assert_eq!(peer.line, text, "what is no text is only counted");
    }
    let own = read(&centre, &one, 0).await;
    assert!(
        own.lines.is_empty() && own.end.next == 3,
        "its own are left out"
    );
    assert!(read(&centre, &two, 3).await.lines.is_empty(), "read once");
    let elsewhere = centre.elsewhere(1).await;
    let other = read(&centre, &elsewhere, 0).await;
    assert!(
        other.lines.is_empty() && other.end.next == 0,
        "another office reads nothing of it"
    );
}

#[tokio::test]
async fn a_page_cut_on_its_way_or_meant_for_another_is_not_believed() {
    let centre = Centre::open().await;
    let (one, two) = (
        filled(centre.workstation(1).await, 3),
        centre.workstation(2).await,
    );
    centre.take(one.batch_from(1)).await;
    let whole = ask(&centre, &two, 0).await.body;
    let keys = [centre.central.public_key()];
    let lines: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    for end in lines
        .iter()
        .map(|at| at + 1)
        .filter(|end| *end < whole.len())
    {
        let cut = feed::open(&whole[..end], &keys, two.ws, 0);
        assert_eq!(cut.err(), Some(PageError::Form), "cut after a line");
    }
    let without_first = &whole[lines[0] + 1..];
    assert_eq!(
        feed::open(without_first, &keys, two.ws, 0).err(),
        Some(PageError::Signature),
        "a line taken out"
    );
    assert_eq!(
        feed::open(&whole, &keys, one.ws, 0).err(),
        Some(PageError::Signature),
        "another's page"
    );
}

#[tokio::test]
async fn a_page_comes_packed_for_whoever_accepts_it() {
    let centre = Centre::open().await;
    let (one, two) = (
        filled(centre.workstation(1).await, 50),
        centre.workstation(2).await,
    );
    centre.take(one.batch_from(1)).await;
    let path = "/v1/feed?after=0";
    let at = u64::try_from(centre.clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&two.key, two.ws, "GET", path, at, b"");
    let request = Request::get(path)
        .header(HEADER, signed.header())
        .header(header::ACCEPT_ENCODING, "gzip, zstd");
    let answer = centre.request(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-encoding"), "zstd");
    let plain = zstd::bulk::decompress(&answer.body, feed::MAX_PAGE).unwrap();
    assert!(answer.body.len() * 3 < plain.len(), "a third at most");
    let keys = [centre.central.public_key()];
    let page = feed::open(&plain, &keys, two.ws, 0).unwrap();
    assert_eq!(page.lines.len(), 50);
}

#[tokio::test]
async fn a_cursor_outside_the_feed_is_told_where_the_feed_lies() {
    let centre = Centre::open().await;
    let (one, two) = (
        filled(centre.workstation(1).await, 3),
        centre.workstation(2).await,
    );
    centre.take(one.batch_from(1)).await;
    let ahead = ask(&centre, &two, 4).await;
    assert_eq!(
        (ahead.status.as_u16(), ahead.json::<Value>()),
        (409, json!({"code": "cursor_ahead", "top": 3})),
        "a centre that was restored must not look like silence"
    );
    let snapshot = Snapshot {
        sha256: Hash32([7; 32]),
        size: 9,
        cursor: 2,
    };
    let trimmed = centre.central.ledger().trim_feed("eatul", snapshot.clone());
    assert!(trimmed.await.unwrap());
    let old = ask(&centre, &two, 1).await;
    assert_eq!(old.status, StatusCode::GONE);
    let said: feed::CursorTooOld = old.json();
    assert_eq!((said.code.as_str(), said.floor), ("cursor_too_old", 2));
    let offer = said.snapshot.unwrap();
    assert_eq!(offer.snapshot, snapshot);
    let keys = [centre.central.public_key()];
    assert!(offer.holds(&keys, two.ws), "signed for who asked");
    assert!(!offer.holds(&keys, one.ws), "and for nobody else");
    assert_eq!(read(&centre, &two, 2).await.lines.len(), 1);
    for path in [
        "/v1/feed",
        "/v1/feed?after=-1",
        "/v1/feed?after=x",
        "/v1/feed?after=0&limit=0",
        "/v1/feed?after=0&limit=201",
        "/v1/feed?after=18446744073709551615",
    ] {
        let answer = centre.ask(&two, "GET", path, "").await;
        assert_eq!(answer.code(), "malformed", "{path}");
    }
    centre.central.revoke(two.ws).await.unwrap();
    assert_eq!(ask(&centre, &two, 2).await.code(), "revoked");
    let nobody = centre.get("/v1/feed?after=0").await;
    assert_eq!(nobody.code(), "unauthorized");
}

#[tokio::test]
async fn a_units_decision_reaches_every_counter_of_the_office() {
    let centre = Centre::open().await;
    let mut one = centre.workstation(1).await;
    let (filing, _) = one.receive(&code(1000));
    centre.take(one.batch_from(1)).await;
    let unit = centre.central.token_for("phongtuphap", Role::Unit).await;
    let (unit, reader) = (
        unit.unwrap(),
        centre.central.token("checker").await.unwrap(),
    );
    let it = json!({
        "decision": "01950000-0000-7000-8000-0000000000d1",
        "status": "result_ready",
        "reason": "",
        "official_code": null,
        "decided_at": "2026-11-23T00:20:00Z",
    });
    for _ in 0..2 {
        let answer = decide(&centre, &unit, filing, &it).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        let said: Value = answer.json();
        assert_eq!(said["feed_seq"], 2, "once, however often it comes");
        assert_eq!(said["contradicts"], Value::Null);
    }
    let page = read(&centre, &one, 0).await;
    let line: DecisionLine = body(&page, 0);
    assert_eq!(
        (line.filing, line.status.as_str(), line.unit.as_str()),
        (filing, "result_ready", "phongtuphap")
    );
    assert_eq!(line.decided_at, "2026-11-23T00:20:00.000Z");
    let mut other = it.clone();
    other["status"] = "refused".into();
    let answer = decide(&centre, &unit, filing, &other).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (409, "decision_differs")
    );
    for (token, filing, change, status, refused) in [
        (&reader, filing, json!({}), 401, "unauthorized"),
        (&unit, Uuid::from_u128(1), json!({}), 404, "not_found"),
        (
            &unit,
            filing,
            json!({"status": "handed_over"}),
            400,
            "malformed",
        ),
        (&unit, filing, json!({"status": "lost"}), 400, "malformed"),
        (&unit, filing, json!({"reason": "\0"}), 400, "malformed"),
        (
            &unit,
            filing,
            json!({"official_code": ""}),
            400,
            "malformed",
        ),
        (&unit, filing, json!({"decision": 1}), 400, "malformed"),
    ] {
        let mut asked = it.clone();
        for (name, value) in change.as_object().unwrap() {
            asked[name] = value.clone();
        }
        let answer = decide(&centre, token, filing, &asked).await;
        let said = (answer.status.as_u16(), answer.code());
        assert_eq!(said, (status, refused.to_string()), "{change}");
    }
    let read = centre
        .get_as(&format!("Bearer {unit}"), "/v1/filings")
        .await;
    assert_eq!(read.code(), "unauthorized", "a unit's token reads nothing");
}

#[tokio::test]
async fn only_what_is_passed_on_can_be_published() {
    let centre = Centre::open().await;
    let one = centre.workstation(1).await;
    let publish = |kind, body| centre.central.publish("eatul", kind, body);
    let number = publish("message", "{\"vi\":\"Nghỉ chiều nay\"}").await;
    assert_eq!(number.unwrap(), 1);
    let page = read(&centre, &one, 0).await;
    assert_eq!(page.lines[0].kind, "message");
    assert_eq!(page.lines[0].body.get(), "{\"vi\":\"Nghỉ chiều nay\"}");
    for (kind, body) in [
        ("peer_line", "{}"),
        ("decision", "{}"),
        ("rumour", "{}"),
        ("message", "[]"),
        ("message", "{\"a\":\n1}"),
        ("message", "no"),
    ] {
        assert!(publish(kind, body).await.is_err(), "{kind} {body}");
    }
    let nowhere = centre.central.publish("nowhere", "message", "{}").await;
    assert!(nowhere.is_err(), "there is no such office");
}
