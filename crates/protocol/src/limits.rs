//! Limits that both sides keep. A change here is a change of the protocol.

/// Events in one batch at most.
pub const MAX_EVENTS: usize = 500;
/// Bytes of one batch as sent (zstd).
pub const MAX_COMPRESSED: usize = 1024 * 1024;
/// Bytes of one batch after decompression: a zstd bomb stops here.
pub const MAX_EXPANDED: usize = 16 * 1024 * 1024;
/// Window that zstd may ask for, as a power of two: 16 MiB, no more than a whole batch.
pub const MAX_WINDOW_LOG: u32 = 24;
/// Compressed size at which a workstation closes a batch.
pub const TARGET_COMPRESSED: usize = 256 * 1024;
/// Bytes of one journal line.
pub const MAX_LINE: usize = 512 * 1024;
/// Version of the envelope.
pub const ENVELOPE_VERSION: u32 = 1;
