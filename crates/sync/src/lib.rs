//! Everything between a workstation and the centre, on the workstation's side. Truth about what was sent lies in the
//! store (journal, marks, published blobs); here is only what to do next. The `machine` decides and is pure, the `engine`
//! carries out. Not here: hub and USB.

pub mod backoff;
mod blobs;
pub mod engine;
mod feed;
mod fetch;
pub mod http;
mod keys;
pub mod machine;
pub mod plan;
pub mod shelf;
mod signed;
mod snapshot;
pub mod transport;

pub use engine::{Engine, Nudge, Status};
pub use machine::Link;
pub use transport::{Transport, TransportError};
