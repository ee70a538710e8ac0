//! Pure rules of the counter: text, codes, identity, calendar, due dates, money and fees, procedures, filings,
//! permissions and doubts about the clock.
//!
//! Deliberately not here: IO, the system's clock (`today` and `now` are passed in), randomness, serialisation (wire
//! types live in `onedoor-protocol`), and the texts that a person reads (they live in the screen's message catalogue).

pub mod access;
pub mod calendar;
pub mod clock;
pub mod code;
pub mod due;
pub mod fee;
pub mod fields;
pub mod filing;
pub mod identity;
pub mod money;
pub mod procedure;
pub mod text;
pub mod till;
pub mod versions;
pub mod vietqr;
