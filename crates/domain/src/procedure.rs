//! A procedure as the catalogue describes it, and finding one by what a clerk types.
//!
//! Not here: where the catalogue comes from, its versions over time, and which procedures an office offers.

use jiff::civil::Date;

use crate::due::Term;
use crate::fee::FeeSchedule;
use crate::fields::FieldSpec;
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
    /// The condition under which it is asked for, in words; `None` means always.
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

/// The procedures that `query` means, best first, at most `limit`.
///
/// Exact nicknames come first, then codes that begin so (dots and province suffixes do not matter), then titles that
/// begin so, then titles that hold every typed word or its beginning in any order, then the same over field, English
/// title and nicknames. Marks need not be typed; where they are, titles with just these marks precede the others.
/// An empty query gives the catalogue's own order.
pub fn find<'a>(all: &'a [Procedure], query: &str, limit: usize) -> Vec<&'a Procedure> {
    let query = Query::new(query);
    let mut hits: Vec<(u8, &Procedure)> = all
        .iter()
        .filter_map(|p| query.rank(p).map(|rank| (rank, p)))
        .collect();
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
        Query {
            has_marks: exact != folded,
            folded,
            exact,
            code,
        }
    }

    fn rank(&self, p: &Procedure) -> Option<u8> {
        if self.folded.is_empty() || p.nicknames.iter().any(|n| text::fold(n) == self.folded) {
            return Some(0);
        }
        if self.means_code(&p.code) {
            return Some(1);
        }
        self.rank_title(&p.title.vi)
            .or_else(|| self.is_somewhere_in(p).then_some(6))
    }

    fn means_code(&self, code: &str) -> bool {
        let own: String = text::fold(code).chars().filter(|c| *c != '.').collect();
        own.starts_with(&self.code) || (own.len() >= CODE_DIGITS && self.code.starts_with(&own))
    }

    fn rank_title(&self, title: &str) -> Option<u8> {
        let marked = self
            .has_marks
            .then(|| (text::exact(title), &self.exact, [2, 3]));
        let plain = (text::fold(title), &self.folded, [4, 5]);
        marked
            .into_iter()
            .chain([plain])
            .find_map(|(title, asked, [begins, holds])| {
                let (title, asked) = (words(&title), words(asked));
                if begins_with(&title, &asked) {
                    Some(begins)
                } else {
                    holds_all(&title, &asked).then_some(holds)
                }
            })
    }

    /// One language at a time, so that "cha me" does not find "chấp … mediation".
    fn is_somewhere_in(&self, p: &Procedure) -> bool {
        let vietnamese = format!("{} {} {}", p.title.vi, p.field.vi, p.nicknames.join(" "));
        let english = [p.title.en.as_deref(), p.field.en.as_deref()];
        let english = english.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let asked = words(&self.folded);
        [vietnamese, english]
            .iter()
            .any(|text| holds_all(&words(&text::fold(text)), &asked))
    }
}

/// A word in two parts: its letters, and the tone that `text::exact` puts behind them (empty in folded text).
type Word<'a> = (&'a str, &'a str);

fn words(text: &str) -> Vec<Word<'_>> {
    text.split(|c: char| !text::is_letter(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.split_at(word.trim_end_matches(text::is_tone).len()))
        .collect()
}

/// A half-typed word may still lack its tone: it comes last with most input methods.
fn begins_word(word: &Word<'_>, asked: &Word<'_>) -> bool {
    word.0.starts_with(asked.0) && (asked.1.is_empty() || asked.1 == word.1)
}

/// Nearly every title opens with the two words "Thủ tục", which nobody types.
fn begins_with(title: &[Word<'_>], asked: &[Word<'_>]) -> bool {
    let follows = |from: usize| {
        let rest = title.get(from..).unwrap_or_default();
        !asked.is_empty()
            && rest.len() >= asked.len()
            && rest
                .iter()
                .zip(asked)
                .all(|(word, asked)| begins_word(word, asked))
    };
    let opens_so = matches!(title, [("thu", _), ("tuc", _), ..]);
    follows(0) || (opens_so && follows(2))
}

fn holds_all(title: &[Word<'_>], asked: &[Word<'_>]) -> bool {
    !asked.is_empty()
        && asked
            .iter()
            .all(|asked| title.iter().any(|word| begins_word(word, asked)))
}
