//! How records travel: the wire types of the protocol, and the phone's outbox as a
//! sans-IO engine. `docs/FORMATS.md` says how they may change.
//!
//! Never: sends, stores or waits. The engine says what should be done; the app does
//! it with a browser, the tests with a seeded scheduler and a fake clock.

mod devices;
mod jobs;
mod operation;
pub mod outbox;
mod rescue;
mod session;
mod wire;

pub use devices::{DeviceReport, Devices, Doubled, Owed, Quarantined};
pub use jobs::{BadJobCursor, FailedJob, JobCount, JobCursor, JobRetry, JobRetryAnswer, Jobs};
pub use operation::{BadOperation, OPERATION_FORMAT, Operation, Sealed};
pub use rescue::{RESCUE_MAGIC, RescueLine, RescueReport};
pub use session::{Profile, SignIn, SignedIn, TokenKind};
pub use wire::{
    Batch, BatchAnswer, CaseLog, Changes, Gap, HeldOperation, Hello, HelloAnswer, Holdings,
    HoldingsAnswer, LatestChange, Limits, MissingAnswer, MissingQuery, OperationResult, PROTOCOL,
    PartAnswer, PartialPhoto, PhotoAnswer, Problem, QuarantineReason, Verdict,
};
