//! What can go wrong with the store, told apart by what a person should do. Not here: words for the screen.

use std::path::{Path, PathBuf};

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left, or the disk refuses to write. Nothing was committed.
    #[error("the disk is full or can't be written: {0}")]
    Disk(String),
    /// Another process has this store open.
    #[error("another program has this store open")]
    InUse,
    /// The file is damaged; it was left as it is.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The file opens with other keys, or belongs to another workstation.
    #[error("the store belongs to other keys")]
    Foreign,
    /// A newer program wrote it.
    #[error("the store has schema {found}, this program knows {known}")]
    NewerSchema {
        /// Its schema.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// Keys are there, the database is not.
    #[error("the database file is missing")]
    Missing,
    /// The journal's hashes do not follow from each other.
    #[error("the journal's chain breaks at line {0}")]
    BrokenChain(u64),
    /// The password, or the recovery code, opens no slot.
    #[error("no key slot opens")]
    WrongSecret,
    /// The slot needs the share of the operating system's keyring, and it is not there: only the recovery paper opens.
    #[error("the keyring's share is missing")]
    ShareMissing,
    /// There is no such clerk, blob, …
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The workstation has joined no office yet.
    #[error("not enrolled")]
    NotEnrolled,
    /// A rule of the journal was broken by the caller.
    #[error("refused: {0}")]
    Refused(String),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// SQL failed for a reason that nobody foresaw.
    #[error("database: {0}")]
    Sql(rusqlite::Error),
    /// The writer thread is gone.
    #[error("the store is closed")]
    Closed,
}

/// Shorthand.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => StoreError::Disk("full".into()),
            Some(Code::SystemIoFailure | Code::CannotOpen | Code::ReadOnly) => {
                StoreError::Disk(error.to_string())
            }
            Some(Code::DatabaseCorrupt) => StoreError::Damaged(error.to_string()),
            Some(Code::NotADatabase) => StoreError::Foreign,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::InUse,
            _ => StoreError::Sql(error),
        }
    }
}

impl StoreError {
    /// An error of the file system, with the path it is about.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError + '_ {
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::FileTooLarge
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::ReadOnlyFilesystem => StoreError::Disk(error.to_string()),
            _ => StoreError::Io {
                path: path.to_path_buf(),
                error,
            },
        }
    }
}
