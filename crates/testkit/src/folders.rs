//! Copies of prepared folders, once nobody writes in them any more.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Links to the files that this process has open.
const OPEN_FILES: &str = "/proc/self/fd";

/// Copies a folder with all that is in it.
///
/// # Errors
/// As the file system's.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// All files under a folder.
///
/// # Errors
/// As the file system's.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Waits until this process has no file in the folder open any more: the thread that closes a database is its own, and
/// a copy made before that has a part of the database and a part of its log.
///
/// # Errors
/// As the file system's, and when somebody never lets go.
pub fn let_go(folder: &Path) -> std::io::Result<()> {
    let folder = folder.canonicalize()?;
    // What has no such list has to do with the copy as it comes.
    if !Path::new(OPEN_FILES).exists() {
        return Ok(());
    }
    let deadline = Instant::now() + Duration::from_secs(60);
    while let Some(open) = open_in(&folder)? {
        if Instant::now() > deadline {
            let why = format!("{} stays open", open.display());
            return Err(std::io::Error::new(std::io::ErrorKind::TimedOut, why));
        }
        std::thread::yield_now();
    }
    Ok(())
}

/// A file in the folder that this process has open. Asked of the system: a log file that lies there says nothing, since
/// two connections that close together may both leave it to the other.
fn open_in(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    for entry in fs::read_dir(OPEN_FILES)? {
        // A file may be closed between the list and the look.
        let file = entry.and_then(|entry| fs::read_link(entry.path()));
        if let Ok(file) = file
            && file.starts_with(folder)
        {
            return Ok(Some(file));
        }
    }
    Ok(None)
}
