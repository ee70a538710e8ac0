//! Where in an imported file a value stands: what a message about it begins with.
//! Not here: what is wrong with the value.

use serde_json::value::RawValue;

/// The line, from 1, of a value of this text. A raw value borrows from the text that it was read from, so that its place
/// in memory tells its place in the text.
pub(crate) fn line_of<'a>(text: &'a str, raw: &'a RawValue) -> usize {
    let at = raw.get().as_ptr().addr();
    let offset = at.saturating_sub(text.as_ptr().addr());
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
