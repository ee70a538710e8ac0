//! Joining an office through everything that can go wrong with codes, tickets and the line. Each refusal says why, and
//! the right code works afterwards on the same store.

use onedoor_contract::{
    centre::Centre,
    counter::{self, NoViewer, filing},
};
use onedoor_desk::{
    Commands, Event,
    dto::{EnrolByCode, ErrorCode, FilingFilter, Link, Phase, Place},
};
use onedoor_protocol::hello::Standing;
use onedoor_testkit::{
    clock::FakeClock,
    faulty::{Mode, Proxy},
    temp::Folder,
};
use std::{sync::Arc, time::Duration};

async fn started(folder: &Folder, name: &str, clock: &FakeClock) -> Commands {
    let desk = counter::desk(&folder.join(name), clock, Arc::new(NoViewer));
    let commands = Commands(desk);
    counter::first_clerk(&commands).await.unwrap();
    commands
}

async fn refused(commands: &Commands, centre: &str, code: &str) -> ErrorCode {
    let request = EnrolByCode {
        centre: centre.into(),
        code: code.into(),
    };
    let refused = commands.enrol_by_code(request).await;
    let refused = refused.expect_err("this must not make a workstation").code;
    let state = commands.app_state().await.unwrap();
    assert_eq!(state.phase, Phase::Enrol, "the page stays, to try again");
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_one_workstation_and_each_refusal_has_its_name() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let proxy = Proxy::start(address, 1).await.unwrap();
    let (first, second) = (centre.code(1).await, centre.code(2).await);
    let one = started(&folder, "one", &clock).await;
    let request = EnrolByCode {
        centre: proxy.url(),
        code: first.clone(),
    };
    one.enrol_by_code(request).await.unwrap();

    let two = started(&folder, "two", &clock).await;
    let url = proxy.url();
    assert_eq!(refused(&two, &url, &first).await, ErrorCode::CodeUsed);
    let unknown = if second == "00000000" {
        "11111111"
    } else {
        "00000000"
    };
    assert_eq!(refused(&two, &url, unknown).await, ErrorCode::CodeUnknown);
    for (mode, code) in [
        (Mode::LoginPage, ErrorCode::NotTheCentre),
        (Mode::ServerError, ErrorCode::CentreUnreachable),
        (Mode::Refuse, ErrorCode::CentreUnreachable),
        (Mode::SwallowAnswer, ErrorCode::CentreUnreachable),
    ] {
        proxy.set(mode);
        assert_eq!(refused(&two, &url, &second).await, code, "{mode:?}");
    }
    proxy.set(Mode::Pass);
    let request = EnrolByCode {
        centre: url,
        code: second,
    };
    // The centre had bound the code when its answer was swallowed: the same key may ask again.
    let state = two.enrol_by_code(request).await.unwrap();
    assert_eq!(state.office.unwrap().counter, "Quầy 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_works_without_a_network_and_binds_the_key_at_first_contact() {
    let (folder, clock) = (Folder::new(), FakeClock::monday());
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let proxy = Proxy::start(address, 1).await.unwrap();
    proxy.set(Mode::Refuse);
    let ticket = centre.ticket(&proxy.url()).await;
    let desk = counter::desk(&folder.join("data"), &clock, Arc::new(NoViewer));
    let mut events = desk.events();
    let commands = Commands(desk);
    counter::first_clerk(&commands).await.unwrap();

    // One character of the signed words, wherever it stands.
    let changed = ticket.replacen('A', "B", 1);
    let cut = ticket[..ticket.len() / 2].to_string();
    for wrong in [changed, cut, String::new(), "<html></html>".into()] {
        let refused = commands.enrol_by_ticket(wrong.clone()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::TicketInvalid, "{wrong}");
    }
    commands.enrol_by_ticket(ticket).await.unwrap();
    counter::confirm_clock(&commands).await.unwrap();
    let received = commands.filing_receive(filing("Sùng A Páo"), false).await;
    let received = received.unwrap().filing;
    assert!(!received.provisional, "a legal number, with no network");
    assert_eq!(received.place, Place::ThisMachine);
    assert_eq!(until(&commands, &mut events, Link::Offline).await, 1);
    let known = centre.central.workstations().await.unwrap();
    assert_eq!(known[0].standing, Standing::Expected, "not heard of yet");

    proxy.set(Mode::Pass);
    assert_eq!(until(&commands, &mut events, Link::Online).await, 0);
    let known = centre.central.workstations().await.unwrap();
    assert_eq!(known[0].standing, Standing::Active, "the key is bound");
    let list = commands.filing_list(FilingFilter::All, String::new(), 10);
    assert_eq!(list.await.unwrap()[0].place, Place::Centre);
    let lines = centre.lines(known[0].ws).await;
    let held = lines
        .iter()
        .filter(|line| String::from_utf8_lossy(line).contains(&received.code));
    assert_eq!(held.count(), 1, "and the centre has it once");
}

/// Sends until the link is as said and, when it is online, all is sent; returns the filings only on this machine.
async fn until(
    commands: &Commands,
    events: &mut tokio::sync::broadcast::Receiver<Event>,
    link: Link,
) -> u32 {
    let waiting = async {
        commands.sync_now().await.unwrap();
        loop {
            let state = commands.sync_state().await.unwrap();
            let done = link != Link::Online || state.lines_here == 0;
            if state.link == link && !state.sending && done {
                return state.filings_here;
            }
            events.recv().await.ok();
        }
    };
    let waiting = tokio::time::timeout(Duration::from_secs(60), waiting);
    waiting.await.unwrap_or_else(|_| panic!("never {link:?}"))
}
