//! What becomes of the filings, so that the demo stands as DESIGN tells it: seven due today, two overdue, twelve
//! results on the shelf, and nothing moved at the older ones since the first filing that the centre lacks.

use super::{before, chance::Chance, days::Visit};
use jiff::{
    Span,
    civil::{Date, DateTime, time},
};
use onedoor_domain::{calendar::Calendar, filing::Status};

const DUE_TODAY: usize = 7;
/// Of those due today, how many came before the last working day's evening.
const DUE_TODAY_OLDER: usize = 3;
const OVERDUE: usize = 2;
const ON_SHELF: usize = 12;
const SUPPLEMENTS: usize = 3;
const WITHDRAWN: usize = 4;

/// Gives every visit its moves. `visits` are in order of receipt, the fresh ones at the end.
pub(super) fn decide(
    visits: &mut [Visit],
    calendar: &Calendar,
    today: Date,
    until: DateTime,
    chance: &mut Chance,
) {
    let split = visits
        .iter()
        .position(|visit| visit.fresh)
        .unwrap_or(visits.len());
    let (older, fresh) = visits.split_at_mut(split);
    // Nothing older may move once the first line is written that the centre lacks.
    let last = fresh.first().map_or(until, |visit| minutes(visit.at, -1));
    let scene = Scene {
        calendar,
        today,
        last,
        until,
    };
    for visit in older.iter_mut() {
        scene.usual(visit, chance);
    }
    let kept = scene.due_today_older(older);
    scene.overdue(older);
    scene.unusual(older);
    scene.shelf(older);
    scene.fresh(fresh, DUE_TODAY - kept);
}

struct Scene<'c> {
    calendar: &'c Calendar,
    today: Date,
    last: DateTime,
    until: DateTime,
}

fn minutes(at: DateTime, minutes: i64) -> DateTime {
    at.saturating_add(Span::new().minutes(minutes))
}

fn status(visit: &Visit) -> Status {
    visit
        .moves
        .last()
        .map_or(Status::Received, |(_, status)| *status)
}

/// The next full or half hour, at least a quarter of an hour later.
fn soon(at: DateTime) -> DateTime {
    let wait = i64::from(30 - at.minute() % 30);
    let full = at.date().at(at.hour(), at.minute(), 0, 0);
    minutes(full, if wait < 15 { wait + 30 } else { wait })
}

/// While the doors are open: over lunch it waits, after closing it was done before.
fn at_the_counter(at: DateTime) -> DateTime {
    let (noon, afternoon, closing) = (time(11, 30, 0, 0), time(13, 30, 0, 0), time(17, 0, 0, 0));
    match at.time() {
        clock if clock > closing => at.date().to_datetime(closing),
        clock if clock > noon && clock < afternoon => at.date().to_datetime(afternoon),
        _ => at,
    }
}

impl Scene<'_> {
    fn next_working(&self, day: Date) -> Date {
        let next = |day: Date| day.saturating_add(Span::new().days(1));
        let days = std::iter::successors(Some(next(day)), |day| Some(next(*day)));
        let mut working = days.take(30).filter(|day| self.calendar.is_working(*day));
        working.next().unwrap_or(next(day))
    }

    /// The courier of the late morning or the one before closing.
    fn courier(&self, at: DateTime) -> DateTime {
        let (noon, evening) = (time(11, 25, 0, 0), time(16, 55, 0, 0));
        match at.time() {
            clock if clock < noon => at.date().to_datetime(noon),
            clock if clock < evening => at.date().to_datetime(evening),
            _ => self.next_working(at.date()).to_datetime(noon),
        }
    }

    /// Done in time and fetched soon after, or still under way.
    fn usual(&self, visit: &mut Visit, chance: &mut Chance) {
        let mut moves = Vec::new();
        let ready = if visit.same_day {
            at_the_counter(soon(visit.at)).max(visit.at).min(visit.due)
        } else {
            self.solved(visit, &mut moves, chance)
        };
        moves.push((ready, Status::ResultReady));
        let fetched = if visit.same_day && chance.percent(90) {
            at_the_counter(minutes(ready, 30)).max(ready)
        } else {
            let mut day = ready.date();
            for _ in 0..=chance.below(3) {
                day = self.next_working(day);
            }
            day.at(8 + i8::try_from(chance.below(3)).unwrap_or(0), 30, 0, 0)
        };
        moves.push((fetched, Status::HandedOver));
        // What is promised for before today is done by then, at the latest with the last line that the centre has.
        if visit.due.date() <= self.today {
            for (at, status) in &mut moves {
                if !matches!(status, Status::HandedOver) {
                    *at = (*at).min(self.last);
                }
            }
        }
        visit.moves = moves
            .into_iter()
            .filter(|(at, _)| *at <= self.last)
            .collect();
    }

    /// Goes to the unit with the courier and comes back in time, often a day early.
    fn solved(
        &self,
        visit: &Visit,
        moves: &mut Vec<(DateTime, Status)>,
        chance: &mut Chance,
    ) -> DateTime {
        let sent = self.courier(visit.at);
        let begun = self.next_working(sent.date()).at(8, 0, 0, 0);
        moves.push((sent, Status::Transferred));
        let due = visit.due.date();
        let early = chance.percent(40) && due > begun.date();
        let back = if early { before(due, 1) } else { due };
        let ready = back.at(14, 0, 0, 0).max(minutes(sent, 60)).min(visit.due);
        if begun < ready {
            moves.push((begun, Status::BeingSolved));
        }
        ready
    }

    /// Leaves the latest of those due today with the unit that solves them.
    fn due_today_older(&self, older: &mut [Visit]) -> usize {
        let due = older.iter_mut().rev();
        let due = due.filter(|visit| visit.due.date() == self.today && !visit.same_day);
        let mut kept = 0;
        for visit in due.take(DUE_TODAY_OLDER) {
            still_with_the_unit(visit);
            kept += 1;
        }
        kept
    }

    fn overdue(&self, older: &mut [Visit]) {
        let late = older.iter_mut().rev().filter(|visit| {
            visit.due.date() < self.today && !visit.same_day && visit.due < self.last
        });
        late.step_by(3).take(OVERDUE).for_each(still_with_the_unit);
    }

    /// Supplements asked for, filings taken back, and one that came when the counter had no numbers.
    fn unusual(&self, older: &mut [Visit]) {
        let open = |visit: &&mut Visit| {
            visit.due.date() > self.today && status(visit) == Status::BeingSolved
        };
        for visit in older
            .iter_mut()
            .rev()
            .filter(open)
            .step_by(2)
            .take(SUPPLEMENTS)
        {
            let asked = visit
                .moves
                .last()
                .map_or(visit.at, |(at, _)| minutes(*at, 45));
            visit
                .moves
                .push((asked.min(self.last), Status::SupplementAsked));
        }
        if let Some(visit) = older.iter_mut().rev().find(open) {
            visit.provisional = true;
        }
        let long_ago = older.iter_mut().filter(|visit| !visit.same_day);
        for visit in long_ago.step_by(97).skip(1).take(WITHDRAWN) {
            visit.moves.truncate(1);
            let at = visit
                .moves
                .last()
                .map_or(visit.at, |(at, _)| minutes(*at, 5));
            visit.moves.push((at.min(self.last), Status::Withdrawn));
        }
    }

    /// Twelve results wait for their people; of more, the older ones were fetched; of fewer, some were not.
    fn shelf(&self, older: &mut [Visit]) {
        let ready = |visit: &&mut Visit| status(visit) == Status::ResultReady;
        let on_shelf = older.iter_mut().filter(|visit| ready(visit)).count();
        let too_many = on_shelf.saturating_sub(ON_SHELF);
        for visit in older.iter_mut().filter(ready).take(too_many) {
            visit.moves.push((self.last, Status::HandedOver));
        }
        let fetched = |visit: &&mut Visit| {
            let came_back = visit
                .moves
                .iter()
                .any(|(_, status)| *status == Status::ResultReady);
            came_back && status(visit) == Status::HandedOver
        };
        let too_few = ON_SHELF.saturating_sub(on_shelf);
        for visit in older.iter_mut().rev().filter(fetched).take(too_few) {
            visit.moves.pop();
        }
    }

    /// What came since: done on the spot where the procedure allows, but `open` of those due today still wait.
    fn fresh(&self, fresh: &mut [Visit], open: usize) {
        let waiting = fresh
            .iter()
            .filter(|visit| visit.due.date() == self.today)
            .count();
        let mut to_close = waiting.saturating_sub(open);
        for visit in fresh.iter_mut() {
            let due = visit.due.date();
            let close = due < self.today || (due == self.today && to_close > 0);
            if close {
                to_close -= usize::from(due == self.today);
                let ready = soon(visit.at).min(self.until);
                visit.moves.push((ready, Status::ResultReady));
                visit.moves.push((ready, Status::HandedOver));
            } else if !visit.same_day && self.courier(visit.at) <= self.until {
                visit
                    .moves
                    .push((self.courier(visit.at), Status::Transferred));
            }
        }
    }
}

fn still_with_the_unit(visit: &mut Visit) {
    let under_way = |status: &Status| matches!(status, Status::Transferred | Status::BeingSolved);
    visit.moves.retain(|(_, status)| under_way(status));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{SEED, days, people};
    use onedoor_catalogue::Catalogue;
    use std::collections::BTreeSet;

    /// The plan, the time at which it was made, and the last time in it.
    fn plan_at(now: &str) -> (days::Plan, DateTime, DateTime) {
        let now: DateTime = now.parse().unwrap();
        let catalogue = Catalogue::shipped().unwrap();
        let calendar = days::calendar(&catalogue.calendar, now.date());
        let mut chance = Chance::new(SEED);
        let people = people::people(&mut chance).unwrap();
        let plan = days::plan(&catalogue, &calendar, people, now, &mut chance);
        (plan, now, days::until(now, &calendar))
    }

    fn open(visit: &Visit) -> bool {
        !matches!(
            status(visit),
            Status::ResultReady | Status::HandedOver | Status::Withdrawn
        )
    }

    /// Mondays and other days, a Sunday, the minute of opening, lunch, the days around Tết, the turn of the year.
    const DAYS: [&str; 11] = [
        "2026-11-23T10:05:00",
        "2026-11-22T05:43:00",
        "2026-11-24T07:31:00",
        "2026-11-25T12:10:00",
        "2026-11-27T16:45:00",
        "2026-11-28T09:00:00",
        "2027-01-01T08:00:00",
        "2027-01-04T15:30:00",
        "2027-02-15T10:00:00",
        "2027-02-05T10:00:00",
        "2026-09-03T14:00:00",
    ];

    #[test]
    fn the_demo_stands_as_designed_on_whatever_day_it_is_made() {
        for day in DAYS {
            let (plan, now, _) = plan_at(day);
            let count = |wanted: &dyn Fn(&Visit) -> bool| {
                plan.visits.iter().filter(|visit| wanted(visit)).count()
            };
            let today = |visit: &Visit| visit.at.date() == now.date();
            assert_eq!(plan.visits.len(), 1800, "{day}: sixty days of filings");
            assert_eq!(count(&today), 23, "{day}: received today");
            let due_today = |visit: &Visit| open(visit) && visit.due.date() == now.date();
            assert_eq!(count(&due_today), 7, "{day}: due today and open");
            assert_eq!(
                count(&|visit| open(visit) && visit.due < now),
                2,
                "{day}: overdue"
            );
            let ready = |visit: &Visit| status(visit) == Status::ResultReady;
            assert_eq!(count(&ready), 12, "{day}: results on the shelf");
            assert_eq!(count(&|visit| visit.fresh), 41, "{day}: not at the centre");
            let asked = |visit: &Visit| status(visit) == Status::SupplementAsked;
            assert_eq!(count(&asked), 3, "{day}: supplements asked for");
            assert_eq!(
                count(&|visit| visit.provisional),
                1,
                "{day}: needs attention"
            );
            let names: BTreeSet<_> = plan
                .visits
                .iter()
                .filter(|visit| today(visit))
                .map(|visit| &visit.values.applicant.name)
                .collect();
            assert_eq!(names.len(), 23, "{day}: no two people of one name today");
        }
    }

    #[test]
    fn after_closing_what_was_due_today_is_overdue_too() {
        let (plan, now, until) = plan_at("2026-11-23T20:00:00");
        let late = plan
            .visits
            .iter()
            .filter(|visit| open(visit) && visit.due < now);
        assert_eq!(
            late.count(),
            OVERDUE + DUE_TODAY,
            "nobody pretends at night"
        );
        assert!(until < now, "and nothing happens after the late morning");
    }

    #[test]
    fn everything_happens_in_order_and_nothing_older_after_the_first_unsent_line() {
        for day in DAYS {
            let (plan, _, until) = plan_at(day);
            let first_fresh = plan.visits.iter().find(|visit| visit.fresh).unwrap().at;
            let mut before = plan.begin;
            for visit in &plan.visits {
                assert!(visit.at >= before, "{day}: in the order of receipt");
                before = visit.at;
                let end = if visit.fresh { until } else { first_fresh };
                let mut last = visit.at;
                for (at, status) in &visit.moves {
                    assert!(
                        *at >= last && *at <= end,
                        "{day}: {status:?} at {at} after {last}"
                    );
                    last = *at;
                }
            }
        }
    }

    #[test]
    fn the_same_day_gives_the_same_demo() {
        let (first, second) = (plan_at(DAYS[0]).0, plan_at(DAYS[0]).0);
        for (one, two) in first.visits.iter().zip(&second.visits) {
            let same = (one.at, &one.values.applicant.name, &one.values.procedure)
                == (two.at, &two.values.applicant.name, &two.values.procedure);
            assert!(same && one.moves == two.moves, "only ids and keys differ");
        }
    }
}
