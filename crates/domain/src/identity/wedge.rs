//! Scanners that type like a keyboard: telling their bursts from a person's keys, without a clock of its own.
//!
//! Not here: catching the keys, and what the text means. The caller passes each key with its time in milliseconds.

use super::damage::{self, Damage};

/// Keys further apart than this are not of one burst.
const GAP_MS: u64 = 50;
/// A burst's mean gap; a held key repeats more slowly, and nobody types so fast.
const MEAN_MS: u64 = 30;
/// Fewer keys than this are never a scan.
const FEWEST: usize = 6;
/// No scanner sends more.
const MOST: usize = 4_096;

/// What a run of keys was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A person typed; the keys belong to the field.
    Typed,
    /// A scanner sent this text.
    Scan(String),
    /// A scanner sent it, and it was damaged on the way: it must not be used.
    Damaged {
        /// As it arrived.
        text: String,
        /// What happened to it.
        why: Damage,
    },
}

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It goes where keys go.
    Through,
    /// It ended a scan and must do nothing else: an Enter would send the page off.
    Swallow,
}

/// What one key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// A run that this key ended: by ending it, or by coming too late to belong to it.
    pub ended: Option<Outcome>,
    /// What becomes of the key itself.
    pub pass: Pass,
}

/// The keys of the run that is going on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wedge {
    text: String,
    keys: usize,
    first: u64,
    last: u64,
    /// Whether one key was held: a cat on the keyboard is no scanner.
    varied: bool,
}

impl Wedge {
    /// Takes a key: a character, or Enter (`\r`, `\n`) or Tab. `at` is in milliseconds from any fixed point.
    pub fn key(&mut self, key: char, at: u64) -> Reaction {
        let late = self.keys > 0 && at.saturating_sub(self.last) > GAP_MS;
        let ended = late.then(|| self.end());
        if matches!(key, '\r' | '\n' | '\t') {
            let scanned = !late && self.is_burst();
            let by_key = (self.keys > 0).then(|| self.end());
            return Reaction {
                ended: by_key.or(ended),
                pass: if scanned {
                    Pass::Swallow
                } else {
                    Pass::Through
                },
            };
        }
        if self.keys == 0 {
            self.first = at;
        }
        self.last = at.max(self.last);
        self.keys = self.keys.saturating_add(1);
        self.varied |= self.text.chars().next().is_some_and(|first| first != key);
        if self.keys <= MOST {
            self.text.push(key);
        }
        Reaction {
            ended,
            pass: Pass::Through,
        }
    }

    /// Ends the run when nothing more came: `now` is long enough after the last key.
    pub fn silence(&mut self, now: u64) -> Option<Outcome> {
        let over = self.keys > 0 && now.saturating_sub(self.last) > GAP_MS;
        over.then(|| self.end())
    }

    fn is_burst(&self) -> bool {
        let gaps = u64::try_from(self.keys)
            .unwrap_or(u64::MAX)
            .saturating_sub(1);
        self.keys >= FEWEST
            && self.varied
            && self.last.saturating_sub(self.first) <= gaps.saturating_mul(MEAN_MS)
    }

    fn end(&mut self) -> Outcome {
        let run = std::mem::take(self);
        if !run.is_burst() {
            return Outcome::Typed;
        }
        let why = if run.keys > MOST {
            Some(Damage::TooLong)
        } else {
            damage_of(&run.text)
        };
        match why {
            Some(why) => Outcome::Damaged {
                text: run.text,
                why,
            },
            None => Outcome::Scan(run.text),
        }
    }
}

/// What a whole recorded run of keys was; the last outcome counts, an Enter at its end belongs to it.
pub fn read(keys: &[(char, u64)]) -> Outcome {
    let mut wedge = Wedge::default();
    let mut outcome = None;
    for (key, at) in keys {
        outcome = wedge.key(*key, *at).ended.or(outcome);
    }
    wedge
        .silence(u64::MAX)
        .or(outcome)
        .unwrap_or(Outcome::Typed)
}

/// An identity card's name is its third field; a health card's is its second, in hexadecimal digits, where a letter
/// with marks can only come from an input method. Everything else that a scanner reads is a code.
fn damage_of(text: &str) -> Option<Damage> {
    let fields: Vec<&str> = text.split('|').collect();
    let is_personal =
        |number: &str| number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit());
    match fields.as_slice() {
        [number, _, name, _, ..] if is_personal(number) => damage::of_name(name),
        [number, hex, _, _, ..] => {
            damage::of_code(number).or_else(|| (!hex.is_ascii()).then_some(Damage::Telex))
        }
        _ => damage::of_code(text),
    }
}
