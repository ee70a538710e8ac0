//! The desk with a real Secret Service: GNOME's keyring on a D-Bus session of its own, in a home of its own, so that
//! nothing of whoever runs the tests is touched. Debian: `gnome-keyring` and `dbus`.

#![cfg(target_os = "linux")]

use onedoor_contract::counter::{self, CLERK, PASSWORD};
use onedoor_desk::{
    Commands, Host,
    dto::{ErrorCode, MachineBound, Phase},
    keyring::{Keyring, SystemKeyring},
};
use onedoor_store::{Share, StorePaths, lock};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

const HOME: &str = "ONEDOOR_CONTRACT_TEST_HOME";

struct RealHost;

impl Host for RealHost {
    fn open_pdf(&self, _path: &Path) -> std::io::Result<()> {
        Ok(())
    }
    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        SystemKeyring::of_this_system().map(|keyring| Arc::new(keyring) as Arc<dyn Keyring>)
    }
}

/// Unlocks the login keyring as a session does when its user signs in.
const UNLOCKED: &str =
    "printf geheim | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
/// The keyring runs and is locked: a PC that signs its user in by itself.
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null";

/// Plays one of the programs below in a session of its own, whose keyring was begun in this way.
fn in_session(home: &Path, keyring: &str, program: &str) {
    let run = home.join("run");
    fs::create_dir_all(&run).unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
    let script = format!("{keyring} && exec \"$0\" --ignored --exact {program} --nocapture");
    let session = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(HOME, home)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_RUNTIME_DIR", &run)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("GNOME_KEYRING_CONTROL")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("Debian's package dbus has dbus-run-session");
    let said = String::from_utf8_lossy(&session.stdout).into_owned()
        + &String::from_utf8_lossy(&session.stderr);
    assert!(
        session.status.success() && said.contains("1 passed"),
        "{program} (gnome-keyring is installed?): {said}"
    );
}

fn home() -> Option<PathBuf> {
    std::env::var_os(HOME).map(PathBuf::from)
}

fn desk(home: &Path) -> Commands {
    let host = Arc::new(RealHost);
    Commands(counter::desk(
        &home.join("data"),
        &FakeClock::monday(),
        host,
    ))
}

async fn freed(home: &Path) {
    let paths = StorePaths::new(&home.join("data"));
    let began = Instant::now();
    // The lock of an ended desk has no event to wait for.
    while lock(&paths).is_err() {
        assert!(began.elapsed() < Duration::from_secs(10), "never let go");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "plays the program with an open keyring of a_pc_with_a_real_keyring_binds_its_sign_in"]
async fn program_with_an_open_keyring() {
    let Some(home) = home() else { return };
    let commands = desk(&home);
    counter::first_clerk(&commands).await.unwrap();
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.bound, Some(MachineBound::All), "the keyring took it");
    drop(commands);
    freed(&home).await;
    let commands = desk(&home);
    counter::sign_in(&commands)
        .await
        .expect("the keyring gives it back");
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.session.unwrap().clerk.name, CLERK);

    let keyring = SystemKeyring::of_this_system().unwrap();
    let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for bytes in [[1; 32], [2; 32]] {
        keyring.keep(own, &Share::from_bytes(bytes)).unwrap();
        let kept = keyring.load(own).unwrap().map(|share| share.hex());
        assert_eq!(kept, Some(hex::encode(bytes)), "the last one kept");
    }
    let none = keyring.load(other).unwrap();
    assert!(none.is_none(), "another store has its own");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "plays the program with a locked keyring of a_pc_with_a_real_keyring_binds_its_sign_in"]
async fn program_with_a_locked_keyring() {
    let Some(home) = home() else { return };
    let keyring = SystemKeyring::of_this_system().unwrap();
    assert!(
        !keyring.is_open(),
        "a locked keyring is told without asking"
    );
    let commands = desk(&home);
    let clerk = commands.app_state().await.unwrap().staff[0].id.clone();
    let refused = commands.session_sign_in(clerk, PASSWORD.into()).await;
    assert_eq!(
        refused.unwrap_err().code,
        ErrorCode::KeyringMissing,
        "the right password alone opens nothing"
    );
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::SignedOut);
}

#[test]
fn a_pc_with_a_real_keyring_binds_its_sign_in() {
    let folder = Folder::new();
    in_session(folder.path(), UNLOCKED, "program_with_an_open_keyring");
    in_session(folder.path(), LOCKED, "program_with_a_locked_keyring");
}

#[test]
#[ignore = "plays the program of a_pc_without_a_session_bus_has_no_open_keyring"]
fn program_without_a_bus() {
    if home().is_none() {
        return;
    }
    let keyring = SystemKeyring::of_this_system().unwrap();
    let began = Instant::now();
    assert!(!keyring.is_open());
    assert!(keyring.load(Uuid::from_u128(1)).is_err());
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "and says so at once"
    );
}

#[test]
fn a_pc_without_a_session_bus_has_no_open_keyring() {
    let folder = Folder::new();
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "program_without_a_bus"])
        .env(HOME, folder.path())
        .env("XDG_RUNTIME_DIR", folder.path())
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stdout);
    assert!(
        program.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
