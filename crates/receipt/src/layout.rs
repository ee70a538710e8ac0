//! A form on its pages: the type size that fits, the foot, the band of sample data. Not in it: what the form says
//! between them, and PDF.

use crate::fonts::{Faces, Style};
use crate::sheet::{Align, Frame, MM, Mark, Sheet, Stroke, Tongues};
use crate::text::{Span, one_line, span};
use crate::{FormError, Paper};

/// What all pages of a form have in common.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The template's version and, after a dot, the hash: at the left of the foot.
    pub(crate) foot: String,
    /// What every page after the first begins with.
    pub(crate) continued: Vec<Span>,
    /// Which languages it speaks.
    pub(crate) tongues: Tongues,
    /// Whether the words are those of the demo office.
    pub(crate) origin: Origin,
}

/// Where the words of a form come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A counter.
    Counter,
    /// The demo office: a band "DỮ LIỆU MẪU" runs across the head of every page.
    Sample,
}

impl Origin {
    pub(crate) fn of(sample: bool) -> Self {
        if sample { Self::Sample } else { Self::Counter }
    }
}

/// The marks of every page: `draw` is asked at each size until the form fits on one page.
pub(crate) fn pages(
    plan: &Plan,
    paper: Paper,
    draw: impl Fn(&mut Sheet),
) -> Result<Vec<Vec<Mark>>, FormError> {
    let (faces, frame) = (Faces::get()?, Frame::of(paper));
    let composed = |size| {
        let mut sheet = Sheet::new(faces, frame, size, plan.continued.clone());
        sheet.tongues = plan.tongues;
        draw(&mut sheet);
        sheet
    };
    for &size in frame.sizes {
        let sheet = composed(size);
        if sheet.pages.len() == 1 {
            return Ok(footed(plan, sheet));
        }
    }
    Ok(footed(plan, composed(frame.long)))
}

/// Adds what every page has at its edges: template, hash and page at the foot, the band of sample data at the head.
pub(crate) fn footed(plan: &Plan, mut sheet: Sheet) -> Vec<Vec<Mark>> {
    let count = sheet.pages.len();
    let mut done = Vec::with_capacity(count);
    for (at, marks) in std::mem::take(&mut sheet.pages).into_iter().enumerate() {
        sheet.pages = vec![marks];
        let page = match sheet.tongues {
            Tongues::Vietnamese => format!("Trang {}/{count}", at + 1),
            Tongues::Both => format!("Trang (page) {}/{count}", at + 1),
        };
        foot(&mut sheet, &plan.foot, &page);
        if plan.origin == Origin::Sample {
            sample(&mut sheet);
        }
        done.append(&mut sheet.pages);
    }
    done
}

fn foot(sheet: &mut Sheet, left: &str, right: &str) {
    let size = 7.5;
    let edges = sheet.frame.edges();
    let top = sheet.frame.bottom + 1.8 * MM;
    let y = top - 0.6 * MM;
    let (from, to) = ((edges.0, y), (edges.1, y));
    sheet.put(Mark::Rule {
        from,
        to,
        thickness: 0.3,
        stroke: Stroke::Solid,
        grey: 0.5,
    });
    let [left, right] =
        [left, right].map(|t| one_line(sheet.faces, &[span(Style::Regular, t)], size));
    sheet.set(&left, edges, top, size, Align::Left);
    sheet.set(&right, edges, top, size, Align::Right);
}

/// A band that nobody takes for a real receipt, in the head margin where it covers nothing.
fn sample(sheet: &mut Sheet) {
    let (y, height, size) = (4.2 * MM, 4.6 * MM, 9.0);
    let edges = sheet.frame.edges();
    sheet.put(Mark::Band {
        x: edges.0,
        y,
        width: sheet.frame.room(),
        height,
        grey: 0.85,
    });
    let words = match sheet.tongues {
        Tongues::Vietnamese => "DỮ LIỆU MẪU",
        Tongues::Both => "DỮ LIỆU MẪU · SAMPLE DATA",
    };
    let words = one_line(sheet.faces, &[span(Style::Bold, words)], size);
    sheet.set(&words, edges, y + 0.9, size, Align::Centre);
}
