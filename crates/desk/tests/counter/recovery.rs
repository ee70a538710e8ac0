//! The recovery paper made anew: by whom, what becomes of the old one, and what a fault in between leaves.

use crate::world::{PASSWORD, World, journal};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;
use std::fs;

async fn recovers(world: &World, code: &str, password: &str) -> Result<(), ErrorCode> {
    let head = world.head().await;
    let tried = world
        .commands
        .session_recover(head, code.into(), password.into());
    tried.await.map(|_| ()).map_err(|refused| refused.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_paper_ends_the_old_one_and_is_journaled() {
    let world = World::at_work().await;
    let renewed = world.commands.recovery_new(PASSWORD.into()).await.unwrap();
    assert_ne!(renewed.recovery_code, world.recovery);
    let picture = world
        .commands
        .recovery_picture(renewed.recovery_code.clone(), 1.0);
    picture.await.expect("the new paper can be printed");

    let mut world = world.restarted().await;
    let old = recovers(&world, &world.recovery, PASSWORD).await;
    assert_eq!(
        old,
        Err(ErrorCode::WrongRecoveryCode),
        "a paper that was lost is worth nothing now"
    );
    recovers(&world, &renewed.recovery_code, PASSWORD)
        .await
        .unwrap();
    world.recovery = renewed.recovery_code;

    let (folder, store) = world.closed().await;
    let lines = journal(&store);
    let named = lines.iter().filter_map(|body| match body {
        Body::RecoveryRenewed(renewed) => Some(renewed.slot.to_string()),
        _ => None,
    });
    let named: Vec<String> = named.collect();
    assert_eq!(named.len(), 1, "once: {lines:?}");
    let keys = fs::read_to_string(folder.join("data/keys.json")).unwrap();
    assert!(keys.contains(&named[0]), "the line names the paper's slot");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_paper_needs_the_own_password_and_guesses_are_counted() {
    let world = World::at_work().await;
    for n in 0..4 {
        let wrong = world.commands.recovery_new("không phải".into()).await;
        let refused = wrong.unwrap_err();
        assert_eq!(refused.code, ErrorCode::WrongPassword);
        assert_eq!(refused.params["wait"] != "0", n == 3, "guess {n}");
    }
    let world = world.restarted().await;
    recovers(&world, &world.recovery, PASSWORD)
        .await
        .expect("the old paper still opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_no_recovery_paper() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Ƀliêng Niê").await;
    world.commands.session_lock().await.unwrap();
    world.sign_in(&clerk).await;
    let refused = world
        .commands
        .recovery_new(PASSWORD.into())
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_could_not_be_kept_leaves_the_old_one_in_force() {
    let world = World::at_work().await;
    // Folders stand where the file would be written before it takes its place: the disk refuses, all else goes well.
    let in_the_way = |n: u32| world.folder.join(format!("data/keys.{n}.part"));
    (0..2_000).for_each(|n| fs::create_dir(in_the_way(n)).unwrap());
    let renewed = world.commands.recovery_new(PASSWORD.into()).await;
    let refused = renewed.expect_err("no code is shown for a paper that is not in force");
    assert_eq!(refused.code, ErrorCode::DiskFull);
    (0..2_000).for_each(|n| fs::remove_dir(in_the_way(n)).unwrap());
    let world = world.restarted().await;
    recovers(&world, &world.recovery, PASSWORD).await.unwrap();
}
