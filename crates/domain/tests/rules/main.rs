//! The rules of the counter, told as examples and as properties.
//!
//! One test program, so that it links once. Not here: anything that needs a file or a clock.

mod access_and_clock;
mod cards;
mod code;
mod due;
mod due_anywhere;
mod due_later;
mod due_properties;
mod due_table;
mod fee;
mod fee_schedule;
mod fields;
mod filing;
mod fixture;
mod identity;
mod life;
mod money;
mod office;
mod procedure;
mod readers;
mod text;
mod till;
mod vietqr;
