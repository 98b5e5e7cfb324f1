//! What happens inside a transaction when something comes in: an operation becomes
//! events or a refusal, a photo becomes an arrival at each case that waits for it.
//!
//! Never: SQL, which is the store's, or status codes, which are `http`'s. Nothing that
//! comes in is dropped.

mod context;
mod operation;
mod photo;
mod record;
mod submitter;

pub use context::DecisionContext;
pub use operation::{receive, rescue};
pub use photo::arrive;
pub use submitter::{Bundle, Sender};
