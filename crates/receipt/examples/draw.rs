//! Draws a sample form 01 into a folder (first argument) as PDF and PNG, on both papers and as a preview, and says how
//! large each is and how long one took. Run it with `--release` for times that mean something. Not a bench and not a
//! test: it asserts nothing.

use std::time::Instant;

use onedoor_receipt::{
    Form01, FormRenderer, Paper, PaperLine, Printpdf, RecoveryPaper, Standing, Submitter, picture,
    recovery_paper,
};

/// How often each is drawn; the middle time is told.
const ROUNDS: usize = 21;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("the folder to write into is missing")?;
    let short = sample(4);
    let preview = Form01 {
        standing: Standing::Preview,
        book: None,
        email: String::new(),
        ..sample(3)
    };
    let jobs = [
        ("a5", short.clone(), Paper::A5),
        ("a4", short, Paper::A4TwoUp),
        ("long", sample(25), Paper::A5),
        ("preview", preview, Paper::A5),
        ("crowded", crowded(), Paper::A5),
    ];
    for (name, form, paper) in jobs {
        report(&folder, name, || Ok(Printpdf.form01(&form, paper)?))?;
    }
    report(&folder, "recovery", || Ok(recovery_paper(&recovery())?))
}

/// Draws one form several times, writes it, and prints its size and the middle times.
fn report(
    folder: &str,
    name: &str,
    draw: impl Fn() -> Result<Vec<u8>, Box<dyn std::error::Error>>,
) -> Result<(), Box<dyn std::error::Error>> {
    let (mut drawing, mut painting) = (Vec::new(), Vec::new());
    let (mut pdf, mut png) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        pdf = draw()?;
        drawing.push(start.elapsed());
        let start = Instant::now();
        png = picture(&pdf, 0, 2.0)?;
        painting.push(start.elapsed());
    }
    drawing.sort();
    painting.sort();
    std::fs::write(format!("{folder}/{name}.pdf"), &pdf)?;
    std::fs::write(format!("{folder}/{name}.png"), &png)?;
    let middle = ROUNDS / 2;
    println!(
        "{name}: {} bytes, PDF {:?}, picture {:?}",
        pdf.len(),
        drawing[middle],
        painting[middle]
    );
    Ok(())
}

/// Much of everything: an agent, a long name, a character that no font has, papers with long names.
fn crowded() -> Form01 {
    Form01 {
        applicant: "Hợp tác xã Dịch vụ Nông nghiệp tổng hợp và Du lịch sinh thái 🙂 Buôn Sah A"
            .into(),
        address:
            "Thôn 7, buôn Sah A, đường liên xã Ea Tul đi Cư Dliê M'nông, xã Ea Tul, tỉnh Đắk Lắk"
                .into(),
        email: "hop.tac.xa.dich.vu.nong.nghiep.eatul@example.com.vn".into(),
        submitter: Some(Submitter {
            name: "Y Ƀŏk Niê".into(),
            address: "Buôn Tría, xã Ea Tul".into(),
            id_number: "066090000456".into(),
            phone: "0912 345 678".into(),
            email: String::new(),
            authority: "Giấy ủy quyền số 05 ngày 20/11/2026".into(),
            ..Submitter::default()
        }),
        sample: false,
        ..sample(6)
    }
}

fn recovery() -> RecoveryPaper {
    RecoveryPaper {
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        workstation: "Quầy 1".into(),
        date: jiff::civil::date(2026, 11, 23),
        code: "K7QM-2F9D-XR4T-8WPA-N3HC-V6YB-5JGE-Z1LU".into(),
    }
}

/// A marriage filing with `papers` lines.
fn sample(papers: usize) -> Form01 {
    let names = [
        "Tờ khai đăng ký kết hôn (theo mẫu)",
        "Giấy xác nhận tình trạng hôn nhân do Ủy ban nhân dân cấp xã nơi thường trú cấp",
        "Thẻ căn cước của hai bên nam, nữ",
        "Giấy chứng nhận ly hôn",
    ];
    let kinds = ["bản chính", "bản chính", "xuất trình", "bản sao"];
    let line = |n: usize| PaperLine {
        name: names[n % names.len()].into(),
        kind: kinds[n % kinds.len()].into(),
        quantity: 1,
    };
    Form01 {
        parent_agency: "Ủy ban nhân dân xã Ea Tul".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
        standing: Standing::Received {
            code: "H15.50.05.13-261123-0024".into(),
            number: "24".into(),
            qr_digits: "48151623420099887766554433221100".repeat(13),
            hash8: "3f9a1c2e".into(),
        },
        applicant: "NGUYỄN THỊ ỪNG".into(),
        id_number: "066150000123".into(),
        address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: "0905 123 456".into(),
        email: "nguyenthiung@example.vn".into(),
        submitter: None,
        content: "Đăng ký kết hôn (mã thủ tục 1.000894)".into(),
        papers: (0..papers).map(line).collect(),
        sets: 1,
        term_text: "03 ngày làm việc".into(),
        received: jiff::civil::date(2026, 11, 23).at(9, 15, 0, 0),
        due: Some(jiff::civil::date(2026, 11, 26).at(16, 30, 0, 0)),
        give_back: "Trung tâm Phục vụ hành chính công xã Ea Tul, quầy 2".into(),
        fee: "Không thu phí".into(),
        book: Some(("01/2026".into(), "24".into())),
        clerk: "Y Ƀŏk Niê".into(),
        note: "Khi đến nhận kết quả mang theo Giấy hẹn, thẻ căn cước, giấy ủy quyền (nếu có)."
            .into(),
        sample: true,
        ..Form01::default()
    }
}
