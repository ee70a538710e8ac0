//! A store that can't be used: it is explained, and every file of it stays.

use crate::world::{HEAD, PASSWORD, Viewer, World, desk, mrs_nie};
use onedoor_desk::{Commands, dto::*};
use onedoor_testkit::temp::Folder;
use std::{fs, path::Path, sync::Arc};

/// A closed store with one filing in it; its folder, clock and supervisor.
async fn closed() -> (Folder, onedoor_testkit::clock::FakeClock, String) {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let head = world.head().await;
    let clock = world.clock.clone();
    let (folder, store) = world.closed().await;
    drop(store);
    (folder, clock, head)
}

async fn damage_on_sign_in(world: &World, head: &str) -> Damage {
    let tried = world
        .commands
        .session_sign_in(head.into(), PASSWORD.into())
        .await;
    let error = tried.unwrap_err();
    assert_eq!(error.code, ErrorCode::StoreDamaged);
    assert_eq!(
        error.reference.len(),
        8,
        "something to read over the telephone"
    );
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::Damaged, "the window explains it");
    state.damage.unwrap()
}

fn whole(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_database_is_kept_and_explained() {
    for keep in [10, 4096, 4096 * 7, 4096 * 3 + 100] {
        let (folder, clock, head) = closed().await;
        let path = folder.join("data").join("onedoor.db");
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(keep).unwrap();
        drop(file);
        let before = whole(&path);
        let world = World::over(folder, clock);
        let damage = damage_on_sign_in(&world, &head).await;
        assert!(
            matches!(damage.kind, DamageKind::Damaged | DamageKind::ForeignStore),
            "{keep} bytes: {:?}",
            damage.kind
        );
        let kept = ["keys.json", "onedoor.db", "blobs"];
        assert_eq!(damage.kept, kept, "the page names what is safe");
        assert_eq!(whole(&path), before, "{keep} bytes: not a byte was changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_workstation_is_not_opened() {
    let (folder, clock, head) = closed().await;
    let other = World::started().await;
    let (other_folder, store) = other.closed().await;
    drop(store);
    let (theirs, ours) = (
        other_folder.join("data").join("onedoor.db"),
        folder.join("data").join("onedoor.db"),
    );
    fs::copy(&theirs, &ours).unwrap();
    let world = World::over(folder, clock);
    let damage = damage_on_sign_in(&world, &head).await;
    assert_eq!(damage.kind, DamageKind::ForeignStore);
    assert_eq!(whole(&ours), whole(&theirs), "and not changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_database_is_told_apart_from_a_first_start() {
    let (folder, clock, head) = closed().await;
    let path = folder.join("data").join("onedoor.db");
    fs::rename(&path, folder.join("elsewhere.db")).unwrap();
    let world = World::over(folder, clock);
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        state.phase,
        Phase::SignedOut,
        "no new store is offered over the old keys"
    );
    let damage = damage_on_sign_in(&world, &head).await;
    assert_eq!(damage.kind, DamageKind::Missing);
    assert!(!path.exists(), "and none was made");
    let again = world.commands.staff_first(HEAD.into(), PASSWORD.into());
    assert_eq!(again.await.unwrap_err().code, ErrorCode::AlreadyStarted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_on_the_same_folder_is_refused() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let second = desk(
        &world.folder,
        &world.clock,
        &Arc::new(Viewer::default()),
        None,
    );
    let second = Commands(second);
    let state = second.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::Damaged);
    let damage = state.damage.unwrap();
    assert_eq!(
        damage.kind,
        DamageKind::InUse,
        "it says that another one is open"
    );
    let head = world.head().await;
    let tried = second
        .session_sign_in(head, PASSWORD.into())
        .await
        .unwrap_err();
    assert_eq!(tried.code, ErrorCode::StoreBusy);
    let received = world.receive(mrs_nie()).await;
    assert_eq!(
        received.filing.code, "H15.50.05.13-261123-2001",
        "the first goes on undisturbed"
    );
}
