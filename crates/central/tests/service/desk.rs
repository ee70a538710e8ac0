//! A centre in a folder of its own, and requests to its router.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use onedoor_central::ledger::OfficeRecord;
use onedoor_central::{Central, Options};
use onedoor_protocol::batch::{BatchAnswer, BatchRefusal};
use onedoor_protocol::enrol::{Counter, EnrolRequest, Enrolment};
use onedoor_protocol::hello::Hello;
use onedoor_protocol::read::ReadAuthorization;
use onedoor_protocol::request::{HEADER, sign_request};
use onedoor_protocol::sign::{SecretKey, Signed, Tag};
use onedoor_testkit::clock::FakeClock;
use onedoor_testkit::journal::{self, Journal};
use onedoor_testkit::temp::Folder;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

/// A running centre with the office `eatul`.
pub struct Centre {
    pub central: Central,
    pub clock: FakeClock,
    pub router: axum::Router,
    folder: Arc<Folder>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The `code` of a refusal.
    pub fn code(&self) -> String {
        self.json::<serde_json::Value>()["code"]
            .as_str()
            .unwrap_or_default()
            .to_string()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Centre {
    pub async fn open() -> Self {
        Self::open_with(|options| options).await
    }

    /// With something else than the defaults.
    pub async fn open_with(options: impl FnOnce(Options) -> Options) -> Self {
        let folder = Folder::new();
        let clock = FakeClock::monday();
        let options = options(Options {
            clock: clock.reader(),
            ..Options::new(folder.path())
        });
        let central = Central::open(options).await.unwrap();
        let record = OfficeRecord {
            office: journal::office(),
            province: "daklak".into(),
        };
        central.add_office(record).await.unwrap();
        let router = central.router();
        Centre {
            central,
            clock,
            router,
            folder: Arc::new(folder),
        }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// A second program on the same data.
    pub async fn another_instance(&self) -> Self {
        let options = Options {
            clock: self.clock.reader(),
            ..Options::new(self.data())
        };
        let central = Central::open(options).await.unwrap();
        Centre {
            router: central.router(),
            central,
            clock: self.clock.clone(),
            folder: self.folder.clone(),
        }
    }

    /// A workstation of another office.
    pub async fn elsewhere(&self, counter: u16) -> Journal {
        let mut office = journal::office();
        (office.id, office.agency) = ("elsewhere".into(), "H15.50.05.14".into());
        let record = OfficeRecord {
            office,
            province: "daklak".into(),
        };
        self.central.add_office(record).await.unwrap();
        self.enrolled("elsewhere", counter, 100).await
    }

    pub async fn request(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.request(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn get_as(&self, authorization: &str, path: &str) -> Answer {
        let request = Request::get(path).header(header::AUTHORIZATION, authorization);
        self.request(request.body(Body::empty()).unwrap()).await
    }

    /// A read signed by a workstation, with a nonce from hello.
    pub async fn get_signed(&self, journal: &Journal, path: &str) -> Answer {
        let nonce = self.hello().await.read_nonce;
        let signed = ReadAuthorization::sign(&journal.key, journal.ws, "GET", path, &nonce);
        self.get_as(&signed.header(), path).await
    }

    /// A request signed by a workstation at the centre's own time.
    pub async fn ask(
        &self,
        journal: &Journal,
        method: &str,
        path: &str,
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let body = body.into();
        let at = u64::try_from(self.clock.now().as_millisecond()).unwrap();
        let signed = sign_request(&journal.key, journal.ws, method, path, at, &body);
        self.ask_with(&signed.header(), method, path, body).await
    }

    /// A request under any `onedoor-request` header.
    pub async fn ask_with(
        &self,
        header: &str,
        method: &str,
        path: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HEADER, header);
        self.request(request.body(body.into()).unwrap()).await
    }

    pub async fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .unwrap();
        self.request(request).await
    }

    pub async fn send(&self, batch: impl Into<Body>) -> Answer {
        self.post("/v1/batches", "application/zstd", batch).await
    }

    /// Sends a batch that must be taken; the countersignature is checked.
    pub async fn take(&self, batch: Vec<u8>) -> BatchAnswer {
        let answer = self.send(batch).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        let answer: BatchAnswer = answer.json();
        assert!(
            answer.countersigned_by(&[self.central.public_key()]),
            "the centre signed this state"
        );
        answer
    }

    /// Sends a batch that must be refused.
    pub async fn refuse(&self, batch: Vec<u8>) -> (StatusCode, BatchRefusal) {
        let answer = self.send(batch).await;
        (answer.status, answer.json())
    }

    pub async fn hello(&self) -> Hello {
        let nonce = [7; 16];
        let signed: Signed = self
            .get(&format!("/v1/hello?nonce={}", hex::encode(nonce)))
            .await
            .json();
        signed
            .open(&self.central.public_key(), Tag::Hello, &nonce)
            .expect("hello is signed over our nonce")
    }

    pub async fn enrol(&self, request: &EnrolRequest) -> Answer {
        self.post(
            "/v1/enrol",
            "application/json",
            serde_json::to_vec(request).unwrap(),
        )
        .await
    }

    /// A workstation at a counter, by a one-time code.
    pub async fn workstation(&self, counter: u16) -> Journal {
        self.enrolled("eatul", counter, 0).await
    }

    async fn enrolled(&self, office: &str, counter: u16, seed: u8) -> Journal {
        let code = self
            .central
            .enrolment_code(office, counter_of(counter))
            .await
            .unwrap();
        let key = SecretKey::from_seed(&[seed + u8::try_from(counter).unwrap(); 32]);
        let signed: Signed = self
            .enrol(&EnrolRequest::new(&key, &code.code, "test"))
            .await
            .json();
        let enrolment: Enrolment = signed
            .open(&self.central.public_key(), Tag::Office, b"")
            .unwrap();
        Journal::new(enrolment.ws, key, office)
    }

    /// All lines that are stored of a journal.
    pub async fn stored(&self, journal: &Journal) -> Vec<Vec<u8>> {
        self.central
            .ledger()
            .lines(journal.ws, 1, 100_000)
            .await
            .unwrap()
    }
}

pub fn counter_of(number: u16) -> Counter {
    Counter {
        number,
        name: format!("Quầy {number}"),
    }
}

/// A code of the counter on Monday.
pub fn code(number: u32) -> String {
    format!("H15.50.05.13-261123-{number:04}")
}

/// A journal with so many filings received.
pub fn filled(mut journal: Journal, lines: u32) -> Journal {
    for number in 0..lines {
        journal.receive(&code(1000 + number));
    }
    journal
}
