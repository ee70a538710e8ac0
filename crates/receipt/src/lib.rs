//! Official forms as PDF/A-2b (printpdf), their preview picture (hayro), and the printer (IPP).
//!
//! Not in it: what a form says (the desk builds a [`Form01`] from a journal line), where its bytes are kept (store),
//! scans (crate `scan`), and any clock: the same words give the same bytes, on any machine, at any time.

mod body;
mod drawing;
mod error;
mod finish;
mod fonts;
mod form01;
mod header;
mod layout;
mod picture;
pub mod printer;
mod qr;
mod recovery;
mod render;
mod sheet;
mod signatures;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use error::FormError;
pub use fonts::undrawable;
pub use form01::{FORM01_TEMPLATE, Form01, FormRenderer, Paper, PaperLine, Standing, Submitter};
pub use picture::picture;
pub use recovery::{RecoveryPaper, recovery_paper};
pub use render::Printpdf;
