//! Journal lines: the event types and their bytes. A line is JSON without a raw newline; what is hashed, signed and
//! kept is always the bytes, never a re-serialisation. Unknown types are kept as they came.
//! Not here: sequence numbers and hashes, which the store gives in its transaction.

use crate::chain::Hash32;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// What every line carries beside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Position in the workstation's journal, from 1, without gaps.
    pub seq: u64,
    /// Hybrid logical clock: 48 bits of milliseconds, 16 bits of counter.
    pub hlc: u64,
    /// The office's wall clock, `YYYY-MM-DDTHH:MM:SS.mmm±HH:MM`.
    pub wall: String,
    /// Which start of the machine.
    pub boot: Uuid,
    /// Milliseconds since that start.
    pub mono: u64,
    /// Business day, `YYYY-MM-DD`.
    pub day: String,
    /// Who did it; none = the program itself.
    pub clerk: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    t: std::borrow::Cow<'a, str>,
    v: u32,
    seq: u64,
    hlc: String,
    wall: String,
    boot: Uuid,
    mono: String,
    day: String,
    clerk: Option<Uuid>,
    /// The filing the line is about.
    dossier: Option<Uuid>,
    /// Server version that the writer had seen; only for changes of what another office may change.
    base: Option<u64>,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its stamp.
    pub stamp: Stamp,
    /// The filing it is about.
    pub dossier: Option<Uuid>,
    /// What happened.
    pub body: Body,
}

impl Line {
    /// The line that this one brings again from an ended journal; none when it brings none, or one that does so itself.
    pub fn reissued(&self) -> Option<Line> {
        let Body::LineReissued(again) = &self.body else {
            return None;
        };
        let line = decode(again.line.as_bytes()).ok()?;
        (!matches!(line.body, Body::LineReissued(_))).then_some(line)
    }

    /// The hybrid clock of what happened: of a line that came again, when it was first written.
    pub fn happened(&self) -> u64 {
        self.reissued()
            .map_or(self.stamp.hlc, |line| line.stamp.hlc)
    }
}

/// A line that can't be read as one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a journal line: {0}")]
pub struct LineError(pub String);

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $tag:literal $version:literal, dossier $dossier:expr;)*) => {
        /// What happened. One variant a type; `Unknown` for types of a newer program.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body {
            $($(#[$doc])* $name(Box<$name>),)*
            /// A type or version this program does not know. Stored, passed on, not applied.
            Unknown { /** Its type. */ t: String, /** Its version. */ v: u32 },
        }

        /// Every type and version that this program writes.
        pub const KINDS: &[(&str, u32)] = &[$(($tag, $version)),*];

        impl Body {
            /// The type's name on the wire.
            pub fn tag(&self) -> &str {
                match self {
                    $(Body::$name(_) => $tag,)*
                    Body::Unknown { t, .. } => t,
                }
            }

            fn parts(&self) -> Result<(&str, u32, Option<Uuid>, Box<RawValue>), LineError> {
                match self {
                    $(Body::$name(body) => {
                        let dossier: fn(&$name) -> Option<Uuid> = $dossier;
                        Ok(($tag, $version, dossier(body), serde_json::value::to_raw_value(body).map_err(wrong)?))
                    })*
                    Body::Unknown { t, .. } => Err(LineError(format!("{t} can't be written by this program"))),
                }
            }

            fn read(t: &str, v: u32, raw: &RawValue) -> Result<Self, LineError> {
                match (t, v) {
                    $(($tag, $version) => Ok(Body::$name(Box::new(serde_json::from_str(raw.get()).map_err(wrong)?))),)*
                    _ => Ok(Body::Unknown { t: t.to_string(), v }),
                }
            }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Body {
                Body::$name(Box::new(body))
            }
        })*
    };
}

fn wrong(error: serde_json::Error) -> LineError {
    LineError(error.to_string())
}

bodies! {
    /// The workstation joined its office: always line 1.
    WorkstationEnrolled = "workstation_enrolled" 1, dossier |_| None;
    /// The PC goes on under a new identity; its old journal ended. Follows line 1.
    IdentityRenewed = "identity_renewed" 1, dossier |_| None;
    /// A line that only the ended journal of this PC has, as it stood there.
    LineReissued = "line_reissued" 1, dossier |body| decode(body.line.as_bytes()).ok()?.dossier;
    /// A clerk was named, or got a new password slot.
    StaffAdded = "staff_added" 1, dossier |_| None;
    /// A clerk's slot was made anew, by a supervisor or with the recovery paper.
    StaffReset = "staff_reset" 1, dossier |_| None;
    /// The recovery paper was made anew; the old one opens nothing any more.
    RecoveryRenewed = "recovery_renewed" 1, dossier |_| None;
    /// Somebody signed in.
    SessionOpened = "session_opened" 1, dossier |_| None;
    /// The clock was confirmed after a start.
    ClockConfirmed = "clock_confirmed" 1, dossier |_| None;
    /// A filing was received: the whole of form 01 is a function of this line.
    FilingReceived = "filing_received" 1, dossier |body| Some(body.filing);
    /// A received filing was put right: all of it as it is now. Its number stays, and the paper of before is superseded.
    FilingCorrected = "filing_corrected" 1, dossier |body| Some(body.corrected.filing);
    /// A form exists as a stored PDF.
    FormRendered = "form_rendered" 1, dossier |body| Some(body.filing);
    /// A form was printed, or opened to be printed elsewhere.
    Printed = "printed" 1, dossier |body| Some(body.filing);
    /// The filing moved on (demo and later issues: transferred, result ready, handed over, …).
    StatusChanged = "status_changed" 1, dossier |body| Some(body.filing);
    /// The day on which the result is promised is another: what was lacking has come, or a later day with an apology.
    DueChanged = "due_changed" 1, dossier |body| Some(body.filing);
    /// The result was handed over: to whom, and by what right.
    HandedOver = "handed_over" 1, dossier |body| Some(body.filing);
    /// Two entries of the register are one person; what was filed under either stays as it was filed.
    PersonsMerged = "persons_merged" 1, dossier |_| None;
    /// Form 02 or 03 was given out instead of receiving, or 02 to 05 with an act on a filing: the whole of it is a
    /// function of this line.
    SlipIssued = "slip_issued" 1, dossier |body| Some(body.on.as_ref().map_or(body.slip, |on| on.filing));
    /// A slip exists as a stored PDF.
    SlipRendered = "slip_rendered" 1, dossier |body| Some(body.slip);
    /// Numbers were taken for pads of form 01 that are printed ahead, for hours without power.
    PadsReserved = "pads_reserved" 1, dossier |_| None;
    /// A reserved number will never be used.
    NumberVoided = "number_voided" 1, dossier |_| None;
    /// Another system gave the filing its official code; the one on paper stays as it is.
    CodeBound = "code_bound" 1, dossier |body| Some(body.filing);
    /// A paper that no database gave at the counter was looked up again.
    LookUpSettled = "lookup_settled" 1, dossier |body| Some(body.filing);
    /// The office's calendar, tariff or list of communes was set, from a day on.
    OfficeDocumentSet = "office_document_set" 1, dossier |_| None;
    /// A filing's fee, or a part of it, was taken; of a transfer the payer says so.
    FeeTaken = "fee_taken" 1, dossier |body| Some(body.filing);
    /// A transfer was seen on the office's account.
    FeeTransferConfirmed = "fee_transfer_confirmed" 1, dossier |body| Some(body.filing);
    /// A payment was entered by mistake: it never happened.
    FeeVoided = "fee_voided" 1, dossier |body| Some(body.filing);
    /// Something of a payment went back.
    FeeRefunded = "fee_refunded" 1, dossier |body| Some(body.filing);
    /// The official receipt of a payment has this number.
    OfficialReceiptNoted = "official_receipt_noted" 1, dossier |body| Some(body.filing);
    /// Fees are transferred to this account.
    PaymentAccountSet = "payment_account_set" 1, dossier |_| None;
    /// The cash of a counter begins with its float.
    TillOpened = "till_opened" 1, dossier |_| None;
    /// A colleague answers for the cash from now on.
    TillHandedOver = "till_handed_over" 1, dossier |_| None;
    /// The cash went to the accountant: the whole of the sheet is a function of this line.
    TillHandedIn = "till_handed_in" 1, dossier |body| Some(body.till);
    /// A person's record was opened on the screen.
    Looked = "looked" 1, dossier |body| Some(body.filing);
}

/// Declares structs as they stand on the wire.
macro_rules! wire {
    ($($(#[$m:meta])* pub struct $name:ident { $($(#[$f:meta])* $field:ident: $ty:ty,)* })*) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $($(#[$f])* pub $field: $ty,)* }
    )*};
}

mod filing;
mod money;
mod till;

pub use filing::*;
pub use money::*;
pub use till::*;

wire! {
    /// See [`Body::WorkstationEnrolled`].
    pub struct WorkstationEnrolled {
        /// The enrolment as the centre gave it.
        enrolment: crate::enrol::Enrolment,
        /// This workstation's public key, hex.
        public_key: String,
        /// Address of the centre.
        centre: String,
    }

    /// See [`Body::IdentityRenewed`].
    pub struct IdentityRenewed {
        /// The workstation that this PC was.
        former: Uuid,
        /// The last line of its journal.
        last: u64,
        /// The chain's hash after it.
        head: Hash32,
        /// Lines that the centre had countersigned: the others are held against the office's feed.
        confirmed: u64,
        /// `forked`, `store_restored` or `other_machine`.
        why: String,
    }

    /// See [`Body::LineReissued`].
    pub struct LineReissued {
        /// The workstation that this PC was.
        ws: Uuid,
        /// The line's number there.
        seq: u64,
        /// The chain's hash after it there: its beginning stands on the paper.
        hash: Hash32,
        /// Its bytes as text.
        line: String,
    }

    /// See [`Body::StaffAdded`].
    pub struct StaffAdded {
        /// The clerk.
        clerk: Uuid,
        /// Full name.
        name: String,
        /// `clerk`, `supervisor` or `admin`.
        role: String,
    }

    /// See [`Body::StaffReset`].
    pub struct StaffReset {
        /// Whose slot.
        clerk: Uuid,
        /// `supervisor` or `recovery_paper`.
        by: String,
    }

    /// See [`Body::RecoveryRenewed`].
    pub struct RecoveryRenewed {
        /// Id of the new paper's key slot.
        slot: Uuid,
    }

    /// See [`Body::SessionOpened`].
    pub struct SessionOpened {
        /// `password`, `recovery_paper` or `demo`.
        how: String,
    }

    /// See [`Body::ClockConfirmed`].
    pub struct ClockConfirmed {
        /// What the clerk confirmed, local, to the minute.
        at: String,
        /// What the program had proposed; none = nothing.
        proposed: Option<String>,
        /// `behind_last_event` or `far_ahead` when it was asked twice.
        doubt: Option<String>,
    }

    /// See [`Body::FormRendered`].
    pub struct FormRendered {
        /// The filing.
        filing: Uuid,
        /// `01`.
        form: String,
        /// Version of the template.
        template: String,
        /// SHA-256 of the PDF.
        sha256: Hash32,
        /// Its bytes.
        size: u64,
    }

    /// See [`Body::SlipRendered`].
    pub struct SlipRendered {
        /// The slip.
        slip: Uuid,
        /// `02` or `03`.
        form: String,
        /// Version of the template.
        template: String,
        /// SHA-256 of the PDF.
        sha256: Hash32,
        /// Its bytes.
        size: u64,
    }

    /// See [`Body::Printed`].
    pub struct Printed {
        /// The filing.
        filing: Uuid,
        /// `01`.
        form: String,
        /// The PDF that was printed.
        sha256: Hash32,
        /// `printer` or `opened`.
        how: String,
    }

    /// See [`Body::StatusChanged`].
    pub struct StatusChanged {
        /// The filing.
        filing: Uuid,
        /// The status it has now, in the words of `domain::filing::Status`.
        status: String,
        /// Why, where needed.
        reason: String,
        /// Who in charge approved it on the clerk's own screen; none where whoever did it may.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<Uuid>,
    }

    /// See [`Body::DueChanged`].
    pub struct DueChanged {
        /// The filing.
        filing: Uuid,
        /// The new promise.
        due: DueRecord,
        /// `supplement` (counted anew from now) or `extension` (once, with form 04).
        why: String,
        /// Who in charge approved it on the clerk's own screen; none where whoever did it may.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<Uuid>,
    }

    /// See [`Body::HandedOver`].
    pub struct HandedOver {
        /// The filing.
        filing: Uuid,
        /// `applicant`, `submitter` or `authorised`.
        right: String,
        /// Name of who took it.
        taker: String,
        /// The taker's 12 digits, passport or other number as it was shown; empty where none was.
        id_number: String,
        /// The paper that authorises the taker; empty unless `authorised`.
        authority: String,
    }

    /// See [`Body::PersonsMerged`].
    pub struct PersonsMerged {
        /// The entry that stays.
        kept: Uuid,
        /// The entry that from now on means the other.
        dropped: Uuid,
    }

    /// See [`Body::PadsReserved`].
    pub struct PadsReserved {
        /// Each sheet's number and the form's own Số.
        pads: Vec<PadRecord>,
    }

    /// One sheet of a pad.
    pub struct PadRecord {
        /// The dossier code printed on it.
        code: String,
        /// The form's own Số.
        form_number: u32,
    }

    /// See [`Body::NumberVoided`].
    pub struct NumberVoided {
        /// The dossier code.
        code: String,
        /// Why.
        reason: String,
    }

    /// See [`Body::CodeBound`].
    pub struct CodeBound {
        /// The filing.
        filing: Uuid,
        /// The other system's code.
        official: String,
        /// Whose code it is.
        system: String,
    }

    /// See [`Body::LookUpSettled`].
    pub struct LookUpSettled {
        /// The filing.
        filing: Uuid,
        /// Id of the paper in the filing's checklist.
        document: String,
        /// `found` or `missing`.
        outcome: String,
        /// What the clerk noted, or empty.
        note: String,
    }

    /// See [`Body::OfficeDocumentSet`].
    pub struct OfficeDocumentSet {
        /// `calendar`, `tariff` or `units`.
        part: String,
        /// The day from which it holds, `YYYY-MM-DD`.
        from: String,
        /// SHA-256 of the document as it was imported; of nothing where what ships with the program holds again.
        sha256: Hash32,
        /// Its bytes; 0 where what ships with the program holds again.
        size: u64,
        /// Its name, for people.
        title: String,
    }

    /// See [`Body::Looked`].
    pub struct Looked {
        /// The filing whose record was opened.
        filing: Uuid,
    }
}

/// The bytes of a line.
pub fn encode(stamp: &Stamp, body: &Body) -> Result<Vec<u8>, LineError> {
    let (t, v, dossier, raw) = body.parts()?;
    let envelope = Envelope {
        t: t.into(),
        v,
        seq: stamp.seq,
        hlc: stamp.hlc.to_string(),
        wall: stamp.wall.clone(),
        boot: stamp.boot,
        mono: stamp.mono.to_string(),
        day: stamp.day.clone(),
        clerk: stamp.clerk,
        dossier,
        base: None,
        body: &raw,
    };
    serde_json::to_vec(&envelope).map_err(wrong)
}

/// Reads a line. Types of a newer program become [`Body::Unknown`]; only bytes that are no line fail.
pub fn decode(line: &[u8]) -> Result<Line, LineError> {
    let envelope: Envelope = serde_json::from_slice(line).map_err(wrong)?;
    let digits = |text: &str| {
        text.parse::<u64>()
            .map_err(|_| LineError(format!("{text} is no number")))
    };
    let body = Body::read(&envelope.t, envelope.v, envelope.body)?;
    let stamp = Stamp {
        seq: envelope.seq,
        hlc: digits(&envelope.hlc)?,
        wall: envelope.wall,
        boot: envelope.boot,
        mono: digits(&envelope.mono)?,
        day: envelope.day,
        clerk: envelope.clerk,
    };
    Ok(Line {
        stamp,
        dossier: envelope.dossier,
        body,
    })
}

/// The hybrid logical clock after an event at `wall_ms` (milliseconds since 1970): never goes backwards.
pub fn next_hlc(previous: u64, wall_ms: u64) -> u64 {
    let wall = wall_ms << 16;
    if wall > previous { wall } else { previous + 1 }
}
