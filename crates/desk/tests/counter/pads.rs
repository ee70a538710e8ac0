//! Paper hours: numbers on sheets printed ahead, typed in when the power is back.

use crate::world::{World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

async fn reserve(world: &World, count: u32) -> Vec<PadView> {
    world.commands.pad_reserve(count).await.unwrap()
}

fn on_paper(pad: &PadView, received: &str) -> DraftValues {
    DraftValues {
        pad: pad.code.clone(),
        received_on_paper: received.into(),
        ..mrs_nie()
    }
}

async fn problems(world: &World, values: DraftValues) -> Vec<(String, String)> {
    let check = world.commands.filing_check(values).await.unwrap();
    let notes = check.problems.into_iter();
    notes.map(|note| (note.field, note.code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn reserved_numbers_are_nobody_elses_also_after_a_restart() {
    let world = World::at_work().await;
    let first = world.receive(mrs_nie()).await.filing.code;
    let pads = reserve(&world, 3).await;
    let codes: Vec<_> = pads.iter().map(|pad| pad.code.clone()).collect();
    assert_eq!(first, "H15.50.05.13-261123-2000");
    assert_eq!(
        codes,
        ["2001", "2002", "2003"].map(|n| format!("H15.50.05.13-261123-{n}")),
        "the next of the day"
    );
    assert!(pads.iter().all(|pad| pad.state == PadState::Blank));
    let numbers: Vec<_> = pads.iter().map(|pad| pad.form_number).collect();
    assert_eq!(numbers, [2, 3, 4], "with the form's own numbers");
    assert_eq!(world.next_number().await, "H15.50.05.13-261123-2004");
    let world = world.restarted().await;
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    assert_eq!(
        world.next_number().await,
        "H15.50.05.13-261123-2005",
        "and after the power is back"
    );
    let more = reserve(&world, 1).await;
    assert_eq!(more[0].code, "H15.50.05.13-261123-2006");
    let listed = world.commands.pad_list().await.unwrap();
    assert_eq!(listed.len(), 4, "every sheet is listed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_typed_in_with_its_number_and_the_time_on_it() {
    let world = World::at_work().await;
    let pads = reserve(&world, 2).await;
    // Half past two in the afternoon: the power was gone for the morning.
    world.clock.advance(jiff::SignedDuration::from_hours(7));
    let copy = DraftValues {
        procedure: "1.004873".into(),
        papers: Vec::new(),
        ..on_paper(&pads[1], "23/11/2026 09:40")
    };
    assert_eq!(problems(&world, copy.clone()).await, []);
    let received = world.receive(copy).await;
    assert_eq!(
        received.filing.code, pads[1].code,
        "the number that the citizen has in hand"
    );
    assert_eq!(received.filing.received, "2026-11-23T09:40:00");
    assert_eq!(
        received.due.received, "2026-11-23T09:40:00",
        "counted from the time on paper"
    );
    assert_eq!(
        &received.due.at[..10],
        "2026-11-27",
        "three working days; the 24th is a holiday"
    );
    let listed = world.commands.pad_list().await.unwrap();
    let used = listed.iter().find(|pad| pad.code == pads[1].code).unwrap();
    assert_eq!(
        (used.state, used.filing.as_ref()),
        (PadState::Used, Some(&received.filing.id))
    );
    let (_folder, store) = world.closed().await;
    let line = journal(&store).into_iter().find_map(|body| match body {
        Body::FilingReceived(filing) => Some(*filing),
        _ => None,
    });
    let line = line.unwrap();
    assert_eq!(line.form_number, pads[1].form_number);
    assert_eq!(
        line.details.entered.as_deref(),
        Some("2026-11-23T14:30:00"),
        "and when it was typed in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_same_day_matter_written_after_the_cut_off_is_due_the_next_working_day_whenever_it_is_typed_in()
 {
    let world = World::at_work().await;
    let pads = reserve(&world, 2).await;
    world.clock.advance(jiff::SignedDuration::from_hours(9));
    let morning = world.receive(on_paper(&pads[0], "23/11/2026 09:00")).await;
    let evening = world.receive(on_paper(&pads[1], "23/11/2026 15:30")).await;
    assert_eq!(&morning.due.at[..10], "2026-11-23", "it came in time");
    assert_eq!(&evening.due.at[..10], "2026-11-25");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_serves_once_and_a_spoilt_one_never() {
    let world = World::at_work().await;
    let pads = reserve(&world, 3).await;
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    let time = "23/11/2026 08:00";
    world.receive(on_paper(&pads[0], time)).await;
    assert_eq!(
        problems(&world, on_paper(&pads[0], time)).await,
        [("pad".into(), "pad_used".into())]
    );
    let twice = world
        .commands
        .filing_receive(on_paper(&pads[0], time), false)
        .await;
    assert_eq!(
        twice.unwrap_err().code,
        ErrorCode::FieldsWrong,
        "one sheet, one filing"
    );

    let void =
        |pad: &PadView, reason: &str| world.commands.pad_void(pad.code.clone(), reason.into());
    assert_eq!(
        void(&pads[1], "  ").await.unwrap_err().code,
        ErrorCode::ReasonRequired
    );
    let listed = void(&pads[1], "Rách").await.unwrap();
    let voided = listed.iter().find(|pad| pad.code == pads[1].code).unwrap();
    assert_eq!(
        (voided.state, voided.reason.as_str()),
        (PadState::Voided, "Rách")
    );
    assert_eq!(
        problems(&world, on_paper(&pads[1], time)).await,
        [("pad".into(), "pad_used".into())]
    );
    assert_eq!(
        void(&pads[1], "Lại").await.unwrap_err().code,
        ErrorCode::PadUnknown,
        "once is enough"
    );
    assert_eq!(
        void(&pads[0], "Sai").await.unwrap_err().code,
        ErrorCode::PadUnknown,
        "a filing has that number"
    );
    let first = listed.first().unwrap();
    assert_eq!(
        (first.state, &first.code),
        (PadState::Blank, &pads[2].code),
        "blank ones stand first"
    );
    assert_eq!(
        world.next_number().await,
        "H15.50.05.13-261123-2003",
        "a voided number is not given again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_time_or_sheet_is_said_at_its_field() {
    let world = World::at_work().await;
    let pads = reserve(&world, 1).await;
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    let at = |received: &str| on_paper(&pads[0], received);
    let wrong_time = |code: &str| vec![("received_on_paper".to_string(), code.to_string())];
    assert_eq!(problems(&world, at("")).await, wrong_time("required"));
    assert_eq!(
        problems(&world, at("hôm qua")).await,
        wrong_time("not_a_time")
    );
    assert_eq!(
        problems(&world, at("23/11/2026 23:00")).await,
        wrong_time("in_future")
    );
    assert_eq!(
        problems(&world, at("20/11/2026 08:00")).await,
        wrong_time("other_day"),
        "its number is of the 23rd"
    );
    let unknown = DraftValues {
        pad: "H15.50.05.13-261123-2999".into(),
        ..at("23/11/2026 08:00")
    };
    assert_eq!(
        problems(&world, unknown).await,
        [("pad".into(), "unknown_pad".into())]
    );
    let without = DraftValues {
        pad: String::new(),
        ..at("20/11/2026 08:00")
    };
    assert_eq!(
        problems(&world, without.clone()).await,
        [],
        "written on a plain sheet, last Friday"
    );
    let received = world.receive(without).await;
    assert_eq!(
        received.filing.code, "H15.50.05.13-261123-2001",
        "then it gets a number of today"
    );
    let long_ago = DraftValues {
        pad: String::new(),
        ..at("20/11/2016 08:00")
    };
    assert_eq!(problems(&world, long_ago).await, wrong_time("too_long_ago"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_are_opened_to_be_printed_and_only_blank_ones() {
    let world = World::at_work().await;
    let pads = reserve(&world, 2).await;
    let codes: Vec<_> = pads.iter().map(|pad| pad.code.clone()).collect();
    let opened = world.commands.pad_open(codes.clone()).await.unwrap();
    assert_eq!(opened, PrintOutcome::Printed);
    let shown = world.viewer.0.lock().unwrap().clone();
    let pdf = std::fs::read(shown.last().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF"), "a PDF for the viewer");
    world
        .commands
        .pad_void(codes[0].clone(), "Rách".into())
        .await
        .unwrap();
    let refused = world.commands.pad_open(codes).await;
    assert_eq!(
        refused.unwrap_err().code,
        ErrorCode::PadUnknown,
        "a voided sheet is not printed again"
    );
    let none = world.commands.pad_open(Vec::new()).await;
    assert_eq!(none.unwrap_err().code, ErrorCode::PadUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_numbers_reserves_nothing_at_all() {
    let world = World::at_work().await;
    for count in [0, 101, u32::MAX] {
        let refused = world.commands.pad_reserve(count).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest, "{count}");
    }
    // The ticket's numbers end in May.
    world
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 200));
    let refused = world.commands.pad_reserve(5).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NumbersUsedUp);
    assert_eq!(world.commands.pad_list().await.unwrap(), []);
    let received = world.receive(filing("Y Thim Mlô", "066090912345")).await;
    assert!(received.filing.provisional, "receiving goes on");
}
