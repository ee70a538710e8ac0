//! The file of procedures that were worked out by hand: cases, papers by case, own fields, fees as rules.
//!
//! Amounts are whole đồng, or `{"usd_cents": 7000}`. A term of `null` means that no text states one.
//! Not here: the checks of what was read (`check`), and which files ship (`starter`).

mod check;
mod fees;
mod fields;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use onedoor_domain::due::Term;
use onedoor_domain::procedure::{
    Bilingual, Case, PaperWay, Procedure, RequiredDocument, TermExtension,
};
use serde::Deserialize;

use crate::starter::Listed;

pub use check::{EntryProblem, EntryWrong};

/// A file of curated procedures.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its name, for messages.
    pub file: &'a str,
    /// Its text.
    pub json: &'a str,
}

/// Why files of curated procedures can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// It is no JSON of this shape; the reader's message has the line.
    #[error("{file}: {source}")]
    Json {
        /// The file.
        file: String,
        /// What the reader says.
        source: serde_json::Error,
    },
    /// Entries contradict themselves or each other.
    #[error("{file}: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Wrong {
        /// The file.
        file: String,
        /// All that is wrong, in the file's order.
        problems: Vec<EntryProblem>,
    },
}

/// What the files held.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) listed: Vec<Listed>,
    pub(crate) notes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    procedures: Vec<Entry>,
}

#[derive(Deserialize)]
struct Text {
    vi: String,
    en: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    version: u32,
    from: Date,
    until: Option<Date>,
    title: Text,
    field: Text,
    decision: String,
    agency: String,
    term: Option<TermEntry>,
    term_text: String,
    #[serde(default)]
    extensions: Vec<ExtensionEntry>,
    fees: fees::Entry,
    fee_text: String,
    #[serde(default)]
    cases: Vec<CaseEntry>,
    documents: Vec<DocumentEntry>,
    #[serde(default)]
    fields: Vec<fields::Entry>,
    nicknames: Vec<String>,
    checked: bool,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum TermEntry {
    SameDay { cutoff: Time },
    WorkingDays(u16),
    Days(u16),
    Months(u16),
    Hours(u16),
}

#[derive(Deserialize)]
struct ExtensionEntry {
    id: String,
    reason: Text,
    working_days: u16,
}

#[derive(Deserialize)]
struct CaseEntry {
    id: String,
    label: Text,
}

#[derive(Deserialize)]
struct DocumentEntry {
    id: String,
    name: Text,
    originals: u16,
    copies: u16,
    way: WayEntry,
    when: Option<Text>,
    case: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WayEntry {
    Submit,
    Show,
}

/// Reads the files in their order.
pub(crate) fn read(sources: &[Source<'_>]) -> Result<Read, CatalogueError> {
    let mut read = Read::default();
    let mut versions = check::Versions::default();
    for source in sources {
        let file: File =
            serde_json::from_str(source.json).map_err(|error| CatalogueError::Json {
                file: source.file.to_owned(),
                source: error,
            })?;
        let mut problems = Vec::new();
        for entry in file.procedures {
            let note = entry.note.clone();
            let (procedure, has_term) = entry.into_procedure();
            problems.extend(versions.take(&procedure));
            problems.extend(check::problems(&procedure));
            if !note.is_empty() {
                read.notes.insert(procedure.code.clone(), note);
            }
            if has_term {
                read.procedures.push(procedure);
            } else {
                read.listed.push(Listed { procedure });
            }
        }
        if !problems.is_empty() {
            return Err(CatalogueError::Wrong {
                file: source.file.to_owned(),
                problems,
            });
        }
    }
    Ok(read)
}

impl Text {
    fn into_domain(self) -> Bilingual {
        Bilingual {
            vi: self.vi,
            en: self.en,
        }
    }
}

impl Entry {
    /// The procedure, and whether its term is known: the domain has no word for an unknown one.
    fn into_procedure(self) -> (Procedure, bool) {
        let term = self.term.map(TermEntry::into_domain);
        let procedure = Procedure {
            code: self.code,
            version: self.version,
            from: self.from,
            until: self.until,
            title: self.title.into_domain(),
            field: self.field.into_domain(),
            decision: self.decision,
            agency: self.agency,
            term: term.unwrap_or(Term::WorkingDays(0)),
            term_text: self.term_text,
            extensions: self
                .extensions
                .into_iter()
                .map(ExtensionEntry::into_domain)
                .collect(),
            fees: self.fees.into_domain(),
            fee_text: self.fee_text,
            cases: self.cases.into_iter().map(CaseEntry::into_domain).collect(),
            documents: self
                .documents
                .into_iter()
                .map(DocumentEntry::into_domain)
                .collect(),
            fields: self
                .fields
                .into_iter()
                .map(fields::Entry::into_domain)
                .collect(),
            nicknames: self.nicknames,
            checked: self.checked,
        };
        (procedure, term.is_some())
    }
}

impl TermEntry {
    fn into_domain(self) -> Term {
        match self {
            TermEntry::SameDay { cutoff } => Term::SameDay { cutoff },
            TermEntry::WorkingDays(n) => Term::WorkingDays(n),
            TermEntry::Days(n) => Term::Days(n),
            TermEntry::Months(n) => Term::Months(n),
            TermEntry::Hours(n) => Term::Hours(n),
        }
    }
}

impl ExtensionEntry {
    fn into_domain(self) -> TermExtension {
        TermExtension {
            id: self.id,
            reason: self.reason.into_domain(),
            working_days: self.working_days,
        }
    }
}

impl CaseEntry {
    fn into_domain(self) -> Case {
        Case {
            id: self.id,
            label: self.label.into_domain(),
        }
    }
}

impl DocumentEntry {
    fn into_domain(self) -> RequiredDocument {
        RequiredDocument {
            id: self.id,
            name: self.name.into_domain(),
            originals: self.originals,
            copies: self.copies,
            choice: false,
            way: match self.way {
                WayEntry::Submit => PaperWay::Submit,
                WayEntry::Show => PaperWay::Show,
            },
            when: self.when.map(Text::into_domain),
            case: self.case,
        }
    }
}
