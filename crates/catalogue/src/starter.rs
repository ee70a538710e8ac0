//! The curated procedures that ship with the program. Not here: the national pages and their import.

use crate::calendar::CalendarFile;
use jiff::civil::{Date, Time};
use onedoor_domain::{
    calendar::Calendar,
    due::Term,
    fee::{FeeRule, FeeSchedule},
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
    checked: bool,
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
            extensions: Vec::new(),
            fees: FeeSchedule::single(
                Bilingual {
                    vi: "Lệ phí".to_owned(),
                    en: Some("Fee".to_owned()),
                },
                match self.fee {
                    FeeEntry::Free(_) => FeeRule::Free,
                    FeeEntry::PerCopy(amount) => FeeRule::PerCopy {
                        amount: Money::vnd(amount),
                    },
                    FeeEntry::Flat(amount) => FeeRule::Flat {
                        amount: Money::vnd(amount),
                    },
                    FeeEntry::OnTime(within_days) => FeeRule::OnTime {
                        within_days,
                        event: None,
                        late: Box::new(FeeRule::SetByProvince),
                    },
                    FeeEntry::SetByProvince(_) => FeeRule::SetByProvince,
                },
            ),
            cases: Vec::new(),
            fields: Vec::new(),
            checked: self.checked,
            until: None,
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
            case: None,
        }
    }
}
