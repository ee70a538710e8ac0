//! Writing files so that they are there after a power cut: temporary file → fsync → rename → fsync of the folder.

use crate::error::{Result, StoreError};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::SystemTime,
};

static TURN: AtomicU64 = AtomicU64::new(0);

/// Replaces `path` by `bytes`, or leaves it as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    // Two threads that write the same path must not share a temporary file.
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_extension(format!("{turn}.part"));
    let mut file = File::create(&temporary).map_err(StoreError::io(&temporary))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        // The half-written temporary file is ours alone; the caller is told that nothing was stored.
        let _ = fs::remove_file(&temporary);
        return Err(StoreError::io(path)(error));
    }
    sync_folder(folder)
}

/// Removes what was being written into `folder` when a program was killed and nobody touched since `before`; gives
/// how many files.
pub fn sweep(folder: &Path, before: SystemTime) -> Result<u32> {
    let mut swept = 0;
    for entry in fs::read_dir(folder).map_err(StoreError::io(folder))? {
        let entry = entry.map_err(StoreError::io(folder))?;
        let path = entry.path();
        let written = entry.metadata().and_then(|data| data.modified());
        // One that is gone meanwhile was this program's own.
        let is_old = written.is_ok_and(|written| written < before);
        if is_old && path.extension().is_some_and(|kind| kind == "part") {
            fs::remove_file(&path).map_err(StoreError::io(&path))?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Makes renames inside `folder` durable. Windows has no such call: NTFS journals its folders itself.
pub fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io(folder))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
