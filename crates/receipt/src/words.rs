//! Words that several forms share: whose office it is, who hands in, which number identifies a person, a text in two
//! languages. Not in it: the forms themselves, and how anything looks.

/// Whose paper it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// The agency above the office (Đơn vị chủ quản), e.g. "Ủy ban nhân dân xã Ea Tul". Set in capitals.
    pub parent_agency: String,
    /// The office by its own name. Set in capitals in the head.
    pub office: String,
    /// The office in English; empty at home.
    pub office_en: String,
    /// The symbol after a number, without what the form puts before it: "TTPVHCC" becomes "24/PBS-TTPVHCC" on form 02.
    pub symbol: String,
    /// Where it is signed: the words before ", ngày … tháng … năm …".
    pub place: String,
}

/// Which number says who someone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdKind {
    /// A person's number, or the number of an organisation.
    #[default]
    PersonalNumber,
    /// A passport's number: foreigners, and most people at a mission abroad.
    Passport,
    /// An organisation's tax code.
    TaxCode,
}

/// A text in Vietnamese, and in English where someone wrote it; empty where nobody did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The Vietnamese text.
    pub vi: String,
    /// The English text, or empty.
    pub en: String,
}

impl Words {
    /// Vietnamese only.
    pub fn vi(text: impl Into<String>) -> Self {
        Self {
            vi: text.into(),
            en: String::new(),
        }
    }

    /// Both languages.
    pub fn both(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }
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
    /// Which number that is.
    pub id_kind: IdKind,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// The paper that authorises: "Giấy ủy quyền ngày 20/11/2026".
    pub authority: String,
}
