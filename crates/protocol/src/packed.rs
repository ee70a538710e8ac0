//! Zstd frames from outside: unpacked only up to a limit. Not here: what is in them.

use crate::limits;
use std::io::Read;

/// Why a frame was not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackedError {
    /// Not zstd, cut off, or bits flipped.
    Form,
    /// More than the limit allows.
    TooLarge,
}

/// What is in a frame, `limit` bytes at most: a bomb stops there.
pub(crate) fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>, PackedError> {
    let form = |_| PackedError::Form;
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(form)?;
    decoder
        .window_log_max(limits::MAX_WINDOW_LOG)
        .map_err(form)?;
    let mut plain = Vec::new();
    decoder
        .take(limit as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(form)?;
    match plain.len() > limit {
        true => Err(PackedError::TooLarge),
        false => Ok(plain),
    }
}
