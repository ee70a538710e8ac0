//! Filings on their way to the province's own system, by the reference connector and a fake provincial server: killed
//! between any two steps, each filing arrives once.

#[path = "../../examples/connector/steps.rs"]
mod steps;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::put;
use axum::{Json, Router};
use onedoor_central::feed::{Fact, FeedQuery};
use onedoor_central::ledger::Role;
use onedoor_protocol::Hash32;
use onedoor_protocol::journal::FormRendered;
use onedoor_testkit::journal::{Journal, received};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::desk::{Centre, code};
use steps::{Connector, Next};

/// What a province's system has: filings by id with the versions that came, and documents by hash.
#[derive(Default)]
struct Province {
    filings: BTreeMap<String, Vec<(u64, Value)>>,
    codes: BTreeMap<String, String>,
    documents: BTreeMap<String, Bytes>,
}

type Shared = Arc<Mutex<Province>>;

async fn take_document(
    State(province): State<Shared>,
    Path(sha256): Path<String>,
    body: Bytes,
) -> StatusCode {
    province.lock().unwrap().documents.insert(sha256, body);
    StatusCode::NO_CONTENT
}

/// Knows a filing by its id and a version by its number; a version that it has changes nothing.
async fn take_filing(
    State(province): State<Shared>,
    Path(id): Path<String>,
    Json(package): Json<Value>,
) -> Result<Json<Value>, StatusCode> {
    let mut province = province.lock().unwrap();
    for document in package["documents"].as_array().unwrap() {
        let sha256 = document["sha256"].as_str().unwrap();
        if !province.documents.contains_key(sha256) {
            return Err(StatusCode::CONFLICT);
        }
    }
    let version = package["version"].as_u64().unwrap();
    let versions = province.filings.entry(id.clone()).or_default();
    if versions.iter().all(|(known, _)| *known != version) {
        versions.push((version, package));
    }
    let next = province.codes.len() + 1;
    let official = province.codes.entry(id).or_insert(format!("DLK-{next:06}"));
    Ok(Json(json!({ "official_code": official })))
}

async fn served(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

struct Road {
    centre: Centre,
    province: Shared,
    connector: Connector,
}

impl Road {
    async fn open() -> Self {
        let centre = Centre::open().await;
        let province = Shared::default();
        let router = Router::new()
            .route("/documents/{sha256}", put(take_document))
            .route("/filings/{id}", put(take_filing))
            .with_state(province.clone());
        let token = async |role| centre.central.token_for(&format!("{role:?}"), role).await;
        let outlet = token(Role::Outlet).await.unwrap();
        let unit = token(Role::Unit).await.unwrap();
        let connector = Connector::new(
            served(centre.router.clone()).await,
            served(router).await,
            outlet,
            unit,
        );
        Road {
            connector: connector.unwrap(),
            centre,
            province,
        }
    }

    /// Runs the connector again and again, killed one step later each time until a filing is over, until nothing is
    /// left; gives the steps before which it was killed.
    async fn run_killed_everywhere(&self) -> Vec<String> {
        let (mut kills, mut allowed) = (Vec::new(), 0);
        let lacking = async || {
            let ledger = self.centre.central.ledger();
            ledger.undelivered(None, 100).await.unwrap().len()
        };
        loop {
            let before = lacking().await;
            let (mut steps, mut killed) = (0, None);
            let mut between = |step: &str| {
                steps += 1;
                if steps > allowed {
                    killed = Some(step.to_string());
                    return Next::Stops;
                }
                Next::Goes
            };
            let run = self.connector.run(&mut between).await;
            match killed {
                Some(step) => kills.push(step),
                None if run.unwrap() == 0 => return kills,
                None => {}
            }
            let is_over = lacking().await < before;
            allowed = if is_over { 0 } else { allowed + 1 };
        }
    }

    fn versions(&self, filing: Uuid) -> Vec<u64> {
        let province = self.province.lock().unwrap();
        let versions = province.filings.get(&filing.to_string());
        let versions = versions.into_iter().flatten();
        versions.map(|(version, _)| *version).collect()
    }
}

/// A filing with a PDF, which the centre has or still waits for.
async fn with_form(centre: &Centre, journal: &mut Journal, filing: Uuid, is_here: bool) -> Vec<u8> {
    let pdf = format!("%PDF of {filing}").into_bytes();
    let sha256 = Hash32::of(&[&pdf]);
    let seq = journal.say(FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256,
        size: pdf.len() as u64,
    });
    centre.take(journal.batch_from(seq - 1)).await;
    if is_here {
        let path = format!("/v1/blobs/{sha256}/0");
        let put = centre.ask(journal, "PUT", &path, pdf.clone()).await;
        assert_eq!(put.status, 200);
    }
    pdf
}

/// The official codes that the counters are told.
async fn told(centre: &Centre) -> Vec<Option<String>> {
    let query = FeedQuery {
        office: "eatul".into(),
        ws: Uuid::from_u128(9),
        after: 0,
        limit: 200,
    };
    let page = centre.central.ledger().feed(query).await.unwrap().unwrap();
    let code = |fact| match fact {
        Fact::Other { body, .. } => {
            let body: Value = serde_json::from_str(&body).unwrap();
            Some(body["official_code"].as_str().map(str::to_string))
        }
        Fact::Peer { .. } => None,
    };
    page.lines
        .into_iter()
        .filter_map(|line| code(line.what))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_filing_arrives_once_wherever_the_connector_is_killed() {
    let road = Road::open().await;
    let mut journal = road.centre.workstation(1).await;
    let (plain, _) = journal.receive(&code(1000));
    let plain_pdf = with_form(&road.centre, &mut journal, plain, true).await;
    let mut numberless = received(Uuid::now_v7(), "");
    (numberless.code, numberless.provisional) = (None, Some("T-1-2".into()));
    let provisional = numberless.filing;
    journal.say(numberless);
    with_form(&road.centre, &mut journal, provisional, true).await;
    let (waiting, _) = journal.receive(&code(1001));
    let late = with_form(&road.centre, &mut journal, waiting, false).await;
    let kills = road.run_killed_everywhere().await;
    for step in [
        "fetching a document",
        "bringing a document",
        "bringing the filing",
        "bringing back the official code",
        "acknowledging",
    ] {
        assert!(
            kills.iter().any(|it| it == step),
            "killed before {step}: {kills:?}"
        );
    }
    assert_eq!(road.versions(plain), [2], "received, with its PDF");
    assert_eq!(road.versions(waiting), [0; 0], "its PDF is not here yet");
    let official = road.province.lock().unwrap().codes[&provisional.to_string()].clone();
    assert_eq!(told(&road.centre).await, [Some(official)], "told once");
    assert_eq!(
        road.versions(provisional),
        [2, 3],
        "the decision is news of the same filing, and the province knows it by its id"
    );
    {
        let province = road.province.lock().unwrap();
        assert_eq!(province.filings.len(), 2, "no filing twice");
        let pdf = &province.documents[&Hash32::of(&[&plain_pdf]).hex()];
        assert_eq!(pdf, &plain_pdf, "byte for byte");
        let package = &province.filings[&plain.to_string()][0].1;
        assert_eq!(package["v"], 1);
        assert_eq!(package["code"], code(1000).as_str());
        assert_eq!(package["received"]["applicant"]["name"], "H'Hen Niê");
    }
    let path = format!("/v1/blobs/{}/0", Hash32::of(&[&late]));
    road.centre.ask(&journal, "PUT", &path, late).await;
    let seq = journal.status(plain, "transferred");
    road.centre.take(journal.batch_from(seq)).await;
    road.run_killed_everywhere().await;
    assert_eq!(road.versions(waiting), [2], "now it is whole");
    assert_eq!(road.versions(plain), [2, 3], "a change is a version");
    assert_eq!(road.connector.run(&mut |_| Next::Goes).await.unwrap(), 0);
}

#[tokio::test]
async fn the_outlet_is_open_to_its_own_role_only() {
    let road = Road::open().await;
    let mut journal = road.centre.workstation(1).await;
    let (filing, _) = journal.receive(&code(1000));
    let pdf = with_form(&road.centre, &mut journal, filing, true).await;
    let sha256 = Hash32::of(&[&pdf]);
    let document = format!("/v1/outlet/{filing}/documents/{sha256}");
    let operator = road.centre.central.token("operator").await.unwrap();
    for path in ["/v1/outlet", document.as_str()] {
        let refused = road
            .centre
            .get_as(&format!("Bearer {operator}"), path)
            .await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (401, "unauthorized")
        );
    }
    let role = Role::Outlet;
    let token = road.centre.central.token_for("second", role).await.unwrap();
    let bearer = format!("Bearer {token}");
    let given = road.centre.get_as(&bearer, &document).await;
    assert_eq!(given.body, pdf);
    let stranger = format!("/v1/outlet/{}/documents/{sha256}", Uuid::from_u128(1));
    assert_eq!(
        road.centre.get_as(&bearer, &stranger).await.code(),
        "not_found"
    );
    let filings = road.centre.get_as(&bearer, "/v1/filings").await;
    assert_eq!(filings.code(), "unauthorized", "and reads nothing else");
}
