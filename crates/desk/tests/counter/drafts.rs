//! What is typed is never lost.

use crate::world::{World, mrs_nie};
use onedoor_desk::dto::*;

fn only(name: &str) -> DraftValues {
    let mut values = DraftValues::default();
    values.applicant.name = name.into();
    values
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_kept_as_it_was_typed() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let first = commands.draft_get().await.unwrap();
    assert_eq!(
        (first.values, first.kept_at),
        (DraftValues::default(), None)
    );
    let mut typed = DraftValues::default();
    // Field by field, half words and wrong dates included.
    let steps: [fn(&mut DraftValues); 5] = [
        |draft| draft.applicant.name = "H’Le".into(),
        |draft| draft.applicant.birth = "31/02/1990".into(),
        |draft| draft.applicant.id_number = "06619".into(),
        |draft| draft.content = "  hai  dấu cách ".into(),
        |draft| draft.sets = "x".into(),
    ];
    for step in steps {
        step(&mut typed);
        let kept = commands.draft_save(typed.clone()).await.unwrap();
        assert_eq!(kept.values, typed, "kept to the letter");
        assert!(kept.kept_at.is_some(), "and the page can say when");
    }
    assert_eq!(commands.draft_get().await.unwrap().values, typed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_survives_a_lock_another_clerk_and_a_restart() {
    let world = World::at_work().await;
    let head = world.head().await;
    let clerk = world.clerk("Y Ƀliêng Niê").await;
    world
        .commands
        .draft_save(only("của lãnh đạo"))
        .await
        .unwrap();
    world.commands.session_lock().await.unwrap();
    let locked = world.commands.draft_get().await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::NotSignedIn, "locked means locked");

    world.sign_in(&clerk).await;
    let theirs = world.commands.draft_get().await.unwrap();
    assert_eq!(
        theirs.values,
        DraftValues::default(),
        "a clerk sees only the own draft"
    );
    world.commands.draft_save(only("của cán bộ")).await.unwrap();
    world.commands.session_lock().await.unwrap();
    world.sign_in(&head).await;
    let own = world.commands.draft_get().await.unwrap();
    assert_eq!(own.values, only("của lãnh đạo"), "each has their own");

    let world = world.restarted().await;
    world.sign_in(&clerk).await;
    world.confirm_clock().await;
    let kept = world.commands.draft_get().await.unwrap();
    assert_eq!(
        kept.values,
        only("của cán bộ"),
        "also after the program ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cleared_draft_can_be_brought_back_once() {
    let world = World::at_work().await;
    let commands = &world.commands;
    commands.draft_save(mrs_nie()).await.unwrap();
    let cleared = commands.draft_clear().await.unwrap();
    assert_eq!(cleared.values, DraftValues::default());
    assert!(cleared.can_undo, "a slip of the hand costs nothing");
    let back = commands.draft_undo().await.unwrap();
    assert_eq!(back.values, mrs_nie(), "everything is back");
    assert!(!back.can_undo);
    commands.draft_clear().await.unwrap();
    commands.draft_save(only("người sau")).await.unwrap();
    let too_late = commands.draft_undo().await.unwrap();
    assert_eq!(
        too_late.values,
        only("người sau"),
        "undo never overwrites what was typed since"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_this_pc_are_kept_and_nonsense_is_refused() {
    let world = World::new();
    let settings = world.commands.app_state().await.unwrap().settings;
    assert_eq!(
        (settings.language, settings.zoom),
        (Language::Vi, 100),
        "the defaults"
    );
    let wanted = Settings {
        language: Language::En,
        theme: Theme::Contrast,
        zoom: 175,
        paper: PaperChoice::A4TwoUp,
        printer: "ipp://localhost:631/printers/quay-2".into(),
        sounds: false,
        reader: String::new(),
    };
    world.commands.settings_save(wanted.clone()).await.unwrap();
    for zoom in [99, 201] {
        let wrong = Settings {
            zoom,
            ..wanted.clone()
        };
        let refused = world.commands.settings_save(wrong).await.unwrap_err();
        assert_eq!(
            refused.code,
            ErrorCode::BadRequest,
            "a screen at {zoom} % is of no use"
        );
    }
    let world = world.restarted().await;
    let kept = world.commands.app_state().await.unwrap().settings;
    assert_eq!(kept, wanted, "there before anybody signs in");
}
