//! Marks on paper: the list of what stands where on each page, in points from the top left corner, and the pen that
//! adds to it. Not in it: PDF (`drawing` turns marks into it) and what any form says.

use crate::Paper;
use crate::fonts::{Face, Faces, Style};
use crate::text::{Line, Span, lines, one_line, span};

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A page and the room for text on it, in points from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Where text begins on the left.
    pub(crate) left: f32,
    /// Where text ends on the right.
    pub(crate) right: f32,
    /// Where text begins at the top.
    pub(crate) top: f32,
    /// Below this only the foot stands.
    pub(crate) bottom: f32,
    /// The largest type of the head: the state's name is never larger.
    pub(crate) head: f32,
    /// Sizes of running text from the one we like best to the smallest that is still easy to read; the first at which
    /// a form fits on one page is taken.
    pub(crate) sizes: &'static [f32],
    /// The size of a form that needs several pages anyway.
    pub(crate) long: f32,
}

impl Frame {
    /// A5 upright; two of them make A4 across.
    pub(crate) const A5: Self = Self {
        width: 148.0 * MM,
        height: 210.0 * MM,
        left: 13.0 * MM,
        right: 148.0 * MM - 13.0 * MM,
        top: 11.0 * MM,
        bottom: 210.0 * MM - 12.5 * MM,
        head: 10.0,
        sizes: &[12.0, 11.5, 11.0, 10.5, 10.0],
        long: 11.0,
    };

    /// A4 upright: one copy a sheet, in larger type.
    pub(crate) const A4: Self = Self {
        width: 210.0 * MM,
        height: 297.0 * MM,
        left: 20.0 * MM,
        right: 210.0 * MM - 18.0 * MM,
        top: 14.0 * MM,
        bottom: 297.0 * MM - 14.0 * MM,
        head: 12.0,
        sizes: &[13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0],
        long: 12.0,
    };

    /// The frame of each page on a paper.
    pub(crate) fn of(paper: Paper) -> Self {
        match paper {
            Paper::A5 | Paper::A4TwoUp => Self::A5,
            Paper::A4 => Self::A4,
        }
    }

    /// The width of the text.
    pub(crate) fn room(&self) -> f32 {
        self.right - self.left
    }

    /// Both edges of the text.
    pub(crate) fn edges(&self) -> (f32, f32) {
        (self.left, self.right)
    }
}

/// Which languages a form speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongues {
    /// Vietnamese, as the law's forms do.
    Vietnamese,
    /// Vietnamese, and English in smaller type under it.
    Both,
}

/// The size of English beside the size of the Vietnamese above it.
pub(crate) const SECOND: f32 = 0.76;

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
    pub(crate) frame: Frame,
    pub(crate) tongues: Tongues,
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
    pub(crate) fn new(
        faces: &'static Faces,
        frame: Frame,
        size: f32,
        continued: Vec<Span>,
    ) -> Self {
        Self {
            faces,
            frame,
            tongues: Tongues::Vietnamese,
            pages: vec![Vec::new()],
            y: frame.top,
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
        if self.y + height > self.frame.bottom {
            self.turn();
        }
    }

    /// Begins a page with its continuation line.
    pub(crate) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.frame.top;
        self.around = None;
        let line = one_line(self.faces, &self.continued, self.size);
        self.set(&line, self.frame.edges(), self.y, self.size, Align::Centre);
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
            Some((edge, lower)) if top < lower => edge - self.frame.left,
            _ => self.frame.room(),
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
        if broken.len() <= SHORT && self.y + broken.len() as f32 * step > self.frame.bottom {
            self.turn();
            broken = self.broken(spans);
        }
        for line in broken {
            self.reserve(step);
            self.set(&line, self.frame.edges(), self.y, self.size, Align::Left);
            self.y += step;
        }
    }

    /// As [`Sheet::paragraph`], with the same in English under it where the form speaks both languages; short ones
    /// are not divided between two pages.
    pub(crate) fn paired(&mut self, spans: &[Span], english: &str) {
        if self.tongues == Tongues::Vietnamese || english.is_empty() {
            return self.paragraph(spans);
        }
        let (above, below) = (self.broken(spans).len(), self.small(english).len());
        let height = above as f32 * self.leading() + below as f32 * self.leading() * SECOND;
        if above + below <= SHORT + 1 {
            self.reserve(height);
        }
        self.paragraph(spans);
        self.aside(english);
    }

    /// English in smaller type from the pen down; nothing on a form that speaks Vietnamese only.
    pub(crate) fn aside(&mut self, english: &str) {
        if self.tongues == Tongues::Vietnamese || english.is_empty() {
            return;
        }
        let size = self.size;
        self.size = size * SECOND;
        self.paragraph(&[span(Style::Italic, english)]);
        self.size = size;
        self.y += size * 0.12;
    }

    /// The lines of a smaller text as they would stand on a whole page's width.
    fn small(&self, english: &str) -> Vec<Line> {
        let spans = [span(Style::Italic, english)];
        lines(self.faces, &spans, self.size * SECOND, |_| {
            self.frame.room()
        })
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
        let end = self.frame.left + self.room(self.y);
        self.dots((x, end), self.y);
    }

    /// A dotted line between two edges, at the foot of a line of running text that begins at `top`.
    pub(crate) fn dots(&mut self, (x, end): (f32, f32), top: f32) {
        let y = top + self.size + 0.5;
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
