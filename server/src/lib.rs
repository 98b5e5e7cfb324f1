//! The server of Xunjie. Start at [`http`] for what can be asked, at [`intake`] for what
//! happens to an operation, at [`store`] for what is kept.
//!
//! Modules import downwards only: `system`, `store` and `photos` lie below `intake` and
//! `access`, these below `state`, and `state` below `jobs`, `http`, `serve` and `cli`.

pub mod access;
mod auth;
pub mod backup;
pub mod cli;
pub mod config;
pub mod http;
pub mod init;
pub mod intake;
pub mod jobs;
pub mod photos;
pub mod rebuild;
pub mod rescue;
pub mod serve;
pub mod state;
pub mod store;
pub mod system;
pub mod verify;
