//! What proves something: the manifest of a record's photos with where each came from,
//! the chain of a device's operations, and the server's signed receipts.
//!
//! Never: keeps photo bytes. A photo is named by the SHA-256 of its bytes.

mod chain;
pub mod heic;
mod photo_format;
mod receipt;
mod shot;
mod source_file;

pub use chain::{Link, chain_digest};
pub use photo_format::{OtherFormat, PhotoFormat};
pub use receipt::{BadReceipt, Epoch, PublicKey, Receipt, ReceiptSubject, Unsigned};
pub use shot::{Shot, ShotOrigin};
pub use source_file::{ClaimDifference, ClaimedTime, FileClaims, SourceFile};
