//! What lines about a counter's cash change. Not here: single payments (`money`), what a till must hold (store).

use crate::{Change, Unapplied, money::minor};
use onedoor_domain::money::Currency;
use onedoor_protocol::journal::{Body, Line, TillCount};
use uuid::Uuid;

/// One change of a counter's cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TillState {
    /// The till.
    pub id: Uuid,
    /// What happened to it.
    pub act: TillAct,
    /// Who answers for it from now on; of a till that was handed in, who took it.
    pub holder: String,
}

/// What happened to a till. Amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TillAct {
    /// It was opened.
    Opened {
        /// What lay in it.
        float: i64,
        /// In what.
        currency: Currency,
    },
    /// A colleague answers for it from now on.
    HandedOver(Counted),
    /// Its cash went to the accountant: it is over.
    HandedIn(Counted),
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What lay there.
    pub counted: i64,
    /// What had to lie there.
    pub expected: i64,
    /// Why the two differ, or empty.
    pub reason: String,
    /// Who answered for it until then.
    pub from: String,
}

pub(crate) fn project(line: &Line) -> Result<Vec<Change>, Unapplied> {
    let state = match &line.body {
        Body::TillOpened(opened) => minor(&opened.float)
            .zip(Currency::parse(&opened.currency))
            .map(|(float, currency)| TillState {
                id: opened.till,
                act: TillAct::Opened { float, currency },
                holder: opened.clerk_name.clone(),
            }),
        Body::TillHandedOver(given) => {
            counted(&given.count, &given.from_name).map(|count| TillState {
                id: given.till,
                act: TillAct::HandedOver(count),
                holder: given.to_name.clone(),
            })
        }
        Body::TillHandedIn(given) => {
            counted(&given.count, &given.clerk_name).map(|count| TillState {
                id: given.till,
                act: TillAct::HandedIn(count),
                holder: given.accountant.clone(),
            })
        }
        _ => None,
    };
    let state = state.ok_or(Unapplied::BadValue)?;
    Ok(vec![Change::Till(Box::new(state))])
}

/// What must lie there may be less than nothing: more went back than came.
fn counted(count: &TillCount, from: &str) -> Option<Counted> {
    let (counted, expected) = (minor(&count.counted)?, signed(&count.expected)?);
    if counted != expected && count.reason.trim().is_empty() {
        return None;
    }
    Some(Counted {
        counted,
        expected,
        reason: count.reason.clone(),
        from: from.to_string(),
    })
}

fn signed(digits: &str) -> Option<i64> {
    match digits.strip_prefix('-') {
        Some(digits) => minor(digits).map(|minor| -minor),
        None => minor(digits),
    }
}
