//! The head of every form: office and state side by side with their rules, number and date, title, and the QR. Not in
//! it: the fields (`fields`), and which title and symbol a form has. Wording and order are those of Phụ lục I,
//! TT 03/2025/TT-VPCP; the QR is an addition of practice, English that of missions abroad.

use jiff::civil::Date;

use crate::fonts::{Style, clean};
use crate::sheet::{Align, MM, Mark, Sheet, Stroke, Tongues};
use crate::text::{Line, balanced, one_line, span};

/// The name of the state and its motto, at the right, and their English.
const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
const STATE_EN: &str = "SOCIALIST REPUBLIC OF VIET NAM";
const MOTTO_EN: &str = "Independence - Freedom - Happiness";

/// The share of the width that the right column has; the state's name must stay on one line.
const RIGHT_SHARE: f32 = 0.56;

/// The side of the QR without its quiet zone.
pub(crate) const QR_SIDE: f32 = 28.0 * MM;

/// The quiet zone: four modules of a symbol with 53, which holds the capsule.
const QUIET: f32 = 2.2 * MM;

/// English in the head stands so much smaller than the Vietnamese above it.
const SECOND: f32 = 0.8;

/// What stands at the right edge below the date.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Corner<'a> {
    /// Nothing: the form has no code.
    Empty,
    /// The frame that keeps the place of a QR.
    Waiting,
    /// A QR, by its rows.
    Code(&'a [Vec<bool>]),
}

/// What the head of a form says.
#[derive(Debug, Clone)]
pub(crate) struct Head<'a> {
    /// The agency above the office.
    pub(crate) parent_agency: &'a str,
    /// The office by its own name.
    pub(crate) office: &'a str,
    /// The office in English; only where the form speaks both languages.
    pub(crate) office_en: &'a str,
    /// The number with its symbol; `None` on papers that have no number.
    pub(crate) number: Option<String>,
    /// "Ea Tul, ngày 23 tháng 11 năm 2026".
    pub(crate) dated: String,
    /// The same in English.
    pub(crate) dated_en: String,
    /// The title in capitals, line by line.
    pub(crate) title: &'a [&'a str],
    /// The same in English.
    pub(crate) title_en: &'a str,
    /// What stands at the right edge.
    pub(crate) corner: Corner<'a>,
}

/// Draws the head and leaves the pen below the title, with text running around the QR.
pub(crate) fn draw(sheet: &mut Sheet, head: &Head<'_>) {
    let (left_edge, right_edge) = sheet.frame.edges();
    let split = right_edge - sheet.frame.room() * RIGHT_SHARE;
    let size = state_size(sheet, right_edge - split);
    let left = office(sheet, head, (left_edge, split - 6.0), size);
    let right = state(sheet, (split, right_edge), size);
    let y = left.max(right) + 3.0;
    if let Some(number) = &head.number {
        let number = one_line(sheet.faces, &[span(Style::Regular, number)], size + 0.5);
        sheet.set(
            &number,
            (left_edge, split - 6.0),
            y,
            size + 0.5,
            Align::Centre,
        );
    }
    let date = [span(Style::Italic, &head.dated)];
    for (n, line) in balanced(sheet.faces, &date, size + 0.5, right_edge - split)
        .iter()
        .enumerate()
    {
        let top = y + n as f32 * (size + 0.5) * 1.2;
        sheet.set(line, (split, right_edge), top, size + 0.5, Align::Centre);
        sheet.y = top + (size + 0.5) * 1.2;
    }
    sheet.y = second(
        sheet,
        &head.dated_en,
        (split, right_edge),
        (sheet.y, size + 0.5),
    );
    sheet.y += 7.0;
    corner(sheet, head.corner);
    title(sheet, head);
}

/// English in a column of the head, below `top`; gives its lower edge. Nothing where the form speaks Vietnamese only.
fn second(sheet: &mut Sheet, words: &str, edges: (f32, f32), (top, above): (f32, f32)) -> f32 {
    let mut y = top;
    if sheet.tongues == Tongues::Both && !words.is_empty() {
        let size = above * SECOND;
        for line in balanced(
            sheet.faces,
            &[span(Style::Italic, words)],
            size,
            edges.1 - edges.0,
        ) {
            sheet.set(&line, edges, y, size, Align::Centre);
            y += size * 1.2;
        }
    }
    y
}

/// The largest size that the head may have at which the state's name fits into its column.
fn state_size(sheet: &Sheet, room: f32) -> f32 {
    let em = one_line(sheet.faces, &[span(Style::Bold, STATE)], 1.0).width;
    ((room / em * 10.0).floor() / 10.0).min(sheet.frame.head)
}

/// The agency above, the office, and the short rule under it; gives the lower edge.
fn office(sheet: &mut Sheet, head: &Head<'_>, edges: (f32, f32), size: f32) -> f32 {
    let step = size * 1.2;
    let mut y = sheet.y;
    let parts = [
        (Style::Regular, head.parent_agency),
        (Style::Bold, head.office),
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
    y = second(sheet, &clean(head.office_en), edges, (y, size));
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
    let below = second(sheet, STATE_EN, edges, (low + 2.0, size));
    second(sheet, MOTTO_EN, edges, (below, size))
}

/// "Số: 24/TTPVHCC": a form's own number with its symbol, `kind` being `PBS-`, `PTC-` or, for form 01, nothing.
pub(crate) fn numbered(number: &str, kind: &str, symbol: &str) -> String {
    format!("Số: {}/{kind}{}", clean(number), clean(symbol))
}

/// Place and day of signing.
pub(crate) fn place_and_date(place: &str, date: Date) -> String {
    format!("{}, {}", clean(place), day(date))
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

/// A day in English: "23 November 2026".
pub(crate) fn day_en(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The QR at the right edge, or the frame that keeps its place; text runs around it from here on.
fn corner(sheet: &mut Sheet, corner: Corner<'_>) {
    let (x, y, side) = (sheet.frame.right - QR_SIDE, sheet.y, QR_SIDE);
    match corner {
        Corner::Empty => return,
        Corner::Code(rows) => {
            let rows = rows.to_vec();
            sheet.put(Mark::Modules { x, y, side, rows });
        }
        Corner::Waiting => waiting(sheet, (x, y)),
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

/// The title: in the middle of the page where the QR leaves room, else in the middle beside it.
fn title(sheet: &mut Sheet, head: &Head<'_>) {
    let (size, whole) = (sheet.frame.head + 3.0, sheet.frame.room());
    let lines: Vec<Line> = head
        .title
        .iter()
        .map(|words| one_line(sheet.faces, &[span(Style::Bold, *words)], size))
        .collect();
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let room = sheet.room(sheet.y);
    // English under the title is longer than the title: on a form in both languages it needs the room beside the QR.
    let centred = (whole + widest) / 2.0 <= room && sheet.tongues == Tongues::Vietnamese;
    let edges = if centred {
        sheet.frame.edges()
    } else {
        (sheet.frame.left, sheet.frame.left + room)
    };
    let spare = match head.corner {
        Corner::Empty => 10.0,
        // Title, code and office fill the height of the QR, so that the long lines after them begin below it.
        Corner::Waiting | Corner::Code(_) => {
            let filled = size * 2.5 + sheet.leading() * 2.0;
            (QR_SIDE + QUIET - filled).max(10.0)
        }
    };
    let spare = match sheet.tongues {
        Tongues::Vietnamese => spare,
        Tongues::Both => spare * 0.3,
    };
    sheet.y += spare * 0.35;
    for line in lines {
        sheet.set(&line, edges, sheet.y, size, Align::Centre);
        sheet.y += size * 1.25;
    }
    sheet.y = second(sheet, head.title_en, edges, (sheet.y, size * 0.9));
    sheet.y += spare * 0.65;
}
