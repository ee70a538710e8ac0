//! What stands on the papers about money, read back by pdftotext.

use jiff::civil::date;

use super::samples::letterhead;
use super::text;
use crate::{Paper, TillSheet, TransferPaper, qr_rows, till_sheet, transfer_paper};

const PAYLOAD: &str = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA530370454048000\
                       5802VN62250821H48.53.12 261122 00076304DF9C";

fn paper() -> TransferPaper {
    TransferPaper {
        letterhead: letterhead(),
        printed: date(2026, 11, 23),
        code: "H15.50.05.13-261123-0024".into(),
        payer: "H’Hen Niê".into(),
        matter: "Cấp bản sao trích lục hộ tịch".into(),
        amount: "8.000 đ".into(),
        words: "tám nghìn đồng".into(),
        bank: "Vietcombank".into(),
        account: "0123456789".into(),
        holder: "UBND XÃ EA TUL".into(),
        purpose: "H15500513 261123 0024".into(),
        payload: PAYLOAD.into(),
        sample: false,
    }
}

#[test]
fn a_transfer_can_be_typed_from_the_paper_where_no_telephone_reads_the_code() {
    for size in [Paper::A5, Paper::A4] {
        let page = text(&transfer_paper(&paper(), size).unwrap());
        for words in [
            "THÔNG TIN CHUYỂN KHOẢN PHÍ, LỆ PHÍ",
            "H15.50.05.13-261123-0024",
            "H’Hen Niê",
            "Số tiền: 8.000 đ",
            "tám nghìn đồng",
            "Ngân hàng: Vietcombank",
            "Số tài khoản: 0123456789",
            "UBND XÃ EA TUL",
            "H15500513 261123 0024",
            "không phải là biên lai",
            "Trang 1/1",
        ] {
            assert!(page.contains(words), "“{words}” is not in: {page}");
        }
    }
}

#[test]
fn the_same_transfer_gives_the_same_bytes_and_a_sample_says_so() {
    let one = transfer_paper(&paper(), Paper::A5).unwrap();
    assert_eq!(one, transfer_paper(&paper(), Paper::A5).unwrap());
    let sample = TransferPaper {
        sample: true,
        ..paper()
    };
    assert!(text(&transfer_paper(&sample, Paper::A5).unwrap()).contains("DỮ LIỆU MẪU"));
}

#[test]
fn a_code_is_square_has_its_three_corners_and_changes_with_the_amount() {
    let rows = qr_rows(PAYLOAD).unwrap();
    let side = rows.len();
    assert!(rows.iter().all(|row| row.len() == side));
    let corner = |top: usize, left: usize| {
        (0..7).all(|n| rows[top][left + n] && rows[top + 6][left + n] && rows[top + n][left])
    };
    assert!(corner(0, 0) && corner(0, side - 7) && corner(side - 7, 0));
    assert_ne!(rows, qr_rows(&PAYLOAD.replace("8000", "9000")).unwrap());
    assert!(qr_rows("").is_err());
}

fn sheet() -> TillSheet {
    TillSheet {
        letterhead: letterhead(),
        counter: "Quầy 2".into(),
        opened: date(2026, 11, 23).at(7, 30, 0, 0),
        handed_in: date(2026, 11, 23).at(16, 45, 0, 0),
        float: "200.000 đ".into(),
        taken: "88.000 đ".into(),
        refunded: "8.000 đ".into(),
        expected: "280.000 đ".into(),
        counted: "279.000 đ".into(),
        words: "hai trăm bảy mươi chín nghìn đồng".into(),
        difference: "-1.000 đ".into(),
        reason: "Trả nhầm một tờ".into(),
        notes: vec![
            ["200.000 đ", "1", "200.000 đ"].map(String::from),
            ["1.000 đ", "79", "79.000 đ"].map(String::from),
        ],
        clerk: "H’Yuôm Mlô".into(),
        accountant: "Nguyễn Thị Tiền".into(),
        hash8: "3f9a1c2e".into(),
        sample: false,
    }
}

#[test]
fn a_hand_in_names_every_sum_its_difference_and_has_two_places_to_sign() {
    let page = text(&till_sheet(&sheet(), Paper::A5).unwrap());
    for words in [
        "GIẤY NỘP TIỀN MẶT",
        "Quầy 2",
        "16:45 ngày 23/11/2026",
        "Tiền đầu ca: 200.000 đ",
        "Phải có: 280.000 đ",
        "Thực đếm: 279.000 đ",
        "hai trăm bảy mươi chín nghìn đồng",
        "Chênh lệch: -1.000 đ",
        "Trả nhầm một tờ",
        "NGƯỜI NỘP",
        "KẾ TOÁN NHẬN",
        "H’Yuôm Mlô",
        "Nguyễn Thị Tiền",
        "mẫu của Onedoor",
        "Trang 1/1",
    ] {
        assert!(page.contains(words), "“{words}” is not in: {page}");
    }
    let exact = TillSheet {
        difference: String::new(),
        reason: String::new(),
        ..sheet()
    };
    let page = text(&till_sheet(&exact, Paper::A5).unwrap());
    assert!(
        !page.contains("Chênh lệch"),
        "nothing is said where nothing lacks"
    );
}

#[test]
fn all_nine_notes_and_both_signatures_stand_on_one_page() {
    let notes = [500, 200, 100, 50, 20, 10, 5, 2, 1];
    let all = TillSheet {
        notes: notes
            .map(|note| {
                [
                    format!("{note}.000 đ"),
                    "12".into(),
                    format!("{}.000 đ", note * 12),
                ]
            })
            .to_vec(),
        ..sheet()
    };
    let pdf = till_sheet(&all, Paper::A5).unwrap();
    assert!(text(&pdf).contains("Trang 1/1"));
    assert_eq!(
        pdf,
        till_sheet(&all, Paper::A5).unwrap(),
        "the same bytes again"
    );
}
