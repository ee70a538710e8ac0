//! A PC that may not use its identity any more gets a new one from the screen: what only it had comes to the office with
//! the numbers that are on paper, what the centre had comes back, nothing is lost and nothing is there twice.

use onedoor_central::ledger::{FilingQuery, FilingRecord, OfficeRecord};
use onedoor_contract::{
    centre::{AGENCY, Centre, office},
    pc::{Pc, sent},
};
use onedoor_desk::{
    Commands,
    dto::{EnrolByCode, ErrorCode, FilingFilter, FilingRow, Link, Place, Salvage},
};
use onedoor_testkit::{clock::FakeClock, folders, temp::Folder};
use std::{collections::BTreeSet, fs, net::SocketAddr, path::Path};

/// A centre that listens, a clock, and a place for PCs.
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

    /// The request with a new code for this counter.
    async fn request(&self, counter: u16) -> EnrolByCode {
        EnrolByCode {
            centre: format!("http://{}", self.address),
            code: self.centre.code(counter).await,
        }
    }

    /// Every filing that the centre knows.
    async fn at_centre(&self) -> Vec<FilingRecord> {
        let query = FilingQuery {
            limit: 100,
            ..FilingQuery::default()
        };
        self.centre.central.ledger().filings(query).await.unwrap()
    }
}

async fn row(commands: &Commands, code: &str) -> Option<FilingRow> {
    let rows = commands.filing_list(FilingFilter::All, code.into(), 5);
    rows.await.unwrap().into_iter().next()
}

/// Waits until it is known what the centre has, and gives what it has not.
async fn compared(pc: &mut Pc) -> Salvage {
    pc.eventually(async |commands| {
        let salvage = commands.salvage_list().await.unwrap();
        salvage.compared.then_some(salvage)
    })
    .await
}

fn is_legal(code: &str) -> bool {
    code.starts_with(AGENCY)
}

/// A copy of a PC's folder, canary and all: the one case that nobody notices without the centre.
fn copy_all(data: &Path, clone: &Path) {
    folders::copy(data, clone).unwrap();
    let canary = |data: &Path| data.with_extension("canary");
    fs::copy(canary(data), canary(clone)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_pc_joins_anew_and_what_only_it_received_reaches_the_office_once() {
    let world = World::open().await;
    let (data, clone) = (world.folder.join("first"), world.folder.join("clone"));
    let mut first = Pc::joined(&data, &world.clock, &world.centre, world.address, 1).await;
    first.receive("Nguyễn Thị Hoa").await;
    first.state_until(sent).await;
    // From their start on both send nothing.
    first.commands.sync_pause(true).await.unwrap();
    first.end(&data).await;
    copy_all(&data, &clone);

    let mut second = Pc::started(&clone, &world.clock).await;
    let twice = second.receive("Y Bhăm Niê").await;
    let alone = second.receive("Lò Văn Páo").await;
    let printed = row(&second.commands, &alone).await.unwrap();
    let before = second
        .commands
        .filing_get(printed.id.clone())
        .await
        .unwrap();
    let paper = second.commands.receipt_picture(printed.id.clone(), 1.0);
    let paper = paper.await.unwrap();
    let mut first = Pc::started(&data, &world.clock).await;
    first.commands.sync_pause(false).await.unwrap();
    assert_eq!(
        first.receive("H’Len Niê").await,
        twice,
        "two papers, one number"
    );
    first.state_until(sent).await;

    second.commands.sync_pause(false).await.unwrap();
    second
        .state_until(|state| state.link == Link::Fork && !state.attention.is_empty())
        .await;
    let numbered = second.eventually(async |commands| {
        let state = commands.sync_state().await.unwrap();
        let stopped = state
            .attention
            .iter()
            .any(|it| it.code == "numbers_stopped");
        stopped.then_some(())
    });
    numbered.await;
    let request = world.request(2).await;
    second.commands.enrol_by_code(request).await.unwrap();
    let salvage = compared(&mut second).await;
    let listed: Vec<_> = salvage
        .filings
        .iter()
        .map(|it| (it.code.as_str(), it.same_number))
        .collect();
    assert_eq!(listed, [(twice.as_str(), true), (alone.as_str(), false)]);
    assert_eq!(
        salvage.filings[1].hash8.as_deref(),
        Some(before.hash8.as_str())
    );
    let waiting = row(&second.commands, &alone).await.unwrap();
    assert_eq!(waiting.place, Place::ThisMachine, "nobody else has it yet");

    let salvage = second.commands.salvage_reissue().await.unwrap();
    assert_eq!((salvage.lines, salvage.filings.len()), (0, 0));
    assert!(salvage.reissued > 0);
    second.state_until(sent).await;
    let known = world.at_centre().await;
    assert_eq!(known.len(), 4, "each filing once: {known:?}");
    let of = |id: &str| known.iter().find(|it| it.id.to_string() == id).unwrap();
    assert_eq!(of(&printed.id).code.as_deref(), Some(alone.as_str()));
    let disputed: Vec<_> = known
        .iter()
        .filter_map(|it| it.disputed_code.as_deref())
        .collect();
    assert_eq!(
        disputed,
        [twice.as_str()],
        "a person decides about the second paper"
    );

    let heard = first
        .eventually(async |commands| row(commands, &alone).await)
        .await;
    assert_eq!(heard.id, printed.id, "the same filing at the other counter");
    let view = first.commands.filing_get(heard.id).await.unwrap();
    assert_eq!(view.hash8, before.hash8, "the hash on its paper");
    let told: Vec<_> = view.time_line.iter().map(|it| it.code.as_str()).collect();
    assert!(
        told.contains(&"received") && told.contains(&"reissued"),
        "{told:?}"
    );

    let here = row(&second.commands, &alone).await.unwrap();
    assert_eq!(here.place, Place::Centre);
    let again = second.commands.receipt_picture(printed.id, 1.0);
    assert!(again.await.unwrap() == paper, "the paper stays what it was");
    let code = second.receive("H’Yên Niê").await;
    assert!(is_legal(&code) && code.ends_with("2000"), "{code}");
    assert!(
        is_legal(&first.receive("H’Yên Niê").await),
        "the other PC goes on"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_pc_joins_anew_gets_back_what_it_lost_and_numbers_nothing_twice() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let mut pc = Pc::joined(&data, &world.clock, &world.centre, world.address, 1).await;
    let mut papers = vec![pc.receive("Nguyễn Thị Hoa").await];
    pc.state_until(sent).await;
    pc.end(&data).await;
    let backup = fs::read(data.join("onedoor.db")).unwrap();
    let mut pc = Pc::started(&data, &world.clock).await;
    papers.push(pc.receive("Y Bhăm Niê").await);
    pc.state_until(sent).await;
    pc.end(&data).await;
    fs::write(data.join("onedoor.db"), &backup).unwrap();

    let mut pc = Pc::started(&data, &world.clock).await;
    papers.push(pc.receive("Lò Văn Páo").await);
    let former = world.centre.central.workstations().await.unwrap()[0].ws;
    world.centre.central.revoke(former).await.unwrap();
    let request = world.request(1).await;
    pc.commands.enrol_by_code(request).await.unwrap();
    let salvage = compared(&mut pc).await;
    let listed: Vec<_> = salvage.filings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(
        listed,
        [papers[2].as_str()],
        "only this one is nowhere else"
    );
    let lost = row(&pc.commands, &papers[1]).await.unwrap();
    assert_eq!(lost.applicant, "Y Bhăm Niê", "what the copy lacked is back");
    pc.commands.salvage_reissue().await.unwrap();
    let state = pc.state_until(sent).await;
    assert!(
        state
            .attention
            .iter()
            .all(|it| it.code == "provisional_number"),
        "{:?}",
        state.attention
    );

    papers.push(pc.receive("H’Len Niê").await);
    pc.end(&data).await;
    world.clock.advance(jiff::SignedDuration::from_hours(24));
    let mut pc = Pc::started(&data, &world.clock).await;
    papers.push(pc.receive("H’Yên Niê").await);
    let legal: Vec<_> = papers.iter().map(|code| is_legal(code)).collect();
    assert_eq!(
        legal,
        [true, true, false, false, true],
        "the counter's numbers are nobody's until tomorrow: {papers:?}"
    );
    pc.state_until(sent).await;
    let different: BTreeSet<_> = papers.iter().collect();
    assert_eq!(different.len(), papers.len(), "{papers:?}");
    let known = world.at_centre().await;
    let at_centre: BTreeSet<_> = known
        .iter()
        .filter_map(|it| it.code.as_ref().or(it.provisional.as_ref()))
        .collect();
    assert_eq!(at_centre, different, "every paper once at the centre");

    // There are numbers again: also for what was received under the identity that ended.
    for paper in &papers[2..4] {
        let filing = row(&pc.commands, paper).await.unwrap().id;
        let given = pc.commands.number_give(filing.clone()).await.unwrap();
        assert!(is_legal(&given.official.unwrap()), "{paper}");
        let receipt = pc.commands.receipt_picture(filing, 0.5).await;
        assert!(!receipt.unwrap().is_empty(), "signed as it was received");
    }
    let state = pc.state_until(sent).await;
    assert!(state.attention.is_empty(), "{:?}", state.attention);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_pc_that_has_to_gets_a_new_identity_and_only_of_its_own_office() {
    let world = World::open().await;
    let data = world.folder.join("data");
    let mut pc = Pc::joined(&data, &world.clock, &world.centre, world.address, 1).await;
    pc.receive("Nguyễn Thị Hoa").await;
    pc.state_until(sent).await;
    let spare = world.request(2).await;
    let refused = pc.commands.enrol_by_code(spare.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AlreadyEnrolled);

    let known = world.centre.central.workstations().await.unwrap();
    let own = known.iter().find(|it| it.counter.number == 1).unwrap().ws;
    world.centre.central.revoke(own).await.unwrap();
    pc.state_until(|state| {
        state
            .attention
            .iter()
            .any(|it| it.code == "numbers_stopped")
    })
    .await;
    let mut other = office();
    other.id = "eaknop".into();
    let record = OfficeRecord {
        office: other,
        province: "Đắk Lắk".into(),
    };
    world.centre.central.add_office(record).await.unwrap();
    let code = world
        .centre
        .central
        .enrolment_code("eaknop", onedoor_contract::centre::counter(1));
    let foreign = EnrolByCode {
        code: code.await.unwrap().code,
        ..spare.clone()
    };
    let refused = pc.commands.enrol_by_code(foreign).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::OtherOffice);
    assert_eq!(refused.params["office"], office().name);

    pc.commands.enrol_by_code(spare).await.unwrap();
    let state = pc.state_until(sent).await;
    assert!(state.attention.is_empty(), "{:?}", state.attention);
    assert!(
        pc.receive("H’Len Niê").await.ends_with("2000"),
        "the code was not spent before"
    );
}
