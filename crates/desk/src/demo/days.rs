//! Who comes when and for what: about 1,800 filings in sixty days, all on working days, more on Mondays.
//! Not here: what becomes of them (`fates`).

use super::{before, chance::Chance, fates, own};
use crate::dto::{DraftValues, PaperStateChoice, PaperValue, PersonValues};
use jiff::{
    Span,
    civil::{Date, DateTime, Time, Weekday},
};
use onedoor_catalogue::Catalogue;
use onedoor_domain::{
    calendar::Calendar,
    due::{self, Term},
    filing::Status,
    procedure::{PaperWay, Procedure},
};
use std::collections::BTreeSet;

/// Days back from today.
const DAYS: i32 = 60;
/// Filings of all days before today.
const PAST: usize = 1777;
/// Filings of today.
pub(super) const TODAY: usize = 23;
/// Filings of the last working day that the centre lacks, beside today's.
pub(super) const LATE: usize = 18;
/// Half of those who come were never here before, as long as there are such.
const NEWCOMERS: usize = 52;
/// When today's counter stops if now is no office hour.
const MIDDAY: Time = Time::constant(11, 20, 0, 0);

/// What people come for; the rest of the catalogue shares one weight.
const WANTED: [(&str, u32); 9] = [
    ("2.000635", 20),
    ("2.000884", 16),
    ("1.001193", 12),
    ("1.004873", 9),
    ("1.010041", 8),
    ("1.004194", 7),
    ("1.000894", 5),
    ("1.004222", 5),
    ("1.000656", 4),
];
const OTHERS: u32 = 14;

/// A filing of the demo.
pub(super) struct Visit {
    /// When it is received, to the second.
    pub(super) at: DateTime,
    /// What the clerk typed.
    pub(super) values: DraftValues,
    /// When it is due.
    pub(super) due: DateTime,
    /// The counter gives it back on the same day.
    pub(super) same_day: bool,
    /// Among those that the centre lacks.
    pub(super) fresh: bool,
    /// Received on a day for which the counter had no numbers.
    pub(super) provisional: bool,
    /// What becomes of it, in order.
    pub(super) moves: Vec<(DateTime, Status)>,
}

/// The whole demo before anything is written.
pub(super) struct Plan {
    /// The first morning, before the doors open.
    pub(super) begin: DateTime,
    /// In the order of receipt.
    pub(super) visits: Vec<Visit>,
}

impl Plan {
    /// Codes of the procedures received last, the latest at the end.
    pub(super) fn latest_procedures(&self) -> Vec<String> {
        let from = self.visits.len().saturating_sub(TODAY);
        let latest = self.visits.get(from..).unwrap_or_default();
        let codes = latest.iter().map(|visit| visit.values.procedure.clone());
        codes.collect()
    }
}

/// The office's calendar with today as a working day: a demo that is started on a Sunday is in the middle of a day too.
pub(super) fn calendar(shipped: &Calendar, today: Date) -> Calendar {
    let days_off = shipped.days_off().iter().filter(|off| off.date != today);
    let mut makeup = shipped.makeup_days().to_vec();
    makeup.push(today);
    Calendar::new(
        days_off.cloned().collect(),
        makeup,
        shipped.weekly_rest(),
        shipped.hours(),
        shipped.last_published_year(),
    )
}

pub(super) fn plan(
    catalogue: &Catalogue,
    calendar: &Calendar,
    people: Vec<PersonValues>,
    now: DateTime,
    chance: &mut Chance,
) -> Plan {
    let today = now.date();
    let mut past: Vec<Date> = (1..=DAYS)
        .map(|back| before(today, back))
        .filter(|day| calendar.is_working(*day))
        .collect();
    past.reverse();
    let until = until(now, calendar);
    let mut times = Vec::with_capacity(PAST + TODAY);
    for (day, count) in counts(&past) {
        let closing = day.to_datetime(calendar.closing(day));
        times.extend(arrivals(day, closing, count, calendar, chance));
    }
    times.extend(arrivals(today, until, TODAY, calendar, chance));
    let mut crowd = Crowd {
        people,
        known: 0,
        today: BTreeSet::new(),
        asked: BTreeSet::new(),
    };
    let mut visits: Vec<Visit> = Vec::with_capacity(times.len());
    let wanted = wanted(catalogue);
    for at in times {
        // Every second of today's is done on the spot, as on any morning.
        let fast = at.date() == today && visits.len().is_multiple_of(2);
        let visit = crowd.visit(at, today, fast, &wanted, chance);
        visits.extend(visit.map(|(procedure, values)| arrived(at, procedure, values, calendar)));
    }
    let fresh_from = visits.len().saturating_sub(TODAY + LATE);
    visits
        .iter_mut()
        .skip(fresh_from)
        .for_each(|v| v.fresh = true);
    fates::decide(&mut visits, calendar, today, until, chance);
    let first = past.first().copied().unwrap_or(today);
    let begin = first.at(7, 5, 0, 0);
    Plan { begin, visits }
}

/// The end of what has happened: now, in office hours; otherwise the late morning.
pub(super) fn until(now: DateTime, calendar: &Calendar) -> DateTime {
    let hours = calendar.hours();
    let open = [hours.morning, hours.afternoon]
        .iter()
        .any(|(from, to)| (*from..=*to).contains(&now.time()) && now.time() > hours.morning.0);
    if open {
        now
    } else {
        now.date().to_datetime(MIDDAY)
    }
}

/// How many come on each day: more on Mondays.
fn counts(days: &[Date]) -> Vec<(Date, usize)> {
    let weight = |day: &Date| match day.weekday() {
        Weekday::Monday => 14,
        Weekday::Friday => 9,
        _ => 10,
    };
    let total: usize = days.iter().map(weight).sum();
    let mut given = 0;
    let mut passed = 0;
    let mut counts = Vec::with_capacity(days.len());
    for day in days {
        passed += weight(day);
        let so_far = PAST * passed / total.max(1);
        counts.push((*day, so_far - given));
        given = so_far;
    }
    counts
}

/// Times of receipt on a day, in order, while the office is open.
pub(super) fn arrivals(
    day: Date,
    until: DateTime,
    count: usize,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Vec<DateTime> {
    let hours = calendar.hours();
    let seconds = |from: Time, to: Time| {
        let to = if day == until.date() {
            to.min(until.time())
        } else {
            to
        };
        let span = from.duration_until(to).as_secs();
        (from, usize::try_from(span).unwrap_or(0))
    };
    let morning = seconds(hours.morning.0, hours.morning.1);
    let afternoon = seconds(hours.afternoon.0, hours.afternoon.1);
    let mut drawn = BTreeSet::new();
    // A minute of one second each has room for two dozen; more could never be asked of it.
    while drawn.len() < count.min(morning.1 + afternoon.1) {
        drawn.insert(chance.below(morning.1 + afternoon.1));
    }
    let at = |second: usize| {
        let (from, passed) = if second < morning.1 {
            (morning.0, second)
        } else {
            (afternoon.0, second - morning.1)
        };
        let passed = i64::try_from(passed).unwrap_or(0);
        day.to_datetime(from)
            .saturating_add(Span::new().seconds(passed))
    };
    drawn.into_iter().map(at).collect()
}

fn wanted(catalogue: &Catalogue) -> Vec<(&Procedure, u32)> {
    let share = |procedure: &Procedure| {
        let known = WANTED.iter().find(|(code, _)| *code == procedure.code);
        known.map(|(_, weight)| weight * 16)
    };
    let others = catalogue.procedures.iter().filter(|p| share(p).is_none());
    let each = OTHERS * 16 / u32::try_from(others.count()).unwrap_or(1).max(1);
    let weighted = |procedure| (procedure, share(procedure).unwrap_or(each.max(1)));
    catalogue.procedures.iter().map(weighted).collect()
}

struct Crowd {
    people: Vec<PersonValues>,
    known: usize,
    today: BTreeSet<String>,
    /// Who asked for what: nobody registers the same marriage twice.
    asked: BTreeSet<(usize, String)>,
}

impl Crowd {
    fn visit<'p>(
        &mut self,
        at: DateTime,
        today: Date,
        fast: bool,
        wanted: &[(&'p Procedure, u32)],
        chance: &mut Chance,
    ) -> Option<(&'p Procedure, DraftValues)> {
        let person = self.person(at.date() == today, chance);
        let procedure = self.procedure(person, fast, wanted, chance)?;
        let values = DraftValues {
            procedure: procedure.code.clone(),
            applicant: self.people.get(person)?.clone(),
            papers: papers(procedure, chance),
            sets: "1".to_string(),
            copies: chance.between(1, 4).to_string(),
            ..DraftValues::default()
        };
        let seed = u64::from(at.second().unsigned_abs()) + u64::try_from(person).unwrap_or(0) * 64;
        let mut drawn = Chance::new(seed);
        let other = |chance: &mut Chance| chance.pick(&self.people).cloned();
        let values = own::fill(values, procedure, at, &mut drawn, other);
        Some((procedure, values))
    }

    /// Somebody new or somebody known; today nobody has the name of another.
    fn person(&mut self, today: bool, chance: &mut Chance) -> usize {
        loop {
            let new = self.known < self.people.len() && chance.percent(NEWCOMERS);
            let person = if new || self.known == 0 {
                self.known += 1;
                self.known - 1
            } else {
                chance.below(self.known)
            };
            let name = self.people.get(person).map(|person| person.name.clone());
            if !today || name.is_none_or(|name| self.today.insert(name)) {
                return person;
            }
        }
    }

    fn procedure<'p>(
        &mut self,
        person: usize,
        fast: bool,
        wanted: &[(&'p Procedure, u32)],
        chance: &mut Chance,
    ) -> Option<&'p Procedure> {
        let mut drawn = None;
        for _ in 0..40 {
            let procedure = *chance.weighted(wanted)?;
            drawn = Some(procedure);
            let suits = !fast || matches!(procedure.term, Term::SameDay { .. });
            // Copies and signatures are wanted again and again, all else once.
            let again = procedure.code.starts_with("2.");
            if suits && (self.asked.insert((person, procedure.code.clone())) || again) {
                break;
            }
        }
        drawn
    }
}

/// The checklist as most people bring it: what is always asked for, in the form that is asked for.
pub(super) fn papers(procedure: &Procedure, chance: &mut Chance) -> Vec<PaperValue> {
    let always = procedure.documents_in(&[]);
    let always = always.filter(|document| document.when.is_none());
    always
        .map(|document| {
            let (state, copies) = match document.way {
                PaperWay::Show if chance.percent(40) => (PaperStateChoice::FromDatabase, 1),
                PaperWay::Show => (PaperStateChoice::Shown, 1),
                PaperWay::Submit if document.originals > 0 && !document.choice => {
                    (PaperStateChoice::Original, document.originals)
                }
                PaperWay::Submit => (PaperStateChoice::Copy, document.copies.max(1)),
            };
            PaperValue {
                document: document.id.clone(),
                state: Some(state),
                copies,
                reason: String::new(),
            }
        })
        .collect()
}

pub(super) fn arrived(
    at: DateTime,
    procedure: &Procedure,
    values: DraftValues,
    calendar: &Calendar,
) -> Visit {
    Visit {
        at,
        values,
        due: due::due(at, procedure.term, calendar).at,
        same_day: matches!(procedure.term, Term::SameDay { .. }),
        fresh: false,
        provisional: false,
        moves: Vec::new(),
    }
}
