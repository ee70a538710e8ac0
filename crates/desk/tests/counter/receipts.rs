//! The stored receipt: there before anything is printed, whole after a full disk, in the clear only while it is shown.

use crate::world::{World, filing, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_testkit::temp::Folder;
use std::{fs, path::Path};

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_shown_and_opened_from_a_folder_that_a_lock_empties() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    let id = received.filing.id;
    let picture = world
        .commands
        .receipt_picture(id.clone(), 1.0)
        .await
        .unwrap();
    assert!(picture.starts_with(b"\x89PNG"), "a picture for the window");
    let outcome = world.commands.receipt_open(id.clone()).await.unwrap();
    assert_eq!(outcome, PrintOutcome::Printed);
    let shown = world.viewer.0.lock().unwrap().clone();
    let pdf = fs::read(&shown[0]).unwrap();
    assert!(pdf.starts_with(b"%PDF-1."), "the stored PDF itself");
    let view = world.commands.filing_get(id).await.unwrap();
    let codes: Vec<_> = view
        .time_line
        .iter()
        .map(|item| item.code.as_str())
        .collect();
    assert_eq!(
        codes,
        ["received", "form_rendered", "opened"],
        "the time line says so"
    );
    world.commands.session_lock().await.unwrap();
    assert!(
        !shown[0].exists(),
        "nothing stays in the clear after a lock"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn printing_without_a_printer_says_so_and_journals_nothing() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    let id = received.filing.id;
    let outcome = world.commands.receipt_print(id.clone()).await.unwrap();
    assert_eq!(outcome, PrintOutcome::NoPrinter);
    assert!(
        world.commands.printer_list().await.unwrap().is_empty(),
        "no print service, no failure"
    );
    let settings = Settings {
        printer: "ipp://127.0.0.1:9/printers/none".into(),
        ..world.commands.app_state().await.unwrap().settings
    };
    world.commands.settings_save(settings).await.unwrap();
    let outcome = world.commands.receipt_print(id.clone()).await.unwrap();
    assert_eq!(
        outcome,
        PrintOutcome::Unreachable,
        "a printer that does not answer"
    );
    let view = world.commands.filing_get(id).await.unwrap();
    let printed = view.time_line.iter().any(|item| item.code == "printed");
    assert!(!printed, "what was not printed is not called printed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_is_typed_also_when_it_is_wrong() {
    let world = World::at_work().await;
    let before = world.commands.sync_state().await.unwrap().lines_here;
    let drafts = [
        DraftValues::default(),
        mrs_nie(),
        filing(&"Ê\u{0}".repeat(5_000), "12"),
    ];
    for values in drafts {
        let picture = world
            .commands
            .receipt_preview(values, PaperChoice::A5, 0.5)
            .await
            .unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
    }
    let after = world.commands.sync_state().await.unwrap().lines_here;
    assert_eq!(before, after, "a preview is no act");
    assert_eq!(
        world.next_number().await,
        "H15.50.05.13-261123-2000",
        "and takes no number"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_could_not_be_stored_is_announced_and_rendered_later() {
    let world = World::at_work().await;
    // A file where the folder of blobs should be: no receipt can be stored, as on a broken disk.
    let blobs = world.folder.join("data").join("blobs");
    let aside = world.folder.join("aside");
    fs::rename(&blobs, &aside).unwrap();
    fs::write(&blobs, b"").unwrap();
    let received = world
        .commands
        .filing_receive(mrs_nie(), false)
        .await
        .unwrap();
    assert!(!received.receipt_stored, "the page is told");
    assert_eq!(
        received.filing.code, "H15.50.05.13-261123-2000",
        "the filing is safe and numbered"
    );
    let attention = world.commands.sync_state().await.unwrap().attention;
    assert_eq!(attention[0].code, "receipt_missing");
    assert_eq!(attention[0].params["code"], received.filing.code);

    fs::remove_file(&blobs).unwrap();
    fs::rename(&aside, &blobs).unwrap();
    let mend = || {
        let desk = world.desk.clone();
        tokio::task::spawn_blocking(move || desk.mend().map_err(|error| error.view()))
    };
    assert_eq!(mend().await.unwrap().unwrap(), 1, "one was missing");
    assert_eq!(mend().await.unwrap().unwrap(), 0, "and is no more");
    let attention = world.commands.sync_state().await.unwrap().attention;
    assert!(attention.is_empty(), "nothing needs a person");
    let view = world.commands.filing_get(received.filing.id).await.unwrap();
    assert!(view.receipt_stored);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_starts_after_the_same_crash_render_the_same_bytes() {
    let world = World::at_work().await;
    let head = world.head().await;
    let blobs = world.folder.join("data").join("blobs");
    fs::remove_dir(&blobs).unwrap();
    fs::write(&blobs, b"").unwrap();
    let received = world.receive(mrs_nie()).await;
    assert!(
        !received.receipt_stored,
        "the numbered filing has no receipt yet"
    );
    fs::remove_file(&blobs).unwrap();
    let clock = world.clock.clone();
    let (folder, store) = world.closed().await;
    drop(store);
    let twin = Folder::new();
    copy(&folder.join("data"), &twin.join("data"));

    let mut names = Vec::new();
    for folder in [folder, twin] {
        let world = World::over(folder, clock.clone());
        world.sign_in(&head).await;
        world.confirm_clock().await;
        let desk = world.desk.clone();
        let mend = move || desk.mend().map_err(|error| error.view());
        tokio::task::spawn_blocking(mend).await.unwrap().unwrap();
        let view = world
            .commands
            .filing_get(received.filing.id.clone())
            .await
            .unwrap();
        assert_eq!(
            (view.hash8, view.receipt_stored),
            (received.hash8.clone(), true)
        );
        names.push(files(&world.folder.join("data").join("blobs")));
    }
    assert_eq!(names[0].len(), 1, "one receipt each");
    // A blob's file is named by a keyed hash of its bytes; both folders have the same key.
    assert_eq!(names[0], names[1], "byte for byte the same paper");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Names of the files in the folders of a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = |folder: &Path| {
        let read = fs::read_dir(folder).unwrap();
        read.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    let files = entries(folder)
        .into_iter()
        .flat_map(|folder| entries(&folder));
    files
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}
