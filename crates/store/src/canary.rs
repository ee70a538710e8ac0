//! The canary: the end of the journal, kept in a small file of its own outside the data folder, so that a database that
//! was put back to an older state is noticed without a network. Written after every commit that journals, while the
//! caller goes on; the next write waits for it, so it is on the disk before the form that names the number is stored.
//! Not here: what follows from what is found (desk).

use crate::{
    durable,
    error::Result,
    keys::Keys,
    tables::{former, journal, settings, workstation},
};
use hmac::{Hmac, KeyInit, Mac};
use onedoor_protocol::Hash32;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What stands before the line under its code.
const TAG: &[u8] = b"onedoor-canary-1";
/// Setting of a store that has had its canary.
const KEPT: &str = "canary";

/// The end of a journal, and the last number of its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanaryMark {
    v: u32,
    /// The workstation.
    pub ws: Uuid,
    /// Its last line.
    pub seq: u64,
    /// The chain's hash after it.
    pub hash: Hash32,
    /// Business day of that line.
    pub day: String,
    /// The last dossier number that was given on that day.
    pub number: Option<u32>,
}

/// What a start found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The store has every line that the canary knows; or there never was one.
    Fits,
    /// The canary knows lines that the store has not, or has otherwise: the store was put back.
    Behind,
    /// There was one, and the file is gone.
    Missing,
    /// There was one, and the file is not as this store wrote it.
    Damaged,
}

/// What can be told of the canary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanaryReport {
    /// As the start found it.
    pub standing: Standing,
    /// What the file said then, where it could be believed.
    pub found: Option<CanaryMark>,
    /// The last try to write it failed.
    pub unwritten: bool,
}

/// What an Act leaves for it.
pub(crate) struct Noted {
    /// The end of the journal.
    pub(crate) head: journal::Head,
    pub(crate) day: String,
    /// The last dossier number of this Act.
    pub(crate) number: Option<u32>,
    /// The identity that this Act gave the store.
    pub(crate) ws: Option<Uuid>,
}

/// What the store tells of its canary, from any thread.
pub(crate) struct Seen {
    standing: Standing,
    found: Option<CanaryMark>,
    unwritten: AtomicBool,
}

impl Seen {
    pub(crate) fn report(&self) -> CanaryReport {
        CanaryReport {
            standing: self.standing,
            found: self.found.clone(),
            unwritten: self.unwritten.load(Ordering::Relaxed),
        }
    }
}

/// The writer's canary.
pub(crate) struct Canary {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    ws: Option<Uuid>,
    last: Option<CanaryMark>,
    /// A store that was put back leaves the file as it is: it proves what happened, also when it happens again.
    frozen: bool,
    written: bool,
    kept: bool,
    seen: Arc<Seen>,
}

impl Canary {
    /// Holds an open database against the file.
    pub(crate) fn open(path: PathBuf, keys: &Keys, connection: &Connection) -> Result<Self> {
        let key = Zeroizing::new(keys.canary);
        let ws = workstation::state(connection)?.map(|state| state.enrolment.ws);
        let kept = settings::get(connection, KEPT)?.is_some();
        let (standing, found) = match (ws, read(&path, &key)) {
            (None, _) => (Standing::Fits, None),
            (Some(ws), Found::Mark(mark)) => (compare(connection, ws, &mark)?, Some(mark)),
            (Some(_), Found::Nothing) if kept => (Standing::Missing, None),
            (Some(_), Found::Other) if kept => (Standing::Damaged, None),
            (Some(_), _) => (Standing::Fits, None),
        };
        if standing != Standing::Fits {
            tracing::error!(?standing, "the store and its canary");
        }
        Ok(Canary {
            path,
            key,
            ws,
            last: found.clone(),
            frozen: standing == Standing::Behind,
            written: false,
            kept,
            seen: Arc::new(Seen {
                standing,
                found,
                unwritten: AtomicBool::new(false),
            }),
        })
    }

    pub(crate) fn seen(&self) -> Arc<Seen> {
        Arc::clone(&self.seen)
    }

    /// In the transaction of an Act: from the first line after the file was written on, its absence means something.
    pub(crate) fn remember(&self, connection: &Connection) -> Result<()> {
        if self.written && !self.kept {
            settings::put(connection, KEPT, "kept")?;
        }
        Ok(())
    }

    /// After the commit. A canary that can't be written stops nobody at the counter; it is told, and tried again.
    pub(crate) fn note(&mut self, noted: Noted) {
        self.kept |= self.written;
        if let Some(ws) = noted.ws {
            self.frozen &= self.ws == Some(ws);
            self.ws = Some(ws);
        }
        let Some(ws) = self.ws.filter(|_| !self.frozen) else {
            return;
        };
        let same_day = |last: &&CanaryMark| last.ws == ws && last.day == noted.day;
        let before = self.last.as_ref().filter(same_day);
        let mark = CanaryMark {
            v: 1,
            ws,
            seq: noted.head.seq,
            hash: noted.head.hash,
            number: noted.number.or(before.and_then(|last| last.number)),
            day: noted.day,
        };
        let written = durable::write(&self.path, mark.text(&self.key).as_bytes());
        if let Err(error) = &written {
            tracing::warn!(%error, "the canary could not be written");
        }
        self.written |= written.is_ok();
        self.seen
            .unwritten
            .store(written.is_err(), Ordering::Relaxed);
        self.last = Some(mark);
    }
}

impl CanaryMark {
    /// Two lines: the mark, and its code.
    fn text(&self, key: &[u8; 32]) -> String {
        // A struct of plain fields: it always has a text.
        let line = serde_json::to_string(self).unwrap_or_default();
        let code = code(key, &line);
        format!("{line}\n{code}\n")
    }

    fn read(text: &str, key: &[u8; 32]) -> Option<Self> {
        let line = text.lines().next()?;
        let mark: CanaryMark = serde_json::from_str(line).ok()?;
        (mark.v == 1 && text == format!("{line}\n{}\n", code(key, line))).then_some(mark)
    }
}

fn code(key: &[u8; 32], line: &str) -> String {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    let mac = mac.chain_update(TAG).chain_update(line.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

enum Found {
    Mark(CanaryMark),
    Nothing,
    /// Not of this store's keys, or not as they wrote it.
    Other,
}

fn read(path: &Path, key: &[u8; 32]) -> Found {
    match fs::read_to_string(path) {
        Ok(text) => CanaryMark::read(&text, key).map_or(Found::Other, Found::Mark),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
        Err(_) => Found::Other,
    }
}

/// Whether the store has the line that the mark names. A mark of an identity that this store never
/// had is of a later one.
fn compare(connection: &Connection, ws: Uuid, mark: &CanaryMark) -> Result<Standing> {
    let own = match mark.ws == ws {
        true => journal::hash_at(connection, mark.seq)?,
        // The program ended between the new identity and its first mark.
        false => former::hash_at(connection, mark.ws, mark.seq)?,
    };
    let fits = own == Some(mark.hash);
    Ok(match fits {
        true => Standing::Fits,
        false => Standing::Behind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark() -> CanaryMark {
        CanaryMark {
            v: 1,
            ws: Uuid::from_u128(7),
            seq: 1_234,
            hash: Hash32::of(&[b"a line"]),
            day: "2026-11-23".into(),
            number: Some(1_017),
        }
    }

    #[test]
    fn a_mark_comes_back_as_it_was() {
        let text = mark().text(&[3; 32]);
        assert_eq!(CanaryMark::read(&text, &[3; 32]), Some(mark()));
    }

    #[test]
    fn the_vectors_are_written_and_read_byte_for_byte() {
        let file = include_str!("../../../docs/protocol-vectors.json");
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        let all = file["vectors"].as_array().unwrap().iter();
        let vectors: Vec<_> = all.filter(|it| it["kind"] == "canary").collect();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let text = |at: &serde_json::Value| at.as_str().unwrap().to_string();
            let key = hex::decode(text(&vector["key"])).unwrap();
            let key: [u8; 32] = key.try_into().unwrap();
            let whole = format!(
                "{}\n{}\n",
                text(&vector["line"]),
                text(&vector["expect"]["code"])
            );
            let mark = CanaryMark::read(&whole, &key).unwrap();
            assert_eq!(mark.text(&key), whole, "{}", vector["name"]);
        }
    }

    #[test]
    fn a_torn_changed_or_foreign_mark_is_none() {
        let text = mark().text(&[3; 32]);
        for wrong in [
            String::new(),
            text.replace("1234", "1200"),
            text[..text.len() - 4].to_string(),
            text.lines().next().unwrap().to_string(),
        ] {
            assert_eq!(CanaryMark::read(&wrong, &[3; 32]), None, "{wrong}");
        }
        assert_eq!(CanaryMark::read(&text, &[4; 32]), None, "another store's");
    }
}
