//! The calendar of a year for the page of the office. Not here: the calendar itself (`onedoor_domain::calendar`), and
//! how due dates are counted by it.

use crate::{
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    views,
};
use jiff::civil::{Date, date};
use onedoor_domain::calendar::{Calendar, DayKind};

impl Desk {
    pub(crate) fn calendar_year(&self, year: i16) -> Result<CalendarYear> {
        if !(2000..=2200).contains(&year) {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        // A year is shown as it would be counted on its last day, the years before as they were.
        let rules = self.rules();
        let calendar = rules.calendar(date(year, 12, 31));
        let hours = calendar.hours().spans();
        let hours = hours.iter().map(|open| {
            let at = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
            format!("{}–{}", at(open.from), at(open.to))
        });
        Ok(CalendarYear {
            year,
            published: calendar.published(year),
            version: calendar.version(),
            zone: calendar.zone().to_string(),
            days: days_of(year)
                .filter_map(|day| special(calendar, day))
                .collect(),
            hours: hours.collect(),
        })
    }
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    date(year, 1, 1)
        .series(jiff::Span::new().days(1))
        .take_while(move |day| day.year() == year)
}

fn special(calendar: &Calendar, day: Date) -> Option<CalendarDay> {
    let (kind, off) = match calendar.kind(day) {
        DayKind::Working => return None,
        DayKind::MakeUp => (CalendarDayKind::MakeUp, None),
        DayKind::WeeklyRest => (CalendarDayKind::Rest, None),
        DayKind::Holiday(at) => (CalendarDayKind::Off, calendar.days_off().get(at)),
    };
    Some(CalendarDay {
        date: day.to_string(),
        kind,
        name: off.map(|off| Text2 {
            vi: off.name_vi.clone(),
            en: Some(off.name_en.clone()).filter(|name| !name.is_empty()),
        }),
        whose: off.map(|off| views::whose(off.whose)),
    })
}
