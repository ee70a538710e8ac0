//! What may be wrong with a curated procedure, told by its code and place.
//!
//! Not here: single fees and fields, whose checks belong to the domain, and whether a text is that of the law.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use onedoor_domain::fee::FeeProblem;
use onedoor_domain::fields::{FieldKind, SpecProblem, spec_problems};
use onedoor_domain::procedure::{Procedure, RequiredDocument};

/// Something wrong with one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProblem {
    /// The procedure's code.
    pub code: String,
    /// What is wrong.
    pub wrong: EntryWrong,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryWrong {
    /// The code stands twice with this version.
    TwiceVersion(u32),
    /// Two versions of the code hold on the same day.
    Overlap {
        /// The version that stands first.
        first: u32,
        /// The other.
        second: u32,
    },
    /// It has no title.
    NoTitle,
    /// It ends before it begins.
    EndsBefore,
    /// Two cases have this id.
    TwiceCase(String),
    /// No paper, fee or field names the case.
    UnusedCase(String),
    /// Two papers have this id.
    TwiceDocument(String),
    /// A paper or fee belongs to a case that does not exist.
    UnknownCase {
        /// The paper or fee.
        place: String,
        /// The case that it names.
        case: String,
    },
    /// A paper of which neither original nor copy is asked for: a note, not a paper.
    NoPaper(String),
    /// A paper whose condition only says its case again: a sheet would print it twice, and it would count as conditional.
    RepeatsCase(String),
    /// Two grounds for a longer term have this id.
    TwiceExtension(String),
    /// The fee depends on a date that no field of this id asks for.
    EventField(String),
    /// A fee.
    Fee(FeeProblem),
    /// An own field.
    Field(SpecProblem),
}

impl fmt::Display for EntryProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.code)?;
        match &self.wrong {
            EntryWrong::TwiceVersion(version) => write!(out, "version {version} stands twice"),
            EntryWrong::Overlap { first, second } => {
                write!(out, "versions {first} and {second} hold on the same day")
            }
            EntryWrong::NoTitle => write!(out, "no title"),
            EntryWrong::EndsBefore => write!(out, "ends before it begins"),
            EntryWrong::TwiceCase(id) => write!(out, "case {id} stands twice"),
            EntryWrong::UnusedCase(id) => write!(out, "nothing names case {id}"),
            EntryWrong::TwiceDocument(id) => write!(out, "document {id} stands twice"),
            EntryWrong::UnknownCase { place, case } => {
                write!(out, "{place} names case {case}, which does not exist")
            }
            EntryWrong::NoPaper(id) => {
                write!(out, "document {id} asks for neither original nor copy")
            }
            EntryWrong::RepeatsCase(id) => {
                write!(out, "the condition of document {id} only repeats its case")
            }
            EntryWrong::TwiceExtension(id) => write!(out, "extension {id} stands twice"),
            EntryWrong::EventField(id) => write!(out, "the fee needs a date field {id}"),
            EntryWrong::Fee(problem) => write!(out, "fee: {problem:?}"),
            EntryWrong::Field(problem) => write!(out, "field: {problem:?}"),
        }
    }
}

/// The versions of every code, over all files.
#[derive(Default)]
pub(super) struct Versions(BTreeMap<String, Vec<Version>>);

struct Version {
    number: u32,
    from: Date,
    until: Option<Date>,
}

impl Versions {
    /// Takes one more version, and says with which of those before it can't stand.
    pub(super) fn take(&mut self, procedure: &Procedure) -> Vec<EntryProblem> {
        let known = self.0.entry(procedure.code.clone()).or_default();
        let new = Version {
            number: procedure.version,
            from: procedure.from,
            until: procedure.until,
        };
        let ends_before =
            |one: &Version, other: &Version| one.until.is_some_and(|until| until < other.from);
        let wrong = known.iter().filter_map(|old| {
            if old.number == new.number {
                return Some(EntryWrong::TwiceVersion(new.number));
            }
            let apart = ends_before(old, &new) || ends_before(&new, old);
            (!apart).then_some(EntryWrong::Overlap {
                first: old.number,
                second: new.number,
            })
        });
        let code = &procedure.code;
        let problems = wrong
            .map(|wrong| EntryProblem {
                code: code.clone(),
                wrong,
            })
            .collect();
        known.push(new);
        problems
    }
}

/// Everything that is wrong with a procedure.
pub(super) fn problems(procedure: &Procedure) -> Vec<EntryProblem> {
    let mut wrong = Vec::new();
    if procedure.title.vi.trim().is_empty() {
        wrong.push(EntryWrong::NoTitle);
    }
    if procedure.until.is_some_and(|until| until < procedure.from) {
        wrong.push(EntryWrong::EndsBefore);
    }
    cases(procedure, &mut wrong);
    let documents = procedure.documents.iter();
    wrong.extend(twice(documents.clone().map(|paper| &paper.id)).map(EntryWrong::TwiceDocument));
    let nothing = documents.filter(|paper| paper.originals == 0 && paper.copies == 0);
    wrong.extend(nothing.map(|paper| EntryWrong::NoPaper(paper.id.clone())));
    wrong.extend(repeated(procedure));
    let extensions = procedure.extensions.iter().map(|extension| &extension.id);
    wrong.extend(twice(extensions).map(EntryWrong::TwiceExtension));
    wrong.extend(procedure.fees.problems().into_iter().map(EntryWrong::Fee));
    let ids: Vec<&str> = procedure
        .cases
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    let fields = spec_problems(&procedure.fields, &ids);
    wrong.extend(fields.into_iter().map(EntryWrong::Field));
    wrong.extend(event(procedure));
    wrong
        .into_iter()
        .map(|wrong| EntryProblem {
            code: procedure.code.clone(),
            wrong,
        })
        .collect()
}

fn cases(procedure: &Procedure, wrong: &mut Vec<EntryWrong>) {
    let ids = procedure.cases.iter().map(|case| &case.id);
    wrong.extend(twice(ids.clone()).map(EntryWrong::TwiceCase));
    let known: BTreeSet<&String> = ids.collect();
    let papers = procedure.documents.iter();
    let papers = papers.map(|paper| (format!("document {}", paper.id), paper.case.as_ref()));
    let fees = procedure.fees.items.iter();
    let fees = fees.map(|fee| (format!("fee {}", fee.id), fee.case.as_ref()));
    let fields = procedure.fields.iter().map(|field| field.case.as_ref());
    let mut used: BTreeSet<&String> = fields.flatten().collect();
    for (place, case) in papers.chain(fees) {
        let Some(case) = case else { continue };
        used.insert(case);
        if !known.contains(case) {
            let case = case.clone();
            wrong.push(EntryWrong::UnknownCase { place, case });
        }
    }
    let unused = known.into_iter().filter(|id| !used.contains(id));
    wrong.extend(unused.map(|id| EntryWrong::UnusedCase(id.clone())));
}

/// The papers whose condition says no more than the case that they belong to.
fn repeated(procedure: &Procedure) -> impl Iterator<Item = EntryWrong> {
    let label = |id: &String| procedure.cases.iter().find(|case| case.id == *id);
    let repeats = move |paper: &&RequiredDocument| {
        let case = paper.case.as_ref().and_then(label);
        let when = paper.when.as_ref();
        case.zip(when)
            .is_some_and(|(case, when)| case.label.vi.trim() == when.vi.trim())
    };
    let papers = procedure.documents.iter().filter(repeats);
    papers.map(|paper| EntryWrong::RepeatsCase(paper.id.clone()))
}

fn event(procedure: &Procedure) -> Option<EntryWrong> {
    let id = procedure.fees.event_field()?;
    let asked = |kind: &FieldKind| matches!(kind, FieldKind::Date { .. } | FieldKind::Birth);
    let found = procedure
        .fields
        .iter()
        .any(|field| field.id == id && asked(&field.kind));
    (!found).then(|| EntryWrong::EventField(id.to_owned()))
}

/// The ids that stand twice, each as often as it stands again.
fn twice<'i>(ids: impl Iterator<Item = &'i String>) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    ids.filter(move |id| !seen.insert(*id)).cloned()
}
