//! Between what was typed, what the rules check, and what a line records. Pure conversions: nothing is judged here.

use crate::{dto::*, views};
use onedoor_domain::{
    filing::{
        BehalfInput, CheckedBehalf, CheckedFiling, CheckedPerson, DraftInput, GiveBack,
        IdentityInput, Paper, PaperState, PersonInput,
    },
    identity::Sex,
    procedure::Procedure,
    text,
};
use onedoor_protocol::journal::{
    BehalfRecord, FieldRecord, FilingDetails, IdentityRecord, PaperRecord, PersonRecord,
};
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
        identity: IdentityValues {
            organisation: record.identity.organisation,
            tax_code: record.identity.tax_code,
            passport: record.identity.passport,
            nationality: record.identity.nationality,
            commune: record.identity.commune,
            former_address: record.identity.former_address,
        },
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
        identity: identity_record(&checked.identity),
    }
}

fn identity_record(checked: &IdentityInput) -> IdentityRecord {
    IdentityRecord {
        organisation: checked.organisation,
        tax_code: checked.tax_code.clone(),
        passport: checked.passport.clone(),
        nationality: checked.nationality.clone(),
        commune: checked.commune.clone(),
        former_address: checked.former_address.clone(),
    }
}

/// What only some filings have, as the line keeps it; `submitter` is the register's entry of who stands here.
pub(crate) fn details(
    procedure: Option<&Procedure>,
    clean: &CheckedFiling,
    submitter: Uuid,
) -> FilingDetails {
    let spec = |id: &str| procedure.and_then(|p| p.fields.iter().find(|field| field.id == id));
    FilingDetails {
        behalf: clean.behalf.as_ref().map(|behalf| BehalfRecord {
            submitter: person_record(submitter, &behalf.submitter),
            authority: behalf.authority.clone(),
        }),
        cases: clean.cases.clone(),
        fields: clean
            .fields
            .iter()
            .filter_map(|field| {
                let spec = spec(&field.id)?;
                Some(FieldRecord {
                    id: field.id.clone(),
                    label: spec.label.vi.clone(),
                    value: views::field_text(spec, field.value.as_ref()?),
                })
            })
            .collect(),
        ..FilingDetails::default()
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
    DraftInput {
        procedure: (!values.procedure.is_empty()).then(|| values.procedure.clone()),
        applicant: person_input(&values.applicant),
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
        behalf: values.behalf.as_ref().map(|behalf| BehalfInput {
            submitter: person_input(&behalf.submitter),
            authority: behalf.authority.clone(),
        }),
        cases: values.cases.clone(),
        fields: values
            .fields
            .iter()
            .map(|(path, typed)| (path.clone(), typed.clone()))
            .collect(),
    }
}

fn person_input(person: &PersonValues) -> PersonInput {
    let identity = &person.identity;
    PersonInput {
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
        identity: IdentityInput {
            organisation: identity.organisation,
            tax_code: identity.tax_code.clone(),
            passport: identity.passport.clone(),
            nationality: identity.nationality.clone(),
            commune: identity.commune.clone(),
            former_address: identity.former_address.clone(),
        },
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
    let person = |person: &PersonInput| CheckedPerson {
        name: drawn(&person.name),
        birth: onedoor_domain::identity::Birth::Unknown,
        sex: person.sex,
        id_number: onedoor_domain::identity::PersonalId::parse(&person.id_number).ok(),
        address: drawn(&person.address),
        phone: drawn(&person.phone),
        email: drawn(&person.email),
        identity: IdentityInput {
            tax_code: drawn(&person.identity.tax_code),
            passport: drawn(&person.identity.passport),
            nationality: drawn(&person.identity.nationality),
            ..person.identity.clone()
        },
    };
    CheckedFiling {
        procedure: input.procedure.clone().unwrap_or_default(),
        procedure_version: 0,
        applicant: person(&input.applicant),
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
        behalf: input.behalf.as_ref().map(|behalf| CheckedBehalf {
            submitter: person(&behalf.submitter),
            authority: drawn(&behalf.authority),
        }),
        cases: input.cases.clone(),
        fields: Vec::new(),
    }
}
