//! The recovery paper: an A5 sheet with the code that opens a workstation's data when every password is lost. Not in
//! it: the code itself (the store makes it) and any copy of it: the PDF is printed and forgotten.

use jiff::civil::Date;

/// What the recovery paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryPaper {
    /// The office by its own name.
    pub office: String,
    /// The workstation's name, as the supervisor knows it.
    pub workstation: String,
    /// The day it was made.
    pub date: Date,
    /// The code in groups of the same length, separated by a space or a hyphen; eight of them.
    pub code: String,
}
