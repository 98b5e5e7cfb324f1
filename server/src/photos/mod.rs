//! Photos as evidence: ingested, kept for ever under the SHA-256 of their bytes, and made
//! small for screens. An original is immutable; what is derived from
//! it carries no metadata and can be made again at any time.
//!
//! Talks to the data folder through an object store. Never: knows a case, a person or
//! a status code; changes or deletes an original; answers before the bytes are on disk.

mod blob_store;
mod derivatives;
pub mod derive;
mod folders;
mod formats;
mod header;
mod incoming;
mod ingest;
mod keep;
mod limits;
mod partial;
mod photo_error;
mod read;
mod receive;
mod resume;
mod upload_locks;

pub use blob_store::{Expected, PhotoStore, is_unmade};
pub use derivatives::Derivatives;
pub use ingest::StoredPhoto;
pub use limits::{MAX_BYTES, MAX_PIXELS};
pub use partial::KEPT as PARTS_KEPT;
pub use photo_error::PhotoError;
pub use read::{Picture, Size};
pub use resume::Resumed;
