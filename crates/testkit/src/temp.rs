//! Folders that vanish with the test.

use std::path::{Path, PathBuf};

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
            .tempdir_in("/dev/shm");
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

#[cfg(test)]
mod tests {
    use super::*;

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
