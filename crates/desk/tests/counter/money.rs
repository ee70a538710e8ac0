//! The fee of a filing at the counter: cash and change, transfers, mistakes, money given back, official receipts.

use crate::world::{COPY, World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

fn code<T: std::fmt::Debug>(answer: Result<T, ErrorView>) -> ErrorCode {
    answer.unwrap_err().code
}

fn text(money: &Option<MoneyView>) -> &str {
    money.as_ref().map_or("", |money| &money.text)
}

async fn take(
    world: &World,
    id: &str,
    way: PayWay,
    [amount, given, seen]: [&str; 3],
) -> Result<FeeAccount, ErrorView> {
    let [amount, given, seen] = [amount, given, seen].map(String::from);
    world
        .commands
        .fee_take(id.into(), way, amount, given, seen)
        .await
}

async fn refund(
    world: &World,
    id: &str,
    payment: &PaymentView,
    [amount, reason, seen]: [&str; 3],
) -> Result<FeeAccount, ErrorView> {
    let [amount, reason, seen] = [amount, reason, seen].map(String::from);
    let payment = payment.id.clone();
    world
        .commands
        .fee_refund(id.into(), payment, amount, PayWay::Cash, reason, seen)
        .await
}

async fn row(world: &World, id: &str) -> FilingRow {
    world.commands.filing_get(id.into()).await.unwrap().row
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_is_taken_with_change_and_the_list_says_until_then_that_it_was_not() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await.filing;
    assert!(received.unpaid, "said right after receiving");
    let id = received.id;
    let open = world.commands.fee_get(id.clone()).await.unwrap();
    assert_eq!(
        (open.standing, text(&open.left)),
        (FeeStanding::Unpaid, "10.000 đ")
    );
    let unpaid = || {
        world
            .commands
            .filing_list(FilingFilter::Unpaid, String::new(), 9)
    };
    assert_eq!(unpaid().await.unwrap().len(), 1);
    assert_eq!(world.commands.desk_counts().await.unwrap().unpaid, 1);

    let change = world
        .commands
        .fee_change(id.clone(), String::new(), "200.000".into());
    let change = change.await.unwrap();
    assert_eq!(text(&change.change), "190.000 đ");
    let notes: Vec<_> = change
        .notes
        .iter()
        .map(|n| (n.note.text.as_str(), n.count))
        .collect();
    assert_eq!(notes, [("100.000 đ", 1), ("50.000 đ", 1), ("20.000 đ", 2)]);
    let short = world
        .commands
        .fee_change(id.clone(), String::new(), "5000".into());
    assert_eq!(text(&short.await.unwrap().short), "5.000 đ");

    let paid = take(&world, &id, PayWay::Cash, ["", "200.000", "0"])
        .await
        .unwrap();
    assert_eq!(
        (paid.standing, text(&paid.left)),
        (FeeStanding::Paid, "0 đ")
    );
    assert_eq!(text(&paid.payments[0].change), "190.000 đ");
    assert!(!paid.can_take);
    assert!(!row(&world, &id).await.unpaid);
    assert!(unpaid().await.unwrap().is_empty());
    let told = world
        .commands
        .filing_get(id.clone())
        .await
        .unwrap()
        .time_line;
    let told = told.iter().find(|item| item.code == "fee_taken").unwrap();
    assert_eq!(told.params["amount"], "10.000 đ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_taken_says_why_and_writes_nothing() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let table = [
        (["0", "", "0"], ErrorCode::AmountWrong),
        (["ten", "", "0"], ErrorCode::AmountWrong),
        (["-5.000", "", "0"], ErrorCode::AmountWrong),
        (["10.001", "", "0"], ErrorCode::MoreThanLeft),
        (["10.000", "5.000", "0"], ErrorCode::TooLittleGiven),
        (["10.000", "", "5000"], ErrorCode::FeeMoved),
    ];
    for (typed, wrong) in table {
        assert_eq!(
            code(take(&world, &id, PayWay::Cash, typed).await),
            wrong,
            "{typed:?}"
        );
    }
    let more = take(&world, &id, PayWay::Cash, ["10.001", "", "0"])
        .await
        .unwrap_err();
    assert_eq!(more.params["left"], "10.000 đ");
    take(&world, &id, PayWay::Cash, ["", "", "0"])
        .await
        .unwrap();
    let again = take(&world, &id, PayWay::Cash, ["1.000", "", "10000"]).await;
    assert_eq!(code(again), ErrorCode::FeePaid);
    let (_folder, store) = world.closed().await;
    let taken = journal(&store)
        .into_iter()
        .filter(|body| matches!(body, Body::FeeTaken(_)));
    assert_eq!(taken.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_who_take_one_fee_at_once_take_it_once() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let (one, other) = tokio::join!(
        take(&world, &id, PayWay::Cash, ["", "", "0"]),
        take(&world, &id, PayWay::Cash, ["", "", "0"]),
    );
    let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code, ErrorCode::FeeMoved);
    assert_eq!(
        world.commands.fee_get(id).await.unwrap().paid.text,
        "10.000 đ"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_struck_out_with_its_reason_and_the_fee_is_due_again() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let paid = take(&world, &id, PayWay::Cash, ["", "", "0"])
        .await
        .unwrap();
    let payment = &paid.payments[0];
    let void = |why: &str| {
        world
            .commands
            .fee_void(id.clone(), payment.id.clone(), why.into())
    };
    assert_eq!(code(void("  ").await), ErrorCode::ReasonRequired);
    let struck = void("Nhập nhầm hồ sơ").await.unwrap();
    assert_eq!(struck.standing, FeeStanding::Unpaid);
    assert_eq!(struck.payments[0].standing, PaymentStanding::Voided);
    assert_eq!(struck.payments[0].reason, "Nhập nhầm hồ sơ");
    assert!(
        struck.payments[0].acts.is_empty(),
        "nothing more can be done with it"
    );
    assert!(row(&world, &id).await.unpaid, "the list says so again");
    assert_eq!(code(void("Lần nữa").await), ErrorCode::FeeMoved);
    let back = refund(&world, &id, payment, ["", "Trả lại", "0"]).await;
    assert_eq!(
        code(back),
        ErrorCode::FeeMoved,
        "what never came can't go back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn never_more_goes_back_than_came() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let paid = take(&world, &id, PayWay::Cash, ["", "", "0"])
        .await
        .unwrap();
    let payment = &paid.payments[0];
    let more = refund(&world, &id, payment, ["10.001", "Thu thừa", "10000"])
        .await
        .unwrap_err();
    assert_eq!(more.code, ErrorCode::MoreThanPaid);
    assert_eq!(more.params["most"], "10.000 đ");
    let bare = refund(&world, &id, payment, ["4.000", "", "10000"]).await;
    assert_eq!(code(bare), ErrorCode::ReasonRequired);
    let part = refund(&world, &id, payment, ["4.000", "Thu thừa", "10000"])
        .await
        .unwrap();
    assert_eq!(part.standing, FeeStanding::Part);
    assert_eq!(text(&part.payments[0].refundable), "6.000 đ");
    assert_eq!(part.payments[0].refunds[0].reason, "Thu thừa");
    let stale = refund(&world, &id, payment, ["4.000", "Thu thừa", "10000"]).await;
    assert_eq!(
        code(stale),
        ErrorCode::FeeMoved,
        "a second key on an old screen"
    );
    let void = world
        .commands
        .fee_void(id.clone(), payment.id.clone(), "Nhầm".into())
        .await;
    assert_eq!(code(void), ErrorCode::RefundedBefore);
    let over = refund(&world, &id, payment, ["6.001", "Trả nốt", "6000"]).await;
    assert_eq!(code(over), ErrorCode::MoreThanPaid);
    let all = refund(&world, &id, payment, ["", "Trả nốt", "6000"])
        .await
        .unwrap();
    assert_eq!(
        (all.standing, all.paid.text.as_str()),
        (FeeStanding::Unpaid, "0 đ")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_waits_until_somebody_has_seen_it_on_the_account() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let shown = world.commands.fee_transfer(id.clone(), String::new()).await;
    assert_eq!(
        code(shown),
        ErrorCode::NoPaymentAccount,
        "it says what to set"
    );
    let set = |bank: &str, account: &str, holder: &str| {
        let [bank, account, holder] = [bank, account, holder].map(String::from);
        world.commands.payment_account_set(bank, account, holder)
    };
    let wrong = set("97043", "0123456789", "UBND XÃ EA TUL")
        .await
        .unwrap_err();
    assert_eq!(
        (wrong.code, wrong.params["part"].as_str()),
        (ErrorCode::BankAccountWrong, "bank")
    );
    let account = set("970436", "0123 456 789", "UBND XÃ EA TUL")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (account.bank_name.as_str(), account.account.as_str()),
        ("Vietcombank", "0123456789")
    );

    let shown = world
        .commands
        .fee_transfer(id.clone(), String::new())
        .await
        .unwrap();
    assert_eq!(shown.amount.text, "10.000 đ");
    assert_eq!(shown.purpose, "H15500513 261123 2000");
    assert_eq!(shown.rows.len(), shown.rows[0].len(), "a square code");
    let opened = world
        .commands
        .fee_transfer_open(id.clone(), String::new())
        .await
        .unwrap();
    assert_eq!(opened, PrintOutcome::Printed);
    assert_eq!(world.viewer.0.lock().unwrap().len(), 1);

    let said = take(&world, &id, PayWay::Transfer, ["", "", "0"])
        .await
        .unwrap();
    assert_eq!(said.standing, FeeStanding::Unconfirmed);
    let payment = &said.payments[0];
    let back = refund(&world, &id, payment, ["", "Trả lại", "10000"]).await;
    assert_eq!(code(back), ErrorCode::TransferNotSeen);
    let seen = world
        .commands
        .fee_confirm(id.clone(), payment.id.clone())
        .await
        .unwrap();
    assert_eq!(seen.standing, FeeStanding::Paid);
    let again = world
        .commands
        .fee_confirm(id.clone(), payment.id.clone())
        .await;
    assert_eq!(code(again), ErrorCode::FeeMoved);
    assert_eq!(
        set("", "", "").await.unwrap(),
        None,
        "and there is none any more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_receipts_number_is_noted_and_its_form_is_checked() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let paid = take(&world, &id, PayWay::Cash, ["", "", "0"])
        .await
        .unwrap();
    let payment = paid.payments[0].id.clone();
    let note = |symbol: &str, number: &str, day: &str| {
        let receipt = OfficialReceipt {
            kind: OfficialReceiptKind::Electronic,
            symbol: symbol.into(),
            number: number.into(),
            day: day.into(),
        };
        world
            .commands
            .receipt_number_note(id.clone(), payment.clone(), receipt)
    };
    for (typed, part) in [
        (("1C26TKV", "123456789", ""), "number"),
        (("1C26TKV", "12a", ""), "number"),
        (("", "12", ""), "symbol"),
        (("1C26TKV", "12", "31/11/2026"), "day"),
        (("1C26TKV", "12", "24/11/2026"), "day"),
    ] {
        let wrong = note(typed.0, typed.1, typed.2).await.unwrap_err();
        assert_eq!(wrong.code, ErrorCode::ReceiptNumberWrong);
        assert_eq!(wrong.params["part"], part, "{typed:?}");
    }
    note("1c26tkv", "00000012", "").await.unwrap();
    let noted = note("1C26TKV", "00000013", "22/11/2026").await.unwrap();
    let receipt = noted.payments[0].receipt.clone().unwrap();
    assert_eq!(
        (receipt.number.as_str(), receipt.day.as_str()),
        ("00000013", "2026-11-22")
    );
    let today = noted.payments[0].at.get(..10).unwrap();
    assert_eq!(today, "2026-11-23");
}

#[tokio::test(flavor = "multi_thread")]
async fn form_01_keeps_its_bytes_whatever_happens_to_the_money() {
    let world = World::at_work().await;
    let mut values = filing("Y Sim Niê", "");
    values.procedure = COPY.into();
    values.papers.clear();
    let id = world.receive(values).await.filing.id;
    let before = world
        .commands
        .receipt_picture(id.clone(), 1.0)
        .await
        .unwrap();
    let paid = take(&world, &id, PayWay::Cash, ["", "", "0"])
        .await
        .unwrap();
    let payment = paid.payments[0].id.clone();
    world
        .commands
        .fee_void(id.clone(), payment, "Nhầm".into())
        .await
        .unwrap();
    let after = world
        .commands
        .receipt_picture(id.clone(), 1.0)
        .await
        .unwrap();
    assert!(before == after, "the same picture of the same stored bytes");
    let (_folder, store) = world.closed().await;
    let rendered = journal(&store)
        .into_iter()
        .filter(|body| matches!(body, Body::FormRendered(_)));
    assert_eq!(rendered.count(), 1);
}
