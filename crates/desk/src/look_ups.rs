//! Papers that no database gave at the counter: listed until somebody has looked them up, each settled by a line of its
//! own. The receipt stays as it was printed. Not here: the lookup itself, which a clerk does in the other program.

use crate::{
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    filings::when_and_who,
};
use onedoor_domain::{filing, text};
use onedoor_protocol::journal::{Body, Line, LookUpSettled};
use onedoor_store::{
    Lines, Op, StoreError,
    tables::{
        journal::StoredLine,
        look_ups::{SettledRow, WaitingRow},
    },
};
use std::collections::BTreeMap;
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

    /// The act: what came of one paper. The same again is no news. `instead_of` is the word that the clerk takes back,
    /// none where the paper waits: who did not see another counter's word does not overwrite it.
    pub(crate) fn lookup_settle(
        &self,
        filing: String,
        document: String,
        found: LookUpOutcome,
        note: String,
        instead_of: Option<LookUpOutcome>,
    ) -> Result<FilingView> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let note = text::clean(&note, text::MAX_TEXT)
            .map_err(|_| DeskError::new(ErrorCode::FieldsWrong).with("count", 1))?;
        let outcome = outcome(found).as_str();
        let before = instead_of.map(|word| self::outcome(word).as_str());
        let at = self.at_work()?;
        let rows = at.store.read(|reader| reader.look_ups_of(filing))?;
        let known = rows.into_iter().find(|row| row.document == document);
        let known = known.ok_or(DeskError::new(ErrorCode::LookUpUnknown))?;
        if known.outcome.as_deref() != Some(outcome) {
            let line = LookUpSettled {
                filing,
                document,
                outcome: outcome.to_string(),
                note,
            };
            settle(&at, line, before)?;
            self.nudge(onedoor_sync::Nudge::Lines);
            self.tell(Event::Changed(vec!["filings"]));
        }
        self.filing_view(&at, filing)
    }
}

fn settle(at: &At, line: LookUpSettled, before: Option<&'static str>) -> Result<()> {
    let op = Op::act(at.context.clone(), move |tx| {
        // Asked where nothing can come between.
        let row = tx.look_up(line.filing, &line.document)?;
        match row.is_some_and(|row| row.outcome.as_deref() == before) {
            true => Ok((Lines::one(line), ())),
            false => Err(StoreError::Refused(NOT_WAITING.into())),
        }
    });
    at.store.write(op).map(|_| ()).map_err(|error| match error {
        StoreError::Refused(why) if why == NOT_WAITING => DeskError::new(ErrorCode::LookUpUnknown),
        other => other.into(),
    })
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

/// True for a paper that nobody has looked up yet.
pub(crate) fn waits(rows: &[SettledRow], document: &str) -> bool {
    rows.iter()
        .any(|row| row.document == document && row.outcome.is_none())
}

/// What came of a paper of a filing; none where it was never to be looked up, or still waits. When and by whom says the
/// last line about it; both are empty where the machine no longer has that line.
pub(crate) fn settled(
    rows: &[SettledRow],
    document: &str,
    lines: &[(StoredLine, Line)],
    names: &BTreeMap<Uuid, String>,
) -> Option<LookedUp> {
    let row = rows.iter().find(|row| row.document == document)?;
    let outcome = match filing::LookUpOutcome::parse(row.outcome.as_deref()?)? {
        filing::LookUpOutcome::Found => LookUpOutcome::Found,
        filing::LookUpOutcome::Missing => LookUpOutcome::Missing,
    };
    let about =
        |line: &&Line| matches!(&line.body, Body::LookUpSettled(one) if one.document == document);
    let last = lines
        .iter()
        .map(|(_, line)| line)
        .filter(about)
        .max_by_key(|line| line.stamp.hlc);
    let (at, who) = last.map_or_else(Default::default, |line| when_and_who(&line.stamp, names));
    Some(LookedUp {
        outcome,
        note: row.note.clone(),
        at,
        who,
    })
}
