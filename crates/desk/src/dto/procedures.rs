//! Procedures as the screen sees them: the picker's lines, the checklist, cases, own fields, fees, and the sheets of pads.
//! Not here: what was typed about one filing (`draft`).

use super::{TermView, Text2};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// What the picker shows: the office's own first, and how many others fit.
pub struct ProcedureHits {
    pub hits: Vec<ProcedureHit>,
    /// How many more there are among all procedures; counted up to a few hundred.
    pub more_elsewhere: u32,
}

/// A line of the procedure picker.
pub struct ProcedureHit {
    pub code: String,
    pub title: Text2,
    pub field: Text2,
    /// Empty where only the page itself tells.
    pub term_text: String,
    /// Empty where only the page itself tells.
    pub fee_text: String,
    pub nickname: Option<String>,
    pub last_used: bool,
    /// The office offers it.
    pub offered: bool,
    pub pinned: bool,
    /// A person must look at time, fee or papers before relying on them.
    pub review: bool,
    /// Compared with an official text.
    pub checked: bool,
    /// The last day on which it holds; receiving is refused after it.
    pub until: Option<String>,
    /// As the national portal names it; empty for procedures that were worked out by hand.
    pub ministry: String,
}

/// A procedure with its checklist.
pub struct ProcedureView {
    pub code: String,
    pub version: u32,
    pub title: Text2,
    pub field: Text2,
    pub decision: String,
    pub agency: String,
    /// Means nothing while `term_known` is false.
    pub term: TermView,
    pub term_text: String,
    /// False where no rule could read the text: the clerk reads it and states the term (`values.term`).
    pub term_known: bool,
    pub fee: FeeView,
    pub fee_text: String,
    /// What the fee depends on.
    pub asks: Vec<FeeAsk>,
    pub exemptions: Vec<ExemptionView>,
    /// What is paid only by who asks for it.
    pub requested: Vec<RequestView>,
    /// Which of them hold is chosen: some exclude each other, some come on top.
    pub cases: Vec<CaseView>,
    pub documents: Vec<DocumentView>,
    pub fields: Vec<FieldSpecView>,
    pub checked: bool,
    /// What a person must look at before relying on it.
    pub review: Vec<ReviewView>,
    /// The page's own rows: way of filing, time, fee, description; verbatim.
    pub ways: Vec<WayView>,
    pub from: String,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// The code that takes its place.
    pub replaced_by: Option<String>,
    pub pinned: bool,
    pub offered: bool,
    /// The office's own short name, or the first of those that come with it.
    pub nickname: Option<String>,
    /// The page's address; empty for procedures that were worked out by hand.
    pub source: String,
    /// What a clerk should know beside the papers; Vietnamese, mostly empty.
    pub note: String,
}

/// A fee as the page shows it.
pub struct FeeView {
    pub kind: FeeKind,
    /// Whole đồng; absent when it is not known here.
    pub amount: Option<MoneyView>,
    /// Per copy, where the fee counts copies.
    pub each: Option<MoneyView>,
    /// What the sum is made of, as far as it is known.
    pub lines: Vec<FeeLineView>,
    /// Why the sum is not known: `set_by_province`, `unstated`, `event_date`, `copies`, `pages`, `persons`, `matters`,
    /// `not_a_number`, `two_currencies`.
    pub gaps: Vec<String>,
    /// ISO 4217: the money in which an open amount is typed here.
    pub currency: String,
}
#[derive(Copy, Eq)]
pub enum FeeKind { Free, PerCopy, Flat, OnTime, SetByProvince, Unstated }

/// One line of a sum.
pub struct FeeLineView {
    pub label: Text2,
    pub count: u32,
    pub amount: Option<MoneyView>,
    /// `plain`, `free`, `in_time`, `late`, `pages`, `capped`, `exempt`.
    pub note: String,
}

/// What the sum depends on, in the order of the page.
#[derive(Copy, Eq)]
pub enum FeeAsk { Copies, Pages, Persons, Matters, Amount }

/// Money: minor units (đồng has none) as a string, since numbers above 2^53 cross as strings.
pub struct MoneyView { pub minor: String, pub currency: String, pub text: String, pub words: String }

/// A case that a procedure tells apart.
pub struct CaseView { pub id: String, pub label: Text2 }

/// A ground for paying less, in the law's words.
pub struct ExemptionView { pub id: String, pub ground: Text2 }

/// A thing that is paid on request, by the fee's id.
pub struct RequestView { pub id: String, pub label: Text2 }

/// A line of the checklist.
pub struct DocumentView {
    pub id: String,
    pub name: Text2,
    pub originals: u16,
    pub copies: u16,
    /// The originals or the copies, as the applicant likes; otherwise both.
    pub choice: bool,
    pub shown_only: bool,
    /// Only under this condition.
    pub when: Option<Text2>,
    /// Only in this case, by id.
    pub case: Option<String>,
    /// Why a person must look at this line; empty when it was understood.
    pub doubts: Vec<String>,
}

/// One of a procedure's own fields. A person has the paths `id.name`, `id.birth`, `id.id_number`.
pub struct FieldSpecView {
    pub id: String,
    pub label: Text2,
    pub kind: FieldKindView,
    /// Of a number, both ends allowed.
    #[ts(type = "number | null")]
    pub min: Option<i64>,
    #[ts(type = "number | null")]
    pub max: Option<i64>,
    /// The most characters of a text.
    pub limit: Option<u16>,
    /// Of a choice.
    pub options: Vec<OptionView>,
    /// Usually filled: left empty it is a warning.
    pub usual: bool,
    /// Where its first value comes from: `applicant`, `applicant_birth`, `applicant_sex`, `applicant_id`,
    /// `applicant_address`, `applicant_phone`, `applicant_passport`,
    /// `applicant_nationality`, `submitter`, `office_place`, `today`.
    pub autofill: Option<String>,
    /// Only in this case, by id.
    pub case: Option<String>,
}
#[derive(Copy, Eq)]
pub enum FieldKindView { Text, Number, Date, Birth, Choice, Place, Person }

/// One of a choice's options.
pub struct OptionView { pub id: String, pub label: Text2 }

/// A part of a page that needs a person's eyes, and why (the names of the catalogue's doubts).
pub struct ReviewView { pub what: ReviewWhat, pub reason: String }
#[derive(Copy, Eq)]
pub enum ReviewWhat { Term, Fee, Papers, Ways }

/// A row of the page's table of ways, verbatim.
pub struct WayView {
    /// `direct`, `online`, `post`.
    pub way: String,
    pub time_text: String,
    pub fee_text: String,
    pub note: String,
}

/// A sheet of form 01 that was printed ahead.
pub struct PadView {
    pub code: String,
    pub form_number: u32,
    /// The day of its number, `YYYY-MM-DD`; empty where nobody knows it.
    pub day: String,
    pub state: PadState,
    /// It is the paper of a PC that is lost, in somebody's hand already: nothing to print.
    pub taken_up: bool,
    /// Why it was voided.
    pub reason: String,
    /// The filing that used it.
    pub filing: Option<String>,
}
#[derive(Copy, Eq)]
pub enum PadState { Blank, Used, Voided }
}
