//! The central service: it enrols workstations, takes their signed batches exactly once, and answers with its own
//! state and signature. Storage is embedded SQLite or PostgreSQL behind one trait.
//! Scans come in chunks into a folder beside it. What an
//! office should know goes back as its feed. The province's own system fetches
//! filings at the outlet.

pub mod blobs;
mod central;
pub mod engine;
mod facts;
pub mod feed;
mod http;
pub mod import;
pub mod ingest;
pub mod later;
pub mod ledger;
pub mod limits;
mod notary;
pub mod plan;
mod quarantine;
pub mod sheet;
mod snapshot;
mod staff;
mod trimming;
mod upkeep;
mod verify;

pub use central::{Central, Clock, Code, OpenError, Options, Refused};
pub use http::openapi::document as openapi;
pub use http::routes::described as routes;
pub use notary::{KEY_FILE, Notary};
pub use quarantine::{Attempt, Which};
pub use snapshot::Pruned;
pub use staff::{Member, Word};
pub use trimming::FeedsKept;
pub use upkeep::Swept;
pub use verify::{Broken, Verified};
