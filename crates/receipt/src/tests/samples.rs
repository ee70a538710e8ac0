//! Forms 02 and 03, the guidance sheet, the receipt in two languages and the pad: samples that the tests share. Not in
//! it: any test.

use jiff::civil::date;

use super::form;
use crate::{
    AboutFiling, Checked, FilingWay, Form01, Form01English, Form01Pad, Form02, Form03, Form04,
    Form05, FormRenderer, Guidance, GuidancePaper, IdKind, Letterhead, PadSheet, Paper, PaperCase,
    Printpdf, SlipStanding, Standing, Submitter, Words,
};

pub(crate) fn letterhead() -> Letterhead {
    Letterhead {
        parent_agency: "Ủy ban nhân dân xã Ea Tul".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        office_en: "Ea Tul Commune Public Service Centre".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
    }
}

fn issued() -> SlipStanding {
    SlipStanding::Issued {
        number: "7".into(),
        hash8: "3f9a1c2e".into(),
    }
}

pub(crate) fn form02() -> Form02 {
    Form02 {
        letterhead: letterhead(),
        standing: issued(),
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        applicant: "H'Hen Niê".into(),
        content: "Đăng ký kết hôn".into(),
        address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: "0905 123 456".into(),
        email: "hen@example.vn".into(),
        items: vec![
            "Giấy xác nhận tình trạng hôn nhân".into(),
            "Tờ khai: ghi đủ nơi cư trú".into(),
        ],
        reason: "Thành phần hồ sơ chưa đầy đủ".into(),
        contact: "ông Y Ƀŏk".into(),
        contact_phone: "0262 3 812 345".into(),
        clerk: "Y Ƀŏk Niê".into(),
        sample: false,
    }
}

pub(crate) fn form03() -> Form03 {
    Form03 {
        letterhead: letterhead(),
        standing: issued(),
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        applicant: "Công ty TNHH Cà phê Ea Tul".into(),
        id_number: "0100109106".into(),
        id_kind: IdKind::TaxCode,
        address: "Thôn 7, xã Ea Tul".into(),
        phone: "0905 123 456".into(),
        email: "caphe@example.vn".into(),
        code: "H15.50.05.13-261123-0024".into(),
        content: "Đăng ký biến động đất đai".into(),
        reasons: vec!["Thửa đất đang có tranh chấp".into()],
        submitter: "Trần Văn Nghĩa".into(),
        clerk: "H'Hen Niê".into(),
        sample: false,
    }
}

fn about() -> AboutFiling {
    AboutFiling {
        applicant: "H'Hen Niê".into(),
        id_number: "066190912345".into(),
        id_kind: IdKind::PersonalNumber,
        code: "H15.50.05.13-261123-0024".into(),
        procedure: "Đăng ký biến động đất đai".into(),
        received: date(2026, 11, 3),
    }
}

pub(crate) fn form04() -> Form04 {
    Form04 {
        letterhead: letterhead(),
        standing: issued(),
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        filing: about(),
        due: date(2026, 11, 25).at(17, 0, 0, 0),
        reason: "Phải xác minh lại ranh giới thửa đất".into(),
        promised: Some(date(2026, 12, 7)),
        head: "Lê Anh Tuấn".into(),
        sample: false,
    }
}

pub(crate) fn form05() -> Form05 {
    Form05 {
        letterhead: letterhead(),
        standing: issued(),
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        filing: about(),
        reason: "Gia đình chưa thống nhất".into(),
        returned: vec![
            "Tờ khai (01 bản chính)".into(),
            "Giấy chứng nhận (01 bản chính)".into(),
        ],
        clerk: "Y Ƀŏk Niê".into(),
        sample: false,
    }
}

pub(crate) fn guidance() -> Guidance {
    let paper = |name, counts: [u16; 3]| GuidancePaper {
        name,
        form: Words::default(),
        originals: counts[0],
        copies: counts[1],
        choice: false,
        shown: counts[2],
    };
    let declaration = GuidancePaper {
        form: Words::vi("TP-HT-2024"),
        ..paper(Words::both("Tờ khai", "Declaration"), [1, 0, 0])
    };
    Guidance {
        letterhead: letterhead(),
        printed: date(2026, 11, 23),
        title: Words::both("Thủ tục đăng ký khai sinh", "Birth registration"),
        code: "1.001193".into(),
        decision: "163/QĐ-BTP".into(),
        field: Words::both("Hộ tịch", "Civil status"),
        place: Words::both("Quầy số 2", "Counter 2"),
        ways: vec![FilingWay {
            way: Words::both("Trực tiếp", "In person"),
            term: Words::both("Ngay trong ngày", "The same day"),
            fee: Words::both("Miễn phí", "Free"),
        }],
        cases: vec![
            PaperCase {
                when: Words::default(),
                papers: vec![declaration, paper(Words::vi("Thẻ căn cước"), [0, 0, 1])],
            },
            PaperCase {
                when: Words::both("Trẻ bị bỏ rơi", "An abandoned child"),
                papers: vec![paper(Words::both("Biên bản", "Record"), [1, 2, 0])],
            },
        ],
        forms: vec![Words::both(
            "Tờ khai phát tại quầy",
            "Declaration at the counter",
        )],
        steps: vec![Words::both("Nộp tại quầy", "File at the counter")],
        source: Words::both("Cổng Dịch vụ công quốc gia", "National portal"),
        checked: Checked::NotYet(Words::both("Hỏi lại cán bộ.", "Ask the clerk.")),
        sample: false,
    }
}

/// A visa at a mission: passport, dollars, someone on behalf, fields of its own.
pub(crate) fn visa() -> Form01 {
    let Standing::Received {
        qr_digits, hash8, ..
    } = super::received()
    else {
        return form();
    };
    Form01 {
        parent_agency: "Bộ Ngoại giao".into(),
        office: "Đại sứ quán Việt Nam tại Cộng hòa Séc".into(),
        symbol: "ĐSQ".into(),
        place: "Praha".into(),
        standing: Standing::Received {
            code: "G10.99-261123-0012".into(),
            number: "12".into(),
            qr_digits,
            hash8,
        },
        applicant: "NOVÁK JAN".into(),
        id_number: "L898902C3".into(),
        id_kind: IdKind::Passport,
        submitter: Some(Submitter {
            name: "Svobodová Eva".into(),
            id_number: "39112233".into(),
            id_kind: IdKind::Passport,
            authority: "Giấy ủy quyền ngày 20/11/2026".into(),
            ..Submitter::default()
        }),
        content: "Cấp thị thực".into(),
        details: vec![("Cửa khẩu nhập cảnh".into(), "Nội Bài".into())],
        fee: "50,00 USD".into(),
        english: Some(Form01English {
            office: "Embassy of Viet Nam in the Czech Republic".into(),
            content: "Visa".into(),
            details: vec![("Port of entry".into(), "Noi Bai".into())],
            papers: vec![("Passport".into(), "original".into())],
            term_text: "3 working days".into(),
            give_back: "At the embassy".into(),
            fee: "50.00 USD".into(),
            authority: "power of attorney".into(),
            note: "bring your passport".into(),
        }),
        ..form()
    }
}

pub(crate) fn pad() -> Form01Pad {
    let sheet = |n: u32| PadSheet {
        code: format!("H15.50.05.13-261123-{n:04}"),
        form_number: n.to_string(),
        reservation: format!("2611230417{n:06}"),
    };
    Form01Pad {
        letterhead: letterhead(),
        sheets: (31..=33).map(sheet).collect(),
        printed: date(2026, 11, 23),
        sample: false,
    }
}

/// Every one of them as the product prints it, by name.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let on = Printpdf;
    let made = [
        ("form 02", on.form02(&form02(), Paper::A5)),
        ("form 02 twice", on.form02(&form02(), Paper::A4TwoUp)),
        ("form 03", on.form03(&form03(), Paper::A5)),
        ("form 03 twice", on.form03(&form03(), Paper::A4TwoUp)),
        ("form 04", on.form04(&form04(), Paper::A5)),
        ("form 04 twice", on.form04(&form04(), Paper::A4TwoUp)),
        ("form 05", on.form05(&form05(), Paper::A5)),
        ("form 05 on A4", on.form05(&form05(), Paper::A4)),
        ("guidance", on.guidance(&guidance(), Paper::A5)),
        ("guidance A4", on.guidance(&guidance(), Paper::A4)),
        ("form 01 in two languages", on.form01(&visa(), Paper::A5)),
        (
            "form 01 in two languages, A4",
            on.form01(&visa(), Paper::A4),
        ),
        ("pad", on.form01_pad(&pad(), Paper::A5)),
    ];
    made.into_iter()
        .map(|(name, pdf)| (name, pdf.expect("it is drawn")))
        .collect()
}
