//! `bench pdf`: how long form 01 takes and how large it is, beside the least that could stand on such a sheet: the same
//! words in a built-in font and the same QR code, by lopdf alone. Not here: what the form looks like (`receipt`).

use crate::measure::{Row, median, ms, percentile};
use anyhow::{Context, Result, ensure};
use jiff::civil::date;
use lopdf::{
    Document, Object, Stream,
    content::{Content, Operation},
    dictionary,
};
use onedoor_receipt::{Form01, FormRenderer, Paper, PaperLine, Printpdf, Standing};
use onedoor_testkit::seed::Seed;
use std::{
    io::Write,
    process::{Command, Stdio},
    time::Instant,
};

const FORMS: u32 = 200;
const NAMES: [&str; 8] = [
    "NGUYỄN THỊ ỪNG",
    "H'Hen Niê",
    "Y Ƀŏk Ayŭn",
    "Trần Văn Đức",
    "Lò Thị Mỷ",
    "Y Thịnh Byă",
    "Công ty TNHH Cà phê Ea Tul",
    "Phạm Hoàng Bảo Ngọc",
];
const MATTERS: [&str; 4] = [
    "Đăng ký kết hôn",
    "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
    "Đăng ký thường trú",
    "Chứng thực chữ ký trong các giấy tờ, văn bản (áp dụng cho cả trường hợp chứng thực điểm chỉ)",
];
const PAPERS: [&str; 4] = [
    "Tờ khai đăng ký khai sinh theo mẫu",
    "Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng xác nhận về việc sinh",
    "Thẻ căn cước",
    "Văn bản ủy quyền được chứng thực",
];

/// All measurements of the bench.
pub fn rows() -> Result<Vec<Row>> {
    let mut seed = Seed::new(1);
    let forms: Vec<Form01> = (0..FORMS).map(|n| form(&mut seed, n)).collect();
    let first = forms.first().context("there are forms")?;
    // The first one reads the fonts; a workstation does that once a day.
    Printpdf.form01(first, Paper::A5)?;
    floor(first)?;
    ensure!(
        !says(
            &floor(&Form01 {
                standing: Standing::Preview,
                ..first.clone()
            })?,
            &code(0)
        )?,
        "the check finds a code on a sheet that has none: it would let an empty document win"
    );
    let (mut ours, mut theirs, mut bytes, mut floor_bytes) = (vec![], vec![], vec![], vec![]);
    for (n, form) in (0..).zip(&forms) {
        let (pdf, took) = timed(|| Ok(Printpdf.form01(form, Paper::A5)?))?;
        let (least, least_took) = timed(|| floor(form))?;
        for sheet in [&pdf, &least] {
            ensure!(says(sheet, &code(n))?, "{} is not on its paper", code(n));
        }
        ours.push(took);
        theirs.push(least_took);
        bytes.push(size(&pdf));
        floor_bytes.push(size(&least));
    }
    let what = "the same words and QR code by lopdf, built-in font, no layout";
    Ok(vec![
        Row::new("form01_ms", median(&ours), "ms", median(&theirs), what).at_most(10.0),
        Row::new(
            "form01_p99_ms",
            percentile(&ours, 99),
            "ms",
            percentile(&theirs, 99),
            what,
        ),
        Row::new(
            "form01_bytes",
            percentile(&bytes, 100),
            "bytes",
            percentile(&floor_bytes, 100),
            what,
        )
        .at_most(60_000.0),
    ])
}

fn timed(make: impl FnOnce() -> Result<Vec<u8>>) -> Result<(Vec<u8>, f64)> {
    let started = Instant::now();
    let made = make()?;
    Ok((made, ms(started.elapsed())))
}

fn size(pdf: &[u8]) -> f64 {
    u32::try_from(pdf.len()).map_or(f64::NAN, f64::from)
}

fn code(n: u32) -> String {
    format!("H15.50.05.13-261123-{:04}", 1000 + n)
}

/// A form as the counter prints it, with one to five papers.
fn form(seed: &mut Seed, n: u32) -> Form01 {
    let digits = |seed: &mut Seed, count| -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(seed.below(10)).unwrap_or(0)))
            .collect()
    };
    let applicant = *seed.pick(&NAMES);
    let papers = (0..=seed.below(5)).map(|_| PaperLine {
        name: (*seed.pick(&PAPERS)).into(),
        kind: "bản chính".into(),
        quantity: 1,
    });
    Form01 {
        papers: papers.collect(),
        parent_agency: "UBND xã Ea Tul".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
        standing: Standing::Received {
            code: code(n),
            number: (n + 1).to_string(),
            // As long as the capsule of an ordinary filing.
            qr_digits: digits(seed, 420),
            hash8: format!("{:08x}", seed.bits() >> 32),
        },
        applicant: applicant.into(),
        id_number: format!("066{}", digits(seed, 9)),
        address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: format!("09{}", digits(seed, 8)),
        email: String::new(),
        submitter: None,
        content: (*seed.pick(&MATTERS)).into(),
        sets: 1,
        term_text: "03 ngày làm việc".into(),
        received: date(2026, 11, 23).at(9, 15, 0, 0),
        due: Some(date(2026, 11, 26).at(17, 0, 0, 0)),
        give_back: "Trực tiếp tại quầy".into(),
        fee: "8.000 đồng (tám nghìn đồng)".into(),
        book: None,
        clerk: "H'Hen Niê".into(),
        note: "Khi đến nhận kết quả mang theo Giấy hẹn, thẻ căn cước.".into(),
        sample: false,
        ..Form01::default()
    }
}

/// Whether a reader of the PDF finds the code as text.
fn says(pdf: &[u8], code: &str) -> Result<bool> {
    let mut reader = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("pdftotext (Debian package poppler-utils)")?;
    if let Some(mut input) = reader.stdin.take() {
        input.write_all(pdf)?;
    }
    let output = reader.wait_with_output()?;
    Ok(output.status.success() && String::from_utf8_lossy(&output.stdout).contains(code))
}

/// The least sheet: the same words line by line, the QR code as squares, compressed.
fn floor(form: &Form01) -> Result<Vec<u8>> {
    let (code, digits) = match &form.standing {
        Standing::Received {
            code, qr_digits, ..
        } => (code.as_str(), qr_digits.as_str()),
        Standing::Preview => ("", "0"),
    };
    let mut operations = squares(digits)?;
    operations.push(Operation::new("BT", vec![]));
    operations.push(Operation::new("Tf", vec!["F1".into(), 9.into()]));
    operations.push(Operation::new("Td", vec![30.into(), 560.into()]));
    for line in words(form, code) {
        operations.push(Operation::new("Td", vec![0.into(), (-14).into()]));
        operations.push(Operation::new("Tj", vec![Object::string_literal(line)]));
    }
    operations.push(Operation::new("ET", vec![]));
    let mut document = Document::with_version("1.7");
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let font = document.add_object(font);
    let content = Content { operations }.encode()?;
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 420.into(), 595.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(all));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

fn words<'f>(form: &'f Form01, code: &'f str) -> Vec<&'f str> {
    let given = [
        &form.parent_agency,
        &form.office,
        &form.applicant,
        &form.id_number,
        &form.address,
        &form.phone,
        &form.content,
        &form.term_text,
        &form.give_back,
        &form.fee,
        &form.clerk,
        &form.note,
    ];
    let papers = form.papers.iter().map(|paper| paper.name.as_str());
    std::iter::once(code)
        .chain(given.into_iter().map(String::as_str))
        .chain(papers)
        .collect()
}

fn squares(digits: &str) -> Result<Vec<Operation>> {
    let qr = qrcode::QrCode::new(digits)?;
    let dark = qr.to_colors();
    let mut operations = Vec::new();
    for (n, _) in dark
        .iter()
        .enumerate()
        .filter(|(_, colour)| **colour == qrcode::Color::Dark)
    {
        let side = i64::try_from(qr.width())?;
        let n = i64::try_from(n)?;
        let corner = [300 + n % side, 100 - n / side, 1, 1];
        operations.push(Operation::new("re", corner.map(Object::Integer).to_vec()));
    }
    operations.push(Operation::new("f", vec![]));
    Ok(operations)
}
