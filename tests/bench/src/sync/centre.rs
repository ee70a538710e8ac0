//! A real centre in this process, over loopback HTTP, on the disk that is measured.

use anyhow::{Context, Result, ensure};
use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, EnrolRequest, Office, Ticket},
    sign::SecretKey,
};
use onedoor_sync::{Transport, http::centre_at, transport::EnrolOutcome};
use onedoor_testkit::journal;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tokio::{net::TcpListener, task::JoinHandle};
use uuid::Uuid;

/// A running centre. It stops when dropped.
pub struct Centre {
    central: Central,
    address: SocketAddr,
    data: PathBuf,
    serving: JoinHandle<()>,
}

impl Centre {
    /// Opens a centre in `data`, on its own SQLite or on a database, and serves it.
    pub async fn start(data: &Path, database: Option<String>) -> Result<Self> {
        let mut options = Options::new(data);
        options.database = database;
        let central = Central::open(options).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let service = central.clone();
        let serving = tokio::spawn(async move {
            if let Err(error) = service.serve(listener).await {
                eprintln!("the centre stopped: {error}");
            }
        });
        Ok(Centre {
            central,
            address,
            data: data.to_path_buf(),
            serving,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A way to it of its own: another connection than everybody else's.
    pub fn transport(&self) -> Result<Transport> {
        Ok(centre_at(&self.url())?)
    }

    /// A ticket for a counter of an office, which is added if it is new.
    pub async fn ticket(&self, office: &str, counter: u16) -> Result<String> {
        let known = self.central.ledger().office(office).await?;
        if known.is_none() {
            let record = OfficeRecord {
                office: Office {
                    id: office.to_string(),
                    ..journal::office()
                },
                province: "Đắk Lắk".into(),
            };
            self.central.add_office(record).await?;
        }
        let counter = Counter {
            number: counter,
            name: format!("Quầy {counter}"),
        };
        Ok(self.central.ticket(office, counter, &self.url()).await?)
    }

    /// Tells it which key belongs to a ticket.
    pub async fn bind(&self, ticket: &Ticket, key: &SecretKey) -> Result<()> {
        let request = EnrolRequest::new(key, &ticket.secret, "bench");
        let outcome = self.transport()?.enrol(&request).await?;
        ensure!(
            matches!(outcome, EnrolOutcome::Enrolled(_)),
            "the centre did not enrol: {outcome:?}"
        );
        Ok(())
    }

    /// Fails unless it holds exactly these lines of a workstation, and has applied all of them.
    pub async fn holds(&self, ws: Uuid, sent: &[Vec<u8>]) -> Result<()> {
        let most = u32::try_from(sent.len() + 1)?;
        let stored = self.central.ledger().lines(ws, 1, most).await?;
        same(sent, &stored)?;
        let quarantined = self.central.ledger().quarantine(None, 1).await?;
        ensure!(
            quarantined.is_empty(),
            "the centre could not apply {quarantined:?}"
        );
        Ok(())
    }

    /// Fails unless it holds exactly the bytes of this blob.
    pub fn has_blob(&self, sha256: &Hash32) -> Result<()> {
        let name = sha256.to_string();
        let (first, second) = (name.get(..2), name.get(2..4));
        let (first, second) = first.zip(second).context("a hash has four digits")?;
        let folder = self.data.join("scans").join("blob").join(first);
        let bytes = std::fs::read(folder.join(second).join(&name));
        let bytes = bytes.with_context(|| format!("the centre lacks blob {name}"))?;
        ensure!(Hash32::of(&[&bytes]) == *sha256, "blob {name} was changed");
        Ok(())
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Fails unless both are the same lines in the same order, and there is one.
fn same(sent: &[Vec<u8>], stored: &[Vec<u8>]) -> Result<()> {
    ensure!(!sent.is_empty(), "nothing was sent");
    let (here, there) = (sent.len(), stored.len());
    ensure!(here == there, "{here} lines were sent, {there} are stored");
    let differs = sent.iter().zip(stored).position(|(a, b)| a != b);
    ensure!(differs.is_none(), "line {differs:?} was changed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_centre_that_lost_changed_or_swapped_a_line_gives_no_figure() {
        let lines = |texts: &[&str]| -> Vec<Vec<u8>> {
            texts.iter().map(|text| text.as_bytes().to_vec()).collect()
        };
        let sent = lines(&["a", "b", "c"]);
        assert!(same(&sent, &sent).is_ok());
        for wrong in [
            lines(&["a", "b"]),
            lines(&["a", "b", "x"]),
            lines(&["b", "a", "c"]),
            lines(&[]),
        ] {
            assert!(same(&sent, &wrong).is_err(), "{wrong:?} was taken for it");
        }
        assert!(same(&[], &[]).is_err(), "nothing sent is no result");
    }
}
