//! A page of the national portal, read: every text verbatim, its value beside it, and what could not be understood
//! named. Nothing is dropped (the verbatim pieces joined are the source again) and nothing is guessed.
//!
//! Pure and linear: any text gives an entry, none a panic. Not here: how pages are packed and found (`national`,
//! `find`), and the procedure that the desk works with (`national::Details::procedure`).

mod fee;
mod papers;
mod prose;
mod time;
mod ways;

use serde::{Deserialize, Serialize};

pub use fee::{Fee, FeeValue};
pub use papers::{Case, Documents, Form, Paper, PaperKind};
pub use time::{Time, TimeValue, Unit};
pub use ways::{FilingWay, Way, Ways};

/// A page as the portal publishes it; absent texts are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceRow {
    /// The national code, such as `1.001193`.
    pub code: String,
    /// The official title.
    pub title: String,
    /// The decision that publishes it.
    pub decision: String,
    /// The levels of administration that decide: `Cấp bộ`, `Cấp tỉnh`, `Cấp xã`, `Cơ quan khác`.
    pub levels: Vec<String>,
    /// The kind of procedure (loại thủ tục).
    pub category: Option<String>,
    /// The field of administration (lĩnh vực).
    pub field: String,
    /// Whom it is for (đối tượng).
    pub audience: String,
    /// The ministry, as the crawl names it.
    pub ministry: String,
    /// Ways of filing with time, fee and description, all cells of a table in one run.
    pub filing_ways_text: String,
    /// The papers, all cells of their tables in one run.
    pub documents_text: Option<String>,
    /// Conditions.
    pub conditions_text: Option<String>,
    /// Results.
    pub results_text: Option<String>,
    /// The page's address.
    pub source_url: String,
}

/// A page, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Ways of filing.
    pub ways: Ways,
    /// Papers by case.
    pub documents: Documents,
}

/// A part of a page that a filing at the counter depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The time limit.
    Time,
    /// The fee.
    Fee,
    /// The tables of papers.
    Papers,
    /// Single lines of the tables of papers: each carries its doubt itself, the rest of the table is read.
    Lines,
}

/// Why a part of a page needs a person's eyes. The list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The time is a number without a unit.
    UnitMissing,
    /// The number of the time and that of the fee stand together without a border (`120 VNĐ`).
    NumberGluedToFee,
    /// The time is no number and not one of the portal's fixed phrases.
    TimeNotUnderstood,
    /// The cell says one thing, the words beside it another.
    CellAndTextDisagree,
    /// An amount of đồng below 1,000: most likely thousands, but the page does not say so.
    AmountImplausible,
    /// The fee is neither an amount nor one of the portal's fixed phrases.
    FeeNotUnderstood,
    /// A bracket is opened and none is closed: text was cut off.
    BracketOpen,
    /// The page lists no way of filing, or the text is no table.
    NoWays,
    /// The papers are no table.
    PapersNotSplit,
    /// The count of papers stands glued to a number before it.
    CountGlued,
    /// A count without the name of a paper.
    PaperUnnamed,
    /// Text after the last paper that has no count.
    PaperWithoutCount,
    /// The paper is a copy by its name and an original by its count.
    CopyOrOriginal,
    /// The name states other numbers of originals or copies than the count.
    NumbersDiffer,
    /// A remark by its heading, a paper by its count.
    RemarkCounted,
    /// The heading asks to show and to hand in.
    ShownOrSubmitted,
}

impl Doubt {
    /// Every reason there is, in the order in which lists show them.
    pub const ALL: [Doubt; 16] = [
        Doubt::UnitMissing,
        Doubt::NumberGluedToFee,
        Doubt::TimeNotUnderstood,
        Doubt::CellAndTextDisagree,
        Doubt::AmountImplausible,
        Doubt::FeeNotUnderstood,
        Doubt::BracketOpen,
        Doubt::NoWays,
        Doubt::PapersNotSplit,
        Doubt::CountGlued,
        Doubt::PaperUnnamed,
        Doubt::PaperWithoutCount,
        Doubt::CopyOrOriginal,
        Doubt::NumbersDiffer,
        Doubt::RemarkCounted,
        Doubt::ShownOrSubmitted,
    ];

    /// A stable name for data and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::UnitMissing => "unit_missing",
            Doubt::NumberGluedToFee => "number_glued_to_fee",
            Doubt::TimeNotUnderstood => "time_not_understood",
            Doubt::CellAndTextDisagree => "cell_and_text_disagree",
            Doubt::AmountImplausible => "amount_implausible",
            Doubt::FeeNotUnderstood => "fee_not_understood",
            Doubt::BracketOpen => "bracket_open",
            Doubt::NoWays => "no_ways",
            Doubt::PapersNotSplit => "papers_not_split",
            Doubt::CountGlued => "count_glued",
            Doubt::PaperUnnamed => "paper_unnamed",
            Doubt::PaperWithoutCount => "paper_without_count",
            Doubt::CopyOrOriginal => "copy_or_original",
            Doubt::NumbersDiffer => "numbers_differ",
            Doubt::RemarkCounted => "remark_counted",
            Doubt::ShownOrSubmitted => "shown_or_submitted",
        }
    }
}

/// Reads a page. Works on any text, also none, in time linear to its length.
pub fn read(row: &SourceRow) -> Entry {
    Entry {
        ways: ways::read(&row.filing_ways_text),
        documents: papers::read(row.documents_text.as_deref().unwrap_or_default()),
    }
}

impl Entry {
    /// The rows that hold at the counter.
    pub fn direct(&self) -> impl Iterator<Item = &FilingWay> {
        self.ways.rows.iter().filter(|row| row.way == Way::Direct)
    }

    /// What a person must look at before a filing at the counter can rely on the page, each reason once.
    ///
    /// A page without a row for the counter is not in doubt for that: it says that one files elsewhere.
    pub fn doubts(&self) -> Vec<(Field, Doubt)> {
        let mut found: Vec<(Field, Doubt)> = Vec::new();
        found.extend(self.ways.doubts.iter().map(|doubt| (Field::Time, *doubt)));
        for row in self.direct() {
            found.extend(row.time.doubts.iter().map(|doubt| (Field::Time, *doubt)));
            found.extend(row.fee.doubts.iter().map(|doubt| (Field::Fee, *doubt)));
        }
        let tables = self.documents.doubts.iter();
        found.extend(tables.map(|doubt| (Field::Papers, *doubt)));
        let lines = self.documents.papers().flat_map(|paper| &paper.doubts);
        found.extend(lines.map(|doubt| (Field::Lines, *doubt)));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a person must look at time, fee or the tables of papers before a filing at the counter can rely on the
    /// page. A single line in doubt is marked where it stands, in the checklist.
    pub fn needs_review(&self) -> bool {
        self.doubts()
            .iter()
            .any(|(field, _)| *field != Field::Lines)
    }
}
