//! Sums in figures and words.

use onedoor_domain::money::{Currency, Money, words_vi};

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
fn sums_are_read_out_as_a_cashier_reads_them() {
    let table = [
        (0, "không đồng"),
        (1, "một đồng"),
        (10, "mười đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (25, "hai mươi lăm đồng"),
        (40, "bốn mươi đồng"),
        (101, "một trăm linh một đồng"),
        (105, "một trăm linh năm đồng"),
        (111, "một trăm mười một đồng"),
        (8_000, "tám nghìn đồng"),
        (20_000, "hai mươi nghìn đồng"),
        (50_500, "năm mươi nghìn năm trăm đồng"),
        (150_000, "một trăm năm mươi nghìn đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_010, "một nghìn không trăm mười đồng"),
        (21_021, "hai mươi mốt nghìn không trăm hai mươi mốt đồng"),
        (1_000_005, "một triệu không trăm linh năm đồng"),
        (1_005_000, "một triệu không trăm linh năm nghìn đồng"),
        (2_000_000_000, "hai tỷ đồng"),
        (1_000_000_000_000, "một nghìn tỷ đồng"),
        (-8_000, "âm tám nghìn đồng"),
    ];
    for (dong, words) in table {
        assert_eq!(words_vi(dong), words, "{dong}");
    }
    assert!(
        words_vi(i64::MIN).starts_with("âm chín tỷ hai trăm hai mươi ba triệu"),
        "no sum may stop the printing"
    );
}

#[test]
fn currencies_have_their_iso_codes() {
    for currency in [Currency::Vnd, Currency::Usd] {
        assert_eq!(Currency::parse(currency.as_str()), Some(currency));
    }
    assert_eq!(Currency::parse("vnd"), None);
}
