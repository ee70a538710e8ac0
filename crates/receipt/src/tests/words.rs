//! What stands on the paper, read back by pdftotext.

use unicode_normalization::is_nfc;

use super::{form, papers, pdf, received, text};
use crate::{
    Form01, FormRenderer, Paper, PaperLine, Printpdf, RecoveryPaper, Standing, Submitter,
    recovery_paper,
};

/// Fails with the missing words rather than with the whole page.
fn says(page: &str, words: &[&str]) {
    for words in words {
        assert!(
            page.contains(words),
            "“{words}” is not on the paper, which says: {page}"
        );
    }
}

#[test]
fn the_paper_says_what_form_01_must_say_in_its_order() {
    let page = text(&pdf(&form()));
    let lines = [
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 24/TTPVHCC",
        "Ea Tul, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ",
        "VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H15.50.05.13-261123-0024",
        "Trung tâm Phục vụ hành chính công xã Ea Tul",
        "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: NGUYỄN THỊ ỪNG",
        "Số định danh cá nhân/tổ chức: 066150000123",
        "Địa chỉ: Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk",
        "Số điện thoại: 0905 123 456",
        "Email: ung@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký kết hôn",
        "Thành phần hồ sơ nộp gồm:",
        "STT Tên giấy tờ Loại giấy tờ Số lượng",
        "1 Giấy tờ thứ 1 bản sao 02",
        "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 26 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại: Quầy số 2, nhà văn hóa xã",
        "Phí, lệ phí: 8.000 đồng (đã thu)",
        "Vào Sổ theo dõi hồ sơ, Quyển số 01/2026 Số thứ tự 0417 (nếu có)",
        "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
        "(Ký và ghi rõ họ tên)",
        "NGUYỄN THỊ ỪNG H'Hen Niê",
        "Ghi chú: Khi đến nhận kết quả mang theo Giấy hẹn, thẻ căn cước.",
        "form01-2025.1 · 3f9a1c2e",
        "Trang 1/1",
    ];
    let mut from = 0;
    for line in lines {
        let found = page[from..].find(line);
        let at = found.unwrap_or_else(|| panic!("“{line}” is missing or out of order in: {page}"));
        from += at;
    }
    says(
        &page,
        &[
            "ỦY BAN NHÂN DÂN XÃ EA TUL",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ],
    );
    assert!(
        !page.contains("DỮ LIỆU MẪU"),
        "a real receipt must not be called sample data"
    );
}

#[test]
fn names_of_every_people_come_out_letter_by_letter() {
    for name in ["NGUYỄN THỊ ỪNG", "H'Hen Niê", "Y Ƀŏk", "Ừ"] {
        let page = text(&pdf(&Form01 {
            applicant: name.into(),
            ..form()
        }));
        says(&page, &[&format!("Ông (Bà)/Tổ chức: {name}")]);
    }
}

#[test]
fn decomposed_typing_is_printed_composed() {
    let typed = "Nguye\u{302}\u{303}n Thi\u{323} U\u{31b}\u{300}ng";
    let page = text(&pdf(&Form01 {
        applicant: typed.into(),
        ..form()
    }));
    says(&page, &["Tổ chức: Nguyễn Thị Ừng"]);
    assert!(
        is_nfc(&page),
        "who searches the archive types composed letters"
    );
}

#[test]
fn a_letter_that_only_the_second_font_has_is_printed_from_it() {
    let form = pdf(&Form01 {
        applicant: "Ꜳ a\u{2011}b".into(),
        ..form()
    });
    says(&text(&form), &["Tổ chức: Ꜳ a\u{2011}b"]);
    let (_, fonts) = super::tool("pdffonts", "poppler-utils", &["form.pdf"], &form);
    assert!(
        fonts.contains("NotoSerif-Bold"),
        "the name comes from the second font: {fonts}"
    );
}

#[test]
fn a_character_that_no_font_has_leaves_the_rest_of_the_name() {
    let page = text(&pdf(&Form01 {
        applicant: "Trần 🙂 An".into(),
        ..form()
    }));
    says(&page, &["Tổ chức: Trần", "An Số định danh"]);
}

#[test]
fn a_name_of_200_characters_is_whole_on_one_page() {
    let name = "Hợp tác xã Dịch vụ Nông nghiệp Ea Tul ".repeat(6);
    let name: String = name.chars().take(200).collect();
    let page = text(&pdf(&Form01 {
        applicant: name.clone(),
        ..form()
    }));
    for word in name.split_whitespace() {
        says(&page, &[word]);
    }
    assert!(
        page.matches("Dịch vụ").count() >= 10,
        "both the field and the signature have it whole"
    );
    says(&page, &["Trang 1/1"]);
}

#[test]
fn twenty_five_papers_flow_to_a_second_page_that_names_the_filing() {
    let page = text(&pdf(&Form01 {
        papers: papers(25),
        ..form()
    }));
    says(
        &page,
        &[
            "Trang 1/2",
            "Trang 2/2",
            "Mã hồ sơ: H15.50.05.13-261123-0024 (tiếp theo)",
        ],
    );
    for n in 1..=25 {
        says(&page, &[&format!("{n} Giấy tờ thứ {n} bản sao 02")]);
    }
    let heads = page.matches("STT Tên giấy tờ").count();
    assert_eq!(heads, 2, "the table says on each page what its columns are");
}

#[test]
fn a_short_line_is_not_torn_apart_between_two_pages() {
    let give_back =
        "Trung tâm Phục vụ hành chính công xã Ea Tul, nhà văn hóa buôn Sah A, quầy số 2";
    for count in 4..25 {
        let page = text(&pdf(&Form01 {
            papers: papers(count),
            give_back: give_back.into(),
            ..form()
        }));
        says(&page, &[&format!("nhận kết quả tại: {give_back}")]);
    }
}

#[test]
fn a_paper_that_was_only_shown_has_a_dash_for_its_number() {
    let shown = PaperLine {
        name: "Giấy chứng minh nơi cư trú".into(),
        kind: "xuất trình".into(),
        quantity: 0,
    };
    let page = text(&pdf(&Form01 {
        papers: vec![shown],
        ..form()
    }));
    says(&page, &["xuất trình –"]);
}

#[test]
fn a_paper_with_a_name_longer_than_a_page_is_still_there_to_its_last_word() {
    let words: Vec<String> = (1..=330).map(|n| format!("chữ{n}")).collect();
    let paper = PaperLine {
        name: words.join(" "),
        kind: "bản sao".into(),
        quantity: 1,
    };
    let page = text(&pdf(&Form01 {
        papers: vec![paper],
        ..form()
    }));
    for word in &words {
        says(&page, &[word]);
    }
}

#[test]
fn a_preview_says_that_nothing_is_received_where_number_code_and_hash_will_stand() {
    let page = text(&pdf(&Form01 {
        standing: Standing::Preview,
        ..form()
    }));
    let places = [
        "Số: CHƯA TIẾP NHẬN",
        "Mã hồ sơ: CHƯA TIẾP NHẬN",
        "form01-2025.1 · CHƯA TIẾP NHẬN",
    ];
    says(&page, &places);
    assert!(!page.contains("261123"), "no code may stand on a preview");
}

#[test]
fn sample_data_is_called_so_on_every_page() {
    let page = text(&pdf(&Form01 {
        sample: true,
        papers: papers(25),
        ..form()
    }));
    assert_eq!(page.matches("DỮ LIỆU MẪU").count(), 2);
}

#[test]
fn two_copies_stand_side_by_side_on_a4() {
    let sheet = Printpdf.form01(&form(), Paper::A4TwoUp).unwrap();
    let page = text(&sheet);
    assert_eq!(
        page.matches("Mã hồ sơ: H15.50.05.13-261123-0024").count(),
        2
    );
    let (_, about) = super::tool("pdfinfo", "poppler-utils", &["form.pdf"], &sheet);
    assert!(
        about.contains("841.89 x 595.28 pts (A4)"),
        "the sheet is A4 across: {about}"
    );
}

#[test]
fn who_hands_in_for_another_is_named_and_signs() {
    let submitter = Submitter {
        name: "Trần Văn Nghĩa".into(),
        address: "Buôn Tría".into(),
        id_number: "066090000456".into(),
        authority: "Giấy ủy quyền ngày 20/11/2026".into(),
        ..Submitter::default()
    };
    let page = text(&pdf(&Form01 {
        submitter: Some(submitter),
        ..form()
    }));
    says(
        &page,
        &[
            "Trường hợp ủy quyền, người nộp hồ sơ: Trần Văn Nghĩa; địa chỉ: Buôn Tría",
            "giấy tờ ủy quyền: Giấy ủy quyền ngày 20/11/2026",
            "Trần Văn Nghĩa H'Hen Niê",
        ],
    );
    assert!(
        !page.contains("; email"),
        "what was not given is not asked on the paper"
    );
}

#[test]
fn an_office_with_another_name_stands_after_the_official_words() {
    let page = text(&pdf(&Form01 {
        office: "Đại sứ quán tại Praha".into(),
        ..form()
    }));
    says(
        &page,
        &["hành chính công/Bộ phận Tiếp nhận và Trả kết quả: Đại sứ quán tại Praha"],
    );
}

#[test]
fn empty_values_leave_their_labels() {
    let empty = Form01 {
        email: String::new(),
        phone: String::new(),
        fee: String::new(),
        papers: Vec::new(),
        book: None,
        note: String::new(),
        ..form()
    };
    let page = text(&pdf(&empty));
    says(
        &page,
        &[
            "Số điện thoại: Email:",
            "Thành phần hồ sơ nộp gồm: Số lượng",
            "Phí, lệ phí: Vào Sổ",
        ],
    );
    assert!(!page.contains("Ghi chú"), "no heading without a note");
}

#[test]
fn days_and_months_are_written_as_official_papers_write_them() {
    let early = jiff::civil::date(2027, 2, 5).at(7, 5, 0, 0);
    let page = text(&pdf(&Form01 {
        received: early,
        standing: received(),
        ..form()
    }));
    says(
        &page,
        &["nhận hồ sơ: 07 giờ 05 phút, ngày 05 tháng 02 năm 2027"],
    );
}

#[test]
fn the_recovery_paper_has_every_group_of_the_code_in_order() {
    let paper = RecoveryPaper {
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        workstation: "Quầy 1".into(),
        date: jiff::civil::date(2026, 11, 23),
        code: "AAA1-BBB2-CCC3-DDD4-EEE5-FFF6-GGG7-HHH8".into(),
    };
    let page = text(&recovery_paper(&paper).unwrap());
    says(
        &page,
        &[
            "AAA1 BBB2 CCC3 DDD4 EEE5 FFF6 GGG7 HHH8",
            "Quầy 1",
            "Recovery paper",
            "Cất giữ:",
        ],
    );
}
