//! Nothing of a page is dropped.

use onedoor_catalogue::portal;

use crate::source::ROWS;

#[test]
fn the_pieces_of_every_page_joined_are_the_page() {
    assert_eq!(ROWS.len(), 2642, "every page of the crawl");
    for row in ROWS.iter() {
        let entry = portal::read(row);
        assert_eq!(
            entry.ways.verbatim(),
            row.filing_ways_text,
            "{}: ways",
            row.code
        );
        assert_eq!(
            entry.documents.verbatim(),
            row.documents_text.clone().unwrap_or_default(),
            "{}: papers",
            row.code
        );
    }
}
