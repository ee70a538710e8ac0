//! Published data with dates of effect: the procedures of the nation and the calendars as the program reads them.
//! Pure: bytes in, values out.
//!
//! Not here: where an import and an office's list are stored (store), the rules themselves (domain).

pub mod calendar;
pub mod curated;
pub mod find;
mod lines;
pub mod national;
pub mod offered;
pub mod portal;
mod starter;
pub mod tariff;
pub mod units;

pub use starter::{Catalogue, Listed};
pub use units::Units;
