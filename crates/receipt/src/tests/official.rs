//! Form 01 laid over the official layout: every line must lie in its block, at its place. The blocks stand in
//! `official-form01.tsv`; where words really are, pdftotext tells. Not in it: the wording, which `words` reads.

use std::collections::BTreeMap;

use super::{form, tool};
use crate::sheet::{MM, Mark};
use crate::{Paper, body, render};

/// How far a line may stand from the middle or the edge of its block.
const TOLERANCE: f32 = 1.0;

/// Edges in millimetres: left, top, right, bottom.
#[derive(Debug, Clone, Copy)]
struct Area([f32; 4]);

impl Area {
    fn around(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.min(e), b.min(f), c.max(g), d.max(h)])
    }

    fn holds(self, other: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a <= e + 0.2 && b <= f + 0.2 && g <= c + 0.2 && h <= d + 0.2
    }

    fn middle(self) -> f32 {
        (self.0[0] + self.0[2]) / 2.0
    }
}

struct Word {
    text: String,
    area: Area,
}

/// The words of the first page with their places.
fn words(pdf: &[u8]) -> Vec<Word> {
    let arguments = [
        "-enc", "UTF-8", "-f", "1", "-l", "1", "-bbox", "form.pdf", "-",
    ];
    let (code, said) = tool("pdftotext", "poppler-utils", &arguments, pdf);
    assert_eq!(code, Some(0), "pdftotext reads the page: {said}");
    let word = |line: &str| {
        let (tag, text) = line.trim().strip_prefix("<word ")?.split_once('>')?;
        let edges: Vec<f32> = tag
            .split('"')
            .skip(1)
            .step_by(2)
            .filter_map(|number| number.parse::<f32>().ok())
            .map(|points| points / MM)
            .collect();
        Some(Word {
            text: text.strip_suffix("</word>")?.to_owned(),
            area: Area(edges.try_into().ok()?),
        })
    };
    said.lines().filter_map(word).collect()
}

/// Where each occurrence of `phrase` is, as the area around its words.
fn places(words: &[Word], phrase: &str) -> Vec<Area> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let fits = |run: &&[Word]| {
        run.iter()
            .map(|w| w.text.as_str())
            .eq(phrase.iter().copied())
    };
    let around = |run: &[Word]| run.iter().map(|w| w.area).reduce(Area::around);
    words
        .windows(phrase.len())
        .filter(fits)
        .filter_map(around)
        .collect()
}

/// What is not as the official layout has it, in words; empty for a good page.
fn faults(pdf: &[u8]) -> Vec<String> {
    let words = words(pdf);
    let rows: Vec<Vec<&str>> = include_str!("official-form01.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let mut blocks = BTreeMap::new();
    for row in rows.iter().filter(|row| row[0] == "block") {
        let edge = |at: usize| row[at].parse::<f32>().expect("an edge in millimetres");
        blocks.insert(row[1], (Area([2, 3, 4, 5].map(edge)), row[6]));
    }
    let mut faults = Vec::new();
    let mut last: BTreeMap<&str, f32> = BTreeMap::new();
    for row in rows.iter().filter(|row| row[0] == "line") {
        let (name, phrase) = (row[1], row[2]);
        let (block, stands) = blocks[name];
        let after = last.get(name).copied().unwrap_or(0.0);
        let inside = places(&words, phrase).into_iter();
        let Some(place) = inside.into_iter().find(|place| block.holds(*place)) else {
            faults.push(format!("“{phrase}” is not in {name}"));
            continue;
        };
        if place.0[1] < after {
            faults.push(format!("“{phrase}” stands too high in {name}"));
        }
        last.insert(name, place.0[1]);
        let aside = match stands {
            "centre" => (place.middle() - block.middle()).abs() > TOLERANCE,
            "left" => (place.0[0] - block.0[0]).abs() > TOLERANCE,
            _ => false,
        };
        if aside {
            faults.push(format!("“{phrase}” is not at the {stands} of {name}"));
        }
    }
    let homeless = |word: &&Word| !blocks.values().any(|(block, _)| block.holds(word.area));
    faults.extend(
        words
            .iter()
            .filter(homeless)
            .map(|w| format!("“{}” lies in no block", w.text)),
    );
    faults
}

/// The form with every mark moved as `shift` says, from its place in millimetres.
fn moved(shift: impl Fn(f32, f32) -> (f32, f32)) -> Vec<u8> {
    let form = form();
    let mut pages = body::pages(&form, Paper::A5).unwrap();
    for mark in pages.iter_mut().flatten() {
        if let Mark::Text { x, y, .. } = mark {
            let (dx, dy) = shift(*x / MM, *y / MM);
            *x += dx * MM;
            *y += dy * MM;
        }
    }
    render::finished(&pages, Paper::A5, "Giấy".into(), form.received).unwrap()
}

#[test]
fn every_line_of_form_01_lies_where_the_official_layout_has_it() {
    assert_eq!(faults(&super::pdf(&form())), Vec::<String>::new());
}

#[test]
fn a_shifted_column_is_found() {
    let head = faults(&moved(|x, y| {
        (if x > 65.0 && y < 32.0 { -4.0 } else { 0.0 }, 0.0)
    }));
    assert!(
        head.iter().any(|f| f.contains("Độc lập")),
        "the state's column moved by 4 mm: {head:?}"
    );
    let signer = faults(&moved(|x, y| {
        (if x > 74.0 && y > 160.0 { -3.0 } else { 0.0 }, 0.0)
    }));
    assert!(
        signer.iter().any(|f| f.contains("NGƯỜI TIẾP NHẬN")),
        "the right signature moved by 3 mm: {signer:?}"
    );
    assert_eq!(
        faults(&moved(|_, _| (0.0, 0.0))),
        Vec::<String>::new(),
        "unmoved it is good: the check finds the shift, not the drawing"
    );
}

#[test]
fn a_line_out_of_order_is_found() {
    // The address goes up between the code and the office.
    let (_, y) = {
        let place = places(&words(&super::pdf(&form())), "Địa chỉ:")[0];
        (place.0[0], place.0[3])
    };
    let found = faults(&moved(|_, at| {
        (0.0, if (at - y).abs() < 2.5 { -14.0 } else { 0.0 })
    }));
    assert!(
        found.iter().any(|f| f.contains("Địa chỉ")),
        "the order of the labels is the law's: {found:?}"
    );
}
