//! A procedure as the catalogue describes it, and finding one by what a clerk types.
//!
//! Not here: where the catalogue comes from, its versions over time, and which procedures an office offers.

mod find;

use jiff::civil::Date;

use crate::due::Term;
use crate::fee::FeeSchedule;
use crate::fields::FieldSpec;

pub use find::{Findable, Finder, find};

/// A text of the catalogue: Vietnamese always, English where someone wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// The Vietnamese text, verbatim from its source.
    pub vi: String,
    /// The English text.
    pub en: Option<String>,
}

/// What happens to a required paper at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperWay {
    /// It is handed in and kept with the filing.
    Submit,
    /// It is shown and given back.
    Show,
}

/// A line of the procedure's checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredDocument {
    /// Stable within the procedure (`d1`, `d2`, …).
    pub id: String,
    /// What the paper is.
    pub name: Bilingual,
    /// Originals asked for.
    pub originals: u16,
    /// Copies asked for.
    pub copies: u16,
    /// Whether the applicant brings the originals or the copies, as they like; otherwise both.
    pub choice: bool,
    /// Handed in or shown.
    pub way: PaperWay,
    /// The condition under which it is asked for, in words, beside its case; `None` means always in that case.
    pub when: Option<Bilingual>,
    /// The case of the procedure in which it is asked for, by id; `None` means in each.
    pub case: Option<String>,
}

/// A case (trường hợp) that a procedure tells apart: what is asked for and paid may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Stable within the procedure.
    pub id: String,
    /// What the clerk reads.
    pub label: Bilingual,
}

/// A ground on which the term may be longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermExtension {
    /// Stable within the procedure (`v1`, `v2`, …).
    pub id: String,
    /// The ground, such as a verification elsewhere.
    pub reason: Bilingual,
    /// At most so many working days more.
    pub working_days: u16,
}

/// One version of an entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// The national code, such as `1.001193`.
    pub code: String,
    /// Counts up with each version of this code.
    pub version: u32,
    /// The first day on which this version holds.
    pub from: Date,
    /// The official title.
    pub title: Bilingual,
    /// The field of administration (lĩnh vực).
    pub field: Bilingual,
    /// The decision that publishes it; empty when not known.
    pub decision: String,
    /// The kind of agency that decides.
    pub agency: String,
    /// The time limit as a rule.
    pub term: Term,
    /// The time limit verbatim.
    pub term_text: String,
    /// The grounds on which the term may be longer.
    pub extensions: Vec<TermExtension>,
    /// The fees as rules.
    pub fees: FeeSchedule,
    /// The fees verbatim.
    pub fee_text: String,
    /// The cases that it tells apart; none means that there is only one.
    pub cases: Vec<Case>,
    /// The checklist.
    pub documents: Vec<RequiredDocument>,
    /// What is typed beyond person and papers.
    pub fields: Vec<FieldSpec>,
    /// Short names that clerks type, such as `ks`.
    pub nicknames: Vec<String>,
    /// Whether term, fees and papers were compared with an official text.
    pub checked: bool,
    /// The last day on which this version holds; `None` while no end is known.
    pub until: Option<Date>,
}

impl Procedure {
    /// An entry of which only code, title, day of effect and term are known: no papers, no fields, a fee that is not known,
    /// not checked. For struct update.
    pub fn bare(code: &str, title: Bilingual, from: Date, term: Term) -> Self {
        Procedure {
            code: code.to_owned(),
            version: 1,
            from,
            title,
            field: Bilingual {
                vi: String::new(),
                en: None,
            },
            decision: String::new(),
            agency: String::new(),
            term,
            term_text: String::new(),
            extensions: Vec::new(),
            fees: FeeSchedule::unstated(),
            fee_text: String::new(),
            cases: Vec::new(),
            documents: Vec::new(),
            fields: Vec::new(),
            nicknames: Vec::new(),
            checked: false,
            until: None,
        }
    }

    /// Whether this version holds on `day`; both ends are included.
    pub fn in_force(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// The papers that the chosen cases ask for, in their order.
    pub fn documents_in<'a>(
        &'a self,
        cases: &'a [&'a str],
    ) -> impl Iterator<Item = &'a RequiredDocument> {
        let asked =
            |case: &Option<String>| case.as_deref().is_none_or(|case| cases.contains(&case));
        self.documents
            .iter()
            .filter(move |document| asked(&document.case))
    }
}
