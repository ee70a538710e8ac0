//! The national catalogue as the program carries it: an index that opens at start, and the pages, packed, of which one
//! group is unpacked when a procedure is asked for.
//!
//! A page is kept as its source and read again each time, so that text and value cannot drift apart. Not here: reading
//! a page (`portal`), finding one (`find`), curated procedures, which win over a page of the same code (`starter`).

mod bytes;
mod details;
mod index;
mod pack;

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;

use crate::portal::{FeeValue, SourceRow, TimeValue};

pub use details::{Details, NotConverted};
pub use index::{Index, Levels};
pub use pack::pack;

/// Why the national catalogue could not be opened, read or packed.
#[derive(Debug, thiserror::Error)]
pub enum NationalError {
    /// The file is not one of ours, is cut off or changed.
    #[error("the national catalogue is damaged: {0}")]
    Damaged(&'static str),
    /// A newer program packed it in a way that this one does not know.
    #[error("the national catalogue needs a newer program: its format is {0}")]
    Newer(u8),
    /// A line of the source is no page.
    #[error("line {line} of the source is no page: {error}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The description of the source cannot be read.
    #[error("the description of the source cannot be read: {0}")]
    Source(serde_json::Error),
    /// Two pages have this code.
    #[error("two pages have the code {0}")]
    TwiceCode(String),
    /// A change names a code that no page has.
    #[error("a change names the code {0}, which no page has")]
    UnknownCode(String),
    /// A date, a length or a number does not fit its place.
    #[error("{0} does not fit into the national catalogue")]
    TooMuch(&'static str),
    /// Packing or unpacking failed.
    #[error("the national catalogue cannot be packed or unpacked: {0}")]
    Packing(#[from] std::io::Error),
}

/// Result of this module.
pub type Result<T> = std::result::Result<T, NationalError>;

/// Where the pages come from, and what happened to procedures since.
#[derive(Debug, Clone, Deserialize)]
pub struct Source {
    /// The day on which the pages were taken: the first day of effect of what they tell no day for.
    pub crawled_on: Date,
    /// Withdrawals and replacements since.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// A procedure that ended.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    /// Its code.
    pub code: String,
    /// The last day on which it holds.
    pub until: Date,
    /// The code that takes its place.
    #[serde(default)]
    pub replaced_by: Option<String>,
}

impl Source {
    /// Reads the description that lies beside the pages (`national-source.json`).
    ///
    /// # Errors
    /// [`NationalError::Source`] when it is no such description.
    pub fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(NationalError::Source)
    }
}

/// Reads the pages of a source: one JSON object a line.
///
/// # Errors
/// [`NationalError::Line`] with the line that is no page.
pub fn rows(lines: &str) -> Result<Vec<SourceRow>> {
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| NationalError::Line {
                line: at + 1,
                error,
            })
        })
        .collect()
}

/// A page as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The national code.
    pub code: &'a str,
    /// The official title.
    pub title: &'a str,
    /// The field of administration.
    pub field: &'a str,
    /// The ministry, as the crawl names it.
    pub ministry: &'a str,
    /// Whom it is for.
    pub audience: &'a str,
    /// The decision that publishes it.
    pub decision: &'a str,
    /// The levels of administration that decide.
    pub levels: Levels,
    /// Time and fee at the counter; `None` when the page has no row for the counter.
    pub counter: Option<AtCounter>,
    /// Whether a person must look at time, fee or papers before relying on them.
    pub needs_review: bool,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; `None` while no end is known.
    pub until: Option<Date>,
    /// The code that takes its place.
    pub replaced_by: Option<&'a str>,
}

/// What a page says about a filing at the counter; where its rows differ, [`TimeValue::Unknown`] and
/// [`FeeValue::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtCounter {
    /// The time.
    pub time: TimeValue,
    /// The fee.
    pub fee: FeeValue,
}

/// Whether a procedure holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It holds.
    InForce,
    /// It holds from a later day on.
    NotYet {
        /// The first day.
        from: Date,
    },
    /// It was withdrawn or replaced.
    Ended {
        /// The last day on which it held.
        until: Date,
        /// What took its place.
        replaced_by: Option<&'a str>,
    },
}

impl<'a> Listed<'a> {
    /// Whether it holds on `day`; both ends are included.
    pub fn standing(&self, day: Date) -> Standing<'a> {
        match self.until {
            Some(until) if until < day => Standing::Ended {
                until,
                replaced_by: self.replaced_by,
            },
            _ if day < self.from => Standing::NotYet { from: self.from },
            _ => Standing::InForce,
        }
    }
}

/// The national catalogue.
#[derive(Debug)]
pub struct National {
    index: Index,
    bytes: Cow<'static, [u8]>,
}

impl National {
    /// The catalogue that ships with the program.
    ///
    /// # Errors
    /// [`NationalError::Damaged`] when the program itself was changed.
    pub fn shipped() -> Result<Self> {
        Self::open(include_bytes!("../../../assets/catalogue/national.bin").as_slice())
    }

    /// Opens a packed catalogue: unpacks its index, and of the pages none.
    ///
    /// # Errors
    /// [`NationalError::Damaged`] and [`NationalError::Packing`] when `bytes` are no such catalogue.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let bytes = bytes.into();
        Ok(National {
            index: Index::open(&bytes)?,
            bytes,
        })
    }

    /// Opens a packed catalogue that did not ship with the program, and unpacks every page of it once: what opens here fails
    /// at no counter later.
    ///
    /// # Errors
    /// [`NationalError::Newer`], [`NationalError::Damaged`] and [`NationalError::Packing`], with the first fault.
    pub fn open_whole(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let national = Self::open(bytes)?;
        national.index.in_order()?;
        let mut unpacked: Option<(usize, String)> = None;
        for position in national.index.by_group() {
            let place = national.index.place(position).ok_or(bytes::CUT_OFF)?;
            let lines = match unpacked.take() {
                Some((from, lines)) if from == place.from => lines,
                _ => national.unpack(&place)?,
            };
            let row = page(&lines, place.line)?;
            let listed = national.index.get(position).ok_or(bytes::CUT_OFF)?;
            if row.code != listed.code {
                return Err(NationalError::Damaged("a page is not where its list says"));
            }
            unpacked = Some((place.from, lines));
        }
        Ok(national)
    }

    /// Every page as lists show it, in the order of the codes.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// A page with everything on it. What stands behind the national code (a province's suffix) does not matter.
    ///
    /// # Errors
    /// [`NationalError::Damaged`] and [`NationalError::Packing`] when the group of the page cannot be unpacked.
    pub fn details(&self, code: &str) -> Result<Option<Details>> {
        let Some(position) = self.index.position(code) else {
            return Ok(None);
        };
        let place = self.index.place(position).ok_or(bytes::CUT_OFF)?;
        let row = page(&self.unpack(&place)?, place.line)?;
        let listed = self.index.get(position).ok_or(bytes::CUT_OFF)?;
        Ok(Some(Details::new(row, &listed)))
    }

    /// The group of pages at a place.
    fn unpack(&self, place: &index::Place) -> Result<String> {
        let packed = self.bytes.get(place.from..place.to).ok_or(bytes::CUT_OFF)?;
        let lines = zstd::bulk::decompress(packed, place.unpacked)?;
        String::from_utf8(lines).map_err(|_| NationalError::Damaged("a page is not text"))
    }
}

/// The page in this line of a group.
fn page(lines: &str, line: usize) -> Result<SourceRow> {
    let line = lines.lines().nth(line).ok_or(bytes::CUT_OFF)?;
    serde_json::from_str(line).map_err(|_| NationalError::Damaged("a page is not one of ours"))
}
