//! Papers that this PC lets go once the centre has them and their filings are long over: after how many days, by itself
//! once a day and when the disk is short, or when a person asks. Not here: which papers may go and the order of the steps
//! (store), bringing one back (`receipt`).

use crate::{
    desk::{At, Desk, Event, Inner},
    dto::{ErrorCode, KeptPapers, PapersWent},
    error::{DeskError, Result},
};
use jiff::{SignedDuration, ToSpan, Zoned};
use onedoor_store::{
    Op, Store,
    tables::let_go::{Amount, Terms},
};
use std::sync::Weak;

/// Setting with the days that papers stay here after their filing is over; 0 keeps all. The province's word comes first.
const KEEP_DAYS: &str = "keep_paper_days";
/// Where nobody said anything.
const DEFAULT_DAYS: u32 = 90;
/// Ten years: beyond that a person means "all".
const LONGEST_DAYS: u32 = 3650;
/// The day on which this PC looked by itself.
const LOOKED_ON: &str = "let_go_looked";
/// Files that go at a time by themselves: a morning begins with people.
const BY_ITSELF: usize = 300;
/// Files that go with one answer to the screen, which asks again.
const AT_A_CALL: usize = 100;

/// The days, and whether the province set them.
fn days(store: &Store) -> Result<(u32, bool)> {
    let (province, own) =
        store.read(|reader| Ok((reader.policy()?.keep_days, reader.setting(KEEP_DAYS)?)))?;
    Ok(match province {
        Some(days) => (days, true),
        None => {
            let own = own.and_then(|days| days.parse().ok());
            (own.unwrap_or(DEFAULT_DAYS), false)
        }
    })
}

/// None where all papers are kept.
fn terms(store: &Store, now: &Zoned) -> Result<Option<Terms>> {
    let (days, _) = days(store)?;
    let hours = SignedDuration::from_hours(i64::from(days) * 24);
    let over = now.timestamp().checked_sub(hours).ok();
    let over = over.and_then(|at| u64::try_from(at.as_millisecond()).ok());
    let asked = now
        .date()
        .checked_sub(i64::from(days).saturating_sub(1).days());
    let (Some(over_before), Ok(asked_before)) = (over, asked) else {
        return Ok(None);
    };
    Ok((days > 0).then(|| Terms {
        today: now.date().to_string(),
        over_before,
        asked_before: asked_before.to_string(),
    }))
}

/// What may go now.
pub(crate) fn may_go(store: &Store, now: &Zoned) -> Result<Amount> {
    Ok(match terms(store, now)? {
        Some(terms) => store.read(|reader| reader.may_let_go(&terms))?,
        None => Amount::default(),
    })
}

fn let_go(store: &Store, now: &Zoned, most: usize) -> Result<Amount> {
    Ok(match terms(store, now)? {
        Some(terms) => store.let_go(&terms, most)?,
        None => store.end_letting_go(None)?,
    })
}

impl Desk {
    pub(crate) fn kept_papers(&self) -> Result<KeptPapers> {
        let store = self.store()?;
        let (days, by_province) = days(&store)?;
        let may = may_go(&store, &self.now())?;
        let gone = store.read(|reader| reader.let_go_total())?;
        Ok(KeptPapers {
            days,
            by_province,
            may: count(may.files),
            may_bytes: may.bytes.to_string(),
            gone: count(gone.files),
            gone_bytes: gone.bytes.to_string(),
        })
    }

    /// How many days this PC keeps papers of filings that are over; kept over a restart.
    pub(crate) fn kept_papers_days(&self, days: u32) -> Result<KeptPapers> {
        let store = self.at_work()?.store;
        if days > LONGEST_DAYS {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        store.write(Op::local(move |tx| tx.set(KEEP_DAYS, &days.to_string())))?;
        self.kept_papers()
    }

    /// Lets the next papers go. The screen asks again while any went.
    pub(crate) fn kept_papers_go(&self) -> Result<PapersWent> {
        let at = self.at_work()?;
        let went = let_go(&at.store, &at.now, AT_A_CALL)?;
        if went.files > 0 {
            self.tell(Event::Changed(vec!["filings"]));
        }
        Ok(PapersWent {
            files: count(went.files),
            bytes: went.bytes.to_string(),
            kept: self.kept_papers()?,
        })
    }

    /// After a sign-in: once a day, and whenever the disk is short.
    pub(crate) fn let_go_by_itself(&self, at: &At) {
        let (desk, store, now) = (self.clone(), at.store.clone(), at.now.clone());
        self.0.config.runtime.spawn_blocking(move || {
            let went = looked_today(&store, &now).and_then(|looked| match looked {
                // What a stop left begun is ended at every start.
                true => Ok(store.end_letting_go(terms(&store, &now)?.as_ref())?),
                false => let_go(&store, &now, BY_ITSELF),
            });
            desk.heed_went(went);
        });
    }

    /// The disk takes nothing: what may go makes room. Once for each time that it begins.
    pub(crate) fn let_go_for_room(&self) {
        let Ok(at) = self.at_work() else { return };
        self.heed_went(let_go(&at.store, &at.now, BY_ITSELF));
    }

    fn heed_went(&self, went: Result<Amount>) {
        match went {
            Ok(Amount { files: 0, .. }) => {}
            Ok(Amount { files, bytes }) => {
                tracing::info!(files, bytes, "papers that the centre has left this PC");
                self.tell(Event::Changed(vec!["filings"]));
            }
            Err(error) => tracing::warn!(detail = %error.detail, "no paper could be let go"),
        }
    }
}

/// Whether this PC has looked today, with room enough since; from now on it has.
fn looked_today(store: &Store, now: &Zoned) -> Result<bool> {
    let today = now.date().to_string();
    let room = store.room();
    let is_short = room.refused || room.free.is_some_and(|free| free < room.needed);
    let looked = store.read(|reader| reader.setting(LOOKED_ON))?;
    if is_short || looked.as_ref() != Some(&today) {
        store.write_in_background(Op::local(move |tx| tx.set(LOOKED_ON, &today)))?;
        return Ok(false);
    }
    Ok(true)
}

/// See [`Desk::let_go_for_room`], off the async threads.
pub(crate) async fn for_room(inner: &Weak<Inner>) {
    let Some(desk) = inner.upgrade().map(Desk) else {
        return;
    };
    // Whatever came of it, the disk is tried next.
    let _ = tokio::task::spawn_blocking(move || desk.let_go_for_room()).await;
}

fn count(files: u64) -> u32 {
    u32::try_from(files).unwrap_or(u32::MAX)
}
