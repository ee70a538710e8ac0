//! The calendar of 2025 to 2027 as the office knows it on 2026-11-22, and short ways to write dates.
//! Source: `assets/catalogue/calendar.json`; a test here fails when the two drift apart.

use jiff::civil::{Date, DateTime, Weekday};
use onedoor_domain::calendar::{Calendar, DayKind, DayOff, OfficeHours, Whose};

const DAYS_OFF: &str = "2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 \
    2025-05-01 2025-05-02 2025-09-01 2025-09-02 \
    2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 \
    2026-08-31 2026-09-01 2026-09-02 2026-11-24 \
    2027-01-01 2027-02-04 2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30 2027-05-03 2027-09-02 \
    2027-09-03 2027-11-24";
const MAKEUP: &str = "2025-04-26 2026-01-10 2026-08-22";

pub fn day(s: &str) -> Date {
    s.parse().unwrap()
}

/// `2026-08-28 09:00`.
pub fn at(s: &str) -> DateTime {
    s.replace(' ', "T").parse().unwrap()
}

pub fn calendar() -> Calendar {
    let named = |date: &str| DayOff {
        date: day(date),
        name_vi: if date == "2026-11-24" {
            "Ngày Văn hóa Việt Nam".into()
        } else {
            "Nghỉ lễ".into()
        },
        name_en: if date == "2026-11-24" {
            "Vietnam Culture Day".into()
        } else {
            "Holiday".into()
        },
        whose: Whose::Vietnam,
    };
    Calendar::new(
        DAYS_OFF.split_whitespace().map(named).collect(),
        MAKEUP.split_whitespace().map(day).collect(),
        vec![Weekday::Saturday, Weekday::Sunday],
        OfficeHours::default(),
        2026,
    )
}

#[test]
fn the_fixture_holds_the_same_days_as_the_shipped_calendar() {
    let shipped = include_str!("../../../../assets/catalogue/calendar.json");
    let dates: Vec<&str> = shipped
        .split("\"date\": \"")
        .skip(1)
        .map(|rest| rest.get(..10).unwrap())
        .collect();
    assert_eq!(
        dates,
        DAYS_OFF.split_whitespace().collect::<Vec<_>>(),
        "the vectors would test another calendar"
    );
    for makeup in MAKEUP.split_whitespace() {
        assert!(
            shipped.contains(&format!("\"{makeup}\"")),
            "{makeup} is worked, and the shipped calendar must say so"
        );
    }
    assert!(
        shipped.contains("\"last_published_year\": 2026"),
        "2027 is computed, not announced"
    );
}

#[test]
fn a_day_is_what_the_calendar_says_before_what_the_week_says() {
    let cal = calendar();
    assert_eq!(cal.kind(day("2026-11-23")), DayKind::Working);
    assert_eq!(cal.kind(day("2026-11-22")), DayKind::WeeklyRest);
    assert_eq!(
        cal.kind(day("2026-08-22")),
        DayKind::MakeUp,
        "a Saturday worked instead of Monday 31 August"
    );
    let DayKind::Holiday(place) = cal.kind(day("2026-11-24")) else {
        panic!("24 November is a day off from 2026")
    };
    assert_eq!(cal.days_off()[place].name_vi, "Ngày Văn hóa Việt Nam");
    assert!(
        cal.is_working(day("2025-11-24")),
        "the day off did not exist before 2026"
    );
    assert!(cal.published(2026) && !cal.published(2027));
}

#[test]
fn a_day_off_wins_over_a_make_up_day_listed_by_mistake() {
    let off = DayOff {
        date: day("2026-09-02"),
        name_vi: "Quốc khánh".into(),
        name_en: "National Day".into(),
        whose: Whose::Vietnam,
    };
    let cal = Calendar::new(
        vec![off],
        vec![day("2026-09-02")],
        vec![],
        OfficeHours::default(),
        2026,
    );
    assert!(
        !cal.is_working(day("2026-09-02")),
        "no result may be promised for National Day"
    );
}
