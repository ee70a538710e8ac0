//! What the centre says of who works here, after it came to this PC.

use crate::{
    published::{Said, after},
    world::{HEAD, PASSWORD, World, mrs_nie},
};
use onedoor_desk::dto::*;
use onedoor_protocol::facts::{STAFF, StaffFact};
use uuid::Uuid;

fn word(hlc: u64, clerk: &str, role: &str, state: &str) -> StaffFact {
    StaffFact {
        hlc,
        wall: "2026-11-20T16:00:00.000+07:00".into(),
        clerk: clerk.parse::<Uuid>().unwrap(),
        name: "Y Blô Niê".into(),
        role: role.into(),
        state: state.into(),
    }
}

fn left(hlc: u64, clerk: &str) -> StaffFact {
    word(hlc, clerk, "clerk", StaffFact::LEFT)
}

fn names(state: &AppState) -> Vec<&str> {
    state.staff.iter().map(|card| card.name.as_str()).collect()
}

async fn refused(world: &World, clerk: &str) -> ErrorCode {
    let tried = world
        .commands
        .session_sign_in(clerk.into(), PASSWORD.into());
    tried.await.unwrap_err().code
}

async fn tray(world: &World) -> Vec<(String, String)> {
    let attention = world.commands.sync_state().await.unwrap().attention;
    let said = attention.into_iter().map(|it| {
        let name = it.params.get("name").cloned().unwrap_or_default();
        (it.code, name)
    });
    said.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_signs_in_no_more_and_is_listed_with_the_day() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Blô").await;
    world.sign_in(&clerk).await;
    world.commands.draft_save(mrs_nie()).await.unwrap();
    let keys = world.folder.join("data/keys.json");
    let before = std::fs::read(&keys).unwrap();
    let clock = world.clock.clone();
    let (folder, store) = world.closed().await;
    Said::nothing().fact(STAFF, &left(9, &clerk)).to(&store, 0);
    drop(store);

    // The centre spoke, and the program ended before the key file was written.
    let world = World::over(folder, clock);
    assert_eq!(refused(&world, &clerk).await, ErrorCode::StaffLeft);
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        (state.phase, names(&state)),
        (Phase::SignedOut, vec![HEAD]),
        "and is not offered again"
    );
    assert_eq!(state.gone, [], "locked, nobody is told who worked here");
    assert_eq!(refused(&world, &clerk).await, ErrorCode::BadRequest);
    let code = world.recovery.clone();
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let state = world.commands.app_state().await.unwrap();
    let gone: Vec<_> = state
        .gone
        .iter()
        .map(|it| (&*it.id, &*it.name, &*it.on))
        .collect();
    assert_eq!(gone, [(&*clerk, "Y Blô Niê", "2026-11-20")]);
    let reset = world
        .commands
        .staff_reset(clerk.clone(), PASSWORD.into())
        .await;
    assert_eq!(reset.unwrap_err().code, ErrorCode::StaffLeft);

    // Whoever kept a copy of the key file brings it back.
    std::fs::write(&keys, before).unwrap();
    assert_eq!(refused(&world, &clerk).await, ErrorCode::StaffLeft);
    let recovered = world
        .commands
        .session_recover(clerk.clone(), code, PASSWORD.into());
    assert!(recovered.await.is_err());
    let (_folder, store) = world.closed().await;
    let id = clerk.parse().unwrap();
    let draft = store.read(|reader| reader.draft(id, "receive")).unwrap();
    assert!(
        draft.unwrap().values.contains("Niê"),
        "the draft stays on the disk"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_role_holds_from_the_next_sign_in() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Blô").await;
    let word = word(9, &clerk, "supervisor", StaffFact::ACTIVE);
    let world = after(world, Said::nothing().fact(STAFF, &word)).await;
    let session = world.sign_in(&clerk).await.session.unwrap();
    assert_eq!(
        (session.clerk.role, &*session.clerk.name),
        (StaffRole::Supervisor, "Y Blô Niê")
    );
    assert!(session.permissions.contains(&"manage_staff".to_string()));
    let world = world.restarted().await;
    let state = world.commands.app_state().await.unwrap();
    let card = state.staff.iter().find(|card| card.id == clerk).unwrap();
    assert_eq!(card.role, StaffRole::Supervisor, "the sign-in page says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_who_looks_after_a_machine_stays_until_there_is_another() {
    let world = World::at_work().await;
    let head = world.head().await;
    world.clerk("Y Blô").await;
    let said = Said::nothing().fact(STAFF, &left(9, &head));
    let world = after(world, said).await;
    let kept = ("staff_last".to_string(), "Y Blô Niê".to_string());
    assert_eq!(tray(&world).await, [kept], "with the reason");
    let state = world.commands.app_state().await.unwrap();
    assert_eq!((state.staff.len(), state.gone.len()), (2, 0));
    let session = state.session.unwrap();
    assert_eq!(
        (session.clerk.role, session.left),
        (StaffRole::Supervisor, false),
        "with the role that they had"
    );

    let added = world
        .commands
        .staff_add("Trần Mới".into(), StaffRole::Supervisor, PASSWORD.into());
    let state = added.await.unwrap();
    assert_eq!(names(&state), ["Y Blô", "Trần Mới"], "now it holds");
    assert!(state.session.unwrap().left, "also for who is signed in");
    world.commands.draft_save(mrs_nie()).await.unwrap();
    let find = world.commands.procedure_find("ks".into(), false).await;
    assert_eq!(
        find.unwrap_err().code,
        ErrorCode::StaffLeft,
        "only the draft is kept"
    );
    let state = world.commands.session_lock().await.unwrap();
    let new = state.staff[1].id.clone();
    let state = world.sign_in(&new).await;
    assert_eq!(state.gone.len(), 1);
    assert_eq!(tray(&world).await, []);
    assert_eq!(refused(&world, &head).await, ErrorCode::BadRequest);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_in_charge_who_leave_the_one_named_last_stays() {
    let world = World::at_work().await;
    let head = world.head().await;
    let added = world
        .commands
        .staff_add("Trần Hai".into(), StaffRole::Admin, PASSWORD.into());
    let second = added.await.unwrap().staff[1].id.clone();
    let said = Said::nothing()
        .fact(STAFF, &left(9, &head))
        .fact(STAFF, &word(10, &second, "clerk", StaffFact::ACTIVE));
    let clock = world.clock.clone();
    let (folder, store) = world.closed().await;
    said.to(&store, 0);
    drop(store);
    let world = World::over(folder, clock);
    assert_eq!(refused(&world, &head).await, ErrorCode::StaffLeft);
    let session = world.sign_in(&second).await.session.unwrap();
    assert_eq!(
        session.clerk.role,
        StaffRole::Admin,
        "not made a clerk here"
    );
    world.confirm_clock().await;
    assert_eq!(tray(&world).await.len(), 1);
}
