//! The one projector: a journal line becomes changes of state. Used by the store for its own and foreign lines, and by
//! the centre, so that every counter and the centre know the same. Pure: no SQL, no clock, no IO.

use onedoor_domain::{code::DossierCode, filing::Status, identity::Birth, text};
use onedoor_protocol::{
    Hash32,
    journal::{Body, FilingReceived, Line, PersonRecord},
};
use uuid::Uuid;

/// One change of state. Applying the same change twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A clerk's name and role.
    Staff {
        /// Who.
        clerk: Uuid,
        /// Full name.
        name: String,
        /// `clerk`, `supervisor`, `admin`.
        role: String,
    },
    /// A person of the register, newest record wins.
    Person(PersonState),
    /// A filing was received.
    Filing(Box<FilingState>),
    /// A form of a filing exists.
    Form(FormState),
    /// A filing has a new status.
    Status {
        /// Which.
        filing: Uuid,
        /// Its status.
        status: Status,
    },
    /// Something happened to a filing that changes none of its fields (printed).
    Touched {
        /// Which.
        filing: Uuid,
    },
}

/// A person of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonState {
    /// As recorded.
    pub record: PersonRecord,
    /// Name without marks, for search.
    pub name_fold: String,
}

/// A filing as lists and searches need it; the line itself keeps the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingState {
    /// The filing.
    pub id: Uuid,
    /// Legal number.
    pub code: Option<String>,
    /// Provisional number.
    pub provisional: Option<String>,
    /// Procedure code.
    pub procedure: String,
    /// Vietnamese title.
    pub title: String,
    /// English title.
    pub title_en: Option<String>,
    /// Register id of the applicant.
    pub person: Uuid,
    /// Name.
    pub applicant: String,
    /// Birth on the wire's form.
    pub birth: String,
    /// 12 digits or empty.
    pub id_number: String,
    /// Telephone or empty.
    pub phone: String,
    /// Local time.
    pub received: String,
    /// Local time.
    pub due: String,
    /// Business day.
    pub day: String,
    /// Name, title and code without marks, for search.
    pub fold: String,
}

/// A stored form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormState {
    /// Whose.
    pub filing: Uuid,
    /// `01`.
    pub form: String,
    /// Template version.
    pub template: String,
    /// The PDF.
    pub sha256: Hash32,
    /// Its bytes.
    pub size: u64,
}

/// Why a line can't be applied. It stays in the journal and never delays the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unapplied {
    /// A type of a newer program.
    UnknownType,
    /// A value that the rules don't know.
    BadValue,
}

impl Unapplied {
    /// The code on the wire and in the tray.
    pub fn code(self) -> &'static str {
        match self {
            Unapplied::UnknownType => "unknown_type",
            Unapplied::BadValue => "bad_value",
        }
    }
}

/// What a line changes.
pub fn project(line: &Line) -> Result<Vec<Change>, Unapplied> {
    match &line.body {
        // A look is on record, but it changes neither the filing nor where it is.
        Body::WorkstationEnrolled(_)
        | Body::StaffReset(_)
        | Body::RecoveryRenewed(_)
        | Body::SessionOpened(_)
        | Body::ClockConfirmed(_)
        | Body::Looked(_) => Ok(Vec::new()),
        Body::StaffAdded(staff) => Ok(vec![Change::Staff {
            clerk: staff.clerk,
            name: staff.name.clone(),
            role: staff.role.clone(),
        }]),
        Body::FilingReceived(filing) => received(filing, &line.stamp.day),
        Body::FormRendered(form) => Ok(vec![Change::Form(FormState {
            filing: form.filing,
            form: form.form.clone(),
            template: form.template.clone(),
            sha256: form.sha256,
            size: form.size,
        })]),
        Body::StatusChanged(change) => {
            let status = Status::parse(&change.status).ok_or(Unapplied::BadValue)?;
            Ok(vec![Change::Status {
                filing: change.filing,
                status,
            }])
        }
        Body::Printed(printed) => Ok(vec![Change::Touched {
            filing: printed.filing,
        }]),
        Body::Unknown { .. } => Err(Unapplied::UnknownType),
    }
}

fn received(filing: &FilingReceived, day: &str) -> Result<Vec<Change>, Unapplied> {
    let person = &filing.applicant;
    let numbered = filing
        .code
        .as_deref()
        .is_some_and(|code| DossierCode::parse(code).is_some());
    let known_birth = Birth::from_wire(&person.birth).is_some();
    let times = [&filing.received, &filing.due.at];
    let real_times = times
        .iter()
        .all(|time| time.parse::<jiff::civil::DateTime>().is_ok());
    if !(numbered || filing.provisional.is_some())
        || !known_birth
        || !real_times
        || person.name.is_empty()
    {
        return Err(Unapplied::BadValue);
    }
    let number = filing
        .code
        .iter()
        .chain(&filing.provisional)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let fold = text::fold(&format!(
        "{} {} {number}",
        person.name, filing.procedure.title
    ));
    let state = FilingState {
        id: filing.filing,
        code: filing.code.clone(),
        provisional: filing.provisional.clone(),
        procedure: filing.procedure.code.clone(),
        title: filing.procedure.title.clone(),
        title_en: filing.procedure.title_en.clone(),
        person: person.person,
        applicant: person.name.clone(),
        birth: person.birth.clone(),
        id_number: person.id_number.clone(),
        phone: person.phone.clone(),
        received: filing.received.clone(),
        due: filing.due.at.clone(),
        day: day.to_string(),
        fold,
    };
    let register = PersonState {
        record: person.clone(),
        name_fold: text::fold(&person.name),
    };
    Ok(vec![
        Change::Person(register),
        Change::Filing(Box::new(state)),
    ])
}
