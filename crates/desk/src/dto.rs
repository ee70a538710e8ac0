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
mod office;
mod papers;
mod people;
mod procedures;
mod salvage;
pub use calendar::*;
pub use draft::*;
pub use error_view::*;
pub use life::*;
pub use office::*;
pub use papers::*;
pub use people::*;
pub use procedures::*;
pub use salvage::*;

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
    pub phase: Phase,
    pub version: String,
    /// Sample data: the ribbon "Dữ liệu mẫu" is shown and a name is enough to sign in.
    pub demo: bool,
    pub office: Option<OfficeInfo>,
    pub staff: Vec<StaffCard>,
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

/// Who may do what is decided in the core; the screen only greys out.
#[derive(Copy, Eq)]
pub enum StaffRole { Clerk, Supervisor, Admin }

/// Who works now.
pub struct Session {
    pub clerk: StaffCard,
    pub since: String,
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
    /// Another system's code, once bound.
    pub official: Option<String>,
    /// What may be done next by who is signed in.
    pub acts: Vec<ActView>,
}

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
pub struct TimeLineItem { pub at: String, pub code: String, pub who: String, pub params: std::collections::BTreeMap<String, String> }

/// Which filings a list shows. `LookUpLater`: open, with a paper that no database gave at the counter.
#[derive(Copy, Eq)]
pub enum FilingFilter { All, Today, DueToday, Overdue, ResultReady, SupplementAsked, NotAtCentre, LookUpLater }

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

/// The truth about sync, in three places.
pub struct SyncState {
    pub link: Link,
    /// Filings whose lines are only on this machine.
    pub filings_here: u32,
    pub lines_here: u32,
    /// Bytes of lines that wait, as a string of digits.
    pub bytes_here: String,
    /// PDFs and scans that the centre has not signed for, and their bytes.
    pub papers_here: u32,
    pub paper_bytes_here: String,
    pub filings_at_centre: u32,
    pub sending: bool,
    /// A person stopped sending; nothing is lost meanwhile.
    pub paused: bool,
    /// The line costs money by the byte: PDFs and scans stay here unless they are urgent. Lines go.
    pub metered: bool,
    /// The hours in which PDFs and scans may go; none = always.
    pub paper_hours: Option<PaperHours>,
    /// Why PDFs and scans stay here just now.
    pub papers_wait: Option<PapersWait>,
    /// Lines done and to do in the run under way.
    pub done: u32,
    pub total: u32,
    /// Parts done and to do of the PDF or scan under way.
    pub paper_done: u32,
    pub paper_total: u32,
    pub last_contact: Option<String>,
    pub next_try: Option<String>,
    /// Seconds until the next try.
    pub next_try_in: Option<u32>,
    pub centre: String,
    /// Messages of the centre that nobody here has read.
    pub unread: u32,
    /// Bytes here and to come of what stands in for old news of the office; none while nothing of it is on its way.
    pub catching_up: Option<CatchingUp>,
    /// From when to when PDFs and scans that nobody waits for are sent, `HH:MM`; none = always.
    pub scan_hours: Option<[String; 2]>,
    /// The last day of this counter's numbers.
    pub numbers_until: Option<String>,
    /// The disk takes nothing at present.
    pub disk: Option<DiskView>,
    pub attention: Vec<AttentionItem>,
}

/// A disk that takes nothing: what was stored is safe, what is being typed is only on the screen. Bytes as digits.
pub struct DiskView {
    /// None where the system does not say.
    pub free: Option<String>,
    /// What should be free.
    pub needed: String,
}

/// How far the office's older news is on its way here, in bytes as strings of digits.
pub struct CatchingUp { pub done: String, pub total: String }

/// What the centre's people say to the office.
pub struct MessageView { pub id: String, pub at: String, pub from: String, pub text: String, pub read: bool }

/// Hours of the day at the office, `HH:MM`; over midnight when they end before they begin.
#[derive(Eq)]
pub struct PaperHours { pub from: String, pub to: String }

/// Why PDFs and scans stay on this machine although lines go.
#[derive(Copy, Eq)]
pub enum PapersWait {
    Metered,
    /// Until the hours begin.
    Hours,
}

/// How the centre can be reached.
#[derive(Copy, Eq)]
pub enum Link {
    /// Not asked yet since the start.
    Unknown,
    Offline,
    /// Something answered that is not the centre (a login page, a proxy).
    Portal,
    ServerDown,
    Online,
    /// The centre refuses this workstation: its key is unknown or revoked.
    Refused,
    /// The centre holds another history than this machine.
    Fork,
    /// Keys are locked since the start: nothing syncs until someone signs in.
    Locked,
    NotEnrolled,
}

/// Something a person must decide. `code` chooses text and act.
pub struct AttentionItem { pub id: String, pub code: String, pub filing: Option<String>, pub params: std::collections::BTreeMap<String, String> }

/// One filing that waits, or was sent lately.
pub struct SyncItem { pub filing: FilingRow, pub lines: u32, pub bytes: String, pub state: SyncItemState }
#[derive(Copy, Eq)]
pub enum SyncItemState { Waiting, Sending, AtCentre, Quarantined }

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
