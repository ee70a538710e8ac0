//! The catalogue and the calendar, read from the assets that ship with the program. Not here: importing the national
//! catalogue, versions with dates of effect.

use jiff::civil::{Date, Time, Weekday};
use onedoor_domain::{
    calendar::{Calendar, DayOff, OfficeHours},
    due::Term,
    fee::FeeRule,
    money::Money,
    procedure::{Bilingual, PaperWay, Procedure, RequiredDocument},
};
use serde::Deserialize;

/// Procedures and calendar of this office.
#[derive(Debug)]
pub struct Catalogue {
    /// All procedures.
    pub procedures: Vec<Procedure>,
    /// Days off and hours.
    pub calendar: Calendar,
}

#[derive(Deserialize)]
struct CatalogueFile {
    procedures: Vec<ProcedureEntry>,
}

#[derive(Deserialize)]
struct Text {
    vi: String,
    en: Option<String>,
}

#[derive(Deserialize)]
struct ProcedureEntry {
    code: String,
    version: u32,
    from: Date,
    title: Text,
    field: Text,
    decision: String,
    agency: String,
    term: TermEntry,
    term_text: String,
    fee: FeeEntry,
    fee_text: String,
    documents: Vec<DocumentEntry>,
    nicknames: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TermEntry {
    SameDay { cutoff: Time },
    WorkingDays(u16),
    Days(u16),
    Months(u16),
    Hours(u16),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FeeEntry {
    Free(serde::de::IgnoredAny),
    PerCopy(i64),
    Flat(i64),
    OnTime(u16),
    SetByProvince(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct DocumentEntry {
    id: String,
    name: Text,
    originals: u16,
    copies: u16,
    way: WayEntry,
    when: Option<Text>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WayEntry {
    Submit,
    Show,
}

#[derive(Deserialize)]
struct CalendarFile {
    last_published_year: i16,
    weekly_rest: Vec<WeekdayEntry>,
    hours: HoursEntry,
    years: Vec<YearEntry>,
}

#[derive(Deserialize)]
struct HoursEntry {
    morning: (Time, Time),
    afternoon: (Time, Time),
}

#[derive(Deserialize)]
struct YearEntry {
    days_off: Vec<DayOffEntry>,
    makeup_days: Vec<Date>,
}

#[derive(Deserialize)]
struct DayOffEntry {
    date: Date,
    name_vi: String,
    name_en: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum WeekdayEntry {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Catalogue {
    /// The catalogue that ships with the program.
    pub fn shipped() -> serde_json::Result<Self> {
        let procedures: CatalogueFile =
            serde_json::from_str(include_str!("../../../assets/catalogue/starter.json"))?;
        let calendar: CalendarFile =
            serde_json::from_str(include_str!("../../../assets/catalogue/calendar.json"))?;
        let procedures = procedures
            .procedures
            .into_iter()
            .map(ProcedureEntry::into_procedure)
            .collect();
        Ok(Catalogue {
            procedures,
            calendar: calendar.into_calendar(),
        })
    }

    /// A procedure by its code.
    pub fn get(&self, code: &str) -> Option<&Procedure> {
        self.procedures
            .iter()
            .find(|procedure| procedure.code == code)
    }
}

impl Text {
    fn into_domain(self) -> Bilingual {
        Bilingual {
            vi: self.vi,
            en: self.en,
        }
    }
}

impl ProcedureEntry {
    fn into_procedure(self) -> Procedure {
        Procedure {
            code: self.code,
            version: self.version,
            from: self.from,
            title: self.title.into_domain(),
            field: self.field.into_domain(),
            decision: self.decision,
            agency: self.agency,
            term: match self.term {
                TermEntry::SameDay { cutoff } => Term::SameDay { cutoff },
                TermEntry::WorkingDays(n) => Term::WorkingDays(n),
                TermEntry::Days(n) => Term::Days(n),
                TermEntry::Months(n) => Term::Months(n),
                TermEntry::Hours(n) => Term::Hours(n),
            },
            term_text: self.term_text,
            fee: match self.fee {
                FeeEntry::Free(_) => FeeRule::Free,
                FeeEntry::PerCopy(amount) => FeeRule::PerCopy {
                    amount: Money::vnd(amount),
                },
                FeeEntry::Flat(amount) => FeeRule::Flat {
                    amount: Money::vnd(amount),
                },
                FeeEntry::OnTime(within_days) => FeeRule::OnTime { within_days },
                FeeEntry::SetByProvince(_) => FeeRule::SetByProvince,
            },
            fee_text: self.fee_text,
            documents: self
                .documents
                .into_iter()
                .map(DocumentEntry::into_document)
                .collect(),
            nicknames: self.nicknames,
        }
    }
}

impl DocumentEntry {
    fn into_document(self) -> RequiredDocument {
        RequiredDocument {
            id: self.id,
            name: self.name.into_domain(),
            originals: self.originals,
            copies: self.copies,
            way: match self.way {
                WayEntry::Submit => PaperWay::Submit,
                WayEntry::Show => PaperWay::Show,
            },
            when: self.when.map(Text::into_domain),
        }
    }
}

impl CalendarFile {
    fn into_calendar(self) -> Calendar {
        let mut days_off = Vec::new();
        let mut makeup = Vec::new();
        for year in self.years {
            makeup.extend(year.makeup_days);
            days_off.extend(year.days_off.into_iter().map(|day| DayOff {
                date: day.date,
                name_vi: day.name_vi,
                name_en: day.name_en,
            }));
        }
        let rest = self
            .weekly_rest
            .into_iter()
            .map(WeekdayEntry::weekday)
            .collect();
        let hours = OfficeHours {
            morning: self.hours.morning,
            afternoon: self.hours.afternoon,
        };
        Calendar::new(days_off, makeup, rest, hours, self.last_published_year)
    }
}

impl WeekdayEntry {
    fn weekday(self) -> Weekday {
        match self {
            WeekdayEntry::Monday => Weekday::Monday,
            WeekdayEntry::Tuesday => Weekday::Tuesday,
            WeekdayEntry::Wednesday => Weekday::Wednesday,
            WeekdayEntry::Thursday => Weekday::Thursday,
            WeekdayEntry::Friday => Weekday::Friday,
            WeekdayEntry::Saturday => Weekday::Saturday,
            WeekdayEntry::Sunday => Weekday::Sunday,
        }
    }
}
