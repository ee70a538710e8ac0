//! Joining an office: what is refused before anything is sent, and the office's name on the sign-in page.

use crate::world::{World, ticket, ticket_of};
use onedoor_desk::dto::*;
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_without_tls_is_refused_unless_it_is_on_this_machine() {
    let world = World::started().await;
    for centre in [
        "http://10.0.0.5:8080",
        "http://dichvucong.example/",
        "ftp://a.example",
    ] {
        let request = EnrolByCode {
            centre: centre.into(),
            code: "12345678".into(),
        };
        let refused = world.commands.enrol_by_code(request).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CentreNotSecure, "{centre}");
    }
    let by_ticket = world
        .commands
        .enrol_by_ticket(ticket_of("http://10.0.0.5:8080"));
    let refused = by_ticket.await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CentreNotSecure);
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::Enrol, "nothing was joined by a refusal");
    let own = EnrolByCode {
        centre: "http://localhost:9".into(),
        code: "12345678".into(),
    };
    let tried = world.commands.enrol_by_code(own).await.unwrap_err();
    assert_eq!(
        tried.code,
        ErrorCode::CentreUnreachable,
        "on this machine it is tried; nobody listens there"
    );
    world.commands.enrol_by_ticket(ticket()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_names_the_office_before_any_key_is_there() {
    let world = World::at_work().await;
    let unlocked = world.commands.app_state().await.unwrap().office;
    let head = world.head().await;
    let world = world.restarted().await;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::SignedOut);
    assert!(unlocked.is_some());
    assert_eq!(state.office, unlocked, "the same as after signing in");

    let label = world.folder.join("data/office.json");
    for harm in ["", "{", "[]", "\"Ea Tul\""] {
        fs::write(&label, harm).unwrap();
        let state = world.commands.app_state().await.unwrap();
        assert_eq!(state.office, None, "a damaged label is no label: {harm}");
    }
    let state = world.sign_in(&head).await;
    assert_eq!(state.office, unlocked, "the truth comes from the store");
    let world = world.restarted().await;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(state.office, unlocked, "and is kept anew");
}
