//! What an operator does to a whole centre over the engine: trimming feeds, changing the key.

use jiff::{SignedDuration, civil::date};
use onedoor_central::FeedsKept;
use onedoor_central::feed::{Fact, FeedPage, FeedQuery};
use onedoor_central::ledger::OfficeRecord;
use onedoor_protocol::keys::KeyStatement;
use onedoor_testkit::journal;
use uuid::Uuid;

use super::{Bench, code};

async fn page(bench: &Bench, office: &str, after: u64) -> FeedPage {
    let query = FeedQuery {
        office: office.into(),
        ws: Uuid::from_u128(99),
        after,
        limit: 200,
    };
    bench.ledger.feed(query).await.unwrap().unwrap()
}

pub async fn a_feed_is_trimmed_behind_what_is_in_force_again_and_again(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    for number in 1000..1003 {
        one.receive(&code(number));
    }
    bench.take(&one, &one.batch_from(1)).await;
    bench.clock.advance(SignedDuration::from_hours(1));
    let between = bench.now();
    two.receive(&code(2000));
    bench.take(&two, &two.batch_from(1)).await;
    let centre = bench.centre().await;
    let today = date(2026, 11, 23);

    let first = centre.prune_feed("eatul", between, today).await.unwrap();
    assert_eq!((first.kept, first.dropped), (3, 0), "all are of today");
    let early = page(bench, "eatul", 0).await;
    assert_eq!((early.floor, &early.snapshot), (3, &first.snapshot));
    assert!(early.lines.is_empty(), "no line is skipped silently");
    let rest = page(bench, "eatul", 3).await;
    let rest: Vec<_> = rest.lines.iter().map(|line| line.feed_seq).collect();
    assert_eq!(rest, [4], "younger lines stay");
    let again = centre.prune_feed("eatul", between, today).await.unwrap();
    assert_eq!(again.snapshot, None, "nothing more was old enough");

    bench.clock.advance(SignedDuration::from_hours(1));
    let second = centre.prune_feed("eatul", bench.now(), today).await;
    let second = second.unwrap();
    assert_eq!(
        (second.kept, second.dropped),
        (4, 0),
        "what the snapshot before holds, and the line behind it"
    );
    let early = page(bench, "eatul", 0).await;
    assert_eq!((early.floor, &early.snapshot), (4, &second.snapshot));

    let lasting = bench.ledger.publish("eatul", "keys", "{}").await.unwrap();
    assert_eq!(lasting, Some(5), "numbers are not given again");
    bench.clock.advance(SignedDuration::from_hours(1));
    let tomorrow = date(2026, 11, 24);
    let last = centre.prune_feed("eatul", bench.now(), tomorrow).await;
    let last = last.unwrap();
    assert_eq!(
        (last.kept, last.dropped),
        (1, 4),
        "filings that are too old go, what holds for ever stays"
    );
    let nowhere = centre.prune_feed("nowhere", bench.now(), today).await;
    assert!(nowhere.is_err());
}

pub async fn a_feed_is_trimmed_by_the_service_itself_about_once_a_month(bench: &Bench) {
    let kept = FeedsKept {
        days: 90,
        months: 24,
    };
    let day = SignedDuration::from_hours(24);
    let mut one = bench.enrolled(1).await;
    one.receive(&code(1000));
    bench.take(&one, &one.batch_from(1)).await;
    let centre = bench.centre().await;
    bench.clock.advance(day * 119);
    one.receive(&code(1001));
    bench.take(&one, &one.batch_from(1)).await;
    let early = centre.trim_feeds(kept).await.unwrap();
    assert_eq!(early, [""; 0], "a little too old is not worth a snapshot");

    bench.clock.advance(day * 2);
    let trimmed = centre.trim_feeds(kept).await.unwrap();
    assert_eq!(trimmed, ["eatul"]);
    let first = page(bench, "eatul", 0).await;
    let snapshot = first.snapshot.unwrap();
    assert!(first.lines.is_empty() && snapshot.cursor == first.floor);
    let rest = page(bench, "eatul", first.floor).await;
    assert!(!rest.lines.is_empty(), "what is younger stays");
    assert!(rest.lines[0].feed_seq == first.floor + 1);
    let again = centre.trim_feeds(kept).await.unwrap();
    assert_eq!(again, [""; 0], "not again tomorrow");

    bench.clock.advance(day * 121);
    assert_eq!(centre.trim_feeds(kept).await.unwrap(), ["eatul"]);
    let later = page(bench, "eatul", 0).await;
    assert!(later.floor > first.floor && later.snapshot.unwrap() != snapshot);
}

pub async fn the_next_key_is_told_to_every_office_and_signs_from_the_next_start(bench: &Bench) {
    let mut other = OfficeRecord {
        office: journal::office(),
        province: "daklak".into(),
    };
    other.office.id = "cupong".into();
    assert!(bench.ledger.add_office(other).await.unwrap());
    let centre = bench.centre().await;
    let before = centre.public_key();
    let said = centre.rotate_key(bench.folder()).await.unwrap();
    assert_eq!(said.by, hex::encode(before.bytes()), "the old key signs");
    assert_eq!(centre.public_key(), before, "in use until the next start");
    for office in ["eatul", "cupong"] {
        let page = page(bench, office, 0).await;
        let [line] = page.lines.as_slice() else {
            panic!("{office}: {:?}", page.lines);
        };
        let Fact::Other { kind, body } = &line.what else {
            panic!("{office}: {line:?}");
        };
        let told: KeyStatement = serde_json::from_str(body).unwrap();
        assert_eq!((kind.as_str(), &told), ("keys", &said), "to {office}");
    }
    let next = bench.centre().await.public_key();
    assert_eq!(said.key, hex::encode(next.bytes()));
    assert_ne!(next, before);
}
