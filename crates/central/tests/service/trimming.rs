//! A feed that is trimmed: the snapshot in its place holds what is in force, and nothing that is over.

use jiff::{SignedDuration, civil::date};
use onedoor_central::{FeedsKept, Options, Refused};
use onedoor_protocol::Hash32;
use onedoor_protocol::feed::{CursorTooOld, FeedLine, Offer, PeerLine};
use onedoor_protocol::journal::{Body, SessionOpened, StaffAdded, StatusChanged, encode};
use onedoor_protocol::snapshot::Lines;
use onedoor_testkit::journal::{Journal, received};
use serde_json::json;
use std::time::Duration;
use tokio::{net::TcpListener, time::timeout};
use uuid::Uuid;

use super::desk::{Centre, code};

/// Matters whose last line is older are over.
const SINCE: jiff::civil::Date = date(2026, 11, 1);

fn say(journal: &mut Journal, day: &str, body: impl Into<Body>) {
    let mut stamp = journal.stamp();
    stamp.day = day.into();
    journal.raw(encode(&stamp, &body.into()).unwrap());
}

fn changed(filing: Uuid, status: &str) -> StatusChanged {
    StatusChanged {
        filing,
        status: status.into(),
        reason: String::new(),
        approved_by: None,
    }
}

/// All lines of the snapshot that is offered to a workstation, as they are fetched.
async fn offered(centre: &Centre, ws: &Journal) -> (Offer, Vec<FeedLine>) {
    let old = centre.ask(ws, "GET", "/v1/feed?after=0", "").await;
    let offer = old.json::<CursorTooOld>().snapshot.unwrap();
    assert!(offer.holds(&[centre.central.public_key()], ws.ws));
    let sha256 = offer.snapshot.sha256;
    let blob = centre
        .ask(ws, "GET", &format!("/v1/blobs/{sha256}"), "")
        .await;
    assert_eq!(Hash32::of(&[&blob.body]), sha256);
    assert_eq!(blob.body.len() as u64, offer.snapshot.size);
    let lines = Lines::new(&*blob.body).unwrap();
    (offer, lines.collect::<Result<_, _>>().unwrap())
}

fn peers(lines: &[FeedLine]) -> Vec<u64> {
    let peers = lines.iter().filter(|line| line.kind == "peer_line");
    peers
        .map(|line| {
            serde_json::from_str::<PeerLine>(line.body.get())
                .unwrap()
                .seq
        })
        .collect()
}

#[tokio::test]
async fn a_snapshot_holds_open_matters_as_a_whole_and_the_last_word_of_everything_else() {
    let centre = Centre::open().await;
    let (mut one, two) = (centre.workstation(1).await, centre.workstation(2).await);
    let [over, open] = [Uuid::now_v7(), Uuid::now_v7()];
    say(&mut one, "2026-10-01", received(over, &code(1000)));
    say(&mut one, "2026-10-02", received(open, &code(1001)));
    let session = SessionOpened {
        how: "password".into(),
    };
    say(&mut one, "2026-10-02", session.clone());
    let staff = StaffAdded {
        clerk: Uuid::from_u128(7),
        name: "Y Thịnh Byă".into(),
        role: "clerk".into(),
    };
    say(&mut one, "2026-10-02", staff);
    say(&mut one, "2026-10-03", changed(over, "handed_over"));
    say(&mut one, "2026-11-02", changed(open, "transferred"));
    say(&mut one, "2026-11-02", session);
    one.raw("no line");
    centre.take(one.batch_from(1)).await;
    let facts = [
        ("message", json!({"id": "1", "at": "2026-10-01T00:00:00Z"})),
        ("message", json!({"id": "2", "at": "2026-11-02T00:00:00Z"})),
        ("lease", json!({"ws": two.ws, "n": 1})),
        ("lease", json!({"ws": one.ws, "n": 2})),
        ("lease", json!({"ws": two.ws, "n": 3})),
        ("policy", json!({"n": 4})),
        ("policy", json!({"n": 5})),
        ("keys", json!({"n": 6})),
        ("keys", json!({"n": 7})),
        ("catalogue", json!({"from": "2027-01-01", "n": 8})),
        ("catalogue", json!({"from": "2027-02-01", "n": 9})),
        ("catalogue", json!({"from": "2027-01-01", "n": 10})),
        ("staff", json!({"clerk": one.ws, "n": 11})),
        ("staff", json!({"clerk": two.ws, "n": 12})),
        ("staff", json!({"clerk": one.ws, "n": 13})),
    ];
    for (kind, body) in &facts {
        let body = body.to_string();
        let told = centre.central.publish("eatul", kind, &body);
        told.await.unwrap();
    }
    let later = centre.clock.now() + SignedDuration::from_secs(1);
    let prune = async |before| centre.central.prune_feed("eatul", before, SINCE).await;
    let early = prune(centre.clock.now()).await.unwrap();
    assert_eq!(early.snapshot, None, "nothing came before");
    let pruned = prune(later).await.unwrap();
    assert_eq!((pruned.kept, pruned.dropped), (15, 8));
    let (offer, lines) = offered(&centre, &two).await;
    assert_eq!(Some(offer.snapshot), pruned.snapshot);
    assert_eq!(
        peers(&lines),
        [2, 4, 6, 7, 8],
        "the open one with all its lines"
    );
    let told: Vec<_> = lines
        .iter()
        .filter(|line| line.kind != "peer_line")
        .collect();
    let kept: Vec<usize> = told.iter().map(|line| line.feed_seq as usize - 9).collect();
    assert_eq!(
        kept,
        [1, 3, 4, 6, 7, 8, 10, 11, 13, 14],
        "the last word, every key, and of each day its last catalogue, and of each person"
    );

    // What happens later is added to it; what is over by then goes.
    centre.clock.advance(SignedDuration::from_hours(1));
    let next = one.next_seq();
    say(
        &mut one,
        "2026-12-24",
        received(Uuid::now_v7(), &code(1002)),
    );
    centre.take(one.batch_from(next)).await;
    let later = centre.clock.now() + SignedDuration::from_secs(1);
    let december = date(2026, 12, 1);
    let again = centre.central.prune_feed("eatul", later, december).await;
    assert_eq!(
        again.unwrap().dropped,
        4,
        "the matter, its session and the message"
    );
    let (_, lines) = offered(&centre, &two).await;
    assert_eq!(peers(&lines), [4, 8, 9]);

    let nowhere = centre.central.prune_feed("nowhere", later, SINCE).await;
    assert!(matches!(nowhere, Err(Refused::OfficeUnknown(_))));
}

#[tokio::test]
async fn another_office_gets_neither_the_offer_nor_the_snapshot() {
    let centre = Centre::open().await;
    let mut one = centre.workstation(1).await;
    one.receive(&code(1000));
    centre.take(one.batch_from(1)).await;
    let later = centre.clock.now() + SignedDuration::from_secs(1);
    let pruned = centre.central.prune_feed("eatul", later, SINCE).await;
    let sha256 = pruned.unwrap().snapshot.unwrap().sha256;
    let stranger = centre.elsewhere(1).await;
    let feed = centre.ask(&stranger, "GET", "/v1/feed?after=0", "").await;
    assert_eq!(feed.status.as_u16(), 200, "its own feed is whole");
    let path = format!("/v1/blobs/{sha256}");
    let blob = centre.ask(&stranger, "GET", &path, "").await;
    assert_eq!(blob.code(), "not_found");
}

#[tokio::test]
async fn a_service_that_starts_trims_what_is_old_enough() {
    let feeds = Some(FeedsKept {
        days: 90,
        months: 24,
    });
    let centre = Centre::open_with(|options| Options { feeds, ..options }).await;
    let mut one = centre.workstation(1).await;
    let two = centre.workstation(2).await;
    say(
        &mut one,
        "2026-11-23",
        received(Uuid::now_v7(), &code(1000)),
    );
    centre.take(one.batch_from(1)).await;
    centre.clock.advance(SignedDuration::from_hours(121 * 24));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    tokio::spawn(centre.central.clone().serve(listener));
    let trimmed = timeout(Duration::from_secs(60), async {
        // It tells nobody when it is done.
        while centre.ask(&two, "GET", "/v1/feed?after=0", "").await.status != 410 {
            tokio::task::yield_now().await;
        }
    });
    trimmed.await.unwrap();
    let (_, lines) = offered(&centre, &two).await;
    assert!(
        !peers(&lines).is_empty(),
        "what is in force is in the snapshot"
    );
}
