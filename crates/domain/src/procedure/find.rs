//! Finding a procedure by what a clerk types: keys prepared once, compared at every key.
//!
//! Not here: which procedures there are and what an office offers (both are passed in).

use std::collections::HashMap;
use std::ops::Range;

use super::Procedure;
use crate::text;

/// What a procedure is found by.
#[derive(Debug, Clone, Copy)]
pub struct Findable<'a> {
    /// The national code, with or without a province's suffix.
    pub code: &'a str,
    /// The Vietnamese title.
    pub title: &'a str,
    /// The Vietnamese name of its field.
    pub field: &'a str,
    /// The English title.
    pub title_en: Option<&'a str>,
    /// The English name of its field.
    pub field_en: Option<&'a str>,
    /// Short names that clerks type.
    pub nicknames: &'a [String],
}

impl<'a> From<&'a Procedure> for Findable<'a> {
    fn from(procedure: &'a Procedure) -> Self {
        Findable {
            code: &procedure.code,
            title: &procedure.title.vi,
            field: &procedure.field.vi,
            title_en: procedure.title.en.as_deref(),
            field_en: procedure.field.en.as_deref(),
            nicknames: &procedure.nicknames,
        }
    }
}

/// The keys of a list of procedures.
///
/// Exact nicknames come first, then codes that begin so (dots and province suffixes do not matter), then titles that
/// begin so, then titles that hold every typed word or its beginning in any order, then the same over field, English
/// title and nicknames. Marks need not be typed; where they are, titles with just these marks precede the others.
/// An empty query gives the list's own order.
#[derive(Debug, Default)]
pub struct Finder {
    folded: Words,
    exact: Words,
    keys: Vec<Key>,
}

/// The words of one procedure; ranges are of words in [`Finder::folded`] and [`Finder::exact`].
#[derive(Debug)]
struct Key {
    /// Without dots.
    code: String,
    nicknames: Vec<String>,
    title: Range<usize>,
    /// Title, field and nicknames.
    vietnamese: Range<usize>,
    english: Range<usize>,
    exact_title: Range<usize>,
}

/// Words of many texts, one behind the other.
#[derive(Debug, Default)]
struct Words {
    /// UTF-8; compared by bytes, since a letter never begins within another.
    text: Vec<u8>,
    /// Where a word begins, where its letters end, where its tone ends.
    places: Vec<[u32; 3]>,
}

/// A word in two parts: its letters, and the tone that `text::exact` puts behind them (empty in folded text).
type Word<'a> = (&'a [u8], &'a [u8]);

/// How well a procedure fits: whether it was named outright (its nickname, its whole code), and its rank among the rest.
type Fit = (bool, u8);

/// The national code without its dot has this many digits; the rest of a longer code names a province.
const CODE_DIGITS: usize = 7;

/// The procedures that `query` means, best first, at most `limit`; for a short list that is searched once.
pub fn find<'a>(all: &'a [Procedure], query: &str, limit: usize) -> Vec<&'a Procedure> {
    let places = Finder::of(all.iter().map(Findable::from)).find(query, limit, |_| false);
    places.into_iter().filter_map(|at| all.get(at)).collect()
}

impl Finder {
    /// Prepares the keys of a list.
    pub fn of<'a>(list: impl Iterator<Item = Findable<'a>>) -> Self {
        let mut finder = Finder::default();
        let mut known = Known::default();
        for procedure in list {
            finder.add(&procedure, &mut known);
        }
        finder
    }

    fn add<'a>(&mut self, procedure: &Findable<'a>, known: &mut Known<'a>) {
        let folded = &mut self.folded;
        let title = folded.add_all(known.folded(procedure.title));
        folded.add_all(known.folded(procedure.field));
        let nicknames: Vec<String> = procedure.nicknames.iter().map(|n| text::fold(n)).collect();
        for nickname in &nicknames {
            folded.add(nickname);
        }
        let vietnamese = title.start..folded.places.len();
        for english in [procedure.title_en, procedure.field_en]
            .into_iter()
            .flatten()
        {
            folded.add_all(known.folded(english));
        }
        self.keys.push(Key {
            code: without_dots(&plain_code(procedure.code)),
            nicknames,
            english: vietnamese.end..self.folded.places.len(),
            vietnamese,
            exact_title: self.exact.add_all(known.exact(procedure.title)),
            title,
        });
    }

    /// The positions in the list of what `query` means, best first, at most `limit`.
    ///
    /// `offered` says of a position whether the office offers it: those precede the rest, except what was named
    /// outright by its nickname or its whole code.
    pub fn find(&self, query: &str, limit: usize, offered: impl Fn(usize) -> bool) -> Vec<usize> {
        let query = Query::new(query);
        let mut hits: Vec<_> = self
            .keys
            .iter()
            .enumerate()
            .filter_map(|(at, key)| {
                let (outright, rank) = self.fit(key, &query)?;
                Some((!outright, !offered(at), rank, at))
            })
            .collect();
        // The position comes last: equals keep the order of the list.
        hits.sort_unstable();
        hits.into_iter().take(limit).map(|(.., at)| at).collect()
    }

    fn fit(&self, key: &Key, query: &Query) -> Option<Fit> {
        if query.folded.is_empty() {
            return Some((false, 0));
        }
        if key.nicknames.contains(&query.folded) {
            return Some((true, 0));
        }
        let whole = key.code.len() >= CODE_DIGITS && query.code.starts_with(&key.code);
        if whole || (!query.code.is_empty() && key.code.starts_with(&query.code)) {
            return Some((whole, 1));
        }
        self.words_rank(key, query).map(|rank| (false, rank))
    }

    /// One language at a time, so that "cha me" does not find "chấp … mediation". Whatever fits with its marks fits
    /// without them too, so that one look at the folded words sorts out nearly all procedures.
    fn words_rank(&self, key: &Key, query: &Query) -> Option<u8> {
        if self.folded.holds_all(&key.vietnamese, &query.words) {
            return self.title_rank(key, query).or(Some(6));
        }
        self.folded
            .holds_all(&key.english, &query.words)
            .then_some(6)
    }

    fn title_rank(&self, key: &Key, query: &Query) -> Option<u8> {
        let marked =
            query
                .has_marks
                .then_some((&self.exact, &key.exact_title, &query.exact, [2, 3]));
        let plain = (&self.folded, &key.title, &query.words, [4, 5]);
        marked
            .into_iter()
            .chain([plain])
            .find_map(|(words, title, asked, [begins, holds])| {
                if words.begins_with(title, asked) {
                    Some(begins)
                } else {
                    words.holds_all(title, asked).then_some(holds)
                }
            })
    }
}

/// Pieces between blanks that were folded before: the titles of a catalogue are made of few of them, and folding is
/// what takes time.
#[derive(Default)]
struct Known<'a> {
    folded: HashMap<&'a str, String>,
    exact: HashMap<&'a str, String>,
}

impl<'a> Known<'a> {
    fn folded(&mut self, text: &'a str) -> Vec<&str> {
        remembered(&mut self.folded, text, text::fold)
    }

    fn exact(&mut self, text: &'a str) -> Vec<&str> {
        remembered(&mut self.exact, text, text::exact)
    }
}

fn remembered<'m, 'a>(
    map: &'m mut HashMap<&'a str, String>,
    text: &'a str,
    form: fn(&str) -> String,
) -> Vec<&'m str> {
    for piece in text.split_whitespace() {
        map.entry(piece).or_insert_with(|| form(piece));
    }
    let map: &HashMap<&str, String> = map;
    text.split_whitespace()
        .filter_map(|piece| map.get(piece).map(String::as_str))
        .collect()
}

/// A typed query in the forms in which it is compared.
struct Query {
    folded: String,
    words: Words,
    exact: Words,
    has_marks: bool,
    code: String,
}

impl Query {
    fn new(typed: &str) -> Self {
        let folded = text::fold(typed);
        let marked = text::exact(typed);
        let (mut words, mut exact) = (Words::default(), Words::default());
        words.add(&folded);
        exact.add(&marked);
        Query {
            has_marks: marked != folded,
            code: without_dots(&folded.replace(' ', "")),
            folded,
            words,
            exact,
        }
    }
}

/// Codes hardly ever hold more than digits and dots, which need no folding.
fn plain_code(code: &str) -> String {
    match code.is_ascii() {
        true => code.to_ascii_lowercase(),
        false => text::fold(code),
    }
}

fn without_dots(code: &str) -> String {
    code.chars().filter(|c| *c != '.').collect()
}

impl Words {
    /// Adds the words of several texts; gives their range.
    fn add_all(&mut self, texts: Vec<&str>) -> Range<usize> {
        let first = self.places.len();
        for text in texts {
            self.add(text);
        }
        first..self.places.len()
    }

    /// Adds the words of a text.
    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !text::is_letter(c)) {
            let letters = word.trim_end_matches(text::is_tone).len();
            let from = self.text.len();
            let place = [from, from + letters, from + word.len()].map(u32::try_from);
            // Four billion bytes of titles are no catalogue: the word is left out rather than found wrongly.
            if let ([Ok(from), Ok(letters), Ok(end)], false) = (place, word.is_empty()) {
                self.text.extend(word.as_bytes());
                self.places.push([from, letters, end]);
            }
        }
    }

    fn in_range(&self, range: &Range<usize>) -> impl Iterator<Item = Word<'_>> + use<'_> {
        let places = self.places.get(range.clone()).unwrap_or_default();
        places.iter().map(|[from, letters, end]| {
            let part = |from: u32, to: u32| {
                let place = usize::try_from(from).ok().zip(usize::try_from(to).ok());
                place
                    .and_then(|(from, to)| self.text.get(from..to))
                    .unwrap_or_default()
            };
            (part(*from, *letters), part(*letters, *end))
        })
    }

    fn all(&self) -> impl Iterator<Item = Word<'_>> {
        self.in_range(&(0..self.places.len()))
    }

    /// Nearly every title opens with the two words "Thủ tục", which nobody types.
    fn begins_with(&self, title: &Range<usize>, asked: &Words) -> bool {
        let follows = |skipped: usize| {
            let mut words = self.in_range(title).skip(skipped);
            asked
                .all()
                .all(|asked| words.next().is_some_and(|word| begins_word(word, asked)))
        };
        let opening = self.in_range(title).take(2).map(|(letters, _)| letters);
        !asked.places.is_empty()
            && (follows(0) || (opening.eq([b"thu".as_slice(), b"tuc"]) && follows(2)))
    }

    fn holds_all(&self, range: &Range<usize>, asked: &Words) -> bool {
        !asked.places.is_empty()
            && asked
                .all()
                .all(|asked| self.in_range(range).any(|word| begins_word(word, asked)))
    }
}

/// A half-typed word may still lack its tone: it comes last with most input methods.
fn begins_word(word: Word<'_>, asked: Word<'_>) -> bool {
    word.0.starts_with(asked.0) && (asked.1.is_empty() || asked.1 == word.1)
}
