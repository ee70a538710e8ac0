//! The table of filing ways, whose cells the portal gives in one run without borders.
//!
//! A row begins where the name of a way is followed by a time and a fee; the same words in a description are not.

use super::Doubt;
use super::fee::{self, Fee};
use super::time::{self, NO_INFORMATION, Time, UNITS};

/// All ways of filing of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// What stands before the first row: the table's heading, verbatim.
    pub heading: String,
    /// The rows, in the page's order.
    pub rows: Vec<FilingWay>,
    /// Doubts about the table as a whole.
    pub doubts: Vec<Doubt>,
}

/// One row: a way, a time, a fee, a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingWay {
    /// How one files.
    pub way: Way,
    /// The time.
    pub time: Time,
    /// The fee.
    pub fee: Fee,
    /// The description, verbatim.
    pub note: String,
}

/// How one files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// At the counter.
    Direct,
    /// Over the portal.
    Online,
    /// By public post.
    Post,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 3] = [Way::Direct, Way::Online, Way::Post];

    /// The portal's word for it, verbatim.
    pub fn text(self) -> &'static str {
        match self {
            Way::Direct => "Trực tiếp",
            Way::Online => "Trực tuyến",
            Way::Post => "Dịch vụ bưu chính",
        }
    }
}

impl Ways {
    /// All verbatim pieces joined: the source again, byte for byte.
    pub fn verbatim(&self) -> String {
        let mut text = self.heading.clone();
        for row in &self.rows {
            for piece in [row.way.text(), &row.time.text, &row.fee.text, &row.note] {
                text.push_str(piece);
            }
        }
        text
    }
}

/// Reads the table.
pub(super) fn read(text: &str) -> Ways {
    let starts = row_starts(text);
    let first = starts.first().map_or(text.len(), |(at, _)| *at);
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let rows: Vec<FilingWay> = starts
        .iter()
        .zip(ends)
        .map(|((at, way), end)| row(*way, text.get(*at..end).unwrap_or_default()))
        .collect();
    Ways {
        heading: text.get(..first).unwrap_or_default().to_owned(),
        doubts: rows
            .is_empty()
            .then_some(Doubt::NoWays)
            .into_iter()
            .collect(),
        rows,
    }
}

/// Where rows begin, in order. Only the first letters of the ways are looked at, so that the search is linear.
fn row_starts(text: &str) -> Vec<(usize, Way)> {
    text.match_indices(['T', 'D'])
        .filter_map(|(at, _)| {
            let rest = text.get(at..)?;
            let way = Way::ALL.into_iter().find(|w| rest.starts_with(w.text()))?;
            cells(rest.get(way.text().len()..)?).map(|_| (at, way))
        })
        .collect()
}

/// How many bytes of a row behind its way are the time, and of the rest the first part of the fee.
struct Cells {
    time: usize,
    base: usize,
    glued: bool,
}

fn cells(rest: &str) -> Option<Cells> {
    if let Some(base) = fee::amount_len(rest) {
        return Some(Cells {
            time: 0,
            base,
            glued: true,
        });
    }
    let time = time_len(rest)?;
    let base = fee::base_len(rest.get(time..)?)?;
    Some(Cells {
        time,
        base,
        glued: false,
    })
}

/// The length of a time cell at the beginning of `rest`: a fixed phrase, or a number with or without a unit.
fn time_len(rest: &str) -> Option<usize> {
    if rest.starts_with(NO_INFORMATION) {
        return Some(NO_INFORMATION.len());
    }
    let digits = super::prose::number_len(rest);
    if digits == 0 {
        return phrase_len(rest);
    }
    let after = rest.get(digits..)?;
    let unit = UNITS
        .into_iter()
        .map(|(word, _)| word)
        .chain(["Tuần", "Năm", "Phút"])
        .find(|word| after.strip_prefix(' ').is_some_and(|a| a.starts_with(word)));
    Some(digits + unit.map_or(0, |word| 1 + word.len()))
}

/// A phrase without digits that opens with "Không" and reaches to the fee within a line's length.
fn phrase_len(rest: &str) -> Option<usize> {
    rest.starts_with("Không").then_some(())?;
    rest.char_indices()
        .take(60)
        .take_while(|(_, c)| !c.is_ascii_digit() && !matches!(c, '.' | ';' | ':' | '('))
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .find(|at| {
            let tail = rest.get(*at..).unwrap_or_default();
            tail.starts_with(fee::FREE) || tail.starts_with(NO_INFORMATION)
        })
}

fn row(way: Way, text: &str) -> FilingWay {
    let rest = text.get(way.text().len()..).unwrap_or_default();
    let cells = cells(rest).unwrap_or(Cells {
        time: 0,
        base: 0,
        glued: false,
    });
    let (time, tail) = rest.split_at_checked(cells.time).unwrap_or(("", rest));
    let (len, closed) = fee::cell_len(tail, cells.base);
    let (cell, note) = tail.split_at_checked(len).unwrap_or((tail, ""));
    let (base, bracket) = cell.split_at_checked(cells.base).unwrap_or((cell, ""));
    let cell = fee::Cell {
        base,
        bracket,
        closed,
        glued: cells.glued,
    };
    // Where the bracket is not closed, the description stands in it.
    let beside = if closed { note } else { bracket };
    FilingWay {
        way,
        time: time::read(time, beside),
        fee: fee::read(&cell, note),
        note: note.to_owned(),
    }
}
