//! Text as people type it, with two normal forms, three apostrophes and stray characters.

use onedoor_domain::text::{TextProblem, clean, exact, fold, nfc};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

#[test]
fn names_are_found_without_marks() {
    let table = [
        ("Nguyễn Thị Ừng", "nguyen thi ung"),
        ("ĐẶNG  Đình\u{a0}Đức", "dang dinh duc"),
        ("H’Hen Niê", "h'hen nie"),
        ("Hʼ Hen", "h' hen"),
        ("Y Ƀŏk Êban", "y bok eban"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("Ea–Tul", "ea-tul"),
    ];
    for (typed, folded) in table {
        assert_eq!(fold(typed), folded, "{typed}");
    }
}

#[test]
fn the_two_spellings_of_a_tone_are_one_word_and_two_tones_are_two() {
    assert_eq!(
        exact("Hòa Thủy"),
        exact("hoà thuỷ"),
        "both spellings are taught in school"
    );
    assert_ne!(exact("má"), exact("mà"), "mother is not but");
    assert_ne!(exact("dung"), exact("đung"));
    assert_eq!(
        exact("cha, mẹ"),
        exact("cha, me\u{323}"),
        "decomposed input is the same word"
    );
}

#[test]
fn cleaning_keeps_every_letter_and_single_blanks() {
    assert_eq!(clean("  Y  Ƀŏk\tÊban\r\n", 50).unwrap(), "Y Ƀŏk Êban");
    assert_eq!(
        clean("Nguye\u{302}\u{303}n", 50).unwrap(),
        "Nguyễn",
        "decomposed typing is stored composed"
    );
    assert_eq!(
        clean("क\u{200D}ष", 50).unwrap(),
        "क\u{200D}ष",
        "joiners shape letters and stay"
    );
}

#[test]
fn nothing_is_cut_silently() {
    assert_eq!(
        clean(&"ễ".repeat(200), 200).unwrap().chars().count(),
        200,
        "marks do not count as characters"
    );
    let decomposed: String = "ễ".repeat(201).nfd().collect();
    assert_eq!(
        clean(&decomposed, 200),
        Err(TextProblem::TooLong { max: 200, len: 201 })
    );
    assert_eq!(
        clean(&"x".repeat(10_000), 200),
        Err(TextProblem::TooLong {
            max: 200,
            len: 10_000
        })
    );
    assert!(
        clean(&format!("{}   ", "x".repeat(200)), 200).is_ok(),
        "blanks at the end are not what was typed"
    );
}

#[test]
fn what_cannot_be_seen_is_refused() {
    for bad in [
        "a\0b",
        "a\u{1b}[31m",
        "a\u{7f}",
        "a\u{80}b",
        "An\u{202E}nA",
        "a\u{2066}b",
        "a\u{200B}b",
        "\u{FEFF}An",
    ] {
        assert_eq!(
            clean(bad, 50),
            Err(TextProblem::ControlCharacters),
            "{bad:?} would print otherwise than it is stored"
        );
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(s in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&s)), fold(&s));
    }

    #[test]
    fn both_normal_forms_fold_and_compare_alike(s in "\\PC{0,40}") {
        let decomposed: String = s.nfd().collect();
        prop_assert_eq!(fold(&nfc(&s)), fold(&decomposed));
        prop_assert_eq!(exact(&nfc(&s)), exact(&decomposed));
    }

    #[test]
    fn what_was_cleaned_once_is_clean(s in any::<String>()) {
        if let Ok(text) = clean(&s, 100) {
            prop_assert_eq!(clean(&text, 100), Ok(text.clone()));
            prop_assert!(text.chars().count() <= 100 && !text.chars().any(char::is_control));
        }
    }
}
