//! The desk as the window uses it: commands over a real store in a temporary folder, a clock that the test moves, and
//! no centre that answers. Not here: the centre (tests/contract), the window (tests/shell).

mod bad_input;
mod calendars;
mod catalogue;
mod clocks;
mod correcting;
mod damage;
mod drafts;
mod fees;
mod finding;
mod guidance;
mod joining;
mod keyring;
mod life;
mod look_ups;
mod mission;
mod money;
mod office_documents;
mod pads;
mod passwords;
mod people;
mod published;
mod reading;
mod receipts;
mod receiving;
mod recovery;
mod rekey;
mod slip_acts;
mod slips;
mod staff_told;
mod till;
mod world;
