//! Each mode of the proxy does what it says: a test that relies on a fault must not pass because there was none.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use onedoor_testkit::faulty::{Mode, Proxy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that answers each request "0123456789" and counts them.
async fn server() -> (SocketAddr, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = Arc::new(AtomicU64::new(0));
    let count = served.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut request = [0; 1024];
                while stream.read(&mut request).await.is_ok_and(|read| read > 0) {
                    count.fetch_add(1, Ordering::SeqCst);
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";
                    if stream.write_all(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (address, served)
}

/// One request through the proxy: the answer's bytes, or that the connection broke.
async fn ask(proxy: &Proxy) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(proxy.address()).await?;
    stream
        .write_all(b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello")
        .await?;
    let mut answer = vec![0; 4096];
    let read = stream.read(&mut answer).await?;
    if read == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    answer.truncate(read);
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

async fn proxy() -> (Proxy, Arc<AtomicU64>) {
    let (address, served) = server().await;
    (Proxy::start(address, 1).await.unwrap(), served)
}

#[tokio::test]
async fn passing_changes_nothing() {
    let (proxy, served) = proxy().await;
    assert!(
        ask(&proxy).await.unwrap().ends_with("0123456789"),
        "the answer arrives whole"
    );
    assert_eq!(
        served.load(Ordering::SeqCst),
        1,
        "the server was asked once"
    );
    assert_eq!(proxy.seen().faults, 0, "passing is no fault");
}

#[tokio::test]
async fn a_refused_connection_never_reaches_the_server() {
    let (proxy, served) = proxy().await;
    proxy.set(Mode::Refuse);
    assert!(
        ask(&proxy).await.is_err(),
        "the client sees a broken connection"
    );
    assert_eq!(served.load(Ordering::SeqCst), 0, "and the server nothing");
}

#[tokio::test]
async fn a_swallowed_answer_means_that_the_work_was_done() {
    let (proxy, served) = proxy().await;
    proxy.set(Mode::SwallowAnswer);
    assert!(ask(&proxy).await.is_err(), "the client learns nothing");
    assert_eq!(
        served.load(Ordering::SeqCst),
        1,
        "but the server did it: the hard case of every protocol"
    );
}

#[tokio::test]
async fn a_cut_request_stops_at_the_byte() {
    let (proxy, _) = proxy().await;
    proxy.set(Mode::CutRequest(7));
    assert!(ask(&proxy).await.is_err(), "the connection breaks");
    assert_eq!(proxy.seen().bytes_up, 7, "after exactly so many bytes");
}

#[tokio::test]
async fn a_cut_answer_stops_at_the_byte() {
    let (proxy, _) = proxy().await;
    proxy.set(Mode::CutAnswer(3));
    let _ = ask(&proxy).await;
    assert_eq!(
        proxy.seen().bytes_down,
        3,
        "no more than so many bytes came back"
    );
}

#[tokio::test]
async fn made_up_answers_come_whole_and_leave_the_server_alone() {
    let (proxy, served) = proxy().await;
    for (mode, wanted) in [
        (Mode::ServerError, "HTTP/1.1 500"),
        (Mode::Busy(7), "retry-after: 7"),
        (Mode::LoginPage, "<form>"),
    ] {
        proxy.set(mode);
        let answer = ask(&proxy).await.unwrap();
        assert!(answer.contains(wanted), "{mode:?}: {answer}");
    }
    assert_eq!(
        served.load(Ordering::SeqCst),
        0,
        "a portal does not pass requests on"
    );
}

#[tokio::test]
async fn a_held_request_goes_on_when_the_mode_changes() {
    let (proxy, served) = proxy().await;
    proxy.set(Mode::Hold);
    let (answer, ()) = tokio::join!(ask(&proxy), async {
        proxy.seen_when(|seen| seen.faults == 1).await;
        assert_eq!(
            served.load(Ordering::SeqCst),
            0,
            "while held, the server is not asked"
        );
        proxy.set(Mode::Pass);
    });
    assert!(
        answer.unwrap().ends_with("0123456789"),
        "the same connection is served after the switch"
    );
}
