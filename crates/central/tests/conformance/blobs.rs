//! Blobs: named by lines, staged, published; never spoken of to an office that does not name them.

use onedoor_central::ledger::{BlobRecord, manifest};
use onedoor_protocol::batch::{self, BlobRef, WantedBlob};
use onedoor_protocol::blob::{AskedBlob, CHUNK};
use onedoor_protocol::{Hash32, feed::Snapshot, journal::FormRendered};
use onedoor_testkit::journal::Journal;
use uuid::Uuid;

use super::{Bench, code};

/// Appends a filing and the line that names this form of it.
fn name(journal: &mut Journal, number: u32, form: &AskedBlob) -> u64 {
    let (filing, _) = journal.receive(&code(number));
    journal.say(FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256: form.sha256,
        size: form.size,
    })
}

fn unknown() -> BlobRecord {
    BlobRecord {
        named: false,
        published: None,
    }
}

async fn record(bench: &Bench, office: &str, sha256: Hash32) -> BlobRecord {
    let found = bench.ledger.blobs(office.into(), vec![sha256]).await;
    found.unwrap()[0]
}

pub async fn a_form_is_wanted_until_it_is_published(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let form = AskedBlob::of(&vec![1; CHUNK + 1]);
    name(&mut journal, 1000, &form);
    let want = WantedBlob {
        sha256: form.sha256,
        missing: vec![[0, 1]],
    };
    for _ in 0..2 {
        let taken = bench.take(&journal, &journal.batch_from(1)).await;
        assert_eq!(
            taken.want,
            std::slice::from_ref(&want),
            "also when nothing was new"
        );
    }
    let earlier = bench.take(&journal, &journal.batch(1..=1)).await;
    assert!(earlier.want.is_empty(), "only what this batch names");
    let publish = |size| {
        let office = "eatul".to_string();
        let at = bench.now();
        bench.ledger.publish_blob(office, form.sha256, size, at)
    };
    publish(form.size).await.unwrap();
    publish(form.size).await.unwrap();
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    assert!(taken.want.is_empty(), "it is there");
}

pub async fn an_office_hears_only_of_blobs_that_its_lines_name(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let form = AskedBlob::of(b"form");
    assert_eq!(
        record(bench, "eatul", form.sha256).await,
        unknown(),
        "nobody named it"
    );
    name(&mut journal, 1000, &form);
    bench.take(&journal, &journal.batch_from(1)).await;
    let (office, at) = ("eatul".to_string(), bench.now());
    bench
        .ledger
        .publish_blob(office, form.sha256, form.size, at)
        .await
        .unwrap();
    let asked = vec![Hash32([1; 32]), form.sha256, Hash32([2; 32])];
    let found = bench.ledger.blobs("eatul".into(), asked).await.unwrap();
    let known = BlobRecord {
        named: true,
        published: Some(4),
    };
    assert_eq!(
        found,
        [unknown(), known, unknown()],
        "in the order of the question"
    );
    assert!(
        !record(bench, "elsewhere", form.sha256).await.named,
        "another office does not name it"
    );
}

pub async fn lines_of_newer_types_name_what_the_header_lists(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (page, stray) = (AskedBlob::of(b"page"), AskedBlob::of(b"stray"));
    journal.raw(format!("a page of tomorrow: {}", page.sha256));
    let mut header = journal.header(&(1..=1));
    header.blobs = [&page, &stray, &page]
        .into_iter()
        .map(|blob| BlobRef {
            sha256: blob.sha256,
            size: blob.size,
            mime: "image/jpeg\0".repeat(50),
        })
        .collect();
    let bytes = batch::seal(&journal.key, header, &journal.lines).unwrap();
    let taken = bench.take(&journal, &bytes).await;
    assert_eq!(taken.want.len(), 1, "the page is wanted, once");
    assert_eq!(taken.want[0].sha256, page.sha256);
    assert_eq!(
        taken.quarantined.len(),
        1,
        "though the line is not understood"
    );
    assert!(
        !record(bench, "eatul", stray.sha256).await.named,
        "a header alone names nothing"
    );
}

pub async fn what_was_said_of_chunks_is_kept_for_each_workstation(bench: &Bench) {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let honest = AskedBlob::of(&vec![7; 2 * CHUNK]);
    let mut liar = honest.clone();
    liar.chunks[1] = Hash32([9; 32]);
    assert_ne!(manifest(&honest), manifest(&liar), "two stages");
    let stage = |ws, blob: &AskedBlob| {
        let asked = vec![blob.clone()];
        bench.ledger.stage_blobs(ws, asked, bench.now())
    };
    assert_eq!(stage(one, &honest).await.unwrap(), [false], "new");
    assert_eq!(stage(two, &liar).await.unwrap(), [false], "other chunks");
    assert_eq!(stage(one, &honest).await.unwrap(), [true], "the same again");
    let staged = async |ws| {
        let found = bench.ledger.staged_blob(ws, honest.sha256).await;
        found.unwrap().map(|staged| staged.asked)
    };
    assert_eq!(staged(one).await, Some(honest.clone()));
    assert_eq!(
        staged(two).await,
        Some(liar.clone()),
        "a liar fills its own stage"
    );
    bench
        .ledger
        .unstage_blob(honest.sha256, Some(manifest(&liar)))
        .await
        .unwrap();
    assert_eq!(staged(two).await, None);
    assert_eq!(
        staged(one).await,
        Some(honest.clone()),
        "the other is untouched"
    );
    let (office, at) = ("eatul".to_string(), bench.now());
    bench
        .ledger
        .publish_blob(office, honest.sha256, honest.size, at)
        .await
        .unwrap();
    assert_eq!(
        staged(one).await,
        None,
        "nothing is staged once it is there"
    );
}

pub async fn an_office_may_fetch_what_its_lines_facts_and_snapshot_name(bench: &Bench) {
    let (form, fact, snapshot) = (
        AskedBlob::of(b"form"),
        AskedBlob::of(b"fact"),
        AskedBlob::of(b"snapshot"),
    );
    let told = async |office: &str, blob: &AskedBlob| {
        let told = bench.ledger.told_blob(office.into(), blob.sha256);
        told.await.unwrap()
    };
    let mut journal = bench.enrolled(1).await;
    name(&mut journal, 1000, &form);
    bench.take(&journal, &journal.batch_from(1)).await;
    let body = format!("{{\"sha256\":\"{}\"}}", fact.sha256);
    let published = bench.ledger.publish("eatul", "catalogue", &body).await;
    let cursor = published.unwrap().unwrap();
    let stands = Snapshot {
        sha256: snapshot.sha256,
        size: snapshot.size,
        cursor,
    };
    assert!(bench.ledger.trim_feed("eatul", stands).await.unwrap());
    for blob in [&form, &fact, &snapshot] {
        assert_eq!(told("eatul", blob).await, None, "nobody has it yet");
        let publish =
            bench
                .ledger
                .publish_blob("elsewhere".into(), blob.sha256, blob.size, bench.now());
        publish.await.unwrap();
        assert_eq!(told("eatul", blob).await, Some(blob.size));
        assert_eq!(told("elsewhere", blob).await, None, "who was never told");
    }
}

pub async fn a_stage_ends_only_when_nobody_touched_it(bench: &Bench) {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let blob = AskedBlob::of(&vec![7; 2 * CHUNK]);
    let (sha256, manifest) = (blob.sha256, manifest(&blob));
    let monday = bench.now();
    let tuesday = monday + jiff::SignedDuration::from_hours(24);
    for ws in [one, two] {
        let staged = bench.ledger.stage_blobs(ws, vec![blob.clone()], monday);
        staged.await.unwrap();
    }
    let stale = async |before| bench.ledger.stale_stages(before).await.unwrap();
    let end = async |before| {
        let ended = bench.ledger.end_stage(sha256, manifest, before);
        ended.await.unwrap()
    };
    assert!(
        stale(monday).await.is_empty(),
        "touched at that very moment"
    );
    assert_eq!(stale(tuesday).await, [(sha256, manifest)]);
    assert!(
        bench
            .ledger
            .touch_stage(two, sha256, tuesday)
            .await
            .unwrap()
    );
    assert!(stale(tuesday).await.is_empty(), "one of the two goes on");
    assert!(!end(tuesday).await, "so nothing ends");
    let staged = bench.ledger.staged_blob(one, sha256).await.unwrap();
    assert_eq!(staged.unwrap().at, monday, "nor for the other");
    assert_eq!(bench.ledger.stages(sha256).await.unwrap(), [manifest]);
    let later = tuesday + jiff::SignedDuration::from_hours(1);
    assert!(end(later).await, "nobody goes on");
    assert!(!end(later).await, "it ends once");
    assert!(!bench.ledger.touch_stage(two, sha256, later).await.unwrap());
    assert!(bench.ledger.stages(sha256).await.unwrap().is_empty());
}
