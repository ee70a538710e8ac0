//! Everything between a workstation and the centre, on the workstation's side. Truth about what was sent lies in the
//! store (journal and marks); here is only what to do next. Not here: blobs, feed, hub and USB, which come with their issue.

pub mod backoff;
pub mod engine;
pub mod http;
pub mod plan;
pub mod transport;

pub use engine::{Engine, Link, Nudge, Status};
pub use transport::{Transport, TransportError};
