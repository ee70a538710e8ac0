//! The engine's word about itself can be read at any moment: also in that of a contact, when the engine asks the desk
//! what time it is and the desk may be reading that very word for the screen. Once both waited for each other.

use onedoor_contract::{
    centre::{Centre, counter},
    link,
};
use onedoor_sync::{Engine, Link, Nudge, Status, engine::Surroundings, http::centre_at};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::channel,
    },
    thread,
    time::Duration,
};
use tokio::sync::{mpsc, watch};

/// Reads the engine's status whenever the engine asks for the time.
struct Reading {
    status: watch::Receiver<Status>,
    read: AtomicUsize,
    unread: AtomicUsize,
}

impl Surroundings for Reading {
    fn now(&self) -> String {
        let (tell, answer) = channel();
        let status = self.status.clone();
        thread::spawn(move || tell.send(status.borrow().link));
        // Far longer than a look takes; only an engine that holds its status meets it.
        let count = match answer.recv_timeout(Duration::from_secs(20)) {
            Ok(_) => &self.read,
            Err(_) => &self.unread,
        };
        count.fetch_add(1, Ordering::SeqCst);
        "2026-11-23T07:30:00".into()
    }
    fn minute(&self) -> u16 {
        0
    }
    fn random(&self) -> u64 {
        0
    }
    fn nonce(&self) -> [u8; 16] {
        [7; 16]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engines_status_can_be_read_while_it_asks_for_the_time_of_a_contact() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let centre = Centre::open(&FakeClock::monday()).await;
    let url = format!("http://{}", centre.serve().await);
    let folder = Folder::new();
    let ticket = centre.central.ticket("eatul", counter(1), &url);
    let (store, ticket) = link::make(&folder.join("data"), &ticket.await.unwrap()).unwrap();
    link::bind(&url, &ticket, &store).await.unwrap();
    link::receive(&store, &link::code(1), 1, 2_000).unwrap();

    let (publish, mut status) = watch::channel(Status::default());
    let reading = Arc::new(Reading {
        status: status.clone(),
        read: AtomicUsize::new(0),
        unread: AtomicUsize::new(0),
    });
    let (nudges, wait) = mpsc::channel(4);
    let transport = centre_at(&url).unwrap();
    let engine = Engine::new(Arc::new(store), transport, reading.clone(), "test".into());
    tokio::spawn(engine.run(wait, publish));
    nudges.send(Nudge::Now).await.unwrap();
    let contact =
        status.wait_for(|status| status.link == Link::Online && status.last_contact.is_some());
    contact.await.unwrap();
    assert_eq!(
        reading.unread.load(Ordering::SeqCst),
        0,
        "the status was held"
    );
    assert!(reading.read.load(Ordering::SeqCst) > 0, "nobody looked");
}
