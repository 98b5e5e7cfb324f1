//! What the server does on its own, without being asked: it does the jobs of the table, tries
//! its parts, and deletes what is no longer needed.
//!
//! Never: decides about cases; answers requests.

pub mod health_check;
pub mod housekeeping;
pub mod worker;
