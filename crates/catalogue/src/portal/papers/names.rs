//! The name of a paper: its form's file, whether it says "copy" where the count says "original", whether it is shown.
//!
//! Not here: changing a name. It is shown as the page writes it.

use onedoor_domain::text::nfc;

use crate::portal::{Doubt, prose};

/// The form that the page offers for a paper; its file's name is glued to the paper's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// None.
    None,
    /// The file's name begins at this byte of the text.
    At(usize),
    /// There is one, but where its name begins cannot be told.
    Glued,
}

const EXTENSIONS: [&str; 5] = [".docx", ".doc", ".pdf", ".xlsx", ".xls"];

/// The form at the end of `text`.
pub(super) fn form(text: &str) -> Form {
    let end = text.trim_end();
    let lower = end.to_lowercase();
    let Some(extension) = EXTENSIONS.iter().find(|e| lower.ends_with(**e)) else {
        return Form::None;
    };
    let mut places = borders(end, end.len().saturating_sub(extension.len()));
    match (places.next(), places.next()) {
        (Some(place), None) => Form::At(place),
        _ => Form::Glued,
    }
}

/// Places before `last` where something begins without a blank: behind `;`, `)` or `.`, or a capital behind a small letter.
fn borders(text: &str, last: usize) -> impl Iterator<Item = usize> {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    pairs.filter_map(move |((_, before), (at, c))| {
        let sign = matches!(before, ';' | ')' | '.') && c.is_alphanumeric();
        let capital = before.is_lowercase() && c.is_uppercase();
        (at < last && (sign || capital)).then_some(at)
    })
}

/// The name without its form's file, without blanks around it.
pub(super) fn name<'a>(text: &'a str, form: &Form) -> &'a str {
    match form {
        Form::At(place) => text.get(..*place).unwrap_or(text),
        Form::None | Form::Glued => text,
    }
    .trim()
}

/// Whether the paper is only shown, as its name opens.
pub(super) fn is_shown(name: &str) -> bool {
    without_mark(&nfc(name).to_lowercase()).starts_with("xuất trình")
}

/// How the name asks for something else than the count does.
pub(super) fn contradictions(name: &str, originals: u16, copies: u16) -> Vec<Doubt> {
    let lower = nfc(name).to_lowercase();
    let (originals, copies) = (u32::from(originals), u32::from(copies));
    let mut found = Vec::new();
    if kind_differs(&lower, originals, copies) {
        found.push(Doubt::CopyOrOriginal);
    }
    if numbers_differ(&lower, originals, copies) {
        found.push(Doubt::NumbersDiffer);
    }
    found
}

/// The name opens with "copy", or says so in a bracket at its end, and an original is asked for.
fn kind_differs(lower: &str, originals: u32, copies: u32) -> bool {
    if originals == 0 {
        return false;
    }
    let names_original = lower.contains("bản chính") || lower.contains("bản gốc");
    let opens = is_copy(without_mark(lower));
    let ending =
        lower.trim_end_matches(|c: char| matches!(c, '.' | ';' | ',') || c.is_whitespace());
    let bracket = ending
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .map_or("", |(_, inside)| inside.trim_start());
    let ends = is_copy(bracket) && !bracket.contains("bản chính");
    (opens && (copies == 0 || !names_original)) || (ends && copies == 0)
}

fn is_copy(text: &str) -> bool {
    ["bản sao", "bản chụp", "bản photo"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// The name states numbers (`02 bản chính`) that are not those of the count.
fn numbers_differ(lower: &str, originals: u32, copies: u32) -> bool {
    let stated = prose::stated_counts(lower);
    let most = |numbers: &[u32]| numbers.iter().copied().max();
    let alternative = lower.contains("hoặc");
    match (most(&stated.originals), most(&stated.copies)) {
        (None, None) => originals == 0 && copies == 0 && ends_with_a_number(lower),
        (None, Some(stated)) => stated != copies,
        (Some(stated), None) => stated != originals,
        (Some(o), Some(c)) => match (o == originals, c == copies) {
            (true, true) => false,
            (true, false) | (false, true) => !alternative,
            (false, false) => true,
        },
    }
}

/// `Tờ khai hải quan: 02 bản.`
fn ends_with_a_number(lower: &str) -> bool {
    lower
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .strip_suffix(" bản")
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// The text without dashes and numbering at its beginning: `- `, `a) `, `(ii) `, `3.1. `, `++ `.
fn without_mark(lower: &str) -> &str {
    let mut rest = lower;
    for _ in 0..3 {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mark = rest
            .find(|c: char| !c.is_alphanumeric())
            .filter(|end| *end <= 4)
            .filter(|end| matches!(rest.as_bytes().get(*end), Some(b')' | b'.')));
        match mark.and_then(|end| rest.get(end..)) {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_file_is_cut_off_only_where_its_beginning_is_certain() {
        let certain = "- Đơn đề nghị hỗ trợ;MẪU ĐƠN.docx";
        assert_eq!(name(certain, &form(certain)), "- Đơn đề nghị hỗ trợ;");
        let unsure = "Báo cáo theo Nghị định.Mau 12 - II_36.2025.TT-BNNMT.doc";
        assert_eq!(form(unsure), Form::Glued);
        assert_eq!(name(unsure, &form(unsure)), unsure, "nothing is guessed");
        assert_eq!(form("Bản sao hợp đồng"), Form::None);
    }

    #[test]
    fn a_copy_by_name_and_an_original_by_count_disagree() {
        for (name, originals, copies, doubted) in [
            ("- Bản sao hộ chiếu", 1, 0, true),
            ("(ii) Bản chụp vận tải đơn", 1, 0, true),
            ("++ Bản sao hợp đồng", 0, 1, false),
            ("3.1. Bản sao kèm bản chính để đối chiếu", 1, 1, false),
            ("Giấy đăng ký (bản sao có chứng thực).", 1, 0, true),
            (
                "Bản gốc (hoặc bản sao đã chứng thực) Giấy cư trú",
                1,
                0,
                false,
            ),
            ("Tờ khai: 02 bản chính", 1, 0, true),
            ("Tờ khai: 02 bản chính", 2, 0, false),
            ("01 bản chụp, xuất trình bản chính", 0, 1, false),
            ("(01 bản chính hoặc 01 bản sao)", 1, 0, false),
            ("Tờ khai hải quan: 02 bản.", 0, 0, true),
            ("cơ quan chỉ cấp 01 bản cho người yêu cầu.", 0, 0, false),
        ] {
            let found = contradictions(name, originals, copies);
            assert_eq!(!found.is_empty(), doubted, "{name}");
        }
    }
}
