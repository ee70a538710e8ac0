//! Labels and their values, as several forms have them: office, applicant, telephone, what is asked for. Not in it:
//! the head, tables and signatures, and which fields a form has. Labels keep the wording of Phụ lục I,
//! TT 03/2025/TT-VPCP; their English is ours.

use crate::IdKind;
use crate::fonts::{Style, clean};
use crate::sheet::{Align, Sheet, Tongues};
use crate::text::{Span, glued, one_line, span};

/// What stands before a value, with the blank that parts them, and what it means in English.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

/// A label of ours.
pub(crate) const fn label(vi: &'static str, en: &'static str) -> Label {
    Label { vi, en }
}

/// What the office line begins with when the office's own name does not say it.
const OFFICE: Label = label(
    "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả: ",
    "Received by",
);
/// The same at a mission abroad, which has neither.
const MISSION: Label = label("Cơ quan tiếp nhận: ", "Received by");
pub(crate) const NUMBER: Label = label(
    "Số định danh cá nhân/tổ chức: ",
    "Personal or organisation number",
);
const PASSPORT: Label = label("Số hộ chiếu: ", "Passport number");
pub(crate) const ADDRESS: Label = label("Địa chỉ: ", "Address");
pub(crate) const PHONE: Label = label("Số điện thoại: ", "Telephone");
pub(crate) const EMAIL: Label = label("Email: ", "E-mail");
pub(crate) const CONTENT: Label = label("Nội dung yêu cầu giải quyết: ", "Matter");

/// A label and its value; a dotted line to write on when there is none.
pub(crate) fn field(sheet: &mut Sheet, label: Label, value: &str, english: &str) {
    styled(sheet, label, span(Style::Regular, clean(value)), english);
}

/// As [`field`], with a value in its own style.
pub(crate) fn styled(sheet: &mut Sheet, label: Label, value: Span, english: &str) {
    if value.text.is_empty() {
        let step = sheet.leading();
        sheet.reserve(step);
        let width = one_line(sheet.faces, &[span(Style::Regular, label.vi)], sheet.size).width;
        sheet.leader(sheet.frame.left + width + 1.5);
    }
    let english = told(label.en, &clean(english));
    sheet.paired(&[span(Style::Regular, label.vi), value], &english);
}

/// The English under a value: its label, and what it says where that differs from the Vietnamese.
fn told(label: &str, value: &str) -> String {
    if value.is_empty() {
        label.to_owned()
    } else {
        format!("{label}: {value}")
    }
}

/// The office that receives.
pub(crate) fn office(sheet: &mut Sheet, office: &str, english: &str) {
    let name = clean(office);
    let says_it = [
        "Trung tâm Phục vụ hành chính công",
        "Bộ phận Tiếp nhận và Trả kết quả",
    ]
    .iter()
    .any(|words| name.starts_with(words));
    match (says_it, sheet.tongues) {
        (true, _) => sheet.paired(&[span(Style::Regular, name)], &told(OFFICE.en, english)),
        (false, Tongues::Vietnamese) => field(sheet, OFFICE, &name, english),
        (false, Tongues::Both) => field(sheet, MISSION, &name, english),
    }
}

/// A label and a name; a name stays one word where it fits on a line: better a short line before it than a name in
/// two pieces.
pub(crate) fn named(sheet: &mut Sheet, label: Label, name: &str) {
    let name = clean(name);
    let width = one_line(sheet.faces, &[span(Style::Bold, name.as_str())], sheet.size).width;
    let name = if width <= sheet.room(sheet.y) {
        glued(&name)
    } else {
        name
    };
    styled(sheet, label, span(Style::Bold, name), "");
}

/// The number that says who the applicant is, under the label of its kind.
pub(crate) fn identity(sheet: &mut Sheet, kind: IdKind, number: &str) {
    let number = clean(number);
    match kind {
        IdKind::PersonalNumber => field(sheet, NUMBER, &number, ""),
        IdKind::Passport => field(sheet, PASSPORT, &number, ""),
        // The form has one line for both; what kind of number it is stands behind it.
        IdKind::TaxCode if !number.is_empty() => {
            field(sheet, NUMBER, &format!("{number} (mã số thuế)"), "tax code");
        }
        IdKind::TaxCode => field(sheet, NUMBER, "", "tax code"),
    }
}

/// The number's label inside a sentence.
pub(crate) fn id_words(kind: IdKind) -> &'static str {
    match kind {
        IdKind::PersonalNumber => "số định danh cá nhân: ",
        IdKind::Passport => "số hộ chiếu: ",
        IdKind::TaxCode => "mã số thuế: ",
    }
}

/// Address, telephone and e-mail.
pub(crate) fn reachable(sheet: &mut Sheet, address: &str, phone: &str, email: &str) {
    field(sheet, ADDRESS, address, "");
    phone_and_email(sheet, &clean(phone), &clean(email));
}

/// Telephone and e-mail beside each other where both fit, else one below the other.
fn phone_and_email(sheet: &mut Sheet, phone: &str, email: &str) {
    let left = [span(Style::Regular, PHONE.vi), span(Style::Regular, phone)];
    let right = [span(Style::Regular, EMAIL.vi), span(Style::Regular, email)];
    let size = sheet.size;
    let [first, second] = [&left, &right].map(|spans| one_line(sheet.faces, spans, size));
    let step = sheet.leading();
    sheet.reserve(step);
    let room = sheet.room(sheet.y);
    let (start, end) = sheet.frame.edges();
    let middle = start + room * 0.46;
    let fits = first.width <= middle - start - 8.0 && second.width <= start + room - middle;
    if phone.is_empty() || !fits {
        field(sheet, PHONE, phone, "");
        field(sheet, EMAIL, email, "");
        return;
    }
    sheet.set(&first, (start, middle), sheet.y, size, Align::Left);
    sheet.set(&second, (middle, end), sheet.y, size, Align::Left);
    if email.is_empty() {
        sheet.leader(middle + second.width + 1.5);
    }
    sheet.y += step;
    sheet.aside(&format!("{}, {}", PHONE.en, EMAIL.en));
}

/// A procedure's own fields under what is asked for, one a line; empty values are left out.
pub(crate) fn details(
    sheet: &mut Sheet,
    details: &[(String, String)],
    english: &[(String, String)],
) {
    for (at, (name, value)) in details.iter().enumerate() {
        let value = clean(value);
        if value.is_empty() {
            continue;
        }
        let english = english.get(at).map_or(String::new(), |(name, value)| {
            told(&clean(name), &clean(value))
        });
        let name = span(Style::Regular, format!("- {}: ", clean(name)));
        sheet.paired(&[name, span(Style::Regular, value)], &english);
    }
}

/// Numbered lines, each as long as it needs.
pub(crate) fn numbered(sheet: &mut Sheet, items: &[String]) {
    for (at, item) in items.iter().enumerate() {
        let number = span(Style::Regular, format!("{}. ", at + 1));
        sheet.paragraph(&[number, span(Style::Regular, clean(item))]);
    }
}
