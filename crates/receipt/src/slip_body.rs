//! Forms 02 and 03 on their pages. Not in it: the head, single fields and signatures, which all forms share. Wording
//! and order are those of Mẫu 02 and Mẫu 03, TT 03/2025/TT-VPCP.

use crate::fields::{self, CONTENT, Label, field, label};
use crate::fonts::{Style, clean};
use crate::header::{self, Corner, Head, place_and_date};
use crate::layout::{self, Origin, Plan};
use crate::sheet::{Mark, Sheet, Tongues};
use crate::signatures::{self, Ending, Signer};
use crate::text::span;
use crate::{
    FORM02_TEMPLATE, FORM03_TEMPLATE, Form02, Form03, FormError, Letterhead, Paper, SlipStanding,
};

/// The names of the forms, as their files have them.
pub(crate) const FORM02_NAME: &str = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ";
pub(crate) const FORM03_NAME: &str = "Phiếu từ chối tiếp nhận giải quyết hồ sơ";

const OWNER: Label = label("Hồ sơ của: ", "Filing of");
const FROM: Label = label("Tiếp nhận hồ sơ của: ", "Filing received from");
const ITEMS: Label = label("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau: ", "");
const REASON: Label = label("Lý do: ", "Reason");
const CODE: Label = label("Mã hồ sơ (nếu có): ", "Filing code");
const REFUSED: Label = label(
    "Qua xem xét, Bộ phận Tiếp nhận và Trả kết quả thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: ",
    "",
);
const FAREWELL: &str = "Xin thông báo cho Ông/Bà được biết và thực hiện./.";

/// Where a name or a number was not given inside a sentence.
const BLANK: &str = "..............................";

/// The parts that tell one slip's frame from another's.
pub(crate) struct Slip<'a> {
    pub(crate) letterhead: &'a Letterhead,
    pub(crate) standing: &'a SlipStanding,
    pub(crate) template: &'static str,
    pub(crate) name: &'static str,
    /// The form's number, what stands before the office's symbol, and that symbol.
    pub(crate) number: (String, &'static str, &'a str),
    pub(crate) title: &'a [&'a str],
    pub(crate) dated: String,
    pub(crate) origin: Origin,
}

impl Slip<'_> {
    /// The marks of every page, with `draw` below the title.
    pub(crate) fn pages(
        &self,
        paper: Paper,
        draw: impl Fn(&mut Sheet),
    ) -> Result<Vec<Vec<Mark>>, FormError> {
        let (number, kind, symbol) = &self.number;
        let number = header::numbered(number, kind, symbol);
        let plan = Plan {
            foot: format!("{} · {}", self.template, self.standing.hash()),
            continued: vec![
                span(Style::Bold, format!("{}, {number}", self.name)),
                span(Style::Italic, " (tiếp theo)"),
            ],
            tongues: Tongues::Vietnamese,
            origin: self.origin,
        };
        let head = Head {
            parent_agency: &self.letterhead.parent_agency,
            office: &self.letterhead.office,
            office_en: "",
            number: Some(number),
            dated: self.dated.clone(),
            dated_en: String::new(),
            title: self.title,
            title_en: "",
            corner: Corner::Empty,
        };
        layout::pages(&plan, paper, |sheet| {
            header::draw(sheet, &head);
            draw(sheet);
        })
    }
}

/// The marks of every page of form 02.
pub(crate) fn form02(form: &Form02, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    let slip = Slip {
        letterhead: &form.letterhead,
        standing: &form.standing,
        template: FORM02_TEMPLATE,
        name: FORM02_NAME,
        number: (form.standing.number(), "PBS-", &form.letterhead.symbol),
        title: &["PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"],
        dated: place_and_date(&form.letterhead.place, form.issued.date()),
        origin: Origin::of(form.sample),
    };
    slip.pages(paper, |sheet| {
        fields::named(sheet, OWNER, &form.applicant);
        field(sheet, CONTENT, &form.content, "");
        fields::reachable(sheet, &form.address, &form.phone, &form.email);
        listed(sheet, ITEMS, &form.items);
        field(sheet, REASON, &form.reason, "");
        help(sheet, form);
        let ending = Ending {
            left: None,
            right: Signer {
                title: "NGƯỜI HƯỚNG DẪN",
                title_en: "Guiding officer",
                name: &form.clerk,
            },
            note: "",
            note_en: "",
        };
        signatures::draw(sheet, &ending);
    })
}

/// A value inside a sentence, or dots where it was not given.
pub(crate) fn given(value: &str) -> String {
    match clean(value) {
        value if value.is_empty() => BLANK.to_owned(),
        value => value,
    }
}

/// Whom to ask, in the form's own sentence.
fn help(sheet: &mut Sheet, form: &Form02) {
    let words = format!(
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {} số điện thoại {} để được hướng dẫn./.",
        given(&form.contact),
        given(&form.contact_phone)
    );
    sheet.paragraph(&[span(Style::Regular, words)]);
}

/// A label and what it announces: numbered lines below it, or room to write.
pub(crate) fn listed(sheet: &mut Sheet, label: Label, items: &[String]) {
    if items.is_empty() {
        return field(sheet, label, "", "");
    }
    // The announcement must not be left alone at the end of a page.
    sheet.reserve(sheet.leading() * 3.0);
    sheet.paragraph(&[span(Style::Regular, label.vi)]);
    fields::numbered(sheet, items);
}

/// The marks of every page of form 03.
pub(crate) fn form03(form: &Form03, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    let slip = Slip {
        letterhead: &form.letterhead,
        standing: &form.standing,
        template: FORM03_TEMPLATE,
        name: FORM03_NAME,
        number: (form.standing.number(), "PTC-", &form.letterhead.symbol),
        title: &["PHIẾU TỪ CHỐI TIẾP NHẬN", "GIẢI QUYẾT HỒ SƠ"],
        dated: place_and_date(&form.letterhead.place, form.issued.date()),
        origin: Origin::of(form.sample),
    };
    slip.pages(paper, |sheet| {
        fields::office(sheet, &form.letterhead.office, "");
        fields::named(sheet, FROM, &form.applicant);
        fields::identity(sheet, form.id_kind, &form.id_number);
        fields::reachable(sheet, &form.address, &form.phone, &form.email);
        field(sheet, CODE, &form.code, "");
        field(sheet, CONTENT, &form.content, "");
        match form.reasons.as_slice() {
            [reason] => field(sheet, REFUSED, reason, ""),
            reasons => listed(sheet, REFUSED, reasons),
        }
        sheet.paragraph(&[span(Style::Regular, FAREWELL)]);
        let submitter = match clean(&form.submitter) {
            name if name.is_empty() => &form.applicant,
            _ => &form.submitter,
        };
        let ending = Ending {
            left: Some(signatures::submitter(submitter)),
            right: signatures::receiver(&form.clerk),
            note: "",
            note_en: "",
        };
        signatures::draw(sheet, &ending);
    })
}
