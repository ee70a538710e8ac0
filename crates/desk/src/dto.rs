//! What crosses the boundary to the screen: requests and answers, typed once and generated as TypeScript.
//! Not here: behaviour, texts (they live in the message catalogues), paths (the screen sees only ids).
//!
//! Times are local civil times of the office, `YYYY-MM-DDTHH:MM:SS`; days are `YYYY-MM-DD`.

// The fields are the words of docs/ARCHITECTURE.md; those that need more than their name have a comment.
#![allow(missing_docs)]

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! dto {
    ($($(#[$m:meta])* $vis:vis $kind:ident $name:ident $body:tt)*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        $(#[$m])*
        $vis $kind $name $body
    )*};
}

mod calendar;
mod draft;
mod error_view;
mod life;
mod money;
mod office;
mod papers;
mod people;
mod procedures;
mod salvage;
mod sync;
mod till;
pub use calendar::*;
pub use draft::*;
pub use error_view::*;
pub use life::*;
pub use money::*;
pub use office::*;
pub use papers::*;
pub use people::*;
pub use procedures::*;
pub use salvage::*;
pub use sync::*;
pub use till::*;

dto! {
/// What the window should show first.
#[derive(Copy, Eq)]
pub enum Phase {
    /// No store yet: the first clerk is named.
    FirstStart,
    /// A store without an office: a code or a ticket is needed.
    Enrol,
    /// Nobody is signed in; the keys may or may not be in memory.
    SignedOut,
    /// The clock has to be confirmed once after a start.
    ConfirmClock,
    /// Somebody works.
    SignedIn,
    /// The store can't be used; `damage` says why and what is safe.
    Damaged,
}

/// Why the store can't be used. Nothing was deleted or overwritten.
pub struct Damage {
    pub kind: DamageKind,
    /// Log reference, to read over the telephone.
    pub reference: String,
    /// Names of the files that were kept, without their folder.
    pub kept: Vec<String>,
}

/// Kinds of damage that the damage page explains.
#[derive(Copy, Eq)]
pub enum DamageKind {
    /// `quick_check` or the file header failed.
    Damaged,
    /// The store was written by a newer version of this program.
    NewerSchema,
    /// The store belongs to other keys or another workstation.
    ForeignStore,
    /// The database file is gone while keys are there.
    Missing,
    /// The journal's chain does not hold.
    BrokenChain,
    /// Another Onedoor has this store open.
    InUse,
    /// The disk is full or can't be written.
    Disk,
}

/// Everything the window needs to draw its frame.
pub struct AppState {
    /// Counts the answers of this start in the order in which they were true: answers that overtake each other on
    /// their way must not turn the window back.
    pub turn: u32,
    pub phase: Phase,
    pub version: String,
    /// Sample data: the ribbon "Dữ liệu mẫu" is shown and a name is enough to sign in.
    pub demo: bool,
    pub office: Option<OfficeInfo>,
    pub staff: Vec<StaffCard>,
    /// Who has left, by the centre's word; only while somebody is signed in.
    pub gone: Vec<StaffGone>,
    pub session: Option<Session>,
    pub clock: Option<ClockAsk>,
    pub damage: Option<Damage>,
    /// How far sign-ins are bound to this PC; none before the first start.
    pub bound: Option<MachineBound>,
    pub settings: Settings,
    /// The office's local time now, as the desk counts it.
    pub now: String,
}

/// Whether a copied data folder opens elsewhere by a password alone.
#[derive(Copy, Eq)]
pub enum MachineBound {
    /// No: every sign-in also needs the share in this PC's keyring.
    All,
    /// By the passwords of some.
    Some,
    /// Yes: this PC had no open keyring when the passwords were set.
    None,
}

/// The office and this counter.
pub struct OfficeInfo {
    pub name: String,
    pub parent: String,
    pub place: String,
    pub counter: String,
    pub workstation: String,
    /// A mission abroad; none at home.
    #[serde(default)]
    pub mission: Option<MissionView>,
}

/// One name on the sign-in page.
pub struct StaffCard {
    pub id: String,
    pub name: String,
    pub role: StaffRole,
}

/// Somebody who has left, and the day.
pub struct StaffGone {
    pub id: String,
    pub name: String,
    pub role: StaffRole,
    pub on: String,
}

/// Who may do what is decided in the core; the screen only greys out.
#[derive(Copy, Eq)]
pub enum StaffRole { Clerk, Supervisor, Admin }

/// Who works now.
pub struct Session {
    pub clerk: StaffCard,
    pub since: String,
    /// The centre said since that this one has left: the screen keeps the draft and locks.
    pub left: bool,
    /// Names of the permissions held, e.g. `receive`, `send_now`, `manage_staff`.
    pub permissions: Vec<String>,
}

/// The question of the clock after a start.
pub struct ClockAsk {
    /// Empty when the wall clock can't be believed.
    pub proposed: Option<String>,
    pub last_event: Option<String>,
}

/// The answer to a confirmed clock.
#[derive(Copy, Eq)]
pub enum ClockAnswer {
    Confirmed,
    /// Earlier than the last event: ask once more.
    BehindLastEvent,
    /// More than 31 days ahead: ask once more.
    FarAhead,
}

/// Settings of this PC.
pub struct Settings {
    pub language: Language,
    pub theme: Theme,
    /// Percent, 100 to 200.
    pub zoom: u16,
    pub paper: PaperChoice,
    /// Printer id as `printer_list` names it; empty = none chosen.
    pub printer: String,
    pub sounds: bool,
    /// Serial reader of cards and codes as `reader_list` names it; empty = none.
    #[serde(default)]
    pub reader: String,
}

#[derive(Copy, Eq)]
pub enum Language { Vi, En }
#[derive(Copy, Eq)]
pub enum Theme { System, Light, Dark, Contrast }
#[derive(Copy, Eq)]
pub enum PaperChoice { A5, A4TwoUp, A4 }

/// A text in Vietnamese and perhaps English.
pub struct Text2 { pub vi: String, pub en: Option<String> }

/// A time limit. `n` is 0 for same-day.
pub struct TermView { pub kind: TermKind, pub n: u16 }
#[derive(Copy, Eq)]
pub enum TermKind { SameDay, WorkingDays, Days, Months, Hours }

/// A ticked line of the checklist.
pub struct PaperValue {
    pub document: String,
    pub state: Option<PaperStateChoice>,
    pub copies: u16,
    pub reason: String,
}
#[derive(Copy, Eq)]
pub enum PaperStateChoice { Original, Copy, Certified, Shown, FromDatabase, NotReachable, Missing }

/// The clerk's draft on this machine.
pub struct DraftView {
    pub id: String,
    pub values: DraftValues,
    /// When it was last kept; empty = nothing typed yet.
    pub kept_at: Option<String>,
    /// A draft that was just emptied can be brought back.
    pub can_undo: bool,
}

/// What the page should say beside the fields, and what the receipt will promise.
pub struct Check {
    pub problems: Vec<FieldNote>,
    pub warnings: Vec<FieldNote>,
    pub due: Option<DueView>,
    pub fee: Option<FeeView>,
    /// Open filings of the same person for the same procedure.
    pub duplicates: Vec<FilingRow>,
}

/// One note beside one field. `code` chooses the text, `params` fill it.
pub struct FieldNote {
    pub field: String,
    pub code: String,
    pub params: std::collections::BTreeMap<String, String>,
}

/// A due date with its derivation, day by day.
pub struct DueView {
    pub at: String,
    pub received: String,
    pub term: TermView,
    pub cells: Vec<DueCellView>,
    /// Counting began on the next working day (after the cut-off, or on a day off).
    pub starts_next_working_day: bool,
    /// The last day was off; this was it.
    pub moved_from: Option<String>,
    /// False beyond the last published calendar.
    pub published: bool,
    /// Version of the calendar by which it was counted; 0 where that was not kept.
    pub calendar: u32,
}

/// One day of the due strip.
pub struct DueCellView {
    pub date: String,
    pub kind: DueCellKind,
    /// Which counted day, from 1.
    pub nth: Option<u16>,
    pub off: Option<Text2>,
    /// Whose day off it is; none for the weekly rest.
    pub whose: Option<WhoseDay>,
    /// A rest day that is worked.
    pub make_up: bool,
    pub after_cutoff: bool,
}
#[derive(Copy, Eq)]
pub enum DueCellKind { Received, Counted, Off, Waiting, Due }

/// What receiving gave back.
pub struct Received {
    pub filing: FilingRow,
    pub due: DueView,
    /// First 8 hex digits of the line's hash, as on paper.
    pub hash8: String,
    /// True once the stored PDF exists.
    pub receipt_stored: bool,
    /// The next draft, empty or with the person kept.
    pub draft: DraftView,
    /// Milliseconds from the command to commit and to PDF bytes.
    pub committed_ms: u32,
    pub pdf_ms: u32,
}

/// A filing in a list.
pub struct FilingRow {
    pub id: String,
    /// Its legal number, or the provisional one.
    pub code: String,
    pub provisional: bool,
    pub procedure: String,
    pub title: Text2,
    pub applicant: String,
    pub birth: String,
    pub received: String,
    pub due: String,
    pub status: String,
    pub place: Place,
    pub late: bool,
    pub due_today: bool,
    /// The other counter of the office that received it; empty while its name is not known. None = this one.
    pub counter: Option<String>,
    /// Less of the fee was paid than is due.
    pub unpaid: bool,
}

/// The three places a filing can be.
#[derive(Copy, Eq)]
pub enum Place { ThisMachine, Office, Centre }

/// One filing with all that is known here.
pub struct FilingView {
    pub row: FilingRow,
    pub applicant: PersonValues,
    pub papers: Vec<PaperView>,
    pub due: Option<DueView>,
    pub fee: Option<FeeView>,
    pub give_back: GiveBackChoice,
    pub clerk: String,
    pub hash8: String,
    pub receipt_stored: bool,
    /// The day on which the receipt left this PC for the centre alone; none while it is here, or never was.
    pub receipt_let_go: Option<String>,
    pub time_line: Vec<TimeLineItem>,
    /// The cases that hold, by their label.
    pub cases: Vec<Text2>,
    /// The procedure's own fields.
    pub fields: Vec<FieldShown>,
    /// The submitter, where it is not the applicant.
    pub behalf: Option<BehalfShown>,
    /// The ground on which less is paid, in the law's words, or empty.
    pub exemption: String,
    /// When it was typed in, where it was received on paper before.
    pub entered: Option<String>,
    /// The term is the clerk's reading of the catalogue's text.
    pub term_by_clerk: bool,
    /// Its official number where it was received under a provisional one, or another system's code; once bound.
    pub official: Option<String>,
    /// Whether this counter could give it its official number now.
    pub can_number: bool,
    /// What may be done next by who is signed in.
    pub acts: Vec<ActView>,
    /// The slips that went with acts on it, oldest first.
    pub slips: Vec<SlipView>,
    /// The receipts that another one stands for now, oldest first.
    pub superseded: Vec<PaperBefore>,
}

/// A receipt that another one stands for now, and when it was drawn (local time).
pub struct PaperBefore { pub sha256: String, pub at: String }

/// A paper of a filing as it came. `waits`: nobody has looked it up yet; `looked_up` where somebody has. Of both,
/// `lookup_settle` takes the id.
pub struct PaperView {
    pub document: String,
    pub name: Text2,
    pub state: PaperStateChoice,
    pub copies: u16,
    pub reason: String,
    pub waits: bool,
    pub looked_up: Option<LookedUp>,
}

/// One thing that happened. `code` chooses the text (`received`, `form_rendered`, `printed`, `sent`, …).
pub struct TimeLineItem {
    pub at: String,
    pub code: String,
    pub who: String,
    pub params: std::collections::BTreeMap<String, String>,
    /// What a correction changed.
    pub changes: Vec<ChangeView>,
}

/// One thing that a correction changed, as it was and as it is; an empty text is nothing.
pub struct ChangeView { pub what: Changed, pub before: String, pub after: String }

/// What a correction may change.
#[derive(Copy, Eq)]
pub enum Changed { Procedure, Name, Birth, IdNumber, Address, Phone, Submitter, Papers, Content, Fields, Due, Fee, GiveBack }

/// Which filings a list shows. `LookUpLater`: open, with a paper that no database gave at the counter.
#[derive(Copy, Eq)]
pub enum FilingFilter { All, Today, DueToday, Overdue, ResultReady, SupplementAsked, NotAtCentre, LookUpLater, Unpaid }

/// The strip of four counts and the last five filings.
pub struct DeskCounts {
    pub due_today: u32,
    pub overdue: u32,
    pub ready: u32,
    pub supplement: u32,
    pub not_at_centre: u32,
    pub today: u32,
    /// Papers of open filings that wait to be looked up.
    pub look_ups: u32,
    /// Filings whose fee was not taken, or not all of it.
    pub unpaid: u32,
    pub last: Vec<FilingRow>,
}

/// A printer that the system offers.
pub struct PrinterView { pub id: String, pub name: String, pub is_default: bool, pub accepting: bool }

/// What printing gave back. The filing is safe whatever it says.
#[derive(Copy, Eq)]
pub enum PrintOutcome {
    Printed,
    /// No printer is chosen or the system has none: open as PDF.
    NoPrinter,
    /// The printer or its service did not answer: open as PDF.
    Unreachable,
    /// The printer refused the paper or the job.
    Refused,
}

/// A hit of Ctrl+K.
pub struct FindHit { pub kind: FindKind, pub id: String, pub title: String, pub note: String }
#[derive(Copy, Eq)]
pub enum FindKind { Filing, Person, Procedure }

/// The recovery code, shown once.
pub struct FirstStarted { pub recovery_code: String, pub state: AppState }

/// A new recovery code, shown once; the old paper opens nothing any more.
pub struct NewRecovery { pub recovery_code: String }

/// How this workstation joins its office.
pub struct EnrolByCode { pub centre: String, pub code: String }
}
