//! The paper for a transfer: the code that a bank's app reads, and the same in words for who types it. A template of
//! ours, no official form. Not in it: what the code says (domain), and whether the money came.

use jiff::civil::Date;

use crate::fields::{Label, field, label, styled};
use crate::fonts::{Style, clean};
use crate::header::{self, Corner, Head, day_en, place_and_date};
use crate::layout::{self, Origin, Plan};
use crate::sheet::{Align, MM, Mark, Sheet, Tongues};
use crate::text::{one_line, span};
use crate::{FormError, Letterhead, Paper, qr, render};

/// Version of the template.
pub const TRANSFER_TEMPLATE: &str = "CK-1";

/// Large enough for a telephone at arm's length.
const SIDE: f32 = 58.0 * MM;

const CODE: Label = label("Mã hồ sơ: ", "Dossier code");
const PAYER: Label = label("Người nộp: ", "Payer");
const MATTER: Label = label("Nội dung thu: ", "Fee for");
const AMOUNT: Label = label("Số tiền: ", "Amount");
const WORDS: Label = label("Bằng chữ: ", "In words");
const BANK: Label = label("Ngân hàng: ", "Bank");
const ACCOUNT: Label = label("Số tài khoản: ", "Account number");
const HOLDER: Label = label("Chủ tài khoản: ", "Account holder");
const PURPOSE: Label = label("Nội dung chuyển khoản: ", "Purpose");

/// Everything that the paper says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TransferPaper {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// The day it is printed.
    pub printed: Date,
    /// The filing's code.
    pub code: String,
    /// Who pays.
    pub payer: String,
    /// What the fee is for.
    pub matter: String,
    /// "8.000 đ".
    pub amount: String,
    /// "tám nghìn đồng".
    pub words: String,
    /// The bank's name, or its number.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// In whose name it is.
    pub holder: String,
    /// What the transfer says.
    pub purpose: String,
    /// What the code says.
    pub payload: String,
    /// Sample data of the demo office.
    pub sample: bool,
}

/// The paper as PDF/A-2b.
///
/// # Errors
/// [`FormError`] when the code can't be drawn or the program's own fonts are damaged.
pub fn transfer_paper(words: &TransferPaper, paper: Paper) -> Result<Vec<u8>, FormError> {
    let rows = qr::symbol_of(&words.payload)?;
    let code = clean(&words.code);
    let plan = Plan {
        foot: format!("{TRANSFER_TEMPLATE} · {code}"),
        continued: vec![span(Style::Bold, code.clone())],
        tongues: Tongues::Vietnamese,
        origin: Origin::of(words.sample),
    };
    let head = Head {
        parent_agency: &words.letterhead.parent_agency,
        office: &words.letterhead.office,
        office_en: "",
        number: None,
        dated: place_and_date(&words.letterhead.place, words.printed),
        dated_en: day_en(words.printed),
        title: &["THÔNG TIN CHUYỂN KHOẢN PHÍ, LỆ PHÍ"],
        title_en: "FEE BY BANK TRANSFER",
        corner: Corner::Empty,
    };
    let pages = layout::pages(&plan, paper, |page| {
        header::draw(page, &head);
        draw(page, words, &rows);
    })?;
    let title = format!("Chuyển khoản {code}");
    render::finished(&pages, paper, title, words.printed.at(0, 0, 0, 0))
}

fn draw(page: &mut Sheet, words: &TransferPaper, rows: &[Vec<bool>]) {
    let strong = |page: &mut Sheet, label: Label, value: &str| {
        styled(page, label, span(Style::Bold, clean(value)), "");
    };
    strong(page, CODE, &words.code);
    field(page, PAYER, &words.payer, "");
    field(page, MATTER, &words.matter, "");
    strong(page, AMOUNT, &words.amount);
    field(page, WORDS, &words.words, "");
    page.y += 8.0;
    page.reserve(SIDE + 8.0);
    let x = (page.frame.left + page.frame.right - SIDE) / 2.0;
    page.put(Mark::Modules {
        x,
        y: page.y,
        side: SIDE,
        rows: rows.to_vec(),
    });
    page.y += SIDE + 8.0;
    field(page, BANK, &words.bank, "");
    strong(page, ACCOUNT, &words.account);
    field(page, HOLDER, &words.holder, "");
    strong(page, PURPOSE, &words.purpose);
    page.y += 6.0;
    let note = "Giấy này không phải là biên lai. Biên lai được cấp khi tiền đã vào tài khoản.";
    let size = page.size - 1.0;
    let line = one_line(page.faces, &[span(Style::Italic, note)], size);
    page.reserve(page.leading());
    page.set(&line, page.frame.edges(), page.y, size, Align::Left);
    page.y += page.leading();
}

/// The rows of a QR symbol, top first, `true` = dark, without the quiet zone.
///
/// # Errors
/// [`FormError::Qr`] for an empty text or one that is too long for a screen or paper.
pub fn qr_rows(text: &str) -> Result<Vec<Vec<bool>>, FormError> {
    qr::symbol_of(text)
}
