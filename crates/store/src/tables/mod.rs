//! One module per table, and the three transactions that may change them. SQL stands nowhere else.

pub mod act;
pub mod apply;
pub mod blobs;
pub mod choices;
mod corrected;
pub mod drafts;
pub mod facts;
pub mod feed;
pub mod filings;
pub mod former;
pub mod journal;
pub mod let_go;
pub mod local;
pub mod look_ups;
pub mod mirror;
pub mod money;
pub mod numbers;
pub mod office_documents;
pub mod pads;
pub mod persons;
mod register;
pub mod rekey;
pub(crate) mod server_keys;
pub mod settings;
pub mod slips;
pub mod snapshot;
pub mod staff;
pub mod tills;
pub mod voided;
pub mod workstation;

use crate::error::{Result, StoreError};
use uuid::Uuid;

/// Reads a 16-byte id.
pub(crate) fn id(bytes: Vec<u8>) -> Result<Uuid> {
    Uuid::from_slice(&bytes).map_err(|_| StoreError::Damaged("an id".into()))
}

/// Reads a 32-byte hash.
pub(crate) fn hash(bytes: Vec<u8>) -> Result<onedoor_protocol::Hash32> {
    onedoor_protocol::Hash32::from_slice(&bytes).ok_or_else(|| StoreError::Damaged("a hash".into()))
}

/// Builds an FTS5 query of quoted prefixes from free text, so that no sign of it is syntax.
pub(crate) fn words_query(text: &str) -> Option<String> {
    let words: Vec<String> = words_of(text)
        .iter()
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// How many of the newest rows a query of single letters looks through.
pub(crate) const LOOKED_THROUGH: u32 = 500;

/// Nothing but single letters: the index would have to bring nearly all rows together to answer.
pub(crate) fn is_short(text: &str) -> bool {
    words_of(text).iter().all(|word| word.chars().count() == 1)
}

/// Whether each of these letters begins some word of a text: what a query of single letters asks.
pub(crate) fn begin_words(letters: &[String], text: &str) -> bool {
    let words = words_of(text);
    let begins = |letter: &String| words.iter().any(|word| word.starts_with(letter.as_str()));
    letters.iter().all(begins)
}

/// The words of a text without marks, as the index has them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    onedoor_domain::text::fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What was typed as a number, in the form numbers are stored in: separators dropped, +84 as 0. None when there is
/// anything else in it, or less than four digits.
pub(crate) fn typed_number(text: &str) -> Option<String> {
    let is_separator = |letter: char| letter.is_whitespace() || ".-()+".contains(letter);
    let digits: String = text
        .chars()
        .filter(|letter| !is_separator(*letter))
        .collect();
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(onedoor_domain::identity::phone(text).unwrap_or(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_letters_find_words_that_begin_so_whatever_their_marks() {
        let letters = |typed: &str| words_of(typed);
        let name = "Nguyễn Thị Ừng";
        assert!(begin_words(&letters("u n"), name), "in any order");
        assert!(begin_words(&letters("Ư"), name));
        assert!(
            !begin_words(&letters("n g"), name),
            "each letter begins a word"
        );
    }
}
