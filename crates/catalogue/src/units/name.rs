//! How names of units are compared: marks, the two places of a tone, i and y, blanks and apostrophes.
//!
//! Not here: which unit a name means.

use onedoor_domain::text;

/// A name in the two forms in which it is compared, without blanks, hyphens and apostrophes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Key {
    /// Letters without marks.
    pub(super) plain: String,
    /// Letters with marks, each tone behind its syllable.
    pub(super) marked: String,
}

/// A word of a typed address, with its place in the text.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    /// A comma, a semicolon or a line end stands before it; true of the first word too.
    pub(super) opens: bool,
    /// A dot or a digit follows at once, as after an abbreviation: `P.5`, `Q1`.
    pub(super) dotted: bool,
    pub(super) key: Key,
}

impl Key {
    pub(super) fn of(name: &str) -> Self {
        let mut key = Key::default();
        for token in tokens(name) {
            key.push(&token.key);
        }
        key
    }

    /// The key of several words of an address.
    pub(super) fn of_tokens(tokens: &[Token]) -> Self {
        let mut key = Key::default();
        tokens.iter().for_each(|token| key.push(&token.key));
        key
    }

    fn push(&mut self, other: &Key) {
        self.plain.push_str(&other.plain);
        self.marked.push_str(&other.marked);
    }

    /// Whether the text has marks at all; without, it can't contradict a name that has.
    pub(super) fn has_marks(&self) -> bool {
        self.plain != self.marked
    }
}

/// The words of `text`: letters and digits, apart from apostrophes, which stay within a word.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut opens = true;
    let mut last_was_digit = false;
    for (at, c) in text.char_indices() {
        let digit = c.is_ascii_digit();
        let splits =
            digit && !last_was_digit && open.is_some_and(|(start, _)| is_word(text, start, at));
        last_was_digit = digit;
        if belongs(c) && !splits {
            if open.is_none() {
                open = Some((at, opens));
                opens = false;
            }
            continue;
        }
        if let Some((start, opened)) = open.take() {
            found.extend(token(text, start, at, opened, c == '.' || splits));
        }
        if splits {
            open = Some((at, false));
        }
        opens |= matches!(c, ',' | ';' | '\n' | '\r');
    }
    if let Some((start, opened)) = open {
        found.extend(token(text, start, text.len(), opened, false));
    }
    found
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || is_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇')
}

/// Combining marks of decomposed text.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Only `P5` is two words; `Lô K5` or `2A5` keep theirs since a name of a unit never ends so.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end)
        .is_some_and(|word| word.chars().all(char::is_alphabetic))
}

fn token(text: &str, start: usize, end: usize, opens: bool, dotted: bool) -> Option<Token> {
    let word = text.get(start..end)?;
    let strip = |folded: String| -> String { folded.chars().filter(|c| *c != '\'').collect() };
    let plain = one_i(&number(strip(text::fold(word))));
    let marked = one_i(&number(strip(
        text::exact(word).replace(is_apostrophe, "'"),
    )));
    // Lists and cards write Đắk and Đăk for the same rivers and villages.
    let marked = if plain == "dak" {
        plain.clone()
    } else {
        marked
    };
    (!plain.is_empty()).then_some(Token {
        start,
        opens,
        dotted,
        key: Key { plain, marked },
    })
}

/// `01` and `1` are the same ward.
fn number(word: String) -> String {
    if word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit()) {
        let trimmed = word.trim_start_matches('0');
        return if trimmed.is_empty() { "0" } else { trimmed }.to_owned();
    }
    word
}

/// Mỹ and Mĩ, Quý and Quí, Ỷ and Ỉ are the same; Tây and Tai are not: only the lone vowel of a syllable is spelt both
/// ways. The vowel may be followed by the tone that `text::exact` moves to the end.
fn one_i(word: &str) -> String {
    let letters = word.trim_end_matches(is_mark);
    let Some(before) = letters.strip_suffix('y') else {
        return word.to_owned();
    };
    let lone = match before.chars().next_back() {
        None => true,
        Some('u') => before.ends_with("qu"),
        Some(c) => !is_mark(c) && !matches!(c, 'a' | 'e' | 'o' | 'i' | 'y'),
    };
    if !lone {
        return word.to_owned();
    }
    format!("{before}i{}", word.get(letters.len()..).unwrap_or_default())
}

/// The words of a name without marks, one blank between.
pub(super) fn words(name: &str) -> String {
    let words = tokens(name).into_iter().map(|token| token.key.plain);
    words.collect::<Vec<_>>().join(" ")
}

/// The kind that a folded name of the list begins with, in full, and the rest.
pub(super) fn split_kind(folded: &str) -> (Option<&'static str>, &str) {
    const KINDS: [(&str, &str); 9] = [
        ("thi tran ", "thị trấn"),
        ("thi xa ", "thị xã"),
        ("thanh pho ", "thành phố"),
        ("dac khu ", "đặc khu"),
        ("phuong ", "phường"),
        ("xa ", "xã"),
        ("huyen ", "huyện"),
        ("quan ", "quận"),
        ("tinh ", "tỉnh"),
    ];
    KINDS
        .iter()
        .find_map(|(folded_kind, kind)| Some((Some(*kind), folded.strip_prefix(folded_kind)?)))
        .unwrap_or((None, folded))
}
