//! A filing's states and papers, and the check of what a clerk typed before it may be received.
//!
//! Not here: who may change a status, numbers, and storing anything.

mod check;
mod draft;
mod same;

pub use check::{
    Checked, CheckedBehalf, CheckedFiling, CheckedPerson, FieldProblem, FieldWarning, Problem,
    Warning, check, check_person,
};
pub use draft::{BehalfInput, DraftInput, IdentityInput, PersonInput};
pub use same::{CHILD_BIRTH, CHILD_NAME, same_child};

/// Gives an enum its stable words for data and wire.
macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the design.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable word for data and wire, in snake_case.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads a word as `as_str` writes it.
            pub fn parse(s: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == s)
            }
        }
    };
}

// After the macro that it uses.
pub mod life;

/// Where a filing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Being typed; not yet anyone's.
    Draft,
    /// Received at a counter, with a receipt.
    Received,
    /// Given to the unit that solves it.
    Transferred,
    /// In work there.
    BeingSolved,
    /// The applicant was asked for more, once.
    SupplementAsked,
    /// The result lies at the counter.
    ResultReady,
    /// The result was handed over.
    HandedOver,
    /// Not accepted, with form 03.
    Refused,
    /// Stopped at the applicant's request, with form 05.
    Stopped,
    /// Taken back before anything happened.
    Withdrawn,
}

words!(Status {
    Draft => "draft",
    Received => "received",
    Transferred => "transferred",
    BeingSolved => "being_solved",
    SupplementAsked => "supplement_asked",
    ResultReady => "result_ready",
    HandedOver => "handed_over",
    Refused => "refused",
    Stopped => "stopped",
    Withdrawn => "withdrawn",
});

impl Status {
    /// The counter has ended it: no decision that comes later changes it, people look at the two together.
    pub fn is_ended(self) -> bool {
        matches!(
            self,
            Status::HandedOver | Status::Stopped | Status::Withdrawn
        )
    }
}

/// In what form a required paper came; keys 1 to 6 and 0 on a row of the checklist, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperState {
    /// The original was handed in.
    Original,
    /// A plain copy was handed in.
    Copy,
    /// A certified copy was handed in.
    Certified,
    /// It was shown and given back.
    Shown,
    /// Its data came from a database, so that no paper was asked for.
    FromDatabase,
    /// The database could not be reached, for a stated reason.
    NotReachable,
    /// It is not there.
    Missing,
}

words!(PaperState {
    Original => "original",
    Copy => "copy",
    Certified => "certified",
    Shown => "shown",
    FromDatabase => "from_database",
    NotReachable => "not_reachable",
    Missing => "missing",
});

/// What came of looking up later what no database gave at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookUpOutcome {
    /// The database has it: nothing is asked of the citizen.
    Found,
    /// The database does not have it: the citizen has to bring it.
    Missing,
}

words!(LookUpOutcome {
    Found => "found",
    Missing => "missing",
});

/// By what right somebody takes the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TakerRight {
    /// Whose filing it is.
    Applicant,
    /// Who handed it in on behalf of the applicant.
    Submitter,
    /// Somebody else, by a paper that says so.
    Authorised,
}

words!(TakerRight {
    Applicant => "applicant",
    Submitter => "submitter",
    Authorised => "authorised",
});

/// How the applicant wants the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GiveBack {
    /// Fetched at the counter.
    AtCounter,
    /// By public post.
    ByPost,
    /// As an electronic result.
    Electronic,
}

words!(GiveBack {
    AtCounter => "at_counter",
    ByPost => "by_post",
    Electronic => "electronic",
});

/// One line of the checklist as filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The id of the required document.
    pub document: String,
    /// In what form it came; `None` while nobody has said.
    pub state: Option<PaperState>,
    /// How many.
    pub copies: u16,
    /// Why, where the state asks for a reason.
    pub reason: String,
}
