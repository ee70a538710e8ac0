//! Opening and making a store: single instance, refusal of newer schemas, a copy aside before migrating, a check after
//! an unclean end. On damage everything stays as it is. Not here: reading and writing.

use crate::{
    blobs::Blobs,
    canary::{Canary, Seen},
    durable,
    error::{Result, StoreError},
    keys::{Keys, random},
    reader::Readers,
    room::Room,
    tables::{feed, workstation},
    writer::Writer,
};
use rusqlite::{Connection, config::DbConfig};
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// Schema that this program knows: the number of its newest migration.
pub const SCHEMA: u32 = 17;
const READERS: usize = 3;

/// Where the parts of a store lie.
#[derive(Debug, Clone)]
pub struct StorePaths {
    /// The data folder.
    pub folder: PathBuf,
}

impl StorePaths {
    /// The parts under `folder`.
    pub fn new(folder: &Path) -> Self {
        StorePaths {
            folder: folder.to_path_buf(),
        }
    }
    /// Key slots.
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys.json")
    }
    /// The database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("onedoor.db")
    }
    /// SQLite's write-ahead log beside the database.
    fn log(&self) -> PathBuf {
        self.folder.join("onedoor.db-wal")
    }
    /// Blobs.
    pub fn blobs(&self) -> PathBuf {
        self.folder.join("blobs")
    }
    /// The canary: beside the folder, so that neither a restored nor a copied folder brings it along.
    pub fn canary(&self) -> PathBuf {
        let mut name = self.folder.as_os_str().to_os_string();
        name.push(".canary");
        PathBuf::from(name)
    }
    fn lock(&self) -> PathBuf {
        self.folder.join("store.lock")
    }
    /// There exactly while the store was closed in good order.
    fn clean(&self) -> PathBuf {
        self.folder.join("closed")
    }
    fn aside(&self) -> PathBuf {
        self.folder.join("aside")
    }
}

/// The lock that keeps a second program out. The system frees it when the process ends, however it ends.
pub struct Lock(#[allow(dead_code)] File);

/// Takes the store's lock.
pub fn lock(paths: &StorePaths) -> Result<Lock> {
    fs::create_dir_all(&paths.folder).map_err(StoreError::io(&paths.folder))?;
    keep_to_owner(&paths.folder)?;
    let path = paths.lock();
    let file = File::create(&path).map_err(StoreError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
    }
}

/// Other accounts of the PC have no business with key slots that they could guess passwords against. On Windows the
/// user's own folder is closed to them already.
fn keep_to_owner(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder, private).map_err(StoreError::io(folder))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

pub(crate) struct Opened {
    pub writer: Writer,
    pub readers: Readers,
    pub blobs: Blobs,
    pub canary: Arc<Seen>,
    pub room: Arc<Room>,
}

/// Makes an empty store with a new signing key. Refuses where a database already lies.
pub(crate) fn create(paths: &StorePaths, keys: &Keys, store: Uuid) -> Result<Opened> {
    let path = paths.database();
    // A write-ahead log that lost its database would be replayed into the new one.
    if path.exists() || paths.log().exists() {
        return Err(StoreError::Refused("a database is already there".into()));
    }
    // Made under another name and renamed when whole: a crash in between leaves no half store.
    let temporary = paths.folder.join("onedoor.new");
    for name in ["onedoor.new", "onedoor.new-wal", "onedoor.new-shm"] {
        let leftover = paths.folder.join(name);
        if leftover.exists() {
            fs::remove_file(&leftover).map_err(StoreError::io(&leftover))?;
        }
    }
    let mut connection = connect(&temporary, keys)?;
    embedded::migrations::runner()
        .run(&mut connection)
        .map_err(migration_error)?;
    connection.execute(
        "insert into meta (name, value) values ('store', ?1)",
        [store.into_bytes()],
    )?;
    workstation::create(&connection, &random()?)?;
    connection.execute_batch("pragma wal_checkpoint(truncate)")?;
    drop(connection);
    fs::rename(&temporary, &path).map_err(StoreError::io(&path))?;
    durable::sync_folder(&paths.folder)?;
    start(paths, keys)
}

/// Opens a store after every check.
pub(crate) fn open(paths: &StorePaths, keys: &Keys, store: Uuid) -> Result<Opened> {
    let path = paths.database();
    let size = match fs::metadata(&path) {
        Ok(data) => data.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing);
        }
        Err(error) => return Err(StoreError::io(&path)(error)),
    };
    if size < 4096 || size % 4096 != 0 {
        return Err(StoreError::Damaged(format!("{size} bytes")));
    }
    let clean = paths.clean().exists();
    let log_waits = fs::metadata(paths.log()).is_ok_and(|data| data.len() > 0);
    let mut connection = Connection::open(&path)?;
    if log_waits {
        // What a killed program left in the log is neither merged nor removed by a refusal below.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    unlock(&connection, keys)?;
    same_store(&connection, store)?;
    migrate(&mut connection, paths)?;
    if !clean {
        check(&connection)?;
    }
    let again = connection.transaction()?;
    feed::again(&again)?;
    again.commit()?;
    drop(connection);
    start(paths, keys)
}

fn same_store(connection: &Connection, store: Uuid) -> Result<()> {
    let found: Vec<u8> = connection
        .query_row("select value from meta where name = 'store'", [], |row| {
            row.get(0)
        })
        .map_err(|error| match error.sqlite_error_code() {
            // The file opens with these keys but has no such table or row: it is not a store of ours.
            Some(rusqlite::ErrorCode::Unknown) | None => StoreError::Foreign,
            _ => StoreError::from(error),
        })?;
    if found == store.as_bytes() {
        Ok(())
    } else {
        Err(StoreError::Foreign)
    }
}

fn migrate(connection: &mut Connection, paths: &StorePaths) -> Result<()> {
    let found: u32 = connection.query_row(
        "select coalesce(max(version), 0) from refinery_schema_history",
        [],
        |row| row.get(0),
    )?;
    if found > SCHEMA {
        return Err(StoreError::NewerSchema {
            found,
            known: SCHEMA,
        });
    }
    if found < SCHEMA {
        copy_aside(connection, paths, found)?;
        embedded::migrations::runner()
            .run(connection)
            .map_err(migration_error)?;
    }
    Ok(())
}

/// A whole, still encrypted copy before the schema changes. An older copy of the same schema is never overwritten.
fn copy_aside(connection: &Connection, paths: &StorePaths, schema: u32) -> Result<()> {
    let folder = paths.aside();
    fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
    let copy = (0..)
        .map(|n| folder.join(format!("schema-{schema}-{n}.db")))
        .find(|path| !path.exists());
    if let Some(copy) = copy {
        connection.execute("vacuum into ?1", [copy.to_string_lossy()])?;
        durable::sync_folder(&folder)?;
    }
    Ok(())
}

fn check(connection: &Connection) -> Result<()> {
    let verdict: String = connection.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(verdict))
    }
}

fn start(paths: &StorePaths, keys: &Keys) -> Result<Opened> {
    let path = paths.database();
    let room = Arc::new(Room::of(&paths.blobs()));
    let blobs = Blobs::open(&paths.blobs(), keys)?.that_tell(&room);
    let clean = paths.clean();
    if clean.exists() {
        fs::remove_file(&clean).map_err(StoreError::io(&clean))?;
        durable::sync_folder(&paths.folder)?;
    }
    let connection = connect(&path, keys)?;
    let readers = (0..READERS)
        .map(|_| {
            let reader = connect(&path, keys)?;
            reader.pragma_update(None, "query_only", true)?;
            // The pages that searching touches; the rest of a cheap PC's memory belongs to others.
            reader.pragma_update(None, "cache_size", -2000)?;
            Ok(reader)
        })
        .collect::<Result<Vec<_>>>()?;
    let canary = Canary::open(paths.canary(), keys, &connection)?;
    let seen = canary.seen();
    let writer = Writer::start(connection, canary, move || {
        // Only a hint that the next start may skip its check; without it the start is slower, never wrong.
        if let Err(error) = durable::write(&clean, b"closed in good order\n") {
            tracing::warn!(%error, "could not mark the store as closed");
        }
    })?;
    Ok(Opened {
        writer,
        readers: Readers::new(readers),
        blobs,
        canary: seen,
        room,
    })
}

fn connect(path: &Path, keys: &Keys) -> Result<Connection> {
    let connection = Connection::open(path)?;
    unlock(&connection, keys)?;
    Ok(connection)
}

/// Every connection: key first, then the pragmas, each with its reason.
fn unlock(connection: &Connection, keys: &Keys) -> Result<()> {
    // Errors of a wrong key come back as errors; SQLCipher would also print them.
    connection.execute_batch("pragma cipher_log_level = none")?;
    let key = zeroize::Zeroizing::new(format!("pragma key = \"x'{}'\"", hex::encode(keys.db)));
    connection.execute_batch(&key)?;
    connection.execute_batch(
        "pragma cipher_memory_security = off; -- pages are wiped by our own key types; the switch costs a third of all speed
         pragma journal_mode = wal;           -- readers never wait for the writer
         pragma synchronous = full;           -- a number on paper survives a power cut
         pragma foreign_keys = on;
         pragma trusted_schema = off;         -- a changed file can't call functions
         pragma temp_store = memory;          -- nothing in the clear on disk
         pragma busy_timeout = 5000;
         pragma cache_size = -8000;",
    )?;
    Ok(())
}

fn migration_error(error: refinery::Error) -> StoreError {
    match std::error::Error::source(&error)
        .and_then(|source| source.downcast_ref::<rusqlite::Error>())
    {
        Some(sql) if sql.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
            StoreError::Disk("full".into())
        }
        _ => StoreError::Damaged(format!("migration: {error}")),
    }
}
