//! The guidance sheet on its pages. Not in it: the head, single fields and tables, which all forms share.

use crate::fields::{Label, field, label};
use crate::fonts::{Style, clean};
use crate::header::{self, Corner, Head, day_en, place_and_date};
use crate::layout::{self, Origin, Plan};
use crate::sheet::{Align, Mark, SECOND, Sheet, Stroke, Tongues};
use crate::table::{self, Cell, Column};
use crate::text::{balanced, span};
use crate::{Checked, FormError, GUIDANCE_TEMPLATE, Guidance, GuidancePaper, Paper, Words};

/// The file's name for itself.
pub(crate) const NAME: &str = "Hướng dẫn hồ sơ";

const CODE: Label = label("Mã thủ tục: ", "Procedure code");
const DECISION: Label = label("Quyết định công bố: ", "Published by decision");
const FIELD: Label = label("Lĩnh vực: ", "Field");
const PLACE: Label = label("Nơi nộp: ", "Where to file");
const WAY: Label = label("Cách nộp: ", "Way to file");
const TERM: Label = label("Thời hạn giải quyết: ", "Time limit");
const FEE: Label = label("Phí, lệ phí: ", "Fee");
const SOURCE: Label = label("Nguồn: ", "Source");

const WAYS: [Column; 3] = [
    Column::centred(label("Cách nộp", "Way to file"), 9.0),
    Column::rest(label("Thời hạn giải quyết", "Time limit")),
    Column::centred(label("Phí, lệ phí", "Fee"), 12.0),
];

const PAPERS: [Column; 5] = [
    Column::centred(label("STT", "No."), 2.6),
    Column::rest(label("Giấy tờ", "Paper")),
    Column::centred(label("Bản chính", "Original"), 3.9),
    Column::centred(label("Bản sao", "Copy"), 3.9),
    Column::centred(label("Xuất trình", "Shown"), 3.9),
];

/// The marks of every page.
pub(crate) fn pages(sheet: &Guidance, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    let code = clean(&sheet.code);
    let tongues = match clean(&sheet.title.en) {
        english if english.is_empty() => Tongues::Vietnamese,
        _ => Tongues::Both,
    };
    let plan = Plan {
        foot: format!("{GUIDANCE_TEMPLATE} · {code}"),
        continued: vec![
            span(Style::Bold, format!("{NAME} {code}")),
            span(Style::Italic, " (tiếp theo)"),
        ],
        tongues,
        origin: Origin::of(sheet.sample),
    };
    let head = Head {
        parent_agency: &sheet.letterhead.parent_agency,
        office: &sheet.letterhead.office,
        office_en: &sheet.letterhead.office_en,
        number: None,
        dated: place_and_date(&sheet.letterhead.place, sheet.printed),
        dated_en: day_en(sheet.printed),
        title: &["HƯỚNG DẪN HỒ SƠ"],
        title_en: "GUIDANCE: WHICH PAPERS ARE NEEDED",
        corner: Corner::Empty,
    };
    layout::pages(&plan, paper, |page| {
        header::draw(page, &head);
        draw(page, sheet);
    })
}

fn draw(page: &mut Sheet, sheet: &Guidance) {
    procedure(page, &sheet.title);
    if let Checked::NotYet(why) = &sheet.checked {
        unchecked(page, why);
    }
    told(page, CODE, &Words::vi(&sheet.code));
    told(page, DECISION, &Words::vi(&sheet.decision));
    told(page, FIELD, &sheet.field);
    told(page, PLACE, &sheet.place);
    ways(page, sheet);
    cases(page, sheet);
    listed(
        page,
        label("Mẫu đơn, tờ khai:", "Forms to fill in"),
        &sheet.forms,
    );
    listed(page, label("Cách làm:", "How to file"), &sheet.steps);
    page.y += 4.0;
    told(page, SOURCE, &sheet.source);
}

/// A label and its value in both languages; nothing where there is no value.
fn told(page: &mut Sheet, label: Label, words: &Words) {
    if !clean(&words.vi).is_empty() {
        field(page, label, &words.vi, &words.en);
    }
}

/// The procedure's name, in the middle.
fn procedure(page: &mut Sheet, title: &Words) {
    let size = page.size + 1.0;
    centred(page, Style::Bold, &clean(&title.vi), size);
    if page.tongues == Tongues::Both {
        centred(page, Style::Italic, &clean(&title.en), size * SECOND);
    }
    page.y += 5.0;
}

fn centred(page: &mut Sheet, style: Style, words: &str, size: f32) {
    let (edges, room) = (page.frame.edges(), page.frame.room());
    for line in balanced(page.faces, &[span(style, words)], size, room) {
        page.reserve(size * 1.2);
        page.set(&line, edges, page.y, size, Align::Centre);
        page.y += size * 1.2;
    }
}

/// The mark that nobody compared this with the decision yet: in a frame, because a citizen relies on the sheet.
fn unchecked(page: &mut Sheet, why: &Words) {
    const PAD: f32 = 4.0;
    let (top, pages) = (page.y, page.pages.len());
    page.y += PAD;
    let size = page.size;
    centred(
        page,
        Style::Bold,
        "CHƯA ĐỐI CHIẾU VỚI QUYẾT ĐỊNH CÔNG BỐ",
        size,
    );
    centred(page, Style::Regular, &clean(&why.vi), size - 1.0);
    if page.tongues == Tongues::Both {
        let english = [
            "NOT YET CHECKED AGAINST THE OFFICIAL DECISION",
            &clean(&why.en),
        ];
        for words in english {
            centred(page, Style::Italic, words, size * SECOND);
        }
    }
    page.y += PAD;
    // Words so long that they turned the page stand without a frame: it would cross the foot.
    if page.pages.len() == pages {
        let (x, width) = (page.frame.left, page.frame.room());
        page.put(Mark::Frame {
            x,
            y: top,
            width,
            height: page.y - top,
            stroke: Stroke::Solid,
        });
    }
    page.y += 5.0;
}

/// Time and fee: as fields where there is one way to file, as a table where there are several.
fn ways(page: &mut Sheet, sheet: &Guidance) {
    match sheet.ways.as_slice() {
        [] => {}
        [one] => {
            told(page, WAY, &one.way);
            told(page, TERM, &one.term);
            told(page, FEE, &one.fee);
        }
        several => {
            page.y += 3.0;
            let cell = |words: &Words| Cell::both(&words.vi, &words.en);
            let rows = several
                .iter()
                .map(|way| [cell(&way.way), cell(&way.term), cell(&way.fee)]);
            table::draw(page, &WAYS, rows);
            page.y += 4.0;
        }
    }
}

/// The papers: a table for each case, under its name.
fn cases(page: &mut Sheet, sheet: &Guidance) {
    for case in sheet.cases.iter().filter(|case| !case.papers.is_empty()) {
        let when = match clean(&case.when.vi) {
            when if when.is_empty() => Words::both("Giấy tờ cần có:", "Papers needed"),
            when => Words::both(
                format!("Trường hợp: {when}"),
                format!("In the case: {}", case.when.en),
            ),
        };
        // The name of a case must not be left alone at the end of a page.
        page.reserve(page.leading() * 5.0);
        page.y += 2.0;
        let english = if case.when.vi.is_empty() || !case.when.en.is_empty() {
            when.en.as_str()
        } else {
            ""
        };
        page.paired(&[span(Style::Bold, when.vi.as_str())], english);
        page.y += 2.0;
        let rows = case.papers.iter().enumerate();
        table::draw(page, &PAPERS, rows.map(|(at, paper)| row(at, paper)));
        page.y += 4.0;
    }
}

fn row(at: usize, paper: &GuidancePaper) -> [Cell; 5] {
    let with = |name: &str, form: &str, words: &str| match clean(form) {
        form if form.is_empty() => name.to_owned(),
        form => format!("{name} ({words} {form})"),
    };
    let english = match paper.name.en.as_str() {
        "" => String::new(),
        name => with(name, &paper.form.en, "form"),
    };
    let count = |n: u16| match n {
        0 => Cell::default(),
        n => Cell::plain(n.to_string()),
    };
    let copies = match paper.choice {
        true => Cell::plain(format!("hoặc {}", paper.copies)),
        false => count(paper.copies),
    };
    [
        Cell::plain((at + 1).to_string()),
        Cell::both(&with(&paper.name.vi, &paper.form.vi, "mẫu"), &english),
        count(paper.originals),
        copies,
        count(paper.shown),
    ]
}

/// A heading and numbered lines in both languages; nothing where there are none.
fn listed(page: &mut Sheet, heading: Label, items: &[Words]) {
    if items.is_empty() {
        return;
    }
    page.reserve(page.leading() * 3.0);
    page.y += 2.0;
    page.paired(&[span(Style::Bold, heading.vi)], heading.en);
    for (at, item) in items.iter().enumerate() {
        let number = span(Style::Regular, format!("{}. ", at + 1));
        let words = span(Style::Regular, clean(&item.vi));
        page.paired(&[number, words], &clean(&item.en));
    }
}
