//! One turn of the connector. Every request may be made again: the province knows a filing by its id, a decision by an id
//! made out of what it says. So no step needs to remember the one before.

use anyhow::{Context, Result, bail, ensure};
use onedoor_protocol::Hash32;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// Whether a turn goes on; tests stop it between any two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The next step follows.
    Goes,
    /// The connector is killed here.
    #[allow(dead_code)]
    Stops,
}

/// Between a centre and a province's own system.
pub struct Connector {
    client: Client,
    centre: String,
    province: String,
    outlet_token: String,
    unit_token: String,
}

#[derive(Deserialize)]
struct Page {
    packages: Vec<Value>,
}

#[derive(Deserialize)]
struct Package {
    filing: String,
    version: u32,
    provisional: Option<String>,
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    sha256: String,
}

/// What the province answers to a filing.
#[derive(Deserialize)]
struct Accepted {
    official_code: Option<String>,
}

impl Connector {
    /// With two tokens of the centre.
    pub fn new(
        centre: String,
        province: String,
        outlet_token: String,
        unit_token: String,
    ) -> Result<Self> {
        // Whoever was first has set the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Connector {
            client: Client::builder().build()?,
            centre,
            province,
            outlet_token,
            unit_token,
        })
    }

    /// Brings over what waits; says how many filings that were.
    pub async fn run(&self, between: &mut impl FnMut(&str) -> Next) -> Result<usize> {
        let list = self.client.get(format!("{}/v1/outlet", self.centre));
        let page: Page = sent(list.bearer_auth(&self.outlet_token))
            .await?
            .json()
            .await?;
        for package in &page.packages {
            self.bring(package, between).await?;
        }
        Ok(page.packages.len())
    }

    async fn bring(&self, whole: &Value, between: &mut impl FnMut(&str) -> Next) -> Result<()> {
        let package = Package::deserialize(whole)?;
        let mut step = |name: &str| match between(name) {
            Next::Goes => Ok(()),
            Next::Stops => bail!("stopped before {name}"),
        };
        let outlet = format!("{}/v1/outlet/{}", self.centre, package.filing);
        for document in &package.documents {
            step("fetching a document")?;
            let from = self
                .client
                .get(format!("{outlet}/documents/{}", document.sha256));
            let bytes = sent(from.bearer_auth(&self.outlet_token))
                .await?
                .bytes()
                .await?;
            ensure!(
                Hash32::of(&[&bytes]).hex() == document.sha256,
                "{} came as something else",
                document.sha256
            );
            step("bringing a document")?;
            let to = format!("{}/documents/{}", self.province, document.sha256);
            sent(self.client.put(to).body(bytes)).await?;
        }
        step("bringing the filing")?;
        let to = format!("{}/filings/{}", self.province, package.filing);
        let accepted: Accepted = sent(self.client.put(to).json(whole)).await?.json().await?;
        if let Some(official) = accepted
            .official_code
            .filter(|_| package.provisional.is_some())
        {
            step("bringing back the official code")?;
            self.decide(&package.filing, &official).await?;
        }
        step("acknowledging")?;
        let done = self.client.post(format!("{outlet}/delivered"));
        let done = done.bearer_auth(&self.outlet_token);
        sent(done.json(&json!({ "version": package.version }))).await?;
        Ok(())
    }

    async fn decide(&self, filing: &str, official: &str) -> Result<()> {
        // The same code for the same filing is the same decision, whoever tells it how often.
        let said = Hash32::of(&[
            b"onedoor-connector-1",
            filing.as_bytes(),
            official.as_bytes(),
        ]);
        let id = said
            .0
            .first_chunk()
            .map(|bytes| uuid::Builder::from_custom_bytes(*bytes));
        let id = id.context("a hash has 32 bytes")?.into_uuid();
        let decision = json!({
            "decision": id,
            "status": "being_solved",
            "reason": "",
            "official_code": official,
        });
        let path = format!("{}/v1/filings/{filing}/decisions", self.centre);
        sent(
            self.client
                .post(path)
                .bearer_auth(&self.unit_token)
                .json(&decision),
        )
        .await?;
        Ok(())
    }
}

/// Anything but a success is for the next turn.
async fn sent(request: RequestBuilder) -> Result<reqwest::Response> {
    let answer = request.send().await?;
    let (status, place) = (answer.status(), answer.url().path().to_string());
    if status == StatusCode::OK || status == StatusCode::NO_CONTENT {
        return Ok(answer);
    }
    bail!("{place}: {status}")
}
