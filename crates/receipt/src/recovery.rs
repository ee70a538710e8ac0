//! The recovery paper: an A5 sheet with the code that opens a workstation's data when every password is lost. Not in
//! it: the code itself (the store makes it) and any copy of it: the PDF is printed and forgotten.

use jiff::civil::Date;

use crate::finish::{About, Part, finish};
use crate::fonts::{Faces, Style, clean};
use crate::header::day;
use crate::sheet::{Align, Frame, Mark, Sheet, Stroke};
use crate::text::{balanced, one_line, span};
use crate::{FormError, Paper, drawing, render};

/// What the recovery paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryPaper {
    /// The office by its own name.
    pub office: String,
    /// The workstation's name, as the supervisor knows it.
    pub workstation: String,
    /// The day it was made.
    pub date: Date,
    /// The code in groups of the same length, separated by spaces or hyphens; eight of them.
    pub code: String,
}

/// What it is for, what to do, and where to keep it; each in Vietnamese and in English.
const WORDS: [(&str, &str, &str); 4] = [
    (
        "Dùng để làm gì",
        "Mã này mở dữ liệu của máy trạm khi không ai đăng nhập được: quên mật khẩu, hoặc thay ổ đĩa, thay máy.",
        "What it is for: this code opens the workstation's data when nobody can sign in.",
    ),
    (
        "Cách dùng",
        "Ở trang đăng nhập, chọn mở bằng giấy khôi phục rồi gõ đủ các nhóm chữ và số ở trên.",
        "How: on the sign-in page choose the recovery paper and type all groups above.",
    ),
    (
        "Cất giữ",
        "Cho vào phong bì niêm phong, cất trong két của cơ quan. Không để cạnh máy, không chụp ảnh, không gửi qua mạng.",
        "Where to keep it: sealed, in the office's safe; never beside the PC, never as a photograph.",
    ),
    (
        "Nếu mất hoặc lộ",
        "Lãnh đạo Trung tâm in giấy khôi phục mới ngay; mã trên giấy này sẽ hết hiệu lực.",
        "If lost or seen by others: print a new one at once; this code then opens nothing.",
    ),
];

/// The recovery paper as PDF/A-2b on A5. The bytes hold the code in the clear: print them, keep them nowhere.
///
/// # Errors
/// [`FormError`] when the program's own fonts are damaged.
pub fn recovery_paper(paper: &RecoveryPaper) -> Result<Vec<u8>, FormError> {
    let mut sheet = Sheet::new(Faces::get()?, Frame::A5, 11.0, Vec::new());
    heading(&mut sheet, paper);
    code(&mut sheet, &paper.code);
    for (what, vietnamese, english) in WORDS {
        words(&mut sheet, what, vietnamese, english);
    }
    signatures(&mut sheet);
    let about = About {
        title: format!("Giấy khôi phục {}", clean(&paper.workstation)),
        made: paper.date.at(0, 0, 0, 0),
    };
    let document = drawing::document(&sheet.pages, Paper::A5, &about.title)?;
    finish(render::saved(&document), &about, Part::Two)
}

fn centred(sheet: &mut Sheet, style: Style, text: &str, size: f32) {
    for line in balanced(sheet.faces, &[span(style, text)], size, sheet.frame.room()) {
        sheet.set(&line, sheet.frame.edges(), sheet.y, size, Align::Centre);
        sheet.y += size * 1.25;
    }
}

fn heading(sheet: &mut Sheet, paper: &RecoveryPaper) {
    centred(
        sheet,
        Style::Bold,
        &clean(&paper.office).to_uppercase(),
        10.0,
    );
    sheet.y += 12.0;
    centred(sheet, Style::Bold, "GIẤY KHÔI PHỤC", 20.0);
    centred(sheet, Style::Italic, "Recovery paper", 12.0);
    sheet.y += 10.0;
    let rows = [
        ("Máy trạm (workstation): ", clean(&paper.workstation)),
        ("Ngày lập (date): ", day(paper.date)),
    ];
    for (label, value) in rows {
        sheet.paragraph(&[span(Style::Regular, label), span(Style::Bold, value)]);
    }
    sheet.y += 10.0;
}

/// The groups in two rows inside a frame, large and wide apart: they are read aloud and typed by hand.
fn code(sheet: &mut Sheet, code: &str) {
    let code = clean(code);
    let groups: Vec<&str> = code.split([' ', '-']).filter(|g| !g.is_empty()).collect();
    let rows: Vec<&[&str]> = groups.chunks(4).collect();
    let (size, step) = (18.0, 30.0);
    let (top, height) = (sheet.y, rows.len() as f32 * step + 14.0);
    sheet.put(Mark::Frame {
        x: sheet.frame.left,
        y: top,
        width: sheet.frame.room(),
        height,
        stroke: Stroke::Solid,
    });
    let column = sheet.frame.room() / 4.0;
    for (n, row) in rows.iter().enumerate() {
        for (at, group) in row.iter().enumerate() {
            let left = sheet.frame.left + at as f32 * column;
            let line = one_line(sheet.faces, &[span(Style::Bold, *group)], size);
            let y = top + 11.0 + n as f32 * step;
            sheet.set(&line, (left, left + column), y, size, Align::Centre);
        }
    }
    sheet.y = top + height + 14.0;
}

fn words(sheet: &mut Sheet, what: &str, vietnamese: &str, english: &str) {
    let bold = span(Style::Bold, format!("{what}: "));
    sheet.paragraph(&[bold, span(Style::Regular, vietnamese)]);
    sheet.size -= 1.5;
    sheet.paragraph(&[span(Style::Italic, english)]);
    sheet.size += 1.5;
    sheet.y += 6.0;
}

fn signatures(sheet: &mut Sheet) {
    sheet.y += 8.0;
    let middle = (sheet.frame.left + sheet.frame.right) / 2.0;
    let columns = [
        ("NGƯỜI LẬP", (sheet.frame.left, middle)),
        ("NGƯỜI CẤT GIỮ", (middle, sheet.frame.right)),
    ];
    for (title, edges) in columns {
        let title = one_line(sheet.faces, &[span(Style::Bold, title)], 11.0);
        let hint = one_line(
            sheet.faces,
            &[span(Style::Italic, "(Ký và ghi rõ họ tên)")],
            10.0,
        );
        sheet.set(&title, edges, sheet.y, 11.0, Align::Centre);
        sheet.set(&hint, edges, sheet.y + 14.0, 10.0, Align::Centre);
    }
}
