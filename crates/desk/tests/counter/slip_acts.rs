//! Acts that give the citizen a slip: asked for more, refused, a later day, stopped; and the clock that starts anew.

use crate::world::{HEAD, PASSWORD, World, journal, mrs_nie};
use jiff::SignedDuration;
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;
use std::fs;

fn asked(filing: &FilingView, act: FilingAct) -> SlipAct {
    SlipAct {
        filing: filing.row.id.clone(),
        act,
        items: Vec::new(),
        reason: String::new(),
        day: String::new(),
        seen: filing.row.status.clone(),
    }
}

fn by(clerk: &str, password: &str) -> Option<Approval> {
    Some(Approval {
        clerk: clerk.into(),
        password: password.into(),
    })
}

async fn received(world: &World) -> FilingView {
    let id = world.receive(mrs_nie()).await.filing.id;
    world.commands.filing_get(id).await.unwrap()
}

async fn ask(world: &World, filing: &FilingView, items: &[&str]) -> FilingView {
    let slip = SlipAct {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        ..asked(filing, FilingAct::AskSupplement)
    };
    world.commands.filing_slip(slip, None).await.unwrap()
}

fn open(view: &FilingView) -> Vec<FilingAct> {
    view.acts.iter().map(|open| open.act).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lacking_starts_the_clock_anew_and_the_receipt_says_so() {
    let world = World::at_work().await;
    let filing = received(&world).await;
    assert_eq!(filing.row.due, "2026-11-23T17:00:00");
    let waiting = ask(
        &world,
        &filing,
        &["Tờ khai: ký tên", "  ", "Giấy chứng sinh"],
    )
    .await;
    assert_eq!(waiting.row.status, "supplement_asked");
    let slip = &waiting.slips[0];
    assert_eq!(
        (slip.form, slip.number, slip.stored),
        (SlipForm::Supplement, 1, true)
    );
    assert_eq!(
        slip.items,
        ["Tờ khai: ký tên", "Giấy chứng sinh"],
        "no empty line"
    );
    assert_eq!(slip.reason, "Thành phần hồ sơ chưa đầy đủ theo quy định");
    world.commands.slip_open(slip.id.clone()).await.unwrap();
    let page = world.viewer.words();
    assert!(
        page.contains("2. Giấy chứng sinh") && page.contains("H’Len Niê"),
        "{page}"
    );

    // Tuesday is a holiday; the papers come on Wednesday at 15:20, after the day's cut-off.
    world
        .clock
        .advance(SignedDuration::from_mins(2 * 24 * 60 + 7 * 60 + 50));
    let (id, seen) = (filing.row.id.clone(), "supplement_asked".to_owned());
    let done = world
        .commands
        .filing_supplement(id.clone(), "Tờ khai đã ký".into(), seen.clone());
    let done = done.await.unwrap();
    assert_eq!(done.row.status, "received");
    assert_eq!(
        done.row.due, "2026-11-26T17:00:00",
        "after 15:00 the day is the next one"
    );
    let strip = done.due.as_ref().unwrap();
    assert_eq!(
        &strip.received[..16],
        "2026-11-25T15:20",
        "counted from what came last"
    );
    assert!(
        !open(&done).contains(&FilingAct::AskSupplement),
        "the law allows to ask once"
    );
    world.commands.receipt_open(id.clone()).await.unwrap();
    let paper = world.viewer.words();
    assert!(
        paper.contains("17 giờ 00 phút, ngày 26 tháng 11 năm 2026"),
        "{paper}"
    );
    assert!(
        paper.contains("bổ sung đầy đủ lúc 15:20 ngày 25/11/2026"),
        "{paper}"
    );
    assert!(paper.contains(&filing.row.code), "the number stays");
    let again = world
        .commands
        .filing_supplement(id.clone(), String::new(), seen);
    assert_eq!(again.await.unwrap_err().code, ErrorCode::FilingMoved);

    // The next start draws nothing anew: the paper that the citizen holds is the one that is kept.
    let (_folder, store) = world.closed().await;
    let forms = journal(&store).into_iter().filter_map(|body| match body {
        Body::FormRendered(form) => Some(form.sha256),
        _ => None,
    });
    assert_eq!(
        forms.count(),
        2,
        "the first receipt and the one with the new day"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_approved_by_whoever_is_in_charge_on_the_clerks_own_screen() {
    let world = World::at_work().await;
    let head = world.head().await;
    let clerk = world.clerk("Y Sim Kbuôr").await;
    let other = world.clerk("H’Nga Êban").await;
    world.sign_in(&clerk).await;
    let filing = received(&world).await;
    let offered = filing.acts.iter().find(|act| act.act == FilingAct::Refuse);
    assert_eq!(
        offered.map(|act| (act.head, act.form)),
        Some((true, Some(SlipForm::Refusal)))
    );
    assert!(
        filing.acts.iter().all(|act| act.act != FilingAct::TakeBack),
        "what has no slip is not approved here"
    );
    let refusal = SlipAct {
        reason: "Không thuộc thẩm quyền của xã".into(),
        ..asked(&filing, FilingAct::Refuse)
    };
    let denied = async |approval| {
        let answer = world.commands.filing_slip(refusal.clone(), approval).await;
        answer.unwrap_err().code
    };
    assert_eq!(denied(None).await, ErrorCode::NotAllowed);
    assert_eq!(
        denied(by(&other, PASSWORD)).await,
        ErrorCode::NotAllowed,
        "a colleague is not enough"
    );
    assert_eq!(
        denied(by(&head, "not this one")).await,
        ErrorCode::WrongPassword
    );
    let mute = SlipAct {
        reason: "  ".into(),
        ..refusal.clone()
    };
    let mute = world.commands.filing_slip(mute, by(&head, PASSWORD)).await;
    assert_eq!(mute.unwrap_err().code, ErrorCode::ReasonRequired);

    let refused = world.commands.filing_slip(refusal, by(&head, PASSWORD));
    let refused = refused.await.unwrap();
    assert_eq!(refused.row.status, "refused");
    let told = refused
        .time_line
        .iter()
        .find(|item| item.code == "status")
        .unwrap();
    assert_eq!(
        (told.who.as_str(), told.params["head"].as_str()),
        ("Y Sim Kbuôr", HEAD)
    );
    world
        .commands
        .slip_open(refused.slips[0].id.clone())
        .await
        .unwrap();
    let page = world.viewer.words();
    assert!(
        page.contains(&filing.row.code) && page.contains("Không thuộc thẩm quyền của xã"),
        "{page}"
    );
    let session = world.commands.app_state().await.unwrap().session.unwrap();
    assert_eq!(
        session.clerk.name, "Y Sim Kbuôr",
        "nobody was signed in or out by it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_supervisor_into_the_key_file_approves_nothing() {
    let world = World::at_work().await;
    let clerk = world.clerk("Y Sim Kbuôr").await;
    world.sign_in(&clerk).await;
    let filing = received(&world).await;
    let keys = world.folder.join("data").join("keys.json");
    let shown = fs::read_to_string(&keys).unwrap();
    let forged = shown.replace(r#""role":"clerk""#, r#""role":"supervisor""#);
    let forged = forged.replace(r#""role": "clerk""#, r#""role": "supervisor""#);
    assert_ne!(shown, forged, "the file shows a role");
    fs::write(&keys, forged).unwrap();
    let refusal = SlipAct {
        reason: "Không thuộc thẩm quyền".into(),
        ..asked(&filing, FilingAct::Refuse)
    };
    let answer = world
        .commands
        .filing_slip(refusal, by(&clerk, PASSWORD))
        .await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::NotAllowed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_day_is_a_working_day_after_the_promise_and_is_set_once() {
    let world = World::at_work().await;
    let filing = received(&world).await;
    let offered = filing
        .acts
        .iter()
        .find(|act| act.act == FilingAct::Extend)
        .unwrap();
    assert!(!offered.head, "the head is signed in");
    assert_eq!(
        offered.proposed.as_deref(),
        Some("2026-11-25"),
        "the next working day: Tuesday is a holiday"
    );
    let on = |day: &str| SlipAct {
        day: day.into(),
        reason: "Phải xác minh".into(),
        ..asked(&filing, FilingAct::Extend)
    };
    let wrong = async |day: &str| world.commands.filing_slip(on(day), None).await.unwrap_err();
    assert_eq!(wrong("2026-11-23").await.code, ErrorCode::DayNotLater);
    assert_eq!(wrong("2026-11-20").await.params["day"], "23/11/2026");
    assert_eq!(wrong("2026-11-24").await.code, ErrorCode::DayOff);
    assert_eq!(wrong("hôm sau").await.code, ErrorCode::FieldsWrong);
    let picture = world
        .commands
        .filing_slip_preview(on("2026-11-25"), 1.0)
        .await;
    assert_eq!(&picture.unwrap()[1..4], b"PNG");

    let (one, other) = tokio::join!(
        world.commands.filing_slip(on("2026-11-25"), None),
        world.commands.filing_slip(on("2026-11-26"), None),
    );
    let mut answers = [one, other]
        .into_iter()
        .partition::<Vec<_>, _>(Result::is_ok);
    let refused = answers.1.remove(0).unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::FilingMoved,
        "two at once set one day"
    );
    let later = answers.0.remove(0).unwrap();
    let day = &later.row.due[..10];
    assert!(["2026-11-25", "2026-11-26"].contains(&day));
    assert_eq!(later.row.status, "received", "it goes on where it was");
    assert!(!open(&later).contains(&FilingAct::Extend));
    let again = SlipAct {
        seen: "received".into(),
        ..on("2026-11-30")
    };
    let again = world.commands.filing_slip(again, None).await;
    assert_eq!(again.unwrap_err().code, ErrorCode::FilingMoved);
    world
        .commands
        .slip_open(later.slips[0].id.clone())
        .await
        .unwrap();
    let page = world.viewer.words();
    assert!(
        page.contains("17 giờ 00 phút, ngày 23 tháng 11 năm 2026"),
        "{page}"
    );
    assert!(page.contains(HEAD), "the head signs: {page}");
    let today = FilingFilter::DueToday;
    let due = world
        .commands
        .filing_list(today, String::new(), 9)
        .await
        .unwrap();
    assert!(due.is_empty(), "the lists know the new day");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_at_the_citizens_request_names_what_is_given_back() {
    let world = World::at_work().await;
    let filing = received(&world).await;
    assert!(
        !open(&filing).contains(&FilingAct::Stop),
        "what nobody began is withdrawn"
    );
    let sent = world.commands.filing_act(
        filing.row.id.clone(),
        FilingAct::Transfer,
        String::new(),
        "received".into(),
    );
    let sent = sent.await.unwrap();
    let stop = SlipAct {
        items: vec!["Tờ khai".into()],
        reason: "Gia đình chưa thống nhất".into(),
        ..asked(&sent, FilingAct::Stop)
    };
    let plain = world.commands.filing_act(
        filing.row.id.clone(),
        FilingAct::Stop,
        "không".into(),
        "transferred".into(),
    );
    assert_eq!(
        plain.await.unwrap_err().code,
        ErrorCode::BadRequest,
        "never without its slip"
    );
    let stopped = world.commands.filing_slip(stop, None).await.unwrap();
    assert_eq!(stopped.row.status, "stopped");
    world
        .commands
        .slip_open(stopped.slips[0].id.clone())
        .await
        .unwrap();
    let page = world.viewer.words();
    assert!(
        page.contains("1. Tờ khai") && page.contains("Gia đình chưa thống nhất"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_a_crash_left_without_its_paper_is_drawn_at_the_next_start() {
    let world = World::at_work().await;
    let head = world.head().await;
    let filing = received(&world).await;
    // A file where the folder of blobs should be: the program ends between the lines and the paper.
    let blobs = world.folder.join("data").join("blobs");
    let aside = world.folder.join("aside");
    fs::rename(&blobs, &aside).unwrap();
    fs::write(&blobs, b"").unwrap();
    let waiting = ask(&world, &filing, &["Giấy chứng sinh"]).await;
    assert_eq!(waiting.row.status, "supplement_asked", "the act is done");
    assert!(!waiting.slips[0].stored);
    fs::remove_file(&blobs).unwrap();
    fs::rename(&aside, &blobs).unwrap();

    let world = world.restarted().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let desk = world.desk.clone();
    let mend = move || desk.mend().map_err(|error| error.view());
    tokio::task::spawn_blocking(mend).await.unwrap().unwrap();
    let view = world.commands.filing_get(filing.row.id).await.unwrap();
    assert!(view.slips[0].stored);
    let opened = world.commands.slip_open(view.slips[0].id.clone()).await;
    assert_eq!(opened.unwrap(), PrintOutcome::Printed);
    assert!(world.viewer.words().contains("1. Giấy chứng sinh"));
}
