//! Who may do what. The screen asks here what to show, and the core asks again before it acts.
//!
//! Not here: signing in, sessions, and an office's own policies (deputies, one-person offices).

/// What a member of the staff is employed as at this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Receives filings at a counter.
    Clerk,
    /// Heads the centre: does what clerks do, and answers for staff, office and the day's log.
    Supervisor,
    /// Looks after the machines; sees no citizen's data.
    Admin,
}

/// One thing that a command needs leave for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Keep drafts and receive filings.
    Receive,
    /// Search and open filings and persons.
    FindFilings,
    /// Print a receipt or slip, and print it again.
    PrintReceipt,
    /// See what waits to be sent and what needs attention.
    SeeSync,
    /// Ask for a sync at once.
    SendNow,
    /// Add staff, reset their keys, change their roles.
    ManageStaff,
    /// Change catalogue, calendar, counters, printers and the like.
    ManageOffice,
    /// Open a scanned paper or a printed form.
    OpenPaper,
}

impl Role {
    const ALL: [Role; 3] = [Role::Clerk, Role::Supervisor, Role::Admin];

    /// The stable word for data and wire: `clerk`, `supervisor`, `admin`.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Supervisor => "supervisor",
            Role::Admin => "admin",
        }
    }

    /// Reads a word as [`Role::as_str`] writes it.
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == s)
    }
}

/// Whether someone in `role` may do `p`.
pub fn may(role: Role, p: Permission) -> bool {
    use Permission::{
        FindFilings, ManageOffice, ManageStaff, OpenPaper, PrintReceipt, Receive, SeeSync, SendNow,
    };
    match p {
        Receive | FindFilings | PrintReceipt | OpenPaper => {
            matches!(role, Role::Clerk | Role::Supervisor)
        }
        SeeSync | SendNow => true,
        ManageStaff | ManageOffice => matches!(role, Role::Supervisor | Role::Admin),
    }
}
