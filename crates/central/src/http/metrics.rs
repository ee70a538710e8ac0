//! `GET /metrics`: what a monitoring system counts, as Prometheus text. Numbers by office and by kind of request; nobody's
//! name, number or paper. Not here: the operator's page (`operator`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use onedoor_protocol::Hash32;
use onedoor_protocol::hello::Standing;
use tokio::time::Instant;

use crate::central::Central;
use crate::ledger::{LedgerError, Role};

use super::access::bearer;
use super::admission::Class;
use super::answer::{ProblemCode, Refusal};
use super::routes::Service;

/// Quarantined lines that are counted at most.
const QUARANTINED: u32 = 10_000;
/// Answers by the first digit of their status: 1 to 5.
const KINDS: usize = 5;

/// Requests of one class, counted since the start.
#[derive(Debug, Default)]
struct Counts {
    answers: [AtomicU64; KINDS],
    under_way: AtomicU64,
    micros: AtomicU64,
}

/// What this instance counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metrics(Arc<[Counts; Class::ALL.len()]>);

/// One that is under way, until it is dropped.
struct UnderWay<'a>(&'a AtomicU64);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts a request of a class.
pub(crate) async fn count(
    State((metrics, class)): State<(Metrics, Class)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(counts) = metrics.0.get(class as usize) else {
        return next.run(request).await;
    };
    counts.under_way.fetch_add(1, Ordering::Relaxed);
    let under_way = UnderWay(&counts.under_way);
    let began = Instant::now();
    let response = next.run(request).await;
    drop(under_way);
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    counts.micros.fetch_add(micros, Ordering::Relaxed);
    let kind = usize::from(response.status().as_u16() / 100);
    if let Some(answers) = counts.answers.get(kind.saturating_sub(1)) {
        answers.fetch_add(1, Ordering::Relaxed);
    }
    response
}

/// What an office has and lacks.
#[derive(Default)]
struct Office {
    workstations: [u64; 3],
    lines: u64,
    behind: u64,
    awaited: u64,
    silent: Option<f64>,
}

/// Numbers for a monitoring system.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    security(("operator" = [])),
    responses(
        (status = 200, description = "Prometheus text", content_type = "text/plain", body = String),
        (status = 401, description = "No operator's token", body = super::answer::Problem),
        (status = 503, description = "busy, with Retry-After", body = super::answer::Problem),
    ))]
pub(crate) async fn metrics(
    State(service): State<Service>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let central = &service.central;
    let header = headers.get(header::AUTHORIZATION);
    let token = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let token = token.ok_or(ProblemCode::Unauthorized)?;
    if bearer(central, token, Role::Operator).await?.is_none() {
        return Err(ProblemCode::Unauthorized.into());
    }
    let text = text(central, &service.metrics).await?;
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok((kind, text).into_response())
}

async fn text(central: &Central, metrics: &Metrics) -> Result<String, LedgerError> {
    let mut page = Page::default();
    for (class, counts) in Class::ALL.iter().zip(metrics.0.iter()) {
        let class = class.name();
        for (kind, answers) in (1..).zip(&counts.answers) {
            let labels = format!("class=\"{class}\",status=\"{kind}xx\"");
            page.add(
                "requests_total",
                &labels,
                answers.load(Ordering::Relaxed) as f64,
            );
        }
        let labels = format!("class=\"{class}\"");
        let micros = counts.micros.load(Ordering::Relaxed) as f64;
        page.add("request_seconds_total", &labels, micros / 1e6);
        let under_way = counts.under_way.load(Ordering::Relaxed) as f64;
        page.add("requests_under_way", &labels, under_way);
    }
    let asked = Instant::now();
    central.ledger.token(Hash32([0; 32])).await?;
    page.add("ledger_wait_seconds", "", asked.elapsed().as_secs_f64());
    for (name, office) in offices(central).await? {
        let label = format!("office=\"{}\"", escaped(&name));
        for (standing, count) in STANDINGS.iter().zip(office.workstations) {
            let labels = format!("{label},standing=\"{standing}\"");
            page.add("workstations", &labels, count as f64);
        }
        page.add("lines", &label, office.lines as f64);
        page.add("lines_behind", &label, office.behind as f64);
        page.add("blobs_awaited", &label, office.awaited as f64);
        if let Some(silent) = office.silent {
            page.add("last_contact_seconds", &label, silent);
        }
    }
    let quarantined = central.ledger.quarantine(None, QUARANTINED).await?.len();
    page.add("lines_quarantined", "", quarantined as f64);
    let kept = central.ledger.kept_batches().await?;
    page.add("batches_of_revoked", "", kept as f64);
    Ok(page.text())
}

const STANDINGS: [&str; 3] = ["expected", "active", "revoked"];

async fn offices(central: &Central) -> Result<BTreeMap<String, Office>, LedgerError> {
    let now = (central.clock)();
    let awaited: BTreeMap<_, _> = central.ledger.waiting_blobs().await?.into_iter().collect();
    let mut offices: BTreeMap<String, Office> = BTreeMap::new();
    for it in central.ledger.workstations(None).await? {
        let office = offices.entry(it.office.clone()).or_default();
        let standing = match it.standing {
            Standing::Expected => 0,
            Standing::Active => 1,
            Standing::Revoked => 2,
        };
        office.workstations[standing] += 1;
        let lines = it.next_seq.saturating_sub(1);
        office.lines += lines;
        office.behind += it.said_last.unwrap_or_default().saturating_sub(lines);
        office.awaited += awaited.get(&it.ws).copied().unwrap_or_default();
        if let Some(heard) = it.heard.max(it.last_seen) {
            let silent = now.duration_since(heard).as_secs_f64().max(0.0);
            office.silent = Some(office.silent.unwrap_or(f64::MAX).min(silent));
        }
    }
    Ok(offices)
}

/// As Prometheus writes a label's value.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

/// Every metric with what it means, in the order in which they are written.
const METRICS: [(&str, &str, &str); 11] = [
    (
        "requests_total",
        "counter",
        "Answers since the start, by kind of request and of status",
    ),
    (
        "request_seconds_total",
        "counter",
        "Time that they took together",
    ),
    ("requests_under_way", "gauge", "Requests under way"),
    (
        "ledger_wait_seconds",
        "gauge",
        "How long a look into the ledger took just now, with the wait for a connection",
    ),
    ("workstations", "gauge", "Workstations"),
    (
        "lines",
        "gauge",
        "Journal lines that are here: its rate is the events a second",
    ),
    (
        "lines_behind",
        "gauge",
        "Lines that workstations said they have and that are not here",
    ),
    (
        "blobs_awaited",
        "gauge",
        "PDFs and scans that lines name and that are not here",
    ),
    (
        "last_contact_seconds",
        "gauge",
        "Since any workstation of the office was heard",
    ),
    (
        "lines_quarantined",
        "gauge",
        "Lines that are stored and not applied",
    ),
    (
        "batches_of_revoked",
        "gauge",
        "Kept batches of revoked workstations",
    ),
];

/// Values by their metric: all of one metric stand together.
#[derive(Default)]
struct Page(BTreeMap<&'static str, String>);

impl Page {
    fn add(&mut self, name: &'static str, labels: &str, value: f64) {
        let of = self.0.entry(name).or_default();
        let labels = match labels {
            "" => String::new(),
            labels => format!("{{{labels}}}"),
        };
        let _ = writeln!(of, "onedoor_{name}{labels} {value}");
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, kind, help) in METRICS {
            let values = self.0.get(name).map_or("", String::as_str);
            let _ = write!(
                text,
                "# HELP onedoor_{name} {help}\n# TYPE onedoor_{name} {kind}\n{values}"
            );
        }
        text
    }
}
