//! HTTP to the centre. No redirects are followed, and nothing but TLS leaves the machine. Not here: what an answer means
//! (`transport`).

use crate::transport::{Call, Method, Reply, Transport, TransportError, Wire};
use async_trait::async_trait;
use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// Bytes of an answer that are read at most.
const MOST_ANSWER: usize = 8 * 1024 * 1024;

/// A centre at an address.
struct Http {
    client: Client,
    base: String,
}

/// The centre at `base` ("https://…"). Times out on silence (30 s without a byte), never on slowness.
/// [`TransportError::NotSecure`] for anything but TLS, unless the centre runs on this very machine.
pub fn centre_at(base: &str) -> Result<Transport, TransportError> {
    secure(base)?;
    let client = Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .redirect(redirect::Policy::none())
        .tcp_nodelay(true)
        .build()
        .map_err(|_| TransportError::Offline)?;
    Ok(Transport::new(Arc::new(Http {
        client,
        base: base.trim_end_matches('/').to_string(),
    })))
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

fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(header::RETRY_AFTER)?;
    Some(Duration::from_secs(value.to_str().ok()?.parse().ok()?))
}

/// What came, and whether the line broke before its end: of a part that was asked for by its range what came is kept.
async fn bytes(mut response: Response) -> Result<(Vec<u8>, bool), TransportError> {
    let is_part = response.status() == StatusCode::PARTIAL_CONTENT;
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok((bytes, false)),
            Err(_) if is_part && !bytes.is_empty() => return Ok((bytes, true)),
            Err(error) => return Err(failed(error)),
        }
        if bytes.len() > MOST_ANSWER {
            return Err(TransportError::NotTheCentre);
        }
    }
}

#[async_trait]
impl Wire for Http {
    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        let url = format!("{}{}", self.base, call.path);
        let request = match call.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
            Method::Put => self.client.put(url),
        };
        let named = call.headers.into_iter();
        let request = named.fold(request, |request, (name, value)| {
            request.header(name, value)
        });
        let response = request.body(call.body).send().await.map_err(failed)?;
        let (status, retry_after) = (response.status().as_u16(), retry_after(&response));
        let (body, cut) = bytes(response).await?;
        Ok(Reply {
            status,
            retry_after,
            body,
            cut,
        })
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
