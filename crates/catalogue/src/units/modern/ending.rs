//! A unit's name at the end of an address, and the word of its kind before it.
//!
//! Not here: which of several names is meant.

use crate::units::name::{Key, Token, split_kind};

/// The step of the ladder on which a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Commune,
    District,
    Province,
}

/// A name found at the end of the words that were left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// The first word, that of the kind included.
    pub(super) start: usize,
    /// A comma or the word of its kind stands before.
    pub(super) bounded: bool,
    /// The word of its kind stands before.
    pub(super) announced: bool,
    /// One for equal marks (or none typed), one for the kind as in the list.
    pub(super) quality: u32,
    /// Marks were typed and differ from the name's.
    pub(super) contradicts: bool,
    /// How many words the name has.
    pub(super) words: usize,
}

use Level::{Commune, District, Province};

/// The words before a name: what they say in full, how they are written, on which steps they stand.
/// One letter alone counts only with its dot or digit: `P.5`, `Q1`.
const KINDS: [(&str, &[&str], &[Level]); 21] = [
    ("thị xã", &["thi", "xa"], &[District]),
    ("thị trấn", &["thi", "tran"], &[Commune]),
    ("thành phố", &["thanh", "pho"], &[District, Province]),
    ("đặc khu", &["dac", "khu"], &[Commune]),
    ("thành phố", &["t", "p"], &[District, Province]),
    ("thị xã", &["t", "x"], &[District]),
    ("thị trấn", &["t", "t"], &[Commune]),
    ("xã", &["xa"], &[Commune]),
    ("phường", &["phuong"], &[Commune]),
    ("huyện", &["huyen"], &[District]),
    ("quận", &["quan"], &[District]),
    ("tỉnh", &["tinh"], &[Province]),
    ("thành phố", &["tp"], &[District, Province]),
    ("thị xã", &["tx"], &[District]),
    ("thị trấn", &["tt"], &[Commune]),
    ("phường", &["p"], &[Commune]),
    ("phường", &["f"], &[Commune]),
    ("xã", &["x"], &[Commune]),
    ("huyện", &["h"], &[District]),
    ("quận", &["q"], &[District]),
    ("tỉnh", &["t"], &[Province]),
];

/// The words of a typed address, or those of them that are left.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) all: &'t [Token],
    /// Whether any word has marks: then a name without is meant without.
    pub(super) marked: bool,
}

/// A unit's name, ready to be compared.
#[derive(Clone, Copy, Default)]
pub(super) struct Name<'u> {
    /// Without marks and without its kind, blanks between the words.
    pub(super) bare: &'u str,
    /// The kind in full, where the list says it.
    pub(super) kind: Option<&'static str>,
    /// As the list writes it, with or without its kind.
    pub(super) full: &'u str,
}

impl<'u> Name<'u> {
    /// A name that the list writes with its kind; `folded` is the same without marks.
    pub(super) fn with_kind(full: &'u str, folded: &'u str) -> Self {
        let (kind, bare) = split_kind(folded);
        Name { bare, kind, full }
    }

    /// Whether the words before `end` close with this name as a unit of `level`.
    pub(super) fn ends(&self, words: Words<'_>, end: usize, level: Level) -> Option<Hit> {
        let before = words.all.get(..end)?;
        let first = self.first_word(before)?;
        let said = announced(before, first);
        if said.is_some_and(|(.., levels)| !levels.contains(&level)) {
            return None;
        }
        // A bare number is a house or a hamlet until someone says "Phường".
        let number = self.bare.bytes().all(|b| b.is_ascii_digit());
        if number && said.is_none() {
            return None;
        }
        let typed = Key::of_tokens(before.get(first..)?).marked;
        // The kind stands before the name, so the key of the name alone is the end of the whole key.
        let contradicts = words.marked && !Key::of(self.full).marked.ends_with(&typed);
        let as_listed = said.is_some_and(|(_, kind, _)| Some(kind) == self.kind);
        Some(Hit {
            start: said.map_or(first, |(start, ..)| start),
            bounded: said.is_some() || before.get(first).is_some_and(|word| word.opens),
            announced: said.is_some(),
            quality: u32::from(!contradicts) + u32::from(as_listed),
            contradicts,
            words: end - first,
        })
    }

    /// Where the name starts if the words close with it, however its blanks are set.
    fn first_word(&self, words: &[Token]) -> Option<usize> {
        let mut left = self.bare;
        for (index, word) in words.iter().enumerate().rev() {
            let mut letters = word.key.plain.chars().rev();
            let matched = letters.all(|c| {
                left = left.trim_end_matches(' ');
                left.strip_suffix(c).map(|rest| left = rest).is_some()
            });
            if !matched {
                return None;
            }
            if left.is_empty() {
                return Some(index);
            }
        }
        None
    }
}

/// The word of a kind right before the word `first`: where it starts, what it says, its steps.
fn announced(words: &[Token], first: usize) -> Option<(usize, &'static str, &'static [Level])> {
    if words.get(first).is_none_or(|word| word.opens) {
        return None;
    }
    let before = words.get(..first)?;
    KINDS.iter().find_map(|(full, kind, levels)| {
        let start = first.checked_sub(kind.len())?;
        let found = before.get(start..)?;
        let written = kind
            .iter()
            .zip(found)
            .all(|(kind, word)| *kind == word.key.plain && (kind.len() > 1 || word.dotted));
        (written && marks_fit(full, found)).then_some((start, *full, *levels))
    })
}

/// "Phúc Xá Ba Đình" does not announce a commune "Ba Đình".
fn marks_fit(full: &str, found: &[Token]) -> bool {
    let typed = Key::of_tokens(found);
    !typed.has_marks() || typed.marked == Key::of(full).marked
}
