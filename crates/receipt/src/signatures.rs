//! The end of form 01: both signatures with the names under them, and the note. They stay together on one page. Not in
//! it: the line for a digital signature, which Mẫu 01 has for the electronic form only. The note is an addition of
//! practice.

use crate::Form01;
use crate::fonts::{Style, clean};
use crate::sheet::{Align, BOTTOM, LEFT, RIGHT, ROOM, Sheet};
use crate::text::{Line, balanced, lines, one_line, span};

/// Room for two signatures by hand, in points: at least 12 mm, and more where the page has it.
const SIGNING: (f32, f32) = (34.0, 54.0);

/// Lines of one size.
struct Block {
    lines: Vec<Line>,
    size: f32,
}

impl Block {
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

/// Draws the end of the form, on a new page where the rest of this one is too low.
pub(crate) fn draw(sheet: &mut Sheet, form: &Form01) {
    let (step, middle) = (sheet.leading(), (LEFT + RIGHT) / 2.0);
    let edges = [(LEFT, middle - 4.0), (middle + 4.0, RIGHT)];
    let submitter = form.submitter.as_ref().map_or(&form.applicant, |s| &s.name);
    let names = [submitter, &form.clerk].map(|n| name(sheet, n, middle - 4.0 - LEFT));
    let note = note(sheet, form);
    let under = names.iter().map(Block::height).fold(step, f32::max);
    let fixed = 5.0 + step * 2.0 + under + 3.0 + note.height();
    sheet.reserve(fixed + SIGNING.0);
    let signing = (BOTTOM - sheet.y - fixed).min(SIGNING.1);
    let top = sheet.y + 5.0;
    for (title, edges) in ["NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"]
        .into_iter()
        .zip(edges)
    {
        heading(sheet, title, edges, top);
    }
    let below = top + step * 2.0 + signing;
    for (name, edges) in names.iter().zip(edges) {
        name.draw(sheet, edges, below, Align::Centre);
    }
    sheet.y = below + under + 3.0;
    note.draw(sheet, (LEFT, RIGHT), sheet.y, Align::Left);
}

fn heading(sheet: &mut Sheet, title: &str, edges: (f32, f32), top: f32) {
    let (size, step) = (sheet.size, sheet.leading());
    let title = one_line(sheet.faces, &[span(Style::Bold, title)], size);
    let hint = [span(Style::Italic, "(Ký và ghi rõ họ tên)")];
    let hint = one_line(sheet.faces, &hint, size - 0.5);
    sheet.set(&title, edges, top, size, Align::Centre);
    sheet.set(&hint, edges, top + step, size - 0.5, Align::Centre);
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
fn note(sheet: &Sheet, form: &Form01) -> Block {
    let (words, size) = (clean(&form.note), sheet.size - 1.0);
    if words.is_empty() {
        return Block {
            lines: Vec::new(),
            size,
        };
    }
    let spans = [span(Style::Bold, "Ghi chú: "), span(Style::Italic, words)];
    Block {
        lines: lines(sheet.faces, &spans, size, |_| ROOM),
        size,
    }
}
