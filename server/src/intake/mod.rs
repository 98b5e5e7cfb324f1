//! What happens inside a transaction when something comes in: an operation becomes
//! events or a refusal, a photo becomes an arrival at each case that waits for it.
//!
//! Never: SQL, which is the store's, or status codes, which are `http`'s. Nothing that
//! comes in is dropped.

mod bringer;
mod context;
mod operation;
mod photo;
mod record;

pub use bringer::{Bundle, Sender};
pub use context::Desk;
pub use operation::{receive, rescue};
pub use photo::arrive;
