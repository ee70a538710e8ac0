//! The demo office, made against a real central service: what it promises to hold is counted here.

use jiff::{SignedDuration, Timestamp};
use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_desk::{
    Commands, Demo, Desk, DeskConfig, Host,
    clock::Clock,
    demo,
    dto::{FilingFilter, Phase},
};
use onedoor_protocol::enrol::{Counter, Office};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{collections::BTreeSet, path::Path, sync::Arc, time::Instant};
use tokio::{net::TcpListener, runtime::Handle};
use uuid::Uuid;

struct OfficeClock(FakeClock);

impl Clock for OfficeClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn mono_ms(&self) -> u64 {
        self.0.mono()
    }
    fn boot(&self) -> Uuid {
        self.0.boot()
    }
}

struct NoViewer;

impl Host for NoViewer {
    fn open_pdf(&self, _path: &Path) -> std::io::Result<()> {
        Ok(())
    }
}

async fn centre(folder: &Folder, clock: &FakeClock) -> Demo {
    let mut options = Options::new(folder.join("centre"));
    options.clock = clock.reader();
    let central = Central::open(options).await.unwrap();
    let office = Office {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: "H15.50.05.13".into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    };
    let province = "Đắk Lắk".into();
    central
        .add_office(OfficeRecord { office, province })
        .await
        .unwrap();
    let counter = Counter {
        number: 1,
        name: "Quầy 1".into(),
    };
    let code = central.enrolment_code("eatul", counter).await.unwrap().code;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let centre = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(central.serve(listener));
    Demo {
        centre,
        code,
        office: Default::default(),
    }
}

fn desk(folder: &Folder, clock: &FakeClock, demo: &Demo) -> Desk {
    Desk::new(DeskConfig {
        folder: folder.join("data"),
        version: "0.1.0".into(),
        clock: Arc::new(OfficeClock(clock.clone())),
        host: Arc::new(NoViewer),
        print_server: "ipp://127.0.0.1:9/".into(),
        runtime: Handle::current(),
        demo: Some(demo.clone()),
    })
    .unwrap()
}

async fn seeded(desk: &Desk) -> bool {
    let desk = desk.clone();
    let seed = move || desk.seed_demo(&|_, _| {}).map_err(|error| error.view());
    tokio::task::spawn_blocking(seed).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_office_is_a_commune_in_the_middle_of_a_monday() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = Folder::new();
    let clock = FakeClock::monday();
    clock.advance(SignedDuration::from_mins(155));
    let demo = centre(&folder, &clock).await;
    let office = desk(&folder, &clock, &demo);
    let began = Instant::now();
    assert!(seeded(&office).await, "an empty folder is filled");
    eprintln!("the demo office took {:?}", began.elapsed());

    let commands = Commands(office.clone());
    let state = commands.app_state().await.unwrap();
    assert_eq!(
        state.phase,
        Phase::SignedOut,
        "the sign-in page comes first"
    );
    assert_eq!(state.staff.len(), 5, "three clerks and two supervisors");
    let clerk = state.staff.last().unwrap().id.clone();
    let state = commands
        .session_sign_in(clerk, String::new())
        .await
        .unwrap();
    assert_eq!(
        state.phase,
        Phase::SignedIn,
        "a name is enough, and the clock is not asked again"
    );

    let counts = commands.desk_counts().await.unwrap();
    assert_eq!(counts.today, 23, "received today");
    assert_eq!(counts.due_today, 7, "due today and open");
    assert_eq!(counts.overdue, 2, "overdue");
    assert_eq!(counts.ready, 12, "results on the shelf");
    assert_eq!(counts.not_at_centre, 41, "not yet at the centre");
    let sync = commands.sync_state().await.unwrap();
    assert_eq!(sync.filings_at_centre, 1759, "the others are at the centre");
    let codes: Vec<_> = sync
        .attention
        .iter()
        .map(|item| item.code.as_str())
        .collect();
    assert_eq!(codes, ["provisional_number"], "one thing needs attention");

    let today = commands
        .filing_list(FilingFilter::Today, String::new(), 100)
        .await
        .unwrap();
    let names: BTreeSet<_> = today.iter().map(|row| &row.applicant).collect();
    assert_eq!(names.len(), 23, "no two people of one name among today's");
    for row in &today {
        assert!(
            ("2026-11-23T07:30:00"..="2026-11-23T10:05:00").contains(&row.received.as_str()),
            "received while the counter was open: {}",
            row.received
        );
        assert!(
            row.code.starts_with("H15.50.05.13-261123-1"),
            "the counter's numbers: {}",
            row.code
        );
    }
    let last_week = commands
        .filing_list(FilingFilter::All, "261120".into(), 100)
        .await
        .unwrap();
    let first_unsent = last_week
        .iter()
        .filter(|row| !today.iter().any(|t| t.id == row.id));
    assert!(
        first_unsent.count() > 18,
        "Friday's filings have numbers of their own day"
    );

    let view = commands.filing_get(today[0].id.clone()).await.unwrap();
    assert!(view.receipt_stored, "its receipt is a stored PDF");
    assert!(
        !commands
            .receipt_picture(today[0].id.clone(), 1.0)
            .await
            .unwrap()
            .is_empty()
    );
    let mended = tokio::task::spawn_blocking({
        let office = office.clone();
        move || office.mend().map_err(|error| error.view())
    });
    assert_eq!(
        mended.await.unwrap().unwrap(),
        0,
        "no filing lacks its receipt"
    );

    assert_eq!(
        demo::made_on(&folder.join("data")),
        Some("2026-11-23".parse().unwrap())
    );
    assert!(!seeded(&office).await, "a second call leaves it as it is");
}
