//! The packed catalogue: what the program opens at start, what it unpacks when asked, what it refuses.

use jiff::civil::date;
use onedoor_catalogue::Catalogue;
use onedoor_catalogue::national::{
    Change, National, NationalError, NotConverted, Source, Standing, pack,
};
use onedoor_catalogue::portal::{Doubt, FeeValue, Field, SourceRow, TimeValue, Unit};
use onedoor_domain::due::Term;
use onedoor_domain::fee::FeeRule;
use onedoor_domain::money::Money;
use onedoor_domain::procedure::PaperWay;

use crate::source::{ROWS, asset, source};

fn shipped() -> National {
    National::shipped().unwrap()
}

fn page(code: &str) -> SourceRow {
    SourceRow {
        code: code.to_owned(),
        title: format!("Thủ tục {code}"),
        ..SourceRow::default()
    }
}

fn packed(rows: &[SourceRow], changes: Vec<Change>) -> Result<National, NationalError> {
    let source = Source {
        crawled_on: date(2026, 7, 20),
        changes,
    };
    National::open(pack(rows, &source)?)
}

#[test]
fn the_shipped_file_is_what_the_pages_give_to_the_byte() {
    let fresh = pack(&ROWS, &source()).unwrap();
    let committed = std::fs::read(asset("national.bin")).unwrap();
    assert!(
        fresh == committed,
        "run `cargo xtask catalogue` and commit national.bin"
    );
}

#[test]
fn every_page_is_listed_and_comes_back_verbatim() {
    let national = shipped();
    assert_eq!(national.index().len(), ROWS.len());
    for row in ROWS.iter() {
        let at = national.index().position(&row.code).unwrap();
        let listed = national.index().get(at).unwrap();
        assert_eq!(
            (listed.code, listed.title, listed.field, listed.decision),
            (
                row.code.as_str(),
                row.title.as_str(),
                row.field.as_str(),
                row.decision.as_str()
            )
        );
        assert_eq!(listed.audience, row.audience, "{}", row.code);
        let levels: Vec<&str> = listed.levels.names().collect();
        assert_eq!(levels, row.levels, "{}", row.code);
    }
    // One page of each group and some more: unpacking is what is tested, not the disk.
    for row in ROWS.iter().step_by(41) {
        let details = national.details(&row.code).unwrap().unwrap();
        assert_eq!(&details.row, row);
    }
}

#[test]
fn with_the_curated_procedures_there_are_2644_codes() {
    let national = shipped();
    let curated = Catalogue::shipped().unwrap();
    let own: Vec<&str> = curated
        .procedures
        .iter()
        .map(|p| p.code.as_str())
        .filter(|code| national.index().position(code).is_none())
        .collect();
    assert_eq!(
        own,
        ["1.014027", "1.001699"],
        "the crawl lacks social policy"
    );
    assert_eq!(national.index().len() + own.len(), 2644);
}

#[test]
fn a_code_is_found_with_a_province_behind_it_and_an_unknown_one_is_not() {
    let national = shipped();
    let code = |code: &str| {
        let at = national.index().position(code)?;
        national
            .index()
            .get(at)
            .map(|listed| listed.code.to_owned())
    };
    assert_eq!(code("1.001193").as_deref(), Some("1.001193"));
    assert_eq!(
        code("1.001193.000.00.00.H48").as_deref(),
        Some("1.001193"),
        "provinces append themselves"
    );
    for unknown in ["", "1.0011", "9.999999", "ăăăăă", "1.001193"[..7].into()] {
        assert_eq!(code(unknown), None, "{unknown}");
    }
    assert!(national.details("9.999999").unwrap().is_none());
}

#[test]
fn a_page_that_was_understood_gives_the_procedure() {
    let details = shipped().details("3.000396").unwrap().unwrap();
    assert_eq!(details.doubts(), [], "nothing to review");
    let procedure = details.procedure().unwrap();
    assert_eq!(procedure.term, Term::WorkingDays(7));
    assert_eq!(procedure.term_text, "7 Ngày làm việc");
    assert_eq!(
        procedure.fees.principal(),
        &FeeRule::Flat {
            amount: Money::vnd(10_000)
        }
    );
    assert_eq!(procedure.fee_text, "10,000 Việt Nam Đồng(10.000 đồng/giấy)");
    assert_eq!(procedure.documents.len(), 1);
    assert!(
        !procedure.checked,
        "nobody compared it with an official text"
    );
    assert_eq!(procedure.from, date(2026, 7, 20), "the day of the crawl");
}

#[test]
fn papers_that_are_shown_and_remarks_are_told_from_papers_that_are_kept() {
    let details = shipped().details("1.004884").unwrap().unwrap();
    let entry = &details.entry;
    let shown = entry
        .documents
        .cases
        .iter()
        .find(|case| case.label().is_some_and(|l| l.contains("xuất trình")))
        .unwrap();
    assert!(
        shown
            .papers
            .iter()
            .any(|paper| paper.name().contains("Hộ chiếu"))
    );
    let listed = shipped();
    let unclear = listed.details("1.013089").unwrap().unwrap();
    assert_eq!(
        unclear.procedure().unwrap_err(),
        NotConverted::Time(Doubt::UnitMissing),
        "a bare 1 is no due date"
    );
    let extract = listed.details("1.010101").unwrap().unwrap();
    let procedure = extract.procedure().unwrap();
    assert_eq!(procedure.documents[1].way, PaperWay::Show);
    assert_eq!(
        procedure.fees.principal(),
        &FeeRule::Unstated,
        "the words name a circular: a person types the amount, free is not claimed"
    );
}

#[test]
fn a_page_that_was_not_understood_says_why_and_gives_no_due_date() {
    let national = shipped();
    let refused = |code: &str| {
        national
            .details(code)
            .unwrap()
            .unwrap()
            .procedure()
            .unwrap_err()
    };
    assert_eq!(
        refused("1.007895"),
        NotConverted::Time(Doubt::NumberGluedToFee)
    );
    assert_eq!(refused("1.009059"), NotConverted::NotAtCounter);
    assert_eq!(refused("1.013067"), NotConverted::SeveralTimes);
    assert_eq!(refused("2.002235"), NotConverted::NoResult);
    assert_eq!(refused("2.000913"), NotConverted::TimeNotStated);
    let answered = national.details("2.000913").unwrap().unwrap();
    let answered = answered.with_term(Term::WorkingDays(2)).unwrap();
    assert_eq!(
        (answered.term, answered.term_text.as_str()),
        (Term::WorkingDays(2), "Không có thông tin"),
        "the office answers for the limit, the page's own words stay"
    );
    let implausible = national.details("1.002079").unwrap().unwrap();
    assert_eq!(
        implausible.doubts(),
        [(Field::Fee, Doubt::AmountImplausible)]
    );
    assert_eq!(
        implausible.procedure().unwrap().fees.principal(),
        &FeeRule::Unstated,
        "50 đồng are never asked for"
    );
}

#[test]
fn a_paper_in_doubt_is_marked_where_it_stands_on_the_checklist() {
    let details = shipped().details("1.003446").unwrap().unwrap();
    assert_eq!(details.paper_doubts(), [], "an ordinary page");
    let details = shipped().details("1.000095").unwrap().unwrap();
    assert!(
        !details.entry.needs_review(),
        "the rest of the page is read"
    );
    assert_eq!(
        details.paper_doubts(),
        [("d4".to_owned(), vec![Doubt::CopyOrOriginal])]
    );
    let fourth = &details.procedure().unwrap().documents[3];
    assert!(
        fourth.name.vi.starts_with("Bản sao chụp quyết định"),
        "{fourth:?}"
    );
}

#[test]
fn a_name_that_asks_for_papers_stays_on_the_checklist_though_its_count_is_nought() {
    let details = shipped().details("1.007895").unwrap().unwrap();
    let procedure = details.with_term(Term::WorkingDays(1)).unwrap();
    let names: Vec<&str> = procedure
        .documents
        .iter()
        .map(|d| d.name.vi.as_str())
        .collect();
    assert!(
        names
            .iter()
            .any(|name| name.contains("Tờ khai hải quan: 02 bản")),
        "{names:?}"
    );
    let asked: Vec<(u16, u16)> = procedure
        .documents
        .iter()
        .map(|d| (d.originals, d.copies))
        .collect();
    assert_eq!(
        (details.paper_doubts().len(), asked),
        (3, vec![(0, 0), (0, 0), (0, 1), (0, 0), (1, 0)]),
        "a name that ends with its count gives it; the others are doubted"
    );
}

#[test]
fn a_paper_that_may_be_original_or_copy_leaves_the_choice_on_the_checklist() {
    let details = shipped().details("1.008578").unwrap().unwrap();
    let procedure = details.procedure().unwrap();
    let asked = |opening: &str| {
        let mut documents = procedure.documents.iter();
        let found = documents.find(|d| d.name.vi.starts_with(opening)).unwrap();
        (found.originals, found.copies, found.choice)
    };
    assert_eq!(
        asked("Bản gốc (hoặc bản sao"),
        (1, 1, true),
        "one of the two"
    );
    assert_eq!(
        asked("Bản sao hợp đồng"),
        (0, 1, false),
        "copies are enough"
    );
    assert_eq!(details.paper_doubts(), []);
}

#[test]
fn a_time_that_only_the_description_gives_is_the_due_date_in_its_words() {
    let national = shipped();
    let procedure = |code: &str| national.details(code).unwrap().unwrap().procedure();
    let told = procedure("1.003851").unwrap();
    assert_eq!(told.term, Term::WorkingDays(15));
    assert_eq!(
        told.term_text,
        "15 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ"
    );
    assert_eq!(
        procedure("1.003361").unwrap_err(),
        NotConverted::SeveralTimes
    );
}

#[test]
fn a_fee_in_thousands_is_read_only_where_the_words_say_so() {
    let national = shipped();
    let rule = |code: &str| {
        let details = national.details(code).unwrap().unwrap();
        details.procedure().unwrap().fees.principal().clone()
    };
    let licence = FeeRule::Flat {
        amount: Money::vnd(135_000),
    };
    assert_eq!(rule("3.000349"), licence, "135 VNĐ(… 135.000 đồng/lần.)");
    assert_eq!(
        rule("1.002079"),
        FeeRule::Unstated,
        "50 VNĐ, and no word of thousands"
    );
    assert_eq!(
        rule("1.007411"),
        FeeRule::Unstated,
        "paid for each subject, which the desk does not count"
    );
}

#[test]
fn lists_show_time_and_fee_at_the_counter() {
    let national = shipped();
    let at = national.index().position("1.002411").unwrap();
    let listed = national.index().get(at).unwrap();
    let counter = listed.counter.unwrap();
    assert_eq!(
        counter.time,
        TimeValue::Limit {
            number: 5,
            unit: Unit::WorkingDays
        }
    );
    let FeeValue::Amount(fee) = counter.fee else {
        panic!("{:?}", counter.fee)
    };
    assert_eq!(fee.format_vi(), "10,00 USD");
    assert_eq!(counter.time.words().as_deref(), Some("5 Ngày làm việc"));
    assert_eq!(counter.fee.words().as_deref(), Some("10,00 USD"));
    assert!(!listed.needs_review);
    let flagged = national.index().position("2.002036").unwrap();
    assert!(
        national.index().get(flagged).unwrap().needs_review,
        "75 of what?"
    );
}

#[test]
fn the_words_of_lists_are_those_of_the_page() {
    for row in ROWS.iter() {
        let entry = onedoor_catalogue::portal::read(row);
        for way in &entry.ways.rows {
            let words = way.time.value.words();
            // "None" and "not regulated" are listed in other words of the portal.
            let reworded = ["Không quy định", "Không"].contains(&way.time.text.trim());
            if let Some(words) = words.filter(|_| !reworded) {
                if way.time.in_note {
                    // Lists say it as cells do: `5 Ngày làm việc` for `05 ngày làm việc kể từ …`.
                    let note = way.note.to_lowercase();
                    assert!(note.contains(&words.to_lowercase()), "{}", row.code);
                    continue;
                }
                assert_eq!(words, way.time.text, "{}", row.code);
            }
        }
    }
}

#[test]
fn a_procedure_withdrawn_today_is_told_with_what_took_its_place() {
    let change = Change {
        code: "1.000001".to_owned(),
        until: date(2026, 11, 22),
        replaced_by: Some("1.000002".to_owned()),
    };
    let national = packed(&[page("1.000001"), page("1.000002")], vec![change]).unwrap();
    let old = national.index().get(0).unwrap();
    assert_eq!(
        old.standing(date(2026, 11, 22)),
        Standing::InForce,
        "its last day"
    );
    assert_eq!(
        old.standing(date(2026, 11, 23)),
        Standing::Ended {
            until: date(2026, 11, 22),
            replaced_by: Some("1.000002")
        }
    );
    assert_eq!(
        old.standing(date(2026, 7, 19)),
        Standing::NotYet {
            from: date(2026, 7, 20)
        }
    );
    let details = national.details("1.000001").unwrap().unwrap();
    assert_eq!(details.until, Some(date(2026, 11, 22)));
    assert_eq!(details.replaced_by.as_deref(), Some("1.000002"));
}

#[test]
fn contradictory_input_is_refused_by_name() {
    let twice = packed(&[page("1.000001"), page("1.000001")], vec![]).unwrap_err();
    assert_eq!(twice.to_string(), "two pages have the code 1.000001");
    let change = Change {
        code: "1.000009".to_owned(),
        until: date(2026, 11, 22),
        replaced_by: None,
    };
    let unknown = packed(&[page("1.000001")], vec![change]).unwrap_err();
    assert!(unknown.to_string().contains("1.000009"), "{unknown}");
    let line = onedoor_catalogue::national::rows("{}\nno page\n").unwrap_err();
    assert!(line.to_string().starts_with("line 2 "), "{line}");
}

#[test]
fn a_file_that_did_not_ship_is_read_to_its_last_page_before_it_is_believed() {
    let whole = std::fs::read(asset("national.bin")).unwrap();
    let read = National::open_whole(whole.clone()).unwrap();
    assert_eq!(read.index().len(), ROWS.len());
    let cut = whole[..whole.len() - 1].to_vec();
    assert!(National::open(cut.clone()).is_ok(), "its index is whole");
    assert!(National::open_whole(cut).is_err(), "its last page is not");
    let mut rotten = whole.clone();
    let middle = whole.len() / 2;
    rotten[middle..middle + 64].fill(0xFF);
    assert!(
        National::open_whole(rotten).is_err(),
        "a page in the middle"
    );
    let mut newer = whole.clone();
    newer[7] += 1;
    let error = National::open_whole(newer).unwrap_err();
    assert!(matches!(error, NationalError::Newer(3)), "{error}");
    let mut older = whole;
    older[7] = 1;
    for foreign in [older, b"PK\x03\x04 a zip file".to_vec(), Vec::new()] {
        let error = National::open_whole(foreign).unwrap_err();
        assert!(matches!(error, NationalError::Damaged(_)), "{error}");
    }
}

#[test]
fn a_damaged_file_is_refused_and_never_read_as_something_else() {
    let whole = pack(&[page("1.000001"), page("1.000002")], &source()).unwrap();
    for len in 0..whole.len() {
        let cut = National::open(whole[..len].to_vec());
        let read = cut.and_then(|national| national.details("1.000001"));
        assert!(read.is_err(), "{len} of {} bytes", whole.len());
    }
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        // Any answer but a panic: zstd frames carry no checksum, a changed letter of a title cannot be noticed here.
        let _ = National::open(changed).and_then(|national| national.details("1.000001"));
    }
}
