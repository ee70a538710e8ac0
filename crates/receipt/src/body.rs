//! The fields of form 01, the table of papers, and the signatures. Not in it: the head (`header`). Wording and order
//! are those of Mẫu 01, TT 03/2025/TT-VPCP; practice adds the table, the fee and the note. The line for a digital
//! signature belongs to the electronic form and is not on paper.

use jiff::civil::DateTime;

use crate::fonts::{Style, clean};
use crate::header::day;
use crate::layout::code;
use crate::sheet::{Align, LEFT, RIGHT, Sheet};
use crate::table;
use crate::text::{Span, one_line, span};
use crate::{Form01, Submitter};

/// What the office line begins with when the office's own name does not say it.
const OFFICE_LABEL: &str = "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả: ";

/// Draws everything below the title.
pub(crate) fn draw(sheet: &mut Sheet, form: &Form01) {
    sheet.paragraph(&[
        span(Style::Regular, "Mã hồ sơ: "),
        span(Style::Bold, code(form)),
    ]);
    office(sheet, &form.office);
    applicant(sheet, form);
    field(sheet, "Nội dung yêu cầu giải quyết: ", &form.content);
    papers(sheet, form);
    sheet.paragraph(&[
        span(Style::Regular, "Số lượng hồ sơ: "),
        span(Style::Regular, format!("{:02} (bộ)", form.sets)),
    ]);
    times(sheet, form);
    field(sheet, "Đăng ký nhận kết quả tại: ", &form.give_back);
    field(sheet, "Phí, lệ phí: ", &form.fee);
    register(sheet, form.book.as_ref());
    signatures(sheet, form);
}

fn office(sheet: &mut Sheet, office: &str) {
    let name = clean(office);
    let says_it = [
        "Trung tâm Phục vụ hành chính công",
        "Bộ phận Tiếp nhận và Trả kết quả",
    ]
    .iter()
    .any(|words| name.starts_with(words));
    if says_it {
        sheet.paragraph(&[span(Style::Regular, name)]);
    } else {
        field(sheet, OFFICE_LABEL, &name);
    }
}

/// Whose matter it is, and who stands at the counter for them.
fn applicant(sheet: &mut Sheet, form: &Form01) {
    let name = clean(&form.applicant);
    let label = "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ";
    styled(sheet, label, span(Style::Bold, name));
    field(sheet, "Số định danh cá nhân/tổ chức: ", &form.id_number);
    field(sheet, "Địa chỉ: ", &form.address);
    phone_and_email(sheet, &clean(&form.phone), &clean(&form.email));
    if let Some(submitter) = &form.submitter {
        authorised(sheet, submitter);
    }
}

/// A label and its value; a dotted line to write on when there is none.
fn field(sheet: &mut Sheet, label: &str, value: &str) {
    styled(sheet, label, span(Style::Regular, clean(value)));
}

fn styled(sheet: &mut Sheet, label: &str, value: Span) {
    if value.text.is_empty() {
        let step = sheet.leading();
        sheet.reserve(step);
        let width = one_line(sheet.faces, &[span(Style::Regular, label)], sheet.size).width;
        sheet.leader(LEFT + width + 1.5);
    }
    sheet.paragraph(&[span(Style::Regular, label), value]);
}

/// Telephone and e-mail beside each other where both fit, else one below the other.
fn phone_and_email(sheet: &mut Sheet, phone: &str, email: &str) {
    const PHONE: &str = "Số điện thoại: ";
    const EMAIL: &str = "Email: ";
    let left = [span(Style::Regular, PHONE), span(Style::Regular, phone)];
    let right = [span(Style::Regular, EMAIL), span(Style::Regular, email)];
    let size = sheet.size;
    let [first, second] = [&left, &right].map(|spans| one_line(sheet.faces, spans, size));
    let step = sheet.leading();
    sheet.reserve(step);
    let room = sheet.room(sheet.y);
    let middle = LEFT + room * 0.46;
    let fits = first.width <= middle - LEFT - 8.0 && second.width <= LEFT + room - middle;
    if phone.is_empty() || !fits {
        field(sheet, PHONE, phone);
        field(sheet, EMAIL, email);
        return;
    }
    sheet.set(&first, (LEFT, middle), sheet.y, size, Align::Left);
    sheet.set(&second, (middle, RIGHT), sheet.y, size, Align::Left);
    if email.is_empty() {
        sheet.leader(middle + second.width + 1.5);
    }
    sheet.y += step;
}

/// The person who hands in for another, in one flowing sentence; what was not given is left out of it.
fn authorised(sheet: &mut Sheet, submitter: &Submitter) {
    let mut spans = vec![
        span(Style::Regular, "Trường hợp ủy quyền, người nộp hồ sơ: "),
        span(Style::Bold, clean(&submitter.name)),
    ];
    let parts = [
        ("địa chỉ: ", &submitter.address),
        ("số định danh cá nhân: ", &submitter.id_number),
        ("số điện thoại: ", &submitter.phone),
        ("email: ", &submitter.email),
        ("giấy tờ ủy quyền: ", &submitter.authority),
    ];
    for (label, value) in parts {
        let value = clean(value);
        if !value.is_empty() {
            spans.push(span(Style::Regular, format!("; {label}{value}")));
        }
    }
    sheet.paragraph(&spans);
}

fn papers(sheet: &mut Sheet, form: &Form01) {
    const LABEL: &str = "Thành phần hồ sơ nộp gồm: ";
    if form.papers.is_empty() {
        field(sheet, LABEL, "");
        return;
    }
    // The heading must not be left alone at the end of a page.
    sheet.reserve(sheet.leading() * 4.0);
    sheet.paragraph(&[span(Style::Regular, LABEL)]);
    sheet.y += 2.0;
    table::draw(sheet, &form.papers);
    sheet.y += 3.0;
}

fn times(sheet: &mut Sheet, form: &Form01) {
    field(
        sheet,
        "Thời gian giải quyết hồ sơ theo quy định là: ",
        &form.term_text,
    );
    let lines = [
        ("Thời gian nhận hồ sơ: ", form.received, Style::Regular),
        (
            "Thời gian trả kết quả giải quyết hồ sơ: ",
            form.due,
            Style::Bold,
        ),
    ];
    for (label, time, style) in lines {
        sheet.paragraph(&[span(Style::Regular, label), span(style, moment(time))]);
    }
}

/// A moment in the words of the form.
fn moment(at: DateTime) -> String {
    format!(
        "{:02} giờ {:02} phút, {}",
        at.hour(),
        at.minute(),
        day(at.date())
    )
}

/// Volume and running number; blank where the office fills them in by hand or keeps the register in the system.
fn register(sheet: &mut Sheet, book: Option<&(String, String)>) {
    const BLANK: &str = "...........";
    let (volume, running) = match book {
        Some((volume, running)) => (clean(volume), clean(running)),
        None => (BLANK.to_owned(), BLANK.to_owned()),
    };
    let words = format!("Vào Sổ theo dõi hồ sơ, Quyển số {volume} Số thứ tự {running} (nếu có)");
    sheet.paragraph(&[span(Style::Regular, words)]);
}

/// Both signatures and the note: they stay together on one page.
fn signatures(sheet: &mut Sheet, form: &Form01) {
    let (size, step) = (sheet.size, sheet.leading());
    let note = clean(&form.note);
    let note_lines = if note.is_empty() { 0.0 } else { 2.0 };
    sheet.reserve(step * (3.0 + note_lines) + 46.0);
    sheet.y += 5.0;
    let middle = (LEFT + RIGHT) / 2.0;
    let submitter = form.submitter.as_ref().map_or(&form.applicant, |s| &s.name);
    let columns = [
        ("NGƯỜI NỘP HỒ SƠ", clean(submitter), (LEFT, middle - 4.0)),
        (
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            clean(&form.clerk),
            (middle + 4.0, RIGHT),
        ),
    ];
    let top = sheet.y;
    let mut lowest = top;
    for (title, name, edges) in columns {
        let title = one_line(sheet.faces, &[span(Style::Bold, title)], size);
        let hint = one_line(
            sheet.faces,
            &[span(Style::Italic, "(Ký và ghi rõ họ tên)")],
            size - 0.5,
        );
        sheet.set(&title, edges, top, size, Align::Centre);
        sheet.set(&hint, edges, top + step, size - 0.5, Align::Centre);
        let mut y = top + step * 2.0 + 34.0;
        let name = [span(Style::Bold, name)];
        for line in crate::text::balanced(sheet.faces, &name, size, edges.1 - edges.0) {
            sheet.set(&line, edges, y, size, Align::Centre);
            y += step;
        }
        lowest = lowest.max(y);
    }
    sheet.y = lowest + 3.0;
    if !note.is_empty() {
        notice(sheet, &note);
    }
}

/// What to bring, smaller and slanted, under the signatures.
fn notice(sheet: &mut Sheet, note: &str) {
    let size = sheet.size;
    sheet.size = size - 1.0;
    sheet.paragraph(&[span(Style::Bold, "Ghi chú: "), span(Style::Italic, note)]);
    sheet.size = size;
}
