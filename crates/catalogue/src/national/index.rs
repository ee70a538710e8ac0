//! The index: every page as lists show it, opened at start. One text holds all strings, each string once.

use jiff::civil::Date;
use onedoor_domain::money::{Currency, Money};

use super::bytes::{CUT_OFF, Reader, size};
use super::{AtCounter, Listed, NationalError, Result};
use crate::portal::{FeeValue, TimeValue, Unit};

/// The first bytes of every packed catalogue.
pub(super) const MARK: &[u8; 7] = b"ODCATN\0";
/// The byte behind them: the version of the format.
pub(super) const FORMAT: u8 = 2;
/// More than this an index never unpacks to, whatever its file says.
const LARGEST_INDEX: usize = 8 << 20;
/// More than this a group of pages never unpacks to.
const LARGEST_GROUP: usize = 4 << 20;
/// A national code without a province's suffix, in bytes.
const CODE_LEN: usize = 8;
/// Bytes of an entry in the unpacked index.
const ENTRY_LEN: usize = 46;

/// Levels of administration that decide, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Levels(u8);

impl Levels {
    /// The portal's words for the levels.
    pub const NAMES: [&str; 4] = ["Cấp bộ", "Cấp tỉnh", "Cấp xã", "Cơ quan khác"];

    /// The set of the levels that are named; a name that the portal does not use is left out.
    pub fn named<S: AsRef<str>>(names: &[S]) -> Self {
        let is_named = |name: &str| names.iter().any(|n| n.as_ref() == name);
        Levels(
            Self::NAMES
                .iter()
                .enumerate()
                .filter(|(_, name)| is_named(name))
                .fold(0, |set, (bit, _)| set | 1 << bit),
        )
    }

    /// The levels' names, in the portal's order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 & 1 << bit != 0)
            .map(|(_, name)| name)
    }

    /// Whether communes decide it.
    pub fn commune(self) -> bool {
        self.0 & 0b100 != 0
    }
}

/// Every page as lists show it.
#[derive(Debug)]
pub struct Index {
    text: String,
    /// Where each string ends; it begins where the one before ends.
    ends: Vec<u32>,
    entries: Vec<Entry>,
    groups: Vec<Group>,
    /// Where in the file the groups begin.
    begin: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// code, title, field, ministry, audience, decision, replaced by: numbers of strings.
    pub strings: [u32; 7],
    pub levels: Levels,
    pub needs_review: bool,
    pub counter: Option<AtCounter>,
    pub from: Date,
    pub until: Option<Date>,
    pub group: u16,
    pub line: u16,
}

/// A run of packed pages; its place counts from where the groups begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub from: u32,
    pub to: u32,
    pub unpacked: u32,
}

/// Where a page lies.
pub(super) struct Place {
    pub from: usize,
    pub to: usize,
    pub unpacked: usize,
    pub line: usize,
}

impl Index {
    pub(super) fn open(file: &[u8]) -> Result<Self> {
        let mut head = Reader(file);
        if head.take(MARK.len())? != MARK {
            return Err(NationalError::Damaged("its first bytes are not ours"));
        }
        match head.u8()? {
            FORMAT => {}
            found if found > FORMAT => return Err(NationalError::Newer(found)),
            _ => return Err(NationalError::Damaged("its format is too old")),
        }
        let (packed, unpacked) = (head.size()?, head.size()?);
        if unpacked > LARGEST_INDEX {
            return Err(NationalError::Damaged("its index is too large"));
        }
        let index = zstd::bulk::decompress(head.take(packed)?, unpacked)?;
        let begin = file.len() - head.0.len();
        Self::read(&mut Reader(&index), begin)
    }

    fn read(from: &mut Reader<'_>, begin: usize) -> Result<Self> {
        let strings = from.size()?;
        let ends = read_many(from, strings, 4, Reader::u32)?;
        let len = ends
            .last()
            .map_or(Ok(0), |end| usize::try_from(*end))
            .map_err(|_| CUT_OFF)?;
        let text = String::from_utf8(from.take(len)?.to_vec())
            .map_err(|_| NationalError::Damaged("its texts are no texts"))?;
        let groups = from.size()?;
        let groups = read_many(from, groups, 12, read_group)?;
        let entries = from.size()?;
        let entries = read_many(from, entries, ENTRY_LEN, read_entry)?;
        Ok(Index {
            text,
            ends,
            entries,
            groups,
            begin,
        })
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every page, in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = Listed<'_>> {
        self.entries.iter().map(|entry| self.listed(entry))
    }

    /// The page at a position of [`Index::iter`].
    pub fn get(&self, position: usize) -> Option<Listed<'_>> {
        self.entries.get(position).map(|entry| self.listed(entry))
    }

    /// Whether it is in the order of its codes, each once: by that a code is found.
    pub(super) fn in_order(&self) -> Result<()> {
        let codes = self.iter().map(|listed| listed.code);
        match codes.is_sorted_by(|one, next| one < next) {
            true => Ok(()),
            false => Err(NationalError::Damaged("its codes are not in order")),
        }
    }

    /// Positions of the pages, those of one group together.
    pub(super) fn by_group(&self) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..self.entries.len()).collect();
        positions.sort_by_key(|at| self.entries.get(*at).map(|entry| entry.group));
        positions
    }

    /// The position of a code, with or without a province's suffix.
    pub fn position(&self, code: &str) -> Option<usize> {
        let of = |code: &str| {
            self.entries
                .binary_search_by(|entry| self.string(entry.strings[0]).cmp(code))
                .ok()
        };
        of(code).or_else(|| of(code.get(..CODE_LEN)?))
    }

    pub(super) fn place(&self, position: usize) -> Option<Place> {
        let entry = self.entries.get(position)?;
        let group = self.groups.get(usize::from(entry.group))?;
        let unpacked = usize::try_from(group.unpacked).ok()?;
        (unpacked <= LARGEST_GROUP).then_some(())?;
        Some(Place {
            from: self.begin.checked_add(usize::try_from(group.from).ok()?)?,
            to: self.begin.checked_add(usize::try_from(group.to).ok()?)?,
            unpacked,
            line: usize::from(entry.line),
        })
    }

    /// A string by its number; one that is not there is empty, so that a damaged index shows less, not wrong.
    fn string(&self, number: u32) -> &str {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let place = |at: usize| self.ends.get(at).and_then(|end| usize::try_from(*end).ok());
        let from = at.checked_sub(1).map_or(Some(0), place);
        from.zip(place(at))
            .and_then(|(from, to)| self.text.get(from..to))
            .unwrap_or_default()
    }

    fn listed(&self, entry: &Entry) -> Listed<'_> {
        let [
            code,
            title,
            field,
            ministry,
            audience,
            decision,
            replaced_by,
        ] = entry.strings.map(|number| self.string(number));
        Listed {
            code,
            title,
            field,
            ministry,
            audience,
            decision,
            levels: entry.levels,
            counter: entry.counter,
            needs_review: entry.needs_review,
            from: entry.from,
            until: entry.until,
            replaced_by: Some(replaced_by).filter(|code| !code.is_empty()),
        }
    }
}

/// Reads `count` things of `len` bytes each; a count that the bytes cannot hold is refused before room is made for it.
fn read_many<'a, T>(
    from: &mut Reader<'a>,
    count: usize,
    len: usize,
    read: impl Fn(&mut Reader<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    if count.checked_mul(len).is_none_or(|all| all > from.0.len()) {
        return Err(CUT_OFF);
    }
    (0..count).map(|_| read(from)).collect()
}

fn read_group(from: &mut Reader<'_>) -> Result<Group> {
    Ok(Group {
        from: from.u32()?,
        to: from.u32()?,
        unpacked: from.u32()?,
    })
}

fn read_entry(from: &mut Reader<'_>) -> Result<Entry> {
    let mut strings = [0; 7];
    for string in &mut strings {
        *string = from.u32()?;
    }
    let (levels, flags) = (Levels(from.u8()?), from.u8()?);
    let time = time_of(flags >> 4, from.u16()?)?;
    let fee = fee_of(flags >> 1 & 0b111, from.i64()?)?;
    let (first, last) = (from.u16()?, from.u16()?);
    Ok(Entry {
        strings,
        levels,
        needs_review: flags & 1 != 0,
        counter: time.zip(fee).map(|(time, fee)| AtCounter { time, fee }),
        from: day_of(first)?.ok_or(CUT_OFF)?,
        until: day_of(last)?,
        group: from.u16()?,
        line: from.u16()?,
    })
}

/// Writes an entry as [`read_entry`] reads it.
pub(super) fn write_entry(entry: &Entry, to: &mut Vec<u8>) -> Result<()> {
    for string in entry.strings {
        to.extend(string.to_le_bytes());
    }
    let (time, number) = entry.counter.map_or((0, 0), |at| time_bytes(at.time));
    let (fee, minor) = entry.counter.map_or((0, 0), |at| fee_bytes(at.fee));
    to.push(entry.levels.0);
    to.push(time << 4 | fee << 1 | u8::from(entry.needs_review));
    to.extend(number.to_le_bytes());
    to.extend(minor.to_le_bytes());
    to.extend(day_bytes(Some(entry.from))?.to_le_bytes());
    to.extend(day_bytes(entry.until)?.to_le_bytes());
    to.extend(entry.group.to_le_bytes());
    to.extend(entry.line.to_le_bytes());
    Ok(())
}

/// Writes the strings as [`Index::open`] reads them: how many, where each ends, all of them.
pub(super) fn write_strings<'a>(
    strings: impl ExactSizeIterator<Item = &'a str>,
    to: &mut Vec<u8>,
) -> Result<()> {
    to.extend(size("the number of texts", strings.len())?.to_le_bytes());
    let mut text = String::new();
    for string in strings {
        text.push_str(string);
        to.extend(size("the length of all texts", text.len())?.to_le_bytes());
    }
    to.extend(text.as_bytes());
    Ok(())
}

const DAMAGED_VALUE: NationalError = NationalError::Damaged("a value is none of ours");

fn time_bytes(time: TimeValue) -> (u8, u16) {
    match time {
        TimeValue::NotStated => (1, 0),
        TimeValue::NoResult => (2, 0),
        TimeValue::Unitless(number) => (3, number),
        TimeValue::Unknown => (4, 0),
        TimeValue::ByCase => (9, 0),
        TimeValue::Limit { number, unit } => match unit {
            Unit::WorkingDays => (5, number),
            Unit::Days => (6, number),
            Unit::Months => (7, number),
            Unit::Hours => (8, number),
        },
    }
}

fn time_of(kind: u8, number: u16) -> Result<Option<TimeValue>> {
    let limit = |unit| TimeValue::Limit { number, unit };
    Ok(Some(match kind {
        0 => return Ok(None),
        1 => TimeValue::NotStated,
        2 => TimeValue::NoResult,
        3 => TimeValue::Unitless(number),
        4 => TimeValue::Unknown,
        5 => limit(Unit::WorkingDays),
        6 => limit(Unit::Days),
        7 => limit(Unit::Months),
        8 => limit(Unit::Hours),
        9 => TimeValue::ByCase,
        _ => return Err(DAMAGED_VALUE),
    }))
}

fn fee_bytes(fee: FeeValue) -> (u8, i64) {
    match fee {
        FeeValue::NotStated => (1, 0),
        FeeValue::Free => (2, 0),
        FeeValue::SetByProvince => (3, 0),
        FeeValue::Unknown => (4, 0),
        FeeValue::InWords => (7, 0),
        FeeValue::Amount(money) => match money.currency {
            Currency::Vnd => (5, money.minor),
            Currency::Usd => (6, money.minor),
            // The portal prices nothing in other money; were it to, a person must look.
            Currency::Host(_) => (4, 0),
        },
    }
}

fn fee_of(kind: u8, minor: i64) -> Result<Option<FeeValue>> {
    let amount = |currency| FeeValue::Amount(Money { minor, currency });
    Ok(Some(match kind {
        0 => return Ok(None),
        1 => FeeValue::NotStated,
        2 => FeeValue::Free,
        3 => FeeValue::SetByProvince,
        4 => FeeValue::Unknown,
        5 => amount(Currency::Vnd),
        6 => amount(Currency::Usd),
        7 => FeeValue::InWords,
        _ => return Err(DAMAGED_VALUE),
    }))
}

/// Days are counted from here; 0 is no day.
const EPOCH: Date = Date::constant(1999, 12, 31);

fn day_bytes(day: Option<Date>) -> Result<u16> {
    let Some(day) = day else { return Ok(0) };
    u16::try_from(day.duration_since(EPOCH).as_hours() / 24)
        .ok()
        .filter(|days| *days > 0)
        .ok_or(NationalError::TooMuch("a day"))
}

fn day_of(days: u16) -> Result<Option<Date>> {
    if days == 0 {
        return Ok(None);
    }
    EPOCH
        .checked_add(jiff::Span::new().days(i64::from(days)))
        .map(Some)
        .map_err(|_| DAMAGED_VALUE)
}
