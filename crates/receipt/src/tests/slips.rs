//! What stands on forms 02 and 03, the guidance sheet, the receipt in two languages and the pad, read back by
//! pdftotext.

use unicode_normalization::is_nfc;

use super::samples::{all, form02, form03, form04, form05, guidance, letterhead, pad, visa};
use super::{form, pdf, text};
use crate::{
    Checked, Form01, Form01Pad, Form02, Form03, Form04, FormError, FormRenderer, Guidance, IdKind,
    Paper, PaperCase, Printpdf, SlipStanding, Submitter, Words,
};

/// Fails with the missing words; each must stand after the one before it.
fn in_order(page: &str, lines: &[&str]) {
    let mut from = 0;
    for line in lines {
        let found = page[from..].find(line);
        from += found.unwrap_or_else(|| panic!("“{line}” is missing or out of order in: {page}"));
    }
}

fn says(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "“{words}” is not in: {page}");
    }
}

fn text02(form: &Form02) -> String {
    text(&Printpdf.form02(form, Paper::A5).unwrap())
}

fn text03(form: &Form03) -> String {
    text(&Printpdf.form03(form, Paper::A5).unwrap())
}

fn guided(sheet: &Guidance) -> String {
    text(&Printpdf.guidance(sheet, Paper::A5).unwrap())
}

#[test]
fn form_02_says_what_the_law_asks_in_its_order() {
    in_order(
        &text02(&form02()),
        &[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 7/PBS-TTPVHCC",
            "Ea Tul, ngày 23 tháng 11 năm 2026",
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "Hồ sơ của: H'Hen Niê",
            "Nội dung yêu cầu giải quyết: Đăng ký kết hôn",
            "Địa chỉ: Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk",
            "Số điện thoại: 0905 123 456",
            "Email: hen@example.vn",
            "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
            "1. Giấy xác nhận tình trạng hôn nhân",
            "2. Tờ khai: ghi đủ nơi cư trú",
            "Lý do: Thành phần hồ sơ chưa đầy đủ",
            "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với ông Y Ƀŏk số điện thoại 0262 3 812 345 để được hướng dẫn./.",
            "NGƯỜI HƯỚNG DẪN",
            "(Ký và ghi rõ họ tên)",
            "Y Ƀŏk Niê",
            "form02-2025.1 · 3f9a1c2e",
        ],
    );
}

#[test]
fn form_04_says_what_the_law_asks_in_its_order() {
    let page = text(&Printpdf.form04(&form04(), Paper::A5).unwrap());
    in_order(
        &page,
        &[
            "Số: 7/PXL",
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            "Kính gửi: H'Hen Niê",
            "Ngày 03 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công xã Ea Tul tiếp nhận giải quyết hồ sơ đề nghị giải quyết thủ tục hành chính Đăng ký biến động đất đai của Ông/Bà/Tổ chức; số định danh cá nhân: 066190912345; mã số hồ sơ: H15.50.05.13-261123-0024.",
            "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026.",
            "Tuy nhiên đến nay, Trung tâm Phục vụ hành chính công xã Ea Tul chưa trả kết quả giải quyết hồ sơ của Ông/Bà/Tổ chức đúng thời hạn",
            "Lý do: Phải xác minh lại ranh giới thửa đất",
            "xin trân trọng gửi lời xin lỗi đến Ông (Bà)/Tổ chức vì sự chậm trễ",
            "sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà/Tổ chức vào ngày 07 tháng 12 năm 2026.",
            "Mong nhận được sự thông cảm của Ông/Bà/Tổ chức vì sự chậm trễ này./.",
            "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
            "(Ký và ghi rõ họ tên)",
            "Lê Anh Tuấn",
            "form04-2025.1 · 3f9a1c2e",
        ],
    );
    let unknown = Form04 {
        promised: None,
        ..form04()
    };
    let page = text(&Printpdf.form04(&unknown, Paper::A5).unwrap());
    says(&page, &["vào ngày ..... tháng ..... năm .........."]);
}

#[test]
fn form_05_says_who_asked_what_is_given_back_and_that_it_is_a_draft() {
    in_order(
        &text(&Printpdf.form05(&form05(), Paper::A5).unwrap()),
        &[
            "Số: 7/TBD-TTPVHCC",
            "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
            "Kính gửi: H'Hen Niê",
            "mã số hồ sơ: H15.50.05.13-261123-0024.",
            "Trong ngày 23 tháng 11 năm 2026, Ông/Bà/Tổ chức đề nghị dừng giải quyết hồ sơ. Đến thời điểm đề nghị, hồ sơ chưa có quyết định giải quyết.",
            "Lý do: Gia đình chưa thống nhất",
            "1. Tờ khai (01 bản chính)",
            "2. Giấy chứng nhận (01 bản chính)",
            "NGƯỜI NỘP HỒ SƠ",
            "Y Ƀŏk Niê",
            "chưa đối chiếu với mẫu gốc",
        ],
    );
}

#[test]
fn form_03_says_what_the_law_asks_in_its_order() {
    in_order(
        &text03(&form03()),
        &[
            "Số: 7/PTC-TTPVHCC",
            "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
            "Trung tâm Phục vụ hành chính công xã Ea Tul",
            "Tiếp nhận hồ sơ của: Công ty TNHH Cà phê Ea Tul",
            "Số định danh cá nhân/tổ chức: 0100109106 (mã số thuế)",
            "Địa chỉ: Thôn 7, xã Ea Tul",
            "Số điện thoại: 0905 123 456",
            "Mã hồ sơ (nếu có): H15.50.05.13-261123-0024",
            "Nội dung yêu cầu giải quyết: Đăng ký biến động đất đai",
            "Qua xem xét, Bộ phận Tiếp nhận và Trả kết quả thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: Thửa đất đang có tranh chấp",
            "Xin thông báo cho Ông/Bà được biết và thực hiện./.",
            "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
            "Trần Văn Nghĩa H'Hen Niê",
            "form03-2025.1 · 3f9a1c2e",
        ],
    );
}

#[test]
fn several_reasons_are_numbered_and_without_a_submitter_the_applicant_signs() {
    let page = text03(&Form03 {
        reasons: vec!["Không thuộc thẩm quyền".into(), "Đang tranh chấp".into()],
        submitter: String::new(),
        applicant: "Lò Thị Mỷ".into(),
        ..form03()
    });
    says(
        &page,
        &[
            "1. Không thuộc thẩm quyền",
            "2. Đang tranh chấp",
            "Lò Thị Mỷ H'Hen Niê",
        ],
    );
}

#[test]
fn a_long_list_flows_over_pages_and_every_page_names_the_slip() {
    let items: Vec<String> = (1..=60)
        .map(|n| format!("nội dung số {n} cần sửa"))
        .collect();
    let page = text02(&Form02 {
        items: items.clone(),
        ..form02()
    });
    for (n, item) in items.iter().enumerate() {
        says(&page, &[&format!("{}. {item}", n + 1)]);
    }
    says(&page, &["Trang 3/3"]);
    assert_eq!(
        page.matches("hồ sơ, Số: 7/PBS-TTPVHCC (tiếp theo)").count(),
        2,
        "a page that fell out of the file must say where it belongs"
    );
}

#[test]
fn a_slip_that_is_not_issued_carries_no_number() {
    let page = text02(&Form02 {
        standing: SlipStanding::Preview,
        ..form02()
    });
    says(&page, &["form02-2025.1 · CHƯA PHÁT HÀNH"]);
    assert!(!page.contains("Số: 7/"), "no number may stand on a preview");
}

#[test]
fn what_was_not_given_leaves_a_line_to_write_on() {
    let page = text02(&Form02 {
        letterhead: letterhead(),
        ..Form02::default()
    });
    says(
        &page,
        &[
            "Hồ sơ của:",
            "Lý do:",
            "liên hệ với ...............",
            "những nội dung sau:",
        ],
    );
}

#[test]
fn two_copies_of_a_slip_stand_on_a4() {
    let page = text(&Printpdf.form03(&form03(), Paper::A4TwoUp).unwrap());
    assert_eq!(page.matches("Xin thông báo cho Ông/Bà").count(), 2);
}

#[test]
fn the_guidance_sheet_answers_which_papers_are_needed() {
    let vietnamese = Guidance {
        title: Words::vi("Thủ tục đăng ký khai sinh"),
        ..guidance()
    };
    let page = guided(&vietnamese);
    in_order(
        &page,
        &[
            "HƯỚNG DẪN HỒ SƠ",
            "Thủ tục đăng ký khai sinh",
            "CHƯA ĐỐI CHIẾU VỚI QUYẾT ĐỊNH CÔNG BỐ",
            "Hỏi lại cán bộ.",
            "Mã thủ tục: 1.001193",
            "Quyết định công bố: 163/QĐ-BTP",
            "Nơi nộp: Quầy số 2",
            "Thời hạn giải quyết: Ngay trong ngày",
            "Phí, lệ phí: Miễn phí",
            "Giấy tờ cần có:",
            "1 Tờ khai (mẫu TP-HT-2024) 1",
            "2 Thẻ căn cước 1",
            "Trường hợp: Trẻ bị bỏ rơi",
            "1 Biên bản 1 2",
            "Mẫu đơn, tờ khai:",
            "Cách làm:",
            "1. Nộp tại quầy",
            "Nguồn: Cổng Dịch vụ công quốc gia",
        ],
    );
    assert!(
        !page.contains("Birth") && !page.contains("Declaration"),
        "without an English title there is no English on it: {page}"
    );
}

#[test]
fn the_guidance_sheet_has_english_below_where_it_is_known() {
    let page = guided(&guidance());
    says(
        &page,
        &[
            "Birth registration",
            "NOT YET CHECKED AGAINST THE OFFICIAL DECISION",
            "Time limit: The same day",
            "Declaration",
            "In the case: An abandoned child",
            "Source: National portal",
        ],
    );
}

#[test]
fn a_checked_procedure_has_no_warning_and_nothing_unknown_is_printed() {
    let page = guided(&Guidance {
        checked: Checked::Yes,
        decision: String::new(),
        ways: Vec::new(),
        cases: vec![PaperCase::default()],
        ..guidance()
    });
    assert!(!page.contains("CHƯA ĐỐI CHIẾU"));
    assert!(
        !page.contains("Quyết định công bố") && !page.contains("Phí, lệ phí"),
        "a citizen has nothing to write on this sheet: {page}"
    );
}

#[test]
fn ways_that_differ_in_time_and_fee_stand_side_by_side() {
    let mut sheet = guidance();
    let mut online = sheet.ways[0].clone();
    online.way = Words::vi("Trực tuyến");
    online.fee = Words::vi("Giảm một nửa");
    sheet.ways.push(online);
    says(
        &guided(&Guidance {
            title: Words::vi("Thủ tục"),
            ..sheet
        }),
        &[
            "Cách nộp Thời hạn giải quyết Phí, lệ phí",
            "Trực tuyến Ngay trong ngày Giảm một nửa",
        ],
    );
}

#[test]
fn a_mission_prints_the_receipt_in_both_languages() {
    let page = text(&Printpdf.form01(&visa(), Paper::A4).unwrap());
    in_order(
        &page,
        &[
            "SOCIALIST REPUBLIC OF VIET NAM",
            "Số: 12/ĐSQ",
            "RECEIPT OF THE FILING AND APPOINTMENT FOR THE RESULT",
            "Mã hồ sơ: G10.99-261123-0012",
            "Filing code",
            "Cơ quan tiếp nhận: Đại sứ quán Việt Nam tại Cộng hòa Séc",
            "Received by: Embassy of Viet Nam in the Czech Republic",
            "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: NOVÁK JAN",
            "Số hộ chiếu: L898902C3",
            "Passport number",
            "người nộp hồ sơ: Svobodová Eva; số hộ chiếu: 39112233; giấy tờ ủy quyền: Giấy ủy quyền ngày 20/11/2026",
            "authority: power of attorney",
            "Nội dung yêu cầu giải quyết: Cấp thị thực",
            "Matter: Visa",
            "- Cửa khẩu nhập cảnh: Nội Bài",
            "Port of entry: Noi Bai",
            "Papers handed in",
            "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
            "Received at: 09:15, 23 November 2026",
            "Result promised for: 16:30, 26 November 2026",
            "Phí, lệ phí: 50,00 USD",
            "Fee: 50.00 USD",
            "Submitter (signature and full name)",
            "Svobodová Eva H'Hen Niê",
            "Note: bring your passport",
            "01-2025-bilingual · 3f9a1c2e",
            "Trang (page) 1/1",
        ],
    );
}

#[test]
fn the_template_of_a_receipt_is_told_by_its_languages() {
    assert_eq!(form().template(), "form01-2025.1");
    assert_eq!(visa().template(), "01-2025-bilingual");
}

#[test]
fn fields_of_a_procedure_passport_and_authority_stand_on_the_vietnamese_receipt_too() {
    let page = text(&pdf(&Form01 {
        english: None,
        ..visa()
    }));
    in_order(
        &page,
        &[
            "Số hộ chiếu: L898902C3",
            "Trường hợp ủy quyền, người nộp hồ sơ: Svobodová Eva",
            "Nội dung yêu cầu giải quyết: Cấp thị thực - Cửa khẩu nhập cảnh: Nội Bài",
        ],
    );
    assert!(!page.contains("Passport"), "no English on it: {page}");
}

#[test]
fn an_organisation_is_named_by_its_tax_code() {
    let page = text(&pdf(&Form01 {
        applicant: "Công ty TNHH Cà phê Ea Tul".into(),
        id_number: "0100109106".into(),
        id_kind: IdKind::TaxCode,
        submitter: Some(Submitter {
            name: "Trần Văn Nghĩa".into(),
            id_number: "066090000456".into(),
            authority: "Giấy giới thiệu số 12".into(),
            ..Submitter::default()
        }),
        ..form()
    }));
    says(
        &page,
        &[
            "Số định danh cá nhân/tổ chức: 0100109106 (mã số thuế)",
            "Trần Văn Nghĩa; số định danh cá nhân: 066090000456; giấy tờ ủy quyền: Giấy giới thiệu số 12",
        ],
    );
}

#[test]
fn each_sheet_of_a_pad_has_its_own_number_and_room_to_write_and_nobody_on_it() {
    let page = text(&Printpdf.form01_pad(&pad(), Paper::A5).unwrap());
    in_order(
        &page,
        &[
            "Số: 31/TTPVHCC",
            "Mã hồ sơ: H15.50.05.13-261123-0031",
            "Mã tờ in sẵn: 2611 2304 1700 0031",
            "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức:",
            "STT Tên giấy tờ Loại giấy tờ Số lượng",
            "Thời gian trả kết quả giải quyết hồ sơ:",
            "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
            "tờ không dùng phải hủy trên máy",
            "Số: 32/TTPVHCC",
            "Số: 33/TTPVHCC",
        ],
    );
    assert_eq!(
        page.matches("Trang 1/1").count(),
        3,
        "one sheet a number, or the second page is lost at the counter"
    );
}

#[test]
fn a_pad_of_no_sheets_and_a_reservation_that_is_no_number_are_refused_by_name() {
    let empty = Form01Pad {
        sheets: Vec::new(),
        ..pad()
    };
    let refused = Printpdf.form01_pad(&empty, Paper::A5);
    assert!(matches!(refused, Err(FormError::EmptyPad)));
    let mut letters = pad();
    letters.sheets[0].reservation = "T-3F9A".into();
    let refused = Printpdf.form01_pad(&letters, Paper::A5);
    assert!(
        matches!(refused, Err(FormError::Qr(_))),
        "an input method would rewrite letters"
    );
}

#[test]
fn every_paper_is_composed_letter_by_letter_and_draws_from_the_second_font() {
    for (name, pdf) in all() {
        assert!(
            is_nfc(&text(&pdf)),
            "{name}: who searches types composed letters"
        );
    }
    let typed = Form02 {
        applicant: "Nguye\u{302}\u{303}n Ꜳ a\u{2011}b".into(),
        ..form02()
    };
    says(&text02(&typed), &["Hồ sơ của: Nguyễn Ꜳ a\u{2011}b"]);
}
