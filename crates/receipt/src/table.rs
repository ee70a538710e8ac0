//! A table on a form: a head that is repeated on each page, rows that flow, rules around every cell. Not in it: which
//! columns a form has, and the rest of the form.

use crate::fields::Label;
use crate::fonts::{Style, clean};
use crate::sheet::{Align, SECOND, Sheet, Tongues};
use crate::text::{Line, lines, span};

/// A column: its heading, its width in type sizes (`None` takes what the others leave), how its words stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    title: Label,
    width: Option<f32>,
    align: Align,
}

impl Column {
    /// A column of fixed width, its words in the middle.
    pub(crate) const fn centred(title: Label, width: f32) -> Self {
        Self {
            title,
            width: Some(width),
            align: Align::Centre,
        }
    }

    /// The column that takes what the others leave; one in a table.
    pub(crate) const fn rest(title: Label) -> Self {
        Self {
            title,
            width: None,
            align: Align::Left,
        }
    }
}

/// The words of a cell, and the same in English or nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    words: String,
    english: String,
}

impl Cell {
    /// Words that need no second language.
    pub(crate) fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            english: String::new(),
        }
    }

    /// Words in both languages, as they were typed.
    pub(crate) fn both(words: &str, english: &str) -> Self {
        Self {
            words: clean(words),
            english: clean(english),
        }
    }
}

/// Column edges from the left edge of the text; the fixed widths after the free column count from the right.
fn edges<const N: usize>(sheet: &Sheet, columns: &[Column; N], size: f32) -> Vec<(f32, f32)> {
    let (mut left, mut right) = sheet.frame.edges();
    let free = columns.iter().position(|c| c.width.is_none()).unwrap_or(N);
    let mut placed = vec![(left, right); N];
    for (place, column) in placed.iter_mut().zip(columns).take(free) {
        let start = left;
        left += size * column.width.unwrap_or_default();
        *place = (start, left);
    }
    for (place, column) in placed.iter_mut().zip(columns).skip(free + 1).rev() {
        let end = right;
        right -= size * column.width.unwrap_or_default();
        *place = (right, end);
    }
    if let Some(place) = placed.get_mut(free) {
        *place = (left, right);
    }
    placed
}

/// Room between a rule and the words beside it.
const PAD: f32 = 3.0;

/// The lines of a cell, and those of its English below them.
struct Block {
    lines: Vec<Line>,
    second: Vec<Line>,
    align: Align,
}

impl Block {
    fn height(&self, size: f32) -> f32 {
        self.lines.len() as f32 * step(size) + self.second.len() as f32 * step(size * SECOND)
    }

    fn count(&self) -> usize {
        self.lines.len() + self.second.len()
    }

    /// Takes the first [`TALL`] lines away and keeps the rest.
    fn cut(&mut self) -> Self {
        let rest = self.lines.split_off(self.lines.len().min(TALL));
        let left = TALL - self.lines.len();
        let rest_second = self.second.split_off(self.second.len().min(left));
        Self {
            lines: std::mem::replace(&mut self.lines, rest),
            second: std::mem::replace(&mut self.second, rest_second),
            align: self.align,
        }
    }
}

/// A row with more lines than this is divided, so that it can't be taller than a page.
const TALL: usize = 20;

/// The row itself, or several of at most [`TALL`] lines: no word may run off the foot of the paper.
fn parts(mut row: Vec<Block>) -> Vec<Vec<Block>> {
    let mut parts = Vec::new();
    while row.iter().any(|cell| cell.count() > TALL) {
        parts.push(row.iter_mut().map(Block::cut).collect());
    }
    parts.push(row);
    parts
}

/// Draws the table from the pen down.
pub(crate) fn draw<const N: usize>(
    sheet: &mut Sheet,
    columns: &[Column; N],
    rows: impl Iterator<Item = [Cell; N]>,
) {
    let size = sheet.size - 1.0;
    let edges = edges(sheet, columns, size);
    let titles = columns.map(|c| Cell::both(c.title.vi, c.title.en));
    let head = row(sheet, &titles, &edges, size, Style::Bold, |_| Align::Centre);
    sheet.reserve(height(&head, size) * 2.0);
    heading(sheet, &head, &edges, size);
    let aligned = |at: usize| columns.get(at).map_or(Align::Left, |c| c.align);
    for cells in rows {
        let whole = row(sheet, &cells, &edges, size, Style::Regular, aligned);
        for part in parts(whole) {
            let before = sheet.pages.len();
            sheet.reserve(height(&part, size));
            if sheet.pages.len() > before {
                heading(sheet, &head, &edges, size);
            }
            let height = height(&part, size);
            place(sheet, &part, &edges, (size, height));
        }
    }
}

/// Draws a table to write in: its head, and numbered rows of at least `tall` points.
pub(crate) fn blank<const N: usize>(
    sheet: &mut Sheet,
    columns: &[Column; N],
    count: usize,
    tall: f32,
) {
    let size = sheet.size - 1.0;
    let edges = edges(sheet, columns, size);
    let titles = columns.map(|c| Cell::both(c.title.vi, c.title.en));
    let head = row(sheet, &titles, &edges, size, Style::Bold, |_| Align::Centre);
    heading(sheet, &head, &edges, size);
    for n in 1..=count {
        let cells = [Cell::plain(n.to_string())];
        let number = row(sheet, &cells, &edges, size, Style::Regular, |_| {
            Align::Centre
        });
        let height = height(&number, size).max(tall);
        sheet.reserve(height);
        place(sheet, &number, &edges, (size, height));
    }
}

/// Breaks the words of the cells into the lines of their columns.
fn row(
    sheet: &Sheet,
    cells: &[Cell],
    edges: &[(f32, f32)],
    size: f32,
    style: Style,
    align: impl Fn(usize) -> Align,
) -> Vec<Block> {
    let block = |(at, (cell, edge)): (usize, (&Cell, &(f32, f32)))| {
        let room = edge.1 - edge.0 - 2.0 * PAD;
        let broken =
            |style, words: &str, size| lines(sheet.faces, &[span(style, words)], size, |_| room);
        let spoken = sheet.tongues == Tongues::Both && !cell.english.is_empty();
        Block {
            lines: broken(style, &cell.words, size),
            second: if spoken {
                broken(Style::Italic, &cell.english, size * SECOND)
            } else {
                Vec::new()
            },
            align: align(at),
        }
    };
    cells.iter().zip(edges).enumerate().map(block).collect()
}

fn step(size: f32) -> f32 {
    size * 1.2
}

fn height(row: &[Block], size: f32) -> f32 {
    let most = row.iter().map(|cell| cell.height(size));
    most.fold(0.0, f32::max) + 3.0
}

/// The head of the table with the rule above it.
fn heading(sheet: &mut Sheet, head: &[Block], edges: &[(f32, f32)], size: f32) {
    let (left, right) = sheet.frame.edges();
    sheet.rule((left, sheet.y), (right, sheet.y));
    place(sheet, head, edges, (size, height(head, size)));
}

/// Draws a row at the pen: its words, the rules at its sides and below.
fn place(sheet: &mut Sheet, row: &[Block], edges: &[(f32, f32)], (size, height): (f32, f32)) {
    let top = sheet.y;
    for (cell, edge) in row.iter().zip(edges) {
        let inner = (edge.0 + PAD, edge.1 - PAD);
        let gap = (height - cell.height(size)) / 2.0;
        for (n, line) in cell.lines.iter().enumerate() {
            let y = top + gap - 0.5 + n as f32 * step(size);
            sheet.set(line, inner, y, size, cell.align);
        }
        let below = top + gap - 0.5 + cell.lines.len() as f32 * step(size);
        for (n, line) in cell.second.iter().enumerate() {
            let small = size * SECOND;
            let y = below + n as f32 * step(small);
            sheet.set(line, inner, y, small, cell.align);
        }
    }
    let (left, right) = sheet.frame.edges();
    for x in edges.iter().map(|edge| edge.0).chain([right]) {
        sheet.rule((x, top), (x, top + height));
    }
    sheet.rule((left, top + height), (right, top + height));
    sheet.y += height;
}
