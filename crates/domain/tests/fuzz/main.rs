//! The parsers under thousands of changed inputs, the same ones on every machine: no panic, no hang, and what must hold
//! of every answer holds. `tests/fuzz` runs the same functions without end.
//!
//! Not here: what the parsers should answer (see `rules`).

mod mutation;

use std::time::{Duration, Instant};

use jiff::civil::date;
use mutation::Mutation;
use onedoor_domain::identity::{Birth, damage, mrz, qr, tax_code::TaxCode, wedge};

const ROUNDS: u32 = 20_000;
/// Far more than a slow machine needs for one input; only a hang takes it.
const LONGEST: Duration = Duration::from_secs(5);

const CARDS: [&str; 4] = [
    "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021",
    "066150000321||H'Hen Niê|00001950|Nữ|Buôn Ea Tul|01072024|cha|mẹ|",
    "DN4010112345678|4e677579e1bb856e20416e|01/02/1990|2|456120|01 - 001|01/01/2026|$",
    "0112345678|5920426c6f6b|1990|1|-|x",
];
const ZONES: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<1VNM9003158M3404255048090001234<<<<0",
];

/// Runs `look` on every seed as it is and on thousands of its changes.
fn hammer(seeds: &[&str], mut look: impl FnMut(&str)) {
    for seed in seeds {
        look(seed);
    }
    let mut mutation = Mutation::new(0x0d00_2026_1123);
    for _ in 0..ROUNDS {
        let input = mutation.of(seeds);
        let began = Instant::now();
        look(&input);
        assert!(began.elapsed() < LONGEST, "a hang on {input:?}");
    }
}

#[test]
fn a_card_s_code_is_read_or_refused_and_its_name_never_changed() {
    let mut read = 0;
    hammer(&CARDS, |input| {
        let Ok(found) = qr::parse(input) else { return };
        read += 1;
        if let qr::Qr::IdCard(card) = found {
            let typed = input.split('|').nth(2).unwrap_or_default();
            let clean = onedoor_domain::text::clean(typed, onedoor_domain::text::MAX_NAME);
            assert_eq!(
                Ok(card.name),
                clean,
                "every letter that was sent, and no other"
            );
            assert_eq!(card.number.as_str().len(), 12);
        }
    });
    assert!(
        read > 500,
        "the changes must leave some cards readable, else nothing was tested: {read}"
    );
}

#[test]
fn a_zone_is_read_only_when_every_check_digit_agrees() {
    let mut suggested = 0;
    hammer(&ZONES, |input| {
        match mrz::parse(input, date(2026, 11, 23)) {
            Ok(found) => {
                assert!(!found.surname.is_empty());
                assert!(found.birth.year().is_none_or(|year| year <= 2026));
            }
            Err(mrz::MrzProblem::CheckDigit {
                suggestion: Some(line),
                ..
            }) => {
                suggested += 1;
                assert_eq!(line.len(), 44, "a suggestion is a whole line");
                let first = ZONES[0].lines().next().unwrap_or_default();
                let again = mrz::parse(&format!("{first}\n{line}"), date(2026, 11, 23));
                assert!(
                    !matches!(again, Err(mrz::MrzProblem::CheckDigit { .. })),
                    "a suggestion agrees with itself: {line}"
                );
            }
            Err(_) => {}
        }
    });
    assert!(suggested > 0, "some change must have made an O of a 0");
}

#[test]
fn a_tax_code_is_read_as_it_is_printed() {
    let seeds = [
        "0100109106",
        "0300588569-001",
        "0100109106001",
        "048090001234",
        " 0100 109 106 – 001",
    ];
    hammer(&seeds, |input| {
        if let Ok(code) = TaxCode::parse(input) {
            assert_eq!(TaxCode::parse(&code.to_string()), Ok(code.clone()));
            let _ = code.warning();
        }
    });
}

#[test]
fn a_stream_of_keys_gives_back_every_scanned_sign() {
    let mut times = Mutation::new(7);
    let mut scans = 0;
    hammer(&CARDS, |input| {
        let mut at = 0;
        let keys: Vec<(char, u64)> = input
            .chars()
            .map(|key| {
                at += times.below(12);
                (key, at)
            })
            .collect();
        match wedge::read(&keys) {
            wedge::Outcome::Scan(text) | wedge::Outcome::Damaged { text, .. } => {
                scans += 1;
                assert!(input.contains(&text), "nothing is added to what was sent");
            }
            wedge::Outcome::Typed => {}
        }
    });
    assert!(scans > 5_000, "most bursts are scans: {scans}");
}

#[test]
fn names_and_births_survive_anything() {
    let seeds = [
        "Nguyễn Thị Ừng",
        "H'Hen Niê",
        "15/03/1990",
        "3/1950",
        "NguyeenX Van An",
    ];
    hammer(&seeds, |input| {
        let _ = damage::of_name(input);
        let _ = damage::of_code(input);
        if let Ok(birth) = Birth::parse(input, date(2026, 11, 23)) {
            let _ = birth.age_on(date(2026, 11, 23));
            assert_eq!(Birth::from_wire(&birth.to_wire()), Some(birth));
        }
    });
}
