//! The cash of the counter: its float, what comes and goes, the hand-over and the hand-in.

use crate::world::{PASSWORD, World, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;
use std::process::Command;

fn code<T: std::fmt::Debug>(answer: Result<T, ErrorView>) -> ErrorCode {
    answer.unwrap_err().code
}

fn count(notes: &[(&str, &str)]) -> CountTyped {
    let typed = |(note, count): &(&str, &str)| NoteTyped {
        note: (*note).into(),
        count: (*count).into(),
    };
    CountTyped {
        notes: notes.iter().map(typed).collect(),
        sum: String::new(),
    }
}

/// A filing of 10.000 đ whose fee is taken in cash; the payment.
async fn paid(world: &World) -> (String, PaymentView) {
    let id = world.receive(mrs_nie()).await.filing.id;
    let taken = world.commands.fee_take(
        id.clone(),
        PayWay::Cash,
        String::new(),
        String::new(),
        "0".into(),
    );
    let payment = taken.await.unwrap().payments.pop().unwrap();
    (id, payment)
}

async fn opened(world: &World) -> OpenTill {
    let float = count(&[("100000", "1"), ("50000", "2")]);
    let page = world.commands.till_open(float).await.unwrap();
    page.open.unwrap()
}

async fn expected(world: &World) -> String {
    let open = world.commands.till_get().await.unwrap().open.unwrap();
    open.expected.text
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_lie_in_the_till_follows_every_payment_in_cash() {
    let world = World::at_work().await;
    let before = paid(&world).await;
    let open = opened(&world).await;
    assert_eq!(open.float.text, "200.000 đ");
    assert_eq!(
        open.expected.text, "210.000 đ",
        "what was taken before it was opened lies in it"
    );
    let (id, payment) = paid(&world).await;
    assert_eq!(expected(&world).await, "220.000 đ");
    let seen = "10000".to_string();
    let back = world.commands.fee_refund(
        id.clone(),
        payment.id.clone(),
        "4.000".into(),
        PayWay::Cash,
        "Thu thừa".into(),
        seen,
    );
    back.await.unwrap();
    assert_eq!(expected(&world).await, "216.000 đ");
    world
        .commands
        .fee_void(before.0, before.1.id, "Nhầm".into())
        .await
        .unwrap();
    assert_eq!(expected(&world).await, "206.000 đ");
    let transfer = world.receive(mrs_nie()).await.filing.id;
    let by_bank = world.commands.fee_take(
        transfer,
        PayWay::Transfer,
        String::new(),
        String::new(),
        "0".into(),
    );
    by_bank.await.unwrap();
    let page = world.commands.till_get().await.unwrap();
    assert_eq!(
        page.open.unwrap().expected.text,
        "206.000 đ",
        "no bank's money is cash"
    );
    assert_eq!(page.today.waiting.text, "10.000 đ");
    assert_eq!(
        (
            page.today.cash.text.as_str(),
            page.today.cash_back.text.as_str()
        ),
        ("10.000 đ", "4.000 đ")
    );
    let again = world.commands.till_open(count(&[("1000", "1")])).await;
    assert_eq!(code(again), ErrorCode::TillMoved, "one till a counter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_takes_the_till_over_by_the_own_password_and_a_difference_says_why() {
    let world = World::at_work().await;
    let colleague = world.clerk("Y Thul Niê").await;
    opened(&world).await;
    let (id, payment) = paid(&world).await;
    let hand_over = |password: &str, notes: &[(&str, &str)], reason: &str, expected: &str| {
        let typed = count(notes);
        let [password, reason, expected] = [password, reason, expected].map(String::from);
        world
            .commands
            .till_hand_over(colleague.clone(), password, typed, reason, expected)
    };
    let exact: &[(&str, &str)] = &[("200000", "1"), ("10000", "1")];
    let wrong = hand_over("không phải", exact, "", "210000").await;
    assert_eq!(code(wrong), ErrorCode::WrongPassword);
    let stale = hand_over(PASSWORD, exact, "", "200000").await;
    assert_eq!(
        code(stale),
        ErrorCode::TillMoved,
        "a fee was taken since it was shown"
    );
    let short = hand_over(PASSWORD, &[("200000", "1")], " ", "210000")
        .await
        .unwrap_err();
    assert_eq!(short.code, ErrorCode::TillDiffers);
    assert_eq!(short.params["difference"], "-10.000 đ");
    let page = hand_over(PASSWORD, &[("200000", "1")], "Trả nhầm", "210000")
        .await
        .unwrap();
    assert_eq!(page.open.unwrap().holder, "Y Thul Niê");
    let told = &page.last[0].counts[0];
    assert_eq!(
        told.difference.as_ref().unwrap().text,
        "-10.000 đ",
        "never hidden"
    );
    assert_eq!((told.reason.as_str(), told.handed_in), ("Trả nhầm", false));
    let state = world.commands.app_state().await.unwrap();
    assert_ne!(
        state.session.unwrap().clerk.name,
        "Y Thul Niê",
        "nobody is signed in by it"
    );
    let void = world
        .commands
        .fee_void(id.clone(), payment.id, "Nhầm".into())
        .await;
    assert_eq!(
        code(void),
        ErrorCode::CashHandedIn,
        "counted cash goes back as a refund"
    );
    let shown = world
        .commands
        .fee_get(id)
        .await
        .unwrap()
        .payments
        .pop()
        .unwrap();
    assert!(!shown.acts.contains(&PaymentAct::Void) && shown.acts.contains(&PaymentAct::Refund));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hand_in_leaves_a_stored_sheet_and_an_empty_counter() {
    let world = World::at_work().await;
    opened(&world).await;
    paid(&world).await;
    let hand_in = |accountant: &str, notes: &[(&str, &str)]| {
        let typed = count(notes);
        world
            .commands
            .till_hand_in(accountant.into(), typed, String::new(), "210000".into())
    };
    assert_eq!(
        code(hand_in(" ", &[("200000", "1")]).await),
        ErrorCode::NameRequired
    );
    assert_eq!(
        code(hand_in("Bà Tiền", &[("200000", "x")]).await),
        ErrorCode::AmountWrong
    );
    assert_eq!(
        code(hand_in("Bà Tiền", &[("3000", "1")]).await),
        ErrorCode::AmountWrong
    );
    assert_eq!(
        code(hand_in("Bà Tiền", &[("200000", "1")]).await),
        ErrorCode::TillDiffers
    );
    let exact: &[(&str, &str)] = &[("200000", "1"), ("5000", "2")];
    let page = hand_in("Nguyễn Thị Tiền", exact).await.unwrap();
    assert!(page.open.is_none());
    assert_eq!(
        code(hand_in("Nguyễn Thị Tiền", exact).await),
        ErrorCode::TillMoved,
        "once"
    );

    let till = page.last[0].id.clone();
    for _ in 0..2 {
        let opened = world.commands.till_sheet_open(till.clone()).await.unwrap();
        assert_eq!(opened, PrintOutcome::Printed);
    }
    let pdfs = world.viewer.0.lock().unwrap().clone();
    assert_eq!(pdfs[0], pdfs[1], "the stored bytes, by their hash");
    let text = Command::new("pdftotext")
        .arg("-layout")
        .arg(&pdfs[0])
        .arg("-")
        .output();
    let text = String::from_utf8(text.expect("pdftotext of poppler-utils").stdout).unwrap();
    for words in [
        "Nguyễn Thị Tiền",
        "210.000 đ",
        "NGƯỜI NỘP",
        "KẾ TOÁN NHẬN",
        "Quầy 2",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let (_folder, store) = world.closed().await;
    let lines = journal(&store);
    let rendered = lines
        .iter()
        .filter(|body| matches!(body, Body::SlipRendered(_)));
    assert_eq!(rendered.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_counts_its_till_as_one_sum() {
    let world = World::mission("USD").await;
    let page = world.commands.till_get().await.unwrap();
    assert!(page.notes.is_empty());
    let sum = CountTyped {
        notes: Vec::new(),
        sum: "120,50".into(),
    };
    let open = world.commands.till_open(sum).await.unwrap().open.unwrap();
    assert_eq!(open.expected.text, "120,50 USD");
}
