//! Addresses as cards and people write them, read by hand from the published list; and searching for a commune.
//! Not here: the whole list (`units_old_rows`), and lists that a person imports (`units_import`).

use std::sync::LazyLock;

use jiff::civil::date;
use onedoor_catalogue::Units;
use onedoor_catalogue::units::{Ask, Modern, UnitsOn, format};
use proptest::prelude::*;

static UNITS: LazyLock<Units> = LazyLock::new(|| Units::shipped().unwrap());

fn today() -> UnitsOn<'static> {
    UNITS.as_of(date(2026, 11, 23)).unwrap()
}

/// What is written, the code of today, the part before it.
const CLEAR: [(&str, &str, &str); 32] = [
    // As in the QR code of an identity card: no words of kinds.
    ("Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng", "20260", "Tổ 5"),
    (
        "Thôn Cẩm Nê, Hòa Tiến, Hòa Vang, Đà Nẵng",
        "20332",
        "Thôn Cẩm Nê",
    ),
    ("Buôn Tu, Ea Tul, Cư M'gar, Đắk Lắk", "24277", "Buôn Tu"),
    ("Hoà Thọ Đông, Cẩm Lệ, Đà Nẵng", "20260", ""),
    (
        "Thôn Séo Mý Tỷ, Tả Van, Sa Pa, Lào Cai",
        "03037",
        "Thôn Séo Mý Tỷ",
    ),
    (
        "Số 7, ngõ 3, Đồng Văn, Đồng Văn, Hà Giang",
        "00721",
        "Số 7, ngõ 3",
    ),
    // With them, and with their short forms.
    (
        "Tổ 5, Phường Hòa Thọ Đông, Quận Cẩm Lệ, Thành phố Đà Nẵng",
        "20260",
        "Tổ 5",
    ),
    (
        "123/4 Võ Văn Tần, Phường 5, Quận 3, TP.Hồ Chí Minh",
        "27154",
        "123/4 Võ Văn Tần",
    ),
    (
        "123/4 Võ Văn Tần, P.5, Q.3, TP.HCM",
        "27154",
        "123/4 Võ Văn Tần",
    ),
    (
        "123/4 Võ Văn Tần, P5, Q3, TPHCM",
        "27154",
        "123/4 Võ Văn Tần",
    ),
    (
        "12 Tôn Đức Thắng, P. Bến Nghé, Q.1, TP HCM",
        "26740",
        "12 Tôn Đức Thắng",
    ),
    (
        "Hẻm 2, Phường 01, TP. Đà Lạt, Tỉnh Lâm Đồng",
        "24781",
        "Hẻm 2",
    ),
    ("Lô A, F.12, Q. Gò Vấp, Tp. Hồ Chí Minh", "26882", "Lô A"),
    (
        "Ấp 4, xã Bình Hưng, huyện Bình Chánh, TP HCM",
        "27619",
        "Ấp 4",
    ),
    (
        "Bon Păng Sim, TT Ea T'Ling, H. Cư Jút, Đắk Nông",
        "24640",
        "Bon Păng Sim",
    ),
    (
        "Khu phố 3, TT. Quang Minh, H. Mê Linh, TP. Hà Nội, Việt Nam",
        "08974",
        "Khu phố 3",
    ),
    (
        "Thôn 1, xã Hòa Tiến, huyện Hoà Vang, tp Đà Nẵng",
        "20332",
        "Thôn 1",
    ),
    (
        "Tổ 3; Phường Cẩm Châu; Thành phố Hội An; Tỉnh Quảng Nam",
        "20413",
        "Tổ 3",
    ),
    // Without marks, without commas, in capitals.
    ("TO 5, HOA THO DONG, CAM LE, DA NANG", "20260", "TO 5"),
    (
        "THÔN PHỐ CŨ, XÃ Y TÝ, HUYỆN BÁT XÁT, TỈNH LÀO CAI",
        "02701",
        "THÔN PHỐ CŨ",
    ),
    (
        "Thôn 2 xã Nhơn Lý thành phố Qui Nhơn tỉnh Bình Định",
        "21601",
        "Thôn 2",
    ),
    // Other spellings of the same names.
    (
        "Bản Ho, Xã Cư Dliê M'nông, Huyện Cư M`gar, Tỉnh Đắc Lắc",
        "24277",
        "Bản Ho",
    ),
    (
        "Thôn 3, Xã B'Lá, Huyện Bảo Lâm, Lâm Đồng",
        "25063",
        "Thôn 3",
    ),
    ("Phường Đúc, Thuận Hoá, Thừa Thiên Huế", "19789", ""),
    (
        "Bon Sa Nar, Xã Đăk R'Măng, Huyện Đắk Glong, Đăk Nông",
        "24637",
        "Bon Sa Nar",
    ),
    ("Khóm 1, Phú Mỹ, Phú Mỹ, Bà Rịa Vũng Tàu", "26704", "Khóm 1"),
    // Island districts without communes, town and commune of one name with the same successor.
    (
        "Khu 5, Huyện Côn Đảo, Tỉnh Bà Rịa - Vũng Tàu",
        "26732",
        "Khu 5",
    ),
    (
        "Thôn Cống Thôn, Yên Viên, Gia Lâm, Hà Nội",
        "00541",
        "Thôn Cống Thôn",
    ),
    // Addresses of today.
    ("Tổ 5, Phường Cẩm Lệ, Thành phố Đà Nẵng", "20260", "Tổ 5"),
    (
        "Thôn Phú Sơn, xã Hòa Vang, TP Đà Nẵng",
        "20320",
        "Thôn Phú Sơn",
    ),
    ("Buôn Dang, xã Ea H'leo, Đắk Lắk", "24184", "Buôn Dang"),
    ("Buôn Tu, Ea Tul, Đắk Lắk", "24277", "Buôn Tu"),
];

#[test]
fn an_address_that_names_one_commune_becomes_it_and_keeps_the_hamlet_to_the_letter() {
    for (text, code, before) in CLEAR {
        match today().modern(text) {
            Modern::One { hamlet, commune } => {
                assert_eq!((commune.code, hamlet.as_str()), (code, before), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// What is written, the codes to choose from, which of them is marked as likely, and why it is asked.
const ASKED: [(&str, &[&str], Option<&str>, Ask); 8] = [
    (
        "Tổ 9, Quang Trung, Hà Đông, Hà Nội",
        &["09552", "09556"],
        Some("09556"),
        Ask::Divided,
    ),
    (
        "Ngõ 1, P. Láng Hạ, Q. Đống Đa, Hà Nội",
        &["00025", "00199", "00235"],
        Some("00199"),
        Ask::Divided,
    ),
    // Nga Thanh and Nga Thành are two communes; these marks fit neither, and without any mark both are meant.
    (
        "Xóm 2, Nga Thạnh, Nga Sơn, Thanh Hóa",
        &["16093", "16138"],
        None,
        Ask::Unsure,
    ),
    (
        "NGA THANH, NGA SON, THANH HOA",
        &["16093", "16138"],
        None,
        Ask::SameName,
    ),
    // A word without a comma before the name may belong to it.
    (
        "Khối Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng",
        &["20260"],
        None,
        Ask::Unsure,
    ),
    // The district of 2020 is not in the list of 2025.
    (
        "Phường Thảo Điền, Quận 2, TP. Hồ Chí Minh",
        &["27094"],
        None,
        Ask::DistrictUnknown,
    ),
    (
        "Tổ 1, Hòa Khánh Nam, Đà Nẵng",
        &["20200"],
        None,
        Ask::DistrictUnknown,
    ),
    (
        "Khu 1, Lạ Hoắc, Cẩm Lệ, Đà Nẵng",
        &["20260", "20305", "20314"],
        Some("20260"),
        Ask::CommuneUnknown,
    ),
];

#[test]
fn an_address_that_is_not_certain_is_asked_for_with_every_candidate() {
    for (text, codes, likely, reason) in ASKED {
        let answer = today().modern(text);
        let Modern::Split {
            communes,
            hint,
            why,
            ..
        } = answer
        else {
            panic!("{text}: {answer:?}");
        };
        let found: Vec<&str> = communes.iter().map(|commune| commune.code).collect();
        let hint = hint.and_then(|place| found.get(place).copied());
        assert_eq!(
            (found.as_slice(), hint, why),
            (codes, likely, reason),
            "{text}"
        );
    }
}

#[test]
fn what_no_list_knows_stays_as_it_was_typed() {
    let foreign = [
        "",
        "  ,,, ",
        "12 Rue de Rivoli, Paris",
        "Tổ 5",
        "Hà Nội",
        "Phường",
        "Xã, Huyện, Tỉnh",
    ];
    for text in foreign {
        assert_eq!(today().modern(text), Modern::Unknown, "{text}");
    }
}

#[test]
fn a_new_address_is_written_as_official_texts_write_it() {
    let today = today();
    let write = |hamlet: &str, code: &str| format(hamlet, &today.commune(code).unwrap());
    assert_eq!(
        write("Tổ 5", "20260"),
        "Tổ 5, phường Cẩm Lệ, thành phố Đà Nẵng"
    );
    assert_eq!(
        write(" ", "24277"),
        "Xã Ea Tul, tỉnh Đắk Lắk",
        "an address begins with a capital"
    );
    assert_eq!(
        write("12 Tôn Đức Thắng", "26740"),
        "12 Tôn Đức Thắng, phường Sài Gòn, Thành phố Hồ Chí Minh",
        "the one city whose kind is written with a capital (NĐ 30/2020)"
    );
    assert_eq!(
        write("Khu 5", "26732"),
        "Khu 5, đặc khu Côn Đảo, Thành phố Hồ Chí Minh"
    );
}

#[test]
fn the_list_has_the_published_numbers_of_provinces_and_communes() {
    let today = today();
    let provinces: Vec<_> = today.provinces().collect();
    let communes: usize = provinces
        .iter()
        .map(|province| today.communes(province.code).len())
        .sum();
    assert_eq!((provinces.len(), communes), (34, 3_321));
    assert_eq!(
        today.communes("99"),
        [],
        "an unknown province has no communes"
    );
}

#[test]
fn a_day_before_an_amendment_sees_the_units_as_they_were() {
    assert!(
        UNITS.as_of(date(2025, 6, 30)).is_none(),
        "these units begin in July 2025"
    );
    let kinds = |day| {
        let on = UNITS.as_of(day).unwrap();
        let province = on.province("75").unwrap().kind.word();
        (
            province,
            on.commune("26248").unwrap().kind.word(),
            on.edition().unwrap().from,
        )
    };
    assert_eq!(kinds(date(2026, 4, 29)), ("tỉnh", "xã", date(2025, 7, 1)));
    assert_eq!(
        kinds(date(2026, 4, 30)),
        ("thành phố", "phường", date(2026, 4, 30))
    );
}

#[test]
fn a_commune_is_found_by_half_words_without_marks_with_its_province_or_its_former_name() {
    let first = |text: &str| {
        let found = today().find(text, 5);
        let best = found
            .first()
            .unwrap_or_else(|| panic!("nothing for {text}"));
        (
            best.commune.code.to_owned(),
            best.was.clone().unwrap_or_default(),
        )
    };
    for (text, code) in [
        ("ea tul", "24277"),
        ("eahleo", "24184"),
        ("hoa vang da nang", "20320"),
        ("xa hoa vang", "20320"),
        ("HOÀ CƯỜNG", "20257"),
        ("cam le d", "20260"),
        ("hai chau da nang", "20242"),
        ("Mĩ Thọ", "30076"),
        ("26732", "26732"),
        ("y ty", "02701"),
    ] {
        assert_eq!(first(text), (code.to_owned(), String::new()), "{text}");
    }
    let former = (
        "20260".to_owned(),
        "Phường Hòa Thọ Đông, Quận Cẩm Lệ".to_owned(),
    );
    assert_eq!(
        first("hoa tho dong"),
        former,
        "people go on saying the old name"
    );
}

#[test]
fn marks_that_are_typed_put_the_name_with_just_these_marks_first() {
    let names = |text: &str| -> Vec<String> {
        let found = today().find(text, 4);
        found
            .iter()
            .map(|one| one.commune.name.to_owned())
            .collect()
    };
    assert_eq!(names("tân thành").first().unwrap(), "Tân Thành");
    assert_eq!(names("tân thạnh").first().unwrap(), "Tân Thạnh");
    assert!(names("tan").len() == 4, "no more than asked for");
    assert_eq!(names("   "), Vec::<String>::new());
    let page = "đà nẵng ".repeat(500);
    assert_eq!(
        names(&page),
        Vec::<String>::new(),
        "a pasted page is no name"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_breaks_the_reading_and_the_hamlet_is_always_a_piece_of_it(
        head in "\\PC{0,12}", cut in 0usize..40, case in 0usize..32, joint in "[ ,;.'’-]{0,3}",
    ) {
        let (address, ..) = CLEAR[case];
        let tail: String = address.chars().skip(cut).collect();
        let text = format!("{head}{joint}{tail}");
        let on = today();
        match on.modern(&text) {
            Modern::One { hamlet, .. } | Modern::Split { hamlet, .. } => {
                prop_assert!(text.contains(&hamlet), "{hamlet:?} is not in {text:?}");
            }
            Modern::Unknown => {}
        }
        prop_assert!(on.find(&text, 3).len() <= 3);
    }
}
