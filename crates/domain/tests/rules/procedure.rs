//! Finding a procedure by what a clerk types into the picker.

use jiff::civil::date;
use onedoor_domain::due::Term;
use onedoor_domain::procedure::{Bilingual, Findable, Finder, Procedure, find};

pub fn procedure(code: &str, title: &str, en: &str, field: &str, nicknames: &[&str]) -> Procedure {
    let bilingual = |vi: &str, en: &str| Bilingual {
        vi: vi.to_owned(),
        en: Some(en.to_owned()),
    };
    Procedure {
        field: bilingual(field, ""),
        nicknames: nicknames.iter().map(|n| (*n).to_owned()).collect(),
        ..Procedure::bare(
            code,
            bilingual(title, en),
            date(2026, 7, 20),
            Term::WorkingDays(3),
        )
    }
}

fn catalogue() -> Vec<Procedure> {
    vec![
        procedure(
            "1.004884",
            "Thủ tục đăng ký lại khai sinh",
            "Repeat registration of a birth",
            "Hộ tịch",
            &["ksl"],
        ),
        procedure(
            "1.001193",
            "Thủ tục đăng ký khai sinh",
            "Birth registration",
            "Hộ tịch",
            &["ks"],
        ),
        procedure(
            "1.000894",
            "Thủ tục đăng ký kết hôn",
            "Marriage registration",
            "Hộ tịch",
            &["kh"],
        ),
        procedure(
            "1.001022",
            "Thủ tục đăng ký nhận cha, mẹ, con",
            "Recognition of a father",
            "Hộ tịch",
            &["ncmc"],
        ),
        procedure(
            "1.012812",
            "Hòa giải tranh chấp đất đai",
            "Mediation of a land dispute",
            "Đất đai",
            &["hg"],
        ),
        procedure(
            "1.004194",
            "Đăng ký tạm trú",
            "Registration of temporary residence",
            "Cư trú",
            &["tt"],
        ),
        procedure("9.000001", "Khám mã", "Example", "Thử", &[]),
        procedure("9.000002", "Khảm má", "Example", "Thử", &[]),
    ]
}

fn codes(query: &str, limit: usize) -> Vec<String> {
    find(&catalogue(), query, limit)
        .into_iter()
        .map(|p| p.code.clone())
        .collect()
}

#[test]
fn a_nickname_is_the_shortest_way() {
    assert_eq!(
        codes("ks", 5)[0],
        "1.001193",
        "two keys for the commonest procedure"
    );
    assert_eq!(codes("KSL", 5)[0], "1.004884");
}

#[test]
fn words_are_found_without_marks_and_in_any_order() {
    assert_eq!(
        codes("sinh khai", 5),
        ["1.004884", "1.001193"],
        "both registers of births, in the catalogue's order"
    );
    assert_eq!(
        codes("ket ho", 5),
        ["1.000894"],
        "the last word is still being typed"
    );
    assert_eq!(
        codes("cha me", 5),
        ["1.001022"],
        "commas do not stand between words"
    );
    assert_eq!(
        codes("tam vang", 5),
        Vec::<String>::new(),
        "every word must be there"
    );
}

#[test]
fn the_opening_words_of_titles_need_not_be_typed() {
    assert_eq!(
        codes("dang ky khai", 5),
        ["1.001193", "1.004884"],
        "the title that begins so precedes the one that merely holds the words"
    );
}

#[test]
fn a_code_is_found_with_and_without_its_dot_and_with_a_province_behind_it() {
    for query in ["1.001193", "1001193", "1.001193.000.00.00.H48", "1.0011"] {
        assert_eq!(codes(query, 5), ["1.001193"], "{query}");
    }
}

#[test]
fn marks_need_not_be_typed_but_are_believed_when_they_are() {
    assert_eq!(codes("khám", 5)[0], "9.000001");
    assert_eq!(codes("khảm", 5)[0], "9.000002");
    assert_eq!(codes("má", 5)[0], "9.000002");
    assert_eq!(
        codes("khảm", 5).len(),
        2,
        "the other is still offered: marks are mistyped too"
    );
    assert_eq!(
        codes("hoà giải", 5),
        ["1.012812"],
        "both spellings of a tone are the same word"
    );
}

#[test]
fn english_titles_and_fields_are_found_last() {
    assert_eq!(codes("marriage", 5), ["1.000894"]);
    assert_eq!(codes("ho tich ket", 5), ["1.000894"]);
    assert_eq!(codes("dat dai", 5), ["1.012812"]);
}

#[test]
fn nothing_typed_shows_the_catalogue_and_signs_alone_show_nothing() {
    assert_eq!(codes("", 3), ["1.004884", "1.001193", "1.000894"]);
    assert_eq!(codes("  ", 3).len(), 3);
    assert_eq!(codes("*\":-", 3), Vec::<String>::new());
    assert_eq!(codes("ks", 0), Vec::<String>::new());
}

/// The codes found when the office offers only the procedures with these codes.
fn offered(query: &str, offered: &[&str]) -> Vec<String> {
    let all = catalogue();
    let finder = Finder::of(all.iter().map(Findable::from));
    finder
        .find(query, 5, |at| offered.contains(&all[at].code.as_str()))
        .into_iter()
        .map(|at| all[at].code.clone())
        .collect()
}

#[test]
fn what_the_office_offers_precedes_the_rest() {
    assert_eq!(
        offered("khai sinh", &["1.004884"]),
        ["1.004884", "1.001193"],
        "the other title begins so too, but nobody files it here"
    );
    assert_eq!(
        offered("", &["1.004194"])[0],
        "1.004194",
        "also before anything is typed"
    );
    assert_eq!(
        offered("1", &["1.012812"])[0],
        "1.012812",
        "nearly every code begins so"
    );
}

#[test]
fn what_is_named_outright_comes_first_wherever_it_is_offered() {
    let all = ["1.004884", "1.012812"];
    assert_eq!(offered("ks", &all)[0], "1.001193", "its own nickname");
    assert_eq!(offered("1.001193", &all), ["1.001193"], "its whole code");
}

#[test]
fn a_lone_dot_is_no_code() {
    assert_eq!(codes(".", 5), Vec::<String>::new());
}
