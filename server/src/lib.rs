//! The server of Xunjie: HTTP, storage, photos. Start at [`http`] for what can be asked,
//! at [`intake`] for what happens to an operation, at [`store`] for what is kept.

pub mod app;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
mod disk;
pub mod feed;
pub mod housekeeping;
pub mod http;
mod ill;
pub mod intake;
mod listener;
mod pack_file;
mod password;
pub mod photos;
pub mod rescue;
pub mod setup;
mod signer;
pub mod store;
pub mod verify;
pub mod watch;
