//! Offices that are not like the others: Saturday mornings, short Fridays, summer hours, missions abroad, versions.

use jiff::civil::{Time, Weekday, time};
use onedoor_domain::calendar::{
    Calendar, DayKind, DayOff, DayPlan, OfficeHours, Open, Week, Whose,
};
use onedoor_domain::due::{Term, due, transfer_by};
use onedoor_domain::versions::Versions;

use crate::fixture::{at, calendar, day};

const NOON: Time = time(12, 0, 0, 0);
const CUTOFF: Time = time(15, 0, 0, 0);
const SAME_DAY: Term = Term::SameDay { cutoff: CUTOFF };

fn open(from: (i8, i8), to: (i8, i8)) -> Open {
    Open {
        from: time(from.0, from.1, 0, 0),
        to: time(to.0, to.1, 0, 0),
    }
}

fn week() -> Week {
    Week::regular(
        OfficeHours::default(),
        &[Weekday::Saturday, Weekday::Sunday],
    )
}

fn saturday(plan: DayPlan) -> Calendar {
    calendar().with_week(week().with(Weekday::Saturday, plan))
}

fn morning() -> Open {
    open((7, 30), (11, 30))
}

#[test]
fn saturday_mornings_take_papers_in_and_do_not_count() {
    let police = saturday(DayPlan::intake(&[morning()]));
    assert!(
        police.takes_in(at("2026-11-21 09:00"), ""),
        "the counter is open"
    );
    assert!(
        !police.takes_in(at("2026-11-21 14:00"), ""),
        "only in the morning"
    );
    assert!(
        !police.takes_in(at("2026-11-22 09:00"), ""),
        "not on Sundays"
    );
    assert_eq!(police.kind(day("2026-11-21")), DayKind::WeeklyRest);
    let table = [
        (
            "2026-11-20 09:00",
            Term::WorkingDays(1),
            "2026-11-23 17:00",
            "Saturday is not the first day",
        ),
        (
            "2026-11-21 09:00",
            Term::WorkingDays(1),
            "2026-11-23 17:00",
            "taken on Saturday, Monday counts",
        ),
        (
            "2026-11-21 09:00",
            SAME_DAY,
            "2026-11-23 17:00",
            "nobody solves it on Saturday",
        ),
        (
            "2026-11-21 09:00",
            Term::Hours(2),
            "2026-11-23 09:30",
            "hours begin on Monday",
        ),
        (
            "2026-11-16 09:00",
            Term::Days(5),
            "2026-11-23 17:00",
            "a last day on Saturday moves",
        ),
    ];
    for (received, term, expected, why) in table {
        assert_eq!(due(at(received), term, &police).at, at(expected), "{why}");
    }
}

#[test]
fn saturday_mornings_can_serve_some_agencies_only_and_never_a_holiday() {
    let mut plan = DayPlan::intake(&[morning()]);
    plan.agencies = vec!["Công an xã".to_owned()];
    let police = saturday(plan);
    let saturday = at("2026-11-21 09:00");
    assert!(police.takes_in(saturday, "Công an xã"));
    assert!(!police.takes_in(saturday, "UBND cấp xã"));
    assert!(
        police.takes_in(at("2026-11-23 09:00"), "UBND cấp xã"),
        "on working days everyone is served"
    );
    let feast = DayOff {
        date: day("2026-11-21"),
        name_vi: "Nghỉ".to_owned(),
        name_en: "Off".to_owned(),
        whose: Whose::Office,
    };
    let closed = Calendar::new(vec![feast], vec![], vec![], OfficeHours::default(), 2026);
    assert!(!closed.takes_in(saturday, "Công an xã"), "trừ lễ, tết");
}

#[test]
fn an_office_may_decide_that_its_saturday_mornings_count() {
    let busy = saturday(DayPlan::working(&[morning()]));
    let table = [
        (
            "2026-11-20 09:00",
            Term::WorkingDays(1),
            "2026-11-21 11:30",
            "due when Saturday closes",
        ),
        (
            "2026-11-20 09:00",
            Term::WorkingDays(2),
            "2026-11-23 17:00",
            "then Monday",
        ),
        (
            "2026-11-21 09:00",
            SAME_DAY,
            "2026-11-21 11:30",
            "solved on Saturday morning",
        ),
        (
            "2026-11-21 11:31",
            SAME_DAY,
            "2026-11-23 17:00",
            "after closing, though before 15:00",
        ),
        (
            "2026-11-20 16:00",
            Term::Hours(3),
            "2026-11-21 09:30",
            "an hour on Friday, two on Saturday",
        ),
    ];
    for (received, term, expected, why) in table {
        assert_eq!(due(at(received), term, &busy).at, at(expected), "{why}");
    }
    assert_eq!(busy.weekly_rest(), [Weekday::Sunday]);
}

#[test]
fn each_day_closes_at_its_own_time() {
    let short_friday = week().with(Weekday::Friday, DayPlan::working(&[open((8, 0), (12, 0))]));
    let cal = calendar().with_week(short_friday);
    let table = [
        (
            "2026-11-19 09:00",
            Term::WorkingDays(1),
            "2026-11-20 12:00",
            "Friday closes at noon",
        ),
        (
            "2026-11-20 12:01",
            SAME_DAY,
            "2026-11-23 17:00",
            "after closing",
        ),
        (
            "2026-11-20 11:00",
            Term::Hours(2),
            "2026-11-23 08:30",
            "one hour on Friday",
        ),
        (
            "2026-11-13 09:00",
            Term::Days(7),
            "2026-11-20 12:00",
            "a week ends on Friday noon",
        ),
    ];
    for (received, term, expected, why) in table {
        assert_eq!(due(at(received), term, &cal).at, at(expected), "{why}");
    }
}

#[test]
fn a_single_day_and_a_season_can_have_other_hours() {
    let eve = day("2026-12-31");
    let cal = calendar()
        .with_hours_on(eve, vec![morning()])
        .with_week_from(
            day("2027-04-15"),
            Week::regular(
                OfficeHours {
                    morning: (time(7, 0, 0, 0), time(11, 30, 0, 0)),
                    afternoon: (time(14, 0, 0, 0), time(17, 30, 0, 0)),
                },
                &[Weekday::Saturday, Weekday::Sunday],
            ),
        );
    assert_eq!(cal.closing(eve), time(11, 30, 0, 0));
    assert_eq!(
        due(at("2026-12-30 09:00"), Term::WorkingDays(1), &cal).at,
        at("2026-12-31 11:30")
    );
    assert_eq!(
        due(at("2027-04-13 09:00"), Term::WorkingDays(1), &cal).at,
        at("2027-04-14 17:00"),
        "still winter"
    );
    assert_eq!(
        due(at("2027-04-13 09:00"), Term::WorkingDays(2), &cal).at,
        at("2027-04-15 17:30"),
        "the hours of the due day hold, not those of the day of receipt"
    );
}

#[test]
fn a_worked_saturday_has_ordinary_hours_unless_it_was_said_otherwise() {
    assert_eq!(calendar().closing(day("2026-08-22")), time(17, 0, 0, 0));
    let short = calendar().with_hours_on(day("2026-08-22"), vec![morning()]);
    assert_eq!(short.closing(day("2026-08-22")), time(11, 30, 0, 0));
}

/// Vietnam's and Germany's days of 2026, as the mission in Berlin keeps them.
fn berlin() -> Calendar {
    let off = |date: &str, vi: &str, en: &str, whose| DayOff {
        date: day(date),
        name_vi: vi.to_owned(),
        name_en: en.to_owned(),
        whose,
    };
    let days = vec![
        off(
            "2026-12-25",
            "Giáng sinh (Đức)",
            "Christmas Day",
            Whose::Host,
        ),
        off(
            "2026-01-01",
            "Tết Dương lịch",
            "New Year’s Day",
            Whose::Vietnam,
        ),
        off("2026-01-01", "Năm mới (Đức)", "New Year’s Day", Whose::Host),
        off(
            "2026-11-24",
            "Ngày Văn hóa Việt Nam",
            "Vietnam Culture Day",
            Whose::Vietnam,
        ),
    ];
    let hours = OfficeHours {
        morning: (time(9, 0, 0, 0), NOON),
        afternoon: (time(13, 0, 0, 0), time(17, 0, 0, 0)),
    };
    Calendar::new(
        days,
        vec![],
        vec![Weekday::Saturday, Weekday::Sunday],
        hours,
        2026,
    )
    .with_zone("Europe/Berlin")
}

#[test]
fn a_mission_rests_on_the_days_of_two_countries_and_says_whose_they_are() {
    let cal = berlin();
    assert_eq!(cal.zone(), "Europe/Berlin");
    let due = due(at("2026-11-23 10:00"), Term::WorkingDays(1), &cal);
    assert_eq!(
        due.at,
        at("2026-11-25 17:00"),
        "Vietnam's day counts in Berlin too"
    );
    assert_eq!(due.cells[1].whose, Some(Whose::Vietnam));
    let christmas = onedoor_domain::due::due(at("2026-12-24 10:00"), Term::WorkingDays(1), &cal);
    assert_eq!(christmas.at, at("2026-12-28 17:00"));
    assert_eq!(christmas.cells[1].whose, Some(Whose::Host));
    assert_eq!(
        christmas.cells[2].whose, None,
        "the weekly rest is nobody's day"
    );
    let new_year = cal.day_off(day("2026-01-01")).unwrap();
    assert_eq!(new_year.whose, Whose::Both);
    assert_eq!(
        (new_year.name_vi.as_str(), new_year.name_en.as_str()),
        ("Tết Dương lịch; Năm mới (Đức)", "New Year’s Day"),
        "both names, each once"
    );
    assert_eq!(cal.days_off().len(), 3);
}

#[test]
fn papers_taken_after_three_go_to_the_solver_when_the_next_day_begins() {
    for (received, expected, why) in [
        ("2026-11-23 09:00", "2026-11-23 17:00", "within the day"),
        ("2026-11-23 15:00", "2026-11-23 17:00", "15:00 itself"),
        (
            "2026-11-23 15:01",
            "2026-11-25 07:30",
            "after 15:00, and Tuesday is off",
        ),
        (
            "2026-11-21 09:00",
            "2026-11-23 07:30",
            "taken on a Saturday",
        ),
    ] {
        assert_eq!(
            transfer_by(at(received), CUTOFF, &calendar()),
            at(expected),
            "{why}"
        );
    }
}

fn version(number: u32, from: &str) -> Calendar {
    calendar().with_version(number, day(from))
}

#[test]
fn the_version_that_holds_on_the_day_is_used_and_named() {
    let announced = version(2, "2026-10-15").with_week_from(
        day("2026-10-15"),
        week().with(Weekday::Friday, DayPlan::working(&[open((8, 0), (12, 0))])),
    );
    let mut all = Versions::from(version(1, "2025-07-01"));
    all.set(day("2026-10-15"), announced);
    for (on, expected, why) in [
        (
            "2025-01-01",
            1,
            "before the first: the first is better than nothing",
        ),
        ("2026-10-14", 1, "the day before"),
        ("2026-10-15", 2, "the day of effect"),
        ("2030-01-01", 2, "the last one goes on"),
    ] {
        assert_eq!(all.on(day(on)).version(), expected, "{why}");
    }
    let promised = due(
        at("2026-11-19 09:00"),
        Term::WorkingDays(1),
        all.on(day("2026-11-19")),
    );
    assert_eq!(
        (promised.at, promised.calendar_version),
        (at("2026-11-20 12:00"), 2)
    );
    assert_eq!(all.all().map(Calendar::version).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_is_set_later_for_the_same_day_replaces_what_was_said_for_it() {
    let mut all = Versions::from(1);
    all.set(day("2027-01-01"), 2);
    all.set(day("2026-12-01"), 3);
    assert_eq!(
        (*all.on(day("2026-12-31")), *all.on(day("2027-01-01"))),
        (3, 2),
        "by the day of effect, not by when it was set"
    );
    all.set(day("2027-01-01"), 1);
    assert_eq!(*all.on(day("2030-01-01")), 1, "taken back");
    assert_eq!(*all.on(day("2026-12-15")), 3, "what lies before stays");
}
