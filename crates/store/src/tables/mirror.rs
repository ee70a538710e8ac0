//! The transaction of a Mirror op, and table `mark`: how far another place has this journal, proved by its signature.

use super::{blobs, feed, hash, journal, let_go, server_keys, snapshot, workstation};
use crate::{
    blobs::Blobs,
    error::{Result, StoreError},
};
use onedoor_protocol::{
    Hash32,
    batch::BatchAnswer,
    blob::{BlobStanding, BlobState},
    feed::FeedLine,
    keys::KeyStatement,
    sign::{PublicKey, SignatureBytes},
    snapshot::Offer,
};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A place that keeps lines for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The office's hub.
    Office,
    /// The central service.
    Centre,
}

impl Keeper {
    fn name(self) -> &'static str {
        match self {
            Keeper::Office => "office",
            Keeper::Centre => "centre",
        }
    }
}

/// How far a keeper has this journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The first line it lacks.
    pub next_seq: u64,
    /// The chain's hash before it.
    pub head: Hash32,
    /// Its clock then.
    pub server_time: String,
}

/// A keeper's mark; none before its first acknowledgement.
pub fn mark(connection: &Connection, keeper: Keeper) -> Result<Option<Mark>> {
    let row: Option<(i64, Vec<u8>, String)> = connection
        .prepare_cached("select next_seq, head, server_time from mark where name = ?1")?
        .query_row([keeper.name()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(next_seq, head, server_time)| {
        Ok(Mark {
            next_seq: next_seq.cast_unsigned(),
            head: hash(head)?,
            server_time,
        })
    })
    .transpose()
}

/// What an acknowledgement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledged {
    /// The mark moved forward to this line.
    Advanced(u64),
    /// It proves nothing new: an old answer that came late.
    Stale,
    /// The keeper's hash is not ours: it holds another history. Nothing was believed.
    Fork(u64),
}

/// What a signed answer proves, beside our own hash before its `next_seq` and the mark so far. The one rule that keeps an
/// old answer to a lost incarnation from confirming lines that the keeper never saw.
pub fn judge(answer: &BatchAnswer, own: Option<Hash32>, mark: Option<u64>) -> Acknowledged {
    // Lines count from 1.
    let Some(last) = answer.next_seq.checked_sub(1) else {
        return Acknowledged::Fork(0);
    };
    if own != Some(answer.head) {
        return Acknowledged::Fork(last);
    }
    match mark.is_some_and(|mark| mark >= answer.next_seq) {
        true => Acknowledged::Stale,
        false => Acknowledged::Advanced(answer.next_seq),
    }
}

/// What a Mirror op may do.
pub struct MirrorTx<'t> {
    tx: &'t Transaction<'t>,
}

impl<'t> MirrorTx<'t> {
    pub(crate) fn new(tx: &'t Transaction<'t>) -> Self {
        MirrorTx { tx }
    }

    /// Believes an acknowledgement only when its head equals our own hash at that line and one of the
    /// keeper's keys signed it.
    pub fn acknowledge(&mut self, keeper: Keeper, answer: &BatchAnswer) -> Result<Acknowledged> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        if answer.ws != state.enrolment.ws || !answer.countersigned_by(&state.server_keys()) {
            return Err(StoreError::Refused(
                "the countersignature is not the centre's".into(),
            ));
        }
        let own = match answer.next_seq.checked_sub(1) {
            Some(last) => journal::hash_at(self.tx, last)?,
            None => None,
        };
        let known = mark(self.tx, keeper)?.map(|mark| mark.next_seq);
        let judged = judge(answer, own, known);
        if let Acknowledged::Advanced(_) = judged {
            self.move_mark(keeper, answer)?;
        }
        Ok(judged)
    }

    /// Notes that the centre has a blob, if one of its keys signed that, and the size is our own.
    pub fn published(&mut self, published: &blobs::Published) -> Result<()> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        let said = BlobState {
            sha256: published.sha256,
            state: BlobStanding::Have,
            size: published.size,
            missing: Vec::new(),
            begun: None,
            countersignature: Some(published.countersignature),
        };
        let keys = state.server_keys();
        if !said.published_by(&keys, published.size, &published.server_time) {
            return Err(StoreError::Refused(
                "the countersignature is not the centre's".into(),
            ));
        }
        blobs::keep(self.tx, published)
    }

    /// Takes the page of the feed that answers the question for what comes after `after`, and moves the cursor, in one:
    /// only if one of the centre's keys signed it for this workstation and this question.
    pub fn read_feed(&mut self, after: u64, page: &[u8]) -> Result<feed::Read> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        if feed::cursor(self.tx)? != after {
            return Err(StoreError::Refused("the feed was read further".into()));
        }
        let own = state.enrolment.ws;
        let page = onedoor_protocol::feed::open(page, &state.server_keys(), own, after)
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        feed::take(self.tx, own, &page)
    }

    /// The centre's key changed: learns the keys that lead on from those that are believed. `answered` signed what brought
    /// this; no key before it is believed any more.
    pub fn follow_keys(&mut self, said: &[KeyStatement], answered: &PublicKey) -> Result<()> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        server_keys::learn(self.tx, &state.server_keys(), said)?;
        server_keys::answered(self.tx, answered)
    }

    /// The feed after `after` begins later, and this stands in for what is missing: only if one of the centre's keys
    /// offered it to this workstation, and it leads further.
    pub fn begin_snapshot(&mut self, after: u64, offer: &Offer) -> Result<()> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        let further = feed::cursor(self.tx)? == after && offer.snapshot.cursor > after;
        if !further || !offer.holds(&state.server_keys(), state.enrolment.ws) {
            return Err(StoreError::Refused("no offer of the centre's".into()));
        }
        snapshot::begin(self.tx, offer)
    }

    /// The next part of the snapshot.
    pub fn keep_snapshot_part(&mut self, name: &Hash32, first: u64, bytes: &[u8]) -> Result<()> {
        snapshot::keep(self.tx, name, first, bytes)
    }

    /// All parts of the snapshot are here and were found genuine.
    pub fn snapshot_is_whole(&mut self, name: &Hash32) -> Result<()> {
        snapshot::whole(self.tx, name)
    }

    /// Forgets the snapshot: it can't be had, or is not what it should be.
    pub fn drop_snapshot(&mut self) -> Result<()> {
        snapshot::end(self.tx)
    }

    /// Applies lines of the snapshot that follow the first `from` ones; with the `last` ones the cursor moves.
    pub fn take_snapshot(
        &mut self,
        from: u64,
        lines: &[FeedLine],
        last: bool,
    ) -> Result<feed::Read> {
        let state = workstation::state(self.tx)?.ok_or(StoreError::NotEnrolled)?;
        snapshot::take(self.tx, state.enrolment.ws, from, lines, last)
    }

    /// A wanted blob is here; false when its file is not after all: it was just let go.
    pub fn arrived(&mut self, sha256: &Hash32, among: &Blobs) -> Result<bool> {
        if !among.has(sha256) {
            return Ok(false);
        }
        let_go::stays(self.tx, sha256)?;
        blobs::arrived(self.tx, sha256)?;
        Ok(true)
    }

    /// Starts the feed again from its first line: the centre has a shorter one than was read here.
    pub fn restart_feed(&mut self) -> Result<()> {
        feed::restart(self.tx)
    }

    fn move_mark(&self, keeper: Keeper, answer: &BatchAnswer) -> Result<()> {
        let SignatureBytes(signature) = answer.countersignature;
        self.tx
            .prepare_cached(
                "insert into mark (name, next_seq, head, server_time, countersignature) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (name) do update set next_seq = ?2, head = ?3, server_time = ?4, countersignature = ?5",
            )?
            .execute((keeper.name(), answer.next_seq.cast_signed(), answer.head.0, &answer.server_time, signature))?;
        Ok(())
    }
}
