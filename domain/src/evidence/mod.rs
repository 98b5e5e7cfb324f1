//! What proves something: the manifest of a record's photos, the chain of a
//! device's operations, and the server's signed receipts.
//!
//! Never: photo bytes. A photo is named by the SHA-256 of its bytes.

mod chain;
mod receipt;
mod shot;

pub use chain::{Link, chain_digest};
pub use receipt::{BadReceipt, Epoch, PublicKey, Receipt, ReceiptSubject, Unsigned};
pub use shot::{PhotoFormat, Shot};
