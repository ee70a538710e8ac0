//! The sheets that forms are drawn for. Not in it: the paper in the printer (`printer`), and where text stands on a
//! sheet (`sheet`).

/// The sheet that a form is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// A5 upright, 148 × 210 mm: one copy a sheet.
    A5,
    /// A4 across, 297 × 210 mm: two equal A5 copies side by side, with a line to cut along.
    A4TwoUp,
    /// A4 upright, 210 × 297 mm: one copy a sheet in larger type, for long forms and forms in two languages.
    A4,
}
