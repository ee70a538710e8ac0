//! From a journal line to the words of form 01. A pure function of the line and its place in the chain: the same line
//! gives the same bytes after a crash, on another machine, next year.

use crate::{dto::PaperChoice, forms, texts::Texts};
use fluent_bundle::FluentArgs;
use jiff::civil::DateTime;
use onedoor_protocol::{
    Hash32,
    capsule::Capsule,
    journal::{DueRecord, FeeRecord, FilingReceived},
    sign::SecretKey,
};
use onedoor_receipt::{Form01, Paper, PaperLine, Standing};

/// Where a line stands, as the paper says it.
pub(crate) struct PlaceInChain<'k> {
    pub seq: u64,
    pub hash: Hash32,
    pub key: &'k SecretKey,
}

pub(crate) fn paper(choice: PaperChoice) -> Paper {
    match choice {
        PaperChoice::A5 => Paper::A5,
        PaperChoice::A4TwoUp => Paper::A4TwoUp,
        PaperChoice::A4 => Paper::A4,
    }
}

/// The form of a received filing, or of a draft when `place` is none. None when a time in the line can't be read.
pub(crate) fn form(
    texts: &Texts,
    line: &FilingReceived,
    place: Option<&PlaceInChain<'_>>,
) -> Option<Form01> {
    let received: DateTime = line.received.parse().ok()?;
    let due: Option<DateTime> = match (line.due.at.as_str(), place) {
        ("", None) => None,
        (at, _) => Some(at.parse().ok()?),
    };
    let standing = match place {
        None => Standing::Preview,
        Some(place) => Standing::Received {
            code: number(line).to_string(),
            number: line.form_number.to_string(),
            qr_digits: capsule(line, received, due?, place)?.digits(place.key)?,
            hash8: place.hash.hash8(),
        },
    };
    let papers = line.papers.iter().filter(|paper| paper.state != "missing");
    let form = Form01 {
        parent_agency: line.office.parent.clone(),
        office: line.office.name.clone(),
        symbol: line.office.symbol.clone(),
        place: line.office.place.clone(),
        standing,
        applicant: line.applicant.name.clone(),
        id_number: line.applicant.id_number.clone(),
        address: line.applicant.address.clone(),
        phone: line.applicant.phone.clone(),
        email: line.applicant.email.clone(),
        submitter: None,
        content: line.content.clone(),
        papers: papers
            .map(|paper| PaperLine {
                name: paper.name.clone(),
                kind: texts.get(&format!("form01-paper-{}", paper.state.replace('_', "-"))),
                quantity: paper.copies,
            })
            .collect(),
        sets: line.sets,
        term_text: term_text(texts, &line.due),
        received,
        due,
        give_back: texts.get(&format!(
            "form01-give-back-{}",
            line.give_back.replace('_', "-")
        )),
        fee: fee_text(texts, &line.fee, line.details.bilingual),
        book: None,
        clerk: line.clerk_name.clone(),
        note: texts.note(line),
        sample: line.sample,
        ..Form01::default()
    };
    let english = line.details.bilingual.then(Texts::english);
    Some(forms::with_details(form, line, english))
}

/// Says what happened since it was received, before what the note says anyway.
pub(crate) fn since(texts: &Texts, form: &mut Form01, key: &str, at: DateTime) {
    let told = |texts: &Texts| {
        let mut args = FluentArgs::new();
        args.set("time", at.strftime("%H:%M").to_string());
        args.set("day", at.strftime("%d/%m/%Y").to_string());
        texts.with(key, &args)
    };
    form.note = format!("{} {}", told(texts), form.note);
    if let Some(english) = &mut form.english {
        english.note = format!("{} {}", told(Texts::english()), english.note);
    }
}

fn number(line: &FilingReceived) -> &str {
    line.code
        .as_deref()
        .or(line.provisional.as_deref())
        .unwrap_or_default()
}

fn capsule(
    line: &FilingReceived,
    received: DateTime,
    due: DateTime,
    place: &PlaceInChain<'_>,
) -> Option<Capsule> {
    Some(Capsule {
        code: number(line).to_string(),
        procedure: line.procedure.code.clone(),
        received,
        due,
        fee: line
            .fee
            .amount
            .as_ref()
            .and_then(|amount| amount.parse().ok()),
        papers: u8::try_from(line.papers.len()).unwrap_or(u8::MAX),
        seq: place.seq,
        hash: place.hash.0[..8].try_into().ok()?,
    })
}

/// Empty where nobody has stated the time limit yet, as in a preview.
fn term_text(texts: &Texts, due: &DueRecord) -> String {
    if due.term.is_empty() {
        return String::new();
    }
    let mut args = FluentArgs::new();
    args.set("n", format!("{:02}", due.n));
    texts.with(
        &format!("form01-term-{}", due.term.replace('_', "-")),
        &args,
    )
}

fn fee_text(texts: &Texts, fee: &FeeRecord, bilingual: bool) -> String {
    let view = crate::fees::of_record(fee);
    let said = match (fee.kind.as_str(), view.amount) {
        ("free", _) => texts.get("form01-fee-free"),
        ("on_time", _) => texts.get("form01-fee-on-time"),
        (_, Some(amount)) if amount.words.is_empty() => amount.text,
        (_, Some(amount)) => format!("{} ({})", amount.text, amount.words),
        ("unstated", None) => texts.get("form01-fee-unstated"),
        // A mission has no province; at home older lines keep the words that they were printed with.
        (kind, None) if bilingual && kind != "set_by_province" => texts.get("form01-fee-unstated"),
        _ => texts.get("form01-fee-province"),
    };
    match fee.exemption.as_str() {
        "" => said,
        ground => format!("{said}; {ground}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_protocol::journal::{BehalfRecord, FieldRecord, IdentityRecord, PersonRecord};
    use onedoor_receipt::{
        FORM01_BILINGUAL_TEMPLATE, FORM01_TEMPLATE, FormRenderer, IdKind, Printpdf,
    };

    /// A line as the first workstations wrote it, before cases, fields, submitters and organisations were known.
    const OLD: &str = r#"{
        "filing": "01920000-0000-7000-8000-000000000001",
        "code": "H15.50.05.13-261123-2000", "provisional": null, "form_number": 1, "template": "form01-2025.1",
        "office": {"id": "eatul", "name": "Trung tâm Phục vụ hành chính công xã Ea Tul", "parent": "UBND xã Ea Tul",
            "place": "Ea Tul", "agency": "H15.50.05.13", "symbol": "TTPVHCC", "time_zone": "Asia/Ho_Chi_Minh"},
        "counter": {"number": 2, "name": "Quầy 2"},
        "procedure": {"code": "2.000884", "version": 1, "title": "Chứng thực chữ ký", "title_en": "Signatures",
            "term_text": "Trong ngày"},
        "applicant": {"person": "01920000-0000-7000-8000-000000000002", "name": "H’Len Niê", "birth": "1990-03-15",
            "sex": "female", "id_number": "066190912345", "address": "Buôn Yao", "phone": "0905123456", "email": ""},
        "content": "Chứng thực chữ ký",
        "papers": [
            {"document": "d2", "name": "Giấy tờ", "state": "original", "copies": 2, "reason": ""},
            {"document": "d3", "name": "Tờ khai", "state": "missing", "copies": 0, "reason": ""}],
        "sets": 1, "copies": 1, "received": "2026-11-23T07:41:00",
        "due": {"at": "2026-11-23T17:00", "term": "same_day", "n": 0, "cutoff": "15:00", "next_working_day": false,
            "moved_from": null, "published": true, "off": []},
        "fee": {"kind": "flat", "amount": "10000", "currency": "VND"},
        "give_back": "at_counter", "clerk_name": "Trần Thị Thu Hà", "sample": false
    }"#;

    fn old() -> FilingReceived {
        serde_json::from_str(OLD).unwrap()
    }

    fn drawn(line: &FilingReceived) -> Form01 {
        let key = SecretKey::from_seed(&[7; 32]);
        let place = PlaceInChain {
            seq: 5,
            hash: Hash32([0xab; 32]),
            key: &key,
        };
        form(&Texts::shipped(), line, Some(&place)).unwrap()
    }

    #[test]
    fn an_old_line_gives_the_form_it_always_gave() {
        let form = drawn(&old());
        let words = (
            form.fee.as_str(),
            form.term_text.as_str(),
            form.give_back.as_str(),
        );
        assert_eq!(
            words,
            (
                "10.000 đ (mười nghìn đồng)",
                "trong ngày làm việc",
                "Tại quầy tiếp nhận và trả kết quả"
            )
        );
        assert_eq!(form.papers.len(), 1, "what is missing was not handed in");
        assert_eq!((form.submitter.clone(), form.details.len()), (None, 0));
        assert_eq!(
            (form.id_kind, form.english.clone()),
            (IdKind::PersonalNumber, None)
        );
        assert_eq!(form.template(), FORM01_TEMPLATE);
        let pdf = Printpdf.form01(&form, Paper::A5).unwrap();
        assert_eq!(
            Hash32::of(&[&pdf]).hex(),
            "fd847571cf5a781a88fc94f28f88834e33d158cf95f0ddd47dbdf906231a7aea",
            "the same line gives the same bytes as long as its template is in use"
        );
        let written = serde_json::to_value(old()).unwrap();
        let first: serde_json::Value = serde_json::from_str(OLD).unwrap();
        assert_eq!(written, first, "nothing is added to an old line");
    }

    #[test]
    fn a_preview_whose_time_limit_nobody_stated_promises_nothing() {
        let mut line = old();
        line.due = crate::views::no_due_record();
        line.details.bilingual = true;
        let preview = form(&Texts::shipped(), &line, None).unwrap();
        assert_eq!((preview.term_text.as_str(), preview.due), ("", None));
        let english = preview.english.unwrap();
        assert_eq!(english.term_text, "", "nor in English");
        let key = SecretKey::from_seed(&[7; 32]);
        let place = PlaceInChain {
            seq: 5,
            hash: Hash32([0xab; 32]),
            key: &key,
        };
        assert!(
            form(&Texts::shipped(), &line, Some(&place)).is_none(),
            "a receipt always promises a day"
        );
    }

    #[test]
    fn what_only_some_filings_have_stands_on_the_form() {
        let mut line = old();
        line.applicant.id_number.clear();
        line.applicant.identity = IdentityRecord {
            organisation: true,
            tax_code: "0100109106".into(),
            ..IdentityRecord::default()
        };
        line.details.behalf = Some(BehalfRecord {
            submitter: PersonRecord {
                name: "Trần Văn Ủy".into(),
                identity: IdentityRecord {
                    passport: "C1234567".into(),
                    ..IdentityRecord::default()
                },
                id_number: String::new(),
                ..old().applicant
            },
            authority: "Giấy giới thiệu số 12".into(),
        });
        line.details.fields = vec![FieldRecord {
            id: "manner".into(),
            label: "Hình thức".into(),
            value: "Ký".into(),
        }];
        line.fee.exemption = "Hộ nghèo".into();
        let form = drawn(&line);
        assert_eq!(
            (form.id_kind, form.id_number.as_str()),
            (IdKind::TaxCode, "0100109106")
        );
        let submitter = form.submitter.unwrap();
        assert_eq!(
            (submitter.id_kind, submitter.id_number.as_str()),
            (IdKind::Passport, "C1234567")
        );
        assert_eq!(submitter.authority, "Giấy giới thiệu số 12");
        assert_eq!(form.details, [("Hình thức".to_string(), "Ký".to_string())]);
        assert!(
            form.fee.ends_with("; Hộ nghèo"),
            "why less is paid: {}",
            form.fee
        );
    }

    #[test]
    fn a_line_of_a_mission_speaks_both_languages_and_its_own_money() {
        let mut line = old();
        line.details.bilingual = true;
        line.fee.amount = Some("5000".into());
        line.fee.currency = "USD".into();
        let form = drawn(&line);
        assert_eq!(form.template(), FORM01_BILINGUAL_TEMPLATE);
        assert_eq!(form.fee, "50,00 USD", "no words of đồng behind dollars");
        let english = form.english.clone().unwrap();
        assert_eq!(
            (english.content.as_str(), english.fee.as_str()),
            ("Signatures", "50.00 USD")
        );
        assert!(Printpdf.form01(&form, Paper::A5).is_ok());
        line.fee.currency = "CZK".into();
        let english = drawn(&line).english.unwrap();
        assert!(english.fee.ends_with("CZK"), "not đồng: {}", english.fee);
        line.fee.amount = None;
        let form = drawn(&line);
        let words = form.fee + &form.english.unwrap().fee;
        assert!(
            !words.contains("tỉnh") && !words.contains("province"),
            "{words}"
        );
    }

    #[test]
    fn a_fee_that_nobody_could_read_is_not_called_the_provinces() {
        let texts = Texts::shipped();
        let fee = |kind: &str| FeeRecord {
            kind: kind.into(),
            amount: None,
            ..old().fee
        };
        assert_ne!(
            fee_text(&texts, &fee("unstated"), false),
            fee_text(&texts, &fee("set_by_province"), false)
        );
    }
}
