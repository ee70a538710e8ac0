//! Sums in figures and words.

use onedoor_domain::money::{Currency, Money, Rate, Speech, words_vi, words_vi_in};
use proptest::prelude::*;

#[test]
fn sums_are_written_as_on_vietnamese_paper() {
    let table = [
        (0, "0 đ"),
        (999, "999 đ"),
        (20_000, "20.000 đ"),
        (1_234_567, "1.234.567 đ"),
        (-8_000, "-8.000 đ"),
    ];
    for (dong, written) in table {
        assert_eq!(Money::vnd(dong).format_vi(), written);
    }
    let dollars = Money {
        minor: 123_405,
        currency: Currency::Usd,
    };
    assert_eq!(dollars.format_vi(), "1.234,05 USD");
    assert!(
        Money::vnd(i64::MIN)
            .format_vi()
            .starts_with("-9.223.372.036.854.775.808")
    );
}

#[test]
#[rustfmt::skip]
fn sums_are_read_out_as_a_cashier_reads_them() {
    let table = [
        (0, "không"), (1, "một"), (2, "hai"), (3, "ba"), (4, "bốn"), (5, "năm"), (6, "sáu"), (7, "bảy"), (8, "tám"),
        (9, "chín"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (19, "mười chín"),
        (20, "hai mươi"), (21, "hai mươi mốt"), (22, "hai mươi hai"), (24, "hai mươi tư"), (25, "hai mươi lăm"),
        (31, "ba mươi mốt"), (34, "ba mươi tư"), (40, "bốn mươi"), (44, "bốn mươi tư"), (45, "bốn mươi lăm"),
        (50, "năm mươi"), (51, "năm mươi mốt"), (55, "năm mươi lăm"), (91, "chín mươi mốt"), (99, "chín mươi chín"),
        (100, "một trăm"), (101, "một trăm linh một"), (104, "một trăm linh bốn"), (105, "một trăm linh năm"),
        (110, "một trăm mười"), (111, "một trăm mười một"), (114, "một trăm mười bốn"), (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"), (154, "một trăm năm mươi tư"), (200, "hai trăm"), (404, "bốn trăm linh bốn"),
        (415, "bốn trăm mười lăm"), (500, "năm trăm"), (505, "năm trăm linh năm"), (555, "năm trăm năm mươi lăm"),
        (999, "chín trăm chín mươi chín"),
        (1_000, "một nghìn"), (1_001, "một nghìn không trăm linh một"), (1_004, "một nghìn không trăm linh bốn"),
        (1_005, "một nghìn không trăm linh năm"), (1_010, "một nghìn không trăm mười"),
        (1_015, "một nghìn không trăm mười lăm"), (1_021, "một nghìn không trăm hai mươi mốt"),
        (1_024, "một nghìn không trăm hai mươi tư"), (1_100, "một nghìn một trăm"), (1_500, "một nghìn năm trăm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"), (4_000, "bốn nghìn"), (5_000, "năm nghìn"), (7_000, "bảy nghìn"),
        (8_000, "tám nghìn"), (10_000, "mười nghìn"), (12_500, "mười hai nghìn năm trăm"), (14_000, "mười bốn nghìn"),
        (15_000, "mười lăm nghìn"), (20_000, "hai mươi nghìn"), (21_000, "hai mươi mốt nghìn"),
        (21_021, "hai mươi mốt nghìn không trăm hai mươi mốt"), (24_000, "hai mươi tư nghìn"),
        (25_000, "hai mươi lăm nghìn"), (50_500, "năm mươi nghìn năm trăm"), (75_000, "bảy mươi lăm nghìn"),
        (100_000, "một trăm nghìn"), (100_005, "một trăm nghìn không trăm linh năm"),
        (105_000, "một trăm linh năm nghìn"), (150_000, "một trăm năm mươi nghìn"), (200_000, "hai trăm nghìn"),
        (999_999, "chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
        (1_000_000, "một triệu"), (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"), (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"), (4_004_004, "bốn triệu không trăm linh bốn nghìn không trăm linh bốn"),
        (15_000_000, "mười lăm triệu"), (21_500_000, "hai mươi mốt triệu năm trăm nghìn"),
        (100_000_001, "một trăm triệu không trăm linh một"), (999_000_000, "chín trăm chín mươi chín triệu"),
        (1_000_000_000, "một tỷ"), (1_000_000_001, "một tỷ không trăm linh một"), (1_001_000_000, "một tỷ không trăm linh một triệu"),
        (2_000_000_000, "hai tỷ"), (24_000_000_000, "hai mươi tư tỷ"), (1_000_000_000_000, "một nghìn tỷ"),
        (1_005_000_000_000, "một nghìn không trăm linh năm tỷ"), (1_000_000_000_000_000_000, "một tỷ tỷ"),
        (-1, "âm một"), (-8_000, "âm tám nghìn"),
        (i64::MAX, "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ \
            tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh bảy"),
        (i64::MIN, "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ \
            tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám"),
    ];
    for (dong, words) in table {
        assert_eq!(words_vi(dong), format!("{words} đồng"), "{dong}");
    }
}

#[test]
fn the_south_says_two_words_otherwise() {
    let table = [
        (105_004, "một trăm lẻ năm ngàn không trăm lẻ bốn đồng"),
        (15, "mười lăm đồng"),
    ];
    for (dong, words) in table {
        assert_eq!(words_vi_in(dong, Speech::South), words);
        assert_eq!(words_vi_in(dong, Speech::North), words_vi(dong));
    }
}

#[test]
fn dollars_are_read_out_with_their_cents() {
    let usd = |minor| Money {
        minor,
        currency: Currency::Usd,
    };
    let table = [
        (usd(2_500), "hai mươi lăm đô la Mỹ"),
        (usd(2_550), "hai mươi lăm đô la Mỹ năm mươi xu"),
        (usd(5), "không đô la Mỹ năm xu"),
        (usd(-100), "âm một đô la Mỹ"),
        (Money::vnd(8_000), "tám nghìn đồng"),
    ];
    for (money, words) in table {
        assert_eq!(money.words_vi(), words);
    }
}

#[test]
fn a_host_s_money_is_written_with_its_own_digits() {
    let host = |code: &str, minor| Money {
        minor,
        currency: Currency::parse(code).unwrap(),
    };
    let table = [
        (host("EUR", 123_405), "1.234,05 EUR"),
        (host("JPY", 3_750), "3.750 JPY"),
        (host("KWD", 1_005), "1,005 KWD"),
        (host("EUR", -5), "-0,05 EUR"),
    ];
    for (money, written) in table {
        assert_eq!(money.format_vi(), written);
        assert_eq!(money.words_vi(), written, "no invented name of a money");
    }
}

#[test]
fn a_fee_in_dollars_is_taken_at_the_mission_s_rate() {
    let usd = |minor| Money {
        minor,
        currency: Currency::Usd,
    };
    let euro = Currency::parse("EUR").unwrap();
    let rate = |units, per, step| Rate {
        from: Currency::Usd,
        to: euro,
        units,
        per,
        step,
    };
    let to = |minor| {
        Some(Money {
            minor,
            currency: euro,
        })
    };
    let table = [
        (rate(87, 100, 1), usd(2_500), to(2_175), "25 USD at 0,87"),
        (
            rate(87, 100, 100),
            usd(2_500),
            to(2_200),
            "rounded to whole euros",
        ),
        (
            rate(87, 100, 50),
            usd(2_500),
            to(2_200),
            "21,75 is half way and goes up",
        ),
        (rate(87, 100, 1), usd(0), to(0), "nothing stays nothing"),
        (rate(1, 3, 1), usd(100), to(33), "a third"),
        (rate(87, 100, 1), usd(-1), None, "below zero"),
        (rate(0, 100, 1), usd(1), None, "no rate"),
        (rate(87, 0, 1), usd(1), None, "no rate either"),
        (rate(87, 100, 0), usd(1), None, "no step"),
        (rate(i64::MAX, 1, 1), usd(i64::MAX), None, "too large"),
        (
            rate(87, 100, 1),
            Money::vnd(8_000),
            None,
            "not a fee in dollars",
        ),
    ];
    for (rate, fee, expected, why) in table {
        assert_eq!(rate.apply(fee), expected, "{why}");
    }
}

proptest! {
    #[test]
    fn two_sums_never_read_alike(a in 0i64..5_000_000_000, more in 1i64..5_000_000_000) {
        prop_assert_ne!(words_vi(a), words_vi(a + more));
        prop_assert!(!words_vi(a).contains("  "), "no double blanks on paper");
    }
}

#[test]
fn currencies_have_their_iso_codes() {
    for currency in [Currency::Vnd, Currency::Usd] {
        assert_eq!(Currency::parse(currency.as_str()), Some(currency));
    }
    for code in ["EUR", "JPY", "LAK", "KWD"] {
        assert_eq!(Currency::parse(code).map(Currency::as_str), Some(code));
    }
    assert_eq!(Currency::parse("vnd"), None);
    assert_eq!(Currency::parse("XXX"), None, "no money that is not known");
}
