//! One page with everything on it, and the procedure that it gives where it was understood.
//!
//! Not here: own fields, nicknames and exemptions, which no page tells (curated procedures have them).

use jiff::civil::Date;
use onedoor_domain::due::Term;
use onedoor_domain::fee::{FeeItem, FeeRule, FeeSchedule};
use onedoor_domain::procedure::{
    Bilingual, Case as ProcedureCase, PaperWay, Procedure, RequiredDocument,
};
use onedoor_domain::text::fold;

use super::Listed;
use crate::portal::{
    self, Case, Doubt, Entry, FeeValue, Field, FilingWay, Paper, PaperKind, SourceRow, TimeValue,
    Unit,
};

/// A page with everything on it.
#[derive(Debug, Clone)]
pub struct Details {
    /// The page, verbatim.
    pub row: SourceRow,
    /// The page, read.
    pub entry: Entry,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; `None` while no end is known.
    pub until: Option<Date>,
    /// The code that takes its place.
    pub replaced_by: Option<String>,
}

/// Why a page gives no procedure: a filing could not be given a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotConverted {
    /// The page has no row for filing at the counter.
    NotAtCounter,
    /// The page states no time.
    TimeNotStated,
    /// No result is given back.
    NoResult,
    /// The page has different times for the counter, in several rows or in one: the descriptions tell which holds when.
    SeveralTimes,
    /// The time was not understood.
    Time(Doubt),
}

impl Details {
    pub(super) fn new(row: SourceRow, listed: &Listed<'_>) -> Self {
        Details {
            entry: portal::read(&row),
            row,
            from: listed.from,
            until: listed.until,
            replaced_by: listed.replaced_by.map(str::to_owned),
        }
    }

    /// What a person must look at before relying on the page at the counter.
    pub fn doubts(&self) -> Vec<(Field, Doubt)> {
        self.entry.doubts()
    }

    /// The doubts of single papers, by the id that [`Details::procedure`] gives them; papers without doubt are left out.
    pub fn paper_doubts(&self) -> Vec<(String, Vec<Doubt>)> {
        let papers = self.entry.documents.papers();
        papers
            .filter(|paper| is_asked(paper))
            .zip(1..)
            .filter(|(paper, _)| !paper.doubts.is_empty())
            .map(|(paper, number)| (document_id(number), paper.doubts.clone()))
            .collect()
    }

    /// The procedure as the desk works with it. A fee in doubt is [`FeeRule::Unstated`]; papers are as their counts
    /// say; what is in doubt stands in [`Details::doubts`]. Nothing of it counts as checked.
    ///
    /// # Errors
    /// [`NotConverted`] when the page gives no time limit that can be relied on.
    pub fn procedure(&self) -> Result<Procedure, NotConverted> {
        let way = self.entry.direct().next();
        let way = way.ok_or(NotConverted::NotAtCounter)?;
        let doubts = self.doubts();
        if let Some((_, doubt)) = doubts.iter().find(|(field, _)| *field == Field::Time) {
            return Err(NotConverted::Time(*doubt));
        }
        if self
            .entry
            .direct()
            .any(|row| row.time.value != way.time.value)
        {
            return Err(NotConverted::SeveralTimes);
        }
        let term = term(way.time.value)?;
        Ok(self.convert(term, way, self.fees(way)))
    }

    /// The procedure with a time limit that a person answers for, whatever the page says of it: for pages whose time
    /// was not understood. `None` when the page has no row for the counter.
    pub fn with_term(&self, term: Term) -> Option<Procedure> {
        let way = self.entry.direct().next()?;
        Some(self.convert(term, way, self.fees(way)))
    }

    /// The page as a checklist, whatever its ways: the term in here is meaningless, and what a page without a row for the
    /// counter says of time and fee is that of its first row.
    pub fn sheet(&self) -> Procedure {
        let unread = Term::WorkingDays(0);
        if let Some(procedure) = self.with_term(unread) {
            return procedure;
        }
        let (cases, documents) = checklist(&self.entry.documents.cases);
        let first = self.entry.ways.rows.first();
        Procedure {
            field: vietnamese(&self.row.field),
            decision: self.row.decision.clone(),
            agency: self.row.levels.join(", "),
            term_text: first.map_or_else(String::new, term_text),
            fee_text: first.map_or_else(String::new, |way| way.fee.text.clone()),
            cases,
            documents,
            until: self.until,
            ..Procedure::bare(
                &self.row.code,
                vietnamese(&self.row.title),
                self.from,
                unread,
            )
        }
    }

    /// The fees as rules, where every row for the counter says the same and nothing is in doubt.
    fn fees(&self, way: &FilingWay) -> FeeSchedule {
        let several = self
            .entry
            .direct()
            .any(|row| row.fee.value != way.fee.value);
        let doubted = self.doubts().iter().any(|(field, _)| *field == Field::Fee);
        match several || doubted {
            true => FeeSchedule::unstated(),
            false => schedule(way),
        }
    }

    fn convert(&self, term: Term, way: &FilingWay, fees: FeeSchedule) -> Procedure {
        let (cases, documents) = checklist(&self.entry.documents.cases);
        Procedure {
            field: vietnamese(&self.row.field),
            decision: self.row.decision.clone(),
            agency: self.row.levels.join(", "),
            term_text: term_text(way),
            fee_text: way.fee.text.clone(),
            fees,
            cases,
            documents,
            until: self.until,
            ..Procedure::bare(&self.row.code, vietnamese(&self.row.title), self.from, term)
        }
    }
}

fn vietnamese(text: &str) -> Bilingual {
    Bilingual {
        vi: text.to_owned(),
        en: None,
    }
}

fn term(time: TimeValue) -> Result<Term, NotConverted> {
    match time {
        TimeValue::NotStated => Err(NotConverted::TimeNotStated),
        TimeValue::NoResult => Err(NotConverted::NoResult),
        TimeValue::ByCase => Err(NotConverted::SeveralTimes),
        TimeValue::Unitless(_) => Err(NotConverted::Time(Doubt::UnitMissing)),
        TimeValue::Unknown => Err(NotConverted::Time(Doubt::TimeNotUnderstood)),
        TimeValue::Limit { number, unit } => Ok(match unit {
            Unit::WorkingDays => Term::WorkingDays(number),
            Unit::Days => Term::Days(number),
            Unit::Months => Term::Months(number),
            Unit::Hours => Term::Hours(number),
        }),
    }
}

/// The page's words for the time: the cell's, or the description's where the cell is silent.
fn term_text(way: &FilingWay) -> String {
    match way.time.in_note {
        true => way.note.trim().to_owned(),
        false => way.time.text.clone(),
    }
}

fn schedule(way: &FilingWay) -> FeeSchedule {
    let rule = match way.fee.value {
        FeeValue::Free => FeeRule::Free,
        FeeValue::SetByProvince => FeeRule::SetByProvince,
        FeeValue::NotStated | FeeValue::InWords | FeeValue::Unknown => {
            return FeeSchedule::unstated();
        }
        FeeValue::Amount(amount) => match way.fee.per.as_deref().map(fold).as_deref() {
            None
            | Some(
                "lan" | "lan cap" | "ho so" | "giay" | "giay phep" | "giay chung nhan" | "the"
                | "so",
            ) => FeeRule::Flat { amount },
            Some("ban" | "ban sao") => FeeRule::PerCopy { amount },
            Some("nguoi") => FeeRule::PerPerson { amount },
            Some("truong hop" | "giao dich" | "viec") => FeeRule::PerCase { amount },
            // Paid for something that the desk does not count (a piece, a tonne): a person types the sum.
            Some(_) => return FeeSchedule::unstated(),
        },
    };
    let label = Bilingual {
        vi: "Phí, lệ phí".to_owned(),
        en: Some("Fee".to_owned()),
    };
    FeeSchedule {
        items: vec![FeeItem::new("f1", label, rule)],
        exemptions: Vec::new(),
    }
}

/// The cases that exclude each other, and the papers of all; notes are no papers.
fn checklist(tables: &[Case]) -> (Vec<ProcedureCase>, Vec<RequiredDocument>) {
    let mut cases = Vec::new();
    let mut documents = Vec::new();
    for table in tables {
        let (case, when) = heading(table, cases.len());
        let id = case.as_ref().map(|case| case.id.clone());
        cases.extend(case);
        let papers = table.papers.iter().filter(|paper| is_asked(paper));
        for paper in papers {
            let number = documents.len() + 1;
            documents.push(document(paper, number, id.clone(), when.clone()));
        }
    }
    (cases, documents)
}

/// Notes are no papers.
fn is_asked(paper: &Paper) -> bool {
    paper.kind != PaperKind::Note
}

fn document_id(number: usize) -> String {
    format!("d{number}")
}

/// A heading names a case when it says so; other headings that name anything are shown as a condition.
fn heading(table: &Case, cases: usize) -> (Option<ProcedureCase>, Option<Bilingual>) {
    let Some(label) = table.label() else {
        return (None, None);
    };
    let folded = fold(label);
    let opening = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    if folded.contains("truong hop") || folded.contains("doi voi") {
        let case = ProcedureCase {
            id: format!("c{}", cases + 1),
            label: vietnamese(label),
        };
        return (Some(case), None);
    }
    let general = ["giay to", "cac giay to", "thanh phan", "ho so", "bao gom"];
    let is_general = general.iter().any(|word| opening.starts_with(word));
    (None, (!is_general).then(|| vietnamese(label)))
}

fn document(
    paper: &Paper,
    number: usize,
    case: Option<String>,
    when: Option<Bilingual>,
) -> RequiredDocument {
    let (originals, copies) = match paper.choice {
        // As many of the one as of the other, whichever column says it.
        true => [paper.originals.max(paper.copies); 2].into(),
        false => (paper.originals, paper.copies),
    };
    RequiredDocument {
        id: document_id(number),
        name: vietnamese(paper.name()),
        originals,
        copies,
        choice: paper.choice,
        way: match paper.kind {
            PaperKind::Show => PaperWay::Show,
            PaperKind::Submit | PaperKind::Note => PaperWay::Submit,
        },
        when,
        case,
    }
}
