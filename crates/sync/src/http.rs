//! HTTP to the centre. No redirects are followed and no body is believed before it was read as what it should be: a
//! login page that answers 200 is not the centre.

use crate::transport::{BatchOutcome, EnrolOutcome, Transport, TransportError};
use async_trait::async_trait;
use onedoor_protocol::{enrol::EnrolRequest, sign::Signed};
use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use serde::{Deserialize, de::DeserializeOwned};
use std::{net::IpAddr, time::Duration};
use uuid::Uuid;

/// Bytes of an answer that are read at most.
const MOST_ANSWER: usize = 4 * 1024 * 1024;

/// A centre at an address.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: Client,
    base: String,
}

#[derive(Deserialize)]
struct EnrolRefusal {
    code: String,
}

impl HttpTransport {
    /// A client for `base` ("https://…"). Times out on silence (30 s without a byte), never on slowness.
    /// [`TransportError::NotSecure`] for anything but TLS, unless the centre runs on this very machine.
    pub fn new(base: &str) -> Result<Self, TransportError> {
        secure(base)?;
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .redirect(redirect::Policy::none())
            .tcp_nodelay(true)
            .build()
            .map_err(|_| TransportError::Offline)?;
        Ok(HttpTransport {
            client,
            base: base.trim_end_matches('/').to_string(),
        })
    }
}

/// Filings hold citizens' details, and only TLS hides them: plain HTTP may not leave the machine.
pub fn secure(base: &str) -> Result<(), TransportError> {
    let url = Url::parse(base).map_err(|_| TransportError::Offline)?;
    match (url.scheme(), url.host_str()) {
        ("https", Some(_)) => Ok(()),
        ("http", Some(host)) if is_loopback(host) => Ok(()),
        _ => Err(TransportError::NotSecure),
    }
}

/// A host as the URL parser gives it: lower case, numbers of any notation as four bytes, IPv6 in brackets.
fn is_loopback(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match bare.unwrap_or(host).parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

fn failed(error: reqwest::Error) -> TransportError {
    // A TLS failure on a host that answers is an inspection proxy or a portal, not a missing network.
    if format!("{error:?}").contains("InvalidCertificate") {
        TransportError::NotTheCentre
    } else {
        TransportError::Offline
    }
}

fn down(response: &Response) -> TransportError {
    let seconds = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    TransportError::ServerDown {
        status: response.status().as_u16(),
        retry_after: seconds.map(Duration::from_secs),
    }
}

async fn body<T: DeserializeOwned>(mut response: Response) -> Result<T, TransportError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_ANSWER {
            return Err(TransportError::NotTheCentre);
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| TransportError::NotTheCentre)
}

#[async_trait]
impl Transport for HttpTransport {
    async fn hello(&self, nonce: [u8; 16], ws: Option<Uuid>) -> Result<Signed, TransportError> {
        let mut url = format!("{}/v1/hello?nonce={}", self.base, hex::encode(nonce));
        if let Some(ws) = ws {
            url.push_str(&format!("&ws={ws}"));
        }
        let response = self.client.get(url).send().await.map_err(failed)?;
        match response.status() {
            StatusCode::OK => body(response).await,
            status if status.is_server_error() => Err(down(&response)),
            _ => Err(TransportError::NotTheCentre),
        }
    }

    async fn batch(&self, bytes: Vec<u8>) -> Result<BatchOutcome, TransportError> {
        let request = self.client.post(format!("{}/v1/batches", self.base));
        let request = request
            .header(header::CONTENT_TYPE, "application/zstd")
            .body(bytes);
        let response = request.send().await.map_err(failed)?;
        match response.status() {
            StatusCode::OK => body(response).await.map(BatchOutcome::Taken),
            StatusCode::TOO_MANY_REQUESTS => Err(down(&response)),
            status if status.is_server_error() => Err(down(&response)),
            status if status.is_client_error() => body(response).await.map(BatchOutcome::Refused),
            _ => Err(TransportError::NotTheCentre),
        }
    }

    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolOutcome, TransportError> {
        let response = self
            .client
            .post(format!("{}/v1/enrol", self.base))
            .json(request)
            .send()
            .await
            .map_err(failed)?;
        match response.status() {
            StatusCode::OK => body(response).await.map(EnrolOutcome::Enrolled),
            StatusCode::TOO_MANY_REQUESTS => Ok(EnrolOutcome::TooManyTries),
            status if status.is_server_error() => Err(down(&response)),
            status if status.is_client_error() => {
                match body::<EnrolRefusal>(response).await?.code.as_str() {
                    "code_used" => Ok(EnrolOutcome::CodeUsed),
                    "code_unknown" => Ok(EnrolOutcome::CodeUnknown),
                    _ => Err(TransportError::NotTheCentre),
                }
            }
            _ => Err(TransportError::NotTheCentre),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for own in [
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:8080/",
            "http://localhost:8080",
            "HTTP://LOCALHOST",
            "http://2130706433/",
        ] {
            assert_eq!(secure(own), Ok(()), "{own} stays on the machine");
        }
        for away in [
            "http://dichvucong.daklak.gov.vn",
            "http://10.0.0.5:8080",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://[::ffff:10.0.0.5]",
            "http://0.0.0.0:8080",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
        ] {
            assert_eq!(secure(away), Err(TransportError::NotSecure), "{away}");
        }
        assert_eq!(secure("https://dichvucong.daklak.gov.vn"), Ok(()));
        assert_eq!(
            secure("dichvucong"),
            Err(TransportError::Offline),
            "no address at all"
        );
    }
}
