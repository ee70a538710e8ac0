//! Breaking words into lines by the widths of their characters. Not in it: hyphenation (Vietnamese has none), and
//! where a line stands on the page (`sheet`).

use crate::fonts::{BOX_WIDTH, Face, Faces, Style};

/// A stretch of text in one style. The text is clean already ([`crate::fonts::clean`]) or a label of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) style: Style,
    pub(crate) text: String,
}

/// `text` in `style`.
pub(crate) fn span(style: Style, text: impl Into<String>) -> Span {
    Span {
        style,
        text: text.into(),
    }
}

/// One line, ready to stand somewhere.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    /// Its whole width in points.
    pub(crate) width: f32,
}

/// Neighbouring characters of one face, or one character that no face has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    /// From the start of the line, in points.
    pub(crate) x: f32,
    /// `None` for a box.
    pub(crate) face: Option<Face>,
    pub(crate) text: String,
}

/// A character with what draws it and its width in thousandths of the type size.
struct Glyph {
    c: char,
    face: Option<Face>,
    width: u32,
}

/// Breaks `spans` set at `size` points into lines; `room` gives the width in points of the n-th line. At least one
/// line comes back. A word that is longer than its line is broken anywhere: nothing runs off the paper.
pub(crate) fn lines(
    faces: &Faces,
    spans: &[Span],
    size: f32,
    room: impl Fn(usize) -> f32,
) -> Vec<Line> {
    let glyphs = glyphs(faces, spans);
    let mut lines = Vec::new();
    let (mut start, mut at, mut width, mut space) = (0, 0, 0, None);
    while let Some(glyph) = glyphs.get(at) {
        width += glyph.width;
        let full = width as f32 * size > room(lines.len()) * 1000.0;
        if glyph.c == ' ' {
            space = Some(at);
        } else if full && at > start {
            let (end, next) = space.map_or((at, at), |s| (s, s + 1));
            lines.push(line(&glyphs[start..end], size));
            (start, at, width, space) = (next, next, 0, None);
            continue;
        }
        at += 1;
    }
    lines.push(line(&glyphs[start..], size));
    lines
}

/// `spans` in one line, however long.
pub(crate) fn one_line(faces: &Faces, spans: &[Span], size: f32) -> Line {
    line(&glyphs(faces, spans), size)
}

/// As [`lines`] in a column of `room` points, but with lines of nearly the same length, as in a centred heading.
pub(crate) fn balanced(faces: &Faces, spans: &[Span], size: f32, room: f32) -> Vec<Line> {
    let mut best = lines(faces, spans, size, |_| room);
    let mut narrower = room - size / 2.0;
    while narrower > size * 4.0 {
        let tried = lines(faces, spans, size, |_| narrower);
        if tried.len() > best.len() {
            break;
        }
        best = tried;
        narrower -= size / 2.0;
    }
    best
}

/// A space at which no line is broken; it is drawn as any other space, so that copied text has only one kind.
pub(crate) const GLUE: char = '\u{a0}';

/// `words` as one, for what should not be torn apart: a date, a name.
pub(crate) fn glued(words: &str) -> String {
    words.replace(' ', &GLUE.to_string())
}

/// What stands on paper for `c`.
fn drawn(c: char) -> char {
    if c == GLUE { ' ' } else { c }
}

/// The characters of all spans, in order.
fn glyphs(faces: &Faces, spans: &[Span]) -> Vec<Glyph> {
    let of = |span: &Span, c| match faces.glyph(drawn(c), span.style) {
        Some((face, width)) => Glyph {
            c,
            face: Some(face),
            width,
        },
        None => Glyph {
            c,
            face: None,
            width: BOX_WIDTH,
        },
    };
    spans
        .iter()
        .flat_map(|span| span.text.chars().map(move |c| of(span, c)))
        .collect()
}

/// Joins neighbours of the same face into runs; the box of a missing character stays alone.
fn line(glyphs: &[Glyph], size: f32) -> Line {
    let mut runs: Vec<Run> = Vec::new();
    let mut width = 0;
    for glyph in glyphs {
        match runs.last_mut() {
            Some(run) if run.face == glyph.face && glyph.face.is_some() => {
                run.text.push(drawn(glyph.c))
            }
            _ => runs.push(Run {
                x: width as f32 * size / 1000.0,
                face: glyph.face,
                text: drawn(glyph.c).to_string(),
            }),
        }
        width += glyph.width;
    }
    Line {
        runs,
        width: width as f32 * size / 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|l| l.runs.iter().map(|r| r.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn a_long_name_breaks_between_words_and_loses_no_letter() {
        let faces = Faces::get().unwrap();
        let name = "Nguyễn Thị Hồng Ừng ".repeat(10).trim().to_owned();
        let broken = lines(faces, &[span(Style::Regular, &name)], 11.0, |_| 150.0);
        assert!(
            broken.len() > 5,
            "200 characters don't fit on a few short lines"
        );
        assert!(
            broken.iter().all(|l| l.width <= 150.0),
            "no line may run off the paper"
        );
        assert_eq!(
            words(&broken).join(" "),
            name,
            "every word must be on the paper, in order"
        );
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_rather_than_cut_off() {
        let faces = Faces::get().unwrap();
        let word = "a".repeat(100);
        let broken = lines(faces, &[span(Style::Regular, &word)], 11.0, |_| 100.0);
        assert!(
            broken.iter().all(|l| l.width <= 100.0),
            "no line may run off the paper"
        );
        assert_eq!(words(&broken).concat(), word);
    }

    #[test]
    fn a_heading_on_two_lines_is_nearly_even() {
        let faces = Faces::get().unwrap();
        let office = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL";
        let broken = balanced(faces, &[span(Style::Bold, office)], 9.0, 160.0);
        assert_eq!(broken.len(), 2);
        let spread = (broken[0].width - broken[1].width).abs();
        assert!(
            spread < 45.0,
            "the lines differ by {spread} points: one word too many on one of them"
        );
    }
}
