//! Whether this is the store that gave out the counter's last numbers, on the machine that did. A restored database or a
//! copied disk would give them again, and no network is needed to notice: the store's end is marked beside the data
//! folder, and the store knows its machine. Not here: what only the centre can notice (a whole machine rolled back, mark
//! and all; see sync).

use crate::{desk::Desk, error::Result, sync_link::NUMBERS_STOPPED};
use onedoor_protocol::Hash32;
use onedoor_store::{Op, Store};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// Setting that holds the machine on which this store gave out its first number, as a hash.
const MACHINE: &str = "machine";
const FORM: &str = "onedoor-mark-1";

/// Why this store may not give out numbers of the counter's range any more: the value of [`NUMBERS_STOPPED`], and the
/// code under which it needs attention.
pub(crate) const RESTORED: &str = "store_restored";
/// See [`RESTORED`].
pub(crate) const OTHER_MACHINE: &str = "other_machine";

/// The end of a store's journal when a number was last given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    ws: Uuid,
    seq: u64,
    hash: Hash32,
}

impl Mark {
    /// One line of always the same length, so that it is overwritten in place by one write of one sector.
    fn line(self) -> String {
        let Mark { ws, seq, hash } = self;
        let told = format!("{FORM} {ws} {seq:020} {hash}");
        let check = Hash32::of(&[told.as_bytes()]).hash8();
        format!("{told} {check}\n")
    }

    /// None for anything that is not exactly such a line: a torn write is no proof of anything.
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().skip(1);
        let mark = Mark {
            ws: words.next()?.parse().ok()?,
            seq: words.next()?.parse().ok()?,
            hash: Hash32::from_hex(words.next()?)?,
        };
        (mark.line() == text).then_some(mark)
    }
}

impl Desk {
    /// Beside the data folder, so that neither a restored nor a copied folder brings it along.
    fn mark_path(&self) -> PathBuf {
        let mut name = self.0.config.folder.as_os_str().to_os_string();
        name.push(".mark");
        PathBuf::from(name)
    }

    /// Holds the store against its mark and its machine. What does not fit stops the counter's own numbers for good:
    /// from here on they are provisional, until this PC is enrolled anew.
    pub(crate) fn check_incarnation(&self) -> Result<()> {
        let (store, workstation) = (self.store()?, self.workstation()?);
        let stopped = store.read(|reader| reader.setting(NUMBERS_STOPPED))?;
        if stopped.is_some() {
            return Ok(());
        }
        let ws = workstation.enrolment.ws;
        let machine = self.machine(ws);
        let known = store.read(|reader| reader.setting(MACHINE))?;
        let why = if is_behind(&self.mark_path(), &store, ws)? {
            Some(RESTORED)
        } else if known.is_some() && machine.is_some() && known != machine {
            Some(OTHER_MACHINE)
        } else {
            None
        };
        if let Some(why) = why {
            tracing::error!(why, "this store may have given its numbers elsewhere");
            store.write(Op::local(move |tx| tx.set(NUMBERS_STOPPED, why)))?;
        }
        Ok(())
    }

    /// Marks the store's end once a number was given out, before anything is printed. A mark that can't be written
    /// stops nobody at the counter: it is logged, and the next one is tried.
    pub(crate) fn keep_mark(&self, store: &Store) {
        let kept = self.mark(store);
        if let Err(error) = kept {
            tracing::warn!(detail = %error.detail, "the store's end could not be marked");
        }
    }

    fn mark(&self, store: &Store) -> Result<()> {
        let ws = self.workstation()?.enrolment.ws;
        let (head, known) = store.read(|reader| Ok((reader.head()?, reader.setting(MACHINE)?)))?;
        if known.is_none()
            && let Some(machine) = self.machine(ws)
        {
            store.write(Op::local(move |tx| tx.set(MACHINE, &machine)))?;
        }
        let mark = Mark {
            ws,
            seq: head.seq,
            hash: head.hash,
        };
        write(&self.mark_path(), &mark.line()).map_err(|error| {
            crate::error::DeskError::because(crate::dto::ErrorCode::Internal, error)
        })
    }

    /// This machine under the workstation's id: the name itself is kept nowhere.
    fn machine(&self, ws: Uuid) -> Option<String> {
        let id = self.0.config.host.machine_id()?;
        Some(Hash32::of(&[b"onedoor-machine-1", ws.as_bytes(), id.trim().as_bytes()]).to_string())
    }
}

/// Whether the mark is of this workstation and knows a line that the store has not, or has otherwise.
fn is_behind(path: &Path, store: &Store, ws: Uuid) -> Result<bool> {
    let text = fs::read_to_string(path).ok();
    let mark = text.as_deref().and_then(Mark::read);
    match mark.filter(|mark| mark.ws == ws) {
        None => Ok(false),
        Some(mark) => Ok(store.read(|reader| reader.hash_at(mark.seq))? != Some(mark.hash)),
    }
}

fn write(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// The system's own name of this machine, where it has one that can be read without rights.
pub(crate) fn system_machine_id() -> Option<String> {
    let id = fs::read_to_string("/etc/machine-id").ok()?;
    (id.trim().len() >= 32).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark() -> Mark {
        Mark {
            ws: Uuid::from_u128(7),
            seq: 1_234,
            hash: Hash32::of(&[b"a line"]),
        }
    }

    #[test]
    fn a_mark_comes_back_as_it_was_and_has_one_length() {
        assert_eq!(Mark::read(&mark().line()), Some(mark()));
        let longer = Mark {
            seq: u64::MAX,
            ..mark()
        };
        assert_eq!(
            longer.line().len(),
            mark().line().len(),
            "it is overwritten in place"
        );
    }

    #[test]
    fn a_torn_or_foreign_line_is_no_mark() {
        let line = mark().line();
        for wrong in [
            String::new(),
            line.replace("1234", "1235"),
            line[..line.len() - 4].to_string(),
            line.replace("onedoor-mark-1", "onedoor-mark-2"),
        ] {
            assert_eq!(Mark::read(&wrong), None, "{wrong}");
        }
    }
}
