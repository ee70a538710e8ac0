//! Papers that no database gave at the counter: listed until somebody has looked them up, each settled by a line of its
//! own. The receipt stays as it was printed. Not here: the lookup itself, which a clerk does in the other program.

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
};
use onedoor_domain::{filing, text};
use onedoor_protocol::journal::LookUpSettled;
use onedoor_store::{
    Lines, Op, StoreError,
    tables::look_ups::{SettledRow, WaitingRow},
};
use uuid::Uuid;

/// How many papers a list shows at most.
const MOST_LISTED: u32 = 200;
/// What the store is told when somebody else was faster.
const NOT_WAITING: &str = "the paper does not wait";

impl Desk {
    pub(crate) fn lookup_list(&self) -> Result<Vec<LookUpView>> {
        let store = self.at_work()?.store;
        let rows = store.read(|reader| reader.look_ups(MOST_LISTED))?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// The act: what came of one paper. The same again is no news; another word about a settled paper is refused.
    pub(crate) fn lookup_settle(
        &self,
        filing: String,
        document: String,
        found: LookUpOutcome,
        note: String,
    ) -> Result<Vec<LookUpView>> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let note = text::clean(&note, text::MAX_TEXT)
            .map_err(|_| DeskError::new(ErrorCode::FieldsWrong).with("count", 1))?;
        let outcome = outcome(found).as_str();
        let at = self.at_work()?;
        let rows = at.store.read(|reader| reader.look_ups_of(filing))?;
        let known = rows.into_iter().find(|row| row.document == document);
        let known = known.ok_or(DeskError::new(ErrorCode::LookUpUnknown))?;
        if known.outcome.as_deref() == Some(outcome) {
            return self.lookup_list();
        }
        let line = LookUpSettled {
            filing,
            document,
            outcome: outcome.to_string(),
            note,
        };
        let op = Op::act(at.context, move |tx| {
            // Asked where nothing can come between.
            let row = tx.look_up(line.filing, &line.document)?;
            match row.is_some_and(|row| row.outcome.is_none()) {
                true => Ok((Lines::one(line), ())),
                false => Err(StoreError::Refused(NOT_WAITING.into())),
            }
        });
        at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == NOT_WAITING => {
                DeskError::new(ErrorCode::LookUpUnknown)
            }
            other => other.into(),
        })?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.lookup_list()
    }
}

fn outcome(found: LookUpOutcome) -> filing::LookUpOutcome {
    match found {
        LookUpOutcome::Found => filing::LookUpOutcome::Found,
        LookUpOutcome::Missing => filing::LookUpOutcome::Missing,
    }
}

fn view(row: WaitingRow) -> LookUpView {
    LookUpView {
        filing: row.filing.to_string(),
        code: row.code,
        applicant: row.applicant,
        procedure: Text2 {
            vi: row.title,
            en: row.title_en,
        },
        document: row.document,
        name: Text2 {
            vi: row.name,
            en: None,
        },
        reason: row.reason,
        received_at: row.received,
        due: row.due,
    }
}

/// What came of a paper of a filing; none where it was never to be looked up, or still waits.
pub(crate) fn settled(rows: &[SettledRow], document: &str) -> Option<LookedUp> {
    let row = rows.iter().find(|row| row.document == document)?;
    let outcome = match filing::LookUpOutcome::parse(row.outcome.as_deref()?)? {
        filing::LookUpOutcome::Found => LookUpOutcome::Found,
        filing::LookUpOutcome::Missing => LookUpOutcome::Missing,
    };
    Some(LookedUp {
        outcome,
        note: row.note.clone(),
    })
}
