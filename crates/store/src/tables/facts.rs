//! What the centre tells an office beside colleagues' lines and decisions: messages, leases, calendars, catalogues, staff, keys. Each is kept in
//! `news` as it came, and what it changes here is changed in the transaction of its page; one that says nothing sensible
//! is named and changes nothing. Not here: kinds that this program does not know (kept).

use super::{blobs, server_keys, staff, workstation};
use crate::error::Result;
use jiff::civil::Date;
use onedoor_domain::{access::Role, text};
use onedoor_protocol::{
    Hash32,
    enrol::Lease,
    facts::{
        CALENDAR, CATALOGUE, DocumentFact, KEYS, LEASE, LeaseFact, MESSAGE, Message, POLICY,
        PolicyFact, STAFF, StaffFact,
    },
    feed::FeedLine,
    keys::KeyStatement,
    sign::PublicKey,
};
use rusqlite::{Connection, OptionalExtension};
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Messages that are counted.
const LAST: u32 = 50;
/// Numbers of a day have four digits.
const LAST_NUMBER: u32 = 9999;
/// Why a kind is kept without being understood; nobody needs to look at it.
pub(crate) const UNKNOWN_KIND: &str = "unknown_kind";
const BAD_VALUE: &str = "bad_value";
/// Who set what the centre set: no workstation has this id.
pub(crate) const CENTRE: Uuid = Uuid::nil();

/// A fact that changes nothing here, since it says nothing sensible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the feed.
    pub feed_seq: u64,
    /// What it is.
    pub kind: String,
    /// `bad_value` or `not_signed`.
    pub why: String,
}

/// A message, and whether somebody here has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// What it says.
    pub message: Message,
    /// Somebody has.
    pub read: bool,
}

/// Why it changes nothing; none when it was applied, or there is nothing to apply.
pub(crate) fn apply(connection: &Connection, line: &FeedLine) -> Result<Option<&'static str>> {
    match line.kind.as_str() {
        MESSAGE => Ok(match read::<Message>(line) {
            Some(message) if !message.text.trim().is_empty() => None,
            _ => Some(BAD_VALUE),
        }),
        LEASE => match read::<LeaseFact>(line) {
            Some(fact) => lease(connection, fact),
            None => Ok(Some(BAD_VALUE)),
        },
        CALENDAR => match read::<DocumentFact>(line) {
            Some(fact) => document(
                connection,
                "calendar",
                DocumentFact::LARGEST_CALENDAR,
                &fact,
            ),
            None => Ok(Some(BAD_VALUE)),
        },
        CATALOGUE => match read::<DocumentFact>(line) {
            Some(fact) => document(
                connection,
                "catalogue",
                DocumentFact::LARGEST_CATALOGUE,
                &fact,
            ),
            None => Ok(Some(BAD_VALUE)),
        },
        POLICY => Ok(match read::<PolicyFact>(line) {
            Some(fact) if fact.scans.as_ref().is_none_or(|it| it.minutes().is_some()) => None,
            _ => Some(BAD_VALUE),
        }),
        STAFF => match read::<StaffFact>(line) {
            Some(fact) => member(connection, &fact),
            None => Ok(Some(BAD_VALUE)),
        },
        KEYS => match read::<KeyStatement>(line) {
            Some(statement) => key(connection, statement),
            None => Ok(Some(BAD_VALUE)),
        },
        _ => Ok(Some(UNKNOWN_KIND)),
    }
}

/// A lease that ends later than the one in use takes its place.
fn lease(connection: &Connection, fact: LeaseFact) -> Result<Option<&'static str>> {
    let Some(state) = workstation::state(connection)? else {
        return Ok(None);
    };
    if fact.ws != state.enrolment.ws {
        return Ok(None);
    }
    if !is_sound(&fact.lease) {
        return Ok(Some(BAD_VALUE));
    }
    if fact.lease.valid_to > state.enrolment.lease.valid_to {
        workstation::set_lease(connection, fact.lease)?;
    }
    Ok(None)
}

fn is_sound(lease: &Lease) -> bool {
    let range = |[lo, hi]: [u32; 2]| lo <= hi && hi <= LAST_NUMBER;
    range(lease.slot)
        && lease.reserve.is_none_or(range)
        && is_day(&lease.valid_from)
        && is_day(&lease.valid_to)
        && lease.valid_from <= lease.valid_to
}

fn is_day(text: &str) -> bool {
    let day = text.parse::<Date>();
    day.is_ok_and(|day| day.to_string() == text)
}

/// The document comes after it, as a blob; a calendar is read as one that the office set itself.
fn document(
    connection: &Connection,
    part: &str,
    largest: u64,
    fact: &DocumentFact,
) -> Result<Option<&'static str>> {
    let is_document = (1..=largest).contains(&fact.size);
    if !is_document || !is_day(&fact.from) || i64::try_from(fact.hlc).is_err() {
        return Ok(Some(BAD_VALUE));
    }
    let nothing: Option<Vec<u8>> = None;
    connection
        .prepare_cached(
            "insert into office_document (part, hlc, valid_from, sha256, size, title, wall, clerk, ws)
             values (?9, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict do nothing",
        )?
        .execute((
            fact.hlc.cast_signed(),
            &fact.from,
            fact.sha256.0,
            fact.size.cast_signed(),
            &fact.title,
            &fact.wall,
            nothing,
            CENTRE.into_bytes(),
            part,
        ))?;
    blobs::want(connection, &Hash32(fact.sha256.0), fact.size)?;
    Ok(None)
}

/// Somebody has left, or has a role from now on.
fn member(connection: &Connection, fact: &StaffFact) -> Result<Option<&'static str>> {
    let day = fact.wall.get(..10).filter(|day| is_day(day));
    let left_on = match fact.state.as_str() {
        StaffFact::ACTIVE => None,
        StaffFact::LEFT => day,
        _ => return Ok(Some(BAD_VALUE)),
    };
    let named = text::clean(&fact.name, text::MAX_NAME).is_ok_and(|name| name == fact.name);
    let is_member = named && !fact.name.is_empty() && Role::parse(&fact.role).is_some();
    let in_time = day.is_some() && fact.hlc > 0 && i64::try_from(fact.hlc).is_ok();
    if !is_member || !in_time {
        return Ok(Some(BAD_VALUE));
    }
    staff::tell(connection, fact, left_on)?;
    Ok(None)
}

/// One that leads on from no key that is believed is history: who was enrolled later never knew the keys before.
fn key(connection: &Connection, statement: KeyStatement) -> Result<Option<&'static str>> {
    let Some(state) = workstation::state(connection)? else {
        return Ok(None);
    };
    let by = PublicKey::from_hex(&statement.by);
    if by.and_then(|by| statement.next(&[by])).is_none() {
        return Ok(Some("not_signed"));
    }
    server_keys::learn(connection, &state.server_keys(), &[statement])?;
    Ok(None)
}

fn read<T: DeserializeOwned>(line: &FeedLine) -> Option<T> {
    serde_json::from_str(line.body.get()).ok()
}

/// Facts that change nothing here, since they say nothing sensible.
pub fn refused(connection: &Connection, limit: u32) -> Result<Vec<Refused>> {
    let mut statement = connection.prepare_cached(
        "select feed_seq, kind, unapplied from news where unapplied is not null and unapplied <> ?1
         order by feed_seq limit ?2",
    )?;
    let rows = statement.query_map((UNKNOWN_KIND, limit), |row| {
        Ok(Refused {
            feed_seq: row.get::<_, i64>(0)?.cast_unsigned(),
            kind: row.get(1)?,
            why: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How the office's line is used, by the centre's last word.
pub fn policy(connection: &Connection) -> Result<PolicyFact> {
    let last: Option<String> = connection
        .prepare_cached(
            "select body from news where kind = 'policy' and unapplied is null order by feed_seq desc limit 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    let read = last.and_then(|body| serde_json::from_str(&body).ok());
    Ok(read.unwrap_or_default())
}

/// The last messages, the newest first, each once.
pub fn messages(connection: &Connection, limit: u32) -> Result<Vec<MessageRow>> {
    let mut statement = connection.prepare_cached(
        "select body, exists (select 1 from message_read where id = body ->> '$.id') from news
         where kind = 'message' and unapplied is null order by feed_seq desc limit ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
    })?;
    let mut found: Vec<MessageRow> = Vec::new();
    for row in rows {
        let (body, read) = row?;
        let Ok(message) = serde_json::from_str::<Message>(&body) else {
            continue;
        };
        if found.iter().all(|known| known.message.id != message.id) {
            found.push(MessageRow { message, read });
        }
    }
    Ok(found)
}

/// How many of the last messages nobody here has read.
pub fn unread(connection: &Connection) -> Result<u32> {
    let last = messages(connection, LAST)?;
    let unread = last.iter().filter(|row| !row.read).count();
    Ok(u32::try_from(unread).unwrap_or(u32::MAX))
}

/// Somebody has read it; again changes nothing.
pub(crate) fn mark_read(connection: &Connection, id: &Uuid) -> Result<()> {
    connection
        .prepare_cached("insert into message_read (id) values (?1) on conflict do nothing")?
        .execute([id.to_string()])?;
    Ok(())
}
