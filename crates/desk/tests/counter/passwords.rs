//! Signing in: guessing is slowed and never locks anybody out; the paper helps who forgot; roles are kept.

use crate::world::{HEAD, PASSWORD, World, mrs_nie};
use jiff::SignedDuration;
use onedoor_desk::dto::*;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_wrong_passwords_cost_time_and_lock_nobody_out() {
    let world = World::at_work().await;
    let head = world.head().await;
    world.commands.session_lock().await.unwrap();
    let mut waits = Vec::new();
    for _ in 0..50 {
        let wrong = world
            .commands
            .session_sign_in(head.clone(), "không phải".into());
        let error = wrong.await.unwrap_err();
        assert_eq!(error.code, ErrorCode::WrongPassword);
        waits.push(error.params["wait"].parse::<u64>().unwrap());
    }
    assert_eq!(waits[..3], [0, 0, 0], "a slip or two costs nothing");
    assert!(waits[3] > 0, "then each guess waits");
    let early = world
        .commands
        .session_sign_in(head.clone(), PASSWORD.into());
    let early = early.await.unwrap_err();
    assert_eq!(
        early.code,
        ErrorCode::WrongPassword,
        "not even the right one before the wait is over"
    );
    let wait: i64 = early.params["wait"].parse().unwrap();
    assert!(
        (1..=30).contains(&wait),
        "never longer than half a minute: {wait}"
    );
    world.clock.advance(SignedDuration::from_secs(wait));
    let state = world.sign_in(&head).await;
    assert_eq!(state.phase, Phase::SignedIn, "and then the right one opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wait_doubles_up_to_half_a_minute() {
    let world = World::at_work().await;
    let head = world.head().await;
    world.commands.session_lock().await.unwrap();
    let mut waits = Vec::new();
    for _ in 0..10 {
        let wrong = world
            .commands
            .session_sign_in(head.clone(), "không phải".into());
        let wait = wrong.await.unwrap_err().params["wait"]
            .parse::<i64>()
            .unwrap();
        waits.push(wait);
        world.clock.advance(SignedDuration::from_secs(wait));
    }
    assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 30, 30, 30]);
    world.sign_in(&head).await;
    world.commands.session_lock().await.unwrap();
    let wrong = world.commands.session_sign_in(head, "không phải".into());
    let wait = &wrong.await.unwrap_err().params["wait"];
    assert_eq!(wait, "0", "who got in begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_paper_gives_a_new_password() {
    let world = World::at_work().await;
    let head = world.head().await;
    let world = world.restarted().await;
    let recover = |code: String, password: &str| {
        world
            .commands
            .session_recover(head.clone(), code, password.into())
    };
    let wrong = recover("0000-0000-0000-0000".into(), "mật khẩu mới")
        .await
        .unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongRecoveryCode);
    let short = recover(world.recovery.clone(), "ngắn").await.unwrap_err();
    assert_eq!(short.code, ErrorCode::PasswordTooShort, "also here");
    let state = recover(world.recovery.clone(), "mật khẩu mới")
        .await
        .unwrap();
    assert_eq!(
        state.phase,
        Phase::ConfirmClock,
        "the paper opens the store"
    );
    world.confirm_clock().await;
    world.commands.session_lock().await.unwrap();
    let old = world
        .commands
        .session_sign_in(head.clone(), PASSWORD.into());
    assert_eq!(
        old.await.unwrap_err().code,
        ErrorCode::WrongPassword,
        "the old one is gone"
    );
    let new = world
        .commands
        .session_sign_in(head.clone(), "mật khẩu mới".into());
    assert_eq!(new.await.unwrap().phase, Phase::SignedIn);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_has_eight_characters_at_least() {
    let world = World::new();
    let first =
        |name: &str, password: &str| world.commands.staff_first(name.into(), password.into());
    let short = first(HEAD, "đủđủđủđ").await.unwrap_err();
    assert_eq!(
        short.code,
        ErrorCode::PasswordTooShort,
        "seven characters, fourteen bytes"
    );
    assert_eq!(
        short.params["min"], "8",
        "as the page says beside the field"
    );
    let nameless = first("  ", PASSWORD).await.unwrap_err();
    assert_eq!(nameless.code, ErrorCode::NameRequired);
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        state.phase,
        Phase::FirstStart,
        "nothing was made by a refusal"
    );
    first(HEAD, "đủđủđủđủ").await.unwrap();
    let again = first("Kẻ Khác", PASSWORD).await.unwrap_err();
    assert_eq!(
        again.code,
        ErrorCode::AlreadyStarted,
        "nobody takes a store over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_who_may_not_is_told_who_may() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Ƀliêng Niê").await;
    let added = world
        .commands
        .staff_add("Quản Trị".into(), StaffRole::Admin, PASSWORD.into());
    let staff = added.await.unwrap().staff;
    let admin = staff.iter().find(|card| card.name == "Quản Trị").unwrap();
    world.commands.session_lock().await.unwrap();
    world.sign_in(&clerk).await;
    let own = world
        .commands
        .staff_add("Bạn Tôi".into(), StaffRole::Supervisor, PASSWORD.into());
    let refused = own.await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert_eq!(
        refused.params["who"], "supervisor,admin",
        "the page can say whom to ask"
    );
    world.receive(mrs_nie()).await;
    world.commands.session_lock().await.unwrap();
    world.sign_in(&admin.id).await;
    let peek = world.commands.find("Niê".into()).await.unwrap_err();
    assert_eq!(
        peek.code,
        ErrorCode::NotAllowed,
        "who looks after machines sees no citizen"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_read_before_somebody_signs_in() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    let world = world.restarted().await;
    let commands = &world.commands;
    for name in ["draft_get", "desk_counts", "sync_items"] {
        let refused = commands
            .call(name, serde_json::json!({}))
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotSignedIn, "{name}");
    }
    let refused = commands.filing_get(received.filing.id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotSignedIn);
    let sync = commands.sync_state().await.unwrap();
    assert_eq!(
        sync.link,
        Link::Locked,
        "and the page says that nothing is sent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_resets_a_clerks_password() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Ƀliêng Niê").await;
    world
        .commands
        .staff_reset(clerk.clone(), "đặt lại rồi".into())
        .await
        .unwrap();
    world.commands.session_lock().await.unwrap();
    let old = world
        .commands
        .session_sign_in(clerk.clone(), PASSWORD.into());
    assert_eq!(old.await.unwrap_err().code, ErrorCode::WrongPassword);
    let new = world.commands.session_sign_in(clerk, "đặt lại rồi".into());
    let session = new.await.unwrap().session.unwrap();
    assert_eq!(session.clerk.name, "Y Ƀliêng Niê");
}
