//! Between what was typed, what the rules check, and what a line records. Pure conversions: nothing is judged here.

use crate::{dto::*, views};
use onedoor_domain::{
    filing::{CheckedFiling, CheckedPerson, DraftInput, GiveBack, Paper, PaperState, PersonInput},
    identity::Sex,
    procedure::Procedure,
    text,
};
use onedoor_protocol::journal::{PaperRecord, PersonRecord};
use uuid::Uuid;

pub(crate) fn person_values(record: PersonRecord) -> PersonValues {
    PersonValues {
        person: record.person.to_string(),
        name: record.name,
        birth: views::birth_text(&record.birth),
        sex: match record.sex.as_deref() {
            Some("male") => Some(SexChoice::Male),
            Some("female") => Some(SexChoice::Female),
            _ => None,
        },
        id_number: record.id_number,
        address: record.address,
        phone: record.phone,
        email: record.email,
    }
}

pub(crate) fn person_record(person: Uuid, checked: &CheckedPerson) -> PersonRecord {
    PersonRecord {
        person,
        name: checked.name.clone(),
        birth: checked.birth.to_wire(),
        sex: checked.sex.map(|sex| sex.as_str().to_string()),
        id_number: checked
            .id_number
            .as_ref()
            .map(|id| id.as_str().to_string())
            .unwrap_or_default(),
        address: checked.address.clone(),
        phone: checked.phone.clone(),
        email: checked.email.clone(),
    }
}

pub(crate) fn paper_record(procedure: &Procedure, paper: &Paper) -> Option<PaperRecord> {
    let document = procedure
        .documents
        .iter()
        .find(|document| document.id == paper.document)?;
    Some(PaperRecord {
        document: paper.document.clone(),
        name: document.name.vi.clone(),
        state: paper.state?.as_str().to_string(),
        copies: paper.copies,
        reason: paper.reason.clone(),
    })
}

fn number<T: std::str::FromStr>(typed: &str, empty: T, wrong: T) -> T {
    let typed = typed.trim();
    if typed.is_empty() {
        empty
    } else {
        typed.parse().unwrap_or(wrong)
    }
}

pub(crate) fn draft_input(values: &DraftValues) -> DraftInput {
    let person = &values.applicant;
    DraftInput {
        procedure: (!values.procedure.is_empty()).then(|| values.procedure.clone()),
        applicant: PersonInput {
            name: person.name.clone(),
            birth: person.birth.clone(),
            sex: person.sex.map(|sex| match sex {
                SexChoice::Male => Sex::Male,
                SexChoice::Female => Sex::Female,
            }),
            id_number: person.id_number.clone(),
            address: person.address.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
        },
        papers: values.papers.iter().map(paper_input).collect(),
        sets: number(&values.sets, 1, 0),
        copies: number(&values.copies, 1, 0),
        content: values.content.clone(),
        give_back: match values.give_back {
            GiveBackChoice::AtCounter => GiveBack::AtCounter,
            GiveBackChoice::ByPost => GiveBack::ByPost,
            GiveBackChoice::Electronic => GiveBack::Electronic,
        },
        note: String::new(),
    }
}

fn paper_input(paper: &PaperValue) -> Paper {
    let state = paper.state.map(|state| match state {
        PaperStateChoice::Original => PaperState::Original,
        PaperStateChoice::Copy => PaperState::Copy,
        PaperStateChoice::Certified => PaperState::Certified,
        PaperStateChoice::Shown => PaperState::Shown,
        PaperStateChoice::FromDatabase => PaperState::FromDatabase,
        PaperStateChoice::NotReachable => PaperState::NotReachable,
        PaperStateChoice::Missing => PaperState::Missing,
    });
    Paper {
        document: paper.document.clone(),
        state,
        copies: paper.copies,
        reason: paper.reason.clone(),
    }
}

/// For the preview only: what is typed, made drawable; what can't be read stays empty on the paper.
pub(crate) fn as_typed(input: &DraftInput) -> CheckedFiling {
    let drawn = |typed: &str| -> String {
        let visible = typed
            .chars()
            .filter(|letter| !letter.is_control())
            .take(text::MAX_NAME);
        text::nfc(&visible.collect::<String>()).trim().to_string()
    };
    let person = &input.applicant;
    CheckedFiling {
        procedure: input.procedure.clone().unwrap_or_default(),
        procedure_version: 0,
        applicant: CheckedPerson {
            name: drawn(&person.name),
            birth: onedoor_domain::identity::Birth::Unknown,
            sex: person.sex,
            id_number: onedoor_domain::identity::PersonalId::parse(&person.id_number).ok(),
            address: drawn(&person.address),
            phone: drawn(&person.phone),
            email: drawn(&person.email),
        },
        papers: input
            .papers
            .iter()
            .filter(|paper| paper.state.is_some())
            .cloned()
            .collect(),
        sets: input.sets,
        copies: input.copies,
        content: drawn(&input.content),
        give_back: input.give_back,
        note: String::new(),
    }
}
