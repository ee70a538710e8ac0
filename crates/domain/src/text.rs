//! Vietnamese text: one normal form at every boundary, one folding for index and query, and the check of typed text.
//!
//! Not here: sorting (the screen sorts with ICU) and telling legacy encodings such as TCVN3 apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest name that a field takes, in characters after normalisation.
pub const MAX_NAME: usize = 200;
/// The longest free text that a field takes, in characters after normalisation.
pub const MAX_TEXT: usize = 2000;

/// Why a typed text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// More than `max` characters; `len` is what was typed. Nothing is ever cut silently.
    TooLong {
        /// The most that the field takes.
        max: usize,
        /// What was typed, in characters after normalisation.
        len: usize,
    },
    /// Control characters, or characters that change how the rest is read and cannot be seen.
    ControlCharacters,
}

/// The composed normal form (NFC) in which all text is stored and compared.
pub fn nfc(s: &str) -> String {
    s.nfc().collect()
}

/// The form in which text is searched: no marks, `đ` as `d`, lower case, single blanks, one kind of apostrophe and
/// hyphen. `fold(fold(s)) == fold(s)`, and composed and decomposed input fold alike.
pub fn fold(s: &str) -> String {
    // Twice decomposed, since lower-casing may bring a mark of its own (İ becomes i with a dot).
    let lowered: String = bare(s).flat_map(char::to_lowercase).collect();
    collapse(&bare(&lowered).collect::<String>())
}

/// The form in which text with marks is compared: decomposed, lower case, and the tone moved behind its word, so that
/// the two spellings of the same word (hòa and hoà, thủy and thuỷ) are equal while má and mà stay different.
pub fn exact(s: &str) -> String {
    let lowered: String = s.chars().flat_map(char::to_lowercase).collect();
    let mut key = String::with_capacity(lowered.len());
    let mut tones = String::new();
    for c in collapse(&lowered).nfd() {
        if is_tone(c) {
            tones.push(c);
            continue;
        }
        if !is_letter(c) {
            key.push_str(&tones);
            tones.clear();
        }
        key.push(c);
    }
    key + &tones
}

/// Normalises typed text: NFC, trimmed, runs of blanks and line breaks made one blank.
///
/// # Errors
/// [`TextProblem`] when it holds control or unseen characters, or more than `max` characters.
pub fn clean(s: &str, max: usize) -> Result<String, TextProblem> {
    let text = collapse(&nfc(s));
    if text.chars().any(is_unwelcome) {
        return Err(TextProblem::ControlCharacters);
    }
    let len = text.chars().count();
    if len > max {
        return Err(TextProblem::TooLong { max, len });
    }
    Ok(text)
}

fn bare(s: &str) -> impl Iterator<Item = char> + '_ {
    s.nfd()
        .filter(|c| !is_combining_mark(*c) && !is_joiner(*c))
        .map(plain)
}

/// Letters and signs that decomposition leaves alone but that people type differently.
fn plain(c: char) -> char {
    match c {
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'ƀ' | 'Ƀ' => 'b',
        '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
        other => other,
    }
}

/// Whether `c` is one of the five tone marks of Vietnamese, in decomposed text.
pub(crate) fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// Whether `c` belongs to a word of decomposed text: letter, digit, mark or apostrophe.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || is_combining_mark(c)
}

fn collapse(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Characters that nobody types on purpose and that can make a paper read differently from what is stored.
fn is_unwelcome(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}
