//! The parts of lines about filings and slips, as they stand on the wire. Parts that came later are left out where they
//! are empty, so that the bytes of older lines stay as they are. Not here: the envelope.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

wire! {
    /// See [`Body::FilingReceived`]. Texts are NFC.
    pub struct FilingReceived {
        /// The filing, UUIDv7.
        filing: Uuid,
        /// Its legal number; none while only provisional.
        code: Option<String>,
        /// The provisional number, when there is no lease for the day.
        provisional: Option<String>,
        /// The form's own Số: per counter, form and year.
        form_number: u32,
        /// Version of the form's template.
        template: String,
        /// The office as printed.
        office: crate::enrol::Office,
        /// The counter.
        counter: crate::enrol::Counter,
        /// The procedure as it stood.
        procedure: ProcedureRef,
        /// Whose matter it is.
        applicant: PersonRecord,
        /// What is asked for.
        content: String,
        /// The checklist as ticked.
        papers: Vec<PaperRecord>,
        /// Sets handed in (bộ).
        sets: u16,
        /// Copies asked for.
        copies: u32,
        /// When, local, to the second.
        received: String,
        /// The promise.
        due: DueRecord,
        /// The fee.
        fee: FeeRecord,
        /// `at_counter`, `by_post`, `electronic`.
        give_back: String,
        /// The clerk's name as printed.
        clerk_name: String,
        /// Sample data: printed on the form.
        sample: bool,
        /// What only some filings have.
        #[serde(default, skip_serializing_if = "FilingDetails::is_empty")]
        details: FilingDetails,
    }

    /// See [`Body::FilingCorrected`].
    pub struct FilingCorrected {
        /// Why.
        reason: String,
        /// The filing as it is from now on, with the number and the time of receiving that it had.
        corrected: FilingReceived,
    }

    /// A procedure as cited by a filing.
    pub struct ProcedureRef {
        /// National code.
        code: String,
        /// Version of the catalogue's entry.
        version: u32,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// The time limit in the law's words.
        term_text: String,
    }

    /// A person as recorded with a filing; the register is built from these.
    pub struct PersonRecord {
        /// Register id, UUIDv7.
        person: Uuid,
        /// Full name, every letter kept.
        name: String,
        /// `1990-03-15`, `1950-03`, `1950` or empty.
        birth: String,
        /// `male`, `female` or none.
        sex: Option<String>,
        /// 12 digits (or the old 9), or empty.
        id_number: String,
        /// As typed.
        address: String,
        /// Normalised, or empty.
        phone: String,
        /// Or empty.
        email: String,
        /// What only some persons have.
        #[serde(default, skip_serializing_if = "IdentityRecord::is_empty")]
        identity: IdentityRecord,
    }

    /// A line of the checklist as ticked.
    pub struct PaperRecord {
        /// Id in the procedure's version.
        document: String,
        /// Vietnamese name as printed.
        name: String,
        /// `original`, `copy`, `certified`, `shown`, `from_database`, `not_reachable`, `missing`.
        state: String,
        /// How many.
        copies: u16,
        /// Why, where the state needs a reason.
        reason: String,
    }

    /// A due date and what it came from.
    pub struct DueRecord {
        /// Local, to the minute.
        at: String,
        /// `same_day`, `working_days`, `days`, `months`, `hours`.
        term: String,
        /// How many; 0 for same-day.
        n: u16,
        /// The cut-off of same-day procedures, `HH:MM`.
        cutoff: Option<String>,
        /// Counting began on the next working day.
        next_working_day: bool,
        /// The last day was off; this was it.
        moved_from: Option<String>,
        /// False beyond the last published calendar.
        published: bool,
        /// Days off between receipt and due date, with their names.
        off: Vec<OffRecord>,
        /// Version of the calendar by which it was counted; 0 where the line does not say.
        #[serde(default, skip_serializing_if = "is_zero")]
        calendar: u32,
    }

    /// A day off inside a term.
    pub struct OffRecord {
        /// `YYYY-MM-DD`.
        date: String,
        /// Vietnamese name.
        vi: String,
        /// English name.
        en: String,
        /// Whose day off: `vietnam`, `host`, `both`, `office`; empty for the weekly rest.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        whose: String,
    }

    /// A fee at receiving.
    pub struct FeeRecord {
        /// `free`, `per_copy`, `flat`, `on_time`, `set_by_province`.
        kind: String,
        /// Minor units as digits; none = not known here.
        amount: Option<String>,
        /// `VND` or `USD`.
        currency: String,
        /// What the sum is made of; empty where one rule gave the amount.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<FeeLineRecord>,
        /// The ground on which less is paid, in the law's words, or empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        exemption: String,
    }

    /// One line of a sum.
    pub struct FeeLineRecord {
        /// What is paid for, in Vietnamese.
        label: String,
        /// How many.
        count: u32,
        /// Minor units as digits.
        amount: String,
    }

    /// A value of a procedure's own field.
    pub struct FieldRecord {
        /// The field's path.
        id: String,
        /// Its Vietnamese label.
        label: String,
        /// As it is read by people.
        value: String,
    }

    /// Who stands at the counter for somebody else, and by what right.
    pub struct BehalfRecord {
        /// The submitter.
        submitter: PersonRecord,
        /// The authority: number, date and kind of the paper.
        authority: String,
    }

    /// See [`Body::SlipIssued`]. Texts are NFC.
    pub struct SlipIssued {
        /// The slip, UUIDv7.
        slip: Uuid,
        /// `02` (supplement), `03` (refusal), `04` (apology) or `05` (stop); the last two only with a filing.
        form: String,
        /// The form's own Số: per counter, form and year.
        form_number: u32,
        /// Version of the form's template.
        template: String,
        /// The office as printed.
        office: crate::enrol::Office,
        /// The counter.
        counter: crate::enrol::Counter,
        /// The procedure as it stood.
        procedure: ProcedureRef,
        /// Whose matter it is.
        applicant: PersonRecord,
        /// What is asked for.
        content: String,
        /// What is missing or wrong, or what is given back with form 05, a line each.
        items: Vec<String>,
        /// Why.
        reason: String,
        /// When, local, to the second.
        issued: String,
        /// The clerk's name as printed.
        clerk_name: String,
        /// Sample data: printed on the form.
        sample: bool,
        /// The received filing that it is about; none where it was given out instead of receiving.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<SlipOn>,
    }

    /// What a slip says of the filing that it is about.
    pub struct SlipOn {
        /// The filing.
        filing: Uuid,
        /// Its number as printed.
        code: String,
        /// When it was received, local.
        received: String,
        /// The day promised until now, local.
        due: String,
        /// The new day of form 04, local; empty on the others.
        promised: String,
        /// The name of whoever in charge approved it, or signs form 04; empty where nobody has to.
        head: String,
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What only some filings have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilingDetails {
    /// The submitter, where it is not the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behalf: Option<BehalfRecord>,
    /// The cases of the procedure that hold, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<String>,
    /// The procedure's own fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldRecord>,
    /// When it was typed in, local, where it was received on paper before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<String>,
    /// The term was stated by the clerk from the catalogue's text, which no rule could read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub term_by_clerk: bool,
    /// The form speaks English beside Vietnamese.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bilingual: bool,
}

impl FilingDetails {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What only some persons have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentityRecord {
    /// An organisation, not a person.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub organisation: bool,
    /// Tax code, digits with the branch's dash, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax_code: String,
    /// Passport number, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passport: String,
    /// Three letters of the passport's state, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nationality: String,
    /// Code of the commune in force, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub commune: String,
    /// The address as an older paper words it, where it was turned into today's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub former_address: String,
}

impl IdentityRecord {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
