//! The keyring's share: what a copied data folder opens with, and what a PC without an open keyring does. The system's
//! own keyring is in tests/contract.

use crate::world::{HEAD, PASSWORD, Viewer, World, desk, mrs_nie};
use onedoor_desk::{
    Commands, Demo,
    dto::*,
    keyring::{Keyring, KeyringClosed},
};
use onedoor_store::Share;
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};
use uuid::Uuid;

/// A keyring in memory that can be locked, can forget, and counts how often it was asked.
#[derive(Default)]
struct Pocket {
    shares: Mutex<HashMap<Uuid, String>>,
    locked: AtomicBool,
    forgets: AtomicBool,
    asked: AtomicU32,
}

impl Pocket {
    fn answer(&self) -> Result<(), KeyringClosed> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.locked.load(Ordering::SeqCst) {
            true => Err(KeyringClosed("locked".into())),
            false => Ok(()),
        }
    }
}

impl Keyring for Pocket {
    fn is_open(&self) -> bool {
        self.answer().is_ok()
    }
    fn load(&self, store: Uuid) -> Result<Option<Share>, KeyringClosed> {
        self.answer()?;
        let shares = self.shares.lock().unwrap();
        Ok(shares.get(&store).and_then(|text| Share::from_hex(text)))
    }
    fn keep(&self, store: Uuid, share: &Share) -> Result<(), KeyringClosed> {
        self.answer()?;
        if !self.forgets.load(Ordering::SeqCst) {
            self.shares.lock().unwrap().insert(store, share.hex());
        }
        Ok(())
    }
}

fn pocket() -> Arc<Pocket> {
    Arc::default()
}

/// A PC with this keyring, at work.
async fn at_work_with(pocket: &Arc<Pocket>) -> World {
    let world = World::new().with_keyring(Some(pocket.clone()));
    world.start().await.join().await
}

async fn refused(world: &World, clerk: &str, password: &str) -> ErrorView {
    let commands = &world.commands;
    let tried = commands.session_sign_in(clerk.into(), password.into());
    tried.await.expect_err("this must not open")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => fs::copy(entry.path(), to.join(entry.file_name()))
                .map(|_| ())
                .unwrap(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyring_is_needed_beside_the_password_and_is_never_enough() {
    let pocket = pocket();
    let world = at_work_with(&pocket).await;
    let head = world.head().await;
    let world = world.restarted().await;
    let wrong = refused(&world, &head, "không phải").await;
    assert_eq!(wrong.code, ErrorCode::WrongPassword, "a stolen session");
    let world = world.with_keyring(None);
    let gone = refused(&world, &head, PASSWORD).await;
    assert_eq!(gone.code, ErrorCode::KeyringMissing, "a stolen password");
    assert!(
        gone.retryable,
        "the keyring may be unlocked and tried again"
    );
    let world = world.with_keyring(Some(pocket.clone()));
    pocket.locked.store(true, Ordering::SeqCst);
    let locked = refused(&world, &head, PASSWORD).await;
    assert_eq!(locked.code, ErrorCode::KeyringMissing);
    pocket.locked.store(false, Ordering::SeqCst);
    let state = world.sign_in(&head).await;
    assert_eq!(state.phase, Phase::ConfirmClock, "both together open");
    assert_eq!(state.bound, Some(MachineBound::All), "and the page says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_folder_opens_elsewhere_with_the_recovery_paper_only() {
    let first_pc = pocket();
    let world = at_work_with(&first_pc).await;
    let (head, clerk) = (world.head().await, world.clerk("Y Ƀliêng Niê").await);
    let received = world.receive(mrs_nie()).await;
    let recovery = world.recovery.clone();
    let world = world.restarted().await;
    let elsewhere = Folder::new();
    copy(&world.folder.join("data"), &elsewhere.join("data"));

    let second_pc = pocket();
    let copied = World::over(elsewhere, FakeClock::monday()).with_keyring(Some(second_pc.clone()));
    for who in [&head, &clerk] {
        let refused = refused(&copied, who, PASSWORD).await;
        assert_eq!(refused.code, ErrorCode::KeyringMissing);
    }
    let commands = &copied.commands;
    let recovered = commands.session_recover(head.clone(), recovery, "mật khẩu mới".into());
    assert_eq!(recovered.await.unwrap().phase, Phase::ConfirmClock);
    copied.confirm_clock().await;
    let filing = commands.filing_get(received.filing.id).await.unwrap();
    assert_eq!(filing.applicant.name, mrs_nie().applicant.name);

    // The second PC has a share of its own: the supervisor's slot needs it, the clerk's still needs the first PC's.
    let kept = |pocket: &Pocket| {
        pocket
            .shares
            .lock()
            .unwrap()
            .values()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&second_pc).len(), 1);
    assert_ne!(kept(&first_pc), kept(&second_pc));
    commands.session_lock().await.unwrap();
    let other = refused(&copied, &clerk, PASSWORD).await;
    assert_eq!(
        other.code,
        ErrorCode::KeyringMissing,
        "another PC's share is not called a wrong password"
    );
    let back = commands.session_sign_in(head.clone(), "mật khẩu mới".into());
    back.await.unwrap();
    let reset = commands.staff_reset(clerk.clone(), "đặt lại rồi".into());
    reset.await.unwrap();
    commands.session_lock().await.unwrap();
    let clerk_again = commands.session_sign_in(clerk, "đặt lại rồi".into());
    assert_eq!(clerk_again.await.unwrap().phase, Phase::SignedIn);

    world.sign_in(&head).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_open_keyring_a_password_is_enough_and_the_page_says_so() {
    let pocket = pocket();
    pocket.locked.store(true, Ordering::SeqCst);
    let world = at_work_with(&pocket).await;
    let bound = |state: AppState| state.bound;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(bound(state), Some(MachineBound::None));
    assert!(pocket.shares.lock().unwrap().is_empty());
    let head = world.head().await;
    let world = world.restarted().await.with_keyring(None);
    let state = world.sign_in(&head).await;
    assert_eq!(state.phase, Phase::ConfirmClock, "nothing else is needed");
    world.confirm_clock().await;

    pocket.locked.store(false, Ordering::SeqCst);
    let world = world.with_keyring(Some(pocket));
    world.clerk("Y Ƀliêng Niê").await;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        bound(state),
        Some(MachineBound::Some),
        "who came later is bound; the page says that not all are"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_gives_nothing_back_locks_nobody_out() {
    let pocket = pocket();
    pocket.forgets.store(true, Ordering::SeqCst);
    let world = at_work_with(&pocket).await;
    let head = world.head().await;
    let world = world.restarted().await;
    let state = world.sign_in(&head).await;
    assert_eq!(state.bound, Some(MachineBound::None), "found out in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyring_is_not_touched_before_somebody_signs_in() {
    let pocket = pocket();
    let world = at_work_with(&pocket).await;
    let head = world.head().await;
    let world = world.restarted().await;
    pocket.asked.store(0, Ordering::SeqCst);
    world.commands.app_state().await.unwrap();
    world.commands.sync_state().await.unwrap();
    assert_eq!(
        pocket.asked.load(Ordering::SeqCst),
        0,
        "the sign-in page waits for no keyring"
    );
    world.sign_in(&head).await;
    assert_eq!(pocket.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_before_the_keyring_is_asked() {
    let pocket = pocket();
    let world = at_work_with(&pocket).await;
    let head = world.head().await;
    world.commands.session_lock().await.unwrap();
    pocket.asked.store(0, Ordering::SeqCst);
    for _ in 0..10 {
        refused(&world, &head, "không phải").await;
    }
    assert_eq!(
        pocket.asked.load(Ordering::SeqCst),
        4,
        "three free tries and one more; the others wait and ask nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_office_asks_no_keyring() {
    let (folder, clock, pocket) = (Folder::new(), FakeClock::monday(), pocket());
    let viewer = Arc::new(Viewer::default());
    *viewer.1.lock().unwrap() = Some(pocket.clone());
    let demo = Demo {
        office: Default::default(),
        centre: "http://127.0.0.1:9".into(),
        code: "00000000".into(),
    };
    let commands = Commands(desk(&folder, &clock, &viewer, Some(demo)));
    let first = commands.staff_first(HEAD.into(), PASSWORD.into());
    let state = first.await.unwrap().state;
    assert_eq!(state.bound, Some(MachineBound::None));
    assert_eq!(pocket.asked.load(Ordering::SeqCst), 0);
}
