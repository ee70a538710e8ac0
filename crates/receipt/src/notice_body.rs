//! Forms 04 and 05 on their pages. Not in it: the head, single fields and signatures, which all forms share. Wording and
//! order of form 04 are those of Mẫu 04, TT 03/2025/TT-VPCP; form 05 is a draft of ours.

use jiff::civil::Date;

use crate::fields::{self, Label, field, label};
use crate::fonts::{Style, clean};
use crate::header::{self, place_and_date};
use crate::layout::Origin;
use crate::sheet::{Mark, Sheet};
use crate::signatures::{self, Ending, Signer};
use crate::slip_body::{Slip, given, listed};
use crate::text::{glued, span};
use crate::{AboutFiling, FORM04_TEMPLATE, FORM05_TEMPLATE, Form04, Form05, FormError, Paper};

/// The names of the forms, as their files have them.
pub(crate) const FORM04_NAME: &str = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết";
pub(crate) const FORM05_NAME: &str = "Thông báo dừng giải quyết hồ sơ";

const TO: Label = label("Kính gửi: ", "To");
const REASON: Label = label("Lý do: ", "Reason");
const RETURNED: Label = label(
    "Giấy tờ trả lại cho người nộp hồ sơ gồm: ",
    "Papers given back",
);
const DRAFT: &str =
    "Mẫu dự thảo của phần mềm theo Điều 7 Thông tư 03/2025/TT-VPCP, chưa đối chiếu với mẫu gốc.";

/// The marks of every page of form 04.
pub(crate) fn form04(form: &Form04, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    let slip = Slip {
        letterhead: &form.letterhead,
        standing: &form.standing,
        template: FORM04_TEMPLATE,
        name: FORM04_NAME,
        // The form's number has no symbol of the office: "7/PXL".
        number: (form.standing.number(), "PXL", ""),
        title: &["VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", "THỜI GIAN GIẢI QUYẾT"],
        dated: place_and_date(&form.letterhead.place, form.issued.date()),
        origin: Origin::of(form.sample),
    };
    let office = given(&form.letterhead.office);
    slip.pages(paper, |sheet| {
        fields::named(sheet, TO, &form.filing.applicant);
        received(sheet, &office, &form.filing);
        let until = format!(
            "Thời gian hẹn trả kết quả giải quyết hồ sơ: {}, {}.",
            glued(&format!("{:02} giờ {:02} phút", form.due.hour(), form.due.minute())),
            day(form.due.date())
        );
        say(sheet, until);
        say(
            sheet,
            format!(
                "Tuy nhiên đến nay, {office} chưa trả kết quả giải quyết hồ sơ của Ông/Bà/Tổ chức đúng thời hạn quy định ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
            ),
        );
        field(sheet, REASON, &form.reason, "");
        say(
            sheet,
            format!(
                "{office} xin trân trọng gửi lời xin lỗi đến Ông (Bà)/Tổ chức vì sự chậm trễ trong quá trình giải quyết hồ sơ có thể gây phiền hà, tốn kém về chi phí, công sức của Ông (Bà)/Tổ chức."
            ),
        );
        let promised = form
            .promised
            .map_or_else(|| "ngày ..... tháng ..... năm ..........".to_owned(), day);
        say(
            sheet,
            format!(
                "{office} xin lỗi Ông/Bà/Tổ chức và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà/Tổ chức vào {promised}."
            ),
        );
        say(
            sheet,
            "Mong nhận được sự thông cảm của Ông/Bà/Tổ chức vì sự chậm trễ này./.".to_owned(),
        );
        let ending = Ending {
            left: None,
            right: Signer {
                title: "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
                title_en: "Head of the office",
                name: &form.head,
            },
            note: "",
            note_en: "",
        };
        signatures::draw(sheet, &ending);
    })
}

/// The marks of every page of form 05.
pub(crate) fn form05(form: &Form05, paper: Paper) -> Result<Vec<Vec<Mark>>, FormError> {
    let slip = Slip {
        letterhead: &form.letterhead,
        standing: &form.standing,
        template: FORM05_TEMPLATE,
        name: FORM05_NAME,
        number: (form.standing.number(), "TBD-", &form.letterhead.symbol),
        title: &["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"],
        dated: place_and_date(&form.letterhead.place, form.issued.date()),
        origin: Origin::of(form.sample),
    };
    let office = given(&form.letterhead.office);
    slip.pages(paper, |sheet| {
        fields::named(sheet, TO, &form.filing.applicant);
        received(sheet, &office, &form.filing);
        let asked = day(form.issued.date());
        say(
            sheet,
            format!(
                "Trong {asked}, Ông/Bà/Tổ chức đề nghị dừng giải quyết hồ sơ. Đến thời điểm đề nghị, hồ sơ chưa có quyết định giải quyết. {office} dừng giải quyết hồ sơ nói trên kể từ {asked}."
            ),
        );
        field(sheet, REASON, &form.reason, "");
        listed(sheet, RETURNED, &form.returned);
        say(sheet, "Xin thông báo cho Ông/Bà/Tổ chức được biết./.".to_owned());
        let ending = Ending {
            left: Some(signatures::submitter(&form.filing.applicant)),
            right: signatures::receiver(&form.clerk),
            note: DRAFT,
            note_en: "",
        };
        signatures::draw(sheet, &ending);
    })
}

/// A day that stays on one line.
fn day(date: Date) -> String {
    glued(&header::day(date))
}

/// The sentence with which both begin: what was received, when, from whom.
fn received(sheet: &mut Sheet, office: &str, filing: &AboutFiling) {
    let number = clean(&filing.id_number);
    let number = match number.as_str() {
        "" => String::new(),
        number => format!("; {}{number}", fields::id_words(filing.id_kind)),
    };
    let mut day = day(filing.received);
    day.replace_range(..1, "N");
    let words = format!(
        "{day}, {office} tiếp nhận giải quyết hồ sơ đề nghị giải quyết thủ tục hành chính {} của Ông/Bà/Tổ chức{number}; mã số hồ sơ: {}.",
        given(&filing.procedure),
        glued(&given(&filing.code)),
    );
    say(sheet, words);
}

fn say(sheet: &mut Sheet, words: String) {
    sheet.paragraph(&[span(Style::Regular, words)]);
}
