//! Tables `feed`, `peer_line`, `news` and `counter`: what the office's other counters and the centre told this one. A page
//! and the cursor after it are one transaction; a line that changes nothing here is kept and never stops the next.
//! Not here: what a line changes (projection, `apply`).

use super::{apply, facts, former, hash, id, numbers};
use crate::error::{Result, StoreError};
use jiff::Timestamp;
use onedoor_domain::filing::Status;
use onedoor_projection::project;
use onedoor_protocol::{
    chain,
    feed::{DECISION, DecisionLine, FeedLine, PEER_LINE, Page, PeerLine},
    journal::{self as wire, Body, Line},
    sign::PublicKey,
};
use rusqlite::{Connection, OptionalExtension};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

/// A clock of another counter that is further ahead of the centre's is not followed, in milliseconds.
const MOST_AHEAD: u64 = 5 * 60_000;

/// A peer's line that changes nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unapplied {
    /// Whose.
    pub ws: Uuid,
    /// Its number there.
    pub seq: u64,
    /// Name of that counter; empty while its first line has not come.
    pub counter: String,
    /// `unknown_type`, `bad_value`, `unreadable_line`, `broken_chain` or `conflict`.
    pub why: String,
}

/// The cursor: the feed was read up to this line. 0 at first.
pub fn cursor(connection: &Connection) -> Result<u64> {
    let row = row(connection, "select cursor from feed where id = 1")?;
    Ok(row.unwrap_or_default().cast_unsigned())
}

/// The highest hybrid clock that was read.
pub(crate) fn highest_hlc(connection: &Connection) -> Result<u64> {
    let row = row(connection, "select hlc from feed where id = 1")?;
    Ok(row.unwrap_or_default().cast_unsigned())
}

fn row(connection: &Connection, sql: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// Peers' lines that change nothing here.
pub fn unapplied(connection: &Connection, limit: u32) -> Result<Vec<Unapplied>> {
    let mut statement = connection.prepare_cached(
        "select peer_line.ws, seq, coalesce(name, ''), unapplied from peer_line left join counter using (ws)
         where unapplied is not null order by peer_line.ws, seq limit ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, i64>(1)?.cast_unsigned(),
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
        ))
    })?;
    rows.map(|row| {
        let (ws, seq, counter, why) = row?;
        let ws = id(ws)?;
        Ok(Unapplied {
            ws,
            seq,
            counter,
            why,
        })
    })
    .collect()
}

/// What the solving unit decided of a filing, in the order of the feed.
pub fn decisions(connection: &Connection, filing: Uuid) -> Result<Vec<DecisionLine>> {
    let mut statement = connection.prepare_cached(
        "select body from news where dossier = ?1 and kind = ?2 order by feed_seq",
    )?;
    let rows = statement.query_map((filing.into_bytes(), DECISION), |row| {
        row.get::<_, String>(0)
    })?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(serde_json::from_str::<DecisionLine>(&row?).ok());
    }
    Ok(found)
}

/// The keys of the office's other workstations, by their own first lines.
pub fn keys(connection: &Connection) -> Result<Vec<PublicKey>> {
    let mut statement = connection
        .prepare_cached("select line from peer_line where seq = 1 and line is not null")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let mut keys = Vec::new();
    for row in rows {
        if let Ok(Body::WorkstationEnrolled(enrolled)) = wire::decode(&row?).map(|line| line.body) {
            keys.extend(PublicKey::from_hex(&enrolled.public_key));
        }
    }
    Ok(keys)
}

/// What a page did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The cursor after it.
    pub next: u64,
    /// Whether there is more.
    pub more: bool,
    /// Lines that were new.
    pub new: u32,
}

/// Takes a page whose signature was checked. `own` is this workstation.
pub(crate) fn take(connection: &Connection, own: Uuid, page: &Page) -> Result<Read> {
    let (end, lines) = (&page.end, &page.lines);
    let new = take_lines(connection, own, lines, end.next, &end.server_time)?;
    if !end.more {
        former::compare(connection)?;
    }
    Ok(Read {
        next: end.next,
        more: end.more,
        new,
    })
}

/// Takes lines that the centre signed at `server_time`, and moves the cursor; gives how many of them were new.
pub(crate) fn take_lines(
    connection: &Connection,
    own: Uuid,
    lines: &[FeedLine],
    cursor: u64,
    server_time: &str,
) -> Result<u32> {
    let mut taking = Taking {
        connection,
        own,
        hlc: highest_hlc(connection)?,
        ceiling: ceiling(server_time),
        new: 0,
    };
    for line in lines {
        taking.line(line)?;
    }
    connection
        .prepare_cached(
            "insert into feed (id, cursor, hlc, server_time) values (1, ?1, ?2, ?3)
             on conflict (id) do update set cursor = ?1, hlc = ?2, server_time = ?3",
        )?
        .execute((cursor.cast_signed(), taking.hlc.cast_signed(), server_time))?;
    Ok(taking.new)
}

/// Starts the feed again: the centre has a shorter one than was read here. What is known stays, and is known again.
pub(crate) fn restart(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached("update feed set cursor = 0 where id = 1")?
        .execute([])?;
    Ok(())
}

/// Lines and facts that an older program kept without knowing what they say: this one may. At every start; what it does
/// not know either stays as it is.
pub(crate) fn again(connection: &Connection) -> Result<()> {
    facts_again(connection)?;
    let waiting: Vec<Kept> = connection
        .prepare(
            "select ws, seq, line from peer_line where unapplied in ('unknown_type', 'bad_value', 'unreadable_line')",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut known: Vec<_> = waiting
        .into_iter()
        .filter_map(|(ws, seq, line)| {
            let line = wire::decode(&line?).ok()?;
            Some((line.stamp.hlc, ws, seq, line))
        })
        .collect();
    // A filing comes before what happened to it, whichever counter did it.
    known.sort_by_key(|(hlc, ws, seq, _)| (*hlc, ws.clone(), *seq));
    for (_, ws, seq, line) in known {
        let why = apply_line(connection, id(ws.clone())?, &line)?;
        connection
            .prepare_cached(
                "update peer_line set unapplied = ?3, dossier = ?4 where ws = ?1 and seq = ?2",
            )?
            .execute((ws, seq, why, line.dossier.map(Uuid::into_bytes)))?;
    }
    Ok(())
}

/// Applies a fact that is kept already, and notes why it changes nothing.
fn note(connection: &Connection, line: &FeedLine) -> Result<()> {
    let why = facts::apply(connection, line)?;
    connection
        .prepare_cached("update news set unapplied = ?2 where feed_seq = ?1")?
        .execute((line.feed_seq.cast_signed(), why))?;
    Ok(())
}

/// Facts of kinds that the program before did not know.
fn facts_again(connection: &Connection) -> Result<()> {
    let waiting: Vec<(i64, String, String)> = connection
        .prepare("select feed_seq, kind, body from news where unapplied = ?1 order by feed_seq")?
        .query_map([facts::UNKNOWN_KIND], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (feed_seq, kind, body) in waiting {
        if let Ok(body) = RawValue::from_string(body) {
            let feed_seq = feed_seq.cast_unsigned();
            let line = FeedLine {
                feed_seq,
                kind,
                body,
            };
            note(connection, &line)?;
        }
    }
    Ok(())
}

/// Whose, its number there, and its bytes.
type Kept = (Vec<u8>, i64, Option<Vec<u8>>);

/// The hybrid clock that the centre's own clock allows; a time that is none allows nothing.
fn ceiling(server_time: &str) -> u64 {
    let time: Option<Timestamp> = server_time.parse().ok();
    let ms = time.and_then(|time| u64::try_from(time.as_millisecond()).ok());
    ms.map_or(0, |ms| (ms + MOST_AHEAD) << 16)
}

struct Taking<'c> {
    connection: &'c Connection,
    own: Uuid,
    hlc: u64,
    ceiling: u64,
    new: u32,
}

impl Taking<'_> {
    fn line(&mut self, line: &FeedLine) -> Result<()> {
        match line.kind.as_str() {
            PEER_LINE => match read::<PeerLine>(line) {
                Some(peer) if peer.ws == self.own => Ok(()),
                Some(peer) => self.peer(&peer),
                None => self.news(line, None),
            },
            DECISION => match read::<DecisionLine>(line) {
                Some(decision) if self.is_known(&decision)? => Ok(()),
                Some(decision) => {
                    self.news(line, Some(decision.filing))?;
                    self.decision(&decision)
                }
                None => self.news(line, None),
            },
            _ => {
                self.news(line, None)?;
                note(self.connection, line)
            }
        }
    }

    fn observe(&mut self, hlc: u64) {
        if hlc <= self.ceiling {
            self.hlc = self.hlc.max(hlc);
        }
    }

    /// It came before, by another number: the feed was started again.
    fn is_known(&self, decision: &DecisionLine) -> Result<bool> {
        let known = decisions(self.connection, decision.filing)?;
        Ok(known.iter().any(|it| it.decision == decision.decision))
    }

    /// A later program may understand what this one keeps.
    fn news(&mut self, line: &FeedLine, dossier: Option<Uuid>) -> Result<()> {
        self.new += 1;
        self.connection
            .prepare_cached(
                "insert into news (feed_seq, kind, body, dossier) values (?1, ?2, ?3, ?4)
                 on conflict (feed_seq) do update set kind = ?2, body = ?3, dossier = ?4",
            )?
            .execute((
                line.feed_seq.cast_signed(),
                &line.kind,
                line.body.get(),
                dossier.map(Uuid::into_bytes),
            ))?;
        Ok(())
    }

    fn peer(&mut self, peer: &PeerLine) -> Result<()> {
        let decoded = peer
            .line
            .as_deref()
            .and_then(|text| wire::decode(text.as_bytes()).ok());
        let dossier = decoded.as_ref().and_then(|line| line.dossier);
        let inserted = self
            .connection
            .prepare_cached(
                "insert into peer_line (ws, seq, hash, line, dossier) values (?1, ?2, ?3, ?4, ?5) on conflict do nothing",
            )?
            .execute((
                peer.ws.into_bytes(),
                peer.seq.cast_signed(),
                peer.hash.0,
                peer.line.as_ref().map(String::as_bytes),
                dossier.map(Uuid::into_bytes),
            ))?;
        if inserted == 0 {
            return Ok(());
        }
        self.new += 1;
        let unapplied = match decoded {
            _ if !self.follows(peer)? => Some("broken_chain"),
            Some(line) => {
                self.observe(line.stamp.hlc);
                apply_line(self.connection, peer.ws, &line)?
            }
            None => Some("unreadable_line"),
        };
        if let Some(why) = unapplied {
            self.connection
                .prepare_cached("update peer_line set unapplied = ?3 where ws = ?1 and seq = ?2")?
                .execute((peer.ws.into_bytes(), peer.seq.cast_signed(), why))?;
        }
        Ok(())
    }

    /// Whether its hash follows from the line before it, where that is known.
    fn follows(&self, peer: &PeerLine) -> Result<bool> {
        let before: Option<Vec<u8>> = self
            .connection
            .prepare_cached("select hash from peer_line where ws = ?1 and seq = ?2 - 1")?
            .query_row((peer.ws.into_bytes(), peer.seq.cast_signed()), |row| {
                row.get(0)
            })
            .optional()?;
        let (Some(before), Some(line)) = (before, &peer.line) else {
            return Ok(true);
        };
        Ok(chain::next(&hash(before)?, line.as_bytes()) == peer.hash)
    }

    /// What was handed over, stopped or taken back stays so; people see the decision beside it.
    fn decision(&mut self, decision: &DecisionLine) -> Result<()> {
        let hlc = decision.hlc.unwrap_or_default();
        self.observe(hlc);
        let (filing, hlc) = (decision.filing.into_bytes(), hlc.cast_signed());
        if let Some(official) = &decision.official_code {
            self.connection
                .prepare_cached("update filing set official = ?2 where id = ?1")?
                .execute((filing, official))?;
        }
        if Status::parse(&decision.status).is_none() {
            return Ok(());
        }
        let status: Option<String> = self
            .connection
            .prepare_cached("select status from filing where id = ?1")?
            .query_row([filing], |row| row.get(0))
            .optional()?;
        let ended = status.and_then(|status| Status::parse(&status));
        match ended.is_some_and(Status::is_ended) || decision.contradicts.is_some() {
            true => self
                .connection
                .prepare_cached("update filing set contradicted = ?2 where id = ?1")?
                .execute((filing, &decision.status))?,
            false => self
                .connection
                .prepare_cached(
                    "update filing set status = ?2, status_hlc = max(status_hlc, ?3) where id = ?1",
                )?
                .execute((filing, &decision.status, hlc))?,
        };
        Ok(())
    }
}

/// Why it changes nothing; none when it was applied. What it contradicts is undone, and only that.
fn apply_line(connection: &Connection, ws: Uuid, line: &Line) -> Result<Option<&'static str>> {
    if let Body::WorkstationEnrolled(enrolled) = &line.body {
        connection
            .prepare_cached(
                "insert into counter (ws, name) values (?1, ?2) on conflict (ws) do update set name = ?2",
            )?
            .execute((ws.into_bytes(), &enrolled.enrolment.counter.name))?;
    }
    let changes = match project(line) {
        Ok(changes) => changes,
        Err(why) => return Ok(Some(why.code())),
    };
    let said = apply::Said {
        peer: Some(ws),
        stamp: &line.stamp,
        hlc: line.happened(),
    };
    connection.execute_batch("savepoint peer_line")?;
    match apply::changes(connection, &changes, said) {
        Ok(()) => {
            connection.execute_batch("release peer_line")?;
            numbers::same_book(connection, line)?;
            Ok(None)
        }
        Err(error) if is_conflict(&error) => {
            connection.execute_batch("rollback to peer_line; release peer_line")?;
            Ok(Some("conflict"))
        }
        Err(error) => Err(error),
    }
}

fn read<T: DeserializeOwned>(line: &FeedLine) -> Option<T> {
    serde_json::from_str(line.body.get()).ok()
}

fn is_conflict(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Sql(rusqlite::Error::SqliteFailure(failure, _))
            if failure.code == rusqlite::ErrorCode::ConstraintViolation
    )
}
