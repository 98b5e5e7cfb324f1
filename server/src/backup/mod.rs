//! Backups: a folder that holds the database of several moments, and every photo once.
//!
//! ```text
//! database/<moment>.db      a copy of the database
//! database/<moment>.json    its manifest; written last, so it is there for whole ones only
//! photos/ab/<sha256>        shared by all moments, never deleted
//! ```
//!
//! Never: calls a backup whole before everything in it was read back and found right.

mod error;
mod make;
mod manifest;
mod restore;

pub use error::BackupError;
pub use make::{Made, make};
pub use manifest::{Manifest, all, read};
pub(crate) use manifest::{digest, digest_of_list, photo};
pub use restore::{Restored, restore};
