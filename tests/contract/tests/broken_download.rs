//! A line that breaks in the midst of a paper that comes: what came is kept, and the next contact goes on behind it. Real
//! sockets, with a proxy that cuts between.

use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_contract::{
    centre::{counter, office},
    link,
};
use onedoor_store::{Op, Store};
use onedoor_sync::{Engine, Link, engine::Surroundings, http::centre_at, machine::Input};
use onedoor_testkit::{
    faulty::{Mode, Proxy},
    temp::Folder,
};
use std::{net::SocketAddr, path::Path, sync::Arc};
use tokio::net::TcpListener;
use uuid::Uuid;

/// Less than one part as a workstation asks for it.
const SIZE: usize = 900_000;

struct Here;

impl Surroundings for Here {
    fn now(&self) -> String {
        String::new()
    }
    fn minute(&self) -> u16 {
        0
    }
    fn random(&self) -> u64 {
        0
    }
    fn nonce(&self) -> [u8; 16] {
        *Uuid::new_v4().as_bytes()
    }
}

async fn centre(data: &Path) -> (Central, SocketAddr) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let central = Central::open(Options::new(data)).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(central.clone().serve(listener));
    let record = OfficeRecord {
        office: office(),
        province: "Đắk Lắk".into(),
    };
    central.add_office(record).await.unwrap();
    (central, address)
}

async fn joined(central: &Central, url: &str, data: &Path, number: u16) -> Store {
    let ticket = central.ticket("eatul", counter(number), url).await.unwrap();
    let (store, ticket) = link::make(data, &ticket).unwrap();
    link::bind(url, &ticket, &store).await.unwrap();
    link::converge(&store, url).await.unwrap();
    store
}

/// One contact of an engine that stays, as in the program.
async fn contact(engine: &mut Engine) -> Link {
    let mut machine = engine.machine(0);
    let mut input = Input::Now;
    while let Some(output) = machine.step(0, 0, input) {
        input = engine.carry_out(output).await;
    }
    machine.status().link
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_whose_download_broke_goes_on_where_it_was() {
    let folder = Folder::new();
    let (central, address) = centre(&folder.join("centre")).await;
    let url = format!("http://{address}");
    let colleague = joined(&central, &url, &folder.join("colleague"), 2).await;
    let (filing, paper) = link::receive(&colleague, &link::code(20), 20, SIZE).unwrap();
    link::converge(&colleague, &url).await.unwrap();
    let store = joined(&central, &url, &folder.join("data"), 1).await;
    let want = Op::local(move |tx| tx.want_form(filing, "01"));
    assert!(store.write(want).unwrap().value);

    let proxy = Proxy::start(address, 1).await.unwrap();
    let transport = centre_at(&proxy.url()).unwrap();
    let shelf = Arc::new(store.clone());
    let mut engine = Engine::new(shelf, transport, Arc::new(Here), "test".into());
    proxy.set(Mode::CutAnswer(600_000));
    assert_eq!(contact(&mut engine).await, Link::Offline);
    assert!(store.blobs().get(&paper).is_err(), "not by halves");
    let broken = proxy.seen();
    assert!(broken.faults > 0 && broken.bytes_down >= 500_000);

    proxy.set(Mode::Pass);
    assert_eq!(contact(&mut engine).await, Link::Online);
    assert_eq!(store.blobs().get(&paper).unwrap(), link::scan(20, SIZE));
    let came = proxy.seen().bytes_down - broken.bytes_down;
    assert!(
        came < SIZE as u64 / 2,
        "{came} bytes came for the rest of {SIZE}"
    );
}
