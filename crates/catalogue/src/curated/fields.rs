//! A procedure's own fields as the file writes them. Not here: how typed values are checked (domain).

use onedoor_domain::fields::{FieldKind, FieldOption, FieldSpec, Source, When};
use serde::Deserialize;

use super::Text;

#[derive(Deserialize)]
pub(super) struct Entry {
    id: String,
    label: Text,
    kind: KindEntry,
    required: bool,
    autofill: Option<SourceEntry>,
    case: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum KindEntry {
    Text { max: u16 },
    Number { min: i64, max: i64 },
    Date(WhenEntry),
    Birth,
    Choice(Vec<OptionEntry>),
    Place,
    Person,
}

#[derive(Deserialize)]
struct OptionEntry {
    id: String,
    label: Text,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhenEntry {
    Any,
    Past,
    Future,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SourceEntry {
    Applicant,
    ApplicantBirth,
    ApplicantSex,
    ApplicantId,
    ApplicantPassport,
    ApplicantNationality,
    ApplicantAddress,
    ApplicantPhone,
    Submitter,
    OfficePlace,
    Today,
}

impl Entry {
    pub(super) fn into_domain(self) -> FieldSpec {
        FieldSpec {
            id: self.id,
            label: self.label.into_domain(),
            kind: self.kind.into_domain(),
            required: self.required,
            autofill: self.autofill.map(SourceEntry::into_domain),
            case: self.case,
        }
    }
}

impl KindEntry {
    fn into_domain(self) -> FieldKind {
        match self {
            KindEntry::Text { max } => FieldKind::Text { max },
            KindEntry::Number { min, max } => FieldKind::Number { min, max },
            KindEntry::Date(when) => FieldKind::Date {
                when: when.into_domain(),
            },
            KindEntry::Birth => FieldKind::Birth,
            KindEntry::Choice(options) => FieldKind::Choice {
                options: options.into_iter().map(OptionEntry::into_domain).collect(),
            },
            KindEntry::Place => FieldKind::Place,
            KindEntry::Person => FieldKind::Person,
        }
    }
}

impl OptionEntry {
    fn into_domain(self) -> FieldOption {
        FieldOption {
            id: self.id,
            label: self.label.into_domain(),
        }
    }
}

impl WhenEntry {
    fn into_domain(self) -> When {
        match self {
            WhenEntry::Any => When::Any,
            WhenEntry::Past => When::Past,
            WhenEntry::Future => When::Future,
        }
    }
}

impl SourceEntry {
    fn into_domain(self) -> Source {
        match self {
            SourceEntry::Applicant => Source::Applicant,
            SourceEntry::ApplicantBirth => Source::ApplicantBirth,
            SourceEntry::ApplicantSex => Source::ApplicantSex,
            SourceEntry::ApplicantPassport => Source::ApplicantPassport,
            SourceEntry::ApplicantNationality => Source::ApplicantNationality,
            SourceEntry::ApplicantId => Source::ApplicantId,
            SourceEntry::ApplicantAddress => Source::ApplicantAddress,
            SourceEntry::ApplicantPhone => Source::ApplicantPhone,
            SourceEntry::Submitter => Source::Submitter,
            SourceEntry::OfficePlace => Source::OfficePlace,
            SourceEntry::Today => Source::Today,
        }
    }
}
