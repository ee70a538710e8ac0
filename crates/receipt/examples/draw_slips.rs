//! Draws samples of the other papers into a folder (first argument), each as PDF and as pictures of its pages: forms
//! 02 and 03, a guidance sheet, a receipt in two languages, a pad. Not a bench and not a test: it asserts nothing.

use jiff::civil::date;
use onedoor_receipt::{
    Checked, FilingWay, Form01, Form01English, Form01Pad, Form02, Form03, FormRenderer, Guidance,
    GuidancePaper, IdKind, Letterhead, PadSheet, Paper, PaperCase, PaperLine, Printpdf,
    SlipStanding, Standing, Submitter, Words, picture,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("the folder to write into is missing")?;
    let on = Printpdf;
    let long = Form02 {
        items: (1..=40)
            .map(|n| format!("Nội dung thứ {n} cần bổ sung, ghi rõ số bản và nơi cấp"))
            .collect(),
        standing: SlipStanding::Preview,
        ..form02()
    };
    let jobs = [
        ("form02", on.form02(&form02(), Paper::A5)?),
        ("form02-a4", on.form02(&form02(), Paper::A4TwoUp)?),
        ("form02-long", on.form02(&long, Paper::A5)?),
        ("form03", on.form03(&form03(), Paper::A5)?),
        ("guidance", on.guidance(&guidance(), Paper::A5)?),
        ("guidance-a4", on.guidance(&guidance(), Paper::A4)?),
        ("guidance-vi", on.guidance(&vietnamese(), Paper::A5)?),
        ("bilingual-a5", on.form01(&visa(), Paper::A5)?),
        ("bilingual-a4", on.form01(&visa(), Paper::A4)?),
        ("pad", on.form01_pad(&pad(), Paper::A5)?),
        ("pad-a4", on.form01_pad(&pad(), Paper::A4)?),
    ];
    for (name, pdf) in jobs {
        std::fs::write(format!("{folder}/{name}.pdf"), &pdf)?;
        let mut page = 0;
        while let Ok(png) = picture(&pdf, page, 2.0) {
            std::fs::write(format!("{folder}/{name}-{page}.png"), &png)?;
            page += 1;
        }
        println!("{name}: {} bytes, {page} pages", pdf.len());
    }
    Ok(())
}

fn commune() -> Letterhead {
    Letterhead {
        parent_agency: "Ủy ban nhân dân xã Ea Tul".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        office_en: "Ea Tul Commune Public Service Centre".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
    }
}

fn form02() -> Form02 {
    Form02 {
        letterhead: commune(),
        standing: SlipStanding::Issued {
            number: "7".into(),
            hash8: "3f9a1c2e".into(),
        },
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        applicant: "NGUYỄN THỊ ỪNG".into(),
        content: "Đăng ký kết hôn (mã thủ tục 1.000894)".into(),
        address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: "0905 123 456".into(),
        email: String::new(),
        items: vec![
            "Giấy xác nhận tình trạng hôn nhân của bên nam (01 bản chính)".into(),
            "Tờ khai đăng ký kết hôn: ghi đủ nơi cư trú của hai bên".into(),
        ],
        reason: "Thành phần hồ sơ chưa đầy đủ theo quy định".into(),
        contact: "ông Y Ƀŏk Niê".into(),
        contact_phone: "0262 3 812 345".into(),
        clerk: "Y Ƀŏk Niê".into(),
        sample: true,
    }
}

fn form03() -> Form03 {
    Form03 {
        letterhead: commune(),
        standing: SlipStanding::Issued {
            number: "3".into(),
            hash8: "3f9a1c2e".into(),
        },
        issued: date(2026, 11, 23).at(9, 40, 0, 0),
        applicant: "Công ty TNHH Cà phê Ea Tul".into(),
        id_number: "0100109106".into(),
        id_kind: IdKind::TaxCode,
        address: "Thôn 7, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: "0905 123 456".into(),
        email: "caphe@example.vn".into(),
        code: String::new(),
        content: "Đăng ký biến động đất đai".into(),
        reasons: vec![
            "Thửa đất đang có tranh chấp đã được Tòa án thụ lý".into(),
            "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã".into(),
        ],
        submitter: "Trần Văn Nghĩa".into(),
        clerk: "H'Hen Niê".into(),
        sample: false,
    }
}

fn paper(vi: &str, en: &str, counts: [u16; 3]) -> GuidancePaper {
    let [originals, copies, shown] = counts;
    GuidancePaper {
        name: Words::both(vi, en),
        form: Words::default(),
        originals,
        copies,
        choice: false,
        shown,
    }
}

fn guidance() -> Guidance {
    let declaration = GuidancePaper {
        form: Words::both("của TT 04/2024/TT-BTP", "TT 04/2024/TT-BTP"),
        ..paper(
            "Tờ khai đăng ký khai sinh",
            "Birth registration form",
            [1, 0, 0],
        )
    };
    Guidance {
        letterhead: commune(),
        printed: date(2026, 11, 23),
        title: Words::both("Thủ tục đăng ký khai sinh", "Birth registration"),
        code: "1.001193".into(),
        decision: "163/QĐ-BTP".into(),
        field: Words::both("Hộ tịch", "Civil status"),
        place: Words::both(
            "Trung tâm Phục vụ hành chính công xã Ea Tul, quầy 2",
            "Ea Tul Commune Public Service Centre, counter 2",
        ),
        ways: vec![
            FilingWay {
                way: Words::both("Trực tiếp", "At the counter"),
                term: Words::both(
                    "Ngay trong ngày; sau 15 giờ thì trả trong ngày làm việc tiếp theo",
                    "The same day; after 15:00 the next working day",
                ),
                fee: Words::both("Miễn phí khi đăng ký đúng hạn", "Free in time"),
            },
            FilingWay {
                way: Words::both("Trực tuyến", "Online"),
                term: Words::both("Ngay trong ngày", "The same day"),
                fee: Words::both("Miễn phí", "Free"),
            },
        ],
        cases: vec![
            PaperCase {
                when: Words::default(),
                papers: vec![
                    declaration,
                    paper(
                        "Giấy chứng sinh; không có thì văn bản của người làm chứng; không có người làm chứng thì giấy cam đoan về việc sinh",
                        "Certificate from the place of birth; failing that a statement of witnesses; failing that a written declaration of the birth",
                        [1, 0, 0],
                    ),
                    paper("Thẻ căn cước của người đi đăng ký", "ID card", [0, 0, 1]),
                ],
            },
            PaperCase {
                when: Words::both("Trẻ bị bỏ rơi", "An abandoned child"),
                papers: vec![paper(
                    "Biên bản về việc trẻ bị bỏ rơi",
                    "Record of the finding of an abandoned child",
                    [1, 1, 0],
                )],
            },
        ],
        forms: vec![Words::both(
            "Tờ khai đăng ký khai sinh, phát tại quầy",
            "Birth registration form, at the counter",
        )],
        steps: vec![
            Words::both(
                "Điền tờ khai, xếp giấy tờ theo thứ tự ở trên.",
                "Fill in the form and put the papers in this order.",
            ),
            Words::both(
                "Nộp tại quầy và nhận giấy hẹn.",
                "File at the counter and take the receipt.",
            ),
        ],
        source: Words::both(
            "Cổng Dịch vụ công quốc gia, bản ngày 20/07/2026",
            "National public service portal, as of 20 July 2026",
        ),
        checked: Checked::NotYet(Words::both(
            "Hỏi lại cán bộ tại quầy trước khi đi xin giấy tờ.",
            "Ask the clerk before you go to get papers.",
        )),
        sample: false,
    }
}

/// The same without English, and checked.
fn vietnamese() -> Guidance {
    let title = Words::vi("Thủ tục đăng ký khai sinh");
    let mut ways = guidance().ways;
    ways.truncate(1);
    Guidance {
        title,
        ways,
        checked: Checked::Yes,
        ..guidance()
    }
}

fn visa() -> Form01 {
    let line = |name: &str, kind: &str| PaperLine {
        name: name.into(),
        kind: kind.into(),
        quantity: 1,
    };
    Form01 {
        parent_agency: "Bộ Ngoại giao".into(),
        office: "Đại sứ quán Việt Nam tại Cộng hòa Séc".into(),
        symbol: "ĐSQ".into(),
        place: "Praha".into(),
        standing: Standing::Received {
            code: "G10.99.001-261123-0012".into(),
            number: "12".into(),
            qr_digits: "48151623420099887766554433221100".repeat(13),
            hash8: "3f9a1c2e".into(),
        },
        applicant: "NOVÁK JAN".into(),
        id_number: "L898902C3".into(),
        id_kind: IdKind::Passport,
        address: "Na Příkopě 12, Praha 1".into(),
        phone: "+420 601 234 567".into(),
        email: "jan.novak@example.cz".into(),
        submitter: Some(Submitter {
            name: "Svobodová Eva".into(),
            id_number: "39112233".into(),
            id_kind: IdKind::Passport,
            authority: "Giấy ủy quyền ngày 20/11/2026".into(),
            ..Submitter::default()
        }),
        content: "Cấp thị thực nhiều lần đến 3 tháng".into(),
        details: vec![
            ("Ngày nhập cảnh dự kiến".into(), "05/01/2027".into()),
            ("Cửa khẩu nhập cảnh".into(), "Nội Bài".into()),
        ],
        papers: vec![
            line("Hộ chiếu", "bản chính"),
            line("Tờ khai đề nghị cấp thị thực (mẫu NA1)", "bản chính"),
            line("Ảnh 4×6", "bản chính"),
        ],
        sets: 1,
        term_text: "03 ngày làm việc".into(),
        received: date(2026, 11, 23).at(9, 15, 0, 0),
        due: Some(date(2026, 11, 26).at(16, 30, 0, 0)),
        give_back: "Tại Đại sứ quán".into(),
        fee: "50,00 USD (năm mươi đô la Mỹ)".into(),
        book: None,
        clerk: "Trần Thu Hà".into(),
        note: "Khi đến nhận kết quả mang theo Giấy hẹn, hộ chiếu.".into(),
        sample: false,
        english: Some(Form01English {
            office: "Embassy of Viet Nam in the Czech Republic".into(),
            content: "Multiple-entry visa, up to 3 months".into(),
            details: vec![
                ("Intended date of entry".into(), "5 January 2027".into()),
                ("Port of entry".into(), "Noi Bai".into()),
            ],
            papers: vec![
                ("Passport".into(), "original".into()),
                ("Visa application form (NA1)".into(), "original".into()),
                ("Photograph 4×6 cm".into(), "original".into()),
            ],
            term_text: "3 working days".into(),
            give_back: "At the embassy".into(),
            fee: "50.00 USD (fifty US dollars)".into(),
            authority: "power of attorney of 20 November 2026".into(),
            note: "bring this receipt and your passport.".into(),
        }),
    }
}

fn pad() -> Form01Pad {
    let sheet = |n: u32| PadSheet {
        code: format!("H15.50.05.13-261123-{n:04}"),
        form_number: n.to_string(),
        reservation: format!("2611230417{n:06}"),
    };
    Form01Pad {
        letterhead: commune(),
        sheets: (31..=33).map(sheet).collect(),
        printed: date(2026, 11, 23),
        sample: false,
    }
}
