//! What a filing costs, from what is typed: steps, grounds for paying less, late reports, typed amounts.

use crate::{
    catalogue::{BIRTH, FLAT, MARITAL, birth, check, codes, last_line, of},
    world::World,
};
use onedoor_desk::dto::*;

/// Certified copies: so much a page, with a cap.
const CERTIFIED_COPIES: &str = "2.000815";
/// Temporary residence: exemptions.
const RESIDENCE: &str = "1.004194";

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_copy_cost_in_steps_and_a_wrong_count_is_said_at_its_field() {
    let world = World::at_work().await;
    let view = world
        .commands
        .procedure_get(CERTIFIED_COPIES.into())
        .await
        .unwrap();
    assert_eq!(view.asks, [FeeAsk::Copies, FeeAsk::Pages]);
    let with = |pages: &str, copies: &str| DraftValues {
        copies: copies.into(),
        fee: FeeValues {
            pages: pages.into(),
            ..FeeValues::default()
        },
        ..of(CERTIFIED_COPIES)
    };
    let silent = check(&world, with("", "2")).await;
    let fee = silent.fee.unwrap();
    assert_eq!(
        (fee.amount, fee.gaps),
        (None, vec!["pages".to_string()]),
        "no number is invented"
    );
    let fee = check(&world, with("5", "2")).await.fee.unwrap();
    assert_eq!(
        fee.amount.unwrap().minor,
        "14000",
        "2 copies of 2 × 2,000 and 3 × 1,000"
    );
    assert_eq!(fee.lines.len(), 2, "each step is a line");
    for (pages, code) in [
        ("-1", "number_range"),
        ("năm", "not_a_number"),
        ("1.5", "not_a_number"),
        ("999999999999", "number_range"),
    ] {
        let wrong = check(&world, with(pages, "1")).await;
        assert_eq!(codes(&wrong.problems), [("fee.pages", code)], "{pages}");
    }
    let refused = world.commands.filing_receive(with("-1", "1"), false).await;
    assert_eq!(
        refused.unwrap_err().code,
        ErrorCode::FieldsWrong,
        "below zero is never received"
    );
    world.receive(with("5", "2")).await;
    let fee = last_line(world).await.fee;
    assert_eq!(fee.amount.as_deref(), Some("14000"));
    let lines: Vec<_> = fee
        .lines
        .iter()
        .map(|line| (line.count, line.amount.as_str()))
        .collect();
    assert_eq!(
        lines,
        [(4, "8000"), (6, "6000")],
        "the line keeps what the sum is made of"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ground_for_paying_less_is_chosen_and_stands_in_the_line() {
    let world = World::at_work().await;
    let view = world
        .commands
        .procedure_get(RESIDENCE.into())
        .await
        .unwrap();
    assert!(view.exemptions.len() > 1);
    let exempt = |id: &str| DraftValues {
        fee: FeeValues {
            exemption: id.into(),
            ..FeeValues::default()
        },
        ..of(RESIDENCE)
    };
    let full = check(&world, of(RESIDENCE)).await.fee.unwrap();
    assert_eq!(
        full.amount.unwrap().minor,
        "15000",
        "at the counter, not online"
    );
    let less = check(&world, exempt("x1")).await.fee.unwrap();
    assert_eq!(less.amount.unwrap().minor, "0");
    assert_eq!(less.lines[0].note, "exempt");
    let wrong = check(&world, exempt("x99")).await.problems;
    assert_eq!(codes(&wrong), [("fee.exemption", "not_a_choice")]);
    world.receive(exempt("x1")).await;
    let line = last_line(world).await;
    assert_eq!(
        line.fee.exemption, view.exemptions[0].ground.vi,
        "in the law's words"
    );
    assert_eq!(line.fee.amount.as_deref(), Some("0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_birth_reported_in_time_is_free_a_late_one_and_extracts_cost() {
    let world = World::at_work().await;
    let unknown = check(&world, of(BIRTH)).await.fee.unwrap();
    assert_eq!(
        unknown.gaps,
        ["event_date"],
        "without the day nobody can tell"
    );
    let in_time = check(&world, birth("01/11/2026")).await.fee.unwrap();
    assert_eq!(in_time.amount.unwrap().minor, "0");
    let late = check(&world, birth("01/02/2026")).await.fee.unwrap();
    assert_eq!(
        (late.amount, late.gaps),
        (None, vec!["set_by_province".to_string()])
    );
    let mut extracts = birth("01/11/2026");
    extracts.fee.requested.insert("f2".into(), "3".into());
    let fee = check(&world, extracts.clone()).await.fee.unwrap();
    assert_eq!(
        fee.amount.unwrap().minor,
        "24000",
        "three extracts of 8,000"
    );
    world.receive(extracts).await;
    let fee = last_line(world).await.fee;
    assert_eq!(
        (fee.kind.as_str(), fee.amount.as_deref()),
        ("flat", Some("24000")),
        "no paper says that it was free"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_the_province_sets_is_typed_or_stays_unknown() {
    let world = World::at_work().await;
    let typed = |amount: &str| DraftValues {
        fee: FeeValues {
            amount: amount.into(),
            ..FeeValues::default()
        },
        ..of(MARITAL)
    };
    let view = world.commands.procedure_get(MARITAL.into()).await.unwrap();
    assert_eq!(view.asks, [FeeAsk::Amount]);
    let fee = check(&world, typed("")).await.fee.unwrap();
    assert_eq!(
        (fee.amount, fee.gaps),
        (None, vec!["set_by_province".to_string()])
    );
    for (amount, minor) in [
        ("15000", "15000"),
        ("15.000", "15000"),
        ("15.000 đ", "15000"),
        ("0", "0"),
    ] {
        let fee = check(&world, typed(amount)).await.fee.unwrap();
        assert_eq!(fee.amount.unwrap().minor, minor, "{amount}");
        assert_eq!(fee.gaps, Vec::<String>::new());
    }
    for (amount, code) in [
        ("-15000", "number_range"),
        ("15.00", "not_a_number"),
        ("mười", "not_a_number"),
        ("999999999999999999999", "number_range"),
    ] {
        let wrong = check(&world, typed(amount)).await.problems;
        assert_eq!(codes(&wrong), [("fee.amount", code)], "{amount}");
    }
    world.receive(typed("15.000")).await;
    let fee = last_line(world).await.fee;
    assert_eq!(
        (fee.kind.as_str(), fee.amount.as_deref()),
        ("set_by_province", Some("15000"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pages_amount_is_the_fee_of_its_filing() {
    let world = World::at_work().await;
    let view = world.commands.procedure_get(FLAT.into()).await.unwrap();
    let fee = check(&world, of(FLAT)).await.fee.unwrap();
    let amount = fee.amount.unwrap();
    let digits: String = view.fee_text.chars().filter(char::is_ascii_digit).collect();
    assert!(
        digits.starts_with(&amount.minor),
        "{} is of {}",
        amount.minor,
        view.fee_text
    );
}
