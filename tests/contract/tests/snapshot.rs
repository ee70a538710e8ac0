//! A feed that the centre trimmed: counters that were away and new ones read the snapshot in its place, also when they are
//! killed at every step of it, and know afterwards what a counter knows that heard everything.

use std::collections::BTreeSet;
use std::sync::{Arc, atomic::Ordering};

use jiff::civil::date;
use onedoor_central::Pruned;
use onedoor_contract::{
    bare::{Bare, RouterWire, filled},
    centre::Centre,
    pc::{Pc, sent},
};
use onedoor_desk::dto::FilingFilter;
use onedoor_sync::machine::Output;
use onedoor_testkit::{clock::FakeClock, temp::Folder};

/// Trims all that is there now; all of it is of this month.
async fn trim(centre: &Centre, clock: &FakeClock) -> Pruned {
    let later = (clock.reader())() + jiff::SignedDuration::from_secs(1);
    let since = date(2024, 11, 23);
    let pruned = centre.central.prune_feed("eatul", later, since).await;
    pruned.unwrap()
}

type Known = BTreeSet<(String, String, String, String)>;

/// What a counter's list says of every filing.
async fn known(commands: &onedoor_desk::Commands) -> Known {
    let rows = commands.filing_list(FilingFilter::All, "".into(), 100);
    let rows = rows.await.unwrap().into_iter();
    rows.map(|row| (row.code, row.applicant, row.status, row.due))
        .collect()
}

async fn hears(pc: &mut Pc, many: usize) -> Known {
    let look = async |commands: &_| Some(known(commands).await).filter(|it| it.len() == many);
    pc.eventually(look).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_was_away_and_a_new_one_know_what_everybody_knows() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let join = async |number| {
        let place = folder.join(format!("pc {number}"));
        Pc::joined(&place, &clock, &centre, address, number).await
    };
    let (mut writes, mut away) = (join(1).await, join(2).await);
    writes.receive("Nguyễn Thị Hoa").await;
    writes.state_until(sent).await;
    hears(&mut away, 1).await;
    away.commands.sync_pause(true).await.unwrap();
    away.receive("Y Ƀŏk").await;
    for name in ["H'Hen Niê", "Trần Văn Sáu"] {
        writes.receive(name).await;
    }
    writes.state_until(sent).await;

    let pruned = trim(&centre, &clock).await;
    assert!(pruned.kept > 5 && pruned.dropped == 0, "{pruned:?}");
    let again = trim(&centre, &clock).await;
    assert_eq!(again.snapshot, None, "there is nothing more to trim");
    assert_eq!(
        known(&away.commands).await.len(),
        2,
        "it heard one, and has its own"
    );
    away.commands.sync_pause(false).await.unwrap();
    hears(&mut away, 4).await;
    away.state_until(sent).await;
    let all = hears(&mut writes, 4).await;
    assert_eq!(hears(&mut away, 4).await, all);
    let mut new = join(3).await;
    assert_eq!(
        hears(&mut new, 4).await,
        all,
        "the snapshot, and the feed behind it"
    );
    let second = trim(&centre, &clock).await;
    let more = second.kept - pruned.kept;
    assert!(
        more > 0,
        "the next snapshot holds the first one's lines too"
    );
    let mut last = join(4).await;
    assert_eq!(hears(&mut last, 4).await, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_is_killed_at_every_step_fetches_nothing_twice_and_knows_all() {
    let clock = FakeClock::monday();
    let centre = Centre::open(&clock).await;
    let wire = Arc::new(RouterWire::new(centre.central.router()));
    // Three parts on the wire: what makes a snapshot large is text that hardly packs.
    for (number, size) in [(1, 480_000), (2, 300)] {
        let journal = filled(&centre, &wire, number, size).await;
        assert_eq!(centre.lines(journal.ws).await.len(), journal.lines.len());
    }
    let heard = Bare::joined(&centre, &wire, 3).await;
    heard.contact(&wire, |_| false).await;
    let snapshot = trim(&centre, &clock).await.snapshot.unwrap();
    assert!(
        snapshot.size > 2 << 20,
        "{} bytes are one part",
        snapshot.size
    );

    let killed = Bare::joined(&centre, &wire, 4).await;
    wire.blob_bytes.store(0, Ordering::SeqCst);
    let (mut steps, mut kills) = (BTreeSet::new(), 0);
    loop {
        let kill = |output: &Output| {
            let step = match output {
                Output::Accept { .. } => (0, 0),
                Output::FetchSnapshot(at) => (1, at.have),
                Output::TakeSnapshot(at) => (2, at.applied),
                _ => return false,
            };
            steps.insert(step)
        };
        match killed.contact(&wire, kill).await {
            true => kills += 1,
            false => break,
        }
        killed.restart();
        if killed.knows() != heard.knows() {
            assert_eq!(killed.cursor(), 0, "the cursor never passes over a line");
        }
    }
    assert!(kills >= 6, "{kills} kills");
    let fetched = wire.blob_bytes.load(Ordering::SeqCst);
    assert_eq!(fetched, snapshot.size, "every byte once");
    assert_eq!(killed.knows(), heard.knows());
    assert!(killed.knows().contains("H'Hen Niê"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_is_not_what_the_centre_signed_is_not_taken() {
    let clock = FakeClock::monday();
    let centre = Centre::open(&clock).await;
    let wire = Arc::new(RouterWire::new(centre.central.router()));
    filled(&centre, &wire, 1, 300).await;
    let snapshot = trim(&centre, &clock).await.snapshot.unwrap();
    let new = Bare::joined(&centre, &wire, 2).await;
    wire.spoil.store(true, Ordering::SeqCst);
    let mut taken = false;
    new.contact(&wire, |output| {
        taken |= matches!(output, Output::TakeSnapshot(_));
        false
    })
    .await;
    assert!(!taken, "a byte on the way is another");
    assert_eq!((new.cursor(), new.knows().len()), (0, new.nothing()));
    wire.spoil.store(false, Ordering::SeqCst);
    new.contact(&wire, |_| false).await;
    assert!(
        new.cursor() >= snapshot.cursor,
        "the next contact brings it"
    );
}
