//! Copies of prepared folders.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

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
pub fn files(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
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

/// Waits until nobody has a database in the folder open any more: SQLite takes its journal away with the last
/// connection, and a copy made before that has a part of each.
///
/// # Errors
/// As the file system's, and when somebody never lets go.
pub fn let_go(folder: &Path) -> std::io::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(60);
    let open = |folder: &Path| -> std::io::Result<bool> {
        let names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
        let names = names.collect::<std::io::Result<Vec<_>>>()?;
        Ok(names
            .iter()
            .any(|name| name.to_string_lossy().ends_with("-wal")))
    };
    // The thread that closes it is its own: nothing tells when.
    while open(folder)? {
        if Instant::now() > deadline {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        std::thread::yield_now();
    }
    Ok(())
}
