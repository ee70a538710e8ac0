//! Official forms as PDF/A-2b (printpdf), their preview picture (hayro), and the printer (IPP).
//!
//! Not in it: what a form says (the desk builds a [`Form01`] from a journal line), where its bytes are kept (store),
//! scans (crate `scan`), and any clock: the same words give the same bytes, on any machine, at any time.

mod body;
mod drawing;
mod error;
mod fields;
mod finish;
mod fonts;
mod form01;
mod guidance;
mod guidance_body;
mod header;
mod layout;
mod notice_body;
mod notices;
mod pad;
mod paper;
mod picture;
pub mod printer;
mod qr;
mod recovery;
mod render;
mod sheet;
mod signatures;
mod slip_body;
mod slips;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod till;
mod transfer;
mod words;

pub use error::FormError;
pub use fonts::undrawable;
pub use form01::{
    FORM01_BILINGUAL_TEMPLATE, FORM01_TEMPLATE, Form01, Form01English, PaperLine, Standing,
};
pub use guidance::{Checked, FilingWay, GUIDANCE_TEMPLATE, Guidance, GuidancePaper, PaperCase};
pub use notices::{AboutFiling, FORM04_TEMPLATE, FORM05_TEMPLATE, Form04, Form05};
pub use pad::{FORM01_PAD_TEMPLATE, Form01Pad, PadSheet};
pub use paper::Paper;
pub use picture::picture;
pub use recovery::{RecoveryPaper, recovery_paper};
pub use render::{FormRenderer, Printpdf};
pub use slips::{FORM02_TEMPLATE, FORM03_TEMPLATE, Form02, Form03, SlipStanding};
pub use till::{TILL_TEMPLATE, TillSheet, till_sheet};
pub use transfer::{TRANSFER_TEMPLATE, TransferPaper, qr_rows, transfer_paper};
pub use words::{IdKind, Letterhead, Submitter, Words};
