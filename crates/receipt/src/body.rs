//! The fields of form 01 in their order. Not in it: the head (`header`), single fields (`fields`), the cells of the
//! table (`table`), the signatures (`signatures`). Wording and order are those of Mẫu 01, TT 03/2025/TT-VPCP;
//! practice adds the table and the fee.

use jiff::civil::DateTime;

use crate::fields::{self, CONTENT, Label, field, label};
use crate::fonts::{Style, clean};
use crate::header::{self, Corner, Head, day, day_en, place_and_date};
use crate::layout::{self, Origin, Plan};
use crate::sheet::{Mark, Sheet, Tongues};
use crate::signatures::{self, Ending};
use crate::table::{self, Cell, Column};
use crate::text::{glued, span};
use crate::{Form01, Form01English, FormError, Paper, Standing, Submitter, qr};

/// What stands where number, QR and hash will be, as long as nothing is received.
pub(crate) const NOT_RECEIVED: &str = "CHƯA TIẾP NHẬN";

pub(crate) const TITLE: [&str; 2] = ["GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"];
const TITLE_EN: &str = "RECEIPT OF THE FILING AND APPOINTMENT FOR THE RESULT";

const CODE: Label = label("Mã hồ sơ: ", "Filing code");
pub(crate) const APPLICANT: Label = label(
    "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ",
    "Filing received from Mr/Ms/organisation",
);
pub(crate) const PAPERS: Label = label("Thành phần hồ sơ nộp gồm: ", "Papers handed in");
const SETS: Label = label("Số lượng hồ sơ: ", "Number of sets");
pub(crate) const TERM: Label = label(
    "Thời gian giải quyết hồ sơ theo quy định là: ",
    "Time limit by regulation",
);
pub(crate) const RECEIVED: Label = label("Thời gian nhận hồ sơ: ", "Received at");
pub(crate) const DUE: Label = label(
    "Thời gian trả kết quả giải quyết hồ sơ: ",
    "Result promised for",
);
pub(crate) const GIVE_BACK: Label = label("Đăng ký nhận kết quả tại: ", "Result to be collected");
pub(crate) const FEE: Label = label("Phí, lệ phí: ", "Fee");

/// The columns of the papers; the second takes what the others leave.
pub(crate) const COLUMNS: [Column; 4] = [
    Column::centred(label("STT", "No."), 2.6),
    Column::rest(label("Tên giấy tờ", "Paper")),
    Column::centred(label("Loại giấy tờ", "Kind"), 6.4),
    Column::centred(label("Số lượng", "Number"), 4.8),
];

/// The marks of every page.
pub(crate) fn pages(form: &Form01, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    // Made once: finding the best mask of a QR costs more than setting the whole form at one size.
    let rows = symbol(form)?;
    let corner = rows.as_deref().map_or(Corner::Waiting, Corner::Code);
    layout::pages(&plan(form), paper, |sheet| {
        header::draw(sheet, &head(form, corner));
        draw(sheet, form);
    })
}

/// The rows of the QR, once there is something to encode.
fn symbol(form: &Form01) -> Result<Option<Vec<Vec<bool>>>, FormError> {
    match &form.standing {
        Standing::Preview => Ok(None),
        Standing::Received { qr_digits, .. } => qr::modules(qr_digits).map(Some),
    }
}

/// The dossier code as it is printed.
pub(crate) fn code(form: &Form01) -> String {
    match &form.standing {
        Standing::Preview => NOT_RECEIVED.to_owned(),
        Standing::Received { code, .. } => clean(code),
    }
}

/// What all pages have in common.
fn plan(form: &Form01) -> Plan {
    let hash = match &form.standing {
        Standing::Preview => NOT_RECEIVED.to_owned(),
        Standing::Received { hash8, .. } => clean(hash8),
    };
    Plan {
        foot: format!("{} · {hash}", form.template()),
        continued: vec![
            span(Style::Regular, CODE.vi),
            span(Style::Bold, code(form)),
            span(Style::Italic, " (tiếp theo)"),
        ],
        tongues: match form.english {
            None => Tongues::Vietnamese,
            Some(_) => Tongues::Both,
        },
        origin: Origin::of(form.sample),
    }
}

fn head<'a>(form: &'a Form01, corner: Corner<'a>) -> Head<'a> {
    let number = match &form.standing {
        Standing::Preview => format!("Số: {NOT_RECEIVED}"),
        Standing::Received { number, .. } => header::numbered(number, "", &form.symbol),
    };
    Head {
        parent_agency: &form.parent_agency,
        office: &form.office,
        office_en: form.english.as_ref().map_or("", |english| &english.office),
        number: Some(number),
        dated: place_and_date(&form.place, form.received.date()),
        dated_en: day_en(form.received.date()),
        title: &TITLE,
        title_en: TITLE_EN,
        corner,
    }
}

/// Draws everything below the title.
fn draw(sheet: &mut Sheet, form: &Form01) {
    let none = Form01English::default();
    let english = form.english.as_ref().unwrap_or(&none);
    fields::styled(sheet, CODE, span(Style::Bold, code(form)), "");
    fields::office(sheet, &form.office, &english.office);
    sheet.pass();
    fields::named(sheet, APPLICANT, &form.applicant);
    fields::identity(sheet, form.id_kind, &form.id_number);
    fields::reachable(sheet, &form.address, &form.phone, &form.email);
    if let Some(submitter) = &form.submitter {
        authorised(sheet, submitter, &clean(&english.authority));
    }
    field(sheet, CONTENT, &form.content, &english.content);
    fields::details(sheet, &form.details, &english.details);
    papers(sheet, form, english);
    let sets = format!("{:02} (bộ)", form.sets);
    field(sheet, SETS, &sets, "");
    times(sheet, form, english);
    field(sheet, GIVE_BACK, &form.give_back, &english.give_back);
    field(sheet, FEE, &form.fee, &english.fee);
    register(sheet, form.book.as_ref());
    let submitter = form.submitter.as_ref().map_or(&form.applicant, |s| &s.name);
    let ending = Ending {
        left: Some(signatures::submitter(submitter)),
        right: signatures::receiver(&form.clerk),
        note: &form.note,
        note_en: &english.note,
    };
    signatures::draw(sheet, &ending);
}

/// The person who hands in for another, in one flowing sentence; what was not given is left out of it.
fn authorised(sheet: &mut Sheet, submitter: &Submitter, authority_en: &str) {
    let mut spans = vec![
        span(Style::Regular, "Trường hợp ủy quyền, người nộp hồ sơ: "),
        span(Style::Bold, clean(&submitter.name)),
    ];
    let parts = [
        ("địa chỉ: ", &submitter.address),
        (fields::id_words(submitter.id_kind), &submitter.id_number),
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
    let authority = match authority_en {
        "" => String::new(),
        words => format!("; authority: {words}"),
    };
    let english = format!("Handed in on the applicant’s behalf by the person named{authority}");
    sheet.paired(&spans, &english);
}

fn papers(sheet: &mut Sheet, form: &Form01, english: &Form01English) {
    if form.papers.is_empty() {
        field(sheet, PAPERS, "", "");
        return;
    }
    // The heading must not be left alone at the end of a page.
    sheet.reserve(sheet.leading() * 4.0);
    sheet.paired(&[span(Style::Regular, PAPERS.vi)], PAPERS.en);
    sheet.y += 2.0;
    let none = (String::new(), String::new());
    let rows = form.papers.iter().enumerate().map(|(at, paper)| {
        let (name, kind) = english.papers.get(at).unwrap_or(&none);
        [
            Cell::plain((at + 1).to_string()),
            Cell::both(&paper.name, name),
            Cell::both(&paper.kind, kind),
            Cell::plain(quantity(paper.quantity)),
        ]
    });
    table::draw(sheet, &COLUMNS, rows);
    sheet.y += 3.0;
}

/// A paper that was only shown, or that a database gave, was not handed in: a dash, for a number there would be read as
/// one.
fn quantity(handed_in: u16) -> String {
    match handed_in {
        0 => "–".into(),
        some => format!("{some:02}"),
    }
}

fn times(sheet: &mut Sheet, form: &Form01, english: &Form01English) {
    field(sheet, TERM, &form.term_text, &english.term_text);
    let lines = [
        (RECEIVED, Some(form.received), Style::Regular),
        (DUE, form.due, Style::Bold),
    ];
    for (label, time, style) in lines {
        let words = time.map(moment).unwrap_or_default();
        let english = time.map(|time| time.strftime("%H:%M, %-d %B %Y").to_string());
        fields::styled(
            sheet,
            label,
            span(style, words),
            &english.unwrap_or_default(),
        );
    }
}

/// A moment in the words of the form.
fn moment(at: DateTime) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    let time = glued(&format!("{hour:02} giờ {minute:02} phút,"));
    format!("{time} {}", glued(&day(at.date())))
}

/// Volume and running number; blank where the office fills them in by hand or keeps the register in the system.
pub(crate) fn register(sheet: &mut Sheet, book: Option<&(String, String)>) {
    const BLANK: &str = "...........";
    let (volume, running) = match book {
        Some((volume, running)) => (clean(volume), clean(running)),
        None => (BLANK.to_owned(), BLANK.to_owned()),
    };
    let words = format!("Vào Sổ theo dõi hồ sơ, Quyển số {volume} Số thứ tự {running} (nếu có)");
    sheet.paired(
        &[span(Style::Regular, words)],
        "Entered in the register: volume, running number (if any)",
    );
}
