//! Folders that vanish with the test, also when its program is killed.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// A folder of its own, removed when dropped; kept, and its path printed, when the test panics.
#[derive(Debug)]
pub struct Folder {
    inner: Option<tempfile::TempDir>,
}

impl Folder {
    /// A new empty folder under the system's temporary folder.
    ///
    /// # Panics
    /// When the folder can't be made.
    pub fn new() -> Self {
        let inner = tempfile::Builder::new().prefix("onedoor-").tempdir();
        Folder {
            inner: Some(inner.unwrap_or_else(|error| panic!("no temporary folder: {error}"))),
        }
    }

    /// A new empty folder in memory where the system has such a place: for tests that say nothing about a disk.
    ///
    /// # Panics
    /// When the folder can't be made.
    pub fn in_memory() -> Self {
        let inner = tempfile::Builder::new()
            .prefix("onedoor-")
            .tempdir_in(MEMORY);
        match inner {
            Ok(inner) => Folder { inner: Some(inner) },
            Err(_) => Folder::new(),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.inner
            .as_ref()
            .map_or(Path::new(""), tempfile::TempDir::path)
    }

    /// A path inside it.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path().join(name)
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(folder) = self.inner.take().filter(|_| std::thread::panicking()) {
            eprintln!("kept for a look: {}", folder.keep().display());
        }
    }
}

/// The folder of a program that may be killed. It goes when dropped; what a killed program left under the same base is
/// removed by the next one.
#[derive(Debug)]
pub struct Scratch {
    /// Held as long as the program lives: the system lets it go however it ends. First, so that it is closed before
    /// the folder goes.
    _held: File,
    folder: tempfile::TempDir,
}

/// The file in each folder that its program holds.
const HELD: &str = "held";

impl Scratch {
    /// A new empty folder under `base`, which is made if needed; folders there that no program holds any more go first.
    ///
    /// # Errors
    /// When the folder can't be made. One that can't be removed stays.
    pub fn under(base: &Path) -> io::Result<Self> {
        fs::create_dir_all(base)?;
        // One at a time, so that nobody takes a folder for left behind whose program is just starting.
        let turn = File::create(base.join("turn"))?;
        turn.lock()?;
        for entry in fs::read_dir(base)? {
            let folder = entry?.path();
            if is_left_behind(&folder) {
                // What is still open elsewhere goes another time.
                let _ = fs::remove_dir_all(&folder);
            }
        }
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(base)?;
        let held = File::create(folder.path().join(HELD))?;
        held.lock()?;
        Ok(Scratch {
            _held: held,
            folder,
        })
    }

    /// The same in a folder of this name beside the running program: where it was built, not where the system keeps
    /// what it never cleans.
    ///
    /// # Errors
    /// As [`Scratch::under`].
    pub fn beside_program(name: &str) -> io::Result<Self> {
        let program = std::env::current_exe()?;
        Scratch::under(&program.with_file_name(name))
    }

    /// The same in memory where the system has such a place with room for it, else beside the program: for thousands of
    /// small files that come and go, over which a disk's file system takes its time.
    ///
    /// # Errors
    /// As [`Scratch::under`].
    pub fn in_memory(name: &str) -> io::Result<Self> {
        let base = Path::new(MEMORY).join(format!("onedoor-{name}"));
        let has_room = has_room_in_memory();
        match has_room.then(|| Scratch::under(&base)) {
            Some(Ok(scratch)) => Ok(scratch),
            _ => Scratch::beside_program(name),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What a container gives may be too small for the worlds of a run.
#[cfg(unix)]
fn has_room_in_memory() -> bool {
    const ENOUGH: u64 = 2 << 30;
    let found = rustix::fs::statvfs(MEMORY);
    found.is_ok_and(|found| found.f_bavail.saturating_mul(found.f_frsize) >= ENOUGH)
}

#[cfg(not(unix))]
fn has_room_in_memory() -> bool {
    false
}

/// Whether a folder was some program's, and no program holds it.
fn is_left_behind(folder: &Path) -> bool {
    let Ok(held) = File::open(folder.join(HELD)) else {
        return false;
    };
    !matches!(held.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_when_the_next_one_starts_and_what_a_living_one_has_stays() {
        let base = Folder::new();
        let living = Scratch::under(base.path()).unwrap();
        // A program that was killed: its folder is there, and nobody holds it.
        let left = base.join("run-killed");
        fs::create_dir(&left).unwrap();
        fs::write(left.join(HELD), "").unwrap();
        fs::write(left.join("onedoor.db"), "130 MB").unwrap();
        let others = base.join("kept");
        fs::create_dir(&others).unwrap();

        let next = Scratch::under(base.path()).unwrap();
        assert!(!left.exists(), "nothing of a killed program stays");
        assert!(living.path().exists(), "its program still runs");
        assert!(
            others.exists(),
            "what is no program's folder is not touched"
        );
        let (first, second) = (living.path().to_owned(), next.path().to_owned());
        assert_ne!(first, second);
        drop((living, next));
        assert!(!first.exists() && !second.exists());
    }

    #[test]
    fn a_folder_is_there_while_held_and_gone_after() {
        let folder = Folder::new();
        std::fs::write(folder.join("a"), "b").unwrap();
        let path = folder.path().to_path_buf();
        assert!(path.join("a").exists(), "a test can write into it");
        drop(folder);
        assert!(!path.exists(), "nothing of a test stays on the machine");
    }
}
