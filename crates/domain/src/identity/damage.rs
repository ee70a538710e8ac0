//! Signs that a text was damaged between the scanner and us: by a Vietnamese input method, or by a wrong encoding.
//!
//! Not here: mending it. A name is never guessed; the clerk scans again, pastes or types.

use unicode_normalization::UnicodeNormalization;

/// What happened to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Keys of the Telex method stand in it (`NguyeenX`, `DDoanf`), or Telex made letters of a code (`HĐ5` of `HDD5`).
    Telex,
    /// Digits of the VNI method stand in a name (`Nguye6n4`).
    Vni,
    /// UTF-8 read as a Western encoding (`Nguyá»…n`).
    Encoding,
    /// A letter was lost (`Nguy?n`).
    LostLetter,
    /// More than any scanner sends at once.
    TooLong,
}

/// What is wrong with a name that a scanner sent, if anything can be seen.
///
/// A name written without any mark is not damage by itself: `Y Blok Ksor` is a name.
pub fn of_name(name: &str) -> Option<Damage> {
    let name: String = name.nfc().collect();
    if is_mojibake(&name) {
        return Some(Damage::Encoding);
    }
    if name.contains(['\u{FFFD}', '?']) {
        return Some(Damage::LostLetter);
    }
    // Where some marks arrived as letters, the method did not leave its keys behind: Alex Nguyễn is a name.
    let unmarked = name.is_ascii();
    let mut words = name.split_whitespace();
    words.find_map(|word| {
        if word.chars().any(|c| c.is_ascii_digit()) {
            Some(Damage::Vni)
        } else if has_shouted_key(word) || (unmarked && has_telex_keys(word)) {
            Some(Damage::Telex)
        } else {
            None
        }
    })
}

/// What is wrong with a code of capitals and digits: letters that only an input method can have put there.
pub fn of_code(code: &str) -> Option<Damage> {
    let made = |c: char| "ĐÂÊÔƠƯĂ".contains(c) || "đâêôơưă".contains(c);
    let ascii = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || ".-<|/ ".contains(c);
    let code: String = code.nfc().collect();
    if !code.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let vowel_with_tone = |c: char| c.nfd().count() > 1;
    let odd = code.chars().any(|c| made(c) || vowel_with_tone(c));
    let rest = code
        .chars()
        .all(|c| ascii(c) || made(c) || vowel_with_tone(c));
    (odd && rest).then_some(Damage::Telex)
}

/// A capital tone key behind a small letter, as scanners send them that shift every sign: `NguyeenX`.
fn has_shouted_key(word: &str) -> bool {
    let mut letters = word.chars().rev();
    let last = letters.next();
    last.is_some_and(|c| "SFRXJWZ".contains(c)) && letters.next().is_some_and(char::is_lowercase)
}

/// No Vietnamese syllable, and no name of the hill peoples, has a doubled a, e or d in plain letters, a w behind a
/// vowel, or ends in f, j, w, x or z.
fn has_telex_keys(word: &str) -> bool {
    let word = word.to_lowercase();
    let tone_key =
        word.ends_with(['f', 'j', 'w', 'x', 'z']) && word.contains(|c| "aeiouy".contains(c));
    let pair = ["aa", "ee", "dd", "aw", "ow", "uw"];
    tone_key || pair.iter().any(|pair| word.contains(pair))
}

/// Whether the text is UTF-8 that was read byte by byte: read back as Windows-1252 it is again valid UTF-8.
fn is_mojibake(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(western_byte).collect();
    bytes.is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok())
}

/// The byte of Windows-1252, or of ISO 8859-1 where it leaves a gap, that is read as `c`.
fn western_byte(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    (0x80u8..=0x9f)
        .zip(HIGH)
        .find_map(|(byte, high)| (high == c).then_some(byte))
}
