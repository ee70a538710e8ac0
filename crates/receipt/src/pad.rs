//! Pads of form 01 for power cuts: what such a pad says, and its pages. Each page has a reserved number and its code;
//! everything else is a dotted line to write on. Not in it: reserving the numbers, entering what was written, and
//! voiding what was not used (the desk).

use jiff::civil::Date;

use crate::body::{
    APPLICANT, COLUMNS, DUE, FEE, GIVE_BACK, PAPERS, RECEIVED, TERM, TITLE, register,
};
use crate::fields::{self, ADDRESS, CONTENT, EMAIL, Label, NUMBER, PHONE, label};
use crate::fonts::{Faces, Style, clean};
use crate::header::{self, Corner, Head};
use crate::layout::{Origin, Plan, footed};
use crate::sheet::{Align, Frame, Mark, Sheet, Tongues};
use crate::signatures::{self, Ending};
use crate::table;
use crate::text::{one_line, span};
use crate::{FormError, Letterhead, Paper, qr};

/// The version of the pad's layout; its fields are those of form 01.
pub const FORM01_PAD_TEMPLATE: &str = "form01-pad-2025.1";

/// The file's name for itself.
pub(crate) const NAME: &str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả, in sẵn";

/// One page of a pad: what was reserved for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PadSheet {
    /// The reserved dossier code, or the provisional code.
    pub code: String,
    /// The reserved number of the form (Số), without its symbol.
    pub form_number: String,
    /// The reservation in decimal digits: as a QR, and below it to type. At most 20 digits stay easy to type.
    pub reservation: String,
}

/// A pad of form 01.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form01Pad {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// The pages, in the order of their numbers.
    pub sheets: Vec<PadSheet>,
    /// The day it is printed.
    pub printed: Date,
    /// Sample data of the demo office.
    pub sample: bool,
}

const SETS: Label = label("Số lượng hồ sơ (bộ): ", "");
const NOTE: &str = "Tờ in sẵn dùng khi mất điện. Có điện thì nhập ngay vào máy theo mã ở trên; tờ không dùng phải hủy trên máy.";

/// So many empty rows has the table of papers.
const ROWS: usize = 5;

/// The distance between two lines to write on, as a multiple of that between two printed ones: the first that leaves
/// the form on one page is taken.
const PITCHES: [f32; 9] = [1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0];

/// The marks of every page: one for each sheet of the pad.
pub(crate) fn pages(pad: &Form01Pad, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    if pad.sheets.is_empty() {
        return Err(FormError::EmptyPad);
    }
    let faces = Faces::get()?;
    let mut pages = Vec::with_capacity(pad.sheets.len());
    for one in &pad.sheets {
        let rows = qr::modules(&one.reservation)?;
        pages.extend(page(pad, one, &rows, (faces, Frame::of(paper))));
    }
    Ok(pages)
}

fn page(
    pad: &Form01Pad,
    one: &PadSheet,
    rows: &[Vec<bool>],
    (faces, frame): (&'static Faces, Frame),
) -> Vec<Vec<Mark>> {
    let plan = Plan {
        foot: format!(
            "{FORM01_PAD_TEMPLATE} · in ngày {} · {}",
            pad.printed.strftime("%d/%m/%Y"),
            grouped(&one.reservation)
        ),
        continued: vec![span(Style::Bold, clean(&one.code))],
        tongues: Tongues::Vietnamese,
        origin: Origin::of(pad.sample),
    };
    // The smallest type, so that the lines to write on can be as far apart as the page allows.
    let size = frame.sizes.last().copied().unwrap_or(frame.long);
    let composed = |pitch: f32| {
        let mut sheet = Sheet::new(faces, frame, size, plan.continued.clone());
        header::draw(&mut sheet, &head(pad, one, rows));
        blanks(&mut sheet, pad, one, size * 1.2 * pitch);
        sheet
    };
    let fits = PITCHES
        .into_iter()
        .map(&composed)
        .find(|s| s.pages.len() == 1);
    footed(&plan, fits.unwrap_or_else(|| composed(1.0)))
}

fn head<'a>(pad: &'a Form01Pad, one: &PadSheet, rows: &'a [Vec<bool>]) -> Head<'a> {
    let letterhead = &pad.letterhead;
    Head {
        parent_agency: &letterhead.parent_agency,
        office: &letterhead.office,
        office_en: "",
        number: Some(header::numbered(&one.form_number, "", &letterhead.symbol)),
        dated: format!(
            "{}, ngày ...... tháng ...... năm .........",
            clean(&letterhead.place)
        ),
        dated_en: String::new(),
        title: &TITLE,
        title_en: "",
        corner: Corner::Code(rows),
    }
}

/// Everything below the title, to be written by hand on lines `pitch` points apart.
fn blanks(sheet: &mut Sheet, pad: &Form01Pad, one: &PadSheet, pitch: f32) {
    sheet.paragraph(&[
        span(Style::Regular, "Mã hồ sơ: "),
        span(Style::Bold, clean(&one.code)),
    ]);
    sheet.paragraph(&[
        span(Style::Regular, "Mã tờ in sẵn: "),
        span(Style::Bold, grouped(&one.reservation)),
    ]);
    sheet.pass();
    fields::office(sheet, &pad.letterhead.office, "");
    for labels in [
        &[APPLICANT][..],
        &[NUMBER],
        &[ADDRESS],
        &[PHONE, EMAIL],
        &[CONTENT],
    ] {
        line(sheet, labels, pitch);
    }
    line(sheet, &[label("", "")], pitch);
    sheet.paragraph(&[span(Style::Regular, PAPERS.vi)]);
    sheet.y += 2.0;
    table::blank(sheet, &COLUMNS, ROWS, pitch);
    sheet.y += 1.0;
    for labels in [&[SETS][..], &[TERM]] {
        line(sheet, labels, pitch);
    }
    moment(sheet, RECEIVED, pitch);
    moment(sheet, DUE, pitch);
    for labels in [&[GIVE_BACK][..], &[FEE]] {
        line(sheet, labels, pitch);
    }
    sheet.y += pitch - sheet.leading();
    register(sheet, None);
    let ending = Ending {
        left: Some(signatures::submitter("")),
        right: signatures::receiver(""),
        note: NOTE,
        note_en: "",
    };
    signatures::draw(sheet, &ending);
}

/// One line to write on: labels share it evenly, each with its own dotted line.
fn line(sheet: &mut Sheet, labels: &[Label], pitch: f32) {
    sheet.reserve(pitch);
    let (left, room) = (sheet.frame.left, sheet.room(sheet.y));
    let part = room / labels.len().max(1) as f32;
    // The words stand at the foot of their line: writing needs the room above it.
    let top = sheet.y + pitch - sheet.leading();
    for (at, label) in labels.iter().enumerate() {
        let start = left + part * at as f32;
        let words = one_line(sheet.faces, &[span(Style::Regular, label.vi)], sheet.size);
        sheet.set(&words, (start, start + part), top, sheet.size, Align::Left);
        let from = start + words.width + 1.5;
        sheet.dots(
            (
                from,
                start + part - if at + 1 < labels.len() { 4.0 } else { 0.0 },
            ),
            top,
        );
    }
    sheet.y += pitch;
}

/// A moment to be written in: the words of the form between dotted lines, the year given two digits ahead.
fn moment(sheet: &mut Sheet, label: Label, pitch: f32) {
    const WORDS: [&str; 5] = [" giờ ", " phút, ngày ", " tháng ", " năm 20", ""];
    sheet.reserve(pitch);
    let (left, right) = sheet.frame.edges();
    let top = sheet.y + pitch - sheet.leading();
    let size = sheet.size;
    let set =
        |sheet: &Sheet, words: &str| one_line(sheet.faces, &[span(Style::Regular, words)], size);
    let first = set(sheet, label.vi);
    let words = WORDS.map(|words| set(sheet, words));
    let taken: f32 = first.width + words.iter().map(|line| line.width).sum::<f32>();
    let gap = ((right - left - taken) / 5.0).min(size * 3.0);
    sheet.set(&first, (left, right), top, size, Align::Left);
    let mut x = left + first.width;
    for line in &words {
        sheet.dots((x, x + gap), top);
        x += gap;
        sheet.set(line, (x, right), top, size, Align::Left);
        x += line.width;
    }
    sheet.y += pitch;
}

/// Digits in fours, to be read aloud and typed.
fn grouped(digits: &str) -> String {
    let digits: Vec<char> = clean(digits).chars().collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}
