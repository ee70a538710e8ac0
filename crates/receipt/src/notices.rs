//! What forms 04 and 05 say: the apology with a later day, and the notice that a filing is stopped at its applicant's
//! request. Not in it: how they look (`notice_body`), and where the words come from (the desk).

use jiff::civil::{Date, DateTime};

use crate::{IdKind, Letterhead, SlipStanding};

/// The version of form 04's layout and wording: Mẫu 04 of Phụ lục I, Thông tư 03/2025/TT-VPCP.
pub const FORM04_TEMPLATE: &str = "form04-2025.1";

/// The version of form 05's layout and wording. The official layout was not found: it is a draft of ours after Đ7
/// Thông tư 03/2025/TT-VPCP, and says so.
pub const FORM05_TEMPLATE: &str = "form05-nhap.1";

/// The filing that a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutFiling {
    /// Whose filing it is.
    pub applicant: String,
    /// Personal number or the organisation's number.
    pub id_number: String,
    /// Which number that is.
    pub id_kind: IdKind,
    /// The dossier code.
    pub code: String,
    /// The procedure's name.
    pub procedure: String,
    /// When it was received.
    pub received: Date,
}

/// Everything that form 04 says (Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết). An empty string is a value
/// that was not given: dots stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form04 {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// Issued, or still a preview.
    pub standing: SlipStanding,
    /// When it is issued, local time.
    pub issued: DateTime,
    /// Which filing.
    pub filing: AboutFiling,
    /// Until when the result was promised, local time.
    pub due: DateTime,
    /// Why it is late.
    pub reason: String,
    /// The new day.
    pub promised: Option<Date>,
    /// Who signs: the head of the office.
    pub head: String,
    /// Sample data of the demo office.
    pub sample: bool,
}

/// Everything that form 05 says (Thông báo dừng giải quyết hồ sơ). An empty string is a value that was not given: dots
/// stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form05 {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// Issued, or still a preview.
    pub standing: SlipStanding,
    /// When it is issued and asked for, local time.
    pub issued: DateTime,
    /// Which filing.
    pub filing: AboutFiling,
    /// Why the applicant asks to stop.
    pub reason: String,
    /// What is given back, each on its own numbered line.
    pub returned: Vec<String>,
    /// The clerk who takes the request.
    pub clerk: String,
    /// Sample data of the demo office.
    pub sample: bool,
}
