//! The way to the centre, behind a trait: HTTP today, hub and USB with their issue. Errors say what a person sees.

use async_trait::async_trait;
use onedoor_protocol::{
    batch::{BatchAnswer, BatchRefusal},
    enrol::EnrolRequest,
    sign::Signed,
};
use std::time::Duration;
use uuid::Uuid;

/// Why nothing came back that could be used. Nothing is lost: the lines wait in the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection.
    #[error("no connection")]
    Offline,
    /// Something answered that is not the centre: a login page, a proxy, another server.
    #[error("the answer is not the centre's")]
    NotTheCentre,
    /// The address would carry citizens' details in the clear; nothing was sent.
    #[error("the address is not secure")]
    NotSecure,
    /// The centre answered, but can't serve now.
    #[error("the centre can't serve now ({status})")]
    ServerDown {
        /// HTTP status.
        status: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchOutcome {
    /// Taken, with the state at the centre.
    Taken(BatchAnswer),
    /// Not taken.
    Refused(BatchRefusal),
}

/// What became of an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrolOutcome {
    /// Signed [`onedoor_protocol::enrol::Enrolment`].
    Enrolled(Signed),
    /// The code belongs to another workstation now.
    CodeUsed,
    /// The centre does not know it, or it is too old.
    CodeUnknown,
    /// Too many wrong codes from here: later.
    TooManyTries,
}

/// The centre, as far as a workstation sees it.
#[async_trait]
pub trait Transport: Send + Sync {
    /// `GET /v1/hello`.
    async fn hello(&self, nonce: [u8; 16], ws: Option<Uuid>) -> Result<Signed, TransportError>;
    /// `POST /v1/batches`.
    async fn batch(&self, bytes: Vec<u8>) -> Result<BatchOutcome, TransportError>;
    /// `POST /v1/enrol`.
    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolOutcome, TransportError>;
}
