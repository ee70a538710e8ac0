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
    }
}

/// The form of a received filing, or of a draft when `place` is none. None when a time in the line can't be read.
pub(crate) fn form(
    texts: &Texts,
    line: &FilingReceived,
    place: Option<&PlaceInChain<'_>>,
) -> Option<Form01> {
    let received: DateTime = line.received.parse().ok()?;
    let due: DateTime = line.due.at.parse().ok()?;
    let standing = match place {
        None => Standing::Preview,
        Some(place) => Standing::Received {
            code: number(line).to_string(),
            number: line.form_number.to_string(),
            qr_digits: capsule(line, received, due, place)?.digits(place.key)?,
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
        fee: fee_text(texts, &line.fee),
        book: None,
        clerk: line.clerk_name.clone(),
        note: texts.get("form01-bring"),
        sample: line.sample,
        ..Form01::default()
    };
    let english = line.details.bilingual.then(Texts::english);
    Some(forms::with_details(form, line, english))
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

fn term_text(texts: &Texts, due: &DueRecord) -> String {
    let mut args = FluentArgs::new();
    args.set("n", format!("{:02}", due.n));
    texts.with(
        &format!("form01-term-{}", due.term.replace('_', "-")),
        &args,
    )
}

fn fee_text(texts: &Texts, fee: &FeeRecord) -> String {
    let view = crate::fees::of_record(fee);
    let said = match (fee.kind.as_str(), view.amount) {
        ("free", _) => texts.get("form01-fee-free"),
        ("on_time", _) => texts.get("form01-fee-on-time"),
        (_, Some(amount)) if amount.words.is_empty() => amount.text,
        (_, Some(amount)) => format!("{} ({})", amount.text, amount.words),
        _ => texts.get("form01-fee-province"),
    };
    match fee.exemption.as_str() {
        "" => said,
        ground => format!("{said}; {ground}"),
    }
}
