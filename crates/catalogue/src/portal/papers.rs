//! The tables of papers, one for each case, whose cells the portal gives in one run.
//!
//! A line ends with its count (`1 bản chính,1 bản sao`); a table begins with its heading row; what stands between a
//! count and the next heading row names the case. Not here: which papers a filing needs (the clerk's checklist).

use onedoor_domain::text::fold;

use super::Doubt;

mod asked;
mod counts;
mod kinds;
mod names;

pub use names::Form;

/// All papers of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// The tables, in the page's order.
    pub cases: Vec<Case>,
    /// What stands behind the last count, verbatim: a remark, or what is doubted; the whole text where it is no table.
    pub rest: String,
    /// Doubts about the tables as a whole.
    pub doubts: Vec<Doubt>,
}

/// One table: a case (trường hợp) and its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What names the case, verbatim; `--` where the page names none.
    pub heading: String,
    /// Its papers and notes.
    pub papers: Vec<Paper>,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Name and form's file, verbatim.
    pub text: String,
    /// The count, verbatim.
    pub cell: String,
    /// Originals asked for, as name and count say together.
    pub originals: u16,
    /// Copies asked for, as name and count say together.
    pub copies: u16,
    /// Whether the applicant chooses between originals and copies; the numbers are then those of the count.
    pub choice: bool,
    /// What the line is.
    pub kind: PaperKind,
    /// The form that is offered for it.
    pub form: Form,
    /// Why a person must look; empty when it was understood.
    pub doubts: Vec<Doubt>,
}

/// What a line of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// A paper that is handed in.
    Submit,
    /// A paper that is shown and given back.
    Show,
    /// A remark: 0 originals and 0 copies and a name that asks for none, or a name and a heading that both say so.
    Note,
}

/// The heading row of a table, verbatim.
const HEADING_ROW: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
/// Headings longer than this are prose, of which single words prove nothing. In characters.
const SHORT_HEADING: usize = 90;

impl Documents {
    /// All verbatim pieces joined: the source again, byte for byte.
    pub fn verbatim(&self) -> String {
        let mut text = String::new();
        for case in &self.cases {
            text.push_str(&case.heading);
            text.push_str(HEADING_ROW);
            for paper in &case.papers {
                text.push_str(&paper.text);
                text.push_str(&paper.cell);
            }
        }
        text + &self.rest
    }

    /// The lines of all cases.
    pub fn papers(&self) -> impl Iterator<Item = &Paper> {
        self.cases.iter().flat_map(|case| &case.papers)
    }
}

impl Case {
    /// What names the case, without dashes and blanks; `None` where the page names none.
    pub fn label(&self) -> Option<&str> {
        Some(self.heading.trim_matches(is_decoration)).filter(|label| !label.is_empty())
    }
}

impl Paper {
    /// The name without its form's file.
    pub fn name(&self) -> &str {
        names::name(&self.text, &self.form)
    }
}

/// Reads the tables.
pub(super) fn read(text: &str) -> Documents {
    let mut tables = text.split(HEADING_ROW);
    let mut heading = tables.next().unwrap_or_default();
    let mut cases = Vec::new();
    for table in tables {
        let sort = Sort::of(heading);
        let (papers, rest) = lines(table, sort);
        cases.push(Case {
            heading: heading.to_owned(),
            papers,
        });
        heading = rest;
    }
    let empty = heading.trim_matches(is_decoration).is_empty();
    let doubt = match (empty, cases.is_empty()) {
        (true, _) => None,
        (false, false) if is_remark(heading) => None,
        (false, true) => Some(Doubt::PapersNotSplit),
        (false, false) => Some(Doubt::PaperWithoutCount),
    };
    Documents {
        cases,
        rest: heading.to_owned(),
        doubts: doubt.into_iter().collect(),
    }
}

/// Whether words are a sentence about the papers: `(Trường hợp …, thì hồ sơ không bao gồm …)`, `Lưu ý: …`.
fn is_remark(words: &str) -> bool {
    let folded = fold(words);
    let opening = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    opens_a_remark(opening)
        || (opening.starts_with("truong hop") && opening.contains(" thi ho so "))
}

fn opens_a_remark(folded: &str) -> bool {
    folded.starts_with("luu y") || folded.starts_with("ghi chu")
}

fn is_decoration(c: char) -> bool {
    c == '-' || c.is_whitespace()
}

/// What the heading of a case says about its papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Submitted,
    Shown,
    /// A copy is handed in, the original shown.
    ShownWithCopy,
    /// Both words: which paper is handed in cannot be told.
    ShownOrSubmitted,
    Remarks,
}

impl Sort {
    fn of(heading: &str) -> Self {
        let folded = fold(heading);
        let opening = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        if opens_a_remark(opening) {
            return Sort::Remarks;
        }
        let short = heading.chars().count() <= SHORT_HEADING;
        // "To be shown when the dossier is handed in" hands in nothing; "to be shown (hand in a copy)" a copy.
        let orders = folded.replace("khi nop ho so", "");
        if orders.contains("xuat trinh") && orders.contains("(nop ban sao") {
            return Sort::ShownWithCopy;
        }
        match (orders.contains("xuat trinh"), orders.contains("nop ")) {
            (true, true) => Sort::ShownOrSubmitted,
            (true, false) if short => Sort::Shown,
            _ => Sort::Submitted,
        }
    }
}

/// The lines of a table, and what is left behind the last count.
fn lines(table: &str, sort: Sort) -> (Vec<Paper>, &str) {
    let mut papers = Vec::new();
    let mut from = 0;
    for cell in counts::cells(table) {
        let text = table.get(from..cell.start).unwrap_or_default();
        let verbatim = table.get(cell.start..cell.end).unwrap_or_default();
        papers.push(paper(text, verbatim, &cell, sort));
        from = cell.end;
    }
    (papers, table.get(from..).unwrap_or_default())
}

fn paper(text: &str, verbatim: &str, cell: &counts::Cell, sort: Sort) -> Paper {
    let form = names::form(text);
    let name = names::name(text, &form);
    let mut doubts = Vec::new();
    if cell.glued {
        doubts.push(Doubt::CountGlued);
    }
    if name.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
        doubts.push(Doubt::PaperUnnamed);
    }
    let asked = asked::read(name, cell.originals, cell.copies);
    // A name that asks for papers stays on the checklist, whatever its count says.
    let uncounted = asked.originals == 0 && asked.copies == 0 && asked.doubts.is_empty();
    let note = uncounted || (sort == Sort::Remarks && is_remark(name));
    match sort {
        Sort::Remarks if !note => doubts.push(Doubt::RemarkCounted),
        Sort::ShownOrSubmitted if !note => doubts.push(Doubt::ShownOrSubmitted),
        Sort::ShownWithCopy if asked.originals > 0 => doubts.push(Doubt::ShownOrSubmitted),
        _ => {}
    }
    doubts.extend(asked.doubts);
    Paper {
        text: text.to_owned(),
        cell: verbatim.to_owned(),
        originals: asked.originals,
        copies: asked.copies,
        choice: asked.choice,
        kind: match sort {
            _ if note => PaperKind::Note,
            Sort::Shown => PaperKind::Show,
            _ if names::is_shown(name) => PaperKind::Show,
            _ => PaperKind::Submit,
        },
        form,
        doubts,
    }
}
