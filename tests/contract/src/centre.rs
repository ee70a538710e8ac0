//! A real centre in this process, with one office.

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, Office},
};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use uuid::Uuid;

/// The agency whose code stands in every number.
pub const AGENCY: &str = "H15.50.05.13";

/// The centre, and the folder it lies in.
pub struct Centre {
    /// The service.
    pub central: Central,
    _folder: Folder,
}

/// The office of all contract tests.
pub fn office() -> Office {
    Office {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: AGENCY.into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    }
}

/// A counter of it.
pub fn counter(number: u16) -> Counter {
    Counter {
        number,
        name: format!("Quầy {number}"),
    }
}

impl Centre {
    /// The bytes of a blob that the centre has published.
    pub fn blob(&self, sha256: &Hash32) -> Option<Vec<u8>> {
        let name = sha256.to_string();
        let folder = self._folder.join("centre").join("scans").join("blob");
        std::fs::read(folder.join(&name[..2]).join(&name[2..4]).join(&name)).ok()
    }

    /// Opens a centre on SQLite that knows the office.
    ///
    /// # Panics
    /// When it can't be opened.
    pub async fn open(clock: &FakeClock) -> Self {
        let folder = Folder::new();
        let mut options = Options::new(folder.join("centre"));
        options.clock = clock.reader();
        let central = Central::open(options).await;
        let central = central.unwrap_or_else(|error| panic!("a centre: {error}"));
        let record = OfficeRecord {
            office: office(),
            province: "Đắk Lắk".into(),
        };
        let added = central.add_office(record).await;
        added.unwrap_or_else(|error| panic!("an office: {error}"));
        Centre {
            central,
            _folder: folder,
        }
    }

    /// The centre's key changes, and the service starts again with the next one; what was served before goes on with the old.
    ///
    /// # Panics
    /// When the key can't be changed.
    pub async fn with_next_key(&mut self, clock: &FakeClock) {
        let data = self._folder.join("centre");
        let said = self.central.rotate_key(&data).await;
        said.unwrap_or_else(|error| panic!("the next key: {error}"));
        let mut options = Options::new(data);
        options.clock = clock.reader();
        let again = Central::open(options).await;
        self.central = again.unwrap_or_else(|error| panic!("the centre again: {error}"));
    }

    /// Serves on a free port.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("a port: {error}"));
        let address = listener.local_addr();
        tokio::spawn(self.central.clone().serve(listener));
        address.unwrap_or_else(|error| panic!("an address: {error}"))
    }

    /// A one-time code for a counter.
    ///
    /// # Panics
    /// When the centre refuses.
    pub async fn code(&self, number: u16) -> String {
        let code = self.central.enrolment_code("eatul", counter(number)).await;
        code.unwrap_or_else(|error| panic!("a code: {error}")).code
    }

    /// A ticket file for counter 1, naming a centre at `url`.
    ///
    /// # Panics
    /// When the centre refuses.
    pub async fn ticket(&self, url: &str) -> String {
        let ticket = self.central.ticket("eatul", counter(1), url).await;
        ticket.unwrap_or_else(|error| panic!("a ticket: {error}"))
    }

    /// All journal lines that the centre holds of a workstation.
    ///
    /// # Panics
    /// When the ledger can't be read.
    pub async fn lines(&self, ws: Uuid) -> Vec<Vec<u8>> {
        let lines = self.central.ledger().lines(ws, 1, 100_000).await;
        lines.unwrap_or_else(|error| panic!("the ledger: {error}"))
    }
}
