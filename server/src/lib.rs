//! The server of Xunjie: HTTP, storage, photos. Start at [`http`] for what can be asked,
//! at [`intake`] for what happens to an operation, at [`store`] for what is kept.

pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
mod disk;
pub mod feed;
mod health_check;
pub mod housekeeping;
pub mod http;
pub mod intake;
mod listener;
mod pack_file;
mod password;
pub mod photos;
pub mod rescue;
pub mod serve;
pub mod setup;
mod signer;
pub mod state;
mod storage_problem;
pub mod store;
pub mod verify;
pub mod watch;
