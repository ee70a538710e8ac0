//! What form 01 says: the words on a receipt, as plain data, and the trait that turns them into a PDF. Not in it:
//! how it looks (`layout`), where the words come from (the desk builds them from a journal line), and any clock.

use jiff::civil::DateTime;

use crate::FormError;

/// The version of form 01's layout and wording: Mẫu 01 of Phụ lục I, Thông tư 03/2025/TT-VPCP, in force since
/// 2025-09-15. It stands at the foot of every page. A change of wording or layout makes a new version, because the
/// same journal line must always give the same bytes under the same version.
pub const FORM01_TEMPLATE: &str = "form01-2025.1";

/// The sheet that a form is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// A5 upright, 148 × 210 mm: one copy a sheet.
    A5,
    /// A4 across, 297 × 210 mm: two equal A5 copies side by side, with a line to cut along.
    A4TwoUp,
}

/// One line of "Thành phần hồ sơ nộp gồm".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Its name as the checklist has it.
    pub name: String,
    /// "bản chính", "bản sao", "chứng thực" …, as it is printed.
    pub kind: String,
    /// How many of it were handed in.
    pub quantity: u16,
}

/// Who stands at the counter when it is not the applicant, and by what authority.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Submitter {
    /// Full name.
    pub name: String,
    /// Address, in one line.
    pub address: String,
    /// Personal number, or the number of another identity paper.
    pub id_number: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// The paper that authorises: "Giấy ủy quyền ngày 20/11/2026".
    pub authority: String,
}

/// Whether the filing has been received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Not yet: where number, QR and hash will stand the form says "CHƯA TIẾP NHẬN".
    Preview,
    /// Received, numbered and journaled.
    Received {
        /// The dossier code, or the provisional code.
        code: String,
        /// The form's own number (Số), without its symbol.
        number: String,
        /// The signed capsule in decimal digits, nothing else; at most some 1,300 digits.
        qr_digits: String,
        /// The first 8 hexadecimal digits of the journal line's hash.
        hash8: String,
    },
}

/// Everything that form 01 says. An empty string is a value that was not given: a dotted line is drawn for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form01 {
    /// The agency above the office (Đơn vị chủ quản), e.g. "Ủy ban nhân dân xã Ea Tul". Set in capitals.
    pub parent_agency: String,
    /// The office by its own name, e.g. "Trung tâm Phục vụ hành chính công xã Ea Tul". Set in capitals in the header.
    pub office: String,
    /// The symbol after the number, e.g. "TTPVHCC".
    pub symbol: String,
    /// Where the form is signed: the words before ", ngày … tháng … năm …".
    pub place: String,
    /// Received, or still a preview.
    pub standing: Standing,
    /// Whose matter it is: a person's or an organisation's name.
    pub applicant: String,
    /// Personal number or the organisation's number.
    pub id_number: String,
    /// Address, in one line.
    pub address: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Who hands it in, if someone else does.
    pub submitter: Option<Submitter>,
    /// What is asked for (Nội dung yêu cầu giải quyết).
    pub content: String,
    /// What was handed in, in the checklist's order.
    pub papers: Vec<PaperLine>,
    /// Number of sets (Số lượng hồ sơ, bộ).
    pub sets: u16,
    /// The legal term with its unit, e.g. "03 ngày làm việc".
    pub term_text: String,
    /// When it was received, local time.
    pub received: DateTime,
    /// When the result is promised, local time.
    pub due: DateTime,
    /// Where the result is collected (Đăng ký nhận kết quả tại).
    pub give_back: String,
    /// Fee and charge in words, e.g. "8.000 đồng (đã thu)".
    pub fee: String,
    /// Volume and running number in the register, if the office keeps one on paper.
    pub book: Option<(String, String)>,
    /// The clerk who receives.
    pub clerk: String,
    /// What to bring when collecting.
    pub note: String,
    /// Sample data of the demo office: a band "DỮ LIỆU MẪU" runs across the head of every page.
    pub sample: bool,
}

/// Turns the words of a form into a PDF. The same words and paper give the same bytes, on any machine, at any time.
pub trait FormRenderer {
    /// Form 01 as PDF/A-2b.
    ///
    /// # Errors
    /// [`FormError`] when the QR digits can't be drawn or the program's own fonts are damaged; never because of a
    /// character that no font has (see [`crate::undrawable`]).
    fn form01(&self, form: &Form01, paper: Paper) -> Result<Vec<u8>, FormError>;
}
