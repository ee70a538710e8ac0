//! Finding in the whole catalogue as a clerk does: 2,644 procedures behind one field.

use onedoor_catalogue::Catalogue;
use onedoor_catalogue::find::{Found, WholeCatalogue};
use onedoor_catalogue::national::National;
use onedoor_catalogue::offered::Offered;

fn whole() -> WholeCatalogue {
    let own = Catalogue::shipped().unwrap();
    WholeCatalogue::new(own.procedures, own.listed, National::shipped().unwrap())
}

fn offered(whole: &WholeCatalogue) -> Offered {
    Offered::curated(whole.curated())
}

fn codes(found: &[Found<'_>]) -> Vec<String> {
    found.iter().map(|found| found.code().to_owned()).collect()
}

#[test]
fn a_curated_procedure_wins_over_the_page_of_its_code() {
    let whole = whole();
    let birth = whole.get("1.001193").unwrap();
    assert!(
        matches!(birth, Found::Curated(_)),
        "papers and fields by hand"
    );
    let page = whole.details("1.001193").unwrap().unwrap();
    assert_eq!(page.row.code, "1.001193", "the page itself stays readable");
    let all: Vec<String> = whole.iter().map(|found| found.code().to_owned()).collect();
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), all.len(), "no code stands twice");
}

#[test]
fn a_mission_finds_its_own_procedures_without_a_time_limit() {
    let own = Catalogue::consular().unwrap();
    let listed: Vec<String> = own.listed.iter().map(|l| l.code().to_owned()).collect();
    let whole = WholeCatalogue::new(own.procedures, own.listed, National::shipped().unwrap());
    for code in listed {
        let found = whole.get(&code).unwrap();
        assert!(
            matches!(found, Found::Listed(_)) && found.needs_review(),
            "{code}"
        );
    }
    let here = Offered::curated(whole.curated());
    let visa = whole.find("thi thuc", 5, &here);
    assert!(
        !visa.is_empty() && !matches!(visa[0], Found::National(_)),
        "its own come first"
    );
}

#[test]
fn what_is_offered_here_precedes_customs_and_tax() {
    let whole = whole();
    let here = offered(&whole);
    let hits = whole.find("dang ky khai sinh", 20, &here);
    assert_eq!(hits[0].code(), "1.001193");
    let first_other = hits
        .iter()
        .position(|hit| !here.offers(hit.code()))
        .unwrap();
    assert!(
        hits[first_other..]
            .iter()
            .all(|hit| !here.offers(hit.code())),
        "all that is offered comes first: {:?}",
        codes(&hits)
    );
    let customs = whole.find("kho ngoai quan", 5, &here);
    assert!(!customs.is_empty(), "the rest is found behind it");
}

#[test]
fn an_offices_own_short_names_and_pins_come_first() {
    let whole = whole();
    let mut here = offered(&whole);
    here.name("1.004222", "TR");
    assert_eq!(whole.find("tr", 5, &here)[0].code(), "1.004222");
    here.pin("2.000635");
    here.pin("1.000656");
    assert_eq!(codes(&whole.find("", 2, &here)), ["2.000635", "1.000656"]);
    here.withdraw("2.000635");
    assert_eq!(whole.find(" ", 1, &here)[0].code(), "1.000656");
    here.name("9.999999", "zz");
    assert!(
        whole.find("zz", 5, &here).is_empty(),
        "a name for what is gone finds nothing"
    );
}

#[test]
fn a_code_from_a_provinces_paper_is_found() {
    let whole = whole();
    let here = Offered::default();
    let hits = whole.find("3.000396.000.00.00.H61", 5, &here);
    assert_eq!(codes(&hits), ["3.000396"]);
    assert_eq!(
        whole.get("3.000396.000.00.00.H61").unwrap().code(),
        "3.000396"
    );
    assert!(whole.get("").is_none());
}
