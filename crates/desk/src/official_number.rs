//! The official number of a filing that was received under a provisional one, given here once this counter has numbers
//! again. The centre may give it too, by a decision. Not here: another system's code (`rekey`), the paper (`receipt`).

use crate::{
    desk::{At, Desk, Event},
    dto::{ErrorCode, FilingView},
    error::{DeskError, Result},
    incarnation::may_number,
    receive::{NONE_LEFT, next_code},
};
use onedoor_protocol::journal::{CodeBound, Line};
use onedoor_store::{
    Lines, Op, StoreError,
    tables::{filings::FilingRow, journal::StoredLine},
};
use uuid::Uuid;

/// Whose number it is, in the line that binds it.
pub(crate) const OFFICE: &str = "office";
/// What the store is told when the filing got its number meanwhile.
const NUMBERED: &str = "the filing has its number";

impl Desk {
    /// Whether the filing waits for a number that this counter could give it now. What this PC received under an identity
    /// that ended is its own too, once it is sure that the centre has it.
    pub(crate) fn can_number(
        &self,
        at: &At,
        (row, lines): (&FilingRow, &[(StoredLine, Line)]),
        official: Option<&str>,
    ) -> Result<bool> {
        let waits = row.code.is_none() && official.is_none();
        let only_here = lines.iter().any(|(stored, _)| stored.waits);
        if !waits || only_here || !may_number(&at.store, &at.context.day)? {
            return Ok(false);
        }
        if let Some(counter) = &row.counter
            && at.store.read(|reader| reader.key_of(counter.ws))?.is_none()
        {
            return Ok(false);
        }
        let lease = self.workstation()?.enrolment.lease;
        Ok((lease.valid_from..=lease.valid_to).contains(&at.context.day))
    }

    /// Gives the filing the next number of today. What was printed stays valid and is found by both numbers; the receipt
    /// is drawn anew with the official one.
    pub(crate) fn number_give(&self, filing: String) -> Result<FilingView> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let at = self.at_work()?;
        let (row, lines, official) = at.store.read(|reader| {
            Ok((
                reader.filing(filing)?,
                reader.lines_of(filing)?,
                reader.official(filing)?,
            ))
        })?;
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        if row.code.is_some() || official.is_some() {
            return Err(DeskError::new(ErrorCode::FilingMoved));
        }
        if !self.can_number(&at, (&row, &lines), None)? {
            return Err(DeskError::new(ErrorCode::NumbersUsedUp));
        }
        self.keep_machine(&at.store)?;
        let enrolment = self.workstation()?.enrolment;
        let day = at.now.date();
        let op = Op::act(at.context.clone(), move |tx| {
            if tx.official(filing)?.is_some() {
                return Err(StoreError::Refused(NUMBERED.into()));
            }
            let code = next_code(tx, &enrolment, day)?;
            let line = CodeBound {
                filing,
                official: code.ok_or_else(|| StoreError::Refused(NONE_LEFT.into()))?,
                system: OFFICE.into(),
            };
            Ok((Lines::one(line), ()))
        });
        at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == NONE_LEFT => {
                DeskError::new(ErrorCode::NumbersUsedUp)
            }
            StoreError::Refused(why) if why == NUMBERED => DeskError::new(ErrorCode::FilingMoved),
            other => other.into(),
        })?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.tell(Event::Sync);
        self.filing_view(&at, filing)
    }
}
