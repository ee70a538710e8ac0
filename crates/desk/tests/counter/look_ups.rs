//! Papers that no database gave at the counter: listed, settled one by one, told on the filing's page.

use crate::world::{World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

const WHY: &str = "Cơ sở dữ liệu không trả lời";

/// A filing whose only paper could not be looked up.
fn unreachable(name: &str) -> DraftValues {
    DraftValues {
        papers: vec![PaperValue {
            document: "d2".into(),
            state: Some(PaperStateChoice::NotReachable),
            copies: 0,
            reason: WHY.into(),
        }],
        ..filing(name, "")
    }
}

async fn settle(
    world: &World,
    filing: &FilingRow,
    found: LookUpOutcome,
    note: &str,
) -> Result<FilingView, ErrorView> {
    put(world, filing, found, note, None).await
}

/// Settles a paper as a clerk does who saw `instead_of` on the screen.
async fn put(
    world: &World,
    filing: &FilingRow,
    found: LookUpOutcome,
    note: &str,
    instead_of: Option<LookUpOutcome>,
) -> Result<FilingView, ErrorView> {
    let (id, paper) = (filing.id.clone(), "d2".to_string());
    let settled = world
        .commands
        .lookup_settle(id, paper, found, note.into(), instead_of);
    settled.await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_no_database_gave_waits_with_its_reason_until_it_is_found() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let late = world.receive(unreachable("Y Thul")).await.filing;
    let list = world.commands.lookup_list().await.unwrap();
    assert_eq!(list.len(), 1, "the other filing's papers were all there");
    assert_eq!(
        (list[0].filing.as_str(), list[0].code.as_str()),
        (late.id.as_str(), late.code.as_str())
    );
    assert_eq!((list[0].document.as_str(), &*list[0].reason), ("d2", WHY));
    assert_eq!(list[0].applicant, "Y Thul");
    assert_eq!(list[0].procedure.vi, late.title.vi);
    assert_eq!(list[0].received_at, late.received);
    assert!(!list[0].name.vi.is_empty(), "the clerk reads which paper");
    let counts = world.commands.desk_counts().await.unwrap();
    assert_eq!(counts.look_ups, 1);

    let waiting = world.commands.filing_get(late.id.clone()).await.unwrap();
    assert!(waiting.papers[0].waits && waiting.papers[0].looked_up.is_none());
    let answer = settle(&world, &late, LookUpOutcome::Found, "  số 12/2026 ").await;
    let left = world.commands.lookup_list().await.unwrap();
    assert!(left.is_empty(), "nothing waits any more");
    assert_eq!(world.commands.desk_counts().await.unwrap().look_ups, 0);
    let tasks = world
        .commands
        .filing_list(FilingFilter::LookUpLater, String::new(), 50);
    assert!(tasks.await.unwrap().is_empty());

    let view = world.commands.filing_get(late.id.clone()).await.unwrap();
    let paper = &view.papers[0];
    assert_eq!(answer.unwrap().papers[0], *paper, "the answer shows it");
    assert!(!paper.waits);
    assert_eq!(
        paper.state,
        PaperStateChoice::NotReachable,
        "the receipt in the citizen's hand says so, and stays as it is"
    );
    let looked_up = paper.looked_up.as_ref().unwrap();
    assert_eq!(looked_up.outcome, LookUpOutcome::Found);
    assert_eq!(looked_up.note, "số 12/2026");
    let told = view.time_line.last().unwrap();
    assert_eq!(told.code, "looked_up_found");
    assert_eq!(told.params["name"], paper.name.vi);
    assert_eq!(told.who, crate::world::HEAD, "and who did it");
    assert_eq!((&looked_up.at, &looked_up.who), (&told.at, &told.who));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_a_paper_is_said_once() {
    let world = World::at_work().await;
    let late = world.receive(unreachable("Y Thul")).await.filing;
    let none = world.receive(mrs_nie()).await.filing;
    let wrong = settle(&world, &none, LookUpOutcome::Found, "").await;
    assert_eq!(
        wrong.unwrap_err().code,
        ErrorCode::LookUpUnknown,
        "this one was handed in"
    );
    settle(&world, &late, LookUpOutcome::Missing, "")
        .await
        .unwrap();
    settle(&world, &late, LookUpOutcome::Missing, "")
        .await
        .unwrap();
    let other = settle(&world, &late, LookUpOutcome::Found, "").await;
    assert_eq!(
        other.unwrap_err().code,
        ErrorCode::LookUpUnknown,
        "another counter's word is not overwritten"
    );
    let view = world.commands.filing_get(late.id.clone()).await.unwrap();
    let looked_up = view.papers[0].looked_up.as_ref().unwrap();
    assert_eq!(looked_up.outcome, LookUpOutcome::Missing);
    let (_folder, store) = world.closed().await;
    let lines = journal(&store);
    let settled = lines
        .iter()
        .filter(|body| matches!(body, Body::LookUpSettled(_)));
    assert_eq!(settled.count(), 1, "a second press writes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_is_taken_back_by_who_saw_it_and_both_stay_on_record() {
    let world = World::at_work().await;
    let late = world.receive(unreachable("Y Thul")).await.filing;
    settle(&world, &late, LookUpOutcome::Found, "số 12/2026")
        .await
        .unwrap();
    let seen = Some(LookUpOutcome::Found);
    let view = put(&world, &late, LookUpOutcome::Missing, "", seen)
        .await
        .unwrap();
    let looked_up = view.papers[0].looked_up.as_ref().unwrap();
    assert_eq!(looked_up.outcome, LookUpOutcome::Missing);
    assert_eq!(looked_up.note, "", "the note belonged to the other word");
    let told: Vec<&str> = view.time_line.iter().map(|item| &*item.code).collect();
    assert!(
        told.ends_with(&["looked_up_found", "looked_up_missing"]),
        "nothing that was said disappears: {told:?}"
    );
    let wrong = put(&world, &late, LookUpOutcome::Found, "", None).await;
    assert_eq!(
        wrong.unwrap_err().code,
        ErrorCode::LookUpUnknown,
        "a page that still shows it waiting takes nothing back"
    );
    assert_eq!(world.commands.desk_counts().await.unwrap().look_ups, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_wait_in_the_order_in_which_their_filings_are_due_also_after_a_restart() {
    let world = World::at_work().await;
    let head = world.head().await;
    let later = DraftValues {
        procedure: "1.001193".into(),
        papers: vec![PaperValue {
            document: "d2".into(),
            ..unreachable("").papers.remove(0)
        }],
        ..unreachable("Trẻ Sơ Sinh")
    };
    let long = world.receive(later).await.filing;
    let short = world.receive(unreachable("Y Thul")).await.filing;
    assert!(short.due <= long.due);
    let world = world.restarted().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let list = world.commands.lookup_list().await.unwrap();
    let due: Vec<&str> = list.iter().map(|paper| paper.due.as_str()).collect();
    assert_eq!(list.len(), 2);
    assert!(
        due.is_sorted(),
        "what is promised first comes first: {due:?}"
    );
}
