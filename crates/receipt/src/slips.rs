//! What forms 02 and 03 say: the slips that a citizen takes home when a filing is incomplete or not taken. Not in it:
//! how they look (`slip_body`), and where the words come from (the desk).

use jiff::civil::DateTime;

use crate::fonts::clean;
use crate::{IdKind, Letterhead};

/// The version of form 02's layout and wording: Mẫu 02 of Phụ lục I, Thông tư 03/2025/TT-VPCP.
pub const FORM02_TEMPLATE: &str = "form02-2025.1";

/// The version of form 03's layout and wording: Mẫu 03 of Phụ lục I, Thông tư 03/2025/TT-VPCP.
pub const FORM03_TEMPLATE: &str = "form03-2025.1";

/// What stands for the number and hash of a slip that nobody has issued yet.
const NOT_ISSUED: &str = "CHƯA PHÁT HÀNH";

/// Whether a slip has been issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SlipStanding {
    /// Not yet: where number and hash will stand the slip says "CHƯA PHÁT HÀNH".
    #[default]
    Preview,
    /// Numbered and journaled.
    Issued {
        /// The form's own number (Số), without its symbol.
        number: String,
        /// The first 8 hexadecimal digits of the journal line's hash.
        hash8: String,
    },
}

impl SlipStanding {
    /// The number as it is printed.
    pub(crate) fn number(&self) -> String {
        match self {
            Self::Preview => NOT_ISSUED.to_owned(),
            Self::Issued { number, .. } => clean(number),
        }
    }

    /// The hash as it is printed.
    pub(crate) fn hash(&self) -> String {
        match self {
            Self::Preview => NOT_ISSUED.to_owned(),
            Self::Issued { hash8, .. } => clean(hash8),
        }
    }
}

/// Everything that form 02 says (Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ). An empty string is a value that was not
/// given: a dotted line is drawn for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form02 {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// Issued, or still a preview.
    pub standing: SlipStanding,
    /// When it is issued, local time.
    pub issued: DateTime,
    /// Whose filing it is.
    pub applicant: String,
    /// What is asked for (Nội dung yêu cầu giải quyết).
    pub content: String,
    /// Address, in one line.
    pub address: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// What must be added or put right, each on its own numbered line; all of it, because the law allows to ask once.
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
    /// Whom to ask.
    pub contact: String,
    /// Under which telephone number.
    pub contact_phone: String,
    /// The clerk who guides (Người hướng dẫn).
    pub clerk: String,
    /// Sample data of the demo office.
    pub sample: bool,
}

/// Everything that form 03 says (Phiếu từ chối tiếp nhận giải quyết hồ sơ). An empty string is a value that was not
/// given: a dotted line is drawn for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form03 {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// Issued, or still a preview.
    pub standing: SlipStanding,
    /// When it is issued, local time.
    pub issued: DateTime,
    /// Whose filing it is.
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
    /// The dossier code, if there is one.
    pub code: String,
    /// What was asked for (Nội dung yêu cầu giải quyết).
    pub content: String,
    /// Why it is not taken: one reason stands in the sentence, several are numbered.
    pub reasons: Vec<String>,
    /// Who stands at the counter and signs; empty means the applicant.
    pub submitter: String,
    /// The clerk who receives (Người tiếp nhận hồ sơ).
    pub clerk: String,
    /// Sample data of the demo office.
    pub sample: bool,
}
