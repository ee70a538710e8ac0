//! Papers leave a PC once the centre has them and their filings are long over, and come back by one key as they were. One
//! real PC, one real centre.

use jiff::SignedDuration;
use onedoor_contract::{
    centre::Centre,
    counter,
    pc::{Pc, sent},
};
use onedoor_desk::dto::{ErrorCode, FilingAct, FilingFilter, FilingView, KeptPapers, SyncState};
use onedoor_protocol::facts::PolicyFact;
use onedoor_testkit::{clock::FakeClock, folders, temp::Folder};
use std::path::PathBuf;

struct World {
    _folder: Folder,
    data: PathBuf,
    clock: FakeClock,
    centre: Centre,
    pc: Pc,
}

fn all_sent(state: &SyncState) -> bool {
    sent(state) && state.papers_here == 0
}

impl World {
    async fn open() -> Self {
        let (folder, clock) = (Folder::new(), FakeClock::monday());
        let centre = Centre::open(&clock).await;
        let address = centre.serve().await;
        let data = folder.join("pc");
        let pc = Pc::joined(&data, &clock, &centre, address, 1).await;
        World {
            _folder: folder,
            data,
            clock,
            centre,
            pc,
        }
    }

    /// Receives a filing, and the applicant takes it back at once; all of it is sent.
    async fn taken_back(&mut self) -> FilingView {
        let code = self.pc.receive("H'Hen Niê").await;
        let commands = &self.pc.commands;
        let rows = commands.filing_list(FilingFilter::All, code, 1).await;
        let id = rows.unwrap()[0].id.clone();
        let seen = "received".into();
        let act = commands.filing_act(id, FilingAct::Withdraw, "Người dân rút".into(), seen);
        let view = act.await.unwrap();
        self.pc.state_until(all_sent).await;
        view
    }

    async fn kept(&self) -> KeptPapers {
        self.pc.commands.kept_papers().await.unwrap()
    }

    /// The sealed files of papers on this PC.
    fn files(&self) -> usize {
        folders::files(&self.data.join("blobs")).unwrap().len()
    }
}

const DAYS_91: SignedDuration = SignedDuration::from_hours(91 * 24);

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_left_is_at_the_centre_and_comes_back_byte_by_byte() {
    let mut world = World::open().await;
    let view = world.taken_back().await;
    let id = view.row.id;
    let commands = world.pc.commands.clone();
    let before = commands.receipt_picture(id.clone(), 1.0).await.unwrap();
    assert_eq!((world.kept().await.days, world.kept().await.may), (90, 0));

    world.clock.advance(DAYS_91);
    let kept = world.kept().await;
    assert_eq!((kept.may, kept.gone), (1, 0));
    let went = commands.kept_papers_go().await.unwrap();
    assert_eq!((went.files, went.kept.may, went.kept.gone), (1, 0, 1));
    assert_eq!(went.bytes, kept.may_bytes);
    assert_eq!(world.files(), 0, "the disk has it no more");

    let view = commands.filing_get(id.clone()).await.unwrap();
    assert!(!view.receipt_stored);
    assert_eq!(view.receipt_let_go.as_deref(), Some("2027-02-22"));
    for refused in [
        commands.receipt_open(id.clone()).await.map(drop),
        commands.receipt_picture(id.clone(), 1.0).await.map(drop),
    ] {
        let error = refused.expect_err("never drawn anew under the same name");
        assert_eq!(error.code, ErrorCode::PaperLetGo);
        assert_eq!(error.params["day"], "2027-02-22");
    }

    assert!(commands.receipt_bring(id.clone()).await.unwrap());
    let back = world.pc.eventually(async |commands| {
        let view = commands.filing_get(id.clone()).await.unwrap();
        view.receipt_stored.then_some(view)
    });
    assert_eq!(back.await.receipt_let_go, None);
    let after = commands.receipt_picture(id, 1.0).await.unwrap();
    assert!(before == after, "the same paper");
    world.pc.state_until(all_sent).await;
    let kept = world.kept().await;
    assert_eq!((kept.may, kept.gone), (0, 0), "its days begin anew");
    world.clock.advance(DAYS_91);
    assert_eq!(world.kept().await.may, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_province_says_for_how_long_and_a_sign_in_does_it_by_itself_once_a_day() {
    let mut world = World::open().await;
    world.taken_back().await;
    let commands = world.pc.commands.clone();
    let own = commands.kept_papers_days(7).await.unwrap();
    assert_eq!((own.days, own.by_province), (7, false));
    assert!(commands.kept_papers_days(3651).await.is_err());
    let say = async |keep_days| {
        let policy = PolicyFact {
            keep_days,
            ..PolicyFact::default()
        };
        world.centre.central.set_policy("eatul", policy).await
    };
    assert!(say(Some(3651)).await.is_err());
    say(Some(0)).await.unwrap();
    let province = world.pc.eventually(async |commands| {
        let kept = commands.kept_papers().await.unwrap();
        kept.by_province.then_some(kept)
    });
    assert_eq!(province.await.days, 0);
    world.clock.advance(DAYS_91);
    assert_eq!(world.kept().await.may, 0, "0 keeps all");
    assert_eq!(commands.kept_papers_go().await.unwrap().files, 0);

    say(Some(30)).await.unwrap();
    let thirty = world.pc.eventually(async |commands| {
        let kept = commands.kept_papers().await.unwrap();
        (kept.days == 30).then_some(kept)
    });
    assert_eq!(thirty.await.may, 1);
    commands.session_lock().await.unwrap();
    counter::sign_in(&commands).await.unwrap();
    let gone = world.pc.eventually(async |commands| {
        let kept = commands.kept_papers().await.unwrap();
        (kept.gone == 1).then_some(())
    });
    gone.await;
    assert_eq!(world.files(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_a_paper_that_left_is_asked_for_and_comes_with_the_next_contact() {
    let mut world = World::open().await;
    let view = world.taken_back().await;
    let id = view.row.id;
    world.pc.commands.kept_papers_days(7).await.unwrap();
    world.clock.advance(SignedDuration::from_hours(8 * 24));
    assert_eq!(world.pc.commands.kept_papers_go().await.unwrap().files, 1);
    world.pc.commands.sync_pause(true).await.unwrap();
    assert!(world.pc.commands.receipt_bring(id.clone()).await.unwrap());
    // The program ends before there was a contact: what was asked for is not forgotten.
    let World {
        _folder,
        data,
        clock,
        pc,
        centre: _centre,
    } = world;
    pc.end(&data).await;
    let mut pc = Pc::started(&data, &clock).await;
    let view = pc.commands.filing_get(id.clone()).await.unwrap();
    assert!(!view.receipt_stored && view.receipt_let_go.is_some());
    pc.commands.sync_pause(false).await.unwrap();
    let back = pc.eventually(async |commands| {
        let view = commands.filing_get(id.clone()).await.unwrap();
        view.receipt_stored.then_some(())
    });
    back.await;
}
