//! The guidance sheet: shown, opened, printed, and never kept.

use crate::world::World;
use onedoor_catalogue::national::National;
use onedoor_desk::dto::*;
use std::fs;

/// Land registration: some twenty papers, most of them in one of three cases.
const LAND: &str = "1.013978";

#[tokio::test(flavor = "multi_thread")]
async fn a_guidance_sheet_is_shown_and_opened_and_leaves_no_line() {
    let world = World::at_work().await;
    let before = world.commands.sync_state().await.unwrap().lines_here;
    let commands = &world.commands;
    let all = commands.guidance_picture(LAND.into(), vec![], 0.5).await;
    let all = all.unwrap();
    assert!(all.starts_with(b"\x89PNG"));
    let one = commands.guidance_picture(LAND.into(), vec!["registered".into()], 0.5);
    assert_ne!(one.await.unwrap(), all, "one case has fewer papers");
    let opened = commands.guidance_open(LAND.into(), vec![]).await.unwrap();
    assert_eq!(opened, PrintOutcome::Printed);
    let shown = world.viewer.0.lock().unwrap()[0].clone();
    assert!(fs::read(&shown).unwrap().starts_with(b"%PDF-1."));
    let printed = commands.guidance_print(LAND.into(), vec![]).await.unwrap();
    assert_eq!(printed, PrintOutcome::NoPrinter);
    let after = commands.sync_state().await.unwrap().lines_here;
    assert_eq!(before, after, "asking is no act");
    commands.session_lock().await.unwrap();
    assert!(!shown.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_speaks_english_where_the_screen_does() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let vietnamese = commands.guidance_picture(LAND.into(), vec![], 0.5).await;
    let settings = Settings {
        language: Language::En,
        ..commands.app_state().await.unwrap().settings
    };
    commands.settings_save(settings).await.unwrap();
    let both = commands.guidance_picture(LAND.into(), vec![], 0.5).await;
    assert_ne!(both.unwrap(), vietnamese.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_of_the_nation_that_nobody_worked_out_has_a_sheet_too() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let found = commands.procedure_find("giấy phép".into(), true).await;
    let found = found.unwrap();
    let national = found.hits.iter().find(|hit| !hit.ministry.is_empty());
    let national = national.expect("the nation has permits");
    let sheet = commands.guidance_picture(national.code.clone(), vec![], 0.5);
    assert!(sheet.await.unwrap().starts_with(b"\x89PNG"));
    let none = commands.guidance_picture("9.999999".into(), vec![], 0.5);
    assert_eq!(none.await.unwrap_err().code, ErrorCode::ProcedureUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn ways_that_differ_only_in_a_remark_stand_once_on_the_sheet() {
    // Its page says three times: at the counter, ten days, no word about a fee; each with another remark.
    const THRICE: &str = "1.003777";
    let page = National::shipped().unwrap().details(THRICE).unwrap();
    assert_eq!(page.unwrap().entry.ways.rows.len(), 3);
    let world = World::at_work().await;
    let opened = world.commands.guidance_open(THRICE.into(), vec![]).await;
    assert_eq!(opened.unwrap(), PrintOutcome::Printed);
    let words = world.viewer.words();
    let count = words.matches("10 Ngày").count();
    assert_eq!(count, 1, "rows that read alike puzzle a citizen: {words}");
}
