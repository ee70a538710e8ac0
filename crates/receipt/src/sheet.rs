//! Marks on paper: the list of what stands where on each page, in points from the top left corner, and the pen that
//! adds to it. Not in it: PDF (`drawing` turns marks into it) and what any form says.

use crate::fonts::{Face, Faces};
use crate::text::{Line, Span, lines, one_line};

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// A5 upright.
pub(crate) const WIDTH: f32 = 148.0 * MM;
/// A5 upright, and A4 across.
pub(crate) const HEIGHT: f32 = 210.0 * MM;
/// Where text begins on the left.
pub(crate) const LEFT: f32 = 13.0 * MM;
/// Where text ends on the right.
pub(crate) const RIGHT: f32 = WIDTH - 13.0 * MM;
/// The width of the text.
pub(crate) const ROOM: f32 = RIGHT - LEFT;
/// Where text begins at the top.
pub(crate) const TOP: f32 = 11.0 * MM;
/// Below this only the foot stands.
pub(crate) const BOTTOM: f32 = HEIGHT - 12.5 * MM;

/// So many lines are not divided between two pages.
const SHORT: usize = 4;

/// How a rule is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stroke {
    Solid,
    Dotted,
    Dashed,
}

/// One thing on a page. `grey` goes from 0 (black) to 1 (white); a text's `y` is its baseline, all others' the top.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Text {
        x: f32,
        y: f32,
        size: f32,
        face: Face,
        text: String,
        grey: f32,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        thickness: f32,
        stroke: Stroke,
        grey: f32,
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        stroke: Stroke,
    },
    Band {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: f32,
    },
    Modules {
        x: f32,
        y: f32,
        side: f32,
        rows: Vec<Vec<bool>>,
    },
}

/// How a line stands between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// The pages drawn so far, and where the pen is.
pub(crate) struct Sheet {
    pub(crate) faces: &'static Faces,
    pub(crate) pages: Vec<Vec<Mark>>,
    /// Top of the next line, from the top of the page.
    pub(crate) y: f32,
    /// The type size of running text.
    pub(crate) size: f32,
    /// Left edge and lower edge of what text must run around at the right (the QR), while it lasts.
    pub(crate) around: Option<(f32, f32)>,
    /// What every page after the first begins with.
    pub(crate) continued: Vec<Span>,
}

impl Sheet {
    /// One empty page.
    pub(crate) fn new(faces: &'static Faces, size: f32, continued: Vec<Span>) -> Self {
        Self {
            faces,
            pages: vec![Vec::new()],
            y: TOP,
            size,
            around: None,
            continued,
        }
    }

    /// The distance between two baselines of running text: room for capitals with two marks (Ễ, Ộ).
    pub(crate) fn leading(&self) -> f32 {
        self.size * 1.2
    }

    /// Puts a mark on the last page.
    pub(crate) fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Begins a page unless `height` points are left on this one.
    pub(crate) fn reserve(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.turn();
        }
    }

    /// Begins a page with its continuation line.
    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
        self.around = None;
        let line = one_line(self.faces, &self.continued, self.size);
        self.set(&line, (LEFT, RIGHT), self.y, self.size, Align::Centre);
        self.y += self.leading() * 1.6;
    }

    /// Sets one line between two edges; `top` is the top of its line box.
    pub(crate) fn set(
        &mut self,
        line: &Line,
        edges: (f32, f32),
        top: f32,
        size: f32,
        align: Align,
    ) {
        let x = match align {
            Align::Left => edges.0,
            Align::Centre => (edges.0 + edges.1 - line.width) / 2.0,
            Align::Right => edges.1 - line.width,
        };
        let y = top + size;
        for run in &line.runs {
            let mark = match run.face {
                Some(face) => Mark::Text {
                    x: x + run.x,
                    y,
                    size,
                    face,
                    text: run.text.clone(),
                    grey: 0.0,
                },
                None => Mark::Frame {
                    x: x + run.x + size * 0.06,
                    y: y - size * 0.68,
                    width: size * 0.5,
                    height: size * 0.68,
                    stroke: Stroke::Solid,
                },
            };
            self.put(mark);
        }
    }

    /// How wide running text may be with its line's top at `top`.
    pub(crate) fn room(&self, top: f32) -> f32 {
        match self.around {
            Some((edge, lower)) if top < lower => edge - LEFT,
            _ => ROOM,
        }
    }

    /// Moves below what text runs around, if no more than about a line of it is left: a line that could almost be
    /// whole should be.
    pub(crate) fn pass(&mut self) {
        if let Some((_, lower)) = self.around
            && self.y < lower
            && lower - self.y < self.leading() * 1.3
        {
            self.y = lower;
        }
    }

    /// Sets running text from the pen down, over as many lines and pages as it needs. A short paragraph stays whole:
    /// two words alone at the head of a page tell nobody anything.
    pub(crate) fn paragraph(&mut self, spans: &[Span]) {
        let step = self.leading();
        let mut broken = self.broken(spans);
        if broken.len() <= SHORT && self.y + broken.len() as f32 * step > BOTTOM {
            self.turn();
            broken = self.broken(spans);
        }
        for line in broken {
            self.reserve(step);
            self.set(&line, (LEFT, RIGHT), self.y, self.size, Align::Left);
            self.y += step;
        }
    }

    /// The lines of running text as they would stand from the pen down.
    fn broken(&self, spans: &[Span]) -> Vec<Line> {
        let (top, step) = (self.y, self.leading());
        lines(self.faces, spans, self.size, |n| {
            self.room(top + n as f32 * step)
        })
    }

    /// A dotted line to write on, from `x` to the end of the pen's line.
    pub(crate) fn leader(&mut self, x: f32) {
        let y = self.y + self.size + 0.5;
        let end = LEFT + self.room(self.y);
        let (from, to) = ((x, y), (end, y));
        self.put(Mark::Rule {
            from,
            to,
            thickness: 0.7,
            stroke: Stroke::Dotted,
            grey: 0.0,
        });
    }

    /// A thin black rule.
    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.put(Mark::Rule {
            from,
            to,
            thickness: 0.6,
            stroke: Stroke::Solid,
            grey: 0.0,
        });
    }
}
