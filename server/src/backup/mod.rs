//! Backups: a folder that holds several snapshots of the database, and every photo once.
//!
//! ```text
//! database/<time>.db        a snapshot of the database
//! database/<time>.json      its manifest; written last, so it is there for whole ones only
//! photos/ab/<sha256>        shared by all snapshots, never deleted
//! ```
//!
//! Never: calls a backup whole before everything in it was read back and found right.

mod error;
mod make;
mod manifest;
mod restore;

pub use error::BackupError;
pub use make::{BackupSummary, make};
pub use manifest::{Manifest, all, read};
pub(crate) use manifest::{digest, digest_of_list, photo};
pub use restore::{RestoreSummary, begin_epoch, restore};
