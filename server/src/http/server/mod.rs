//! The server about itself, for whoever runs it or writes a client for it.

pub(super) mod health;
pub(super) mod list_jobs;
pub(super) mod openapi;
pub(super) mod retry_jobs;
