//! The phone's outbox (待发箱) as a sans-IO engine: it is told events, it asks for
//! effects, and it decides everything that matters about sending.
//!
//! - Hello comes first on each connection; then operations, in order inside one case
//!   (a lane), lanes independent of each other; then photos.
//! - A row is settled by the server's verified receipt and by nothing else; a 2xx
//!   without one is a failure.
//! - There is no last try. One bad record waits by itself and never stops others.
//! - A photo's bytes are given up after receipts for it and for every operation that
//!   names it, once a backup of the server has it or 14 days have passed.
//! - A large photo, or one whose calls broke, goes on from where the server stands.
//! - Only the operations of the person signed in are sent.
//! - A server that comes back from a backup (another epoch) is asked what it lacks, and
//!   offered that again; any server is asked once a day.
//!
//! Never: reads a clock, draws a random number, stores, sends or waits.

mod backoff;
mod cover;
mod engine;
mod event;
mod failure;
mod next;
mod photos;
mod rule;
mod status;
mod stored_rows;
mod sweep;
mod text;
mod tracked;
mod upload;
mod verdict;

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

pub use engine::Outbox;
pub use event::{Effect, Event};
pub use failure::Failure;
pub use status::{LinkState, OutboxStatus};
pub use stored_rows::{Answer, OperationRow, PhotoReceipt, PhotoRow, ROW_FORMAT, Tries};
