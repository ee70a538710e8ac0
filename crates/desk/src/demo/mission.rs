//! The demo of a mission abroad: an embassy in Berlin, ten working days lived in, some sixty filings of people with
//! Vietnamese and foreign passports. Not here: writing it through the acts (`writing`), the commune (`days`).

use super::{
    before,
    chance::Chance,
    days::{Plan, Visit, arrivals, arrived, papers, until},
    own,
};
use crate::dto::{DraftValues, IdentityValues, PersonValues, SexChoice};
use jiff::civil::{Date, DateTime, time};
use onedoor_catalogue::Catalogue;
use onedoor_domain::{calendar::Calendar, filing::Status, procedure::Procedure};

/// Working days before today.
const DAYS: usize = 10;
/// Filings of each of them.
const EACH: usize = 5;
/// Filings of today; the centre lacks them.
const TODAY: usize = 9;

/// The head of the consular section, and who works there.
pub(super) const HEAD: &str = "Đỗ Minh Châu";
pub(super) const STAFF: [(&str, crate::dto::StaffRole); 2] = [
    ("Lê Quang Vinh", crate::dto::StaffRole::Clerk),
    ("Nguyễn Hà Linh", crate::dto::StaffRole::Clerk),
];

/// A visa upon the immigration authority's notice.
const VISA: &str = "LS-12";
/// What people come for.
const WANTED: [(&str, u32); 7] = [
    ("LS-01", 4),
    ("LS-02", 5),
    ("LS-16", 4),
    ("LS-29", 3),
    ("LS-40", 3),
    ("2.000815", 3),
    ("2.000884", 3),
];
/// Invented people with foreign passports: name, sex, state.
const FOREIGNERS: [(&str, SexChoice, &str); 14] = [
    ("ANNA MARIA ERIKSSON", SexChoice::Female, "SWE"),
    ("JONAS WEIDLICH", SexChoice::Male, "DEU"),
    ("KATHARINA SPREEMANN", SexChoice::Female, "DEU"),
    ("PIOTR NOWAKOWICZ", SexChoice::Male, "POL"),
    ("HANNES OBERTAL", SexChoice::Male, "AUT"),
    ("MILENA DRAGANOWA", SexChoice::Female, "BGR"),
    ("LUC BEAUCHESNE", SexChoice::Male, "FRA"),
    ("SOFIA LINDQVARN", SexChoice::Female, "SWE"),
    ("TOMASZ WIERZBAK", SexChoice::Male, "POL"),
    ("JULIA HARTWIGSEN", SexChoice::Female, "DEU"),
    ("MARKUS TANNHEIM", SexChoice::Male, "DEU"),
    ("ELENA MARCHETTO", SexChoice::Female, "ITA"),
    ("DAVID KORBMACHER", SexChoice::Male, "DEU"),
    ("NORA FEENSTRUP", SexChoice::Female, "DNK"),
];
const STREETS: [&str; 6] = [
    "Elsenstraße",
    "Invalidenstraße",
    "Schlesische Straße",
    "Kantstraße",
    "Herzbergstraße",
    "Müllerstraße",
];

/// The first morning, before the doors open.
pub(super) fn begin(calendar: &Calendar, today: Date) -> DateTime {
    past(calendar, today)
        .first()
        .copied()
        .unwrap_or(today)
        .at(8, 5, 0, 0)
}

fn past(calendar: &Calendar, today: Date) -> Vec<Date> {
    let days = (1..=60).map(|back| before(today, back));
    let working = days.filter(|day| calendar.is_working(*day));
    let mut past: Vec<Date> = working.take(DAYS).collect();
    past.reverse();
    past
}

pub(super) fn plan(
    catalogue: &Catalogue,
    calendar: &Calendar,
    vietnamese: Vec<PersonValues>,
    now: DateTime,
    chance: &mut Chance,
) -> Plan {
    let today = now.date();
    let mut times = Vec::new();
    for day in past(calendar, today) {
        let closing = day.to_datetime(calendar.closing(day));
        times.extend(arrivals(day, closing, EACH, calendar, chance));
    }
    times.extend(arrivals(
        today,
        until(now, calendar),
        TODAY,
        calendar,
        chance,
    ));
    let (foreigners, vietnamese) = (foreigners(chance), abroad(vietnamese, chance));
    let mut visits: Vec<Visit> = Vec::new();
    for (turn, at) in times.iter().enumerate() {
        let visa = turn % 3 == 0;
        let crowd = if visa { &foreigners } else { &vietnamese };
        let code = match visa {
            true => VISA,
            false => chance.weighted(&WANTED).copied().unwrap_or(VISA),
        };
        let found = catalogue
            .get(code)
            .zip(crowd.get(turn / 3 % crowd.len().max(1)));
        let found = found.map(|(procedure, first)| {
            let other = crowd
                .get((turn * 7 + 3) % crowd.len().max(1))
                .unwrap_or(first);
            let person = if visa { first } else { other };
            let values = typed(procedure, person, *at, chance);
            arrived(*at, procedure, values, calendar)
        });
        visits.extend(found);
    }
    decide(&mut visits, calendar, now);
    Plan {
        begin: begin(calendar, today),
        visits,
    }
}

fn typed(
    procedure: &Procedure,
    person: &PersonValues,
    at: DateTime,
    chance: &mut Chance,
) -> DraftValues {
    let values = DraftValues {
        procedure: procedure.code.clone(),
        applicant: person.clone(),
        papers: papers(procedure, chance),
        sets: "1".to_string(),
        copies: chance.between(1, 3).to_string(),
        ..DraftValues::default()
    };
    let mut filled = own::fill(values, procedure, at, chance, |_| Some(person.clone()));
    if procedure.code == VISA {
        let cases = &procedure.cases;
        let adult = cases.get(..cases.len().saturating_sub(1)).unwrap_or(cases);
        filled.cases = chance
            .pick(adult)
            .map(|case| case.id.clone())
            .into_iter()
            .collect();
        let passport = &person.identity;
        for (id, value) in [
            ("nationality", &passport.nationality),
            ("passport_no", &passport.passport),
            ("entry_on", &typed_day(at, -45)),
            ("passport_expiry", &typed_day(at, -1400)),
        ] {
            filled.fields.insert(id.to_string(), value.clone());
        }
    }
    filled
}

/// A day so many days before, as it is typed; after it where the number is below zero.
fn typed_day(at: DateTime, back: i32) -> String {
    before(at.date(), back).strftime("%d/%m/%Y").to_string()
}

fn foreigners(chance: &mut Chance) -> Vec<PersonValues> {
    let person = |(place, (name, sex, state)): (usize, &(&str, SexChoice, &str))| PersonValues {
        person: uuid::Uuid::now_v7().to_string(),
        name: (*name).to_string(),
        birth: format!(
            "{:02}/{:02}/{}",
            chance.between(1, 28),
            chance.between(1, 12),
            chance.between(1955, 2003)
        ),
        sex: Some(*sex),
        address: address(chance),
        identity: IdentityValues {
            passport: format!("X{:07}", 9_000_000 + place * 137),
            nationality: (*state).to_string(),
            ..IdentityValues::default()
        },
        ..PersonValues::default()
    };
    FOREIGNERS.iter().enumerate().map(person).collect()
}

/// People of the demo who live in Berlin: their passports, and no telephone of home.
fn abroad(people: Vec<PersonValues>, chance: &mut Chance) -> Vec<PersonValues> {
    let moved = |(place, person): (usize, PersonValues)| PersonValues {
        address: address(chance),
        phone: String::new(),
        identity: IdentityValues {
            passport: format!("Y{:07}", 9_000_000 + place * 211),
            nationality: "VNM".to_string(),
            ..IdentityValues::default()
        },
        ..person
    };
    people.into_iter().take(30).enumerate().map(moved).collect()
}

fn address(chance: &mut Chance) -> String {
    let street = chance.pick(&STREETS).copied().unwrap_or("Elsenstraße");
    format!("{street} {}, Berlin", chance.between(1, 180))
}

/// What is due was done the working day before and fetched in the morning; one is overdue, one lacks a paper.
fn decide(visits: &mut [Visit], calendar: &Calendar, now: DateTime) {
    let today = now.date();
    let mut kept_late = false;
    let mut asked = false;
    for visit in visits {
        visit.fresh = visit.at.date() == today;
        if visit.fresh {
            continue;
        }
        let opening = time(9, 30, 0, 0);
        let ready = if visit.same_day {
            visit.due.min(
                visit
                    .at
                    .date()
                    .to_datetime(calendar.closing(visit.at.date())),
            )
        } else {
            visit.due.date().to_datetime(opening)
        };
        if ready.date() >= today {
            if !asked {
                asked = true;
                let later = visit.at.saturating_add(jiff::Span::new().minutes(9));
                visit.moves.push((later, Status::SupplementAsked));
            }
            continue;
        }
        if !visit.same_day && !kept_late {
            kept_late = true;
            continue;
        }
        visit.moves.push((ready, Status::ResultReady));
        let next = (1..8)
            .map(|ahead| before(ready.date(), -ahead))
            .find(|day| calendar.is_working(*day));
        let fetched = next.filter(|day| *day < today);
        visit
            .moves
            .extend(fetched.map(|day| (day.to_datetime(time(10, 15, 0, 0)), Status::HandedOver)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo::people, typed::draft_input};
    use jiff::civil::date;
    use onedoor_domain::filing;

    #[test]
    fn the_demo_mission_has_some_sixty_filings_that_can_all_be_received() {
        let catalogue = Catalogue::consular().unwrap();
        let mut chance = Chance::new(7);
        let people = people::people(&mut chance).unwrap();
        let now = date(2026, 11, 23).at(11, 0, 0, 0);
        let plan = plan(&catalogue, &catalogue.calendar, people, now, &mut chance);
        for visit in &plan.visits {
            let procedure = catalogue.get(&visit.values.procedure);
            let checked = filing::check(&draft_input(&visit.values), procedure, now.date());
            let what = (&visit.values.procedure, &visit.values.fields);
            assert_eq!(checked.problems, [], "{what:?}");
        }
        assert_eq!(plan.visits.len(), DAYS * EACH + TODAY);
        let visas = |visit: &&Visit| visit.values.procedure == VISA;
        assert!(plan.visits.iter().filter(visas).count() > 15);
        let late = |visit: &&Visit| visit.due < now && visit.moves.is_empty() && !visit.fresh;
        assert_eq!(plan.visits.iter().filter(late).count(), 1, "one is overdue");
    }
}
