//! Dossier codes as printed, as typed, and as found on old papers.

use onedoor_domain::code::{DossierCode, Slot, parse_provisional, provisional, valid_agency};
use proptest::prelude::*;

use crate::fixture::day;

fn code(agency: &str, date: &str, seq: u32) -> DossierCode {
    DossierCode {
        agency: agency.to_owned(),
        day: day(date),
        seq,
    }
}

#[test]
fn a_code_is_written_as_the_law_writes_it() {
    assert_eq!(
        code("H15.50.05.13", "2026-11-23", 1001).to_string(),
        "H15.50.05.13-261123-1001"
    );
    assert_eq!(
        code("H15.50.05.13", "2026-01-05", 7).to_string(),
        "H15.50.05.13-260105-0007"
    );
    assert_eq!(
        code("H15.50.05.13", "2026-11-23", 150_042).to_string(),
        "H15.50.05.13-261123-150042"
    );
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let expected = code("H15.50.05.13", "2026-11-23", 1001);
    for typed in [
        "H15.50.05.13-261123-1001",
        " h15.50.05.13-261123-1001 ",
        "H15.50.05.13 261123 1001",
        "H15 50 05 13 261123 1001",
        "H15.50.05.13–261123–1001",
        "H155005132611231001",
        "h15.50.05.13-2611231001",
        "H15500513 261123 1001",
    ] {
        assert_eq!(
            DossierCode::parse(typed).as_ref(),
            Some(&expected),
            "{typed}"
        );
    }
}

#[test]
fn a_code_of_the_order_before_2020_is_read_too() {
    let expected = code("000.00.53.H48", "2022-09-21", 99);
    for typed in [
        "000.00.53.H48-220921-0099",
        "000.00.53.h48 220921 0099",
        "0000053H482209210099",
    ] {
        assert_eq!(
            DossierCode::parse(typed).as_ref(),
            Some(&expected),
            "{typed}"
        );
    }
    assert_eq!(expected.to_string(), "000.00.53.H48-220921-0099");
}

#[test]
fn what_is_no_code_is_not_made_one() {
    for typed in [
        "",
        "Nguyễn Thị Ừng",
        "048090001234",
        "H15.50.05.13-261131-1001",
        "H15.50.05.13-261123-101",
        "H15.50.05.13-261123-123456789",
        "H15-261123-1001",
        "H15.50.05.13-261123",
        "H15.50.05.13-261123-10",
        "15.50.05.13-261123-1001",
        "T-A1-7",
        "Ħ15.50.05.13-261123-1001",
    ] {
        assert_eq!(DossierCode::parse(typed), None, "{typed}");
    }
}

#[test]
fn a_code_whose_leading_zeros_would_be_lost_is_left_as_text() {
    assert_eq!(
        DossierCode::parse("H15.50.05-261123-030042"),
        None,
        "printing it again as -30042 would name another filing"
    );
}

#[test]
fn agencies_are_what_codes_are_issued_under_today() {
    for good in ["H15.50.05.13", "H48.53", "G15.001.002"] {
        assert!(valid_agency(good), "{good}");
    }
    for bad in [
        "",
        "H15",
        "h15.50",
        "H15.5",
        "H15.50.05.13.01",
        "000.00.53.H48",
        "H15.50.",
        "H1٥.50",
    ] {
        assert!(!valid_agency(bad), "{bad}");
    }
}

#[test]
fn a_provisional_code_cannot_be_taken_for_an_official_one() {
    let code = provisional("K7", 412);
    assert_eq!(code, "T-K7-412");
    assert_eq!(DossierCode::parse(&code), None);
}

#[test]
fn a_provisional_number_is_read_as_it_is_typed_from_a_paper_and_nothing_else_is() {
    for typed in ["T-4010B8B5-412", " t-4010b8b5-412 ", "T - 4010B8B5 - 412"] {
        assert_eq!(parse_provisional(typed).as_deref(), Some("T-4010B8B5-412"));
    }
    for other in [
        "",
        "T-",
        "T-4010B8B5",
        "T-4010B8B5-0",
        "T-4010B8B5-012",
        "T-4010B8B5-+12",
        "T-4010B8B-12",
        "T-4010B8BX-12",
        "T-4010B8B5-12-3",
        "T-4010B8B5-99999999999999999999",
        "H15.50.05.13-261123-1002",
    ] {
        assert_eq!(parse_provisional(other), None, "{other}");
    }
}

#[test]
fn a_slot_holds_both_its_ends() {
    let slot = Slot { lo: 1001, hi: 1100 };
    assert_eq!(slot.len(), 100);
    assert!(
        slot.contains(1001) && slot.contains(1100) && !slot.contains(1000) && !slot.contains(1101)
    );
    assert!(
        Slot { lo: 5, hi: 4 }.is_empty(),
        "a slot with its ends swapped has no number to give"
    );
    assert_eq!(
        Slot {
            lo: 0,
            hi: u32::MAX
        }
        .len(),
        1 << 32
    );
}

proptest! {
    #[test]
    fn what_is_printed_can_be_typed_back(
        province in 1u8..64, units in prop::collection::vec(0u8..100, 1..4), offset in 0i32..9_000, seq in 0u32..100_000_000,
    ) {
        let units: Vec<String> = units.iter().map(|u| format!("{u:02}")).collect();
        let date = day("2020-01-01").saturating_add(jiff::Span::new().days(offset));
        let code = DossierCode { agency: format!("H{province:02}.{}", units.join(".")), day: date, seq };
        prop_assert_eq!(DossierCode::parse(&code.to_string()), Some(code.clone()));
        prop_assert_eq!(DossierCode::parse(&code.to_string().to_lowercase().replace(['-', '.'], " ")), Some(code));
    }

    #[test]
    fn a_code_without_separators_is_read_right_or_not_at_all(
        units in prop::collection::vec(0u8..100, 1..4), offset in 0i32..9_000, seq in 0u32..100_000_000,
    ) {
        let units: Vec<String> = units.iter().map(|u| format!("{u:02}")).collect();
        let date = day("2020-01-01").saturating_add(jiff::Span::new().days(offset));
        let code = DossierCode { agency: format!("H15.{}", units.join(".")), day: date, seq };
        if let Some(read) = DossierCode::parse(&code.to_string().replace(['-', '.'], "")) {
            prop_assert_eq!(read, code, "a wrong filing is worse than none");
        }
    }

    #[test]
    fn nothing_typed_can_break_the_reader(s in any::<String>()) {
        if let Some(code) = DossierCode::parse(&s) {
            prop_assert_eq!(DossierCode::parse(&code.to_string()), Some(code));
        }
    }
}
