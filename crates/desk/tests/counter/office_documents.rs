//! What the office sets itself: looked at first, in force from its day on, kept over a restart, taken back.

use crate::world::{COPY, World, journal, mrs_nie};
use jiff::SignedDuration;
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

/// The calendar of an office that has Tuesday 1 December off, beside Culture Day.
const CALENDAR: &str = r#"{
 "version": 7,
 "last_published_year": 2026,
 "weekly_rest": ["saturday", "sunday"],
 "hours": { "morning": ["07:30", "11:30"], "afternoon": ["13:30", "16:30"] },
 "years": [
  { "year": 2026, "published": true,
   "days_off": [
    { "date": "2026-11-24", "name_vi": "Ngày Văn hóa Việt Nam", "name_en": "Culture Day" },
    { "date": "2026-12-01", "name_vi": "Ngày hội của xã", "name_en": "Fair of the commune", "whose": "office" }
   ],
   "makeup_days": []
  }
 ]
}"#;
/// Three working days: residence.
const THREE_DAYS: &str = "1.004222";

async fn due(world: &World) -> DueView {
    let values = DraftValues {
        procedure: THREE_DAYS.into(),
        term: TermValues {
            kind: Some(TermKind::WorkingDays),
            n: "7".into(),
        },
        ..mrs_nie()
    };
    let check = world.commands.filing_check(values).await.unwrap();
    check.due.expect("a known term")
}

async fn set(world: &World, part: OfficePart, text: &str, from: &str) -> Vec<OfficeDocumentView> {
    let set = world
        .commands
        .office_document_set(part, text.into(), from.into());
    set.await.unwrap()
}

async fn refused(world: &World, part: OfficePart, text: &str) -> Vec<(Option<u32>, String)> {
    let check = world.commands.office_document_check(part, text.into());
    let report = check.await.unwrap();
    assert!(!report.ok, "{text}");
    let set = world
        .commands
        .office_document_set(part, text.into(), "2026-11-23".into());
    assert_eq!(set.await.unwrap_err().code, ErrorCode::DocumentWrong);
    let lines = report.lines.into_iter();
    lines.map(|note| (note.line, note.code)).collect()
}

fn in_force(documents: &[OfficeDocumentView], part: OfficePart) -> &OfficeDocumentView {
    let mut of_part = documents.iter().filter(|one| one.part == part);
    of_part
        .find(|one| one.in_force)
        .expect("something always holds")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_counts_from_its_day_of_effect_and_not_before_and_outlives_a_restart() {
    let world = World::at_work().await;
    let before = due(&world).await;
    set(&world, OfficePart::Calendar, CALENDAR, "2026-11-25").await;
    assert_eq!(
        due(&world).await,
        before,
        "today is before its day of effect"
    );

    world.clock.advance(SignedDuration::from_hours(48));
    let after = due(&world).await;
    assert_eq!(after.calendar, 7, "the promise says by which calendar");
    let fair = after.cells.iter().find(|cell| cell.date == "2026-12-01");
    assert_eq!(fair.expect("in the strip").whose, Some(WhoseDay::Office));
    assert!(
        after.at.ends_with("T16:30:00"),
        "and by its hours: {}",
        after.at
    );

    let values = DraftValues {
        procedure: THREE_DAYS.into(),
        ..mrs_nie()
    };
    let received = world.receive(values).await;
    let world = world.restarted().await;
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    assert_eq!(
        due(&world).await.cells,
        after.cells,
        "the same after a restart"
    );
    let view = world.commands.filing_get(received.filing.id).await.unwrap();
    assert_eq!(view.due.unwrap().calendar, 7);
    let documents = world.commands.office_documents().await.unwrap();
    let held = in_force(&documents, OfficePart::Calendar);
    assert_eq!(
        (held.title.as_str(), held.by.as_str()),
        ("7", crate::world::HEAD)
    );
    let year = world.commands.calendar_year(2026).await.unwrap();
    assert_eq!(year.version, 7, "its page shows it too");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_held_before_is_set_again_and_nothing_is_overwritten() {
    let world = World::at_work().await;
    let before = due(&world).await;
    set(&world, OfficePart::Calendar, CALENDAR, "2026-11-23").await;
    assert_ne!(due(&world).await, before);
    let again = world.commands.office_document_again(
        OfficePart::Calendar,
        String::new(),
        "2026-11-23".into(),
    );
    let documents = again.await.unwrap();
    assert_eq!(due(&world).await, before, "what comes with the program");
    assert!(in_force(&documents, OfficePart::Calendar).shipped);
    let seventh = documents
        .iter()
        .find(|one| one.title == "7")
        .expect("still listed");
    let again = world.commands.office_document_again(
        OfficePart::Calendar,
        seventh.id.clone(),
        "2026-11-23".into(),
    );
    let documents = again.await.unwrap();
    assert_eq!(in_force(&documents, OfficePart::Calendar).title, "7");
    assert_eq!(due(&world).await.calendar, 7);
    let (_folder, store) = world.closed().await;
    let lines = journal(&store);
    let sets = lines
        .iter()
        .filter(|body| matches!(body, Body::OfficeDocumentSet(_)));
    assert_eq!(sets.count(), 3, "each is on record");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tariff_sets_what_the_law_leaves_to_the_province() {
    let world = World::at_work().await;
    let copy = DraftValues {
        procedure: COPY.into(),
        copies: "3".into(),
        ..mrs_nie()
    };
    let fee = |check: Check| check.fee.unwrap().amount.map(|amount| amount.minor);
    let check = world.commands.filing_check(copy.clone()).await.unwrap();
    assert_eq!(fee(check).as_deref(), Some("24000"));
    let tariff = r#"{
 "version": 2, "office": "Ea Tul",
 "lines": [
  { "procedure": "2.000635", "item": "f1", "amount": 5000, "per": "copy", "ground": "NQ 12/2026/NQ-HĐND" }
 ]
}"#;
    let report = world
        .commands
        .office_document_check(OfficePart::Tariff, tariff.into())
        .await
        .unwrap();
    assert_eq!(report.title, "2 · Ea Tul");
    assert_eq!(report.changes[0].code, "fee_new");
    assert_eq!(report.changes[0].params["is"], "5.000 đ");
    set(&world, OfficePart::Tariff, tariff, "2026-11-24").await;
    let check = world.commands.filing_check(copy.clone()).await.unwrap();
    assert_eq!(fee(check).as_deref(), Some("24000"), "not before its day");
    world.clock.advance(SignedDuration::from_hours(24));
    let check = world.commands.filing_check(copy).await.unwrap();
    assert_eq!(fee(check).as_deref(), Some("15000"));
    let shown = world.commands.procedure_get(COPY.into()).await.unwrap().fee;
    assert_eq!(shown.each.unwrap().minor, "5000", "the page says the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_documents_are_named_at_their_lines_and_change_nothing() {
    let world = World::at_work().await;
    let before = due(&world).await;
    let twice = CALENDAR
        .replace("2026-12-01", "2026-11-24")
        .replace(", \"whose\": \"office\"", "");
    let found = refused(&world, OfficePart::Calendar, &twice).await;
    assert_eq!(found, [(Some(10), "day_twice".to_string())]);
    let tariff =
        |line: &str| format!("{{\"version\": 1, \"office\": \"x\", \"lines\": [\n{line}\n]}}");
    let table = [
        (
            r#"{"procedure": "2.000635", "amount": -1, "ground": "x"}"#,
            "below_zero",
        ),
        (
            r#"{"procedure": "2.000635", "amount": 1.5, "ground": "x"}"#,
            "amount",
        ),
        (
            r#"{"procedure": "9.999999", "amount": 1, "ground": "x"}"#,
            "unknown_procedure",
        ),
        (
            r#"{"procedure": "2.000635", "item": "f9", "amount": 1, "ground": "x"}"#,
            "unknown_item",
        ),
        (
            r#"{"procedure": "2.000635", "amount": 1, "currency": "XXX", "ground": "x"}"#,
            "currency",
        ),
        (r#"{"procedure": "2.000635", "amount": 1}"#, "shape"),
    ];
    for (line, code) in table {
        let found = refused(&world, OfficePart::Tariff, &tariff(line)).await;
        assert_eq!(found, [(Some(2), code.to_string())], "{line}");
    }
    let found = refused(&world, OfficePart::Tariff, CALENDAR).await;
    assert_eq!(found, [(None, "other_part".to_string())]);
    for part in [OfficePart::Calendar, OfficePart::Tariff, OfficePart::Units] {
        let found = refused(&world, part, "not JSON").await;
        assert_eq!(found, [(Some(1), "shape".to_string())], "{part:?}");
    }
    for from in ["", "2026-02-30", "23/11/2026", "2126-01-01"] {
        let set =
            world
                .commands
                .office_document_set(OfficePart::Calendar, CALENDAR.into(), from.into());
        assert_eq!(
            set.await.unwrap_err().code,
            ErrorCode::DocumentWrong,
            "{from}"
        );
    }
    assert_eq!(due(&world).await, before);
    let documents = world.commands.office_documents().await.unwrap();
    assert_eq!(documents.len(), 4, "only what comes with the program");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_list_of_communes_is_looked_at_then_finds_the_new_ones_from_its_day_on() {
    let world = World::at_work().await;
    let list = r#"{"effective":"2026-12-01","meta":{"decree":"NQ 1"},
        "provinces":[{"code":"48","name":"Đà Nẵng","type":"thành phố"}],
        "communes":[{"code":"20260","name":"Cẩm Lệ","type":"phường","province":"48"},
                    {"code":"20261","name":"Cẩm Mới","type":"phường","province":"48"}]}"#;
    let report = world
        .commands
        .office_document_check(OfficePart::Units, list.into())
        .await
        .unwrap();
    assert_eq!(
        (report.title.as_str(), report.from.as_deref()),
        ("NQ 1", Some("2026-12-01"))
    );
    assert_eq!(
        report.lines[0].code, "no_history",
        "old addresses would stay"
    );
    assert_eq!(report.changes[0].params["count"], "2");
    assert_eq!(report.changes[1].code, "commune_new");
    assert!(report.more > 3000, "all others would go: {}", report.more);
    set(&world, OfficePart::Units, list, "2026-12-01").await;
    let find = || world.commands.address_find("cam moi".into());
    let texts = |hits: Vec<AddressHit>| hits.into_iter().any(|hit| hit.text.contains("Cẩm Mới"));
    assert!(!texts(find().await.unwrap()), "not before its day");
    world.clock.advance(SignedDuration::from_hours(8 * 24));
    assert!(texts(find().await.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_cannot_be_read_any_more_is_named_and_nothing_stops() {
    let world = World::at_work().await;
    let before = due(&world).await;
    set(&world, OfficePart::Calendar, CALENDAR, "2026-11-23").await;
    let blobs = world.folder.join("data/blobs");
    for folder in std::fs::read_dir(blobs).unwrap().flatten() {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            std::fs::write(file.path(), b"rotten").unwrap();
        }
    }
    let world = world.restarted().await;
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let after = due(&world).await;
    assert_eq!((after.at, after.calendar), (before.at, before.calendar));
    let documents = world.commands.office_documents().await.unwrap();
    let held = in_force(&documents, OfficePart::Calendar);
    assert!(held.damaged, "the page says which");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_sees_what_holds_and_sets_nothing() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Blô").await;
    world.sign_in(&clerk).await;
    assert_eq!(world.commands.office_documents().await.unwrap().len(), 4);
    let set = world.commands.office_document_set(
        OfficePart::Calendar,
        CALENDAR.into(),
        "2026-11-23".into(),
    );
    assert_eq!(set.await.unwrap_err().code, ErrorCode::NotAllowed);
}
