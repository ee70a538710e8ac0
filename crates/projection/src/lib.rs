//! The one projector: a journal line becomes changes of state. Used by the store for its own and foreign lines, and by
//! the centre, so that every counter and the centre know the same. Pure: no SQL, no clock, no IO.

mod about;
pub mod money;
pub mod register;
pub mod till;

use onedoor_domain::{
    code::DossierCode,
    filing::{LookUpOutcome, PaperState, Status, TakerRight},
    identity::Birth,
    text,
};
use onedoor_protocol::{
    Hash32,
    journal::{Body, FilingReceived, Line, PadRecord, PersonRecord, SlipIssued},
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
    /// A person of the register; `register::Entry` says what the records of one person come to.
    Person(Box<PersonState>),
    /// A filing was received.
    Filing(Box<FilingState>),
    /// A received filing was put right: the state as it is now. Numbers and day stay what they were.
    Corrected(Box<FilingState>),
    /// A form of a filing exists.
    Form(FormState),
    /// A filing has a new status.
    Status {
        /// Which.
        filing: Uuid,
        /// Its status.
        status: Status,
    },
    /// A filing's result is promised for another day.
    Due {
        /// Which.
        filing: Uuid,
        /// Local time.
        due: String,
    },
    /// Two entries of the register are one person.
    Merged {
        /// The entry that stays.
        kept: Uuid,
        /// The entry that now means the other.
        dropped: Uuid,
    },
    /// One of the forms 02 to 05 was given out.
    Slip(Box<SlipState>),
    /// A slip exists as a PDF; `filing` is the slip.
    SlipForm(FormState),
    /// Numbers were taken for sheets of paper.
    Pads(Vec<PadState>),
    /// A reserved number will never be used.
    Voided {
        /// The dossier code.
        code: String,
        /// Why.
        reason: String,
    },
    /// A filing got another system's official code.
    Bound {
        /// Which.
        filing: Uuid,
        /// The official code.
        official: String,
    },
    /// A paper to look up later was looked up.
    LookUp(Box<LookUpState>),
    /// The office's calendar, tariff or list of communes was set, from a day on.
    OfficeDocument(OfficeDocumentState),
    /// Money was taken or given back, or what is known of it changed.
    Money(Box<money::MoneyChange>),
    /// Something happened to the cash of a counter.
    Till(Box<till::TillState>),
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
    /// Papers that no database gave at the counter: a task for later.
    pub look_up: Vec<WaitingPaper>,
    /// What it is about where that has a name of its own: the birth of a child (`domain::filing::same_child`).
    pub about: Option<String>,
    /// The fee in minor units; none = not known here.
    pub fee: Option<i64>,
}

/// A paper of a filing that no database gave at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPaper {
    /// Id of the paper in the filing's checklist.
    pub document: String,
    /// Vietnamese name as printed.
    pub name: String,
    /// Why it could not be looked up.
    pub reason: String,
}

/// What came of looking a paper up later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUpState {
    /// The filing.
    pub filing: Uuid,
    /// Id of the paper in the filing's checklist.
    pub document: String,
    /// What came of it.
    pub outcome: LookUpOutcome,
    /// What the clerk noted, or empty.
    pub note: String,
}

/// A slip as lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipState {
    /// The slip.
    pub id: Uuid,
    /// The received filing that it is about.
    pub filing: Option<Uuid>,
    /// `02` to `05`.
    pub form: String,
    /// The form's own Số.
    pub form_number: u32,
    /// Procedure code.
    pub procedure: String,
    /// Vietnamese title.
    pub title: String,
    /// Register id of the applicant.
    pub person: Uuid,
    /// Name.
    pub applicant: String,
    /// Local time.
    pub issued: String,
}

/// One sheet of a pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadState {
    /// The dossier code printed on it.
    pub code: String,
    /// The form's own Số.
    pub form_number: u32,
    /// Business day of the number.
    pub day: String,
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

/// A document by which the office works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeDocumentState {
    /// Which of its rules: one of [`OFFICE_PARTS`].
    pub part: String,
    /// The day from which it holds.
    pub from: String,
    /// The document.
    pub sha256: Hash32,
    /// Its bytes; 0 where what ships with the program holds again.
    pub size: u64,
    /// Its name, for people.
    pub title: String,
}

/// The parts of an office's rules that it may set itself.
pub const OFFICE_PARTS: [&str; 3] = ["calendar", "tariff", "units"];

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
        | Body::IdentityRenewed(_)
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
        Body::FilingCorrected(now) => {
            let changes = received(&now.corrected, &line.stamp.day)?.into_iter();
            let corrected = |change| match change {
                Change::Filing(state) => Change::Corrected(state),
                other => other,
            };
            Ok(changes.map(corrected).collect())
        }
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
        Body::DueChanged(change) => {
            let real = change.due.at.parse::<jiff::civil::DateTime>().is_ok();
            if !real || !["supplement", "extension"].contains(&change.why.as_str()) {
                return Err(Unapplied::BadValue);
            }
            Ok(vec![Change::Due {
                filing: change.filing,
                due: change.due.at.clone(),
            }])
        }
        Body::HandedOver(given) => {
            let by = TakerRight::parse(&given.right).ok_or(Unapplied::BadValue)?;
            if by == TakerRight::Authorised && given.authority.is_empty() {
                return Err(Unapplied::BadValue);
            }
            Ok(vec![Change::Status {
                filing: given.filing,
                status: Status::HandedOver,
            }])
        }
        Body::PersonsMerged(merged) if merged.kept == merged.dropped => Err(Unapplied::BadValue),
        Body::PersonsMerged(merged) => Ok(vec![Change::Merged {
            kept: merged.kept,
            dropped: merged.dropped,
        }]),
        Body::SlipIssued(slip) => slip_issued(slip),
        Body::SlipRendered(form) => Ok(vec![Change::SlipForm(FormState {
            filing: form.slip,
            form: form.form.clone(),
            template: form.template.clone(),
            sha256: form.sha256,
            size: form.size,
        })]),
        Body::PadsReserved(reserved) => {
            let pads = reserved.pads.iter().map(pad).collect::<Option<Vec<_>>>();
            Ok(vec![Change::Pads(pads.ok_or(Unapplied::BadValue)?)])
        }
        Body::NumberVoided(voided) => Ok(vec![Change::Voided {
            code: voided.code.clone(),
            reason: voided.reason.clone(),
        }]),
        Body::CodeBound(bound) if bound.official.is_empty() => Err(Unapplied::BadValue),
        Body::CodeBound(bound) => Ok(vec![Change::Bound {
            filing: bound.filing,
            official: bound.official.clone(),
        }]),
        Body::LookUpSettled(settled) => {
            let outcome = LookUpOutcome::parse(&settled.outcome).ok_or(Unapplied::BadValue)?;
            Ok(vec![Change::LookUp(Box::new(LookUpState {
                filing: settled.filing,
                document: settled.document.clone(),
                outcome,
                note: settled.note.clone(),
            }))])
        }
        Body::OfficeDocumentSet(set) => {
            let day = set.from.parse::<jiff::civil::Date>();
            let plain = day.is_ok_and(|day| day.to_string() == set.from);
            if !plain || !OFFICE_PARTS.contains(&set.part.as_str()) {
                return Err(Unapplied::BadValue);
            }
            Ok(vec![Change::OfficeDocument(OfficeDocumentState {
                part: set.part.clone(),
                from: set.from.clone(),
                sha256: set.sha256,
                size: set.size,
                title: set.title.clone(),
            })])
        }
        Body::FeeTaken(_)
        | Body::FeeTransferConfirmed(_)
        | Body::FeeVoided(_)
        | Body::FeeRefunded(_)
        | Body::OfficialReceiptNoted(_)
        | Body::PaymentAccountSet(_) => money::project(line),
        Body::TillOpened(_) | Body::TillHandedOver(_) | Body::TillHandedIn(_) => {
            till::project(line)
        }
        Body::Printed(printed) => Ok(vec![Change::Touched {
            filing: printed.filing,
        }]),
        // Once more what it was when it was first written: the same ids, the same numbers.
        Body::LineReissued(_) => project(&line.reissued().ok_or(Unapplied::BadValue)?),
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
        look_up: not_reachable(filing),
        about: about::about(filing),
        fee: filing.fee.amount.as_deref().and_then(money::minor),
    };
    let mut changes = vec![entry(person), Change::Filing(Box::new(state))];
    if let Some(behalf) = &filing.details.behalf {
        changes.push(entry(&behalf.submitter));
    }
    Ok(changes)
}

/// The papers to look up later, each once, by the state's word in the domain.
fn not_reachable(filing: &FilingReceived) -> Vec<WaitingPaper> {
    let mut found: Vec<WaitingPaper> = Vec::new();
    for paper in &filing.papers {
        let waits = paper.state == PaperState::NotReachable.as_str();
        if waits && found.iter().all(|known| known.document != paper.document) {
            found.push(WaitingPaper {
                document: paper.document.clone(),
                name: paper.name.clone(),
                reason: paper.reason.clone(),
            });
        }
    }
    found
}

fn entry(person: &PersonRecord) -> Change {
    Change::Person(Box::new(PersonState {
        record: person.clone(),
        name_fold: text::fold(&person.name),
    }))
}

fn slip_issued(slip: &SlipIssued) -> Result<Vec<Change>, Unapplied> {
    let is_time = |text: &str| text.parse::<jiff::civil::DateTime>().is_ok();
    let known = match (slip.form.as_str(), &slip.on) {
        ("02" | "03", _) | ("05", Some(_)) => true,
        ("04", Some(on)) => is_time(&on.promised),
        _ => false,
    };
    if !known || !is_time(&slip.issued) || slip.applicant.name.is_empty() {
        return Err(Unapplied::BadValue);
    }
    let state = SlipState {
        id: slip.slip,
        filing: slip.on.as_ref().map(|on| on.filing),
        form: slip.form.clone(),
        form_number: slip.form_number,
        procedure: slip.procedure.code.clone(),
        title: slip.procedure.title.clone(),
        person: slip.applicant.person,
        applicant: slip.applicant.name.clone(),
        issued: slip.issued.clone(),
    };
    Ok(vec![entry(&slip.applicant), Change::Slip(Box::new(state))])
}

/// None when the number is no dossier code.
fn pad(record: &PadRecord) -> Option<PadState> {
    let code = DossierCode::parse(&record.code)?;
    Some(PadState {
        code: record.code.clone(),
        form_number: record.form_number,
        day: code.day.to_string(),
    })
}
