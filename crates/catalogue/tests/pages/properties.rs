//! The parser on texts that no portal writes: it answers, in time, and loses nothing.

use std::time::{Duration, Instant};

use onedoor_catalogue::portal::{self, SourceRow};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::source::ROWS;

/// What the tables are made of, so that random texts look like tables.
const PIECES: [&str; 26] = [
    "Trực tiếp",
    "Trực tuyến",
    "Dịch vụ bưu chính",
    "Không có thông tin",
    "Không quy định",
    "Miễn phí",
    " Ngày làm việc",
    " Ngày",
    " Giờ",
    " VNĐ",
    " Việt Nam Đồng",
    " USD",
    "1",
    "20",
    ",000",
    "(",
    ")",
    "/giấy",
    "Tên giấy tờMẫu đơn, tờ khaiSố lượng",
    " bản chính",
    ",1 bản sao",
    "0",
    "--",
    "Bản sao ",
    ".docx",
    " 05 ngày",
];

fn check(ways: &str, papers: &str) -> Result<(), TestCaseError> {
    let row = SourceRow {
        filing_ways_text: ways.to_owned(),
        documents_text: Some(papers.to_owned()),
        ..SourceRow::default()
    };
    let entry = portal::read(&row);
    prop_assert_eq!(entry.ways.verbatim(), ways);
    prop_assert_eq!(entry.documents.verbatim(), papers);
    for paper in entry.documents.papers() {
        prop_assert!(paper.text.contains(paper.name()), "a name is never changed");
    }
    Ok(())
}

/// A page's text with a piece cut out, one put in and a character changed.
fn mutated(text: &str, cut: (Index, Index), insert: (Index, &str)) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.is_empty() {
        return insert.1.to_owned();
    }
    let (from, len) = (cut.0.index(chars.len()), cut.1.index(chars.len().min(40)));
    let mut left: Vec<char> = chars[..from].to_vec();
    left.extend(&chars[(from + len).min(chars.len())..]);
    let at = insert.0.index(left.len() + 1);
    let mut out: String = left[..at].iter().collect();
    out.push_str(insert.1);
    out.extend(&left[at..]);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_kept(ways in ".{0,200}", papers in ".{0,200}") {
        check(&ways, &papers)?;
    }

    #[test]
    fn texts_made_of_the_portals_own_pieces_are_kept(
        ways in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        papers in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
    ) {
        check(&ways.concat(), &papers.concat())?;
    }

    #[test]
    fn pages_with_pieces_cut_out_and_put_in_are_kept(
        page in any::<Index>(),
        cut in any::<(Index, Index)>(),
        at in any::<Index>(),
        piece in prop::sample::select(&PIECES[..]),
    ) {
        let row = &ROWS[page.index(ROWS.len())];
        let papers = row.documents_text.as_deref().unwrap_or_default();
        // Long pages only slow the test down; their beginnings hold every kind of cell.
        let papers: String = papers.chars().take(4000).collect();
        let ways: String = row.filing_ways_text.chars().take(2000).collect();
        check(&mutated(&ways, cut, (at, piece)), &mutated(&papers, cut, (at, piece)))?;
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    // Each pattern invites looking at the rest of the text again and again. In linear time a text takes well under a
    // second, in quadratic time many minutes.
    for pattern in [
        "Trực tiếp(",
        "Trực tiếp1 NgàyMiễn phí(",
        "1 bản chính",
        "((((",
        "0",
        "0 (",
        "phí:",
        "Không ",
        "Bản sao (",
        "Tên giấy tờMẫu đơn, tờ khaiSố lượng",
        "1.",
        "a) ",
    ] {
        let text = pattern.repeat(400_000 / pattern.len());
        let start = Instant::now();
        check(&text, &text).unwrap();
        assert!(start.elapsed() < Duration::from_secs(30), "{pattern}");
    }
}
