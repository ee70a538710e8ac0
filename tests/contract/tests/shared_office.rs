//! What one counter of the office does, the others know: found, warned of and acted on, also when no network is there
//! any more. Two real PCs, one real centre.

use onedoor_central::feed::{Decided, Decision};
use onedoor_contract::{
    centre::Centre,
    counter::filing,
    pc::{Pc, sent},
};
use onedoor_desk::dto::{
    DraftValues, ErrorCode, FilingFilter, FilingRow, OfficePart, PayWay, Place, SyncState,
};
use onedoor_domain::filing::Status;
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use uuid::Uuid;

const HOA: &str = "Nguyễn Thị Hoa";

/// Five thousand for a copy from the civil register, where the law says eight.
const TARIFF: &str = r#"{
 "version": 2, "office": "Ea Tul",
 "lines": [
  { "procedure": "2.000635", "item": "f1", "amount": 5000, "per": "copy", "ground": "NQ 12/2026/NQ-HĐND" }
 ]
}"#;

/// Two counters of one office.
struct Office {
    _folder: Folder,
    clock: FakeClock,
    centre: Centre,
    first: Pc,
    second: Pc,
}

impl Office {
    async fn open() -> Self {
        let (folder, clock) = (Folder::new(), FakeClock::monday());
        let centre = Centre::open(&clock).await;
        let address = centre.serve().await;
        let [one, two] = [folder.join("one"), folder.join("two")];
        Office {
            first: Pc::joined(&one, &clock, &centre, address, 1).await,
            second: Pc::joined(&two, &clock, &centre, address, 2).await,
            _folder: folder,
            clock,
            centre,
        }
    }

    /// The first counter receives a filing and sends it; the second one hears of it.
    async fn received_at_the_first(&mut self) -> FilingRow {
        let code = self.first.receive(HOA).await;
        self.first.state_until(sent).await;
        hears(&mut self.second, &code, |_| true).await
    }

    async fn decide(&self, filing: &str, status: Status) {
        let decision = Decision {
            decision: Uuid::now_v7(),
            filing: filing.parse().unwrap(),
            status,
            reason: "Thiếu xác nhận của thôn".into(),
            official_code: None,
            unit: "Phòng Tư pháp".into(),
            decided_at: None,
            at: (self.clock.reader())(),
        };
        let decided = self.centre.central.decide(decision).await.unwrap();
        assert!(matches!(decided, Decided::Stored { .. }), "{decided:?}");
    }
}

/// Waits until a filing is known and is as wanted.
async fn hears(pc: &mut Pc, code: &str, wanted: impl Fn(&FilingRow) -> bool) -> FilingRow {
    pc.eventually(async |commands| {
        let rows = commands.filing_list(FilingFilter::All, code.into(), 5);
        rows.await.unwrap().into_iter().find(&wanted)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_of_the_other_counter_is_found_and_warned_of_without_a_network() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    assert_eq!(row.counter.as_deref(), Some("Quầy 1"));
    assert_eq!(row.place, Place::Centre);
    drop(office.centre);

    let pc = &office.second.commands;
    let today = pc.filing_list(FilingFilter::Today, "hoa".into(), 5);
    assert_eq!(today.await.unwrap().len(), 1, "by a part of the name");
    let view = pc.filing_get(row.id.clone()).await.unwrap();
    assert_eq!(view.applicant.name, HOA);
    assert_eq!(view.papers.len(), 1, "what was handed in");
    assert_eq!(view.clerk, onedoor_contract::counter::CLERK);
    let told: Vec<&str> = view.time_line.iter().map(|it| it.code.as_str()).collect();
    assert!(told.contains(&"received"), "{told:?}");

    let mut again = filing(HOA);
    let known = pc.person_find("hoa".into()).await.unwrap();
    assert!(!known.is_empty(), "the person need not be typed again");
    again.applicant.person.clear();
    let check = pc.filing_check(again).await.unwrap();
    let same: Vec<_> = check.duplicates.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(same, [row.id.as_str()], "the same person, the same matter");

    let own = pc.desk_counts().await.unwrap();
    assert_eq!(own.today, 1, "the office's day");
    assert!(own.last.is_empty(), "nothing was received here");
    assert_eq!(own.not_at_centre, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_stays_at_the_counter_that_signed_it_until_the_other_one_asks_for_it() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    let pc = &office.second.commands;
    let view = pc.filing_get(row.id.clone()).await.unwrap();
    assert!(!view.receipt_stored);
    let opened = pc.receipt_open(row.id.clone()).await;
    let error = opened.expect_err("no second paper with another signature");
    assert_eq!(error.code, ErrorCode::PaperElsewhere);
    assert_eq!(error.params["counter"], "Quầy 1");

    let all = |state: &SyncState| sent(state) && state.papers_here == 0;
    office.first.state_until(all).await;
    let id = row.id.clone();
    let here = office.second.eventually(async |commands| {
        commands.receipt_bring(id.clone()).await.unwrap();
        let view = commands.filing_get(id.clone()).await.unwrap();
        view.receipt_stored.then_some(())
    });
    here.await;
    let first = office.first.commands.receipt_picture(row.id.clone(), 1.0);
    let second = office.second.commands.receipt_picture(row.id, 1.0);
    assert!(
        first.await.unwrap() == second.await.unwrap(),
        "the same paper, byte by byte"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_one_counter_sets_hold_at_every_counter() {
    let mut office = Office::open().await;
    let set = office.first.commands.office_document_set(
        OfficePart::Tariff,
        TARIFF.into(),
        "2026-11-23".into(),
    );
    set.await.unwrap();
    let all = |state: &SyncState| sent(state) && state.papers_here == 0;
    office.first.state_until(all).await;
    let held = office.second.eventually(async |commands| {
        let documents = commands.office_documents().await.unwrap();
        let set = documents.into_iter().find(|it| it.from.is_some());
        set.filter(|it| it.in_force && !it.awaited)
    });
    let held = held.await;
    assert_eq!(held.title, "2 · Ea Tul");
    assert!(!held.damaged);
    let copy = DraftValues {
        procedure: "2.000635".into(),
        copies: "3".into(),
        ..filing(HOA)
    };
    // What the other counter's tariff says; the catalogue's own is 24,000.
    let charged = office.second.eventually(async |commands| {
        let check = commands.filing_check(copy.clone()).await.unwrap();
        (check.fee?.amount?.minor == "15000").then_some(())
    });
    charged.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_of_the_solving_unit_reaches_every_counter() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    office.decide(&row.id, Status::SupplementAsked).await;
    for pc in [&mut office.first, &mut office.second] {
        let row = hears(pc, &row.code, |row| row.status == "supplement_asked").await;
        let view = pc.commands.filing_get(row.id).await.unwrap();
        let said = view.time_line.last().unwrap();
        assert_eq!(
            (said.code.as_str(), said.who.as_str()),
            ("decided", "Phòng Tư pháp")
        );
        assert_eq!(said.params["reason"], "Thiếu xác nhận của thôn");
        assert!(said.at.starts_with("2026-11-23T"), "{}", said.at);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_counter_does_with_the_others_filing_comes_back_to_it() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    let official = "000.00.12.H15-261123-0042";
    let bound = office
        .second
        .commands
        .rekey_bind(row.id.clone(), official.into());
    bound.await.unwrap();
    office.second.state_until(sent).await;
    let found = hears(&mut office.first, official, |_| true).await;
    assert_eq!(found.id, row.id, "found by the official code");
    assert_eq!(found.counter, None, "it was received here");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_other_counter_puts_right_is_its_paper_to_sign_and_everybodys_to_read() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    let two = &office.second.commands;
    let mut values = two.correct_begin(row.id.clone()).await.unwrap().values;
    values.applicant.name = "Nguyễn Thị Hòa".into();
    values.correcting.as_mut().unwrap().reason = "Ghi sai dấu".into();
    let done = two.filing_correct(values).await.unwrap();
    assert!(done.receipt_stored, "signed where it was put right");
    assert_eq!(done.filing.code, row.code);

    let all = |state: &SyncState| sent(state) && state.papers_here == 0;
    office.second.state_until(all).await;
    let told = hears(&mut office.first, &row.code, |row| {
        row.applicant == "Nguyễn Thị Hòa"
    });
    assert_eq!(told.await.id, row.id);
    let one = &office.first.commands;
    let view = one.filing_get(row.id.clone()).await.unwrap();
    assert_eq!(view.applicant.name, "Nguyễn Thị Hòa");
    let before = view.superseded.first().map(|before| before.sha256.clone());
    one.receipt_open_before(row.id.clone(), before.unwrap())
        .await
        .expect("its own paper of before is still there");
    let id = row.id.clone();
    let here = office.first.eventually(async |commands| {
        commands.receipt_bring(id.clone()).await.unwrap();
        let view = commands.filing_get(id.clone()).await.unwrap();
        view.receipt_stored.then_some(())
    });
    here.await;
    let first = office.first.commands.receipt_picture(row.id.clone(), 1.0);
    let second = office.second.commands.receipt_picture(row.id, 1.0);
    assert!(
        first.await.unwrap() == second.await.unwrap(),
        "the same new paper at both counters"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_that_one_counter_took_is_known_at_the_other_and_taken_once() {
    let mut office = Office::open().await;
    let row = office.received_at_the_first().await;
    let id = row.id.clone();
    let take = async |pc: &Pc, seen: &str| {
        let [amount, given] = ["10.000", "50.000"].map(String::from);
        let commands = &pc.commands;
        let taken = commands.fee_take(id.clone(), PayWay::Cash, amount, given, seen.into());
        taken.await
    };
    let taken = take(&office.second, "0").await.unwrap();
    assert_eq!(taken.paid.minor, "10000");
    office.second.state_until(sent).await;
    let id = &row.id;
    let known = office.first.eventually(async |commands| {
        let account = commands.fee_get(id.clone()).await.unwrap();
        (account.payments.len() == 1).then_some(account)
    });
    let known = known.await;
    let payment = &known.payments[0];
    assert_eq!(payment.counter.as_deref(), Some("Quầy 2"), "and says where");
    assert_eq!(known.paid.minor, "10000");
    // Whoever still looks at the page of before does not take it a second time.
    let again = take(&office.first, "0").await.unwrap_err();
    assert_eq!(again.code, ErrorCode::FeeMoved);
}
