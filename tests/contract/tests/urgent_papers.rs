//! A paper that somebody may wait for tomorrow goes to the centre also outside the hours for papers; the others wait. One
//! real PC, one real centre.

use onedoor_contract::{
    centre::Centre,
    counter::filing,
    pc::{Pc, sent},
};
use onedoor_desk::dto::{DraftValues, PaperHours, SyncState};
use onedoor_testkit::{clock::FakeClock, temp::Folder};

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_a_filing_due_today_does_not_wait_for_the_night() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let mut pc = Pc::joined(&folder.join("pc"), &clock, &centre, address, 1).await;
    let night = PaperHours {
        from: "17:00".into(),
        to: "07:00".into(),
    };
    pc.commands.sync_papers(false, Some(night)).await.unwrap();
    pc.receive("H'Hen Niê").await;
    let waits = |papers: u32| move |state: &SyncState| sent(state) && state.papers_here == papers;
    pc.state_until(waits(1)).await;
    let same_day = DraftValues {
        procedure: "2.000635".into(),
        copies: "1".into(),
        ..filing("Nguyễn Thị Hoa")
    };
    let received = pc.commands.filing_receive(same_day, false).await.unwrap();
    assert!(
        received.filing.due.starts_with("2026-11-23"),
        "{:?}",
        received.filing.due
    );
    let state = pc.state_until(waits(1)).await;
    assert!(
        state.papers_wait.is_some(),
        "the other one waits for its hours"
    );
    pc.commands.sync_papers(false, None).await.unwrap();
    pc.state_until(waits(0)).await;
}
