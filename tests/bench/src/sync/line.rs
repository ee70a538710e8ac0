//! A line between a workstation and the centre: it counts what passes, and can be cut again and again, or be narrow and
//! long. Not here: answers that are no answers (the test kit's proxy).

use anyhow::Result;
use onedoor_testkit::seed::Seed;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, sleep, sleep_until},
};

/// Bytes that travel together; on a narrow line each part takes its time.
const PART: usize = 4096;
/// Parts under way on a long line.
const UNDER_WAY: usize = 64;
/// A connection costs one round trip for TCP and one for TLS 1.3 before its first byte.
const ROUNDS_TO_CONNECT: u32 = 2;

/// How a line is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Everything passes.
    Plain,
    /// It dies each time so many bytes have gone up, on average and by this seed; so many pass a second. What passed
    /// arrives.
    Cut {
        mean: u64,
        seed: u64,
        bytes_per_s: u64,
    },
    /// So many bytes a second each way, and so long from end to end.
    Narrow { bytes_per_s: u64, delay: Duration },
}

/// What passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passed {
    /// Bytes to the centre.
    pub up: u64,
    /// Bytes from it.
    pub down: u64,
    /// How often the line turned round: bytes up after the last bytes down.
    pub round_trips: u64,
    /// Connections.
    pub connections: u64,
    /// How often it was cut.
    pub cuts: u64,
    was_up: bool,
}

impl Passed {
    /// Bytes both ways.
    pub fn bytes(&self) -> u64 {
        self.up + self.down
    }
}

struct Shared {
    centre: SocketAddr,
    kind: Kind,
    state: Mutex<State>,
}

struct State {
    passed: Passed,
    seed: Seed,
    /// Bytes that still go up before the next cut.
    left: u64,
    /// When the line is free again: up, and down.
    free: [Instant; 2],
}

/// A running line. It stops when dropped.
pub struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl Line {
    /// A line to the centre at this address.
    pub async fn to(centre: SocketAddr, kind: Kind) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let mut seed = Seed::new(match kind {
            Kind::Cut { seed, .. } => seed,
            _ => 0,
        });
        let left = cut_after(kind, &mut seed);
        let shared = Arc::new(Shared {
            centre,
            kind,
            state: Mutex::new(State {
                passed: Passed::default(),
                seed,
                left,
                free: [Instant::now(); 2],
            }),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Line {
            address,
            shared,
            accepting,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What passed since this was last asked.
    pub fn take(&self) -> Passed {
        std::mem::take(&mut self.shared.lock().passed)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts bytes that came to the line's entrance; gives how many of them pass, and whether a cut ends the connection.
    fn pass(&self, up: bool, bytes: usize) -> (usize, bool) {
        let mut state = self.lock();
        let state = &mut *state;
        let passed = &mut state.passed;
        passed.round_trips += u64::from(up && !passed.was_up);
        passed.was_up = up;
        if !up {
            passed.down += bytes as u64;
            return (bytes, false);
        }
        let passes = bytes.min(usize::try_from(state.left).unwrap_or(usize::MAX));
        passed.up += passes as u64;
        state.left -= passes as u64;
        let is_cut = state.left == 0;
        if is_cut {
            passed.cuts += 1;
            state.left = cut_after(self.kind, &mut state.seed);
        }
        (passes, is_cut)
    }

    /// When the last of these bytes has left the entrance, and when it arrives.
    fn travel(&self, up: bool, bytes: usize) -> Option<(Instant, Instant)> {
        let (bytes_per_s, delay) = match self.kind {
            Kind::Plain => return None,
            Kind::Cut { bytes_per_s, .. } => (bytes_per_s, Duration::ZERO),
            Kind::Narrow { bytes_per_s, delay } => (bytes_per_s, delay),
        };
        let mut state = self.lock();
        let free = &mut state.free[usize::from(up)];
        let takes = Duration::from_secs_f64(bytes as f64 / bytes_per_s as f64);
        *free = (*free).max(Instant::now()) + takes;
        Some((*free, *free + delay))
    }
}

/// Bytes until the next cut: exponential around the mean, as of a line that can break at every byte alike.
fn cut_after(kind: Kind, seed: &mut Seed) -> u64 {
    let Kind::Cut { mean, .. } = kind else {
        return u64::MAX;
    };
    let uniform = (seed.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    ((-(1.0 - uniform).ln() * mean as f64) as u64).max(1)
}

/// Bytes between the cuts of a line of this kind, for whoever wants to know what they would cost something else.
pub fn cuts(kind: Kind) -> impl Iterator<Item = u64> {
    let mut seed = Seed::new(match kind {
        Kind::Cut { seed, .. } => seed,
        _ => 0,
    });
    std::iter::repeat_with(move || cut_after(kind, &mut seed))
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        shared.lock().passed.connections += 1;
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // A connection that ends badly ends: its owner sees it.
            let _ = connection(stream, &shared).await;
        });
    }
}

async fn connection(client: TcpStream, shared: &Arc<Shared>) -> io::Result<()> {
    if let Kind::Narrow { delay, .. } = shared.kind {
        sleep(delay * 2 * ROUNDS_TO_CONNECT).await;
    }
    let centre = TcpStream::connect(shared.centre).await?;
    client.set_nodelay(true)?;
    centre.set_nodelay(true)?;
    if matches!(shared.kind, Kind::Cut { .. }) {
        // The workstation sees a reset, the centre the end of what passed.
        client.set_zero_linger()?;
    }
    let ((from_client, to_client), (from_centre, to_centre)) =
        (client.into_split(), centre.into_split());
    tokio::select! {
        ended = carry(from_client, to_centre, true, shared) => ended,
        ended = carry(from_centre, to_client, false, shared) => ended,
    }
}

/// Bytes under way, and when they arrive; none = at once.
type Part = (Vec<u8>, Option<Instant>);

/// Carries bytes one way until the end or a cut.
async fn carry(
    mut from: OwnedReadHalf,
    to: OwnedWriteHalf,
    up: bool,
    shared: &Arc<Shared>,
) -> io::Result<()> {
    let (under_way, arriving) = mpsc::channel::<Part>(UNDER_WAY);
    let enter = async move {
        loop {
            let mut part = vec![0; PART];
            let read = from.read(&mut part).await?;
            if read == 0 {
                return io::Result::Ok(());
            }
            let (passes, is_cut) = shared.pass(up, read);
            part.truncate(passes);
            let travel = shared.travel(up, passes);
            if let Some((left, _)) = travel {
                sleep_until(left).await;
            }
            let arrives = travel.map(|(_, arrives)| arrives);
            if under_way.send((part, arrives)).await.is_err() || is_cut {
                return Ok(());
            }
        }
    };
    let (entered, to) = tokio::join!(enter, leave(arriving, to));
    to?.shutdown().await?;
    entered
}

/// Writes what arrives, when it arrives.
async fn leave(
    mut arriving: mpsc::Receiver<Part>,
    mut to: OwnedWriteHalf,
) -> io::Result<OwnedWriteHalf> {
    while let Some((part, arrives)) = arriving.recv().await {
        if let Some(arrives) = arrives {
            sleep_until(arrives).await;
        }
        to.write_all(&part).await?;
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A centre that answers every byte with two.
    async fn twice() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut part = vec![0; PART];
                    while let Ok(read @ 1..) = stream.read(&mut part).await {
                        let answer = [part.get(..read).unwrap(); 2].concat();
                        stream.write_all(&answer).await.unwrap();
                    }
                });
            }
        });
        address
    }

    async fn ask(stream: &mut TcpStream, bytes: usize) -> io::Result<()> {
        stream.write_all(&vec![7; bytes]).await?;
        stream.read_exact(&mut vec![0; 2 * bytes]).await.map(|_| ())
    }

    #[tokio::test]
    async fn every_byte_and_every_turn_is_counted_once() {
        let line = Line::to(twice().await, Kind::Plain).await.unwrap();
        let mut stream = TcpStream::connect(line.address()).await.unwrap();
        ask(&mut stream, 100).await.unwrap();
        ask(&mut stream, 10_000).await.unwrap();
        let passed = line.take();
        assert_eq!((passed.up, passed.down), (10_100, 20_200));
        assert_eq!(passed.connections, 1);
        assert!(passed.round_trips >= 2, "{passed:?}");
        assert_eq!(line.take(), Passed::default(), "and not a second time");
    }

    #[tokio::test]
    async fn a_cut_ends_the_connection_and_nothing_behind_it_passes() {
        let kind = Kind::Cut {
            mean: 50_000,
            seed: 3,
            bytes_per_s: 100_000_000,
        };
        let line = Line::to(twice().await, kind).await.unwrap();
        let first = cuts(kind).next().unwrap();
        let mut stream = TcpStream::connect(line.address()).await.unwrap();
        while ask(&mut stream, 1000).await.is_ok() {}
        let passed = line.take();
        assert_eq!((passed.up, passed.cuts), (first, 1));
        let mut again = TcpStream::connect(line.address()).await.unwrap();
        ask(&mut again, 1).await.unwrap();
    }

    #[test]
    fn a_narrow_line_takes_the_time_of_its_bytes_and_its_length() {
        let (bytes_per_s, delay) = (10_000, Duration::from_millis(100));
        let shared = Shared {
            centre: SocketAddr::from(([127, 0, 0, 1], 9)),
            kind: Kind::Narrow { bytes_per_s, delay },
            state: Mutex::new(State {
                passed: Passed::default(),
                seed: Seed::new(0),
                left: u64::MAX,
                free: [Instant::now(); 2],
            }),
        };
        let (left, first) = shared.travel(true, 5_000).unwrap();
        let (_, second) = shared.travel(true, 5_000).unwrap();
        let (_, back) = shared.travel(false, 1_000).unwrap();
        assert_eq!(first - left, delay);
        assert_eq!(second - first, Duration::from_millis(500), "one by one");
        assert!(back < first, "the ways there and back are apart");
    }
}
