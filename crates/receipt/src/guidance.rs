//! What a guidance sheet says ("cần giấy gì?"): the papers, time and fee of one procedure, for a citizen to take home.
//! Not in it: how it looks (`guidance_body`), and the catalogue that the words come from (the desk).

use jiff::civil::Date;

use crate::{Letterhead, Words};

/// The version of the guidance sheet's layout. It is no form of the law.
pub const GUIDANCE_TEMPLATE: &str = "guidance-1";

/// Whether someone compared an entry of the catalogue with the official decision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Checked {
    /// Somebody did.
    #[default]
    Yes,
    /// Nobody yet; the sheet says so in a frame below its title, and why it matters.
    NotYet(Words),
}

/// One way to file, with its time and fee: both differ from way to way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingWay {
    /// "Trực tiếp tại quầy", "Trực tuyến" …
    pub way: Words,
    /// The time limit.
    pub term: Words,
    /// Fee and charge.
    pub fee: Words,
}

/// One paper of the procedure's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuidancePaper {
    /// What the paper is.
    pub name: Words,
    /// The form to fill in for it, or empty.
    pub form: Words,
    /// Originals that stay with the filing.
    pub originals: u16,
    /// Copies that stay with the filing.
    pub copies: u16,
    /// Whether the originals or the copies are enough.
    pub choice: bool,
    /// Papers that are shown and given back.
    pub shown: u16,
}

/// Papers that are asked for in one case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperCase {
    /// The case; empty means always.
    pub when: Words,
    /// The papers, in the catalogue's order.
    pub papers: Vec<GuidancePaper>,
}

/// Everything that a guidance sheet says. What is empty is left out. With an English title the sheet is drawn in both
/// languages; texts that lack English then stand in Vietnamese only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guidance {
    /// Whose paper it is.
    pub letterhead: Letterhead,
    /// The day it is printed.
    pub printed: Date,
    /// The procedure's title.
    pub title: Words,
    /// Its code.
    pub code: String,
    /// The decision that publishes it.
    pub decision: String,
    /// The field of administration (lĩnh vực).
    pub field: Words,
    /// Where to file.
    pub place: Words,
    /// Ways to file, each with its time and fee.
    pub ways: Vec<FilingWay>,
    /// Papers by case.
    pub cases: Vec<PaperCase>,
    /// Forms to fill in that belong to no single paper.
    pub forms: Vec<Words>,
    /// How to file, step by step.
    pub steps: Vec<Words>,
    /// Where these words come from, and as of which day.
    pub source: Words,
    /// Whether someone compared them with the decision.
    pub checked: Checked,
    /// Sample data of the demo office.
    pub sample: bool,
}
