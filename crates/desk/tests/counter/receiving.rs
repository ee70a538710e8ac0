//! From the first start to a numbered filing with its receipt.

use crate::world::{COPY, HEAD, World, filing, journal, mrs_nie, ticket};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_pc_becomes_a_counter_and_receives_a_filing_without_a_network() {
    let world = World::new();
    let commands = &world.commands;
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::FirstStart, "nobody is named yet");
    let first = commands
        .staff_first(HEAD.into(), "một cửa xã".into())
        .await
        .unwrap();
    assert_eq!(first.state.phase, Phase::Enrol, "then it needs an office");
    assert!(
        first.recovery_code.len() > 20,
        "the paper's code is long enough to be safe"
    );
    let state = commands.enrol_by_ticket(ticket()).await.unwrap();
    assert_eq!(state.phase, Phase::ConfirmClock, "then the clock");
    let office = state.office.unwrap();
    assert_eq!(
        (office.place.as_str(), office.counter.as_str()),
        ("Ea Tul", "Quầy 2")
    );
    world.confirm_clock().await;
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::SignedIn, "then work begins");

    let values = mrs_nie();
    commands.draft_save(values.clone()).await.unwrap();
    let check = commands.filing_check(values.clone()).await.unwrap();
    assert_eq!(check.problems, [], "nothing is wrong");
    assert_eq!(
        check.due.unwrap().at,
        "2026-11-23T17:00:00",
        "done on the same day"
    );
    assert_eq!(check.fee.unwrap().amount.unwrap().text, "10.000 đ");
    let received = commands.filing_receive(values, false).await.unwrap();
    assert_eq!(
        received.filing.code, "H15.50.05.13-261123-2000",
        "the first of counter 2"
    );
    assert!(!received.filing.provisional);
    assert!(
        received.receipt_stored,
        "its receipt is durable before anything is printed"
    );
    assert_eq!(
        received.filing.place,
        Place::ThisMachine,
        "and nothing claims it is elsewhere"
    );
    assert_eq!(
        received.draft.values,
        DraftValues::default(),
        "the next draft is empty"
    );

    let second = world.receive(filing("Y Thim Mlô", "066090912345")).await;
    assert_eq!(
        second.filing.code, "H15.50.05.13-261123-2001",
        "numbers follow each other"
    );
    let counts = commands.desk_counts().await.unwrap();
    assert_eq!(
        (counts.today, counts.due_today, counts.not_at_centre),
        (2, 2, 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_received_is_there_after_the_program_starts_again() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    let world = world.restarted().await;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        state.phase,
        Phase::SignedOut,
        "the keys were only in memory"
    );
    let head = world.head().await;
    assert_eq!(world.sign_in(&head).await.phase, Phase::ConfirmClock);
    world.confirm_clock().await;
    let view = world.commands.filing_get(received.filing.id).await.unwrap();
    assert_eq!(view.row.code, received.filing.code);
    assert_eq!(
        view.hash8, received.hash8,
        "the same line of the same chain"
    );
    assert!(view.receipt_stored);
    assert_eq!(view.applicant.name, "H’Len Niê");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_lease_gives_a_provisional_number_that_needs_attention() {
    let world = World::at_work().await;
    // The ticket's numbers begin on this day and end in May.
    world
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 200));
    let received = world.receive(mrs_nie()).await;
    assert!(received.filing.provisional, "no number is invented");
    assert!(
        received.filing.code.starts_with("T-"),
        "{}",
        received.filing.code
    );
    let attention = world.commands.sync_state().await.unwrap().attention;
    let item = attention
        .iter()
        .find(|item| item.code == "provisional_number");
    let item = item.expect("somebody has to see to it");
    assert_eq!(item.params["code"], received.filing.code);
    assert_eq!(item.filing.as_ref(), Some(&received.filing.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn alt_enter_keeps_the_person_for_the_next_filing() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let received = commands.filing_receive(mrs_nie(), true).await.unwrap();
    let next = received.draft.values;
    assert_eq!(next.applicant.name, "H’Len Niê", "typed once");
    assert!(
        !next.applicant.person.is_empty(),
        "and known to the register"
    );
    assert!(next.procedure.is_empty(), "for another matter");
    let kept = commands.draft_get().await.unwrap().values;
    assert_eq!(kept, next, "kept as a draft");
    let second = DraftValues {
        procedure: COPY.into(),
        copies: "3".into(),
        ..next
    };
    commands.filing_receive(second, false).await.unwrap();
    let found = commands.person_find("066190912345".into()).await.unwrap();
    assert_eq!(found.len(), 1, "one person, two filings");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_number_and_name_typed_again_is_the_same_person() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    // Another clerk writes the apostrophe as the keyboard has it, and blanks between the digits.
    world.receive(filing("H'Len Niê", "0661 9091 2345")).await;
    world.receive(filing("Y Thim Mlô", "066090912345")).await;
    let found = world.commands.person_find("h len".into()).await.unwrap();
    assert_eq!(found.len(), 1, "no second entry for one citizen");
    let (_folder, store) = world.closed().await;
    let persons: Vec<_> = journal(&store)
        .into_iter()
        .filter_map(|body| match body {
            Body::FilingReceived(filing) => Some(filing.applicant.person),
            _ => None,
        })
        .collect();
    assert_eq!(persons[0], persons[1], "the register's id is kept");
    assert_ne!(persons[0], persons[2], "somebody else is somebody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_filing_of_the_same_person_for_the_same_procedure_is_shown() {
    let world = World::at_work().await;
    let check = world.commands.filing_check(mrs_nie()).await.unwrap();
    assert!(check.duplicates.is_empty(), "the first is no duplicate");
    let received = world.receive(mrs_nie()).await;
    let check = world.commands.filing_check(mrs_nie()).await.unwrap();
    let codes: Vec<_> = check.duplicates.iter().map(|row| &row.code).collect();
    assert_eq!(
        codes,
        [&received.filing.code],
        "the clerk sees the earlier one"
    );
    assert!(check.problems.is_empty(), "and decides: it never blocks");
    let other = DraftValues {
        procedure: COPY.into(),
        ..mrs_nie()
    };
    let check = world.commands.filing_check(other).await.unwrap();
    assert!(
        check.duplicates.is_empty(),
        "another matter is no duplicate"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_tells_the_day_in_order() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let (_folder, store) = world.closed().await;
    let tags: Vec<String> = journal(&store)
        .iter()
        .map(|body| body.tag().to_string())
        .collect();
    let expected = [
        "workstation_enrolled",
        "staff_added",
        "clock_confirmed",
        "session_opened",
        "filing_received",
        "form_rendered",
    ];
    assert_eq!(
        tags, expected,
        "no act without a line, no line without an act"
    );
    store
        .read(|reader| reader.verify_chain(1))
        .expect("the chain holds");
}
