//! What happens inside a transaction when something comes in: an operation becomes
//! events or a refusal, a photo becomes an arrival at each case that waits for it.
//!
//! Never: SQL, which is the store's, or status codes, which are `http`'s. Nothing that
//! comes in is dropped.

mod bringer;
mod operation;
mod photo;
mod record;

use std::sync::Arc;

use domain::District;

use crate::signer::Signer;

pub use bringer::{Bundle, Sender};
pub use operation::{receive, rescue};
pub use photo::arrive;

/// What a decision depends on besides the database.
#[derive(Clone, Debug)]
pub struct Desk {
    pub district: Arc<District>,
    pub signer: Arc<Signer>,
}
