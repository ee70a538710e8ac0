//! Packing pages into the file that the program carries. The same pages give the same bytes.
//!
//! Layout: the magic, the packed and unpacked length of the index, the index, the groups of pages; each of them one
//! zstd frame. Pages of one ministry and field lie together, since they resemble each other.

use std::collections::BTreeMap;

use super::bytes::size;
use super::index::{Entry, FORMAT, Group, Levels, MARK, write_entry, write_strings};
use super::{AtCounter, Change, NationalError, Result, Source};
use crate::portal::{self, FeeValue, SourceRow, TimeValue};

/// Zstd's level; packing is rare, and the file is carried by every workstation.
const LEVEL: i32 = 19;
/// A group is closed when it holds this many bytes: the price of opening one page.
const GROUP_LEN: usize = 128 << 10;

/// Packs `rows` as [`super::National::open`] reads them.
///
/// # Errors
/// [`NationalError::TwiceCode`] and [`NationalError::UnknownCode`] for contradictory input.
pub fn pack(rows: &[SourceRow], source: &Source) -> Result<Vec<u8>> {
    let changes = changes(rows, source)?;
    let (places, groups) = groups(rows)?;
    let mut strings = Strings::default();
    let mut by_code: Vec<(&SourceRow, &PagePlace)> = rows.iter().zip(&places).collect();
    by_code.sort_by_key(|(row, _)| &row.code);
    let entries: Vec<Entry> = by_code
        .into_iter()
        .map(|(row, place)| {
            entry(
                row,
                *place,
                changes.get(row.code.as_str()),
                source,
                &mut strings,
            )
        })
        .collect::<Result<_>>()?;
    file(&index_bytes(&strings, &groups, &entries)?, &groups)
}

fn file(index: &[u8], groups: &[PackedGroup]) -> Result<Vec<u8>> {
    let packed = zstd::bulk::compress(index, LEVEL)?;
    let mut file = MARK.to_vec();
    file.push(FORMAT);
    file.extend(size("the index", packed.len())?.to_le_bytes());
    file.extend(size("the index", index.len())?.to_le_bytes());
    file.extend(packed);
    for group in groups {
        file.extend(&group.packed);
    }
    Ok(file)
}

/// The changes by code; each must name a page.
fn changes<'a>(rows: &[SourceRow], source: &'a Source) -> Result<BTreeMap<&'a str, &'a Change>> {
    let mut codes = BTreeMap::new();
    for row in rows {
        if codes.insert(row.code.as_str(), ()).is_some() {
            return Err(NationalError::TwiceCode(row.code.clone()));
        }
    }
    let known = |change: &&Change| !codes.contains_key(change.code.as_str());
    match source.changes.iter().find(known) {
        Some(change) => Err(NationalError::UnknownCode(change.code.clone())),
        None => Ok(source
            .changes
            .iter()
            .map(|c| (c.code.as_str(), c))
            .collect()),
    }
}

/// The group of a page and its line in it.
type PagePlace = (u16, u16);

struct PackedGroup {
    packed: Vec<u8>,
    unpacked: usize,
}

/// Where each row lies, and the groups.
fn groups(rows: &[SourceRow]) -> Result<(Vec<PagePlace>, Vec<PackedGroup>)> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| {
        rows.get(*at)
            .map(|row| (&row.ministry, &row.field, &row.code))
    });
    let mut places = vec![(0, 0); rows.len()];
    let mut groups = Vec::new();
    let (mut text, mut line) = (String::new(), 0_u16);
    for at in order {
        let (Some(row), Some(place)) = (rows.get(at), places.get_mut(at)) else {
            continue;
        };
        let group = u16::try_from(groups.len()).map_err(|_| NationalError::TooMuch("a group"))?;
        *place = (group, line);
        text.push_str(&serde_json::to_string(row).map_err(NationalError::Source)?);
        text.push('\n');
        line += 1;
        if text.len() >= GROUP_LEN {
            groups.push(packed(&text)?);
            text.clear();
            line = 0;
        }
    }
    if !text.is_empty() {
        groups.push(packed(&text)?);
    }
    Ok((places, groups))
}

fn packed(text: &str) -> Result<PackedGroup> {
    Ok(PackedGroup {
        packed: zstd::bulk::compress(text.as_bytes(), LEVEL)?,
        unpacked: text.len(),
    })
}

fn index_bytes(
    strings: &Strings<'_>,
    groups: &[PackedGroup],
    entries: &[Entry],
) -> Result<Vec<u8>> {
    let (mut to, mut start) = (Vec::new(), 0);
    write_strings(strings.in_order.iter().copied(), &mut to)?;
    to.extend(size("the number of groups", groups.len())?.to_le_bytes());
    for group in groups {
        let end = start + group.packed.len();
        let group = Group {
            from: size("a group", start)?,
            to: size("a group", end)?,
            unpacked: size("a group", group.unpacked)?,
        };
        for number in [group.from, group.to, group.unpacked] {
            to.extend(number.to_le_bytes());
        }
        start = end;
    }
    to.extend(size("the number of pages", entries.len())?.to_le_bytes());
    for entry in entries {
        write_entry(entry, &mut to)?;
    }
    Ok(to)
}

/// Every string once, numbered as it first comes.
#[derive(Default)]
struct Strings<'a> {
    numbers: BTreeMap<&'a str, u32>,
    in_order: Vec<&'a str>,
}

impl<'a> Strings<'a> {
    fn number(&mut self, string: &'a str) -> Result<u32> {
        if let Some(number) = self.numbers.get(string) {
            return Ok(*number);
        }
        let number = size("the number of texts", self.in_order.len())?;
        self.numbers.insert(string, number);
        self.in_order.push(string);
        Ok(number)
    }
}

fn entry<'a>(
    row: &'a SourceRow,
    (group, line): PagePlace,
    change: Option<&&'a Change>,
    source: &Source,
    strings: &mut Strings<'a>,
) -> Result<Entry> {
    let read = portal::read(row);
    let replaced_by = change.and_then(|c| c.replaced_by.as_deref()).unwrap_or("");
    let texts = [
        row.code.as_str(),
        &row.title,
        &row.field,
        &row.ministry,
        &row.audience,
        &row.decision,
        replaced_by,
    ];
    let mut numbers = [0; 7];
    for (number, text) in numbers.iter_mut().zip(texts) {
        *number = strings.number(text)?;
    }
    Ok(Entry {
        strings: numbers,
        levels: Levels::named(&row.levels),
        needs_review: read.needs_review(),
        counter: at_counter(&read),
        from: source.crawled_on,
        until: change.map(|change| change.until),
        group,
        line,
    })
}

/// Time and fee at the counter; rows that differ leave them unknown.
fn at_counter(read: &portal::Entry) -> Option<AtCounter> {
    let first = read.direct().next()?;
    let same_time = read.direct().all(|row| row.time.value == first.time.value);
    let same_fee = read.direct().all(|row| row.fee.value == first.fee.value);
    Some(AtCounter {
        time: match same_time {
            true => first.time.value,
            false => TimeValue::Unknown,
        },
        fee: match same_fee {
            true => first.fee.value,
            false => FeeValue::Unknown,
        },
    })
}
