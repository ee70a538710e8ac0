//! The sheet with which a counter's cash goes to the accountant. A template of ours, no official form, and marked so.
//! Not in it: what must lie in a till (store), and the tax office's receipts.

use jiff::civil::DateTime;

use crate::fields::{Label, field, label, styled};
use crate::fonts::{Style, clean};
use crate::header::{self, Corner, Head, day_en, place_and_date};
use crate::layout::{self, Origin, Plan};
use crate::sheet::{Sheet, Tongues};
use crate::signatures::{self, Ending, Signer};
use crate::table::{self, Cell, Column};
use crate::text::span;
use crate::{FormError, Letterhead, Paper, render};

/// Version of the template.
pub const TILL_TEMPLATE: &str = "NQ-1";

const COUNTER: Label = label("Quầy: ", "Counter");
const FROM: Label = label("Mở quỹ: ", "Opened");
const TO: Label = label("Nộp quỹ: ", "Handed in");
const FLOAT: Label = label("Tiền đầu ca: ", "Float");
const TAKEN: Label = label("Thu tiền mặt trong ca: ", "Cash taken");
const REFUNDED: Label = label("Hoàn tiền mặt trong ca: ", "Cash given back");
const EXPECTED: Label = label("Phải có: ", "Expected");
const COUNTED: Label = label("Thực đếm: ", "Counted");
const WORDS: Label = label("Bằng chữ: ", "In words");
const DIFFERENCE: Label = label("Chênh lệch: ", "Difference");
const REASON: Label = label("Lý do chênh lệch: ", "Reason");

const NOTES: [Column; 3] = [
    Column::rest(label("Loại tiền", "Note")),
    Column::centred(label("Số tờ", "Count"), 6.0),
    Column::centred(label("Thành tiền", "Sum"), 11.0),
];

/// Everything that the sheet says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TillSheet {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// "Quầy 2".
    pub counter: String,
    /// When it was opened.
    pub opened: DateTime,
    /// When it was handed in.
    pub handed_in: DateTime,
    /// What lay in it first, "200.000 đ".
    pub float: String,
    /// Cash that was taken.
    pub taken: String,
    /// Cash that went back.
    pub refunded: String,
    /// What must lie there.
    pub expected: String,
    /// What was counted.
    pub counted: String,
    /// The same in words.
    pub words: String,
    /// What lacks or is too much; empty where nothing is.
    pub difference: String,
    /// Why, or empty.
    pub reason: String,
    /// Note, how many, and their sum.
    pub notes: Vec<[String; 3]>,
    /// Who hands it in.
    pub clerk: String,
    /// Who takes it.
    pub accountant: String,
    /// First signs of the line's hash.
    pub hash8: String,
    /// Sample data of the demo office.
    pub sample: bool,
}

/// The sheet as PDF/A-2b.
///
/// # Errors
/// [`FormError`] when the program's own fonts are damaged.
pub fn till_sheet(words: &TillSheet, paper: Paper) -> Result<Vec<u8>, FormError> {
    let counter = clean(&words.counter);
    let plan = Plan {
        foot: format!("{TILL_TEMPLATE} (mẫu của Onedoor) · {}", words.hash8),
        continued: vec![span(Style::Bold, counter.clone())],
        tongues: Tongues::Vietnamese,
        origin: Origin::of(words.sample),
    };
    let day = words.handed_in.date();
    let head = Head {
        parent_agency: &words.letterhead.parent_agency,
        office: &words.letterhead.office,
        office_en: "",
        number: None,
        dated: place_and_date(&words.letterhead.place, day),
        dated_en: day_en(day),
        title: &["GIẤY NỘP TIỀN MẶT", "THU PHÍ, LỆ PHÍ TẠI QUẦY"],
        title_en: "CASH HAND-IN OF A COUNTER",
        corner: Corner::Empty,
    };
    let pages = layout::pages(&plan, paper, |page| {
        header::draw(page, &head);
        draw(page, words);
    })?;
    let title = format!("Nộp quỹ {counter}");
    render::finished(&pages, paper, title, words.handed_in)
}

fn draw(page: &mut Sheet, words: &TillSheet) {
    let time = |at: DateTime| at.strftime("%H:%M ngày %d/%m/%Y").to_string();
    let strong = |page: &mut Sheet, label: Label, value: &str| {
        styled(page, label, span(Style::Bold, clean(value)), "");
    };
    strong(page, COUNTER, &words.counter);
    field(page, FROM, &time(words.opened), "");
    field(page, TO, &time(words.handed_in), "");
    field(page, FLOAT, &words.float, "");
    field(page, TAKEN, &words.taken, "");
    field(page, REFUNDED, &words.refunded, "");
    strong(page, EXPECTED, &words.expected);
    if !words.notes.is_empty() {
        page.y += 4.0;
        let row = |row: &[String; 3]| row.each_ref().map(|cell| Cell::plain(clean(cell)));
        let rows = words.notes.iter().map(row);
        table::draw(page, &NOTES, rows);
        page.y += 4.0;
    }
    strong(page, COUNTED, &words.counted);
    if !words.words.is_empty() {
        field(page, WORDS, &words.words, "");
    }
    if !words.difference.is_empty() {
        strong(page, DIFFERENCE, &words.difference);
        field(page, REASON, &words.reason, "");
    }
    signatures::draw(
        page,
        &Ending {
            left: Some(Signer {
                title: "NGƯỜI NỘP",
                title_en: "Handed in by",
                name: &words.clerk,
            }),
            right: Signer {
                title: "KẾ TOÁN NHẬN",
                title_en: "Accountant",
                name: &words.accountant,
            },
            note: "Mẫu của chương trình, không thay chứng từ kế toán của đơn vị.",
            note_en: "",
        },
    );
}
