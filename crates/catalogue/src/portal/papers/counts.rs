//! The count cells in a table of papers: where one ends a line, and where the same words are part of a name.
//!
//! The portal writes a count with one digit and never pads it; names pad theirs (`01 bản chính`).

use onedoor_domain::text::nfc;

/// A count cell: its place in the table, its numbers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The first byte: the digit of the originals.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// Originals.
    pub originals: u16,
    /// Copies.
    pub copies: u16,
    /// Digits stand before the count, so that nobody can tell where the name ends.
    pub glued: bool,
}

const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";

/// The count cells of a table, in order.
pub(super) fn cells(table: &str) -> impl Iterator<Item = Cell> {
    table
        .match_indices(ORIGINALS)
        .filter_map(|(at, _)| cell(table, at))
}

fn cell(table: &str, at: usize) -> Option<Cell> {
    let before = table.get(..at)?;
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let run = before.get(name.len()..)?;
    let digit = run.chars().last()?.to_digit(10)?;
    let padded = run.len() == 2 && run.starts_with('0');
    let behind = at + ORIGINALS.len();
    let after = table.get(behind..)?;
    if padded || continues_a_sentence(name, after) {
        return None;
    }
    let (copies, len) = copies(after).unwrap_or((0, 0));
    Some(Cell {
        start: at - 1,
        end: behind + len,
        originals: u16::try_from(digit).ok()?,
        copies,
        glued: run.len() > 1 && !is_year(run.get(..run.len() - 1)?) && !asks_a_number(name),
    })
}

/// `,1 bản sao` at the beginning of `after`: the number and the length.
fn copies(after: &str) -> Option<(u16, usize)> {
    let rest = after.strip_prefix(',')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    rest.get(digits..)?.strip_prefix(COPIES)?;
    let number = rest.get(..digits)?.parse().ok()?;
    Some((number, 1 + digits + COPIES.len()))
}

/// Whether the words go on as a sentence does: "nộp 1 bản chính và", "(1 bản chính)".
fn continues_a_sentence(name: &str, after: &str) -> bool {
    let mut next = after.chars();
    let first = next.next();
    let lower = first == Some(' ') && next.next().is_some_and(char::is_lowercase);
    let opened = name.ends_with(|c: char| c.is_whitespace() || c == '(');
    lower
        || (opened && matches!(first, Some(',' | ';' | '.' | ':' | ')')) && copies(after).is_none())
}

/// A date often ends the name: `ngày 02/7/20251 bản chính` is the year 2025 and one original.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether the words before the digits ask for a number of their own: `theo Mẫu số 18`, `mẫu BM.NCC.20.03`, `Điều 12`.
/// Then all digits but the last are that number, since a count has one digit.
fn asks_a_number(name: &str) -> bool {
    const ASK: [&str; 10] = [
        "số", "mẫu", "biểu", "điều", "khoản", "điểm", "định", "lục", "lệ", "bước",
    ];
    let asks = |word: &str| ASK.contains(&nfc(word).to_lowercase().as_str());
    let mut words = name.split_whitespace().rev();
    if name.ends_with(char::is_whitespace) {
        return words.next().is_some_and(asks);
    }
    // A number of several parts, of which the last runs into the count.
    let parted = |part: &str| part.contains(['.', ':', '-']) && part.contains(char::is_numeric);
    words.next().is_some_and(parted) && words.take(3).any(asks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(table: &str) -> Vec<(u16, u16, bool)> {
        cells(table)
            .map(|c| (c.originals, c.copies, c.glued))
            .collect()
    }

    #[test]
    fn a_count_in_a_name_ends_no_line() {
        assert_eq!(counts("Đơn: 01 bản chính;1 bản chính"), [(1, 0, false)]);
        assert_eq!(
            counts("01 bản chính nội dung tham vấn1 bản chính,2 bản sao"),
            [(1, 2, false)]
        );
        assert_eq!(counts("nộp 1 bản chính và ảnh0 bản chính"), [(0, 0, false)]);
        assert_eq!(counts("Đơn (1 bản chính)0 bản chính"), [(0, 0, false)]);
    }

    #[test]
    fn a_year_or_a_forms_number_before_the_count_is_told_apart_and_other_digits_are_doubted() {
        for clear in [
            "ngày 02/7/20251 bản chínhĐơn",
            "theo Mẫu số 181 bản chính",
            "theo mẫu BM.NCC.20.031 bản chính",
            "tỷ lệ tối thiểu 1:10.0001 bản chính",
            "quy định tại Nghị định 1161 bản chính",
        ] {
            assert_eq!(counts(clear), [(1, 0, false)], "{clear}");
        }
        for unclear in [
            "theo pháp luật Việt Nam 21 bản chính",
            "G19-KQ0061781 bản chính",
        ] {
            assert_eq!(counts(unclear), [(1, 0, true)], "{unclear}");
        }
    }

    #[test]
    fn lines_may_follow_each_other_without_a_border() {
        assert_eq!(
            counts("A1 bản chínhb) B0 bản chính,1 bản saoC3 bản chính D2 bản chính"),
            [(1, 0, false), (0, 1, false), (3, 0, false), (2, 0, false)]
        );
    }
}
