//! The head of form 01: office and state side by side with their rules, number and date, title, and the QR. Not in
//! it: the fields (`body`). Wording and order are those of Mẫu 01, TT 03/2025/TT-VPCP; the QR is an addition of
//! practice.

use jiff::civil::Date;

use crate::fonts::{Style, clean};
use crate::layout::NOT_RECEIVED;
use crate::sheet::{Align, LEFT, MM, Mark, RIGHT, ROOM, Sheet, Stroke};
use crate::text::{Line, balanced, one_line, span};
use crate::{Form01, Standing};

/// The name of the state and its motto, at the right.
const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The share of the width that the right column has; the state's name must stay on one line.
const RIGHT_SHARE: f32 = 0.56;

/// The side of the QR without its quiet zone.
const QR_SIDE: f32 = 28.0 * MM;

/// The quiet zone: four modules of a symbol with 53, which holds the capsule.
const QUIET: f32 = 2.2 * MM;

/// Draws the head with the rows of the QR (`None` before there is one) and leaves the pen below the title, with text running around the QR.
pub(crate) fn draw(sheet: &mut Sheet, form: &Form01, code: Option<&[Vec<bool>]>) {
    let split = RIGHT - ROOM * RIGHT_SHARE;
    let size = state_size(sheet, RIGHT - split);
    let left = office(sheet, form, (LEFT, split - 6.0), size);
    let right = state(sheet, (split, RIGHT), size);
    let y = left.max(right) + 3.0;
    let number = one_line(
        sheet.faces,
        &[span(Style::Regular, number(form))],
        size + 0.5,
    );
    sheet.set(&number, (LEFT, split - 6.0), y, size + 0.5, Align::Centre);
    let date = [span(Style::Italic, place_and_date(form))];
    for (n, line) in balanced(sheet.faces, &date, size + 0.5, RIGHT - split)
        .iter()
        .enumerate()
    {
        let top = y + n as f32 * (size + 0.5) * 1.2;
        sheet.set(line, (split, RIGHT), top, size + 0.5, Align::Centre);
        sheet.y = top + (size + 0.5) * 1.2;
    }
    sheet.y += 7.0;
    symbol(sheet, code);
    title(sheet);
}

/// The largest size up to 10 points at which the state's name fits into its column.
fn state_size(sheet: &Sheet, room: f32) -> f32 {
    let em = one_line(sheet.faces, &[span(Style::Bold, STATE)], 1.0).width;
    ((room / em * 10.0).floor() / 10.0).min(10.0)
}

/// The agency above, the office, and the short rule under it; gives the lower edge.
fn office(sheet: &mut Sheet, form: &Form01, edges: (f32, f32), size: f32) -> f32 {
    let step = size * 1.2;
    let mut y = sheet.y;
    let parts = [
        (Style::Regular, &form.parent_agency),
        (Style::Bold, &form.office),
    ];
    for (style, name) in parts {
        let name = clean(name).to_uppercase();
        if name.is_empty() {
            continue;
        }
        for line in balanced(sheet.faces, &[span(style, name)], size, edges.1 - edges.0) {
            sheet.set(&line, edges, y, size, Align::Centre);
            y += step;
        }
    }
    let (middle, half) = ((edges.0 + edges.1) / 2.0, (edges.1 - edges.0) / 6.0);
    sheet.rule((middle - half, y + 3.5), (middle + half, y + 3.5));
    y + 5.0
}

/// The state, its motto, and the rule as long as the motto; gives the lower edge.
fn state(sheet: &mut Sheet, edges: (f32, f32), size: f32) -> f32 {
    let y = sheet.y;
    let name = one_line(sheet.faces, &[span(Style::Bold, STATE)], size);
    let motto = one_line(sheet.faces, &[span(Style::Bold, MOTTO)], size + 1.0);
    sheet.set(&name, edges, y, size, Align::Centre);
    sheet.set(&motto, edges, y + size * 1.2, size + 1.0, Align::Centre);
    let (middle, low) = ((edges.0 + edges.1) / 2.0, y + size * 2.4 + 4.0);
    sheet.rule(
        (middle - motto.width / 2.0, low),
        (middle + motto.width / 2.0, low),
    );
    low + 2.0
}

fn number(form: &Form01) -> String {
    match &form.standing {
        Standing::Preview => format!("Số: {NOT_RECEIVED}"),
        Standing::Received { number, .. } => {
            format!("Số: {}/{}", clean(number), clean(&form.symbol))
        }
    }
}

fn place_and_date(form: &Form01) -> String {
    format!("{}, {}", clean(&form.place), day(form.received.date()))
}

/// A day in the words of official papers: a zero before days under 10 and before January and February.
pub(crate) fn day(date: Date) -> String {
    let month = if date.month() < 3 {
        format!("{:02}", date.month())
    } else {
        date.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// The QR at the right edge, or the frame that keeps its place; text runs around it from here on.
fn symbol(sheet: &mut Sheet, code: Option<&[Vec<bool>]>) {
    let (x, y, side) = (RIGHT - QR_SIDE, sheet.y, QR_SIDE);
    match code {
        Some(rows) => {
            let rows = rows.to_vec();
            sheet.put(Mark::Modules { x, y, side, rows });
        }
        None => waiting(sheet, (x, y)),
    }
    sheet.around = Some((x - QUIET, y + QR_SIDE + QUIET));
}

/// The empty place of a QR that is yet to come.
fn waiting(sheet: &mut Sheet, (x, y): (f32, f32)) {
    let stroke = Stroke::Dashed;
    sheet.put(Mark::Frame {
        x,
        y,
        width: QR_SIDE,
        height: QR_SIDE,
        stroke,
    });
    let lines = ["CHƯA", "TIẾP NHẬN"].map(|t| one_line(sheet.faces, &[span(Style::Bold, t)], 9.0));
    let mut top = y + (QR_SIDE - lines.len() as f32 * 11.0) / 2.0;
    for line in lines {
        sheet.set(&line, (x, x + QR_SIDE), top, 9.0, Align::Centre);
        top += 11.0;
    }
}

/// The title on two lines: in the middle of the page where the QR leaves room, else in the middle beside it.
fn title(sheet: &mut Sheet) {
    let size = 13.0;
    let lines: Vec<Line> = ["GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"]
        .iter()
        .map(|words| one_line(sheet.faces, &[span(Style::Bold, *words)], size))
        .collect();
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let room = sheet.room(sheet.y);
    let edges = if (ROOM + widest) / 2.0 <= room {
        (LEFT, RIGHT)
    } else {
        (LEFT, LEFT + room)
    };
    // Title, code and office fill the height of the QR, so that the long lines after them begin below it.
    let filled = size * 2.5 + sheet.leading() * 2.0;
    let spare = (QR_SIDE + QUIET - filled).max(10.0);
    sheet.y += spare * 0.35;
    for line in lines {
        sheet.set(&line, edges, sheet.y, size, Align::Centre);
        sheet.y += size * 1.25;
    }
    sheet.y += spare * 0.65;
}
