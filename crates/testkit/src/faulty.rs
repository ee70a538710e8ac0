//! A loopback proxy that stands between a workstation and the centre and fails on purpose. A test switches its mode
//! while it runs; each seed gives the same faults again. Not here: latency and rates, which need no proxy of ours.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::seed::Seed;

/// What the proxy does to a connection. A connection keeps the mode it began with; a switch ends idle and running ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bytes pass in both directions.
    Pass,
    /// The connection is reset as soon as it is made: nobody listens there.
    Refuse,
    /// The connection is reset after so many bytes of the request went through.
    CutRequest(u64),
    /// The connection is reset after so many bytes of the answer went through.
    CutAnswer(u64),
    /// The centre gets the whole request and does it; its answer never arrives.
    SwallowAnswer,
    /// As [`Mode::SwallowAnswer`], but only from the first request to this path on; earlier ones are answered.
    SwallowAnswerTo(&'static str),
    /// Every request is answered 500 with a text; the centre sees nothing.
    ServerError,
    /// Every request is answered 503 with `Retry-After` of so many seconds.
    Busy(u32),
    /// Every request is answered 200 with a login page in HTML, as a captive portal does.
    LoginPage,
    /// Connections are taken and wait, until the next switch of mode, which then decides.
    Hold,
    /// Each connection draws one of the modes above but `Hold` from the seed; every second one passes.
    Drawn,
}

/// What the proxy has seen, for tests that must know that a fault really happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Connections that were made.
    pub connections: u64,
    /// Connections that the proxy did not let pass unharmed.
    pub faults: u64,
    /// Bytes that went on to the centre.
    pub bytes_up: u64,
    /// Bytes that came back from the centre.
    pub bytes_down: u64,
}

/// A running proxy. It stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    upstream: SocketAddr,
    mode: watch::Sender<Mode>,
    seen: watch::Sender<Seen>,
    seed: Mutex<Seed>,
}

impl Proxy {
    /// Listens on a free loopback port, for a centre at `upstream`; `seed` chooses what [`Mode::Drawn`] draws.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(upstream: SocketAddr, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream,
            mode: watch::Sender::new(Mode::Pass),
            seen: watch::Sender::new(Seen::default()),
            seed: Mutex::new(Seed::new(seed)),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Ok(Proxy {
            address,
            shared,
            task,
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

    /// Switches the mode. Connections that are open end, held ones go on in the new mode.
    pub fn set(&self, mode: Mode) {
        self.shared.mode.send_replace(mode);
    }

    /// What it has seen so far.
    pub fn seen(&self) -> Seen {
        *self.shared.seen.borrow()
    }

    /// Waits until what was seen is enough: an event to wait for, instead of a time.
    pub async fn seen_when(&self, enough: impl FnMut(&Seen) -> bool) -> Seen {
        let mut seen = self.shared.seen.subscribe();
        // The sender lives as long as this proxy, so there is always an answer.
        seen.wait_for(enough)
            .await
            .map_or_else(|_| Seen::default(), |seen| *seen)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
        self.shared.mode.send_replace(Mode::Refuse);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        shared.seen.send_modify(|seen| seen.connections += 1);
        tokio::spawn(connection(stream, shared.clone()));
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let mut modes = shared.mode.subscribe();
    let mut mode = *modes.borrow_and_update();
    while mode == Mode::Hold {
        shared.seen.send_modify(|seen| seen.faults += 1);
        if modes.changed().await.is_err() {
            return;
        }
        mode = *modes.borrow_and_update();
    }
    if mode == Mode::Drawn {
        mode = draw(&mut shared.seed.lock().unwrap_or_else(PoisonError::into_inner));
    }
    if mode != Mode::Pass {
        shared.seen.send_modify(|seen| seen.faults += 1);
    }
    tokio::select! {
        ended = treat(stream, mode, &shared) => drop(ended),
        _ = modes.changed() => {}
    }
}

fn draw(seed: &mut Seed) -> Mode {
    if seed.one_in(2) {
        return Mode::Pass;
    }
    let bytes = seed.below(2000);
    *seed.pick(&[
        Mode::Refuse,
        Mode::CutRequest(bytes),
        Mode::CutAnswer(bytes),
        Mode::SwallowAnswer,
        Mode::ServerError,
        Mode::Busy(1),
        Mode::LoginPage,
    ])
}

async fn treat(stream: TcpStream, mode: Mode, shared: &Shared) -> io::Result<()> {
    match mode {
        Mode::Pass | Mode::Hold | Mode::Drawn => pass(stream, u64::MAX, u64::MAX, shared).await,
        Mode::Refuse => reset(&stream),
        Mode::CutRequest(bytes) => pass(stream, bytes, u64::MAX, shared).await,
        Mode::CutAnswer(bytes) => pass(stream, u64::MAX, bytes, shared).await,
        Mode::SwallowAnswer => swallow(stream, shared).await,
        Mode::SwallowAnswerTo(path) => swallow_answer_to(stream, path, shared).await,
        Mode::ServerError => {
            answer(stream, "500 Internal Server Error", "", "something broke").await
        }
        Mode::Busy(seconds) => {
            let header = format!("retry-after: {seconds}\r\n");
            answer(stream, "503 Service Unavailable", &header, "busy").await
        }
        Mode::LoginPage => {
            let page = "<!doctype html><title>Wi-Fi</title><form>Đăng nhập để dùng mạng</form>";
            answer(
                stream,
                "200 OK",
                "content-type: text/html; charset=utf-8\r\n",
                page,
            )
            .await
        }
    }
}

/// Lets bytes through until one side ends or a limit is reached; at a limit both sides are reset.
async fn pass(mut client: TcpStream, up: u64, down: u64, shared: &Shared) -> io::Result<()> {
    let mut server = TcpStream::connect(shared.upstream).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let cut = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let upwards = carry(from_client, to_server, up, |bytes| {
            shared
                .seen
                .send_modify(|seen| seen.bytes_up += bytes.len() as u64)
        });
        let downwards = carry(from_server, to_client, down, |bytes| {
            shared
                .seen
                .send_modify(|seen| seen.bytes_down += bytes.len() as u64)
        });
        tokio::pin!(upwards, downwards);
        tokio::select! {
            up = &mut upwards => up.is_ok_and(|cut| cut) || downwards.await.is_ok_and(|cut| cut),
            down = &mut downwards => down.is_ok_and(|cut| cut),
        }
    };
    if cut {
        reset(&client)?;
        reset(&server)?;
    }
    Ok(())
}

/// Carries bytes until the end (false) or the limit (true).
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    limit: u64,
    mut passed: impl FnMut(&[u8]),
) -> io::Result<bool> {
    let mut buffer = vec![0; 16 * 1024];
    let mut left = limit;
    loop {
        let room = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if room == 0 {
            return Ok(true);
        }
        let read = from.read(&mut buffer[..room]).await?;
        if read == 0 {
            to.shutdown().await?;
            return Ok(false);
        }
        to.write_all(&buffer[..read]).await?;
        left -= read as u64;
        passed(&buffer[..read]);
    }
}

/// The first byte of the answer is the proof that the centre has done its work; then both sides are reset.
async fn swallow(mut client: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut server = TcpStream::connect(shared.upstream).await?;
    {
        let (from_client, _to_client) = client.split();
        let (mut from_server, to_server) = server.split();
        let mut first = [0; 1];
        let upwards = carry(from_client, to_server, u64::MAX, |bytes| {
            shared
                .seen
                .send_modify(|seen| seen.bytes_up += bytes.len() as u64)
        });
        tokio::pin!(upwards);
        tokio::select! {
            _ = from_server.read(&mut first) => {}
            ended = &mut upwards => {
                ended?;
                from_server.read_exact(&mut first).await?;
            }
        }
    }
    reset(&client)?;
    reset(&server)
}

/// Lets requests and answers through until one asks for `path`; the first byte of that one's answer is the proof that
/// the centre has done its work, and then both sides are reset.
async fn swallow_answer_to(mut client: TcpStream, path: &str, shared: &Shared) -> io::Result<()> {
    let mut server = TcpStream::connect(shared.upstream).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let asked = AtomicBool::new(false);
    let mut request = Vec::new();
    {
        let (from_client, mut to_client) = client.split();
        let (mut from_server, to_server) = server.split();
        let upwards = carry(from_client, to_server, u64::MAX, |bytes| {
            shared
                .seen
                .send_modify(|seen| seen.bytes_up += bytes.len() as u64);
            // A path may lie across two reads.
            request.extend_from_slice(bytes);
            if request
                .windows(path.len())
                .any(|part| part == path.as_bytes())
            {
                asked.store(true, Ordering::SeqCst);
            }
            request.drain(..request.len().saturating_sub(path.len()));
        });
        let downwards = async {
            let mut buffer = vec![0; 16 * 1024];
            loop {
                let read = from_server.read(&mut buffer).await?;
                if read == 0 || asked.load(Ordering::SeqCst) {
                    return io::Result::Ok(());
                }
                to_client.write_all(&buffer[..read]).await?;
            }
        };
        tokio::pin!(upwards, downwards);
        tokio::select! {
            ended = &mut downwards => ended?,
            ended = &mut upwards => {
                ended?;
                downwards.await?;
            }
        }
    }
    reset(&client)?;
    reset(&server)
}

/// Reads one request to its end, answers it, and closes.
async fn answer(mut client: TcpStream, status: &str, headers: &str, body: &str) -> io::Result<()> {
    read_request(&mut client).await?;
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    client.write_all(text.as_bytes()).await?;
    client.shutdown().await
}

/// A request that is not read to its end would make the close a reset, and the client would never see the answer.
async fn read_request(client: &mut TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    let head = loop {
        if let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4;
        }
        match client.read(&mut buffer).await? {
            0 => return Ok(()),
            read => request.extend_from_slice(&buffer[..read]),
        }
    };
    let headers = String::from_utf8_lossy(&request[..head]).to_lowercase();
    let length = headers.lines().find_map(|line| {
        line.strip_prefix("content-length:")?
            .trim()
            .parse::<usize>()
            .ok()
    });
    let mut missing = (head + length.unwrap_or(0)).saturating_sub(request.len());
    while missing > 0 {
        match client.read(&mut buffer).await? {
            0 => return Ok(()),
            read => missing = missing.saturating_sub(read),
        }
    }
    Ok(())
}

fn reset(stream: &TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}
