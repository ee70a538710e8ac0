//! The pure half of taking a batch: what each line says, and whether the run fits what is stored.
//! Here stand all rules that both engines share, so that SQL only locks, reads and writes. Not here: the signature
//! (checked before), the database.

mod names;

pub(crate) use names::hashes;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use onedoor_domain::code::DossierCode;
use onedoor_projection::{Change, FilingState};
use onedoor_protocol::{
    Hash32,
    batch::{Batch, BlobRef},
    chain, journal,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::ledger::StoredLine;
use crate::notary::Notary;

/// Longest legal or provisional number that is believed; longer texts would not fit an index.
const MAX_NUMBER: usize = 64;
/// Longest reason kept with a quarantined line, in characters.
const MAX_DETAIL: usize = 200;

/// A batch whose form, chain and signature hold, with its lines read.
#[derive(Debug)]
pub struct Ingest {
    /// The workstation.
    pub ws: Uuid,
    /// Its office, as its row says and the header repeats.
    pub office: String,
    /// The key that signed.
    pub key: [u8; 32],
    /// Number of the first line.
    pub first: u64,
    /// Chain hash before it.
    pub prev: Hash32,
    /// The lines; never empty.
    pub lines: Vec<ReadLine>,
    /// When it came.
    pub at: Timestamp,
    /// Signs the state.
    pub notary: Arc<Notary>,
}

/// Whose line it is.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Id of the workstation's office.
    pub office: &'a str,
    /// The workstation.
    pub ws: Uuid,
}

/// A line as it came, and what it says.
#[derive(Debug)]
pub struct ReadLine {
    /// Its number.
    pub seq: u64,
    /// Chain hash after it.
    pub hash: Hash32,
    /// Its bytes, without the newline.
    pub body: Vec<u8>,
    /// Its type, where it can be read.
    pub t: Option<String>,
    /// Its type's version.
    pub v: Option<i64>,
    /// Business day.
    pub day: Option<Date>,
    /// Hybrid logical clock.
    pub hlc: Option<i64>,
    /// What it changes, or why it can't be applied.
    pub effect: Result<Vec<Change>, Fault>,
    /// Blobs that it names, each once.
    pub names: Vec<BlobRef>,
}

/// Why a stored line is not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// One word, on the wire and in the operator's list.
    pub code: &'static str,
    /// For the operator.
    pub detail: String,
}

impl Fault {
    /// A fault; the detail is cut and freed of characters that a database refuses.
    pub fn new(code: &'static str, detail: impl AsRef<str>) -> Self {
        let printable = detail.as_ref().chars().filter(|letter| *letter != '\0');
        Fault {
            code,
            detail: printable.take(MAX_DETAIL).collect(),
        }
    }
}

/// Whether a run of lines fits what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// Lines before `first` are missing.
    Gap,
    /// The same numbers hold other lines.
    Fork {
        /// First line known to differ.
        at: u64,
        /// The stored hash at that line.
        head: Hash32,
    },
    /// It fits; so many lines at its start are stored already.
    Extends {
        /// Lines to leave out.
        known: usize,
    },
}

/// The stored side of the comparison: the locked row, and hashes of stored lines.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Number of the line expected next.
    pub next_seq: u64,
    /// Chain hash after `next_seq - 1`.
    pub head: Hash32,
    /// Chain hash before line 1.
    pub genesis: Hash32,
    /// Hashes of the lines `first - 1 ..`, as many as [`Ingest::overlap`] asked for.
    pub hashes: Vec<Hash32>,
}

impl Ingest {
    /// Reads the lines of a batch that `key` signed.
    pub fn read(batch: Batch, key: [u8; 32], at: Timestamp, notary: Arc<Notary>) -> Self {
        let header = batch.header;
        let listed = names::by_hash(&header.blobs);
        let mut hash = header.prev;
        let mut lines = Vec::with_capacity(batch.lines.len());
        for (seq, body) in (header.first..).zip(batch.lines) {
            hash = chain::next(&hash, &body);
            lines.push(read_line(seq, hash, body, &listed));
        }
        Ingest {
            ws: header.ws,
            office: header.office,
            key,
            first: header.first,
            prev: header.prev,
            lines,
            at,
            notary,
        }
    }

    /// Whose lines these are.
    pub fn origin(&self) -> Origin<'_> {
        let (office, ws) = (self.office.as_str(), self.ws);
        Origin { office, ws }
    }

    /// The stored lines whose hashes are needed for [`Ingest::fit`]: first and last number, or none.
    /// It begins one before the batch, since that hash must equal `prev`; where nothing overlaps, the row's own hash does.
    pub fn overlap(&self, next_seq: u64) -> Option<(u64, u64)> {
        let from = self.first.saturating_sub(1).max(1);
        let to = self.last().min(next_seq.saturating_sub(1));
        (self.first < next_seq).then_some((from, to))
    }

    /// Number of the last line.
    pub fn last(&self) -> u64 {
        self.lines.last().map_or(self.first, |line| line.seq)
    }

    /// Compares the run with what is stored: the hash before it, then every line that is known already.
    pub fn fit(&self, stored: &Stored) -> Fit {
        if self.first > stored.next_seq {
            return Fit::Gap;
        }
        let mut hashes = stored.hashes.iter().copied();
        let before = if self.first == 1 {
            Some(stored.genesis)
        } else {
            hashes.next()
        };
        let before = before.unwrap_or(stored.head);
        if before != self.prev {
            return Fit::Fork {
                at: self.first.saturating_sub(1).max(1),
                head: before,
            };
        }
        let mut known = 0;
        for (line, hash) in self.lines.iter().zip(hashes) {
            if line.hash != hash {
                return Fit::Fork {
                    at: line.seq,
                    head: hash,
                };
            }
            known += 1;
        }
        Fit::Extends { known }
    }
}

/// Only the type and version: of known types, `journal::decode` does not hand them out.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    v: u32,
}

impl ReadLine {
    /// Reads a stored line again: what a program of another version could not apply, this one may.
    pub fn again(line: StoredLine) -> Self {
        read_line(line.seq, line.hash, line.body, &names::by_hash(&[]))
    }
}

fn read_line(seq: u64, hash: Hash32, body: Vec<u8>, listed: &names::Listed) -> ReadLine {
    let kind: Option<Kind> = serde_json::from_slice(&body).ok();
    let (t, v) = kind.map_or((None, None), |kind| {
        (Some(storable(&kind.t)), Some(i64::from(kind.v)))
    });
    let (day, hlc, effect) = match journal::decode(&body) {
        Err(error) => {
            let fault = Fault::new("unreadable_line", error.to_string());
            (None, None, Err(fault))
        }
        Ok(line) => {
            let day = business_day(&line.stamp.day);
            let hlc = i64::try_from(line.happened()).ok();
            (day, hlc, effect(seq, &line, day, hlc))
        }
    };
    let names = names::of(&body, effect.as_deref().unwrap_or_default(), listed);
    ReadLine {
        seq,
        hash,
        body,
        t,
        v,
        day,
        hlc,
        effect,
        names,
    }
}

/// A type's name as a text column takes it; the line itself keeps the bytes.
fn storable(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != '\0')
        .take(MAX_NUMBER)
        .collect()
}

fn business_day(text: &str) -> Option<Date> {
    // Ten characters: jiff also reads six-digit and negative years, which are no business days.
    if text.len() == 10 {
        text.parse().ok()
    } else {
        None
    }
}

fn effect(
    seq: u64,
    line: &journal::Line,
    day: Option<Date>,
    hlc: Option<i64>,
) -> Result<Vec<Change>, Fault> {
    if line.stamp.seq != seq {
        return Err(Fault::new("wrong_seq", format!("says {}", line.stamp.seq)));
    }
    if day.is_none() || hlc.is_none() {
        return Err(Fault::new("bad_value", "day or clock"));
    }
    let changes =
        onedoor_projection::project(line).map_err(|why| Fault::new(why.code(), line.body.tag()))?;
    for change in &changes {
        believable(change, line.dossier)?;
    }
    Ok(changes)
}

/// What a database could refuse must never reach it: one such line would hold up all that follow.
fn believable(change: &Change, dossier: Option<Uuid>) -> Result<(), Fault> {
    let about = match change {
        Change::Filing(filing) | Change::Corrected(filing) => {
            believable_filing(filing)?;
            Some(filing.id)
        }
        Change::Form(form) => {
            no_nul(&[&form.form, &form.template])?;
            i64::try_from(form.size).map_err(|_| Fault::new("bad_value", "size"))?;
            Some(form.filing)
        }
        Change::Slip(slip) => Some(slip.filing.unwrap_or(slip.id)),
        Change::Due { filing, due } => {
            no_nul(&[due])?;
            Some(*filing)
        }
        Change::SlipForm(form) => Some(form.filing),
        Change::OfficeDocument(document) => {
            no_nul(&[&document.title])?;
            None
        }
        Change::Bound { filing, official } => {
            no_nul(&[official])?;
            Some(*filing)
        }
        Change::LookUp(settled) => {
            no_nul(&[&settled.document, &settled.note])?;
            Some(settled.filing)
        }
        Change::Till(till) => {
            no_nul(&[&till.holder])?;
            None
        }
        Change::Money(money) => {
            no_nul(&money.texts())?;
            money.filing()
        }
        Change::Status { filing, .. } | Change::Touched { filing } => Some(*filing),
        Change::Person(_)
        | Change::Staff { .. }
        | Change::Merged { .. }
        | Change::Pads(_)
        | Change::Voided { .. } => None,
    };
    match about {
        Some(filing) if dossier != Some(filing) => {
            Err(Fault::new("wrong_dossier", "envelope and body differ"))
        }
        _ => Ok(()),
    }
}

fn believable_filing(filing: &FilingState) -> Result<(), Fault> {
    if let Some(code) = &filing.code {
        // Only the printed form is a key: any other spelling of a number could stand beside it.
        let printed = DossierCode::parse(code).map(|read| read.to_string());
        if code.len() > MAX_NUMBER || printed.as_ref() != Some(code) {
            return Err(Fault::new("bad_value", "code"));
        }
    }
    if filing
        .provisional
        .as_ref()
        .is_some_and(|number| number.is_empty() || number.len() > MAX_NUMBER)
    {
        return Err(Fault::new("bad_value", "provisional"));
    }
    let provisional = filing.provisional.as_deref().unwrap_or_default();
    let title_en = filing.title_en.as_deref().unwrap_or_default();
    no_nul(&[
        provisional,
        title_en,
        &filing.procedure,
        &filing.title,
        &filing.applicant,
        &filing.received,
        &filing.due,
    ])
}

fn no_nul(texts: &[&str]) -> Result<(), Fault> {
    if texts.iter().any(|text| text.contains('\0')) {
        return Err(Fault::new("bad_value", "a text holds U+0000"));
    }
    Ok(())
}
