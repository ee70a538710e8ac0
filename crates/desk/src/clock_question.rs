//! The clock's question after a start: what is proposed, when it is asked twice, what is journaled.
//! Not here: where time comes from (`clock`), the rule of doubt (`domain`).

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
};
use jiff::civil::DateTime;
use onedoor_domain::clock::{ClockDoubt, ClockProposal};
use onedoor_protocol::journal::ClockConfirmed;
use onedoor_store::{Lines, Op, Store};

impl Desk {
    pub(crate) fn session_confirm_clock(&self, at: String, again: bool) -> Result<ClockAnswer> {
        let answer = self.confirm_clock(at, again)?;
        if answer == ClockAnswer::Confirmed {
            self.mend_in_background();
        }
        Ok(answer)
    }

    /// Believes a time for this start of the program. To the minute, as it is shown: half a minute behind the last
    /// event is no doubt.
    pub(crate) fn confirm_clock(&self, at: String, again: bool) -> Result<ClockAnswer> {
        let confirmed: DateTime = at
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        let store = self.store()?;
        let now = self.now();
        let ask = clock_ask(&store, now.datetime())?;
        let last = last_event(&store)?.map(to_minute);
        let doubt = onedoor_domain::clock::doubt(confirmed, last);
        match (doubt, again) {
            (Some(ClockDoubt::BehindLastEvent), false) => return Ok(ClockAnswer::BehindLastEvent),
            (Some(ClockDoubt::FarAhead), false) => return Ok(ClockAnswer::FarAhead),
            _ => {}
        }
        // To the minute: a clock that shows the confirmed minute is right as it is.
        let shown = now.datetime().strftime("%Y-%m-%dT%H:%M").to_string();
        let confirmed_text = confirmed.strftime("%Y-%m-%dT%H:%M").to_string();
        let offset = if shown == confirmed_text {
            0
        } else {
            i64::try_from(confirmed.duration_since(now.datetime()).as_millis()).unwrap_or(0)
        };
        if let Some(open) = &mut self.state().open {
            open.offset_ms += offset;
            open.clock_confirmed = true;
        }
        let doubt = doubt.map(|doubt| match doubt {
            ClockDoubt::BehindLastEvent => "behind_last_event".to_string(),
            ClockDoubt::FarAhead => "far_ahead".to_string(),
        });
        let line = ClockConfirmed {
            at: confirmed_text,
            proposed: ask.proposed,
            doubt,
        };
        let at = self.at_work()?;
        self.date_the_hold(&at.context.day)?;
        at.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        self.journal_session()?;
        self.tell(Event::Session);
        Ok(ClockAnswer::Confirmed)
    }
}

fn last_event(store: &Store) -> Result<Option<DateTime>> {
    let wall = store.read(|reader| reader.head())?.wall;
    Ok(wall.get(..19).and_then(|local| local.parse().ok()))
}

fn to_minute(at: DateTime) -> DateTime {
    at.date().at(at.hour(), at.minute(), 0, 0)
}

pub(crate) fn clock_ask(store: &Store, now: DateTime) -> Result<ClockAsk> {
    let last = last_event(store)?;
    let minute = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
    let proposed = match onedoor_domain::clock::propose(now, last) {
        ClockProposal::Wall(at) => Some(minute(at)),
        ClockProposal::Empty => None,
    };
    Ok(ClockAsk {
        proposed,
        last_event: last.map(minute),
    })
}
