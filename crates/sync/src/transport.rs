//! The way to the centre. A [`Wire`] carries one exchange of bytes (HTTP in the program, the router itself in the
//! simulation; hub and USB with their issue); [`Transport`] asks the centre's questions over it and believes an answer
//! only when it is what it should be: a login page that answers 200 is not the centre. Errors say what a person sees.

use async_trait::async_trait;
use onedoor_protocol::{
    batch::{BatchAnswer, BatchRefusal},
    enrol::EnrolRequest,
    request,
    sign::Signed,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{sync::Arc, time::Duration};
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

/// HTTP method of a [`Call`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks, or ends something.
    Post,
    /// Puts bytes at their place.
    Put,
}

impl Method {
    /// As it is written and signed.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method.
    pub method: Method,
    /// Path and query, from `/v1/` on.
    pub path: String,
    /// Headers beside those that every request has.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Call {
    /// A request whose header [`request::HEADER`] says who asks.
    pub fn signed(method: Method, path: String, proof: String, body: Vec<u8>) -> Self {
        Call {
            method,
            path,
            headers: vec![(request::HEADER, proof)],
            body,
        }
    }
}

/// What came back, not believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The server's wish to be left alone.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Vec<u8>,
    /// The line broke in the midst of it. Only a part that was asked for by its range comes so: what is there of it holds.
    pub cut: bool,
}

impl Reply {
    /// The reply, unless the centre says "later".
    fn now(self) -> Result<Reply, TransportError> {
        match self.status {
            429 | 500.. => Err(TransportError::ServerDown {
                status: self.status,
                retry_after: self.retry_after,
            }),
            _ => Ok(self),
        }
    }

    /// The reply, unless the centre says "later" or does not know who asks.
    pub fn settled(self) -> Result<Reply, TransportError> {
        match self.status {
            401 | 403 => Err(TransportError::NotTheCentre),
            _ => self.now(),
        }
    }

    fn json<T: DeserializeOwned>(&self) -> Result<T, TransportError> {
        serde_json::from_slice(&self.body).map_err(|_| TransportError::NotTheCentre)
    }
}

/// Carries one exchange of bytes.
#[async_trait]
pub trait Wire: Send + Sync {
    /// Sends a request and brings back whatever answered.
    async fn exchange(&self, call: Call) -> Result<Reply, TransportError>;
}

/// The centre, as far as a workstation sees it. A cheap clone.
#[derive(Clone)]
pub struct Transport(Arc<dyn Wire>);

#[derive(Deserialize)]
struct EnrolRefusal {
    code: String,
}

impl Transport {
    /// The centre at the other end of a wire.
    pub fn new(wire: Arc<dyn Wire>) -> Self {
        Transport(wire)
    }

    /// `GET /v1/hello`.
    pub async fn hello(&self, nonce: [u8; 16], ws: Option<Uuid>) -> Result<Signed, TransportError> {
        let ws = ws.map(|ws| format!("&ws={ws}")).unwrap_or_default();
        let path = format!("/v1/hello?nonce={}{ws}", hex::encode(nonce));
        let reply = self.plain(Method::Get, path, Vec::new(), None).await?;
        match reply.status {
            200 => reply.json(),
            _ => Err(TransportError::NotTheCentre),
        }
    }

    /// `POST /v1/batches`.
    pub async fn batch(&self, bytes: Vec<u8>) -> Result<BatchOutcome, TransportError> {
        let kind = Some("application/zstd");
        let path = "/v1/batches".to_string();
        let reply = self.plain(Method::Post, path, bytes, kind).await?;
        match reply.status {
            200 => reply.json().map(BatchOutcome::Taken),
            400..500 => reply.json().map(BatchOutcome::Refused),
            _ => Err(TransportError::NotTheCentre),
        }
    }

    /// `POST /v1/enrol`.
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolOutcome, TransportError> {
        let body = serde_json::to_vec(request).map_err(|_| TransportError::NotTheCentre)?;
        let kind = Some("application/json");
        let path = "/v1/enrol".to_string();
        let reply = match self.plain(Method::Post, path, body, kind).await {
            Err(TransportError::ServerDown { status: 429, .. }) => {
                return Ok(EnrolOutcome::TooManyTries);
            }
            other => other?,
        };
        match reply.status {
            200 => reply.json().map(EnrolOutcome::Enrolled),
            400..500 => match reply.json::<EnrolRefusal>()?.code.as_str() {
                "code_used" => Ok(EnrolOutcome::CodeUsed),
                "code_unknown" => Ok(EnrolOutcome::CodeUnknown),
                _ => Err(TransportError::NotTheCentre),
            },
            _ => Err(TransportError::NotTheCentre),
        }
    }

    /// Any other request, signed; the caller reads the reply.
    pub async fn call(&self, call: Call) -> Result<Reply, TransportError> {
        self.0.exchange(call).await
    }

    async fn plain(
        &self,
        method: Method,
        path: String,
        body: Vec<u8>,
        content_type: Option<&str>,
    ) -> Result<Reply, TransportError> {
        let headers = content_type.map(|kind| ("content-type", kind.to_string()));
        let call = Call {
            method,
            path,
            headers: headers.into_iter().collect(),
            body,
        };
        self.0.exchange(call).await?.now()
    }
}
