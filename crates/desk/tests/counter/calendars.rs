//! The office's calendar as its page shows it.

use crate::world::World;
use onedoor_desk::dto::*;

#[tokio::test]
async fn the_year_names_its_days_off_and_says_whether_they_are_announced() {
    let world = World::at_work().await;
    let year = world.commands.calendar_year(2026).await.unwrap();
    assert!(year.published);
    let day = |date: &str| year.days.iter().find(|day| day.date == date);
    let culture = day("2026-11-24").expect("a new day off of 2026");
    assert_eq!(culture.kind, CalendarDayKind::Off);
    assert!(
        culture
            .name
            .as_ref()
            .is_some_and(|name| name.vi.contains("Văn hóa"))
    );
    assert_eq!(
        day("2026-11-22").map(|day| day.kind),
        Some(CalendarDayKind::Rest),
        "a Sunday"
    );
    assert_eq!(day("2026-11-23"), None, "an ordinary Monday");
    assert_eq!(year.hours, ["07:30–11:30", "13:30–17:00"]);
    let next = world.commands.calendar_year(2027).await.unwrap();
    assert!(!next.published, "computed, not announced");
    assert!(next.days.iter().any(|day| day.kind == CalendarDayKind::Off));
}

#[tokio::test]
async fn a_year_that_no_calendar_has_is_refused() {
    let world = World::at_work().await;
    let refused = world.commands.calendar_year(31_000).await;
    assert_eq!(
        refused.map_err(|error| error.code),
        Err(ErrorCode::BadRequest)
    );
}
