//! The import of calendars: the shipped ones are right, and every mistake is named at its line.

use jiff::civil::{Date, DateTime, Weekday};
use onedoor_catalogue::calendar::{CalendarProblem, read, read_mission, shipped, shipped_mission};
use onedoor_domain::calendar::{Calendar, DayKind, Whose};
use onedoor_domain::due::{Term, due};
use proptest::prelude::*;

fn day(s: &str) -> Date {
    s.parse().unwrap()
}

fn at(s: &str) -> DateTime {
    s.parse().unwrap()
}

/// A small file; each test changes one line of it.
const FILE: &str = r#"{
 "version": 3,
 "from": "2026-10-15",
 "last_published_year": 2026,
 "weekly_rest": ["saturday", "sunday"],
 "hours": { "morning": ["07:30", "11:30"], "afternoon": ["13:30", "17:00"] },
 "week": [
  { "day": "saturday", "open": [["07:30", "11:30"]], "counts": "intake_only", "agencies": ["Công an xã"] }
 ],
 "hours_on": [{ "date": "2026-12-31", "open": [["07:30", "11:30"]] }],
 "years": [
  { "year": 2026, "published": true,
   "days_off": [
    { "date": "2026-08-31", "name_vi": "Quốc khánh", "name_en": "National Day" },
    { "date": "2026-11-24", "name_vi": "Ngày Văn hóa", "name_en": "Culture Day" }
   ],
   "makeup_days": [
    "2026-08-22"
   ]
  },
  { "year": 2027, "published": false, "days_off": [], "makeup_days": [] }
 ]
}"#;

fn calendar() -> Calendar {
    read(FILE).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The mistakes of the file after `from` was replaced by `to`, as line, place and problem.
fn mistakes(from: &str, to: &str) -> Vec<(usize, String, CalendarProblem)> {
    assert_eq!(
        FILE.matches(from).count(),
        1,
        "the test changes one thing: {from}"
    );
    let errors = read(&FILE.replace(from, to)).expect_err(to);
    assert!(
        errors.to_string().starts_with("line "),
        "the log says the line too"
    );
    errors
        .0
        .into_iter()
        .map(|e| (e.line, e.place, e.problem))
        .collect()
}

#[test]
fn the_shipped_calendar_has_the_days_that_the_law_names() {
    let cal = shipped().unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(cal.kind(day("2026-08-22")), DayKind::MakeUp);
    assert_eq!(
        cal.day_off(day("2026-11-24")).unwrap().name_vi,
        "Ngày Văn hóa Việt Nam"
    );
    assert!(cal.days_off().iter().all(|off| off.whose == Whose::Vietnam));
    assert_eq!(
        (cal.zone(), cal.last_published_year()),
        ("Asia/Ho_Chi_Minh", 2026)
    );
    let promised = due(at("2026-08-28T09:00"), Term::WorkingDays(3), &cal);
    assert_eq!(promised.at, at("2026-09-07T17:00"));
}

#[test]
fn the_mission_rests_on_the_days_of_both_countries() {
    let cal = shipped_mission().unwrap_or_else(|errors| panic!("{errors}"));
    let whose = |date: &str| cal.day_off(day(date)).map(|off| off.whose);
    assert_eq!(whose("2026-12-25"), Some(Whose::Host));
    assert_eq!(whose("2026-11-24"), Some(Whose::Vietnam));
    assert_eq!(whose("2026-05-01"), Some(Whose::Both));
    assert_eq!(whose("2026-08-31"), Some(Whose::Vietnam));
    assert!(
        cal.makeup_days().is_empty(),
        "nobody in Berlin works on Vietnam's make-up Saturdays"
    );
    assert_eq!(cal.zone(), "Europe/Berlin");
    assert!(
        !cal.published(2027),
        "Vietnam has not announced 2027, though Germany has"
    );
    let promised = due(at("2026-11-23T10:00"), Term::WorkingDays(3), &cal);
    assert_eq!(
        promised.at,
        at("2026-11-27T12:30"),
        "Wed, Thu, and Friday closes at 12:30"
    );
}

#[test]
fn an_office_s_own_file_is_read_wholly() {
    let cal = calendar();
    assert_eq!((cal.version(), cal.from()), (3, day("2026-10-15")));
    assert_eq!(cal.weekly_rest(), [Weekday::Saturday, Weekday::Sunday]);
    assert!(cal.takes_in(at("2026-11-21T09:00"), "Công an xã"));
    assert!(!cal.takes_in(at("2026-11-21T09:00"), "UBND cấp xã"));
    assert!(
        !cal.is_working(day("2026-11-21")),
        "intake makes no working day"
    );
    assert_eq!(cal.closing(day("2026-12-31")).to_string(), "11:30:00");
}

#[test]
fn a_later_week_is_read() {
    let summer = r#""weeks_from": [{ "from": "2026-04-15", "weekly_rest": ["sunday"],
      "hours": { "morning": ["07:00", "11:00"], "afternoon": ["14:00", "18:00"] } }],
 "years": ["#;
    let cal =
        read(&FILE.replace("\"years\": [", summer)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(cal.closing(day("2026-04-14")).hour(), 17);
    assert_eq!(cal.closing(day("2026-04-15")).hour(), 18);
    assert!(
        cal.is_working(day("2026-04-18")),
        "from then on Saturdays are worked"
    );
}

#[test]
fn each_mistake_is_named_at_its_line() {
    let date = day("2026-11-24");
    let off = |line: usize| (line, "years[0].days_off[1]".to_owned());
    let table = [
        (
            "2026-11-24",
            "2026-08-31",
            off(15),
            CalendarProblem::DayTwice {
                date: day("2026-08-31"),
                first: 14,
            },
        ),
        (
            "2026-08-22",
            "2026-08-31",
            (18, "years[0].makeup_days[0]".to_owned()),
            CalendarProblem::MakeUpIsOff {
                date: day("2026-08-31"),
                off: 14,
            },
        ),
        (
            "2026-08-22",
            "2026-08-21",
            (18, "years[0].makeup_days[0]".to_owned()),
            CalendarProblem::MakeUpIsWorking {
                date: day("2026-08-21"),
            },
        ),
        (
            "[\"saturday\", \"sunday\"]",
            "[\"saturday\", \"Chủ nhật\"]",
            (5, "weekly_rest[1]".to_owned()),
            CalendarProblem::UnknownWeekday {
                word: "Chủ nhật".to_owned(),
            },
        ),
        (
            "\"year\": 2027",
            "\"year\": 2025",
            (21, "years[1]".to_owned()),
            CalendarProblem::YearOrder {
                year: 2025,
                after: 2026,
            },
        ),
        (
            "\"year\": 2027",
            "\"year\": 2028",
            (21, "years[1]".to_owned()),
            CalendarProblem::YearOrder {
                year: 2028,
                after: 2026,
            },
        ),
        (
            "2026-11-24",
            "2027-11-24",
            off(15),
            CalendarProblem::WrongYear {
                date: day("2027-11-24"),
                year: 2026,
            },
        ),
        (
            "2026-11-24",
            "2026-11-31",
            off(15),
            CalendarProblem::NotADate {
                text: "2026-11-31".to_owned(),
            },
        ),
        (
            "2026-11-24",
            "24/11/2026",
            off(15),
            CalendarProblem::NotADate {
                text: "24/11/2026".to_owned(),
            },
        ),
        (
            "Culture Day",
            " ",
            off(15),
            CalendarProblem::NoName { date },
        ),
        (
            "\"13:30\"",
            "\"11:00\"",
            (6, "hours".to_owned()),
            CalendarProblem::HoursOrder,
        ),
        (
            "\"13:30\"",
            "\"25:00\"",
            (6, "hours".to_owned()),
            CalendarProblem::NotATime {
                text: "25:00".to_owned(),
            },
        ),
        (
            "2026-10-15",
            "soon",
            (3, "from".to_owned()),
            CalendarProblem::NotADate {
                text: "soon".to_owned(),
            },
        ),
        (
            "\"version\": 3,",
            "\"version\": 3, \"zone\": \"Hà Nội\",",
            (2, "zone".to_owned()),
            CalendarProblem::Zone {
                zone: "Hà Nội".to_owned(),
            },
        ),
    ];
    for (from, to, (line, place), problem) in table {
        let found = mistakes(from, to);
        assert!(
            found.contains(&(line, place.clone(), problem.clone())),
            "{to}: expected line {line} {place} {problem}, found {found:?}"
        );
    }
}

#[test]
fn what_is_unpublished_must_be_called_so() {
    let found = mistakes("\"published\": false", "\"published\": true");
    assert_eq!(
        found,
        [(
            21,
            "years[1]".to_owned(),
            CalendarProblem::Published { year: 2027 }
        )]
    );
}

#[test]
fn a_make_up_day_that_stands_twice_is_named_once() {
    let found = mistakes(
        "    \"2026-08-22\"",
        "    \"2026-08-22\",\n    \"2026-08-22\"",
    );
    let problem = CalendarProblem::DayTwice {
        date: day("2026-08-22"),
        first: 18,
    };
    assert_eq!(found, [(19, "years[0].makeup_days[1]".to_owned(), problem)]);
}

#[test]
fn a_slip_of_the_pen_in_the_file_says_where_it_is() {
    let table = [
        (
            "\"makeup_days\": [\n",
            "\"make_up_days\": [\n",
            17,
            "unknown field",
        ),
        (
            "\"name_en\": \"Culture Day\"",
            "\"name\": \"x\"",
            15,
            "unknown field",
        ),
        ("\"hours\": {", "\"hours\" {", 6, "expected `:`"),
        ("\"version\": 3", "\"version\": -3", 2, "invalid value"),
    ];
    for (from, to, line, said) in table {
        let found = mistakes(from, to);
        let [(at, _, CalendarProblem::Shape { message })] = found.as_slice() else {
            panic!("{to}: {found:?}")
        };
        assert!(*at >= line && *at <= line + 1, "{to}: line {at}");
        assert!(message.contains(said), "{to}: {message}");
    }
    assert!(read("").is_err() && read("[]").is_err());
}

#[test]
fn all_mistakes_are_told_at_once() {
    let broken = FILE
        .replace("2026-08-22", "2026-08-21")
        .replace("2026-11-24", "24/11/2026")
        .replace("\"sunday\"", "\"sonntag\"");
    let errors = read(&broken).expect_err("three mistakes");
    let lines: Vec<usize> = errors.0.iter().map(|e| e.line).collect();
    assert_eq!(lines, [5, 15, 18], "in the order of the file: {errors}");
}

#[test]
fn an_office_that_never_works_is_refused() {
    let all = r#"["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]"#;
    let found = mistakes("[\"saturday\", \"sunday\"]", all);
    assert!(
        found
            .iter()
            .any(|(.., problem)| *problem == CalendarProblem::NoWorkingDay),
        "{found:?}"
    );
}

#[test]
fn a_day_of_the_host_and_of_vietnam_is_no_mistake() {
    let cal = read_mission(FILE, &shipped().unwrap()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(cal.day_off(day("2026-11-24")).unwrap().whose, Whose::Both);
}

proptest! {
    #[test]
    fn a_changed_sign_never_breaks_the_reader(place in 0usize..1_200, sign in any::<char>()) {
        let mut text: Vec<char> = FILE.chars().collect();
        if let Some(at) = text.get_mut(place) {
            *at = sign;
        }
        let text: String = text.into_iter().collect();
        let lines = text.lines().count();
        if let Err(errors) = read(&text) {
            prop_assert!(!errors.0.is_empty(), "a refusal has a reason");
            for error in errors.0 {
                prop_assert!((1..=lines + 1).contains(&error.line), "line {} of {lines}", error.line);
            }
        }
    }
}
