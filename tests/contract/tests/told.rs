//! What the centre's operator tells an office comes to its PCs: messages, leases, calendars, catalogues, staff, the
//! centre's next key.

use std::sync::Arc;

use jiff::civil::date;
use onedoor_central::Word;
use onedoor_contract::{
    bare::{Bare, RouterWire},
    centre::Centre,
    counter::{self, CLERK, PASSWORD, filing},
    pc::Pc,
};
use onedoor_desk::dto::{ErrorCode, OfficePart, StaffRole, SyncState};
use onedoor_domain::access::Role;
use onedoor_protocol::{
    facts::{Hours, PolicyFact},
    hello::Standing,
};
use onedoor_testkit::{clock::FakeClock, temp::Folder};

/// The nation's pages as they ship: more than a megabyte.
const NATIONAL: &[u8] = include_bytes!("../../../assets/catalogue/national.bin");
/// The Tuesday after is off, as no shipped calendar has it.
const CALENDAR: &str = r#"{
 "version": 7,
 "last_published_year": 2026,
 "weekly_rest": ["saturday", "sunday"],
 "hours": { "morning": ["07:30", "11:30"], "afternoon": ["13:30", "16:30"] },
 "years": [
  { "year": 2026, "published": true,
   "days_off": [ { "date": "2026-11-24", "name_vi": "Ngày hội", "name_en": "Fair" } ],
   "makeup_days": []
  }
 ]
}"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_says_is_shown_and_taken_into_use() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let data = folder.join("pc");
    let mut pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    let central = &centre.central;

    let text = "Từ thứ Ba nhận hồ sơ đất đai tại quầy 2.";
    let sent = central.send_message("eatul", "Văn phòng UBND tỉnh", text);
    sent.await.unwrap();
    assert!(central.send_message("eatul", "x", " ").await.is_err());
    assert!(central.send_message("nowhere", "x", "y").await.is_err());
    pc.state_until(|state| state.unread == 1).await;
    let list = pc.commands.message_list().await.unwrap();
    assert_eq!(
        (&*list[0].text, &*list[0].from, list[0].read),
        (text, "Văn phòng UBND tỉnh", false)
    );
    assert!(list[0].at.starts_with("2026-11-23T"), "{}", list[0].at);
    let read = pc.commands.message_read(list[0].id.clone()).await.unwrap();
    assert!(read[0].read);

    let all = central.workstations().await.unwrap();
    let active = all.iter().find(|it| it.standing == Standing::Active);
    let ws = active.unwrap().ws;
    let before = pc.commands.sync_state().await.unwrap().numbers_until;
    let lease = central.renew_lease(ws, 300).await.unwrap();
    assert!(central.renew_lease(ws, 0).await.is_err());
    assert_ne!(before.as_ref(), Some(&lease.valid_to));
    pc.state_until(|state| state.numbers_until.as_ref() == Some(&lease.valid_to))
        .await;

    let night = Hours {
        from: "17:00".into(),
        to: "07:00".into(),
    };
    let hours = |scans| PolicyFact {
        scans,
        keep_days: None,
    };
    let no_hours = Hours {
        to: "17:00".into(),
        ..night.clone()
    };
    assert!(
        central
            .set_policy("eatul", hours(Some(no_hours)))
            .await
            .is_err()
    );
    central
        .set_policy("eatul", hours(Some(night)))
        .await
        .unwrap();
    pc.state_until(|state| state.scan_hours.is_some()).await;
    // Not before the engine was told, however busy the machine is.
    pc.commands.sync_pause(false).await.unwrap();
    let code = pc.receive("H'Hen Niê").await;
    assert!(code.ends_with("-1000"), "the same numbers: {code}");
    let night = |state: &SyncState| state.filings_at_centre == 1 && state.lines_here == 0;
    let waits = pc.state_until(night).await;
    assert_eq!(
        waits.papers_here, 1,
        "the receipt's PDF waits for the night, its filing went"
    );
    central.set_policy("eatul", hours(None)).await.unwrap();
    pc.state_until(|state| state.papers_here == 0).await;

    let from = date(2026, 11, 23);
    let wrong = central.publish_calendar("eatul", b"{".to_vec(), from, "7");
    assert!(wrong.await.is_err(), "no document");
    let document = CALENDAR.as_bytes().to_vec();
    let published = central.publish_calendar("eatul", document, from, "Lịch tỉnh");
    published.await.unwrap();
    let held = pc.eventually(async |commands| {
        let documents = commands.office_documents().await.unwrap();
        let set = documents
            .into_iter()
            .find(|it| it.part == OfficePart::Calendar && it.by_centre);
        set.filter(|it| it.in_force && !it.awaited)
    });
    assert_eq!(held.await.title, "Lịch tỉnh");
    let year = pc.commands.calendar_year(2026).await.unwrap();
    assert!(format!("{year:?}").contains("Ngày hội"), "its days count");
    let state = pc.commands.sync_state().await.unwrap();
    assert!(state.attention.is_empty(), "{:?}", state.attention);

    // Published by hand, and nonsense: named, and nothing changes.
    central
        .publish("eatul", "lease", r#"{"ws":1}"#)
        .await
        .unwrap();
    let named = |state: &SyncState| {
        let mut items = state.attention.iter();
        items.any(|it| it.code == "fact_refused" && it.params["kind"] == "lease")
    };
    let after = pc.state_until(named).await;
    assert_eq!(after.numbers_until, Some(lease.valid_to));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_catalogue_comes_in_parts_and_half_a_one_is_named() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let data = folder.join("pc");
    let mut pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    let from = date(2026, 11, 23);
    let publish = async |bytes: &[u8], title: &str| {
        let published = centre
            .central
            .publish_catalogue("eatul", bytes.to_vec(), from, title);
        published.await
    };
    assert!(
        publish(CALENDAR.as_bytes(), "lịch").await.is_err(),
        "no catalogue"
    );
    publish(NATIONAL, "Danh mục 11/2026").await.unwrap();
    let catalogue = async |pc: &mut Pc, title: &str| {
        let listed = pc.eventually(async |commands| {
            let documents = commands.office_documents().await.unwrap();
            let mut catalogues = documents.into_iter().filter(|it| it.by_centre);
            catalogues.find(|it| it.title == title && !it.awaited)
        });
        listed.await
    };
    let held = catalogue(&mut pc, "Danh mục 11/2026").await;
    assert!(held.in_force, "more than one part of it came: {held:?}");
    clock.advance(jiff::SignedDuration::from_secs(1));
    publish(&NATIONAL[..NATIONAL.len() / 2], "một nửa")
        .await
        .unwrap();
    let half = catalogue(&mut pc, "một nửa").await;
    assert!(half.damaged && !half.in_force, "{half:?}");
    assert!(catalogue(&mut pc, "Danh mục 11/2026").await.in_force);
    let named = |state: &SyncState| {
        let mut items = state.attention.iter();
        items.any(|it| it.code == "document_damaged" && it.params["title"] == "một nửa")
    };
    pc.state_until(named).await;
    let found = pc.commands.procedure_find("hóa đơn".into(), true).await;
    assert!(!found.unwrap().hits.is_empty(), "and everything is found");

    // Published by hand, and nonsense: named, and nothing changes.
    let forged = r#"{"hlc":1,"wall":"","from":"soon","sha256":"","size":1,"title":""}"#;
    centre
        .central
        .publish("eatul", "catalogue", forged)
        .await
        .unwrap();
    let named = |state: &SyncState| {
        let mut items = state.attention.iter();
        items.any(|it| it.code == "fact_refused" && it.params["kind"] == "catalogue")
    };
    pc.state_until(named).await;
    assert!(catalogue(&mut pc, "Danh mục 11/2026").await.in_force);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_is_signed_out_wherever_it_is_heard() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let central = &centre.central;
    let data = folder.join("pc");
    let mut pc = Pc::joined(&data, &clock, &centre, address, 1).await;
    let added = pc
        .commands
        .staff_add("Y Blô".into(), StaffRole::Clerk, PASSWORD.into());
    let clerk = added.await.unwrap().staff[1].id.clone();
    let signed_in = pc.commands.session_sign_in(clerk.clone(), PASSWORD.into());
    signed_in.await.unwrap();
    pc.state_until(|state| state.lines_here == 0).await;
    let staff = central.staff("eatul").await.unwrap();
    let named: Vec<_> = staff.iter().map(|it| (&*it.name, &*it.role)).collect();
    assert_eq!(named, [(CLERK, "supervisor"), ("Y Blô", "clerk")]);
    let head = staff[0].clerk;
    let id = clerk.parse().unwrap();
    let unknown = central.tell_staff("eatul", uuid::Uuid::nil(), Word::Left);
    assert!(unknown.await.is_err(), "nobody of the office");

    central.tell_staff("eatul", id, Word::Left).await.unwrap();
    let again = central.tell_staff("eatul", id, Word::Left).await;
    assert!(again.is_err(), "the day stays as it was said first");
    let ended = pc.eventually(async |commands| {
        let state = commands.app_state().await.unwrap();
        state.session.filter(|session| session.left)
    });
    ended.await;
    let typed = filing("H'Hen Niê");
    pc.commands.draft_save(typed.clone()).await.unwrap();
    let received = pc.commands.filing_receive(typed, false).await;
    assert_eq!(received.unwrap_err().code, ErrorCode::StaffLeft);
    let locked = pc.commands.session_lock().await.unwrap();
    assert_eq!((locked.staff.len(), &*locked.staff[0].name), (1, CLERK));
    let listed = central.staff("eatul").await.unwrap();
    assert_eq!(listed[1].left_on.as_deref(), Some("2026-11-23"));

    // The last one in charge, and nonsense: refused, and said why.
    counter::sign_in(&pc.commands).await.unwrap();
    let clerk_now = Word::Role(Role::Clerk);
    central.tell_staff("eatul", head, clerk_now).await.unwrap();
    central
        .publish("eatul", "staff", r#"{"clerk":"everybody","state":"left"}"#)
        .await
        .unwrap();
    let both = |state: &SyncState| {
        let has = |code: &str, name: &str, value: &str| {
            let mut items = state.attention.iter();
            items.any(|it| it.code == code && it.params[name] == value)
        };
        has("staff_last", "name", CLERK) && has("fact_refused", "kind", "staff")
    };
    pc.state_until(both).await;
    let state = pc.commands.app_state().await.unwrap();
    assert_eq!(state.staff[0].role, StaffRole::Supervisor);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centres_key_changes_and_counters_that_were_away_find_their_way() {
    let clock = FakeClock::monday();
    let mut centre = Centre::open(&clock).await;
    let first = Arc::new(RouterWire::new(centre.central.router()));
    let hears = Bare::joined(&centre, &first, 1).await;
    let away = Bare::joined(&centre, &first, 2).await;
    centre.with_next_key(&clock).await;
    hears.contact(&first, |_| false).await;
    let second = Arc::new(RouterWire::new(centre.central.router()));
    centre.with_next_key(&clock).await;
    let third = Arc::new(RouterWire::new(centre.central.router()));
    let say = async |centre: &Centre, text: &str| {
        let said = centre.central.send_message("eatul", "Tỉnh", text).await;
        said.unwrap();
    };
    say(&centre, "khóa mới").await;
    for pc in [&hears, &away] {
        pc.contact(&third, |_| false).await;
        assert_eq!(pc.messages(), ["khóa mới"], "one contact suffices");
    }
    say(&centre, "lần hai").await;
    for old in [&first, &second] {
        away.contact(old, |_| false).await;
    }
    assert_eq!(
        away.messages().len(),
        1,
        "who answers with an old key is not the centre"
    );
    // Another centre with a key of its own, whatever it says of itself.
    let stranger = Centre::open(&clock).await;
    let wire = Arc::new(RouterWire::new(stranger.central.router()));
    away.contact(&wire, |_| false).await;
    assert_eq!(away.messages().len(), 1);
    away.restart();
    away.contact(&third, |_| false).await;
    assert_eq!(
        away.messages(),
        ["lần hai", "khóa mới"],
        "also after a start"
    );
    let new = Bare::joined(&centre, &third, 3).await;
    new.contact(&third, |_| false).await;
    assert_eq!(
        new.messages().len(),
        2,
        "and one that never saw the old keys"
    );
}
