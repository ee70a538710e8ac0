//! Which blobs a line names: what a known type says, and what the batch's header lists and the line has in its text,
//! so that lines of newer types name blobs too. Not here: whether the centre has them.

use std::collections::{BTreeMap, HashMap};

use onedoor_projection::Change;
use onedoor_protocol::{Hash32, batch::BlobRef, blob::MAX_BLOB};

/// Hex digits of a hash.
const DIGITS: usize = 64;
/// Longest media type that is kept.
const MAX_MIME: usize = 100;
/// What every form is.
const PDF: &str = "application/pdf";

/// The blobs of a header, by hash.
pub(super) type Listed<'a> = HashMap<Hash32, &'a BlobRef>;

pub(super) fn by_hash(blobs: &[BlobRef]) -> Listed<'_> {
    blobs.iter().map(|blob| (blob.sha256, blob)).collect()
}

/// The blobs that a line names, each once, by hash.
pub(super) fn of(line: &[u8], changes: &[Change], listed: &Listed) -> Vec<BlobRef> {
    let mut names = BTreeMap::new();
    for change in changes {
        let form = match change {
            Change::Form(form) | Change::SlipForm(form) => form,
            _ => continue,
        };
        names.insert(form.sha256, named(form.sha256, form.size, PDF));
    }
    if !listed.is_empty() {
        for hash in hashes(line) {
            if let Some(blob) = listed.get(&hash) {
                names.insert(hash, named(hash, blob.size, &blob.mime));
            }
        }
    }
    names
        .into_values()
        .filter(|blob| blob.size <= MAX_BLOB)
        .collect()
}

fn named(sha256: Hash32, size: u64, mime: &str) -> BlobRef {
    let printable = mime.chars().filter(|letter| *letter != '\0');
    BlobRef {
        sha256,
        size,
        mime: printable.take(MAX_MIME).collect(),
    }
}

/// Every run of exactly 64 hex digits in a line.
pub(crate) fn hashes(line: &[u8]) -> impl Iterator<Item = Hash32> {
    line.split(|byte| !byte.is_ascii_hexdigit())
        .filter(|run| run.len() == DIGITS)
        .filter_map(|run| Hash32::from_hex(std::str::from_utf8(run).ok()?))
}
