//! A real PostgreSQL for tests: Debian's binaries, a data folder of its own under /var/tmp, a Unix socket and no port,
//! fsync on as in life. As root it runs as the user `postgres`, who owns the folder; otherwise as oneself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
const USER: &str = "onedoor";

/// A running server; stopped and removed when dropped.
#[derive(Debug)]
pub struct Server {
    binaries: PathBuf,
    folder: tempfile::TempDir,
    databases: AtomicU32,
}

impl Server {
    /// Starts a server. Takes a few seconds.
    ///
    /// # Panics
    /// When PostgreSQL is not installed (the message names the package) or does not start (with its log).
    pub fn start() -> Self {
        let binaries = binaries();
        let base = if Path::new("/var/tmp").is_dir() {
            PathBuf::from("/var/tmp")
        } else {
            std::env::temp_dir()
        };
        let folder = tempfile::Builder::new()
            .prefix("onedoor-pg-")
            .tempdir_in(base);
        let folder = folder.unwrap_or_else(|error| panic!("no folder for PostgreSQL: {error}"));
        if is_root() {
            succeed(
                Command::new("chown")
                    .arg("postgres:postgres")
                    .arg(folder.path()),
                "chown",
            );
        }
        let server = Server {
            binaries,
            folder,
            databases: AtomicU32::new(0),
        };
        let auth = [
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
            "--username",
            USER,
        ];
        succeed(
            server
                .tool("initdb")
                .arg("-D")
                .arg(server.data())
                .args(auth),
            "initdb",
        );
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=60",
            server.folder.path().display()
        );
        let log = server.folder.path().join("log");
        let mut start = server.tool("pg_ctl");
        start
            .args(["start", "--wait", "--timeout=60"])
            .arg("-D")
            .arg(server.data());
        start.arg("-l").arg(&log).arg("-o").arg(options);
        // Not `output()`: the server would inherit the pipes, and reading them would never end.
        let started = start
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
        if !started.is_ok_and(|status| status.success()) {
            panic!(
                "PostgreSQL did not start:\n{}",
                std::fs::read_to_string(log).unwrap_or_default()
            );
        }
        server
    }

    /// The server that the tests of one program share; it stops with the last of them.
    ///
    /// # Panics
    /// As [`Server::start`].
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return server;
        }
        let server = Arc::new(Server::start());
        *shared = Arc::downgrade(&server);
        server
    }

    /// The address of a new, empty database of this server.
    ///
    /// # Panics
    /// When it can't be made.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let socket = self.folder.path();
        succeed(
            self.tool("createdb")
                .arg("-h")
                .arg(socket)
                .args(["-U", USER, &name]),
            "createdb",
        );
        format!("postgresql:///{name}?user={USER}&host={}", socket.display())
    }

    /// Stops the server as a power cut would, without a last checkpoint, and starts it again on the same data.
    ///
    /// # Panics
    /// When it does not come back.
    pub fn crash_and_restart(&self) {
        let mut restart = self.tool("pg_ctl");
        restart
            .args(["restart", "--wait", "--timeout=60", "--mode=immediate"])
            .arg("-D")
            .arg(self.data());
        restart.arg("-l").arg(self.folder.path().join("log"));
        let status = restart
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "PostgreSQL did not come back"
        );
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn tool(&self, name: &str) -> Command {
        let program = self.binaries.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args([
                    "--reuid",
                    "postgres",
                    "--regid",
                    "postgres",
                    "--clear-groups",
                ])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        // The caller's folder may be closed to the user postgres, who would warn about it.
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.tool("pg_ctl");
        stop.args(["stop", "--wait", "--mode=immediate"])
            .arg("-D")
            .arg(self.data());
        if let Err(error) = stop.output() {
            eprintln!("PostgreSQL was not stopped: {error}");
        }
    }
}

/// Debian keeps a folder for each major version; the newest wins.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, folder): &(u32, PathBuf)| folder.join("initdb").exists())
        .collect();
    found.sort();
    let newest = found.pop().map(|(_, folder)| folder);
    newest.unwrap_or_else(|| {
        panic!("PostgreSQL is missing: no /usr/lib/postgresql/*/bin/initdb. Install the package `postgresql`.")
    })
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn succeed(command: &mut Command, what: &str) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{what} can't be run: {error}"));
    assert!(
        output.status.success(),
        "{what}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
