//! What happens inside a transaction when something comes in: an operation becomes
//! events or a refusal, a photo becomes an arrival at each case that names it.
//!
//! Never: SQL, which is the store's, or status codes, which are `http`'s; drops anything
//! that comes in.

mod context;
mod operation;
mod photo;
mod record;
mod signer;
mod submitter;

pub use context::DecisionContext;
pub use operation::{receive_operation, receive_rescued_operation};
pub use photo::{receive_photo, settle_derivatives};
pub use signer::Signer;
pub use submitter::{Bundle, Sender};
