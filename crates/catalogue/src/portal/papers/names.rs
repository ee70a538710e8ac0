//! The name of a paper: where its form's file begins, whether the paper is only shown.
//!
//! Not here: what name and count ask for (`asked`), and changing a name. It is shown as the page writes it.

use onedoor_domain::text::nfc;

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

/// The text without dashes and numbering at its beginning: `- `, `a) `, `(ii) `, `3.1. `, `++ `.
pub(super) fn without_mark(lower: &str) -> &str {
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
}
