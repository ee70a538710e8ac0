//! What can go wrong between a form's words and its PDF or picture. Not in it: printing, whose errors live in
//! [`crate::printer`], and characters without a glyph, which are drawn as a box and never refused.

/// Why a form or its picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// A font that is built into the program could not be read: the program file is damaged.
    #[error("the built-in font {0} can't be read")]
    Font(&'static str),
    /// The digits under the QR are empty, hold something else than digits, or are more than fit on the paper.
    #[error("the QR code can't be drawn: {0}")]
    Qr(String),
    /// A pad of no sheets was asked for: a file without a page is no PDF/A.
    #[error("a pad needs at least one reserved number")]
    EmptyPad,
    /// The PDF that was drawn could not be finished as PDF/A-2b.
    #[error("the PDF can't be finished: {0}")]
    Finish(String),
    /// The bytes handed in for a picture are not a PDF that can be read.
    #[error("the PDF can't be read")]
    Unreadable,
    /// The PDF has fewer pages than the one asked for (counted from 0).
    #[error("the PDF has no page {0}")]
    NoPage(usize),
    /// The scale of a picture is not a number between 0.1 and 8.
    #[error("a picture can't be drawn at scale {0}")]
    Scale(f32),
    /// The picture could not be written as PNG.
    #[error("the picture can't be written: {0}")]
    Picture(String),
}
