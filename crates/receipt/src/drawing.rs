//! Marks become printpdf's operations, and pages a document. Not in it: where anything stands (`sheet`, `layout`)
//! and what makes the document PDF/A (`finish`).

use printpdf::{
    Color, CurTransMat, FontId, Greyscale, Line, LineCapStyle, LineDashPattern, LinePoint, Op,
    PaintMode, PdfDocument, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt, Rect,
    TextItem, WindingOrder,
};

use crate::fonts::Faces;
use crate::sheet::{Frame, MM, Mark, Stroke};
use crate::{FormError, Paper};

/// The width of A4 across.
const A4_WIDTH: f32 = 297.0 * MM;

/// A document of all pages on the paper that was asked for.
pub(crate) fn document(
    pages: &[Vec<Mark>],
    paper: Paper,
    title: &str,
) -> Result<PdfDocument, FormError> {
    let mut document = PdfDocument::new(title);
    document
        .resources
        .fonts
        .map
        .extend(Faces::get()?.resources());
    document.pages = pages.iter().map(|marks| page(marks, paper)).collect();
    Ok(document)
}

/// One sheet: the page once, or twice on A4 across with a line to cut along.
fn page(marks: &[Mark], paper: Paper) -> PdfPage {
    let frame = Frame::of(paper);
    let mut pen = Pen::on(frame.height);
    let width = match paper {
        Paper::A5 | Paper::A4 => {
            pen.draw(marks, 0.0);
            frame.width
        }
        Paper::A4TwoUp => {
            let half = A4_WIDTH / 2.0;
            let inset = (half - frame.width) / 2.0;
            pen.draw(marks, inset);
            pen.draw(marks, half + inset);
            pen.draw(&[cut(half, frame.height)], 0.0);
            A4_WIDTH
        }
    };
    let size = Rect::from_wh(Pt(exact(width)), Pt(exact(frame.height)));
    PdfPage {
        media_box: size.clone(),
        trim_box: size.clone(),
        crop_box: size,
        ops: pen.ops,
    }
}

/// Where the clerk cuts the two copies apart.
fn cut(x: f32, height: f32) -> Mark {
    let (from, to) = ((x, 6.0 * MM), (x, height - 6.0 * MM));
    Mark::Rule {
        from,
        to,
        thickness: 0.4,
        stroke: Stroke::Dashed,
        grey: 0.5,
    }
}

/// A hundredth of a point is finer than any printer; more digits would only make the file longer.
fn exact(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// Collects operations and leaves out those that change nothing.
struct Pen {
    height: f32,
    ops: Vec<Op>,
    font: Option<(FontId, f32)>,
    grey: Option<f32>,
    line: Option<(f32, Stroke, f32)>,
}

impl Pen {
    /// On a page of this height.
    fn on(height: f32) -> Self {
        Self {
            height,
            ops: Vec::new(),
            font: None,
            grey: None,
            line: None,
        }
    }

    /// A place on paper, measured from the lower left corner as PDF does.
    fn point(&self, x: f32, y: f32) -> Point {
        Point {
            x: Pt(exact(x)),
            y: Pt(exact(self.height - y)),
        }
    }

    /// Draws all marks, moved to the right by `dx`.
    fn draw(&mut self, marks: &[Mark], dx: f32) {
        for mark in marks {
            self.mark(mark, dx);
        }
    }

    fn mark(&mut self, mark: &Mark, dx: f32) {
        match mark {
            Mark::Text {
                x,
                y,
                size,
                face,
                text,
                grey,
            } => {
                self.fill(*grey);
                let place = self.point(x + dx, *y);
                self.text(place, (face.id(), *size), text);
            }
            Mark::Rule {
                from,
                to,
                thickness,
                stroke,
                grey,
            } => {
                self.stroke(*thickness, *stroke, *grey);
                let ends = [self.point(from.0 + dx, from.1), self.point(to.0 + dx, to.1)];
                let points = ends.map(|p| LinePoint { p, bezier: false }).to_vec();
                self.ops.push(Op::DrawLine {
                    line: Line {
                        points,
                        is_closed: false,
                    },
                });
            }
            Mark::Frame {
                x,
                y,
                width,
                height,
                stroke,
            } => {
                self.stroke(0.5, *stroke, 0.0);
                self.rectangle((x + dx, *y), (*width, *height), PaintMode::Stroke);
            }
            Mark::Band {
                x,
                y,
                width,
                height,
                grey,
            } => {
                self.fill(*grey);
                self.rectangle((x + dx, *y), (*width, *height), PaintMode::Fill);
            }
            Mark::Modules { x, y, side, rows } => {
                let low = self.point(x + dx, y + side);
                self.modules(low, *side, rows);
            }
        }
    }

    fn text(&mut self, pos: Point, font: (FontId, f32), text: &str) {
        self.ops.push(Op::StartTextSection);
        if self.font.as_ref() != Some(&font) {
            let handle = PdfFontHandle::External(font.0.clone());
            self.ops.push(Op::SetFont {
                font: handle,
                size: Pt(font.1),
            });
            self.font = Some(font);
        }
        self.ops.push(Op::SetTextCursor { pos });
        self.ops.push(Op::ShowText {
            items: vec![TextItem::Text(text.to_owned())],
        });
        self.ops.push(Op::EndTextSection);
    }

    fn rectangle(&mut self, corner: (f32, f32), size: (f32, f32), mode: PaintMode) {
        let low = self.point(corner.0, corner.1 + size.1);
        let mut rectangle = Rect::from_xywh(low.x, low.y, Pt(exact(size.0)), Pt(exact(size.1)));
        rectangle.mode = Some(mode);
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// All dark modules as one path, in whole modules: no seams between neighbours, and short numbers. A row's bars
    /// are strokes as thick as a module: half the length of as many rectangles.
    fn modules(&mut self, low: Point, side: f32, rows: &[Vec<bool>]) {
        let module = side / rows.len().max(1) as f32;
        self.stroke(1.0, Stroke::Solid, 0.0);
        self.ops.push(Op::SaveGraphicsState);
        let matrix = [module, 0.0, 0.0, module, low.x.0, low.y.0 + module / 2.0];
        let matrix = CurTransMat::Raw(matrix);
        self.ops.push(Op::SetTransformationMatrix { matrix });
        let rows = rows.iter().rev().enumerate();
        let rings = rows.flat_map(|(y, row)| bars(row).map(move |ends| bar(ends, y)));
        let polygon = Polygon {
            rings: rings.collect(),
            mode: PaintMode::Stroke,
            winding_order: WindingOrder::NonZero,
        };
        self.ops.push(Op::DrawPolygon { polygon });
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn fill(&mut self, grey: f32) {
        if self.grey != Some(grey) {
            self.ops.push(Op::SetFillColor { col: shade(grey) });
            self.grey = Some(grey);
        }
    }

    fn stroke(&mut self, thickness: f32, stroke: Stroke, grey: f32) {
        if self.line == Some((thickness, stroke, grey)) {
            return;
        }
        let (dash, cap) = match stroke {
            Stroke::Solid => (LineDashPattern::solid(), LineCapStyle::Butt),
            Stroke::Dotted => (LineDashPattern::new(0.0, &[0.0, 2.2]), LineCapStyle::Round),
            Stroke::Dashed => (LineDashPattern::new(0.0, &[3.0, 2.5]), LineCapStyle::Butt),
        };
        self.ops.push(Op::SetOutlineColor { col: shade(grey) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(thickness) });
        self.ops.push(Op::SetLineDashPattern { dash });
        self.ops.push(Op::SetLineCapStyle { cap });
        self.line = Some((thickness, stroke, grey));
    }
}

/// A grey without a profile of its own: the document's output intent says what it means.
fn shade(grey: f32) -> Color {
    Color::Greyscale(Greyscale::new(grey, None))
}

/// From where to where a row is dark.
fn bars(row: &[bool]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let edge = move |x: usize| {
        x.checked_sub(1)
            .and_then(|i| row.get(i))
            .copied()
            .unwrap_or(false)
    };
    let dark = move |x: usize| row.get(x).copied().unwrap_or(false);
    (0..row.len())
        .filter(move |&x| dark(x) && !edge(x))
        .map(move |from| {
            let length = row
                .get(from..)
                .unwrap_or_default()
                .iter()
                .take_while(|&&d| d)
                .count();
            (from, from + length)
        })
}

/// One bar of a row, in modules, along its middle.
fn bar((from, to): (usize, usize), row: usize) -> PolygonRing {
    let place = |x: usize| Point {
        x: Pt(x as f32),
        y: Pt(row as f32),
    };
    let points = [from, to].map(|x| LinePoint {
        p: place(x),
        bezier: false,
    });
    PolygonRing {
        points: points.to_vec(),
    }
}
