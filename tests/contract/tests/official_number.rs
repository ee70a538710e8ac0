//! A filing that was received under a provisional number gets its official one, from this counter or from the centre; the
//! receipt is drawn anew with it, and both numbers find it. Not here: why a number was provisional (`numbers_stopped`).

use jiff::SignedDuration;
use onedoor_central::feed::{Decided, Decision};
use onedoor_contract::{
    centre::{AGENCY, Centre},
    pc::{Pc, sent},
};
use onedoor_desk::dto::{ErrorCode, FilingFilter, FilingView};
use onedoor_domain::filing::Status;
use onedoor_protocol::{
    Hash32,
    journal::{Body, decode},
};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};
use uuid::Uuid;

struct World {
    clock: FakeClock,
    centre: Centre,
    pc: Pc,
    data: PathBuf,
    _folder: Folder,
}

impl World {
    /// A counter that lost its canary: today it gives provisional numbers only.
    async fn without_numbers() -> Self {
        let (folder, clock) = (Folder::new(), FakeClock::monday());
        let centre = Centre::open(&clock).await;
        let address = centre.serve().await;
        let data = folder.join("data");
        let pc = Pc::joined(&data, &clock, &centre, address, 1).await;
        pc.receive("Nguyễn Thị Hoa").await;
        pc.end(&data).await;
        fs::remove_file(folder.join("data.canary")).unwrap();
        let pc = Pc::started(&data, &clock).await;
        World {
            clock,
            centre,
            pc,
            data,
            _folder: folder,
        }
    }

    /// The night passes, and the program is started again.
    async fn next_morning(self) -> Self {
        self.pc.end(&self.data).await;
        self.clock.advance(SignedDuration::from_hours(24));
        let pc = Pc::started(&self.data, &self.clock).await;
        World { pc, ..self }
    }

    async fn found_by(&self, number: &str) -> Vec<String> {
        let rows = self
            .pc
            .commands
            .filing_list(FilingFilter::All, number.into(), 5);
        rows.await.unwrap().into_iter().map(|row| row.id).collect()
    }

    async fn view(&self, filing: &str) -> FilingView {
        self.pc.commands.filing_get(filing.into()).await.unwrap()
    }

    /// The words of the receipts that the centre has of a filing, in their order.
    async fn receipts(&self, filing: &str) -> Vec<String> {
        let ws = self.centre.central.workstations().await.unwrap()[0].ws;
        let filing: Uuid = filing.parse().unwrap();
        let lines = self.centre.lines(ws).await;
        let forms = lines
            .iter()
            .filter_map(|line| match decode(line).unwrap().body {
                Body::FormRendered(form) if form.filing == filing => Some(form.sha256),
                _ => None,
            });
        forms.map(|sha256| self.words(&sha256)).collect()
    }

    fn words(&self, sha256: &Hash32) -> String {
        let pdf = self.centre.blob(sha256).expect("it is at the centre");
        let mut program = Command::new("pdftotext")
            .args(["-layout", "-", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("pdftotext of poppler-utils");
        program.stdin.take().unwrap().write_all(&pdf).unwrap();
        let text = program.wait_with_output().unwrap().stdout;
        let text = String::from_utf8(text).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_morning_the_counter_gives_the_number_and_the_paper_says_both() {
    let world = World::without_numbers().await;
    let provisional = world.pc.receive("Y Bhăm Niê").await;
    assert!(provisional.starts_with("T-"), "{provisional}");
    let filing = world.found_by(&provisional).await[0].clone();
    assert!(!world.view(&filing).await.can_number, "not today");
    let early = world.pc.commands.number_give(filing.clone()).await;
    assert_eq!(early.unwrap_err().code, ErrorCode::NumbersUsedUp);

    let mut world = world.next_morning().await;
    assert!(world.view(&filing).await.can_number);
    let given = world.pc.commands.number_give(filing.clone()).await.unwrap();
    let official = given.official.expect("its number");
    assert_eq!(official, format!("{AGENCY}-261124-1000"));
    assert!(!given.can_number, "once");
    for known in [&official, &provisional] {
        let found = world.found_by(known).await;
        assert_eq!(found, std::slice::from_ref(&filing), "by {known}");
    }
    let again = world.pc.commands.number_give(filing.clone()).await;
    assert_eq!(again.unwrap_err().code, ErrorCode::FilingMoved);
    // The number is used: the next filing gets the next one, and none is missing.
    let next = world.pc.receive("Lò Văn Páo").await;
    assert_eq!(next, format!("{AGENCY}-261124-1001"));
    let numbers = world.pc.commands.numbers_get().await.unwrap();
    assert_eq!(numbers.missing, Vec::<String>::new());

    // Whoever looks at the receipt, or prints it, has the new one; looking twice draws it once.
    for _ in 0..2 {
        let shown = world.pc.commands.receipt_picture(filing.clone(), 0.5);
        assert!(!shown.await.unwrap().is_empty());
    }
    world
        .pc
        .state_until(|state| sent(state) && state.papers_here == 0)
        .await;
    let receipts = world.receipts(&filing).await;
    assert_eq!(receipts.len(), 2, "the one given out, and the new one");
    assert!(receipts[0].contains(&provisional) && !receipts[0].contains(&official));
    assert!(receipts[1].contains(&official), "{}", receipts[1]);
    assert!(
        receipts[1].contains(&format!("Thay cho giấy mang số tạm {provisional}")),
        "{}",
        receipts[1]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_from_the_centre_stands_on_the_receipt_too() {
    let mut world = World::without_numbers().await;
    let provisional = world.pc.receive("Y Bhăm Niê").await;
    world.pc.state_until(sent).await;
    let filing = world.found_by(&provisional).await[0].clone();
    let official = "000.00.53.H15-261123-0042";
    let decision = Decision {
        decision: Uuid::now_v7(),
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
    let commands = world.pc.commands.clone();
    world
        .pc
        .eventually(async |_| {
            let view = commands.filing_get(filing.clone()).await.unwrap();
            view.official.filter(|known| known == official)
        })
        .await;
    world
        .pc
        .commands
        .receipt_picture(filing.clone(), 0.5)
        .await
        .unwrap();
    world
        .pc
        .state_until(|state| sent(state) && state.papers_here == 0)
        .await;
    let receipts = world.receipts(&filing).await;
    assert!(
        receipts
            .last()
            .is_some_and(|words| words.contains(official)),
        "{receipts:?}"
    );
    assert!(!world.view(&filing).await.can_number, "it has one");
}
