//! What the end-to-end tests stand on: a real server process, a real browser,
//! real photos, and a network that fails on purpose.
//!
//! Nothing here waits by sleeping: a wait reads the output of a process or
//! watches the page, and has an end.

pub mod browser;
pub mod busy_day;
pub mod client;
pub mod files;
pub mod journey;
pub mod media;
pub mod meter;
pub mod network;
pub mod nginx;
pub mod phone;
pub mod phone_store;
pub mod place;
pub mod postgres_database;
pub mod proxy;
pub mod server;
pub mod trials;
