//! Golden batches: the bytes that each released version sends, kept for good in `tests/fixtures/golden/<version>/`, so
//! that every later centre and counter is held to them. Not here: what a line of each type says (`said`).
//!
//! `cargo run -p onedoor-testkit --example golden` writes the folder of this version.

mod said;

use std::path::{Path, PathBuf};

use onedoor_protocol::{batch, batch::BlobRef, journal, sign::SecretKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::journal::Journal;

/// Version of this program: the name of its folder.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a folder says of itself.
const ABOUT: &str = "about.json";
/// All types and versions that the program of the folder writes.
pub const TODAY: &str = "today.batch";
/// What a still newer program would write: unknown types, higher versions, more fields, new words.
pub const FUTURE: &str = "future.batch";

/// What is known of the batches of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version.
    pub app: String,
    /// Id of the office.
    pub office: String,
    /// The workstation.
    pub ws: Uuid,
    /// Seed of its key, hex: a key for tests only.
    pub seed: String,
    /// The files, in the order in which they were sent.
    pub batches: Vec<Sent>,
    /// What a reader knows after all of them.
    pub filings: Vec<Known>,
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Name of the file.
    pub file: String,
    /// Number of its first line.
    pub first: u64,
    /// How many lines.
    pub lines: u64,
    /// Lines that are kept and not applied, and why.
    pub unapplied: Vec<(u64, String)>,
}

/// A filing as it must be known in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its id.
    pub id: Uuid,
    /// Its legal or provisional number.
    pub number: String,
    /// Where it stands.
    pub status: String,
    /// Name on it.
    pub applicant: String,
}

/// The batches of one version, as they lie in their folder.
#[derive(Debug, Clone)]
pub struct Golden {
    /// What is known of them.
    pub about: About,
    /// Their bytes, in the order of `about.batches`.
    pub bytes: Vec<Vec<u8>>,
}

/// The folder of all versions.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/golden")
}

/// Every version's batches, the oldest first.
///
/// # Panics
/// When a folder can't be read.
pub fn all() -> Vec<Golden> {
    let folders = std::fs::read_dir(folder()).unwrap_or_else(|error| panic!("{error}"));
    let folders = folders.map(|entry| entry.unwrap_or_else(|error| panic!("{error}")).path());
    let mut found: Vec<Golden> = folders.map(|folder| read(&folder)).collect();
    found.sort_by_key(|golden| number(&golden.about.app));
    found
}

fn number(version: &str) -> Vec<u32> {
    let parts = version.split('.');
    parts.map(|part| part.parse().unwrap_or(0)).collect()
}

fn read(folder: &Path) -> Golden {
    let bytes = |name: &str| {
        std::fs::read(folder.join(name))
            .unwrap_or_else(|error| panic!("{}: {error}", folder.join(name).display()))
    };
    let about: About =
        serde_json::from_slice(&bytes(ABOUT)).unwrap_or_else(|error| panic!("{error}"));
    let files = about.batches.iter();
    Golden {
        bytes: files.map(|sent| bytes(&sent.file)).collect(),
        about,
    }
}

impl Golden {
    /// The workstation's journal as the batches hold it.
    ///
    /// # Panics
    /// When the batches can't be read, or were not signed by the key that the folder names.
    pub fn journal(&self) -> Journal {
        let key = key(&self.about.seed);
        let mut journal = Journal::new(self.about.ws, key.clone(), &self.about.office);
        for bytes in &self.bytes {
            let batch = batch::open(bytes).unwrap_or_else(|error| panic!("{error}"));
            assert!(batch.signed_by(&key.public()), "the folder's own key");
            assert_eq!(batch.header.first, journal.next_seq(), "one after another");
            batch.lines.into_iter().for_each(|line| {
                journal.raw(line);
            });
            assert_eq!(batch.header.head, journal.head(), "an unbroken chain");
        }
        journal
    }

    /// Types and versions of all lines of the batch with this name.
    ///
    /// # Panics
    /// When there is none, or its lines can't be read.
    pub fn kinds(&self, file: &str) -> Vec<(String, u32)> {
        #[derive(Deserialize)]
        struct Kind {
            t: String,
            v: u32,
        }
        let at = self.about.batches.iter().position(|sent| sent.file == file);
        let at = at.unwrap_or_else(|| panic!("no {file}"));
        let batch = batch::open(&self.bytes[at]).unwrap_or_else(|error| panic!("{error}"));
        let kind = |line: &Vec<u8>| {
            let kind: Kind = serde_json::from_slice(line).unwrap_or_else(|error| panic!("{error}"));
            (kind.t, kind.v)
        };
        batch.lines.iter().map(kind).collect()
    }

    /// Lines that are kept and not applied, and why.
    pub fn unapplied(&self) -> Vec<(u64, String)> {
        let batches = self.about.batches.iter();
        batches.flat_map(|sent| sent.unapplied.clone()).collect()
    }
}

fn key(seed: &str) -> SecretKey {
    let mut bytes = [0; 32];
    hex::decode_to_slice(seed, &mut bytes).unwrap_or_else(|error| panic!("{error}"));
    SecretKey::from_seed(&bytes)
}

/// What this program would send: the same lines on every run.
///
/// # Panics
/// When a line can't be written.
pub fn today() -> Golden {
    let seed = hex::encode([0x60; 32]);
    let ws = said::id(0x60);
    let mut journal = Journal::new(ws, key(&seed), "eatul");
    let mut about = About {
        app: VERSION.into(),
        office: journal.office.clone(),
        ws,
        seed,
        batches: Vec::new(),
        filings: said::known(),
    };
    let mut bytes = Vec::new();
    let said: [(&str, said::Saying); 2] = [(TODAY, said::today), (FUTURE, said::future)];
    for (file, say) in said {
        let first = journal.next_seq();
        let unapplied = say(&mut journal);
        let lines = journal.next_seq() - first;
        let mut header = journal.header(&(first..=journal.next_seq() - 1));
        header.app = VERSION.into();
        header.blobs = named(&journal, first);
        let run = &journal.lines[usize::try_from(first - 1).unwrap_or(usize::MAX)..];
        let sealed = batch::seal(&journal.key, header, run);
        bytes.push(sealed.unwrap_or_else(|error| panic!("{error}")));
        let file = file.into();
        about.batches.push(Sent {
            file,
            first,
            lines,
            unapplied,
        });
    }
    Golden { about, bytes }
}

/// What the header lists: forms, and the scan that a line of an unknown type names.
fn named(journal: &Journal, first: u64) -> Vec<BlobRef> {
    let lines = journal.lines.iter();
    let lines = lines.skip(usize::try_from(first - 1).unwrap_or(usize::MAX));
    let text: Vec<String> = lines
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let blobs = said::blobs().into_iter();
    blobs
        .filter(|blob| text.iter().any(|line| line.contains(&blob.sha256.hex())))
        .collect()
}

/// Types and versions that this program writes.
pub fn kinds() -> Vec<(String, u32)> {
    let kinds = journal::KINDS.iter();
    kinds.map(|(t, v)| ((*t).to_string(), *v)).collect()
}

/// Writes the folder of this version and gives its place.
///
/// # Panics
/// When it can't be written.
pub fn write() -> PathBuf {
    let (folder, golden) = (folder().join(VERSION), today());
    let written = || -> std::io::Result<()> {
        std::fs::create_dir_all(&folder)?;
        for (sent, bytes) in golden.about.batches.iter().zip(&golden.bytes) {
            std::fs::write(folder.join(&sent.file), bytes)?;
        }
        let about = serde_json::to_string_pretty(&golden.about)?;
        std::fs::write(folder.join(ABOUT), about + "\n")
    };
    written().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder
}
