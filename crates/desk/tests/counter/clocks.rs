//! The clock's question after a start.

use crate::world::{World, journal, mrs_nie};
use jiff::SignedDuration;
use onedoor_desk::dto::*;
use onedoor_protocol::journal::{Body, ClockConfirmed};

/// The program starts again after the PC was off for so long, and the supervisor signs in.
async fn after(world: World, off: SignedDuration) -> World {
    let head = world.head().await;
    let world = world.restarted().await;
    world.clock.reboot(off);
    assert_eq!(world.sign_in(&head).await.phase, Phase::ConfirmClock);
    world
}

async fn proposed(world: &World) -> Option<String> {
    let state = world.commands.app_state().await.unwrap();
    state.clock.unwrap().proposed
}

async fn last_confirmed(world: World) -> ClockConfirmed {
    let (_folder, store) = world.closed().await;
    let confirmed = journal(&store)
        .into_iter()
        .rev()
        .find_map(|body| match body {
            Body::ClockConfirmed(line) => Some(*line),
            _ => None,
        });
    confirmed.expect("a confirmation is journaled")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_morning_after_weeks_is_no_doubt() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let world = after(world, SignedDuration::from_hours(24 * 21)).await;
    assert_eq!(proposed(&world).await.as_deref(), Some("2026-12-14T07:31"));
    world.confirm_clock().await;
    let line = last_confirmed(world).await;
    assert_eq!(line.doubt, None, "a long holiday is nothing to explain");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_went_back_is_asked_about_twice_and_journaled() {
    let world = World::at_work().await;
    world.clock.advance(SignedDuration::from_hours(8));
    world.receive(mrs_nie()).await;
    // The PC's battery is dead: it wakes up two days ago.
    let world = after(world, SignedDuration::from_hours(-48)).await;
    assert_eq!(
        proposed(&world).await,
        None,
        "a wrong time is never offered for Enter"
    );
    let confirm = |again| {
        let at = "2026-11-22T10:00".to_string();
        world.commands.session_confirm_clock(at, again)
    };
    let refused = world
        .commands
        .filing_receive(mrs_nie(), false)
        .await
        .unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::ClockNotConfirmed,
        "a number carries its day"
    );
    assert_eq!(
        confirm(false).await.unwrap(),
        ClockAnswer::BehindLastEvent,
        "asked again"
    );
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::ConfirmClock, "nothing was believed yet");
    assert_eq!(
        confirm(true).await.unwrap(),
        ClockAnswer::Confirmed,
        "nobody waits for a supervisor"
    );
    let line = last_confirmed(world).await;
    assert_eq!(line.doubt.as_deref(), Some("behind_last_event"));
    assert_eq!(
        (line.at.as_str(), line.proposed),
        ("2026-11-22T10:00", None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_far_ahead_is_asked_about_twice() {
    let world = World::at_work().await;
    let world = after(world, SignedDuration::from_hours(24 * 40)).await;
    assert_eq!(proposed(&world).await, None);
    let confirm = |again| {
        let at = "2027-01-02T07:31".to_string();
        world.commands.session_confirm_clock(at, again)
    };
    assert_eq!(confirm(false).await.unwrap(), ClockAnswer::FarAhead);
    assert_eq!(confirm(true).await.unwrap(), ClockAnswer::Confirmed);
    assert_eq!(
        last_confirmed(world).await.doubt.as_deref(),
        Some("far_ahead")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_time_corrects_the_clock_for_this_start() {
    let world = World::at_work().await;
    // It wakes up in the last century; the clerk looks at the wall.
    let world = after(world, SignedDuration::from_hours(-24 * 365 * 30)).await;
    let typed = world
        .commands
        .session_confirm_clock("2026-11-24T07:35".into(), false);
    assert_eq!(
        typed.await.unwrap(),
        ClockAnswer::Confirmed,
        "a believable time, asked once"
    );
    let received = world.receive(mrs_nie()).await;
    assert_eq!(
        received.filing.received, "2026-11-24T07:35:00",
        "the paper says the real time"
    );
    assert_eq!(
        received.filing.code, "H15.50.05.13-261124-2000",
        "and the number the real day"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minute_between_enrolling_and_enter_is_no_doubt() {
    let world = World::started().await;
    world.clock.advance(SignedDuration::from_secs(25));
    world
        .commands
        .enrol_by_ticket(crate::world::ticket())
        .await
        .unwrap();
    world.clock.advance(SignedDuration::from_secs(5));
    world.confirm_clock().await;
    assert_eq!(
        last_confirmed(world).await.doubt,
        None,
        "the clock is shown to the minute"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_none_is_refused() {
    let world = World::at_work().await;
    let world = after(world, SignedDuration::from_hours(1)).await;
    for at in ["", "hôm nay", "2026-02-31T07:30"] {
        let refused = world
            .commands
            .session_confirm_clock(at.into(), true)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadRequest, "{at}");
    }
}
