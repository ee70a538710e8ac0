//! The table of papers: STT, name, kind, quantity, with rules around every cell; its head is repeated on each page.
//! Not in it: the rest of the form.

use crate::PaperLine;
use crate::fonts::{Style, clean};
use crate::sheet::{Align, LEFT, RIGHT, Sheet};
use crate::text::{Line, lines, span};

/// Column edges from the left edge of the text; the second column takes what the others leave.
fn edges(size: f32) -> [f32; 5] {
    let (number, kind, quantity) = (size * 2.6, size * 6.4, size * 4.8);
    [
        LEFT,
        LEFT + number,
        RIGHT - quantity - kind,
        RIGHT - quantity,
        RIGHT,
    ]
}

/// Room between a rule and the words beside it.
const PAD: f32 = 3.0;

/// One row: the lines of its four cells.
struct Row {
    cells: [Vec<Line>; 4],
    aligned: [Align; 4],
}

/// A row with more lines than this is divided, so that it can't be taller than a page.
const TALL: usize = 20;

impl Row {
    /// The row itself, or several of at most [`TALL`] lines: no word may run off the foot of the paper.
    fn parts(mut self) -> Vec<Self> {
        let mut parts = Vec::new();
        while self.cells.iter().any(|cell| cell.len() > TALL) {
            let cut = |cell: &mut Vec<Line>| cell.split_off(cell.len().min(TALL));
            let rest = self.cells.each_mut().map(cut);
            let aligned = self.aligned;
            parts.push(std::mem::replace(
                &mut self,
                Self {
                    cells: rest,
                    aligned,
                },
            ));
        }
        parts.push(self);
        parts
    }
}

/// Draws the table from the pen down.
pub(crate) fn draw(sheet: &mut Sheet, papers: &[PaperLine]) {
    let size = sheet.size - 1.0;
    let titles = ["STT", "Tên giấy tờ", "Loại giấy tờ", "Số lượng"].map(str::to_owned);
    let head = row(sheet, titles, size, (Style::Bold, [Align::Centre; 4]));
    let plain = [Align::Centre, Align::Left, Align::Centre, Align::Centre];
    sheet.reserve(height(&head, size) * 2.0);
    heading(sheet, &head, size);
    for (at, paper) in papers.iter().enumerate() {
        let words = [
            (at + 1).to_string(),
            clean(&paper.name),
            clean(&paper.kind),
            format!("{:02}", paper.quantity),
        ];
        for part in row(sheet, words, size, (Style::Regular, plain)).parts() {
            let before = sheet.pages.len();
            sheet.reserve(height(&part, size));
            if sheet.pages.len() > before {
                heading(sheet, &head, size);
            }
            place(sheet, &part, size);
        }
    }
}

/// Breaks the words of four cells into the lines of their columns.
fn row(sheet: &Sheet, words: [String; 4], size: f32, look: (Style, [Align; 4])) -> Row {
    let edges = edges(size);
    let mut column = 0;
    let cells = words.map(|text| {
        let room = edges[column + 1] - edges[column] - 2.0 * PAD;
        column += 1;
        lines(sheet.faces, &[span(look.0, text)], size, |_| room)
    });
    Row {
        cells,
        aligned: look.1,
    }
}

fn step(size: f32) -> f32 {
    size * 1.2
}

fn height(row: &Row, size: f32) -> f32 {
    let most = row.cells.iter().map(Vec::len).max().unwrap_or(1);
    most as f32 * step(size) + 3.0
}

/// The head of the table with the rule above it.
fn heading(sheet: &mut Sheet, head: &Row, size: f32) {
    sheet.rule((LEFT, sheet.y), (RIGHT, sheet.y));
    place(sheet, head, size);
}

/// Draws a row at the pen: its words, the rules at its sides and below.
fn place(sheet: &mut Sheet, row: &Row, size: f32) {
    let (edges, top, height) = (edges(size), sheet.y, height(row, size));
    for (column, cell) in row.cells.iter().enumerate() {
        let inner = (edges[column] + PAD, edges[column + 1] - PAD);
        let gap = (height - cell.len() as f32 * step(size)) / 2.0;
        for (n, line) in cell.iter().enumerate() {
            let y = top + gap - 0.5 + n as f32 * step(size);
            sheet.set(line, inner, y, size, row.aligned[column]);
        }
    }
    for x in edges {
        sheet.rule((x, top), (x, top + height));
    }
    sheet.rule((LEFT, top + height), (RIGHT, top + height));
    sheet.y += height;
}
