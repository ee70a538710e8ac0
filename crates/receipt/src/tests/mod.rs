//! Tests of whole PDFs: what stands on the paper, whether it is PDF/A, whether the bytes stay the same, and what the
//! preview shows. Not in it: tests of single parts, which stand beside the parts.

mod conformance;
mod edges;
mod official;

mod money;
mod preview;
mod samples;
mod slips;
mod stability;
mod words;

use std::path::Path;
use std::process::Command;

use jiff::civil::date;

use crate::{Form01, Paper, PaperLine, Printpdf, Standing};

/// A receipt of a Monday at the counter.
pub(crate) fn form() -> Form01 {
    Form01 {
        parent_agency: "Ủy ban nhân dân xã Ea Tul".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
        standing: received(),
        applicant: "NGUYỄN THỊ ỪNG".into(),
        id_number: "066150000123".into(),
        address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk".into(),
        phone: "0905 123 456".into(),
        email: "ung@example.vn".into(),
        submitter: None,
        content: "Đăng ký kết hôn".into(),
        papers: papers(3),
        sets: 1,
        term_text: "03 ngày làm việc".into(),
        received: date(2026, 11, 23).at(9, 15, 0, 0),
        due: Some(date(2026, 11, 26).at(16, 30, 0, 0)),
        give_back: "Quầy số 2, nhà văn hóa xã".into(),
        fee: "8.000 đồng (đã thu)".into(),
        book: Some(("01/2026".into(), "0417".into())),
        clerk: "H'Hen Niê".into(),
        note: "Khi đến nhận kết quả mang theo Giấy hẹn, thẻ căn cước.".into(),
        sample: false,
        ..Form01::default()
    }
}

/// Received under a code of the size that offices use, with a capsule of 420 digits.
pub(crate) fn received() -> Standing {
    Standing::Received {
        code: "H15.50.05.13-261123-0024".into(),
        number: "24".into(),
        qr_digits: "1234567890".repeat(42),
        hash8: "3f9a1c2e".into(),
    }
}

/// `count` lines that differ from each other.
pub(crate) fn papers(count: usize) -> Vec<PaperLine> {
    let line = |n| PaperLine {
        name: format!("Giấy tờ thứ {n}"),
        kind: "bản sao".into(),
        quantity: 2,
    };
    (1..=count).map(line).collect()
}

/// The form as the product prints it.
pub(crate) fn pdf(form: &Form01) -> Vec<u8> {
    crate::FormRenderer::form01(&Printpdf, form, Paper::A5).expect("a form of the counter is drawn")
}

/// Runs one of the PDF tools on `pdf` and gives its exit code and what it said.
pub(crate) fn tool(
    name: &str,
    package: &str,
    arguments: &[&str],
    pdf: &[u8],
) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder for the PDF");
    std::fs::write(folder.path().join("form.pdf"), pdf).expect("the PDF is written");
    let run = Command::new(name)
        .args(arguments)
        .current_dir(folder.path())
        .output();
    let output = run.unwrap_or_else(|e| {
        panic!("this test needs `{name}` (Debian package {package}), which did not start: {e}")
    });
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8(said).expect("tools speak UTF-8"),
    )
}

/// The text of a PDF with single spaces, as someone reads it line by line.
pub(crate) fn text(pdf: &[u8]) -> String {
    let arguments = ["-enc", "UTF-8", "-layout", "form.pdf", "-"];
    let (code, words) = tool("pdftotext", "poppler-utils", &arguments, pdf);
    assert_eq!(code, Some(0), "pdftotext reads every page: {words}");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a file of the system is there, with a sentence for whoever must install it.
pub(crate) fn needed(path: &str, package: &str) {
    assert!(
        Path::new(path).exists(),
        "this test needs {path} (Debian package {package})"
    );
}
