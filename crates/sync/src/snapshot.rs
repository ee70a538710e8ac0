//! The snapshot that stands in for the beginning of a feed, on its way here: part by part into the store, so that a
//! restart goes on where it was; then line by line out of it, some at a time, so that lines of this counter go between.
//! Not here: when (`machine`), what a line changes (the store).

use crate::{
    engine::on_shelf,
    machine::{Fed, Fetched, Resting},
    shelf::{Shelf, ShelfError},
    signed::Asker,
    transport::{Method, TransportError},
};
use onedoor_protocol::{Hash32, feed::FeedLine, snapshot::Lines};
use std::{
    io::{self, Read},
    sync::Arc,
};

/// Bytes of one part.
pub const PART: u64 = 1024 * 1024;
/// Lines that are applied in one transaction, and about how many bytes of them.
const LINES: usize = 200;
const BYTES: usize = 1024 * 1024;

/// Brings the next part, and has the whole verified after the last one. Also the bytes that came.
pub async fn fetch(
    asker: &mut Asker<'_>,
    at: Resting,
    shelf: &Arc<dyn Shelf>,
) -> (Result<Fetched, TransportError>, u64) {
    let (sha256, from) = (at.sha256, at.have);
    if from == at.size {
        return (Ok(kept(shelf, sha256, None).await), 0);
    }
    let path = format!("/v1/blobs/{sha256}");
    let to = (from + PART).min(at.size) - 1;
    let range = format!("bytes={from}-{to}");
    let wanted = [("range", range.as_str())];
    let asked = asker.ask_with(Method::Get, path, Vec::new(), &wanted).await;
    let mut reply = match asked {
        Ok(reply) => reply,
        Err(error) => return (Err(error), 0),
    };
    let came = reply.body.len() as u64;
    let bytes = match reply.status {
        206 => reply.body,
        // Something on the way knows no ranges.
        200 => reply
            .body
            .split_off(usize::try_from(from.min(came)).unwrap_or(0)),
        404 | 416 => {
            // A newer one has its place: the feed is asked anew.
            on_shelf(shelf, |shelf| shelf.drop_snapshot()).await;
            return (Ok(Fetched::Later), came);
        }
        _ => return (Err(TransportError::NotTheCentre), came),
    };
    let kept = kept(shelf, sha256, Some((from, bytes))).await;
    match reply.cut {
        true => (Err(TransportError::Offline), came),
        false => (Ok(kept), came),
    }
}

async fn kept(shelf: &Arc<dyn Shelf>, sha256: Hash32, part: Option<(u64, Vec<u8>)>) -> Fetched {
    let kept = on_shelf(shelf, move |shelf| {
        if let Some((first, bytes)) = part {
            shelf.keep_snapshot_part(&sha256, first, &bytes)?;
        }
        shelf.verify_snapshot(&sha256)
    });
    kept.await.unwrap_or(Fetched::Later)
}

/// The lines of a snapshot that are being applied.
#[derive(Default)]
pub struct Unpacking(Option<Open>);

struct Open {
    sha256: Hash32,
    /// Lines that were read.
    at: u64,
    lines: Lines<Parts>,
}

impl Unpacking {
    /// Applies the next lines.
    pub async fn take(&mut self, at: Resting, shelf: &Arc<dyn Shelf>) -> Option<Fed> {
        let open = self.0.take();
        let open = open.filter(|it| it.sha256 == at.sha256 && it.at == at.applied);
        let parts = Arc::clone(shelf);
        let taken = on_shelf(shelf, move |shelf| match next(open, at, parts) {
            Ok((open, lines, last)) => {
                let fed = shelf.take_snapshot(at.applied, &lines, last)?;
                Ok((fed, (!last).then_some(open)))
            }
            Err(error) if is_the_shelfs(&error) => Err(ShelfError(error.to_string())),
            // Signed by the centre and of the right hash, but of a form that this program can't read.
            Err(_) => Ok((Fed::Unreadable(at.sha256), None)),
        });
        let (fed, open) = taken.await?;
        self.0 = open;
        Some(fed)
    }
}

fn is_the_shelfs(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(|inner| inner.is::<ShelfError>())
}

/// The lines after those that were applied, and whether they are the last ones.
fn next(
    open: Option<Open>,
    at: Resting,
    shelf: Arc<dyn Shelf>,
) -> io::Result<(Open, Vec<FeedLine>, bool)> {
    let mut open = match open {
        Some(open) => open,
        None => begin(at, shelf)?,
    };
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while lines.len() < LINES && bytes < BYTES {
        let Some(line) = open.lines.next().transpose()? else {
            return Ok((open, lines, true));
        };
        bytes += line.body.get().len();
        lines.push(line);
        open.at += 1;
    }
    Ok((open, lines, false))
}

/// After a restart what was applied is passed over.
fn begin(at: Resting, shelf: Arc<dyn Shelf>) -> io::Result<Open> {
    let parts = Parts {
        shelf,
        first: 0,
        part: Vec::new(),
        read: 0,
    };
    let mut lines = Lines::new(parts)?;
    for _ in 0..at.applied {
        lines.next().transpose()?;
    }
    Ok(Open {
        sha256: at.sha256,
        at: at.applied,
        lines,
    })
}

/// The parts of the store as one stream; one of them is in memory.
struct Parts {
    shelf: Arc<dyn Shelf>,
    first: u64,
    part: Vec<u8>,
    read: usize,
}

impl Read for Parts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.part.len() {
            self.first += self.part.len() as u64;
            let part = self.shelf.snapshot_part(self.first);
            self.part = part.map_err(io::Error::other)?.unwrap_or_default();
            self.read = 0;
        }
        let left = self.part.get(self.read..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.read += count;
        Ok(count)
    }
}
