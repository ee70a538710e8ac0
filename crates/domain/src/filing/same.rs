//! When two filings are about the same thing, though different people bring them.
//!
//! Not here: the same person and the same procedure, which the store's columns tell.

use crate::text;

/// The own field with a child's name, in every procedure that registers a birth.
pub const CHILD_NAME: &str = "child_name";
/// The own field with a child's day of birth, beside [`CHILD_NAME`].
pub const CHILD_BIRTH: &str = "child_birth";

/// The key under which the birth of one child is found again, whoever reports it and under whichever procedure: marks,
/// capitals and blanks of the name do not matter. `birth` is as people read it; `None` while either is empty.
pub fn same_child(name: &str, birth: &str) -> Option<String> {
    let (name, birth) = (text::fold(name), birth.trim());
    (!name.is_empty() && !birth.is_empty()).then(|| format!("{birth} {name}"))
}

#[cfg(test)]
mod tests {
    use super::same_child;

    #[test]
    fn a_child_is_the_same_however_the_name_is_typed() {
        let one = same_child("H\u{2019}Len Niê", "20/11/2026");
        assert_eq!(one, same_child(" h'len  nie ", "20/11/2026 "));
        assert_ne!(
            one,
            same_child("H'Len Niê", "21/11/2026"),
            "a twin of another day"
        );
        assert_eq!(same_child("", "20/11/2026"), None, "no name tells nothing");
        assert_eq!(same_child("An", ""), None, "no day tells nothing");
    }
}
