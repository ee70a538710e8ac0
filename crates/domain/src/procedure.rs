//! A procedure as the catalogue describes it, and finding one by what a clerk types.
//!
//! Not here: where the catalogue comes from, its versions over time, and which procedures an office offers.

use jiff::civil::Date;

use crate::due::Term;
use crate::fee::FeeRule;
use crate::text;

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
    /// Handed in or shown.
    pub way: PaperWay,
    /// The case in which it is asked for; `None` means always.
    pub when: Option<Bilingual>,
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
    /// The fee as a rule.
    pub fee: FeeRule,
    /// The fee verbatim.
    pub fee_text: String,
    /// The checklist.
    pub documents: Vec<RequiredDocument>,
    /// Short names that clerks type, such as `ks`.
    pub nicknames: Vec<String>,
}

/// The procedures that `query` means, best first, at most `limit`.
///
/// Exact nicknames come first, then codes that begin so (dots and province suffixes do not matter), then titles that
/// begin so, then titles that hold every typed word or its beginning in any order, then the same over field, English
/// title and nicknames. Marks need not be typed; where they are, titles with just these marks precede the others.
/// An empty query gives the catalogue's own order.
pub fn find<'a>(all: &'a [Procedure], query: &str, limit: usize) -> Vec<&'a Procedure> {
    let query = Query::new(query);
    let mut hits: Vec<(u8, &Procedure)> = all.iter().filter_map(|p| query.rank(p).map(|rank| (rank, p))).collect();
    // Stable: equals keep the order of the catalogue.
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().take(limit).map(|(_, p)| p).collect()
}

/// A typed query in the forms in which it is compared.
struct Query {
    folded: String,
    exact: String,
    has_marks: bool,
    code: String,
}

/// The national code without its dot has this many digits; the rest of a longer code names a province.
const CODE_DIGITS: usize = 7;

impl Query {
    fn new(typed: &str) -> Self {
        let folded = text::fold(typed);
        let exact = text::exact(typed);
        let code = folded.chars().filter(|c| *c != '.' && *c != ' ').collect();
        Query { has_marks: exact != folded, folded, exact, code }
    }

    fn rank(&self, p: &Procedure) -> Option<u8> {
        if self.folded.is_empty() || p.nicknames.iter().any(|n| text::fold(n) == self.folded) {
            return Some(0);
        }
        if self.means_code(&p.code) {
            return Some(1);
        }
        self.rank_title(&p.title.vi).or_else(|| self.is_somewhere_in(p).then_some(6))
    }

    fn means_code(&self, code: &str) -> bool {
        let own: String = text::fold(code).chars().filter(|c| *c != '.').collect();
        own.starts_with(&self.code) || (own.len() >= CODE_DIGITS && self.code.starts_with(&own))
    }

    fn rank_title(&self, title: &str) -> Option<u8> {
        if self.has_marks {
            let title = text::exact(title);
            if begins(&title, &self.exact, "thu tục") {
                return Some(2);
            }
            if holds_words(&title, &self.exact) {
                return Some(3);
            }
        }
        let title = text::fold(title);
        if begins(&title, &self.folded, "thu tuc ") {
            return Some(4);
        }
        holds_words(&title, &self.folded).then_some(5)
    }

    fn is_somewhere_in(&self, p: &Procedure) -> bool {
        let mut texts = vec![p.title.vi.as_str(), p.field.vi.as_str()];
        texts.extend(p.title.en.as_deref());
        texts.extend(p.nicknames.iter().map(String::as_str));
        holds_words(&text::fold(&texts.join(" ")), &self.folded)
    }
}

/// Nearly every title begins with "Thủ tục", which nobody types; `opening` is that in the form of `title`.
fn begins(title: &str, query: &str, opening: &str) -> bool {
    title.starts_with(query) || title.strip_prefix(opening).is_some_and(|rest| rest.starts_with(query))
}

fn holds_words(text: &str, query: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    query.split(' ').all(|asked| words.iter().any(|word| word.starts_with(asked)))
}
