//! The transaction of an Act: gives numbers, stamps lines, chains their hashes, applies the projection, all or nothing.

use super::{apply, feed, former, journal, numbers, workstation};
use crate::{
    canary::Noted,
    error::{Result, StoreError},
    op::{CommittedLine, Context, Lines},
};
use onedoor_projection::project;
use onedoor_protocol::{
    Hash32, chain,
    enrol::Lease,
    journal::{self as wire, Body, IdentityRenewed, Line, Stamp},
    sign::SecretKey,
};
use rusqlite::Transaction;
use std::cell::Cell;

/// What an Act may do besides its lines.
pub struct ActTx<'t> {
    tx: &'t Transaction<'t>,
    context: Context,
    head: journal::Head,
    /// The last dossier number that was taken.
    number: Cell<Option<u32>>,
    /// The identity that was taken.
    enrolled: Option<uuid::Uuid>,
}

impl<'t> ActTx<'t> {
    pub(crate) fn begin(tx: &'t Transaction<'t>, context: Context) -> Result<Self> {
        let mut head = journal::head(tx)?;
        // Whatever happens here happens after what this counter was told.
        head.hlc = head.hlc.max(feed::highest_hlc(tx)?);
        Ok(ActTx {
            tx,
            context,
            head,
            number: Cell::new(None),
            enrolled: None,
        })
    }

    /// The next dossier number of the business day from the lease: slot first, then the reserve; none when both are
    /// used up or the lease does not cover the day.
    pub fn next_dossier_number(&self, lease: &Lease) -> Result<Option<u32>> {
        let number = numbers::next_dossier(self.tx, lease, &self.context.day)?;
        self.number.set(number.or(self.number.get()));
        Ok(number)
    }

    /// The next own number of a form: per counter, form and year.
    pub fn next_form_number(&self, form: &str) -> Result<u32> {
        let year = self.context.day.get(..4).unwrap_or_default();
        numbers::next_form(self.tx, form, year)
    }

    /// The sequence number that the first line of this Act will have.
    pub fn next_seq(&self) -> u64 {
        self.head.seq + 1
    }

    /// A sheet of a pad as it stands in this transaction.
    pub fn pad(&self, code: &str) -> Result<Option<super::pads::PadRow>> {
        super::pads::get(self.tx, code)
    }

    /// Remembers that a procedure was used just now.
    pub fn use_procedure(&self, code: &str) -> Result<()> {
        super::settings::use_procedure(self.tx, code)
    }

    /// Forgets a draft in the same transaction, so that a received filing never comes back as a draft.
    pub fn clear_draft(&self, clerk: uuid::Uuid, kind: &str) -> Result<()> {
        super::drafts::remove(self.tx, clerk, kind)
    }

    /// Whether this number was voided.
    pub fn is_voided(&self, code: &str) -> Result<bool> {
        super::voided::is_voided(self.tx, code)
    }

    /// The official code that a filing got after it was received.
    pub fn official(&self, filing: uuid::Uuid) -> Result<Option<String>> {
        super::rekey::official(self.tx, filing)
    }

    /// The filing that has exactly this code, be it its own or another system's.
    pub fn holder_of(&self, code: &str) -> Result<Option<uuid::Uuid>> {
        super::rekey::holder(self.tx, code)
    }

    /// The status of a filing as it stands in this transaction, in the words of `domain::filing::Status`.
    pub fn status_of(&self, filing: uuid::Uuid) -> Result<Option<String>> {
        super::filings::status(self.tx, filing)
    }

    /// The hybrid clocks of the lines that last put a filing right and last changed its promise.
    pub fn put_right(&self, filing: uuid::Uuid) -> Result<Option<(i64, i64)>> {
        super::filings::put_right(self.tx, filing)
    }

    /// Keeps a draft beside what the lines say.
    pub fn keep_draft(
        &self,
        clerk: uuid::Uuid,
        kind: &str,
        draft: &super::drafts::DraftRow,
    ) -> Result<()> {
        super::drafts::put(self.tx, clerk, kind, draft)
    }

    /// The slips of a filing as they stand in this transaction.
    pub fn slips_of(&self, filing: uuid::Uuid) -> Result<Vec<super::slips::SlipRow>> {
        super::slips::of(self.tx, filing)
    }

    /// The payments of a filing as they stand in this transaction, oldest first.
    pub fn payments_of(&self, filing: uuid::Uuid) -> Result<Vec<super::money::PaymentRow>> {
        super::money::of_filing(self.tx, filing)
    }

    /// The till of this counter that is open, as it stands in this transaction.
    pub fn open_till(&self) -> Result<Option<super::tills::TillRow>> {
        super::tills::open(self.tx)
    }

    /// A paper to look up, as it stands in this transaction.
    pub fn look_up(
        &self,
        filing: uuid::Uuid,
        document: &str,
    ) -> Result<Option<super::look_ups::SettledRow>> {
        super::look_ups::get(self.tx, filing, document)
    }

    /// Names a blob in the same transaction as the line that cites it.
    pub fn name_blob(&self, sha256: &Hash32, size: u64, mime: &str) -> Result<()> {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.tx
            .prepare_cached(
                "insert into blob (sha256, size, mime, seq) values (?1, ?2, ?3, ?4) on conflict do nothing",
            )?
            .execute((sha256.0, size, mime, self.next_seq().cast_signed()))?;
        super::let_go::named_anew(self.tx, sha256)
    }

    /// Ends this PC's identity: the lines of this Act begin the journal of the next one, with the key that was prepared.
    /// `forget` names the settings that spoke of the old one. Gives what the new journal says of the old.
    pub fn end_identity(&mut self, why: &str, forget: &[&str]) -> Result<IdentityRenewed> {
        let ended = former::end(self.tx, &self.head, why, &self.context.wall)?;
        former::forget(self.tx, forget)?;
        (self.head.seq, self.head.hash) = (0, Hash32([0; 32]));
        Ok(ended)
    }

    /// What the canary has to know of it.
    pub(crate) fn noted(&self) -> Noted {
        Noted {
            head: self.head.clone(),
            day: self.context.day.clone(),
            number: self.number.get(),
            ws: self.enrolled,
        }
    }

    pub(crate) fn append(&mut self, lines: Lines) -> Result<Vec<CommittedLine>> {
        let mut committed = Vec::with_capacity(1 + lines.more.len());
        for body in std::iter::once(lines.first).chain(lines.more) {
            committed.push(self.append_one(body)?);
        }
        journal::set_head(self.tx, &self.head)?;
        Ok(committed)
    }

    fn append_one(&mut self, body: Body) -> Result<CommittedLine> {
        let previous = match &body {
            Body::WorkstationEnrolled(enrolled) if self.head.seq == 0 => {
                self.enrolled = Some(enrolled.enrolment.ws);
                workstation::enrol(self.tx, enrolled)?
            }
            Body::WorkstationEnrolled(_) => {
                return Err(StoreError::Refused("already enrolled".into()));
            }
            _ if self.head.seq == 0 => return Err(StoreError::NotEnrolled),
            _ => self.head.hash,
        };
        let seq = self.head.seq + 1;
        let hlc = wire::next_hlc(self.head.hlc, self.context.wall_ms);
        let stamp = self.stamp(seq, hlc);
        let bytes =
            wire::encode(&stamp, &body).map_err(|error| StoreError::Refused(error.to_string()))?;
        if bytes.len() > onedoor_protocol::limits::MAX_LINE {
            return Err(StoreError::Refused("a line is too long".into()));
        }
        let hash = chain::next(&previous, &bytes);
        let line = Line {
            dossier: wire::decode(&bytes).ok().and_then(|line| line.dossier),
            stamp,
            body,
        };
        journal::insert(self.tx, &line, &bytes, &hash)?;
        // An own line that can't be applied is a fault of this program: nothing of the Act is kept.
        let changes = project(&line).map_err(|why| StoreError::Refused(why.code().into()))?;
        let said = apply::Said {
            peer: None,
            stamp: &line.stamp,
            hlc: line.happened(),
        };
        apply::changes(self.tx, &changes, said)?;
        if let Body::LineReissued(again) = &line.body {
            former::reissued(self.tx, again)?;
        }
        self.head = journal::Head {
            seq,
            hash,
            hlc,
            wall: self.context.wall.clone(),
        };
        Ok(CommittedLine { seq, hash })
    }

    fn stamp(&self, seq: u64, hlc: u64) -> Stamp {
        let context = &self.context;
        Stamp {
            seq,
            hlc,
            wall: context.wall.clone(),
            boot: context.boot,
            mono: context.mono,
            day: context.day.clone(),
            clerk: context.clerk,
        }
    }
}

/// The signing key, read inside a transaction or a reader.
pub(crate) fn signing_key(connection: &rusqlite::Connection) -> Result<SecretKey> {
    workstation::seed(connection).map(|seed| SecretKey::from_seed(&seed))
}
