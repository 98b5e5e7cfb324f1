//! What the operating system gives: time, random numbers, files that survive a loss of
//! power, and the names of what can be wrong with storage.
//!
//! Never: knows what is stored, or who asks.

pub mod clock;
pub(crate) mod disk;
pub mod random;
mod storage_problem;

pub use storage_problem::StorageProblem;
