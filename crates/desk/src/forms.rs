//! From journal lines and the catalogue to the words of the other papers: slips, the guidance sheet, pads,
//! and what form 01 has beyond the simplest filing. Pure functions: the same line gives the same bytes. Not here: form
//! 01's own words (`form01`), how a paper looks (`receipt`), and storing or printing it.

mod slips;

pub use slips::{form02, form03, form04, form05};

use crate::texts::Texts;
use fluent_bundle::FluentArgs;
use jiff::civil::Date;
use onedoor_domain::{
    money::{Currency, Money},
    procedure::{Bilingual, PaperWay, Procedure, RequiredDocument},
};
use onedoor_protocol::{
    enrol::Office,
    journal::{FilingReceived, PadsReserved, PersonRecord},
};
use onedoor_receipt::{
    Checked, FilingWay, Form01, Form01English, Form01Pad, Guidance, GuidancePaper, IdKind,
    Letterhead, PadSheet, PaperCase, Submitter, Words,
};

/// The office at the head of a paper.
pub fn letterhead(office: &Office) -> Letterhead {
    Letterhead {
        parent_agency: office.parent.clone(),
        office: office.name.clone(),
        office_en: String::new(),
        symbol: office.symbol.clone(),
        place: office.place.clone(),
    }
}

/// The number that says who someone is, and which one it is: the tax code of an organisation, the personal number,
/// or the passport of who has none.
pub fn identity(person: &PersonRecord) -> (IdKind, String) {
    let identity = &person.identity;
    if !identity.tax_code.is_empty() && (identity.organisation || person.id_number.is_empty()) {
        (IdKind::TaxCode, identity.tax_code.clone())
    } else if person.id_number.is_empty() && !identity.passport.is_empty() {
        (IdKind::Passport, identity.passport.clone())
    } else {
        (IdKind::PersonalNumber, person.id_number.clone())
    }
}

/// Form 01 with what only some filings have: number, submitter, the procedure's own fields, and, given `english`,
/// both languages where the line asks for them. A line without them gives the form as it came in.
pub fn with_details(form: Form01, line: &FilingReceived, english: Option<&Texts>) -> Form01 {
    let (id_kind, id_number) = identity(&line.applicant);
    let submitter = line.details.behalf.as_ref().map(|behalf| {
        let (id_kind, id_number) = identity(&behalf.submitter);
        Submitter {
            name: behalf.submitter.name.clone(),
            address: behalf.submitter.address.clone(),
            id_number,
            id_kind,
            phone: behalf.submitter.phone.clone(),
            email: behalf.submitter.email.clone(),
            authority: behalf.authority.clone(),
        }
    });
    let fields = line.details.fields.iter();
    Form01 {
        id_kind,
        id_number,
        submitter,
        details: fields
            .map(|field| (field.label.clone(), field.value.clone()))
            .collect(),
        english: english
            .filter(|_| line.details.bilingual)
            .map(|english| spoken(line, english)),
        ..form
    }
}

/// What the line says in English; names and what was typed stay as they are.
fn spoken(line: &FilingReceived, english: &Texts) -> Form01English {
    let papers = line.papers.iter().filter(|paper| paper.state != "missing");
    let kind = |state: &str| english.get(&format!("form01-paper-{}", state.replace('_', "-")));
    let mut n = FluentArgs::new();
    n.set("n", line.due.n);
    let term = format!("form01-term-{}", line.due.term.replace('_', "-"));
    let give_back = format!("form01-give-back-{}", line.give_back.replace('_', "-"));
    Form01English {
        content: line.procedure.title_en.clone().unwrap_or_default(),
        papers: papers
            .map(|paper| (String::new(), kind(&paper.state)))
            .collect(),
        term_text: match line.due.term.as_str() {
            "" => String::new(),
            _ => english.with(&term, &n),
        },
        give_back: english.get(&give_back),
        fee: fee(line, english),
        note: english.note(line),
        ..Form01English::default()
    }
}

/// The fee as English writes it: "50.00 USD".
fn fee(line: &FilingReceived, english: &Texts) -> String {
    let minor = line.fee.amount.as_ref().and_then(|m| m.parse::<i64>().ok());
    let currency = Currency::parse(&line.fee.currency);
    match (line.fee.kind.as_str(), minor, currency) {
        ("free", ..) => english.get("form01-fee-free"),
        ("on_time", None, _) => english.get("form01-fee-on-time"),
        (_, Some(minor), Some(Currency::Usd)) => {
            let (sign, cents) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
            format!("{sign}{}.{:02} USD", cents / 100, cents % 100)
        }
        (_, Some(minor), Some(currency)) => Money { minor, currency }.format_vi(),
        // A currency of a newer program: the number is believed, the unit is as it stands in the line.
        (_, Some(minor), None) => format!("{minor} {}", line.fee.currency),
        ("set_by_province", None, _) => english.get("form01-fee-province"),
        (_, None, _) => english.get("form01-fee-unstated"),
    }
}

/// A missing paper as a line of form 02: its name, and how many originals and copies.
pub fn item(texts: &Texts, document: &RequiredDocument) -> String {
    let counted = |key: &str, n: u16| {
        let mut args = FluentArgs::new();
        args.set("n", format!("{n:02}"));
        (n > 0).then(|| texts.with(key, &args))
    };
    let counts = [
        counted("form02-originals", document.originals),
        counted("form02-copies", document.copies),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() {
        return document.name.vi.clone();
    }
    let between = match document.choice {
        true => texts.get("form02-or"),
        false => ", ".to_owned(),
    };
    let counts = counts.join(&between);
    format!("{} ({counts})", document.name.vi)
}

/// A pad of form 01 with these reserved numbers. None when a code has no digits after its first dash: a provisional
/// code is not printed ahead.
pub fn pad(line: &PadsReserved, office: &Office, printed: Date, sample: bool) -> Option<Form01Pad> {
    let sheet = |pad: &onedoor_protocol::journal::PadRecord| {
        Some(PadSheet {
            code: pad.code.clone(),
            form_number: pad.form_number.to_string(),
            reservation: reservation(&pad.code)?,
        })
    };
    Some(Form01Pad {
        letterhead: letterhead(office),
        sheets: line.pads.iter().map(sheet).collect::<Option<_>>()?,
        printed,
        sample,
    })
}

/// The digits by which a sheet of a pad is entered: day and running number of its code, which the office has once.
pub fn reservation(code: &str) -> Option<String> {
    let (_, rest) = code.split_once('-')?;
    let digits: String = rest.chars().filter(|c| *c != '-').collect();
    let good = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    good.then_some(digits)
}

/// The guidance sheet of a procedure. Given `english`, it is drawn in both languages where the title has English.
pub fn guidance(
    procedure: &Procedure,
    (office, printed, sample): (&Office, Date, bool),
    texts: &Texts,
    english: Option<&Texts>,
) -> Guidance {
    let spoken = english.filter(|_| procedure.title.en.is_some());
    let said = |key: &str| Words {
        vi: texts.get(key),
        en: spoken.map_or_else(String::new, |english| english.get(key)),
    };
    let words = |text: &Bilingual| Words {
        vi: text.vi.clone(),
        en: spoken.and(text.en.clone()).unwrap_or_default(),
    };
    let mut day = FluentArgs::new();
    day.set("from", procedure.from.strftime("%d/%m/%Y").to_string());
    Guidance {
        letterhead: letterhead(office),
        printed,
        title: words(&procedure.title),
        code: procedure.code.clone(),
        decision: procedure.decision.clone(),
        field: words(&procedure.field),
        place: Words::vi(&office.name),
        ways: vec![FilingWay {
            way: said("guidance-way-counter"),
            term: Words::vi(&procedure.term_text),
            fee: Words::vi(&procedure.fee_text),
        }],
        cases: cases(procedure, &words),
        forms: Vec::new(),
        steps: [
            "guidance-step-papers",
            "guidance-step-file",
            "guidance-step-receipt",
        ]
        .map(said)
        .to_vec(),
        source: Words {
            vi: texts.with("guidance-source", &day),
            en: spoken.map_or_else(String::new, |e| e.with("guidance-source", &day)),
        },
        checked: if procedure.checked {
            Checked::Yes
        } else {
            Checked::NotYet(said("guidance-not-checked"))
        },
        sample,
    }
}

/// The papers under what they are asked for: first those that are always needed, then by case and condition, in the
/// catalogue's order.
fn cases(procedure: &Procedure, words: &impl Fn(&Bilingual) -> Words) -> Vec<PaperCase> {
    let mut cases: Vec<PaperCase> = Vec::new();
    let mut documents: Vec<&RequiredDocument> = procedure.documents.iter().collect();
    // Stable: within a case the catalogue's order stays.
    documents.sort_by_key(|document| document.case.is_some() || document.when.is_some());
    for document in documents {
        let label = |id: &String| procedure.cases.iter().find(|case| &case.id == id);
        let case = document
            .case
            .as_ref()
            .and_then(label)
            .map(|c| words(&c.label));
        let when = document.when.as_ref().map(words);
        let when = match (case, when) {
            (Some(case), Some(when)) => joined(&case, &when),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Words::default(),
        };
        let shown = document.way == PaperWay::Show;
        let paper = GuidancePaper {
            name: words(&document.name),
            form: Words::default(),
            originals: if shown { 0 } else { document.originals },
            copies: if shown { 0 } else { document.copies },
            choice: document.choice && !shown,
            shown: if shown {
                document.originals.saturating_add(document.copies).max(1)
            } else {
                0
            },
        };
        match cases.iter_mut().find(|known| known.when == when) {
            Some(known) => known.papers.push(paper),
            None => cases.push(PaperCase {
                when,
                papers: vec![paper],
            }),
        }
    }
    cases
}

/// A case and a condition in it.
fn joined(case: &Words, when: &Words) -> Words {
    let both = |a: &str, b: &str| match (a, b) {
        ("", _) | (_, "") => String::new(),
        (a, b) => format!("{a}; {b}"),
    };
    Words {
        vi: both(&case.vi, &when.vi),
        en: both(&case.en, &when.en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_protocol::{Hash32, journal::SlipIssued};
    use onedoor_protocol::{
        enrol::Counter,
        journal::{IdentityRecord, PadRecord, ProcedureRef},
    };
    use onedoor_receipt::{FormRenderer, Paper, Printpdf, SlipStanding};
    use uuid::Uuid;

    fn office() -> Office {
        Office {
            id: "eatul".into(),
            name: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
            parent: "UBND xã Ea Tul".into(),
            place: "Ea Tul".into(),
            agency: "H15.50.05.13".into(),
            symbol: "TTPVHCC".into(),
            time_zone: "Asia/Ho_Chi_Minh".into(),
            mission: None,
        }
    }

    fn person(identity: IdentityRecord, id_number: &str) -> PersonRecord {
        PersonRecord {
            person: Uuid::nil(),
            name: "Nguyễn Thị Ừng".into(),
            birth: String::new(),
            sex: None,
            id_number: id_number.into(),
            address: "Buôn Sah A".into(),
            phone: String::new(),
            email: String::new(),
            identity,
        }
    }

    fn slip(form: &str) -> SlipIssued {
        SlipIssued {
            slip: Uuid::nil(),
            form: form.into(),
            form_number: 7,
            template: String::new(),
            office: office(),
            counter: Counter {
                number: 1,
                name: "Quầy 1".into(),
            },
            procedure: ProcedureRef {
                code: "1.000894".into(),
                version: 1,
                title: "Đăng ký kết hôn".into(),
                title_en: None,
                term_text: String::new(),
            },
            applicant: person(IdentityRecord::default(), "066150000123"),
            content: "Đăng ký kết hôn".into(),
            items: vec!["Tờ khai".into()],
            reason: "Không thuộc thẩm quyền".into(),
            issued: "2026-11-23T09:40:00".into(),
            clerk_name: "H'Hen Niê".into(),
            sample: false,
            on: None,
        }
    }

    #[test]
    fn an_organisation_shows_its_tax_code_and_a_foreigner_the_passport() {
        let company = IdentityRecord {
            organisation: true,
            tax_code: "0100109106".into(),
            ..IdentityRecord::default()
        };
        let foreigner = IdentityRecord {
            passport: "L898902C3".into(),
            ..IdentityRecord::default()
        };
        assert_eq!(
            identity(&person(company, "")),
            (IdKind::TaxCode, "0100109106".into())
        );
        assert_eq!(
            identity(&person(foreigner.clone(), "")),
            (IdKind::Passport, "L898902C3".into())
        );
        assert_eq!(
            identity(&person(foreigner, "066150000123")),
            (IdKind::PersonalNumber, "066150000123".into()),
            "who has a personal number is known by it"
        );
    }

    #[test]
    fn a_slip_has_a_number_only_once_it_is_journaled() {
        let preview = form02(&slip("02"), None).unwrap();
        assert_eq!(preview.standing, SlipStanding::Preview);
        let issued = form02(&slip("02"), Some(&Hash32([0xab; 32]))).unwrap();
        let SlipStanding::Issued { number, hash8 } = issued.standing else {
            panic!("a journaled slip is issued")
        };
        assert_eq!((number.as_str(), hash8.as_str()), ("7", "abababab"));
        let mut unreadable = slip("02");
        unreadable.issued = "yesterday".into();
        assert_eq!(form02(&unreadable, None), None);
    }

    #[test]
    fn a_refusal_gives_its_reason_before_the_list() {
        let form = form03(&slip("03"), None).unwrap();
        assert_eq!(form.reasons, ["Không thuộc thẩm quyền", "Tờ khai"]);
    }

    #[test]
    fn a_pad_is_entered_by_the_digits_of_its_day_and_number() {
        assert_eq!(
            reservation("H15.50.05.13-261123-0031").as_deref(),
            Some("2611230031")
        );
        assert_eq!(
            reservation("T-3F9A-12"),
            None,
            "letters can't be typed safely"
        );
        let line = PadsReserved {
            pads: vec![PadRecord {
                code: "H15.50.05.13-261123-0031".into(),
                form_number: 31,
            }],
        };
        let day = jiff::civil::date(2026, 11, 22);
        let pad = pad(&line, &office(), day, false).unwrap();
        assert!(Printpdf.form01_pad(&pad, Paper::A4TwoUp).is_ok());
    }

    #[test]
    fn every_curated_procedure_gives_a_guidance_sheet_with_all_its_papers() {
        let texts = Texts::shipped();
        let catalogue = onedoor_catalogue::Catalogue::shipped().unwrap();
        let day = jiff::civil::date(2026, 11, 23);
        for procedure in &catalogue.procedures {
            let sheet = guidance(procedure, (&office(), day, false), &texts, None);
            let papers: usize = sheet.cases.iter().map(|case| case.papers.len()).sum();
            assert_eq!(papers, procedure.documents.len(), "{}", procedure.code);
            assert_eq!(
                sheet.checked == Checked::Yes,
                procedure.checked,
                "{}: what nobody checked must say so",
                procedure.code
            );
            assert!(sheet.title.en.is_empty(), "Vietnamese was asked for");
            assert!(!sheet.source.vi.contains("guidance-"), "a text is missing");
        }
    }

    #[test]
    fn a_missing_paper_says_how_many_of_it_to_bring() {
        let catalogue = onedoor_catalogue::Catalogue::shipped().unwrap();
        let mut document = catalogue.procedures[0].documents[0].clone();
        (document.originals, document.copies) = (1, 2);
        let said = item(&Texts::shipped(), &document);
        assert!(said.ends_with("(01 bản chính, 02 bản sao)"), "{said}");
        (document.copies, document.choice) = (1, true);
        let said = item(&Texts::shipped(), &document);
        assert!(said.ends_with("(01 bản chính hoặc 01 bản sao)"), "{said}");
    }
}
