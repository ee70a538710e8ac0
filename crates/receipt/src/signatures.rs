//! The end of a form: the signatures with the names under them, and the note. They stay together on one page. Not in
//! it: the line for a digital signature, which the forms have for the electronic form only. The note is an addition
//! of practice.

use crate::fonts::{Style, clean};
use crate::sheet::{Align, Frame, Sheet, Tongues};
use crate::text::{Line, balanced, lines, one_line, span};

/// Room for two signatures by hand, in points: at least 12 mm, and more where the page has it.
const SIGNING: (f32, f32) = (34.0, 54.0);

/// Who signs in a column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signer<'a> {
    /// "NGƯỜI NỘP HỒ SƠ".
    pub(crate) title: &'a str,
    /// The same in English.
    pub(crate) title_en: &'a str,
    /// The name under the signature; may be empty.
    pub(crate) name: &'a str,
}

/// What ends a form: the left column is empty where only the office signs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending<'a> {
    pub(crate) left: Option<Signer<'a>>,
    pub(crate) right: Signer<'a>,
    pub(crate) note: &'a str,
    pub(crate) note_en: &'a str,
}

/// The person who hands in, as forms 01 and 03 call them.
pub(crate) const fn submitter(name: &str) -> Signer<'_> {
    Signer {
        title: "NGƯỜI NỘP HỒ SƠ",
        title_en: "Submitter",
        name,
    }
}

/// The clerk who receives, as forms 01 and 03 call them.
pub(crate) const fn receiver(name: &str) -> Signer<'_> {
    Signer {
        title: "NGƯỜI TIẾP NHẬN HỒ SƠ",
        title_en: "Receiving officer",
        name,
    }
}

/// Lines of one size.
struct Block {
    lines: Vec<Line>,
    size: f32,
}

impl Block {
    fn empty(size: f32) -> Self {
        Self {
            lines: Vec::new(),
            size,
        }
    }

    fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * 1.2
    }

    fn draw(&self, sheet: &mut Sheet, edges: (f32, f32), top: f32, align: Align) {
        for (n, line) in self.lines.iter().enumerate() {
            sheet.set(
                line,
                edges,
                top + n as f32 * self.size * 1.2,
                self.size,
                align,
            );
        }
    }
}

/// Both columns: one half of the page each.
pub(crate) fn columns(frame: &Frame) -> [(f32, f32); 2] {
    let middle = (frame.left + frame.right) / 2.0;
    [(frame.left, middle - 4.0), (middle + 4.0, frame.right)]
}

/// Draws the end of the form, on a new page where the rest of this one is too low.
pub(crate) fn draw(sheet: &mut Sheet, ending: &Ending<'_>) {
    let step = sheet.leading();
    let mut edges = columns(&sheet.frame);
    let room = edges[0].1 - edges[0].0;
    // A long title takes the room that nobody signs in, and not the margin.
    let title = [span(Style::Bold, ending.right.title)];
    let width = one_line(sheet.faces, &title, sheet.size).width;
    edges[1].0 = edges[1].0.min(edges[1].1 - width);
    let signers = [ending.left, Some(ending.right)];
    let names =
        signers.map(|s| s.map_or_else(|| Block::empty(step), |s| name(sheet, s.name, room)));
    let note = note(sheet, ending);
    let english = match sheet.tongues {
        Tongues::Vietnamese => 0.0,
        Tongues::Both => step * 0.8,
    };
    let under = names.iter().map(Block::height).fold(step, f32::max);
    let fixed = 5.0 + step * 2.0 + under + 3.0 + note.height() + english;
    sheet.reserve(fixed + SIGNING.0);
    let signing = (sheet.frame.bottom - sheet.y - fixed).min(SIGNING.1);
    let top = sheet.y + 5.0;
    for (signer, edges) in signers.into_iter().zip(edges) {
        if let Some(signer) = signer {
            heading(sheet, &signer, edges, top);
        }
    }
    let below = top + step * 2.0 + english + signing;
    for (name, edges) in names.iter().zip(edges) {
        name.draw(sheet, edges, below, Align::Centre);
    }
    sheet.y = below + under + 3.0;
    note.draw(sheet, sheet.frame.edges(), sheet.y, Align::Left);
}

fn heading(sheet: &mut Sheet, signer: &Signer<'_>, edges: (f32, f32), top: f32) {
    let (size, step) = (sheet.size, sheet.leading());
    let title = one_line(sheet.faces, &[span(Style::Bold, signer.title)], size);
    let hint = [span(Style::Italic, "(Ký và ghi rõ họ tên)")];
    let hint = one_line(sheet.faces, &hint, size - 0.5);
    sheet.set(&title, edges, top, size, Align::Centre);
    sheet.set(&hint, edges, top + step, size - 0.5, Align::Centre);
    if sheet.tongues == Tongues::Both {
        let words = format!("{} (signature and full name)", signer.title_en);
        let words = one_line(sheet.faces, &[span(Style::Italic, words)], size * 0.76);
        sheet.set(&words, edges, top + step * 2.0, size * 0.76, Align::Centre);
    }
}

/// The name under a signature; one that would need more than two lines is set smaller.
fn name(sheet: &Sheet, name: &str, room: f32) -> Block {
    let spans = [span(Style::Bold, clean(name))];
    let set = |size| Block {
        lines: balanced(sheet.faces, &spans, size, room),
        size,
    };
    let full = set(sheet.size);
    if full.lines.len() > 2 {
        set(sheet.size * 0.75)
    } else {
        full
    }
}

/// What to bring, smaller and slanted; no line where there is nothing to say.
fn note(sheet: &Sheet, ending: &Ending<'_>) -> Block {
    let (words, size) = (clean(ending.note), sheet.size - 1.0);
    if words.is_empty() {
        return Block::empty(size);
    }
    let mut spans = vec![span(Style::Bold, "Ghi chú: "), span(Style::Italic, words)];
    let english = clean(ending.note_en);
    if sheet.tongues == Tongues::Both && !english.is_empty() {
        spans.push(span(Style::Italic, format!(" / Note: {english}")));
    }
    let room = sheet.frame.room();
    Block {
        lines: lines(sheet.faces, &spans, size, |_| room),
        size,
    }
}
