//! From a slip's line to the words of forms 02 to 05: the same line gives the same bytes.

use super::{identity, letterhead};
use jiff::civil::DateTime;
use onedoor_protocol::{
    Hash32,
    journal::{SlipIssued, SlipOn},
};
use onedoor_receipt::{AboutFiling, Form02, Form03, Form04, Form05, SlipStanding};

/// Form 02 of a line, or of what would become one when `hash` is none. None when its time can't be read.
pub fn form02(line: &SlipIssued, hash: Option<&Hash32>) -> Option<Form02> {
    let issued: DateTime = line.issued.parse().ok()?;
    Some(Form02 {
        letterhead: letterhead(&line.office),
        standing: standing(line, hash),
        issued,
        applicant: line.applicant.name.clone(),
        content: line.content.clone(),
        address: line.applicant.address.clone(),
        phone: line.applicant.phone.clone(),
        email: line.applicant.email.clone(),
        items: line.items.clone(),
        reason: line.reason.clone(),
        contact: line.clerk_name.clone(),
        // No office has told its number: the line stays to be written on.
        contact_phone: String::new(),
        clerk: line.clerk_name.clone(),
        sample: line.sample,
    })
}

/// Form 03 of a line, or of what would become one when `hash` is none. None when its time can't be read.
pub fn form03(line: &SlipIssued, hash: Option<&Hash32>) -> Option<Form03> {
    let issued: DateTime = line.issued.parse().ok()?;
    let (id_kind, id_number) = identity(&line.applicant);
    let reasons = std::iter::once(&line.reason)
        .chain(&line.items)
        .filter(|reason| !reason.is_empty());
    Some(Form03 {
        letterhead: letterhead(&line.office),
        standing: standing(line, hash),
        issued,
        applicant: line.applicant.name.clone(),
        id_number,
        id_kind,
        address: line.applicant.address.clone(),
        phone: line.applicant.phone.clone(),
        email: line.applicant.email.clone(),
        code: line
            .on
            .as_ref()
            .map(|on| on.code.clone())
            .unwrap_or_default(),
        content: line.content.clone(),
        reasons: reasons.cloned().collect(),
        submitter: String::new(),
        clerk: line.clerk_name.clone(),
        sample: line.sample,
    })
}

fn standing(line: &SlipIssued, hash: Option<&Hash32>) -> SlipStanding {
    hash.map_or(SlipStanding::Preview, |hash| SlipStanding::Issued {
        number: line.form_number.to_string(),
        hash8: hash.hash8(),
    })
}

/// Form 04 of a line, or of what would become one when `hash` is none. None when a time of it can't be read.
pub fn form04(line: &SlipIssued, hash: Option<&Hash32>) -> Option<Form04> {
    let on = line.on.as_ref()?;
    let promised = match on.promised.as_str() {
        "" => None,
        at => Some(at.parse::<DateTime>().ok()?.date()),
    };
    Some(Form04 {
        letterhead: letterhead(&line.office),
        standing: standing(line, hash),
        issued: line.issued.parse().ok()?,
        filing: about(line, on)?,
        due: on.due.parse().ok()?,
        reason: line.reason.clone(),
        promised,
        head: on.head.clone(),
        sample: line.sample,
    })
}

/// Form 05 of a line, or of what would become one when `hash` is none. None when a time of it can't be read.
pub fn form05(line: &SlipIssued, hash: Option<&Hash32>) -> Option<Form05> {
    let on = line.on.as_ref()?;
    Some(Form05 {
        letterhead: letterhead(&line.office),
        standing: standing(line, hash),
        issued: line.issued.parse().ok()?,
        filing: about(line, on)?,
        reason: line.reason.clone(),
        returned: line.items.clone(),
        clerk: line.clerk_name.clone(),
        sample: line.sample,
    })
}

fn about(line: &SlipIssued, on: &SlipOn) -> Option<AboutFiling> {
    let received: DateTime = on.received.parse().ok()?;
    let (id_kind, id_number) = identity(&line.applicant);
    Some(AboutFiling {
        applicant: line.applicant.name.clone(),
        id_number,
        id_kind,
        code: on.code.clone(),
        procedure: line.procedure.title.clone(),
        received: received.date(),
    })
}
