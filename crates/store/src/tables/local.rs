//! The transaction of a Local op: things of this PC that write no line and never leave the machine.

use super::{
    blobs, choices,
    drafts::{self, DraftRow},
    facts, former,
    let_go::{self, Amount, Terms},
    pads, rekey, settings, workstation,
};
use crate::{blobs::Blobs, error::Result, letting_go};
use onedoor_protocol::sign::SecretKey;
use rusqlite::Transaction;
use uuid::Uuid;

/// What a Local op may do.
pub struct LocalTx<'t> {
    tx: &'t Transaction<'t>,
}

impl<'t> LocalTx<'t> {
    pub(crate) fn new(tx: &'t Transaction<'t>) -> Self {
        LocalTx { tx }
    }

    /// A clerk's draft.
    pub fn draft(&self, clerk: Uuid, kind: &str) -> Result<Option<DraftRow>> {
        drafts::get(self.tx, clerk, kind)
    }

    /// Keeps a draft.
    pub fn keep_draft(&mut self, clerk: Uuid, kind: &str, draft: &DraftRow) -> Result<()> {
        drafts::put(self.tx, clerk, kind, draft)
    }

    /// Forgets a draft.
    pub fn clear_draft(&mut self, clerk: Uuid, kind: &str) -> Result<()> {
        drafts::remove(self.tx, clerk, kind)
    }

    /// Asks for the newest PDF of a form of a filing that another counter received; false when no line names one yet.
    pub fn want_form(&mut self, filing: Uuid, form: &str) -> Result<bool> {
        blobs::want_form(self.tx, filing, form)
    }

    /// Asks for the forms of a filing that left this PC, with the day on which that was; gives how many.
    pub fn ask_back(&mut self, about: Uuid, today: &str) -> Result<usize> {
        let_go::ask_back(self.tx, about, today)
    }

    pub(crate) fn begin_letting_go(&mut self, terms: &Terms, most: usize) -> Result<usize> {
        let_go::begin(self.tx, terms, most)
    }

    pub(crate) fn end_letting_go(
        &mut self,
        terms: Option<&Terms>,
        blobs: &Blobs,
    ) -> Result<(Amount, usize)> {
        letting_go::turn(self.tx, terms, blobs)
    }

    /// A paper of a PC that is lost, with its provisional number: a sheet to be typed in here. False where a filing, or a
    /// sheet that is no longer blank, has the number.
    pub fn found_sheet(&mut self, code: &str, form_number: u32, day: &str) -> Result<bool> {
        let blank = pads::get(self.tx, code)?.is_none_or(|pad| pad.state == "blank");
        let free = blank && rekey::holder(self.tx, code)?.is_none();
        if free {
            pads::put(self.tx, code, form_number, day)?;
        }
        Ok(free)
    }

    /// Such a sheet will not be typed in after all.
    pub fn forget_sheet(&mut self, code: &str) -> Result<()> {
        pads::remove_blank(self.tx, code)
    }

    /// Somebody has read a message of the centre.
    pub fn message_read(&mut self, id: &Uuid) -> Result<()> {
        facts::mark_read(self.tx, id)
    }

    /// The key of this PC's next identity, made at the first try to join with it.
    pub fn prepare_identity(&mut self) -> Result<SecretKey> {
        former::prepare(self.tx)
    }

    /// Whether this store is this workstation now.
    pub fn is_workstation(&self, ws: Uuid) -> Result<bool> {
        let state = workstation::state(self.tx)?;
        Ok(state.is_some_and(|state| state.enrolment.ws == ws))
    }

    /// Keeps a setting of this PC.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        settings::put(self.tx, name, value)
    }

    /// Forgets a setting of this PC.
    pub fn forget(&mut self, name: &str) -> Result<()> {
        settings::remove(self.tx, name)
    }

    /// Remembers that a field of a filing was copied into another system's program.
    pub fn tick(&mut self, filing: Uuid, field: &str) -> Result<()> {
        rekey::tick(self.tx, filing, field)
    }

    /// Takes such a tick back.
    pub fn untick(&mut self, filing: Uuid, field: &str) -> Result<()> {
        rekey::untick(self.tx, filing, field)
    }

    /// Takes a procedure into the office's list.
    pub fn offer_procedure(&mut self, code: &str) -> Result<()> {
        choices::offer(self.tx, code, true)
    }

    /// Takes a procedure off the office's list, with its pin.
    pub fn withdraw_procedure(&mut self, code: &str) -> Result<()> {
        choices::offer(self.tx, code, false)
    }

    /// Pins a procedure, which is offered from then on.
    pub fn pin_procedure(&mut self, code: &str) -> Result<()> {
        choices::pin(self.tx, code)
    }

    /// Takes a pin away.
    pub fn unpin_procedure(&mut self, code: &str) -> Result<()> {
        choices::unpin(self.tx, code)
    }

    /// Gives a procedure a short name of this office. `offered` holds where nothing was said about it yet.
    pub fn name_procedure(&mut self, code: &str, nickname: &str, offered: bool) -> Result<()> {
        choices::name(self.tx, code, nickname, offered)
    }

    /// Remembers that a procedure was used just now.
    pub fn use_procedure(&mut self, code: &str) -> Result<()> {
        settings::use_procedure(self.tx, code)
    }
}
