//! A disk that takes no more: nothing half-written, no number lost or doubled, and work goes on when there is space.
//! Linux only: the limits come from the kernel.

use crate::{
    child,
    office::{Matter, Office, STORE, journal_length, receive},
};
use onedoor_store::{Store, StoreError, StorePaths, lock};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

/// Sets how large files of this process may grow; none = no limit.
fn limit_files(bytes: Option<u64>) {
    let limit = bytes.map_or("unlimited".into(), |bytes| bytes.to_string());
    let pid = std::process::id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &pid, &format!("--fsize={limit}:unlimited")])
        .status();
    assert!(set.unwrap().success(), "util-linux has prlimit");
}

fn seq(store: &Store) -> u64 {
    store.read(|reader| Ok(reader.head()?.seq)).unwrap()
}

fn leftovers(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += leftovers(&path);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "part")
        {
            count += 1;
        }
    }
    count
}

#[test]
#[ignore = "plays the program of a_write_that_finds_no_space_is_a_disk_error_and_works_later"]
fn program_on_a_full_disk() {
    let Some(paths) = child::folder() else { return };
    let store = child::open(&paths).unwrap();
    receive(&store, &Matter::of("A")).unwrap();
    let log = paths.folder.join("onedoor.db-wal");
    for round in 0..6 {
        let before = seq(&store);
        let matter = Matter::of("Nguyễn Thị Ứng");
        // The write breaks off at another place of its pages each time.
        let used = fs::metadata(&log).unwrap().len();
        limit_files(Some(used + round * 1021));
        let refused = receive(&store, &matter);
        let blob = store.blobs().put(&vec![round as u8; 1_500_000]);
        let tried = store.try_room();
        let room = store.room();
        limit_files(None);
        assert!(
            room.refused && matches!(tried, Err(StoreError::Disk(_))),
            "it is known, and a try does not hide it: {tried:?}"
        );
        store.try_room().unwrap();
        assert!(!store.room().refused, "and over once a try goes through");
        assert!(
            matches!(refused, Err(StoreError::Disk(_))),
            "round {round}: {refused:?}"
        );
        assert!(
            matches!(blob, Err(StoreError::Disk(_))),
            "round {round}: {blob:?}"
        );
        assert_eq!(seq(&store), before, "no line of it is left");
        let found = store.read(|reader| reader.filing(matter.filing)).unwrap();
        assert!(found.is_none(), "and no filing");

        let number = receive(&store, &matter).unwrap().value;
        assert_eq!(
            number,
            Some(1001 + round as u32),
            "its number was not used up"
        );
        store.blobs().put(&vec![round as u8; 1_500_000]).unwrap();
        assert_eq!(journal_length(&store), before + 1);
    }
    assert_eq!(leftovers(&paths.folder), 0, "no half-written file stays");
    println!("six times full");
}

#[test]
fn a_write_that_finds_no_space_is_a_disk_error_and_works_later() {
    let office = Office::new();
    drop(office.enrolled());
    let played = child::play("disk::program_on_a_full_disk", &office);
    // The kernel's signal for a file that grew too large would end the child: it is started deaf to it.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(played.get_program())
        .args(played.get_args())
        .envs(
            played
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("six times full"),
        "{said}{why}"
    );
    assert_eq!(journal_length(&office.open().unwrap()), 8);
}

/// A small disk of its own, unmounted in the end.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where mounting is not permitted.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then(|| SmallDisk(folder))
    }

    /// Writes until nothing more goes in; removing the file gives the space back.
    fn fill(&self) -> std::path::PathBuf {
        let ballast = self.0.path().join("ballast");
        let full = std::io::copy(
            &mut std::io::repeat(1),
            &mut fs::File::create(&ballast).unwrap(),
        );
        assert!(full.is_err(), "an endless file fills any disk");
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_disk_without_a_free_block_loses_nothing_and_is_named() {
    let Some(disk) = SmallDisk::mount("4m") else {
        // The test above has the same demands and needs no rights.
        println!("not checked: mounting a small disk is not permitted here");
        return;
    };
    let office = Office::new();
    let paths = StorePaths::new(&disk.0.path().join("data"));
    let open = || {
        let lock = Arc::new(lock(&paths).unwrap());
        if paths.database().exists() {
            Store::open(&paths, lock, &office.keys, STORE)
        } else {
            Store::create(&paths, lock, &office.keys, STORE)
        }
    };
    let store = open().unwrap();
    crate::office::enrol(&store, &office.centre);
    for round in 0..5_u32 {
        let ballast = disk.fill();
        let matter = Matter::of("Nguyễn Thị Ứng");
        // A first write may still fit into what the log has already taken.
        let mut before = seq(&store);
        let mut refused = receive(&store, &matter);
        while refused.is_ok() {
            before = seq(&store);
            refused = receive(&store, &Matter::of("B"));
        }
        assert!(
            matches!(refused, Err(StoreError::Disk(_))),
            "round {round}: {refused:?}"
        );
        let blob = store.blobs().put(&vec![round as u8; 100_000]);
        assert!(
            matches!(blob, Err(StoreError::Disk(_))),
            "round {round}: {blob:?}"
        );
        assert_eq!(journal_length(&store), before);
        fs::remove_file(ballast).unwrap();
        receive(&store, &Matter::of("C")).unwrap();
        assert_eq!(journal_length(&store), before + 1);
        store.blobs().put(&vec![round as u8; 100_000]).unwrap();
    }
    assert_eq!(leftovers(&paths.folder), 0);
    let lines = journal_length(&store);
    drop(store);
    let ballast = disk.fill();
    let full = open().map(|store| journal_length(&store));
    assert!(
        matches!(full, Ok(_) | Err(StoreError::Disk(_))),
        "a start on a full disk opens or says why: {full:?}"
    );
    fs::remove_file(ballast).unwrap();
    assert_eq!(journal_length(&open().unwrap()), lines);
}
