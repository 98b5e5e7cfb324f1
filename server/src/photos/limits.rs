//! What is too large to be taken.

/// Bytes of the largest photo that is taken; the protocol's `Limits` tell it to phones.
pub const MAX_BYTES: u64 = 25 * 1024 * 1024;

/// Pixels of the largest photo that is taken: the 108 MP of current phones and some
/// room. Read from the header, before anything is decoded.
pub const MAX_PIXELS: u64 = 120_000_000;
