//! What crosses between workstation and centre, and what a journal line is: bytes, hashes, signatures, limits.
//! The envelope of version 1 is frozen. Not here: transport, storage, rules of the counter.

pub mod batch;
pub mod blob;
pub mod capsule;
pub mod chain;
pub mod enrol;
pub mod facts;
pub mod feed;
pub mod hello;
pub mod journal;
pub mod keys;
pub mod limits;
mod packed;
pub mod read;
pub mod request;
pub mod sign;
pub mod snapshot;

pub use chain::Hash32;
