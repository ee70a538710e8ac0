//! Putting a received filing right: the number and the time stay, the receipt is drawn anew, both papers are kept.

use crate::catalogue::birth;
use crate::world::{COPY, PASSWORD, World, filing, journal, mrs_nie};
use jiff::SignedDuration;
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;
use std::fs;

async fn begin(world: &World, filing: &str) -> DraftValues {
    let opened = world.commands.correct_begin(filing.into()).await.unwrap();
    opened.values
}

fn because(mut values: DraftValues, reason: &str) -> DraftValues {
    values.correcting.as_mut().unwrap().reason = reason.into();
    values
}

async fn list(world: &World, words: &str) -> Vec<FilingRow> {
    let found = world
        .commands
        .filing_list(FilingFilter::All, words.into(), 9);
    found.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_is_put_right_and_both_papers_are_kept() {
    let world = World::at_work().await;
    let given = world.receive(mrs_nie()).await.filing;
    let half = filing("Y Bhiông Kbuôr", "");
    world.commands.draft_save(half.clone()).await.unwrap();

    let mut values = begin(&world, &given.id).await;
    assert_eq!(
        (
            values.applicant.name.as_str(),
            values.applicant.birth.as_str()
        ),
        ("H’Len Niê", "15/03/1990"),
        "it stands as it was typed"
    );
    let papers: Vec<_> = values
        .papers
        .iter()
        .map(|paper| (&*paper.document, paper.copies))
        .collect();
    assert_eq!(papers, [("d2", 2)]);
    values.applicant.name = "H’Lên Niê Kdăm".into();
    values.applicant.phone = "0905 999 888".into();
    let twice = world.commands.filing_receive(values.clone(), false).await;
    assert_eq!(
        twice.unwrap_err().code,
        ErrorCode::BadRequest,
        "never received a second time"
    );
    let mute = world.commands.filing_correct(values.clone()).await;
    assert_eq!(mute.unwrap_err().code, ErrorCode::ReasonRequired);

    world.clock.advance(SignedDuration::from_mins(30));
    let values = because(values, "Ghi sai tên");
    world.commands.draft_save(values.clone()).await.unwrap();
    let done = world.commands.filing_correct(values).await.unwrap();
    assert_eq!(done.filing.code, given.code, "the number stays");
    assert_eq!(
        done.filing.received, given.received,
        "and when it was received"
    );
    assert_eq!(done.filing.applicant, "H’Lên Niê Kdăm");
    assert_eq!(
        done.draft.values.applicant.name, half.applicant.name,
        "what was being typed is back"
    );
    assert_eq!(list(&world, "h len nie kdam").await.len(), 1);
    assert_eq!(list(&world, "0905999888").await.len(), 1);
    assert!(
        list(&world, "0905123456").await.is_empty(),
        "found by what it says now"
    );
    assert_eq!(list(&world, &given.code).await.len(), 1);

    world.commands.receipt_open(given.id.clone()).await.unwrap();
    let paper = world.viewer.words();
    assert!(
        paper.contains("H’Lên Niê Kdăm") && paper.contains(&given.code),
        "{paper}"
    );
    assert!(
        paper.contains("thay cho giấy đã cấp trước, sửa lúc 08:00 ngày 23/11/2026"),
        "{paper}"
    );
    let view = world.commands.filing_get(given.id.clone()).await.unwrap();
    assert_eq!(view.superseded.len(), 1);
    let before = view.superseded[0].sha256.clone();
    world
        .commands
        .receipt_open_before(given.id.clone(), before)
        .await
        .unwrap();
    let old = world.viewer.words();
    assert!(
        old.contains("H’Len Niê") && !old.contains("thay cho"),
        "{old}"
    );
    let none = world
        .commands
        .receipt_open_before(given.id, "00".repeat(32))
        .await;
    assert_eq!(none.unwrap_err().code, ErrorCode::PaperElsewhere);

    let told = view
        .time_line
        .iter()
        .find(|item| item.code == "corrected")
        .unwrap();
    assert_eq!(told.params["reason"], "Ghi sai tên");
    let changed: Vec<_> = told
        .changes
        .iter()
        .map(|change| (change.what, &*change.before, &*change.after))
        .collect();
    assert_eq!(
        changed,
        [
            (Changed::Name, "H’Len Niê", "H’Lên Niê Kdăm"),
            (Changed::Phone, "0905123456", "0905999888")
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_procedure_is_promised_for_its_own_day_from_the_same_hour() {
    let world = World::at_work().await;
    let given = world.receive(mrs_nie()).await.filing;
    let mut values = begin(&world, &given.id).await;
    // A certificate of marital status: three working days.
    values.procedure = "1.004873".into();
    values.papers = Vec::new();
    // Typed in the evening; still it was received in the morning.
    world.clock.advance(SignedDuration::from_mins(9 * 60));
    let done = world
        .commands
        .filing_correct(because(values, "Chọn nhầm thủ tục"))
        .await
        .unwrap();
    assert_eq!(done.filing.procedure, "1.004873");
    assert_eq!(
        done.filing.due, "2026-11-27T17:00:00",
        "three working days from Monday, with Tuesday a holiday"
    );
    let (_folder, store) = world.closed().await;
    let bodies = journal(&store);
    let corrected = bodies.iter().find_map(|body| match body {
        Body::FilingCorrected(now) => Some(now),
        _ => None,
    });
    let corrected = &corrected.unwrap().corrected;
    assert_eq!(corrected.code.as_deref(), Some(given.code.as_str()));
    assert_eq!(corrected.form_number, 1, "the form's own number stays too");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_overtaken_is_told_and_a_correction_that_is_left_changes_nothing() {
    let world = World::at_work().await;
    let head = world.head().await;
    let clerk = world.clerk("Y Sim Kbuôr").await;
    let given = world.receive(mrs_nie()).await.filing;
    let mine = because(begin(&world, &given.id).await, "Tôi sửa");
    world.sign_in(&clerk).await;
    let theirs = because(begin(&world, &given.id).await, "Bạn sửa");
    world.commands.filing_correct(theirs).await.unwrap();
    world.sign_in(&head).await;
    let late = world.commands.filing_correct(mine).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::FilingMoved);

    let again = world.commands.draft_get().await.unwrap().values;
    assert_eq!(again.correcting.map(|it| it.filing), Some(given.id.clone()));
    let empty = world.commands.draft_clear().await.unwrap();
    assert_eq!(
        empty.values,
        DraftValues::default(),
        "F4 leaves the correction"
    );
    let before = world.commands.filing_get(given.id.clone()).await.unwrap();
    begin(&world, &given.id).await;
    let left = world.commands.correct_end().await.unwrap();
    assert!(left.values.correcting.is_none());
    let after = world.commands.filing_get(given.id.clone()).await.unwrap();
    assert_eq!(
        (before.hash8, before.superseded.len()),
        (after.hash8, after.superseded.len())
    );

    let away = world.commands.filing_act(
        given.id.clone(),
        FilingAct::Withdraw,
        "Thôi".into(),
        "received".into(),
    );
    away.await.unwrap();
    let ended = world.commands.correct_begin(given.id).await;
    assert_eq!(
        ended.unwrap_err().code,
        ErrorCode::FilingMoved,
        "what is over is not put right"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_a_crash_left_without_its_paper_shows_it_when_it_is_asked_for() {
    let world = World::at_work().await;
    let head = world.head().await;
    let given = world.receive(mrs_nie()).await.filing;
    let mut values = because(begin(&world, &given.id).await, "Ghi sai tên");
    values.applicant.name = "H’Lên Niê".into();
    let blobs = world.folder.join("data").join("blobs");
    let aside = world.folder.join("aside");
    fs::rename(&blobs, &aside).unwrap();
    fs::write(&blobs, b"").unwrap();
    let done = world.commands.filing_correct(values).await.unwrap();
    assert!(!done.receipt_stored, "the page is told");
    fs::remove_file(&blobs).unwrap();
    fs::rename(&aside, &blobs).unwrap();
    let world = world.restarted().await;
    world
        .commands
        .session_sign_in(head, PASSWORD.into())
        .await
        .unwrap();
    world.confirm_clock().await;
    world.commands.receipt_open(given.id).await.unwrap();
    assert!(
        world.viewer.words().contains("H’Lên Niê"),
        "never the paper of before"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn own_fields_cases_and_who_handed_it_in_come_back_as_they_were_typed() {
    let world = World::at_work().await;
    let mut typed = birth("01/11/2026");
    typed.cases = vec!["authorised".into()];
    typed.behalf = Some(BehalfValues {
        submitter: mrs_nie().applicant,
        authority: "Giấy ủy quyền 12/2026".into(),
    });
    let given = world.receive(typed.clone()).await.filing;
    let opened = begin(&world, &given.id).await;
    assert_eq!(opened.cases, typed.cases);
    assert_eq!(opened.fields, typed.fields);
    let name = |values: &DraftValues| values.behalf.as_ref().map(|it| it.submitter.name.clone());
    assert_eq!(name(&opened), name(&typed));
    let check = world.commands.filing_check(opened).await.unwrap();
    assert_eq!(check.problems, [], "it is as right as it was");
    assert_eq!(check.duplicates, [], "it is no duplicate of itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_that_was_paid_follows_what_is_put_right() {
    let world = World::at_work().await;
    let given = world.receive(mrs_nie()).await.filing;
    let id = given.id.clone();
    let [amount, cash, seen] = ["", "10.000", "0"].map(String::from);
    let paid = world
        .commands
        .fee_take(id.clone(), PayWay::Cash, amount, cash, seen);
    assert_eq!(paid.await.unwrap().standing, FeeStanding::Paid);
    let mut values = begin(&world, &id).await;
    // A copy from the register: 8.000 each, and three of them.
    values.procedure = COPY.into();
    values.copies = "3".into();
    values.papers = Vec::new();
    let done = world
        .commands
        .filing_correct(because(values, "Chọn nhầm thủ tục"));
    assert!(done.await.unwrap().filing.unpaid, "the rest is asked for");
    let account = world.commands.fee_get(id.clone()).await.unwrap();
    let text = |money: &Option<MoneyView>| money.as_ref().map(|money| money.text.clone());
    assert_eq!(text(&account.due).as_deref(), Some("24.000 đ"));
    assert_eq!(
        text(&account.left).as_deref(),
        Some("14.000 đ"),
        "what was paid stays paid"
    );
    assert_eq!(account.standing, FeeStanding::Part);
    let view = world.commands.filing_get(id).await.unwrap();
    let told = view
        .time_line
        .iter()
        .find(|item| item.code == "corrected")
        .unwrap();
    let fee = told
        .changes
        .iter()
        .find(|change| change.what == Changed::Fee)
        .unwrap();
    assert_eq!((&*fee.before, &*fee.after), ("10.000 đ", "24.000 đ"));
}
