//! The phone: its store, camera, position, clock and storage health. Only this module
//! knows the browser's own interfaces for them.
//!
//! Never: what a record means, or that there is a server.

pub mod camera;
pub mod clock;
pub mod download;
pub mod events;
pub mod file_claims;
pub mod file_reader;
pub mod hash;
pub mod health;
pub mod js;
pub mod photo_worker;
pub mod platform;
pub mod position;
pub mod random;
pub mod reading;
pub mod shell;
pub mod slot;
pub mod store;
pub mod tabs;
pub mod timer;
