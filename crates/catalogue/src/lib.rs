//! Published data with dates of effect: the procedures of the nation and the calendars as the program reads them.
//! Pure: bytes in, values out.
//!
//! Not here: what an office offers or pins, where an import is stored (store), the rules themselves (domain).

pub mod calendar;
pub mod curated;
pub mod national;
pub mod portal;
pub mod find;
pub mod offered;
mod starter;
pub mod units;

pub use starter::{Catalogue, Listed};
pub use units::Units;
