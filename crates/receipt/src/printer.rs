//! The printer: a list of what CUPS offers, and a job sent to one of them, over IPP. Not in it: a queue, retries and
//! what to say to the clerk (the desk keeps printed, failed and reprinted), and drivers (CUPS has them).

use ipp::prelude::Uri;

/// A printer that the print server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterInfo {
    /// The queue's name.
    pub name: String,
    /// Where jobs are sent: an `ipp`, `ipps` or `http` address.
    pub uri: String,
    /// The words the administrator gave it, empty when there are none.
    pub info: String,
    /// Whether it is the server's default printer.
    pub default: bool,
    /// Whether it takes jobs now.
    pub accepting: bool,
}

/// The sheet that the printer is asked to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// 148 × 210 mm.
    A5,
    /// 210 × 297 mm.
    A4,
}

/// The number that the print server gave to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(pub i32);

/// Why a printer could not be asked or did not take a job.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The address of the printer or server is not one.
    #[error("not the address of a printer: {0}")]
    Address(String),
}

/// Says whether `uri` can be an address at all.
pub(crate) fn address(uri: &str) -> Result<Uri, PrintError> {
    uri.parse().map_err(|_| PrintError::Address(uri.to_owned()))
}
