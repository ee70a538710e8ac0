//! What form 01 says: the words on a receipt, as plain data. Not in it: how it looks (`layout`), where the words come
//! from (the desk builds them from a journal line), and any clock.

use jiff::civil::DateTime;

use crate::{IdKind, Submitter};

/// The version of form 01's layout and wording: Mẫu 01 of Phụ lục I, Thông tư 03/2025/TT-VPCP, in force since
/// 2025-09-15. It stands at the foot of every page. A change of wording or layout makes a new version, because the
/// same journal line must always give the same bytes under the same version.
pub const FORM01_TEMPLATE: &str = "form01-2025.1";

/// The same form with English under each label, for missions abroad; taken when [`Form01::english`] is given.
pub const FORM01_BILINGUAL_TEMPLATE: &str = "01-2025-bilingual";

/// One line of "Thành phần hồ sơ nộp gồm".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Its name as the checklist has it.
    pub name: String,
    /// "bản chính", "bản sao", "chứng thực" …, as it is printed.
    pub kind: String,
    /// How many of it were handed in; 0 is drawn as a dash (shown only, read from a database).
    pub quantity: u16,
}

/// Whether the filing has been received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Not yet: where number, QR and hash will stand the form says "CHƯA TIẾP NHẬN".
    #[default]
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

/// What a mission's receipt says in English beside the Vietnamese. An empty string leaves only the English label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form01English {
    /// The office: "Embassy of Viet Nam in the Czech Republic".
    pub office: String,
    /// What is asked for.
    pub content: String,
    /// The procedure's own fields, in the order of [`Form01::details`].
    pub details: Vec<(String, String)>,
    /// Name and kind of each paper, in the order of [`Form01::papers`].
    pub papers: Vec<(String, String)>,
    /// The legal term with its unit.
    pub term_text: String,
    /// Where the result is collected.
    pub give_back: String,
    /// Fee and charge: "25.00 USD (twenty-five US dollars)".
    pub fee: String,
    /// The paper that authorises the submitter.
    pub authority: String,
    /// What to bring when collecting.
    pub note: String,
}

/// Everything that form 01 says. An empty string is a value that was not given: a dotted line is drawn for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// Which number that is.
    pub id_kind: IdKind,
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
    /// The procedure's own fields, as label and value; they stand under what is asked for.
    pub details: Vec<(String, String)>,
    /// What was handed in, in the checklist's order.
    pub papers: Vec<PaperLine>,
    /// Number of sets (Số lượng hồ sơ, bộ).
    pub sets: u16,
    /// The legal term with its unit, e.g. "03 ngày làm việc".
    pub term_text: String,
    /// When it was received, local time.
    pub received: DateTime,
    /// When the result is promised, local time; `None` only in a preview while nobody has stated the time limit.
    pub due: Option<DateTime>,
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
    /// The English of a mission abroad; given, the form is drawn in both languages.
    pub english: Option<Form01English>,
}

impl Form01 {
    /// The template's version under which this form is drawn; the journal names it with the rendering.
    pub fn template(&self) -> &'static str {
        match self.english {
            None => FORM01_TEMPLATE,
            Some(_) => FORM01_BILINGUAL_TEMPLATE,
        }
    }
}
