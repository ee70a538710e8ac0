//! Scans on an S3 store: two instances without a common folder, real requests to a server of the crate s3s-fs.
#![cfg(feature = "s3")]

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use http_body_util::BodyExt;
use onedoor_central::blobs::{Place, S3Place};
use onedoor_central::ledger::OfficeRecord;
use onedoor_central::{Central, Options};
use onedoor_protocol::blob::{AskedBlob, BlobQuery, BlobStanding, BlobStates, CHUNK};
use onedoor_protocol::enrol::{Counter, EnrolRequest, Enrolment};
use onedoor_protocol::journal::FormRendered;
use onedoor_protocol::request::{HEADER, sign_request};
use onedoor_protocol::sign::{SecretKey, Signed};
use onedoor_testkit::clock::FakeClock;
use onedoor_testkit::journal::{self, Journal};
use onedoor_testkit::temp::Folder;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// An S3 server over a folder.
struct Store {
    address: String,
    serving: JoinHandle<()>,
}

impl Store {
    async fn start(root: &Path) -> Self {
        std::fs::create_dir_all(root.join("scans")).unwrap();
        let mut builder =
            s3s::service::S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).unwrap());
        builder.set_auth(s3s::auth::SimpleAuth::from_single("key", "secret"));
        let service = builder.build();
        let serve = move |request: Request<Body>| {
            let service = service.clone();
            async move {
                match service.oneshot(request).await {
                    Ok(answer) => answer.map(Body::new).into_response(),
                    Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                }
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(serve);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Store { address, serving }
    }

    fn place(&self) -> Place {
        Place::S3(S3Place {
            bucket: "scans".into(),
            prefix: "daklak".into(),
            endpoint: Some(self.address.clone()),
            region: "us-east-1".into(),
            access_key: "key".into(),
            secret_key: "secret".into(),
        })
    }
}

async fn instance(data: &Path, clock: &FakeClock, scans: Place) -> Central {
    let options = Options {
        scans,
        clock: clock.reader(),
        ..Options::new(data)
    };
    Central::open(options).await.unwrap()
}

async fn send(central: &Central, request: Request<Body>) -> (StatusCode, Vec<u8>) {
    let answer = central.router().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap();
    (status, body.to_bytes().to_vec())
}

/// A workstation whose line names this scan.
async fn naming(central: &Central, blob: &AskedBlob) -> Journal {
    let record = OfficeRecord {
        office: journal::office(),
        province: "daklak".into(),
    };
    central.add_office(record).await.unwrap();
    let (number, name) = (1, "Quầy 1".into());
    let code = central.enrolment_code("eatul", Counter { number, name });
    let key = SecretKey::from_seed(&[1; 32]);
    let asked = EnrolRequest::new(&key, &code.await.unwrap().code, "test");
    let request = Request::post("/v1/enrol").header("content-type", "application/json");
    let body = Body::from(serde_json::to_vec(&asked).unwrap());
    let (_, answer) = send(central, request.body(body).unwrap()).await;
    let signed: Signed = serde_json::from_slice(&answer).unwrap();
    let enrolment: Enrolment = signed.peek().unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let (filing, _) = journal.receive("H15.50.05.13-261123-1000");
    journal.say(FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256: blob.sha256,
        size: blob.size,
    });
    let batch = Request::post("/v1/batches").body(Body::from(journal.batch_from(1)));
    assert_eq!(send(central, batch.unwrap()).await.0, StatusCode::OK);
    journal
}

async fn ask(
    central: &Central,
    clock: &FakeClock,
    journal: &Journal,
    (method, path): (&str, &str),
    body: &[u8],
) -> (StatusCode, Vec<u8>) {
    let at = u64::try_from(clock.now().as_millisecond()).unwrap();
    let signed = sign_request(&journal.key, journal.ws, method, path, at, body);
    let request = Request::builder().method(method).uri(path);
    let request = request.header(HEADER, signed.header());
    send(central, request.body(Body::from(body.to_vec())).unwrap()).await
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_publish_one_scan_in_a_bucket() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let store = Store::start(&folder.join("s3")).await;
    let data = folder.join("data");
    let one = instance(&data, &clock, store.place()).await;
    let two = instance(&data, &clock, store.place()).await;
    let bytes: Vec<u8> = (0..5 * CHUNK + 3).map(|at| (at % 251) as u8).collect();
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&one, &blob).await;
    let query = BlobQuery {
        blobs: vec![blob.clone()],
    };
    let query = serde_json::to_vec(&query).unwrap();
    let asked = ("POST", "/v1/blobs/query");
    ask(&one, &clock, &journal, asked, &query).await;
    for (index, chunk) in (0_u32..).zip(bytes.chunks(CHUNK)).filter(|it| it.0 != 2) {
        let instance = if index % 2 == 0 { &one } else { &two };
        let path = format!("/v1/blobs/{}/{index}", blob.sha256);
        let (status, _) = ask(instance, &clock, &journal, ("PUT", &path), chunk).await;
        assert_eq!(status, StatusCode::OK, "chunk {index}");
    }
    let (_, states) = ask(&two, &clock, &journal, asked, &query).await;
    let states: BlobStates = serde_json::from_slice(&states).unwrap();
    assert_eq!(states.blobs[0].missing, [[2, 2]], "either knows what came");
    let path = format!("/v1/blobs/{}/2", blob.sha256);
    let chunk = &bytes[2 * CHUNK..3 * CHUNK];
    ask(&one, &clock, &journal, ("PUT", &path), chunk).await;
    let complete = format!("/v1/blobs/{}/complete", blob.sha256);
    let (status, states) = ask(&two, &clock, &journal, ("POST", &complete), b"").await;
    assert_eq!(
        status,
        StatusCode::OK,
        "{}",
        String::from_utf8_lossy(&states)
    );
    let states: BlobStates = serde_json::from_slice(&states).unwrap();
    assert!(
        states.blobs[0].published_by(&[one.public_key()], blob.size, &states.at),
        "the other instance signs with the same key"
    );
    let path = format!("/v1/blobs/{}", blob.sha256);
    let (status, got) = ask(&one, &clock, &journal, ("GET", &path), b"").await;
    assert_eq!(status, StatusCode::OK);
    assert!(got == bytes, "the same bytes come back");
    let bucket = folder.join("s3").join("scans").join("daklak");
    let stored = files(bucket.join("blob"));
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!(std::fs::read(&stored[0]).unwrap(), bytes, "byte for byte");
    assert!(files(bucket.join("stage")).is_empty(), "nothing left over");
    assert!(files(data.join("scans")).is_empty(), "nor in the folder");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_is_a_busy_centre_and_events_go_on() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let store = Store::start(&folder.join("s3")).await;
    let central = instance(&folder.join("data"), &clock, store.place()).await;
    let blob = AskedBlob::of(b"scan");
    let mut journal = naming(&central, &blob).await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    store.serving.abort();
    let (status, _) = ask(&central, &clock, &journal, ("PUT", &path), b"scan").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "come back later");
    journal.receive("H15.50.05.13-261123-1001");
    let batch = Request::post("/v1/batches").body(Body::from(journal.batch_from(1)));
    assert_eq!(send(&central, batch.unwrap()).await.0, StatusCode::OK);
    let again = Store::start(&folder.join("s3")).await;
    let central = instance(&folder.join("data"), &clock, again.place()).await;
    let (_, states) = ask(&central, &clock, &journal, ("PUT", &path), b"scan").await;
    let states: BlobStates = serde_json::from_slice(&states).unwrap();
    assert_eq!(states.blobs[0].state, BlobStanding::Have);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_finished_is_swept_from_a_bucket_too() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let store = Store::start(&folder.join("s3")).await;
    let central = instance(&folder.join("data"), &clock, store.place()).await;
    let bytes: Vec<u8> = (0..2 * CHUNK).map(|at| (at % 251) as u8).collect();
    let blob = AskedBlob::of(&bytes);
    let journal = naming(&central, &blob).await;
    let blobs = vec![blob.clone()];
    let query = serde_json::to_vec(&BlobQuery { blobs }).unwrap();
    ask(
        &central,
        &clock,
        &journal,
        ("POST", "/v1/blobs/query"),
        &query,
    )
    .await;
    let path = format!("/v1/blobs/{}/0", blob.sha256);
    ask(&central, &clock, &journal, ("PUT", &path), &bytes[..CHUNK]).await;
    let stage = folder.join("s3/scans/daklak/stage");
    assert_eq!(files(stage.clone()).len(), 1);
    clock.advance(jiff::SignedDuration::from_hours(8 * 24));
    assert_eq!(central.sweep().await.unwrap().stale, 1);
    assert!(files(stage).is_empty(), "nothing is left of it");
}
