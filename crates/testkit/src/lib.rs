//! For tests only: a fake clock, temporary folders, a real PostgreSQL, a centre's connection that fails on purpose, and
//! journals as a workstation writes them. Here things may panic: a broken fixture must stop the test with a reason.

pub mod clock;
pub mod faulty;
pub mod folders;
pub mod golden;
pub mod journal;
pub mod postgres;
pub mod seed;
pub mod temp;
