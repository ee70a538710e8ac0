//! A number below the last one of its day that nobody sent is listed and explained: found on a paper, it is typed in with
//! its number; never given out, it is voided with a reason. So it is when a PC is lost, and when its database was put back.

use onedoor_central::feed::{Decided, Decision};
use onedoor_contract::{
    centre::{AGENCY, Centre},
    counter::{self, filing},
    pc::{Pc, sent},
};
use onedoor_desk::dto::{
    DraftValues, EnrolByCode, ErrorCode, FilingFilter, NumbersView, PadState, SyncState,
};
use onedoor_domain::filing::Status;
use onedoor_protocol::{
    capsule::Capsule,
    journal::{Body, decode},
    sign::SecretKey,
};
use onedoor_store::{KeyFile, Store, StorePaths, lock};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{fs, net::SocketAddr, path::Path, sync::Arc};

struct World {
    folder: Folder,
    clock: FakeClock,
    centre: Centre,
    address: SocketAddr,
}

impl World {
    async fn open() -> Self {
        let (folder, clock) = (Folder::new(), FakeClock::monday());
        let centre = Centre::open(&clock).await;
        let address = centre.serve().await;
        World {
            folder,
            clock,
            centre,
            address,
        }
    }

    async fn joined(&self, data: &Path) -> Pc {
        Pc::joined(data, &self.clock, &self.centre, self.address, 1).await
    }

    /// The operator ends the only workstation that there is.
    async fn revoke(&self) {
        let known = self.centre.central.workstations().await.unwrap();
        self.centre.central.revoke(known[0].ws).await.unwrap();
    }
}

fn code(number: u32) -> String {
    format!("{AGENCY}-261123-{number:04}")
}

async fn numbers(pc: &Pc) -> NumbersView {
    pc.commands.numbers_get().await.unwrap()
}

async fn says_missing(pc: &Pc) -> bool {
    let state = pc.commands.sync_state().await.unwrap();
    state
        .attention
        .iter()
        .any(|it| it.code == "numbers_missing")
}

/// The key with which an ended PC signed its receipts.
fn key_of(data: &Path) -> SecretKey {
    let paths = StorePaths::new(data);
    let file = KeyFile::load(&paths.keys()).unwrap().unwrap();
    let master = file
        .open_clerk(file.slots[0].id, counter::PASSWORD, None)
        .unwrap();
    let held = Arc::new(lock(&paths).unwrap());
    let store = Store::open(&paths, held, &master.derive().unwrap(), file.store).unwrap();
    store.read(|reader| reader.signing_key()).unwrap()
}

/// What a reader of the receipt's QR types.
fn digits(code: String, key: &SecretKey) -> String {
    let capsule = Capsule {
        code,
        procedure: "1.004873".into(),
        received: "2026-11-23T07:31:00".parse().unwrap(),
        due: "2026-11-27T17:00:00".parse().unwrap(),
        fee: None,
        papers: 1,
        seq: 9,
        hash: [7; 8],
    };
    capsule.digits(key).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lost_pc_had_given_out_is_listed_by_number_and_each_number_is_explained() {
    let world = World::open().await;
    let (lost, new) = (world.folder.join("lost"), world.folder.join("new"));
    let mut pc = world.joined(&lost).await;
    let sent_before = [
        pc.receive("Nguyễn Thị Hoa").await,
        pc.receive("Y Bhăm Niê").await,
    ];
    pc.state_until(sent).await;
    pc.commands.sync_pause(true).await.unwrap();
    // From its start on it sends nothing.
    let pc = restarted(pc, &lost, &world.clock).await;
    let never_sent = [
        pc.receive("Lò Văn Páo").await,
        pc.receive("H’Len Niê").await,
    ];
    assert_eq!(never_sent, [code(1002), code(1003)]);
    pc.end(&lost).await;
    let key = key_of(&lost);

    world.revoke().await;
    let mut pc = world.joined(&new).await;
    for known in &sent_before {
        pc.eventually(async |commands| {
            let rows = commands.filing_list(FilingFilter::All, known.clone(), 5);
            rows.await.unwrap().into_iter().next()
        })
        .await;
    }
    assert!(
        numbers(&pc).await.missing.is_empty(),
        "nobody knows of them yet"
    );

    // H’Len comes back with her paper.
    let paper = digits(never_sent[1].clone(), &key);
    let forged = digits(never_sent[1].clone(), &SecretKey::from_seed(&[5; 32]));
    let refused = pc.commands.number_found(forged, 4).await.unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::CodeNotOne,
        "no key of this office signed it"
    );
    pc.commands.number_found(paper, 4).await.unwrap();
    let pads = pc.commands.pad_list().await.unwrap();
    let sheet: Vec<_> = pads
        .iter()
        .map(|pad| (pad.code.as_str(), pad.form_number, pad.state))
        .collect();
    assert_eq!(sheet, [(never_sent[1].as_str(), 4, PadState::Blank)]);
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    let typed = DraftValues {
        pad: never_sent[1].clone(),
        received_on_paper: "23/11/2026 07:31".into(),
        ..filing("H’Len Niê")
    };
    let received = pc.commands.filing_receive(typed, false).await.unwrap();
    assert_eq!(
        received.filing.code, never_sent[1],
        "the number on her paper"
    );

    assert_eq!(numbers(&pc).await.missing, [never_sent[0].clone()]);
    assert!(says_missing(&pc).await);
    let void = |code: String, why: &str| pc.commands.number_void(code, why.into());
    let refused = void(never_sent[0].clone(), " ").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ReasonRequired);
    let refused = void(sent_before[0].clone(), "Nhầm").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CodeTaken, "a filing has it");
    for elsewhere in [code(2000), "H15.50.05.13-261124-1000".to_string()] {
        let refused = void(elsewhere, "Nhầm").await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NumberElsewhere);
    }
    let after = void(never_sent[0].clone(), "Không ai mang giấy đến")
        .await
        .unwrap();
    assert!(after.missing.is_empty());
    let voided: Vec<_> = after
        .voided
        .iter()
        .map(|it| (it.code.as_str(), it.reason.as_str(), it.who.as_str()))
        .collect();
    assert_eq!(
        voided,
        [(
            never_sent[0].as_str(),
            "Không ai mang giấy đến",
            counter::CLERK
        )]
    );
    assert!(!says_missing(&pc).await);

    pc.state_until(sent).await;
    let known = world.centre.central.workstations().await.unwrap();
    let mut told = false;
    for it in known {
        for line in world.centre.lines(it.ws).await {
            let body = decode(&line).unwrap().body;
            told |= matches!(body, Body::NumberVoided(voided) if voided.code == never_sent[0]);
        }
    }
    assert!(told, "the reason stands in the journal, at the centre too");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_a_restored_database_forgot_are_listed_from_what_its_canary_knew() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let mut pc = world.joined(&data).await;
    pc.receive("Nguyễn Thị Hoa").await;
    pc.state_until(sent).await;
    pc.commands.sync_pause(true).await.unwrap();
    pc.end(&data).await;
    let backup = fs::read(data.join("onedoor.db")).unwrap();
    let pc = Pc::started(&data, &world.clock).await;
    let forgotten = [
        pc.receive("Y Bhăm Niê").await,
        pc.receive("Lò Văn Páo").await,
    ];
    pc.end(&data).await;
    fs::write(data.join("onedoor.db"), backup).unwrap();

    let pc = Pc::started(&data, &world.clock).await;
    assert_eq!(
        numbers(&pc).await.missing,
        forgotten,
        "both stand on papers"
    );
    assert!(says_missing(&pc).await);
    world.revoke().await;
    let request = EnrolByCode {
        centre: format!("http://{}", world.address),
        code: world.centre.code(1).await,
    };
    pc.commands.enrol_by_code(request).await.unwrap();
    assert_eq!(
        numbers(&pc).await.missing,
        forgotten,
        "also under the new identity"
    );

    let after = pc
        .commands
        .number_void(forgotten[0].clone(), "Giấy đã hủy".into());
    assert_eq!(after.await.unwrap().missing, forgotten[1..]);
    assert_eq!(numbers(&pc).await.missing, forgotten[1..], "nothing is new");
    let paper = forgotten[1].clone();
    let found = pc.commands.number_found(paper, 3).await.unwrap();
    assert!(found.missing.is_empty(), "it is a sheet to be typed in");
    assert!(!says_missing(&pc).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_number_is_listed_for_a_month_and_no_longer_at_the_midnight_after() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let pc = world.joined(&data).await;
    // A sheet printed ahead and typed in: the number before it was given to nobody that is known.
    let found = pc.commands.number_found(code(1001), 2).await.unwrap();
    assert!(found.missing.is_empty(), "no filing has it yet");
    let typed = DraftValues {
        pad: code(1001),
        received_on_paper: "23/11/2026 07:30".into(),
        ..filing("Lò Văn Páo")
    };
    pc.commands.filing_receive(typed, false).await.unwrap();
    assert_eq!(numbers(&pc).await.missing, [code(1000)]);
    let day = jiff::SignedDuration::from_hours(24);
    world.clock.advance(day * 30);
    assert_eq!(numbers(&pc).await.missing, [code(1000)], "the 31st day");
    world.clock.advance(day);
    assert!(numbers(&pc).await.missing.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_number_is_passed_over() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let pc = world.joined(&data).await;
    pc.commands
        .number_void(code(1001), "Phôi giấy hỏng".into())
        .await
        .unwrap();
    let given = [pc.receive("A").await, pc.receive("B").await];
    assert_eq!(given, [code(1000), code(1002)]);
    assert!(numbers(&pc).await.missing.is_empty(), "it is accounted for");
    let pc = restarted(pc, &data, &world.clock).await;
    assert_eq!(numbers(&pc).await.voided.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provisional_number_gets_its_official_one_and_is_found_by_both() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let pc = world.joined(&data).await;
    pc.receive("Nguyễn Thị Hoa").await;
    pc.end(&data).await;
    fs::remove_file(world.folder.join("data.canary")).unwrap();
    let mut pc = Pc::started(&data, &world.clock).await;
    let provisional = pc.receive("Y Bhăm Niê").await;
    assert!(provisional.starts_with("T-"), "{provisional}");
    let state = pc.state_until(sent).await;
    let waits = |state: &SyncState| {
        let mut codes = state.attention.iter();
        codes.any(|it| it.code == "provisional_number")
    };
    assert!(waits(&state));

    let official = "000.00.53.H15-261123-0042";
    let list = |query: &str| pc.commands.filing_list(FilingFilter::All, query.into(), 5);
    let filing = list(&provisional).await.unwrap()[0].id.clone();
    let decision = Decision {
        decision: uuid::Uuid::now_v7(),
        filing: filing.parse().unwrap(),
        status: Status::BeingSolved,
        reason: String::new(),
        official_code: Some(official.into()),
        unit: "Sở Tư pháp".into(),
        decided_at: None,
        at: (world.clock.reader())(),
    };
    let decided = world.centre.central.decide(decision).await.unwrap();
    assert!(matches!(decided, Decided::Stored { .. }), "{decided:?}");
    pc.state_until(|state| !waits(state)).await;
    for known in [official, provisional.as_str()] {
        let rows = pc.commands.filing_list(FilingFilter::All, known.into(), 5);
        let ids: Vec<_> = rows.await.unwrap().into_iter().map(|row| row.id).collect();
        assert_eq!(ids, std::slice::from_ref(&filing), "by {known}");
    }
    let view = pc.commands.filing_get(filing).await.unwrap();
    assert_eq!(view.official.as_deref(), Some(official));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_pcs_provisional_paper_is_typed_in_with_its_number_and_stays_findable_by_it() {
    let world = World::open().await;
    let (lost, new) = (world.folder.join("lost"), world.folder.join("new"));
    let mut pc = world.joined(&lost).await;
    let sent_before = pc.receive("Nguyễn Thị Hoa").await;
    pc.state_until(sent).await;
    pc.commands.sync_pause(true).await.unwrap();
    pc.end(&lost).await;
    fs::remove_file(world.folder.join("lost.canary")).unwrap();
    let pc = Pc::started(&lost, &world.clock).await;
    let papers = [
        pc.receive("Y Bhăm Niê").await,
        pc.receive("Lò Văn Páo").await,
    ];
    assert!(papers[0].starts_with("T-"), "{papers:?}");
    pc.end(&lost).await;
    let key = key_of(&lost);

    world.revoke().await;
    let mut pc = world.joined(&new).await;
    pc.eventually(async |commands| {
        let rows = commands.filing_list(FilingFilter::All, sent_before.clone(), 5);
        rows.await.unwrap().into_iter().next()
    })
    .await;
    let found = |paper: String, number: u32| pc.commands.number_found(paper, number);
    let forged = digits(papers[0].clone(), &SecretKey::from_seed(&[5; 32]));
    let refused = found(forged, 2).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CodeNotOne, "no key of this office");
    found(digits(papers[0].clone(), &key), 2).await.unwrap();
    found(papers[1].to_lowercase(), 3).await.unwrap();
    let sheets = pc.commands.pad_list().await.unwrap();
    let days: Vec<_> = sheets
        .iter()
        .map(|pad| (&pad.code, pad.form_number, pad.day.as_str()))
        .collect();
    for known in [(&papers[0], 2, "2026-11-23"), (&papers[1], 3, "")] {
        assert!(
            days.contains(&known),
            "the day only where it is signed: {days:?}"
        );
    }

    assert!(sheets.iter().all(|pad| pad.taken_up), "nothing to print");
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    let typed = DraftValues {
        pad: papers[0].clone(),
        received_on_paper: "23/11/2026 07:31".into(),
        ..filing("Y Bhăm Niê")
    };
    let received = pc
        .commands
        .filing_receive(typed.clone(), false)
        .await
        .unwrap();
    assert_eq!(received.filing.code, papers[0], "the number on the paper");
    assert!(received.filing.provisional && received.receipt_stored);
    let refused = found(papers[0].clone(), 2).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CodeTaken);
    assert!(refused.params["code"].contains("Y Bhăm Niê"), "{refused:?}");
    let again = pc.commands.filing_receive(typed, false).await.unwrap_err();
    assert_eq!(
        again.code,
        ErrorCode::FieldsWrong,
        "a paper is typed in once"
    );

    let left = pc.commands.pad_void(papers[1].clone(), "Nhập nhầm".into());
    let left = left.await.unwrap();
    assert!(left.iter().all(|pad| pad.code != papers[1]), "let go again");

    let state = pc.state_until(sent).await;
    let mut waiting = state.attention.iter();
    assert!(
        waiting.any(|it| it.code == "provisional_number"),
        "its official number is still to come"
    );
    let other = world.folder.join("other");
    let mut colleague = Pc::joined(&other, &world.clock, &world.centre, world.address, 2).await;
    colleague
        .eventually(async |commands| {
            let rows = commands.filing_list(FilingFilter::All, papers[0].clone(), 5);
            rows.await.unwrap().into_iter().next()
        })
        .await;
    let known = colleague.commands.number_found(papers[0].clone(), 2).await;
    let known = known.unwrap_err();
    assert_eq!(known.code, ErrorCode::CodeTaken, "a colleague typed it in");
    assert!(known.params["code"].contains("Y Bhăm Niê"), "{known:?}");
}

async fn restarted(pc: Pc, data: &Path, clock: &FakeClock) -> Pc {
    pc.end(data).await;
    Pc::started(data, clock).await
}
