//! What an office offers at its counter out of the whole catalogue, what it pins, and its own short names.
//!
//! Not here: where the list is kept (store) and who may change it (desk).

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::procedure::Procedure;
use onedoor_domain::text::fold;

/// An office's list. Everything else stays behind "all procedures", found after what is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    codes: BTreeSet<String>,
    pins: Vec<String>,
    /// From the folded short name to the code.
    nicknames: BTreeMap<String, String>,
}

impl Offered {
    /// The list of these codes.
    pub fn of<S: Into<String>>(codes: impl IntoIterator<Item = S>) -> Self {
        Offered {
            codes: codes.into_iter().map(Into::into).collect(),
            ..Offered::default()
        }
    }

    /// The list that an office begins with: the procedures that were worked out by hand. The levels on the portal's pages
    /// are no help: of those marked for communes two in five are customs and tax.
    pub fn curated(procedures: &[Procedure]) -> Self {
        Self::of(procedures.iter().map(|procedure| procedure.code.clone()))
    }

    /// Takes a procedure into the list.
    pub fn offer(&mut self, code: &str) {
        self.codes.insert(code.to_owned());
    }

    /// Takes a procedure off the list, with its pin and its short names.
    pub fn withdraw(&mut self, code: &str) {
        self.codes.remove(code);
        self.pins.retain(|pin| pin != code);
        self.nicknames.retain(|_, named| named != code);
    }

    /// Pins a procedure behind the pins that there are; what is pinned is offered.
    pub fn pin(&mut self, code: &str) {
        self.unpin(code);
        self.offer(code);
        self.pins.push(code.to_owned());
    }

    /// Takes a pin away; the procedure stays offered.
    pub fn unpin(&mut self, code: &str) {
        self.pins.retain(|pin| pin != code);
    }

    /// Gives a procedure a short name of this office; the same name for another procedure is replaced. An empty name is
    /// none.
    pub fn name(&mut self, code: &str, nickname: &str) {
        let folded = fold(nickname);
        if !folded.is_empty() {
            self.nicknames.insert(folded, code.to_owned());
        }
    }

    /// Whether the office offers a procedure.
    pub fn offers(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// The codes on the list.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }

    /// The pinned codes, in their order.
    pub fn pins(&self) -> &[String] {
        &self.pins
    }

    /// The code that a short name of this office means.
    pub fn named(&self, typed: &str) -> Option<&str> {
        self.nicknames.get(&fold(typed)).map(String::as_str)
    }
}
