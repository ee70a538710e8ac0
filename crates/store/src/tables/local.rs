//! The transaction of a Local op: things of this PC that write no line and never leave the machine.

use super::{
    drafts::{self, DraftRow},
    settings,
};
use crate::error::Result;
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

    /// Keeps a setting of this PC.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        settings::put(self.tx, name, value)
    }

    /// Remembers that a procedure was used just now.
    pub fn use_procedure(&mut self, code: &str) -> Result<()> {
        settings::use_procedure(self.tx, code)
    }
}
