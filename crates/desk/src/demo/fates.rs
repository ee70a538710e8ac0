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
            soon(visit.at).min(visit.due)
        } else {
            let sent = self.courier(visit.at);
            let begun = self.next_working(sent.date()).at(8, 0, 0, 0);
            moves.push((sent, Status::Transferred));
            moves.push((begun, Status::BeingSolved));
            let due = visit.due.date();
            let ready = if chance.percent(40) && due > begun.date() {
                before(due, 1)
            } else {
                due
            };
            // Results come with the courier of the afternoon.
            ready.at(14, 0, 0, 0).max(minutes(begun, 60)).min(visit.due)
        };
        moves.push((ready, Status::ResultReady));
        let fetched = if visit.same_day && chance.percent(90) {
            minutes(ready, 30)
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
