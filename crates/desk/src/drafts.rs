//! The clerk's draft: kept field by field on this machine, emptied, brought back. Not here: its check, receiving it.

use crate::{clock, desk::Desk, dto::*, error::Result};
use onedoor_store::{Op, tables::drafts::DraftRow};
use uuid::Uuid;

/// The kind of draft that the receive page keeps.
pub(crate) const DRAFT: &str = "receive";
/// What was being typed when a filing was opened to be put right.
pub(crate) const PARKED: &str = "parked";

impl Desk {
    pub(crate) fn draft_get(&self) -> Result<DraftView> {
        let at = self.at_work()?;
        let row = at
            .store
            .read(|reader| reader.draft(at.session.clerk, DRAFT))?;
        draft_view(row.unwrap_or_else(empty_draft))
    }

    fn keep(
        &self,
        change: impl FnOnce(DraftRow) -> Result<DraftRow> + Send + 'static,
    ) -> Result<DraftView> {
        let at = self.at_work()?;
        let clerk = at.session.clerk;
        let before = at
            .store
            .read(|reader| reader.draft(clerk, DRAFT))?
            .unwrap_or_else(empty_draft);
        let after = change(before)?;
        let row = after.clone();
        at.store
            .write(Op::local(move |tx| tx.keep_draft(clerk, DRAFT, &row)))?;
        draft_view(after)
    }

    pub(crate) fn draft_save(&self, values: DraftValues) -> Result<DraftView> {
        let kept_at = Some(clock::local_text(self.at_work()?.now.datetime()));
        let json = serde_json::to_string(&values)?;
        self.keep(move |row| {
            let undo = if json == row.values { row.undo } else { None };
            Ok(DraftRow {
                values: json,
                kept_at,
                undo,
                ..row
            })
        })
    }

    /// Empties the draft; a correction is left, and what was typed before it comes back.
    pub(crate) fn draft_clear(&self) -> Result<DraftView> {
        if self.draft_get()?.values.correcting.is_some() {
            return self.correct_end();
        }
        self.keep(|row| {
            Ok(DraftRow {
                undo: Some(row.values),
                ..empty_draft()
            })
        })
    }

    pub(crate) fn draft_undo(&self) -> Result<DraftView> {
        let kept_at = Some(clock::local_text(self.at_work()?.now.datetime()));
        self.keep(move |row| match row.undo {
            Some(values) => Ok(DraftRow {
                values,
                kept_at,
                undo: None,
                id: row.id,
            }),
            None => Ok(row),
        })
    }
}

pub(crate) fn empty_draft() -> DraftRow {
    DraftRow {
        id: Uuid::now_v7(),
        values: "{}".into(),
        kept_at: None,
        undo: None,
    }
}

pub(crate) fn draft_view(row: DraftRow) -> Result<DraftView> {
    // An empty object stands for a new draft; anything else is exactly what was typed.
    let values = if row.values == "{}" {
        DraftValues::default()
    } else {
        serde_json::from_str(&row.values)?
    };
    Ok(DraftView {
        id: row.id.to_string(),
        values,
        kept_at: row.kept_at,
        can_undo: row.undo.is_some(),
    })
}
