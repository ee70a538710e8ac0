//! The fields of form 01. Not in it: the head (`header`), the cells of the table (`table`), the signatures
//! (`signatures`). Wording and order are those of Mẫu 01, TT 03/2025/TT-VPCP; practice adds the table and the fee.

use jiff::civil::DateTime;

use crate::fonts::{Style, clean};
use crate::header::day;
use crate::layout::code;
use crate::sheet::{Align, LEFT, RIGHT, Sheet};
use crate::text::{Span, glued, one_line, span};
use crate::{Form01, Submitter, signatures, table};

/// What the office line begins with when the office's own name does not say it.
const OFFICE_LABEL: &str = "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả: ";

/// Draws everything below the title.
pub(crate) fn draw(sheet: &mut Sheet, form: &Form01) {
    sheet.paragraph(&[
        span(Style::Regular, "Mã hồ sơ: "),
        span(Style::Bold, code(form)),
    ]);
    office(sheet, &form.office);
    sheet.pass();
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
    signatures::draw(sheet, form);
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
    let name = unbroken(sheet, clean(&form.applicant));
    let label = "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ";
    styled(sheet, label, span(Style::Bold, name));
    field(sheet, "Số định danh cá nhân/tổ chức: ", &form.id_number);
    field(sheet, "Địa chỉ: ", &form.address);
    phone_and_email(sheet, &clean(&form.phone), &clean(&form.email));
    if let Some(submitter) = &form.submitter {
        authorised(sheet, submitter);
    }
}

/// A name as one word where it fits on a line: better a short line before it than a name in two pieces.
fn unbroken(sheet: &Sheet, name: String) -> String {
    let width = one_line(sheet.faces, &[span(Style::Bold, name.as_str())], sheet.size).width;
    if width <= sheet.room(sheet.y) {
        glued(&name)
    } else {
        name
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
    let (hour, minute) = (at.hour(), at.minute());
    let time = glued(&format!("{hour:02} giờ {minute:02} phút,"));
    format!("{time} {}", glued(&day(at.date())))
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
