//! Photos as evidence: taken in, checked, kept for ever under the SHA-256 of their
//! bytes, and made small for screens. An original is immutable; what is derived from
//! it carries no metadata and can be made again at any time.
//!
//! Talks to the data folder through an object store. Never: knows a case, a person or
//! a status code; changes or deletes an original; answers before the bytes are on disk.

mod claims;
pub mod derive;
mod header;
mod incoming;
mod jpeg;
mod partial;
mod png;
mod read;
mod receive;
mod resume;
mod store;
mod take;
mod trouble;

pub use partial::KEPT as PARTS_KEPT;
pub use read::{Picture, Size};
pub use resume::Resumed;
pub use store::{Expected, PhotoStore, is_unmade};
pub use take::Taken;
pub use trouble::Trouble;

/// Bytes of the largest photo that is taken; the protocol's `Limits` tell it to phones.
pub const MOST_BYTES: u64 = 25 * 1024 * 1024;

/// Pixels of the largest photo that is taken: the 108 MP of current phones and some
/// room. Read from the header, before anything is decoded.
pub const MOST_PIXELS: u64 = 120_000_000;
